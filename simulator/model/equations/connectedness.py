"""Connectedness: how money, people's time and conduct build relations, and how these fade.

Effort counts in hours a head: money divided by the organisation's own cost of an hour, and hours as
hours, over the people who are to be reached. So neither the currency nor prices nor wages decide.

Claims answered here (see ``docs/CLAIMS.md``): connectedness cannot be bought; presence is not
enough; selling all the time kills involvement; regularity helps; learning is trial and error.
"""

from __future__ import annotations

from math import pow, sqrt

from simulator.model.quantities import (
    FASTEST_PER_MONTH,
    MINUTES_PER_HOUR,
    Budgets,
    Conduct,
    Involvement,
)
from simulator.model.register import Parameters


def stock_flow(inflow: float, level: float, outflow_rate: float) -> float:
    """Net flow of an intangible stock, per month: ``u (1 - x) - d x``.

    The one form for all of them: it saturates by itself, because whoever is reached already
    cannot be reached again. ``inflow`` and ``outflow_rate`` are per month, ``level`` is 0-1.
    """
    return min(inflow, FASTEST_PER_MONTH) * (1.0 - level) - outflow_rate * level


def equilibrium(inflow: float, outflow_rate: float) -> float:
    """Level at which :func:`stock_flow` is zero: ``u / (u + d)``; 0 where nothing flows at all."""
    building = min(inflow, FASTEST_PER_MONTH)
    total = building + outflow_rate
    return building / total if total > 0.0 else 0.0


def shared_flow(inflow: float, level: float, most: float, outflow_rate: float) -> float:
    """Net flow of a stock that only grows among the share ``most`` (0-1), per month:
    ``u (most - x) - d x``."""
    return min(inflow, FASTEST_PER_MONTH) * (most - level) - outflow_rate * level


def involvement_hours(
    employees: float,
    participation: float,
    minutes_per_day: float,
    working_hours_per_year: float,
    p: Parameters,
) -> float:
    """Working time that goes into involvement, hours per year, all employees together."""
    working_days = working_hours_per_year / p.working_day_hours
    return employees * participation * minutes_per_day / MINUTES_PER_HOUR * working_days


def yielding_share_of_time(minutes_per_day: float, p: Parameters) -> float:
    """Share of the involvement time that yields anything, 0-1; all of it has to be paid.

    Beyond ``overload_minutes`` a day more time brings less in total (an inverted U): collaboration
    overload is real (Cross, Rebele & Grant 2016).
    """
    relative = minutes_per_day / p.overload_minutes
    return 1.0 / (1.0 + relative * relative)


def displaced_share(participation: float, minutes_per_day: float, p: Parameters) -> float:
    """Share of working time that goes into involvement, and so not into anything else, 0-1."""
    return participation * minutes_per_day / (MINUTES_PER_HOUR * p.working_day_hours)


def authenticity(
    promotional_share: float, asked_openness: float, openness: float, p: Parameters
) -> float:
    """How genuine the organisation is felt to be, 0-1; 1 when nothing it publishes sells and it
    does as it says.

    Falls with the promotional share, faster when that is high; all content selling leaves
    ``promo_engagement_multiplier``. Who announces more openness (``asked_openness``, 0-1) than
    happens (``openness``, 0-1) loses up to ``unkept_openness_cost``: asking and not acting on it is
    worse than not asking (de Vries, Jehn & Terwel 2012).
    """
    selling = (1.0 - p.promo_engagement_multiplier) * promotional_share * promotional_share
    return (1.0 - selling) * (1.0 - p.unkept_openness_cost * (asked_openness - openness))


def offer(promotional_share: float, p: Parameters) -> float:
    """How far connectedness is turned into business, 0-1: conversion needs an offer.

    With nothing on offer ``offer_floor`` remains; the rest comes quickly with a little promotion
    (half of it at ``offer_half_share``) and hardly grows beyond.
    """
    seen = promotional_share / (promotional_share + p.offer_half_share)
    return p.offer_floor + (1.0 - p.offer_floor) * seen


def scale(heads: float, p: Parameters) -> float:
    """How many heads' worth of hosting or content it takes for so many people, in heads.

    One page serves more than one reader: less than in proportion, by a power between 0 (the same
    for any number) and 1 (each one apart). At ``scale_reference_heads`` both are the same.
    """
    return p.scale_reference_heads * pow(heads / p.scale_reference_heads, p.hosting_scale)


