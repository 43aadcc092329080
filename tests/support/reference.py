"""The model solved another way: SciPy's adaptive solvers on :func:`simulator.model.system.rates`.

Nothing of the engine is used here but the equations themselves, so that a mistake in the stepping,
the bookkeeping or the compilation cannot hide in both.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.integrate import solve_ivp

from simulator.model import flows, system
from simulator.model.initial_state import initial_state
from simulator.model.quantities import Ledger, Organisation, Plan, Shift, State, Switches
from simulator.model.register import FloatArray, Parameters
from simulator.results import baseline_plan

STOCKS = len(State._fields)


class Solution(NamedTuple):
    """Stocks and present values in the months asked for; one column a month."""

    months: FloatArray
    stocks: FloatArray
    ledger: FloatArray

    def final(self, stock: str) -> float:
        """A stock in the last month."""
        return float(self.stocks[State._fields.index(stock), -1])

    def present_value(self, line: str = "net_contribution") -> float:
        """A line of the ledger in the last month."""
        return float(self.ledger[Ledger._fields.index(line), -1])


def kinks(plan: Plan, months: int) -> list[float]:
    """Moments within the horizon at which a ramp begins or ends, and both ends of the horizon."""
    shifts: tuple[Shift, ...] = (plan.market_research, plan.training, plan.customer_service)
    ramps = [(one.start_month, one.ramp_months) for one in shifts]
    ramps.append((plan.involvement_start_month, plan.involvement_ramp_months))
    if plan.first_depth != plan.last_depth:
        ramps.append((plan.review_month, plan.review_ramp_months))
    ends = {moment for start, length in ramps for moment in (start, start + length)}
    return sorted({0.0, float(months), *(moment for moment in ends if 0.0 < moment < months)})


def solve(
    org: Organisation,
    plan: Plan,
    switches: Switches,
    p: Parameters,
    months: int,
    *,
    every: int = 12,
    rtol: float = 1e-10,
) -> Solution:
    """Solve the model to a tight tolerance, one piece between two kinks at a time.

    Reports month 0, every ``every``-th and the last.
    """
    today = initial_state(org, p)

    def slope(month: float, levels: FloatArray) -> list[float]:
        now = system.rates(
            State(*(float(level) for level in levels[:STOCKS])),
            float(month),
            org,
            plan,
            switches,
            today,
            p,
        )
        return [*now.state, *now.ledger]

    levels = np.array([*today.state, *(0.0 for _ in Ledger._fields)])
    sales = org.customers * org.revenue_per_customer
    scale = np.ones_like(levels)
    scale[State._fields.index("customers")] = org.customers
    scale[STOCKS:] = sales + flows.labour_bill(org)
    asked = np.unique(np.append(np.arange(0, months, every), months)).astype(np.float64)
    columns = [levels]
    borders = kinks(plan, months)
    for first, last in pairwise(borders):
        inside = asked[(asked > first) & (asked <= last)]
        stops = np.unique(np.append(inside, last))
        solved = solve_ivp(
            slope, (first, last), levels, "DOP853", stops, rtol=rtol, atol=rtol * 1e-2 * scale
        )
        assert solved.success, solved.message
        columns += [solved.y[:, place] for place in np.flatnonzero(np.isin(stops, inside))]
        levels = solved.y[:, -1]
    table = np.stack(columns, axis=1)
    return Solution(asked, table[:STOCKS], table[STOCKS:])


def net_present_value(
    org: Organisation, plan: Plan, p: Parameters, months: int, rtol: float = 1e-10
) -> tuple[float, float, Solution]:
    """Value of the plan against carrying on, the scale to judge an error in it by, and the plan's
    solution.

    The value itself can be close to zero because much comes in and much goes out; an error is
    small or large in proportion to what is put in, by which a return is divided as well.
    """
    on = Switches(1.0, 1.0)
    with_plan = solve(org, plan, on, p, months, rtol=rtol)
    without = solve(org, baseline_plan(org), on, p, months, rtol=rtol)
    value = with_plan.present_value() - without.present_value()
    at_stake = sum(abs(with_plan.present_value(line)) for line in ("moved", "hours", "transition"))
    return value, max(abs(value), at_stake), with_plan
