"""How the stocks move: what is worked out from them at one time, and the flow of each."""

from __future__ import annotations

from typing import NamedTuple

from simulator.model.equations.capability import (
    capability_inflow,
    course_relevance,
    forgetting,
    peer_training,
)
from simulator.model.equations.connectedness import (
    authenticity,
    combined_effort,
    competence_inflow,
    conduct_factor,
    displaced_share,
    draw_of_community,
    involvement_hours,
    money_for_customers,
    money_for_employees,
    money_for_partners,
    money_for_public,
    money_for_reach,
    offer,
    participation_flow,
    participation_inflow,
    reach_inflow,
    realised_conduct,
    response,
    scale,
    shared_flow,
    stock_flow,
    time_weights,
    yielding_share_of_time,
)
from simulator.model.equations.customers import (
    acquisition,
    churn_hazard,
    noticed_quality,
    trust_flow,
    trust_target,
    word_of_mouth,
)
from simulator.model.equations.decisions import (
    budgets_at,
    involvement_at,
    savings_at,
    self_service_at,
)
from simulator.model.equations.insight import insight_inflow, peer_research
from simulator.model.equations.service import (
    centre_capacity,
    delivered_quality,
    demand,
    expectation_flow,
    mismatch,
    open_door,
    perception_flow,
    preference_flow,
    self_help,
    self_help_factor,
    self_service_factor,
    serve,
    service_exposure,
    social_capacity,
    tried_share,
)
from simulator.model.quantities import (
    Budgets,
    Conduct,
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
    """One number for each of the connectedness stocks, per month."""

    reach: float
    customers: float
    """Before :func:`~simulator.model.equations.connectedness.draw_of_community`."""
    employees: float
    """Among those who take part."""
    partners: float
    public: float


class Auxiliaries(NamedTuple):
    """What holds at one moment, worked out once and used by flows and outcomes alike."""

    budgets: Budgets
    savings: float
    """Currency per year."""
    self_service: float
    """Money spent on self-service, currency per year."""
    involvement: Involvement
    """As asked for."""
    conduct: Conduct
    """As far as there is time for it."""
    hours: float
    """Involvement hours per year."""
    yielding_hours: float
    """The part of them that overload leaves, hours per year."""
    relation_hours: float
    """The part of those that conduct leaves for relations and service, hours per year."""
    service_hours: float
    """The part of all hours that is spent on serving customers, hours per year."""
    contacts: Contacts
    genuine: float
    """Authenticity, 0-1."""
    offer: float
    """How far connectedness is turned into business, 0-1."""


def people(customers: float, org: Organisation) -> float:
    """People on the other side, heads."""
    return customers * org.people_per_customer


def labour_bill(org: Organisation) -> float:
    """Cost of all employees, currency per year."""
    return org.employees * org.working_hours_per_year * org.labour_cost_per_hour


def relation_inflows(
    budgets: Budgets,
    conduct: Conduct,
    genuine: float,
    hours: float,
    participation: float,
    competence: float,
    reach: float,
    customers: float,
    org: Organisation,
    p: Parameters,
) -> ConnectednessInflows:
    """Inflows into the connectedness stocks, per month, from the present effort.

    Effort counts in hours a head: for customers and the public the heads on the other side
    (replies one by one, hosting and content by :func:`scale`), among employees those who take part,
    for partners all employees. ``hours`` are those that are left for relations, per year.
    """
    behaviour = conduct_factor(genuine, conduct.regularity, conduct.openness, competence, p)
    per_weight = hours / time_weights(p)
    heads = people(customers, org)
    scaled = scale(heads, p)
    taking_part = max(participation, 1e-9) * org.employees
    wage = org.labour_cost_per_hour
    to_customers = combined_effort(
        money_for_customers(budgets, p) / wage / (p.customer_money_reference * scaled),
        per_weight * p.time_weight_customers / (p.customer_time_reference * heads),
        p,
    )
    to_employees = combined_effort(
        money_for_employees(budgets, p) / wage / (p.employee_money_reference * taking_part),
        per_weight * p.time_weight_employees / (p.employee_time_reference * taking_part),
        p,
    )
    to_partners = combined_effort(
        money_for_partners(budgets, p) / wage / (p.partner_money_reference * org.employees),
        per_weight * p.time_weight_partners / (p.partner_time_reference * org.employees),
        p,
    )
    to_public = combined_effort(
        money_for_public(budgets, p) / wage / (p.public_money_reference * scaled),
        per_weight * p.time_weight_public / (p.public_time_reference * scaled),
        p,
    )
    return ConnectednessInflows(
        reach=reach_inflow(money_for_reach(budgets, p) / wage, heads, genuine, p),
        customers=participation_inflow(behaviour * to_customers, reach, p),
        employees=p.employee_connection_rate * response(behaviour * to_employees, p),
        partners=p.partner_connection_rate * response(behaviour * to_partners, p),
        public=p.goodwill_rate * response(behaviour * to_public, p),
    )


def capability_factor(change: float, worth: float) -> float:
    """What people get done relative to today, for a ``change`` in capability from today; ``worth``
    is a share of output per unit. Never below half."""
    return max(1.0 + worth * change, 0.5)


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
    conduct = realised_conduct(
        involvement,
        yielding,
        org.employees,
        max(
            today.usual_participation + state.connected_customers - today.state.connected_customers,
            0.0,
        )
        * people(state.customers, org),
        today.conduct_scale,
        p,
    )
    left = yielding - conduct.hours
    service_hours = left * p.time_weight_service / time_weights(p)
    working = (
        1.0 - displaced_share(state.participation, involvement.minutes_per_day, p) + 1e-9
    ) / (1.0 - today.displaced + 1e-9)
    in_social = social_capacity(
        today.social_capacity,
        budgets.social_service - org.budgets.social_service,
        today.social_capacity_per_money,
        service_hours - today.service_hours,
        p,
    )
    in_centre = centre_capacity(
        today.centre_capacity,
        budgets.customer_service / max(org.budgets.customer_service, 1e-9),
        today.centre_elasticity,
        capability_factor(state.capability - today.state.capability, today.capability_worth),
        max(working, 0.0),
    )
    tried = tried_share(
        state.channel_preference,
        state.social_answered,
        today.state.social_answered,
        state.centre_answered,
        today.state.centre_answered,
        p,
    )
    usual = state.customers * org.contacts_per_customer
    self_service = self_service_at(month, org.budgets, plan)
    helped = self_help_factor(
        today.self_help,
        self_help(state.connected_customers, today.self_help_reference, p)
        - self_help(today.state.connected_customers, today.self_help_reference, p),
    ) * self_service_factor(
        self_service / org.labour_cost_per_hour, scale(people(state.customers, org), p), p
    )
    contacts = serve(
        demand(
            usual,
            tried,
            mismatch(tried, state.channel_preference, p),
            state.channel_preference,
            helped,
            open_door(usual * helped * tried, in_social, p) / today.social_door,
        ),
        in_social,
        in_centre,
        today.social_peaks,
        today.centre_peaks,
        p,
    )
    return Auxiliaries(
        budgets=budgets,
        savings=savings_at(month, org.budgets, plan),
        self_service=self_service,
        involvement=involvement,
        conduct=conduct,
        hours=hours,
        yielding_hours=yielding,
        relation_hours=left,
        service_hours=service_hours,
        contacts=contacts,
        genuine=authenticity(
            involvement.promotional_share, involvement.openness, conduct.openness, p
        ),
        offer=offer(involvement.promotional_share, p),
    )


def leaving_hazard(state: State, org: Organisation, today: InitialState, p: Parameters) -> float:
    """Hazard of leaving, per month, at these levels of the stocks."""
    return churn_hazard(
        today.churn_hazard,
        state.service_quality - today.state.service_quality,
        service_exposure(org.contacts_per_customer),
        state.connected_customers,
        state.connected_customers - today.state.connected_customers,
        p,
    )


def joining_rate(state: State, offer_factor: float, today: InitialState, p: Parameters) -> float:
    """New customers per month at these levels of the stocks, with this much on offer (0-1)."""
    return acquisition(
        today.acquisition,
        word_of_mouth(state.connected_customers, state.trust, p)
        / word_of_mouth(today.state.connected_customers, today.state.trust, p),
        state.trust / today.state.trust,
        state.reach * offer_factor - today.state.reach * today.offer,
        today.reach_effect,
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
        now.conduct,
        now.genuine,
        now.relation_hours,
        state.participation,
        state.competence,
        state.reach,
        state.customers,
        org,
        p,
    )
    learnt_of_customers = insight_inflow(
        now.budgets.market_research,
        now.budgets.listening,
        peer_research(labour_bill(org), p),
        today.research_exponent,
        now.conduct.openness,
        state.reach,
        state.connected_customers,
        state.connected_partners,
        p,
    )
    learnt_at_work = capability_inflow(
        now.budgets.training,
        peer_training(labour_bill(org), p),
        today.training_exponent,
        course_relevance(month, switches.drift, p),
        state.connected_employees,
        today.peer_learning,
        p,
    )
    practised = competence_inflow(now.yielding_hours / org.employees, p)
    target = trust_target(
        noticed_quality(
            state.service_quality,
            today.state.service_quality,
            service_exposure(org.contacts_per_customer),
        ),
        now.genuine,
        state.public_goodwill,
        p,
    )
    taking_part = (
        today.connecting_factor * inflow.customers * draw_of_community(state.connected_customers, p)
        + today.own_participation
    )
    quality = delivered_quality(now.contacts, state.capability - today.state.capability, p)
    return State(
        reach=switches.connecting * stock_flow(inflow.reach, state.reach, p.reach_fade),
        connected_customers=switches.connecting
        * stock_flow(taking_part, state.connected_customers, p.customer_connection_fade),
        connected_employees=switches.connecting
        * shared_flow(
            inflow.employees,
            state.connected_employees,
            state.participation,
            p.employee_connection_fade,
        ),
        connected_partners=switches.connecting
        * stock_flow(inflow.partners, state.connected_partners, p.partner_connection_fade),
        public_goodwill=switches.connecting
        * stock_flow(inflow.public, state.public_goodwill, p.goodwill_fade),
        insight=stock_flow(learnt_of_customers, state.insight, p.insight_ageing),
        capability=stock_flow(
            learnt_at_work, state.capability, forgetting(state.connected_employees, p)
        ),
        participation=participation_flow(
            state.participation, now.involvement.participation, now.conduct.mandate, p
        ),
        competence=stock_flow(practised, state.competence, p.competence_fade),
        service_quality=perception_flow(state.service_quality, quality, p),
        social_answered=expectation_flow(state.social_answered, now.contacts.answered_social, p),
        centre_answered=expectation_flow(state.centre_answered, now.contacts.answered_centre, p),
        trust=trust_flow(state.trust, target, p),
        customers=joining_rate(state, now.offer, today, p)
        - leaving_hazard(state, org, today, p) * state.customers,
        channel_preference=preference_flow(state.channel_preference, switches.drift, p),
    )