def conduct_hours(
    involvement: Involvement, employees: float, taking_part: float, p: Parameters
) -> float:
    """Hours per year that conduct usually takes, as asked for; ``taking_part`` in heads."""
    shared = pow(employees / p.conduct_reference_employees, p.hosting_scale)
    return (
        involvement.openness * (p.openness_hours * shared + p.openness_hours_per_head * taking_part)
        + involvement.regularity * p.regularity_hours * shared
        + involvement.mandate * p.mandate_hours_per_employee * employees
    )


def conduct_scale(hours: float, needed: float, p: Parameters) -> float:
    """What conduct takes here relative to what is usual: 1, or less where today's ``hours`` per
    year do not afford what is stated for today, which is believed."""
    return min(max(p.conduct_share_of_time * hours / max(needed, 1e-9), p.least_conduct_scale), 1.0)


def bounded(ratio: float, slack: float) -> float:
    """The smaller of ``ratio`` and 1, without a kink: at 1 it is less by ``sqrt(slack)``."""
    gap = 1.0 - ratio
    return 2.0 * ratio * (1.0 - slack) / (1.0 + ratio + sqrt(gap * gap + 4.0 * slack * ratio))


def realised_conduct(
    involvement: Involvement,
    hours: float,
    employees: float,
    taking_part: float,
    own: float,
    p: Parameters,
) -> Conduct:
    """How people behave as far as there is time for it, and the hours that it takes.

    Openness means asking, answering and acting on it: hours for each of those ``taking_part``
    (heads on the other side), and some that are the same for however many. Regularity takes hours
    of making, a mandate hours of those who lead. They come out of the stated ``hours`` per year;
    where these do not afford it (at most ``conduct_share_of_time`` of them), less of it happens
    than is asked for. ``own`` is what these hours are here relative to what is usual
    (:func:`conduct_scale`).
    """
    needed = own * conduct_hours(involvement, employees, taking_part, p)
    afforded = p.conduct_share_of_time * hours / max(needed, 1e-9)
    realised = bounded(afforded, p.conduct_slack) if needed > 0.0 else 1.0
    return Conduct(
        openness=realised * involvement.openness,
        regularity=realised * involvement.regularity,
        mandate=realised * involvement.mandate,
        hours=realised * needed,
    )


def conduct_factor(
    genuine: float, regularity: float, openness: float, competence: float, p: Parameters
) -> float:
    """How people behave, as a multiplier of effort: the part that money cannot replace.

    ``genuine`` is :func:`authenticity`. Openness and competence each take away up to their weight
    when they are missing; regularity adds up to its multiplier.
    """
    return (
        genuine
        * (1.0 + (p.regularity_multiplier - 1.0) * regularity)
        * (1.0 - p.openness_weight * (1.0 - openness))
        * (1.0 - p.competence_weight * (1.0 - competence))
    )


def combined_effort(money: float, time: float, p: Parameters) -> float:
    """Money and people's time together, each and the result relative to the reference effort.

    CES with an elasticity of substitution below one: the two are complements, and either at zero
    gives nothing. Written per unit of time: the same as the textbook form, with one power less.
    """
    rho = 1.0 - 1.0 / p.money_time_substitution
    ratio = max(money, 1e-9) / max(time, 1e-9)
    per_time = min(max(ratio, 1e-9), 1.0 / 1e-9)  # beyond that its powers are no numbers
    mixed = p.money_weight * pow(per_time, rho) + (1.0 - p.money_weight)
    effort = time * pow(mixed, 1.0 / rho)
    return effort if money > 0.0 and time > 0.0 else 0.0


def curve(effort: float, exponent: float, p: Parameters) -> float:
    """Response to effort (1 = reference) with diminishing returns; 0 gives 0, 1 gives 1.

    A power with an exponent of at most one, but for a start: well below ``effort_threshold`` of the
    reference next to nothing happens, where the power alone would give most per euro to the first
    euro.
    """
    start = (1.0 + p.effort_threshold) * effort / (effort + p.effort_threshold)
    return start * pow(effort, exponent) if effort > 0.0 else 0.0


def slope_at_reference(exponent: float, p: Parameters) -> float:
    """Slope of :func:`curve` at the reference effort."""
    return exponent + p.effort_threshold / (1.0 + p.effort_threshold)


def exponent_for_slope(slope: float, p: Parameters) -> float:
    """Exponent with which :func:`curve` has this slope at the reference effort, 0 to 1."""
    return min(max(slope - p.effort_threshold / (1.0 + p.effort_threshold), 0.0), 1.0)


def response(effort: float, p: Parameters) -> float:
    """Response of relations to effort (1 = reference), see :func:`curve`."""
    return curve(effort, p.effort_exponent, p)


