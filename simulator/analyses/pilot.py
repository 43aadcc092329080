"""Start small, then decide: what a first stage is worth, before one goes on, stays or goes back.

Until the review a share of each of the plan's changes is made. Then a figure is measured, as in
:mod:`simulator.analyses.signposts`, and a rule with one or two thresholds says what to do. All that
can follow is run in the same draws (:mod:`simulator.analyses.staged`), so that the plan in stages,
all of it at once, and never, differ by nothing else. What the rule brings is what it brings in
draws in which it was not sought.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator import engine
from simulator.analyses import staged, thresholds
from simulator.analyses.base import (
    VALUE,
    Analysis,
    Branch,
    Branches,
    Column,
    Command,
    Kind,
    Measured,
    Page,
    Progress,
    Result,
    Row,
    StatedValue,
    Statement,
    unheard,
)
from simulator.analyses.option import Option
from simulator.analyses.signposts import (
    FLATTERED,
    NEVER_BEGIN,
    NOT_OFFERED,
    UNTOLD,
    Stop,
    own_stages,
    reading,
    stop_of,
    what_a_stop_leaves,
)
from simulator.analyses.thresholds import Decided, Rule
from simulator.i18n.language import N_
from simulator.model.register import FloatArray
from simulator.model.signals import SIGNALS, Reading, Source
from simulator.results import DEFAULT_DRAWS, Estimate, precision
from simulator.results.stages import decided as measured_ways
from simulator.results.stages import shares_of, ways_after
from simulator.scenario import Scenario, StagesInput
from simulator.scenario.stages import BACK, CHOICES, ON, STAY

BEST = "best"

NEVER, AT_ONCE, DECIDED = "never", "at_once", "decided"

LABELS: Mapping[str, str] = {
    DECIDED: N_("Start small, then decide by the figure"),
    AT_ONCE: N_("All at once"),
    ON: N_("Start small, then go on whatever happens"),
    STAY: N_("Start small and stay so"),
    NEVER: N_("Never: carry on as today"),
    BACK: N_("Start small, then go back whatever happens"),
}
"""What can be done, by id, as the table has it; going back, which is flattered, comes last."""
_NO_GAIN = "Start small, then go back whatever happens: looks better than it would be"
"""What that is called where it comes out above never beginning."""
_UNTOLD = "Start small, then decide by the figure: looks better than it would be"
"""What that is called where its gain cannot be told."""
_COMPARED = {"staged": DECIDED, "at_once": AT_ONCE}
_TAKEN: Mapping[str, Statement] = {
    ON: Statement("goes on in {cases}", {}),
    STAY: Statement("stays as it is in {cases}", {}),
    BACK: Statement("goes back in {cases}", {}),
}
"""What becomes of a plan after its review."""


@dataclass(frozen=True, slots=True)
class Way:
    """What one way of going about it comes to, against carrying on."""

    mean: Measured
    """Currency."""
    value: Estimate
    better: float
    """Share of the cases in which it brings more than carrying on, 0-1."""


@dataclass(frozen=True, slots=True)
class Pilot(Result):
    """The plan in stages beside the plan at once, and beside none."""

    columns = (
        Column("way", "What is done", "text", "What is done, {currency}"),
        Column("mean", "Brings, on average", "money", "Mean", is_bar=True),
        VALUE,
        Column("probability_better", "Better than carrying on in", "chance", "Better\nin"),
    )

    labels = (*LABELS.values(), _NO_GAIN, _UNTOLD, *(signal.label for signal in SIGNALS.values()))

    month: int
    """Of the review."""
    depth: float
    """Share of the plan's changes that its first stage makes, 0-1."""
    ways: Mapping[str, Way]
    """By id of :data:`LABELS`; none if the plan changes nothing."""
    figure: str
    """By which it is decided; id of :data:`SIGNALS`."""
    decided: Decided
    ahead: Measured
    """What deciding by it brings more than all at once, on average, currency."""
    shares: Mapping[str, float]
    """How often the plan in these stages then goes back, stays and goes on, 0-1."""
    gain: Estimate
    """What the right to decide brings beyond the best choice without looking, over the cases,
    currency."""
    stop: Stop
    """What going back after the first stage comes to, whatever happens."""
    branches: Branches
    """All three that can follow, and all at once."""
    is_untold: bool
    """Whether a gain of starting small cannot be told (:func:`staged.rests_on_forgetting`)."""
    stages: StagesInput
    """The stages and the rule that was found, as a scenario may have them."""
    in_stages: bool
    """Whether the plan has stages of its own."""

    def chart(self) -> Branches | None:
        """The stages and what can follow."""
        return self.branches if self.ways else None

    def rows(self) -> tuple[Row, ...]:
        """What can be done, a row each."""
        return tuple(
            Row(
                name,
                {
                    "way": self._called(name),
                    "mean": self.ways[name].mean,
                    "net_present_value": self.ways[name].value,
                    "probability_better": self.ways[name].better,
                },
            )
            for name in LABELS
            if name in self.ways
        )

    def _called(self, way: str) -> str:
        if way == BACK and self._is_flattered:
            return _NO_GAIN
        return _UNTOLD if way == DECIDED and self.is_untold else LABELS[way]

    @property
    def _is_flattered(self) -> bool:
        """Whether to begin and go back whatever happens comes out above never beginning: by what
        the model forgets too slowly, since nothing is left of the plan."""
        return bool(self.ways) and self.ways[BACK].mean > 0.0

    def adopted(self) -> StagesInput | None:
        """The first stage, and the rule that was found; none of a plan that changes nothing, nor
        where it is to go back whatever happens, or gains by that alone: nobody begins in order to
        stop."""
        if not self.ways or self.is_untold or self.stages.always == BACK:
            return None
        return self.stages

    def before_adopting(self) -> Statement | None:
        """That going back is flattered, at the offer itself; why it is none where the plan would go
        back whatever happens."""
        if not self.ways or not (self.is_untold or BACK in self.stages.ways):
            return None
        return FLATTERED if self.adopted() else NOT_OFFERED

    def as_dict(self) -> dict[str, Any]:
        """The ``month``, the ``depth``, the ``ways``, the ``rule`` (``figure``; ``side`` on which
        its readings are worse; thresholds ``back`` and ``on``, ``None`` for never; ``always`` what
        is done whatever it reads), what the ``option`` to decide brings on average, currency,
        whether its gain ``rests_on_forgetting``, and all of it as the ``stages`` of a plan in a
        scenario file."""
        rule = self.decided.rule
        back, on = (mark if math.isfinite(mark) else None for mark in (rule.back, rule.on))
        settled = None if rule.always is None else CHOICES[rule.always]
        return {
            "month": self.month,
            "depth": self.depth,
            "ways": super(Pilot, self).as_dict(),
            "rule": {
                "figure": self.figure,
                "side": "below" if rule.stops_below else "above",
                "back": None if settled else back,
                "on": None if settled else on,
                "always": settled,
            },
            "option": self.decided.option.mean,
            "rests_on_forgetting": self.is_untold,
            "stages": self.stages.model_dump(),
        }

    def untold(self) -> Statement | None:
        """That no gain of starting small can be told, where that is so."""
        return UNTOLD if self.ways and self.is_untold else None

    def statements(self) -> tuple[Statement, ...]:
        """The rule, what each way brings, what being free to stop is worth, and what it costs."""
        if not self.ways:
            return ()
        if self.is_untold:
            return (
                *own_stages(self.in_stages),
                *self._flattered(),
                *what_a_stop_leaves(self.stop),
            )
        return (
            *own_stages(self.in_stages),
            *self._rule(),
            *self._taken(),
            *self._ways(),
            *self._flattered(),
            *self._option(),
            *what_a_stop_leaves(self.stop),
        )

    def _rule(self) -> tuple[Statement, ...]:
        rule = self.decided.rule
        values: dict[str, tuple[Kind, StatedValue]] = {
            "depth": ("percent", self.depth),
            "month": ("count", self.month),
        }
        if rule.always is not None:
            return _settled(CHOICES[rule.always], values)
        stages = self.stages
        return (
            Statement("Start with {depth} of the plan, and decide in month {month}.", values),
            rule_statement(self.figure, rule.stops_below, stages.back, stages.on),
        )

    def _taken(self) -> tuple[Statement, ...]:
        """How often each way is taken, of a rule that leaves a choice."""
        if self.decided.rule.always is not None:
            return ()
        clauses = tuple(
            Statement(_TAKEN[way].template, {"cases": ("chance", self.shares[way])})
            for way in self.stages.ways
        )
        return (Statement("In these stages the plan {ways}.", {"ways": ("text", clauses)}),)

    def _ways(self) -> tuple[Statement, ...]:
        staged_value, at_once = self.ways[DECIDED].mean, self.ways[AT_ONCE].mean
        values: dict[str, tuple[Kind, StatedValue]] = {
            "staged": ("money", staged_value),
            "at_once": ("money", at_once),
        }
        low, high = sorted((staged_value, at_once))
        values["more"] = ("money", high.above(low, self.ahead.error))
        compared = Statement(
            "On average, against carrying on as today, that comes to {staged}; all at once comes "
            "to {at_once}. So starting small costs {more}: what is begun later brings later.",
            values,
        )
        if not self.ahead.is_told:
            compared = Statement(
                "On average, against carrying on as today, that comes to {staged}; all at once "
                "comes to {at_once}: too close to tell which is better.",
                values,
            )
        elif staged_value > at_once:
            compared = Statement(
                "On average, against carrying on as today, that comes to {staged}; all at once "
                "comes to {at_once}. So starting small is {more} better.",
                values,
            )
        middle = Statement(
            "Those are averages. In the middle of all cases, which is what the headline tells, "
            "starting small comes to {staged} and all at once to {at_once}.",
            {name: ("money", self._middle(way)) for name, way in _COMPARED.items()},
        )
        if max(staged_value, at_once) >= 0.0:
            return compared, middle
        return compared, middle, NEVER_BEGIN

    def _flattered(self) -> tuple[Statement, ...]:
        """What of it is no gain to count on."""
        if not self._is_flattered:
            return ()
        back: dict[str, tuple[Kind, StatedValue]] = {"back": ("money", self.stop.value)}
        if self.is_untold:
            return (
                Statement(
                    "To begin and to go back whatever happens comes to {back} here, and nobody can "
                    "count on that.",
                    back,
                ),
            )
        return (
            Statement(
                "Even to begin and to go back whatever happens comes to {back} here. Nobody can "
                "count on that: the model forgets slowly what was built. So count what starting "
                "small brings beyond it.",
                back,
            ),
        )

    def _middle(self, way: str) -> Measured:
        value = self.ways[way].value
        return Measured(value.central, value.error)

    def _option(self) -> tuple[Statement, ...]:
        if self.decided.option.mean <= 0.0:
            return ()
        settled = max(self.ways[choice].mean for choice in CHOICES)
        more = self.ways[DECIDED].mean.above(settled, self.decided.option.error)
        gain = precision.shown(self.gain)
        return (
            Statement(
                "Being free to decide then brings {option} more on average than to settle it "
                "today; in eight of ten cases it makes a difference of {low} to {high}.",
                {
                    "option": ("money", more),
                    "low": ("money", gain.low),
                    "high": ("money", gain.high),
                },
            ),
        )


