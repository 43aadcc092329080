"""A shelf holds so much and no more, and what is used of the disk is not far from what is kept."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from simulator import scenario
from simulator.library import Label, Library, Limits, Refused, Shelf, Unavailable, archive
from simulator.library.archive_format import MOST_SCENARIO_BYTES
from simulator.library.rows import KEPT_DELETED
from tests.support.saving import named
from tests.support.shelves import Clock, edit
from tests.support.stores import Place, new_place

pytest_plugins = ["tests.support.databases"]

SIZE = len(scenario.dump(named("x")).encode())
"""Of what is saved here."""


@pytest.fixture
def library(empty: Place, clock: Clock) -> Library:
    """One whose shelves hold three scenarios, by number or by bytes."""
    return empty.connect(clock=clock, limits=Limits(entries=4, bytes=3 * SIZE + SIZE // 2))


@pytest.fixture
def clock() -> Clock:
    return Clock()


def full(library: Library) -> Shelf:
    shelf = library.new_shelf()
    for number in range(3):
        library.save(edit(shelf), named("x"), Label(f"{number}"))
    return shelf


def test_bytes_of_a_shelf(library: Library, clock: Clock) -> None:
    shelf = full(library)
    entry = library.entries(edit(shelf)).entries[0]
    for change in (
        lambda: library.save(edit(shelf), named("x"), Label("more")),
        lambda: library.update(edit(entry), 1, named("y")),
        lambda: library.restore(edit(entry), 1, 1),
        lambda: library.duplicate(entry.view_key, edit(shelf), "copy"),
        lambda: archive.unpack(library, edit(shelf), archive.pack(library, full(library).view_key)),
    ):
        with pytest.raises(Refused) as caught:
            change()
        (problem,) = caught.value.problems
        assert problem.field == "library" and f"{3 * SIZE + SIZE // 2} bytes" in problem.allowed
    assert library.shelf(edit(shelf)).count == 3
    # Another shelf has room of its own; and there is room again when something is gone for good.
    full(library)
    library.delete(edit(entry))
    clock.at += KEPT_DELETED + timedelta(hours=2)
    library.save(edit(shelf), named("x"), Label("more"))


def test_entries_of_a_shelf(empty: Place) -> None:
    library = empty.connect(limits=Limits(entries=2))
    shelf = library.new_shelf()
    for number in range(2):
        library.save(edit(shelf), named("x"), Label(f"{number}"))
    with pytest.raises(Refused) as caught:
        library.save(edit(shelf), named("x"), Label("more"))
    assert [one.field for one in caught.value.problems] == ["entries"]


def test_what_was_saved_before_there_was_a_limit_counts(empty: Place) -> None:
    shelf = full(empty.connect())
    empty.execute("UPDATE library_migration SET version_num = '0001'")
    empty.execute("ALTER TABLE library_shelf DROP COLUMN bytes")
    for column in ("plans", "asked", "doubts"):
        empty.execute(f"ALTER TABLE library_version DROP COLUMN {column}")
    library = empty.connect(limits=Limits(bytes=3 * SIZE + 1))
    with pytest.raises(Refused):
        library.save(edit(shelf), named("x"), Label("more"))


# --- archives ------------------------------------------------------------------------------------


def padded(count: int, size: int) -> bytes:
    """An archive of so many scenarios, each blown up with blanks to so many bytes."""
    at = "2026-11-22T10:00:00Z"
    content = scenario.dump(named("x"))
    target = io.BytesIO()
    entries = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(count):
            name = f"scenarios/{number:06}/0001.json"
            file.writestr(name, content + " " * (size - len(content)))
            version = {"at": at, "who": "", "why": "", "file": name}
            uid = f"01234567-89ab-cdef-0123-{number:012x}"
            texts = {"uid": uid, "name": f"{number}", "description": "", "tags": []}
            entries.append({**texts, "created": at, "changed": at, "versions": [version]})
        head = {"format": "budget-shift-library", "format_version": 1, "entries": entries}
        file.writestr("manifest.json", json.dumps(head))
    return target.getvalue()


@pytest.mark.parametrize(
    ("count", "size"), [(1, MOST_SCENARIO_BYTES + 1), (90, MOST_SCENARIO_BYTES - 1)]
)
def test_blanks_are_no_scenarios(library: Library, count: int, size: int) -> None:
    shelf = library.new_shelf()
    data = padded(count, size)
    assert len(data) < 0.02 * count * size
    with pytest.raises(Refused):
        archive.unpack(library, edit(shelf), data)
    assert library.shelf(edit(shelf)).count == 0


def test_the_longest_texts_are_not_too_long() -> None:
    """What can be saved can be taken elsewhere."""
    plan = named("𝄞" * 80).changed(
        notes="𝄞" * 20_000, description="𝄞" * 4_000, story="𝄞" * 600, author="𝄞" * 80
    )
    assert 100_000 < len(scenario.dump(plan).encode()) < MOST_SCENARIO_BYTES / 2


def test_the_log_of_a_file_is_made_small_again(tmp_path: Path) -> None:
    place = new_place(None, tmp_path)
    library = place.connect()
    shelf = library.new_shelf()
    archive.unpack(library, edit(shelf), padded(75, MOST_SCENARIO_BYTES - 1))
    log = Path(f"{place.file}-wal")
    assert log.stat().st_size > 15_000_000
    library.save(edit(shelf), named("x"), Label("more"))
    library.save(edit(shelf), named("y"), Label("and more"))
    assert log.stat().st_size <= 8_000_000
    place.close()


# --- files that could only be read ---------------------------------------------------------------


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[tuple[Place, Library]]:
    place = new_place(None, tmp_path)
    yield place, place.connect()
    place.close()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other ones there")
@pytest.mark.parametrize("again", [True, False], ids=["the same process", "started again"])
def test_a_file_that_may_be_written_again_is(limited: tuple[Place, Library], again: bool) -> None:
    place, library = limited
    shelf = full(library)
    library.close()
    place.file.chmod(0o400)
    library.shelf(edit(shelf))
    beside = Path(f"{place.file}-shm")
    beside.chmod(0o400)  # as SQLite makes it then, if it is not root's
    if os.geteuid() != 0:
        with pytest.raises(Unavailable):
            library.save(edit(shelf), named("x"), Label("lost"))
    place.file.chmod(0o600)
    library = library if again else place.connect()
    library.close()
    library.save(edit(shelf), named("x"), Label("kept"))
    assert beside.stat().st_mode & 0o600 == 0o600
