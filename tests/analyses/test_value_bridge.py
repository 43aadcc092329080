"""What the value consists of: parts that add up, each what it says it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from simulator import scenario
from simulator.analyses import value_bridge as module
from simulator.analyses.present_value import month_weights
from simulator.analyses.value_bridge import PARTS, Amount, ValueBridge, value_bridge
from simulator.model.register import FloatArray
from simulator.results import Forecast, estimate, simulate
from simulator.scenario import Scenario
from tests.support.examples import examples
from tests.support.generated import ALL_SAVED, scenarios

pytestmark = pytest.mark.usefixtures("known_runs")

SHIPPED = [path.stem for path in scenario.shipped()]
DEFAULT = scenario.load_shipped("balanced-shift")


def _gross(bridge: ValueBridge) -> float:
    return sum(abs(one.mean) for one in bridge.parts.values())


def _adds_up(bridge: ValueBridge, forecast: Forecast) -> bool:
    net = "present_value_net_contribution"
    size = float(np.abs(forecast.baseline.final(net)).max()) + _gross(bridge)
    return abs(sum(one.mean for one in bridge.parts.values()) - bridge.total.mean) <= 1e-9 * size


# --- adding up -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_parts_add_up_and_hardly_anything_is_left_over(name: str) -> None:
    forecast = simulate(scenario.load_shipped(name), 128)
    bridge = value_bridge(forecast)
    assert tuple(bridge.parts) == tuple(PARTS)
    assert _adds_up(bridge, forecast)
    assert bridge.total.mean == pytest.approx(forecast.values.net_present_value.mean())
    assert 0.0 <= bridge.residual < 0.005
    assert bridge.total.estimate == forecast.headline.net_present_value
    middle = sum(one.middle for one in bridge.parts.values())
    median = forecast.headline.net_present_value.central
    assert bridge.total.middle == pytest.approx(median)
    gross = sum(abs(one.middle) for one in bridge.parts.values())
    assert middle == pytest.approx(median, abs=1e-9 * gross + 1e-9)
    assert bridge.customers.estimate == forecast.headline.at_horizon["customers"].difference


@examples(60)
@given(plan=scenarios())
def test_parts_add_up_for_whatever_is_entered(plan: Scenario) -> None:
    forecast = simulate(plan, 8)
    bridge = value_bridge(forecast)
    assert _adds_up(bridge, forecast)
    for name in ("freed", "instruments", "transition"):
        assert bridge.parts[name].mean * (1.0 if name == "freed" else -1.0) >= 0.0
    for one in (*bridge.parts.values(), bridge.total, bridge.customers):
        assert 0.0 <= one.share_above + one.share_below <= 1.0
        assert one.estimate.low <= one.estimate.central <= one.estimate.high
    margin = plan.organisation.gross_margin
    assert margin > 0.0 or bridge.parts["margin"].mean == 0.0


def test_a_plan_that_changes_nothing_has_no_parts() -> None:
    bridge = value_bridge(simulate(scenario.load_shipped("wait-and-see"), 32))
    for one in (*bridge.parts.values(), bridge.total, bridge.customers):
        assert one == Amount(0.0, 0.0, estimate(np.zeros(1)), 0.0, 0.0)
    assert bridge.residual == 0.0


# --- each is what it says ------------------------------------------------------------------------


def _present(series: FloatArray, rate: float) -> float:
    """Worked out another way: discounted months, in sixths of a cubic through three of them."""
    discounted = series * (1.0 + rate) ** (-np.arange(series.shape[1]) / 12.0)
    odd, even = discounted[:, 1:-1:2], discounted[:, 2:-1:2]
    ends = discounted[:, 0] + discounted[:, -1]
    return float(((ends + 4.0 * odd.sum(axis=1) + 2.0 * even.sum(axis=1)) / 36.0).mean())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_part_is_the_present_value_of_its_flow(name: str) -> None:
    plan = scenario.load_shipped(name)
    assert plan.horizon_months % 2 == 0
    forecast = simulate(plan, 64)
    bridge = value_bridge(forecast)

    def flow(*names: str) -> float:
        changes = [forecast.series(one) - forecast.series(one, baseline=True) for one in names]
        together: FloatArray = np.sum(changes, axis=0)
        return _present(together, plan.organisation.discount_rate)

    expected = {
        "freed": -flow("spent_market_research", "spent_training", "spent_customer_service"),
        "instruments": -flow(
            "spent_listening",
            "spent_community",
            "spent_content",
            "spent_networking",
            "spent_social_service",
        ),
        "margin": plan.organisation.gross_margin * flow("revenue"),
        "productivity": flow("productivity"),
        "hours": -flow("hours_cost"),
        "unserved": -flow("unserved_cost"),
        "transition": -flow("transition_cost"),
    }
    for part, one in bridge.parts.items():
        assert one.mean == pytest.approx(expected[part], rel=0.01, abs=2e-3 * _gross(bridge)), part


def test_saving_all_of_it_is_money_freed_and_no_instruments() -> None:
    bridge = value_bridge(simulate(DEFAULT.changed(**{"plan.split": ALL_SAVED}), 16))
    assert bridge.parts["instruments"].mean == 0.0
    freed = value_bridge(simulate(DEFAULT, 16)).parts["freed"]
    assert bridge.parts["freed"] == freed
    assert freed.share_above == 1.0 and freed.estimate.low == freed.estimate.high > 0.0


def test_an_organisation_that_earns_nothing_on_sales_has_no_margin() -> None:
    whole, none = (
        value_bridge(simulate(DEFAULT.changed(**{"organisation.gross_margin": share}), 32)).parts
        for share in (0.5, 0.0)
    )
    assert none["margin"].mean == 0.0
    assert whole["margin"].mean != 0.0
    # What a customer is worth decides how much is done for it to come; budgets and hours stay.
    for part in ("freed", "instruments", "hours", "transition"):
        assert none[part].mean == pytest.approx(whole[part].mean, rel=1e-3), part


def test_a_flow_that_does_not_exist_stays_zero() -> None:
    """What the rule of integration leaves open does not turn up where nothing flows."""
    bridge = value_bridge(simulate(scenario.load_shipped("involvement-without-money"), 64))
    for part in ("freed", "instruments", "transition"):
        assert bridge.parts[part].estimate == estimate(np.zeros(1))
        assert not np.signbit(bridge.parts[part].mean)


def test_discounting_weighs_months_by_the_trapezium_rule() -> None:
    np.testing.assert_allclose(month_weights(12, 0.0), [1 / 24, *([1 / 12] * 11), 1 / 24])
    assert month_weights(24, 0.1)[12] == pytest.approx(1.0 / 1.1 / 12.0)


def test_an_amount_counts_the_draws_on_each_side() -> None:
    total = np.array([0.0, 1.0, 2.0, 9.0])
    [amount, whole] = module.amounts_of(np.array([[-1.0, 0.0, 2.0, 7.0], total]), total)
    assert whole.middle == pytest.approx(1.0), "its median"
    assert amount == Amount(
        2.0, amount.middle, estimate(np.array([-1.0, 0.0, 2.0, 7.0])), 0.5, 0.25
    )
