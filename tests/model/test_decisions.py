"""Equations of decisions: how budgets and involvement get from today to the plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model import quantities
from simulator.model.equations import decisions
from simulator.model.quantities import Budgets
from tests.support.strategies import logarithmic, plans

POSITIVE = logarithmic(1e-3, 1e9)


@given(month=st.floats(-50.0, 200.0), start=st.floats(0.0, 120.0), length=st.floats(1.0, 60.0))
def test_a_ramp_goes_from_nothing_to_all_without_a_kink(
    month: float, start: float, length: float
) -> None:
    done = decisions.ramp(month, start, length)
    assert 0.0 <= done <= 1.0
    assert decisions.ramp(start, start, length) == 0.0
    assert decisions.ramp(start + length, start, length) == pytest.approx(1.0)
    assert decisions.ramp(start + length / 2.0, start, length) == pytest.approx(0.5)
    tiny = 1e-5 * length
    slope = (
        decisions.ramp(month + tiny, start, length) - decisions.ramp(month - tiny, start, length)
    ) / (2.0 * tiny)
    assert decisions.ramp_speed(month, start, length) == pytest.approx(slope, abs=1e-4 / length)


@given(month=st.floats(0.0, 200.0), plan=plans(), money=st.lists(POSITIVE, min_size=8, max_size=8))
def test_every_euro_is_spent_moved_or_saved(
    month: float, plan: quantities.Plan, money: list[float]
) -> None:
    today = Budgets(*money)
    then = decisions.budgets_at(month, today, plan)
    saved = decisions.savings_at(month, today, plan)
    assert min(then) >= -1e-9 * max(today)
    assert saved >= 0.0
    total = decisions.sources(today) + decisions.instruments(today)
    assert decisions.sources(then) + decisions.instruments(then) + saved == pytest.approx(
        total, rel=1e-9
    )
