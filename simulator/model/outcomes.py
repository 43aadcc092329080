"""Outcomes: everything that is reported at one time, and what of it adds up to present values.

A new one is a field of :class:`Outcomes`, its value in :func:`outcomes`, and a row in the catalogue
(``simulator/results/catalogue.py``), which says what it is for people.
"""

from __future__ import annotations

from typing import NamedTuple

from simulator.model.equations.connectedness import (
    offer,
)
from simulator.model.equations.customers import (
    yearly_churn,
)
from simulator.model.equations.decisions import (
    freed_speed,
    instruments,
    sources,
)
from simulator.model.equations.money import (
    discount_factor,
    fit_factor,
    hours_cost,
    productivity,
    revenue,
    social_revenue,
    spend_factor,
    transition_cost,
    trust_premium,
    unserved_cost,
    webcare_factor,
)
from simulator.model.equations.service import service_exposure
from simulator.model.flows import Auxiliaries, joining_rate, labour_bill, leaving_hazard
from simulator.model.quantities import (
    MONTHS_PER_YEAR,
    InitialState,
    Ledger,
    Organisation,
    Plan,
    State,
)
from simulator.model.register import Parameters


class Outcomes(NamedTuple):
    """All that is reported at one moment, besides the stocks."""

    contacts: float
    """Contacts per year."""
    contacts_matched: float
    """Contacts per year, served in the channel the customer wanted."""
    contacts_redirected: float
    """Contacts per year, served in another channel."""
    contacts_unserved: float
    """Contacts per year that nobody serves."""
    cost_per_contact: float
    """Currency per served contact: both service budgets and employees' service time."""
    churn: float
    """Share of customers per year: the chance that a customer leaves within a year at this pace."""
    acquisition: float
    """Heads per year."""
    involvement_hours: float
    """Hours per year."""
    revenue: float
    """Currency per year."""
    social_revenue: float
    """Currency per year, sold via social channels, gross: most would have come anyway."""
    social_payment: float
    """Currency per year, paid inside social channels, gross: a part of ``social_revenue``."""
    social_payment_incremental: float
    """Currency per year: the part of ``social_payment`` that would not have come anyway."""
    productivity: float
    """Currency per year: worth of people getting more done than today."""
    spent_market_research: float
    """Currency per year."""
    spent_training: float
    """Currency per year."""
    spent_customer_service: float
    """Currency per year."""
    spent_listening: float
    """Currency per year."""
    spent_community: float
    """Currency per year."""
    spent_content: float
    """Currency per year."""
    spent_networking: float
    """Currency per year."""
    spent_social_service: float
    """Currency per year."""
    savings: float
    """Currency per year: taken from the sources and kept."""
    hours_cost: float
    """Currency per year: involvement hours above today's, at labour cost."""
    unserved_cost: float
    """Currency per year: what unserved contacts above today's cost elsewhere."""
    transition_cost: float
    """Currency per year."""
    net_contribution: float
    """Currency per year, not discounted."""


def outcomes(
    state: State,
    now: Auxiliaries,
    month: float,
    org: Organisation,
    plan: Plan,
    today: InitialState,
    p: Parameters,
) -> Outcomes:
    """Everything that is reported at one moment; money as currency per year, not discounted."""
    contacts = now.contacts
    served = contacts.matched + contacts.redirected
    service_spend = (
        now.budgets.customer_service
        + now.budgets.social_service
        + now.service_hours * org.labour_cost_per_hour
    )
    cost_per_contact = service_spend / served if served > 0.0 else 0.0
    offer_today = offer(org.involvement.promotional_share, p)
    sales = revenue(
        state.customers,
        org.revenue_per_customer,
        spend_factor(state.connected_customers, now.offer, p)
        / spend_factor(today.state.connected_customers, offer_today, p)
        * trust_premium(state.trust - today.state.trust, p)
        * webcare_factor(
            state.social_answered - today.state.social_answered,
            service_exposure(org.contacts_per_customer),
            p,
        )
        * fit_factor(state.insight - today.state.insight, today.insight_worth),
    )
    via_social = social_revenue(contacts.served_social, org.revenue_per_customer, now.offer, p)
    paid_in_social = via_social * p.social_payment_share
    incremental = paid_in_social * p.social_revenue_incremental_share
    extra_sales = incremental - today.incremental_sales
    gained = productivity(
        labour_bill(org),
        today.service_share,
        state.capability - today.state.capability,
        today.capability_worth,
    )
    involvement_cost = hours_cost(
        now.hours - today.hours, org.labour_cost_per_hour, today.service_share, p
    )
    failure_cost = unserved_cost(contacts.unserved - today.unserved, today.average_contact_cost, p)
    transition = transition_cost(
        freed_speed(month, org.budgets.customer_service, plan.customer_service, plan), p
    )
    return Outcomes(
        contacts=served + contacts.unserved,
        contacts_matched=contacts.matched,
        contacts_redirected=contacts.redirected,
        contacts_unserved=contacts.unserved,
        cost_per_contact=cost_per_contact,
        churn=yearly_churn(leaving_hazard(state, org, today, p)),
        acquisition=MONTHS_PER_YEAR * joining_rate(state, now.offer, today, p),
        involvement_hours=now.hours,
        revenue=sales + extra_sales,
        social_revenue=via_social,
        social_payment=paid_in_social,
        social_payment_incremental=incremental,
        productivity=gained,
        spent_market_research=now.budgets.market_research,
        spent_training=now.budgets.training,
        spent_customer_service=now.budgets.customer_service,
        spent_listening=now.budgets.listening,
        spent_community=now.budgets.community,
        spent_content=now.budgets.content,
        spent_networking=now.budgets.networking,
        spent_social_service=now.budgets.social_service,
        savings=now.savings,
        hours_cost=involvement_cost,
        unserved_cost=failure_cost,
        transition_cost=transition,
        net_contribution=org.gross_margin * (sales + extra_sales)
        + gained
        - sources(now.budgets)
        - instruments(now.budgets)
        - now.self_service
        - involvement_cost
        - failure_cost
        - transition,
    )


def ledger_rates(month: float, org: Organisation, result: Outcomes) -> Ledger:
    """How fast the present values grow, currency per month."""
    worth = discount_factor(month, org.discount_rate) / MONTHS_PER_YEAR
    in_instruments = (
        result.spent_listening
        + result.spent_community
        + result.spent_content
        + result.spent_networking
        + result.spent_social_service
        - instruments(org.budgets)
    )
    return Ledger(
        net_contribution=worth * result.net_contribution,
        moved=worth * (in_instruments + result.savings),
        instruments=worth * in_instruments,
        hours=worth * result.hours_cost,
        transition=worth * result.transition_cost,
    )
