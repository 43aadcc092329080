"""The value shared out over decisions, against plans with fewer of them."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import scenario
from simulator.analyses.base import Measured
from simulator.analyses.decisions import LABELS, TOTAL, decisions
from simulator.model.quantities import INSTRUMENTS, SOURCES, Involvement
from simulator.results import simulate

pytestmark = pytest.mark.usefixtures("known_runs")

DRAWS = 64
PLAN = scenario.load_shipped("balanced-shift")
MONEY = scenario.load_shipped("money-without-involvement")
TIME = scenario.load_shipped("involvement-without-money")


@pytest.mark.parametrize("plan", [PLAN, MONEY, TIME], ids=lambda plan: plan.name)
def test_parts_add_up_to_the_value_of_the_plan(plan: scenario.Scenario) -> None:
    found = decisions(plan, DRAWS)
    value = float(simulate(plan, DRAWS).values.net_present_value.mean())
    assert found.total.mean == pytest.approx(value, abs=0.005)
    assert sum(share.mean for share in found.shares.values()) == pytest.approx(value, abs=0.005)


def test_a_single_decision_brings_all() -> None:
    only = MONEY.changed(
        **{"plan.training.share_moved": 0.0, "plan.customer_service.share_moved": 0.0},
        **{f"plan.split.{name}": 0.0 for name in INSTRUMENTS},
        **{"plan.split.savings": 1.0},
    )
    found = decisions(only, DRAWS)
    assert list(found.shares) == ["market_research"]
    share = found.shares["market_research"]
    value = simulate(only, DRAWS).headline.net_present_value
    assert (share.value.low, share.value.high) == pytest.approx((value.low, value.high))
    assert share.error == 0.0


def test_decisions_are_those_of_the_plan() -> None:
    assert set(decisions(MONEY, 8).shares) <= {*SOURCES, *INSTRUMENTS}
    assert set(decisions(TIME, 8).shares) <= set(Involvement._fields)
    idle = scenario.load_shipped("wait-and-see")
    assert decisions(idle, 8).rows() == () or simulate(idle, 8).values.net_present_value.any()


def test_every_lever_of_money_and_involvement_has_a_name() -> None:
    assert set(LABELS) == {*SOURCES, *INSTRUMENTS, *Involvement._fields, TOTAL}


def test_many_decisions_say_how_exact_they_are() -> None:
    found = decisions(PLAN, DRAWS)
    assert len(found.shares) > 12
    assert all(np.isfinite(share.error) for share in found.shares.values())
    assert any("give or take" in one.template for one in found.statements())


def test_estimated_averages_have_the_digits_of_their_error_and_add_up_as_they_are_read() -> None:
    found = decisions(PLAN, DRAWS)
    step = 10.0 ** round(np.log10(2.0 * max(share.error for share in found.shares.values())))
    means = {row.id: row.cells["mean"] for row in found.rows()}
    assert all(isinstance(mean, Measured) for mean in means.values())
    whole = means.pop(TOTAL)
    assert whole == found.total.mean
    read = [getattr(mean, "shown", np.nan) / step for mean in means.values()]
    small = [count for count in read if abs(count) < 0.5]
    large = [count for count in read if abs(count) >= 0.5]
    assert small and all(count == pytest.approx(round(count)) for count in large)
    assert sum(large) == pytest.approx(round(float(whole) / step))
