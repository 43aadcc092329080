"""How numbers and columns are written in CSV, so that a spreadsheet of the language takes them."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel.numbers import get_decimal_symbol

from simulator.i18n.language import Language

Cell = str | float | None

_FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""Also in their wide forms, which some spreadsheets read as the plain ones."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What stands between cells, and before decimals."""

    separator: str = ","
    decimal: str = "."


PLAIN = Dialect()
"""For programs, and for spreadsheets in English."""


def dialect(language: Language) -> Dialect:
    """What spreadsheets expect where people speak ``language``: with a decimal comma, cells are
    kept apart by semicolons."""
    decimal: str = get_decimal_symbol(language.locale)
    return PLAIN if decimal == PLAIN.decimal else Dialect(";", decimal)


def csv_cell(value: Cell, how: Dialect = PLAIN) -> str:
    """What spreadsheets take for what it is: no text becomes a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip()[:1] in _FORMULA_STARTS else value
    if value is None or not math.isfinite(value):
        return ""
    return str(value).replace(".", how.decimal)


def csv_table(headings: Sequence[str], rows: Iterable[Iterable[Cell]], how: Dialect) -> str:
    """A table; lines end in CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=how.separator)
    for row in (headings, *rows):
        writer.writerow([csv_cell(value, how) for value in row])
    return text.getvalue()
