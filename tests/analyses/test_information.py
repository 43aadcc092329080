"""What finding out is worth for a plan: sensible, whatever the plan."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import scenario
from simulator.analyses import ANALYSES
from simulator.analyses.information import EVERYTHING, PILOT, STUDIES, information
from simulator.model.register import BY_ID
from simulator.scenario import ScenarioError

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("balanced-shift")
LOSING = scenario.load_shipped("money-without-involvement")


def test_every_study_tells_assumptions_that_there_are() -> None:
    told = [name for study in STUDIES.values() for name in study.assumptions]
    assert set(told) <= BY_ID.keys()
    assert len(told) == len(set(told)), "no two studies tell the same"


def test_no_study_is_worth_more_than_certainty() -> None:
    found = information(PLAN)
    assert found.everything.mean > 0.0
    worths = [*found.studies.values(), *found.assumptions.values()]
    assert all(0.0 <= worth.mean <= found.everything.mean for worth in worths)
    assert list(found.assumptions) == sorted(
        found.assumptions, key=lambda name: found.assumptions[name].mean, reverse=True
    )
    assert found.rows()[0].id == EVERYTHING


def test_an_assumption_that_is_known_is_worth_nothing() -> None:
    name = next(iter(information(PLAN, most=1).assumptions))
    known = PLAN.changed(assumptions={name: BY_ID[name].central})
    assert name not in information(known, most=200).assumptions


def test_a_longer_pilot_of_more_people_tells_more() -> None:
    small, large = information(PLAN, months=3, people=5), information(PLAN, months=24, people=5000)
    assert small.studies[PILOT].mean < large.studies[PILOT].mean


def test_where_nothing_can_change_the_choice_nothing_is_worth_finding_out() -> None:
    found = information(LOSING)
    assert max(worth.mean for worth in found.studies.values()) == 0.0
    assert found.average.mean < 0.0 and "carries on" in found.statements()[0].template


def test_a_plan_that_changes_nothing_has_no_table() -> None:
    idle = scenario.load_shipped("wait-and-see")
    assert information(idle).rows() == ()


@pytest.mark.parametrize("options", [{"people": 0}, {"months": 121}, {"most": -1}, {"luck": 1}])
def test_other_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError):
        ANALYSES["information"].run(PLAN, 64, **options)
