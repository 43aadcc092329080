"""A set of scenarios that are compared: what each goes by and what it came to, and what was asked;
and as a file.

The file is JSON: ``set_version``, the ``model_version`` that its values are by, ``scenarios``, each
with its ``letter``, its ``value`` and the ``scenario`` as a scenario file has it, whose name is the
one that it goes by in the set; and ``asked``, what was compared by which measure, and the verdict
on that. ``set_version`` 1 has neither that nor what plans started from; it is what is written where
there is nothing of it to say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

from simulator.errors import Message, Problem, ScenarioError, exact, key_text, value_text
from simulator.scenario import json_text
from simulator.scenario.fields import LONGEST_NAME, is_one_line
from simulator.scenario.files import of_content, with_start
from simulator.scenario.models import Scenario

LETTERS = "ABCDEFP"
"""What a scenario of a set can be called; P was the plan as it stood."""
CARRYING_ON = "0"
"""What carrying on is called."""
MOST = 6
"""Scenarios of a set."""
FEWEST_IN_FILE = 2
"""Scenarios of a set that is kept: one alone is kept as it is."""
MEASURES = ("value", "value_per_customer", "value_per_employee", "value_per_money_moved")
"""What a set can have been compared by."""
VERDICTS = (
    "very_likely_better",
    "likely_better",
    "too_close",
    "likely_worse",
    "very_likely_worse",
    "same",
    "impossible",
)
"""What can have been said of a pair."""

_WITHOUT_QUESTION, _VERSION = 1, 2
_KEYS = {json_text.SET_VERSION, "model_version", "scenarios"}
_ASKED = "asked"
_KEYS_OF_ONE = {"letter", "value", "scenario"}
_KEYS_OF_QUESTION = {"measure", "first", "second", "verdict"}
_LONGEST_VERSION = 40
"""Of a model, characters."""
_MOST_VALUES = 10_000
"""Of a file: each plan may come with the one that it started from."""
_MOST_TOLD = 5
"""Unknown keys of an object."""


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
    start: Scenario | None = None
    """What its plan started from, without results; ``None``: that is not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was compared, and what the answer was."""

    measure: str
    """One of :data:`MEASURES`."""
    first: str
    """Letter of the one to compare with; :data:`CARRYING_ON` is one, too."""
    second: str
    """Of the one that may be better."""
    verdict: str
    """One of :data:`VERDICTS`: of the second against the first."""


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """What was compared."""

    items: tuple[Item, ...]
    model_version: str
    """The model's that the values are by."""
    asked: Asked | None = None
    """``None``: that is not known."""

    def currencies(self) -> tuple[str, ...]:
        """Of the first and the second that were asked about, where they are those of different
        organisations; else nothing."""
        if self.asked is None:
            return ()
        pair = (self.asked.first, self.asked.second)
        organisations = {one.letter: one.scenario.organisation_quantities() for one in self.items}
        if CARRYING_ON in pair or organisations[pair[0]] == organisations[pair[1]]:
            return ()
        currency = {one.letter: one.scenario.organisation.currency for one in self.items}
        return (currency[pair[0]], currency[pair[1]])


def dump(compared: ScenarioSet) -> str:
    """The file of a set. Raises ``ScenarioError`` for what :func:`parse` would not take."""
    rows: list[dict[str, Any]] = [
        {
            "letter": one.letter,
            "value": one.value,
            "scenario": json_text.content_with_start(
                one.scenario.changed(name=one.name, results=None), one.start
            ),
        }
        for one in compared.items
    ]
    asked = compared.asked
    is_plain = asked is None and not any(json_text.STARTED_FROM in row["scenario"] for row in rows)
    content: dict[str, Any] = {
        json_text.SET_VERSION: _WITHOUT_QUESTION if is_plain else _VERSION,
        "model_version": compared.model_version,
        "scenarios": rows,
    }
    if asked is not None:
        content[_ASKED] = asdict(asked)
    if problems := [*_wrong(content, "set")]:
        raise ScenarioError(problems)
    return json_text.written(content)


def is_set(text: str) -> bool:
    """Whether ``text`` is meant as the file of a set; it may still be no good."""
    return re.search(rf'"{json_text.SET_VERSION}"\s*:', text) is not None


def parse(text: str | bytes, where: str = "set") -> ScenarioSet:
    """The set in ``text``, its scenarios migrated if they are in an older format; ``where`` names
    the text in problems that concern all of it.

    Raises:
        ScenarioError: with what is wrong with the set, or, by its letter, with a scenario of it.
    """
    problems: list[Problem] = []
    content = json_text.read(text, where, problems, _MOST_VALUES)
    if problems:
        raise ScenarioError(problems)
    return of_set(content, where)


