"""A workbook while it is written: its sheets, how numbers are shown, where charts go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from simulator.analyses.comparison import Comparison
from simulator.exports.texts import BANDS, SHEETS, Cell, Translate, Translator
from simulator.results.chances import decimals_needed

if TYPE_CHECKING:
    import xlsxwriter  # type: ignore[import-untyped]

FIRST_WIDTH, UNIT_WIDTH, WIDTH = 38, 26, 14
"""Of columns, in characters: the one that says what a row is, that of units, those of numbers."""

MONEY = "[>=100]#,##0;[<=-100]-#,##0;#,##0.00"
FORMATS: Mapping[str, str] = {
    "currency": MONEY,
    "share": "0.0%",
    "ratio": "0.0%",
    "times": "0.00",
    "heads": "#,##0",
    "month": "0",
    "months": "0",
    "contacts": "#,##0.##",
    "hours": "#,##0",
}
"""How a number is shown, by the first word of its unit; else with the digits that it has."""

CHANCE = "share of draws"
"""The unit of a share of the draws in which something holds."""

_CHART_SIZE = {"width": 900, "height": 420}
_CHART_ROWS = 22
"""Rows of a sheet that a chart covers."""


def percent_format(decimals: int) -> str:
    """The format of a share with so many decimals."""
    return f"0{'.' if decimals else ''}{'0' * decimals}%"


class Area(NamedTuple):
    """Cells, from the first to the last; as charts refer to them."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


class Book:
    """The workbook."""

    def __init__(
        self, file: xlsxwriter.Workbook, comparison: Comparison, translator: Translator
    ) -> None:
        self.comparison, self.translator = comparison, translator
        self.bold = file.add_format({"bold": True})
        self.title = file.add_format({"bold": True, "font_size": 16})
        self.head = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.wrapped = file.add_format({"text_wrap": True, "valign": "top"})
        self._file = file
        self._formats: dict[str, xlsxwriter.format.Format] = {}
        self._sheets = {
            key: Sheet(self, file.add_worksheet(name))
            for key, name in _sheet_names(translator.text).items()
        }
        self._charts = 0

    def sheet(self, key: str) -> Sheet:
        """One of :data:`simulator.exports.texts.SHEETS`."""
        return self._sheets[key]

    def texts(self, *texts: str) -> list[Cell]:
        """Several texts of ours, translated."""
        return [self.translator.text(text) for text in texts]

    def bands(self, names: Sequence[str]) -> tuple[list[Cell], list[Cell]]:
        """Two rows of headings: each name above P10, P50 and P90."""
        return (
            [name if place == 0 else None for name in names for place in range(3)],
            self.texts(*BANDS) * len(names),
        )

    def format(self, unit: str, value: float) -> xlsxwriter.format.Format | None:
        """How a number in this unit is shown; a share of the draws has as many decimals as it takes
        for hardly any to differ from none."""
        pattern = FORMATS.get(unit.split(" ")[0])
        if unit == CHANCE:
            pattern = self.chance_format(decimals_needed(value, 1))
        if pattern is None:
            return None
        if pattern not in self._formats:
            self._formats[pattern] = self._file.add_format({"num_format": pattern})
        return self._formats[pattern]

    def chance_format(self, decimals: int) -> str:
        """The format of a share of the draws: none and all are numbers that read as words."""
        draws = f"{self.comparison.draws:,}".replace(",", "\N{NO-BREAK SPACE}")
        none, every = (
            self.translator.text(text).replace("{draws}", draws)
            for text in ("none of {draws}", "all {draws}")
        )
        return f'[=0]"{none}";[=1]"{every}";{percent_format(decimals)}'

    def add_chart(self, kind: Mapping[str, str]) -> xlsxwriter.chart.Chart:
        """A chart that is not on a sheet yet: see :meth:`show`."""
        return self._file.add_chart(kind)

    def show(self, chart: xlsxwriter.chart.Chart) -> None:
        """Put a chart on the sheet of charts, below those that are there."""
        chart.set_size(_CHART_SIZE)
        self.sheet("charts").inner.insert_chart(_CHART_ROWS * self._charts, 0, chart)
        self._charts += 1


class Sheet:
    """One sheet: cells that hold texts as they are, and numbers in units."""

    def __init__(self, book: Book, inner: xlsxwriter.worksheet.Worksheet) -> None:
        self.inner, self._book = inner, book

    @property
    def name(self) -> str:
        """What its tab says."""
        name: str = self.inner.name
        return name

    def widths(self, *columns: tuple[int, int, float]) -> None:
        """First column, last column and width in characters, of each."""
        for first, last, width in columns:
            self.inner.set_column(first, last, width)

    def put(self, row: int, column: int, value: Cell, unit: str = "") -> None:
        """A text, or a number in this unit; nothing for ``None``."""
        if value is None:
            return
        if not isinstance(value, str):
            value = self._book.translator.number(float(value))
        if isinstance(value, str):
            self.inner.write_string(row, column, safe(value))
        elif value is not None:
            self.inner.write_number(row, column, value, self._book.format(unit, value))

    def put_row(self, row: int, cells: Iterable[Cell], left: int = 0, unit: str = "") -> None:
        """Cells beside each other, all numbers in this unit."""
        for column, value in enumerate(cells, left):
            self.put(row, column, value, unit)

    def heads(self, row: int, cells: Iterable[Cell], left: int = 0) -> None:
        """A row of headings; ``None`` leaves a cell without one."""
        for column, text in enumerate(cells, left):
            self.inner.write_string(row, column, safe(str(text or "")), self._book.head)

    def bold(self, row: int, column: int, text: str) -> None:
        """A text that stands out."""
        self.inner.write_string(row, column, safe(text), self._book.bold)

    def paragraph(self, row: int, right: int, text: str) -> None:
        """A text in lines, from the first column to ``right``, in a row that is high enough for it,
        as far as rows can be."""
        self.inner.merge_range(row, 0, row, right, "", self._book.wrapped)
        self.inner.write_string(row, 0, safe(text), self._book.wrapped)
        lines = sum(1 + len(line) // _LETTERS for line in text.splitlines())
        self.inner.set_row(row, min(max(_LINE_HEIGHT * lines, 2 * _LINE_HEIGHT), _HIGHEST_ROW))


_LETTERS = 90
"""That a line of a paragraph has at least."""
_LINE_HEIGHT, _HIGHEST_ROW = 16, 400
"""Points."""

_NO_XML = re.compile("[\ufffe\uffff]")


def safe(text: str) -> str:
    """A text that a cell takes as it is."""
    text = _NO_XML.sub("\ufffd", text)
    # The library takes what looks like its own markup for rich text, and writes it as it is.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def _sheet_names(translate: Translate) -> dict[str, str]:
    """By key: a name that Excel takes, each another one, ours in English where it would not."""
    names: dict[str, str] = {}
    for key, english in SHEETS.items():
        name = _NOT_IN_NAMES.sub(" ", translate(english))[:_LONGEST_NAME].strip("' ")
        taken = {other.casefold() for other in names.values()}
        names[key] = name if name and name.casefold() not in taken else english
    return names
