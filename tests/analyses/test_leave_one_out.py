"""What dropping an instrument does."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import scenario
from simulator.analyses import leave_one_out
from simulator.analyses.micro import micro
from simulator.model.quantities import INSTRUMENTS, SOURCES, Split
from simulator.results import simulate

pytestmark = pytest.mark.usefixtures("known_runs")

DRAWS = 64


@pytest.mark.parametrize("name", ["balanced-shift", "business-manufacturer"])
def test_it_is_the_same_plan_with_the_money_saved(name: str) -> None:
    """Against the split typed into the scenario: with and without routes of its own."""
    shipped = scenario.load_shipped(name)
    whole = simulate(shipped, DRAWS).values.net_present_value
    instruments = leave_one_out.leave_one_out(shipped, DRAWS).instruments
    assert set(instruments) == {
        one
        for one in INSTRUMENTS
        if leave_one_out.without(shipped.plan_quantities(), one) != shipped.plan_quantities()
    }
    for instrument, dropped in instruments.items():
        changes: dict[str, object] = {}
        for path in ("split", *(f"{source}.split" for source in _sources(shipped))):
            split = _split(shipped, path)
            changes[f"plan.{path}"] = split._replace(
                **{instrument: 0.0, "savings": split.savings + getattr(split, instrument)}
            )._asdict()
        part = simulate(shipped.changed(**changes), DRAWS).values.net_present_value
        scale = np.abs(whole).max() + dropped.money
        difference = np.quantile(part - whole, 0.5, method="inverted_cdf")
        assert dropped.change.central == pytest.approx(difference, abs=1e-9 * scale)
        assert dropped.probability_costs == (part < whole).mean()


def test_the_money_of_all_instruments_is_what_was_moved() -> None:
    shipped = scenario.load_shipped("balanced-shift")
    moved = simulate(shipped, DRAWS).plan.final("present_value_instruments")[0]
    total = sum(
        one.money for one in leave_one_out.leave_one_out(shipped, DRAWS).instruments.values()
    )
    assert total == pytest.approx(moved, rel=1e-9)


def test_where_nothing_is_moved_nothing_can_be_dropped() -> None:
    assert (
        leave_one_out.leave_one_out(scenario.load_shipped("wait-and-see"), DRAWS).instruments == {}
    )


def _sources(shipped: scenario.Scenario) -> list[str]:
    return [
        source
        for source in ("market_research", "training", "customer_service")
        if getattr(shipped.plan, source).split is not None
    ]


def _split(shipped: scenario.Scenario, path: str) -> Split:
    part = shipped.plan
    for name in path.split("."):
        part = getattr(part, name)
    return part.quantities()  # type: ignore[attr-defined, no-any-return]


def test_money_in_stages_is_that_of_the_ways_as_often_as_they_are_taken() -> None:
    """All instruments together get what the plan in stages spends on them, on average."""
    stages = {"first_depth": 0.25, "review_month": 12, "figure": "trust", "back": 0.69, "on": 0.7}
    plan = scenario.load_shipped("balanced-shift").changed(**{"plan.stages": stages})
    spent = simulate(plan, DRAWS).plan.final("present_value_instruments")
    assert spent.min() < spent.max(), "ways part"
    found = leave_one_out.leave_one_out(plan, DRAWS)
    assert len(found.statements()) == 1
    total = sum(one.money for one in found.instruments.values())
    assert total == pytest.approx(spent.mean(), rel=1e-9)
    lines = micro(plan, DRAWS).lines
    for name, one in found.instruments.items():
        assert lines[name].money == pytest.approx(one.money, rel=1e-12), name
    taken = -sum(lines[name].money for name in SOURCES)
    moved = simulate(plan, DRAWS).plan.final("present_value_moved")
    assert taken == pytest.approx(moved.mean(), rel=1e-9)
