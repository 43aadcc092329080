"""The claims of the source articles that name a place in the model."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator import engine
from simulator.model import flows, register
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import outcomes
from simulator.model.quantities import Organisation, Plan, Switches
from simulator.model.register import FloatArray
from simulator.results import baseline_plan
from tests.support.organisations import INVOLVED, MOVING, NOTHING, ORDINARY, STILL
from tests.support.shipped_forecasts import ACTIVE, CONNECTEDNESS, forecast_of


def _final(plan: Plan, stock: str, org: Organisation = ORDINARY, months: int = 36) -> FloatArray:
    """A stock after three years, in 64 draws."""
    return engine.run(org, plan, MOVING, engine.draw(64, 1), months).final(stock)


WITH_TIME = baseline_plan(ORDINARY)._replace(involvement=INVOLVED)


def _involved(**levers: float) -> Plan:
    return WITH_TIME._replace(involvement=INVOLVED._replace(**levers))


def test_claim_nobody_can_guarantee_the_return() -> None:
    for name in ACTIVE:
        value = forecast_of(name).headline.net_present_value
        assert value.low < value.central < value.high


def test_claim_the_investment_is_felt_time_has_a_cost_line_of_its_own() -> None:
    org = ORDINARY._replace(discount_rate=0.0)
    run = engine.run(org, WITH_TIME, MOVING, engine.draw(64, 1), 60)
    hours = run["involvement_hours"] - run["involvement_hours"][:, :1]
    elsewhere = 1.0 - org.budgets.customer_service / flows.labour_bill(org)
    np.testing.assert_allclose(run["hours_cost"], hours * 45.2 * elsewhere, rtol=1e-9, atol=1e-6)
    assert (run.final("hours_cost") > 100_000.0).all()


def test_claim_openness_feeds_insight_and_relations() -> None:
    for stock in ("insight", *CONNECTEDNESS):
        more = _final(_involved(openness=1.0), stock) > _final(_involved(openness=0.0), stock)
        assert more.mean() > 0.66, stock  # it takes hours, too


def test_claim_connected_employees_are_more_capable() -> None:
    run = engine.run(ORDINARY, WITH_TIME, STILL, engine.draw(64, 1), 60)
    alone = engine.run(ORDINARY, WITH_TIME, Switches(0.0, 0.0), engine.draw(64, 1), 60)
    assert (run.final("capability") >= alone.final("capability")).all()
    assert np.median(run.final("capability") - alone.final("capability")) > 0.01


def test_claim_followers_are_no_goal_but_relations_bring_customers() -> None:
    run = engine.run(ORDINARY, WITH_TIME, STILL, engine.draw(64, 1), 60)
    assert np.median(run.final("acquisition") / run["acquisition"][:, 0]) > 1.0
    assert np.median(run.final("churn") / run["churn"][:, 0]) < 1.0


def test_claim_policy_first_the_mandate_sets_the_speed() -> None:
    firm, none = (
        engine.run(ORDINARY, _involved(mandate=mandate), MOVING, engine.draw(64, 1), 12)
        for mandate in (1.0, 0.0)
    )
    assert (firm.final("participation") > none.final("participation")).all()
    late = _involved(mandate=0.0)
    assert np.median(_final(late, "participation", months=120)) > 0.25


def test_claim_results_come_later() -> None:
    """Little of what is reached after five years is there after half a year."""
    run = engine.run(ORDINARY, WITH_TIME, STILL, engine.draw(64, 1), 60)
    for stock in CONNECTEDNESS:
        gained = run[stock] - run[stock][:, :1]
        assert np.median(gained[:, 6] / gained[:, 60]) < 0.35
        assert np.median(gained[:, 24] / gained[:, 60]) > 0.5


def test_claim_small_budgets_give_results_too() -> None:
    """Half of the money gives nearly half of the relations or more, a tenth of it little."""

    def remaining(share: float, stock: str) -> float:
        instruments = {
            name: getattr(ORDINARY.budgets, name) * share
            for name in ("listening", "community", "content", "networking", "social_service")
        }
        small = ORDINARY._replace(budgets=ORDINARY.budgets._replace(**instruments))
        return float(np.median(_final(WITH_TIME, stock, small) / _final(WITH_TIME, stock)))

    for stock in CONNECTEDNESS:
        assert remaining(0.5, stock) > 0.4, stock
        assert remaining(0.1, stock) < 0.4, stock


def test_claim_regularity_helps_and_does_not_harm() -> None:
    for stock in CONNECTEDNESS:
        regular = _final(_involved(regularity=1.0), stock)
        irregular = _final(_involved(regularity=0.0), stock)
        assert (regular > irregular).mean() > 0.6, stock  # it takes hours, too


def test_claim_some_promotion_helps_only_what_is_sold() -> None:
    """Offers turn relations into revenue; they do not make relations."""
    none, some = (_involved(promotional_share=share) for share in (0.0, 0.1))
    assert (_final(some, "connected_customers") <= _final(none, "connected_customers")).all()
    values = engine.draw(64, 1)
    revenue = [
        engine.run(ORDINARY, plan, STILL, values, 36).final("revenue") for plan in (none, some)
    ]
    assert np.median(revenue[1] - revenue[0]) > 0.0


def test_claim_social_payment_is_reported_gross_and_only_its_increment_counts() -> None:
    run = engine.run(ORDINARY, WITH_TIME, MOVING, engine.draw(64, 1), 36)
    gross, paid, counted = (
        run[name] for name in ("social_revenue", "social_payment", "social_payment_incremental")
    )
    assert (paid < gross).all()
    assert (counted < paid).all()
    nothing = {"social_revenue_incremental_share": register.Range(0.0, 0.0, 0.0)}
    known = engine.run(ORDINARY, WITH_TIME, MOVING, engine.draw(64, 1, nothing), 36)
    assert not known["social_payment_incremental"].any()
    assert np.array_equal(known["social_payment"], paid)


def test_claim_the_airline_takes_twenty_five_million_and_four_to_five_of_it_by_payment() -> None:
    """The published case lies within the assumptions' range."""
    forecast = forecast_of("airline-social-service")
    gross = forecast.series("social_revenue")[:, 0] / 25e6
    assert gross.min() < 1.0 < gross.max()
    share = forecast.series("social_payment") / forecast.series("social_revenue")
    assert share.min() < 4.0 / 25.0 < share.max()


