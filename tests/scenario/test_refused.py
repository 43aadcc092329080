"""What is refused, in which words, and how many of them."""

from __future__ import annotations

import json
import math
import pickle
import unicodedata
from typing import Any

import pytest

from simulator.model import register
from simulator.model.register import REGISTER
from simulator.scenario import (
    MOST_PROBLEMS,
    SCHEMA_VERSION,
    ScenarioError,
    dump,
    load_shipped,
    parse,
    problems,
)
from simulator.scenario.fields import is_one_line
from tests.support.scenario_content import (
    BOUNDS,
    RESULTS,
    SPLIT,
    WHOLE_BOUNDS,
    example,
    leaves,
    only,
    put,
    text,
)

# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", BOUNDS)
def test_numbers_out_of_bounds_name_themselves(path: str) -> None:
    low, high = BOUNDS[path]
    below, above = math.nextafter(low, -math.inf), math.nextafter(high, math.inf)
    for value in (below, above, -1e300, 10**200):
        assert only(text(put(example(), path, value))).field == path
    kinds: list[object] = ["1", True, [1], {}]
    for kind in kinds:
        assert only(text(put(example(), path, kind))).field == path
    for written in ("NaN", "Infinity", "-Infinity", "1e999", "9" * 6000):
        source = text(put(example(), path, "HERE")).replace('"HERE"', written)
        problem = only(source)
        assert problem.field == path
        assert problem.found.startswith(written[:50])


@pytest.mark.parametrize("path", RESULTS)
def test_results_that_are_no_numbers_name_themselves(path: str) -> None:
    kinds: list[object] = ["1", True, [1], {}]
    for kind in kinds:
        problem = only(text(put(example(), path, kind)))
        assert problem.field == path
        assert problem.allowed.removeprefix("null or ") in {"a number", "0 to 1", "an object"}
    for written in ("NaN", "Infinity", "-Infinity", "1e999", "9" * 6000):
        problem = only(text(put(example(), path, "HERE")).replace('"HERE"', written))
        assert problem.field == path
        assert problem.found.startswith(written[:50])


def test_only_known_ends_of_a_result_are_in_order() -> None:
    def with_ends(*ends: float | None) -> str:
        estimate = dict(zip(("low", "central", "high"), ends, strict=True))
        return text(put(example(), "results.payback_month", estimate))

    for source in (with_ends(None, 2, 1), with_ends(3, None, 2), with_ends(2, 1, None)):
        problem = only(source)
        assert problem.field == "results.payback_month"
        assert problem.allowed == "low at most central, central at most high"
    assert problem.found == "low 2, central 1, high null"
    for source in (with_ends(None, 1, 1), with_ends(1, None, 2), with_ends(None, None, 0)):
        assert problems(source) == []


@pytest.mark.parametrize("path", WHOLE_BOUNDS)
def test_whole_numbers_out_of_bounds_name_themselves(path: str) -> None:
    low, high = WHOLE_BOUNDS[path]
    for value in (low - 1, high + 1, low + 0.5, float(high), "12", True, None, 10**200):
        problem = only(text(put(example(), path, value)))
        assert problem.field == path
        assert problem.allowed == f"a whole number from {low} to {high}"


def test_a_problem_is_one_readable_line() -> None:
    source = text(put(example(), "plan.customer_service.share_moved", 1.4))
    line = "plan.customer_service.share_moved: found 1.4, allowed 0 to 1"
    assert str(only(source)) == line
    with pytest.raises(ScenarioError) as caught:
        parse(source)
    assert str(caught.value) == line
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


@pytest.mark.parametrize("parameter", REGISTER, ids=lambda one: one.id)
def test_assumptions_out_of_bounds_name_themselves(parameter: register.Parameter) -> None:
    low, high = parameter.bounds
    assert low <= parameter.low <= parameter.high <= high
    path = f"assumptions.{parameter.id}"
    for value in (low, high, {"low": low, "central": high, "high": high}):
        assert problems(text(put(example(), path, value))) == []
    for value in (math.nextafter(low, -math.inf), math.nextafter(high, math.inf)):
        assert only(text(put(example(), path, value))).field == path
        for end in ("low", "central", "high"):
            span = {"low": low, "central": low, "high": low} | {end: value}
            assert only(text(put(example(), path, span))).field == f"{path}.{end}"
    wrong_way = {"low": high, "central": low, "high": high}
    problem = only(text(put(example(), path, wrong_way)))
    assert (problem.field, problem.allowed) == (path, "low at most central, central at most high")


