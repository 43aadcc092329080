"""Files of compared sets: they come back as they went in, and what is none is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.analyses import comparison
from simulator.scenario import ScenarioError, load_shipped, sets
from simulator.scenario.sets import Item, ScenarioSet
from tests.support import strategies
from tests.support.compared_sets import compared_set
from tests.support.examples import examples


def test_a_set_is_as_large_as_what_is_compared() -> None:
    assert comparison.MOST == sets.MOST
    assert {*comparison.LETTERS, comparison.CURRENT} == {*sets.LETTERS}


@examples(10)
@given(st.lists(strategies.scenarios(), min_size=2, max_size=6), st.data())
def test_any_set_comes_back_as_it_was(plans: list[Any], data: st.DataObject) -> None:
    letters = data.draw(st.permutations(sets.LETTERS))
    values = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    kept = ScenarioSet(
        tuple(
            Item(letter, plan.name, plan.changed(results=None), data.draw(values))
            for letter, plan in zip(letters, plans, strict=False)
        ),
        "2.0.0",
    )
    text = sets.dump(kept)
    assert sets.parse(text) == kept
    assert sets.dump(sets.parse(text)) == text


def test_plans_go_by_the_names_that_they_have_in_the_set() -> None:
    plan = load_shipped("balanced-shift")
    items = tuple(Item(letter, f"Plan {letter}", plan, None) for letter in "AP")
    names = [one.scenario.name for one in sets.parse(sets.dump(ScenarioSet(items, "1"))).items]
    assert names == ["Plan A", "Plan P"]


def _content(*path: str | int, to: object) -> str:
    content: Any = json.loads(sets.dump(compared_set()))
    node = content
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = to
    return json.dumps(content)


SOUND = json.loads(sets.dump(compared_set()))["scenarios"][0]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "x.json"),
        ("[]", "x.json"),
        ("{}", "x.json"),
        ("[" * 90_000, "x.json"),
        (_content("more", to=1), "x.json"),
        (_content("set_version", to=2), "set_version"),
        (_content("set_version", to="1"), "x.json"),
        (_content("model_version", to="2" * 41), "x.json"),
        (_content("model_version", to="a\nb"), "x.json"),
        (_content("scenarios", to={}), "x.json"),
        (_content("scenarios", to=[SOUND]), "x.json"),
        (_content("scenarios", to=[SOUND, SOUND]), "x.json"),
        (_content("scenarios", to=[{**SOUND, "letter": one} for one in sets.LETTERS]), "x.json"),
        (_content("scenarios", to=[SOUND] * 4_000), "x.json"),
        (_content("scenarios", 0, "letter", to="G"), "x.json"),
        (_content("scenarios", 0, "letter", to=["A"]), "x.json"),
        (_content("scenarios", 0, "value", to="1"), "x.json"),
        (_content("scenarios", 0, "value", to=float("nan")), "x.json"),
        (_content("scenarios", 0, "value", to=10**400), "x.json"),
        (_content("scenarios", 0, "scenario", to=[]), "x.json"),
        (_content("scenarios", 0, "more", to=1), "x.json"),
        (_content("scenarios", 0, "scenario", "name", to="\ud800"), "A: name"),
        (_content("scenarios", 0, "scenario", "plan", "start_month", to=1e999), "A: plan"),
        (_content("scenarios", 1, "scenario", "schema_version", to=99), "B: schema_version"),
        (_content("scenarios", 1, "scenario", "started_from", to={}), "B: started_from"),
        ('{"set_version": 1, "set_version": 1}', "set_version"),
    ],
    ids=range(26),
)
def test_what_is_no_set_is_told(text: str, field: str) -> None:
    with pytest.raises(ScenarioError) as error:
        sets.parse(text, "x.json")
    assert error.value.problems[0].field.startswith(field)
    assert all(one.found and one.allowed for one in error.value.problems)


def test_a_set_is_no_single_scenario_and_is_told_by_name() -> None:
    with pytest.raises(ScenarioError) as error:
        scenario.parse(sets.dump(compared_set()), "x.json")
    assert str(error.value) == "x.json: found a set of plans, allowed a single scenario"


def test_what_could_not_be_read_again_is_not_written() -> None:
    (first, *_) = compared_set().items
    for items in ((), (first,), (first, first)):
        with pytest.raises(ScenarioError):
            sets.dump(ScenarioSet(items, "2.0.0"))
