"""Customer service: who contacts the organisation, in which channel, and what becomes of it.

Both sides, social channels and the contact centre (phone and mail), are calibrated to the same
dashboard: how many contacts come, which share is answered at the first attempt, how busy people
are. From these follows what could be answered (:func:`capacity_today`); money enters only with what
one contact more or less costs.
"""

from __future__ import annotations

from math import exp, log, pow, sqrt

from simulator.model.quantities import MINUTES_PER_HOUR, MONTHS_PER_YEAR, Contacts, Demand
from simulator.model.register import Parameters


def known_or_drawn(known: float, drawn: float) -> float:
    """What the organisation knows, else what is drawn for it; both in the same unit."""
    return known if known >= 0.0 else drawn


def preference_flow(channel_preference: float, drift: float, p: Parameters) -> float:
    """Growth of the share of contacts wanted in a social or messaging channel, per month.

    Logistic towards ``messaging_preference_saturation``; ``messaging_shift_per_year`` is its
    fastest pace, reached half-way. Whoever is beyond that already stays there. ``drift`` is 1 when
    the world moves and 0 when it stands still.
    """
    ceiling = max(p.messaging_preference_saturation, channel_preference)
    pace = 4.0 * p.messaging_shift_per_year / MONTHS_PER_YEAR / ceiling
    return drift * pace * channel_preference * (1.0 - channel_preference / ceiling)


def tried_share(
    preference: float,
    social: float,
    social_today: float,
    centre: float,
    centre_today: float,
    p: Parameters,
) -> float:
    """Share of contacts that come to a social channel first, 0-1.

    What customers would like (``preference``), moved by what they expect to be answered there and
    elsewhere (shares, now and today): as today's odds times the ratio of the two prospects, each
    against today's, to ``channel_responsiveness``. ``channel_habit`` keeps a little hope where
    nobody answers.
    """
    prospect = (max(social, 0.0) + p.channel_habit) / (social_today + p.channel_habit)
    elsewhere = (max(centre, 0.0) + p.channel_habit) / (centre_today + p.channel_habit)
    odds = preference * pow(prospect / elsewhere, p.channel_responsiveness)
    return odds / (odds + 1.0 - preference)


def mismatch(tried: float, wanted: float, p: Parameters) -> float:
    """Share of all contacts that come by one channel and would rather come by another, 0-1.

    The difference of the two shares; smooth at zero, so that nothing jumps where they agree.
    """
    gap = sqrt((tried - wanted) * (tried - wanted))
    return gap * gap / (gap + p.channel_indifference)


def smooth_minimum(demand: float, capacity: float, peaks: float) -> float:
    """What gets served of ``demand`` with ``capacity``; both and the result in the same unit.

    Contacts do not arrive evenly: when both are equal, the share ``sqrt(peaks)`` is missed. Far
    from that point it is the plain minimum. It has no kink and rises with both. It is never above
    either, also where they are so small that their squares are nothing to a computer.
    """
    gap = demand - capacity
    smooth = 0.5 * (demand + capacity - sqrt(gap * gap + 4.0 * peaks * demand * capacity))
    return min(smooth, min(demand, capacity))


def peaks(answered_share: float, occupancy: float) -> float:
    """How unevenly contacts come, for :func:`smooth_minimum`: so that with people busy for the
    share ``occupancy`` of their time, ``answered_share`` is answered. Both 0-1."""
    return (1.0 - occupancy) * (1.0 - answered_share)


def capacity_today(contacts: float, answered_share: float, occupancy: float) -> float:
    """Contacts per year that can be answered, from what is answered today.

    The inverse of :func:`smooth_minimum` in closed form: with :func:`peaks` from the same two
    shares, exactly ``answered_share`` of ``contacts`` is answered.
    """
    return contacts * answered_share / occupancy


def self_help_reference(known_share: float, connected_today: float, p: Parameters) -> float:
    """Participation at which the share of questions that customers answer each other is meant, 0-1:
    today's where that share is known, else that of the study."""
    own = max(connected_today, p.least_self_help)
    return own if known_share >= 0.0 else p.participation_reference


def self_help(connected_customers: float, reference: float, p: Parameters) -> float:
    """How far customers help each other, 1 at the ``reference`` participation
    (:func:`self_help_reference`).

    Saturates, as easy questions run out: ``self_help_half`` is meant for
    ``participation_reference``, and in proportion for another.
    """
    half = p.self_help_half / p.participation_reference * reference
    return connected_customers / (connected_customers + half) * (reference + half) / reference


