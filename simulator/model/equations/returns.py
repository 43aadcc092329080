"""What the budgets that may be cut return today: strengths from beliefs about returns.

Nobody has measured how much insight a euro of research makes, or what a unit of insight is worth.
What people do have beliefs about, and studies of, is what the last euro returns, and what would be
lost if a budget were abolished. Marketing-mix tools set their priors on returns for that reason
(Zhang et al. 2024). Both are drawn, at a peer's intensity, and the worth of a unit follows in
closed form from the response to one more euro: flow times worth over discounting and fading. From
there the organisation's own intensity moves along the curve, so that a budget a hundred times a
peer's does not return what a peer's does.
"""

from __future__ import annotations

from math import log

from simulator.model.equations.connectedness import equilibrium, slope_at_reference
from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import Parameters


def monthly_rate(yearly: float) -> float:
    """Continuous rate per month for a rate of return or discount, share per year."""
    return log(1.0 + yearly) / MONTHS_PER_YEAR


def worth_of_stock(
    present_value: float,
    budget: float,
    rate: float,
    fade: float,
    exponent: float,
    discount: float,
    p: Parameters,
) -> float:
    """Currency per year that one unit of an intangible stock is worth, so that one more euro of a
    peer's ``budget`` (currency per year) has this ``present_value`` (currency per currency).

    One euro raises the stock at once by ``rate * slope * (1 - level) / budget`` times twelve; that
    fades at ``rate + fade`` per month and is discounted at ``discount`` per month.
    """
    level = equilibrium(rate, fade)
    raised = rate * slope_at_reference(exponent, p) * (1.0 - level) / budget
    return present_value * (rate + fade + discount) / max(raised, 1e-9 / max(budget, 1e-9))


def value_of_return(yearly_return: float, fade: float, discount: float) -> float:
    """Present value of one euro with this internal rate of return (share per year), whose benefits
    fade at ``fade`` per month, at ``discount`` per month; both continuous.

    The return is the discount rate at which it would be worth exactly what it costs.
    """
    return (monthly_rate(yearly_return) + fade) / (discount + fade)
