"""A comparison as CSV and as a workbook, read back as others read them."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import exports, scenario
from simulator.analyses.comparison import (
    BUDGETS,
    CAVEATS,
    HEADLINE_ROWS,
    MEASURES,
    Comparison,
    compare,
    figure_of,
)
from simulator.exports import CSV_HEADER, csv_text, workbook
from simulator.i18n.language import LANGUAGES
from simulator.model.quantities import Split
from simulator.model.register import Range
from simulator.results import IN_TABLES, OUTCOMES, Estimate
from simulator.scenario import Scenario, diff
from simulator.version import MODEL_VERSION, VERSION

WHEN = datetime(2026, 11, 22)
DEFAULT = scenario.load_shipped("balanced-shift")
DEEP = scenario.load_shipped("too-deep-too-fast")
IDLE = scenario.load_shipped("wait-and-see")
GOOD = DEFAULT.changed(
    **{
        "plan.market_research.share_moved": 0,
        "plan.training.share_moved": 0,
        "plan.customer_service": {"share_moved": 0.03, "start_month": 3, "ramp_months": 12},
        "plan.split": {**dict.fromkeys(Split._fields, 0), "social_service": 1},
        "plan.involvement": {},
    }
)
"""A plan whose money comes back."""
MUNICIPALITY = scenario.load_shipped("municipality-citizens")
HOSTILE = ("=1+1", "+A1", "-2", "@SUM(A1)", " =x", "\uff1d1", "<r><t>x</t></r>", "<r>&</r>")


@cache
def _plain() -> Comparison:
    return compare(GOOD, DEEP, IDLE, draws=16)


@cache
def _mixed() -> Comparison:
    """Of different organisations, currencies, horizons and worlds."""
    crowns = MUNICIPALITY.changed(**{"organisation.currency": "DKK", "horizon_months": 24})
    return compare(DEFAULT, crowns, DEEP, draws=16)


def _opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def plain() -> Any:
    return _opened(workbook(_plain(), WHEN))


@pytest.fixture(scope="module")
def mixed() -> Any:
    return _opened(workbook(_mixed(), WHEN))


def _rows(sheet: Any) -> list[list[Any]]:
    return [[cell or (0 if cell == 0 else None) for cell in row] for row in sheet.values]


def _row(sheet: Any, *start: object, nth: int = 0) -> list[Any]:
    """The row that starts like this; ``nth`` if there are several."""
    found = [row for row in _rows(sheet) if row[: len(start)] == list(start)]
    return found[nth]


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


def _equal(found: list[Any], wanted: list[Any]) -> None:
    """Numbers to the sixteen digits that the format keeps."""
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert one == (other if isinstance(other, str | None) else pytest.approx(other, rel=1e-15))


# --- workbook ------------------------------------------------------------------------------------


def test_sheets_are_there_and_headers_stay_in_sight(plain: Any) -> None:
    assert plain.sheetnames == [
        "Headline",
        "Charts",
        "Over time",
        "Budgets",
        "Differences",
        "Ranking",
        "About",
    ]
    frozen = {sheet.title: sheet.freeze_panes for sheet in plain if sheet.freeze_panes}
    assert frozen == {
        "Headline": "C3",
        "Over time": "B4",
        "Budgets": "C2",
        "Differences": "D2",
        "Ranking": "C2",
    }
    assert plain["Headline"].column_dimensions["A"].width > 30


@pytest.mark.parametrize("figure", HEADLINE_ROWS.values(), ids=lambda one: one.id)
def test_headline_figures_are_those_of_the_comparison(plain: Any, figure: Any) -> None:
    unit = figure.unit.replace("currency", "EUR")
    found = _row(plain["Headline"], figure.label, unit)
    wanted = [_figure(figure_of(one, figure.id)) for one in _plain().headlines]
    _equal(found[2:], list(chain.from_iterable(wanted)))
    found = _row(plain["Headline"], figure.label, unit, nth=1)
    assert found[2:5] == [None] * 3  # the first is what the others are compared with
    differences = [_plain().differences(place)[figure.id] for place in (1, 2)]
    told = [_figure(one) for one in differences if one is not None]
    if figure.id == "payback_month":
        told = [["no longer in time"] * 3, ["–"] * 3]
    _equal(found[5:], list(chain.from_iterable(told)))


def test_series_are_those_of_the_comparison(plain: Any) -> None:
    rows = _rows(plain["Over time"])
    for block, name in enumerate(IN_TABLES):
        left = 1 + block * 10
        unit = OUTCOMES[name].unit.replace("currency", "EUR")
        assert rows[0][left] == f"{OUTCOMES[name].label} ({unit})"
        assert rows[1][left : left + 9 : 3] == [one.name for one in _plain().scenarios]
        assert rows[2][left : left + 3] == ["P10", "P50", "P90"]
        for place in range(3):
            for end, series in enumerate(_plain().band(place, name).tolist()):
                _equal([row[left + 3 * place + end] for row in rows[3:]], series)
    assert [row[0] for row in rows[3:]] == list(range(61))


def test_budgets_are_those_of_the_comparison(plain: Any) -> None:
    for name, label in BUDGETS.items():
        found = _row(plain["Budgets"], label, "EUR per year")
        wanted = [money[name] for one in _plain().spending for money in (one.today, one.plan)]
        _equal(found[2:], wanted)
    together = _row(plain["Budgets"], "In all", "EUR per year")[2:]
    assert together == [pytest.approx(together[0])] * 6


def test_differences_are_those_of_the_comparison(mixed: Any) -> None:
    found, sheet = 0, mixed["Differences"]
    for one in _mixed().diffs:
        start = (diff.GROUPS[one.group], one.label)
        row = _row(sheet, *start)[3:]
        if one.group == "assumptions":
            spans = [span for span in one.values if isinstance(span, Range)]
            ends = [end for span in spans for end in (span.low, span.central, span.high)]
            _equal(row, ends)
        else:
            _equal(row[:3], ["not known" if value is None else value for value in one.values])
        found += 1
    assert found > 40
    titled = [row for row in _rows(sheet) if row[1]]
    assert len(titled) == found + 2  # and the two headings


def test_what_is_not_known_is_said_in_the_files_language() -> None:
    known = DEFAULT.changed(**{"organisation.known.given_up_share": 0.11})
    found = compare(DEFAULT, known, draws=16)
    nl = LANGUAGES["nl"].gettext
    sheet = _opened(workbook(found, WHEN, translate=nl))[nl("Differences")]
    assert _rows(sheet)[1][3:5] == ["niet bekend", 0.11]
    text = csv_text(found, translate=nl)
    assert ",niet bekend," in text and ",0.11," in text


def test_ranking_and_pairs_are_those_of_the_comparison(plain: Any) -> None:
    sheet, found = plain["Ranking"], _plain()
    for measure, about in MEASURES.items():
        ranking = found.ranking(measure)
        for place, one in enumerate(found.scenarios):
            row = _row(sheet, about.label, one.name, "share of draws")
            wanted = [ranking.best[place], ranking.rank[place]]
            _equal(row[3:5], ["not defined" if math.isnan(one) else one for one in wanted])
    pair = found.pair(0, 1)
    row = _row(sheet, MEASURES["value"].label, DEEP.name, DEFAULT.name)
    seen = pair.difference
    numbers = [seen.low, seen.central, seen.high, pair.better, pair.same, pair.worse]
    _equal(row[3:], [*numbers, pair.verdict, "EUR"])


def test_what_cannot_be_compared_says_so(mixed: Any) -> None:
    ranking = mixed["Ranking"]
    assert _row(ranking, "Value per customer")[1] == "cannot be compared"
    assert _row(ranking, "Value per money moved")[1] == DEFAULT.name
    value = _row(mixed["Headline"], "Value against carrying on", nth=1)
    assert value[6] == "cannot be compared" and isinstance(value[9], float)
    about = [row[0] for row in _rows(mixed["About"])]
    for caveat in _mixed().caveats:
        assert CAVEATS[caveat.kind] in about
    assert mixed["Over time"]["B2"].value == f"{DEFAULT.name} (EUR)"


def test_about_says_how_it_was_made(plain: Any) -> None:
    about = plain["About"]
    assert _row(about, "Model version")[1] == MODEL_VERSION
    assert _row(about, "Simulator version")[1] == VERSION
    assert (_row(about, "Draws")[1], _row(about, "Seed")[1]) == (16, 1)
    assert (_row(about, "Common months")[1], _row(about, "Date")[1]) == (60, "2026-11-22")
    assert _row(about, DEEP.name)[3:5] == [DEEP.organisation.name, "EUR"]
    assert plain.properties.created == WHEN


def _charts(content: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = sorted(one for one in file.namelist() if one.startswith("xl/charts/chart"))
        return [ElementTree.fromstring(file.read(one)) for one in names]  # noqa: S314 - our own


_SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def _kinds(content: bytes) -> list[tuple[str, int]]:
    """Kind and number of series of every chart."""
    kinds = ("lineChart", "barChart")
    return [
        (found.tag.removeprefix(_SPACE), len(found.findall(f"{_SPACE}ser")))
        for chart in _charts(content)
        for kind in kinds
        for found in chart.iter(f"{_SPACE}{kind}")
    ]


def test_charts_are_native_and_show_the_cells() -> None:
    content = workbook(_plain(), WHEN)
    assert _kinds(content) == [
        *[("lineChart", 9)] * 3,  # P10, P50 and P90 of three scenarios
        ("barChart", len(BUDGETS)),
        ("barChart", 1),
    ]
    line, *_ = _charts(content)
    found = [one.text for one in line.iter(f"{_SPACE}f")]
    assert "'Over time'!$B$2" in found and "'Over time'!$C$4:$C$64" in found
    budgets = _charts(content)[3]
    assert next(budgets.iter(f"{_SPACE}grouping")).get("val") == "stacked"
    shown = {one.text for one in budgets.iter(f"{_SPACE}v")}
    assert {f"{DEEP.name}: Today", f"{DEEP.name}: With the plan"} <= shown
    assert len(_opened(content)["Charts"]._charts) == 5


def test_money_of_different_currencies_shares_no_axis() -> None:
    content = workbook(_mixed(), WHEN)
    assert _kinds(content)[:3] == [("lineChart", 6), ("lineChart", 3), ("lineChart", 9)]
    assert next(_charts(content)[4].iter(f"{_SPACE}grouping")).get("val") == "percentStacked"


def test_outcomes_can_be_chosen() -> None:
    found = _opened(workbook(_plain(), WHEN, outcomes=["trust"]))
    assert found["Over time"]["B1"].value == "Trust (share)"
    assert found["Over time"]["B4"].number_format == "0.0%"
    with pytest.raises(KeyError):
        workbook(_plain(), WHEN, outcomes=["nonsense"])
    with pytest.raises(KeyError):
        csv_text(_plain(), outcomes=["nonsense"])


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
    first, *others = _plain().headlines
    headlines = (replace(first, probability_better=share), *others)
    sheet = _opened(workbook(replace(_plain(), headlines=headlines), WHEN))["Headline"]
    cell = next(
        row[3] for row in sheet.iter_rows() if row[0].value == "Probability of being better"
    )
    assert cell.value == share
    assert cell.number_format == f'[=0]"none of 16";[=1]"all 16";{pattern}'


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert workbook(_plain(), WHEN) == workbook(_plain(), WHEN)
    assert workbook(_plain(), WHEN) != workbook(_plain(), datetime(2026, 11, 23))


# --- texts that people typed ---------------------------------------------------------------------


def _named(name: str) -> Comparison:
    """The same numbers under a hostile name."""
    known = _plain()
    update = {"name": name, "author": name}
    organisation = DEFAULT.organisation.model_copy(update={"name": name})
    given = known.scenarios[0].model_copy(update={**update, "organisation": organisation})
    return Comparison(
        (given, *known.scenarios[1:]),
        known.draws,
        known.seed,
        known.months,
        known.sides,
        known.headlines,
    )


def _formulas(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheets = [one for one in file.namelist() if one.startswith("xl/worksheets/sheet")]
        return sum(file.read(one).count(b"<f>") for one in sheets)


@pytest.mark.parametrize("name", [*HOSTILE, "_x0041_", "'", "a\ufffeb", "x" * 80, "{currency}"])
def test_no_text_is_a_formula_a_link_or_markup(name: str) -> None:
    content = workbook(_named(name), WHEN)
    assert _formulas(content) == 0
    found = _opened(content)
    cell = found["Headline"]["C1"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    shown = str(cell.value).rstrip() if name.startswith("<r>") else cell.value
    assert shown == name.replace("\ufffe", "\ufffd")
    assert found["About"]["A9"].value == cell.value
    assert _charts(content)  # still well-formed


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80)


@settings(max_examples=5, deadline=None)
@given(TEXTS)
def test_any_text_makes_a_sound_workbook(name: str) -> None:
    content = workbook(_named(name), WHEN, outcomes=["trust"])
    assert _formulas(content) == 0
    assert isinstance(_opened(content)["Headline"]["C1"].value, str)


@settings(max_examples=20, deadline=None)
@given(st.one_of(st.sampled_from(HOSTILE), TEXTS))
def test_no_cell_of_the_csv_is_a_formula(name: str) -> None:
    text = csv_text(_named(name), outcomes=())
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    names = {row["scenario"] for row in rows}
    assert len(names) <= 3 and {name, f"'{name}"} & names
    for row in rows:
        for key in ("item", "scenario", "against"):
            assert row[key].lstrip()[:1] not in {*"=+-@\uff1d\uff0b\uff0d\uff20"}


# --- CSV -----------------------------------------------------------------------------------------


def _csv(comparison: Comparison, table: str) -> list[dict[str, str]]:
    text = csv_text(comparison)
    return [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["table"] == table]


def test_csv_has_a_row_for_every_figure() -> None:
    text = csv_text(_plain())
    assert text.splitlines()[0] == ",".join(CSV_HEADER) and "\r\n" in text
    found = _plain()
    counts = {
        "headline": 3 * len(HEADLINE_ROWS),
        "difference": 2 * len(HEADLINE_ROWS),
        "over_time": 3 * 61 * len(IN_TABLES),
        "budgets": 3 * 2 * len(BUDGETS),
        "ranking": 3 * 2 * len(MEASURES),
        "pair": 5 * (3 * 3 + 1),  # to one of them nothing is moved
        "caveat": 1,  # of the one that moves nothing
    }
    for table, count in counts.items():
        assert len(_csv(found, table)) == count, table


def test_csv_has_the_numbers_of_the_comparison() -> None:
    found = _mixed()
    for row in _csv(found, "headline"):
        place = [one.name for one in found.scenarios].index(row["scenario"])
        figure = figure_of(found.headlines[place], row["id"])
        if isinstance(figure, Estimate):
            ends = [figure.low, figure.central, figure.high]
            told = [row["p10"], row["p50"], row["p90"]]
        else:
            ends, told = [figure], [row["value"]]
        words = {math.inf: "not within the horizon"}
        assert told == [words.get(one, "" if math.isnan(one) else repr(one)) for one in ends]
        assert int(row["month"]) == found.scenarios[place].horizon_months
    units = {(row["scenario"], row["unit"]) for row in _csv(found, "budgets")}
    assert (MUNICIPALITY.name, "DKK per year") in units and (DEEP.name, "EUR per year") in units
    pairs = {(row["id"], row["scenario"], row["against"]) for row in _csv(found, "pair")}
    assert ("value.verdict", DEEP.name, DEFAULT.name) in pairs
    assert ("value.verdict", MUNICIPALITY.name, DEFAULT.name) not in pairs
    caveats = [
        (row["scenario"], row["against"], row["value"])
        for row in _csv(found, "caveat")
        if row["id"] == "currency"
    ]
    assert caveats == [(MUNICIPALITY.name, DEFAULT.name, "DKK")]
    units = {(row["scenario"], row["unit"]) for row in _csv(found, "difference")}
    assert {(MUNICIPALITY.name, "DKK"), (DEEP.name, "EUR")} <= units
    ranges = {row["id"].rpartition(".")[2] for row in _csv(found, "differing")}
    assert {"low", "central", "high"} <= ranges


def test_money_that_is_back_in_one_alone_says_which() -> None:
    """The two signs of never, and never in both, are told apart in both files."""
    late, soon = compare(GOOD, DEEP, IDLE, draws=16), compare(DEEP, GOOD, DEEP, draws=16)
    words = {}
    for name, found in (("late", late), ("soon", soon)):
        row = _row(_opened(workbook(found, WHEN))["Headline"], "Money is back", "month", nth=1)
        words[name] = [row[6], row[9]]
        rows = [one for one in _csv(found, "difference") if one["id"] == "payback_month"]
        assert [one["p50"] for one in rows] == words[name]
    assert words == {"late": ["no longer in time", "–"], "soon": ["now in time", "–"]}


def test_caveats_have_a_row_for_those_that_they_are_about() -> None:
    other = DEFAULT.changed(**{"assumptions.offer_half_share": 0.07, "horizon_months": 24})
    rows = _csv(compare(DEFAULT, DEFAULT, other, draws=8), "caveat")
    told = [(row["id"], row["against"], row["value"], row["unit"]) for row in rows]
    assert told == [
        ("horizon", DEFAULT.name, "24", "months"),
        ("assumptions", DEFAULT.name, "1", "assumptions that differ"),
    ]


# --- languages -----------------------------------------------------------------------------------


def test_every_text_of_ours_is_translated_and_listed() -> None:
    """Everything but names, codes, units of no words and numbers comes out of ``translate``."""
    known, asked = {*exports.texts()}, set()

    def shout(text: str) -> str:
        asked.add(text)
        return text.upper().replace("{CURRENCY}", "{currency}")

    texts: set[str] = set()
    for comparison in (_plain(), _mixed()):
        found = _opened(workbook(comparison, WHEN, translate=shout))
        texts |= {
            cell.value
            for sheet in found
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        }
        assert found.sheetnames[0] == "HEADLINE"
        rows = csv.DictReader(io.StringIO(csv_text(comparison, translate=shout), newline=""))
        texts |= {row[key] for row in rows for key in ("item", "unit")}
    assert asked <= known
    typed = _typed(_plain().scenarios) | _typed(_mixed().scenarios)
    lower = {one for one in texts - typed if one != one.upper()}
    assert lower == set()


def _typed(scenarios: tuple[Scenario, ...]) -> set[str]:
    names = {text for one in scenarios for text in (one.name, one.organisation.name, one.author)}
    codes = {one.organisation.currency for one in scenarios}
    heads = names | {f"{name} ({code})" for name in names for code in codes}
    return heads | {f"{name}: {then}" for name in heads for then in ("TODAY", "WITH THE PLAN")}


def test_sheet_names_are_what_excel_takes() -> None:
    found = _opened(workbook(_plain(), WHEN, outcomes=(), translate=lambda text: f"[{text}]*" * 9))
    assert len(set(found.sheetnames)) == 7
    for name in found.sheetnames:
        assert 0 < len(name) <= 31 and not {*r"[]:*?/\'"} & {*name}
    same = _opened(workbook(_plain(), WHEN, outcomes=(), translate=lambda text: "always"))
    assert len(set(same.sheetnames)) == 7
