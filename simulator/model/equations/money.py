"""Money: what comes in, what goes out, and what it is worth today."""

from __future__ import annotations

from math import exp, log

from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import Parameters


def discount_factor(month: float, discount_rate: float) -> float:
    """Worth today of one unit of money in ``month``; ``discount_rate`` is a share per year."""
    return exp(-log(1.0 + discount_rate) * month / MONTHS_PER_YEAR)


def spend_factor(connected_customers: float, offer_factor: float, p: Parameters) -> float:
    """Revenue per customer relative to an organisation without customers who take part.

    Only those who take part spend more or less (matched studies found up to a fifth more, an
    experiment nothing), and only as far as there is something on offer. Reading along does nothing.
    """
    return 1.0 + p.effect_transfer * p.spend_uplift_connected * connected_customers * offer_factor


def trust_premium(trust_change: float, p: Parameters) -> float:
    """Revenue relative to today that trust permits by a higher price, net of what is sold less for
    it (trust as a change from today)."""
    net = 1.0 - p.premium_lost_in_volume
    return 1.0 + p.effect_transfer * p.trust_price_premium * net * trust_change


def webcare_factor(answered_change: float, exposure: float, p: Parameters) -> float:
    """Revenue relative to today because others see that questions are answered in public
    (``answered_change``: share answered in social channels, as a change from today; ``exposure``:
    share of customers who ask anything, as where nobody asks nothing is seen)."""
    return 1.0 + p.effect_transfer * p.webcare_revenue_effect * exposure * answered_change


def fit_factor(insight_change: float, worth: float) -> float:
    """Revenue per customer relative to today because what is offered fits better or worse;
    ``worth`` is a share of revenue per unit of insight. Never below half."""
    return max(1.0 + worth * insight_change, 0.5)


def revenue(customers: float, revenue_per_customer: float, factor: float) -> float:
    """Revenue, currency per year; ``factor`` is revenue per customer relative to today."""
    return customers * revenue_per_customer * factor


def social_revenue(
    served_social: float, revenue_per_customer: float, offer_factor: float, p: Parameters
) -> float:
    """Revenue that comes in via social channels, gross, currency per year.

    Gross means attributed: most of it would have come by another way.
    """
    return served_social * revenue_per_customer * p.social_sale_per_contact * offer_factor


def productivity(
    labour_bill: float,
    service_share: float,
    capability_change: float,
    capability_worth: float,
) -> float:
    """Worth of people getting more done than today, currency per year.

    What capability is worth (a share of output per unit) is calibrated to what training returns to
    the firm, so all of it counts; those who answer customers (``service_share`` of the labour bill)
    answer more of them instead.
    """
    return labour_bill * (1.0 - service_share) * capability_worth * capability_change


def hours_cost(
    hours_change: float, labour_cost_per_hour: float, service_share: float, p: Parameters
) -> float:
    """Cost of involvement hours above today's (``hours_change``, per year), currency per year.

    Hours of those who answer customers (``service_share``) are not paid twice: they are missing
    there. Hours given back are a gain, of which only ``productivity_capture`` turns into money.
    """
    worth = 1.0 if hours_change > 0.0 else p.productivity_capture
    return worth * (1.0 - service_share) * hours_change * labour_cost_per_hour


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
