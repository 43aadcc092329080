"""What scenarios are compared by, and what may be compared with what. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from simulator.analyses.comparison import CAVEATS, MEASURES, Caveat, Comparison
from simulator.i18n.language import N_, Language
from simulator.results import Estimate, precision

_MEASURED: Mapping[str, str] = {
    "value_per_customer": N_("{amount} per customer"),
    "value_per_employee": N_("{amount} per employee"),
    "value_per_money_moved": N_("{amount} times the money moved"),
}
"""How an amount of a measure is said; others are amounts of money as they are."""


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


def why_measured(
    comparison: Comparison, measure: str, wished: str | None, language: Language
) -> str:
    """Why scenarios are compared by this measure, where nobody asked for it; empty where it is the
    one that was asked for, or the usual one."""
    if wished == measure or (not wished and measure == next(iter(MEASURES))):
        return ""
    obstacle = comparison.obstacle(wished) if wished else None
    if wished and obstacle:
        return language.gettext(
            "Asked for: {measure}, which cannot be used here. {reason}",
            measure=language.gettext(MEASURES[wished].label),
            reason=obstacle_text(obstacle, language),
        )
    if len({one.organisation.currency for one in comparison.scenarios}) > 1:
        return language.gettext("Measured like this since the currencies differ.")
    return language.gettext("Measured like this since the organisations differ in size.")


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
