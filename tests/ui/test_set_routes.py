"""Sets of compared plans by routes: kept in the library, opened and linked as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.i18n.language import LANGUAGES
from simulator.library import Label, Library
from simulator.scenario import Scenario
from simulator.scenario.sets import Asked, Item, ScenarioSet
from simulator.version import MODEL_VERSION
from tests.support.library_routes import Browser, of
from tests.support.shelves import ON_BOTH
from tests.support.stores import Place
from ui import refinement
from ui.routes import bootstrap, compare, sets, simulate
from ui.routes.compare import Named, laid
from ui.text import comparison

pytest_plugins = ["tests.support.databases"]

HOSTILE = "<img src=x onerror=alert(1)> {name} %s"
PLAN = scenario.load_shipped(bootstrap.DEFAULT)
FUND = scenario.load_shipped("membership-fund")
MOVED = PLAN.changed(**{"plan.training.share_moved": 0.7}, notes="Why we did so.")
PAIR = (PLAN, MOVED)
ADDRESS = "https://simulator.example.org/"


def _named(letter: str, name: str, plan: Scenario) -> dict[str, Any]:
    return {"letter": letter, "name": name, "scenario": bootstrap.document(plan)}


COMPARED = [_named("B", HOSTILE, MOVED), _named("D", "The fund", FUND), _named("P", "Now", PLAN)]


@pytest.fixture(scope="module")
def browser(library: Library) -> Browser:
    return Browser(library)


@pytest.fixture
def shelf(browser: Browser) -> str:
    key: str = browser.ask("shelf", key=None)["edit_key"]
    return key


@pytest.fixture
def kept(browser: Browser, shelf: str) -> dict[str, Any]:
    """A set that was just saved."""
    entry: dict[str, Any] = browser.ask(
        "save", shelf=shelf, scenarios=COMPARED, name="The board", tags=["x"], who="Ann", why="w"
    )["entry"]
    return entry


def test_a_set_is_saved_listed_and_opened(
    browser: Browser, shelf: str, kept: dict[str, Any]
) -> None:
    plans = [f"B {HOSTILE}", "D The fund", "P Now"]
    assert of(kept, name="The board", plans=plans, outcome=None, version=1, who="Ann")
    assert browser.ask("list", shelf=shelf, search="fund now")["entries"] == [kept]
    opened = browser.ask("open", key=kept["view_key"])
    assert [(one["letter"], one["name"]) for one in opened["items"]] == [
        (one["letter"], one["name"]) for one in COMPARED
    ]
    for one, was in zip(opened["items"], COMPARED, strict=True):
        assert one["doc"] == {**was["scenario"], "name": was["name"], "results": None}
    assert opened["version"]["plans"] == plans
    assert opened["then"] == ""
    assert "doc" not in opened
    dutch = browser.ask("list", shelf=shelf, language="nl")["entries"][0]["organisation"]
    assert dutch.startswith("Een dienstverlener, ") and dutch.count(", ") == 1


def test_what_was_asked_opens_again_and_is_listed_as_it_was_answered(
    library: Library, browser: Browser, shelf: str
) -> None:
    base = bootstrap.document(PLAN)
    plans = [{**COMPARED[0], "base": base}, _named("P", "Now", PLAN)]
    wish = {"measure": "value_per_employee", "first": 1, "second": 0}
    entry = browser.ask("save", shelf=shelf, name="x", scenarios=plans, asked=wish)["entry"]
    shown = json.loads(
        compare.compare(json.dumps({"scenarios": plans, **wish, "language": "nl"}).encode()).body
    )
    listed = browser.ask("list", shelf=shelf, language="nl")["entries"][0]["answer"]
    assert listed == {key: shown["answer"][key] for key in ("kind", "verdict")}
    asked = {"measure": "value_per_employee", "first": "P", "second": "B"}
    opened = browser.ask("open", key=entry["view_key"])
    assert of(opened, asked=asked, then="")
    assert [one["base"] and one["base"]["plan"] for one in opened["items"]] == [base["plan"], None]
    linked = json.loads(
        sets.link_set(
            json.dumps({"scenarios": plans, "address": ADDRESS, "asked": wish}).encode()
        ).body
    )
    followed = json.loads(sets.follow_set(json.dumps({"set": linked["query"]}).encode()).body)
    assert of(followed, asked=asked, then="")
    assert [one["base"] and one["base"]["plan"] for one in followed["items"]] == [
        base["plan"],
        None,
    ]
    text = library.open(entry["view_key"]).content
    dropped = json.loads(simulate.opened(json.dumps({"text": text, "name": "x"}).encode()).body)
    assert of(dropped, asked=asked, then="", items=opened["items"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_is_another_today_is_told(
    library: Library, browser: Browser, shelf: str, language: str
) -> None:
    side_by_side = laid(PAIR, ["A", "B"])
    named = [Named(**_named(letter, letter, plan)) for letter, plan in zip("AB", PAIR, strict=True)]
    items = sets.compared(named).items
    now = comparison.answer(side_by_side, "value", 0, 1, LANGUAGES[language])
    other = "very_likely_better" if now.kind != "very_likely_better" else "too_close"
    for verdict in (now.kind, other):
        kept = ScenarioSet(items, "1.2.3", Asked("value", "A", "B", verdict))
        entry = library.save(shelf, kept, Label(verdict))
        then = browser.ask("open", key=entry.view_key, language=language)["then"]
        assert bool(then) == (verdict == other)


def test_a_file_of_a_set_that_is_no_good_is_told_by_field() -> None:
    def wrong(text: str) -> list[str]:
        reply = simulate.opened(json.dumps({"text": text, "name": "x.json"}).encode())
        return [one["field"] for one in json.loads(reply.body)["problems"]]

    assert wrong('{"set_version": 3}') == ["set_version"]
    assert wrong('{"set_version": 1, "scenarios": []}') == ["model_version"]
    assert wrong('{"name": "x", "set_version": 1}')


def test_a_set_has_versions_and_conflicts(browser: Browser, kept: dict[str, Any]) -> None:
    key = kept["edit_key"]
    fewer = COMPARED[:2]
    assert browser.ask("update", key=key, expected=1, scenarios=fewer)["entry"]["version"] == 2
    answer = browser.ask("update", 409, key=key, expected=1, scenarios=COMPARED, who="Bo")
    assert [one["letter"] for one in answer["theirs"]["items"]] == ["B", "D"]
    counts = [len(one["plans"]) for one in browser.ask("history", key=key)["versions"]]
    assert counts == [2, 3]
    assert len(browser.ask("restore", key=key, number=1, expected=2)["entry"]["plans"]) == 3
    answer = browser.ask("update", 422, key=key, expected=3, scenario=COMPARED[0]["scenario"])
    assert [one["field"] for one in answer["problems"]] == ["scenario"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"scenarios": []},
        {"scenarios": COMPARED[:1]},
        {"scenarios": [COMPARED[0]] * 7},
        {"scenarios": [COMPARED[0]] * 2},
        {"scenarios": [{**COMPARED[0], "letter": "Z"}, COMPARED[1]]},
        {"scenarios": [{**COMPARED[0], "name": "x" * 81}, COMPARED[1]]},
        {"scenarios": [{**COMPARED[0], "scenario": {}}, COMPARED[1]]},
        {"scenarios": [{}] * 9_000},
        {"scenarios": COMPARED, "scenario": COMPARED[0]["scenario"]},
    ],
    ids=range(10),
)
def test_what_is_no_set_is_refused(browser: Browser, shelf: str, asked: dict[str, Any]) -> None:
    assert browser.ask("save", 422, shelf=shelf, name="x", **asked)["problems"]
    assert browser.ask("list", shelf=shelf)["total"] == 0


def test_nothing_makes_saving_sets_fail(browser: Browser, shelf: str) -> None:
    values = st.none() | st.integers() | st.text(max_size=20) | st.lists(st.text(), max_size=2)
    items = st.dictionaries(st.sampled_from(["letter", "name", "scenario"]), values)

    @ON_BOTH
    @given(st.lists(items, max_size=7))
    def check(scenarios: list[dict[str, Any]]) -> None:
        asked = {"shelf": shelf, "name": "x", "scenarios": scenarios}
        body = json.dumps(asked).encode("utf-8", "replace")
        assert browser.post("save", body).status_code == 422

    check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_then_and_now_of_a_set_that_came_to_something_else(
    library: Library, browser: Browser, shelf: str, language: str
) -> None:
    items = (Item("A", "One", PLAN, -9_870_000.0), Item("P", "Two", FUND, None))
    entry = library.save(shelf, ScenarioSet(items, "1.2.3"), Label("Old"))
    then = browser.ask("open", key=entry.view_key, language=language)["then"]
    assert "1.2.3" in then and MODEL_VERSION in then and "A One: " in then and "P Two: –" in then


def test_more_draws_are_no_other_model(
    browser: Browser, shelf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens it elsewhere has fewer of them at hand."""
    real = refinement.at_hand

    def refined(plan: Scenario, rough: Any) -> Any:
        return real(plan.changed(**{"plan.training.share_moved": 0.0}), rough)

    monkeypatch.setattr(refinement, "at_hand", refined)
    entry = browser.ask("save", shelf=shelf, name="x", scenarios=COMPARED)["entry"]
    monkeypatch.undo()
    assert browser.ask("open", key=entry["view_key"])["then"] == ""


