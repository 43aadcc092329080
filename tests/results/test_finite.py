"""Whatever a scenario may hold comes to numbers, in every draw; and what does not is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import engine, results, scenario
from simulator.results import DEFAULT_DRAWS, FIGURES, VERDICTS, simulate
from simulator.scenario import Scenario, ScenarioError
from tests.support import strategies

DEFAULT = scenario.load_shipped("balanced-shift")


def faults(plan: Scenario, draws: int) -> list[str]:
    """What of a scenario's results is no number, though it should be."""
    forecast = simulate(plan, draws)
    faulty = [
        name
        for run in (forecast.plan, forecast.baseline)
        for name in engine.ROWS
        if not np.isfinite(run[name]).all()
    ]
    for name, values in forecast.values.figures.items():
        kind = FIGURES[name].kind
        # Months may be never or not defined, ratios not defined: money is always so much.
        allowed = {
            "money": np.isfinite(values),
            "ratio": ~np.isinf(values),
            "month": values != -np.inf,
        }
        if not allowed[kind].all():
            faulty.append(name)
    headline = forecast.headline
    if not math.isfinite(headline.worst_case):
        faulty.append("worst_case")
    words = {words for _, words in VERDICTS}
    if math.isnan(headline.probability_better) == (headline.verdict in words):
        faulty.append("verdict")
    return faulty


@given(strategies.scenarios_at_edges(), st.sampled_from([1, 8]))
def test_numbers_at_their_edges_come_to_numbers(plan: Scenario, draws: int) -> None:
    assert faults(plan, draws) == []


@given(strategies.scenarios())
def test_any_scenario_comes_to_numbers(plan: Scenario) -> None:
    assert faults(plan, 4) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation.budgets.customer_service": 0, "assumptions.contact_cost_floor": 0.02},
        {
            "organisation.contacts_per_customer": 0,
            "organisation.budgets.social_service": 0,
            "plan.split": {
                **dict.fromkeys(("listening", "community", "content", "networking"), 0.0),
                "social_service": 5e-324,
                "savings": 1.0,
            },
        },
        {"plan.training.share_moved": 5e-324},
        {
            "organisation.budgets": dict.fromkeys(DEFAULT.organisation.budgets.model_dump(), 0.001),
            "organisation.revenue_per_customer": 0.001,
            "organisation.labour_cost_per_hour": 0.001,
        },
    ],
)
def test_what_once_did_not(changes: dict[str, object]) -> None:
    assert faults(DEFAULT.changed(**changes), DEFAULT_DRAWS) == []


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("organisation.revenue_per_customer", "0.001"),
        ("organisation.labour_cost_per_hour", "0.001"),
        ("organisation.budgets.training", "0, or at least 0.001"),
        ("organisation.budgets.social_service", "0, or at least 0.001"),
        ("organisation.contacts_per_customer", "0, or at least 0.000000001"),
        ("organisation.involvement.minutes_per_day", "0, or at least 0.000000001"),
        ("plan.involvement.participation", "0, or at least 0.000000001"),
    ],
)
@pytest.mark.parametrize("value", [5e-324, 1e-310, 1e-10])
def test_next_to_nothing_is_refused_by_name(path: str, least: str, value: float) -> None:
    with pytest.raises(ScenarioError) as caught:
        DEFAULT.changed(**{path: value})
    (problem,) = caught.value.problems
    assert problem.field == path
    assert problem.found == repr(value) and problem.allowed.startswith(least)


def test_what_comes_to_no_value_has_no_verdict() -> None:
    """Not that there were such scenarios: this one goes past the check."""
    organisation = DEFAULT.organisation.model_copy(update={"labour_cost_per_hour": math.nan})
    extreme = DEFAULT.model_copy(update={"organisation": organisation})
    for work in (simulate, results.headline):
        with pytest.raises(ScenarioError, match="numbers too extreme to be worked out"):
            work(extreme, 8)
