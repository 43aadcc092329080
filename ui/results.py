"""What the simulate page shows of a forecast: small enough to be kept for many scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.outcomes import DEFAULT_DRAWS, Headline, simulate
from simulator.parameters import FloatArray
from simulator.scenario import Scenario

SHOWN: tuple[str, ...] = (
    "cumulative_value",
    "customers",
    "connected_customers",
    "connected_employees",
    "connected_partners",
    "public_goodwill",
    "service_quality",
    "contacts_matched",
    "contacts_redirected",
    "contacts_unserved",
    "insight",
    "capability",
)
"""Outcomes that have a chart."""


@dataclass(frozen=True, slots=True)
class Results:
    """Headline and bands of one scenario."""

    headline: Headline
    currency: str
    horizon_months: int
    plan: Mapping[str, FloatArray]
    """P10, P50 and P90 by outcome, shape ``(3, months + 1)``."""
    baseline: Mapping[str, FloatArray]
    """The same for carrying on."""


def results(scenario: Scenario, draws: int = DEFAULT_DRAWS) -> Results:
    """Simulate a scenario and keep what is shown."""
    forecast = simulate(scenario, draws)
    return Results(
        headline=forecast.headline,
        currency=scenario.organisation.currency,
        horizon_months=scenario.horizon_months,
        plan={name: forecast.band(name) for name in SHOWN},
        baseline={name: forecast.band(name, baseline=True) for name in SHOWN},
    )