def test_claim_sending_customers_elsewhere_is_no_service() -> None:
    """Redirected contacts lower quality, unserved ones more so."""
    p = register.central()
    assert p.quality_matched > p.quality_redirected > p.quality_unserved
    qualities = [
        initial_state(
            ORDINARY._replace(known=ORDINARY.known._replace(social_answered_share=answered)), p
        ).state.service_quality
        for answered in (0.95, 0.5)
    ]
    assert p.quality_matched > qualities[0] > qualities[1]


def test_claim_credibility_sells_at_a_higher_price() -> None:
    p = register.central()
    today = initial_state(ORDINARY, p)
    plan = baseline_plan(ORDINARY)
    revenue = []
    for trust in (today.state.trust, today.state.trust + 0.1):
        state = today.state._replace(trust=trust)
        now = flows.auxiliaries(state, 0.0, ORDINARY, plan, today, p)
        revenue.append(outcomes(state, now, 0.0, ORDINARY, plan, today, p).revenue)
    net = p.trust_price_premium * (1.0 - p.premium_lost_in_volume)
    expected = revenue[0] * (1.0 + 0.1 * p.effect_transfer * net)
    assert revenue[1] == pytest.approx(expected, rel=1e-6)


def test_claim_trial_and_error_competence_grows_with_practice_and_fades_without() -> None:
    values = engine.draw(64, 1, {"competence_fade": register.Range(0.01, 0.04, 0.25)})
    growing = engine.run(ORDINARY, WITH_TIME, STILL, values, 24)["competence"]
    assert (np.diff(growing[:, :7], axis=1) > 0.0).all()
    practised = ORDINARY._replace(involvement=INVOLVED)
    stopped = baseline_plan(practised)._replace(involvement=NOTHING)
    fading = engine.run(practised, stopped, STILL, values, 60)["competence"]
    assert (fading[:, -1] < 0.8 * fading[:, 0]).all()


def test_claim_too_much_time_brings_less() -> None:
    best = register.BY_ID["overload_minutes"].central
    some, most = (_involved(minutes_per_day=minutes) for minutes in (best, 4.0 * best))
    assert (
        np.median(_final(most, "connected_customers") / _final(some, "connected_customers")) < 1.0
    )


def test_claim_each_channel_has_its_own_yield_and_dropping_it_shows() -> None:
    """Taking any instrument's money away lowers what it feeds."""
    org = ORDINARY._replace(involvement=INVOLVED)
    p = register.central()
    whole = initial_state(org, p).state
    feeds = {
        "listening": ("insight", "public_goodwill"),
        "community": ("connected_customers", "connected_partners"),
        "content": ("reach", "connected_customers", "public_goodwill"),
        "networking": ("connected_employees", "connected_partners", "capability"),
        "social_service": ("connected_customers",),
    }
    for instrument, stocks in feeds.items():
        budgets = org.budgets._replace(**{instrument: 0.0})
        without = initial_state(org._replace(budgets=budgets), p).state
        for stock in stocks:
            assert getattr(without, stock) < getattr(whole, stock), (instrument, stock)


def test_claim_customers_who_cannot_leave_do_not() -> None:
    """Bad service loses fewer customers where hardly anyone leaves."""
    p = register.central()
    added = []
    for churn in (0.02, 0.3):
        org = ORDINARY._replace(annual_churn=churn)
        hazard = -math.log(1.0 - churn) / 12.0
        today = initial_state(org, p)
        worse = today.state._replace(service_quality=today.state.service_quality - 0.3)
        added.append(flows.leaving_hazard(worse, org, today, p) - hazard)
    assert 0.0 < added[0] < added[1]
