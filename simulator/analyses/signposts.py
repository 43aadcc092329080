"""Signposts: by which figure one can see in time that a plan goes wrong, and what that is worth.

In the month of the review the choice is between going on and going back. What was spent until then
is spent either way, so a failure is a draw in which going back brings more than going on, whatever
either brings. Both are run in the same draws (:mod:`simulator.analyses.staged`); figures are read
with the error with which they can be measured (:mod:`simulator.model.signals`), and thresholds
are sought in :mod:`simulator.analyses.thresholds`. What a figure is worth is what deciding by it
brings more than the better of going on and going back without it: the value of sample information.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator import engine
from simulator.analyses import staged, thresholds
from simulator.analyses.average import Average
from simulator.analyses.base import (
    Analysis,
    Branch,
    Branches,
    Cell,
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
from simulator.analyses.conditional_mean import Worth
from simulator.analyses.thresholds import Search
from simulator.i18n.language import N_, rounded
from simulator.model.signals import SIGNALS, Source
from simulator.results import DEFAULT_DRAWS, precision
from simulator.results.stages import in_stages
from simulator.scenario import Scenario, StagesInput

LOWER, HIGHER, NEITHER = N_("below"), N_("above"), N_("no use")
GOING_ON, GOING_BACK = N_("Go on with the plan"), N_("Go back")

_SEEN = 0.0005
"""Less is nothing in a tenth of 100th."""
_RARE = 0.01
"""What happens in fewer draws needs no looking out for."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What a plan that goes back comes to; means over the draws."""

    value: Measured
    """Against carrying on, currency."""
    rebuilding: Measured
    """What it takes to build up service again, currency; it is off the value, beside which it is
    read."""
    trust: float
    """How much lower trust is at the end than if the plan had never begun, 0-1."""


def stop_of(ends: staged.Ends, plan: int) -> Stop:
    """That of the plan at this place among those that were run."""
    value, rebuilding = Measured.mean(ends.values[plan]), Measured.mean(ends.rebuilding[plan])
    step = max(precision.unit(value, value.error), precision.unit(rebuilding)) or 1.0
    return Stop(
        Measured(value, value.error, rounded(value, step)),
        Measured(rebuilding, rebuilding.error, rounded(rebuilding, step)),
        -float(ends.trust[plan].mean()),
    )


@dataclass(frozen=True, slots=True)
class Signpost:
    """A figure, its threshold, and how far it can be off."""

    search: Search
    error: float
    """Nine times in ten it is measured to within so much, 0-1; median over the draws."""


