"""How the stocks move: what is worked out from them at one time, and the flow of each."""

from __future__ import annotations

from typing import NamedTuple

from simulator.model.equations.capability import capability_inflow, course_relevance, forgetting
from simulator.model.equations.connectedness import (
    authenticity,
    competence_inflow,
    conduct,
    involvement_hours,
    money_for_customers,
    money_for_employees,
    money_for_partners,
    money_for_public,
    offer,
    participation_flow,
    relation_inflow,
    stock_flow,
    time_weights,
    yielding_share_of_time,
)
from simulator.model.equations.customers import (
    acquisition,
    churn_hazard,
    trust_flow,
    trust_target,
    word_of_mouth,
)
from simulator.model.equations.decisions import (
    budgets_at,
    involvement_at,
    savings_at,
)
from simulator.model.equations.insight import insight_inflow
from simulator.model.equations.service import (
    centre_capacity,
    delivered_quality,
    demand,
    perception_flow,
    preference_flow,
    serve,
    social_capacity,
)
from simulator.model.quantities import (
    Budgets,
    Contacts,
    InitialState,
    Involvement,
    Organisation,
    Plan,
    State,
    Switches,
)
from simulator.model.register import Parameters


class ConnectednessInflows(NamedTuple):
    """One number for each of the four connectedness stocks."""

    customers: float
    employees: float
    partners: float
    public: float


class Auxiliaries(NamedTuple):
    """What holds at one moment, worked out once and used by flows and outcomes alike."""

    budgets: Budgets
    savings: float
    """Currency per year."""
    involvement: Involvement
    hours: float
    """Involvement hours per year."""
    yielding_hours: float
    """The part of them that overload leaves, hours per year."""
    service_hours: float
    """The part of all hours that is spent on serving customers, hours per year."""
    contacts: Contacts
    genuine: float
    """Authenticity, 0-1."""
    offer: float
    """How far connectedness is turned into business, 0-1."""


def relation_inflows(
    budgets: Budgets,
    involvement: Involvement,
    hours: float,
    participation: float,
    competence: float,
    customers: float,
    org: Organisation,
    p: Parameters,
) -> ConnectednessInflows:
    """Inflows into the connectedness stocks, per month, from the present effort.

    Effort on customers counts per customer: more customers need more of it. Among employees it
    counts per head of those who take part, and connects as many more as they are. ``hours`` are
    the yielding hours of involvement per year.
    """
    behaviour = conduct(
        authenticity(involvement.promotional_share, p),
        involvement.regularity,
        involvement.openness,
        competence,
        p,
    )
    time_value = hours * org.labour_cost_per_hour / time_weights(p)
    taking_part = max(participation, 1e-9)
    sales_today = org.customers * org.revenue_per_customer
    return ConnectednessInflows(
        customers=relation_inflow(
            p.customer_connection_rate,
            money_for_customers(budgets, p),
            p.customer_money_reference,
            time_value * p.time_weight_customers,
            p.customer_time_reference,
            customers * org.revenue_per_customer,
            behaviour,
            p,
        ),
        employees=taking_part
        * relation_inflow(
            p.employee_connection_rate,
            money_for_employees(budgets, p),
            p.employee_money_reference,
            time_value * p.time_weight_employees,
            p.employee_time_reference,
            taking_part * labour_bill(org),
            behaviour,
            p,
        ),
        partners=relation_inflow(
            p.partner_connection_rate,
            money_for_partners(budgets, p),
            p.partner_money_reference,
            time_value * p.time_weight_partners,
            p.partner_time_reference,
            sales_today,
            behaviour,
            p,
        ),
        public=relation_inflow(
            p.goodwill_rate,
            money_for_public(budgets, p),
            p.public_money_reference,
            time_value * p.time_weight_public,
            p.public_time_reference,
            sales_today,
            behaviour,
            p,
        ),
    )


def labour_bill(org: Organisation) -> float:
    """Cost of all employees, currency per year."""
    return org.employees * org.working_hours_per_year * org.labour_cost_per_hour


