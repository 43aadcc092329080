"""The routes for links: what is shared opens as it was, with then beside now, and harms nobody."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import charts, cli, links, results, scenario
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.results import DEFAULT_DRAWS, Estimate, Headline, saved
from simulator.scenario import EstimateInput, Scenario
from simulator.version import MODEL_VERSION
from tests.golden import remake_links
from tests.support import qr_codes, strategies
from tests.support.examples import examples
from tests.support.headlines import made_up
from ui import cache, refinement
from ui.http.json_routes import Reply
from ui.routes import bootstrap
from ui.routes import links as routes
from ui.text import saved_results as in_words
from ui.text.headline import headline_strip

ADDRESS = "http://localhost:8501/"
HOSTILE = "</svg><script>alert(1)</script> \"'`$(ls) & <b>bold</b> {name} %s"
SHIPPED = scenario.load_shipped("balanced-shift")
PLAN = SHIPPED.changed(**{"plan.training.share_moved": 0.3, "author": HOSTILE[:80]})


def asked(route: Callable[[bytes], Reply], content: object, status: int = 200) -> dict[str, Any]:
    reply = route(json.dumps(content).encode())
    assert reply.status == status, reply.body
    answer: dict[str, Any] = json.loads(reply.body)
    return answer


def link_of(plan: Scenario, **content: object) -> dict[str, Any]:
    document = bootstrap.document(plan)
    return asked(routes.link, {"scenario": document, "address": ADDRESS, **content})


def followed(query: str, **content: object) -> dict[str, Any]:
    return asked(routes.follow, {"query": query, **content})


# --- making --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def link() -> dict[str, Any]:
    return link_of(
        PLAN, base=bootstrap.document(SHIPPED), view={"lang": "nl", "charts": ["customers"]}
    )


def test_a_link_opens_what_was_shown(link: dict[str, Any]) -> None:
    assert link["url"] == f"{ADDRESS}?lang=nl&charts=customers&{link['query']}"
    assert (link["fits"], link["length"], link["most"]) == (True, len(link["url"]), 2000)
    answer = followed(link["url"])
    assert answer["doc"] == {**bootstrap.document(PLAN), "results": answer["doc"]["results"]}
    assert answer["base"] == bootstrap.document(SHIPPED)
    assert (answer["preset"], answer["drift"]) == ("balanced-shift", None)


def test_results_and_model_go_with_it(link: dict[str, Any]) -> None:
    carried = links.decode(link["query"]).scenario.results
    assert carried is not None
    headline = cache.results(PLAN, {"customers", *routes.shown_with(charts.FIRST)}).headline
    now = saved.saved_results(headline, DEFAULT_DRAWS)
    assert now is not None
    assert carried == links.shortened(now)
    assert not saved.drift(carried, now)
    assert (carried.model_version, carried.draws) == (MODEL_VERSION, DEFAULT_DRAWS)


def test_it_asks_for_results_as_the_page_does() -> None:
    names = {*charts.FIRST, *charts.MULTIPLES}
    assert routes.shown_with(charts.FIRST) == names


def test_the_start_is_the_pages() -> None:
    other = scenario.load_shipped("too-promotional")
    base = bootstrap.document(SHIPPED)

    def begun(plan: Scenario, **content: object) -> str:
        answer = link_of(plan, share=False, **content)
        assert answer["fits"]
        return str(parse_qs(answer["query"])["from"][0].partition(".")[0])

    near = other.changed(story="", description="", notes="")
    assert begun(near) == "too-promotional"
    assert begun(near, base=base) == "balanced-shift"
    # Unless it only fits from another one, or the page's start is none that is shipped.
    assert begun(other, base=base) == "too-promotional"
    assert begun(near, base=bootstrap.document(near.changed(seed=7))) == "too-promotional"


def test_the_command_reproduces_it(
    link: dict[str, Any], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    python, module, name, *arguments = shlex.split(link["command"])
    assert (python, module, name) == ("python", "-m", "simulator")
    assert re.fullmatch(r'python -m simulator run "[^"$`!\\^ ]+"', link["command"])
    assert cli.main([*arguments, "--format", "json"]) == 0
    shown = json.loads(capsysbinary.readouterr().out)
    headline = cache.results(PLAN, routes.shown_with(charts.FIRST)).headline
    assert shown["net_present_value"]["p50"] == headline.net_present_value.central
    assert shown["scenario"]["name"] == PLAN.name


def bitmap(svg: str, scale: int = 4) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The picture in the SVG of a QR code, as a browser would draw it: rows of black strokes."""
    match = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert match
    size = int(match[1])
    picture = np.full((size, size), 255, np.uint8)
    (path,) = re.findall(r'stroke="#000" d="([^"]+)"', svg)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(one) for one in numbers.split()]
        if command == "h":
            picture[int(y), int(x) : int(x + values[0])] = 0
            x += values[0]
        elif command == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return picture.repeat(scale, axis=0).repeat(scale, axis=1)


