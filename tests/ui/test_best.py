"""The routes of the page of the best plan: the question, the search in pieces, the answer."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from simulator import engine, load, scenario
from simulator.analyses.base import Measured
from simulator.i18n.language import LANGUAGES
from simulator.optimise import OBJECTIVES, Study, words
from simulator.optimise.answer import Gain, Marginal
from simulator.results import Estimate
from simulator.scenario import Scenario
from simulator.scenario.levers import LEVERS
from tests.support.board_requests import document
from ui.http.fair import GivenUp
from ui.routes import best as routes
from ui.text import best as texts

MOVES = ["plan.training.share_moved", "plan.involvement.participation"]


@pytest.fixture(scope="module")
def plan() -> Scenario:
    engine.prepare()
    return load("balanced-shift").changed(horizon_months=12)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "DRAWS", 32)


def asked(route: Any, plan: Scenario, **more: object) -> dict[str, Any]:
    reply = route(json.dumps({"scenario": document(plan), **more}).encode())
    content: dict[str, Any] = json.loads(reply.body)
    return {**content, "status": reply.status}


def until_answered(plan: Scenario, **more: object) -> list[dict[str, Any]]:
    """All replies of a search, the last one with its answer."""
    replies = []
    for _ in range(200):
        replies.append(asked(routes.best, plan, moves=MOVES, **more))
        if replies[-1]["status"] != 200 or replies[-1]["is_done"]:
            return replies
    raise AssertionError("a search without an end")


def test_the_form_offers_all_that_can_be_asked(plan: Scenario) -> None:
    form = asked(routes.best_form, plan, language="nl")
    assert [one["id"] for one in form["objectives"]] == list(OBJECTIVES)
    assert [path for group in form["groups"] for path in group["paths"]] == list(LEVERS)
    assert {one["id"] for one in form["lines"]} >= {"training", "savings"}


def test_a_search_goes_on_from_request_to_request(
    plan: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_PATIENCE_S", 0.0)
    replies = until_answered(plan)
    progress = [reply["progress"] for reply in replies]
    assert len(replies) > 5 and progress[-1] == 1.0
    assert all(0.0 < share < 1.0 for share in progress[:-1])
    answer = replies[-1]["answer"]
    first = next(reply["answer"] for reply in replies if reply["answer"])
    assert first["checks"] == answer["checks"] and len(first["plans"]) == 3  # certified, shown
    ids = [one["id"] for one in answer["plans"]]
    assert ids[1:3] == ["present", "carrying_on"]
    for one in answer["plans"]:  # each can be adopted as it is
        scenario.parse(json.dumps(one["doc"]))
    assert answer["plans"][0]["doc"] == replies[-1]["best"]
    assert all(
        0.0 <= bar[name]["end"] <= 1.0 for bar in answer["money"] for name in bar if name != "label"
    )
    assert {check["state"] for check in answer["checks"]} <= {"met", "open"}
    present, carrying_on = answer["plans"][1:3]
    assert "give or take" in present["mean"] and "in the middle" in present["range"]
    assert carrying_on["mean"] == "€0", "which is exact"


def test_a_search_that_was_broken_off_is_begun_anew(
    plan: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It told the same share of its way for ever, to whoever asked again."""

    def fail() -> None:
        raise RuntimeError("broken off")

    question = plan.changed(**{"plan.training.share_moved": 0.21})
    with monkeypatch.context() as broken:
        broken.setattr(routes, "_let_pass", fail)
        with pytest.raises(RuntimeError, match="broken off"):
            until_answered(question)
    assert until_answered(question)[-1]["is_done"]


