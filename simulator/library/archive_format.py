"""The file of an archive: what may be in it, and how it is read without trusting any of it."""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from simulator import scenario
from simulator.errors import Message, Problem, exact
from simulator.library.errors import Refused
from simulator.library.labels import refuse, too_many
from simulator.library.manifest_problems import manifest_problems
from simulator.library.rows import MOST_ENTRIES, MOST_VERSIONS
from simulator.scenario.files import no_such_file, unreadable
from simulator.scenario.json_text import key_repeated, not_utf8, too_large

FORMAT_VERSION = 1
"""Goes up when an older version of this program could not read the archive any more."""

MOST_BYTES = 64_000_000
MOST_UNPACKED_BYTES = 512_000_000
MOST_FILES = 100_000
"""Versions of all entries together. A database that has more has backups of its own."""
MOST_PROBLEMS = 30
"""With so many no further ones are looked for."""

MANIFEST = "manifest.json"

_MOST_MANIFEST_BYTES = 64_000_000
_FILE = r"^scenarios/[0-9]{6}[a-z0-9-]{0,60}/[0-9]{4}\.json$"
_UID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_DIRECTORY_SIGN = b"PK\x01\x02"
"""Stands before each name in the directory of a zip."""
_NO_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What Python's reader says of files that are no zip, or a damaged, encrypted or odd one."""


# --- the manifest --------------------------------------------------------------------------------


class _Item(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


_Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
]


class VersionItem(_Item):
    """A version; its number is its place in the list, counted from 1."""

    at: _Moment
    who: str
    why: str
    file: Annotated[str, Field(pattern=_FILE)]


class EntryItem(_Item):
    """An entry with its whole history, oldest version first."""

    uid: Annotated[str, Field(pattern=_UID)]
    name: str
    description: str
    tags: tuple[str, ...]
    created: _Moment
    changed: _Moment
    versions: Annotated[tuple[VersionItem, ...], Field(min_length=1, max_length=MOST_VERSIONS)]


class Manifest(_Item):
    """What is in an archive."""

    format: Literal["budget-shift-library"] = "budget-shift-library"
    format_version: Annotated[int, Field(ge=1, le=FORMAT_VERSION)] = FORMAT_VERSION
    entries: Annotated[tuple[EntryItem, ...], Field(max_length=MOST_ENTRIES)]


class _Head(BaseModel):
    """What every version of the format has."""

    format: Literal["budget-shift-library"]
    format_version: int


# --- writing -------------------------------------------------------------------------------------