def test_the_qr_code_is_the_link(link: dict[str, Any]) -> None:
    code = qr_codes.read(bitmap(link["qr"]))
    assert code.text == link["url"]
    assert code.ec_level in {"M", "Q", "H"}
    picture = bitmap(link["qr"], scale=1)
    assert (picture[:4] == 255).all() and (picture[:, -4:] == 255).all()
    assert 'fill="#fff"' in link["qr"]
    assert not re.search("balanced|http|script>|on[a-z]+=", link["qr"].removeprefix("<svg"))


@pytest.mark.parametrize(
    "address", ["http://localhost:8501/", "https://simulator.example.org/app/"]
)
def test_a_link_into_the_library_has_a_code_that_the_last_row_can_read(address: str) -> None:
    key = "x" * 22  # as long as keys are
    link = link_of(PLAN, library=key, address=address, view={"lang": "nl"})
    assert link["url"] == f"{address}?lang=nl#library={key}"
    assert link["command"] is None and link["url"] in link["mail"]["body"]
    picture = bitmap(link["qr"], scale=1)
    assert (len(picture) - 2 * 4 - 17) // 4 <= 5, "its version"
    code = qr_codes.read(bitmap(link["qr"]))
    assert code.text == link["url"]


def test_the_longest_link_still_has_a_qr_code() -> None:
    url = f"{ADDRESS}?v=2&x={'7' * (links.MAX_LENGTH - len(ADDRESS) - 8)}"
    assert len(url) == links.MAX_LENGTH - 1
    code = qr_codes.read(bitmap(routes.qr(url)))
    assert code.text == url


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_the_mail_is_plain_text_in_the_pages_language(language: Any) -> None:
    plan = PLAN.changed(name=HOSTILE[:60])
    link = link_of(plan, language=language.code)
    mail = link["mail"]
    assert HOSTILE[:60] in mail["subject"] and "\n" not in mail["subject"]
    lines = mail["body"].split("\n")
    assert (lines[0], lines[1]) == (plan.name, language.gettext(plan.organisation.name))
    assert link["url"] in lines
    headline = cache.results(plan, routes.shown_with(charts.FIRST)).headline
    strip = headline_strip(headline, "EUR", 60, language)
    assert strip.verdict.text in mail["body"] and strip.figures[0].value in mail["body"]
    assert any(MODEL_VERSION in line for line in lines)


def test_the_mail_says_what_the_verdict_is_worth() -> None:
    """As the first screen does: a board reads the mail alone."""
    closed = PLAN.changed(**{"plan.customer_service.share_moved": 0.9})
    assert "hardly anybody answers" in link_of(closed)["mail"]["body"]
    assert "hardly anybody answers" not in link_of(PLAN)["mail"]["body"]


@pytest.mark.parametrize("name", ["Ours", "Ours (changed)"])
def test_the_mail_names_a_plan_that_is_called_as_its_organisation_once(name: str) -> None:
    mail = link_of(PLAN.changed(**{"organisation.name": "Ours", "name": name}))["mail"]
    assert mail["subject"].count("Ours") == 1
    assert mail["body"].startswith(f"{name}\n\n")


def test_the_mail_says_what_more_draws_have_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    worth = Estimate(-3.7e5, 1.2e4, 3.2e5, 1e4)
    monkeypatch.setattr(
        refinement,
        "headline_at_hand",
        lambda _plan, rough: replace(rough, net_present_value=worth),
    )
    assert "−€370K to +€320K" in link_of(PLAN)["mail"]["body"]


