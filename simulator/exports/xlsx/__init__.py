"""A comparison as an Excel workbook with native charts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from simulator.analyses.comparison import Comparison, Question, question_of
from simulator.exports.texts import Translate, Translator
from simulator.exports.xlsx import sheets
from simulator.exports.xlsx.answer import answer
from simulator.exports.xlsx.book import Book
from simulator.results import IN_TABLES


def workbook(
    comparison: Comparison,
    when: datetime,
    *,
    question: Question | None = None,
    outcomes: Sequence[str] = IN_TABLES,
    translate: Translate = lambda text: text,
    noun: Translate = lambda text: text,
    quoted: Translate | None = None,
) -> bytes:
    """The comparison as an Excel workbook (xlsx) with native charts, one sheet for each of
    :data:`simulator.exports.texts.SHEETS`. ``question`` is what the first of them answers, and what
    is said there besides; if it is left open, what all can be asked. ``noun`` translates what
    customers are called, ``quoted`` what sources reported of theirs (``translate`` if it is not
    given); ``when`` is the date that it says it was made; the same input gives the same bytes.
    Raises ``KeyError`` for an outcome that does not exist."""
    import xlsxwriter  # type: ignore[import-untyped]

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as file:
        file.set_properties({"title": translate("Compared"), "created": when})
        book = Book(file, comparison, Translator(comparison, translate, noun, quoted))
        asked = question or question_of(comparison)
        answer(book, when, asked)
        sheets.headline(book)
        sheets.over_time(book, outcomes)
        sheets.budgets(book)
        sheets.differences(book)
        sheets.ranking(book, asked.measure)
        sheets.assumptions(book)
        sheets.about(book, when)
    return target.getvalue()
