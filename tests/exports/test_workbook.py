"""The workbook holds the numbers of the comparison, to the last bit, with charts of its cells."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

import pytest

from simulator.analyses.comparison import (
    BUDGETS,
    CAVEATS,
    HEADLINE_ROWS,
    MEASURES,
    Question,
    compare,
    figure_of,
)
from simulator.exports import csv_text, workbook
from simulator.i18n.language import LANGUAGES
from simulator.model.register import REGISTER, Range
from simulator.results import IN_TABLES, OUTCOMES, Estimate
from simulator.scenario import diff
from simulator.scenario.evidence import is_worded
from simulator.version import MODEL_VERSION, VERSION
from tests.support.comparisons import DEFAULT
from tests.support.workbooks import (
    DEEP,
    SPACE,
    WHEN,
    charts_of,
    mixed_comparison,
    plain_comparison,
    row_of,
    rows_of,
    sheets_of,
)


@pytest.fixture(scope="module")
def plain() -> Any:
    return sheets_of(workbook(plain_comparison(), WHEN))


@pytest.fixture(scope="module")
def mixed() -> Any:
    return sheets_of(workbook(mixed_comparison(), WHEN))


def _figure(figure: Estimate | float) -> list[object]:
    """Three cells, as the workbook has them."""
    ends = (
        [figure.low, figure.central, figure.high]
        if isinstance(figure, Estimate)
        else [None, figure, None]
    )
    words = {math.inf: "not within the horizon"}
    return [
        "not defined" if one is not None and math.isnan(one) else words.get(one, one)  # type: ignore[arg-type]
        for one in ends
    ]


def _equal(cells: list[Any], wanted: list[Any]) -> None:
    """Numbers to the sixteen digits that the format keeps."""
    assert len(cells) == len(wanted)
    for cell, other in zip(cells, wanted, strict=True):
        assert cell == (other if isinstance(other, str | None) else pytest.approx(other, rel=1e-15))


def test_sheets_are_there_and_headers_stay_in_sight(plain: Any) -> None:
    assert plain.sheetnames == [
        "Answer",
        "Headline",
        "Charts",
        "Over time",
        "Budgets",
        "Differences",
        "Ranking",
        "Assumptions",
        "About",
    ]
    frozen = {sheet.title: sheet.freeze_panes for sheet in plain if sheet.freeze_panes}
    assert frozen == {
        "Headline": "C3",
        "Over time": "B4",
        "Budgets": "C2",
        "Differences": "D2",
        "Ranking": "C2",
        "Assumptions": "C2",
    }
    assert plain["Headline"].column_dimensions["A"].width > 30


def test_the_first_sheet_has_title_verdict_and_value(plain: Any) -> None:
    comparison, sheet = plain_comparison(), plain["Answer"]
    rows = rows_of(sheet)
    assert rows[0][0] == comparison.scenarios[0].organisation.name
    names = [one.name for one in comparison.scenarios]
    assert rows[1][1 : 1 + len(names)] == names
    pair = comparison.pair(0, 1, "value")
    cells = row_of(sheet, names[1], names[0])
    assert cells[2] == pair.verdict
    _equal(cells[3:7], [pair.better, *_figure(pair.difference)])
    for name, headline in zip(names, comparison.headlines, strict=True):
        cells = row_of(sheet, name, nth=-1)
        _equal(cells[1:3], [headline.net_present_value.central, headline.verdict])


def test_the_first_sheet_answers_what_was_asked() -> None:
    comparison, measure = mixed_comparison(), "value_per_money_moved"
    one = comparison.carrying_on
    question = Question(measure, one, 1, ("What the page says.",))
    sheet = sheets_of(workbook(comparison, WHEN, question=question))["Answer"]
    rows = rows_of(sheet)
    assert rows[3][:2] == ["Measured by", MEASURES[measure].label]
    name, pair = comparison.scenarios[1].name, comparison.pair(one, 1, measure)
    assert rows[7][:3] == [name, "Carrying on", pair.verdict]
    _equal(rows[7][3:7], [pair.better, *_figure(pair.difference)])
    assert "%" not in sheet["F8"].number_format, "as the page writes a ratio"
    ranking = comparison.ranking(measure)
    shares = [row[3] for row in rows if len(row) > 3 and row[0] == "Carrying on"]
    assert shares[-1] == pytest.approx(ranking.carrying_on)
    assert "What the page says." in {row[0] for row in rows if row}


def test_assumptions_stand_with_their_sources(mixed: Any) -> None:
    rows = rows_of(mixed["Assumptions"])[1:]
    assert [row[1] for row in rows] == [one.label for one in REGISTER]
    own = mixed_comparison().scenarios[0].ranges()
    for row, one in zip(rows, REGISTER, strict=True):
        span = own.get(one.id, Range(one.low, one.central, one.high))
        _equal(row[2:5], [span.low, span.central, span.high])
        assert row[6:8] == [one.grade, one.citation or None]


def test_what_sources_are_is_said_in_the_language_and_titles_stay() -> None:
    nl = LANGUAGES["nl"].gettext
    rows = rows_of(sheets_of(workbook(plain_comparison(), WHEN, translate=nl))[nl("Assumptions")])
    for row, one in zip(rows[1:], REGISTER, strict=True):
        assert row[7] == ((nl(one.citation) if is_worded(one) else one.citation) or None)
        assert not is_worded(one) or row[7] != one.citation


def test_money_for_each_unit_spent_is_no_per_cent(plain: Any) -> None:
    formats: dict[str, str] = {}
    for row in plain["Headline"].iter_rows():
        formats.setdefault(row[0].value, row[3].number_format)
    labels = {name: HEADLINE_ROWS[name].label for name in ("roi", "return_on_involvement")}
    assert formats[labels["roi"]] == "0.0%"
    assert formats[labels["return_on_involvement"]] == "0.00"


@pytest.mark.parametrize("figure", HEADLINE_ROWS.values(), ids=lambda one: one.id)
def test_headline_figures_are_those_of_the_comparison(plain: Any, figure: Any) -> None:
    unit = figure.unit.replace("currency", "EUR")
    cells = row_of(plain["Headline"], figure.label, unit)
    wanted = [_figure(figure_of(one, figure.id)) for one in plain_comparison().headlines]
    _equal(cells[2:], list(chain.from_iterable(wanted)))
    cells = row_of(plain["Headline"], figure.label, unit, nth=1)
    assert cells[2:5] == [None] * 3  # the first is what the others are compared with
    differences = [plain_comparison().differences(place)[figure.id] for place in (1, 2)]
    triples = [_figure(one) for one in differences if one is not None]
    if figure.id == "payback_month":
        triples = [["no longer in time"] * 3, ["–"] * 3]
    _equal(cells[5:], list(chain.from_iterable(triples)))


def test_series_are_those_of_the_comparison(plain: Any) -> None:
    rows = rows_of(plain["Over time"])
    for block, name in enumerate(IN_TABLES):
        left = 1 + block * 10
        unit = OUTCOMES[name].unit.replace("currency", "EUR")
        assert rows[0][left] == f"{OUTCOMES[name].label} ({unit})"
        assert rows[1][left : left + 9 : 3] == [one.name for one in plain_comparison().scenarios]
        assert rows[2][left : left + 3] == ["P10", "P50", "P90"]
        for place in range(3):
            for end, series in enumerate(plain_comparison().band(place, name).tolist()):
                _equal([row[left + 3 * place + end] for row in rows[3:]], series)
    assert [row[0] for row in rows[3:]] == list(range(61))


def test_budgets_are_those_of_the_comparison(plain: Any) -> None:
    for name, label in BUDGETS.items():
        cells = row_of(plain["Budgets"], label, "EUR per year")
        wanted = [
            money[name] for one in plain_comparison().spending for money in (one.today, one.plan)
        ]
        _equal(cells[2:], wanted)
    together = row_of(plain["Budgets"], "In all", "EUR per year")[2:]
    assert together == [pytest.approx(together[0])] * 6


def test_differences_are_those_of_the_comparison(mixed: Any) -> None:
    count, sheet = 0, mixed["Differences"]
    for difference in mixed_comparison().diffs:
        start = (diff.GROUPS[difference.group], difference.label)
        row = row_of(sheet, *start)[3:]
        if difference.group == "assumptions":
            spans = [span for span in difference.values if isinstance(span, Range)]
            ends = [end for span in spans for end in (span.low, span.central, span.high)]
            _equal(row, ends)
        else:
            _equal(
                row[:3], ["not known" if value is None else value for value in difference.values]
            )
        count += 1
    assert count > 40
    titled = [row for row in rows_of(sheet) if row[1]]
    assert len(titled) == count + 2  # and the two headings


def test_what_is_not_known_is_said_in_the_files_language() -> None:
    known = DEFAULT.changed(**{"organisation.known.given_up_share": 0.11})
    comparison = compare(DEFAULT, known, draws=16)
    nl = LANGUAGES["nl"].gettext
    sheet = sheets_of(workbook(comparison, WHEN, translate=nl))[nl("Differences")]
    assert rows_of(sheet)[1][3:5] == ["niet bekend", 0.11]
    text = csv_text(comparison, translate=nl)
    assert ",niet bekend," in text and ",0.11," in text


def test_ranking_and_pairs_are_those_of_the_comparison(plain: Any) -> None:
    sheet, comparison = plain["Ranking"], plain_comparison()
    for measure, about in MEASURES.items():
        ranking = comparison.ranking(measure)
        for place, example in enumerate(comparison.scenarios):
            row = row_of(sheet, about.label, example.name, "share of draws")
            wanted = [ranking.best[place], ranking.rank[place]]
            _equal(row[3:5], ["not defined" if math.isnan(one) else one for one in wanted])
    pair = comparison.pair(0, 1)
    row = row_of(sheet, MEASURES["value"].label, DEEP.name, DEFAULT.name)
    seen = pair.difference
    numbers = [seen.low, seen.central, seen.high, pair.better, pair.same, pair.worse]
    _equal(row[3:], [*numbers, pair.verdict, "EUR"])


def test_what_cannot_be_compared_says_so(mixed: Any) -> None:
    ranking = mixed["Ranking"]
    assert row_of(ranking, "Value per customer")[1] == "cannot be compared"
    assert row_of(ranking, "Value per money moved")[1] == DEFAULT.name
    value = row_of(mixed["Headline"], "Value against carrying on", nth=1)
    assert value[6] == "cannot be compared" and isinstance(value[9], float)
    about = [row[0] for row in rows_of(mixed["About"])]
    for caveat in mixed_comparison().caveats:
        assert CAVEATS[caveat.kind] in about
    assert mixed["Over time"]["B2"].value == f"{DEFAULT.name} (EUR)"


def test_about_says_how_it_was_made(plain: Any) -> None:
    about = plain["About"]
    assert row_of(about, "Model version")[1] == MODEL_VERSION
    assert row_of(about, "Simulator version")[1] == VERSION
    assert (row_of(about, "Draws")[1], row_of(about, "Seed")[1]) == (16, 1)
    assert row_of(about, "Draws of the headline figures")[1] == 16
    assert (row_of(about, "Common months")[1], row_of(about, "Date")[1]) == (60, "2026-11-22")
    assert row_of(about, DEEP.name)[3:5] == [DEEP.organisation.name, "EUR"]
    assert plain.properties.created == WHEN


def _kinds(content: bytes) -> list[tuple[str, int]]:
    """Kind and number of series of every chart."""
    kinds = ("lineChart", "barChart")
    return [
        (found.tag.removeprefix(SPACE), len(found.findall(f"{SPACE}ser")))
        for chart in charts_of(content)
        for kind in kinds
        for found in chart.iter(f"{SPACE}{kind}")
    ]


def test_charts_are_native_and_show_the_cells() -> None:
    content = workbook(plain_comparison(), WHEN)
    assert _kinds(content) == [
        *[("lineChart", 9)] * 3,  # P10, P50 and P90 of three scenarios
        ("barChart", len(BUDGETS)),
        ("barChart", 1),
    ]
    line, *_ = charts_of(content)
    formulas = [one.text for one in line.iter(f"{SPACE}f")]
    assert "'Over time'!$B$2" in formulas and "'Over time'!$C$4:$C$64" in formulas
    budgets = charts_of(content)[3]
    assert next(budgets.iter(f"{SPACE}grouping")).get("val") == "stacked"
    shown = {one.text for one in budgets.iter(f"{SPACE}v")}
    assert {f"{DEEP.name}: Today", f"{DEEP.name}: With the plan"} <= shown
    assert len(sheets_of(content)["Charts"]._charts) == 5


def test_money_of_different_currencies_shares_no_axis() -> None:
    content = workbook(mixed_comparison(), WHEN)
    assert _kinds(content)[:3] == [("lineChart", 6), ("lineChart", 3), ("lineChart", 9)]
    assert next(charts_of(content)[4].iter(f"{SPACE}grouping")).get("val") == "percentStacked"


def test_outcomes_can_be_chosen() -> None:
    sheets = sheets_of(workbook(plain_comparison(), WHEN, outcomes=["trust"]))
    assert sheets["Over time"]["B1"].value == "Trust (share)"
    assert sheets["Over time"]["B4"].number_format == "0.0%"
    with pytest.raises(KeyError):
        workbook(plain_comparison(), WHEN, outcomes=["nonsense"])
    with pytest.raises(KeyError):
        csv_text(plain_comparison(), outcomes=["nonsense"])


def test_numbers_are_shown_by_their_kind(plain: Any) -> None:
    sheet = plain["Headline"]
    formats = {row[0].value: row[3].number_format for row in sheet.iter_rows(min_row=5, max_row=26)}
    assert formats["Probability of being better"].endswith(";0.0%")
    assert "#,##0" in formats["Value against carrying on"]
    assert formats["Customers"] == "#,##0"


@pytest.mark.parametrize(
    ("share", "pattern"),
    [(0.0, "0.0%"), (0.002, "0.0%"), (0.0004, "0.00%"), (0.99996, "0.000%"), (1.0, "0.0%")],
)
def test_hardly_any_draws_do_not_show_as_none(share: float, pattern: str) -> None:
    first, *others = plain_comparison().headlines
    headlines = (replace(first, probability_better=share), *others)
    comparison = replace(plain_comparison(), headlines=headlines)
    sheet = sheets_of(workbook(comparison, WHEN, outcomes=["trust"]))["Headline"]
    cell = next(
        row[3] for row in sheet.iter_rows() if row[0].value == "Probability of being better"
    )
    assert cell.value == share
    assert cell.number_format == f'[=0]"none of 16";[=1]"all 16";{pattern}'


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert workbook(plain_comparison(), WHEN) == workbook(plain_comparison(), WHEN)
    assert workbook(plain_comparison(), WHEN) != workbook(
        plain_comparison(), datetime(2026, 11, 23)
    )
