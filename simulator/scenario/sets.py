"""A set of scenarios that are compared: what each goes by and what it came to; and as a file.

The file is JSON: ``set_version``, the ``model_version`` that its values are by, and ``scenarios``,
each with its ``letter``, its ``value`` and the ``scenario`` as a scenario file has it, whose name
is the one that it goes by in the set.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from simulator.errors import Message, Problem, ScenarioError, exact, value_text
from simulator.scenario import json_text
from simulator.scenario.fields import LONGEST_NAME, is_one_line
from simulator.scenario.files import of_content
from simulator.scenario.models import Scenario

LETTERS = "ABCDEFP"
"""What a scenario of a set can be called; P was the plan as it stood."""
MOST = 6
"""Scenarios of a set."""
FEWEST_IN_FILE = 2
"""Scenarios of a set that is kept: one alone is kept as it is."""

_VERSION = 1
_KEYS = {json_text.SET_VERSION, "model_version", "scenarios"}
_KEYS_OF_ONE = {"letter", "value", "scenario"}
_LONGEST_VERSION = 40
"""Of a model, characters."""


@dataclass(frozen=True, slots=True)
class Item:
    """A scenario of a set."""

    letter: str
    name: str
    """What it goes by there; text of the user."""
    scenario: Scenario
    """Without results."""
    value: float | None
    """Value against carrying on, median, when the set was shared or kept; currency. ``None``:
    none."""


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """What was compared."""

    items: tuple[Item, ...]
    model_version: str
    """The model's that the values are by."""


def dump(compared: ScenarioSet) -> str:
    """The file of a set. Raises ``ScenarioError`` for what :func:`parse` would not take."""
    content = {
        json_text.SET_VERSION: _VERSION,
        "model_version": compared.model_version,
        "scenarios": [
            {
                "letter": one.letter,
                "value": one.value,
                "scenario": one.scenario.changed(name=one.name, results=None).model_dump(
                    mode="json"
                ),
            }
            for one in compared.items
        ],
    }
    if not _has_form(content):
        raise ScenarioError([_no_set("set")])
    return json_text.written(content)


def parse(text: str | bytes, where: str = "set") -> ScenarioSet:
    """The set in ``text``, its scenarios migrated if they are in an older format; ``where`` names
    the text in problems that concern all of it.

    Raises:
        ScenarioError: with what is wrong with the set, or, by its letter, with a scenario of it.
    """
    problems: list[Problem] = []
    content = json_text.read(text, where, problems)
    if problems:
        raise ScenarioError(problems)
    version = content.get(json_text.SET_VERSION) if isinstance(content, dict) else None
    if type(version) is int and version > _VERSION:
        found = Message("{version}, made by a newer version", version=value_text(version))
        raise ScenarioError([Problem(json_text.SET_VERSION, found, exact(str(_VERSION)))])
    if not (isinstance(content, dict) and _has_form(content)):
        raise ScenarioError([_no_set(where)])
    items = []
    for row in content["scenarios"]:
        letter = row["letter"]
        try:
            scenario = of_content(row["scenario"])
        except ScenarioError as error:
            problems += [replace(each, field=f"{letter}: {each.field}") for each in error.problems]
        else:
            items.append(Item(letter, scenario.name, scenario.changed(results=None), row["value"]))
    if problems:
        raise ScenarioError(problems)
    return ScenarioSet(tuple(items), content["model_version"])


def _no_set(where: str) -> Problem:
    allowed = Message("a set of {low} to {high} plans", low=FEWEST_IN_FILE, high=MOST)
    return Problem(where, Message("no set of plans"), allowed)


def _has_form(content: dict[str, Any]) -> bool:
    """Whether all but the scenarios themselves is as :func:`dump` writes it."""
    rows = content.get("scenarios")
    return (
        content.keys() == _KEYS
        and content[json_text.SET_VERSION] == _VERSION
        and is_model(content["model_version"])
        and isinstance(rows, list)
        and FEWEST_IN_FILE <= len(rows) <= MOST
        and all(map(_is_row, rows))
        and len({row["letter"] for row in rows}) == len(rows)
    )


def _is_row(row: object) -> bool:
    return (
        isinstance(row, dict)
        and row.keys() == _KEYS_OF_ONE
        and is_letter(row["letter"])
        and is_value(row["value"])
        and isinstance(row["scenario"], dict)
    )


def is_model(version: object) -> bool:
    """Whether it can be the version of a model that values are by."""
    return isinstance(version, str) and len(version) <= _LONGEST_VERSION and is_one_line(version)


def is_letter(letter: object) -> bool:
    """Whether a scenario of a set can be called that."""
    return isinstance(letter, str) and letter in {*LETTERS}


def is_name(name: object) -> bool:
    """Whether a scenario of a set can go by that."""
    return isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and is_one_line(name)


def is_value(value: object) -> bool:
    """Whether a scenario of a set can have come to that."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return math.isfinite(value)
    return value is None
