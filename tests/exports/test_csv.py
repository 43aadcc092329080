"""The CSV holds the numbers of the comparison, a row for every figure."""

from __future__ import annotations

import csv
import io
import math

from simulator.analyses.comparison import (
    BUDGETS,
    HEADLINE_ROWS,
    MEASURES,
    Comparison,
    compare,
    figure_of,
)
from simulator.exports import CSV_HEADER, csv_text, workbook
from simulator.results import IN_TABLES, Estimate
from tests.support.comparisons import DEFAULT, GOOD, IDLE
from tests.support.workbooks import (
    DEEP,
    MUNICIPALITY,
    WHEN,
    mixed_comparison,
    plain_comparison,
    row_of,
    sheets_of,
)


def csv_rows(comparison: Comparison, table: str) -> list[dict[str, str]]:
    text = csv_text(comparison)
    return [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["table"] == table]


def test_csv_has_a_row_for_every_figure() -> None:
    text = csv_text(plain_comparison())
    assert text.splitlines()[0] == ",".join(CSV_HEADER) and "\r\n" in text
    comparison = plain_comparison()
    counts = {
        "headline": 3 * len(HEADLINE_ROWS),
        "difference": 2 * len(HEADLINE_ROWS),
        "over_time": 3 * 61 * len(IN_TABLES),
        "budgets": 3 * 2 * len(BUDGETS),
        "ranking": (3 + 1) * 2 * len(MEASURES),  # and carrying on
        "pair": 5 * (3 * 3 + 1),  # to one of them nothing is moved
        "caveat": 1,  # of the one that moves nothing
    }
    for table, count in counts.items():
        assert len(csv_rows(comparison, table)) == count, table


def test_csv_has_the_numbers_of_the_comparison() -> None:
    comparison = mixed_comparison()
    for row in csv_rows(comparison, "headline"):
        place = [one.name for one in comparison.scenarios].index(row["scenario"])
        figure = figure_of(comparison.headlines[place], row["id"])
        if isinstance(figure, Estimate):
            ends = [figure.low, figure.central, figure.high]
            cells = [row["p10"], row["p50"], row["p90"]]
        else:
            ends, cells = [figure], [row["value"]]
        words = {math.inf: "not within the horizon"}
        assert cells == [words.get(one, "" if math.isnan(one) else repr(one)) for one in ends]
        assert int(row["month"]) == comparison.scenarios[place].horizon_months
    units = {(row["scenario"], row["unit"]) for row in csv_rows(comparison, "budgets")}
    assert (MUNICIPALITY.name, "DKK per year") in units and (DEEP.name, "EUR per year") in units
    pairs = {(row["id"], row["scenario"], row["against"]) for row in csv_rows(comparison, "pair")}
    assert ("value.verdict", DEEP.name, DEFAULT.name) in pairs
    assert ("value.verdict", MUNICIPALITY.name, DEFAULT.name) not in pairs
    caveats = [
        (row["scenario"], row["against"], row["value"])
        for row in csv_rows(comparison, "caveat")
        if row["id"] == "currency"
    ]
    assert caveats == [(MUNICIPALITY.name, DEFAULT.name, "DKK")]
    units = {(row["scenario"], row["unit"]) for row in csv_rows(comparison, "difference")}
    assert {(MUNICIPALITY.name, "DKK"), (DEEP.name, "EUR")} <= units
    ranges = {row["id"].rpartition(".")[2] for row in csv_rows(comparison, "differing")}
    assert {"low", "central", "high"} <= ranges


def test_money_that_is_back_in_one_alone_says_which() -> None:
    """The two signs of never, and never in both, are told apart in both files."""
    late, soon = compare(GOOD, DEEP, IDLE, draws=16), compare(DEEP, GOOD, DEEP, draws=16)
    words = {}
    for name, comparison in (("late", late), ("soon", soon)):
        row = row_of(
            sheets_of(workbook(comparison, WHEN))["Headline"], "Money is back", "month", nth=1
        )
        words[name] = [row[6], row[9]]
        rows = [one for one in csv_rows(comparison, "difference") if one["id"] == "payback_month"]
        assert [one["p50"] for one in rows] == words[name]
    assert words == {"late": ["no longer in time", "–"], "soon": ["now in time", "–"]}


def test_caveats_have_a_row_for_those_that_they_are_about() -> None:
    other = DEFAULT.changed(**{"assumptions.offer_half_share": 0.07, "horizon_months": 24})
    rows = csv_rows(compare(DEFAULT, DEFAULT, other, draws=8), "caveat")
    caveats = [(row["id"], row["against"], row["value"], row["unit"]) for row in rows]
    assert caveats == [
        ("horizon", DEFAULT.name, "24", "months"),
        ("assumptions", DEFAULT.name, "1", "assumptions that differ"),
    ]


def test_notes_are_told_as_they_were_written_and_are_no_formula() -> None:
    noted = DEFAULT.changed(notes="=1+1\nwhere the numbers come from", author="Ada")
    found = compare(noted, IDLE.changed(notes=""), draws=8)
    (row,) = csv_rows(found, "notes")
    assert (row["scenario"], row["item"]) == (DEFAULT.name, "Notes")
    assert row["value"] == f"'{noted.notes}"
    about = sheets_of(workbook(found, WHEN))["About"]
    cells = {cell.value: cell.data_type for line in about.iter_rows() for cell in line}
    assert cells[noted.notes] == "s" and "Notes" in cells
