"""What the last euro returns: strengths follow from beliefs, and the whole model gives them back.

The organisations here spend just what a peer does, and are left with nothing but the one effect: no
service, no involvement. A budget is then cut by next to nothing for one year, and what that costs
later is added up over fifty, which is long enough for all of it to come.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from simulator import engine
from simulator.model.equations import connectedness, returns
from simulator.model.flows import labour_bill
from simulator.model.quantities import (
    ALL_SAVED,
    Budgets,
    Organisation,
    Plan,
    Shift,
    Split,
)
from simulator.model.register import FloatArray, Parameters
from simulator.results import baseline_plan
from tests.support.assumptions import taken
from tests.support.organisations import NOTHING, ORDINARY, STILL
from tests.support.strategies import corners, logarithmic

YEARS = 50
DRAWS = 32
TO_CONTENT = ALL_SAVED._replace(content=1.0, savings=0.0)
TINY = 1e-4
"""Share of the budget: so little that the response is straight."""

NO_BUDGETS = Budgets(*(0.0 for _ in Budgets._fields))
ALONE = ORDINARY._replace(
    contacts_per_customer=0.0,
    involvement=NOTHING,
    budgets=NO_BUDGETS,
    employees=100.0,
)
"""No service and no involvement: what budgets do is all that moves."""


def one_year(source: str, split: Split, org: Organisation) -> tuple[Plan, Plan]:
    """The same tiny cut, kept up: from the first month and from a year later. The difference of the
    two is one year without that money."""
    today = baseline_plan(org)

    def plan(start: float) -> Plan:
        shifts: dict[str, Any] = {source: Shift(TINY, start, 1.0, split)}
        return today._replace(**shifts)

    return plan(0.0), plan(12.0)


def flows(org: Organisation, source: str, split: Split, values: FloatArray) -> FloatArray:
    """Net contribution of that year without the money less that with it, currency per year, by
    month, shape ``(draws, months + 1)``."""
    runs = [
        engine.run(org, plan, STILL, values, 12 * YEARS) for plan in one_year(source, split, org)
    ]
    first, second = (run["net_contribution"] for run in runs)
    return first - second


def present_value(rates: FloatArray, discount: float) -> FloatArray:
    """Of yearly rates by month, at a yearly ``discount``."""
    months = np.arange(rates.shape[-1])
    worth = np.exp(-np.log1p(discount) * months / 12.0)
    value: FloatArray = np.trapezoid(rates * worth, months / 12.0, axis=-1)
    return value


def saved(budget: float, discount: float) -> float:
    """Present value of the money itself: a tiny share of the budget for one year, ramped alike."""
    months = np.arange(12 * YEARS + 1)
    done = np.clip(months, 0.0, 1.0) - np.clip(months - 12.0, 0.0, 1.0)
    return float(present_value(budget * TINY * done[None, :], discount)[0])


@pytest.mark.parametrize("discount", [0.03, 0.09, 0.2])
@pytest.mark.parametrize("believed", [0.3, 1.0, 3.3])
def test_the_last_euro_of_research_is_worth_what_is_believed(
    believed: float, discount: float
) -> None:
    """Without it revenue falls by that present value at the rate at which returns are stated,
    whatever the organisation discounts at: in every draw of the shapes."""
    share = 0.015
    stated_at = 0.09
    org = ALONE._replace(discount_rate=discount)
    budget = share * labour_bill(org)
    org = org._replace(budgets=NO_BUDGETS._replace(market_research=budget))
    known = taken(
        market_research_share_of_labour_cost=share,
        research_return=believed,
        most_fit_effect=1.0,
        reference_discount_rate=stated_at,
    )
    lost = saved(budget, stated_at) - present_value(
        flows(org, "market_research", ALL_SAVED, engine.draw(DRAWS, 1, known)), stated_at
    )
    np.testing.assert_allclose(lost / saved(budget, stated_at), believed, rtol=5e-3)


@pytest.mark.parametrize("discount", [0.03, 0.12])
@pytest.mark.parametrize("believed", [0.0, 0.05, 0.09, 0.15])
def test_the_rate_of_return_of_training_is_found_back(believed: float, discount: float) -> None:
    """The rate at which a year without a little training neither wins nor loses, whatever the
    organisation discounts at."""
    share = 0.012
    org = ALONE._replace(discount_rate=discount)
    budget = share * labour_bill(org)
    org = org._replace(budgets=NO_BUDGETS._replace(training=budget))
    known = taken(
        training_share_of_labour_cost=share,
        training_return=believed,
        most_capability_effect=1.0,
        capability_quality_effect=0.0,
    )
    for series in flows(org, "training", ALL_SAVED, engine.draw(8, 1, known)):

        def worth(rate: float, series: FloatArray = series) -> float:
            return float(present_value(series[None, :], rate)[0])

        assert brentq(worth, -0.05, 0.6) == pytest.approx(believed, abs=2e-3)


@pytest.mark.parametrize("believed", [0.05, 0.4, 3.0])
def test_the_last_euro_of_content_brings_new_customers_of_that_worth(believed: float) -> None:
    """At the reference effort and the usual promotional share; beside the same money kept. A little
    less comes of it, as more customers need more content."""
    discount = 0.09
    known = taken(
        content_return=believed,
        content_public_share=0.0,
        promo_engagement_multiplier=1.0,
        most_reach_effect=3.0,
        content_reference=0.015,
        usual_promotional_share=0.3,
    )
    values = engine.draw(DRAWS, 1, known)
    org = ALONE._replace(
        discount_rate=discount, involvement=NOTHING._replace(promotional_share=0.3)
    )
    names = Parameters._fields
    ratios = []
    for draw in values.T:
        p = Parameters(*draw)
        heads = connectedness.scale(org.customers, p)
        budget = p.content_reference * heads * org.labour_cost_per_hour
        # A source whose money is as large, and which does nothing here.
        rich = org._replace(budgets=NO_BUDGETS._replace(content=budget, customer_service=budget))
        quiet = np.ascontiguousarray(draw[:, None]).copy()
        quiet[names.index("service_transition_cost")] = 0.0
        unspent, spent = (
            flows(rich, "customer_service", split, quiet) for split in (ALL_SAVED, TO_CONTENT)
        )
        brought = present_value(spent - unspent, discount)[0] + saved(budget, discount)
        ratios.append(brought / saved(budget, discount))
    np.testing.assert_allclose(ratios, believed, rtol=0.1)
    assert np.median(np.array(ratios) / believed) > 0.97


@given(marginal=st.floats(0.05, 1.0), p=corners())
def test_the_curve_has_the_believed_slope_at_a_peer_s_budget(
    marginal: float, p: Parameters
) -> None:
    """What the last euro brings beside the average one."""
    exponent = connectedness.exponent_for_slope(marginal, p)
    if not 0.0 < exponent < 1.0:
        return  # shapes that the curve does not have: it comes as close as it can
    tiny = 1e-6
    more = connectedness.curve(1.0 + tiny, exponent, p) - connectedness.curve(1.0, exponent, p)
    assert more / tiny == pytest.approx(marginal, rel=1e-3)
    assert connectedness.slope_at_reference(exponent, p) == pytest.approx(marginal)


@given(rate=st.floats(-0.5, 1.0), fade=st.floats(0.01, 1.0), discount=st.floats(0.0, 0.04))
def test_a_return_is_the_rate_at_which_a_euro_is_worth_a_euro(
    rate: float, fade: float, discount: float
) -> None:
    at_itself = returns.value_of_return(rate, fade, returns.monthly_rate(rate))
    if returns.monthly_rate(rate) + fade > 1e-3:
        assert at_itself == pytest.approx(1.0)
        higher = returns.value_of_return(rate + 0.01, fade, discount)
        assert higher > returns.value_of_return(rate, fade, discount)
    assert returns.monthly_rate(rate) == pytest.approx(np.log1p(rate) / 12.0)


@given(
    value=st.floats(0.0, 10.0),
    budget=logarithmic(1.0, 1e9),
    rate=st.floats(0.003, 0.8),
    fade=st.floats(0.003, 0.8),
    exponent=st.floats(0.01, 1.0),
    discount=st.floats(0.0, 0.04),
    p=corners(),
)
def test_one_more_euro_has_the_stated_present_value(
    value: float,
    budget: float,
    rate: float,
    fade: float,
    exponent: float,
    discount: float,
    p: Parameters,
) -> None:
    """A pulse of one euro, stepped through the equation of the stock itself, year after year until
    nothing of it is left."""
    worth = returns.worth_of_stock(value, budget, rate, fade, exponent, discount, p)
    level = connectedness.equilibrium(rate, fade)
    euro = 1e-6 * budget  # so little that the response is straight
    slope = (
        connectedness.curve(1.0 + euro / budget, exponent, p)
        - connectedness.curve(1.0, exponent, p)
    ) * rate
    raised = 12.0 * slope * (1.0 - level)  # a year's rate of money, spent within one month
    moment, brought = raised, 0.0
    step = 0.1
    decay = connectedness.stock_flow(rate, level + 1e-6, fade) - connectedness.stock_flow(
        rate, level, fade
    )
    per_month = decay / 1e-6 - discount
    for _ in range(100_000):
        brought += worth / 12.0 * moment * (np.exp(per_month * step) - 1.0) / per_month
        moment *= np.exp(per_month * step)
        if moment < 1e-9 * raised:
            break
    assert brought / euro == pytest.approx(value, rel=1e-3, abs=1e-9)


def test_a_larger_budget_returns_less_than_a_peer_s() -> None:
    """The organisation moves along its own curve: a hundred times a peer's budget does not return
    what a peer's does."""
    share, discount = 0.015, 0.09
    org = ALONE._replace(discount_rate=discount)
    known = taken(
        market_research_share_of_labour_cost=share, research_return=1.0, most_fit_effect=1.0
    )
    values = engine.draw(DRAWS, 1, known)
    returned = []
    for times in (0.2, 1.0, 5.0, 100.0):
        budget = times * share * labour_bill(org)
        rich = org._replace(budgets=NO_BUDGETS._replace(market_research=budget))
        unspent = present_value(flows(rich, "market_research", ALL_SAVED, values), discount)
        returned.append(1.0 - unspent / saved(budget, discount))
    assert (np.diff(np.array(returned), axis=0) < 0.0).all()
    assert (returned[-1] < 0.05).all()
