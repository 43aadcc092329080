"""What each instrument does: the plan, and the same plan without one of them.

Judging every channel by its own return leads to dropping them one by one; this shows beside the
whole what dropping each would really do, since the instruments need each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

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
from simulator.model.figure_values import NET
from simulator.model.figures import Verbs
from simulator.model.quantities import INSTRUMENTS, Plan, Shift
from simulator.results import DEFAULT_DRAWS, Estimate, estimate
from simulator.results.stages import job_of, money_for, run_all, run_told
from simulator.scenario import Scenario
from simulator.scenario.levers import NAMES

SPENT = "present_value_instruments"

IN_STAGES = Statement(
    "The plan is in stages: money is the average over its ways, each as often as it is taken. The "
    "plan without one of these is reviewed by itself, and may go another way.",
    {},
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One instrument in the plan, and what happens without it."""

    money: float
    """Present value of what the plan moves into it, currency; of a plan in stages on average."""
    change: Estimate
    """Net present value without it, its money kept, less that of the plan; currency. Below zero:
    dropping it costs."""
    probability_costs: float
    """Share of draws in which dropping it costs, 0-1."""

    @property
    def brings(self) -> float:
        """What would be lost of everything else without it, in the middle of all draws, currency:
        dropping it keeps its money and loses this."""
        return self.money - self.change.central


@dataclass(frozen=True, slots=True)
class LeaveOneOut(Result):
    """What leaving out each instrument does."""

    columns = (
        Column("instrument", "Instrument", "text", "Instrument, {currency}"),
        Column("money_present_value", "Money moved into it", "money", "Money\nmoved"),
        Column(
            "change_if_dropped",
            "What dropping it does",
            "money",
            "If dropped",
            range_label="Eight of ten cases",
            verbs=Verbs("Saves {amount}", "Costs {amount}", "costing {low} to saving {high}"),
        ),
        Column("probability_dropping_costs", "Worth its money in", "chance", "Dropping\ncosts in"),
    )

    instruments: Mapping[str, LeftOut]
    """By their field in a split; those that the plan moves no money into are not there."""
    is_staged: bool = False
    """Whether the plan is in stages."""

    def statements(self) -> tuple[Statement, ...]:
        """What the amounts of a plan in stages are."""
        return (IN_STAGES,) if self.is_staged and self.instruments else ()

    def rows(self) -> tuple[Row, ...]:
        """An instrument a row."""
        return tuple(
            Row(
                name,
                {
                    "instrument": NAMES[name],
                    "money_present_value": left_out.money,
                    "change_if_dropped": left_out.change,
                    "probability_dropping_costs": left_out.probability_costs,
                },
            )
            for name, left_out in self.instruments.items()
        )


def without(plan: Plan, *instruments: str) -> Plan:
    """The plan with the money for these instruments saved; the organisation's own budget stays."""

    def saving(shift: Shift) -> Shift:
        split = shift.split
        savings = split.savings + sum(getattr(split, name) for name in instruments)
        none = dict.fromkeys(instruments, 0.0)
        return shift._replace(split=split._replace(**none, savings=savings))

    return plan.with_shifts(saving)


def leave_one_out(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard
) -> LeaveOneOut:
    """What leaving out each instrument does to the plan of ``scenario``, in the same draws."""
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    job = job_of(scenario, values, record_outcomes=False)
    plan, runs = job.plan, 1 + len(INSTRUMENTS)
    whole, shares = run_told(scenario, job)
    progress(1, runs)
    instruments = {}
    for number, name in enumerate(INSTRUMENTS, 2):
        (rest,) = run_all(scenario, [replace(job, plan=without(plan, name))])
        progress(number, runs)
        money = (
            money_for(scenario, job, shares, partial(_without_one, name), SPENT)
            if shares
            else float(whole.final(SPENT)[0] - rest.final(SPENT)[0])
        )
        if money > 0.0:
            change = rest.final(NET) - whole.final(NET)
            costs = float((change < 0.0).mean())
            instruments[name] = LeftOut(money, estimate(change), costs)
    return LeaveOneOut(instruments, bool(shares))


def _without_one(instrument: str, plan: Plan) -> Plan:
    return without(plan, instrument)


ANALYSIS = Analysis(
    "leave_one_out",
    leave_one_out,
    LeaveOneOut,
    command=Command(
        flag="instruments",
        help="also tell what dropping each instrument would do (text and json)",
        lead="If dropped: change of the value against carrying on without that instrument, its "
        "money saved.",
        nothing="No money is moved into an instrument.",
    ),
    page=Page(
        place=13,
        label="What each instrument does",
        lead="The plan, and the same plan with the money for one instrument saved instead. The "
        "instruments need each other: what dropping them does one by one does not add up to the "
        "whole. All amounts are for the whole period, in today's money.",
        nothing="The plan moves no money into an instrument.",
    ),
)
