"""Files of compared sets: they come back as they went in, and what is none is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.analyses import comparison
from simulator.model.register import REGISTER
from simulator.scenario import ScenarioError, load_shipped, sets
from simulator.scenario.sets import Asked, Item, ScenarioSet
from tests.support import strategies
from tests.support.compared_sets import compared_set
from tests.support.examples import examples
from ui.text import headline


def test_a_set_is_as_large_as_what_is_compared() -> None:
    assert comparison.MOST == sets.MOST
    assert {*comparison.LETTERS, comparison.CURRENT} == {*sets.LETTERS}
    assert (*comparison.MEASURES,) == sets.MEASURES
    assert (*headline.KINDS, "same", "impossible") == sets.VERDICTS


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


KEPT = replace(compared_set(), asked=Asked("value", "A", "0", "likely_better"))


def _content(*path: str | int, to: object, kept: ScenarioSet | None = None) -> str:
    content: Any = json.loads(sets.dump(kept or compared_set()))
    node = content
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = to
    return json.dumps(content)


def _asked(*path: str, to: object) -> str:
    return _content("asked", *path, to=to, kept=KEPT)


SOUND = json.loads(sets.dump(compared_set()))["scenarios"][0]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "x.json"),
        ("[]", "x.json"),
        ("{}", "x.json"),
        ("[" * 90_000, "x.json"),
        (_content("more", to=1), "more"),
        (_content("set_version", to=3), "set_version"),
        (_content("set_version", to="1"), "set_version"),
        (_content("set_version", to=True), "set_version"),
        (_content("set_version", to=0), "set_version"),
        (_content("model_version", to="2" * 41), "model_version"),
        (_content("model_version", to="a\nb"), "model_version"),
        ('{"set_version": 1}', "model_version"),
        (_content("scenarios", to={}), "scenarios"),
        (_content("scenarios", to=[SOUND]), "scenarios"),
        (_content("scenarios", to=[SOUND, SOUND]), "scenarios.letter"),
        (_content("scenarios", to=[{**SOUND, "letter": one} for one in sets.LETTERS]), "scenarios"),
        (_content("scenarios", to=[SOUND] * 4_000), "x.json"),
        (_content("scenarios", 0, to=1), "scenarios.0"),
        (_content("scenarios", 0, "letter", to="G"), "scenarios.0.letter"),
        (_content("scenarios", 0, "letter", to=["A"]), "scenarios.0.letter"),
        (_content("scenarios", 0, "value", to="1"), "scenarios.0.value"),
        (_content("scenarios", 0, "value", to=float("nan")), "scenarios.0.value"),
        (_content("scenarios", 0, "value", to=10**400), "scenarios.0.value"),
        (_content("scenarios", 0, "scenario", to=[]), "scenarios.0.scenario"),
        (_content("scenarios", 0, "more", to=1), "scenarios.0.more"),
        (_content("scenarios", 0, "scenario", "name", to="\ud800"), "A: name"),
        (_content("scenarios", 0, "scenario", "plan", "start_month", to=1e999), "A: plan"),
        (_content("scenarios", 1, "scenario", "schema_version", to=99), "B: schema_version"),
        (_content("scenarios", 1, "scenario", "started_from", to={}), "B: started_from"),
        ('{"set_version": 1, "set_version": 1}', "set_version"),
        (_content("asked", to={}), "asked"),
        (_asked(to=[]), "asked"),
        (_asked("more", to=1), "asked.more"),
        (_asked("measure", to="beauty"), "asked.measure"),
        (_asked("verdict", to=["same"]), "asked.verdict"),
        (_asked("first", to="C"), "asked.first"),
        (_asked("second", to="A"), "asked.second"),
        (_content("scenarios", 1, "scenario", "started_from", to=1, kept=KEPT), "B: started_from"),
    ],
    ids=range(38),
)
def test_what_is_no_set_is_told(text: str, field: str) -> None:
    with pytest.raises(ScenarioError) as error:
        sets.parse(text, "x.json")
    assert error.value.problems[0].field.startswith(field)
    assert all(one.found and one.allowed for one in error.value.problems)


def test_what_was_asked_and_where_plans_started_come_back() -> None:
    start = load_shipped("wait-and-see").without_results()
    moved = start.changed(**{"plan.training.share_moved": 0.5}, notes="ours")
    items = (Item("B", moved.name, moved, 1.0, start), Item("C", start.name, start, 0.0))
    kept = ScenarioSet(items, "2.0.0", Asked("value", "0", "B", "too_close"))
    text = sets.dump(kept)
    content = json.loads(text)
    assert content["set_version"] == 2
    assert [*content["scenarios"][0]["scenario"]["started_from"]] == ["plan"]
    back = sets.parse(text)
    assert back.asked == kept.asked and sets.dump(back) == text
    ours, other = back.items
    assert other.start is None and ours.start is not None
    assert ours.start.plan == start.plan and ours.start.notes == "ours"
    # Nothing more to say: in the form that programs know which know no questions.
    plain = replace(kept, items=(*items[1:], replace(items[0], start=None)), asked=None)
    assert json.loads(sets.dump(plain))["set_version"] == 1
    for asked in (Asked("value", "B", "B", "same"), Asked("value", "A", "B", "same")):
        with pytest.raises(ScenarioError):
            sets.dump(replace(kept, asked=asked))


def test_the_largest_set_can_be_read_again() -> None:
    """All assumptions are overridden, in what plans started from by others."""
    wide = {one.id: one.central for one in REGISTER}
    start = load_shipped("balanced-shift").changed(assumptions=wide)
    plan = load_shipped("wait-and-see").changed(
        assumptions={**wide, REGISTER[0].id: REGISTER[0].low}
    )
    items = tuple(Item(letter, "x", plan, 0.0, start) for letter in "ABCDEF")
    text = sets.dump(ScenarioSet(items, "2.0.0"))
    assert len(sets.parse(text).items) == 6


def test_a_set_is_told_from_a_scenario_whatever_that_says() -> None:
    assert sets.is_set(sets.dump(compared_set()))
    plan = load_shipped("balanced-shift").changed(notes='"set_version": 1', name="set_version")
    assert not sets.is_set(scenario.dump(plan))


def test_a_set_is_no_single_scenario_and_is_told_by_name() -> None:
    with pytest.raises(ScenarioError) as error:
        scenario.parse(sets.dump(compared_set()), "x.json")
    assert str(error.value) == "x.json: found a set of plans, allowed a single scenario"


def test_what_could_not_be_read_again_is_not_written() -> None:
    (first, *_) = compared_set().items
    for items in ((), (first,), (first, first)):
        with pytest.raises(ScenarioError):
            sets.dump(ScenarioSet(items, "2.0.0"))