def of_set(content: object, where: str = "set") -> ScenarioSet:
    """The set with this content of a file, as :func:`simulator.scenario.json_text.read` gives it;
    else as :func:`parse`."""
    where = key_text(where)
    version = content.get(json_text.SET_VERSION) if isinstance(content, dict) else None
    if type(version) is int and version > _VERSION:
        found = Message("{version}, made by a newer version", version=value_text(version))
        raise ScenarioError([Problem(json_text.SET_VERSION, found, exact(str(_VERSION)))])
    if not isinstance(content, dict) or json_text.SET_VERSION not in content:
        raise ScenarioError([_no_set(where)])
    if problems := [*_wrong(content, where)]:
        raise ScenarioError(problems)
    items = []
    for row in content["scenarios"]:
        letter, start = row["letter"], None
        try:
            if version == _WITHOUT_QUESTION:
                scenario = of_content(row["scenario"])
            else:
                scenario, start = with_start(row["scenario"])
        except ScenarioError as error:
            problems += [replace(each, field=f"{letter}: {each.field}") for each in error.problems]
        else:
            plan = scenario.changed(results=None)
            items.append(Item(letter, scenario.name, plan, row["value"], start))
    if problems:
        raise ScenarioError(problems)
    asked = content.get(_ASKED)
    return ScenarioSet(
        tuple(items), content["model_version"], None if asked is None else Asked(**asked)
    )


def _no_set(where: str) -> Problem:
    allowed = Message("a set of {low} to {high} plans", low=FEWEST_IN_FILE, high=MOST)
    return Problem(where, Message("no set of plans"), allowed)


def _wrong(content: dict[str, Any], where: str) -> Iterator[Problem]:
    """What of all but the scenarios themselves is not as :func:`dump` writes it, by field."""
    version = content[json_text.SET_VERSION]
    if type(version) is not int or version not in (_WITHOUT_QUESTION, _VERSION):
        allowed = Message("a whole number from {low} to {high}", low=1, high=_VERSION)
        yield Problem(json_text.SET_VERSION, value_text(version), allowed)
        return
    optional = {_ASKED} if version == _VERSION else set()
    if keys := [*_wrong_keys("", content, _KEYS, optional)]:
        yield from keys
        return
    model, rows = content["model_version"], content["scenarios"]
    if not is_model(model):
        yield Problem("model_version", value_text(model), Message("the version of a model"))
    if not isinstance(rows, list) or not FEWEST_IN_FILE <= len(rows) <= MOST:
        is_list = isinstance(rows, list)
        found = Message("a list of {count}", count=len(rows)) if is_list else value_text(rows)
        yield Problem("scenarios", found, _no_set(where).allowed)
        return
    if wrong := [problem for place, row in enumerate(rows) for problem in _wrong_row(place, row)]:
        yield from wrong
        return
    letters = [row["letter"] for row in rows]
    if len({*letters}) < len(letters):
        of_its_own = Message("a letter of its own for each")
        yield Problem("scenarios.letter", exact(", ".join(letters)), of_its_own)
    elif content.get(_ASKED) is not None:
        yield from _wrong_question(content[_ASKED], letters)


def _wrong_keys(
    path: str, content: dict[str, Any], wanted: set[str], optional: Iterable[str] = ()
) -> Iterator[Problem]:
    known = {*wanted, *optional}
    allowed = exact(", ".join(sorted(known)))
    for key in islice((key for key in content if key not in known), _MOST_TOLD):
        yield Problem(f"{path}{key_text(key)}", Message("an unknown key"), allowed)
    for key in sorted(wanted - content.keys()):
        yield Problem(f"{path}{key}", Message("nothing"), Message("a value"))


def _wrong_form(path: str, content: object, wanted: set[str]) -> list[Problem]:
    """What keeps ``content`` from being an object with these keys; nothing: it is one."""
    if not isinstance(content, dict):
        return [Problem(path, value_text(content), Message("an object"))]
    return [*_wrong_keys(f"{path}.", content, wanted)]


def _wrong_row(place: int, row: Any) -> Iterator[Problem]:
    path = f"scenarios.{place}"
    if problems := _wrong_form(path, row, _KEYS_OF_ONE):
        yield from problems
        return
    letter, value, plan = row["letter"], row["value"], row["scenario"]
    if not is_letter(letter):
        yield Problem(f"{path}.letter", value_text(letter), exact(", ".join(LETTERS)))
    if not is_value(value):
        yield Problem(f"{path}.value", value_text(value), Message("a number, or null"))
    if not isinstance(plan, dict):
        yield Problem(f"{path}.scenario", value_text(plan), Message("an object"))


def _wrong_question(asked: Any, letters: Iterable[str]) -> Iterator[Problem]:
    """What of a question about scenarios of these ``letters`` is not as it is written."""
    if problems := _wrong_form(_ASKED, asked, _KEYS_OF_QUESTION):
        yield from problems
        return
    sides = (*letters, CARRYING_ON)
    for key, known in (("measure", MEASURES), ("verdict", VERDICTS), ("first", sides)):
        if asked[key] not in known:
            yield Problem(f"{_ASKED}.{key}", value_text(asked[key]), exact(", ".join(known)))
    others = [side for side in sides if side != asked["first"]]
    if asked["second"] not in others:
        found = value_text(asked["second"])
        yield Problem(f"{_ASKED}.second", found, exact(", ".join(others)))


def is_question(asked: object, letters: Iterable[str]) -> bool:
    """Whether that can have been asked of scenarios of these letters: an object as in a file."""
    return not any(_wrong_question(asked, letters))


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
