"""Requests that are refused: wrong, huge, endless, or no requests at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient

from simulator import scenario
from simulator.model.register import REGISTER
from simulator.scenario import Scenario
from tests.support.board_requests import document
from ui.http import json_routes
from ui.routes import analyses, bootstrap
from ui.routes import compare as compare_routes
from ui.routes import simulate as routes


def refused(body: bytes, work: Any = routes.answer) -> list[dict[str, str]]:
    reply = work(body)
    assert reply.status == 422
    problems: list[dict[str, str]] = json.loads(reply.body)["problems"]
    assert all(one.keys() == {"field", "found", "allowed"} for one in problems)
    return problems


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"language": "xx"}, "language"),
        ({"charts": ["nonsense"]}, "charts"),
        ({"charts": []}, "charts"),
        ({"font": 1000}, "font"),
        ({"theme": "pink"}, "theme"),
        ({"pins": [{"name": "", "slot": 1, "scenario": {}}]}, "pins.0.name"),
        ({"pins": [{"name": "x", "slot": 9, "scenario": {}}]}, "pins.0.slot"),
        ({"more": 1}, "more"),
        ({"reference": {"nonsense": 1}}, "assumptions.nonsense"),
    ],
)
def test_a_wrong_request_is_refused_by_field(
    default: Scenario, change: dict[str, object], field: str
) -> None:
    problems = refused(json.dumps({"scenario": document(default), **change}).encode())
    assert field in {one["field"] for one in problems}


def test_a_wrong_scenario_is_refused_with_all_its_problems(default: Scenario) -> None:
    content = document(default)
    content["plan"]["training"]["share_moved"] = 2
    content["organisation"]["customers"] = "many"
    problems = refused(json.dumps({"scenario": content}).encode())
    assert {one["field"] for one in problems} == {
        "plan.training.share_moved",
        "organisation.customers",
    }


@given(some.binary(max_size=200))
def test_whatever_is_sent_gets_an_answer(body: bytes) -> None:
    for work in (
        routes.answer,
        routes.opened,
        routes.file,
        routes.check,
        analyses.analysis,
    ):
        reply = work(body)
        assert reply.status == 422 and json.loads(reply.body)["problems"]


_ANY = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner),
    max_leaves=8,
)


@given(some.sampled_from(["scenario", "pins", "charts", "reference", "layouts", "font"]), _ANY)
def test_whatever_a_part_of_a_request_holds(part: str, value: object) -> None:
    content = {"scenario": document(scenario.load_shipped(bootstrap.DEFAULT)), part: value}
    reply = routes.answer(json.dumps(content).encode())
    assert reply.status in (200, 422)


@pytest.mark.parametrize(
    ("route", "most"),
    [
        ("answer", 400_000),
        ("check", 400_000),
        ("analysis", 400_000),
        ("open", 2 * scenario.MAX_BYTES + 10_000),
        ("file", 2 * scenario.MAX_BYTES + 10_000),
    ],
)
def test_a_huge_request_is_refused_unread(client: TestClient, route: str, most: int) -> None:
    def status(size: int) -> int:
        headers = {"Content-Length": str(size)}
        return client.post(f"/board/{route}", content=b"{}", headers=headers).status_code

    assert status(most) == 422
    assert status(most + 1) == status(10**12) == 413


def test_a_request_of_unknown_size_is_refused(client: TestClient) -> None:
    reply = client.post("/board/answer", content=iter([b"{}"]))
    assert reply.status_code == 413


def test_the_largest_real_request_is_far_below_the_limit(default: Scenario) -> None:
    overridden = {
        one.id: {"low": one.low, "central": one.central, "high": one.high} for one in REGISTER
    }
    full = document(default) | {"assumptions": overridden}
    body = {"scenario": full, "reference": overridden, "pins": 4 * [{"scenario": full}]}
    assert len(json.dumps(body)) < 400_000 / 3


MANY = {f"k{number}": 0 for number in range(4_000)}


@pytest.mark.parametrize("work", [routes.opened, routes.check, routes.answer])
@pytest.mark.parametrize(
    "place",
    [
        (),
        ("organisation",),
        ("plan", "split"),
        ("assumptions",),
        ("assumptions", "trust_building_months"),
    ],
)
def test_many_problems_are_counted_and_not_listed(
    default: Scenario, work: Any, place: tuple[str, ...]
) -> None:
    """The answer stays small whatever is sent; counting takes no search for what was meant."""
    content = document(default)
    node = content
    for name in place:
        node = node.setdefault(name, {})
    node |= MANY
    body = {"scenario": content} if work != routes.opened else {"text": json.dumps(content)}
    reply = work(json.dumps({**body, "language": "nl"}).encode())
    problems = json.loads(reply.body)["problems"]
    assert len(reply.body) < 10_000
    if len(problems) == 1:
        assert problems[0]["found"] == "een object (aantal velden: 4000)"
    else:
        assert len(problems) == json_routes.MOST_PROBLEMS + 1
        rest = int(problems[-1]["found"].split()[1].replace(".", ""))
        assert rest >= len(MANY) - json_routes.MOST_PROBLEMS


def test_more_assumptions_than_there_are_are_refused_as_one_problem(default: Scenario) -> None:
    reference = {f"k{number}": 0 for number in range(len(REGISTER) + 1)}
    (problem,) = refused(
        json.dumps({"scenario": document(default), "reference": reference}).encode()
    )
    assert problem["field"] == "assumptions"
    assert problem["found"] == f"an object of {len(REGISTER) + 1} fields"


def test_an_unusable_request_with_many_keys_is_answered_shortly(default: Scenario) -> None:
    problems = refused(json.dumps({"scenario": document(default), **MANY}).encode())
    assert len(problems) == json_routes.MOST_PROBLEMS + 1
    assert problems[-1]["found"] == f"{len(MANY) - json_routes.MOST_PROBLEMS:,} more problems"


@pytest.mark.parametrize("work", [routes.answer, routes.check, compare_routes.compare])
@pytest.mark.parametrize(
    "body",
    [
        b'{"scenario":{},"pins":[%s{}]}',
        b'{"scenarios":[%s{}]}',
        b'{"scenario":{"plan":[%s[]]}}',
        b'{"tags":[%s0]',
        b"[%s",
    ],
)
def test_more_values_than_any_request_has_are_refused_before_they_are_made_into_objects(
    work: Any, body: bytes
) -> None:
    (problem,) = refused(body % (b"{}," * 130_000), work)
    assert problem["field"] == "request" and problem["found"].endswith(" values")


def test_signs_in_a_text_are_no_values(default: Scenario) -> None:
    noted = default.changed(notes=",[{" * 6_000)
    body = json.dumps({"scenario": document(noted)}).encode()
    assert json.loads(routes.check(body).body) == {"problems": [], "doubts": []}