def _settled(choice: str, values: Mapping[str, tuple[Kind, StatedValue]]) -> tuple[Statement, ...]:
    """What is said where it is settled today what to do after the review: ``choice``, whatever a
    figure reads."""
    said = {
        BACK: Statement(
            "No figure that you can measure in month {month} changes what is best on average after "
            "a start with {depth} of the plan: to go back.",
            values,
        ),
        STAY: Statement(
            "No figure that you can measure in month {month} changes what is best on average after "
            "a start with {depth} of the plan: to stay with that.",
            values,
        ),
        ON: Statement(
            "No figure that you can measure in month {month} changes what is best on average after "
            "a start with {depth} of the plan: to go on with all of it.",
            values,
        ),
    }
    nothing = Statement(
        "So the review decides nothing, and stages bring nothing but their start.", {}
    )
    return said[choice], nothing


def rule_statement(
    figure: str, stops_below: bool, back: float | None, on: float | None
) -> Statement:
    """What is done by a figure: go back if its reading is worse than ``back``, go on unless it is
    worse than ``on`` (0-1), ``None`` for never; lower readings are the worse ones if
    ``stops_below``."""

    def reads(mark: float, *, worse: bool) -> tuple[Kind, StatedValue]:
        return "text", (reading(figure, mark, stops_below == worse),)

    if back is None:
        return Statement(
            "Go on with all of it if {on}; otherwise stay as you are.",
            {"on": reads(on or 0.0, worse=False)},
        )
    if on is None:
        return Statement(
            "Go back if {back}; otherwise stay as you are.", {"back": reads(back, worse=True)}
        )
    if on == back:
        return Statement(
            "Go back if {back}; otherwise go on with all of it.",
            {"back": reads(back, worse=True)},
        )
    return Statement(
        "Go back if {back}; go on with all of it if {on}; in between, stay as you are.",
        {"back": reads(back, worse=True), "on": reads(on, worse=False)},
    )


