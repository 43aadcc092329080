"""Plans in stages, run: in each draw the first stage, the reading of the figure, and what follows.

Until the review all draws make the same share of the plan's changes. Then the figure is read with
the error with which it can be measured, the rule says what is done, and the run of that draw is the
one of the branch that was taken. Building up service again costs what the scenario says it does;
the equations know no such cost, as they know none for a plan that gives service more: it is taken
off here, wherever the cost of the transition is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from simulator import engine
from simulator.model.equations.decisions import freed, freed_speed
from simulator.model.equations.money import discount_factor
from simulator.model.figure_values import CASH, NET
from simulator.model.quantities import MONTHS_PER_YEAR, SOURCES, Organisation, Plan, Switches
from simulator.model.register import FloatArray, Parameters
from simulator.model.signals import SIGNALS, Reading, Source
from simulator.scenario import Scenario, StagesInput
from simulator.scenario.stages import BELOW, CHOICES, ON

IntArray = npt.NDArray[np.int64]

TRANSITION = Parameters._fields.index("service_transition_cost")


@dataclass(frozen=True, slots=True)
class Staged:
    """One run of a plan in stages."""

    run: engine.Run
    """Of the branch that is taken in each draw."""
    taken: IntArray
    """Which that is: a place in :data:`~simulator.scenario.stages.CHOICES`; shape ``(draws,)``."""


def in_stages(plan: Plan, first: float, last: float, month: int, step_months: int) -> Plan:
    """The plan with ``first`` of each of its changes until ``month``, and ``last`` of them from
    ``step_months`` later on; both 0-1."""
    return plan._replace(
        first_depth=first,
        last_depth=last,
        review_month=float(month),
        review_ramp_months=float(step_months),
    )


def ways_after(plan: Plan, first: float, month: int, step_months: int) -> tuple[Plan, Plan, Plan]:
    """What can become of ``first`` of a plan, 0-1, from the review in ``month``, by
    :data:`~simulator.scenario.stages.CHOICES`."""
    back, stay, on = (
        in_stages(plan, first, last, month, step_months) for last in (0.0, first, 1.0)
    )
    return back, stay, on


def branches_of(plan: Plan, stages: StagesInput, later: int = 0) -> tuple[Plan, Plan, Plan]:
    """The plan that goes back, that stays, and that goes on, in the order of
    :data:`~simulator.scenario.stages.CHOICES`; reviewed ``later`` months later."""
    month = stages.review_month + later
    return ways_after(plan, stages.first_depth, month, stages.step_months)


def job_of(scenario: Scenario, values: FloatArray, *, record_outcomes: bool = True) -> engine.Job:
    """The plan of ``scenario``, all of it from its start, to be run in these draws."""
    return engine.Job(
        scenario.organisation_quantities(),
        scenario.plan_quantities(),
        Switches(drift=1.0, connecting=1.0),
        values,
        scenario.horizon_months,
        record_outcomes,
    )


def run_all(
    scenario: Scenario,
    jobs: Sequence[engine.Job],
    *,
    first: int = 0,
    threads: int | None = None,
    method: str = "rk4",
) -> list[engine.Run]:
    """Runs of plans as ``scenario`` makes them: in its stages, if it has any, else at once.

    ``jobs`` hold whole plans, all in the same draws or the first of them; each is reviewed by
    itself, by what would be measured with it while all stocks move. ``first`` is the draw with
    which their values begin among all draws; ``method`` that of plans in no stages.
    """
    stages = scenario.plan.stages
    if stages is None:
        return engine.run_all(jobs, threads=threads, method=method)
    now = (0,) * len(jobs)
    return [result.run for result in staged(stages, scenario.seed, jobs, first, now, threads)]


def run_told(scenario: Scenario, job: engine.Job) -> tuple[engine.Run, Mapping[str, float]]:
    """The same of one plan, and how often each branch is taken, as :func:`taken_shares` has it."""
    stages = scenario.plan.stages
    if stages is None:
        (run,) = engine.run_all([job])
        return run, {}
    (result,) = staged(stages, scenario.seed, [job], 0, (0,), None)
    return result.run, shares_of(result.taken)


def money_for(
    scenario: Scenario,
    job: engine.Job,
    shares: Mapping[str, float],
    without: Callable[[Plan], Plan],
    row: str,
) -> float:
    """What a plan in stages comes to in ``row`` because of what ``without`` takes from it: each
    branch as often as its ``shares`` say, 0-1, whatever would have been decided without that.

    ``row`` is an amount that no assumption moves, of which one draw is enough.
    """
    stages = scenario.plan.stages
    if stages is None:
        raise ValueError("stages: found none, allowed a plan in stages")
    one_draw = replace(job, values=job.values[:, :1], record_outcomes=False)
    plans = branches_of(job.plan, stages)
    runs = engine.run_all(
        [replace(one_draw, plan=plan) for plan in (*plans, *(without(plan) for plan in plans))]
    )
    amounts = [float(run.final(row)[0]) for run in runs]
    pairs = zip(amounts[: len(plans)], amounts[len(plans) :], strict=True)
    return sum(
        share * (whole - rest) for share, (whole, rest) in zip(shares.values(), pairs, strict=True)
    )


def changes_nothing(org: Organisation, plan: Plan) -> bool:
    """Whether a plan is carrying on, in stages or not."""
    stays = all(getattr(plan, source).share_moved == 0.0 for source in SOURCES)
    return stays and plan.involvement == org.involvement


def staged(
    stages: StagesInput,
    seed: int,
    jobs: Sequence[engine.Job],
    first: int,
    later: Sequence[int],
    threads: int | None,
) -> list[Staged]:
    """The same with which branch is taken; for scenarios with ``stages``, each plan reviewed
    ``later`` months later than they say."""
    known: dict[tuple[Plan, int], IntArray] = {}
    taken: list[IntArray] = []
    for job, after in zip(jobs, later, strict=True):
        draws = job.values.shape[1]
        way = known.get((job.plan, after))
        if way is None or way.size < draws:
            way = known[job.plan, after] = _taken(stages, seed, job, first, after, threads)
        taken.append(way[:draws])
    parts = [
        (job, place, np.flatnonzero(chosen == choice), plan)
        for place, (job, after, chosen) in enumerate(zip(jobs, later, taken, strict=True))
        for choice, plan in enumerate(branches_of(job.plan, stages, after))
    ]
    parts = [part for part in parts if part[2].size]
    runs = engine.run_all(
        [replace(job, plan=plan, values=job.values[:, some]) for job, _, some, plan in parts],
        threads=threads,
    )
    for (job, _, some, plan), run in zip(parts, runs, strict=True):
        _take_off(run, stages, replace(job, plan=plan, values=job.values[:, some]))
    done = [
        [(some, run) for (_, at, some, _), run in zip(parts, runs, strict=True) if at == place]
        for place in range(len(jobs))
    ]
    return [Staged(engine.joined(each), way) for each, way in zip(done, taken, strict=True)]


def branch_run(stages: StagesInput, job: engine.Job, staged: Staged, choice: int) -> engine.Run:
    """One of the branches, by its place in :data:`~simulator.scenario.stages.CHOICES`, in all draws
    of ``job``; runs those that ``staged`` has not taken it in."""
    is_own = staged.taken == choice
    own, missing = np.flatnonzero(is_own), np.flatnonzero(~is_own)
    parts = [(own, staged.run.of(own))] if own.size else []
    if missing.size:
        plan = branches_of(job.plan, stages)[choice]
        rest = replace(job, plan=plan, values=job.values[:, missing])
        (run,) = engine.run_all([rest])
        _take_off(run, stages, rest)
        parts.append((missing, run))
    return engine.joined(parts)


def taken_shares(scenario: Scenario, draws: int) -> Mapping[str, float]:
    """In what share of so many draws each branch is taken, 0-1, by
    :data:`~simulator.scenario.stages.CHOICES`; nothing for a plan that is made at once. Runs no
    further than to the review."""
    stages = scenario.plan.stages
    if stages is None:
        return {}
    taken = np.zeros(0, np.int64)
    for values in engine.draw_in_chunks(draws, scenario.seed, scenario.ranges()):
        job = job_of(scenario, values)
        way = _taken(stages, scenario.seed, job, taken.size, 0, None)
        taken = np.concatenate([taken, way])
    return shares_of(taken)


def shares_of(taken: IntArray) -> Mapping[str, float]:
    """How often each branch is taken, 0-1, by :data:`~simulator.scenario.stages.CHOICES`; ``taken``
    are places in it, of at least one draw."""
    counts = np.bincount(taken, minlength=len(CHOICES)) / taken.size
    return dict(zip(CHOICES, counts.tolist(), strict=True))


# --- the review ----------------------------------------------------------------------------------


def _taken(
    stages: StagesInput, seed: int, job: engine.Job, first: int, later: int, threads: int | None
) -> IntArray:
    """Which branch each draw takes."""
    draws = job.values.shape[1]
    if changes_nothing(job.org, job.plan):
        return np.full(draws, CHOICES.index(ON))
    if stages.figure is None:
        return np.full(draws, CHOICES.index(stages.always or CHOICES[0]))
    month = min(stages.review_month + later, job.months)
    until = replace(
        job,
        plan=branches_of(job.plan, stages, later)[1],
        switches=job.switches._replace(connecting=1.0),
        months=month,
        record_outcomes=True,
    )
    (run,) = engine.run_all([until], threads=threads)
    series = {name: run.final(name) for name in engine.ROWS}
    source = Source(job.org, stages.people, stages.records)
    reading = SIGNALS[stages.figure].read(series, source)
    return decided(stages, reading, engine.errors(first, draws, seed))


def decided(stages: StagesInput, reading: Reading, errors: FloatArray) -> IntArray:
    """What the rule does in each draw: a place in :data:`~simulator.scenario.stages.CHOICES`, shape
    ``(draws,)``; ``errors`` are how many standard errors the figure is off, of the same shape."""
    measured = reading.true + reading.error * errors

    def worse(limit: float | None, otherwise: bool) -> npt.NDArray[np.bool_]:
        if limit is None:
            return np.full(measured.shape, otherwise)
        return measured < limit if stages.side == BELOW else measured >= limit

    back, not_on = worse(stages.back, False), worse(stages.on, True)
    return np.where(back, 0, np.where(not_on, 1, 2))


# --- what building up service again costs --------------------------------------------------------


def _take_off(run: engine.Run, stages: StagesInput, job: engine.Job) -> None:
    """Take what building up service again costs off what ``run`` of ``job`` comes to."""
    rebuilt = rebuilt_by_month(job.org, job.plan, job.months)
    if not rebuilt[-1] or not stages.rebuilding:
        return
    rate = stages.rebuilding * job.values[TRANSITION][:, None]
    worth = rate * np.array(rebuilt)
    run.add(NET, -worth)
    run.add("present_value_transition", worth)
    if job.record_outcomes:
        flow = rate * np.array(_rebuilding_by_month(job.org, job.plan, job.months))
        run.add(CASH, -flow)
        run.add("transition_cost", flow)


def rebuilt_by_month(org: Organisation, plan: Plan, months: int) -> list[float]:
    """Service budget that was cut and has come back since the review, worth today: currency per
    year, by month, each month's part discounted from its middle."""
    cut = [
        max(freed(float(month), org.budgets.customer_service, plan.customer_service, plan), 0.0)
        for month in range(months + 1)
    ]
    back = (
        max(before - after, 0.0) * discount_factor(month + 0.5, org.discount_rate)
        for month, (before, after) in enumerate(pairwise(cut))
    )
    return [*accumulate(back, initial=0.0)]


def _rebuilding_by_month(org: Organisation, plan: Plan, months: int) -> list[float]:
    """How fast it comes back: currency per year, per year, by month; not discounted."""
    budget, shift = org.budgets.customer_service, plan.customer_service
    return [
        MONTHS_PER_YEAR * max(-freed_speed(float(month), budget, shift, plan), 0.0)
        for month in range(months + 1)
    ]