def money_for_reach(budgets: Budgets, p: Parameters) -> float:
    """Money that makes people on the other side read along, currency per year."""
    return budgets.content * (1.0 - p.content_public_share)


def money_for_customers(budgets: Budgets, p: Parameters) -> float:
    """Money that works on relations with customers, currency per year."""
    return (
        budgets.community * (1.0 - p.community_partner_share)
        + budgets.social_service * p.social_service_relation_share
    )


def money_for_employees(budgets: Budgets, p: Parameters) -> float:
    """Money that works on relations among employees, currency per year."""
    return budgets.networking * (1.0 - p.networking_partner_share)


def money_for_partners(budgets: Budgets, p: Parameters) -> float:
    """Money that works on relations with suppliers and partners, currency per year."""
    return (
        budgets.community * p.community_partner_share
        + budgets.networking * p.networking_partner_share
    )


def money_for_public(budgets: Budgets, p: Parameters) -> float:
    """Money that works on public goodwill, currency per year."""
    return budgets.content * p.content_public_share + budgets.listening * p.listening_public_share


def time_weights(p: Parameters) -> float:
    """Sum of the weights by which involvement time divides over what it serves."""
    return (
        p.time_weight_customers
        + p.time_weight_employees
        + p.time_weight_partners
        + p.time_weight_public
        + p.time_weight_service
    )


def reach_inflow(money_hours: float, heads: float, genuine: float, p: Parameters) -> float:
    """Inflow into reach, per month: ``money_hours`` per year for ``heads`` on the other side.

    Content can be bought, and one piece serves many; what only sells is read by fewer.
    """
    return p.reach_rate * response(
        genuine * money_hours / (p.content_reference * scale(heads, p)), p
    )


def readers(reach: float, p: Parameters) -> float:
    """Share of the people on the other side who can be asked to take part, 0-1: those who read
    along, and ``natural_reach`` of all, whom the organisation meets anyway."""
    return p.natural_reach + (1.0 - p.natural_reach) * reach


def participation_inflow(effort: float, reach: float, p: Parameters) -> float:
    """Inflow into the share of the people on the other side who take part, per month, from
    ``effort`` relative to the reference; before what a community that tips adds
    (:func:`draw_of_community`).

    Three forms, of which a draw has one: with diminishing returns, in proportion, or one that tips.
    """
    answered = effort if p.community_form < p.community_linear_weight else response(effort, p)
    return min(p.customer_connection_rate * answered * readers(reach, p), FASTEST_PER_MONTH / 3.0)


def draw_of_community(connected: float, p: Parameters) -> float:
    """Factor on the inflow of those who take part, from how many do already, without unit.

    Where a community tips: half as much while nobody is there, three times as much in the end, and
    half-way between at ``community_tipping_share``. Else 1.
    """
    tip = p.community_tipping_share
    drawn = (0.5 * tip + 3.0 * connected) / (connected + tip)
    tips = max(1.0 - p.community_tipping_weight, p.community_linear_weight)
    return drawn if p.community_form > tips else 1.0


def participation_equilibrium(inflow: float, own: float, p: Parameters) -> float:
    """Share of the people on the other side who take part when nothing changes, 0-1.

    ``inflow`` per month is what effort brings, before :func:`draw_of_community`; ``own`` comes in
    addition, by itself. In closed form: where a community tips, the one positive root of a
    quadratic.
    """
    fade = p.customer_connection_fade
    tip = p.community_tipping_share
    grown = 3.0 * inflow + own
    begun = (0.5 * inflow + own) * tip
    square = fade + grown
    linear = fade * tip - grown + begun
    root = (sqrt(linear * linear + 4.0 * square * begun) - linear) / (2.0 * max(square, 1e-9))
    plain = equilibrium(inflow + own, fade)
    tips = max(1.0 - p.community_tipping_weight, p.community_linear_weight)
    return root if p.community_form > tips else plain


def competence_inflow(hours_per_employee: float, p: Parameters) -> float:
    """Learning by doing: inflow into competence, per month, from yielding hours per year.

    Trial and error with diminishing returns; whoever does nothing learns nothing.
    """
    return p.competence_rate * response(hours_per_employee / p.practice_reference_hours, p)


def participation_flow(participation: float, target: float, mandate: float, p: Parameters) -> float:
    """Net flow of participation, per month: towards what is asked for, at the mandate's speed.

    With a full mandate it takes ``policy_gate_months`` (time constant); with none
    ``1 + mandate_slowdown`` times as long. Policy comes first.
    """
    months = p.policy_gate_months * (1.0 + p.mandate_slowdown * (1.0 - mandate))
    return (target - participation) / months