def test_a_changed_plan_does_not_go_by_its_starts_name() -> None:
    base = bootstrap.document(SHIPPED)
    assert link_of(PLAN, base=base)["mail"]["body"].startswith("A balanced shift (changed)\n")
    assert link_of(SHIPPED, base=base)["mail"]["body"].startswith("A balanced shift\n")
    saved_plan = link_of(PLAN, base=base, is_saved=True)["mail"]["body"]
    assert saved_plan.startswith("A balanced shift\n"), "just what was saved"
    named = PLAN.changed(name="Ours")
    assert link_of(named, base=base)["mail"]["body"].startswith("Ours\n"), "it has its own"


def test_what_does_not_fit_is_said() -> None:
    link = link_of(PLAN.changed(notes="Nothing but notes. " * 200))
    assert not link["fits"] and link["length"] == len(link["url"]) > link["most"]
    assert (link["command"], link["mail"], link["qr"]) == (None, None, None)
    assert followed(link["query"])["doc"]["notes"].startswith("Nothing but notes.")


def test_a_start_that_does_not_fit_is_said() -> None:
    near, far = (PLAN.changed(notes=text) for text in ("Once.", "Nothing but notes. " * 40))
    for base, has_start in ((near, True), (far.changed(notes="x" * 1200), False), (far, True)):
        link = link_of(far, base=bootstrap.document(base), share=False)
        assert link["fits"] and link["has_start"] is has_start, base.notes[:9]
    assert link_of(PLAN, share=False)["has_start"]


def test_sharing_is_left_out_while_a_lever_moves() -> None:
    link = link_of(PLAN, share=False)
    assert link["fits"] and (link["command"], link["mail"], link["qr"]) == (None, None, None)


@pytest.mark.parametrize(
    ("address", "becomes"),
    [
        ("https://example.org/a/", "https://example.org/a/"),
        ("http://[::1]:8501/", "http://[::1]:8501/"),
        ("http://x/\"$(ls)`!'<b>", "http://x/%22%24%28ls%29%60%21%27%3Cb%3E"),
        ("http://x/caf\u00e9", "http://x/caf%C3%A9"),
    ],
)
def test_addresses(address: str, becomes: str) -> None:
    assert link_of(PLAN, address=address, share=False)["url"].partition("?")[0] == becomes


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "http://x/?a=b"}, "address"),
        ({"address": "http://x y/"}, "address"),
        ({"address": "http://" + "x" * 300}, "address"),
        ({"view": {"charts": ["nothing"]}}, "charts"),
        ({"view": {"lang": "xx"}}, "view.lang"),
        ({"view": {"theme": "pink"}}, "view.theme"),
        ({"view": {"other": 1}}, "view.other"),
        ({"scenario": {}}, "schema_version"),
        ({"base": {"name": 7}}, "schema_version"),
    ],
)
def test_requests_that_are_none(wrong: dict[str, object], field: str) -> None:
    content = {"scenario": bootstrap.document(PLAN), "address": ADDRESS, **wrong}
    answer = asked(routes.link, content, 422)
    assert field in {one["field"] for one in answer["problems"]}


def test_money_flow_is_a_chart_as_well() -> None:
    view = {"charts": ["money_flow", "trust"], "theme": "dark", "view": "projector"}
    url = link_of(PLAN, view=view, share=False)["url"]
    assert "?theme=dark&view=projector&charts=money_flow,trust&v=5&" in url


@examples(5)
@given(strategies.scenarios())
def test_any_scenario_can_be_linked_and_followed(plan: Scenario) -> None:
    review = plan.plan.stages.review_month if plan.plan.stages else 0
    plan = plan.changed(horizon_months=max(12, review + 1), results=None)
    link = link_of(plan, share=False)
    answer = followed(link["url"])
    assert {**answer["doc"], "results": None} == bootstrap.document(plan)
    assert answer["drift"] is None


# --- opening -------------------------------------------------------------------------------------


def test_a_bad_link_is_told_in_the_pages_language() -> None:
    answer = followed("v=6", language="nl")
    assert answer == {
        "problems": [
            {"field": "v", "found": "6, gemaakt door een nieuwere versie", "allowed": "2 tot 5"}
        ]
    }


def test_an_address_that_says_nothing_opens_nothing() -> None:
    assert (
        followed("") == followed(f"{ADDRESS}?lang=nl&theme=dark&utm_source=mail") == {"doc": None}
    )


