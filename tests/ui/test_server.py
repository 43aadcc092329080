"""The routes that the board asks: right answers, clear refusals, and nothing but our files."""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from plotly import graph_objects
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from simulator import charts, links, scenario, simulate
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.register import REGISTER
from simulator.results import DEFAULT_DRAWS, headline, precision
from simulator.results.saved import saved_results
from simulator.results.steady import steady
from simulator.scenario import Scenario
from simulator.version import VERSION
from ui import server
from ui.http import assets, json_routes
from ui.pages import FIRST, PAGES, Page
from ui.routes import analyses, bootstrap
from ui.routes import compare as compare_routes
from ui.routes import simulate as routes
from ui.text.headline import headline_strip

APP = Path(__file__).resolve().parent.parent.parent / "app.py"
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://example.com/x.png) {money} %s"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = Starlette(routes=list(server.ROUTES), middleware=list(server.MIDDLEWARE))
    with TestClient(app, "http://localhost") as client:
        yield client


@pytest.fixture(scope="module")
def default() -> Scenario:
    return scenario.load_shipped(bootstrap.DEFAULT)


def document(plan: Scenario) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(scenario.dump(plan))
    del content["$schema"]
    return content


def asked(plan: Scenario, **more: object) -> dict[str, Any]:
    reply = routes.answer(json.dumps({"scenario": document(plan), **more}).encode())
    content: dict[str, Any] = json.loads(reply.body)
    assert reply.status == 200, content
    return content


# --- the answer to a move ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_figures_are_the_simulators(default: Scenario, language: Any) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.37})
    shown = asked(plan, language=language.code)["headline"]
    forecast = simulate(plan)
    strip = headline_strip(forecast.headline, "EUR", 60, language)
    assert shown["verdict"]["probability"] == forecast.headline.probability_better
    assert shown["verdict"]["text"] == strip.verdict.text
    assert [(one["id"], one["value"], one["range"]) for one in shown["figures"]] == [
        (one.id, one.value, one.range) for one in strip.figures
    ]


@pytest.mark.parametrize("outcome", charts.CHARTS)
def test_every_outcome_has_a_chart(default: Scenario, outcome: str) -> None:
    (chart,) = asked(default, charts=[outcome])["charts"]
    assert chart["id"] == outcome and chart["title"] and chart["alt"]
    graph_objects.Figure(data=chart["data"], layout=chart["layout"])


def test_the_charts_line_is_the_median_of_the_draws(default: Scenario) -> None:
    (chart,) = asked(default, charts=["trust"])["charts"]
    median = simulate(default).band("trust")[1]
    lines = [one["y"] for one in chart["data"] if len(one.get("y", ())) == len(median)]
    assert any(
        all(math.isclose(a, b, rel_tol=1e-4) for a, b in zip(line, median, strict=True))
        for line in lines
    )


def test_a_layout_is_sent_only_to_those_who_do_not_have_it(default: Scenario) -> None:
    first = asked(default)["charts"]
    keys = [one["key"] for one in first]
    again = asked(default, layouts=keys)["charts"]
    assert all(one["layout"] for one in first)
    assert [one["layout"] for one in again] == [None, None]
    other = asked(default, layouts=keys, font=24)["charts"]
    assert all(one["layout"] for one in other)


def test_pinned_plans_are_drawn_with_their_names(default: Scenario) -> None:
    bold = default.changed(**{"plan.training.share_moved": 0.8})
    pins = [{"name": "Bold", "slot": 2, "scenario": document(bold)}]
    shown = asked(default, pins=pins)
    worth = precision.shown(simulate(bold).headline.net_present_value).central
    value = ENGLISH.money(worth, "EUR", sign=True)
    assert shown["pins"] == [
        {"name": "Bold", "slot": 2, "value": value, "differs": None, "note": ""}
    ]
    assert all("Bold" in json.dumps(one["data"]) for one in shown["charts"])


@pytest.mark.parametrize(
    ("change", "differs", "note"),
    [
        ({"organisation.currency": "DKK"}, "organisation", "other organisation"),
        ({"organisation.customers": 5000}, "organisation", "other organisation"),
        ({"organisation.budgets.training": 5000}, "organisation", "other organisation"),
        ({"horizon_months": 24}, "organisation", "other organisation"),
        ({"seed": 7, "assumptions.effect_transfer": 0.2}, "organisation", "other organisation"),
        ({"assumptions.effect_transfer": 0.2}, "assumptions", "other assumptions"),
        ({"organisation.name": "Another name", "name": "Another plan"}, None, ""),
    ],
)
def test_a_pin_says_what_else_differs_and_another_organisation_is_not_drawn(
    default: Scenario, change: dict[str, object], differs: str | None, note: str
) -> None:
    pins = [{"name": "Other", "slot": 1, "scenario": document(default.changed(**change))}]
    shown = asked(default, pins=pins)
    (pin,) = shown["pins"]
    assert (pin["name"], pin["differs"], pin["note"]) == ("Other", differs, note)
    drawn = ["Other" in json.dumps(one["data"]) for one in shown["charts"]]
    assert drawn == 2 * [differs != "organisation"]


