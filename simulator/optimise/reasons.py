"""What the answer rests on, and what would change it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from simulator.analyses.held import drawn_rows
from simulator.analyses.judgement import WEAK
from simulator.model.quantities import INSTRUMENTS, SOURCES, Plan, Shift, Split
from simulator.model.register import REGISTER, FloatArray
from simulator.optimise.answer import Flip, Marginal, Price, Searched
from simulator.optimise.evaluation import Judge, World, unit
from simulator.optimise.question import QUALITY
from simulator.results import later
from simulator.scenario import Evidence, Scenario

_FLIPS = 5
_LATER = (3, 6, 12, 24)
"""Months by which it is asked what waiting costs."""


def weak_share(world: World, scenario: Scenario, gain: FloatArray) -> float:
    """Of what a line through all assumptions explains of the gain, the share of those graded D or
    E; 0 where nothing varies."""
    rows = [row for row in drawn_rows(scenario) if np.ptp(world.values[row]) > 0.0]
    if not rows or not np.ptp(gain) > 0.0:
        return 0.0
    ranks = np.argsort(np.argsort(world.values[rows], axis=1), axis=1).T
    table = (ranks - ranks.mean(axis=0)) / ranks.std(axis=0)
    # By the normal equations: ranks are all of one size, and it takes a hundredth of the time.
    slopes, *_ = np.linalg.lstsq(table.T @ table, table.T @ (gain - gain.mean()), rcond=None)
    explained = slopes**2
    evidence = Evidence.of(scenario)
    weak = np.array([evidence.grade(REGISTER[row].id) in WEAK for row in rows])
    total = float(explained.sum())
    return float(explained[weak].sum()) / total if total > 0.0 else 0.0


def flips(
    world: World, scenario: Scenario, values: Sequence[FloatArray], ids: Sequence[str]
) -> tuple[Flip, ...]:
    """Quarters of assumptions in which another plan is better on average, beyond the noise; the
    worst first."""
    quarters, evidence = [], Evidence.of(scenario)
    table = np.array(values)
    for row in drawn_rows(scenario):
        drawn = world.values[row]
        if not np.ptp(drawn) > 0.0:
            continue
        for is_high, bound in ((False, np.quantile(drawn, 0.25)), (True, np.quantile(drawn, 0.75))):
            inside = drawn >= bound if is_high else drawn <= bound
            means = table[:, inside].mean(axis=1)
            rival = int(means.argmax())
            less = table[rival, inside] - table[0, inside]
            noise = 2.0 * float(less.std()) / float(np.sqrt(inside.sum()))
            if rival and float(less.mean()) > noise:
                parameter = REGISTER[row]
                quarters.append(
                    Flip(
                        parameter.id,
                        evidence.grade(parameter.id),
                        is_high,
                        float(bound),
                        ids[rival],
                        float(less.mean()),
                    )
                )
    quarters.sort(key=lambda flip: -flip.lost)
    return tuple(quarters[:_FLIPS])


def prices(judge: Judge, searched: Searched, scenario: Scenario) -> tuple[Price, ...]:
    """What limits that bind cost, by one unit of each."""
    binding = []
    for limit, price in zip(judge.limits, searched.slopes.prices, strict=False):
        size = unit(limit, scenario) * (100.0 if limit.subject == QUALITY else 1.0)
        if abs(price) > 1e-9 * searched.scale:
            binding.append(Price(limit, float(price) / size))
    return tuple(binding)


def marginals(world: World, scenario: Scenario, held: Collection[str] = ()) -> tuple[Marginal, ...]:
    """What one more currency unit in each instrument brings more than it costs, at the plan.
    ``held``: paths of levers that may not move."""
    plan = scenario.plan_quantities()
    if not any(getattr(plan, source).share_moved > 0.0 for source in SOURCES):
        return ()
    plans = [plan, *(_with_more(plan, name) for name in INSTRUMENTS)]
    base, *more = world.outcomes(plans)
    gains = []
    for name, outcome in zip(INSTRUMENTS, more, strict=True):
        spent = outcome.involvement_cost - base.involvement_cost
        if spent > 0.0:
            gained = float((outcome.value - base.value).mean())
            is_held = f"plan.split.{name}" in held
            gains.append(Marginal(name, gained / spent, _is_partly(plan, name), is_held))
    return tuple(gains)


def _is_partly(plan: Plan, name: str) -> bool:
    """Whether an instrument gets some of what is freed, and not all."""
    shifts = [getattr(plan, source) for source in SOURCES]
    return any(
        shift.share_moved > 0.0 and 0.0 < getattr(shift.split, name) < 1.0 for shift in shifts
    )


def _with_more(plan: Plan, name: str) -> Plan:
    """The plan with a thousandth of the freed money more in an instrument, out of nowhere."""

    def more(shift: Shift) -> Shift:
        split: Split = shift.split
        return shift._replace(split=split._replace(**{name: getattr(split, name) + 1e-3}))

    return plan.with_shifts(more)


def waiting(world: World, scenario: Scenario) -> dict[int, float]:
    """What starting the plan so many months later brings more, on average, currency; nothing where
    nothing moves."""
    plan = scenario.plan_quantities()
    months = [count for count in _LATER if count < scenario.horizon_months]
    base, *delayed = world.outcomes([plan, *(later(plan, count) for count in months)])
    if not base.value.any():
        return {}
    return {
        count: float((outcome.value - base.value).mean())
        for count, outcome in zip(months, delayed, strict=True)
    }
