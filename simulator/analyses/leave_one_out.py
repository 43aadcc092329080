"""What each instrument does: the plan, and the same plan with one instrument dropped.

Judging every channel by its own return leads to dropping them one by one; this shows beside the
whole what dropping each would really do, since the instruments need each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator import engine
from simulator.model.quantities import INSTRUMENTS, Plan, Shift, Switches
from simulator.results import DEFAULT_DRAWS, Estimate, estimate
from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Dropped:
    """One instrument in the plan, and what happens without it."""

    money: float
    """Present value of what the plan moves into it, currency."""
    change: Estimate
    """Net present value without it, its money kept, less that of the plan; currency. Below zero:
    dropping it costs."""
    probability_costs: float
    """Share of draws in which dropping it costs, 0-1."""


def without(plan: Plan, instrument: str) -> Plan:
    """The plan with the money for one instrument saved; the organisation's own budget stays."""

    def saved(shift: Shift) -> Shift:
        split = shift.split
        savings = split.savings + getattr(split, instrument)
        return shift._replace(split=split._replace(**{instrument: 0.0, "savings": savings}))

    return plan.with_shifts(saved)


def instruments(scenario: Scenario, draws: int = DEFAULT_DRAWS) -> Mapping[str, Dropped]:
    """What dropping each instrument would do, by name; those that get nothing are left out."""
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()

    def run(levers: Plan) -> engine.Run:
        switches = Switches(drift=1.0, connecting=1.0)
        return engine.run(
            org, levers, switches, values, scenario.horizon_months, record_outcomes=False
        )

    whole = run(plan)
    result = {}
    for name in INSTRUMENTS:
        part = run(without(plan, name))
        money, change = (
            one.final(f"present_value_{row}") - other.final(f"present_value_{row}")
            for row, one, other in (
                ("instruments", whole, part),
                ("net_contribution", part, whole),
            )
        )
        if money[0] > 0.0:
            result[name] = Dropped(float(money[0]), estimate(change), float((change < 0.0).mean()))
    return result
