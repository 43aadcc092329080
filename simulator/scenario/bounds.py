"""What a scenario may say of an assumption: the least and the greatest value."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.model.register import Parameter

_DIVISORS = frozenset(
    {
        "offer_half_share",
        "effort_threshold",
        "listening_half_reach",
        "practice_reference_hours",
        "customer_money_reference",
        "customer_time_reference",
        "employee_money_reference",
        "employee_time_reference",
        "partner_money_reference",
        "partner_time_reference",
        "public_money_reference",
        "public_time_reference",
        "market_research_share_of_revenue",
        "training_share_of_labour_cost",
        "service_capacity_margin",
        "cost_contact_phone",
        "labour_cost_hour",
        "social_cost_ratio",
        "minutes_per_employee_contact",
        "redirect_handling_multiple",
        "reference_churn_hazard",
        "natural_word_of_mouth",
    }
)
"""The equations divide by these, or take the logarithm: zero and almost zero are out."""

_BOUNDS: Mapping[str, tuple[float, float]] = {
    "working_day_hours": (1.0, 24.0),
    "overload_minutes": (1.0, 1440.0),
    # Time constants: a step of one month cannot follow what is much faster than a month.
    "policy_gate_months": (1.0, 120.0),
    "perception_delay_months": (1.0, 120.0),
    "trust_building_months": (6.0, 360.0),
    "trust_asymmetry": (0.1, 6.0),
    # The elasticity's formula has no value at 0 and at 1, and no accuracy close to them.
    "money_time_substitution": (0.1, 0.95),
    "effort_exponent": (0.01, 1.0),
    # At 1 nobody is ever served, and rounding decides about the sign of what is.
    "peak_loss": (0.0, 0.5),
    # Multipliers of something between 0 and 1 that has to stay there, trust above 0.
    "promo_engagement_multiplier": (0.01, 1.0),
    "offer_floor": (0.0, 1.0),
    "regularity_multiplier": (0.1, 10.0),
    "capability_service_effect": (0.0, 1.0),
    # The logistic curve stays a curve, also when it comes down from above its ceiling.
    "channel_preference_today": (0.001, 0.5),
    "messaging_preference_saturation": (0.1, 1.0),
    "messaging_shift_per_year": (0.0, 0.1),
    # In an exponent: 3 already means twenty times the hazard.
    "effect_transfer": (0.0, 3.0),
    "churn_quality_effect": (0.0, 3.0),
    "churn_insight_effect": (0.0, 3.0),
    "churn_connected_effect": (0.0, 3.0),
    "insight_acquisition_effect": (0.0, 3.0),
}


def allowed(parameter: Parameter) -> tuple[float, float]:
    """The least and the greatest value that a scenario may give to ``parameter``, in its unit.

    Wider than the register's own range, so that assumptions can be challenged; as narrow as the
    equations need, which divide by some of them and take others for shares.
    """
    if parameter.id in _BOUNDS:
        return _BOUNDS[parameter.id]
    wide = float(f"{10.0 * parameter.high:.6g}")
    if parameter.id in _DIVISORS:
        least = float(f"{parameter.low / 10.0:.6g}")
    else:
        # Weights are divided by their sum: one of them has to be there.
        least = 0.001 if parameter.unit == "weight" else min(0.0, parameter.low)
    if parameter.unit == "per month":
        return least, max(min(wide, 1.0), parameter.high)
    if parameter.unit in {"share", "weight", "per year"} or parameter.unit.startswith("share "):
        return least, max(1.0, parameter.high)
    return least, max(1.0, wide)