def test_a_newer_programs_set_is_not_the_users_mistake(
    place: Place, browser: Browser, kept: dict[str, Any]
) -> None:
    asked = {"key": kept["edit_key"], "scenarios": COMPARED[:2]}
    browser.ask("update", expected=1, **asked)
    place.execute("UPDATE library_version SET content = '{\"set_version\": 9}' WHERE number = 2")
    answer = browser.ask("update", 503, expected=1, who="Bo", **asked)
    assert of(answer, problem="unavailable", reason="newer")


def test_a_set_in_the_library_has_a_short_link() -> None:
    def link(**more: Any) -> dict[str, Any]:
        asked = {"scenarios": COMPARED, "address": ADDRESS, "view": {"lang": "nl"}, **more}
        content: dict[str, Any] = json.loads(sets.link_set(json.dumps(asked).encode()).body)
        return content

    whole, short = link(), link(library="k" * 32)
    assert short["url"] == f"{ADDRESS}compare?lang=nl#library={'k' * 32}"
    assert short["query"] == whole["query"] and short["fits"]
    assert short["url"] in short["mail"]["body"] and short["qr"].startswith("<svg")
    assert "newer version" in short["mail"]["body"]
    assert "newer version" not in whole["mail"]["body"]
    refused = {"scenarios": COMPARED, "address": ADDRESS, "library": "a b"}
    assert sets.link_set(json.dumps(refused).encode()).status == 422
