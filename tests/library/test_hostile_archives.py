"""What is no archive, or one that somebody has tampered with, is refused, and wholly."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.library import (
    Label,
    Library,
    LibraryError,
    Refused,
    Shelf,
    archive,
    archive_format,
    manifest,
    rows,
)
from simulator.library.archive import Imported
from simulator.library.manifest import MOST_PROBLEMS
from tests.support.archives import Change, changed, contents, shelf_with_history, unzipped, zipped
from tests.support.saving import named
from tests.support.shelves import ON_BOTH, Clock, edit
from tests.support.stores import Place

pytest_plugins = ["tests.support.databases"]


@pytest.fixture
def shelf(library: Library) -> Shelf:
    """A shelf with two entries, one of them with a history."""
    return shelf_with_history(library)


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
    "newer": (_set("format_version", to=manifest.FORMAT_VERSION + 1), "format_version"),
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


@pytest.mark.slow
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
            archive_format.ArchiveReader(data)
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
        archive_format.ArchiveReader(zipped([("manifest.json", manifest)]))


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
