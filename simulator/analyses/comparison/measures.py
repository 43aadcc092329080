"""What is compared: the measures that scenarios are ranked by, the figures of the headline, and
budgets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.quantities import Budgets
from simulator.results import AT_HORIZON, FIGURES, OUTCOMES, Estimate, Figure, Headline


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
            FIGURES["net_present_value"].label,
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
class HeadlineRow:
    """One row of the headline table."""

    id: str
    """One of :data:`simulator.results.FIGURES`, or a key of a headline's ``at_horizon``."""
    label: str
    unit: str
    """``currency``, ``share``, ``month``, ``ratio``, or that of the outcome."""
    figure: Figure | None
    """All about the figure; nothing for an outcome."""

    @property
    def at_end(self) -> bool:
        """Whether it is an outcome in the last month."""
        return self.figure is None

    @property
    def in_percent(self) -> bool:
        """Whether it is a ratio that is shown in per cent."""
        return self.figure is not None and self.figure.in_percent


_AT_END = [OUTCOMES[name] for name in AT_HORIZON]

HEADLINE_ROWS: Mapping[str, HeadlineRow] = {
    **{one.id: HeadlineRow(one.id, one.label, one.unit, one) for one in FIGURES.values()},
    **{one.id: HeadlineRow(one.id, one.label, one.unit, None) for one in _AT_END},
}
"""The headline table, by id and in order."""

BUDGETS: Mapping[str, str] = {
    **{name: OUTCOMES[f"spent_{name}"].label for name in Budgets._fields},
    "savings": OUTCOMES["savings"].label,
}
"""Sources, instruments and savings: what each is called."""


def figure_of(headline: Headline, row: str) -> Estimate | float:
    """One of :data:`HEADLINE_ROWS` of a headline: in the last month, the plan's. Raises
    ``KeyError`` for a row that does not exist."""
    return headline.at_horizon[row].plan if HEADLINE_ROWS[row].at_end else headline[row]


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
