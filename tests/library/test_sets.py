"""Sets of compared plans are kept, found and taken elsewhere as single scenarios are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.library import (
    Conflict,
    Entry,
    Label,
    Library,
    Limits,
    Note,
    Refused,
    Shelf,
    archive,
    archive_format,
    migrations,
)
from simulator.library.archive import Imported
from simulator.scenario import ScenarioError, sets
from simulator.scenario.sets import Asked
from tests.support.archives import changed, contents, unzipped
from tests.support.compared_sets import compared_set
from tests.support.saving import named
from tests.support.shelves import edit
from tests.support.stores import Place, new_place

pytest_plugins = ["tests.support.databases"]
PLANS = ("A Nothing moves", "B Half of it", "P The fund")
FIRST = "scenarios/000001-the-board/0001.json"


@pytest.fixture
def kept(library: Library, shelf: Shelf) -> Entry:
    """A set that was saved."""
    return library.save(edit(shelf), compared_set(), Label("The board", "", ("x",)), Note("Ann"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Library]:
    """Another library, in SQLite."""
    place = new_place(None, tmp_path)
    yield place.connect()
    place.close()


def test_a_set_is_opened_as_it_was_saved(library: Library, shelf: Shelf, kept: Entry) -> None:
    opened = library.open(kept.view_key)
    assert opened.held() == compared_set()
    assert opened.content == sets.dump(compared_set())
    assert opened.version.plans == kept.head.plans == PLANS
    assert kept.head.results is None
    assert kept.organisation == "A service company\nAn unemployment-insurance fund (a-kasse)"
    with pytest.raises(ScenarioError):
        opened.scenario()
    (listed,) = library.entries(edit(shelf)).entries
    assert listed == kept


def test_a_set_is_found_by_the_names_of_its_plans(
    library: Library, shelf: Shelf, kept: Entry
) -> None:
    assert library.entries(edit(shelf), "HALF fund ann").total == 1
    library.describe(edit(kept), Label("Renamed"))
    assert library.entries(edit(shelf), "renamed half").total == 1
    library.update(edit(kept), 1, compared_set("One", "Two"))
    assert library.entries(edit(shelf), "half").total == 0
    assert library.entries(edit(shelf), "two").total == 1


def test_a_set_has_versions_copies_and_a_bin(library: Library, shelf: Shelf, kept: Entry) -> None:
    smaller = compared_set("One", "Two")
    updated = library.update(edit(kept), 1, smaller, Note("Bo"))
    assert updated.head.plans == ("A One", "B Two")
    assert [one.plans for one in library.history(edit(kept)).versions] == [
        updated.head.plans,
        PLANS,
    ]
    with pytest.raises(Conflict) as conflict:
        library.update(edit(kept), 1, compared_set())
    assert conflict.value.theirs.held() == smaller
    assert library.restore(edit(kept), 1, 2).head.plans == PLANS
    copy = library.duplicate(kept.view_key, edit(shelf), "Copy")
    assert library.open(copy.view_key).held() == compared_set()
    library.delete(edit(kept))
    assert library.undelete(edit(kept)).head.plans == PLANS
    # The same once more, at once, is no second entry.
    again = library.save(edit(shelf), smaller, Label("Twice"))
    assert library.save(edit(shelf), smaller, Label("Twice")) == again


def test_a_set_stays_a_set_and_a_scenario_one(library: Library, kept: Entry, entry: Entry) -> None:
    for key, other in ((edit(kept), named("x")), (edit(entry), compared_set())):
        with pytest.raises(Refused) as error:
            library.update(key, 1, other)
        assert [one.field for one in error.value.problems] == ["scenario"]
        assert library.open(key).version.number == 1


def test_what_is_no_set_is_not_kept(library: Library, shelf: Shelf) -> None:
    with pytest.raises(ScenarioError):
        library.save(edit(shelf), compared_set("Alone"), Label("x"))
    assert library.shelf(edit(shelf)).count == 0


def test_sets_count_for_the_limits(place: Place) -> None:
    size = len(sets.dump(compared_set()).encode())
    library = place.connect(limits=Limits(entries=2, bytes=2 * size))
    shelf = library.new_shelf()
    entry = library.save(edit(shelf), compared_set(), Label("x"))
    library.update(edit(entry), 1, compared_set())
    with pytest.raises(Refused):
        library.update(edit(entry), 2, compared_set())


def test_a_library_from_before_there_were_sets_goes_on(empty: Place) -> None:
    library = empty.connect()
    shelf = library.new_shelf()
    entry = library.save(edit(shelf), named("old"), Label("Old"))
    library.close()
    for column in ("plans", "asked", "doubts"):
        empty.execute(f"ALTER TABLE library_version DROP COLUMN {column}")
    empty.execute(f"UPDATE {migrations.TABLE} SET version_num = '0002'")  # noqa: S608
    again = empty.connect()
    opened = again.open(entry.view_key)
    assert (opened.scenario().name, opened.version.plans) == ("old", ())
    kept = again.save(edit(shelf), compared_set(), Label("New"))
    assert again.open(kept.view_key).held() == compared_set()


def test_what_was_asked_is_listed_with_the_answer(library: Library, shelf: Shelf) -> None:
    asked = Asked("value_per_customer", "A", "P", "likely_better")
    plain = compared_set()
    entry = library.save(edit(shelf), replace(plain, asked=asked), Label("The board"))
    currencies = tuple(plain.items[place].scenario.organisation.currency for place in (0, 2))
    assert library.entries(edit(shelf)).entries[0].head.answered == (asked, currencies)
    other = Asked("value", "0", "B", "same")
    updated = library.update(edit(entry), 1, replace(plain, asked=other))
    assert updated.head.answered == (other, ())
    assert library.update(edit(entry), 2, plain).head.answered is None
    assert library.restore(edit(entry), 1, 3).head.answered == (asked, currencies)


# --- archives ------------------------------------------------------------------------------------


def test_sets_go_into_an_archive_and_come_out(
    library: Library, shelf: Shelf, kept: Entry, entry: Entry, elsewhere: Library
) -> None:
    library.update(edit(kept), 1, compared_set("One", "Two"))
    data = archive.pack(library, edit(shelf))
    arrived = elsewhere.new_shelf()
    assert archive.unpack(elsewhere, edit(arrived), data) == Imported(2, 0)
    assert contents(elsewhere, arrived) == contents(library, shelf)
    assert archive.pack(elsewhere, edit(arrived)) == data
    assert archive.unpack(elsewhere, edit(arrived), data) == Imported(0, 2)
    assert elsewhere.entries(edit(arrived), "two").total == 1


def test_only_an_archive_with_sets_is_one_that_older_programs_refuse(
    library: Library, shelf: Shelf, entry: Entry
) -> None:
    def manifest() -> bytes:
        return unzipped(archive.pack(library, edit(shelf)))["manifest.json"]

    assert b'"format_version": 1' in manifest() and b'"scenarios":' not in manifest()
    library.save(edit(shelf), compared_set(), Label("The board"))
    # Of a newer format such programs say so, and nothing else.
    assert b'"format_version": 2' in manifest() and b'"scenarios": 3' in manifest()


def _count(count: object) -> Any:
    def change(_: dict[str, bytes], manifest: Any) -> None:
        manifest["entries"][0]["versions"][0]["scenarios"] = count

    return change


def _file(content: bytes) -> Any:
    def change(files: dict[str, bytes], _: Any) -> None:
        files[FIRST] = content

    return change


def _mixed(files: dict[str, bytes], manifest: Any) -> None:
    name = FIRST.replace("0001.json", "0002.json")
    (version,) = manifest["entries"][0]["versions"]
    single = {key: value for key, value in version.items() if key != "scenarios"}
    manifest["entries"][0]["versions"].append({**single, "file": name})
    files[name] = b"{}"


WRITTEN = sets.dump(compared_set()).encode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_count(None), FIRST),
        (_count(2), f"{FIRST}: scenarios"),
        (_count(1), "scenarios"),
        (_count(7), "scenarios"),
        (_count("3"), "scenarios"),
        (_file(b"{}"), FIRST),
        (_file(b"[" * 100_000), FIRST),
        (_file(b" " * (3 * archive_format.MOST_SCENARIO_BYTES + 1)), FIRST),
        (
            _file(WRITTEN.replace(b'share_moved": 0.5', b'share_moved": 5e9')),
            "B: plan.training.share_moved",
        ),
        (_file(WRITTEN.replace(b'"set_version": 1', b'"set_version": 3')), "set_version"),
        (_mixed, "0002.json"),
    ],
    ids=range(11),
)
def test_an_archive_with_a_bad_set_is_refused_whole(
    library: Library, shelf: Shelf, kept: Entry, change: Any, field: str
) -> None:
    data = changed(library, shelf, change)
    target = library.new_shelf()
    with pytest.raises(Refused) as error:
        archive.unpack(library, edit(target), data)
    assert field in error.value.problems[0].field
    assert library.shelf(edit(target)).count == 0
