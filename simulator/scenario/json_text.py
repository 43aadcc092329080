"""JSON as scenario files have it: read with all that is wrong told, written in one form."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from simulator import json_guard
from simulator.errors import (
    Message,
    Problem,
    ScenarioError,
    UnrepresentableNumber,
    exact,
    path_text,
)
from simulator.version import VERSION

SCHEMA_FILE = "scenario.schema.json"
"""Name of the JSON schema; it lies beside the shipped scenarios."""

WRITTEN_BY = "written_by"
"""The field of a file that says what wrote it; not part of the scenario."""

STARTED_FROM = "started_from"
"""The field of a file that holds what its plan started from, as far as that is another; not part of
the scenario."""

SET_VERSION = "set_version"
"""The field of a file that holds a set of scenarios (:mod:`simulator.scenario.sets`), and no single
one has."""

PRODUCT = f"budget-shift {VERSION}"

MAX_BYTES = 1_000_000
"""A larger file is refused unread."""

_MAX_VALUES = 5_000
"""Ten times what the largest scenario has."""

_MAX_DEPTH = 20


def read(text: str | bytes, where: str, problems: list[Problem], most: int = _MAX_VALUES) -> object:
    """What ``text`` holds, in dictionaries and lists, of ``most`` values at most.

    Keys that are there twice and nesting that is too deep are added to ``problems``: no check of
    the content would see them. ``where`` names the text as a whole.

    Raises:
        ScenarioError: it is no JSON.
    """
    return _plain(_decode(text, where, most), (), problems)


def _decode(text: str | bytes, where: str, most: int) -> object:
    """Text to a tree of Python values, in which objects are :class:`_Pairs`."""
    encoded = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(encoded) > MAX_BYTES:
        raise ScenarioError([too_large(len(encoded), where)])
    if problem := json_guard.too_many_values(encoded, where, most):
        deep = json_guard.deeper_than(encoded, 5 * _MAX_DEPTH)
        raise ScenarioError([_too_deep(where) if deep else problem])
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ScenarioError([not_utf8(error, where)]) from None
    text = text.removeprefix("\ufeff")  # some editors put this mark before what they save
    if not text.strip():
        allowed = Message("a scenario in JSON")
        raise ScenarioError([Problem(where, Message("nothing in it"), allowed)])
    try:
        return json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=_read_float,
            parse_int=_read_int,
            parse_constant=_read_constant,
        )
    except json.JSONDecodeError as error:
        found = Message(
            "no JSON at line {line}, column {column} ({reason})",
            line=error.lineno,
            column=error.colno,
            reason=_REASONS.get(error.msg) or exact(error.msg),
        )
        raise ScenarioError([Problem(where, found, exact("JSON"))]) from None
    except RecursionError:
        raise ScenarioError([_too_deep(where)]) from None


_REASONS: Mapping[str, Message] = {
    str(reason): reason
    for reason in (
        Message("Expecting value"),
        Message("Expecting ',' delimiter"),
        Message("Expecting ':' delimiter"),
        Message("Expecting property name enclosed in double quotes"),
        Message("Extra data"),
        # These two are said by Python 3.13 and later, where earlier ones say something else.
        Message("Illegal trailing comma before end of array"),
        Message("Illegal trailing comma before end of object"),
        Message("Invalid \\escape"),
        Message("Invalid \\uXXXX escape"),
        Message("Invalid control character at"),
        Message("Unexpected UTF-8 BOM (decode using utf-8-sig)"),
        Message("Unterminated string starting at"),
    )
}
"""Why a text is no JSON, as Python's decoder says it."""


class _Pairs(list[tuple[str, Any]]):
    """An object as it stands in the file: with keys that are there twice."""


def _read_float(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else UnrepresentableNumber(text)


def _read_int(text: str) -> float:
    return int(text) if len(text) <= 300 else UnrepresentableNumber(text)


def _read_constant(text: str) -> float:
    return UnrepresentableNumber(text, float(text))


def _plain(node: object, path: tuple[str, ...], problems: list[Problem]) -> object:
    """The tree with plain dictionaries; what no validated field would show goes to ``problems``."""
    if isinstance(node, _Pairs | list) and len(path) > _MAX_DEPTH:
        problems.append(_too_deep(path_text(path[:4])))
        return None
    if isinstance(node, _Pairs):
        content: dict[str, object] = {}
        repeated: dict[str, int] = {}
        for key, value in node:
            if key in content:
                repeated[key] = repeated.get(key, 1) + 1
            content[key.encode("utf-8", "backslashreplace").decode()] = _plain(
                value, (*path, key), problems
            )
        for key, times in repeated.items():
            problems.append(key_repeated(path_text((*path, key)), times))
        return content
    if isinstance(node, list):
        return [_plain(item, (*path, str(index)), problems) for index, item in enumerate(node)]
    return node


def not_utf8(error: UnicodeDecodeError, where: str) -> Problem:
    """What is said of bytes that are no text."""
    found = Message("a byte that is not UTF-8 at position {count}", count=error.start)
    return Problem(where, found, Message("JSON in UTF-8"))


def too_large(size: int, where: str, most: int = MAX_BYTES) -> Problem:
    """What is said of more bytes than ``most``."""
    return Problem(
        where,
        Message("a size of {size} bytes", size=size),
        Message("at most {size} bytes", size=most),
    )


def key_repeated(path: str, times: int) -> Problem:
    """What is said of a key that an object has more than once."""
    return Problem(path, Message("this key {count} times", count=times), Message("once"))


def _too_deep(where: str) -> Problem:
    return Problem(where, Message("nesting too deep"), Message("{count} levels", count=_MAX_DEPTH))


def _tidy(node: object) -> object:
    """Whole numbers without ``.0``, as people write them."""
    if isinstance(node, dict):
        return {key: _tidy(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if isinstance(node, float):
        whole = node.is_integer() and abs(node) < 2**53
        return int(node) if whole else float(node)
    return node


def dump(scenario: BaseModel, start: BaseModel | None = None) -> str:
    """The scenario as JSON text in its one canonical form, with what of ``start``, which its plan
    started from, has another value there.

    :func:`simulator.scenario.parse_with_start` gives both back.
    """
    return written({"$schema": SCHEMA_FILE, **content_with_start(scenario, start)})


def file_text(scenario: BaseModel, start: BaseModel | None = None) -> str:
    """What a scenario file holds: :func:`dump`, and the version of the product that wrote it.

    Nothing depends on that version, and reading passes it over: it is for whoever looks into a file
    that came out wrong.
    """
    head = {"$schema": SCHEMA_FILE, WRITTEN_BY: PRODUCT}
    return written({**head, **content_with_start(scenario, start)})


def content_with_start(scenario: BaseModel, start: BaseModel | None) -> dict[str, object]:
    """What a scenario holds; and :data:`STARTED_FROM`, where figures depend on what is another
    there."""
    content = scenario.model_dump(mode="json")
    if start is None:
        return content
    fields = {
        name: value
        for name, value in start.model_dump(mode="json").items()
        if name not in _NOT_OF_START and value != content[name]
    }
    return {**content, STARTED_FROM: fields} if fields.keys() - {"name"} else content


_NOT_OF_START = {"story", "description", "notes", "author", "date", "results"}


def written(content: Mapping[str, object]) -> str:
    """Content of a file as its text."""
    return json.dumps(_tidy(dict(content)), indent=2, ensure_ascii=False) + "\n"
