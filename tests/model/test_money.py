"""Equations of money: what comes in, what goes out, and what it is worth today."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.equations import money
from simulator.model.register import Parameters
from tests.support.strategies import SHARES, corners

CHANGES = st.floats(-1.0, 1.0)


@given(rate=st.floats(0.0, 0.5))
def test_a_year_of_discounting_is_the_yearly_rate(rate: float) -> None:
    assert money.discount_factor(12.0, rate) == pytest.approx(1.0 / (1.0 + rate))
    assert money.discount_factor(0.0, rate) == 1.0


@given(hours=st.floats(-1e6, 1e6), desk=st.floats(0.0, 0.9), p=corners())
def test_hours_cost_in_full_and_come_back_in_part(hours: float, desk: float, p: Parameters) -> None:
    """But for those of people at the service desk, who are missing there: they are paid once."""
    cost = money.hours_cost(hours, 50.0, desk, p)
    expected = 50.0 * hours * (1.0 if hours > 0.0 else p.productivity_capture) * (1.0 - desk)
    assert cost == pytest.approx(expected, rel=1e-12)


@given(change=CHANGES, worth=st.floats(0.0, 0.6), desk=st.floats(0.0, 0.9))
def test_capability_is_worth_output_elsewhere_than_at_the_service_desk(
    change: float, worth: float, desk: float
) -> None:
    gained = money.productivity(1e6, desk, change, worth)
    assert gained == pytest.approx(1e6 * (1.0 - desk) * change * worth)


@given(connected=SHARES, offered=SHARES, p=corners())
def test_only_those_who_take_part_spend_more_or_less_and_only_what_is_offered(
    connected: float, offered: float, p: Parameters
) -> None:
    assert money.spend_factor(0.0, offered, p) == 1.0
    assert money.spend_factor(connected, 0.0, p) == 1.0
    here = money.spend_factor(connected, offered, p)
    effect = p.effect_transfer * p.spend_uplift_connected
    assert here == pytest.approx(1.0 + effect * connected * offered)
    assert here > 0.0


@given(change=CHANGES, p=corners())
def test_trust_permits_a_price_net_of_what_is_sold_less(change: float, p: Parameters) -> None:
    here = money.trust_premium(change, p) - 1.0
    gross = p.effect_transfer * p.trust_price_premium * change
    assert here == pytest.approx(gross * (1.0 - p.premium_lost_in_volume))
    assert money.trust_premium(0.0, p) == 1.0


@given(change=CHANGES, exposure=SHARES, p=corners())
def test_others_see_that_questions_are_answered(
    change: float, exposure: float, p: Parameters
) -> None:
    published = p.effect_transfer * p.webcare_revenue_effect
    here = money.webcare_factor(change, exposure, p)
    assert here == pytest.approx(1.0 + published * exposure * change)
    assert money.webcare_factor(0.0, exposure, p) == 1.0
    assert money.webcare_factor(change, 0.0, p) == 1.0, "nobody asks anything"


@given(change=CHANGES, worth=st.floats(0.0, 0.3))
def test_insight_makes_what_is_offered_fit(change: float, worth: float) -> None:
    assert money.fit_factor(change, worth) == pytest.approx(1.0 + worth * change)
    assert money.fit_factor(-10.0, 1.0) == 0.5, "never below half"


@given(change=st.floats(-1e6, 1e6), p=corners())
def test_unserved_contacts_come_back_at_the_cost_of_a_contact(change: float, p: Parameters) -> None:
    cost = money.unserved_cost(change, 7.0, p)
    assert cost == pytest.approx(7.0 * p.unserved_cost_multiple * change)


@given(cut=st.floats(0.0, 1e6), p=corners())
def test_only_cutting_service_costs_a_transition(cut: float, p: Parameters) -> None:
    assert money.transition_cost(-cut, p) == 0.0
    assert money.transition_cost(cut, p) == pytest.approx(12.0 * p.service_transition_cost * cut)
