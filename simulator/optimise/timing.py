"""When to begin, and how fast: the same plan started sooner or later, all at once or bit by bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.optimise.answer import fresh_seed
from simulator.optimise.evaluation import Judge, Tick, nothing
from simulator.optimise.levers import changed
from simulator.optimise.proof import FRESH_DRAWS
from simulator.optimise.question import OBJECTIVES
from simulator.optimise.search import MET
from simulator.optimise.study import Study
from simulator.scenario import Scenario

_STARTS = (0, 3, 6, 12, 18, 24)
_RAMPS = (1, 3, 6, 12, 18, 24)
"""Months."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A plan, begun in one month and done after so many: money and involvement alike."""

    scenario: Scenario
    start: int
    """Month."""
    ramp: int
    """Months."""
    worth: float
    """What is asked for, as it is shown, in the draws that plans are compared in."""
    mean: float
    """Value against carrying on, on average, in fresh draws, currency."""
    meets: bool
    """Whether all limits hold."""


def timings(study: Study, fine: Judge, tick: Tick = nothing) -> tuple[Timing, ...]:
    """The best plan of a study begun in each of some months and with each of some ramps, sorted by
    both.

    Args:
        study: it has been run.
        fine: its judge in all draws, :attr:`Study.fine`.
        tick: called between pieces of work; may end it.
    """
    plan = study.best or study.scenario
    starts = [month for month in _STARTS if month < plan.horizon_months]
    cases = [(start, ramp) for start in starts for ramp in _RAMPS]
    scenarios = [_begun(plan, start, ramp) for start, ramp in cases]
    plans = [scenario.plan_quantities() for scenario in scenarios]
    values = fine(plans)
    margins = values.margins.min(axis=1) if values.margins.size else np.zeros(len(plans))
    fresh = study.world(max(FRESH_DRAWS, study.draws), fresh_seed(plan.seed))
    means = [outcome.value.mean() for outcome in replace(fresh, tick=tick).outcomes(plans)]
    sign = -1.0 if OBJECTIVES[study.question.objective].least_is_best else 1.0
    return tuple(
        Timing(scenario, *case, sign * float(exact), float(mean), float(margin) >= -MET)
        for scenario, case, exact, mean, margin in zip(
            scenarios, cases, values.exact, means, margins, strict=True
        )
    )


def best_of_timings(study: Study, rows: Sequence[Timing]) -> Timing | None:
    """That of which what is asked for is best, of those within all limits; none if none is."""
    sign = -1.0 if OBJECTIVES[study.question.objective].least_is_best else 1.0
    return max((row for row in rows if row.meets), key=lambda row: sign * row.worth, default=None)


def _begun(scenario: Scenario, start: int, ramp: int) -> Scenario:
    """The scenario with its changes begun in one month and complete after so many."""
    return changed(
        scenario,
        {
            f"plan.{which}.{name}": months
            for which in ("*", "involvement")
            for name, months in (("start_month", start), ("ramp_months", ramp))
        },
    )