def pilot(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    depth: float = 0.25,
    month: int = 12,
    figure: str = BEST,
    step_months: int = 6,
    people: int = 400,
    records: float = 0.05,
    rebuilding: float = 1.0,
) -> Pilot:
    """The plan of ``scenario`` in stages, against all at once and against never.

    Args:
        scenario: whose plan.
        draws: the same as everywhere.
        progress: hears of each figure.
        depth: share of each of the plan's changes that is made at first, 0-1.
        month: of the review; within the horizon at the latest.
        figure: by which it is decided; the one that brings most if ``best``.
        step_months: how long it takes to go on or back.
        people: how many are asked in a survey.
        records: by what share of the figure records are wrong.
        rebuilding: what it costs to build up service again, times what cutting it cost.
    """
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    month, plan = staged.reviewed(scenario, month), scenario.plan_quantities()
    stages = ways_after(plan, depth, month, step_months)
    names = [*SIGNALS] if figure == BEST else [figure]
    ends = staged.ends(scenario, (*stages, plan), values, rebuilding)
    progress(1, 1 + len(names))
    after = ends.values[:3]
    series = staged.run_until(scenario, stages[1], values, month)
    source = Source(scenario.organisation_quantities(), people, records)
    readings = {name: SIGNALS[name].read(series, source) for name in names}
    by_figure = {}
    for done, name in enumerate(names, 2):
        by_figure[name] = thresholds.decide(readings[name], after)
        progress(done, 1 + len(names))
    chosen = max(by_figure, key=lambda name: by_figure[name].option.mean)
    decided = by_figure[chosen]
    fixed = after[int(np.argmax(after.mean(axis=1)))]
    ways = {
        DECIDED: _way(after, decided.weights),
        AT_ONCE: _way(ends.values[3:]),
        **{name: _way(after[place : place + 1]) for place, name in enumerate(CHOICES)},
        NEVER: _way(np.zeros((1, draws))),
    }
    stop = stop_of(ends, 0)
    ways[BACK] = replace(ways[BACK], mean=stop.value)
    pilot_stages = StagesInput(
        first_depth=depth,
        review_month=month,
        step_months=step_months,
        people=people,
        records=records,
        rebuilding=rebuilding,
        **_rule(chosen, decided.rule),
    )
    return Pilot(
        month,
        depth,
        ways if ends.values.any() else {},
        chosen,
        decided,
        Measured.mean((decided.weights * after).sum(axis=0) - ends.values[3]),
        _shares(pilot_stages, readings[chosen], engine.errors(0, draws, scenario.seed)),
        _estimate(after - fixed, decided.weights),
        stop,
        Branches(
            month,
            tuple(
                Branch(LABELS[name], ends.paths[place].tolist(), ways[name].mean)
                for name, place in ((ON, 2), (STAY, 1), (BACK, 0), (AT_ONCE, 3))
            ),
        ),
        staged.rests_on_forgetting(decided.weights, after, ends.values[3]),
        pilot_stages,
        scenario.plan.stages is not None,
    )


