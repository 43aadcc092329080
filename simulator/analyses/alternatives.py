"""What else the same money could do: the plan beside what a director would rather do with it.

Keeping the money, putting it into the phone line, or into self-service (as much as is usual for
that, the rest kept); and people's time alone, without a euro. All in the same draws, against
carrying on as today. A plan in stages is run in them; all else is done at once: a rule that asks
how many take part says nothing of money that is kept.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator import engine
from simulator.analyses.base import (
    VALUE,
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
from simulator.i18n.language import N_
from simulator.model import register
from simulator.model.equations.connectedness import scale
from simulator.model.flows import people
from simulator.model.quantities import ALL_SAVED, SOURCES, Organisation, Plan, Shift, Switches
from simulator.results import DEFAULT_DRAWS, Estimate, baseline_plan, estimate, verdict
from simulator.results.stages import run_all
from simulator.scenario import Scenario

PLAN = "plan"

LABELS: Mapping[str, str] = {
    PLAN: N_("The plan"),
    "keep": N_("Keep the money"),
    "phone": N_("Phone and mail instead"),
    "self_service": N_("Self-service instead"),
    "time": N_("People's time, no money"),
}
"""What the money is used for, by id: the rows, in this order."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One use of the money."""

    net_present_value: Estimate
    """Against carrying on, currency."""
    probability_better: float
    """Share of draws in which it is better than carrying on, 0-1."""
    probability_plan_better: float
    """Share of draws in which the plan is better than it, 0-1; not a number for the plan itself."""
    probability_beats_plan: float
    """Share of draws in which it is better than the plan, 0-1; likewise."""


@dataclass(frozen=True, slots=True)
class Alternatives(Result):
    """The plan, and what else could be done with its money."""

    columns = (
        Column("alternative", "What is done with the money", "text", "Instead, {currency}"),
        VALUE,
        Column("probability_better", "Better than carrying on in", "chance", "Better\nin"),
        Column(
            "probability_plan_better",
            "The plan is better than this in",
            "chance",
            "Plan better\nin",
        ),
    )

    alternatives: Mapping[str, Alternative]
    """By id of :data:`LABELS`; those that the plan leaves no money for are not there."""
    is_staged: bool = False
    """Whether the plan is in stages; the others never are."""

    @property
    def rival(self) -> tuple[str, str] | None:
        """Of what is likely better than the plan, if anything is, what most draws say that of: its
        id, and the verdict in English (:data:`simulator.results.VERDICTS`)."""
        beats = {
            name: other.probability_beats_plan
            for name, other in self.alternatives.items()
            if name != PLAN
        }
        best = max(beats, key=lambda name: beats[name], default=None)
        if best is None or "likely better" not in (words := verdict(beats[best])):
            return None
        return best, words

    def statements(self) -> tuple[Statement, ...]:
        """What all of it rests on, and how the others are made where the plan is in stages."""
        if not self.alternatives:
            return ()
        rests = Statement(
            "The same model works all of this out, with the same assumptions: it is no better "
            "known than what the plan itself is worth.",
            {},
        )
        if not self.is_staged:
            return (rests,)
        return (
            rests,
            Statement(
                "The plan is made in its stages; each of the others is made at once, with all of "
                "the money.",
                {},
            ),
        )

    def rows(self) -> tuple[Row, ...]:
        """A use of the money a row."""
        return tuple(
            Row(
                name,
                {
                    "alternative": LABELS[name],
                    "net_present_value": alternative.net_present_value,
                    "probability_better": alternative.probability_better,
                    "probability_plan_better": alternative.probability_plan_better,
                },
            )
            for name, alternative in self.alternatives.items()
        )


def kept(organisation: Organisation, plan: Plan) -> Plan:
    """The same cuts with all that they free saved, and involvement as today."""
    return plan.with_shifts(lambda shift: shift._replace(split=ALL_SAVED))._replace(
        involvement=organisation.involvement
    )


