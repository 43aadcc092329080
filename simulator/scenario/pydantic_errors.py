"""Errors of the schema library, pydantic, as problems in the words of a scenario."""

from __future__ import annotations

from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from simulator.errors import (
    MOST_PROBLEMS,
    Problem,
    ScenarioError,
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
        context = error["ctx"]
        return Problem(name, str(context["found"]), str(context["allowed"]))
    if kind == "invalid_key":
        return Problem(name, "a key that is not text", "text")
    if kind == "extra_forbidden":
        parent = walk.model_at(model, path[:-1])
        names = parent.model_fields if parent else ()
        return Problem(name, "an unknown key", nearest(path[-1], names))
    field = walk.field_at(model, path)
    if field is not None:
        allowed = _allowed_text(field)
    elif not path:
        allowed = "an object"
    else:
        allowed = shorten(error["msg"])
    found = "nothing" if kind == "missing" else value_text(error["input"])
    return Problem(name, found, allowed)


def _allowed_text(field: FieldInfo) -> str:
    """What a field allows, in words, from its own definition."""
    limit = walk.limits(field, "ge", "gt", "le", "min_length", "max_length", "pattern")
    optional = "null or " if type(None) in get_args(field.annotation) else ""
    kinds = {field.annotation, *get_args(field.annotation)}
    if "le" in limit:
        most = number_text(limit["le"])
        whole = "a whole number from " if int in kinds else ""
        if limit.get("ge") == limit["le"]:
            return f"{optional}{most}"
        if "gt" in limit:
            return f"{optional}above {number_text(limit['gt'])}, at most {most}"
        return f"{optional}{whole}{number_text(limit['ge'])} to {most}"
    if "pattern" in limit:
        is_currency = limit["pattern"] == CURRENCY
        return "three capital letters such as EUR" if is_currency else "a version such as 1.0.0"
    if "max_length" in limit:
        return f"text of {limit.get('min_length', 0)} to {limit['max_length']} characters"
    return f"{optional}a number" if float in kinds else f"{optional}an object"
