"""The routes of the Compare page: what they answer is the comparison, and anything may be asked."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.analyses.comparison import CAVEATS, HEADLINE_ROWS, MEASURES, MOST, compare
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.register import REGISTER
from simulator.results import OUTCOMES
from simulator.scenario import Scenario
from tests.support import strategies
from tests.support.comparisons import CHARITY
from tests.support.examples import examples
from ui import refinement
from ui.cache import compared, results
from ui.http.json_routes import Reply
from ui.routes import bootstrap
from ui.routes import compare as routes
from ui.text import comparison
from ui.text.headline import value_text

pytestmark = pytest.mark.usefixtures("known_runs")

DEFAULT = scenario.load_shipped("balanced-shift")
SELLING = scenario.load_shipped("too-promotional")
IDLE = scenario.load_shipped("wait-and-see")
FUND = scenario.load_shipped("membership-fund")
SUPPLIER = scenario.load_shipped("laboratory-supplier")
HOSTILE = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>"


def named(*scenarios: Scenario, name: str = "Same") -> list[dict[str, Any]]:
    return [{"name": name, "scenario": bootstrap.document(one)} for one in scenarios]


def asked(
    content: object, status: int = 200, route: Callable[[bytes], Reply] = routes.compare
) -> dict[str, Any]:
    reply = route(json.dumps(content).encode())
    assert reply.status == status, reply.body
    answer: dict[str, Any] = json.loads(reply.body)
    return answer


# --- the page ------------------------------------------------------------------------------------


def test_letters_are_those_of_the_page_in_words_lines_and_files() -> None:
    scenarios = [
        {**one, "letter": letter} for one, letter in zip(named(DEFAULT, SELLING), "DP", strict=True)
    ]
    found = asked({"scenarios": scenarios, "first": 0, "second": 1})
    assert found["answer"]["verdict"].startswith("P ")
    lines = {one["name"][0]: one["line"]["color"] for one in found["charts"][0]["data"][1:3]}
    assert lines == {"D": LIGHT.pins[3].colour, "P": LIGHT.plan.colour}
    reply = routes.compare_file(json.dumps({"scenarios": scenarios, "format": "csv"}).encode())
    rows = csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"), newline=""))
    assert {"D Same", "P Same"} <= {row["scenario"] for row in rows}


def test_a_plan_alone_is_compared_with_carrying_on() -> None:
    found = asked({"scenarios": named(DEFAULT)})
    assert (found["answer"]["first"], found["answer"]["second"]) == (1, 0)
    assert [row["scenario"] for row in found["ranking"]["rows"]] == [1, 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_comparison(language: str) -> None:
    answer = asked({"scenarios": named(DEFAULT, SELLING), "language": language})
    plain = compare(DEFAULT, SELLING)
    spoken = LANGUAGES[language]
    assert answer["measure"] == "value"
    assert answer["answer"]["second"] == 1
    assert answer["answer"]["verdict"] == comparison.answer(plain, "value", 0, 1, spoken).verdict
    assert [row["id"] for row in answer["headline"]] == list(HEADLINE_ROWS)
    assert [one["id"] for one in answer["measures"]] == list(MEASURES)
    assert answer["months"] == 60
    (chart,) = answer["charts"]
    assert chart["title"] == spoken.gettext(OUTCOMES["cumulative_value"].label)
    carrying_on, *plans = [row["scenario"] for row in answer["ranking"]["rows"]]
    assert (carrying_on, plans) == (2, [0, 1]), "most often it is best to change nothing"
    assert {one["path"] for group in answer["differing"] for one in group["rows"]} == {
        "plan.involvement.promotional_share"
    }


def test_what_is_wished_for_is_shown() -> None:
    wishes = {"outcome": "trust", "measure": "value_per_customer", "first": 2, "second": 0}
    answer = asked({"scenarios": named(DEFAULT, SELLING, FUND), **wishes, "banded": 2})
    # The fund counts in crowns: a pair of the others can be compared per customer, this one not.
    assert answer["measure"] == "value_per_customer"
    assert (answer["answer"]["first"], answer["answer"]["second"]) == (2, 0)
    assert answer["answer"]["kind"] == "impossible"
    (chart,) = answer["charts"]
    assert chart["title"] == "Trust"
    assert chart["banded"] == 2
    assert {one["kind"] for one in answer["caveats"]} <= set(CAVEATS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_table_and_chart_say_one_figure_alike(language: str) -> None:
    """By one rounding, with one sign; also where a difference shows only in more digits."""
    near = DEFAULT.changed(**{"plan.involvement.promotional_share": 0.31})
    for outcome, row_id in (("cumulative_value", "net_present_value"), ("trust", "trust")):
        content = {"scenarios": named(DEFAULT, near, SUPPLIER), "outcome": outcome}
        answer = asked({**content, "language": language})
        (row,) = (row for row in answer["headline"] if row["id"] == row_id)
        said = [cell["value"] for cell in row["cells"]]
        (texts,) = (one["text"] for one in answer["charts"][0]["data"] if one["mode"] == "text")
        for text, value in zip(texts, said, strict=True):
            assert html.unescape(text).removesuffix("</b>").endswith(value), (texts, said)
        if outcome == "cumulative_value":
            assert [card["value"] for card in answer["cards"]] == said


def test_values_are_those_of_as_many_draws_as_on_their_own_page_while_nothing_moves() -> None:
    plans = [
        DEFAULT.changed(**{"plan.training.share_moved": share, "horizon_months": 24})
        for share in (0.8, 0.7)
    ]
    content: dict[str, Any] = {"scenarios": named(*plans)}
    replies: list[dict[str, Any]] = []
    assert not asked(content)["is_refined"]
    step: int | None = 0
    while step is not None:
        replies.append(asked({**content, "step": step}, route=routes.settle))
        step = replies[-1]["next"]
    bits = sum(refinement.steps(results(plan, ())) for plan in plans)
    assert len(replies) == bits > 2
    values = [value_text(refinement.shown_headline(plan), "EUR", ENGLISH) for plan in plans]
    for said in (replies[-1]["content"], asked(content)):
        assert [card["value"] for card in said["cards"]] == values
    assert asked(content)["is_refined"]
    _assert_one_value_in_file(content)
    _assert_one_value_in_file({"scenarios": named(plans[0])})
    # Of what became known meanwhile, as from another tab, the page hears.
    assert asked(content, route=routes.settle) == {"content": asked(content), "next": None}
    unknown = {**content, "outcome": "nothing"}
    assert asked(unknown, 422, routes.settle)["problems"]


def test_whether_numbers_stay_is_told_without_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan is run once for the first answer, in the comparison."""
    monkeypatch.setattr(refinement, "results", lambda *_: pytest.fail("a run of its own"))
    plan = DEFAULT.changed(**{"plan.training.share_moved": 0.64, "horizon_months": 24})
    assert asked({"scenarios": named(plan)})["is_refined"] is False