def freed(organisation: Organisation, plan: Plan) -> dict[str, float]:
    """What the plan takes from each source in the end, currency per year."""
    return {
        source: getattr(plan, source).share_moved * getattr(organisation.budgets, source)
        for source in SOURCES
    }


def phone_line(organisation: Organisation, plan: Plan) -> Plan | None:
    """All that the plan takes from research and training goes to customer service, and what it
    takes from customer service stays there; involvement as today. ``None`` where that is no money,
    or there is no such budget."""
    budget = organisation.budgets.customer_service
    taken = freed(organisation, plan)
    del taken["customer_service"]
    largest = max(taken, key=lambda source: taken[source])
    if budget <= 0.0 or taken[largest] <= 0.0:
        return None
    saving = kept(organisation, plan)
    shift: Shift = getattr(saving, largest)
    added = shift._replace(share_moved=-sum(taken.values()) / budget)
    return saving._replace(customer_service=added)


def self_service_share(organisation: Organisation, plan: Plan) -> float:
    """Share of what the plan frees that is usual for self-service, 0-1: more would be wasted."""
    usual = register.central()
    money = (
        usual.self_service_reference
        * scale(people(organisation.customers, organisation), usual)
        * organisation.labour_cost_per_hour
    )
    return min(money / sum(freed(organisation, plan).values()), 1.0)


def uses(organisation: Organisation, plan: Plan) -> dict[str, Plan]:
    """What can be done with the money, as plans, by id of :data:`LABELS`; nothing where none is
    moved."""
    if not any(freed(organisation, plan).values()):
        return {}
    plans = {PLAN: plan, "keep": kept(organisation, plan)}
    repaired = phone_line(organisation, plan)
    if repaired is not None:
        plans["phone"] = repaired
    plans["self_service"] = plans["keep"]._replace(
        self_service=self_service_share(organisation, plan)
    )
    if plan.involvement != organisation.involvement:
        plans["time"] = plan.with_shifts(lambda shift: shift._replace(share_moved=0.0))
    return plans


def alternatives(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard
) -> Alternatives:
    """The plan of ``scenario`` and what else could be done with its money, in the same draws."""
    organisation = scenario.organisation_quantities()
    plans = uses(organisation, scenario.plan_quantities())
    if not plans:
        return Alternatives({})
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    switches = Switches(drift=1.0, connecting=1.0)
    worth = {}
    for number, (name, levers) in enumerate({"": baseline_plan(organisation), **plans}.items(), 1):
        job = engine.Job(
            organisation, levers, switches, values, scenario.horizon_months, record_outcomes=False
        )
        (result,) = run_all(scenario, [job]) if name == PLAN else engine.run_all([job])
        worth[name] = result.final("present_value_net_contribution")
        progress(number, 1 + len(plans))
    return Alternatives(
        {
            name: Alternative(
                estimate(worth[name] - worth[""]),
                float((worth[name] > worth[""]).mean()),
                math.nan if name == PLAN else float((worth[PLAN] > worth[name]).mean()),
                math.nan if name == PLAN else float((worth[name] > worth[PLAN]).mean()),
            )
            for name in plans
        },
        is_staged=scenario.plan.stages is not None,
    )


ANALYSIS = Analysis(
    "alternatives",
    alternatives,
    Alternatives,
    command=Command(
        flag="alternatives",
        help="also tell what else the same money could do (text and json)",
        lead="The plan beside other uses of the money that it moves, against carrying on.",
        nothing="The plan moves no money.",
    ),
    page=Page(
        place=40,
        label="What else the money could do",
        lead="The same cuts, and what they free used otherwise: kept, put into phone and mail "
        "(with nothing taken from there), or into self-service (as much as is usual for that, "
        "the rest kept); involvement as today in all three. And people's time as planned, "
        "without moving money. All in the same cases, for the whole period, in today's money.",
        nothing="The plan moves no money.",
    ),
)
