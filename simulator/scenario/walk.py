"""Walking over the models of a scenario: the field at a path, and what is declared about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class Label:
    """What a field is called where people see it; stands in the ``Annotated`` type of the field.

    Texts are messages to be translated.
    """

    name: str
    help: str = ""
    """One sentence, for whoever fills it in."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the definition of a number allows."""

    least: float
    most: float


def submodel(field: FieldInfo) -> type[BaseModel] | None:
    """The model that a field holds, if it holds one (or null)."""
    kinds = (field.annotation, *get_args(field.annotation))
    models = (kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel))
    return next(models, None)


def model_at(model: type[BaseModel], path: tuple[str, ...]) -> type[BaseModel] | None:
    """The model at this path below ``model``, if there is one."""
    if not path:
        return model
    field = field_at(model, path)
    return submodel(field) if field else None


def field_at(model: type[BaseModel], path: tuple[str, ...]) -> FieldInfo | None:
    """The field at this path below ``model``, if there is one."""
    if not path:
        return None
    parent = model_at(model, path[:-1])
    return parent.model_fields.get(path[-1]) if parent else None


def leaves(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, FieldInfo]]:
    """All fields below ``model`` that hold no model, each with its dotted path."""
    for name, field in model.model_fields.items():
        inner = submodel(field)
        if inner:
            yield from leaves(inner, (*path, name))
        else:
            yield ".".join((*path, name)), field


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """``model``, and all that fields at and below it hold."""
    yield model
    for inner in filter(None, map(submodel, model.model_fields.values())):
        yield from models(inner)


def fields(model: type[BaseModel]) -> Iterator[FieldInfo]:
    """All fields at and below ``model``."""
    for each in models(model):
        yield from each.model_fields.values()


def limits(field: FieldInfo, *names: str) -> dict[str, Any]:
    """Those of the constraints ``names``, such as ``ge`` or ``max_length``, that a field has."""
    return {
        name: value
        for constraint in field.metadata
        for name in names
        if (value := getattr(constraint, name, None)) is not None
    }


def bounds(field: FieldInfo) -> Bounds:
    """Raises ``KeyError`` for a field that is no number with bounds."""
    known = limits(field, "ge", "le")
    return Bounds(float(known["ge"]), float(known["le"]))


def unit(field: FieldInfo) -> str:
    """The unit of a number, as the JSON schema has it; empty for what is none."""
    extra = cast("dict[str, str]", field.json_schema_extra or {})
    return extra.get("unit", "")


def label(field: FieldInfo) -> Label | None:
    """What a field is called, if it is ever shown."""
    labels = (mark for mark in field.metadata if isinstance(mark, Label))
    return next(labels, None)
