"""A comparison as an Excel workbook with native charts."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.analyses.comparison import (
    BUDGETS,
    CAVEATS,
    HEADLINE_ROWS,
    MEASURES,
    Comparison,
    figure_of,
)
from simulator.exports.texts import (
    BANDS,
    ENDS,
    NOTES,
    OVER_TIME,
    SHEETS,
    Cell,
    Translate,
    Translator,
    pairs,
)
from simulator.results import OUTCOMES, Estimate
from simulator.results.chances import decimals_needed
from simulator.scenario import diff
from simulator.version import MODEL_VERSION, VERSION

if TYPE_CHECKING:
    import xlsxwriter  # type: ignore[import-untyped]

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""One for each scenario: distinct for all kinds of colour vision (Okabe and Ito)."""
_BUDGET_COLOURS = (
    "#7F7F7F",
    "#A6A6A6",
    "#CCCCCC",
    "#0072B2",
    "#009E73",
    "#E69F00",
    "#CC79A7",
    "#56B4E9",
    "#F0E442",
)
"""Sources in grey, instruments and savings in colour."""


def workbook(
    comparison: Comparison,
    when: datetime,
    *,
    outcomes: Sequence[str] = OVER_TIME,
    translate: Translate = lambda text: text,
) -> bytes:
    """The comparison as an Excel workbook (xlsx) with native charts, one sheet for each of
    :data:`SHEETS`. ``when``: the date that it says it was made; the same input gives the same
    bytes. Raises ``KeyError`` for an outcome that does not exist."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": translate("Compared"), "created": when})
        _Book(book, comparison, Translator(comparison, translate), tuple(outcomes), when).write()
    return target.getvalue()


_MONEY = "[>=100]#,##0;[<=-100]-#,##0;#,##0.00"
_KINDS: Mapping[str, str] = {
    "currency": _MONEY,
    "share": "0.0%",
    "ratio": "0.0%",
    "heads": "#,##0",
    "month": "0",
    "months": "0",
    "contacts": "#,##0.##",
    "hours": "#,##0",
}
"""How a number is shown, by the first word of its unit; else with the digits that it has."""

_CHANCE = "share of draws"


def _percent(decimals: int) -> str:
    """The format of a share with so many decimals."""
    return f"0{'.' if decimals else ''}{'0' * decimals}%"


_FIRST_WIDTH, _UNIT_WIDTH, _WIDTH = 38, 26, 14
_CHART_SIZE = {"width": 900, "height": 420}
_CHART_ROWS = 22
"""Rows of a sheet that a chart covers."""

_NO_XML = re.compile("[\ufffe\uffff]")


def _safe(text: str) -> str:
    """A text that a cell takes as it is."""
    text = _NO_XML.sub("\ufffd", text)
    # The library takes what looks like its own markup for rich text, and writes it as it is.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


class _Area(NamedTuple):
    """Cells, from the first to the last; as charts refer to them."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class _Book:
    """The workbook while it is written."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        comparison: Comparison,
        translator: Translator,
        outcomes: tuple[str, ...],
        when: datetime,
    ) -> None:
        self._book, self._comparison, self._translator = book, comparison, translator
        self._outcomes, self._when = outcomes, when
        self._formats: dict[str, xlsxwriter.format.Format] = {}
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._sheets = {
            key: book.add_worksheet(name) for key, name in _sheet_names(translator.text).items()
        }
        self._charts = 0

    def write(self) -> None:
        """All sheets."""
        self._headline()
        self._over_time()
        self._budgets()
        self._differences()
        self._ranking()
        self._about()

    # --- cells -----------------------------------------------------------------------------------

    def _put(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        row: int,
        column: int,
        value: Cell,
        unit: str | None = None,
    ) -> None:
        """A text, or a number in this unit; a share of the draws has as many decimals as it takes
        for hardly any to differ from none."""
        if value is None:
            return
        if not isinstance(value, str):
            value = self._translator.number(float(value))
        if isinstance(value, str):
            sheet.write_string(row, column, _safe(value))
        elif value is not None:
            sheet.write_number(row, column, value, self._format(unit, value))

    def _format(self, unit: str | None, value: float) -> xlsxwriter.format.Format | None:
        pattern = _KINDS.get((unit or "").split(" ")[0])
        if unit == _CHANCE:
            pattern = _percent(decimals_needed(value, 1))
        if pattern is None:
            return None
        if pattern not in self._formats:
            self._formats[pattern] = self._book.add_format({"num_format": pattern})
        return self._formats[pattern]

    def _heads(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        row: int,
        cells: Iterable[Cell],
        column: int = 0,
    ) -> None:
        """A row of headings; ``None`` leaves a cell without one."""
        for place, text in enumerate(cells, column):
            sheet.write_string(row, place, _safe(str(text or "")), self._head)

    def _texts(self, *words: str) -> list[Cell]:
        return [self._translator.text(word) for word in words]

    def _bands(self, names: Sequence[str]) -> tuple[list[Cell], list[Cell]]:
        """Two rows of headings: each name above P10, P50 and P90."""
        return (
            [name if place == 0 else None for name in names for place in range(3)],
            self._texts(*BANDS) * len(names),
        )

    # --- headline --------------------------------------------------------------------------------

    def _headline(self) -> None:
        comparison, translator, sheet = self._comparison, self._translator, self._sheets["headline"]
        names, bands = self._bands(translator.heads)
        self._heads(sheet, 0, [*self._texts("Figure", "Unit"), *names])
        self._heads(sheet, 1, [translator.text("Each over its own horizon"), None, *bands])
        sheet.freeze_panes(2, 2)
        sheet.set_column(0, 0, _FIRST_WIDTH)
        sheet.set_column(1, 1, _UNIT_WIDTH)
        sheet.set_column(2, 1 + len(names), _WIDTH)
        facts: tuple[tuple[str, list[Cell], str], ...] = (
            ("Currency", [one.organisation.currency for one in comparison.scenarios], ""),
            ("Horizon", [one.horizon_months for one in comparison.scenarios], "months"),
        )
        for row, (label, values, unit) in enumerate(facts, 2):
            self._put(sheet, row, 0, translator.text(label))
            self._put(sheet, row, 1, translator.unit(unit))
            for place, value in enumerate(values):
                self._put(sheet, row, 3 + 3 * place, value, unit)
        self._figures(
            sheet,
            4,
            [
                {name: figure_of(one, name) for name in HEADLINE_ROWS}
                for one in comparison.headlines
            ],
        )
        row = 6 + len(HEADLINE_ROWS)
        self._heads(sheet, row, [*self._texts("Figure", "Unit"), *names])
        title = translator.text("Difference from the first, over the common months")
        self._heads(sheet, row + 1, [title, None, *bands])
        others = range(1, len(comparison.scenarios))
        less = [{}, *map(comparison.differences, others)]
        self._figures(sheet, row + 2, less, difference=True)

    def _figures(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        top: int,
        columns: Sequence[Mapping[str, Estimate | float | None]],
        *,
        difference: bool = False,
    ) -> None:
        """The headline table: a row for each figure, three columns for each scenario."""
        translator = self._translator
        for row, figure in enumerate(HEADLINE_ROWS.values(), top):
            self._put(sheet, row, 0, translator.text(figure.label))
            self._put(sheet, row, 1, translator.unit(figure.unit))
            for place, values in enumerate(columns):
                left, found = 2 + 3 * place, values.get(figure.id)
                if isinstance(found, Estimate):
                    for step, value in enumerate((found.low, found.central, found.high)):
                        cell = translator.figure(value, figure.unit, difference=difference)
                        self._put(sheet, row, left + step, cell, figure.unit)
                elif figure.id in values:
                    single = translator.text("cannot be compared") if found is None else found
                    chance = figure.unit == "share" and not difference
                    self._put(sheet, row, left + 1, single, _CHANCE if chance else figure.unit)

    # --- over time -------------------------------------------------------------------------------

    def _over_time(self) -> None:
        comparison, translator, sheet = (
            self._comparison,
            self._translator,
            self._sheets["over_time"],
        )
        months, count = comparison.months, len(comparison.scenarios)
        sheet.freeze_panes(3, 1)
        sheet.set_column(0, 0, _WIDTH)
        self._heads(sheet, 2, [translator.text("Month")])
        for month in range(months + 1):
            self._put(sheet, 3 + month, 0, month, "month")
        sheet.set_column(1, 1 + (3 * count + 1) * len(self._outcomes), _WIDTH)
        for block, name in enumerate(self._outcomes):
            outcome, left = OUTCOMES[name], 1 + block * (3 * count + 1)
            title = f"{translator.text(outcome.label)} ({translator.unit(outcome.unit)})"
            sheet.write_string(0, left, _safe(title), self._bold)
            names, bands = self._bands(translator.heads)
            self._heads(sheet, 1, names, left)
            self._heads(sheet, 2, bands, left)
            for place in range(count):
                for end, series in enumerate(comparison.band(place, name).tolist()):
                    for month, value in enumerate(series):
                        self._put(sheet, 3 + month, left + 3 * place + end, value, outcome.unit)
            self._lines(name, left)

    def _lines(self, outcome: str, left: int) -> None:
        """Charts of one outcome: the median as a line, P10 and P90 dashed. What is in different
        currencies gets a chart for each."""
        scenarios, about = self._comparison.scenarios, OUTCOMES[outcome]
        money = about.unit.startswith("currency")
        codes = [one.organisation.currency if money else "" for one in scenarios]
        for code in dict.fromkeys(codes):
            chart = self._book.add_chart({"type": "line"})
            unseen: list[int] = []
            for place in [place for place, one in enumerate(codes) if one == code]:
                self._line_of(chart, place, left + 3 * place, unseen)
            unit = self._translator.unit(about.unit, code or None)
            chart.set_title({"name": self._translator.text(about.label)})
            chart.set_x_axis({"name": self._translator.text("Month"), "interval_unit": 12})
            pattern = _KINDS.get(about.unit.split(" ")[0], "General")
            chart.set_y_axis({"name": unit, "num_format": pattern, "label_position": "low"})
            chart.set_legend({"position": "bottom", "delete_series": unseen})
            self._show(chart)

    def _line_of(
        self, chart: xlsxwriter.chart.Chart, place: int, left: int, unseen: list[int]
    ) -> None:
        """The three lines of one scenario; those that are not in the legend go to ``unseen``."""
        sheet, last = self._sheets["over_time"].name, 3 + self._comparison.months
        for end in range(3):
            line: dict[str, Any] = {"color": COLOURS[place], "width": 2.25 if end == 1 else 1.0}
            if end != 1:
                line["dash_type"] = "dash"
                unseen.append(len(chart.series))
            column = left + end
            chart.add_series(
                {
                    "name": [sheet, 1, left],
                    "categories": [sheet, 3, 0, last, 0],
                    "values": [sheet, 3, column, last, column],
                    "line": line,
                    "marker": {"type": "none"},
                }
            )

    def _show(self, chart: xlsxwriter.chart.Chart) -> None:
        """Below those that are there."""
        chart.set_size(_CHART_SIZE)
        self._sheets["charts"].insert_chart(_CHART_ROWS * self._charts, 0, chart)
        self._charts += 1

    # --- budgets ---------------------------------------------------------------------------------

    def _budgets(self) -> None:
        comparison, translator, sheet = self._comparison, self._translator, self._sheets["budgets"]
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, _FIRST_WIDTH)
        sheet.set_column(1, 1, _UNIT_WIDTH)
        last = 1 + 2 * len(comparison.scenarios)
        sheet.set_column(2, last, _WIDTH)
        then = self._texts("Today", "With the plan")
        columns_of = [f"{name}: {one}" for name in translator.heads for one in then]
        self._heads(sheet, 0, [*self._texts("Budgets", "Unit"), *columns_of])
        columns = [money for one in comparison.spending for money in (one.today, one.plan)]
        for row, (name, label) in enumerate(BUDGETS.items(), 1):
            self._put(sheet, row, 0, translator.text(label))
            self._put(sheet, row, 1, translator.unit("currency per year"))
            for column, money in enumerate(columns, 2):
                self._put(sheet, row, column, money[name], "currency per year")
        total = 1 + len(BUDGETS)
        self._put(sheet, total, 0, translator.text("In all"))
        self._put(sheet, total, 1, translator.unit("currency per year"))
        for column, money in enumerate(columns, 2):
            self._put(sheet, total, column, math.fsum(money.values()), "currency per year")
        self._columns(_Area(sheet.name, 1, 2, total - 1, last))

    def _columns(self, area: _Area) -> None:
        """Budgets as stacked columns; in different currencies, as shares of all."""
        translator = self._translator
        kind = "percent_stacked" if translator.mixed else "stacked"
        chart = self._book.add_chart({"type": "column", "subtype": kind})
        for row in range(area.top, area.bottom + 1):
            chart.add_series(
                {
                    "name": [area.sheet, row, 0],
                    "categories": [area.sheet, 0, area.left, 0, area.right],
                    "values": [area.sheet, row, area.left, row, area.right],
                    "fill": {"color": _BUDGET_COLOURS[row - area.top]},
                    "gap": 60,
                }
            )
        chart.set_title({"name": translator.text("Budgets")})
        shares = {"num_format": "0%"}
        amounts = {"name": translator.unit("currency per year"), "num_format": _MONEY}
        chart.set_y_axis(shares if translator.mixed else amounts)
        chart.set_legend({"position": "right"})
        self._show(chart)

    # --- what differs ----------------------------------------------------------------------------

    def _differences(self) -> None:
        comparison, translator, sheet = (
            self._comparison,
            self._translator,
            self._sheets["differences"],
        )
        sheet.freeze_panes(1, 3)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 50)
        sheet.set_column(2, 2, _UNIT_WIDTH)
        sheet.set_column(3, 2 + 3 * len(translator.names), _WIDTH)
        head = self._texts("Group", "What differs", "Unit")
        self._heads(sheet, 0, [*head, *translator.heads])
        if not comparison.differing:
            self._put(sheet, 1, 0, translator.text("Nothing differs."))
        row = 0
        for one in comparison.differing:
            if one.group == "assumptions":
                continue
            row += 1
            self._differing(row, one)
            for place, value in enumerate(one.values):
                self._put(sheet, row, 3 + place, _number_or_text(value), one.unit)
        worlds = [one for one in comparison.differing if one.group == "assumptions"]
        if not worlds:
            return
        row += 3
        names, _ = self._bands(translator.heads)
        self._heads(sheet, row - 1, [*head, *names])
        ends = self._texts("Low", "Central", "High") * len(translator.names)
        self._heads(sheet, row, [None, None, None, *ends])
        for one in worlds:
            row += 1
            self._differing(row, one)
            for place, value in enumerate(one.values):
                for step, end in enumerate(ENDS):
                    self._put(sheet, row, 3 + 3 * place + step, getattr(value, end), one.unit)

    def _differing(self, row: int, one: diff.Diff) -> None:
        """What it is that differs: the first three columns."""
        translator, sheet = self._translator, self._sheets["differences"]
        self._put(sheet, row, 0, translator.text(diff.GROUPS[one.group]))
        self._put(sheet, row, 1, translator.place(one.place))
        self._put(sheet, row, 2, translator.unit(one.unit))

    # --- ranking ---------------------------------------------------------------------------------

    def _ranking(self) -> None:
        comparison, translator, sheet = self._comparison, self._translator, self._sheets["ranking"]
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 2, 30)
        sheet.set_column(3, 10, _WIDTH)
        self._heads(sheet, 0, self._texts("by", "Scenario", "Unit", "Best in", "Expected rank"))
        row, charted = 0, False
        for measure, about in MEASURES.items():
            label = translator.text(about.label)
            if comparison.obstacle(measure) is not None:
                row += 1
                self._put(sheet, row, 0, label)
                self._put(sheet, row, 1, translator.text("cannot be compared"))
                continue
            found = comparison.ranking(measure)
            for place, name in enumerate(translator.names):
                row += 1
                self._put(sheet, row, 0, label)
                self._put(sheet, row, 1, name)
                self._put(sheet, row, 2, translator.text(_CHANCE))
                self._put(sheet, row, 3, found.best[place], _CHANCE)
                self._put(sheet, row, 4, found.rank[place])
            if not charted:
                area = _Area(sheet.name, row - len(translator.names) + 1, 1, row, 3)
                self._bars(area, label, found.best)
                charted = True
        self._all_pairs(row + 3)

    def _bars(self, area: _Area, label: str, best: Sequence[float]) -> None:
        """How often each is the best; ``best`` is what the cells of the area hold."""
        decimals = max(decimals_needed(share, 0) for share in best)
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": [area.sheet, 0, area.right],
                "categories": [area.sheet, area.top, area.left, area.bottom, area.left],
                "values": [area.sheet, area.top, area.right, area.bottom, area.right],
                "points": [{"fill": {"color": colour}} for colour in COLOURS],
                "data_labels": {"value": True, "num_format": _percent(decimals)},
                "gap": 60,
            }
        )
        chart.set_title({"name": f"{self._translator.text('Best in')}: {label}"})
        chart.set_x_axis({"num_format": "0%", "min": 0, "max": 1})
        chart.set_y_axis({"reverse": True})
        chart.set_legend({"none": True})
        self._show(chart)

    def _all_pairs(self, row: int) -> None:
        """Every two of them: is the one really better than the other?"""
        comparison, translator, sheet = self._comparison, self._translator, self._sheets["ranking"]
        words = ("Better in", "No difference in", "Worse in", "Verdict")
        head = self._texts("by", "Compared", "With", *BANDS, *words, "Unit")
        self._heads(sheet, row, head)
        for measure, first, second in pairs(comparison):
            row += 1
            about, pair = MEASURES[measure], comparison.pair(first, second, measure)
            self._put(sheet, row, 0, translator.text(about.label))
            self._put(sheet, row, 1, translator.names[second])
            self._put(sheet, row, 2, translator.names[first])
            seen = pair.difference
            for column, value in enumerate((seen.low, seen.central, seen.high), 3):
                self._put(sheet, row, column, value, about.unit)
            for column, value in enumerate((pair.better, pair.same, pair.worse), 6):
                self._put(sheet, row, column, value, _CHANCE)
            self._put(sheet, row, 9, translator.text(pair.verdict))
            currency = comparison.scenarios[first].organisation.currency
            self._put(sheet, row, 10, translator.unit(about.unit, currency))

    # --- about -----------------------------------------------------------------------------------

    def _about(self) -> None:
        comparison, translator, sheet = self._comparison, self._translator, self._sheets["about"]
        sheet.set_column(0, 0, _FIRST_WIDTH)
        sheet.set_column(1, 7, 22)
        facts: tuple[tuple[str, Cell], ...] = (
            ("Simulator version", VERSION),
            ("Model version", MODEL_VERSION),
            ("Draws", comparison.draws),
            ("Seed", comparison.seed),
            ("Common months", comparison.months),
            ("Date", self._when.date().isoformat()),
        )
        for row, (word, value) in enumerate(facts):
            sheet.write_string(row, 0, _safe(translator.text(word)), self._bold)
            self._put(sheet, row, 1, value)
        row = len(facts) + 1
        columns = ("Scenario", "Author", "Date", "Organisation", "Currency", "Horizon", "Seed")
        self._heads(sheet, row, self._texts(*columns, "Saved with model version"))
        for one in comparison.scenarios:
            row += 1
            cells: tuple[Cell, ...] = (
                one.name,
                one.author,
                one.date.isoformat() if one.date else "",
                one.organisation.name,
                one.organisation.currency,
                one.horizon_months,
                one.seed,
                one.results.model_version if one.results else "",
            )
            for column, cell in enumerate(cells):
                self._put(sheet, row, column, cell)
        caveats = [CAVEATS[one.kind] for one in comparison.caveats]
        for title, lines in (("To know before comparing", caveats), ("How to read it", NOTES)):
            if lines:
                row += 2
                self._heads(sheet, row, [translator.text(title)])
            for line in lines:
                row += 1
                sheet.merge_range(row, 0, row, 5, "", self._wrapped)
                sheet.write_string(row, 0, _safe(translator.text(line)), self._wrapped)
                sheet.set_row(row, 32)


def _number_or_text(value: diff.Value) -> Cell:
    return value if isinstance(value, str | float) else None


_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def _sheet_names(translate: Translate) -> dict[str, str]:
    """By key: a name that Excel takes, each another one, ours in English where it would not."""
    names: dict[str, str] = {}
    for key, english in SHEETS.items():
        said = _NOT_IN_NAMES.sub(" ", translate(english))[:_LONGEST_NAME].strip("' ")
        taken = {one.casefold() for one in names.values()}
        names[key] = said if said and said.casefold() not in taken else english
    return names
