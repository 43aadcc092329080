"""Behaviours 1 to 8 of the thirteen of the first edition: what each lever does.

On shipped scenarios where the behaviour depends on the organisation, on generated ones where it is
universal.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given

from simulator import engine
from simulator.model.quantities import (
    ALL_SAVED,
    NOTHING_KNOWN,
    SOURCES,
    UNKNOWN,
    Budgets,
    Organisation,
    Plan,
    Shift,
    State,
    Switches,
)
from simulator.model.register import FloatArray
from simulator.results import baseline_plan, simulate
from tests.support import behaviours, strategies
from tests.support.behaviours.world import TO_SOCIAL, World, shifted
from tests.support.examples import examples
from tests.support.organisations import MOVING, STILL
from tests.support.shipped_forecasts import (
    ACTIVE,
    CONNECTEDNESS,
    DEFAULT,
    DRAWS,
    NO_MONEY_MOVED,
    SHIPPED,
    end_of,
    forecast_of,
    forecast_with,
    involvement_as_today,
    rise_of,
    scenario_of,
    split_of,
    worth_of,
)


@pytest.mark.parametrize("check", behaviours.CHECKS, ids=lambda check: check.__name__)
def test_the_model_shows_it(check: Callable[[World], None]) -> None:
    check(World())


# --- 1 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_behaviour_01_without_a_plan_nothing_moves(name: str) -> None:
    org = scenario_of(name).organisation_quantities()
    values = engine.draw(DRAWS, 1)
    run = engine.run(org, baseline_plan(org), STILL, values, 120)
    for stock in State._fields:
        start = np.broadcast_to(run[stock][:, :1], run[stock].shape)
        np.testing.assert_allclose(run[stock], start, rtol=1e-9, atol=1e-15, err_msg=stock)
    np.testing.assert_allclose(
        run["net_contribution"],
        np.broadcast_to(run["net_contribution"][:, :1], run["net_contribution"].shape),
        atol=1e-9 * org.customers * org.revenue_per_customer,
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_behaviour_01_every_euro_is_spent_moved_or_saved(name: str) -> None:
    forecast = forecast_of(name)
    budgets = scenario_of(name).organisation_quantities().budgets
    for baseline in (False, True):
        spent = sum(
            forecast.series(f"spent_{field}", baseline=baseline) for field in Budgets._fields
        )
        np.testing.assert_allclose(
            spent + forecast.series("savings", baseline=baseline), sum(budgets), rtol=1e-9
        )
    for source in SOURCES:
        shift: Shift = getattr(scenario_of(name).plan_quantities(), source)
        left = forecast.series(f"spent_{source}")[:, -1]
        expected = getattr(budgets, source) * (1.0 - shift.share_moved)
        assert left == pytest.approx(expected, rel=1e-9)


# --- 2 -------------------------------------------------------------------------------------------


@examples(30)
@given(org=strategies.organisations(), plan=strategies.plans(), values=strategies.points(8))
def test_behaviour_02_money_without_any_time_connects_nobody(
    org: Organisation, plan: Plan, values: FloatArray
) -> None:
    idle = org._replace(
        involvement=org.involvement._replace(minutes_per_day=0.0), known=NOTHING_KNOWN
    )
    plan = plan._replace(involvement=idle.involvement)
    run = engine.run(idle, plan, MOVING, values, 60)
    for stock in CONNECTEDNESS:
        assert run[stock].max() == 0.0


@examples(30)
@given(org=strategies.organisations(), plan=strategies.plans(), values=strategies.points(8))
def test_behaviour_02_time_without_any_money_connects_nobody(
    org: Organisation, plan: Plan, values: FloatArray
) -> None:
    poor = org._replace(
        known=NOTHING_KNOWN,
        budgets=org.budgets._replace(
            listening=0.0, community=0.0, content=0.0, networking=0.0, social_service=0.0
        ),
    )
    plan = plan._replace(
        **{source: getattr(plan, source)._replace(split=ALL_SAVED) for source in SOURCES}
    )
    run = engine.run(poor, plan, MOVING, values, 60)
    for stock in CONNECTEDNESS:
        assert run[stock].max() == 0.0


@pytest.mark.parametrize(
    "name",
    [name for name in ACTIVE if scenario_of(name).organisation.involvement.participation <= 0.2],
)
def test_behaviour_02_more_money_for_the_time_of_a_few_changes_little(name: str) -> None:
    """Where only few take part today. Where a customer is a business, money is much per head; there
    it is still little beside what time adds to it."""
    money = forecast_with(name, involvement_as_today(name))
    for stock in CONNECTEDNESS:
        assert abs(rise_of(money, stock)) < max(0.01, 0.35 * rise_of(forecast_of(name), stock))


# --- 3 -------------------------------------------------------------------------------------------


def test_behaviour_03_moving_money_alone_loses_in_the_default_example() -> None:
    money = forecast_with(DEFAULT, involvement_as_today(DEFAULT))
    assert money.headline.probability_better < 0.25
    for stock in CONNECTEDNESS:
        assert rise_of(money, stock) < 0.05 * rise_of(forecast_of(DEFAULT), stock)


@pytest.mark.parametrize("name", ACTIVE)
def test_behaviour_03_who_wins_that_way_wins_through_saving_or_service(name: str) -> None:
    """Of what money alone costs, less than half comes back through connectedness."""
    if name == "involvement-without-money":
        return
    variant = scenario_of(name).changed(**involvement_as_today(name))
    org, plan = variant.organisation_quantities(), variant.plan_quantities()
    values = engine.draw(DRAWS, 1, variant.ranges())
    net = "present_value_net_contribution"
    runs = [
        engine.run(org, plan, Switches(1.0, connecting), values, variant.horizon_months)
        for connecting in (1.0, 0.0)
    ]
    through_connectedness = runs[0].final(net) - runs[1].final(net)
    instruments = runs[0].final("present_value_instruments")
    assert np.median(through_connectedness) < 0.5 * np.median(instruments)


# --- 4 -------------------------------------------------------------------------------------------


def test_behaviour_04_the_answer_depends_on_the_organisation() -> None:
    """Five per cent of phone and mail moved to social channels, against leaving it where it is.

    It pays where the phone line has room to spare and the social desk has not, and costs where
    people queue on the phone, hardly anybody waits in social channels and an answer there is no
    cheaper: whatever the organisation sells, and to whom.
    """
    for name in ("balanced-shift", "software-user-community", "membership-fund"):
        org, ranges = scenario_of(name).organisation_quantities(), scenario_of(name).ranges()
        values = engine.draw(DRAWS, 1, ranges)
        gained = {}
        usual = org.budgets.customer_service / (org.customers * org.contacts_per_customer)
        for given_up, occupancy, answered, cost in (
            (0.01, 0.6, 0.5, UNKNOWN),
            (0.2, 0.92, 0.97, 1.5 * usual),
        ):
            known = org.known._replace(
                given_up_share=given_up,
                centre_occupancy=occupancy,
                social_answered_share=answered,
                centre_contact_cost=UNKNOWN,
                social_contact_cost=cost,
            )
            owner = org._replace(known=known)
            plan = shifted(baseline_plan(owner), "customer_service", 0.05, TO_SOCIAL)
            gained[given_up] = World().gain(owner, plan, values)
        assert np.median(gained[0.01]) > 0.0, name
        assert np.median(gained[0.2]) < 0.0, name


# --- 5 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_behaviour_05_deep_cuts_in_service_lose(name: str) -> None:
    shallow, deep = (
        forecast_with(name, {"plan.customer_service.share_moved": depth}) for depth in (0.05, 0.6)
    )
    assert deep.headline.probability_better < 0.5
    assert worth_of(deep) < min(worth_of(shallow), 0.0)
    assert end_of(deep, "contacts_unserved") > 2.0 * end_of(shallow, "contacts_unserved")
    assert end_of(deep, "service_quality") < end_of(shallow, "service_quality") - 0.1
    assert end_of(deep, "churn") > end_of(shallow, "churn")


# --- 6 -------------------------------------------------------------------------------------------


PROMOTION = "plan.involvement.promotional_share"


@pytest.mark.parametrize("name", ACTIVE)
def test_behaviour_06_selling_all_the_time_costs_relations_and_trust(name: str) -> None:
    little, much = (forecast_with(name, {PROMOTION: share}) for share in (0.15, 1.0))
    for stock in (*CONNECTEDNESS, "trust"):
        lower = much.series(stock)[:, -1] < little.series(stock)[:, -1]
        # Where fewer customers take part, openness leaves more hours for colleagues.
        assert lower.mean() > 0.95 if stock == "connected_employees" else lower.all(), stock
    assert worth_of(much) < worth_of(little)


@pytest.mark.parametrize("name", [name for name in ACTIVE if name != "municipality-citizens"])
def test_behaviour_06_the_best_share_is_neither_nothing_nor_all(name: str) -> None:
    """Except for a municipality: who does not sell needs no offer."""
    shares = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0)
    worth = [worth_of(forecast_with(name, {PROMOTION: share})) for share in shares]
    assert 0 < int(np.argmax(worth)) < len(shares) - 1


# --- 7 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in SHIPPED if name in ACTIVE])
def test_behaviour_07_cutting_training_costs_capability(name: str) -> None:
    cut = forecast_with(
        name,
        NO_MONEY_MOVED
        | involvement_as_today(name)
        | {"plan.training.share_moved": 0.3, "plan.training.split": split_of(savings=1.0)},
    )
    lower = cut.series("capability") < cut.series("capability", baseline=True)
    assert lower[:, -1].all()


def test_behaviour_07_networking_with_time_brings_back_a_good_part() -> None:
    def lost(**split: float) -> float:
        changed = forecast_with(
            DEFAULT,
            NO_MONEY_MOVED
            | {"plan.training.share_moved": 0.3, "plan.training.split": split_of(**split)}
            | (involvement_as_today(DEFAULT) if "savings" in split else {}),
        )
        return end_of(changed, "capability", baseline=True) - end_of(changed, "capability")

    assert lost(networking=1.0) < 0.75 * lost(savings=1.0)


# --- 8 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("openness", [0.0, 0.3, 0.7])
def test_behaviour_08_research_cannot_be_replaced_entirely(name: str, openness: float) -> None:
    variant = scenario_of(name).changed(
        **{"plan.market_research.share_moved": 1.0, "plan.involvement.openness": openness}
    )
    insight = simulate(variant, 1).series("insight")[0]
    assert insight[-1] < insight[0]


def test_behaviour_08_listening_and_openness_bring_back_a_good_part() -> None:
    def left(openness: float, **split: float) -> float:
        variant = scenario_of(DEFAULT).changed(
            **{f"plan.{source}.share_moved": 0.5 for source in SOURCES}
            | {
                "plan.market_research.share_moved": 1.0,
                "plan.involvement.openness": openness,
                "plan.split": split_of(**split),
            }
        )
        insight = simulate(variant, 1).series("insight")[0]
        return float(insight[-1] / insight[0])

    assert left(0.0, savings=1.0) < 0.4
    assert left(1.0, listening=1.0) > left(0.0, savings=1.0) + 0.25