def _shares(stages: StagesInput, reading: Reading, errors: FloatArray) -> Mapping[str, float]:
    """How often a plan in ``stages`` takes each way, as it is simulated: 0-1, by
    :data:`~simulator.scenario.stages.CHOICES`."""
    if stages.always is not None:
        return {way: float(way == stages.always) for way in CHOICES}
    return shares_of(measured_ways(stages, reading, errors))


def _rule(figure: str, rule: Rule) -> dict[str, Any]:
    """A rule in the words of a scenario."""
    if rule.always is not None:
        return {"always": CHOICES[rule.always]}
    back, on = (mark if math.isfinite(mark) else None for mark in (rule.back, rule.on))
    return staged.rule_by(figure, rule.stops_below, back, on)


def _way(values: FloatArray, weights: FloatArray | None = None) -> Way:
    """``values`` and how likely each is, both of shape ``(choices, draws)``."""
    likely = np.ones_like(values) if weights is None else weights
    draws = values.shape[1]
    return Way(
        Measured.mean((likely * values).sum(axis=0)),
        _estimate(values, likely),
        float((likely * (values > 0.0)).sum()) / draws,
    )


def _estimate(values: FloatArray, weights: FloatArray) -> Estimate:
    """P10, P50 and P90 of ``values``, each as likely as ``weights`` say."""
    order = np.argsort(values, axis=None)
    reached = np.cumsum(weights.ravel()[order])
    places = np.searchsorted(reached, np.array((0.1, 0.5, 0.9)) * reached[-1] * (1.0 - 1e-12))
    low, central, high = values.ravel()[order][np.minimum(places, order.size - 1)].tolist()
    error = precision.of_quantiles(low, central, high, values.shape[1])
    return Estimate(low, central, high, error)


