"""Results to draw: of a plan, of another, and of bands made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator import scenario
from simulator.charts import Pin, Shown
from simulator.results import OUTCOMES
from simulator.scenario import Scenario
from tests.support.drawn_charts import DRAWS, NASTY
from ui.cache import Results, results


@pytest.fixture(scope="module")
def base() -> Scenario:
    return scenario.load_shipped("balanced-shift")


@pytest.fixture(scope="module")
def plan_results(base: Scenario) -> Results:
    return results(base, OUTCOMES, DRAWS)


@pytest.fixture(scope="module")
def bare(plan_results: Results) -> Results:
    """Results for :func:`with_series`, without any series of their own."""
    return replace(plan_results, plan={}, baseline={}, final_change={})


@pytest.fixture(scope="module")
def other(base: Scenario) -> Results:
    moved = base.changed(**{"plan.customer_service.share_moved": 0.6})
    return results(moved, OUTCOMES, DRAWS)


@pytest.fixture(scope="module")
def full(plan_results: Results, other: Results) -> Shown:
    """All that there can be in one chart."""
    pins = tuple(Pin(name, other, slot) for slot, name in enumerate(NASTY[:4]))
    return Shown(
        plan_results, pins, {name: 0.9 * band[1] for name, band in plan_results.baseline.items()}
    )