def self_help_strength(known_share: float, p: Parameters) -> float:
    """How strongly :func:`self_help` replaces contacts: contacts are ``exp(-strength * help)``.

    From what customers answer each other today, where that is known; else from the share that was
    found elsewhere at the reference participation, which may be negative: self-service can raise
    contacts (Kumar & Telang 2012).
    """
    drawn = -p.effect_transfer * log(1.0 - p.community_deflection_share)
    own = -log(1.0 - min(known_share, 1.0 - 1e-9))
    return own if known_share >= 0.0 else drawn


def self_help_factor(strength: float, help_change: float) -> float:
    """Contacts relative to today as customers help each other more or less (a change of
    :func:`self_help`): a twentieth at least, twenty times as many at most."""
    return exp(-min(max(strength * help_change, -3.0), 3.0))


def self_service_factor(money_hours: float, heads: float, p: Parameters) -> float:
    """Contacts relative to today with money for self-service, as many ``money_hours`` of labour per
    year as it would pay for, for so many ``heads``
    (:func:`~simulator.model.equations.connectedness.scale`).

    At the reference, what was found elsewhere as far as it holds here: a portal that answered some
    questions and raised others (Kumar & Telang 2012). Diminishing: never more than twice that.
    """
    effort = money_hours / (p.self_service_reference * heads)
    answered = p.effect_transfer * p.self_service_deflection
    return 1.0 - 2.0 * answered * effort / (1.0 + effort)


def demand(
    contacts: float,
    tried_social: float,
    unwanted: float,
    wanted_social: float,
    self_help_factor: float,
    door_ratio: float,
) -> Demand:
    """Contacts per year by the channel that is tried first.

    ``contacts`` are those of as many customers at today's habits; ``tried_social`` and
    ``wanted_social`` are shares of them, ``unwanted`` is the :func:`mismatch`. Customers who help
    each other ask less (``self_help_factor``, relative to today), and an open social channel
    invites questions that would not have been asked (``door_ratio``, relative to today).
    """
    base = contacts * self_help_factor
    social = base * tried_social * door_ratio
    centre = base * (1.0 - tried_social)
    beyond = tried_social > wanted_social
    return Demand(
        social=social,
        centre=centre,
        unwanted_social=base * unwanted if beyond else 0.0,
        unwanted_centre=0.0 if beyond else base * unwanted,
    )


def open_door(wanted: float, capacity: float, p: Parameters) -> float:
    """Factor on contacts in social channels because somebody answers there (Ma, Sun & Kekre 2015),
    1 or more; ``wanted`` and ``capacity`` in contacts per year."""
    total = wanted + capacity
    return 1.0 + p.webcare_induced_demand * (capacity / total if total > 0.0 else 0.0)


def usual_contact_cost(labour_cost_per_hour: float, p: Parameters) -> float:
    """Published cost of a phone contact at the organisation's level of wages, currency."""
    return p.cost_contact_phone * labour_cost_per_hour / p.labour_cost_hour


def average_contact_cost(
    known: float, budget: float, answered: float, usual: float, p: Parameters
) -> float:
    """What an answered contact costs by phone and mail today on average, currency per contact.

    What the organisation knows; else its budget (currency per year) over what is answered (contacts
    per year), ``usual`` where nothing is answered. It is never less than ``contact_cost_floor`` of
    what is usual (where the budget does not pay for that, others serve customers too, outside it),
    and never more than ``contact_cost_ceiling`` of it (the rest of the budget is for other things).
    """
    own = budget / answered if answered > 0.0 else usual
    plausible = min(max(own, p.contact_cost_floor * usual), p.contact_cost_ceiling * usual)
    return known_or_drawn(known, plausible)


def centre_elasticity(budget: float, answered: float, cost: float, p: Parameters) -> float:
    """By how many per cent what can be answered falls when the budget falls by one, at first.

    ``budget`` in currency per year, ``answered`` contacts per year, ``cost`` what one contact less
    saves, in currency. Below 1 where others answer too, outside it. Above 1 where a part of the
    budget does not go with contacts (rent, systems, leaders), as far as a cut leaves that part
    untouched (``overhead_kept``).
    """
    whole = budget / max(cost * answered, 1e-9)
    return min(whole, 1.0) + p.overhead_kept * max(whole - 1.0, 0.0)


