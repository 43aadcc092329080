"""Today in equilibrium: where the stocks start, and what relative effects refer to."""

from __future__ import annotations

from typing import NamedTuple

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
    money_for_reach,
    offer,
    participation_equilibrium,
    reach_inflow,
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
    self_help_reference,
    self_help_strength,
    serve,
    usual_contact_cost,
)
from simulator.model.flows import labour_bill, people, relation_inflows
from simulator.model.quantities import (
    MONTHS_PER_YEAR,
    Contacts,
    InitialState,
    Organisation,
    State,
)
from simulator.model.register import Parameters


class _Relations(NamedTuple):
    """Today's connectedness, and what of it flows and service refer to."""

    reach: float
    """Share of the people on the other side who read along, 0-1."""
    customers: float
    """Share of them who take part, 0-1."""
    employees: float
    """Share of employees who are well connected, 0-1."""
    partners: float
    """Level, 0-1."""
    public: float
    """Level of goodwill, 0-1."""
    competence: float
    """Level, 0-1."""
    genuine: float
    """Authenticity, 0-1."""
    openness: float
    """As far as there is time for it, 0-1."""
    hours: float
    """Involvement hours per year."""
    left_hours: float
    """What overload and conduct leave of them for relations and service, hours per year."""
    connecting_factor: float
    """See :class:`_Participation`."""
    own_participation: float
    """Per month; see :class:`_Participation`."""
    conduct_scale: float
    """Hours that conduct takes here relative to what is usual, 0-1."""
    usual_participation: float
    """Share of the people on the other side for whom openness takes time, 0-1."""


class _Participation(NamedTuple):
    """How many take part today, and what makes that number come out."""

    share: float
    """Share of the people on the other side who take part, 0-1."""
    connecting_factor: float
    """Factor on what effort brings."""
    own: float
    """Inflow that no effort explains, per month."""


class _Returns(NamedTuple):
    """What the budgets that may be cut are worth, from beliefs about what they return."""

    research_exponent: float
    """Curvature of the response to this budget."""
    training_exponent: float
    """The same for training."""
    research_usual: float
    """What a peer spends on research, currency per year."""
    training_usual: float
    """The same for training."""
    insight_worth: float
    """Share of revenue per customer per unit of insight."""
    capability_worth: float
    """Share of output per unit of capability."""
    reach_effect: float
    """Log of new customers per unit of reach."""


class _Service(NamedTuple):
    """Today's contacts, and what can be answered."""

    contacts: Contacts
    preference: float
    """Share of contacts for which the customer would like a social channel, 0-1."""
    hours: float
    """Hours per year that employees who take part spend on answering customers."""
    average_cost: float
    """Currency per contact answered by phone or mail."""
    in_social: float
    """Contacts per year that the social channels can answer."""
    in_centre: float
    """The same by phone and mail."""
    social_peaks: float
    """How unevenly contacts come there."""
    centre_peaks: float
    """The same by phone and mail."""
    per_money: float
    """Contacts that one more euro a year for social service answers."""
    elasticity: float
    """Per cent less that phone and mail can answer for each per cent less budget, at first."""
    door: float
    """Factor on contacts in social channels because that door is open."""


def _participation_today(inflow: float, known_share: float, p: Parameters) -> _Participation:
    """What is known of participation is met exactly. Where it is less than effort explains
    (``inflow``, per month), effort brings less here; where it is more, a part is due to effort
    (``participation_from_effort``) and the rest comes by itself: a name, a history."""
    is_known = known_share >= 0.0
    share = min(max(known_share, 0.0), 1.0 - 1e-9)
    needed = p.customer_connection_fade * share / (1.0 - share)
    by_effort = inflow * draw_of_community(share, p)
    ratio = needed / max(by_effort, 1e-9)
    by_itself = 1.0 + p.participation_from_effort * max(ratio - 1.0, 0.0)
    factor = min(min(ratio, by_itself), p.most_connecting_factor)
    return _Participation(
        share=share if is_known else participation_equilibrium(inflow, 0.0, p),
        connecting_factor=factor if is_known else 1.0,
        own=max(needed - factor * by_effort, 0.0) if is_known else 0.0,
    )


