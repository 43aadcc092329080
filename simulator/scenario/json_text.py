"""JSON as scenario files have it: read with all that is wrong told, written in one form."""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic import BaseModel

from simulator.errors import Problem, ScenarioError, UnrepresentableNumber, path_text

SCHEMA_FILE = "scenario.schema.json"
"""Name of the JSON schema; it lies beside the shipped scenarios."""

MAX_BYTES = 1_000_000
"""A larger file is refused unread."""

_MAX_DEPTH = 20


def read(text: str | bytes, where: str, problems: list[Problem]) -> object:
    """What ``text`` holds, in dictionaries and lists.

    Keys that are there twice and nesting that is too deep are added to ``problems``: no check of
    the content would see them. ``where`` names the text as a whole.

    Raises:
        ScenarioError: it is no JSON.
    """
    return _plain(_decode(text, where), (), problems)


def _decode(text: str | bytes, where: str) -> object:
    """Text to a tree of Python values, in which objects are :class:`_Pairs`."""
    size = len(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    if size > MAX_BYTES:
        raise ScenarioError([too_large(size, where)])
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            found = f"a byte that is not UTF-8 at position {error.start}"
            raise ScenarioError([Problem(where, found, "JSON in UTF-8")]) from None
    text = text.removeprefix("\ufeff")  # some editors put this mark before what they save
    if not text.strip():
        raise ScenarioError([Problem(where, "nothing in it", "a scenario in JSON")])
    try:
        return json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=_read_float,
            parse_int=_read_int,
            parse_constant=_read_constant,
        )
    except json.JSONDecodeError as error:
        found = f"no JSON at line {error.lineno}, column {error.colno} ({error.msg})"
        raise ScenarioError([Problem(where, found, "JSON")]) from None
    except RecursionError:
        found, most = "nesting too deep", f"{_MAX_DEPTH} levels"
        raise ScenarioError([Problem(where, found, most)]) from None


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
        problems.append(Problem(path_text(path[:4]), "nesting too deep", f"{_MAX_DEPTH} levels"))
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
            problems.append(Problem(path_text((*path, key)), f"this key {times} times", "once"))
        return content
    if isinstance(node, list):
        return [_plain(item, (*path, str(index)), problems) for index, item in enumerate(node)]
    return node


def too_large(size: int, where: str) -> Problem:
    """What is said of a text of more than :data:`MAX_BYTES`."""
    return Problem(where, f"a size of {size} bytes", f"at most {MAX_BYTES} bytes")


def _tidy(node: object) -> object:
    """Whole numbers without ``.0``, as people write them."""
    if isinstance(node, dict):
        return {key: _tidy(value) for key, value in node.items()}
    if isinstance(node, float):
        whole = node.is_integer() and abs(node) < 2**53
        return int(node) if whole else float(node)
    return node


def dump(scenario: BaseModel) -> str:
    """The scenario as JSON text in its one canonical form.

    :func:`simulator.scenario.parse` gives it back.
    """
    content = {"$schema": SCHEMA_FILE, **scenario.model_dump(mode="json")}
    return json.dumps(_tidy(content), indent=2, ensure_ascii=False) + "\n"
