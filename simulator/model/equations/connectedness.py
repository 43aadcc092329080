"""Connectedness: how money, people's time and conduct build relations, and how these fade.

Claims answered here (see ``docs/CLAIMS.md``): connectedness cannot be bought; presence is not
enough; selling all the time kills involvement; regularity helps; learning is trial and error.
"""

from __future__ import annotations

from math import pow

from simulator.model.quantities import FASTEST_PER_MONTH, MINUTES_PER_HOUR, Budgets
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


def authenticity(promotional_share: float, p: Parameters) -> float:
    """How genuine the organisation is felt to be, 0-1; 1 when nothing it publishes sells.

    Falls with the promotional share, faster when that is high; all content selling leaves
    ``promo_engagement_multiplier``.
    """
    return 1.0 - (1.0 - p.promo_engagement_multiplier) * promotional_share * promotional_share


def offer(promotional_share: float, p: Parameters) -> float:
    """How far connectedness is turned into business, 0-1: conversion needs an offer.

    With nothing on offer ``offer_floor`` remains; the rest comes quickly with a little promotion
    (half of it at ``offer_half_share``) and hardly grows beyond.
    """
    seen = promotional_share / (promotional_share + p.offer_half_share)
    return p.offer_floor + (1.0 - p.offer_floor) * seen


def conduct(
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


def combined_effort(
    money: float, money_reference: float, time: float, time_reference: float, p: Parameters
) -> float:
    """Money and people's time together, relative to the reference effort.

    CES with an elasticity of substitution below one: the two are complements, and either at zero
    gives nothing. ``money`` and ``time`` (at labour cost) and their references are in the same
    unit. Written per unit of time: the same as the textbook form, with one power less.
    """
    rho = 1.0 - 1.0 / p.money_time_substitution
    per_time = max(money * time_reference, 1e-9) / max(time * money_reference, 1e-9)
    mixed = p.money_weight * pow(per_time, rho) + (1.0 - p.money_weight)
    effort = time / time_reference * pow(mixed, 1.0 / rho)
    return effort if money > 0.0 and time > 0.0 else 0.0


def response(effort: float, p: Parameters) -> float:
    """Response to effort (1 = reference) with diminishing returns; 0 gives 0, 1 gives 1.

    A power with an exponent below one, but for a start: well below ``effort_threshold`` of the
    reference next to nothing happens, where the power alone would give most per euro to the first
    euro.
    """
    start = (1.0 + p.effort_threshold) * effort / (effort + p.effort_threshold)
    return start * pow(effort, p.effort_exponent) if effort > 0.0 else 0.0


def money_for_customers(budgets: Budgets, p: Parameters) -> float:
    """Money that works on relations with customers, currency per year."""
    return (
        budgets.community * (1.0 - p.community_partner_share)
        + budgets.content * (1.0 - p.content_public_share)
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


def relation_inflow(
    rate: float,
    money: float,
    money_reference: float,
    time_value: float,
    time_reference: float,
    base: float,
    conduct_factor: float,
    p: Parameters,
) -> float:
    """Inflow into one connectedness stock, per month.

    ``money`` and ``time_value`` (hours at labour cost) are in currency per year, ``base`` is what
    makes organisations comparable (revenue, or the labour cost of those who take part), in the
    same currency per year; the references are shares of that base. ``rate`` is the inflow per
    month at reference effort.
    """
    effort = conduct_factor * combined_effort(
        money, base * money_reference, time_value, base * time_reference, p
    )
    return rate * response(effort, p)


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
