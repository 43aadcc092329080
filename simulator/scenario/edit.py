"""Changes at dotted paths of a scenario's content, before any of it is checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from simulator.errors import Message, Problem, nearest, path_text, value_text
from simulator.model.register import BY_ID, Parameter
from simulator.scenario.overrides import RangeInput


def put(content: dict[str, Any], path: str, value: object) -> Problem | None:
    """Set ``value`` at a dotted path of a dumped scenario, in place; a problem if there is none."""
    *parents, last = path.split(".")
    node = content
    for depth, part in enumerate(parents):
        in_assumptions = parents[:depth] == ["assumptions"]
        if part not in (names := BY_ID if in_assumptions else node):
            return _unknown_path(path, part, names)
        inner = _opened(node.get(part), BY_ID[part] if in_assumptions else None)
        if inner is None:
            found = Message("a path into {value}", value=value_text(node.get(part)))
            return Problem(path_text(path.split(".")), found, Message("the path of a field"))
        node[part] = inner
        node = inner
    names = BY_ID if parents == ["assumptions"] else node
    if last not in names:
        return _unknown_path(path, last, names)
    if names is BY_ID and value is None:
        node.pop(last, None)
    else:
        node[last] = value
    return None


def _opened(value: object, parameter: Parameter | None) -> dict[str, Any] | None:
    """A part of a scenario as a dictionary of its own, which can be changed; else nothing.

    An assumption that is as in the register, or taken as known, has a range as well.
    """
    if isinstance(value, BaseModel):  # put there by an earlier change
        return value.model_dump()
    if isinstance(value, Mapping):
        return dict(value)
    if parameter is None:
        return None
    if value is None:
        return {"low": parameter.low, "central": parameter.central, "high": parameter.high}
    return dict.fromkeys(RangeInput.model_fields, value)


def _unknown_path(path: str, part: str, names: Iterable[str]) -> Problem:
    return Problem(path_text(path.split(".")), Message("an unknown path"), nearest(part, names))
