"""Behaviours 12 and 13: neither threads nor more of a good thing turn the answer.

11, that trust falls faster than it rises, is among the checks of ``tests/support/behaviours``.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.model import flows
from simulator.model.equations import service
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import outcomes
from simulator.model.quantities import Organisation, Plan
from simulator.model.register import Parameters
from simulator.results import simulate
from tests.support import strategies
from tests.support.examples import examples
from tests.support.shipped_forecasts import DEFAULT, DRAWS, scenario_of

# --- 12: see test_model.py (step size, other solvers) --------------------------------------------


def test_behaviour_12_the_headline_does_not_hang_on_the_number_of_threads() -> None:
    single, double = (simulate(scenario_of(DEFAULT), DRAWS, threads=threads) for threads in (1, 2))
    assert single.headline == double.headline


# --- 13 ------------------------------------------------------------------------------------------


@examples(300)
@given(
    org=strategies.organisations(),
    customer_service=strategies.or_zero(strategies.logarithmic(1e-3, 1e3)),
    social_service=strategies.or_zero(strategies.logarithmic(1e-3, 1e3)),
    hours=strategies.or_zero(strategies.logarithmic(1e-3, 1e3)),
    more=strategies.logarithmic(1e-3, 1e2),
    preference=st.floats(0.0, 0.5),
    connected=strategies.SHARES,
    p=strategies.corners(),
)
def test_behaviour_13_more_service_never_lowers_quality(
    org: Organisation,
    customer_service: float,
    social_service: float,
    hours: float,
    more: float,
    preference: float,
    connected: float,
    p: Parameters,
) -> None:
    """Capacities relative to the contacts; what customers like and try anywhere."""
    contacts = org.customers * max(org.contacts_per_customer, 0.1)
    tried = service.tried_share(preference, 0.7, 0.7, connected, 0.9, p)

    def quality(centre: float, social: float, colleagues: float) -> float:
        in_social = service.social_capacity(0.0, social * contacts, 1.0, colleagues * contacts, p)
        served = service.serve(
            service.demand(
                contacts, tried, service.mismatch(tried, preference, p), preference, 1.0, 1.0
            ),
            in_social,
            service.centre_capacity(0.0, centre * contacts, 1.0, 1.0, 1.0),
            0.06,
            0.014,
            p,
        )
        return service.delivered_quality(served, 0.0, p)

    here = quality(customer_service, social_service, hours)
    assert quality(customer_service + more, social_service, hours) >= here - 1e-9
    assert quality(customer_service, social_service + more, hours) >= here - 1e-9
    assert quality(customer_service, social_service, hours + more) >= here - 1e-9


@examples(60)
@given(
    org=strategies.organisations(),
    plan=strategies.plans(),
    margins=st.tuples(strategies.SHARES, strategies.SHARES),
    month=st.floats(0.0, 60.0),
    extra=st.floats(0.001, 0.2),
    p=strategies.corners(),
)
def test_behaviour_13_a_higher_margin_never_lowers_the_value_of_a_retained_customer(
    org: Organisation,
    plan: Plan,
    margins: tuple[float, float],
    month: float,
    extra: float,
    p: Parameters,
) -> None:
    """What some more customers bring in a moment, all else equal, at two margins."""

    def value(margin: float) -> float:
        owner = org._replace(gross_margin=margin)
        today = initial_state(owner, p)
        net = []
        for heads in (org.customers, org.customers * (1.0 + extra)):
            state = today.state._replace(customers=heads)
            now = flows.auxiliaries(state, month, owner, plan, today, p)
            month_outcomes = outcomes(state, now, month, owner, plan, today, p)
            net.append(month_outcomes.net_contribution)
        return net[1] - net[0]

    low, high = sorted(margins)
    rounding = 1e-12 * (
        org.customers * org.revenue_per_customer + flows.labour_bill(org) + sum(org.budgets)
    )
    assert value(high) >= value(low) - rounding