def _assert_one_value_in_file(content: dict[str, Any]) -> None:
    """In each table that has it, of as many draws."""
    body = routes.compare_file(json.dumps({**content, "format": "csv"}).encode()).body
    tables: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")):
        tables.setdefault((row["table"], row["id"]), []).append(row)
    worth, chance = (
        tables["headline", figure] for figure in ("net_present_value", "probability_better")
    )
    last = [row for row in tables["over_time", "cumulative_value"] if row["month"] == "24"]
    assert len(last) == len(worth) == len(content["scenarios"])
    for ends in ("p10", "p50", "p90"):
        assert [row[ends] for row in last] == [row[ends] for row in worth], ends
    if len(worth) == 1:
        best = tables["ranking", "value.best"][0]
        assert float(best["value"]) == pytest.approx(float(chance[0]["value"]))
    else:
        (less,) = tables["difference", "net_present_value"]
        between = float(worth[1]["p50"]) - float(worth[0]["p50"])
        assert float(less["p50"]) == pytest.approx(between)
    for pair in tables.get(("pair", "value.difference"), []):
        (own,) = (row for row in worth if row["scenario"] == pair["scenario"])
        if pair["against"] not in {row["scenario"] for row in worth}:
            assert pair["p50"] == own["p50"], pair


def test_what_a_difference_rests_on_is_told_for_that_pair() -> None:
    def rests(**wishes: object) -> dict[str, Any]:
        asked = {"scenarios": named(DEFAULT, SELLING, IDLE), **wishes}
        content: dict[str, Any] = json.loads(routes.rests(json.dumps(asked).encode()).body)
        return content

    pair, other = rests(of="pair", first=0, second=1), rests(of="pair", first=3, second=0)
    assert pair["assumptions"] and pair["grade"] and pair["gradeMeaning"]
    assert pair["assumptions"] != other["assumptions"]
    assert rests(of="pair", first=1, second=0) == pair
    assert rests(of="figure", scenario=1) == pair  # the value less the first one's
    assert all(rests(of="best", scenario=place)["assumptions"] for place in range(4))
    for wrong in (
        {"of": "figure", "scenario": 3},
        {"of": "best", "scenario": 4},
        {"of": "figure", "figure": "beauty"},
        {"of": "pair", "measure": "beauty"},
        {"of": "beauty"},
    ):
        assert rests(**wrong)["problems"], wrong


