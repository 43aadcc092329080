"""The first sheet of the workbook: what was asked, and the answer."""

from __future__ import annotations

from datetime import datetime

from simulator.analyses.comparison import (
    CAVEATS,
    MEASURES,
    Question,
    pair_as_shown,
    ranking_as_shown,
)
from simulator.exports.texts import BANDS, NOTES, pairs
from simulator.exports.xlsx.book import CHANCE, FIRST_WIDTH, UNIT_WIDTH, WIDTH, Book, safe
from simulator.exports.xlsx.sheets import shown_as
from simulator.results import FIGURES

VALUE = FIGURES["net_present_value"].label


def answer(book: Book, when: datetime, asked: Question) -> None:
    """What is compared, by whom, when, and which is better, by what was asked: to be read without
    the rest."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("answer")
    measure = MEASURES[asked.measure]
    sheet.widths((0, 1, FIRST_WIDTH), (2, 2, 26), (3, 6, WIDTH), (7, 7, UNIT_WIDTH))
    organisations = dict.fromkeys(scenario.organisation.name for scenario in comparison.scenarios)
    sheet.inner.write_string(0, 0, safe(", ".join(organisations)), book.title)
    sheet.put_row(1, [translator.text("Compared"), *translator.names])
    sheet.put_row(2, [translator.text("Date"), when.date().isoformat()])
    sheet.put_row(3, book.texts("Measured by", measure.label, measure.meaning))
    question = (
        "What the simulator is asked: which of these plans is better, in the same draws of the "
        "world?"
    )
    sheet.paragraph(4, 5, translator.text(question))
    row = _answered_pairs(book, 6, asked)
    row = _answered_values(book, row + 2, asked.measure)
    notes = asked.notes or [translator.text(CAVEATS[one.kind]) for one in comparison.caveats]
    for note in (*notes, translator.text(NOTES[2])):
        row += 1
        sheet.paragraph(row + 1, 5, note)


def _answered_pairs(book: Book, row: int, asked: Question) -> int:
    """The pair that is asked about, and below it all others; the last row."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("answer")
    unit = MEASURES[asked.measure].unit
    sheet.heads(row, book.texts("Scenario", "With", "Verdict", "Better in", *BANDS, "Unit"))
    couple = (asked.first, asked.second)
    others = [
        (first, second)
        for measure, first, second in pairs(comparison)
        if measure == asked.measure and {first, second} != {*couple}
    ]
    names = [*translator.names, translator.text("Carrying on")]
    for first, second in (couple, *others):
        row += 1
        sheet.put_row(row, [names[second], names[first]])
        if comparison.obstacle(asked.measure, first, second):
            sheet.put(row, 2, translator.text("cannot be compared"))
            continue
        pair, _ = pair_as_shown(comparison, comparison.pair(first, second, asked.measure))
        sheet.put(row, 2, translator.text(pair.verdict))
        sheet.put(row, 3, pair.better, CHANCE)
        ends = (pair.difference.low, pair.difference.central, pair.difference.high)
        sheet.put_row(row, ends, 4, shown_as(unit))
        currency = comparison.scenarios[min(first, second)].organisation.currency
        sheet.put(row, 7, translator.unit(unit, currency))
    return row


def _answered_values(book: Book, row: int, measure: str) -> int:
    """What each is worth, and how often it is the best, carrying on among them; the last row."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("answer")
    sheet.heads(row, book.texts("Scenario", VALUE, "Verdict", "Best in"))
    best: tuple[float, ...] = ()
    if comparison.obstacle(measure) is None:
        ranked, _ = ranking_as_shown(comparison, measure)
        best = (*ranked.best, ranked.carrying_on)
    for place, figures in enumerate(comparison.headlines):
        sheet.put(row + 1 + place, 0, translator.heads[place])
        sheet.put(row + 1 + place, 1, figures.net_present_value.central, "currency")
        sheet.put(row + 1 + place, 2, translator.text(figures.verdict))
    row += 1
    if best:
        sheet.put(row + comparison.carrying_on, 0, translator.text("Carrying on"))
    for place, share in enumerate(best):
        sheet.put(row + place, 3, share, CHANCE)
    return row + len(comparison.headlines)
