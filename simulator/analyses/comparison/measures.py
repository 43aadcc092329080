"""What is compared: the measures that scenarios are ranked by, the figures of the headline, and
budgets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.quantities import Budgets
from simulator.results import AT_HORIZON, OUTCOMES, Estimate, Headline


@dataclass(frozen=True, slots=True)
class Measure:
    """What scenarios are ranked by; more is better."""

    id: str
    label: str
    unit: str
    """``currency`` stands for the organisation's own."""
    meaning: str


MEASURES: Mapping[str, Measure] = {
    measure.id: measure
    for measure in (
        Measure(
            "value",
            "Value against carrying on",
            "currency",
            "Present value of the plan less that of carrying on, over the common months.",
        ),
        Measure(
            "value_per_customer",
            "Value per customer",
            "currency per customer",
            "That value over the customers of today.",
        ),
        Measure(
            "value_per_employee",
            "Value per employee",
            "currency per employee",
            "That value over the employees of today.",
        ),
        Measure(
            "value_per_money_moved",
            "Value per money moved",
            "ratio",
            "That value over the present value of the money taken from the sources.",
        ),
    )
}
"""All measures by id."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the headline table."""

    id: str
    """A field of :class:`simulator.results.Headline`, or a key of its ``at_horizon``."""
    label: str
    unit: str
    """``currency``, ``share``, ``month``, ``ratio``, or that of the outcome."""
    at_end: bool
    """Whether it is an outcome in the last month."""


FIGURES: Mapping[str, Figure] = {
    figure.id: figure
    for figure in (
        Figure("net_present_value", "Value against carrying on", "currency", False),
        Figure("probability_better", "Probability of being better", "share", False),
        Figure("worst_case", "Worst case (mean of the worst tenth)", "currency", False),
        Figure("payback_month", "Money is back", "month", False),
        Figure("probability_payback", "Probability that the money is back", "share", False),
        Figure("roi", "Return on investment", "ratio", False),
        Figure("return_on_involvement", "Return on Involvement", "ratio", False),
        Figure("return_on_ignoring", "Return on Ignoring", "currency", False),
        Figure("cost_of_waiting", "Cost of waiting a year", "currency", False),
        *(Figure(name, OUTCOMES[name].label, OUTCOMES[name].unit, True) for name in AT_HORIZON),
    )
}
"""The headline table, by id and in order."""
BUDGETS: Mapping[str, str] = {
    **{name: OUTCOMES[f"spent_{name}"].label for name in Budgets._fields},
    "savings": OUTCOMES["savings"].label,
}
"""Sources, instruments and savings: what each is called."""


def figure_of(headline: Headline, figure: str) -> Estimate | float:
    """One of :data:`FIGURES` of a headline: in the last month, the plan's. Raises ``KeyError`` for
    a figure that does not exist."""
    if FIGURES[figure].at_end:
        return headline.at_horizon[figure].plan
    value: Estimate | float = getattr(headline, figure)
    return value


NEITHER = "\N{EN DASH}"
"""Instead of a difference, where there is none to tell; the same in every language."""
NOW_IN_TIME, NO_LONGER_IN_TIME = "now in time", "no longer in time"


def in_time(difference: float) -> str:
    """The words for a difference in ``payback_month`` that is no number of months: one of
    :data:`NOW_IN_TIME`, :data:`NO_LONGER_IN_TIME` and :data:`NEITHER`. Empty for a number."""
    if math.isfinite(difference):
        return ""
    if math.isnan(difference):
        return NEITHER
    return NO_LONGER_IN_TIME if difference > 0.0 else NOW_IN_TIME
