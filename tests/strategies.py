"""Generated organisations, plans and assumptions for property tests.

Two widths. *Plausible* inputs are what a real organisation could enter, from one employee to a
million and with any budget at zero; numbers are compared exactly there. *Any* input is whatever a
scenario file accepts (bounds of the scenario format), however odd: there the model must stay sound.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from simulator import parameters
from simulator.equations.quantities import (
    Budgets,
    Involvement,
    Organisation,
    Plan,
    Shift,
    Split,
    Switches,
)
from simulator.parameters import REGISTER, FloatArray, Parameters

SHARES = st.one_of(st.sampled_from((0.0, 1.0)), st.floats(0.0, 1.0))


def logarithmic(low: float, high: float) -> st.SearchStrategy[float]:
    """Positive numbers that are spread evenly over their orders of magnitude."""
    return st.floats(np.log10(low), np.log10(high)).map(
        lambda power: float(min(max(10.0**power, low), high))
    )


def or_zero(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[float]:
    """The same numbers, and zero in one case out of four or so."""
    return st.one_of(numbers, numbers, numbers, st.just(0.0))


@st.composite
def splits(draw: st.DrawFn) -> Split:
    """Six shares that add up to 1; any of them may be zero."""
    weights = draw(st.lists(or_zero(st.floats(0.01, 1.0)), min_size=6, max_size=6))
    total = sum(weights)
    if total == 0.0:
        return Split(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    shares = [weight / total for weight in weights[:5]]
    return Split(*[*shares, max(1.0 - sum(shares), 0.0)])


@st.composite
def involvements(draw: st.DrawFn, most_minutes: float = 120.0) -> Involvement:
    """How people behave: everything between nothing and all."""
    return Involvement(
        minutes_per_day=draw(or_zero(st.floats(0.1, most_minutes))),
        participation=draw(SHARES),
        openness=draw(SHARES),
        promotional_share=draw(SHARES),
        regularity=draw(SHARES),
        mandate=draw(SHARES),
    )


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Plausible organisations: budgets in proportion to revenue and the labour bill, or zero."""
    customers = draw(logarithmic(10.0, 1e7))
    revenue_per_customer = draw(logarithmic(1.0, 1e5))
    sales = customers * revenue_per_customer
    labour_cost_per_hour = draw(logarithmic(5.0, 500.0))
    working_hours = draw(st.floats(500.0, 2200.0))
    labour_share = draw(st.floats(0.02, 0.9))
    employees = min(
        max(round(sales * labour_share / labour_cost_per_hour / working_hours), 1), 1_000_000
    )
    labour_bill = employees * working_hours * labour_cost_per_hour

    def budget(base: float, least: float, most: float) -> float:
        return base * draw(or_zero(logarithmic(least, most)))

    return Organisation(
        customers=customers,
        revenue_per_customer=revenue_per_customer,
        gross_margin=draw(SHARES),
        annual_churn=draw(or_zero(st.floats(0.01, 0.6))),
        employees=float(employees),
        working_hours_per_year=working_hours,
        labour_cost_per_hour=labour_cost_per_hour,
        contacts_per_customer=draw(or_zero(logarithmic(0.1, 30.0))),
        discount_rate=draw(or_zero(st.floats(0.01, 0.5))),
        budgets=Budgets(
            market_research=budget(sales, 1e-4, 2e-2),
            training=budget(labour_bill, 1e-3, 1e-1),
            customer_service=budget(sales, 1e-3, 1e-1),
            listening=budget(sales, 1e-5, 1e-2),
            community=budget(sales, 1e-5, 1e-2),
            content=budget(sales, 1e-5, 1e-2),
            networking=budget(labour_bill, 1e-5, 1e-2),
            social_service=budget(sales, 1e-5, 1e-2),
        ),
        involvement=draw(involvements()),
    )


def shifts() -> st.SearchStrategy[Shift]:
    """What is done with one source; starts in whole months, as scenarios do."""
    return st.builds(
        Shift,
        share_moved=SHARES,
        start_month=st.integers(0, 120).map(float),
        ramp_months=st.integers(1, 60).map(float),
        split=splits(),
    )


def plans(most_minutes: float = 120.0) -> st.SearchStrategy[Plan]:
    """Every lever anywhere in its bounds."""
    return st.builds(
        Plan,
        market_research=shifts(),
        training=shifts(),
        customer_service=shifts(),
        involvement=involvements(most_minutes),
        involvement_start_month=st.integers(0, 120).map(float),
        involvement_ramp_months=st.integers(1, 60).map(float),
    )


@st.composite
def any_organisations(draw: st.DrawFn) -> Organisation:
    """Whatever the scenario format accepts, each field on its own, however odd together."""
    budgets = Budgets(*(draw(or_zero(logarithmic(1e-2, 1e12))) for _ in Budgets._fields))
    if budgets.market_research + budgets.training + budgets.customer_service == 0.0:
        budgets = budgets._replace(customer_service=draw(logarithmic(1e-2, 1e12)))
    return Organisation(
        customers=draw(logarithmic(1.0, 1e10)),
        revenue_per_customer=draw(logarithmic(1e-2, 1e9)),
        gross_margin=draw(SHARES),
        annual_churn=draw(or_zero(st.floats(1e-6, 0.99))),
        employees=draw(logarithmic(1.0, 1e7)),
        working_hours_per_year=draw(st.floats(1.0, 3000.0)),
        labour_cost_per_hour=draw(logarithmic(1e-2, 1e5)),
        contacts_per_customer=draw(or_zero(logarithmic(1e-3, 1e3))),
        discount_rate=draw(st.floats(0.0, 0.5)),
        budgets=budgets,
        involvement=draw(involvements(480.0)),
    )


def any_plans() -> st.SearchStrategy[Plan]:
    """Whatever the scenario format accepts."""
    return plans(most_minutes=480.0)


def switches() -> st.SearchStrategy[Switches]:
    """The four what-if runs."""
    on_or_off = st.sampled_from((0.0, 1.0))
    return st.builds(Switches, drift=on_or_off, connecting=on_or_off)


def seeds() -> st.SearchStrategy[int]:
    """Seeds as a scenario may hold them."""
    return st.integers(0, 2**31 - 1)


def points(draws: int) -> st.SearchStrategy[FloatArray]:
    """Joint draws of all parameters, shape ``(parameters, draws)``."""
    return seeds().map(lambda seed: parameters.draw(draws, seed))


def corners() -> st.SearchStrategy[Parameters]:
    """One value for every parameter, each at its low, central or high end."""
    return st.lists(st.integers(0, 2), min_size=len(REGISTER), max_size=len(REGISTER)).map(
        lambda places: Parameters(
            *(
                (one.low, one.central, one.high)[place]
                for one, place in zip(REGISTER, places, strict=True)
            )
        )
    )