def test_who_leaves_within_a_run_leaves_the_search_whole(
    plan: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run is worked out for goes on for whoever asks next, and is not begun anew."""

    def leave() -> None:
        raise GivenUp

    begun: list[Study] = []

    def begin(*args: Any, **more: Any) -> Study:
        begun.append(Study(*args, **more))
        return begun[-1]

    monkeypatch.setattr(routes, "Study", begin)
    question = plan.changed(**{"plan.training.share_moved": 0.22})
    with engine.in_parts(leave), suppress(GivenUp):  # as for a visitor who has gone
        until_answered(question)
    assert until_answered(question)[-1]["is_done"]
    assert len(begun) == 1


def test_an_average_says_no_more_than_its_draws() -> None:
    for value, said in (
        (207.4, "€0, give or take €20K"),
        (-7_207.4, "−€7,000, give or take €20K"),
        (42_074.0, "€40K, give or take €20K"),
    ):
        mean = Measured(value, 19_000.0).or_nothing()
        assert texts._average(mean, "EUR", LANGUAGES["en"]) == said, value
        assert Measured(82_000.0, 19_000.0).above(mean, 19_000.0).shown == 80_000.0 - mean.shown


def test_what_one_plan_brings_more_is_the_difference_of_the_averages_in_the_table() -> None:
    gain = Gain(-61_234.0, 900.0, Estimate(-9e4, -6e4, -3e4), 0.1)
    chosen, present = Measured(-91_400.0, 23_000.0), Measured(-30_166.0, 22_000.0)
    more = words.as_read(gain, chosen, present)
    assert more.shown == present.shown - chosen.shown > 0.0
    alike = words.as_read(replace(gain, mean=20.0), Measured(2e4, 9e4), Measured(2e4 - 20.0, 9e4))
    assert alike.shown == pytest.approx(20.0), "more than nothing, though both read alike"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_all_words(plan: Scenario, code: str) -> None:
    answer = until_answered(plan, language=code)[-1]["answer"]
    said = [
        answer["title"],
        answer["how"],
        answer["fresh"],
        *answer["sentences"],
        *answer["cautions"],
    ]
    said += [check["text"] for check in answer["checks"]]
    assert all(text and "{" not in text for text in said)
    if code != "en":
        english = until_answered(plan)[-1]["answer"]
        assert not set(said) & {check["text"] for check in english["checks"]}


def test_what_cannot_hold_together_is_said(plan: Scenario) -> None:
    limits = [{"subject": "savings", "at_most": False, "amount": 5e6}]
    answer = until_answered(plan, limits=limits)[-1]["answer"]
    assert answer["verdict"] == "infeasible"
    assert any("Savings" in text for text in answer["sentences"])


@pytest.mark.parametrize(
    "more",
    [
        {"objective": "most"},
        {"objective": "target"},
        {"limits": [{"subject": "profit", "at_most": True, "amount": 1}]},
        {"limits": [{"subject": "hours", "at_most": True, "amount": 1, "chance": 2}]},
    ],
)
def test_what_is_no_question_is_refused(plan: Scenario, more: dict[str, Any]) -> None:
    reply = asked(routes.best, plan, moves=MOVES, **more)
    assert reply["status"] == 422 and reply["problems"]


def test_what_more_of_something_costs(plan: Scenario) -> None:
    until_answered(plan)
    reply = asked(routes.best_frontier, plan, moves=MOVES, against="hours")
    assert reply["status"] == 200
    points = reply["points"]
    assert all(0.0 <= point[axis] <= 1.0 for point in points for axis in ("x", "y"))
    assert [point["y"] for point in points] == sorted(point["y"] for point in points)
    for point in points:
        scenario.parse(json.dumps(point["doc"]))
    assert all(point["is_offered"] or point["note"] for point in points)
    assert asked(routes.best_frontier, plan, moves=MOVES, against="luck")["status"] == 422


def test_what_is_worth_less_than_carrying_on_is_said_to_be_so_and_not_offered() -> None:
    """Where no plan that may be chosen is worth as much."""
    losing = load("money-without-involvement").changed(horizon_months=12)
    moves = ["plan.split.content", "plan.split.community"]
    for _ in range(200):
        if asked(routes.best, losing, moves=moves)["is_done"]:
            break
    points = asked(routes.best_frontier, losing, moves=moves, against="worst_tenth")["points"]
    assert points
    assert {(point["note"], point["is_offered"]) for point in points} == {
        ("worth less than carrying on", False)
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_lines_stand_equal_only_where_they_do(code: str) -> None:
    """However far they are apart is said, and what that means."""

    def told(*nets: float) -> str:
        lines = [Marginal("community", net, is_partly=True) for net in nets]
        return texts._told_apart([Marginal("content", -0.5), *lines], LANGUAGES[code])

    assert told(0.2) == ""
    near, far = told(0.07, 0.1), told(0.1, 0.4)
    assert near != far and re.search(r"0[.,]03", near) and re.search(r"0[.,]3", far)
    assert re.search(r"0[.,]04\b", told(-0.0351, -0.0049)), "as they are read"
    if code == "en":
        assert "next to nothing" in near and "in the proof" in far
