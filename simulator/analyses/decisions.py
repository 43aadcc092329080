"""Which decision brought what: the value of a plan, shared out over what was decided.

Decisions are: to take money from a source, to put some of it into an instrument (else it is saved),
and to change a habit. What one brings depends on which others there are: money put into a community
is worth more where people have time for it. The Shapley value is its mean over all orders in which
the decisions could be taken one after the other (:mod:`simulator.analyses.shapley`), so the parts
add up to the whole. When all that begins is not a decision of its own here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulator import engine
from simulator.analyses import shapley
from simulator.analyses.average import Average
from simulator.analyses.base import (
    Analysis,
    Column,
    Command,
    Measured,
    Page,
    Progress,
    Result,
    Row,
    Statement,
    bound,
    unheard,
)
from simulator.analyses.leave_one_out import without
from simulator.i18n.language import N_, rounded
from simulator.model.figure_values import NET
from simulator.model.figures import FIGURES
from simulator.model.quantities import INSTRUMENTS, SOURCES, Organisation, Plan, Switches
from simulator.model.register import FloatArray
from simulator.results import DEFAULT_DRAWS, Estimate, baseline_plan, estimate, precision
from simulator.results.stages import run_all
from simulator.scenario import Scenario, levers

TOTAL = "total"

TAKEN: Mapping[str, str] = {
    "market_research": N_("Less market research"),
    "training": N_("Less training"),
    "customer_service": N_("Less customer service"),
}
PUT: Mapping[str, str] = {
    "listening": N_("Money for listening"),
    "community": N_("Money for the community"),
    "content": N_("Money for content"),
    "networking": N_("Money for networking"),
    "social_service": N_("Money for online service"),
}
CHANGED: Mapping[str, str] = {lever.id: lever.decision for lever in levers.INVOLVEMENT}
LABELS: Mapping[str, str] = {**TAKEN, **PUT, **CHANGED, TOTAL: FIGURES["net_present_value"].label}
"""All decisions that there can be, by the lever's field."""

_RUNS = 1 << 19
"""Draws, over all coalitions, that an exact answer may take: some 4 s of two processors."""
_BLOCK = 64
"""Draws that share an order, where orders are random."""
_ORDERS = 3
"""Random orders for each block of draws, besides their reverses."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a decision brings."""

    mean: float
    """Currency. The means of all decisions add up to that of the whole."""
    value: Estimate
    """Over the draws, currency."""
    better: float
    """Share of draws in which it brings more than nothing, 0-1."""
    error: float
    """Standard error of the mean that random orders leave; 0: exact."""


@dataclass(frozen=True, slots=True)
class Decisions(Result):
    """The value against carrying on, shared out over what was decided."""

    columns = (
        Column("decision", "Decision", "text", "Decision, {currency}"),
        Column("mean", "Brings, on average", "money", "Mean", is_bar=True),
        Column("value", "Middle", "money", "Brings", range_label="Eight of ten cases"),
        Column("probability_better", "More than nothing in", "chance", "Better\nin"),
    )

    labels = tuple(LABELS.values())

    shares: Mapping[str, Share]
    """By field of the lever, in the order of :data:`LABELS`; those of the plan alone."""
    total: Share
    average: Average | None = None
    """Of the value against carrying on, currency; none of a plan without decisions."""

    def averaged(self) -> Average | None:
        """What the averages of all add up to."""
        return None if self.average is None else replace(self.average, read=self._means()[TOTAL])

    def rows(self) -> tuple[Row, ...]:
        """A decision a row, and the whole."""
        if not self.shares:
            return ()
        means = self._means()
        return tuple(
            Row(
                name,
                {
                    "decision": LABELS[name],
                    "mean": means[name],
                    "value": share.value,
                    "probability_better": share.better,
                },
            )
            for name, share in {**self.shares, TOTAL: self.total}.items()
        )

    @property
    def _error(self) -> float:
        """Within which each average is right, give or take, currency; 0: exact."""
        return 2.0 * max((share.error for share in self.shares.values()), default=0.0)

    def _means(self) -> dict[str, Measured]:
        """The averages. They end with the digit that orders and draws support, and add up as they
        are read: those that rounding moved most take a step the other way. What would be nothing
        then has digits of its own, or is less than so much where it cannot be told from zero."""
        shares = {**self.shares, TOTAL: self.total}
        of_draws = self.average.error if self.average else 0.0
        places = (precision.digit(self._error), precision.digit_of_middle(of_draws))
        known = [place for place in places if place is not None]
        if not known:
            return {name: Measured(share.mean, 0.0) for name, share in shares.items()}
        step = 10.0 ** max(known)
        exact = {name: share.mean / step for name, share in shares.items()}
        total = round(exact.pop(TOTAL))
        counts = precision.adding_up(exact, total, lambda amount, count: abs(count - amount))
        means = {name: _beside(self.shares[name], step * count) for name, count in counts.items()}
        whole = Measured(self.total.mean, of_draws)
        means[TOTAL] = (
            Measured(whole, of_draws, step * total or whole.shown)
            if whole.is_told
            else whole.or_within()
        )
        return means

    def statements(self) -> tuple[Statement, ...]:
        """What brings and what costs most, and how exact the parts are, where they are not."""
        if not self.shares:
            return ()
        by_mean = sorted(self.shares, key=lambda name: self.shares[name].mean)
        worst, best = by_mean[0], by_mean[-1]
        means = {name: mean.shown for name, mean in self._means().items()}
        statements = []
        if means[best] > 0.0:
            statements.append(
                Statement(
                    "Brings most, on average: {decision} ({amount}).",
                    {
                        "decision": ("text", LABELS[best]),
                        "amount": ("money", means[best]),
                    },
                )
            )
        if means[worst] < 0.0:
            statements.append(
                Statement(
                    "Costs most, on average: {decision} ({amount}).",
                    {
                        "decision": ("text", LABELS[worst]),
                        "amount": ("money", -means[worst]),
                    },
                )
            )
        error = self._error
        if error > 0.0:
            statements.append(
                Statement(
                    "So many decisions can be taken in more orders than can be tried: each average "
                    "is right within {error}, give or take; together they are exact.",
                    {"error": ("money", rounded(error, precision.unit(error) * 10.0))},
                )
            )
        return tuple(statements)