@dataclass(frozen=True, slots=True)
class Signposts(Result):
    """Figures by which to see that a plan goes wrong, from the one that is worth most."""

    columns = (
        Column("figure", "Figure", "text", "Figure, {currency}"),
        Column("side", "Stop if it is", "text", "Stop if"),
        Column("threshold", "Limit", "share", "Limit"),
        Column("error", "Measured to within", "share", "Give or\ntake"),
        Column("hits", "Failures that it stops", "percent", "Stops\nfailures"),
        Column("false_alarms", "Successes that it stops", "percent", "Stops\nothers"),
        Column("right", "Failure has the worse reading", "percent", "Reads\nworse"),
        Column("worth", "Is worth about", "money", "Worth"),
    )

    labels = (
        LOWER,
        HIGHER,
        NEITHER,
        GOING_ON,
        GOING_BACK,
        *(signal.label for signal in SIGNALS.values()),
    )

    month: int
    """Of the review."""
    average: Average
    """Of the value against carrying on, of going on whatever happens, currency."""
    stop: Stop
    """What going back in that month comes to, whatever happens."""
    fails: float
    """Share of the draws in which going back brings more, 0-1."""
    branches: Branches
    """Going on, and going back."""
    signposts: Mapping[str, Signpost]
    """By id of :data:`SIGNALS`; none where one choice is right in all draws."""
    ruled: Measured
    """What the plan comes to where it stops by the best figure, by a threshold that was learnt in
    other draws, currency; as without it where no figure tells anything."""
    is_untold: bool
    """Whether a gain of stopping cannot be told (:func:`staged.rests_on_forgetting`)."""
    stages: StagesInput | None
    """All of the plan until the review, and the rule of the best figure; none where no figure tells
    anything."""
    in_stages: bool
    """Whether the plan has stages of its own."""

    @property
    def best(self) -> Signpost | None:
        """The one to look at; none if no figure tells anything."""
        return next(
            (signpost for signpost in self.signposts.values() if signpost.search.tells), None
        )

    def chart(self) -> Branches | None:
        """Both ways from the review on."""
        return self.branches if self.signposts else None

    def rows(self) -> tuple[Row, ...]:
        """A figure a row; without a threshold where it does not tell failure from success."""
        rows = []
        for name, signpost in self.signposts.items():
            search = signpost.search
            side = LOWER if search.stops_below else HIGHER
            cells: dict[str, Cell] = {
                "figure": SIGNALS[name].label,
                "side": side if search.tells else NEITHER,
                "threshold": search.threshold if search.tells else math.nan,
                "error": signpost.error,
                "hits": search.hits if search.tells else math.nan,
                "false_alarms": search.false_alarms if search.tells else math.nan,
                "right": search.right,
                "worth": math.nan if self.is_untold else self._worth_of(signpost),
            }
            rows.append(Row(name, cells))
        return tuple(rows)

    def adopted(self) -> StagesInput | None:
        """All of the plan until the review, and then on or back by the best figure; none where that
        is no gain that can be told."""
        return self.stages if self._is_worth_it and not self.is_untold else None

    def before_adopting(self) -> Statement | None:
        """That going back is flattered, at the offer itself, or that it is why there is none."""
        if self.stages is None:
            return None
        if self.is_untold:
            return NOT_OFFERED
        return FLATTERED if self._is_worth_it else None

    @property
    def _is_worth_it(self) -> bool:
        """Whether the best figure is worth money that can be told from chance."""
        return self.best is not None and Measured(*self.best.search.worth).is_told

    def _worth_of(self, signpost: Signpost) -> Measured:
        """What deciding by a figure is worth; of the best as it is read beside what it comes to."""
        worth = Measured(*signpost.search.worth)
        if signpost is not self.best or not self._is_worth_it:
            return worth
        return self.ruled.above(max(self._going_on, self.stop.value), worth.error)

    def as_dict(self) -> dict[str, Any]:
        """The ``month``, what ``go_on`` and ``go_back`` come to (means, currency), how often the
        plan ``fails``, whether a gain of stopping ``rests_on_forgetting``, and the ``figures``:
        each with the ``side`` of its threshold on which to stop and whether it ``tells`` failure
        from success."""
        figures = super(Signposts, self).as_dict()
        for name, signpost in self.signposts.items():
            figures[name]["side"] = "below" if signpost.search.stops_below else "above"
            figures[name]["tells"] = signpost.search.tells
            figures[name]["worth"] = _interval(signpost.search.worth)
        return {
            "month": self.month,
            "go_on": self.average.mean,
            "go_back": self.stop.value,
            "fails": self.fails,
            "rests_on_forgetting": self.is_untold,
            "figures": figures,
        }

    def averaged(self) -> Average | None:
        """What going on comes to; a plan with stages of its own has another headline."""
        return None if self.in_stages else self.average

    def untold(self) -> Statement | None:
        """That no gain of stopping can be told, where that is so."""
        return UNTOLD if self.signposts and self.is_untold else None

    def statements(self) -> tuple[Statement, ...]:
        """The rule, how often it is right, what it is worth, and what a stop costs; no rule where
        no gain of it can be told."""
        if not self.signposts:
            return ()
        rule = self._rule() if self.best is None or not self.is_untold else ()
        return (*own_stages(self.in_stages), *rule, *self._stop(), _READS_WORSE)

    def _rule(self) -> tuple[Statement, ...]:
        best = self.best
        if best is None:
            right = max(signpost.search.right for signpost in self.signposts.values())
            return (
                Statement(
                    "No figure that you can measure in month {month} tells success from failure: "
                    "at best, in {right} of 100 pairs of both the failure has the worse reading, "
                    "where tossing a coin has 50.",
                    {"month": ("count", self.month), "right": ("count", 100.0 * right)},
                ),
            )
        name = next(name for name, signpost in self.signposts.items() if signpost is best)
        search = best.search
        rule = Statement(
            "Stop if in month {month} {reading}.",
            {
                "month": ("count", self.month),
                "reading": ("text", (reading(name, search.threshold, search.stops_below),)),
            },
        )
        rates = Statement(
            "Of 100 cases in which going back is right it stops {hits}; of 100 in which going on "
            "with the plan is right it stops {false_alarms} too.",
            {
                "hits": ("count", 100.0 * search.hits),
                "false_alarms": ("count", 100.0 * search.false_alarms),
            },
        )
        return (rule, rates, *self._worth(best))

    def _worth(self, best: Signpost) -> tuple[Statement, ...]:
        month: tuple[Kind, StatedValue] = ("count", self.month)
        if self._is_worth_it:
            more = self._worth_of(best)
            brings = Statement(
                "Deciding by it in month {month} comes to {ruled} on average, {worth} more than "
                "going on with the plan, or going back, without looking.",
                {"month": month, "ruled": ("money", self.ruled), "worth": ("money", more)},
            )
            if self.ruled >= 0.0:
                return (brings,)
            return brings, Statement("Even so, carrying on as today is better on average.", {})
        if self.average.mean >= self.stop.value:
            return (
                Statement(
                    "But it is worth no money that can be told from chance: with it or without, "
                    "going on with the plan in month {month} is the better choice on average.",
                    {"month": month},
                ),
            )
        return (
            Statement(
                "But it is worth no money that can be told from chance: with it or without, going "
                "back in month {month} is the better choice on average.",
                {"month": month},
            ),
        )

    @property
    def _going_on(self) -> Measured:
        return Measured(self.average.mean, self.average.error)

    def _stop(self) -> tuple[Statement, ...]:
        return (
            Statement(
                "On average, against carrying on as today, going on with the plan whatever happens "
                "comes to {go_on}, and going back in month {month} to {go_back}. Going back "
                "is the better choice in {fails} of 100 cases.",
                {
                    "month": ("count", self.month),
                    "go_on": ("money", self._going_on),
                    "go_back": ("money", self.stop.value),
                    "fails": ("count", 100.0 * self.fails),
                },
            ),
            *what_a_stop_leaves(self.stop),
        )


