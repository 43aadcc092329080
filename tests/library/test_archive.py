"""A shelf goes into one file and comes out of it whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.library import Entry, Gone, Label, Library, Note, Refused, Shelf, ViewOnly, archive
from simulator.library.archive import Imported
from tests.support import strategies
from tests.support.archives import changed, contents, shelf_with_history, unzipped
from tests.support.saving import named
from tests.support.shelves import ON_BOTH, edit
from tests.support.stores import new_place

pytest_plugins = ["tests.support.databases"]
OLD_FORMAT = Path(__file__).parent.parent / "golden" / "scenarios_v1" / "balanced-shift.json"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Library]:
    """Another library, in SQLite."""
    place = new_place(None, tmp_path)
    yield place.connect()
    place.close()


@pytest.fixture
def shelf(library: Library) -> Shelf:
    """A shelf with two entries, one of them with a history."""
    return shelf_with_history(library)


# --- there and back ------------------------------------------------------------------------------


def test_everything_arrives(library: Library, shelf: Shelf, elsewhere: Library) -> None:
    data = archive.pack(library, edit(shelf))
    for target in (elsewhere, library):
        arrived = target.new_shelf()
        assert archive.unpack(target, edit(arrived), data) == Imported(2, 0)
        assert contents(target, arrived) == contents(library, shelf)
        assert archive.pack(target, edit(arrived)) == data
        # The same again adds nothing.
        assert archive.unpack(target, edit(arrived), data) == Imported(0, 2)
        assert contents(target, arrived) == contents(library, shelf)


def test_any_scenario_arrives(library: Library, elsewhere: Library) -> None:
    @ON_BOTH
    @given(st.lists(strategies.scenarios(), max_size=2), st.text(max_size=20))
    def check(plans: list[scenario.Scenario], text: str) -> None:
        shelf, arrived = library.new_shelf(), elsewhere.new_shelf()
        for plan in plans:
            try:
                library.save(edit(shelf), plan, Label(plan.name, text, (text,)), Note(text, text))
            except Refused:
                library.save(edit(shelf), plan, Label(plan.name))
        data = archive.pack(library, edit(shelf))
        assert archive.unpack(elsewhere, edit(arrived), data) == Imported(len(plans), 0)
        assert contents(elsewhere, arrived) == contents(library, shelf)

    check()


def test_keys_stay_at_home(library: Library, shelf: Shelf, elsewhere: Library) -> None:
    data = archive.pack(library, edit(shelf))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        everything = b"".join(file.read(name) for name in file.namelist()) + data
    keys = {edit(shelf), shelf.view_key}
    for entry in library.entries(edit(shelf)).entries:
        keys |= {edit(entry), entry.view_key}
    assert len(keys) == 6
    assert not [key for key in keys if key.encode() in everything]
    arrived = elsewhere.new_shelf()
    archive.unpack(elsewhere, edit(arrived), data)
    for entry in elsewhere.entries(edit(arrived)).entries:
        assert not {edit(entry), entry.view_key} & keys


def test_who_may_only_look_takes_out_what_is_newest(library: Library, shelf: Shelf) -> None:
    data = archive.pack(library, shelf.view_key)
    arrived = library.new_shelf()
    assert archive.unpack(library, edit(arrived), data) == Imported(2, 0)
    (entry,) = library.entries(edit(arrived), "one").entries
    (version,) = library.history(edit(entry)).versions
    assert (version.number, version.why) == (1, "better")
    assert b"Ann" not in b"".join(unzipped(data).values())


def test_names_of_files_are_ours(library: Library, shelf: Shelf) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.pack(library, edit(shelf)))) as file:
        assert file.namelist() == [
            "scenarios/000001-one/0001.json",
            "scenarios/000001-one/0002.json",
            "scenarios/000002-uni-b/0001.json",
            "manifest.json",
        ]
        content = file.read("scenarios/000001-one/0002.json").decode()
        assert scenario.parse(content).name == "two"


def test_what_is_deleted_is_left_out(library: Library, shelf: Shelf) -> None:
    first = library.entries(edit(shelf)).entries[0]
    library.delete(edit(first))
    arrived = library.new_shelf()
    data = archive.pack(library, edit(shelf))
    assert archive.unpack(library, edit(arrived), data) == Imported(1, 0)


def test_a_deleted_one_is_brought_back(library: Library, shelf: Shelf) -> None:
    data = archive.pack(library, edit(shelf))
    first = library.entries(edit(shelf)).entries[0]
    library.delete(edit(first))
    assert archive.unpack(library, edit(shelf), data) == Imported(1, 1)
    assert library.open(first.view_key).entry.head == first.head


def test_only_who_may_edit_a_shelf_imports_to_it(library: Library, shelf: Shelf) -> None:
    data = archive.pack(library, edit(shelf))
    with pytest.raises(ViewOnly):
        archive.unpack(library, shelf.view_key, data)
    with pytest.raises(Gone):
        archive.unpack(library, "nonsense", data)
    with pytest.raises(Gone):
        archive.pack(library, "nonsense")


def test_an_old_file_format_is_kept_as_it_is(library: Library, shelf: Shelf) -> None:
    """As in a library that an older version of the program has written."""
    old = OLD_FORMAT.read_text(encoding="utf-8")

    def put(files: dict[str, bytes], _: Any) -> None:
        files["scenarios/000001-one/0001.json"] = old.encode()

    arrived = library.new_shelf()
    archive.unpack(library, edit(arrived), changed(library, shelf, put))
    (entry,) = library.entries(edit(arrived), "one").entries
    opened = library.open(edit(entry), 1)
    assert opened.content == old
    assert opened.scenario() == scenario.load_shipped("balanced-shift")
    library.restore(edit(entry), 1, 2)
    assert library.open(entry.view_key).content == old


# --- merging -------------------------------------------------------------------------------------


@pytest.fixture
def both(library: Library, shelf: Shelf, elsewhere: Library) -> tuple[Shelf, Entry, Entry]:
    """The shelf, elsewhere; and its entry with a history, here and there."""
    arrived = elsewhere.new_shelf()
    archive.unpack(elsewhere, edit(arrived), archive.pack(library, edit(shelf)))
    (here,) = library.entries(edit(shelf), "one").entries
    (there,) = elsewhere.entries(edit(arrived), "one").entries
    return arrived, here, there


def test_newer_versions_are_added(
    library: Library, shelf: Shelf, elsewhere: Library, both: tuple[Shelf, Entry, Entry]
) -> None:
    arrived, here, there = both
    library.update(edit(here), 2, named("three"), Note("Cy"))
    library.describe(edit(here), Label("Renamed"))
    mine = elsewhere.describe(edit(there), Label("Mine", "my words", ("my tag",)))
    data = archive.pack(library, edit(shelf))
    assert archive.unpack(elsewhere, edit(arrived), data) == Imported(1, 1)
    # Its links go on working.
    opened = elsewhere.open(there.view_key)
    assert (opened.version.number, opened.scenario().name) == (3, "three")
    # What was written on it here is nobody else's to change.
    assert opened.entry.label == mine.label
    assert opened.entry.changed >= mine.changed
    assert elsewhere.entries(edit(arrived), "my tag cy").total == 1
    assert elsewhere.history(edit(there)).versions == library.history(edit(here)).versions


def test_older_versions_add_nothing(
    library: Library, shelf: Shelf, elsewhere: Library, both: tuple[Shelf, Entry, Entry]
) -> None:
    arrived, _, there = both
    data = archive.pack(library, edit(shelf))
    elsewhere.update(edit(there), 2, named("three"))
    before = contents(elsewhere, arrived)
    assert archive.unpack(elsewhere, edit(arrived), data) == Imported(0, 2)
    assert contents(elsewhere, arrived) == before


def test_what_went_apart_becomes_two(
    library: Library, shelf: Shelf, elsewhere: Library, both: tuple[Shelf, Entry, Entry]
) -> None:
    arrived, here, there = both
    library.update(edit(here), 2, named("three here"))
    elsewhere.update(edit(there), 2, named("three there"))
    data = archive.pack(library, edit(shelf))
    assert archive.unpack(elsewhere, edit(arrived), data) == Imported(1, 1)
    assert elsewhere.open(there.view_key).scenario().name == "three there"
    names = {
        elsewhere.open(one.view_key).scenario().name
        for one in elsewhere.entries(edit(arrived), "one").entries
    }
    assert names == {"three here", "three there"}
    assert archive.unpack(elsewhere, edit(arrived), data) == Imported(0, 2)
    # And it is still recognised when it has gone on.
    library.update(edit(here), 3, named("four here"))
    data = archive.pack(library, edit(shelf))
    assert archive.unpack(elsewhere, edit(arrived), data) == Imported(1, 1)
    assert elsewhere.entries(edit(arrived), "one").total == 2


def test_another_shelf_with_the_same_entries_is_left_alone(
    library: Library, shelf: Shelf, both: tuple[Shelf, Entry, Entry]
) -> None:
    other = library.new_shelf()
    data = archive.pack(library, edit(shelf))
    assert archive.unpack(library, edit(other), data) == Imported(2, 0)
    before = contents(library, shelf)
    (copy,) = library.entries(edit(other), "one").entries
    library.update(edit(copy), 2, named("only there"))
    assert contents(library, shelf) == before