def test_currencies_never_share_an_axis() -> None:
    answer = asked({"scenarios": named(DEFAULT, FUND, SELLING)})
    assert [one["unit"][:3] for one in answer["charts"]] == ["€, ", "DKK"]
    lines = [
        [one["name"][0] for one in chart["data"] if "name" in one] for chart in answer["charts"]
    ]
    assert lines == [["A", "C"], ["B"]]


def test_the_same_comparison_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ones = [DEFAULT.changed(**{"plan.training.share_moved": 0.123}), SELLING]
    comparison = compared(*ones)
    monkeypatch.setattr("ui.cache.compare", lambda *_, **__: pytest.fail("made again"))
    renamed = [one.changed(name="Other", story="Other", author="Somebody") for one in ones]
    assert compared(*renamed) is comparison
    for change in ({"outcome": "trust"}, {"measure": "value_per_employee"}, {"second": 0}):
        asked({"scenarios": named(*renamed), **change})


@given(st.lists(strategies.scenarios(), min_size=2, max_size=3), st.sampled_from(list(LANGUAGES)))
@examples(6)
def test_any_scenarios_can_be_laid_side_by_side(ones: list[Scenario], language: str) -> None:
    answer = asked({"scenarios": named(*ones), "language": language})
    assert len(answer["cards"]) == len(ones)
    assert all(len(row["cells"]) == len(ones) for row in answer["headline"])


def test_numbers_at_the_edge_of_what_a_computer_holds_are_no_reason_to_fail() -> None:
    scenarios = named(DEFAULT, DEFAULT, SELLING)
    scenarios[1]["scenario"]["organisation"]["labour_cost_per_hour"] = 5e-324
    for work, more in ((routes.compare, {}), (routes.compare_file, {"format": "csv"})):
        reply = work(json.dumps({"scenarios": scenarios, **more}).encode())
        (problem,) = json.loads(reply.body)["problems"]
        assert reply.status == 422
        assert problem["field"] == "B: organisation.labour_cost_per_hour"


# --- what is refused -----------------------------------------------------------------------------


def test_what_is_wrong_is_told_with_its_letter() -> None:
    bad = named(DEFAULT, SELLING)
    bad[1]["scenario"]["plan"]["training"]["share_moved"] = 2
    bad[1]["scenario"]["horizon_months"] = "many"
    answer = asked({"scenarios": bad}, 422)["problems"]
    assert {one["field"] for one in answer} == {
        "B: plan.training.share_moved",
        "B: horizon_months",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"scenarios": []},
        {"scenarios": [{**named(DEFAULT)[0], "letter": "A"}] * 2},
        {"scenarios": named(*[DEFAULT] * (MOST + 1))},
        {"scenarios": [{"name": "", "scenario": {}}] * 2},
        {"scenarios": [{"name": "x" * 81, "scenario": {}}] * 2},
        {"outcome": "money_flow"},
        {"measure": "luck"},
        {"first": 7},
        {"second": -1},
        {"second": 1.5},
        {"font": 1000},
        {"theme": "blue"},
        {"more": 1},
    ],
    ids=str,
)
def test_other_requests_are_refused(change: dict[str, Any]) -> None:
    answer = asked({"scenarios": named(DEFAULT, SELLING), **change}, 422)
    assert answer["problems"]


def test_a_file_of_another_kind_is_refused() -> None:
    content = {"scenarios": named(DEFAULT, SELLING)}
    for change in ({}, {"format": "exe"}, {"format": "csv", "outcomes": ["luck"]}):
        assert asked({**content, **change}, 422, routes.compare_file)["problems"]


# --- downloads -----------------------------------------------------------------------------------


def downloaded(kind: str, language: str = "en") -> Reply:
    ones = [*named(DEFAULT, name=HOSTILE), *named(SELLING, name=HOSTILE)]
    content = {"scenarios": ones, "format": kind, "outcomes": ["trust"], "language": language}
    return routes.compare_file(json.dumps(content).encode())


