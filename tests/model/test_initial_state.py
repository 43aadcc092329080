"""Today, in every draw: what is known is met and not drawn, and all stands still."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator import engine
from simulator.model import flows
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import outcomes
from simulator.model.quantities import (
    NOTHING_KNOWN,
    Budgets,
    Known,
    Organisation,
    Plan,
    Shift,
    Split,
    State,
)
from simulator.model.register import FloatArray, Parameters
from simulator.results import baseline_plan
from tests.support import strategies
from tests.support.assumptions import assuming
from tests.support.examples import examples
from tests.support.organisations import MOVING, ORDINARY, STILL

NET = "present_value_net_contribution"
KNOWN = Known(
    social_contact_share=0.12,
    social_answered_share=0.6,
    given_up_share=0.05,
    centre_occupancy=0.8,
    centre_contact_cost=6.5,
    social_contact_cost=4.2,
    community_answered_share=0.2,
    participating_share=0.04,
)
FORMS = pytest.mark.parametrize("form", [0.0, 0.5, 1.0], ids=["linear", "diminishing", "tipping"])


def draws(count: int) -> list[Parameters]:
    return [Parameters(*one) for one in engine.draw(count, 1).T]


# --- known today is not drawn --------------------------------------------------------------------


@examples(150)
@example(org=ORDINARY._replace(known=KNOWN), seed=1)
@given(org=strategies.organisations(), seed=strategies.seeds())
def test_what_the_organisation_knows_is_met_exactly_in_every_draw(
    org: Organisation, seed: int
) -> None:
    """By the outcomes of the first month, and not only by the stocks that start there."""
    known = org.known
    for column in engine.draw(4, seed).T:
        p = Parameters(*column)
        today = initial_state(org, p)
        now = flows.auxiliaries(today.state, 0.0, org, baseline_plan(org), today, p)
        contacts = org.customers * org.contacts_per_customer
        served = now.contacts
        if known.social_contact_share >= 0.0:
            assert today.state.channel_preference == known.social_contact_share
        to_social = today.state.channel_preference * contacts
        somebody = org.budgets.social_service + now.service_hours > 0.0
        if known.social_answered_share >= 0.0 and somebody and to_social > 0.0:
            assert served.answered_social == pytest.approx(known.social_answered_share, rel=1e-9)
            assert today.state.social_answered == pytest.approx(known.social_answered_share)
        if known.given_up_share >= 0.0 and contacts - to_social > 0.0:
            assert served.answered_centre == pytest.approx(1.0 - known.given_up_share, rel=1e-9)
        if known.centre_occupancy >= 0.0 and contacts > 0.0:
            busy = served.answered_centre * (contacts - to_social) / today.centre_capacity
            assert busy == pytest.approx(known.centre_occupancy, rel=1e-9)
        if known.centre_contact_cost >= 0.0:
            assert today.average_contact_cost == known.centre_contact_cost
        if known.social_contact_cost >= 0.0:
            per_contact = 1.0 / (today.social_capacity_per_money * p.social_occupancy)
            assert per_contact == pytest.approx(known.social_contact_cost)
        if known.participating_share >= 0.0:
            assert today.state.connected_customers == known.participating_share
        total = served.matched + served.redirected + served.unserved
        assert total == pytest.approx(contacts, rel=1e-9)


@examples(60)
@given(answered=st.floats(0.0, 0.6), participating=st.floats(0.02, 0.5), seed=strategies.seeds())
def test_without_its_community_a_company_gets_the_questions_that_it_answered(
    answered: float, participating: float, seed: int
) -> None:
    """Known to be answered by customers: so many come back when nobody takes part any more, however
    few these are today."""
    org = ORDINARY._replace(
        known=NOTHING_KNOWN._replace(
            community_answered_share=answered, participating_share=participating
        )
    )
    for column in engine.draw(4, seed).T:
        p = Parameters(*column)
        today = initial_state(org, p)
        alone = today.state._replace(connected_customers=0.0)
        contacts = flows.auxiliaries(alone, 0.0, org, baseline_plan(org), today, p).contacts
        usual = org.customers * org.contacts_per_customer
        back = (contacts.matched + contacts.redirected + contacts.unserved) / usual
        # Those who come back by the open door bring a few more or fewer.
        door = p.webcare_induced_demand * p.channel_preference_today + 1e-9
        assert back == pytest.approx(1.0 / (1.0 - answered), rel=door)


@examples(60)
@given(participating=st.floats(0.0001, 0.5), seed=strategies.seeds())
def test_what_is_known_of_participation_is_due_to_effort_in_part(
    participating: float, seed: int
) -> None:
    """More than effort explains: some of it comes by itself. Less: effort brings less here."""
    org = ORDINARY._replace(known=NOTHING_KNOWN._replace(participating_share=participating))
    for column in engine.draw(4, seed).T:
        p = Parameters(*column)
        today = initial_state(org, p)
        assert today.state.connected_customers == participating
        if today.own_participation > 1e-9 * p.customer_connection_fade:
            assert 1.0 <= today.connecting_factor <= p.most_connecting_factor
        else:
            assert today.connecting_factor <= 1.0 or p.participation_from_effort > 0.999


def test_what_nobody_knows_is_drawn() -> None:
    """Each of the figures differs between draws, until it is known."""
    plan = baseline_plan(ORDINARY)
    values = engine.draw(64, 1)
    unknown = engine.run(ORDINARY, plan, STILL, values, 1)
    org = ORDINARY._replace(known=KNOWN)
    sure = engine.run(org, plan, STILL, values, 1)
    for name, value in (
        ("channel_preference", 0.12),
        ("social_answered", 0.6),
        ("centre_answered", 0.95),
        ("connected_customers", 0.04),
    ):
        assert np.ptp(unknown[name][:, 0]) > 0.01, name
        np.testing.assert_allclose(sure[name][:, 0], value, rtol=1e-9, err_msg=name)


@FORMS
@examples(60)
@given(org=strategies.organisations(), seed=strategies.seeds())
def test_whoever_takes_part_today_goes_on_in_every_form_of_a_community(
    form: float, org: Organisation, seed: int
) -> None:
    """Known or not: in a world that stands still no stock moves."""
    p = assuming(Parameters(*engine.draw(1, seed)[:, 0]), community_form=form)
    today = initial_state(org, p)
    now = flows.auxiliaries(today.state, 0.0, org, baseline_plan(org), today, p)
    moved = flows.flows(today.state, now, 0.0, org, STILL, today, p)
    if org.known.participating_share >= 0.0:
        assert today.state.connected_customers == org.known.participating_share
        assert today.connecting_factor <= p.most_connecting_factor
    for name in State._fields:
        size = org.customers if name == "customers" else 1.0
        assert abs(getattr(moved, name)) < 1e-9 * size, name


# --- prices, wages and bookings ------------------------------------------------------------------


def gained(org: Organisation, plan: Plan, values: FloatArray, months: int = 36) -> FloatArray:
    """Value of the plan against carrying on, currency, shape ``(draws,)``."""
    runs = [
        engine.run(org, levers, MOVING, values, months)[NET][:, -1]
        for levers in (plan, baseline_plan(org))
    ]
    difference: FloatArray = runs[0] - runs[1]
    return difference


def size(org: Organisation) -> float:
    """What differences of money are judged by, currency."""
    return (
        org.customers * org.revenue_per_customer * max(org.gross_margin, 1e-3)
        + flows.labour_bill(org)
        + sum(org.budgets)
    )


@examples(60)
@given(
    org=strategies.organisations(),
    plan=strategies.plans(),
    points=strategies.points(4),
    times=st.floats(0.1, 1.0),
)
def test_the_same_margin_booked_gross_or_net_is_worth_the_same(
    org: Organisation, plan: Plan, points: FloatArray, times: float
) -> None:
    """An agency that books its commission gets the answer of one that books the whole fare."""
    net = org._replace(
        revenue_per_customer=org.revenue_per_customer / times,
        gross_margin=org.gross_margin * times,
    )
    np.testing.assert_allclose(
        gained(net, plan, points), gained(org, plan, points), rtol=1e-7, atol=1e-9 * size(org)
    )


def _times(org: Organisation, rate: float) -> Organisation:
    """The same organisation in another currency."""
    known = org.known

    def cost(value: float) -> float:
        return value * rate if value >= 0.0 else value

    return org._replace(
        revenue_per_customer=org.revenue_per_customer * rate,
        labour_cost_per_hour=org.labour_cost_per_hour * rate,
        budgets=Budgets(*(budget * rate for budget in org.budgets)),
        known=known._replace(
            centre_contact_cost=cost(known.centre_contact_cost),
            social_contact_cost=cost(known.social_contact_cost),
        ),
    )


@examples(60)
@given(
    org=strategies.organisations(),
    plan=strategies.plans(),
    points=strategies.points(4),
    rate=strategies.logarithmic(0.01, 1000.0),
)
def test_prices_and_wages_in_another_currency_change_the_unit_and_nothing_else(
    org: Organisation, plan: Plan, points: FloatArray, rate: float
) -> None:
    np.testing.assert_allclose(
        gained(_times(org, rate), plan, points),
        rate * gained(org, plan, points),
        rtol=1e-6,
        atol=1e-9 * rate * size(org),
    )


@examples(40)
@given(
    org=strategies.organisations(),
    plan=strategies.plans(),
    points=strategies.points(4),
    rate=strategies.logarithmic(0.1, 10.0),
)
def test_a_price_makes_no_relations_and_wages_only_through_the_hours_they_buy(
    org: Organisation, plan: Plan, points: FloatArray, rate: float
) -> None:
    """Prices alone, and wages with budgets that buy the same hours, move no relation that does not
    hang on how many customers there are."""
    dear = org._replace(revenue_per_customer=org.revenue_per_customer * rate)
    paid = _times(org, rate)._replace(revenue_per_customer=org.revenue_per_customer)
    first, *others = (engine.run(one, plan, STILL, points, 36) for one in (org, dear, paid))
    for other in others:
        for stock in ("connected_employees", "connected_partners", "participation", "competence"):
            np.testing.assert_allclose(
                other[stock], first[stock], rtol=1e-6, atol=1e-9, err_msg=stock
            )


# --- a shift to social channels -------------------------------------------------------------------


@examples(60)
@given(
    points=strategies.points(8),
    costs=st.tuples(st.floats(1.0, 12.0), st.floats(1.0, 12.0)),
    share=st.floats(0.01, 0.4),
    answered=st.one_of(st.just(-1.0), st.floats(0.2, 0.97)),
    preference=st.one_of(st.just(-1.0), st.floats(0.02, 0.6)),
)
def test_cheaper_social_contacts_never_make_a_shift_to_social_worse(
    points: FloatArray,
    costs: tuple[float, float],
    share: float,
    answered: float,
    preference: float,
) -> None:
    """The same money then answers more, which helps or, where all is answered, does nothing."""
    shift = Shift(share, 0.0, 12.0, Split(0.0, 0.0, 0.0, 0.0, 1.0, 0.0))
    cheap, dear = sorted(costs)
    worth = []
    for cost in (cheap, dear):
        known = NOTHING_KNOWN._replace(
            social_contact_cost=cost,
            social_answered_share=answered,
            social_contact_share=preference,
        )
        org = ORDINARY._replace(known=known)
        plan = baseline_plan(org)._replace(customer_service=shift)
        worth.append(gained(org, plan, points))
    assert (worth[0] >= worth[1] - 1e-9 * size(ORDINARY)).all()


def test_today_s_outcomes_are_those_that_differences_are_taken_from() -> None:
    """Nothing is gained, lost or unserved beyond today's in the first month, known or not."""
    for org in (ORDINARY, ORDINARY._replace(known=KNOWN)):
        plan = baseline_plan(org)
        for p in draws(16):
            today = initial_state(org, p)
            now = flows.auxiliaries(today.state, 0.0, org, plan, today, p)
            values = outcomes(today.state, now, 0.0, org, plan, today, p)
            for name in ("productivity", "hours_cost", "unserved_cost", "transition_cost"):
                assert getattr(values, name) == pytest.approx(0.0, abs=1e-6), name
            assert values.revenue == pytest.approx(org.customers * org.revenue_per_customer)
