"""The list of what is in an archive: what may stand there, and how it is read.

It is counted before it is made into objects, and made into objects an entry at a time: a few kB can
stand for a million entries, of which each has seven things wrong with it.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from simulator import json_guard
from simulator.errors import Message, Problem, exact, value_text
from simulator.library.errors import Refused
from simulator.library.labels import refuse, too_many
from simulator.library.manifest_problems import manifest_problems
from simulator.library.rows import MOST_ENTRIES, MOST_VERSIONS
from simulator.scenario import sets
from simulator.scenario.files import unreadable
from simulator.scenario.json_text import key_repeated

FORMAT_VERSION = 2
"""Goes up when an older version of this program could not read the archive any more. What version 1
could hold, single scenarios alone, is still written as that."""

MANIFEST = "manifest.json"
MOST_PROBLEMS = 30
"""With so many no further ones are looked for."""
MOST_VALUES = 500_000
"""More than entries and versions can be in an archive that is not too large."""

_MOST_VALUES_OF_ENTRY = 6 * MOST_VERSIONS + 1_000

FILE = r"^scenarios/[0-9]{6}[a-z0-9-]{0,60}/[0-9]{4}\.json$"
"""How the name of a version's file looks."""

_UID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


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
    file: Annotated[str, Field(pattern=FILE)]
    scenarios: Annotated[int, Field(ge=sets.FEWEST_IN_FILE, le=sets.MOST)] | None = None
    """How many a set holds; ``None`` for a single one."""


class EntryItem(_Item):
    """An entry with its whole history, oldest version first."""

    uid: Annotated[str, Field(pattern=_UID)]
    name: str
    description: str
    tags: Annotated[tuple[str, ...], Field(fail_fast=True)]
    created: _Moment
    changed: _Moment
    versions: Annotated[
        tuple[VersionItem, ...], Field(fail_fast=True, min_length=1, max_length=MOST_VERSIONS)
    ]


class Manifest(_Item):
    """What is in an archive."""

    format: Literal["budget-shift-library"] = "budget-shift-library"
    format_version: Annotated[int, Field(ge=1, le=FORMAT_VERSION)]
    entries: Annotated[tuple[EntryItem, ...], Field(fail_fast=True)]


class _Head(BaseModel):
    """What every version of the format has."""

    format: Literal["budget-shift-library"]
    format_version: int


def listed(entries: Iterable[EntryItem]) -> Manifest:
    """The manifest of an archive of these, in the oldest version of the format that can hold
    them."""
    entries = tuple(entries)
    has_sets = any(version.scenarios for entry in entries for version in entry.versions)
    return Manifest(format_version=2 if has_sets else 1, entries=entries)


def read(content: bytes) -> Manifest:
    """The manifest in ``content``. Raises :class:`Refused`, with what is wrong."""
    if problem := json_guard.too_many_values(content, MANIFEST, MOST_VALUES):
        raise Refused([problem])
    text, parts = _outline(content)
    entries = parts.pop("entries", None)
    head = _object(text, parts)
    with _refusing():
        version = _Head.model_validate_json(head).format_version
    if version > FORMAT_VERSION:
        found = Message("{version}, made by a newer version", version=version)
        raise Refused([Problem(f"{MANIFEST}: format_version", found, exact(str(FORMAT_VERSION)))])
    if entries is None or text[entries.start] != "[":
        with _refusing():
            return Manifest.model_validate_json(_object(text, {**parts, **_given(entries)}))
    with _refusing():
        manifest = Manifest.model_validate_json(f'{head[:-1]},"entries":[]}}')
    return manifest.model_copy(update={"entries": _entries(text, entries.start)})


def _given(entries: slice | None) -> dict[str, slice]:
    return {} if entries is None else {"entries": entries}


@contextmanager
def _refusing(*place: str | int) -> Iterator[None]:
    """Turn what the schema library says, of what stands at ``place``, into :class:`Refused`."""
    try:
        yield
    except ValidationError as error:
        raise Refused(manifest_problems(MANIFEST, error, MOST_PROBLEMS, place)) from None


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
"""Numbers are left to the check: there is no limit to how long they may be here."""
_SPACE = " \t\n\r"