_HINT = Statement(
    "Take it as a hint: the model forgets slowly what was built, which flatters going back; real "
    "figures also change with the season and with others; and the figure is the best of several "
    "in the same cases.",
    {},
)
"""What whoever decides by it has to know."""

_READS_WORSE = Statement(
    "“Failure has the worse reading”: of one failure and one success, picked at random, how often "
    "that is so; tossing a coin has 50%.",
    {},
)
"""What the share of pairs in order means."""

NEVER_BEGIN = Statement("Best on average is never to begin.", {})

UNTOLD = Statement(
    "Whether it pays to begin and to go back by what is measured cannot be told from this model: "
    "it forgets slowly what was built, which makes going back look better than it would be.",
    {},
)
"""In place of a gain that rests on that (:func:`staged.rests_on_forgetting`)."""

NOT_OFFERED = Statement(
    "This is not offered as a plan: to begin in order to go back looks better than it would be, "
    "since the model forgets slowly what was built.",
    {},
)

FLATTERED = Statement(
    "Where this plan goes back it looks better than it would be: the model forgets slowly what was "
    "built.",
    {},
)
"""The same in short, at the offer of a plan that may go back."""


def own_stages(in_stages: bool) -> tuple[Statement, ...]:
    """What is said where the plan has stages of its own."""
    said = Statement(
        "This starts from the plan's own stages, unless you say otherwise; their rule is left "
        "aside: what is studied is the whole plan.",
        {},
    )
    return (said,) if in_stages else ()


def what_a_stop_leaves(left: Stop) -> tuple[Statement, ...]:
    """What somebody has who stops, in words."""
    statements = [_cost(left)]
    if left.trust >= _SEEN:
        statements.append(
            Statement(
                "Trust does not come back at once: at the end, after a stop, {trust} of 100 "
                "customers fewer trust the organisation than without the plan.",
                {"trust": ("per_hundred", left.trust)},
            )
        )
    statements.append(_HINT)
    return tuple(statements)


def _cost(left: Stop) -> Statement:
    """What a stop costs, and what of that is for building up service again: amounts that are right
    beside one another as they are read."""
    value, rebuilding = left.value.shown, left.rebuilding.shown
    values: dict[str, tuple[Kind, StatedValue]] = {
        "value": ("money", abs(value)),
        "rebuilding": ("money", rebuilding),
        "rest": ("money", abs(value + rebuilding)),
    }
    if left.value >= 0.0:
        if rebuilding <= 0.0:
            return Statement(
                "After a stop {value} more is left than without the plan, on average. That is what "
                "the model forgets too slowly, and no reason to begin.",
                values,
            )
        return Statement(
            "After a stop {value} more is left than without the plan, on average, though building "
            "up service again takes {rebuilding}. That is what the model forgets too slowly, and "
            "no reason to begin.",
            values,
        )
    if rebuilding <= 0.0:
        return Statement(
            "A stop costs {value} on average: what was spent and lost by then and does not come "
            "back.",
            values,
        )
    if value + rebuilding < 0.0:
        return Statement(
            "A stop costs {value} on average: {rebuilding} for building up service again, and "
            "{rest} that was spent and lost by then and does not come back.",
            values,
        )
    if value + rebuilding == 0.0:
        return Statement(
            "A stop costs {value} on average: as much as building up service again.", values
        )
    return Statement(
        "A stop costs {value} on average: building up service again costs {rebuilding}, and "
        "without that a stop would bring {rest}.",
        values,
    )


