"""Archives of a shelf, whole and tampered with."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from simulator.library import Label, Library, Note, Shelf, archive
from tests.support.saving import named
from tests.support.shelves import edit


def shelf_with_history(library: Library) -> Shelf:
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
