"""Money: what comes in, what goes out, and what it is worth today."""

from __future__ import annotations

from math import exp, log

from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import Parameters


def discount_factor(month: float, discount_rate: float) -> float:
    """Worth today of one unit of money in ``month``; ``discount_rate`` is a share per year."""
    return exp(-log(1.0 + discount_rate) * month / MONTHS_PER_YEAR)


def spend_factor(connected_customers: float, offer_factor: float, p: Parameters) -> float:
    """Revenue per customer relative to an organisation without connected customers.

    Only the connected share spends more (half of what matched studies found, zero at the low end,
    as experiments say), and only as far as there is something on offer. Likes do nothing.
    """
    return 1.0 + p.effect_transfer * p.spend_uplift_connected * connected_customers * offer_factor


def trust_premium(trust_change: float, p: Parameters) -> float:
    """Price relative to today that trust permits (trust as a change from today)."""
    return 1.0 + p.effect_transfer * p.trust_price_premium * trust_change


def revenue(
    customers: float, revenue_per_customer: float, spend_ratio: float, premium: float
) -> float:
    """Revenue, currency per year; ``spend_ratio`` is relative to today."""
    return customers * revenue_per_customer * spend_ratio * premium


def social_revenue(
    matched_social: float, revenue_per_customer: float, offer_factor: float, p: Parameters
) -> float:
    """Revenue that comes in via social channels, gross, currency per year.

    Gross means attributed: most of it would have come by another way.
    """
    return matched_social * revenue_per_customer * p.social_sale_per_contact * offer_factor


def productivity(
    labour_bill: float, capability_change: float, connected_employees_change: float, p: Parameters
) -> float:
    """Worth of people getting more done than today, currency per year.

    Only ``productivity_capture`` of what is gained turns into money.
    """
    return (
        labour_bill
        * p.productivity_capture
        * (
            p.capability_productivity * capability_change
            + p.effect_transfer * p.connected_productivity * connected_employees_change
        )
    )


def hours_cost(hours_change: float, labour_cost_per_hour: float, p: Parameters) -> float:
    """Cost of involvement hours above today's (``hours_change``, per year), currency per year.

    Hours given back are a gain, of which only ``productivity_capture`` turns into money.
    """
    worth = 1.0 if hours_change > 0.0 else p.productivity_capture
    return worth * hours_change * labour_cost_per_hour


def unserved_cost(unserved_change: float, contact_cost: float, p: Parameters) -> float:
    """Cost of unserved contacts above today's (``unserved_change``, per year), currency per year.

    A question that nobody answers comes back: as a complaint, at another desk, at the counter.
    """
    return p.unserved_cost_multiple * contact_cost * unserved_change


def transition_cost(cut_per_month: float, p: Parameters) -> float:
    """One-off cost of cutting service, currency per year.

    ``cut_per_month`` is how fast the yearly service budget falls (currency per year, per month);
    the costs come while it falls and add up to ``service_transition_cost`` of what was cut.
    """
    return p.service_transition_cost * max(cut_per_month, 0.0) * MONTHS_PER_YEAR
