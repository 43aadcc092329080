"""How values are written in links: numbers, texts, lists, and null. For all versions; what can be
read stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]
"""A scenario as JSON has it, without ``$schema``."""
NULL = "null"
AS_IN_REGISTER = "register"
ASSUMPTION = "a."
_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?(e-?[0-9]{1,3})?")
ENDS = ("low", "central", "high")


def tidy(value: float) -> float:
    """Whole numbers without ``.0``, as in files."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def write_number(value: float | None) -> str:
    # A plus sign would be read as a space.
    return NULL if value is None else repr(value).replace("e+", "e")


def _write(value: float | str | None) -> str:
    return value if isinstance(value, str) else write_number(value)


def read_number(text: str) -> object:
    """The number; what is none stays text, for the scenario to refuse with what is allowed."""
    if text == NULL:
        return None
    value = float(text) if _NUMBER.fullmatch(text) else float("nan")
    return tidy(value) if abs(value) < float("inf") else text


def write_or_null(value: str | None) -> str:
    return NULL if value is None else value


def read_or_null(text: str) -> object:
    return None if text == NULL else text


def as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a link, and the field of a scenario that it is."""

    name: str
    place: tuple[str, ...]
    write: Callable[[Any], str]
    read: Callable[[str], object]
    """Never raises: what it cannot read it hands on, and the scenario refuses it."""


def amount(name: str, *place: str) -> Parameter:
    return Parameter(name, place, write_number, read_number)


def text_parameter(name: str, *place: str) -> Parameter:
    return Parameter(name, place, as_it_is, as_it_is)


def listed(name: str, place: tuple[str, ...], parts: tuple[str, ...]) -> Parameter:
    """An object of numbers, and of words without commas, in this order."""

    def write(value: Mapping[str, float | str | None] | None) -> str:
        return NULL if value is None else ",".join(_write(value[part]) for part in parts)

    def read(text: str) -> object:
        if text == NULL:
            return None
        written = text.split(",")
        # One too many is an unknown key there, one too few is missing: both are told by name.
        names = [*parts, *map(str, range(len(parts) + 1, len(written) + 1))]
        return dict(zip(names, map(read_number, written), strict=False))

    return Parameter(name, place, write, read)


def assumption(id: str) -> Parameter:
    known = amount(ASSUMPTION + id, "assumptions", id)
    ranged = listed(known.name, known.place, ENDS)

    def write(value: object) -> str:
        if value is None:
            return AS_IN_REGISTER
        return ranged.write(value) if isinstance(value, dict) else known.write(value)

    def read(text: str) -> object:
        if text == AS_IN_REGISTER:
            return None
        return ranged.read(text) if "," in text else known.read(text)

    return Parameter(known.name, known.place, write, read)
