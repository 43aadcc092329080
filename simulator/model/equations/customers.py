"""Customers: trust, who leaves and who comes."""

from __future__ import annotations

from math import exp, log

from simulator.model.quantities import FASTEST_PER_MONTH, MONTHS_PER_YEAR
from simulator.model.register import Parameters


def trust_target(quality: float, genuine: float, goodwill: float, p: Parameters) -> float:
    """Trust that present conduct deserves, 0-1: a weighted mean of service quality, authenticity
    and public goodwill."""
    weights = p.trust_weight_quality + p.trust_weight_authenticity + p.trust_weight_goodwill
    return (
        p.trust_weight_quality * quality
        + p.trust_weight_authenticity * genuine
        + p.trust_weight_goodwill * goodwill
    ) / weights


def noticed_quality(quality: float, quality_today: float, exposure: float) -> float:
    """Quality of service (0-1) as far as trust rests on it: who has nothing to do with service does
    not notice that it changed. ``exposure`` is the share of customers who do."""
    return quality_today + exposure * (quality - quality_today)


def trust_flow(trust: float, target: float, p: Parameters) -> float:
    """Flow of trust, per month: it comes on foot and leaves on horseback."""
    gap = target - trust
    speed = 1.0 if gap >= 0.0 else p.trust_asymmetry
    return speed * gap / p.trust_building_months


def base_hazard(annual_churn: float) -> float:
    """Monthly hazard of leaving that gives ``annual_churn`` (share per year)."""
    return -log(1.0 - annual_churn) / MONTHS_PER_YEAR


def churn_hazard(
    hazard_today: float,
    quality_change: float,
    exposure: float,
    connected: float,
    connected_change: float,
    p: Parameters,
) -> float:
    """Hazard of leaving, per month; never below zero.

    Proportional hazards on perceived service quality, among those who have anything to do with
    service (``exposure``, 0-1), and on the share who take part (``connected``), both as a change
    from today. Bad service has this one road. Taking part binds, or does the contrary: in one of
    the structures whoever leaves over bad service takes others along, the more the more are
    connected.
    """
    contagion = 1.0 + p.churn_contagion * connected
    spread = contagion if p.churn_form < p.churn_contagion_weight else 1.0
    return min(
        max(
            hazard_today
            * exp(
                -p.churn_quality_effect * exposure * spread * quality_change
                - p.effect_transfer * p.churn_connected_effect * connected_change
            ),
            0.0,
        ),
        FASTEST_PER_MONTH,
    )


def yearly_churn(hazard: float) -> float:
    """Chance that a customer leaves within a year at this monthly hazard, 0-1."""
    return 1.0 - exp(-MONTHS_PER_YEAR * hazard)


def word_of_mouth(connected_customers: float, trust: float, p: Parameters) -> float:
    """Amount of word of mouth, without unit: people talk anyway, and more when they take part and
    trust."""
    return p.natural_word_of_mouth + connected_customers * trust


def acquisition(
    acquisition_today: float,
    talk_ratio: float,
    trust_ratio: float,
    reached_change: float,
    reach_effect: float,
    p: Parameters,
) -> float:
    """New customers per month.

    Constant elasticities on the volume of word of mouth and on its tone (which follows trust), both
    relative to today; and an effect of those who read along and find an offer (``reached_change``,
    a change from today), for some of them are strangers, and some strangers buy. How strong that is
    (``reach_effect``) comes from what content returns.
    """
    return acquisition_today * exp(
        p.effect_transfer
        * (
            p.ewom_volume_elasticity * log(talk_ratio)
            + p.ewom_valence_elasticity * p.tone_follows_trust * log(max(trust_ratio, 1e-9))
        )
        + reach_effect * reached_change
    )