@pytest.mark.parametrize(
    ("value", "field", "finding"),
    [
        ("a", "", "'a'"),
        (None, "", "null"),
        (True, "", "true"),
        ([1, 2, 3], "", "a list of 3"),
        ({"low": "1", "central": 2, "high": 3}, ".low", "'1'"),
        ({"low": 1, "high": 3}, ".central", "nothing"),
        ({"low": 1, "central": 2, "high": 3, "hgih": 4}, ".hgih", "an unknown key"),
    ],
)
def test_assumptions_of_a_wrong_kind(value: object, field: str, finding: str) -> None:
    problem = only(text(put(example(), "assumptions.trust_asymmetry", value)))
    assert (problem.field, problem.found) == (f"assumptions.trust_asymmetry{field}", finding)


def test_unknown_names_come_with_the_nearest_that_exists() -> None:
    problem = only(text(put(example(), "assumptions.trust_asymetry", 2)))
    assert problem.field == "assumptions.trust_asymetry"
    assert problem.allowed.startswith("trust_asymmetry")
    content = example()
    content["organisation"]["custommers"] = content["organisation"].pop("customers")
    missing, unknown = problems(text(content))
    assert (missing.field, missing.found) == ("organisation.customers", "nothing")
    assert unknown.field == "organisation.custommers"
    assert unknown.allowed.startswith("customers")


@pytest.mark.parametrize("path", ["plan.split", "plan.market_research.split"])
def test_splits_add_up(path: str) -> None:
    problem = only(text(put(example(), path, SPLIT | {"savings": 0.1})))
    assert str(problem) == f"{path}: found a sum of 1.1, allowed six shares that add up to 1"
    assert problems(text(put(example(), path, SPLIT | {"savings": 9e-10}))) == []
    assert problems(text(put(example(), path, SPLIT | {"savings": 2e-9}))) != []


def test_there_is_something_to_move() -> None:
    content = example()
    for source in ("market_research", "training", "customer_service"):
        content["organisation"]["budgets"][source] = 0
    assert str(only(text(content))) == (
        "organisation.budgets: found 0, "
        "allowed market_research, training and customer_service together above 0"
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 81),
        ("name", "two\nlines"),
        ("name", "\x1b[31m"),
        ("name", "\ud800"),
        ("name", 3),
        ("story", "a\nb\nc"),
        ("story", "a\rb"),
        ("notes", "\x00"),
        ("notes", "\udfff"),
        ("author", "a\u2028b"),
        ("organisation.name", "\t"),
        ("organisation.currency", "eur"),
        ("organisation.currency", "EUR\n"),
        ("organisation.currency", "EURO"),
        ("date", "2026-02-30"),
        ("date", "20261122"),
        ("date", "2026-11-22T00:00:00"),
        ("date", "٢٠٢٦-11-22"),
        ("date", ""),
        ("date", 0),
        ("$schema", 1),
        ("schema_version", 0),
        ("schema_version", True),
        ("schema_version", 1.0),
        ("schema_version", "1"),
        ("schema_version", -1),
        ("schema_version", None),
        ("schema_version", []),
        ("schema_version", 1e300),
        ("results", []),
        ("results", 1),
        ("results.model_version", "1.0"),
        ("results.model_version", "1.0.0\n"),
        ("results.model_version", "٢.0.0"),
        ("results.model_version", 1),
        ("results.roi", None),
        ("results.roi", 0.1),
        ("results.worst_case", None),
        ("organisation", []),
        ("plan", None),
        ("plan.training", 1),
        ("plan.training.split", []),
        ("plan.split", None),
        ("plan.involvement", None),
        ("assumptions", []),
        ("assumptions", None),
    ],
)
def test_other_fields_name_themselves(path: str, value: object) -> None:
    content = put(example(), path, value)
    problem = only(json.dumps(content))
    assert problem.field == path
    assert str(problem).isprintable()


@pytest.mark.parametrize("place", [place for place, _ in leaves(example())])
def test_a_missing_field_is_named_or_has_a_default(place: tuple[str, ...]) -> None:
    content = example()
    node = content
    for part in place[:-1]:
        node = node[part]
    del node[place[-1]]
    findings = problems(text(content))
    optional = {"$schema", "story", "description", "notes", "author", "date", "seed"}
    optional |= {"horizon_months", "assumptions.offer_floor"}
    path = ".".join(place)
    optional |= {"organisation.people_per_customer", "organisation.customers_called"}
    starts = ("plan.involvement.", "plan.stages.", "organisation.known.")
    if path in {"plan.stages.figure", "plan.stages.back"}:  # no rule is left then
        assert {one.field for one in findings} <= {"plan.stages.always", "plan.stages.back"}
        assert findings
        return
    needed = {"plan.stages.first_depth", "plan.stages.review_month"}
    has_default = path in optional or (path.startswith(starts) and path not in needed)
    if has_default or (path.endswith(".split") and len(place) == 3):
        assert findings == []
    else:
        assert [(one.field, one.found) for one in findings] == [(path, "nothing")]


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ({"figure": "luck"}, "figure: found 'luck', allowed null or taking_part, members, "),
        ({"figure": 5}, "figure: found 5, allowed null or taking_part, members, "),
        ({"side": None}, "side: found null, allowed below, above"),
        ({"always": "on"}, "always: found 'on', allowed null where a figure decides"),
        ({"back": None}, "back: found null, allowed a threshold here or in on"),
        ({"on": 0.04}, "back: found 0.05, allowed at most on (0.04)"),
        ({"on": 0.06, "side": "above"}, "back: found 0.05, allowed at least on (0.06)"),
        (
            {"figure": None, "back": None},
            "always: found null, allowed back, stay, on, or a figure",
        ),
        ({"figure": None, "always": "on"}, "back: found 0.05, allowed null without a figure"),
    ],
)
def test_stages_that_are_no_rule_are_refused_by_name(stages: dict[str, Any], expected: str) -> None:
    content = example()
    content["plan"]["stages"] |= stages
    assert str(only(text(content))).startswith(f"plan.stages.{expected}")


