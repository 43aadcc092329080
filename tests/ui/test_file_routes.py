"""Files and links, opened, saved and followed by the routes that the board asks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from simulator import links, scenario, simulate
from simulator.results import DEFAULT_DRAWS, headline
from simulator.results.saved import saved_results
from simulator.scenario import Scenario
from simulator.version import VERSION
from tests.support.board_requests import document


def test_a_file_is_opened_and_saved_unchanged(client: TestClient, default: Scenario) -> None:
    figures = saved_results(headline(default, 64), 64)
    assert figures is not None
    old = figures.model_copy(update={"model_version": "0.9.0"})
    carrying = scenario.dump(default.changed(results=old))
    for text in (*(path.read_text(encoding="utf-8") for path in scenario.shipped()), carrying):
        opened = client.post("/board/open", json={"text": text, "name": "mine.json"})
        assert opened.status_code == 200
        content = opened.json()["doc"]
        body = {"scenario": content, "base": content, "as_it_is": True}
        saved = client.post("/board/file", json=body).json()
        assert saved["text"] == scenario.file_text(scenario.parse(text))
        wrote = f'  "{scenario.WRITTEN_BY}": "budget-shift {VERSION}",\n'
        assert saved["text"].replace(wrote, "", 1) == text
        assert saved["name"].endswith(".json")


def test_a_file_carries_what_its_plan_started_from(client: TestClient, default: Scenario) -> None:
    own = default.changed(**{"organisation.name": "De Linde", "assumptions.trust_asymmetry": 1.5})
    moved = own.changed(**{"plan.training.share_moved": 0.9, "name": "Ours", "author": "Ada"})
    body = {"scenario": document(moved), "base": document(own)}
    saved = client.post("/board/file", json=body).json()
    assert saved["name"] == "ours.json", "no word of having been changed gets frozen into it"
    assert scenario.parse(saved["text"]).without_results() == moved
    opened = client.post("/board/open", json={"text": saved["text"], "name": "x.json"}).json()
    assert opened["doc"] | {"results": None} == document(moved)
    started = opened["base"]
    for part in ("plan", "organisation", "assumptions", "name"):
        assert started[part] == document(own)[part]
    body["base"] = body["scenario"]
    saved = client.post("/board/file", json=body).json()
    assert scenario.STARTED_FROM not in saved["text"]
    opened = client.post("/board/open", json={"text": saved["text"], "name": "x.json"}).json()
    assert opened["base"] is None


@pytest.mark.parametrize(
    ("started", "field"),
    [
        ([], "started_from"),
        ({"horizon_months": 3}, "started_from.horizon_months"),
        ({"nonsense": 3}, "started_from.nonsense"),
        ({"plan": None}, "started_from.plan"),
    ],
)
def test_a_start_that_cannot_be_is_refused_by_name(
    client: TestClient, default: Scenario, started: object, field: str
) -> None:
    text = json.dumps({**document(default), scenario.STARTED_FROM: started})
    reply = client.post("/board/open", json={"text": text, "name": "x.json"})
    assert field in [problem["field"] for problem in reply.json()["problems"]]


def test_a_saved_plan_carries_what_it_comes_to(client: TestClient, default: Scenario) -> None:
    body: dict[str, Any] = {"scenario": document(default), "base": document(default)}
    saved = client.post("/board/file", json=body).json()
    plan = scenario.parse(saved["text"])
    assert plan.name == default.name
    assert plan.results == saved_results(simulate(default).headline, DEFAULT_DRAWS)
    assert plan.without_results() == default
    body["charts"] = ["nonsense"]
    assert client.post("/board/file", json=body).json()["problems"][0]["field"] == "charts"


def test_a_file_with_other_results_is_opened_with_then_and_now(
    client: TestClient, default: Scenario
) -> None:
    now = saved_results(simulate(default).headline, DEFAULT_DRAWS)
    assert now is not None
    old = now.model_copy(update={"model_version": "0.9.0", "worst_case": 0.0})
    for results, differs in ((old, True), (now, False), (None, False)):
        text = scenario.dump(default.changed(results=results))
        opened = client.post("/board/open", json={"text": text, "name": "mine.json"}).json()
        assert (opened["drift"] is not None) == differs
    opened = client.post("/board/open", json={"text": scenario.dump(default.changed(results=old))})
    shown = opened.json()["drift"]
    assert shown["model_then"] == "0.9.0"
    assert [row["figure"] for row in shown["rows"]] == ["worst_case"]


def test_links_are_made_and_followed(client: TestClient, default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.9})
    body = {"scenario": document(plan), "base": document(default), "address": "http://x/"}
    link = client.post("/board/link", json=body).json()
    opened = client.post("/board/follow", json={"query": link["query"]}).json()
    assert opened["doc"] | {"results": None} == document(plan)
    assert opened["base"] == document(default)
    cut = client.post("/board/follow", json={"query": link["query"][:-3]}).json()
    assert cut["problems"][-1]["field"] == "check"


@pytest.mark.parametrize("query", ["", "utm_source=mail&fbclid=%FF", "lang=nl&view=projector", "="])
def test_an_address_that_says_nothing_of_a_scenario_is_no_broken_link(
    client: TestClient, query: str
) -> None:
    assert client.post("/board/follow", json={"query": query}).json() == {"doc": None}


def test_a_link_that_is_too_long_is_told_so(client: TestClient) -> None:
    query = "v=2&name=" + "x" * links.MOST_READ
    (problem,) = client.post("/board/follow", json={"query": query}).json()["problems"]
    assert "length" in problem["found"]


def test_a_bad_file_is_refused_by_name_and_field(client: TestClient) -> None:
    reply = client.post("/board/open", json={"text": "{]", "name": "mine.json"})
    assert "mine.json" in reply.json()["problems"][0]["field"]


def test_instruments_are_a_table(client: TestClient, default: Scenario) -> None:
    content = {"scenario": document(default), "analysis": "leave_one_out"}
    reply = client.post("/board/analysis", json=content).json()
    assert len(reply["rows"]) == 5
    assert all(row["cells"].keys() == reply["headings"].keys() for row in reply["rows"])


def test_a_scenario_can_be_checked(client: TestClient, default: Scenario) -> None:
    content = document(default)
    fine: dict[str, object] = {"problems": [], "doubts": []}
    assert client.post("/board/check", json={"scenario": content}).json() == fine
    content["organisation"]["customers"] = 1e7
    odd = client.post("/board/check", json={"scenario": content, "language": "da"}).json()
    assert not odd["problems"] and len(odd["doubts"]) == 4
    assert odd["doubts"][0]["fields"][0] == "organisation.customers"
    assert "sekunders arbejde" in odd["doubts"][0]["text"]
    content["horizon_months"] = 3
    reply = client.post("/board/check", json={"scenario": content})
    assert reply.json()["problems"][0]["field"] == "horizon_months"
