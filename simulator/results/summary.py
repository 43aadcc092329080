"""What charts draw of a forecast: small, and enough without the draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.model.register import FloatArray
from simulator.results import Change, Forecast


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
    )
