"""The routes of the page of the model: map, claims and equations, in every language."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import simulator
from simulator.exports.translate import read_model
from simulator.exports.translate.causal import ON_MAP
from simulator.exports.translate.model import Kind
from simulator.i18n.language import LANGUAGES
from simulator.scenario import Scenario, file_text
from ui.routes import model as routes
from ui.text import model as text
from ui.text.claims import CLAIMS


def _answer(route: Any, scenario: Scenario, **more: object) -> dict[str, Any]:
    reply = route(json.dumps({"scenario": json.loads(file_text(scenario)), **more}).encode())
    answer: dict[str, Any] = json.loads(reply.body)
    return {**answer, "status": reply.status}


@pytest.fixture(scope="module")
def pages() -> dict[str, dict[str, Any]]:
    scenario = simulator.load("balanced-shift")
    return {code: _answer(routes.model, scenario, language=code) for code in LANGUAGES}


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_of_the_map_and_every_claim_has_words(
    pages: dict[str, dict[str, Any]], code: str
) -> None:
    page = pages[code]
    assert [node["name"] for node in page["nodes"]] == list(ON_MAP)
    assert not [node["name"] for node in page["nodes"] if node["english"]]
    assert {claim["number"] for claim in page["claims"]} == set(CLAIMS)
    assert all(link["words"] and link["through"] for link in page["links"])
    assert 5 <= len(page["loops"]) <= text.MOST_LOOPS
    labels = {node["label"] for node in page["nodes"]}
    assert all(set(loop["words"].split(" → ")) <= labels for loop in page["loops"])


def test_every_equation_is_in_one_sector(pages: dict[str, dict[str, Any]]) -> None:
    names = [name for sector in pages["en"]["sectors"] for name in sector["names"]]
    inputs = {variable.name for variable in read_model().of_kind(Kind.INPUT)}
    assert sorted(names) == sorted(set(read_model().variables) - inputs)


def test_what_a_link_does_is_said_with_its_number(pages: dict[str, dict[str, Any]]) -> None:
    said = {(link["cause"], link["effect"]): link["words"] for link in pages["en"]["links"]}
    assert said["customers", "revenue"] == "1% more of “Customers”: “Revenue” is 1% higher."
    assert said["customers", "service_quality"].endswith("% lower after a year.")


def test_the_equations_of_every_sector_can_be_read(pages: dict[str, dict[str, Any]]) -> None:
    scenario = simulator.load("balanced-shift")
    for sector in pages["en"]["sectors"]:
        answer = _answer(routes.equations, scenario, names=sector["names"])
        assert answer["status"] == 200, f"{sector['id']}: {answer['problems']}"
        assert [equation["name"] for equation in answer["equations"]] == sector["names"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_equations_come_with_their_symbols(code: str) -> None:
    scenario = simulator.load("balanced-shift")
    names = ["change_in_trust", "trust_premium", "today_reach", "connected_customers"]
    found = _answer(routes.equations, scenario, language=code, names=names)["equations"]
    assert [equation["name"] for equation in found] == names
    for equation in found:
        ET.fromstring(equation["mathml"])  # noqa: S314
        assert equation["symbols"] and all(
            one["label"] and one["value"] for one in equation["symbols"]
        )
    grades = {one["name"]: one["grade"] for one in found[1]["symbols"]}
    assert grades["trust_price_premium"] in "ABCDE" and grades["trust_change"] == ""


def test_values_are_those_of_the_scenario() -> None:
    scenario = simulator.load("balanced-shift")
    overridden = scenario.changed(assumptions={"trust_price_premium": 0.125})
    for plan, differs in ((scenario, True), (overridden, False)):
        found = _answer(routes.equations, plan, names=["trust_premium"])["equations"]
        values = {one["name"]: one["value"] for one in found[0]["symbols"]}
        assert (values["trust_price_premium"] != "0.125") == differs


def test_what_is_no_variable_is_refused() -> None:
    answer = _answer(routes.equations, simulator.load("balanced-shift"), names=["__class__"])
    assert answer["status"] == 422 and "__class__" in answer["problems"][0]["found"]
