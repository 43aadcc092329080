"""What plans come to in the same draws: what is asked for, and what has to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from simulator import engine
from simulator.analyses.held import apart
from simulator.model.equations.decisions import budgets_at, savings_at
from simulator.model.figure_values import NET, mean_of_worst, ratio
from simulator.model.quantities import Organisation, Plan, Switches
from simulator.model.register import FloatArray, Range
from simulator.optimise.question import (
    HOURS,
    LOSS,
    OBJECTIVES,
    QUALITY,
    WORST,
    Limit,
    Question,
)
from simulator.optimise.search import Values
from simulator.results import baseline_plan
from simulator.results.forecast import finite
from simulator.scenario import Scenario

AT_A_TIME = 2048
"""Draws that are run together: some 20 ms, after which others may pass."""
_YEAR = 12
_END = 1e9
"""A month at which all changes are complete."""
_SOFT = 0.2
"""Width of what stands for a step while climbing, in standard deviations of the value."""

Tick = Callable[[], None]
"""Called between pieces of work: may wait, or end it by an exception."""


def nothing() -> None:
    """The :data:`Tick` of those who do not ask."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan comes to in every draw; arrays have shape ``(draws,)``."""

    value: FloatArray
    """Against carrying on, currency."""
    first_year: FloatArray
    """The same after a year, currency."""
    quality: Mapping[int, FloatArray]
    """Service quality by month, for the months that are asked about, 0-1."""
    hours: FloatArray
    """The most hours of involvement a year, if they are asked about; else empty."""
    put_in: float
    """Present value of the money moved, added hours and transition, on average, currency."""
    involvement_cost: float
    """Present value of what instruments and added hours cost more than today, the same."""
    returned: FloatArray
    """Return on Involvement, if that is asked for; else empty."""


