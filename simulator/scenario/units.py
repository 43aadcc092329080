"""Units of the numbers in a scenario: how each is counted, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Unit:
    """How numbers of one unit are counted and read; texts are messages to be translated."""

    kind: Literal["share", "money", "number"]
    """A share is 0-1 in the scenario and a percentage for people; money is in the organisation's
    own currency."""
    reading: str
    """Value and unit in a sentence, with ``{value}`` for the value as it is shown."""
    beside: str
    """What stands beside a box for the number, with ``{unit}`` for the sign of a percentage or of
    the currency; empty where the label says it already."""
    decimals: int = 0
    """So many are shown at most, and kept of what is typed; of a share, in per cent."""
    allowed: str = "A number from {low} to {high}."
    """What is said to somebody who typed something else, of a lever."""
    reading_of_one: str = ""
    """Value and unit where the value is 1, if that is another text."""


def _share(reading: str = "{value}", beside: str = "{unit}") -> Unit:
    return Unit("share", reading, beside, 2, "A number from {low} to {high} %.")


def _money(beside: str) -> Unit:
    return Unit("money", "{value}", beside, 2)


_MONTHS = "A whole number from {low} to {high} months."

UNITS: Mapping[str, Unit] = {
    "share": _share(),
    "share of the source's budget": _share("{value} of its budget"),
    "share of the freed money": _share("{value} of the freed money"),
    "share of the plan": _share("{value} of the plan", "{unit} of the plan"),
    "share of employees": _share("{value} of employees", "{unit} of employees"),
    "share of revenue": _share(beside="{unit} of revenue"),
    "share of customers per year": _share(beside="{unit} of customers per year"),
    "share per year": _share(beside="{unit} per year"),
    "currency per year": _money("{unit} per year"),
    "currency per customer per year": _money("{unit} per customer per year"),
    "currency per hour": _money("{unit} per hour"),
    "currency per contact": _money("{unit} per contact"),
    "times": Unit("number", "{value}", "", 2),
    "people": Unit("number", "{value}", ""),
    "heads": Unit("number", "{value}", ""),
    "hours per employee per year": Unit("number", "{value}", "hours per employee per year"),
    "people per customer": Unit("number", "{value}", "people per customer", 1),
    "contacts per customer per year": Unit(
        "number", "{value}", "contacts per customer per year", 2
    ),
    "minutes per working day": Unit(
        "number",
        "{value} minutes per working day",
        "minutes per working day",
        1,
        "A number from {low} to {high} minutes.",
        "{value} minute per working day",
    ),
    "month": Unit("number", "month {value}", "", allowed=_MONTHS),
    "months": Unit(
        "number", "{value} months", "months", allowed=_MONTHS, reading_of_one="{value} month"
    ),
}
"""By their name in the JSON schema; all of the organisation's numbers and of the plan's."""


def unit_of(name: str) -> Unit:
    """The unit of this name; one that nobody has declared yet is read as it is written."""
    return UNITS.get(name) or Unit("number", f"{{value}} {name}", name, 2)


def texts() -> Iterator[str]:
    """Every message, but those that are a value or a sign alone."""
    for unit in UNITS.values():
        yield unit.allowed
        yield from {unit.reading, unit.reading_of_one, unit.beside} - {"", "{value}", "{unit}"}
