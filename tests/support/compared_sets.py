"""Sets of plans that were compared."""

from __future__ import annotations

from simulator.scenario import load_shipped
from simulator.scenario.sets import Item, ScenarioSet


def compared_set(*names: str) -> ScenarioSet:
    """A set of plans with these names, or of three: of two organisations, one without a value."""
    plan, fund = load_shipped("balanced-shift"), load_shipped("membership-fund")
    named = names or ("Nothing moves", "Half of it", "The fund")
    plans = (plan, plan.changed(**{"plan.training.share_moved": 0.5}), fund, fund, fund, fund)
    values = (0.0, -310_000.0, None, 1.0, 2.0, 3.0)
    return ScenarioSet(
        tuple(
            Item(letter, name, scenario.changed(name=name, results=None), value)
            for letter, name, scenario, value in zip("ABPCDE", named, plans, values, strict=False)
        ),
        "2.0.0",
    )