def _relations_today(org: Organisation, p: Parameters) -> _Relations:
    """Connectedness and conduct as present budgets and involvement keep them."""
    involvement = org.involvement
    known = org.known
    heads = people(org.customers, org)
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
    genuine = authenticity(involvement.promotional_share, involvement.openness, conduct.openness, p)
    left = yielding - conduct.hours
    reach = equilibrium(
        reach_inflow(money_for_reach(org.budgets, p) / org.labour_cost_per_hour, heads, genuine, p),
        p.reach_fade,
    )
    inflows = relation_inflows(
        org.budgets,
        conduct,
        genuine,
        left,
        involvement.participation,
        competence,
        reach,
        org.customers,
        org,
        p,
    )
    taking_part = _participation_today(inflows.customers, known.participating_share, p)
    return _Relations(
        reach=reach,
        customers=taking_part.share,
        employees=involvement.participation
        * equilibrium(inflows.employees, p.employee_connection_fade),
        partners=equilibrium(inflows.partners, p.partner_connection_fade),
        public=equilibrium(inflows.public, p.goodwill_fade),
        competence=competence,
        genuine=genuine,
        openness=conduct.openness,
        hours=hours,
        left_hours=left,
        connecting_factor=taking_part.connecting_factor,
        own_participation=taking_part.own,
        conduct_scale=own_conduct,
        usual_participation=asked,
    )


def _insight_worth(org: Organisation, usual: float, exponent: float, p: Parameters) -> float:
    """Share of revenue per customer that a unit of insight is worth; ``usual`` is what a peer
    spends on research, currency per year."""
    worth = worth_of_stock(
        p.research_return,
        usual,
        p.research_insight_rate,
        p.insight_ageing,
        exponent,
        monthly_rate(p.reference_discount_rate),
        p,
    )
    margin = org.customers * org.revenue_per_customer * org.gross_margin
    return min(worth / max(margin, 1e-9), p.most_fit_effect)


def _capability_worth(org: Organisation, usual: float, exponent: float, p: Parameters) -> float:
    """Share of output that a unit of capability is worth; ``usual`` is what a peer spends on
    training, currency per year."""
    discount = monthly_rate(org.discount_rate)
    worth = worth_of_stock(
        value_of_return(p.training_return, p.training_rate + p.skill_decay_month, discount),
        usual,
        p.training_rate,
        p.skill_decay_month,
        exponent,
        discount,
        p,
    )
    return min(worth / labour_bill(org), p.most_capability_effect)


def _reach_effect(org: Organisation, p: Parameters) -> float:
    """Log of new customers per unit of reach."""
    worth = worth_of_stock(
        p.content_return,
        p.content_reference * scale(people(org.customers, org), p) * org.labour_cost_per_hour,
        p.reach_rate,
        p.reach_fade,
        p.effort_exponent,
        monthly_rate(p.reference_discount_rate),
        p,
    )
    hazard = base_hazard(org.annual_churn)
    customer_worth = (
        org.revenue_per_customer
        * org.gross_margin
        / MONTHS_PER_YEAR
        / max(hazard + monthly_rate(org.discount_rate), 1e-9)
    )
    per_unit = (
        hazard
        * org.customers
        * customer_worth
        * MONTHS_PER_YEAR
        * (1.0 - p.content_public_share)
        * offer(p.usual_promotional_share, p)
    )
    return min(worth / max(per_unit, 1e-9), p.most_reach_effect)


def _returns_today(org: Organisation, p: Parameters) -> _Returns:
    """Strengths from what the last euro returns at a peer's budget."""
    labour = labour_bill(org)
    research_exponent = exponent_for_slope(p.research_marginal_share, p)
    training_exponent = exponent_for_slope(p.training_marginal_share, p)
    research_usual = peer_research(labour, p)
    training_usual = peer_training(labour, p)
    return _Returns(
        research_exponent=research_exponent,
        training_exponent=training_exponent,
        research_usual=research_usual,
        training_usual=training_usual,
        insight_worth=_insight_worth(org, research_usual, research_exponent, p),
        capability_worth=_capability_worth(org, training_usual, training_exponent, p),
        reach_effect=_reach_effect(org, p),
    )