def test_names_from_users_are_not_drawn_as_markup(default: Scenario) -> None:
    pins = [{"name": HOSTILE[:80], "slot": 1, "scenario": document(default)}]
    shown = asked(default.changed(name=HOSTILE[:80]), pins=pins)
    assert all("<img" not in json.dumps(one["data"]) for one in shown["charts"])


def test_the_worlds_part_is_told_only_when_assumptions_differ(default: Scenario) -> None:
    reference = dict(document(default)["assumptions"])
    assert asked(default, reference=reference)["world"] is None
    changed = default.changed(assumptions={"effect_transfer": 0.2})
    told = asked(changed, reference=reference)["world"]
    assert told["line"]
    old = asked(changed, reference=reference)["charts"][1]["data"]
    assert len(old) > len(asked(changed)["charts"][1]["data"]), "the old baseline is drawn"


def test_timing_says_where_the_time_goes(default: Scenario) -> None:
    reply = routes.answer(json.dumps({"scenario": document(default)}).encode())
    assert [one.split(";")[0] for one in reply.timing.split(", ")] == [
        "read",
        "simulate",
        "compare",
        "words",
        "draw",
        "write",
    ]


# --- what is refused -----------------------------------------------------------------------------


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
    assert json.loads(routes.check(body).body) == {"problems": []}


# --- files ---------------------------------------------------------------------------------------


def test_a_file_is_opened_and_saved_unchanged(client: TestClient, default: Scenario) -> None:
    found = saved_results(headline(default, 64), 64)
    assert found is not None
    old = found.model_copy(update={"model_version": "0.9.0"})
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


def test_a_changed_plan_does_not_go_by_its_old_name(client: TestClient, default: Scenario) -> None:
    changed = default.changed(**{"plan.training.share_moved": 0.9})
    body = {"scenario": document(changed), "base": document(default)}
    saved = client.post("/board/file", json=body).json()
    assert saved["name"] == "a-balanced-shift-changed.json"
    found = scenario.parse(saved["text"])
    assert found.without_results() == changed.changed(name="A balanced shift (changed)")


def test_a_saved_plan_carries_what_it_comes_to(client: TestClient, default: Scenario) -> None:
    body: dict[str, Any] = {"scenario": document(default), "base": document(default)}
    saved = client.post("/board/file", json=body).json()
    found = scenario.parse(saved["text"])
    assert found.name == default.name
    assert found.results == saved_results(simulate(default).headline, DEFAULT_DRAWS)
    assert found.without_results() == default
    body["charts"] = ["nonsense"]
    assert client.post("/board/file", json=body).json()["problems"][0]["field"] == "charts"


def test_a_file_with_other_results_is_opened_with_then_and_now(
    client: TestClient, default: Scenario
) -> None:
    now = saved_results(simulate(default).headline, DEFAULT_DRAWS)
    assert now is not None
    old = now.model_copy(update={"model_version": "0.9.0", "worst_case": 0.0})
    for results, told in ((old, True), (now, False), (None, False)):
        text = scenario.dump(default.changed(results=results))
        opened = client.post("/board/open", json={"text": text, "name": "mine.json"}).json()
        assert (opened["then_now"] is not None) == told
    opened = client.post("/board/open", json={"text": scenario.dump(default.changed(results=old))})
    shown = opened.json()["then_now"]
    assert shown["model_then"] == "0.9.0"
    assert [row["figure"] for row in shown["rows"]] == ["worst_case"]


def test_links_are_made_and_followed(client: TestClient, default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.9})
    body = {"scenario": document(plan), "base": document(default), "address": "http://x/"}
    made = client.post("/board/link", json=body).json()
    found = client.post("/board/follow", json={"query": made["query"]}).json()
    assert found["doc"] | {"results": None} == document(plan)
    assert found["base"] == document(default)
    cut = client.post("/board/follow", json={"query": made["query"][:-3]}).json()
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
    assert client.post("/board/check", json={"scenario": content}).json() == {"problems": []}
    content["horizon_months"] = 3
    reply = client.post("/board/check", json={"scenario": content})
    assert reply.json()["problems"][0]["field"] == "horizon_months"


# --- what the browser loads ----------------------------------------------------------------------


def test_every_file_is_served_and_may_be_kept(client: TestClient) -> None:
    for name in assets.names():
        reply = client.get("/" + assets.url(name))
        assert reply.status_code == 200, name
        assert "immutable" in reply.headers["cache-control"]
        if name != assets.PLOTLY:
            assert reply.content == (assets.FOLDER / name).read_bytes()


def test_scripts_are_sent_compressed() -> None:
    whole = assets.asset(assets.PLOTLY)
    assert whole.encoding == "gzip"
    assert len(whole.content) < 0.4 * len(gzip.decompress(whole.content))


