"""The stress test, against runs of the model where it says that things stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulator import engine, scenario
from simulator.analyses import held
from simulator.analyses.stress import (
    ABOVE,
    BELOW,
    GAINS,
    LOSES,
    NEARLY_ALL,
    Region,
    Stand,
    Stress,
    stress,
)
from simulator.model.register import REGISTER
from simulator.results import DEFAULT_DRAWS, net_present_values, simulate
from simulator.scenario import Scenario

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("balanced-shift")


@pytest.fixture(scope="module")
def found() -> Stress:
    return stress(PLAN)


def test_the_worst_case_is_what_the_model_comes_to_there(found: Stress) -> None:
    values = {REGISTER[stand.row].id: stand.value for stand in found.worst.stands}
    assert 2 <= len(values) <= 4
    worst = simulate(PLAN.changed(assumptions=values), DEFAULT_DRAWS).values.net_present_value
    assert found.worst.mean == pytest.approx(float(worst.mean()))
    assert found.worst.losing == pytest.approx(float((worst < 0.0).mean()))
    assert found.worst.mean < found.average.mean


def test_what_it_says_of_all_cases_is_what_the_page_says(found: Stress) -> None:
    headline = simulate(PLAN, DEFAULT_DRAWS).headline
    assert found.losing == pytest.approx(1.0 - headline.probability_better)


def test_no_assumption_of_the_worst_case_does_more_harm_at_its_other_end(found: Stress) -> None:
    for place, stand in enumerate(found.worst.stands):
        rest = [one for one in found.worst.stands if one is not stand]
        ends = [held.value_at(PLAN, stand.row, share) for share in (0.1, 0.9)]
        means = [mean_at(PLAN, rest, stand.row, float(end)) for end in ends]
        assert min(means) == pytest.approx(found.worst.mean), place


def mean_at(plan: Scenario, rest: list[Stand], row: int, value: float) -> float:
    known = {one.row: one.value for one in rest} | {row: value}
    draws = engine.draw(DEFAULT_DRAWS, plan.seed, plan.ranges())
    return float(held.in_cases(held.value_of(plan), draws, [known]).mean())


def test_regions_lose_as_often_as_they_say_in_other_draws(found: Stress) -> None:
    """In draws of another seed, which neither found nor judged them."""
    draws = engine.draw(4096, PLAN.seed + 1, PLAN.ranges())
    value = net_present_values(PLAN, draws)
    assert found.regions[0].name == LOSES
    for region in (one for one in found.regions if one.name in {LOSES, GAINS}):
        inside = np.ones(value.size, dtype=bool)
        for stand in region.stands:
            beyond = draws[stand.row] > stand.value
            inside &= beyond if stand.side == ABOVE else ~beyond
        hits = value > 0.0 if region.name == GAINS else value < 0.0
        assert hits[inside].mean() == pytest.approx(region.density, abs=0.05)
        assert hits[inside].sum() / hits.sum() == pytest.approx(region.coverage, abs=0.05)
        assert region.density > hits.mean() + 0.1


def test_a_plan_that_changes_nothing_has_no_worst_case() -> None:
    idle = stress(scenario.load_shipped("wait-and-see").changed(horizon_months=12))
    assert idle.rows() == () and idle.statements() == () and idle.losing == 0.0


def test_where_it_always_loses_no_region_is_told() -> None:
    plan = scenario.load_shipped("money-without-involvement").changed(horizon_months=24)
    losing = stress(plan)
    assert not losing.regions and losing.losing > 0.98
    assert "nearly wherever the assumptions lie" in losing.statements()[-1].template


def test_what_is_known_is_no_part_of_it(found: Stress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.analyses.stress._DISCOVERY", 2048)
    name = REGISTER[found.worst.stands[0].row].id
    known = stress(PLAN.changed(assumptions={name: 0.6}))
    parts = [known.worst.stands, *(region.stands for region in known.regions)]
    assert name not in {REGISTER[stand.row].id for part in parts for stand in part}


def test_where_nearly_all_cases_lose_none_of_the_assumptions_is_blamed() -> None:
    deep = stress(PLAN.changed(**{"plan.customer_service.share_moved": 0.6}))
    assert deep.losing > NEARLY_ALL
    assert not [region for region in deep.regions if region.name != GAINS]
    said = [statement.template for statement in deep.statements()]
    assert any("nearly wherever the assumptions lie" in text for text in said)
    assert not any("against {losing}" in text for text in said)


def test_two_limits_of_one_assumption_are_told_as_one(found: Stress) -> None:
    row = found.worst.stands[0].row
    between = Region(LOSES, (Stand(row, BELOW, 3.0, 0.6), Stand(row, ABOVE, 1.5, 0.6)), 0.2, 0.9)
    told: Any = replace(found, regions=(between,)).statements()
    where = told[1].values["where"][1]
    assert [clause.template for clause in where] == ["“{assumption}” between {low} and {high}"]
    values = where[0].values
    assert (values["low"][1].value, values["high"][1].value) == (1.5, 3.0)
