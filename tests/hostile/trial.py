"""What becomes of requests that nobody makes who means well."""

from __future__ import annotations

import json
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from simulator.library import Library, Limits, Refused, archive_format, connect
from simulator.library.archive import _checked
from tests.hostile.corpus import ENTRY, IMPORT, SHELF, Case, case, sound
from ui import routes
from ui.http.json_routes import MOST_BYTES, JsonRoute, Reply, reply
from ui.routes import analyses
from ui.routes import library as of_library

SLOW_S = 2.0
"""Of processor time, which two processors have in a second: nothing takes longer."""
LONG_S: Mapping[str, float] = {
    "analysis": 10.0,
    "best": 20.0,
    "best-frontier": 20.0,
    "settle": 6.0,
    "compare-settle": 6.0,
}
"""But what is long by nature, and lets others pass in between: settling makes one step of some
50 ms, or all that are missing for whoever asks for the last one first; the best plan of all levers
takes a dozen seconds."""

STATUSES = {200, 413, 422}
OF_LIBRARY = {403, 404, 409, 429}
"""What else the library answers."""

Ask = Callable[[bytes], Reply]


def json_routes() -> dict[str, JsonRoute]:
    """All that answer JSON with JSON, by path, without the library's."""
    names = (f"{routes.__name__}.{module.name}" for module in iter_modules(routes.__path__))
    return {
        route.path: route
        for name in names
        for route in vars(import_module(name)).values()
        if isinstance(route, JsonRoute)
    }


@contextmanager
def asked() -> Iterator[Mapping[str, Ask]]:
    """All routes that something in JSON is posted to, by path; the library's with one of its own
    that has an entry."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"SIMULATOR_LIBRARY": str(Path(folder) / "library.sqlite")}
        library = connect(environ, limits=Limits(50, 20_000_000))
        try:
            bounded = {path: _bounded(one, one.most_bytes) for path, one in json_routes().items()}
            bounded["analysis"] = _bounded(analyses.analysis, MOST_BYTES)
            yield {**bounded, **_kept(library)}
        finally:
            library.close()


def _bounded(route: Ask, most: int) -> Ask:
    def ask(body: bytes) -> Reply:
        return reply({}, 413) if len(body) > most else route(body)

    return ask


def _kept(library: Library) -> Mapping[str, Ask]:
    actions = of_library.actions(lambda: library)

    def ask(action: str) -> Ask:
        def keyed(body: bytes) -> Reply:
            for place, key in keys.items():
                body = body.replace(place.encode(), key.encode())
            return reply({}, 413) if len(body) > MOST_BYTES else actions[action](body)

        return keyed

    keys = {SHELF: str(json.loads(actions["shelf"](b"{}").body)["edit_key"])}
    saved = ask("save")(json.dumps(sound("library/save")).encode())
    keys[ENTRY] = str(json.loads(saved.body)["entry"]["edit_key"])
    return {f"library/{action}": ask(action) for action in actions}


@dataclass
class Outcome:
    """What became of many of them."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By kind and status."""
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds."""


Progress = Callable[[int, Outcome], None]
"""Hears how many are done, and what became of them."""


def try_all(numbers: Iterable[int], progress: Progress = lambda done, outcome: None) -> Outcome:
    """Make the requests of these numbers."""
    outcome = Outcome()
    with asked() as ask, warnings.catch_warnings():
        warnings.simplefilter("error")
        ask["validation"](b"{}")  # the first one works for all
        for done, number in enumerate(numbers, 1):
            request = case(number)
            where = f"{number} ({request.kind}, {request.route})"
            started = time.process_time()
            try:
                answer = _unpacked(request) if request.route == IMPORT else _sent(ask, request)
                outcome.statuses[request.kind, answer.status] += 1
                if fault := _fault(request, answer):
                    outcome.faults.append(f"{where}: {fault}")
            except Exception:
                outcome.faults.append(f"{where}: {traceback.format_exc(limit=-3)}")
            spent = time.process_time() - started
            if request.route not in LONG_S:
                outcome.slowest = max(outcome.slowest, spent)
            if spent > LONG_S.get(request.route, SLOW_S):
                outcome.faults.append(f"{where}: took {spent:.2f} s")
            progress(done, outcome)
    return outcome


def _sent(ask: Mapping[str, Ask], request: Case) -> Reply:
    return ask[request.route](request.body)


def _unpacked(request: Case) -> Reply:
    try:
        _checked(archive_format.ArchiveReader(request.body), lambda done, total: None)
    except Refused as error:
        return reply({"problems": [str(problem) for problem in error.problems]}, 422)
    return reply({})


def _fault(request: Case, answer: Reply) -> str:
    """What is wrong with an answer, if anything is."""
    allowed = STATUSES | OF_LIBRARY if request.route.startswith("library/") else STATUSES
    if answer.status not in allowed:
        return f"status {answer.status}"
    if answer.media_type == "application/json":
        try:
            json.loads(answer.body, parse_constant=_refuse)
        except ValueError as error:
            return f"no JSON: {error}"
    return ""


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
