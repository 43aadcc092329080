"""Today in equilibrium: where the stocks start, and what relative effects refer to."""

from __future__ import annotations

from simulator.model.equations.capability import capability_inflow, forgetting
from simulator.model.equations.connectedness import (
    authenticity,
    competence_inflow,
    equilibrium,
    involvement_hours,
    offer,
    time_weights,
    yielding_share_of_time,
)
from simulator.model.equations.customers import (
    base_hazard,
    trust_target,
)
from simulator.model.equations.insight import insight_inflow
from simulator.model.equations.money import (
    social_revenue,
)
from simulator.model.equations.service import (
    average_contact_cost,
    centre_capacity,
    delivered_quality,
    demand,
    serve,
    smooth_minimum,
    social_capacity,
)
from simulator.model.flows import labour_bill, relation_inflows
from simulator.model.quantities import (
    InitialState,
    Organisation,
    State,
)
from simulator.model.register import Parameters


def initial_state(org: Organisation, p: Parameters) -> InitialState:
    """Today in equilibrium: every stock as the present budgets and involvement keep it.

    Solved in closed form, one stock after the other in the order in which they depend on each
    other: competence, connectedness, insight and capability, service, trust.
    """
    involvement = org.involvement
    hours = involvement_hours(
        org.employees,
        involvement.participation,
        involvement.minutes_per_day,
        org.working_hours_per_year,
        p,
    )
    yielding = hours * yielding_share_of_time(involvement.minutes_per_day, p)
    competence = equilibrium(competence_inflow(yielding / org.employees, p), p.competence_fade)
    related = relation_inflows(
        org.budgets,
        involvement,
        yielding,
        involvement.participation,
        competence,
        org.customers,
        org,
        p,
    )
    connected_customers = equilibrium(related.customers, p.customer_connection_fade)
    connected_employees = equilibrium(related.employees, p.employee_connection_fade)
    connected_partners = equilibrium(related.partners, p.partner_connection_fade)
    public_goodwill = equilibrium(related.public, p.goodwill_fade)
    learnt_of_customers = insight_inflow(
        org.budgets.market_research,
        org.budgets.listening,
        involvement.openness,
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
            participation=involvement.participation,
            competence=competence,
            service_quality=quality,
            trust=trust_target(
                quality, authenticity(involvement.promotional_share, p), public_goodwill, p
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
            offer(involvement.promotional_share, p),
            p,
        )
        * p.social_payment_share
        * p.social_revenue_incremental_share,
    )
