"""Customer service: who contacts the organisation, in which channel, and what becomes of it."""

from __future__ import annotations

from math import sqrt

from simulator.model.quantities import MINUTES_PER_HOUR, MONTHS_PER_YEAR, Contacts, Demand
from simulator.model.register import Parameters


def preference_flow(channel_preference: float, drift: float, p: Parameters) -> float:
    """Growth of the share of customers who want a social or messaging channel, per month.

    Logistic towards ``messaging_preference_saturation``; ``messaging_shift_per_year`` is its
    fastest pace, reached half-way. ``drift`` is 1 when the world moves and 0 when it stands still.
    """
    ceiling = p.messaging_preference_saturation
    pace = 4.0 * p.messaging_shift_per_year / MONTHS_PER_YEAR / ceiling
    return drift * pace * channel_preference * (1.0 - channel_preference / ceiling)


def smooth_minimum(demand: float, capacity: float, p: Parameters) -> float:
    """What gets served of ``demand`` with ``capacity``; both and the result in the same unit.

    Contacts do not arrive evenly: when both are equal, the share ``peak_loss`` is missed. Far from
    that point it is the plain minimum. It has no kink and rises with both. It is never above
    either, also where they are so small that their squares are nothing to a computer.
    """
    gap = demand - capacity
    mixed = 4.0 * p.peak_loss * p.peak_loss * demand * capacity
    smooth = 0.5 * (demand + capacity - sqrt(gap * gap + mixed))
    return min(smooth, min(demand, capacity))


def demand(
    customers: float,
    contacts_per_customer: float,
    connected_customers: float,
    channel_preference: float,
    social_capacity: float,
    p: Parameters,
) -> Demand:
    """Contacts per year by wanted channel, before calibration (see ``InitialState.contact_load``).

    The community answers some questions before they are asked; an open social channel invites some
    that would not have been asked (Ma, Sun & Kekre 2015), and those come in there.
    """
    contacts = (
        customers
        * contacts_per_customer
        * (1.0 - p.community_deflection_share * connected_customers)
    )
    wanted_social = contacts * channel_preference
    total = wanted_social + social_capacity
    open_door = social_capacity / total if total > 0.0 else 0.0
    return Demand(
        social=wanted_social * (1.0 + p.webcare_induced_demand * open_door),
        centre=contacts - wanted_social,
    )


def average_contact_cost(
    service_money: float, contacts: float, labour_cost_per_hour: float, p: Parameters
) -> float:
    """What a contact costs today on average, currency per contact.

    The organisation's own figures decide: both service budgets (currency per year) over its
    contacts (per year). Where they make no sense (no contacts, no money, or less than
    ``contact_cost_floor`` of what is usual: then others serve customers too, outside these budgets)
    it is the published cost of a phone contact, at the organisation's level of wages.
    """
    usual = p.cost_contact_phone * labour_cost_per_hour / p.labour_cost_hour
    own = service_money / contacts if contacts > 0.0 else usual
    return own if own > 0.0 and own >= p.contact_cost_floor * usual else usual


def social_capacity(
    social_service: float, service_hours: float, social_contact_cost: float, p: Parameters
) -> float:
    """Contacts per year that can be served in social channels.

    ``social_service`` in currency per year pays for agents; ``service_hours`` per year come from
    employees who take part. Neither is free, and an ordinary employee is not quicker.
    """
    return (
        social_service / social_contact_cost
        + service_hours * MINUTES_PER_HOUR / p.minutes_per_employee_contact
    )


def centre_capacity(
    customer_service: float,
    contact_cost: float,
    unbudgeted: float,
    capability_change: float,
    p: Parameters,
) -> float:
    """Contacts per year that the contact centre can serve, helped by capable people.

    ``unbudgeted`` contacts per year are served by others, without a budget, today and later.
    """
    return (customer_service / contact_cost + unbudgeted) * (
        1.0 + p.capability_service_effect * capability_change
    )


def serve(
    wanted_social: float,
    wanted_centre: float,
    capacity_social: float,
    capacity_centre: float,
    p: Parameters,
) -> Contacts:
    """Divide contacts over their fates; all in contacts per year.

    What the social side cannot take is redirected to the contact centre, where it takes more
    handling than a contact that came there first; what the centre cannot take goes unserved. The
    fates add up to what was wanted.
    """
    in_social = smooth_minimum(wanted_social, capacity_social, p)
    overflow = wanted_social - in_social
    load = wanted_centre + p.redirect_handling_multiple * overflow
    coped = smooth_minimum(load, capacity_centre, p) / load if load > 0.0 else 1.0
    return Contacts(
        matched=in_social + wanted_centre * coped,
        redirected=overflow * coped,
        unserved=(wanted_centre + overflow) * (1.0 - coped),
        matched_social=in_social,
    )


def delivered_quality(contacts: Contacts, p: Parameters) -> float:
    """Quality of service as delivered, 0-1: satisfied share, weighed by the fate of contacts."""
    total = contacts.matched + contacts.redirected + contacts.unserved
    weighed = (
        p.quality_matched * contacts.matched
        + p.quality_redirected * contacts.redirected
        + p.quality_unserved * contacts.unserved
    )
    return weighed / total if total > 0.0 else p.quality_matched


def perception_flow(perceived: float, delivered: float, p: Parameters) -> float:
    """Flow of perceived service quality, per month: customers notice with a delay."""
    return (delivered - perceived) / p.perception_delay_months
