"""Scenarios, simulated: the plan and the baseline month by month, in the same draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulator import engine
from simulator.engine import sampling
from simulator.errors import Message
from simulator.model.equations.decisions import involvement_at
from simulator.model.figure_values import NEEDED, NET, Runs, cumulative_value
from simulator.model.figures import Change, Headline, HeadlineDraws
from simulator.model.quantities import ALL_SAVED, SOURCES, Organisation, Plan, Shift, Switches
from simulator.model.register import FloatArray, Range
from simulator.results.catalogue import AT_HORIZON, OUTCOMES
from simulator.results.estimate import band
from simulator.results.headline import changes, summarise
from simulator.results.stages import (
    Staged,
    branch_run,
    branches_of,
    job_of,
    run_all,
    shares_of,
    staged,
)
from simulator.scenario import Problem, Scenario, ScenarioError
from simulator.scenario.stages import CHOICES

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

DEFAULT_DRAWS = 1024
"""A power of two, where Sobol points are balanced."""

WAIT_MONTHS = 12
"""How much later the plan starts in the cost of waiting."""

CHUNK = 1024
"""Draws that are worked on at a time when only headline figures are wanted."""


def baseline_plan(org: Organisation) -> Plan:
    """The plan that changes nothing: the baseline."""
    shift = Shift(share_moved=0.0, start_month=0.0, ramp_months=1.0, split=ALL_SAVED)
    shifts: dict[str, Any] = dict.fromkeys(SOURCES, shift)
    return Plan(
        **shifts,
        involvement=org.involvement,
        involvement_start_month=0.0,
        involvement_ramp_months=1.0,
    )


def later(plan: Plan, months: float) -> Plan:
    """The same plan, started ``months`` later."""

    def moved(shift: Shift) -> Shift:
        return shift._replace(start_month=shift.start_month + months)

    start = plan.involvement_start_month + months
    return plan.with_shifts(moved)._replace(involvement_start_month=start)


class BaselineKey(NamedTuple):
    """All that carrying on depends on; the plan is not among it. Can key a cache."""

    organisation: Organisation
    assumptions: tuple[tuple[str, Range], ...]
    """Overrides by id, in the register's order."""
    horizon_months: int
    seed: int
    draws: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """Carrying on, simulated: what plans of the same organisation and world are compared with."""

    key: BaselineKey
    values: FloatArray
    """The assumptions, shape ``(parameters, draws)``."""
    run: engine.Run | engine.Extract
    """Carrying on while the world drifts; every series, or of a compact one some."""
    static_world: FloatArray
    """Present value of net contribution if the world stood still, currency, shape ``(draws,)``."""

    def series(self, outcome: str) -> FloatArray:
        """One outcome (see :data:`OUTCOMES`), shape ``(draws, months + 1)``. Raises ``KeyError``
        for an outcome that does not exist."""
        if outcome == "cumulative_value":
            return np.zeros((self.run.draws, self.run.months + 1))
        return self.run[outcome]

    def compact(self, series: Iterable[str] = ()) -> Baseline:
        """The same in a tenth of the memory: good for plans' headline figures and for last months,
        but of the series only these are kept."""
        if isinstance(self.run, engine.Extract):
            return self
        return replace(self, run=self.run.extract((*NEEDED, *series)))

    def first(self, draws: int) -> Baseline:
        """The first draws, more than one, of a compact one: the same numbers as a baseline of so
        many. Shares its memory. Raises ``TypeError`` for one that is not compact."""
        if not isinstance(self.run, engine.Extract):
            raise TypeError("baseline: found a whole run, allowed: a compact one")
        return Baseline(
            self.key._replace(draws=draws),
            self.values[:, :draws],
            self.run.first(draws),
            self.static_world[:draws],
        )