_SHORT = 200
"""Characters of what stands beside the entries: each is a number or a word."""


def _outline(content: bytes) -> tuple[str, dict[str, slice]]:
    """``content`` as text, and where in it the values of the object are that it holds."""
    try:
        text = content.decode()
        return text, _parts(text)
    except (ValueError, IndexError, RecursionError):  # no JSON, or no object
        with _refusing():
            _Head.model_validate_json(content)
    raise Refused([unreadable(MANIFEST, Message("damaged or encrypted"))])


def _object(text: str, parts: Mapping[str, slice]) -> str:
    """An object of these parts; of what is far too long only that it is none of ours."""
    values = {key: text[place] for key, place in parts.items()}
    written = (
        f"{json.dumps(key)}:{value if len(value) <= _SHORT else '{}'}"
        for key, value in values.items()
    )
    return "{" + ",".join(written) + "}"


def _parts(text: str) -> dict[str, slice]:
    """Where the values of the object in ``text`` stand. Raises ``ValueError`` or ``IndexError``
    where there is none."""
    parts: dict[str, slice] = {}
    place = _after_space(text, 0)
    if text[place] != "{":
        raise ValueError("no object")
    place = _after_space(text, place + 1)
    while text[place] != "}":
        key, place = _DECODER.raw_decode(text, place)
        place = _after_space(text, place)
        if not isinstance(key, str) or text[place] != ":":
            raise ValueError("no key")
        start = _after_space(text, place + 1)
        place = _end(text, start)
        if key in parts:
            raise Refused([key_repeated(f"{MANIFEST}: {value_text(key)}", 2)])
        parts[key] = slice(start, place)
        if len(parts) > 2 * len(Manifest.model_fields):
            found = Message("an object of {count} fields", count=len(parts))
            raise Refused([Problem(MANIFEST, found, exact(", ".join(Manifest.model_fields)))])
        place = _next(text, place)
    if text[place + 1 :].strip(_SPACE):
        raise ValueError("more than an object")
    return parts


def _end(text: str, start: int) -> int:
    """Where the value that starts there ends; a list's items are decoded one after the other."""
    if text[start] != "[":
        return _DECODER.raw_decode(text, start)[1]
    last = deque(_items(text, start), maxlen=1)
    return text.index("]", last[0].stop if last else start) + 1


def _items(text: str, start: int) -> Iterator[slice]:
    """Where the items of the list that starts there are, one after the other."""
    place = _after_space(text, start + 1)
    while text[place] != "]":
        end = _DECODER.raw_decode(text, place)[1]
        yield slice(place, end)
        place = _next(text, end)


def _next(text: str, place: int) -> int:
    """Where the next item is after one that ends there, or what closes the list or object."""
    place = _after_space(text, place)
    if text[place] == ",":
        following = _after_space(text, place + 1)
        if text[following] not in "]}":
            return following
    elif text[place] in "]}":
        return place
    raise ValueError("no comma")


def _after_space(text: str, place: int) -> int:
    while text[place] in _SPACE:
        place += 1
    return place


def _entries(text: str, start: int) -> tuple[EntryItem, ...]:
    """The entries in the list that starts there, each checked before the next is looked at."""
    entries: list[EntryItem] = []
    problems: list[Problem] = []
    for number, place in enumerate(_items(text, start)):
        refuse(too_many(f"{MANIFEST}: entries", number + 1, MOST_ENTRIES))
        try:
            entries.append(_entry(text[place], number))
        except Refused as error:
            problems += error.problems
        if len(problems) >= MOST_PROBLEMS:
            break
    refuse(problems[:MOST_PROBLEMS])
    return tuple(entries)


def _entry(written: str, number: int) -> EntryItem:
    where = f"{MANIFEST}: entries.{number}"
    if problem := json_guard.too_many_values(written.encode(), where, _MOST_VALUES_OF_ENTRY):
        raise Refused([problem])
    with _refusing("entries", number):
        return EntryItem.model_validate_json(written)
