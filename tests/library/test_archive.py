"""A shelf goes into one file and comes out of it whole; anything else is refused, and wholly."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.library import (
    Entry,
    Gone,
    Label,
    Library,
    LibraryError,
    Note,
    Refused,
    Shelf,
    ViewOnly,
    archive,
    archive_format,
    rows,
)
from simulator.library.archive import Imported
from simulator.library.manifest import MOST_PROBLEMS
from tests.support import strategies
from tests.support.saving import named
from tests.support.shelves import ON_BOTH, Clock, edit
from tests.support.stores import Place, new_place

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
    shelf = library.new_shelf()
    first = library.save(edit(shelf), named("one"), Label("One", "d\n", ("b", "a")), Note("Ann"))
    library.update(edit(first), 1, named("two"), Note("Bo", "better"))
    library.save(edit(shelf), named("x"), Label("../../Ünï & <b>", "", ()))
    return shelf


def contents(library: Library, shelf: Shelf) -> list[tuple[object, ...]]:
    """All there is on a shelf but for the keys: every version of every entry."""
    return [
        (
            one.label,
            one.organisation,
            one.created,
            one.changed,
            [
                (version, library.open(edit(one), version.number).content)
                for version in library.history(edit(one)).versions
            ],
        )
        for one in library.entries(edit(shelf)).entries
    ]


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
    for one in library.entries(edit(shelf)).entries:
        keys |= {edit(one), one.view_key}
    assert len(keys) == 6
    assert not [key for key in keys if key.encode() in everything]
    arrived = elsewhere.new_shelf()
    archive.unpack(elsewhere, edit(arrived), data)
    for one in elsewhere.entries(edit(arrived)).entries:
        assert not {edit(one), one.view_key} & keys


def test_who_may_only_look_takes_out_what_is_newest(library: Library, shelf: Shelf) -> None:
    data = archive.pack(library, shelf.view_key)
    arrived = library.new_shelf()
    assert archive.unpack(library, edit(arrived), data) == Imported(2, 0)
    (one,) = library.entries(edit(arrived), "one").entries
    (version,) = library.history(edit(one)).versions
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


# --- hostile -------------------------------------------------------------------------------------

Change = Callable[[dict[str, bytes], Any], None]


def changed(library: Library, shelf: Shelf, change: Change) -> bytes:
    """An archive of the shelf after somebody has changed its files, or its manifest."""
    files = unzipped(archive.pack(library, edit(shelf)))
    manifest = json.loads(files["manifest.json"])
    change(files, manifest)
    if files.get("manifest.json", b"").startswith(b"{\n"):
        files["manifest.json"] = json.dumps(manifest).encode()
    return zipped(files.items())


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(files: Any, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, content in files:
            file.writestr(name, content)
    return target.getvalue()


FIRST = "scenarios/000001-one/0001.json"


def _set(*path: str | int, to: object) -> Change:
    def change(_: dict[str, bytes], manifest: Any) -> None:
        node = manifest
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = to

    return change


def _file(name: str, content: bytes | None) -> Change:
    def change(files: dict[str, bytes], _: Any) -> None:
        if content is None:
            del files[name]
        else:
            files[name] = content

    return change


HOSTILE: dict[str, tuple[Change, str]] = {
    "climbs out": (_file("../../etc/passwd", b"x"), "../../etc/passwd"),
    "absolute": (_file("/etc/passwd", b"x"), "/etc/passwd"),
    "of Windows": (_file("..\\x.json", b"x"), "x.json"),
    "unnamed": (_file("scenarios/000009/0001.json", b"{}"), "scenarios/000009/0001.json"),
    "missing": (_file(FIRST, None), FIRST),
    "no manifest": (_file("manifest.json", None), "manifest.json"),
    "manifest is no JSON": (_file("manifest.json", b"{"), "manifest.json"),
    "manifest is a list": (_file("manifest.json", b"[]"), "manifest.json"),
    "manifest of something else": (_set("format", to="zoo"), "format"),
    "newer": (_set("format_version", to=2), "format_version"),
    "version is text": (_set("format_version", to="1"), "format_version"),
    "unknown key": (_set("entries", 0, "edit_key", to="x" * 32), "edit_key"),
    "no versions": (_set("entries", 0, "versions", to=[]), "versions"),
    "no uid": (_set("entries", 0, "uid", to="../x"), "uid"),
    "long name": (_set("entries", 0, "name", to="x" * 9999), "name"),
    "nul in name": (_set("entries", 0, "name", to="a\0b"), "name"),
    "many tags": (_set("entries", 0, "tags", to=list(map(str, range(99)))), "tags"),
    "long who": (_set("entries", 0, "versions", 0, "who", to="x" * 999), "who"),
    "no time zone": (_set("entries", 0, "created", to="2026-11-22T10:00:00"), "created"),
    "far away": (_set("entries", 0, "changed", to="9999-12-31T23:59:59-12:00"), "changed"),
    "twice in the manifest": (_set("entries", 0, "versions", 1, "file", to=FIRST), FIRST),
    "no scenario": (_file(FIRST, b"{}"), FIRST),
    "not UTF-8": (_file(FIRST, b"\xff"), FIRST),
    "too large": (_file(FIRST, b" " * (scenario.MAX_BYTES + 1)), FIRST),
    "nested": (_file(FIRST, b"[" * 100_000), FIRST),
}


def refused(library: Library, shelf: Shelf, data: bytes) -> list[str]:
    """The fields of the problems with an archive, of which nothing has been kept."""
    target = library.new_shelf()
    with pytest.raises(Refused) as error:
        archive.unpack(library, edit(target), data)
    assert library.shelf(edit(target)).count == 0
    assert all(one.found and one.allowed for one in error.value.problems)
    return [one.field for one in error.value.problems]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    library: Library, shelf: Shelf, name: str
) -> None:
    change, field = HOSTILE[name]
    fields = refused(library, shelf, changed(library, shelf, change))
    assert any(field in one for one in fields), fields


def test_the_same_entry_twice(library: Library, shelf: Shelf) -> None:
    def change(_: Any, manifest: Any) -> None:
        manifest["entries"][1]["uid"] = manifest["entries"][0]["uid"]

    assert refused(library, shelf, changed(library, shelf, change))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice(library: Library, shelf: Shelf) -> None:
    with zipfile.ZipFile(io.BytesIO(archive.pack(library, edit(shelf)))) as file:
        files = [(name, file.read(name)) for name in file.namelist()]
    assert refused(library, shelf, zipped([*files, files[0]])) == [files[0][0]]


@pytest.mark.parametrize("data", [b"", b"PK", b"nonsense" * 100, b"PK\x05\x06" + b"\0" * 10])
def test_what_is_no_zip(library: Library, shelf: Shelf, data: bytes) -> None:
    assert refused(library, shelf, data) == ["archive"]


def test_an_encrypted_one(library: Library, shelf: Shelf) -> None:
    data = bytearray(archive.pack(library, edit(shelf)))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    assert refused(library, shelf, bytes(data)) == ["manifest.json"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packed_in_an_unusual_way(library: Library, shelf: Shelf, method: int) -> None:
    files = unzipped(archive.pack(library, edit(shelf)))
    assert refused(library, shelf, zipped(files.items(), method)) == list(files)


def test_bombs(library: Library, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped([("manifest.json", b" " * 100_000_000)])
    assert len(bomb) < 200_000
    assert refused(library, shelf, bomb) == ["manifest.json"]
    data = archive.pack(library, edit(shelf))
    with monkeypatch.context() as patch:
        patch.setattr(archive_format, "_MOST_MANIFEST_BYTES", 1)
        with pytest.raises(Refused):
            archive.pack(library, edit(shelf))
    for limit in ("MOST_BYTES", "MOST_UNPACKED_BYTES", "MOST_FILES"):
        with monkeypatch.context() as patch:
            patch.setattr(archive_format, limit, 1)
            assert refused(library, shelf, data) == ["archive"]
            with pytest.raises(Refused):
                archive.pack(library, edit(shelf))


_HEAD = b'{"format":"budget-shift-library","format_version":1,"entries":['
_KEYS = b",".join(b'"k%d":[]' % number for number in range(200_000))


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(_HEAD + b"{}," * 1_000_000 + b"{}]}", id="entries"),
        pytest.param(_HEAD + b"{}," * 200_000 + b"{}]}", id="entries, as many as are looked at"),
        pytest.param(_HEAD + b'{"versions":[' + b"{}," * 200_000 + b"{}]}]}", id="versions"),
        pytest.param(_HEAD + b'{"tags":[' + b"0," * 400_000 + b"0]}]}", id="tags"),
        pytest.param(_HEAD + b"{" + _KEYS + b"}]}", id="keys of an entry"),
        pytest.param(_HEAD + b'{"versions":[{' + _KEYS + b"}]}]}", id="keys of a version"),
        pytest.param(_HEAD + b"]," + _KEYS + b"}", id="keys of the manifest"),
        pytest.param(_HEAD[:-1] + b"{" + _KEYS + b"}}", id="an object of entries"),
        pytest.param(b'{"format":[' + b"[]," * 200_000 + b'[]],"format_version":1}', id="format"),
        pytest.param(_HEAD + b"[" * 400_000, id="lists in lists"),
        pytest.param(_HEAD + b'{"uid":' + b"9" * 1_000_000 + b"}]}", id="digits"),
        pytest.param(_HEAD + b'{"name":"' + b",[{" * 5_000_000 + b'"}]}', id="a text"),
        pytest.param(b'"' * 10_000_001, id="quotes"),
    ],
)
def test_a_manifest_is_counted_before_it_is_made_into_objects(manifest: bytes) -> None:
    data = zipped([("manifest.json", manifest)])
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as error:
            archive_format.Packed(data)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()
    assert 1 <= len(error.value.problems) <= MOST_PROBLEMS


@pytest.mark.parametrize(
    "manifest",
    [
        b'{"format":"budget-shift-library","format_version":1,"entries":[],}',
        b'{"format":"budget-shift-library","format_version":1,"entries":[]} {}',
        b'{"format":"budget-shift-library","format_version":1 "entries":[]}',
        b'{"format":"budget-shift-library","format_version":1,"entries":[,]}',
        b'{"format":"budget-shift-library","format_version":1,"entries":[{},]}',
        b'{"format":"budget-shift-library","format_version":1,"entries":[}}',
        b'{"format":"budget-shift-library","format_version":1,"entries":[]',
        b'{"format":"budget-shift-library","format_version":1,"entries":[],"entries":[]}',
        b'{"format":"budget-shift-library","format_version":1}',
        b'{"format":"budget-shift-library","format_version":1,"entries":null}',
        b"",
        b"{",
        b"\xff",
    ],
)
def test_a_manifest_that_is_nearly_one(manifest: bytes) -> None:
    with pytest.raises(Refused):
        archive_format.Packed(zipped([("manifest.json", manifest)]))


def test_a_bomb_that_lies_about_its_size(library: Library, shelf: Shelf) -> None:
    data = bytearray(zipped([("manifest.json", b" " * 10_000_000)]))
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(sign) + offset
        data[place : place + 4] = (100).to_bytes(4, "little")
    assert refused(library, shelf, bytes(data)) == ["manifest.json"]


def test_more_entries_than_a_shelf_holds(
    library: Library, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive.pack(library, edit(shelf))
    monkeypatch.setattr(rows, "MOST_ENTRIES", 1)
    assert refused(library, shelf, data) == ["entries"]


def test_damaged_archives_are_refused_or_sound(library: Library, shelf: Shelf) -> None:
    data = archive.pack(library, edit(shelf))
    whole = contents(library, shelf)

    @ON_BOTH
    @given(st.integers(0, len(data) - 1), st.integers(0, 200), st.binary(max_size=8))
    def check(place: int, gone: int, patch: bytes) -> None:
        target = library.new_shelf()
        damaged = data[:place] + patch + data[place + gone :]
        try:
            archive.unpack(library, edit(target), damaged)
        except LibraryError:
            assert library.shelf(edit(target)).count == 0
        else:
            assert contents(library, target) == whole

    check()


def test_an_import_that_fails_in_the_middle_leaves_nothing(
    library: Library, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive.pack(library, edit(shelf))
    target = library.new_shelf()
    real, calls = rows.write_label, []

    def cut(*arguments: Any) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(*arguments)

    monkeypatch.setattr(archive, "write_label", cut)
    with pytest.raises(KeyboardInterrupt):
        archive.unpack(library, edit(target), data)
    monkeypatch.undo()
    assert library.shelf(edit(target)).count == 0
    assert archive.unpack(library, edit(target), data) == Imported(2, 0)


def test_an_import_may_be_larger_than_a_page(empty: Place) -> None:
    clock = Clock()
    library = empty.connect(clock=clock)
    shelf = library.new_shelf()
    for number in range(60):
        clock.at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=number)
        library.save(edit(shelf), named(f"{number}"), Label(f"{number}"))
    target = library.new_shelf()
    assert archive.unpack(library, edit(target), archive.pack(library, edit(shelf))).imported == 60
    names = [one.label.name for one in library.entries(edit(target), limit=100).entries]
    assert names == [f"{number}" for number in reversed(range(60))]