@dataclass(frozen=True)
class Forecast:
    """A scenario, simulated: the plan and the baseline month by month, in every draw."""

    scenario: Scenario
    draws: int
    plan: engine.Run
    shared_baseline: Baseline
    """Carrying on: one object for all plans of this organisation in this world."""
    values: HeadlineDraws
    """The headline figures of every draw."""
    staged: Staged | None = None
    """Of a plan in stages: what was decided in each draw."""
    _branches: dict[str, engine.Run] = field(default_factory=dict, repr=False, compare=False)

    @property
    def baseline(self) -> engine.Run | engine.Extract:
        """The run of carrying on."""
        return self.shared_baseline.run

    @cached_property
    def headline(self) -> Headline:
        """The headline figures."""
        return summarise(self.values)

    @property
    def months(self) -> int:
        """The horizon."""
        return self.plan.months

    def series(self, outcome: str, *, baseline: bool = False) -> FloatArray:
        """One outcome (see :data:`OUTCOMES`), shape ``(draws, months + 1)``, with the plan or
        without it. Raises ``KeyError`` for an outcome that does not exist."""
        if baseline:
            return self.shared_baseline.series(outcome)
        if outcome == "cumulative_value":
            return cumulative_value(self.plan, self.baseline)
        return self.plan[outcome]

    def final(self, outcome: str, *, baseline: bool = False) -> FloatArray:
        """One outcome in the last month, shape ``(draws,)``; else as :meth:`series`."""
        if outcome == "cumulative_value":
            worth = self.values.net_present_value
            return np.zeros_like(worth) if baseline else worth
        if outcome not in OUTCOMES:
            raise KeyError(outcome)
        return (self.baseline if baseline else self.plan).final(outcome)

    def band(self, outcome: str, *, baseline: bool = False) -> FloatArray:
        """P10, P50 and P90 of one outcome, shape ``(3, months + 1)``."""
        return band(self.series(outcome, baseline=baseline))

    def asked(self, name: str) -> FloatArray:
        """What is asked of people by month with the plan, of a field of
        :class:`~simulator.model.quantities.Involvement`; shape ``(1, months + 1)``, or of a plan in
        stages ``(draws, months + 1)``."""
        plan, stages = self.scenario.plan_quantities(), self.scenario.plan.stages
        today = self.scenario.organisation_quantities().involvement
        if getattr(plan.involvement, name) == getattr(today, name):
            return np.full((1, self.months + 1), getattr(today, name))
        plans = (plan,) if stages is None else branches_of(plan, stages)
        rows = np.array(
            [
                [
                    getattr(involvement_at(float(month), today, branch), name)
                    for month in range(self.months + 1)
                ]
                for branch in plans
            ]
        )
        return rows if self.staged is None else rows[self.staged.taken]

    def branch(self, name: str) -> engine.Run:
        """Of a plan in stages: going back, staying or going on, in all draws; by
        :data:`~simulator.scenario.stages.CHOICES`. Runs the draws that do not take it. Raises
        ``KeyError`` for a plan that is made at once."""
        stages, staged = self.scenario.plan.stages, self.staged
        if stages is None or staged is None:
            raise KeyError(name)
        if name not in self._branches:
            job = job_of(self.scenario, self.shared_baseline.values)
            choice = CHOICES.index(name)
            self._branches[name] = branch_run(stages, job, staged, choice)
        return self._branches[name]

    def taken(self) -> Mapping[str, float]:
        """Of a plan in stages: in what share of the draws each branch is taken, 0-1; else
        nothing."""
        if self.staged is None:
            return {}
        return shares_of(self.staged.taken)

    def branch_series(self, outcome: str, branch: str) -> FloatArray:
        """One outcome of one branch in all draws; else as :meth:`series`."""
        run = self.branch(branch)
        if outcome == "cumulative_value":
            return cumulative_value(run, self.baseline)
        return run[outcome]

    def at_end(self, *outcomes: str) -> Mapping[str, Change]:
        """Outcomes in the last month, with the plan and without, by id."""
        plan, baseline = (
            np.array([self.final(name, baseline=on) for name in outcomes]).reshape(
                len(outcomes), self.draws
            )
            for on in (False, True)
        )
        return changes(outcomes, plan, baseline)

    # --- for analysts ----------------------------------------------------------------------------

    def frame(self, *outcomes: str, draws: bool = False) -> pd.DataFrame:
        """Outcomes (see :data:`OUTCOMES`) month by month, as a tidy table; all if none is named.

        Columns: ``outcome``, ``unit`` (with the currency's code: ``EUR per year``), ``run``
        (``plan``, or ``baseline`` for carrying on), ``month`` (0 to the horizon), and ``P10``,
        ``P50`` and ``P90`` over the draws, in that unit. With ``draws`` instead of these three
        ``draw`` (from 0) and ``value``: a row for every draw. Raises ``KeyError`` for an outcome
        that does not exist.
        """
        from simulator.notebook import frames

        return frames.forecast_frame(self, outcomes, draws=draws)

    def figure(
        self,
        chart: str = "cumulative_value",
        *,
        language: str = "en",
        theme: str = "light",
        font: int = 16,
    ) -> go.Figure:
        """A chart as the Simulate page draws it: an outcome (see :data:`OUTCOMES`) over time with
        the plan and carrying on, or ``money_flow``.

        ``language`` is the code of one that the app speaks, ``theme`` ``light`` or ``dark``,
        ``font`` the size of all text in pixels. Raises ``KeyError`` for a chart and ``ValueError``
        for a language or a theme that does not exist.
        """
        from simulator.notebook import figures

        return figures.forecast_figure(self, chart, language=language, theme=theme, font=font)

    def _repr_html_(self) -> str:
        """The headline figures, where a notebook shows the forecast."""
        from simulator.notebook import tables

        return tables.forecast_html(self)