ANALYSIS = Analysis(
    "pilot",
    pilot,
    Pilot,
    (
        Option(
            "depth",
            "First stage, of the whole plan",
            "share of each change that the first stage makes",
            0.25,
            least=0.05,
            most=0.95,
            is_share=True,
            stages="first_depth",
        ),
        staged.review_month("month", "Month of the review", 12),
        Option(
            "figure",
            "Decide by",
            "by which figure it is decided",
            BEST,
            choices={
                BEST: N_("The figure that brings most"),
                **{name: signal.label for name, signal in SIGNALS.items()},
            },
            stages="figure",
        ),
        staged.STEP,
        staged.PEOPLE,
        staged.RECORDS,
        staged.REBUILDING,
    ),
    command=Command(
        flag="pilot",
        help="also tell what starting small and deciding later is worth (text and json)",
        lead="The plan in stages, against all at once and against never.",
        nothing="The plan changes nothing: there is nothing to start.",
    ),
    page=Page(
        place=50,
        label="Start small, then decide",
        lead="Make a part of the plan first. In the month of the review, measure one figure and "
        "decide by it: go on with all of it, stay as you are, or go back. What is that worth, "
        "beside doing all at once and beside never beginning?",
        nothing="The plan changes nothing: there is nothing to start.",
    ),
)