@dataclass
class World:
    """Draws of the assumptions, and carrying on in them."""

    scenario: Scenario
    question: Question
    draws: int
    seed: int
    ranges: Mapping[str, Range]
    threads: int | None = None
    tick: Tick = nothing
    method: str = "rk4"
    """Of :func:`simulator.engine.run`. ``euler`` takes a third of the time: to look around by, not
    to tell or prove anything by."""
    runs: int = 0
    """How many plans have been run."""
    known: dict[Plan, Outcome] = field(init=False, default_factory=dict)
    """What plans came to, so that none is run twice. A world that differs from this one in its
    question's limits alone may share it."""
    organisation: Organisation = field(init=False)
    values: FloatArray = field(init=False)
    """The draws, shape ``(parameters, draws)``."""

    def __post_init__(self) -> None:
        ranges = tuple(sorted(self.ranges.items()))
        self.values = _drawn(self.draws, self.seed, ranges)
        self.organisation = self.scenario.organisation_quantities()
        asked = {limit.month for limit in self.question.limits if limit.subject == QUALITY}
        months = self.scenario.horizon_months
        self._work = _Work(
            self.organisation,
            months,
            (self.draws, self.seed, ranges),
            self.method,
            tuple(sorted({min(_YEAR, months), *asked})),
            any(limit.subject == HOURS for limit in self.question.limits),
            self.question.objective == "involvement",
            self.threads,
        )
        ((plain,),) = self._series([(baseline_plan(self.organisation),)])
        self._end, self._year = plain[_NET], plain[_NET_YEAR]

    def outcomes(self, plans: Sequence[Plan]) -> list[Outcome]:
        """What each plan comes to."""
        known = self.known
        missing = [plan for plan in dict.fromkeys(plans) if not self._answers(known.get(plan))]
        size = max(AT_A_TIME // self.draws, 1)
        groups = [tuple(missing[at : at + size]) for at in range(0, len(missing), size)]
        for some, series in zip(groups, self._series(groups), strict=True):
            for plan, rows in zip(some, series, strict=True):
                known[plan] = self._outcome(rows)
            self.runs += len(some)
        return [known[plan] for plan in plans]

    def _series(self, groups: Sequence[tuple[Plan, ...]]) -> Iterator[FloatArray]:
        """Of each group of plans what :meth:`_Work.__call__` gives, in all draws."""
        ends = range(0, self.draws, AT_A_TIME)
        pieces = [
            (some, first, min(first + AT_A_TIME, self.draws)) for some in groups for first in ends
        ]
        parts: list[FloatArray] = []
        for part in apart(self._work, pieces):
            parts.append(part)
            self.tick()
            if len(parts) == len(ends):
                yield np.concatenate(parts, axis=2)
                parts = []

    def _answers(self, outcome: Outcome | None) -> bool:
        """Whether an outcome has all that this question asks for."""
        return (
            outcome is not None
            and all(month in outcome.quality for month in self._work.quality_months)
            and (outcome.hours.size > 0 or not self._work.has_hours)
        )

    def _outcome(self, rows: FloatArray) -> Outcome:
        months = self._work.quality_months
        end, year, hours, instruments, moved, transition = rows[:_QUALITY]
        quality, (most_hours, alone) = rows[_QUALITY:-2], rows[-2:]
        hours = np.maximum(hours, 0.0)
        nothing_yet = np.empty(0)
        return Outcome(
            value=finite(end - self._end),
            first_year=year - self._year,
            quality={month: own.copy() for month, own in zip(months, quality, strict=True)},
            hours=most_hours.copy() if self._work.has_hours else nothing_yet,
            put_in=float((moved + hours + transition).mean()),
            involvement_cost=float((instruments + hours).mean()),
            returned=ratio(end - alone, instruments + hours)
            if self._work.has_return
            else nothing_yet,
        )


_NET, _NET_YEAR, _QUALITY = 0, 1, 6
"""Places in what :class:`_Work` gives."""


@dataclass(frozen=True, slots=True)
class _Work:
    """Runs of plans in some of the draws. Small, so that it can be done elsewhere: draws are made
    where they are needed."""

    organisation: Organisation
    months: int
    drawn: tuple[int, int, tuple[tuple[str, Range], ...]]
    """Draws, seed, ranges."""
    method: str
    quality_months: tuple[int, ...]
    has_hours: bool
    has_return: bool
    threads: int | None

    def __call__(self, piece: tuple[Sequence[Plan], int, int]) -> FloatArray:
        """Of so many plans, in the draws from the first to before the last: present values in the
        end, that of the first year, quality by month, the most hours of a year and the end without
        any connecting (zeros where these are not asked for); shape ``(plans, series, draws)``."""
        plans, first, last = piece
        values = _drawn(*self.drawn)[:, first:last]
        jobs = [self._job(plan, values, 1.0, self.has_hours) for plan in plans]
        if self.has_return:
            jobs += [self._job(plan, values, 0.0, False) for plan in plans]
        runs = engine.run_all(jobs, method=self.method, threads=self.threads)
        table = np.zeros((len(plans), _QUALITY + len(self.quality_months) + 2, last - first))
        for at, (run, rows) in enumerate(zip(runs[: len(plans)], table, strict=True)):
            rows[_NET], rows[_NET_YEAR] = run.final(NET), run.at(_YEAR, NET)
            for row, name in enumerate(_AT_THE_END, _NET_YEAR + 1):
                rows[row] = run.final(name)
            for row, month in enumerate(self.quality_months, _QUALITY):
                rows[row] = run.at(month, "service_quality")
            if self.has_hours:
                rows[-2] = run["involvement_hours"].max(axis=1)
            if self.has_return:
                rows[-1] = runs[len(plans) + at].final(NET)
        return table

    def _job(self, plan: Plan, values: FloatArray, connecting: float, record: bool) -> engine.Job:
        switches = Switches(drift=1.0, connecting=connecting)
        return engine.Job(self.organisation, plan, switches, values, self.months, record)


_AT_THE_END = (
    "present_value_hours",
    "present_value_instruments",
    "present_value_moved",
    "present_value_transition",
)


@lru_cache(maxsize=8)
def _drawn(draws: int, seed: int, ranges: tuple[tuple[str, Range], ...]) -> FloatArray:
    """The draws, shape ``(parameters, draws)``; not to be written to."""
    values = engine.draw(draws, seed, dict(ranges))
    values.setflags(write=False)
    return values


def line(organisation: Organisation, plan: Plan, subject: str) -> float:
    """What a line gets in the end, currency per year."""
    if subject == "savings":
        return savings_at(_END, organisation.budgets, plan)
    return float(getattr(budgets_at(_END, organisation.budgets, plan), subject))


def reached(limit: Limit, organisation: Organisation, plan: Plan, outcome: Outcome) -> float:
    """What of a plan is bounded by a limit, in its unit: in as many of the draws as it says no
    worse than this."""
    if limit.is_line:
        return line(organisation, plan, limit.subject)
    if limit.subject == QUALITY:
        return float(np.quantile(outcome.quality[limit.month], 1.0 - limit.chance))
    if limit.subject == HOURS:
        return float(np.quantile(outcome.hours, limit.chance))
    if limit.subject == WORST:
        return mean_of_worst(outcome.value)
    if limit.subject == LOSS:
        return float(np.quantile(-outcome.first_year, limit.chance))
    raise ValueError(f"limit: found {limit.subject}, allowed one that a plan's runs are bounded by")


def unit(limit: Limit, scenario: Scenario) -> float:
    """What a limit is measured in, so that no unit counts."""
    if limit.subject == QUALITY:
        return 1.0
    if limit.subject == HOURS:
        today = scenario.organisation
        return float(today.employees * today.working_hours_per_year) or 1.0
    return money_unit(scenario)


def money_unit(scenario: Scenario) -> float:
    """All of a year's budgets, currency."""
    return sum(scenario.organisation_quantities().budgets) or 1.0


@dataclass
class Judge:
    """What is asked for of a plan, and what each limit leaves."""

    worlds: Sequence[World]
    """The scenario's own; of regret all others behind it."""
    question: Question
    best: Sequence[float] = ()
    """Of regret: the best mean value in each world, currency."""
    least_put_in: float = 0.0
    """Of Return on Involvement: what has to be put in on average, currency. A ratio is highest for
    next to nothing."""
    least_value: float = 0.0
    """Of that, too: what has to be gained on average, currency."""

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Those that are margins: all but how many levers move."""
        return tuple(
            limit for limit in self.question.limits if limit.is_line or limit.subject in _RUN
        )

    def __call__(self, plans: Sequence[Plan]) -> Values:
        """What comes of plans; of what less is better, the more the better, too."""
        return self.of_outcomes(plans, self.worlds[0].outcomes(plans))

    def of_outcomes(self, plans: Sequence[Plan], outcomes: Sequence[Outcome]) -> Values:
        """The same of plans that have been run in the first world."""
        means = [[outcome.value.mean() for outcome in outcomes]]
        if self.question.objective == "regret":
            for world in self.worlds[1:]:
                means.append([outcome.value.mean() for outcome in world.outcomes(plans)])
        smooth, exact, margins = [], [], []
        for at, (plan, outcome) in enumerate(zip(plans, outcomes, strict=True)):
            soft, hard = self._worth(outcome, [world[at] for world in means])
            smooth.append(soft)
            exact.append(hard)
            margins.append(self._margins(plan, outcome))
        return Values(np.array(smooth), np.array(exact), np.array(margins).reshape(len(plans), -1))

    def worth(self, plan: Plan) -> float:
        """What is asked for, as it is shown."""
        sign = -1.0 if OBJECTIVES[self.question.objective].least_is_best else 1.0
        return sign * float(self([plan]).exact[0])

    def _worth(self, outcome: Outcome, means: Sequence[float]) -> tuple[float, float]:
        """What is climbed, and what is asked for."""
        value = outcome.value
        match self.question.objective:
            case "p10":
                ordered = np.sort(value)
                exact = float(np.quantile(ordered, 0.1, method="inverted_cdf"))
                low, high = int(0.06 * len(ordered)), max(int(0.14 * len(ordered)), 1)
                return float(ordered[low : max(high, low + 1)].mean()), exact
            case "cvar":
                worst = mean_of_worst(value)
                return worst, worst
            case "better":
                return _above(value, 0.0), float((value > 0.0).mean())
            case "target":
                wanted = self.question.target or 0.0
                return _above(value, wanted), float((value >= wanted).mean())
            case "involvement":
                defined = outcome.returned[np.isfinite(outcome.returned)]
                middle = float(np.median(defined)) if defined.size else 0.0
                return middle, middle
            case "regret":
                lost = np.asarray(self.best) - np.asarray(means)
                width = 0.02 * money_unit(self.worlds[0].scenario)
                worst = float(lost.max())
                soft = worst + width * float(np.log(np.exp((lost - worst) / width).sum()))
                return -soft, -worst
            case "cheapest":
                return -outcome.put_in, -outcome.put_in
        mean = float(value.mean())
        return mean, mean

    def _margins(self, plan: Plan, outcome: Outcome) -> list[float]:
        scenario, organisation = self.worlds[0].scenario, self.worlds[0].organisation
        margins = []
        for limit in self.limits:
            there = reached(limit, organisation, plan, outcome)
            room = limit.amount - there if limit.at_most else there - limit.amount
            margins.append(room / unit(limit, scenario))
        if self.question.objective == "cheapest":
            missing = float(outcome.value.mean()) - (self.question.target or 0.0)
            margins.append(missing / money_unit(scenario))
        if self.question.objective == "involvement":
            more = outcome.involvement_cost - self.least_put_in
            margins.append(more / money_unit(scenario))
            missing = float(outcome.value.mean()) - self.least_value
            margins.append(missing / money_unit(scenario))
        return margins


_RUN = {QUALITY, HOURS, LOSS, WORST}


def _above(value: FloatArray, wanted: float) -> float:
    """Nearly the share of the draws above a value, without its steps."""
    width = _SOFT * float(value.std()) or 1.0
    above: FloatArray = 1.0 / (1.0 + np.exp(np.clip((wanted - value) / width, -500.0, 500.0)))
    return float(above.mean())