def baseline_key(scenario: Scenario, draws: int = DEFAULT_DRAWS) -> BaselineKey:
    """What the baseline of ``scenario`` depends on: equal keys, equal baselines."""
    return BaselineKey(
        organisation=scenario.organisation_quantities(),
        assumptions=tuple(scenario.ranges().items()),
        horizon_months=scenario.horizon_months,
        seed=scenario.seed,
        draws=draws,
    )


def baseline(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, threads: int | None = None
) -> Baseline:
    """Simulate carrying on, for every plan of this organisation in this world.

    Takes two of the five runs that :func:`simulate` needs. Keeps every series of every draw:
    about 25 MB for 1,024 draws and five years.
    """
    values = sampling.draw(draws, scenario.seed, scenario.ranges())
    return _simulate_baseline(scenario, values, threads)


def simulate(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    baseline: Baseline | None = None,
    threads: int | None = None,
    beside: int | None = None,
) -> Forecast:
    """Run a scenario and its baseline for ``draws`` draws of the assumptions.

    One draw means the central values. Keeps every series of every draw: about 20 kB a draw and
    five years; for very many draws use :func:`headline`. ``baseline``: one made by
    :func:`baseline` for another plan, which saves time and changes no number. ``threads``: the
    most to use. ``beside``: how many of the draws will do for the return on involvement and the
    cost of waiting, which take a run each that nothing else is taken from; all if not given.

    Raises:
        ValueError: ``baseline`` belongs to another organisation, other assumptions, another
            horizon or seed, or another number of draws.
    """
    if baseline is None:
        values = sampling.draw(draws, scenario.seed, scenario.ranges())
        baseline = _simulate_baseline(scenario, values, threads)
    else:
        _check_fit(baseline.key, baseline_key(scenario, draws))
    plan, figures, staged = _simulate_plan(scenario, baseline, threads, beside=beside)
    return Forecast(scenario, draws, plan, baseline, figures, staged)


def _check_fit(key: BaselineKey, needed: BaselineKey) -> None:
    differing = [
        name for name in BaselineKey._fields if getattr(key, name) != getattr(needed, name)
    ]
    if differing:
        raise ValueError(
            f"baseline: found one with other values of {', '.join(differing)}, "
            "allowed: one that was made for the same"
        )