def _service_today(org: Organisation, left_hours: float, p: Parameters) -> _Service:
    """Service calibrated to the organisation's own dashboard, on both sides alike; ``left_hours``
    per year are those of involvement that relations and service have."""
    known = org.known
    contacts_today = org.customers * org.contacts_per_customer
    preference = known_or_drawn(known.social_contact_share, p.channel_preference_today)
    social_share = known_or_drawn(known.social_answered_share, p.social_answered_share)
    centre_share = 1.0 - known_or_drawn(known.given_up_share, p.given_up_share)
    occupancy = known_or_drawn(known.centre_occupancy, p.centre_occupancy)
    service_hours = left_hours * p.time_weight_service / time_weights(p)
    somebody = org.budgets.social_service + service_hours > 0.0
    to_social = preference * contacts_today
    to_centre = (1.0 - preference) * contacts_today
    in_social = capacity_today(to_social, social_share, p.social_occupancy) if somebody else 0.0
    in_centre = capacity_today(to_centre, centre_share, occupancy)
    social_peaks = peaks(social_share, p.social_occupancy)
    centre_peaks = peaks(centre_share, occupancy)
    average_cost = average_contact_cost(
        known.centre_contact_cost,
        org.budgets.customer_service,
        centre_share * to_centre,
        usual_contact_cost(org.labour_cost_per_hour, p),
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
    return _Service(
        contacts=contacts,
        preference=preference,
        hours=service_hours,
        average_cost=average_cost,
        in_social=in_social,
        in_centre=in_centre,
        social_peaks=social_peaks,
        centre_peaks=centre_peaks,
        per_money=1.0 / (social_cost * p.social_occupancy),
        elasticity=centre_elasticity(
            org.budgets.customer_service,
            centre_share * to_centre,
            average_cost * p.avoidable_share,
            p,
        ),
        door=open_door(to_social, in_social, p),
    )


def _stocks_today(
    org: Organisation,
    relations: _Relations,
    returns: _Returns,
    service: _Service,
    peer_learning: float,
    p: Parameters,
) -> State:
    """Every stock where the present budgets and involvement keep it; ``peer_learning`` is the
    inflow into capability per month with all employees well connected."""
    learnt_of_customers = insight_inflow(
        org.budgets.market_research,
        org.budgets.listening,
        returns.research_usual,
        returns.research_exponent,
        relations.openness,
        relations.reach,
        relations.customers,
        relations.partners,
        p,
    )
    learnt_at_work = capability_inflow(
        org.budgets.training,
        returns.training_usual,
        returns.training_exponent,
        1.0,
        relations.employees,
        peer_learning,
        p,
    )
    quality = delivered_quality(service.contacts, 0.0, p)
    return State(
        reach=relations.reach,
        connected_customers=relations.customers,
        connected_employees=relations.employees,
        connected_partners=relations.partners,
        public_goodwill=relations.public,
        insight=equilibrium(learnt_of_customers, p.insight_ageing),
        capability=equilibrium(learnt_at_work, forgetting(relations.employees, p)),
        participation=org.involvement.participation,
        competence=relations.competence,
        service_quality=quality,
        social_answered=service.contacts.answered_social,
        centre_answered=service.contacts.answered_centre,
        trust=trust_target(quality, relations.genuine, relations.public, p),
        customers=org.customers,
        channel_preference=service.preference,
    )


def initial_state(org: Organisation, p: Parameters) -> InitialState:
    """Today in equilibrium: every stock as the present budgets and involvement keep it.

    Solved in closed form, one stock after the other in the order in which they depend on each
    other: competence, connectedness, insight and capability, service, trust. What the organisation
    knows (``org.known``) is met exactly.
    """
    involvement = org.involvement
    relations = _relations_today(org, p)
    returns = _returns_today(org, p)
    service = _service_today(org, relations.left_hours, p)
    peer_learning = peer_learning_inflow(returns.capability_worth, p)
    hazard = base_hazard(org.annual_churn)
    offered = offer(involvement.promotional_share, p)
    return InitialState(
        state=_stocks_today(org, relations, returns, service, peer_learning, p),
        churn_hazard=hazard,
        acquisition=hazard * org.customers,
        average_contact_cost=service.average_cost,
        social_capacity=service.in_social,
        centre_capacity=service.in_centre,
        social_capacity_per_money=service.per_money,
        centre_elasticity=service.elasticity,
        social_peaks=service.social_peaks,
        centre_peaks=service.centre_peaks,
        social_door=service.door,
        service_hours=service.hours,
        service_share=min(org.budgets.customer_service / labour_bill(org), p.most_service_share),
        displaced=displaced_share(involvement.participation, involvement.minutes_per_day, p),
        unserved=service.contacts.unserved,
        hours=relations.hours,
        incremental_sales=social_revenue(
            service.contacts.served_social, org.revenue_per_customer, offered, p
        )
        * p.social_payment_share
        * p.social_revenue_incremental_share,
        connecting_factor=relations.connecting_factor,
        own_participation=relations.own_participation,
        conduct_scale=relations.conduct_scale,
        usual_participation=relations.usual_participation,
        self_help_reference=self_help_reference(
            org.known.community_answered_share, relations.customers, p
        ),
        self_help=self_help_strength(org.known.community_answered_share, p),
        research_exponent=returns.research_exponent,
        training_exponent=returns.training_exponent,
        offer=offered,
        reach_effect=returns.reach_effect,
        insight_worth=returns.insight_worth,
        peer_learning=peer_learning,
        capability_worth=returns.capability_worth,
    )