@examples(40)
@given(st.text())
def test_any_query_is_answered(text: str) -> None:
    assert followed(text) == {"doc": None}
    assert followed(f"v=2&{text}")["problems"]


def test_a_link_without_results_has_no_then() -> None:
    assert followed(links.encode(PLAN))["drift"] is None


# --- then and now --------------------------------------------------------------------------------

_BASE = saved.saved_results(
    made_up(
        net_present_value=Estimate(-1e5, 1e6, 2e6),
        probability_better=0.72,
        worst_case=-2e5,
        payback_month=Estimate(10.0, 20.0, 30.0),
        probability_payback=0.7,
        roi=Estimate(-0.1, 0.5, 0.9),
        return_on_involvement=Estimate(1.0, 2.0, 3.0),
        return_on_ignoring=Estimate(-4e5, -3e5, -2e5),
        cost_of_waiting=Estimate(1e5, 2e5, 3e5),
    ),
    DEFAULT_DRAWS,
)
assert _BASE is not None
THEN = _BASE.model_copy(update={"model_version": "2.0.9"})
NOW = THEN.model_copy(update={"model_version": MODEL_VERSION})


def drift_to(**changes: object) -> in_words.DriftText | None:
    now = NOW.model_copy(update=changes)
    return in_words.drift_text(THEN, now, "EUR", 60, ENGLISH)


def estimate(low: float | None, central: float | None, high: float | None) -> EstimateInput:
    return EstimateInput(low=low, central=central, high=high)


def test_another_model_with_the_same_results_is_no_news() -> None:
    assert drift_to() is None
    # Nor is what nobody sees.
    assert drift_to(worst_case=-2e5 + 300) is None


def test_the_difference_in_words() -> None:
    """Differences are those of what is read: 744,000 reads as 740K."""
    drift = drift_to(net_present_value=estimate(-4e5, 7.44e5, 1.7e6), probability_better=0.58)
    assert drift is not None
    assert drift.sentence == (
        "Then: likely better (72%). Now: too close to call (58%). The value is €260K lower."
    )
    assert (drift.model_then, drift.model_now, drift.note) == ("2.0.9", MODEL_VERSION, "")
    value, better, *_ = drift.rows
    assert value == in_words.ChangedFigure(
        "net_present_value",
        "Value against carrying on",
        "+€1M (−€100K to +€2M)",
        "+€740K (−€400K to +€1.7M)",
        "€260K lower",
    )
    assert (better.figure, better.change) == ("probability_better", "14 percentage points lower")
    assert better.then == "Likely better (better in 72 of 100 cases)"


@pytest.mark.parametrize(
    ("figure", "now", "change"),
    [
        ("worst_case", -1e5, "€100K higher"),
        ("payback_month", estimate(10, 21, 30), "1 month later"),
        ("payback_month", estimate(10, 15, 30), "5 months earlier"),
        ("payback_month", estimate(10, None, None), "no longer"),
        ("probability_payback", 0.75, "5 percentage points higher"),
        ("roi", estimate(-0.1, 0.25, 0.9), "25 percentage points lower"),
        ("roi", estimate(-0.1, 0.5, 1.9), "the range is another"),
        ("return_on_involvement", estimate(1, 2.5, 3), "0.5 higher"),
        ("return_on_involvement", estimate(None, None, None), "no longer"),
        ("return_on_ignoring", estimate(-4e5, -3.5e5, -2e5), "€50K apart"),
        ("cost_of_waiting", estimate(-1e5, -5e4, 3e5), "€250K apart"),
    ],
)
def test_every_figure_has_words(figure: str, now: object, change: str) -> None:
    drift = drift_to(**{figure: now})
    assert drift is not None
    assert drift.sentence == "Then and now: likely better (72%). The value is the same."
    assert (drift.rows[0].figure, drift.rows[0].change) == (figure, change)
    assert drift.rows[0].then != drift.rows[0].now


