"""What more of one thing costs in value: plans from the best one to that which is safest, serves
best or takes the fewest hours, each the best of those that go so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulator.i18n.language import N_
from simulator.model.register import FloatArray
from simulator.optimise.answer import fresh_seed
from simulator.optimise.evaluation import Judge, Tick, World, nothing, reached, unit
from simulator.optimise.levers import Levers, baseline_scenario
from simulator.optimise.question import HOURS, QUALITY, WORST, Limit, Question
from simulator.optimise.search import Evaluate, Values, best_of, climb, points_of
from simulator.optimise.study import COARSE_DRAWS, Study
from simulator.scenario import Scenario

AGAINST: Mapping[str, str] = {
    WORST: N_("Less risk"),
    QUALITY: N_("Better service"),
    HOURS: N_("Fewer hours"),
}
"""What value can be given up for, by the subject of a limit."""
CALLED: Mapping[str, str] = {"risk": WORST, "service": QUALITY, "hours": HOURS}
"""The same by short names, for the command line."""
_POINTS = 5
_DRAWS = 1024
"""Fresh ones, in which the plans are told."""


CARRYING_ON, PRESENT = "carrying_on", "present"
LESS_THAN: Mapping[str, str] = {
    CARRYING_ON: N_("worth less than carrying on"),
    PRESENT: N_("worth less than the present plan"),
}
"""What is said of a plan that is less worth than something that is there already."""


@dataclass(frozen=True, slots=True)
class Step:
    """A plan on the way."""

    scenario: Scenario
    mean: float
    """Value against carrying on, on average, currency."""
    level: float
    """What it reaches of the other thing, in the unit of its limit."""
    less_than: str = ""
    """What brings more value on average: :data:`CARRYING_ON`, :data:`PRESENT`, or nothing."""
    is_worse: bool = False
    """Whether it is none to take: it is worth less than carrying on, or than the present plan
    while it is no better in the other thing either."""


def frontier(study: Study, subject: str, tick: Tick = nothing) -> tuple[Step, ...]:
    """Plans with more and more value, and less and less of ``subject``, one of :data:`AGAINST`; the
    last one is the best plan, or near to it.

    All keep to the limits that the study was asked for. ``tick`` is called between pieces of work,
    and may end it. Raises ``KeyError`` for another subject.
    """
    AGAINST[subject]
    limit = Limit(subject, subject == HOURS, 0.0, min(12, study.scenario.horizon_months))
    question = replace(
        study.question,
        objective="mean",
        target=None,
        limits=(*study.question.limits, limit),
    )
    levers = Levers.of(study.scenario, question.free)
    judge = Judge([_world(study, question, min(study.draws, COARSE_DRAWS), None, tick)], question)
    at = len(judge.limits) - 1
    size = unit(limit, study.scenario)
    top = levers.point(study.best or study.scenario)
    starts = [top, levers.point(study.scenario), levers.point(baseline_scenario(study.scenario))]
    extreme = _most(levers, judge, at, starts)
    here, far = (_level(levers, judge, limit, point) for point in (top, extreme))
    steps = [top]
    scale = max(abs(_mean(levers, judge, top)), size * 1e-3)
    for share in np.linspace(0.0, 1.0, _POINTS)[1:-1]:
        level = here + float(share) * (far - here)
        start = top + float(share) * (extreme - top)
        evaluate = _with_level(levers, judge, at, level / size, limit.at_most)
        ends = [
            climb(evaluate, levers.space, point, scale=scale, most=12, precision=1e-5)
            for point in (start, steps[-1])
        ]
        steps.append(best_of(ends).x)
    steps.append(extreme)
    return _told(study, question, limit, levers, steps, tick)


def _world(study: Study, question: Question, draws: int, seed: int | None, tick: Tick) -> World:
    return replace(study.world(draws, seed), question=question, tick=tick)


def _rest(values: Values, at: int, own: FloatArray) -> Values:
    """The values with another last margin."""
    margins = values.margins.copy()
    margins[:, at] = own
    return Values(values.smooth, values.exact, margins)


def _with_level(levers: Levers, judge: Judge, at: int, level: float, at_most: bool) -> Evaluate:
    def evaluate(points: FloatArray) -> Values:
        values = judge([levers.plan(point) for point in points])
        # The margin is against an amount of 0.
        own = values.margins[:, at] + (level if at_most else -level)
        return _rest(values, at, own)

    return evaluate


def _most(levers: Levers, judge: Judge, at: int, starts: list[FloatArray]) -> FloatArray:
    """The plan that goes farthest."""

    def evaluate(points: FloatArray) -> Values:
        values = judge([levers.plan(point) for point in points])
        own = values.margins[:, at]
        return Values(own, own, np.delete(values.margins, at, axis=1))

    table = np.array(starts)
    start = best_of(points_of(table, evaluate(table)))
    return climb(evaluate, levers.space, start.x, scale=0.01, most=15, precision=1e-4).x


def _mean(levers: Levers, judge: Judge, point: FloatArray) -> float:
    return float(judge([levers.plan(point)]).exact[0])


def _level(levers: Levers, judge: Judge, limit: Limit, point: FloatArray) -> float:
    plan = levers.plan(point)
    world = judge.worlds[0]
    (outcome,) = world.outcomes([plan])
    return reached(limit, world.scenario.organisation_quantities(), plan, outcome)


def _told(
    study: Study,
    question: Question,
    limit: Limit,
    levers: Levers,
    points: list[FloatArray],
    tick: Tick,
) -> tuple[Step, ...]:
    """The plans on their stops, in fresh draws; those alone that are not worse than another of them
    in both. Of what is worth less than carrying on only where all are."""
    world = _world(study, question, _DRAWS, fresh_seed(study.scenario.seed), tick)
    scenarios = [levers.scenario_at(levers.grid.nearest(levers.space, point)) for point in points]
    scenarios.append(study.scenario)
    plans = [scenario.plan_quantities() for scenario in scenarios]
    steps: list[Step] = []
    sign = -1.0 if limit.at_most else 1.0
    for scenario, plan, outcome in zip(scenarios, plans, world.outcomes(plans), strict=True):
        level = reached(limit, scenario.organisation_quantities(), plan, outcome)
        steps.append(Step(scenario, float(outcome.value.mean()), level))
    *steps, present = steps
    steps.sort(key=lambda step: sign * step.level)
    kept: list[Step] = []
    for step in reversed(steps):  # from the farthest on down: value has to grow
        if not kept or step.mean > kept[-1].mean:
            kept.append(step)
    worth_it = [step for step in kept if step.mean >= 0.0]  # carrying on would be better
    return tuple(beside(step, present, sign) for step in worth_it or kept)


def beside(step: Step, present: Step, sign: float) -> Step:
    """The same with what is worth more; ``sign``: above zero where more of the other thing is what
    is sought."""
    if step.mean < 0.0:
        return replace(step, less_than=CARRYING_ON, is_worse=True)
    if step.mean < present.mean:
        return replace(step, less_than=PRESENT, is_worse=sign * (step.level - present.level) <= 0.0)
    return step