def auxiliaries(
    state: State, month: float, org: Organisation, plan: Plan, today: InitialState, p: Parameters
) -> Auxiliaries:
    """What holds in ``month`` (fractions allowed) at these levels of the stocks."""
    budgets = budgets_at(month, org.budgets, plan)
    involvement = involvement_at(month, org.involvement, plan)
    hours = involvement_hours(
        org.employees,
        state.participation,
        involvement.minutes_per_day,
        org.working_hours_per_year,
        p,
    )
    yielding = hours * yielding_share_of_time(involvement.minutes_per_day, p)
    serving = p.time_weight_service / time_weights(p)
    capacity_social = social_capacity(
        budgets.social_service, yielding * serving, today.social_contact_cost, p
    )
    wanted = demand(
        state.customers,
        org.contacts_per_customer,
        state.connected_customers,
        state.channel_preference,
        capacity_social,
        p,
    )
    contacts = serve(
        today.contact_load * wanted.social,
        today.contact_load * wanted.centre,
        capacity_social,
        centre_capacity(
            budgets.customer_service,
            today.contact_cost,
            today.unbudgeted_capacity,
            state.capability - today.state.capability,
            p,
        ),
        p,
    )
    return Auxiliaries(
        budgets=budgets,
        savings=savings_at(month, org.budgets, plan),
        involvement=involvement,
        hours=hours,
        yielding_hours=yielding,
        service_hours=hours * serving,
        contacts=contacts,
        genuine=authenticity(involvement.promotional_share, p),
        offer=offer(involvement.promotional_share, p),
    )


def leaving_hazard(state: State, now: Auxiliaries, today: InitialState, p: Parameters) -> float:
    """Hazard of leaving, per month, at these levels of the stocks."""
    return churn_hazard(
        today.churn_hazard,
        state.service_quality - today.state.service_quality,
        state.insight - today.state.insight,
        state.connected_customers - today.state.connected_customers,
        now.contacts.redirected / state.customers - today.redirected_per_customer,
        now.contacts.unserved / state.customers - today.unserved_per_customer,
        p,
    )


def joining_rate(state: State, today: InitialState, p: Parameters) -> float:
    """New customers per month at these levels of the stocks."""
    return acquisition(
        today.acquisition,
        word_of_mouth(state.connected_customers, state.trust, p)
        / word_of_mouth(today.state.connected_customers, today.state.trust, p),
        state.trust / today.state.trust,
        state.insight - today.state.insight,
        p,
    )


def flows(
    state: State,
    now: Auxiliaries,
    month: float,
    org: Organisation,
    switches: Switches,
    today: InitialState,
    p: Parameters,
) -> State:
    """Net flow of every stock, per month."""
    inflow = relation_inflows(
        now.budgets,
        now.involvement,
        now.yielding_hours,
        state.participation,
        state.competence,
        state.customers,
        org,
        p,
    )
    learnt_of_customers = insight_inflow(
        now.budgets.market_research,
        now.budgets.listening,
        now.involvement.openness,
        state.connected_customers,
        state.connected_partners,
        org.customers * org.revenue_per_customer,
        p,
    )
    learnt_at_work = capability_inflow(
        now.budgets.training,
        labour_bill(org),
        course_relevance(month, switches.drift, p),
        state.connected_employees,
        p,
    )
    practised = competence_inflow(now.yielding_hours / org.employees, p)
    target = trust_target(state.service_quality, now.genuine, state.public_goodwill, p)
    return State(
        connected_customers=switches.connecting
        * stock_flow(inflow.customers, state.connected_customers, p.customer_connection_fade),
        connected_employees=switches.connecting
        * stock_flow(inflow.employees, state.connected_employees, p.employee_connection_fade),
        connected_partners=switches.connecting
        * stock_flow(inflow.partners, state.connected_partners, p.partner_connection_fade),
        public_goodwill=switches.connecting
        * stock_flow(inflow.public, state.public_goodwill, p.goodwill_fade),
        insight=stock_flow(learnt_of_customers, state.insight, p.insight_ageing),
        capability=stock_flow(
            learnt_at_work, state.capability, forgetting(state.connected_employees, p)
        ),
        participation=participation_flow(
            state.participation, now.involvement.participation, now.involvement.mandate, p
        ),
        competence=stock_flow(practised, state.competence, p.competence_fade),
        service_quality=perception_flow(
            state.service_quality, delivered_quality(now.contacts, p), p
        ),
        trust=trust_flow(state.trust, target, p),
        customers=joining_rate(state, today, p)
        - leaving_hazard(state, now, today, p) * state.customers,
        channel_preference=preference_flow(state.channel_preference, switches.drift, p),
    )
