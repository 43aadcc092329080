"""One scenario of a comparison, simulated: what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulator.model.equations.decisions import budgets_at, savings_at
from simulator.model.quantities import Budgets
from simulator.model.register import FloatArray
from simulator.results import (
    OUTCOMES,
    Baseline,
    BaselineKey,
    Forecast,
    Headline,
    HeadlineDraws,
    band,
    baseline_key,
    simulate,
)
from simulator.results.stages import branches_of
from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Spending:
    """The budgets of one scenario: sources, instruments and savings, by :data:`BUDGETS`."""

    today: Mapping[str, float]
    """Currency per year."""
    plan: Mapping[str, float]
    """With the plan, in the last of the common months, currency per year."""


@dataclass(frozen=True, eq=False)
class Side:
    """One scenario, simulated: what a comparison needs of it, small enough to be kept."""

    headline: Headline
    values: HeadlineDraws
    moved: float
    """Present value of the money taken from the sources, currency; no assumption moves it, but of
    a plan in stages it is the mean over the draws."""
    taken: Mapping[str, float]
    """Of a plan in stages: how often each branch is taken, 0-1; else nothing."""
    plan: Mapping[str, FloatArray]
    """P10, P50 and P90 by outcome, shape ``(3, months + 1)``; all of them."""
    baseline: Mapping[str, FloatArray]
    """The same for carrying on."""
    branches: Mapping[str, Mapping[str, FloatArray]]
    """Medians by way and outcome, see :meth:`Comparison.branches`."""

    def refined(self, headline: Headline, gained: FloatArray | None) -> Side:
        """The same with the headline of more draws, and the value over time that ends at it, shape
        ``(3, months + 1)``, where that is another."""
        better = {} if gained is None else {"cumulative_value": gained}
        return replace(self, headline=headline, plan={**self.plan, **better})


class Sides:
    """Simulates scenarios, and carrying on once for all that have it in common."""

    def __init__(
        self, baseline: Callable[[Scenario, int], Baseline], *, with_branches: bool
    ) -> None:
        self._baseline, self._with_branches = baseline, with_branches
        self._known: dict[BaselineKey, tuple[Baseline, Mapping[str, FloatArray]]] = {}

    def __call__(self, scenario: Scenario, draws: int) -> Side:
        key = baseline_key(scenario, draws)
        if key not in self._known:
            run = self._baseline(scenario, draws)
            self._known[key] = run.compact(), {name: _band(run.series(name)) for name in OUTCOMES}
            del run  # whole runs of all organisations would fill the memory
        baseline, bands = self._known[key]
        forecast = simulate(scenario, draws, baseline=baseline)
        return Side(
            headline=forecast.headline,
            values=forecast.values,
            moved=_moved(forecast),
            taken=forecast.taken(),
            plan={name: _band(forecast.series(name)) for name in OUTCOMES},
            baseline=bands,
            branches=_branches(forecast) if self._with_branches else {},
        )


def _band(series: FloatArray) -> FloatArray:
    quantiles = band(series)
    quantiles.flags.writeable = False  # shared by all who ask
    return quantiles


def _branches(forecast: Forecast) -> Mapping[str, Mapping[str, FloatArray]]:
    stages = forecast.scenario.plan.stages
    if stages is None or len(stages.ways) < 2 or stages.review_month >= forecast.months:
        return {}
    return {
        way: {name: np.median(forecast.branch_series(name, way), axis=0) for name in OUTCOMES}
        for way in stages.ways
    }


def _moved(forecast: Forecast) -> float:
    moved = forecast.plan.final("present_value_moved")
    return float(moved[0] if forecast.staged is None else moved.mean())


def spending_of(scenario: Scenario, month: int, taken: Mapping[str, float]) -> Spending:
    """Of a plan in stages the mean over the draws: each branch as often as it is ``taken``."""
    today, plan = scenario.organisation_quantities().budgets, scenario.plan_quantities()
    stages = scenario.plan.stages
    ways = [(1.0, plan)]
    if stages is not None and taken:
        ways = [*zip(taken.values(), branches_of(plan, stages), strict=True)]
    then = {
        **{
            name: sum(
                share * getattr(budgets_at(float(month), today, way), name) for share, way in ways
            )
            for name in Budgets._fields
        },
        "savings": sum(share * savings_at(float(month), today, way) for share, way in ways),
    }
    return Spending({**today._asdict(), "savings": 0.0}, then)
