"""Today in equilibrium: where the stocks start, and what relative effects refer to."""

from __future__ import annotations

from simulator.model.equations.capability import (
    capability_inflow,
    forgetting,
    peer_learning_inflow,
    peer_training,
)
from simulator.model.equations.connectedness import (
    authenticity,
    competence_inflow,
    conduct_hours,
    conduct_scale,
    displaced_share,
    draw_of_community,
    equilibrium,
    exponent_for_slope,
    involvement_hours,
    offer,
    participation_equilibrium,
    realised_conduct,
    scale,
    time_weights,
    yielding_share_of_time,
)
from simulator.model.equations.customers import (
    base_hazard,
    trust_target,
)
from simulator.model.equations.insight import insight_inflow, peer_research
from simulator.model.equations.money import (
    social_revenue,
)
from simulator.model.equations.returns import (
    monthly_rate,
    value_of_return,
    worth_of_stock,
)
from simulator.model.equations.service import (
    average_contact_cost,
    capacity_today,
    centre_elasticity,
    delivered_quality,
    demand,
    known_or_drawn,
    open_door,
    peaks,
    self_help,
    self_help_strength,
    serve,
    usual_contact_cost,
)
from simulator.model.flows import labour_bill, people, relation_inflows
from simulator.model.quantities import (
    MONTHS_PER_YEAR,
    InitialState,
    Organisation,
    State,
)
from simulator.model.register import Parameters