def reading(name: str, threshold: float, is_below: bool) -> Statement:
    """The clause that says that a figure of :data:`SIGNALS` is below a threshold, or above it."""
    signal = SIGNALS[name]
    template = signal.fewer if is_below else signal.more
    return Statement(template, {"threshold": ("per_hundred", threshold)})


def _interval(worth: Worth) -> dict[str, float]:
    """What a figure is worth, and where that lies nine times in ten."""
    wide = precision.NINE_OF_TEN * worth.error
    low, high = max(worth.mean - wide, 0.0), worth.mean + wide
    return {"p5": low, "estimate": worth.mean, "p95": high}


def signposts(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    month: int = 9,
    step_months: int = 6,
    people: int = 400,
    records: float = 0.05,
    rebuilding: float = 1.0,
) -> Signposts:
    """By which figures to see in ``month`` whether to go on with the plan of ``scenario``.

    Args:
        scenario: whose plan.
        draws: the same as everywhere, so that the plan's mean is the same.
        progress: hears of each figure.
        month: of the review; within the horizon at the latest.
        step_months: how long going back takes.
        people: how many are asked in a survey.
        records: by what share of the figure records are wrong.
        rebuilding: what it costs to build up service again, times what cutting it cost.
    """
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    month, plan = staged.reviewed(scenario, month), scenario.plan_quantities()
    back = in_stages(plan, 1.0, 0.0, month, step_months)
    total = 1 + len(SIGNALS)
    ends = staged.ends(scenario, (plan, back), values, rebuilding)
    go_on, go_back = ends.values
    progress(1, total)
    fails = go_back > go_on
    figures: dict[str, Signpost] = {}
    series = staged.run_until(scenario, plan, values, month)
    source = Source(scenario.organisation_quantities(), people, records)
    for done, (name, signal) in enumerate(SIGNALS.items(), 2):
        if _RARE < float(fails.mean()) < 1.0 - _RARE:
            measured = signal.read(series, source)
            wide = precision.NINE_OF_TEN * float(np.median(measured.error))
            figures[name] = Signpost(thresholds.search(measured, go_on, go_back), wide)
        progress(done, total)
    figures = dict(sorted(figures.items(), key=lambda item: _order(item[1].search), reverse=True))
    best = next(iter(figures), None)
    stops = figures[best].search.stops if best else np.zeros(draws)
    weights, ways = np.stack((stops, 1.0 - stops)), np.stack((go_back, go_on))
    stop = stop_of(ends, 1)
    return Signposts(
        month,
        Average.of(go_on),
        stop,
        float(fails.mean()),
        Branches(
            month,
            (
                Branch(GOING_ON, ends.paths[0].tolist(), Measured.mean(go_on)),
                Branch(GOING_BACK, ends.paths[1].tolist(), stop.value),
            ),
        ),
        figures,
        Measured.mean((weights * ways).sum(axis=0)),
        staged.rests_on_forgetting(weights, ways, go_on),
        None
        if best is None or not figures[best].search.tells
        else StagesInput(
            first_depth=1.0,
            review_month=month,
            step_months=step_months,
            people=people,
            records=records,
            rebuilding=rebuilding,
            **_rule(best, figures[best].search),
        ),
        scenario.plan.stages is not None,
    )


def _rule(figure: str, search: Search) -> dict[str, Any]:
    """To stop where it says, as the stages of a plan have it."""
    return staged.rule_by(figure, search.stops_below, search.threshold, search.threshold)


def _order(search: Search) -> tuple[bool, float, float]:
    return (search.tells, search.worth.mean, search.right)


ANALYSIS = Analysis(
    "signposts",
    signposts,
    Signposts,
    (
        staged.review_month("month", "Month of the review", 9),
        staged.STEP,
        staged.PEOPLE,
        staged.RECORDS,
        staged.REBUILDING,
    ),
    command=Command(
        flag="signposts",
        help="also tell by which figure to see in time that the plan fails (text and json)",
        lead="Figures to decide by in the month of the review, whether to go on or to go back.",
        nothing="One choice is right in (nearly) all cases: there is nothing to look out for.",
    ),
    page=Page(
        place=51,
        label="When to stop",
        lead="In the month of the review you can go on with the plan or go back to today's "
        "budgets and ways. Which figure that you can really measure tells you which is right? A "
        "failure is a case in which going back brings more than going on with the plan. Each "
        "figure is as uncertain as it is to measure: a survey asks some people only, and records "
        "are wrong here and there.",
        nothing="In the month of the review one choice is right in (nearly) all cases: there is "
        "nothing to look out for.",
    ),
)
