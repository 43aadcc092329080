"""The library's routes: what the browser asks is answered in its language, with no key too many."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from simulator import scenario, simulate
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.library import Library, Reason, Unavailable, archive_format
from simulator.results import precision
from simulator.scenario import Scenario
from simulator.version import MODEL_VERSION
from tests.support.library_routes import Browser, of
from tests.support.shelves import ON_BOTH
from tests.support.stores import Place, new_place
from ui.http import json_routes, settings
from ui.routes import bootstrap
from ui.routes import library as page
from ui.routes import library_replies as replies
from ui.text.headline import kind

pytest_plugins = ["tests.support.databases"]

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://example.com/x.png) {name} %s"


@pytest.fixture(scope="module")
def browser(library: Library) -> Browser:
    return Browser(library)


@pytest.fixture(scope="module")
def plan() -> Scenario:
    return scenario.load_shipped(bootstrap.DEFAULT)


@pytest.fixture
def shelf(browser: Browser) -> dict[str, Any]:
    return browser.ask("shelf", key=None)


@pytest.fixture
def saved(browser: Browser, shelf: dict[str, Any], plan: Scenario) -> dict[str, Any]:
    """An entry that was just saved."""
    entry: dict[str, Any] = browser.ask(
        "save",
        shelf=shelf["edit_key"],
        scenario=bootstrap.document(plan),
        name="Plan",
        description="one",
        tags=["x", "a"],
        who="Ann",
        why="first",
    )["entry"]
    return entry


# --- saving and opening --------------------------------------------------------------------------


def test_a_shelf_is_made_and_found_again(browser: Browser, shelf: dict[str, Any]) -> None:
    assert of(shelf, may_edit=True, count=0)
    assert browser.ask("shelf", key=shelf["edit_key"]) == shelf
    assert of(browser.ask("shelf", 404, key=""), problem="gone")
    seen = browser.ask("shelf", key=shelf["view_key"])
    assert seen == {**shelf, "edit_key": None, "may_edit": False}


def test_what_is_saved_carries_what_it_comes_to(
    browser: Browser, saved: dict[str, Any], plan: Scenario
) -> None:
    headline = simulate(plan).headline
    assert saved["results"]["probability_better"] == headline.probability_better
    assert saved["results"]["model_version"] == MODEL_VERSION
    assert saved["outcome"]["kind"] == kind(headline.probability_better)
    assert saved["outcome"]["verdict"].lower() == headline.verdict
    worth = ENGLISH.money(precision.shown(headline.net_present_value).central, "EUR", sign=True)
    assert saved["outcome"]["value"].startswith(worth)
    opened = browser.ask("open", key=saved["view_key"])
    assert {**opened["doc"], "results": None} == bootstrap.document(plan)
    assert opened["doc"]["results"] == saved["results"]
    assert opened["drift"] is None
    dutch = browser.ask("open", key=saved["view_key"], language="nl")["entry"]["outcome"]
    assert dutch["verdict"] != "Too close to call"


def test_lists_say_what_a_result_can_be_doubted_for(
    browser: Browser, shelf: dict[str, Any], plan: Scenario
) -> None:
    cut = bootstrap.document(plan.changed(**{"plan.customer_service.share_moved": 0.9}))
    browser.ask("save", shelf=shelf["edit_key"], scenario=cut, name="No call centre")
    (listed,) = browser.ask("list", shelf=shelf["view_key"])["entries"]
    assert listed["outcome"]["doubts"] == [{"fields": ["plan.customer_service.share_moved"]}]


def test_a_plan_in_stages_opens_in_them(
    browser: Browser, saved: dict[str, Any], plan: Scenario
) -> None:
    rule = {"first_depth": 0.2, "review_month": 9, "figure": "trust", "back": 0.6, "on": 0.7}
    staged = plan.changed(**{"plan.stages": rule})
    key = saved["edit_key"]
    browser.ask("update", key=key, expected=1, scenario=bootstrap.document(staged))
    opened = browser.ask("open", key=saved["view_key"])
    assert opened["doc"]["plan"]["stages"].items() >= rule.items()
    chance = simulate(staged).headline.probability_better
    assert opened["doc"]["results"]["probability_better"] == chance
    assert opened["drift"] is None, "it comes to the same in its stages"
    assert browser.ask("open", key=key, number=1)["doc"]["plan"]["stages"] is None


def test_what_is_saved_carries_what_its_plan_started_from(
    browser: Browser, saved: dict[str, Any], plan: Scenario
) -> None:
    assert browser.ask("open", key=saved["view_key"])["base"] is None
    moved = bootstrap.document(plan.changed(**{"plan.training.share_moved": 0.77}))
    start = bootstrap.document(plan)
    key = saved["edit_key"]
    browser.ask("update", key=key, expected=1, scenario=moved, base=start)
    opened = browser.ask("open", key=saved["view_key"])
    assert {**opened["doc"], "results": None} == moved
    parts = ("plan", "organisation", "assumptions", "horizon_months")
    assert [opened["base"][part] for part in parts] == [start[part] for part in parts]


def test_an_entry_as_the_browser_sees_it(
    browser: Browser, shelf: dict[str, Any], saved: dict[str, Any]
) -> None:
    assert of(
        saved,
        may_edit=True,
        name="Plan",
        description="one",
        tags=["a", "x"],
        organisation="A service company",
        version=1,
        who="Ann",
        deleted=None,
        purged=None,
    )
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", saved["created"])
    listed = browser.ask("list", shelf=shelf["edit_key"])
    assert listed == {"entries": [saved], "total": 1, "tags": ["a", "x"]}
    seen = browser.ask("list", shelf=shelf["view_key"], search="PLAN ann")["entries"]
    assert seen == [{**saved, "edit_key": None, "may_edit": False}]
    assert browser.ask("list", shelf=shelf["edit_key"], search="nothing")["entries"] == []
    assert browser.ask("list", shelf=shelf["edit_key"], offset=1)["entries"] == []


def test_then_and_now_of_a_version_that_came_to_something_else(
    library: Library, browser: Browser, shelf: dict[str, Any], plan: Scenario
) -> None:
    from simulator.library import Label
    from simulator.results.saved import saved_results

    other = plan.changed(**{"plan.training.share_moved": 0.9})
    results = saved_results(simulate(other).headline, 1024)
    entry = library.save(shelf["edit_key"], plan.changed(results=results), Label("Old"))
    drift = browser.ask("open", key=entry.view_key)["drift"]
    assert drift["rows"] and drift["sentence"]


def test_history_and_restoring(browser: Browser, saved: dict[str, Any], plan: Scenario) -> None:
    doc = bootstrap.document(plan.changed(name="Second"))
    key = saved["edit_key"]
    after = browser.ask("update", key=key, expected=1, scenario=doc, who="Bo", why="w")["entry"]
    assert of(after, version=2, who="Bo")
    versions = browser.ask("history", key=key)["versions"]
    assert [(one["number"], one["who"], one["why"]) for one in versions] == [
        (2, "Bo", "w"),
        (1, "Ann", "first"),
    ]
    assert {one["model_version"] for one in versions} == {MODEL_VERSION}
    assert browser.ask("open", key=key, number=1)["doc"]["name"] == plan.name
    back = browser.ask("restore", key=key, number=1, expected=2, who="Cy", why="back")["entry"]
    assert of(back, version=3, who="Cy")
    assert browser.ask("open", key=key)["doc"]["name"] == plan.name


def test_the_second_to_save_gets_both(
    browser: Browser, saved: dict[str, Any], plan: Scenario
) -> None:
    key = saved["edit_key"]
    theirs, mine = (bootstrap.document(plan.changed(name=name)) for name in ("Theirs", "Mine"))
    browser.ask("update", key=key, expected=1, scenario=theirs, who="Bo")
    for action, more in (("update", {"scenario": mine}), ("restore", {"number": 1})):
        answer = browser.ask(action, 409, key=key, expected=1, who="Cy", language="nl", **more)
        assert of(answer, problem="conflict") and answer["text"]
        assert answer["theirs"]["doc"]["name"] == "Theirs"
        assert of(answer["theirs"]["version"], number=2, who="Bo")
        assert of(answer["entry"], version=2, edit_key=key)
    entry = browser.ask("update", key=key, expected=2, scenario=mine, who="Cy")["entry"]
    assert entry["version"] == 3


def test_describing(browser: Browser, saved: dict[str, Any]) -> None:
    key = saved["edit_key"]
    was = {"name": "Plan", "description": "one", "tags": ["x", "a"]}
    after = browser.ask("describe", key=key, name="New", description="", tags=["b"], was=was)
    assert of(after["entry"], name="New", description="", tags=["b"], version=1)
    answer = browser.ask("describe", 409, key=key, name="Mine", was=was)
    assert answer["entry"]["name"] == "New"
    assert browser.ask("describe", key=key, name="Mine")["entry"]["name"] == "Mine"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_says_of_what(
    browser: Browser, shelf: dict[str, Any], saved: dict[str, Any], language: str
) -> None:
    copy = browser.ask(
        "duplicate",
        key=saved["view_key"],
        shelf=shelf["edit_key"],
        name="Copy",
        who="Cy",
        language=language,
    )["entry"]
    assert of(copy, name="Copy", version=1, who="Cy", tags=["a", "x"])
    (version,) = browser.ask("history", key=copy["edit_key"])["versions"]
    assert "Plan" in version["why"]


def test_deleting_and_bringing_back(
    browser: Browser, shelf: dict[str, Any], saved: dict[str, Any]
) -> None:
    key = saved["edit_key"]
    deleted = browser.ask("delete", key=key)["entry"]
    assert deleted["deleted"] < deleted["purged"]
    assert browser.ask("list", shelf=shelf["edit_key"])["total"] == 0
    assert browser.ask("list", shelf=shelf["edit_key"], deleted=True)["entries"] == [deleted]
    answer = browser.ask("restore", 404, key=key, number=1, expected=1)
    assert of(answer, problem="gone", entry=deleted)
    assert of(browser.ask("open", 404, key=saved["view_key"]), problem="gone", entry=None)
    back = browser.ask("undelete", key=key)["entry"]
    assert of(back, deleted=None, version=1, name="Plan")


def test_text_is_data(browser: Browser, shelf: dict[str, Any], plan: Scenario) -> None:
    doc = bootstrap.document(plan.changed(name=HOSTILE[:80], notes=HOSTILE))
    entry = browser.ask(
        "save", shelf=shelf["edit_key"], scenario=doc, name=HOSTILE, description=HOSTILE,
        tags=[HOSTILE[:40]], who=HOSTILE, why=HOSTILE,
    )["entry"]  # fmt: skip
    assert of(entry, name=HOSTILE, description=HOSTILE, tags=[HOSTILE[:40].strip()], who=HOSTILE)
    copy = browser.ask("duplicate", key=entry["view_key"], shelf=shelf["edit_key"], name=HOSTILE)[
        "entry"
    ]
    (version,) = browser.ask("history", key=copy["edit_key"])["versions"]
    assert HOSTILE in version["why"]


# --- archives ------------------------------------------------------------------------------------


def test_a_shelf_is_exported_and_imported(
    browser: Browser, shelf: dict[str, Any], saved: dict[str, Any]
) -> None:
    exported = browser.reply("export", shelf=shelf["view_key"])
    assert exported.headers["content-type"] == "application/zip"
    assert exported.headers["cache-control"] == "no-store"
    other = browser.ask("shelf")["edit_key"]
    for came in ({"imported": 1, "known": 0}, {"imported": 0, "known": 1}):
        reply = browser.post("import", exported.content, **{"X-Shelf": other})
        assert reply.json() == {**came, "problems": []}
    (entry,) = browser.ask("list", shelf=other)["entries"]
    assert of(entry, name="Plan", version=1, results=saved["results"])


def test_what_is_no_archive_is_refused_in_the_language(browser: Browser) -> None:
    shelf = browser.ask("shelf")["edit_key"]
    texts = {}
    for language in LANGUAGES:
        headers = {"X-Shelf": shelf, "X-Language": language}
        reply = browser.post("import", b"nonsense", **headers)
        assert reply.status_code == 422
        (problem,) = reply.json()["problems"]
        assert problem["field"] == "archive"
        texts[language] = problem["allowed"]
    assert len(set(texts.values())) == len(LANGUAGES)
    assert browser.post("import", b"", **{"X-Shelf": "x"}).json()["problem"] == "gone"
    assert browser.post("import", b"").json()["problem"] == "gone"


# --- refused -------------------------------------------------------------------------------------


def test_a_view_key_only_allows_to_look(
    browser: Browser, shelf: dict[str, Any], saved: dict[str, Any], plan: Scenario
) -> None:
    key, doc = saved["view_key"], bootstrap.document(plan)
    for action, asked in (
        ("update", {"key": key, "expected": 1, "scenario": doc}),
        ("describe", {"key": key, "name": "x"}),
        ("restore", {"key": key, "number": 1, "expected": 1}),
        ("delete", {"key": key}),
        ("undelete", {"key": key}),
        ("save", {"shelf": shelf["view_key"], "scenario": doc, "name": "x"}),
        ("duplicate", {"key": key, "shelf": shelf["view_key"], "name": "x"}),
        ("list", {"shelf": shelf["view_key"], "deleted": True}),
        ("history", {"key": key}),
        ("open", {"key": key, "number": 2}),
    ):
        reply = browser.reply(action, language="da", **asked)
        assert reply.status_code == 403, action
        assert of(reply.json(), problem="view only")
        assert saved["edit_key"] not in reply.text and shelf["edit_key"] not in reply.text
    for action, asked in (
        ("open", {"key": key}),
        ("list", {"shelf": shelf["view_key"]}),
        ("shelf", {"key": shelf["view_key"]}),
        ("export", {"shelf": shelf["view_key"]}),
    ):
        reply = browser.reply(action, **asked)
        assert reply.status_code == 200, action
        assert saved["edit_key"].encode() not in reply.content
        assert shelf["edit_key"].encode() not in reply.content


def test_all_that_is_wrong_is_told(browser: Browser, shelf: dict[str, Any], plan: Scenario) -> None:
    doc = bootstrap.document(plan)
    asked: dict[str, Any] = {"shelf": shelf["edit_key"], "scenario": doc, "language": "nl"}
    problems = browser.ask("save", 422, name="", tags=["t" * 99], who="w" * 99, **asked)["problems"]
    assert [one["field"] for one in problems] == ["name", "tags.1", "who"]
    assert all("tekst" in one["allowed"] for one in problems)
    doc["organisation"]["customers"] = -1
    problems = browser.ask("save", 422, name="x", **asked)["problems"]
    assert [one["field"] for one in problems] == ["organisation.customers"]
    assert browser.ask("list", shelf=shelf["edit_key"])["total"] == 0


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("list", {}),
        ("list", {"shelf": 1}),
        ("list", {"shelf": "x", "offset": -1}),
        ("open", {"key": "x" * 300}),
        ("open", {"key": "x", "number": "1"}),
        ("update", {"key": "x", "scenario": {}}),
        ("save", {"shelf": "x", "scenario": {}, "name": "x", "who": 3}),
        ("shelf", {"language": "xx"}),
        ("shelf", {"more": 1}),
    ],
)
def test_what_is_no_question(browser: Browser, action: str, asked: dict[str, Any]) -> None:
    assert browser.ask(action, 422, **asked)["problems"]


def test_nothing_makes_the_routes_fail(browser: Browser) -> None:
    keys = st.text(max_size=40)
    values = st.one_of(st.none(), st.booleans(), st.integers(), keys, st.lists(keys, max_size=2))
    names = st.sampled_from(["key", "shelf", "search", "number", "expected", "name", "scenario"])

    @ON_BOTH
    @given(
        st.sampled_from(["list", "open", "history", "restore", "duplicate", "describe", "delete"]),
        st.one_of(st.binary(max_size=50), st.dictionaries(names, values).map(json.dumps)),
    )
    def check(action: str, asked: bytes | str) -> None:
        body = asked.encode("utf-8", "replace") if isinstance(asked, str) else asked
        assert browser.post(action, body).status_code in {403, 404, 422}

    check()


def test_bodies_that_are_too_large(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert browser.post("list", b" " * (json_routes.MOST_BYTES + 1)).status_code == 413
    monkeypatch.setattr(archive_format, "MOST_BYTES", 10)
    assert browser.post("import", b" " * 11, **{"X-Shelf": "x"}).status_code == 413


def test_new_shelves_are_counted_by_address(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(settings.settings(), simulator_shelves_per_hour=2)
    monkeypatch.setattr(page, "settings", lambda: few)
    browser = Browser(place.connect())
    keys = [browser.ask("shelf")["edit_key"] for _ in range(2)]
    answer = browser.ask("shelf", 429, language="nl")
    assert answer["text"].startswith("Dit is te vaak gevraagd")
    assert browser.ask("shelf", key=keys[0])["may_edit"]  # an old one is no new one


def test_archives_share_the_room_there_is(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    few = replace(settings.settings(), simulator_imports_mb=1)
    monkeypatch.setattr(page, "settings", lambda: few)
    browser = Browser(place.connect())
    shelf = {"X-Shelf": browser.ask("shelf")["edit_key"]}
    assert browser.post("import", b" " * 600_000, **shelf).status_code == 429
    assert browser.post("import", b" " * 400_000, **shelf).status_code == 422


def test_only_these_routes(browser: Browser) -> None:
    assert browser.post("drop", b"{}").status_code == 404
    assert browser._client.get("/board/library/list").status_code == 405


# --- unavailable ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_why_the_library_cannot_be_used(reason: Reason, language: str) -> None:
    def missing() -> Library:
        raise Unavailable(reason)

    client = TestClient(Starlette(routes=list(page.routes(missing))))
    for path in ("shelf", "import"):
        reply = client.post(
            f"/board/library/{path}", json={"language": language}, headers={"X-Language": language}
        )
        if path == "shelf":
            assert reply.status_code == 503
            assert of(reply.json(), problem="unavailable", reason=reason.value)
            assert reply.json()["text"]
        else:
            assert reply.status_code == 503


def test_a_conflict_with_a_newer_version_is_not_the_users_mistake(
    place: Place, browser: Browser, saved: dict[str, Any], plan: Scenario
) -> None:
    asked = {"key": saved["edit_key"], "expected": 1, "scenario": bootstrap.document(plan)}
    browser.ask("update", **asked)
    place.execute(
        "UPDATE library_version SET content = '{\"schema_version\": 99}' WHERE number = 2"
    )
    answer = browser.ask("update", 503, who="Bo", **asked)
    assert of(answer, problem="unavailable", reason="newer")


@pytest.fixture
def heard() -> Iterator[BufferingHandler]:
    """All that is logged."""
    handler = BufferingHandler(100)
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def test_a_library_that_has_gone_says_so(
    tmp_path: Path, plan: Scenario, heard: BufferingHandler
) -> None:
    place = new_place(None, tmp_path)
    browser = Browser(place.connect())
    shelf = browser.ask("shelf")["edit_key"]
    place.close()
    place.file.unlink()
    asked = {"shelf": shelf, "scenario": bootstrap.document(plan), "name": "x"}
    answer = browser.ask("save", 503, language="nl", **asked)
    assert of(answer, problem="unavailable", reason="gone")
    assert [one.levelname for one in heard.buffer if one.name == replies.__name__] == ["WARNING"]
    assert not any(shelf in heard.format(one) for one in heard.buffer)
    place.close()


def test_the_pages_library_is_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_place(None, tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMULATOR_LIBRARY", str(place.file))
    assert not place.file.exists()
    page._connected.cache_clear()
    client = TestClient(Starlette(routes=list(page.ROUTES)))
    shelf = client.post("/board/library/shelf", json={}).json()
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(lambda _: page.the_library(), range(8)))) == 1
    page.the_library().close()
    page._connected.cache_clear()
    assert place.connect().shelf(shelf["edit_key"]).count == 0
    place.close()