def centre_capacity(
    today: float,
    money_ratio: float,
    elasticity: float,
    capability_factor: float,
    working_factor: float,
) -> float:
    """Contacts per year that the contact centre can answer.

    Today's, less what the money that left answered (``money_ratio`` is the budget relative to
    today's): at first by ``elasticity``, and nothing of what the budget pays for when it is gone.
    More money answers more at what a contact costs;
    helped by capable people and held up by people who are busy elsewhere (both factors relative to
    today).
    """
    paid = min(elasticity, 1.0)
    power = min(elasticity / max(paid, 1e-9), 6.0)
    within = min(money_ratio, 1.0)
    left = 1.0 - paid + paid * (pow(within, power) if within > 0.0 else 0.0)
    added = paid * power * max(money_ratio - 1.0, 0.0)
    return today * (left + added) * capability_factor * working_factor


def social_capacity(
    today: float, money_change: float, per_money: float, hours_change: float, p: Parameters
) -> float:
    """Contacts per year that can be answered in social channels.

    ``money_change``, currency per year, pays for agents; ``hours_change`` per year come from
    employees who take part. Neither is free, and an ordinary employee is not quicker.
    """
    colleagues = hours_change * MINUTES_PER_HOUR / p.minutes_per_employee_contact
    return max(today + money_change * per_money + colleagues, 0.0)


def serve(
    wanted: Demand,
    capacity_social: float,
    capacity_centre: float,
    peaks_social: float,
    peaks_centre: float,
    p: Parameters,
) -> Contacts:
    """Divide contacts over their fates; all in contacts per year.

    Whoever is not answered in the channel tried first tries the other one with
    ``second_attempt_share``, where it takes more handling than a contact that came there first, and
    gets what capacity is left there; both ways. The fates add up to what was wanted.
    """
    first_social = smooth_minimum(wanted.social, capacity_social, peaks_social)
    first_centre = smooth_minimum(wanted.centre, capacity_centre, peaks_centre)
    left_social = max(wanted.social - first_social, 0.0)
    left_centre = max(wanted.centre - first_centre, 0.0)
    second = p.second_attempt_share * p.redirect_handling_multiple
    in_centre = (
        smooth_minimum(second * left_social, max(capacity_centre - first_centre, 0.0), peaks_centre)
        / p.redirect_handling_multiple
    )
    in_social = (
        smooth_minimum(second * left_centre, max(capacity_social - first_social, 0.0), peaks_social)
        / p.redirect_handling_multiple
    )
    answered_social = first_social / wanted.social if wanted.social > 0.0 else 1.0
    answered_centre = first_centre / wanted.centre if wanted.centre > 0.0 else 1.0
    put_up_with = (
        answered_social * wanted.unwanted_social + answered_centre * wanted.unwanted_centre
    )
    return Contacts(
        matched=first_social + first_centre - put_up_with,
        redirected=in_centre + in_social + put_up_with,
        unserved=left_social + left_centre - in_centre - in_social,
        served_social=first_social + in_social,
        answered_social=answered_social,
        answered_centre=answered_centre,
    )


def delivered_quality(contacts: Contacts, capability_change: float, p: Parameters) -> float:
    """Quality of service as delivered, 0-1: satisfied share, weighed by the fate of contacts.

    Capable people solve more of what is asked; ``capability_change`` is a change from today.
    """
    total = contacts.matched + contacts.redirected + contacts.unserved
    weighed = (
        p.quality_matched * contacts.matched
        + p.quality_redirected * contacts.redirected
        + p.quality_unserved * contacts.unserved
    )
    found = weighed / total if total > 0.0 else p.quality_matched
    return min(max(found * (1.0 + p.capability_quality_effect * capability_change), 0.0), 1.0)


def perception_flow(perceived: float, delivered: float, p: Parameters) -> float:
    """Flow of what customers perceive, per month: they notice with a delay."""
    return (delivered - perceived) / p.perception_delay_months


def expectation_flow(expected: float, answered: float, p: Parameters) -> float:
    """Flow of the share of contacts that customers expect to be answered, per month."""
    return (answered - expected) / p.channel_learning_months


def service_exposure(contacts_per_customer: float) -> float:
    """Share of customers who have anything to do with service within a year, 0-1.

    What a failed contact costs falls with the number of contacts of the same customer: nobody can
    leave more than once.
    """
    return 1.0 - exp(-contacts_per_customer)
