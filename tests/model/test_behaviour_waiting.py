"""Behaviours 9 and 10: what ignoring and waiting cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from simulator import engine, results
from simulator.model.quantities import SOURCES
from simulator.model.register import FloatArray
from simulator.results import simulate
from tests.support.behaviours.world import World
from tests.support.shipped_forecasts import (
    ACTIVE,
    DEFAULT,
    DRAWS,
    FEW_DRAWS,
    SHIPPED,
    forecast_of,
    scenario_of,
)

# --- 9 -------------------------------------------------------------------------------------------


PACES = (0.0, 0.002, 0.007, 0.02, 0.05)


def _ignoring(
    name: str, pace: float, relevance: float, changes: Mapping[str, Any] | None = None
) -> FloatArray:
    variant = scenario_of(name).changed(**(changes or {}))
    overrides = variant.model_dump()["assumptions"]
    known = {"messaging_shift_per_year": pace, "course_relevance_drift": relevance}
    forecast = simulate(variant.changed(assumptions=overrides | known), DRAWS, beside=FEW_DRAWS)
    return forecast.values["return_on_ignoring"]


@pytest.mark.parametrize("name", SHIPPED)
def test_behaviour_09_in_a_world_that_stands_still_ignoring_costs_nothing(name: str) -> None:
    assert not _ignoring(name, 0.0, 0.0).any()


@pytest.mark.parametrize("name", SHIPPED)
def test_behaviour_09_the_faster_preferences_shift_the_more_ignoring_costs(name: str) -> None:
    """By its distribution: where the social desk is full today, median and lowest decile fall the
    faster the shift is."""
    full = {"organisation.known.social_answered_share": 0.6}
    low, middle = (
        np.quantile([_ignoring(name, pace, 0.0, full) for pace in PACES], share, axis=1)
        for share in (0.1, 0.5)
    )
    assert list(low) == sorted(low, reverse=True)
    assert list(middle) == sorted(middle, reverse=True)
    assert middle[-1] < 0.0


@pytest.mark.parametrize("name", SHIPPED)
def test_behaviour_09_courses_that_lose_relevance_cost_in_every_draw(name: str) -> None:
    slow, fast = (_ignoring(name, 0.0, relevance) for relevance in (0.01, 0.03))
    assert (slow < 0.0).all()
    assert (fast < slow).all()


# --- 10 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTIVE)
def test_behaviour_10_waiting_costs_when_the_plan_is_good_and_pays_when_it_is_bad(
    name: str,
) -> None:
    values = forecast_of(name).values
    good, costs = values.net_present_value > 0.0, values["cost_of_waiting"] > 0.0
    assert (good == costs).mean() > 0.6
    clear = np.abs(values.net_present_value) > np.median(np.abs(values.net_present_value))
    assert (good == costs)[clear].mean() > 0.9
    probability = float(good.mean())
    # Up to a common end waiting also cuts off a year of what comes late, so only clear plans tell.
    if probability > 0.9:
        assert np.median(values["cost_of_waiting"]) > 0.0
    if probability < 0.1:
        assert np.median(values["cost_of_waiting"]) < 0.0


@pytest.mark.parametrize("name", ACTIVE)
def test_behaviour_10_at_equal_length_a_year_later_is_as_good_or_bad(name: str) -> None:
    """Sixty months from the start, today and a year later, in a world that has moved by a year."""
    org, plan = scenario_of(name).organisation_quantities(), scenario_of(name).plan_quantities()
    values = engine.draw(DRAWS, 1, scenario_of(name).ranges())
    world = World()
    now = world.gain(org, plan, values, 60)
    after = world.gain(org, results.later(plan, 12), values, 72)
    assert ((now > 0.0) == (after > 0.0)).mean() > 0.85


def test_behaviour_10_a_plan_that_starts_after_the_horizon_is_no_plan() -> None:
    default = scenario_of(DEFAULT)
    late = {f"plan.{part}.start_month": 60 for part in (*SOURCES, "involvement")}
    forecast = simulate(default.changed(**late), 8)
    assert not forecast.values.net_present_value.any()