def headline(
    scenario: Scenario,
    draws: int,
    *,
    threads: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Headline:
    """Headline figures alone, for any number of draws in little memory.

    The same numbers as ``simulate(...).headline``. ``progress`` is told how many draws are done;
    an exception in it stops the work.
    """
    pieces: list[HeadlineDraws] = []
    done = 0
    for values in sampling.draw_in_chunks(draws, scenario.seed, scenario.ranges(), CHUNK):
        baseline = _simulate_baseline(scenario, values, threads)
        pieces.append(_simulate_plan(scenario, baseline, threads, done)[1])
        done += values.shape[1]
        progress(done)
    whole = HeadlineDraws.joined(pieces)
    pieces.clear()  # of very many draws each of them takes as much as the whole
    return summarise(whole)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some draws of a headline that is worked out bit by bit; see :func:`piece`."""

    values: HeadlineDraws
    gained: FloatArray
    """Value against carrying on up to each month, currency, shape ``(draws, months + 1)``."""


def piece(scenario: Scenario, first: int, last: int, draws: int) -> Piece:
    """Draw ``first`` up to ``last`` (without it) of so many ``draws``, on one thread: what is asked
    for meanwhile finds the others free. All pieces together are :func:`headline`."""
    values = sampling.draw_between(first, last, draws, scenario.seed, scenario.ranges())
    baseline = _simulate_baseline(scenario, values, 1)
    plan, figures, _ = _simulate_plan(scenario, baseline, 1, first)
    return Piece(figures, cumulative_value(plan, baseline.run))


def net_present_values(
    scenario: Scenario, values: FloatArray, *, method: str = "rk4"
) -> FloatArray:
    """The value against carrying on in draws that are chosen freely, currency, shape ``(draws,)``.

    ``values`` has shape ``(parameters, draws)``. For draws of :func:`simulator.engine.draw` the
    same numbers as ``simulate(...).values.net_present_value``, from two runs instead of five.
    ``method`` is one of :data:`simulator.model.system.STAGES`; a plan in stages is run by the usual
    one whatever it is.
    Raises ``ScenarioError`` where some draw comes to no value.
    """
    job = job_of(scenario, values, record_outcomes=False)
    jobs = [job, replace(job, plan=baseline_plan(job.org))]
    plan, without = run_all(scenario, jobs, method=method)
    return finite(plan.final(NET) - without.final(NET))


def finite(values: FloatArray) -> FloatArray:
    """``values`` themselves. Raises ``ScenarioError`` where some of them is no number: no verdict
    is to be made of that."""
    if not np.isfinite(values).all():
        found = Message("numbers too extreme to be worked out")
        raise ScenarioError([Problem("scenario", found, Message("numbers that come to a value"))])
    return values


def _simulate_baseline(scenario: Scenario, values: FloatArray, threads: int | None) -> Baseline:
    """The baseline in these draws of the assumptions."""
    org, months = scenario.organisation_quantities(), scenario.horizon_months
    plan = baseline_plan(org)
    drifting, standing = Switches(drift=1.0, connecting=1.0), Switches(drift=0.0, connecting=1.0)
    baseline, static_world = engine.run_all(
        [
            engine.Job(org, plan, drifting, values, months),
            engine.Job(org, plan, standing, values, months, record_outcomes=False),
        ],
        threads=threads,
    )
    key = baseline_key(scenario, values.shape[1])
    return Baseline(key, values, baseline, static_world.final(NET))


def _simulate_plan(
    scenario: Scenario,
    baseline: Baseline,
    threads: int | None,
    first: int = 0,
    beside: int | None = None,
) -> tuple[engine.Run, HeadlineDraws, Staged | None]:
    """Run everything else that the headline figures need, in the draws of the baseline, which begin
    with draw ``first`` of all; ``beside`` as in :func:`simulate`.

    Raises ``ScenarioError`` where some draw comes to no value: no verdict is to be made of that.
    Nothing that a scenario may hold should, which a test sees to.
    """
    job = job_of(scenario, baseline.values)
    totals = replace(job, values=job.values[:, :beside], record_outcomes=False)
    jobs = [
        job,
        replace(totals, plan=later(job.plan, WAIT_MONTHS)),
        replace(totals, switches=Switches(drift=1.0, connecting=0.0)),
    ]
    stages, whole = scenario.plan.stages, None
    if stages is None:
        with_plan, waiting, unconnected = engine.run_all(jobs, threads=threads)
    else:
        whole, *variants = staged(stages, scenario.seed, jobs, first, (0, WAIT_MONTHS, 0), threads)
        with_plan, (waiting, unconnected) = whole.run, (variant.run for variant in variants)

    runs = Runs(
        plan=with_plan,
        baseline=baseline.run,
        later=waiting,
        unconnected=unconnected,
        static_world=baseline.static_world,
    )
    figures = HeadlineDraws.of(runs, AT_HORIZON)
    finite(figures.net_present_value)
    return with_plan, figures, whole
