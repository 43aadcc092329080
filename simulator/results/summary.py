"""What charts draw of a forecast: small, and enough without the draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator import engine
from simulator.model.register import FloatArray
from simulator.model.signals import SIGNALS, Source
from simulator.results import OUTCOMES, Change, Forecast, precision
from simulator.results.years import ChanceByYear, up_to_horizon


@dataclass(frozen=True, slots=True)
class Stages:
    """What becomes of a plan in stages after its review."""

    month: int
    """Of the review."""
    shares: Mapping[str, float]
    """How often each way is taken, 0-1, by what is done; only what the rule leaves open."""
    branches: Mapping[str, Mapping[str, FloatArray]]
    """Of the same, the medians over all draws by outcome, shape ``(months + 1,)``; none where the
    rule leaves nothing open."""
    readings: Mapping[str, tuple[float, float, float]]
    """P10, P50 and P90 of every figure of :data:`~simulator.model.signals.SIGNALS` in that month,
    0-1, as it is before it is measured."""


def stages_of(forecast: Forecast, outcomes: Iterable[str]) -> Stages | None:
    """What becomes of the plan of ``forecast``, with the medians of these outcomes; ``None`` if it
    is not in stages."""
    stages = forecast.scenario.plan.stages
    if stages is None:
        return None
    taken, ways = forecast.taken(), stages.ways
    month = stages.review_month
    series = {name: forecast.plan.at(month, name) for name in engine.ROWS}
    org = forecast.scenario.organisation_quantities()
    source = Source(org, stages.people, stages.records)
    return Stages(
        month,
        {way: taken[way] for way in ways},
        {
            way: {name: np.median(forecast.branch_series(name, way), axis=0) for name in outcomes}
            for way in ways
            if len(ways) > 1
        },
        {
            name: tuple(np.quantile(signal.read(series, source).true, (0.1, 0.5, 0.9)).tolist())
            for name, signal in SIGNALS.items()
        },
    )


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
    stages: Stages | None = field(default=None, kw_only=True)
    """Of a plan in stages: what becomes of it after its review."""

    def money_shown(self, outcome: str, value: float, *, is_middle: bool = True) -> float:
        """An outcome in the last month, its middle or an end, with the digits that its draws
        support if it is money."""
        change = self.final_change.get(outcome)
        if change is None or OUTCOMES[outcome].unit.kind != "money":
            return value
        read = precision.shown_value if is_middle else precision.shown_end
        return read(value, change.plan.error)


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
        stages=stages_of(forecast, names),
    )