def test_a_review_has_to_be_within_the_horizon() -> None:
    content = example()
    content["horizon_months"] = 12
    assert problems(text(content)) == []
    content["plan"]["stages"]["review_month"] = 12
    assert str(only(text(content))) == (
        "plan.stages.review_month: found 12, allowed a whole number from 3 to 11"
    )
    content["plan"]["stages"] = None
    assert problems(text(content)) == []


def test_all_problems_are_listed_at_once() -> None:
    wrong = {
        "name": "",
        "organisation.customers": 0,
        "organisation.currency": "euro",
        "plan.training.share_moved": 1.4,
        "plan.training.ramp_months": 0,
        "plan.split": SPLIT | {"savings": 1},
        "assumptions.natural_reach": 2,
        "assumptions.nonsense": 2,
        "seed": -1,
        "$schema": 7,
    }
    content = example()
    for path, value in wrong.items():
        put(content, path, value)
    for source in ("market_research", "training", "customer_service"):
        content["organisation"]["budgets"][source] = 0
    source = text(content).replace('"author": ""', '"author": "", "author": "me"')
    findings = problems(source)
    assert {one.field for one in findings} == {*wrong, "organisation.budgets", "author"}
    assert len(findings) == len(wrong) + 2


def test_a_newer_version_is_said_to_be_newer_and_nothing_else() -> None:
    source = text(
        example()
        | {"schema_version": SCHEMA_VERSION + 1, "invented_later": 1, "results": {"npv": 1}}
    )
    source = source.replace('"author": ""', '"author": "", "author": 7')
    assert str(only(source)) == (
        f"schema_version: found {SCHEMA_VERSION + 1}, made by a newer version, "
        f"allowed a whole number from 1 to {SCHEMA_VERSION}"
    )


def test_a_version_that_cannot_be_told_does_not_hide_what_else_is_wrong() -> None:
    content = put(example(), "seed", -1)
    del content["schema_version"]
    version, seed = problems(text(content))
    allowed_text = f"a whole number from 1 to {SCHEMA_VERSION}"
    assert str(version) == f"schema_version: found nothing, allowed {allowed_text}"
    assert seed.field == "seed"


def test_what_is_found_is_short_and_harmless() -> None:
    nasty = "\x1b]0;\r\n" + "<b>" * 1000
    problem = only(json.dumps(put(example(), "organisation.customers", nasty)))
    assert len(problem.found) <= 60 and problem.found.isprintable()
    unknown = only(json.dumps(example() | {nasty: 1}))
    assert len(unknown.field) <= 60 and unknown.field.isprintable()


# --- many problems -------------------------------------------------------------------------------


def test_of_very_many_problems_the_rest_is_counted() -> None:
    content = json.loads(dump(load_shipped("balanced-shift")))
    extra = {f"k{number}": 0 for number in range(MOST_PROBLEMS + 23)}
    for place in (content, content["organisation"], content["assumptions"]):
        place |= extra
        with pytest.raises(ScenarioError, match="and 23 more") as caught:
            parse(json.dumps(content))
        assert len(caught.value.problems) == MOST_PROBLEMS and caught.value.more == 23
        again = pickle.loads(pickle.dumps(caught.value))
        assert (again.problems, again.more) == (caught.value.problems, 23)
        for name in extra:
            del place[name]


def test_keys_that_are_there_twice_are_counted_too() -> None:
    twice = ",".join(f'"k{number}": 0, "k{number}": 1' for number in range(500))
    with pytest.raises(ScenarioError) as caught:
        parse("{" + twice + "}")
    assert len(caught.value.problems) == MOST_PROBLEMS
    assert caught.value.more > 900


def test_control_characters_are_those_of_unicode() -> None:
    for sign in map(chr, [*range(0x3000), *range(0xD000, 0xE100)]):
        category = unicodedata.category(sign)
        assert is_one_line(sign) == (category not in {"Cc", "Cs", "Zl", "Zp"}), ascii(sign)