def test_what_was_not_known_then() -> None:
    nothing = estimate(None, None, None)
    undefined = {
        "probability_better": None,
        "probability_payback": None,
        "payback_month": nothing,
        "net_present_value": nothing,
        "roi": nothing,
    }
    then = THEN.model_copy(update=undefined)
    drift = in_words.drift_text(then, NOW, "EUR", 60, ENGLISH)
    assert drift is not None
    assert drift.sentence == (
        "Then: nothing is changed. Now: likely better (72%). The value was not known."
    )
    assert {one.change for one in drift.rows} == {"only now"}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_another_edition_of_the_model_is_named_with_what_has_changed(language: Any) -> None:
    first = THEN.model_copy(update={"model_version": "1.0.0", "draws": 512})
    now = NOW.model_copy(update={"worst_case": -1e5})
    drift = in_words.drift_text(first, now, "EUR", 60, language)
    assert drift is not None
    assert drift.note.startswith(language.gettext(saved.EDITION))
    assert "docs/MODEL.md" in drift.note
    assert language.number(512) in drift.note


def test_other_draws_are_named() -> None:
    drift = drift_to(draws=4096, worst_case=-1e5)
    assert drift is not None
    assert drift.note == "Then from 1,024 draws, now from 4,096: small differences are chance."


@examples(60)
@given(strategies.results(), strategies.results(), st.sampled_from(list(LANGUAGES.values())))
def test_any_two_results_can_be_told_apart(then: Any, now: Any, language: Any) -> None:
    drift = in_words.drift_text(then, now, "EUR", 60, language)
    if drift is None:
        return
    assert all(one.then != one.now and one.change for one in drift.rows)
    assert drift.sentence.endswith(".")


def carrying(**changes: object) -> Scenario:
    """The plan with the results of now, but for some."""
    headline = cache.results(PLAN, routes.shown_with(charts.FIRST)).headline
    now = saved.saved_results(headline, DEFAULT_DRAWS)
    assert now is not None
    then = now.model_copy(update={"model_version": "2.0.9", **changes})
    return PLAN.changed(results=then)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_a_link_of_another_model_shows_then_and_now(language: Any) -> None:
    query = links.encode(carrying(worst_case=1e6, probability_better=0.99))
    drift = followed(query, language=language.code)["drift"]
    assert (drift["model_then"], drift["model_now"]) == ("2.0.9", MODEL_VERSION)
    assert [one["figure"] for one in drift["rows"]] == ["probability_better", "worst_case"]
    assert language.percent(0.99) in drift["sentence"]
    assert drift["rows"][1]["then"] == language.money(1e6, "EUR", sign=True)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_a_golden_link_of_the_first_edition_shows_why_now_is_another(language: Any) -> None:
    (link,) = (
        golden["link"]
        for golden in remake_links.read()["links"]
        if (golden["version"], golden["what"]) == (2, "results")
    )
    drift = followed(link, language=language.code)["drift"]
    assert (drift["model_then"], drift["model_now"]) == ("1.0.0", MODEL_VERSION)
    assert language.gettext(saved.EDITION) in drift["note"]


def test_a_link_of_another_model_with_the_same_results_is_no_news() -> None:
    assert routes.drift(carrying(), ENGLISH) is None


def test_it_is_worked_out_with_the_draws_of_then(monkeypatch: pytest.MonkeyPatch) -> None:
    headline = cache.results(PLAN, routes.shown_with(charts.FIRST)).headline
    worked: list[int] = []

    def fake(plan: Scenario, draws: int) -> Headline:
        worked.append(draws)
        return replace(headline, worst_case=0.0)

    monkeypatch.setattr(results, "headline", fake)
    drift = routes.drift(carrying(draws=2048), ENGLISH)
    assert drift is not None and (worked, drift["note"]) == ([2048], "")
    # So many would keep everybody waiting.
    drift = routes.drift(carrying(draws=1_000_000, worst_case=0.0), ENGLISH)
    assert drift is not None and worked == [2048]
    assert "1,000,000" in drift["note"] and "1,024" in drift["note"]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_golden_links_of_the_first_edition_say_then_and_now_and_why(language: Any) -> None:
    """Those that carry results: each opens, and tells them beside what this edition comes to."""
    first = [
        one["link"]
        for one in remake_links.read()["links"]
        if (one["scenario"].get("results") or {}).get("model_version", "").startswith("1.")
    ]
    assert len(first) >= 2
    for link in first:
        opened = followed(link, language=language.code)
        drift = opened["drift"]
        assert (drift["model_then"], drift["model_now"]) == ("1.0.0", MODEL_VERSION)
        assert drift["rows"] and drift["sentence"]
        assert drift["note"].startswith(language.gettext(saved.EDITION))
        assert opened["doc"]["results"]["model_version"] == "1.0.0", "as it was"