def file_name(entry: int, name: str, version: int) -> str:
    """The name of a version's file: of the numbers, and what of the entry's name is harmless."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain)[:40].strip("-")
    return f"scenarios/{entry:06}{'-' if slug else ''}{slug}/{version:04}.json"


class Packer:
    """Makes an archive; the same content gives the same bytes."""

    def __init__(self) -> None:
        self._bytes = BytesIO()
        self._zip = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_DEFLATED)
        self._unpacked = 0

    def add(self, name: str, text: str) -> None:
        """Add a file.

        Raises:
            Refused: the archive gets too large to be read again.
        """
        content = text.encode()
        self._unpacked += len(content)
        _refuse(_too_large(self._unpacked, MOST_UNPACKED_BYTES))
        _refuse(_too_large(self._bytes.tell(), MOST_BYTES))
        _refuse(too_many("archive", len(self._zip.filelist), MOST_FILES))
        # A fixed date: when it was packed is nobody's concern.
        self._zip.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

    def finished(self, manifest: Manifest) -> bytes:
        """The whole archive. Raises as :meth:`add`."""
        content = manifest.model_dump_json(indent=1)
        _refuse(_too_large(len(content.encode()), _MOST_MANIFEST_BYTES, MANIFEST))
        self.add(MANIFEST, content)
        self._zip.close()
        _refuse(_too_large(self._bytes.tell(), MOST_BYTES))
        return self._bytes.getvalue()


# --- reading -------------------------------------------------------------------------------------


class Packed:
    """An archive that somebody gives us, with the names in it and its manifest checked."""

    def __init__(self, data: bytes) -> None:
        """Raises :class:`Refused`, with what is wrong."""
        _refuse(_too_large(len(data), MOST_BYTES))
        # Before the directory is read, which takes far more memory than it has bytes.
        _refuse(too_many("archive", data.count(_DIRECTORY_SIGN), MOST_FILES + 1))
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _NO_ZIP:
            raise Refused([unreadable("archive", Message("no zip archive"))]) from None
        infos = self._zip.infolist()
        _refuse(_too_large(sum(one.file_size for one in infos), MOST_UNPACKED_BYTES))
        _refuse(_odd_names(infos))
        _refuse(_odd_methods(infos))
        self._infos = {one.filename: one for one in infos}
        self.manifest = self._manifest()
        _refuse(self._gaps())

    def text(self, name: str) -> str:
        """The text of a scenario file. Raises :class:`Refused` if it cannot be read."""
        content = self._read(name, scenario.MAX_BYTES)
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise Refused([not_utf8(error, name)]) from None

    def _manifest(self) -> Manifest:
        content = self._read(MANIFEST, _MOST_MANIFEST_BYTES)
        try:
            head = _Head.model_validate_json(content)
            if head.format_version > FORMAT_VERSION:
                found = Message("{version}, made by a newer version", version=head.format_version)
                allowed = exact(str(FORMAT_VERSION))
                raise Refused([Problem(f"{MANIFEST}: format_version", found, allowed)])
            return Manifest.model_validate_json(content)
        except ValidationError as error:
            raise Refused(manifest_problems(MANIFEST, error, MOST_PROBLEMS)) from None

    def _read(self, name: str, most: int) -> bytes:
        info = self._infos.get(name)
        if info is None:
            raise Refused([no_such_file(name)])
        _refuse(_too_large(info.file_size, most, name))
        try:
            with self._zip.open(info) as file:
                return file.read(most + 1)
        except _NO_ZIP:
            raise Refused([_damaged(name)]) from None

    def _gaps(self) -> Iterator[Problem]:
        """Files that the manifest names and that are not there, and the other way round."""
        named = Counter(
            version.file for entry in self.manifest.entries for version in entry.versions
        )
        uids = Counter(entry.uid for entry in self.manifest.entries)
        for name, times in named.items():
            if times > 1:
                yield key_repeated(f"{MANIFEST}: {name}", times)
            if name not in self._infos:
                yield no_such_file(name)
        for uid, times in uids.items():
            if times > 1:
                yield key_repeated(f"{MANIFEST}: {uid}", times)
        for name in self._infos.keys() - named.keys() - {MANIFEST}:
            yield _unnamed(name)


def _unnamed(name: str) -> Problem:
    return Problem(name, Message("an unknown path"), exact(MANIFEST))


def _odd_names(infos: Iterable[zipfile.ZipInfo]) -> Iterator[Problem]:
    names = Counter(one.filename for one in infos)
    for name, times in names.items():
        shown = repr(name)[1:-1][:80]
        if name != MANIFEST and not re.fullmatch(_FILE, name):
            yield _unnamed(shown)
        elif times > 1:
            yield key_repeated(shown, times)


def _odd_methods(infos: Iterable[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Files packed in another way than ours: some of these ways take whatever memory a file asks
    for, and have errors of their own."""
    for one in infos:
        if one.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield _damaged(one.filename)


def _damaged(name: str) -> Problem:
    return unreadable(name, Message("damaged or encrypted"))


def _too_large(size: int, most: int, name: str = "archive") -> Iterator[Problem]:
    if size > most:
        yield too_large(size, name, most)


def _refuse(problems: Iterable[Problem]) -> None:
    refuse(islice(problems, MOST_PROBLEMS))
