"""Forecasts of the shipped scenarios, as they are and with other levers, and their medians."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from simulator import scenario
from simulator.model.quantities import SOURCES, Involvement, Split
from simulator.results import Baseline, Forecast, baseline, simulate
from simulator.scenario import Scenario

DRAWS, FEW_DRAWS = 128, 8
CONNECTEDNESS = (
    "connected_customers",
    "connected_employees",
    "connected_partners",
    "public_goodwill",
)
SHIPPED = tuple(path.stem for path in scenario.shipped())
DEFAULT = "balanced-shift"


@cache
def scenario_of(name: str) -> Scenario:
    return scenario.load_shipped(name)


@cache
def forecast_of(name: str) -> Forecast:
    """A shipped scenario as it is."""
    return simulate(scenario_of(name), DRAWS)


@cache
def baseline_of(name: str) -> Baseline:
    """Carrying on in a shipped scenario."""
    return baseline(scenario_of(name), DRAWS)


def forecast_with(name: str, changes: Mapping[str, Any]) -> Forecast:
    """A shipped scenario with other levers. What it takes runs of its own for, the return on
    involvement and the cost of waiting, is of few draws."""
    changed = scenario_of(name).changed(**changes)
    return simulate(changed, DRAWS, baseline=baseline_of(name), beside=FEW_DRAWS)


def split_of(**shares: float) -> dict[str, float]:
    return dict.fromkeys(Split._fields, 0.0) | shares


def involvement_as_today(name: str) -> dict[str, float]:
    """Changes that leave involvement as it is."""
    today = scenario_of(name).organisation.involvement.model_dump()
    return {f"plan.involvement.{lever}": today[lever] for lever in Involvement._fields}


NO_MONEY_MOVED = {f"plan.{source}.share_moved": 0.0 for source in SOURCES}


def end_of(forecast: Forecast, outcome: str, *, baseline: bool = False) -> float:
    """Median in the last month."""
    return float(np.median(forecast.series(outcome, baseline=baseline)[:, -1]))


def worth_of(forecast: Forecast) -> float:
    """Median net present value."""
    return float(np.median(forecast.values.net_present_value))


def rise_of(forecast: Forecast, stock: str) -> float:
    """Median difference to the baseline in the last month."""
    gained = forecast.series(stock) - forecast.series(stock, baseline=True)
    return float(np.median(gained[:, -1]))


def _acts(name: str) -> bool:
    """Whether the scenario's plan changes anything."""
    return bool(simulate(scenario_of(name), 1).values.net_present_value.any())


ACTIVE = tuple(name for name in SHIPPED if _acts(name))
