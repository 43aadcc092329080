"""What scenarios are compared by, and what may be compared with what. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from simulator.analyses.comparison import CAVEATS, MEASURES, Caveat, Comparison
from simulator.i18n.language import N_, Language
from simulator.results import Estimate, estimate, precision

_MEASURED: Mapping[str, str] = {
    "value_per_customer": N_("{amount} per customer"),
    "value_per_employee": N_("{amount} per employee"),
    "value_per_money_moved": N_("{amount} times the money moved"),
}
"""How an amount of a measure is said; others are amounts of money as they are."""


_SIZELESS = ("value_per_money_moved", "value_per_customer")


@dataclass(frozen=True, slots=True)
class MeasureOffered:
    """Something that scenarios can be ranked by."""

    id: str
    label: str
    meaning: str
    reason: str
    """Why neither this pair nor all can be compared by it; empty if they can."""


def measures(
    comparison: Comparison, first: int, second: int, language: Language
) -> list[MeasureOffered]:
    """All measures, those that cannot be compared with the reason."""
    offered = []
    for measure in MEASURES.values():
        of_pair = comparison.obstacle(measure.id, first, second)
        of_all = comparison.obstacle(measure.id)
        reason = obstacle_text(of_pair, language) if of_pair and of_all else ""
        label, meaning = language.gettext(measure.label), language.gettext(measure.meaning)
        offered.append(MeasureOffered(measure.id, label, meaning, reason))
    return offered


def obstacle_text(caveat: Caveat, language: Language) -> str:
    return language.gettext(CAVEATS[caveat.kind])


def usable_measure(comparison: Comparison, wished: str | None) -> str:
    """The measure that is wished for, if any two can be compared by it. Else the first that all can
    be ranked by; of organisations of different sizes one that takes the size out."""
    pairs = combinations(range(max(len(comparison.scenarios), 2)), 2)  # one alone: carrying on
    if wished and any(comparison.obstacle(wished, *pair) is None for pair in pairs):
        return wished
    sizes = {one.organisation.customers for one in comparison.scenarios}
    order = list(MEASURES) if len(sizes) == 1 else [*_SIZELESS, *MEASURES]
    return next((one for one in order if comparison.obstacle(one) is None), order[0])


def usable_pair(
    comparison: Comparison, measure: str, wished: tuple[int | None, int | None]
) -> tuple[int, int]:
    """The pair that is wished for; where it is left open, the first scenario and the one that is
    best in the middle of all cases, among those that can be compared with it. A scenario alone is
    compared with carrying on, which can be wished for by its position as well."""
    count = len(comparison.scenarios)
    first, second = (one if one is not None and one <= count else None for one in wished)
    if first is None:
        first = comparison.carrying_on if count == 1 else 0
        if second == first:
            first = 0 if count == 1 else 1
    if second is None or second == first:
        others = [one for one in range(count) if one != first] or [comparison.carrying_on]
        comparable = [one for one in others if comparison.obstacle(measure, first, one) is None]
        worth = [*(estimate(draws).central for draws in comparison.of(measure)), 0.0]
        second = max(comparable or others[:1], key=lambda one: worth[one])
    return first, second


def measured(estimate: Estimate, measure: str, currency: str, language: Language) -> Measured:
    """A difference in a measure, each number with its sign and all to one digit, that which their
    draws support."""
    shown = precision.shown(estimate)
    low, middle, high = (
        bare(value, measure, currency, language, error=estimate.error)
        for value in (shown.low, shown.central, shown.high)
    )
    if measure in _MEASURED:
        middle = language.gettext(_MEASURED[measure], amount=middle)
    return Measured(low, middle, high)


class Measured(NamedTuple):
    """P10, P50 and P90 of a difference, as text."""

    low: str
    middle: str
    """With what it refers to."""
    high: str


def bare(
    value: float, measure: str, currency: str, language: Language, *, error: float = 0.0
) -> str:
    """A number in a measure with its sign; ``error``: its standard error, which says to which digit
    a ratio is written."""
    if measure != "value_per_money_moved":
        return language.money(value, currency, sign=True)
    place = precision.digit(error)
    if place is None:
        return language.number(value, decimals=_DECIMALS, sign=True)
    decimals = min(max(-place, 0), _DECIMALS)
    return language.number(value, decimals=decimals, sign=True, exactly=True)


_DECIMALS = 2
"""Of a ratio, at most."""
