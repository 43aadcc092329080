"""What scenarios are compared by, and what may be compared with what. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from simulator.analyses.comparison import (
    CAVEATS,
    MEASURES,
    MOST,
    Caveat,
    Comparison,
)
from simulator.i18n.language import N_, Language
from simulator.results import estimate

LETTERS = "ABCDEF"[:MOST]
"""What scenarios are called, by position."""


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
    found: Comparison, first: int, second: int, language: Language
) -> list[MeasureOffered]:
    """All measures, those that cannot be compared with the reason."""
    offered = []
    for one in MEASURES.values():
        of_pair = found.obstacle(one.id, first, second)
        of_all = found.obstacle(one.id)
        reason = obstacle_text(of_pair, language) if of_pair and of_all else ""
        label, meaning = language.gettext(one.label), language.gettext(one.meaning)
        offered.append(MeasureOffered(one.id, label, meaning, reason))
    return offered


def obstacle_text(caveat: Caveat, language: Language) -> str:
    return language.gettext(CAVEATS[caveat.kind])


def usable_measure(found: Comparison, wished: str | None) -> str:
    """The measure that is wished for, if any two can be compared by it. Else the first that all can
    be ranked by; of organisations of different sizes one that takes the size out."""
    pairs = combinations(range(len(found.scenarios)), 2)
    if wished and any(found.obstacle(wished, *pair) is None for pair in pairs):
        return wished
    sizes = {one.organisation.customers for one in found.scenarios}
    order = list(MEASURES) if len(sizes) == 1 else [*_SIZELESS, *MEASURES]
    return next((one for one in order if found.obstacle(one) is None), order[0])


def usable_pair(
    found: Comparison, measure: str, wished: tuple[int | None, int | None]
) -> tuple[int, int]:
    """The pair that is wished for; where it is left open, the first scenario and the one that is
    best in the middle of all cases, among those that can be compared with it."""
    count = len(found.scenarios)
    first, second = (one if one is not None and one < count else None for one in wished)
    if first is None:
        first = 0 if second != 0 else 1
    if second is None or second == first:
        others = [one for one in range(count) if one != first]
        comparable = [one for one in others if found.obstacle(measure, first, one) is None]
        worth = [estimate(draws).central for draws in found.of(measure)]
        second = max(comparable or others[:1], key=lambda one: worth[one])
    return first, second


def measured(value: float, measure: str, currency: str, language: Language) -> str:
    """A difference in a measure, with its sign and what it refers to."""
    amount = bare(value, measure, currency, language, sign=True)
    return language.gettext(_MEASURED[measure], amount=amount) if measure in _MEASURED else amount


def bare(
    value: float, measure: str, currency: str, language: Language, *, sign: bool = False
) -> str:
    if measure == "value_per_money_moved":
        return language.number(value, decimals=2, sign=sign)
    return language.money(value, currency, sign=sign)


def by_currency(found: Comparison, outcome_unit: str) -> list[tuple[str, tuple[int, ...]]]:
    """Scenarios that may share an axis: the currency, and positions in their order. Only amounts of
    money keep them apart."""
    codes = [one.organisation.currency for one in found.scenarios]
    everyone = tuple(range(len(codes)))
    if not outcome_unit.startswith("currency"):
        return [(codes[0], everyone)]
    return [
        (code, tuple(place for place in everyone if codes[place] == code))
        for code in dict.fromkeys(codes)
    ]