@pytest.mark.parametrize(
    "path",
    [
        "board/assets/0000000000000000/main.js",
        assets.url("nonsense.js"),
        assets.url("../__init__.py"),
        assets.url("..%2f__init__.py"),
        assets.url("fonts/"),
        assets.url("/etc/passwd"),
    ],
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get("/" + path).status_code == 404


def test_every_answer_forbids_other_hosts(client: TestClient) -> None:
    policy = client.get("/board/start").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "http" not in policy and "*" not in policy
    # A scheme would allow any host; 'self' covers our own socket.
    assert "ws:" not in policy and "wss:" not in policy
    assert "connect-src 'self'" in policy.split("; ")
    # No text becomes code: the one script in Streamlit's page is told by what it is.
    assert "unsafe-eval" not in policy
    (scripts,) = (part for part in policy.split("; ") if part.startswith("script-src "))
    assert re.fullmatch("script-src 'self' blob:( 'sha256-[A-Za-z0-9+/]{43}=')+", scripts)


def test_the_start_is_in_the_language_asked_for(client: TestClient) -> None:
    for code in LANGUAGES:
        assert client.get(f"/board/start?language={code}").json()["language"] == code
    assert client.get("/board/start?language=../../etc").json()["language"] == "en"


def test_the_register_can_be_downloaded(client: TestClient) -> None:
    reply = client.get("/board/register.csv")
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.text.startswith("id,group,label")


# --- pages ---------------------------------------------------------------------------------------


def mounted(app: AppTest) -> dict[str, Any]:
    """What the page tells the board."""
    assert not app.exception
    (component,) = (one for one in app.main if one.type == "bidi_component")
    told: dict[str, Any] = json.loads(component.proto.json)
    return told


def test_the_app_opens_with_the_board() -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    told = mounted(app)
    assert (told["view"], told["entry"]) == (FIRST.id, assets.url("main.js"))
    assert set(told["texts"]) == set(LANGUAGES)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_page_tells_the_board_which_it_is(page: Page) -> None:
    def script(name: str) -> None:
        from ui import component
        from ui.pages import PAGES

        component.mount(PAGES[name])

    app = AppTest.from_function(script, args=(page.id,), default_timeout=60).run()
    told = mounted(app)
    assert (told["view"], told["module"]) == (page.id, assets.url(page.module))
    assert page.module in assets.names()


# --- what is worked out while nothing moves ------------------------------------------------------


def settle(plan: Scenario, step: int = 0, **more: object) -> dict[str, Any]:
    body = {"scenario": document(plan), "step": step, **more}
    reply = routes.settle(json.dumps(body).encode())
    content: dict[str, Any] = json.loads(reply.body)
    assert reply.status == 200, content
    return content


def test_a_settled_answer_stands_on_more_draws_and_is_reproducible(default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.83, "horizon_months": 24})
    shown = ["chance_by_year", "customers"]
    first = asked(plan, charts=shown)
    assert first["draws"] == "1,024 draws"
    assert "after ten years" not in first["sentence"]
    steps, reply = [0], settle(plan, charts=shown)
    while reply["next"] is not None:
        assert bool(reply["content"]) == (steps[-1] == 0)
        steps.append(reply["next"])
        reply = settle(plan, steps[-1], charts=shown)
    assert steps == [*range(len(steps))]
    last = reply["content"]
    draws = int(last["draws"].split()[0].replace(",", ""))
    assert draws == 512 * (len(steps) - 1) > DEFAULT_DRAWS
    again = steady(headline(plan, draws), headline(plan, DEFAULT_DRAWS))
    strip = headline_strip(again, "EUR", 24, ENGLISH)
    assert [one["value"] for one in last["headline"]["figures"]] == [
        one.value for one in strip.figures
    ]
    assert last.keys() == first.keys()
    by_year = last["charts"][0]["data"][-1]["y"]
    assert by_year[1] == pytest.approx(again.probability_better, abs=1e-4), "in the same draws"
    assert asked(plan)["headline"] == last["headline"], "what is known is not worked out again"
    kept = json.loads(routes.file(json.dumps({"scenario": document(plan)}).encode()).body)
    assert json.loads(kept["text"])["results"]["draws"] == DEFAULT_DRAWS


def test_years_beyond_the_horizon_come_when_nothing_moves(default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.34, "horizon_months": 24})
    shown = ["chance_by_year", "customers"]
    (chart, _) = asked(plan, charts=shown)["charts"]
    assert chart["data"][-1]["x"] == [1, 2]
    (settled, _) = settle(plan, charts=shown)["content"]["charts"]
    assert settled["data"][-1]["x"] == [*range(1, 11)]
    assert settled["key"] == chart["key"], "nothing is laid out anew"


def test_a_step_that_there_is_not_is_refused(default: Scenario) -> None:
    body = {"scenario": document(default), "step": 99}
    assert routes.settle(json.dumps(body).encode()).status == 422
