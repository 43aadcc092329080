"""Micro beside macro: each source and instrument by itself, and why that does not add up.

Of each: what it costs, whom it reaches, what the next :data:`NEXT` a year would bring, and what
dropping it alone would do. All are differences between runs in the same draws. Dropping a source
means leaving its budget as it is (what it would have paid for in the instruments is not spent);
dropping an instrument, saving its money. The next amount for an instrument comes from outside, and
is paid for; the next amount from a source is saved. In a plan in stages the next amount is in
stages as well: all of it is there once the plan is made wholly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from simulator import engine
from simulator.analyses.base import (
    Analysis,
    Column,
    Command,
    Page,
    Progress,
    Result,
    Row,
    Statement,
    unheard,
)
from simulator.analyses.leave_one_out import IN_STAGES, SPENT, without
from simulator.i18n.language import N_
from simulator.model.figure_values import NET
from simulator.model.figures import Verbs
from simulator.model.quantities import INSTRUMENTS, SOURCES, Organisation, Plan, Shift
from simulator.model.register import FloatArray
from simulator.results import DEFAULT_DRAWS, Estimate, estimate
from simulator.results.stages import job_of, money_for, run_all, run_told
from simulator.scenario import Scenario
from simulator.scenario.levers import NAMES

NEXT = 10_000.0
"""Currency a year, once the change is complete."""

MOVED = "present_value_moved"

_Count = Callable[[engine.Run, Organisation], FloatArray]


def _known(run: engine.Run, org: Organisation) -> FloatArray:
    return run.final("insight") * run.final("customers")


def _answered(run: engine.Run, org: Organisation) -> FloatArray:
    return -run.final("contacts_unserved")


def _skilled(run: engine.Run, org: Organisation) -> FloatArray:
    return run.final("capability") * org.employees


def _connected(run: engine.Run, org: Organisation) -> FloatArray:
    return run.final("connected_employees") * org.employees


def _people(stock: str) -> _Count:
    return lambda run, org: run.final(stock) * run.final("customers") * org.people_per_customer


REACHED: Mapping[str, tuple[str, _Count]] = {
    "market_research": (N_("customers whose wishes we know"), _known),
    "training": (N_("employees up to date"), _skilled),
    "customer_service": (N_("questions answered a year"), _answered),
    "listening": (N_("customers whose wishes we know"), _known),
    "community": (N_("people who take part"), _people("connected_customers")),
    "content": (N_("people who read along"), _people("reach")),
    "networking": (N_("connected employees"), _connected),
    "social_service": (N_("questions answered a year"), _answered),
}
"""Whom each reaches in the last month, and how many that are."""


OF_A_SOURCE: Mapping[str, Verbs] = {
    "next": Verbs(
        N_("Cutting and keeping 10,000 more brings {amount}"),
        N_("Cutting and keeping 10,000 more costs {amount}"),
        N_("costing {low} to bringing {high}"),
    ),
    "dropped": Verbs(
        N_("Neither making this cut nor spending it brings {amount}"),
        N_("Neither making this cut nor spending it costs {amount}"),
        N_("costing {low} to bringing {high}"),
    ),
}
"""By column: what is said of a source, which gives money and is no expense of the plan. "Saves"
beside its name would say that the whole source is given up."""


@dataclass(frozen=True, slots=True)
class Line:
    """One source or instrument."""

    money: float
    """Present value of what the plan takes from it (below zero) or puts into it, currency; of a
    plan in stages on average."""
    reached: float
    """How many of those of :data:`REACHED` the plan has more because of it, median."""
    next: Estimate
    """Of the value, currency: what the next :data:`NEXT` a year would bring, its cost off."""
    dropped: Estimate
    """Of the value, currency: what dropping it alone would change."""


@dataclass(frozen=True, slots=True)
class Micro(Result):
    """Each source and instrument by itself."""

    columns = (
        Column("line", "By itself", "text", "By itself, {currency}"),
        Column("money", "Gets", "money", "Gets"),
        Column("reached", "More because of it", "count", "More"),
        Column("whom", "Whom", "text", is_long=True),
        Column(
            "next",
            "Next 10,000 a year",
            "money",
            "Next\n10,000",
            range_label="Eight of ten cases",
            verbs=Verbs("Brings {amount}", "Costs {amount}", "costing {low} to bringing {high}"),
        ),
        Column(
            "dropped",
            "Dropped alone",
            "money",
            "If dropped",
            range_label="Eight of ten cases",
            verbs=Verbs("Saves {amount}", "Costs {amount}", "costing {low} to saving {high}"),
        ),
    )

    labels = tuple(whom for whom, _ in REACHED.values())

    lines: Mapping[str, Line]
    """By field of the budgets; none where the plan moves no money."""
    each: float
    """What dropping each instrument alone changes, median, summed over all; currency."""
    together: float
    """What dropping all of them at once changes; currency, median."""
    is_staged: bool = False
    """Whether the plan is in stages, and each change of it with them."""

    def rows(self) -> tuple[Row, ...]:
        """A source or an instrument a row."""
        return tuple(
            Row(
                name,
                {
                    "line": NAMES[name],
                    "money": line.money,
                    "reached": round(line.reached),
                    "whom": REACHED[name][0],
                    "next": line.next,
                    "dropped": line.dropped,
                },
                verbs=OF_A_SOURCE if name in SOURCES else {},
            )
            for name, line in self.lines.items()
        )

    def statements(self) -> tuple[Statement, ...]:
        """Why the lines do not add up, and what stages do to the next amount."""
        if not self.lines:
            return ()
        staged = Statement(
            "The plan is in stages, and the next 10,000 a year with it: before the plan is made "
            "wholly, it is as much less as the plan itself is.",
            {},
        )
        return (
            Statement(
                "These do not add up: dropping the instruments one by one changes the value by "
                "{each} in sum, dropping all at once by {together} (both in the middle of all "
                "cases), since they work on the same customers and need each other.",
                {"each": ("money", self.each), "together": ("money", self.together)},
            ),
            *((IN_STAGES, staged) if self.is_staged else ()),
        )


def micro(scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard) -> Micro:
    """Each source and instrument of the plan of ``scenario`` by itself."""
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    job = job_of(scenario, values)
    org, plan = job.org, job.plan
    freed = sum(getattr(org.budgets, name) * getattr(plan, name).share_moved for name in SOURCES)
    runs, done = 2 + 2 * len(REACHED), 1

    def run(levers: Plan) -> engine.Run:
        nonlocal done
        (result,) = run_all(scenario, [replace(job, plan=levers)])
        done += 1
        progress(done, runs)
        return result

    def money(rest: engine.Run, name: str) -> float:
        row, sign = (MOVED, -1.0) if name in SOURCES else (SPENT, 1.0)
        if shares:
            return sign * money_for(scenario, job, shares, partial(_dropped, name=name), row)
        return sign * float((whole.final(row) - rest.final(row)).mean())

    if freed <= 0.0:
        progress(1, 1)
        return Micro({}, 0.0, 0.0)
    whole, shares = run_told(scenario, job)
    worth = whole.final(NET)
    lines = {}
    for name, (_, count) in REACHED.items():
        rest = run(_dropped(plan, name))
        lines[name] = Line(
            money=money(rest, name),
            reached=float(np.median(count(whole, org) - count(rest, org))),
            next=estimate(run(_with_next(plan, org, name, freed)).final(NET) - worth),
            dropped=estimate(rest.final(NET) - worth),
        )
    together = run(without(plan, *INSTRUMENTS)).final(NET) - worth
    each = sum(lines[name].dropped.central for name in INSTRUMENTS)
    is_staged = scenario.plan.stages is not None
    return Micro(lines, each, estimate(together).central, is_staged)


def _dropped(plan: Plan, name: str) -> Plan:
    if name in INSTRUMENTS:
        return without(plan, name)
    return plan._replace(**{name: getattr(plan, name)._replace(share_moved=0.0)})


def _with_next(plan: Plan, org: Organisation, name: str, freed: float) -> Plan:
    """The plan with the next amount for an instrument, from outside; or from a source, saved. What
    comes from outside is what would be saved less, also where nothing is saved."""
    if name in INSTRUMENTS:

        def more(shift: Shift) -> Shift:
            split, share = shift.split, NEXT / freed
            changes = {name: getattr(split, name) + share, "savings": split.savings - share}
            return shift._replace(split=split._replace(**changes))

        return plan.with_shifts(more)
    shift, budget = getattr(plan, name), getattr(org.budgets, name)
    share = min(shift.share_moved + NEXT / budget, 1.0) if budget > 0.0 else shift.share_moved
    kept = shift.share_moved / share if share > 0.0 else 0.0
    spent = {line: kept * getattr(shift.split, line) for line in INSTRUMENTS}
    split = shift.split._replace(**spent, savings=1.0 - sum(spent.values()))
    return plan._replace(**{name: shift._replace(share_moved=share, split=split)})


ANALYSIS = Analysis(
    "micro",
    micro,
    Micro,
    command=Command(
        flag="micro",
        help="also tell of each source and instrument by itself what it gets, whom it reaches, "
        "what the next 10,000 a year would bring and what dropping it would do (text and json)",
        lead="Each source and instrument by itself, in the same draws.",
        nothing="The plan moves no money.",
    ),
    page=Page(
        place=12,
        label="Each source and instrument by itself",
        lead="What each gets over the whole period, whom it reaches in the last month, what the "
        "next 10,000 a year would bring after its cost, and what dropping it alone would do, in "
        "today's money. Of a budget that is cut, the next 10,000 are cut more and kept, while "
        "dropping it leaves both this cut and what it pays for in the instruments undone: so both "
        "can bring money.",
        nothing="The plan moves no money.",
    ),
)
