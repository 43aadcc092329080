"""Why the margin on revenue differs: customers kept and won, what they spend, the price, and more.

Revenue in a month is a product of five factors: customers, and what each brings in through the
spending of those who take part, through the price that trust permits, through questions that others
see answered, and through an offer that fits. Sales through social channels alone are added.

A product has no parts of its own. Each factor gets its Shapley value: its mean contribution over
all orders in which the five could go from carrying on to the plan. Of a product that is an integral
along the line between the two (the multilinear extension: Owen 1972, Multilinear extensions of
games, Management Science 18, P64-P79), of a polynomial of the fourth degree, for which three nodes
of Gauss and Legendre are exact. So the parts add up to the whole in every draw and every month.

The difference in customers is itself divided, by an identity of the stock's equation. With ``J``
who joins, ``h`` the hazard of leaving and ``C`` customers, the difference ``D`` between plan and
baseline grows by ``dJ - mean(h) D - dh mean(C)``, the means being over both runs. The first term
makes the customers *won*, the last those *kept*; all leave at ``mean(h)``. That is symmetric too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from simulator.analyses.present_value import month_weights, spread
from simulator.model.equations.connectedness import offer
from simulator.model.equations.money import spend_factor, trust_premium, webcare_factor
from simulator.model.equations.service import service_exposure
from simulator.model.figure_values import Series
from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import FloatArray, Parameters
from simulator.results import Forecast

SERIES = (
    "customers",
    "connected_customers",
    "trust",
    "social_answered",
    "churn",
    "acquisition",
    "revenue",
    "social_payment_incremental",
)
"""What is read of both runs."""

MARGIN = (
    "customers_kept",
    "customers_won",
    "spending",
    "price",
    "answers_seen",
    "fit",
    "social_payment",
)
"""The parts, in the order of :func:`margin_by_draw`."""

_NODES, _WEIGHTS = (
    (np.polynomial.legendre.leggauss(3)[0] + 1.0) / 2.0,
    np.polynomial.legendre.leggauss(3)[1] / 2.0,
)


def margin_by_draw(forecast: Forecast, margin: FloatArray) -> Mapping[str, FloatArray]:
    """What ``margin``, the present value of gross margin that the plan adds in each draw (shape
    ``(draws,)``, currency), consists of: by :data:`MARGIN`, of the same shape."""
    organisation = forecast.scenario.organisation_quantities()
    today = organisation.involvement.promotional_share
    baseline = factors(forecast, forecast.baseline, np.full((1, forecast.months + 1), today))
    plan = factors(forecast, forecast.plan, forecast.asked("promotional_share"))
    worth_of = shapley_worth(baseline, plan)
    won, kept = customers_by_cause(forecast.plan, forecast.baseline)
    weights = month_weights(forecast.months, organisation.discount_rate)
    worth = organisation.gross_margin * organisation.revenue_per_customer
    payment = (
        forecast.plan["social_payment_incremental"]
        - forecast.baseline["social_payment_incremental"]
    )
    rough = np.stack(
        [
            worth * ((kept * worth_of[0]) @ weights),
            worth * ((won * worth_of[0]) @ weights),
            *(worth * (((plan - baseline) * worth_of)[1:] @ weights)),
            organisation.gross_margin * (payment @ weights),
        ]
    )
    return dict(zip(MARGIN, spread(rough, margin), strict=True))


def factors(forecast: Forecast, run: Series, promotion: FloatArray) -> FloatArray:
    """The five factors of what a ``run`` sells, by month, shape ``(5, draws, months + 1)``:
    customers (heads), then spending, price, answers seen and fit, each relative to today.

    ``promotion`` is the share of it by month, shape ``(1 or draws, months + 1)``.

    The last is what the others leave of the revenue, so that their product is that revenue.
    """
    organisation = forecast.scenario.organisation_quantities()
    values: Any = forecast.shared_baseline.values[:, :, None]
    p, promoted = Parameters(*values), cast("Any", promotion)
    connected, trust, answered = (
        run[name] for name in ("connected_customers", "trust", "social_answered")
    )
    today: Any = connected[:, :1]
    customers, changes = run["customers"], (trust - trust[:, :1], answered - answered[:, :1])
    more: list[Any] = [connected, *changes]
    spending = spend_factor(more[0], offer(promoted, p), p) / spend_factor(
        today, offer(organisation.involvement.promotional_share, p), p
    )
    price = trust_premium(more[1], p)
    seen = webcare_factor(more[2], service_exposure(organisation.contacts_per_customer), p)
    payment = run["social_payment_incremental"]
    sales = run["revenue"] - (payment - payment[:, :1])
    explained = customers * organisation.revenue_per_customer * spending * price * seen
    fit = np.divide(sales, explained, out=np.ones_like(sales), where=explained != 0.0)
    return np.stack([customers, spending, price, seen, fit])


def shapley_worth(before: FloatArray, after: FloatArray) -> FloatArray:
    """What one unit of each factor is worth: the Shapley value of a factor in the change of the
    product from ``before`` to ``after``, divided by its own change. Both have shape ``(5, ...)``,
    as the result has."""
    change = after - before
    worth = np.zeros_like(before)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        between = before + node * change
        # The product of all others: of those to the left, times those to the right.
        right = [np.ones_like(between[0])]
        for factor in between[:0:-1]:
            right.append(right[-1] * factor)
        left = np.full_like(between[0], weight)
        for place, factor in enumerate(between):
            worth[place] += left * right[-1 - place]
            left *= factor
    return worth


def customers_by_cause(plan: Series, baseline: Series) -> tuple[FloatArray, FloatArray]:
    """By how many customers more the plan has won, and kept; heads, each of shape ``(draws, months
    + 1)``. They add up to the difference in every month."""
    joining = (plan["acquisition"] - baseline["acquisition"]) / MONTHS_PER_YEAR
    hazards = [-np.log1p(-run["churn"]) / MONTHS_PER_YEAR for run in (plan, baseline)]
    levels = [run["customers"] for run in (plan, baseline)]
    fewer_leave = (hazards[1] - hazards[0]) * (levels[0] + levels[1]) / 2.0
    leaving = (hazards[0] + hazards[1]) / 2.0
    both = np.stack([joining, fewer_leave])
    # Either stock by the trapezium rule: x[t + 1] = stays[t] x[t] + arrives[t], all months at once.
    after = 1.0 + leaving[:, 1:] / 2.0
    stays = np.cumprod((1.0 - leaving[:, :-1] / 2.0) / after, axis=1)
    arrives = (both[:, :, :-1] + both[:, :, 1:]) / (2.0 * after)
    stock = np.zeros_like(both)
    stock[:, :, 1:] = stays * np.cumsum(arrives / stays, axis=2)
    shape = stock.shape[1:]
    exact = spread(stock.reshape(2, -1), (levels[0] - levels[1]).ravel())
    won, kept = exact.reshape(2, *shape)
    return won, kept
