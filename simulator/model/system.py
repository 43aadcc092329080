"""The model: the equations wired together, its derivative and one step in time.

Everything here is a pure scalar function over NamedTuples of floats, in the grammar of
``simulator.model.equations``. ``simulator.engine`` compiles this very source and runs it fast;
:func:`trajectory` runs it as plain Python, for reading, testing and cross-checking.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulator.model.equations.capability import capability_inflow, course_relevance, forgetting
from simulator.model.equations.connectedness import (
    authenticity,
    competence_inflow,
    conduct,
    equilibrium,
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
    base_hazard,
    churn_hazard,
    trust_flow,
    trust_target,
    word_of_mouth,
    yearly_churn,
)
from simulator.model.equations.decisions import (
    budgets_at,
    instruments,
    involvement_at,
    ramp_speed,
    savings_at,
    sources,
)
from simulator.model.equations.insight import insight_inflow
from simulator.model.equations.money import (
    discount_factor,
    hours_cost,
    productivity,
    revenue,
    social_revenue,
    spend_factor,
    transition_cost,
    trust_premium,
    unserved_cost,
)
from simulator.model.equations.service import (
    average_contact_cost,
    centre_capacity,
    delivered_quality,
    demand,
    perception_flow,
    preference_flow,
    serve,
    smooth_minimum,
    social_capacity,
)
from simulator.model.quantities import (
    MONTHS_PER_YEAR,
    Budgets,
    Contacts,
    InitialState,
    Involvement,
    Ledger,
    Organisation,
    Outcomes,
    Plan,
    State,
    Switches,
)
from simulator.model.register import Parameters

STAGES = {
    "euler": ((0.0, 1.0),),
    "rk4": ((0.0, 1.0 / 6.0), (0.5, 1.0 / 3.0), (0.5, 1.0 / 3.0), (1.0, 1.0 / 6.0)),
}
"""Explicit one-step methods: for each stage its place in the step and its weight. Each stage starts
from the slope of the one before, which makes these two methods fit one loop."""


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
    asked: Involvement
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


class Rates(NamedTuple):
    """The derivative, and all that is known at the same moment."""

    state: State
    """Net flow of every stock, per month."""
    ledger: Ledger
    """Growth of the present values, currency per month."""
    outcomes: Outcomes


def relation_inflows(
    budgets: Budgets,
    asked: Involvement,
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
        authenticity(asked.promotional_share, p), asked.regularity, asked.openness, competence, p
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


def initial_state(org: Organisation, p: Parameters) -> InitialState:
    """Today in equilibrium: every stock as the present budgets and involvement keep it.

    Solved in closed form, one stock after the other in the order in which they depend on each
    other: competence, connectedness, insight and capability, service, trust.
    """
    asked = org.involvement
    hours = involvement_hours(
        org.employees, asked.participation, asked.minutes_per_day, org.working_hours_per_year, p
    )
    yielding = hours * yielding_share_of_time(asked.minutes_per_day, p)
    competence = equilibrium(competence_inflow(yielding / org.employees, p), p.competence_fade)
    related = relation_inflows(
        org.budgets, asked, yielding, asked.participation, competence, org.customers, org, p
    )
    connected_customers = equilibrium(related.customers, p.customer_connection_fade)
    connected_employees = equilibrium(related.employees, p.employee_connection_fade)
    connected_partners = equilibrium(related.partners, p.partner_connection_fade)
    public_goodwill = equilibrium(related.public, p.goodwill_fade)
    learnt_of_customers = insight_inflow(
        org.budgets.market_research,
        org.budgets.listening,
        asked.openness,
        connected_customers,
        connected_partners,
        org.customers * org.revenue_per_customer,
        p,
    )
    learnt_at_work = capability_inflow(
        org.budgets.training, labour_bill(org), 1.0, connected_employees, p
    )

    contacts_today = org.customers * org.contacts_per_customer
    average_cost = average_contact_cost(
        org.budgets.customer_service + org.budgets.social_service,
        contacts_today,
        org.labour_cost_per_hour,
        p,
    )
    social_cost = average_cost * p.social_cost_ratio
    capacity_social = social_capacity(
        org.budgets.social_service,
        yielding * p.time_weight_service / time_weights(p),
        social_cost,
        p,
    )
    uncalibrated = demand(
        org.customers,
        org.contacts_per_customer,
        connected_customers,
        p.channel_preference_today,
        capacity_social,
        p,
    )
    wanted = uncalibrated.social + uncalibrated.centre
    contact_load = contacts_today / wanted if wanted > 0.0 else 1.0
    wanted_social = contact_load * uncalibrated.social
    wanted_centre = contact_load * uncalibrated.centre
    overflow = wanted_social - smooth_minimum(wanted_social, capacity_social, p)
    load = wanted_centre + p.redirect_handling_multiple * overflow
    capacity_today = p.service_capacity_margin * load
    own_cost = org.budgets.customer_service / capacity_today if load > 0.0 else average_cost
    sensible = own_cost > 0.0 and own_cost >= p.contact_cost_floor * average_cost
    centre_cost = own_cost if sensible else average_cost
    unbudgeted = max(capacity_today - org.budgets.customer_service / centre_cost, 0.0)
    contacts = serve(
        wanted_social,
        wanted_centre,
        capacity_social,
        centre_capacity(org.budgets.customer_service, centre_cost, unbudgeted, 0.0, p),
        p,
    )
    quality = delivered_quality(contacts, p)
    hazard = base_hazard(org.annual_churn)
    return InitialState(
        state=State(
            connected_customers=connected_customers,
            connected_employees=connected_employees,
            connected_partners=connected_partners,
            public_goodwill=public_goodwill,
            insight=equilibrium(learnt_of_customers, p.insight_ageing),
            capability=equilibrium(learnt_at_work, forgetting(connected_employees, p)),
            participation=asked.participation,
            competence=competence,
            service_quality=quality,
            trust=trust_target(
                quality, authenticity(asked.promotional_share, p), public_goodwill, p
            ),
            customers=org.customers,
            channel_preference=p.channel_preference_today,
        ),
        churn_hazard=hazard,
        acquisition=hazard * org.customers,
        contact_cost=centre_cost,
        social_contact_cost=social_cost,
        unbudgeted_capacity=unbudgeted,
        contact_load=contact_load,
        redirected_per_customer=contacts.redirected / org.customers,
        unserved_per_customer=contacts.unserved / org.customers,
        unserved=contacts.unserved,
        hours=hours,
        incremental_sales=social_revenue(
            contacts.matched_social,
            org.revenue_per_customer,
            offer(asked.promotional_share, p),
            p,
        )
        * p.social_payment_share
        * p.social_revenue_incremental_share,
    )


def auxiliaries(
    state: State, month: float, org: Organisation, plan: Plan, today: InitialState, p: Parameters
) -> Auxiliaries:
    """What holds in ``month`` (fractions allowed) at these levels of the stocks."""
    budgets = budgets_at(month, org.budgets, plan)
    asked = involvement_at(month, org.involvement, plan)
    hours = involvement_hours(
        org.employees, state.participation, asked.minutes_per_day, org.working_hours_per_year, p
    )
    yielding = hours * yielding_share_of_time(asked.minutes_per_day, p)
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
        asked=asked,
        hours=hours,
        yielding_hours=yielding,
        service_hours=hours * serving,
        contacts=contacts,
        genuine=authenticity(asked.promotional_share, p),
        offer=offer(asked.promotional_share, p),
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
        now.asked,
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
        now.asked.openness,
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
            state.participation, now.asked.participation, now.asked.mandate, p
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
        / spend_factor(today.state.connected_customers, offer_today, p),
        trust_premium(state.trust - today.state.trust, p),
    )
    via_social = social_revenue(contacts.matched_social, org.revenue_per_customer, now.offer, p)
    paid_in_social = via_social * p.social_payment_share
    incremental = paid_in_social * p.social_revenue_incremental_share
    extra_sales = incremental - today.incremental_sales
    gained = productivity(
        labour_bill(org),
        state.capability - today.state.capability,
        state.connected_employees - today.state.connected_employees,
        p,
    )
    involvement_cost = hours_cost(now.hours - today.hours, org.labour_cost_per_hour, p)
    failure_cost = unserved_cost(contacts.unserved - today.unserved, today.contact_cost, p)
    shift = plan.customer_service
    transition = transition_cost(
        org.budgets.customer_service
        * shift.share_moved
        * ramp_speed(month, shift.start_month, shift.ramp_months),
        p,
    )
    return Outcomes(
        contacts=served + contacts.unserved,
        contacts_matched=contacts.matched,
        contacts_redirected=contacts.redirected,
        contacts_unserved=contacts.unserved,
        cost_per_contact=cost_per_contact,
        churn=yearly_churn(leaving_hazard(state, now, today, p)),
        acquisition=MONTHS_PER_YEAR * joining_rate(state, today, p),
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


def rates(
    state: State,
    month: float,
    org: Organisation,
    plan: Plan,
    switches: Switches,
    today: InitialState,
    p: Parameters,
) -> Rates:
    """The derivative of stocks and present values in ``month``, and the outcomes at that moment."""
    now = auxiliaries(state, month, org, plan, today, p)
    result = outcomes(state, now, month, org, plan, today, p)
    return Rates(
        state=flows(state, now, month, org, switches, today, p),
        ledger=ledger_rates(month, org, result),
        outcomes=result,
    )


class Record(NamedTuple):
    """One month of a run."""

    state: State
    outcomes: Outcomes
    ledger: Ledger
    """Present values from month 0 up to and including this month, currency."""


def advanced(state: State, change: State, months: float) -> State:
    """The state after ``months`` at a constant rate of ``change`` (per month)."""
    return State(*(level + months * slope for level, slope in zip(state, change, strict=True)))


def trajectory(
    org: Organisation,
    plan: Plan,
    switches: Switches,
    p: Parameters,
    months: int,
    steps_per_month: int = 1,
    method: str = "rk4",
) -> Iterator[Record]:
    """Run the model as plain Python; yields ``months + 1`` records, the first of them today.

    ``method`` is ``"rk4"`` (fourth-order Runge-Kutta) or ``"euler"``. Slow and easy to follow:
    :mod:`simulator.engine` gives the same numbers about a thousand times as fast.
    """
    nodes = STAGES[method]
    today = initial_state(org, p)
    state = today.state
    ledger = Ledger(*(0.0 for _ in Ledger._fields))
    step = 1.0 / steps_per_month
    for month in range(months + 1):
        now = rates(state, float(month), org, plan, switches, today, p)
        yield Record(state, now.outcomes, ledger)
        for part in range(steps_per_month):
            start = month + part * step
            stage_state = state
            next_state, next_ledger = state, ledger
            for index, (node, weight) in enumerate(nodes):
                slope = rates(stage_state, start + node * step, org, plan, switches, today, p)
                next_state = advanced(next_state, slope.state, weight * step)
                next_ledger = Ledger(
                    *(
                        value + weight * step * rate
                        for value, rate in zip(next_ledger, slope.ledger, strict=True)
                    )
                )
                if index + 1 < len(nodes):
                    stage_state = advanced(state, slope.state, nodes[index + 1][0] * step)
            state, ledger = next_state, next_ledger