def initial_state(org: Organisation, p: Parameters) -> InitialState:
    """Today in equilibrium: every stock as the present budgets and involvement keep it.

    Solved in closed form, one stock after the other in the order in which they depend on each
    other: competence, connectedness, insight and capability, service, trust. What the organisation
    knows (``org.known``) is met exactly.
    """
    involvement = org.involvement
    known = org.known
    heads = people(org.customers, org)
    labour = labour_bill(org)
    genuine = authenticity(involvement.promotional_share, p)

    # --- relations -------------------------------------------------------------------------------
    hours = involvement_hours(
        org.employees,
        involvement.participation,
        involvement.minutes_per_day,
        org.working_hours_per_year,
        p,
    )
    yielding = hours * yielding_share_of_time(involvement.minutes_per_day, p)
    competence = equilibrium(competence_inflow(yielding / org.employees, p), p.competence_fade)
    # What openness takes depends on how many take part, and that in turn on openness: in place of
    # solving that, what it takes today is what it takes for as many as are known, or usual.
    asked = known_or_drawn(known.participating_share, p.participation_today)
    usual_hours = conduct_hours(involvement, org.employees, asked * heads, p)
    own_conduct = conduct_scale(yielding, usual_hours, p)
    conduct = realised_conduct(involvement, yielding, org.employees, asked * heads, own_conduct, p)
    relation_hours = yielding - conduct.hours
    bare = relation_inflows(
        org.budgets,
        conduct,
        genuine,
        relation_hours,
        involvement.participation,
        competence,
        0.0,
        org.customers,
        org,
        p,
    )
    reach = equilibrium(bare.reach, p.reach_fade)
    related = relation_inflows(
        org.budgets,
        conduct,
        genuine,
        relation_hours,
        involvement.participation,
        competence,
        reach,
        org.customers,
        org,
        p,
    )
    share = min(max(known.participating_share, 0.0), 1.0 - 1e-9)
    needed = p.customer_connection_fade * share / (1.0 - share)
    by_effort = related.customers * draw_of_community(share, p)
    needed_factor = min(needed / max(by_effort, 1e-9), p.most_connecting_factor)
    is_known = known.participating_share >= 0.0
    connecting_factor = needed_factor if is_known else 1.0
    own = max(needed - connecting_factor * by_effort, 0.0) if is_known else 0.0
    connected_customers = (
        share if is_known else participation_equilibrium(related.customers, 0.0, p)
    )
    connected_employees = involvement.participation * equilibrium(
        related.employees, p.employee_connection_fade
    )
    connected_partners = equilibrium(related.partners, p.partner_connection_fade)
    public_goodwill = equilibrium(related.public, p.goodwill_fade)

    # --- what the budgets that may be cut return -----------------------------------------------
    discount = monthly_rate(org.discount_rate)
    stated_at = monthly_rate(p.reference_discount_rate)
    research_exponent = exponent_for_slope(p.research_marginal_share, p)
    training_exponent = exponent_for_slope(p.training_marginal_share, p)
    research_usual = peer_research(labour, p)
    training_usual = peer_training(labour, p)
    insight_worth = worth_of_stock(
        p.research_return,
        research_usual,
        p.research_insight_rate,
        p.insight_ageing,
        research_exponent,
        stated_at,
        p,
    )
    capability_worth = min(
        worth_of_stock(
            value_of_return(p.training_return, p.training_rate + p.skill_decay_month, discount),
            training_usual,
            p.training_rate,
            p.skill_decay_month,
            training_exponent,
            discount,
            p,
        )
        / labour,
        p.most_capability_effect,
    )
    peer_learning = peer_learning_inflow(capability_worth, p)
    hazard = base_hazard(org.annual_churn)
    acquisition_today = hazard * org.customers
    offer_today = offer(involvement.promotional_share, p)
    customer_worth = (
        org.revenue_per_customer * org.gross_margin / MONTHS_PER_YEAR / max(hazard + discount, 1e-9)
    )
    reach_worth = worth_of_stock(
        p.content_return,
        p.content_reference * scale(heads, p) * org.labour_cost_per_hour,
        p.reach_rate,
        p.reach_fade,
        p.effort_exponent,
        stated_at,
        p,
    )
    margin = org.customers * org.revenue_per_customer * org.gross_margin
    learnt_of_customers = insight_inflow(
        org.budgets.market_research,
        org.budgets.listening,
        research_usual,
        research_exponent,
        conduct.openness,
        reach,
        connected_customers,
        connected_partners,
        p,
    )
    learnt_at_work = capability_inflow(
        org.budgets.training,
        training_usual,
        training_exponent,
        1.0,
        connected_employees,
        peer_learning,
        p,
    )

    # --- service ----------------------------------------------------------------------------------
    contacts_today = org.customers * org.contacts_per_customer
    preference = known_or_drawn(known.social_contact_share, p.channel_preference_today)
    social_share = known_or_drawn(known.social_answered_share, p.social_answered_share)
    centre_share = 1.0 - known_or_drawn(known.given_up_share, p.given_up_share)
    occupancy = known_or_drawn(known.centre_occupancy, p.centre_occupancy)
    service_hours = relation_hours * p.time_weight_service / time_weights(p)
    somebody = org.budgets.social_service + service_hours > 0.0
    to_social = preference * contacts_today
    to_centre = (1.0 - preference) * contacts_today
    in_social = capacity_today(to_social, social_share, p.social_occupancy) if somebody else 0.0
    in_centre = capacity_today(to_centre, centre_share, occupancy)
    social_peaks = peaks(social_share, p.social_occupancy)
    centre_peaks = peaks(centre_share, occupancy)
    usual_cost = usual_contact_cost(org.labour_cost_per_hour, p)
    average_cost = average_contact_cost(
        known.centre_contact_cost,
        org.budgets.customer_service,
        centre_share * to_centre,
        usual_cost,
        p,
    )
    social_cost = known_or_drawn(known.social_contact_cost, average_cost * p.social_cost_ratio)
    contacts = serve(
        demand(contacts_today, preference, 0.0, preference, 1.0, 1.0),
        in_social,
        in_centre,
        social_peaks,
        centre_peaks,
        p,
    )
    quality = delivered_quality(contacts, 0.0, p)
    return InitialState(
        state=State(
            reach=reach,
            connected_customers=connected_customers,
            connected_employees=connected_employees,
            connected_partners=connected_partners,
            public_goodwill=public_goodwill,
            insight=equilibrium(learnt_of_customers, p.insight_ageing),
            capability=equilibrium(learnt_at_work, forgetting(connected_employees, p)),
            participation=involvement.participation,
            competence=competence,
            service_quality=quality,
            social_answered=contacts.answered_social,
            centre_answered=contacts.answered_centre,
            trust=trust_target(quality, genuine, public_goodwill, p),
            customers=org.customers,
            channel_preference=preference,
        ),
        churn_hazard=hazard,
        acquisition=acquisition_today,
        average_contact_cost=average_cost,
        social_capacity=in_social,
        centre_capacity=in_centre,
        social_capacity_per_money=1.0 / (social_cost * p.social_occupancy),
        centre_elasticity=centre_elasticity(
            org.budgets.customer_service,
            centre_share * to_centre,
            average_cost * p.avoidable_share,
        ),
        social_peaks=social_peaks,
        centre_peaks=centre_peaks,
        social_door=open_door(to_social, in_social, p),
        service_hours=service_hours,
        service_share=min(org.budgets.customer_service / labour, p.most_service_share),
        displaced=displaced_share(involvement.participation, involvement.minutes_per_day, p),
        unserved=contacts.unserved,
        hours=hours,
        incremental_sales=social_revenue(
            contacts.served_social,
            org.revenue_per_customer,
            offer_today,
            p,
        )
        * p.social_payment_share
        * p.social_revenue_incremental_share,
        connecting_factor=connecting_factor,
        own_participation=own,
        conduct_scale=own_conduct,
        usual_participation=asked,
        self_help=self_help_strength(
            known.community_answered_share, self_help(connected_customers, p), p
        ),
        research_exponent=research_exponent,
        training_exponent=training_exponent,
        offer=offer_today,
        reach_effect=min(
            reach_worth
            / max(
                acquisition_today
                * customer_worth
                * MONTHS_PER_YEAR
                * (1.0 - p.content_public_share)
                * offer(p.usual_promotional_share, p),
                1e-9,
            ),
            p.most_reach_effect,
        ),
        insight_worth=min(insight_worth / max(margin, 1e-9), p.most_fit_effect),
        peer_learning=peer_learning,
        capability_worth=capability_worth,
    )