def test_what_customers_are_called_is_in_the_language_and_names_are_data() -> None:
    plans = [
        *named(DEFAULT.changed(**{"organisation.name": "users"})),
        *named(SELLING.changed(**{"organisation.customers_called": "citizens"})),
    ]
    content = {"scenarios": plans, "format": "csv", "language": "nl"}
    text = routes.compare_file(json.dumps(content).encode()).body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    values = {
        path: {row["value"] for row in rows if row["id"] == path}
        for path in ("organisation.name", "organisation.customers_called")
    }
    assert "users" in values["organisation.name"]
    assert values["organisation.customers_called"] == {"klanten", "inwoners"}


def test_what_is_shipped_has_its_name_in_the_language_and_what_was_typed_stays() -> None:
    typed = DEFAULT.changed(**{"organisation.name": "Customers", "name": "Training"})
    scenarios = [
        {"name": one.name, "scenario": bootstrap.document(one)} for one in (SELLING, typed)
    ]
    content = {"scenarios": scenarios, "format": "xlsx", "language": "nl"}
    book = openpyxl.load_workbook(
        io.BytesIO(routes.compare_file(json.dumps(content).encode()).body)
    )
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    dutch = LANGUAGES["nl"].gettext
    assert {f"A {dutch(SELLING.name)}", dutch(SELLING.organisation.name)} <= cells
    assert {"B Training", "Customers"} <= cells
    differing = asked({"scenarios": scenarios, "language": "nl"})["differing"]
    names = [
        row["values"]
        for group in differing
        for row in group["rows"]
        if "Customers" in row["values"]
    ]
    assert names == [[dutch(SELLING.organisation.name), "Customers"]]


def test_a_spreadsheet_answers_what_the_page_asks_and_says() -> None:
    content = {"scenarios": named(DEFAULT, CHARITY, IDLE), "first": 3, "second": 1}
    page = asked(content)
    assert (
        page["measure"] == "value_per_customer"
        and page["measured"]
        and page["answer"]["note"] == ""
    )
    reply = routes.compare_file(json.dumps({**content, "format": "xlsx"}).encode())
    cells = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(reply.body))["Answer"].iter_rows()
    ]
    assert cells[3][1] == MEASURES[page["measure"]].label
    assert cells[7][:2] == ["B Same", "Carrying on"]
    assert page["measured"] in {row[0] for row in cells}
    other = {**content, "second": 0, "first": 1}
    noted = routes.compare_file(json.dumps({**other, "format": "xlsx"}).encode())
    sheet = openpyxl.load_workbook(io.BytesIO(noted.body))["Answer"]
    assert asked(other)["answer"]["note"] in {row[0].value for row in sheet.iter_rows()}


def test_a_download_as_csv_is_read_as_a_table() -> None:
    reply = downloaded("csv")
    assert reply.media_type == "text/csv; charset=utf-8"
    assert reply.body.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by its mark"
    rows = list(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))
    assert {row["scenario"] for row in rows if row["table"] == "headline"} == {
        f"A {HOSTILE}",
        f"B {HOSTILE}",
    }
    assert {"cumulative_value", "trust"} <= {row["id"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


def test_what_sources_reported_stays_of_customers_in_a_spreadsheet() -> None:
    plan = DEFAULT.changed(**{"organisation.customers_called": "tenants"})
    scenarios = [
        {"name": name, "scenario": bootstrap.document(one)}
        for name, one in (("A", plan), ("B", plan.changed(horizon_months=36)))
    ]
    body = {"scenarios": scenarios, "format": "xlsx", "language": "en"}
    content = routes.compare_file(json.dumps(body).encode()).body
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = {cell.value for row in book["Assumptions"].iter_rows() for cell in row}
    assert {one.reported_figure for one in REGISTER if one.reported_figure} <= cells
    assert any("tenants" in str(cell) for cell in cells), "but for those it calls its own so"


def test_a_csv_opens_as_numbers_where_it_is_read() -> None:
    text = downloaded("csv", "da").body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    numbers = [row["p50"] for row in rows if row["table"] == "over_time"]
    assert len(numbers) > 100
    assert all(re.fullmatch(r"-?\d+(,\d+)?(e[-+]\d+)?", number) for number in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_download_as_a_spreadsheet_has_charts_and_no_formulas(language: str) -> None:
    reply = downloaded("xlsx", language)
    assert reply.media_type == routes.MEDIA_TYPES["xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(reply.body))
    assert any(getattr(sheet, "_charts") for sheet in book)  # noqa: B009
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert f"A {HOSTILE}" in {cell.value for cell in cells}


def test_the_rule_stands_on_the_page() -> None:
    answer = asked({"scenarios": named(DEFAULT, SELLING)})
    assert answer["rule"] == ENGLISH.gettext(comparison.RULE)
