"""Errors of the schema library, pydantic, as problems in the words of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from simulator.errors import (
    MOST_PROBLEMS,
    Message,
    Problem,
    ScenarioError,
    exact,
    nearest,
    number_text,
    path_text,
    shorten,
    value_text,
)
from simulator.scenario import walk
from simulator.scenario.fields import CURRENCY

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], content: object) -> Model:
    """``content`` as a ``model``.

    Raises:
        ScenarioError: with the first :data:`simulator.errors.MOST_PROBLEMS` things that are wrong.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MOST_PROBLEMS]
        problems = [_problem(model, detail) for detail in details]
        raise ScenarioError(problems, error.error_count() - len(problems)) from None


def _problem(model: type[BaseModel], error: ErrorDetails) -> Problem:
    path, kind = tuple(map(str, error["loc"])), error["type"]
    name = path_text(error["loc"]) or "scenario"
    if kind == "scenario":
        return Problem(name, error["ctx"]["found"], error["ctx"]["allowed"])
    if kind == "invalid_key":
        return Problem(name, Message("a key that is not text"), Message("text"))
    if kind == "extra_forbidden":
        parent = walk.model_at(model, path[:-1])
        names = parent.model_fields if parent else ()
        return Problem(name, Message("an unknown key"), nearest(path[-1], names))
    field = walk.field_at(model, path)
    if field is not None:
        allowed = _allowed_text(field)
    elif not path:
        allowed = Message("an object")
    else:
        allowed = exact(shorten(error["msg"]))
    found = Message("nothing") if kind == "missing" else value_text(error["input"])
    return Problem(name, found, allowed)


def _allowed_text(field: FieldInfo) -> Message:
    """What a field allows, in words, from its own definition."""
    limit = walk.limits(field, "ge", "le", "min_length", "max_length", "pattern")
    if limit.get("pattern") == CURRENCY:
        return Message("three capital letters such as {key}", key="EUR")
    if "pattern" in limit:
        return Message("a version such as {number}", number="1.0.0")
    if "max_length" in limit:
        least, most = limit.get("min_length", 0), limit["max_length"]
        return Message("text of {low} to {high} characters", low=least, high=most)
    kinds = {field.annotation, *get_args(field.annotation)}
    values = [value for kind in kinds if get_origin(kind) is Literal for value in get_args(kind)]
    if values:
        allowed = exact(", ".join(values))
    elif "le" in limit:
        allowed = _bounds_text(limit, whole=int in kinds)
    else:
        allowed = Message("a number") if float in kinds else Message("an object")
    return Message("null or {allowed}", allowed=allowed) if type(None) in kinds else allowed


def _bounds_text(limit: Mapping[str, Any], whole: bool) -> Message:
    most = number_text(limit["le"])
    if limit.get("ge") == limit["le"]:
        return exact(most)
    least = number_text(limit["ge"])
    if whole:
        return Message("a whole number from {low} to {high}", low=least, high=most)
    return Message("{low} to {high}", low=least, high=most)
