"""The file of an archive: what may be in it, and how it is read without trusting any of it."""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from io import SEEK_END, BytesIO
from itertools import islice
from typing import IO

from simulator.errors import Message, Problem, exact
from simulator.library import manifest
from simulator.library.errors import Refused
from simulator.library.labels import refuse, too_many
from simulator.library.manifest import FILE, MANIFEST, MOST_PROBLEMS, Manifest, VersionItem
from simulator.scenario.files import no_such_file, unreadable
from simulator.scenario.json_text import MAX_BYTES, key_repeated, not_utf8, too_large

MOST_BYTES = 64_000_000
MOST_UNPACKED_BYTES = 256_000_000
MOST_FILES = 50_000
"""Versions of all entries together. A database that has more has backups of its own."""

MOST_SCENARIO_BYTES = 250_000
"""Of a version that is a single scenario: twice what the longest texts take. (More would only be
blanks, and be kept.)"""

_MOST_MANIFEST_BYTES = 16_000_000
_ALWAYS_UNPACKED_BYTES, _MOST_TIMES = 20_000_000, 40
"""Unpacked it may have so many bytes, and more if they are so many times what they are packed: what
a shelf holds never is."""
_PIECE = 1_000_000
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


# --- writing -------------------------------------------------------------------------------------


def file_name(entry: int, name: str, version: int) -> str:
    """The name of a version's file: of the numbers, and what of the entry's name is harmless."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z0-9]+", "-", plain)[:40].strip("-")
    return f"scenarios/{entry:06}{'-' if slug else ''}{slug}/{version:04}.json"


class ArchiveWriter:
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

    def finished(self, listed: Manifest) -> bytes:
        """The whole archive. Raises as :meth:`add`."""
        content = listed.model_dump_json(indent=1, exclude_none=True)
        _refuse(_too_large(len(content.encode()), _MOST_MANIFEST_BYTES, MANIFEST))
        self.add(MANIFEST, content)
        self._zip.close()
        _refuse(_too_large(self._bytes.tell(), MOST_BYTES))
        return self._bytes.getvalue()


# --- reading -------------------------------------------------------------------------------------


def _count(file: IO[bytes], sign: bytes) -> int:
    """How often ``sign`` is in the file, without having all of it in memory."""
    file.seek(0)
    count, rest = 0, b""
    while piece := file.read(_PIECE):
        piece = rest + piece
        count += piece.count(sign)
        rest = piece[-(len(sign) - 1) :]
    return count


class ArchiveReader:
    """An archive that somebody gives us, with the names in it and its manifest checked."""

    def __init__(self, file: IO[bytes] | bytes) -> None:
        """Raises :class:`Refused`, with what is wrong."""
        file = BytesIO(file) if isinstance(file, bytes) else file
        size = file.seek(0, SEEK_END)
        _refuse(_too_large(size, MOST_BYTES))
        # Before the directory is read, which takes far more memory than it has bytes.
        _refuse(too_many("archive", _count(file, _DIRECTORY_SIGN), MOST_FILES + 1))
        try:
            self._zip = zipfile.ZipFile(file)
        except _NO_ZIP:
            raise Refused([unreadable("archive", Message("no zip archive"))]) from None
        infos = self._zip.infolist()
        unpacked = sum(info.file_size for info in infos)
        _refuse(_too_large(unpacked, MOST_UNPACKED_BYTES))
        _refuse(_odd_names(infos))
        _refuse(_odd_methods(infos))
        self._infos = {info.filename: info for info in infos}
        self.manifest = manifest.read(self._read(MANIFEST, _MOST_MANIFEST_BYTES))
        _refuse(self._gaps())
        _refuse(_too_large(unpacked, max(_ALWAYS_UNPACKED_BYTES, _MOST_TIMES * size)))

    def text(self, version: VersionItem) -> str:
        """The text of a version's file. Raises :class:`Refused` if it cannot be read."""
        most = min(MOST_SCENARIO_BYTES * (version.scenarios or 1), MAX_BYTES)
        content = self._read(version.file, most)
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise Refused([not_utf8(error, version.file)]) from None

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
    names = Counter(info.filename for info in infos)
    for name, times in names.items():
        shown = repr(name)[1:-1][:80]
        if name != MANIFEST and not re.fullmatch(FILE, name):
            yield _unnamed(shown)
        elif times > 1:
            yield key_repeated(shown, times)


def _odd_methods(infos: Iterable[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Files packed in another way than ours: some of these ways take whatever memory a file asks
    for, and have errors of their own."""
    for info in infos:
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield _damaged(info.filename)


def _damaged(name: str) -> Problem:
    return unreadable(name, Message("damaged or encrypted"))


def _too_large(size: int, most: int, name: str = "archive") -> Iterator[Problem]:
    if size > most:
        yield too_large(size, name, most)


def _refuse(problems: Iterable[Problem]) -> None:
    refuse(islice(problems, MOST_PROBLEMS))
