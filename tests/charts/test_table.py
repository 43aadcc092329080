"""What a chart shows, as a table: the numbers that are drawn, carrying on and pins among them."""

from __future__ import annotations

import csv
import io
import math

import pytest

from simulator import charts
from simulator.charts import Shown
from simulator.exports import csv_table, dialect
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.scenario import Scenario
from tests.support.drawn_charts import languages


@languages
@pytest.mark.parametrize("name", ["customers", "cumulative_value", "trust"])
def test_a_chart_over_time_has_all_its_lines(
    name: str, language: Language, base: Scenario, full: Shown
) -> None:
    table = charts.CHARTS[name].table(base, full, language)
    months = full.results.horizon_months + 1
    assert [row[0] for row in table.rows] == list(range(months))
    columns = list(zip(*table.rows, strict=True))
    assert columns[1:4] == [tuple(band) for band in full.results.plan[name].tolist()]
    assert columns[4:7] == [tuple(band) for band in full.results.baseline[name].tolist()]
    old = full.old_median(name)
    lines = 2 + len(full.pins)
    assert len(table.headings) == len(columns) == 1 + 3 * lines + (old is not None)
    assert all(pin.name in " ".join(table.headings) for pin in full.pins)


def test_flows_and_chances_have_their_tables(base: Scenario, full: Shown) -> None:
    flows = charts.CHARTS["money_flow"].table(base, full, ENGLISH)
    assert math.fsum(float(row[2] or 0.0) for row in flows.rows) == pytest.approx(
        math.fsum(charts.flows(base).values())
    )
    years = charts.CHARTS["chance_by_year"].table(base, full, ENGLISH)
    assert [row[0] for row in years.rows] == list(range(1, 11))
    known = full.results.years.chances
    assert [row[1] for row in years.rows][: len(known)] == list(known)


@pytest.mark.parametrize(("code", "line"), [("en", "1,-0.5,,Ærø"), ("nl", "1;-0,5;;Ærø")])
def test_a_spreadsheet_of_the_language_reads_numbers(code: str, line: str) -> None:
    how = dialect(LANGUAGES[code])
    text = csv_table(("a", "b", "c", "d"), [(1, -0.5, math.nan, "Ærø"), (0, 0, 0, "=1+1")], how)
    assert text.splitlines()[1] == line
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=how.separator))
    assert rows[2][3] == "'=1+1"
