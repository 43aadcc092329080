"""Customers: trust, who leaves and who comes."""

from __future__ import annotations

from math import exp, log, sqrt

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
    insight_change: float,
    connected_change: float,
    redirected_change: float,
    unserved_change: float,
    p: Parameters,
) -> float:
    """Hazard of leaving, per month; never below zero.

    Proportional hazards on perceived quality, insight and the connected share, each as a change
    from today; on top of it what redirected and unserved contacts add (changes in contacts per
    customer per year, each with its own chance of losing the customer). The added part is smaller
    where customers cannot easily leave, as today's hazard shows: by the square root of it,
    relative to a reference.
    """
    relative = exp(
        -p.churn_quality_effect * quality_change
        - p.churn_insight_effect * insight_change
        - p.effect_transfer * p.churn_connected_effect * connected_change
    )
    mobility = min(sqrt(hazard_today / p.reference_churn_hazard), 1.0)
    added = mobility * (
        p.churn_per_redirected * redirected_change + p.churn_per_unserved * unserved_change
    )
    return min(max(hazard_today * relative + added / MONTHS_PER_YEAR, 0.0), FASTEST_PER_MONTH)


def yearly_churn(hazard: float) -> float:
    """Chance that a customer leaves within a year at this monthly hazard, 0-1."""
    return 1.0 - exp(-MONTHS_PER_YEAR * hazard)


def word_of_mouth(connected_customers: float, trust: float, p: Parameters) -> float:
    """Amount of word of mouth, without unit: people talk anyway, and more when connected and
    trusting."""
    return p.natural_word_of_mouth + connected_customers * trust


def acquisition(
    acquisition_today: float,
    talk_ratio: float,
    trust_ratio: float,
    insight_change: float,
    p: Parameters,
) -> float:
    """New customers per month.

    Constant elasticities on the volume of word of mouth and on its tone (which follows trust), both
    relative to today; the fit of what is offered follows insight, as a change from today.
    """
    return acquisition_today * exp(
        p.effect_transfer
        * (
            p.ewom_volume_elasticity * log(talk_ratio)
            + p.ewom_valence_elasticity * log(trust_ratio)
        )
        + p.insight_acquisition_effect * insight_change
    )
