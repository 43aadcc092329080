"""Changes at paths of a scenario: another valid one, or a refusal."""

from __future__ import annotations

import math
from datetime import date

import pytest

from simulator.model.register import BY_ID, Range
from simulator.scenario import ScenarioError, SplitInput, dump, parse
from tests.support.scenario_content import SPLIT, example, text


def test_changed_gives_another_valid_scenario() -> None:
    scenario = parse(text(example()))
    other = scenario.changed(**{"plan.training.share_moved": 0.25, "seed": 7})
    assert (other.plan.training.share_moved, other.seed) == (0.25, 7)
    assert (scenario.plan.training.share_moved, scenario.seed) == (0.2, 1)
    back = other.changed(**{"plan.training.share_moved": 0.2, "seed": 1})
    assert back == scenario.without_results()
    everything = SplitInput(**{**dict.fromkeys(SPLIT, 0.0), "content": 1.0})
    for value in (everything, everything.model_dump()):
        split = scenario.changed(**{"plan.market_research.split": value})
        assert split.plan_quantities().market_research.split.content == 1.0
    halves = scenario.changed(
        **{"plan.split": everything, "plan.split.content": 0.5, "plan.split.savings": 0.5}
    )
    assert halves.plan.split.savings == halves.plan.split.content == 0.5
    assert everything.content == 1.0
    assert scenario.changed(date=date(2027, 1, 2)).date == date(2027, 1, 2)


def test_results_stay_only_where_they_are_still_true() -> None:
    scenario = parse(text(example()))
    assert scenario.results is not None
    retold = scenario.changed(name="Other", notes="", **{"plan.training.share_moved": 0.2})
    assert retold.results == scenario.results
    for path, value in (("seed", 2), ("plan.training.share_moved", 0.1), ("horizon_months", 12)):
        assert scenario.changed(**{path: value}).results is None
    fresh = scenario.changed(seed=2, results=scenario.results)
    assert (fresh.seed, fresh.results) == (2, scenario.results)
    fewer = scenario.changed(**{"results.draws": 5}).results
    assert fewer is not None and fewer.draws == 5
    plain = scenario.without_results()
    assert plain.results is None and plain.changed(results=scenario.results) == scenario
    assert scenario.changed(results=None) == plain == plain.without_results()
    assert plain != scenario and scenario.results is not None


def test_changed_assumptions() -> None:
    scenario = parse(text(example()))
    own = BY_ID["natural_reach"]
    high = scenario.changed(**{"assumptions.natural_reach.high": 0.3}).ranges()["natural_reach"]
    assert high == Range(own.low, own.central, 0.3)
    known = scenario.changed(**{"assumptions.offer_floor.low": 0.1}).ranges()["offer_floor"]
    assert known == Range(0.1, 0.5, 0.5)
    gone = scenario.changed(**{"assumptions.offer_floor": None, "assumptions.natural_reach": None})
    assert set(gone.assumptions) == {"trust_asymmetry"}
    overrides = {"natural_reach": {"low": 0.0, "central": 0.1, "high": 0.2}}
    scenario.changed(**{"assumptions": overrides, "assumptions.natural_reach.low": 0.05})
    assert overrides["natural_reach"]["low"] == 0.0


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("plan.training.share", 0.2, "share_moved"),
        ("plan.trainin.share_moved", 0.2, "training"),
        ("nonsense", 0.2, "unknown path"),
        ("", 0.2, "unknown path"),
        ("plan..split", 0.2, "unknown path"),
        ("name.upper", 0.2, "a path into"),
        ("plan.market_research.split.savings", 1, "a path into null"),
        ("assumptions.nonsense", 1, "unknown path"),
        ("assumptions.nonsense.low", 1, "unknown path"),
        ("assumptions.natural_reach.mid", 1, "low, central, high"),
        ("assumptions.natural_reach.low.x", 1, "a path into"),
        ("assumptions", {1: 2}, "unknown assumption"),
        ("plan.training.share_moved", "0.2", "0 to 1"),
        ("plan.training.share_moved", math.nan, "found nan"),
        pytest.param("organisation.customers", 10**5000, "more than 300 digits", id="huge"),
        ("organisation.customers", 10**400, "more than 300 digits"),
        ("organisation.customers", object(), "a value of type object"),
        ("organisation", {1: 2}, "a key that is not text"),
        ("seed", None, "whole number"),
    ],
)
def test_changes_that_are_refused(path: str, value: object, words: str) -> None:
    scenario = parse(text(example()))
    with pytest.raises(ScenarioError) as caught:
        scenario.changed(**{path: value})
    assert words in str(caught.value)
    assert dump(scenario) == text(example())
