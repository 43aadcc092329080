"""What charts draw of a forecast: small, and enough without the draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, Change, Forecast, precision
from simulator.results.years import ChanceByYear, up_to_horizon


@dataclass(frozen=True, slots=True)
class Summary:
    """Bands and last months of one scenario, a few dozen kB."""

    currency: str
    """ISO 4217 code, of all amounts of money."""
    horizon_months: int
    plan: Mapping[str, FloatArray]
    """P10, P50 and P90 by outcome, shape ``(3, months + 1)``, in the outcome's unit."""
    baseline: Mapping[str, FloatArray]
    """The same for carrying on."""
    final_change: Mapping[str, Change]
    """By outcome: the last month with the plan, without it, and the paired difference."""
    years: ChanceByYear
    """The chance of being better for every year that is known: those up to the horizon at least."""

    def money_shown(self, outcome: str, value: float) -> float:
        """The middle of an outcome in the last month, with the digits that its draws support if it
        is money."""
        change = self.final_change.get(outcome)
        if change is None or OUTCOMES[outcome].unit.kind != "money":
            return value
        return precision.shown_value(value, change.plan.error)


def summary(forecast: Forecast, outcomes: Iterable[str]) -> Summary:
    """The bands of ``outcomes`` (ids of the catalogue). Raises ``KeyError`` for an outcome that
    does not exist."""
    names = tuple(outcomes)
    return Summary(
        currency=forecast.scenario.organisation.currency,
        horizon_months=forecast.months,
        plan={name: forecast.band(name) for name in names},
        baseline={name: forecast.band(name, baseline=True) for name in names},
        final_change=forecast.at_end(*names),
        years=up_to_horizon(forecast.series("cumulative_value")),
    )