def decisions(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard
) -> Decisions:
    """What each decision of the plan of ``scenario`` brings, in the same draws.

    Exact where all coalitions can be run in all draws in a few seconds; else by random orders.
    """
    organisation, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    players = list(_players(organisation, plan))
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    if not players:
        nothing = Share(0.0, Estimate(0.0, 0.0, 0.0), 0.0, 0.0)
        progress(1, 1)
        return Decisions({}, nothing)
    game = _game(scenario, values, lambda joined: _part(organisation, plan, joined), players)
    if len(players) <= shapley.MOST_EXACT and draws << len(players) <= _RUNS:
        attribution = shapley.exact(game, len(players), draws, progress)
    else:
        attribution = shapley.sampled(
            game, len(players), draws, _ORDERS, scenario.seed, progress, _BLOCK
        )
    whole = attribution.by_draw.sum(axis=0)
    shares = {
        name: _share(by_draw, float(error))
        for name, by_draw, error in zip(
            players, attribution.by_draw, attribution.errors, strict=True
        )
    }
    return Decisions(shares, _share(whole, 0.0), Average.of(whole))


def _beside(share: Share, in_sum: float) -> Measured:
    """An average as it is read beside the others, with which it adds up as ``in_sum``; in digits of
    its own where that is nothing."""
    error = 2.0 * share.error
    if in_sum or not share.mean:
        return Measured(share.mean, share.error, in_sum)
    if abs(share.mean) <= error:
        return Measured(share.mean, share.error, 0.0, bound(abs(share.mean) + error))
    return Measured(
        share.mean, share.error, precision.shown_value(share.mean, error, is_middle=False)
    )


def _share(by_draw: FloatArray, error: float) -> Share:
    return Share(float(by_draw.mean()), estimate(by_draw), float((by_draw > 0.0).mean()), error)


def _players(organisation: Organisation, plan: Plan) -> Iterator[str]:
    """The decisions of a plan, by the field of their lever, in the order of :data:`LABELS`."""
    moved = [shift for source in SOURCES if (shift := getattr(plan, source)).share_moved > 0.0]
    yield from (source for source in SOURCES if getattr(plan, source).share_moved > 0.0)
    yield from (
        name for name in INSTRUMENTS if any(getattr(shift.split, name) > 0.0 for shift in moved)
    )
    yield from (
        name
        for name in CHANGED
        if getattr(plan.involvement, name) != getattr(organisation.involvement, name)
    )


def _part(organisation: Organisation, plan: Plan, joined: frozenset[str]) -> Plan:
    """The plan with these decisions alone."""
    baseline = baseline_plan(organisation)

    changed = {
        name: getattr(plan.involvement if name in joined else baseline.involvement, name)
        for name in CHANGED
    }
    stays: dict[str, Any] = {
        source: getattr(plan, source)._replace(share_moved=0.0)
        for source in SOURCES
        if source not in joined
    }
    money = without(plan, *(name for name in INSTRUMENTS if name not in joined))
    return money._replace(**stays, involvement=plan.involvement._replace(**changed))


def _game(
    scenario: Scenario,
    values: FloatArray,
    part: Callable[[frozenset[str]], Plan],
    players: Sequence[str],
) -> shapley.Game:
    """The present value of net contribution with some decisions alone, currency."""
    organisation, switches = scenario.organisation_quantities(), Switches(1.0, 1.0)

    def worth(coalitions: Sequence[shapley.Coalition], draws: slice) -> FloatArray:
        jobs = [
            engine.Job(
                organisation,
                part(
                    frozenset(name for name, joins in zip(players, coalition, strict=True) if joins)
                ),
                switches,
                values[:, draws],
                scenario.horizon_months,
                record_outcomes=False,
            )
            for coalition in coalitions
        ]
        return np.stack([run.final(NET) for run in run_all(scenario, jobs, first=draws.start or 0)])

    return worth


ANALYSIS = Analysis(
    "decisions",
    decisions,
    Decisions,
    command=Command(
        flag="decisions",
        help="also tell which decision brings what (text and json)",
        lead="The value against carrying on, shared out over the decisions of the plan (Shapley "
        "values); the means add up.",
        nothing="The plan decides nothing.",
    ),
    page=Page(
        place=11,
        label="What each decision brings",
        lead="The value against carrying on, shared out over what was decided. What a decision "
        "brings depends on the others; this is its mean over all orders in which they could be "
        "taken one after the other, so the averages add up to the whole. All amounts are for the "
        "whole period, in today's money.",
        nothing="The plan decides nothing.",
    ),
    first_draws=64,
)
