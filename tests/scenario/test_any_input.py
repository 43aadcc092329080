"""Whatever comes is a scenario or is refused, and every valid scenario comes back as it was."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from simulator.model.quantities import Involvement
from simulator.model.register import BY_ID, REGISTER
from simulator.scenario import Scenario, ScenarioError, dump, json_schema, parse, problems, walk
from simulator.scenario.fields import smallest
from tests.support.examples import examples
from tests.support.scenario_content import BOUNDS, SPLIT, WHOLE_BOUNDS, example, leaves, put, text
from tests.support.strategies import scenarios

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=()), max_size=8), inner)
    ),
    max_leaves=8,
)
PATHS = st.sampled_from(
    ["organisation", "plan", "plan.split", "organisation.budgets", "assumptions"]
    + [".".join(place) for place, _ in leaves(example())]
    + [f"assumptions.{key}" for key in BY_ID]
)


def accepts(source: str | bytes) -> Scenario | None:
    """Parse; anything but a scenario or a proper error fails the test."""
    try:
        return parse(source)
    except ScenarioError as error:
        assert error.problems
        for problem in error.problems:
            line = str(problem)
            assert line.isprintable() and len(problem.found) <= 200
            line.encode()
        return None


@given(st.binary())
def test_any_bytes(source: bytes) -> None:
    assert accepts(source) is None


@given(st.text(st.characters(exclude_categories=())))
def test_any_text(source: str) -> None:
    assert accepts(source) is None


@given(JSON)
def test_any_json(content: object) -> None:
    assert accepts(json.dumps(content)) is None


@given(PATHS, JSON)
def test_any_json_in_any_field(path: str, value: object) -> None:
    scenario = accepts(json.dumps(put(example(), path, value)))
    if scenario is not None:
        assert parse(dump(scenario).encode()) == scenario


@given(st.integers(0, len(text(example()))), st.binary(max_size=3))
def test_a_damaged_file(place: int, patch: bytes) -> None:
    source = text(example()).encode()
    scenario = accepts(source[:place] + patch + source[place + len(patch) :])
    if scenario is not None:
        assert parse(dump(scenario)) == scenario


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """Valid scenarios: every number anywhere in its bounds, parts left out here and there."""
    content = example()
    for path, (low, high) in BOUNDS.items():
        field = walk.field_at(Scenario, tuple(path.split(".")))
        least = max(low, smallest(field)) if field else low
        bounds = st.sampled_from((low, high))
        put(content, path, draw(st.floats(least, high) | bounds))
    for path, whole in WHOLE_BOUNDS.items():
        put(content, path, draw(st.integers(*whole)))
    stages = content["plan"]["stages"]
    stages["review_month"] = min(stages["review_month"], content["horizon_months"] - 1)
    if not any(list(content["organisation"]["budgets"].values())[:3]):
        content["organisation"]["budgets"]["training"] = 1
    for lever in draw(st.sets(st.sampled_from(Involvement._fields))):
        content["plan"]["involvement"][lever] = None
    for place in ("plan.split", "plan.training.split"):
        weights = draw(st.lists(st.integers(0, 100), min_size=6, max_size=6).filter(any))
        shares = [weight / sum(weights) for weight in weights]
        put(content, place, dict(zip(SPLIT, shares, strict=True)))
    content["assumptions"] = {}
    for parameter in draw(st.lists(st.sampled_from(REGISTER), unique=True, max_size=5)):
        ends = sorted(draw(st.lists(st.floats(*parameter.bounds), min_size=3, max_size=3)))
        as_range = dict(zip(("low", "central", "high"), ends, strict=True))
        content["assumptions"][parameter.id] = draw(st.sampled_from([ends[0], as_range]))
    plain = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
    content["name"] = draw(st.text(plain, min_size=1, max_size=80).filter(str.strip))
    content["notes"] = draw(st.text(plain | st.sampled_from("\n\t"), max_size=100))
    content["date"] = draw(st.none() | st.dates().map(date.isoformat))
    content["results"] = draw(st.none() | st.just(content["results"]))
    for problem in problems(text(content)):
        put(content, problem.field, None)  # what does not go together is not known
    return content


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_valid_scenarios_round_trip(content: dict[str, Any]) -> None:
    scenario = parse(text(content))
    once = dump(scenario)
    assert parse(once) == scenario and parse(once.encode()) == scenario
    assert dump(parse(once)) == once
    assert hash(parse(once)) == hash(scenario)
    assert {**json.loads(once), "assumptions": 0} == {**content, "assumptions": 0}
    assert json.loads(once)["assumptions"] == content["assumptions"]
    jsonschema.Draft202012Validator(json_schema()).validate(content)


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios())
def test_every_valid_scenario_comes_back_byte_for_byte(scenario: Scenario) -> None:
    once = dump(scenario)
    again = parse(once.encode())
    assert again == scenario and hash(again) == hash(scenario)
    assert dump(again).encode() == once.encode()
    assert parse(json.dumps(json.loads(once))) == scenario  # as the page sends it
    assert again.without_results() == scenario.without_results()
