"""What stands on each sheet of the workbook, and the charts of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.analyses.comparison import (
    BUDGETS,
    CAVEATS,
    HEADLINE_ROWS,
    MEASURES,
    Comparison,
    figure_of,
    pair_as_shown,
    ranking_as_shown,
)
from simulator.charts.palette import LIGHT
from simulator.exports.texts import BANDS, CHANCE_BY_YEAR, ENDS, NOTES, Cell, pairs
from simulator.exports.xlsx.book import (
    CHANCE,
    FIRST_WIDTH,
    FORMATS,
    MONEY,
    UNIT_WIDTH,
    WIDTH,
    Area,
    Book,
    Sheet,
)
from simulator.model.register import REGISTER, Range
from simulator.results import FIGURES, OUTCOMES, Estimate
from simulator.results.chances import decimals_needed
from simulator.results.years import SPANS
from simulator.scenario import Evidence, diff
from simulator.version import MODEL_VERSION, VERSION

if TYPE_CHECKING:
    import xlsxwriter  # type: ignore[import-untyped]

_BLUE, _GREEN = "#0072B2", "#009E73"
_PURPLE, _ORANGE, _SKY, _YELLOW = "#CC79A7", "#E69F00", "#56B4E9", "#F0E442"
_GREYS = ("#7F7F7F", "#A6A6A6", "#CCCCCC")
_BUDGET_COLOURS = (*_GREYS, _BLUE, _GREEN, _ORANGE, _PURPLE, _SKY, _YELLOW)
"""Sources in grey, instruments and savings in colour."""

_IN_PERCENT = {figure.id for figure in FIGURES.values() if figure.in_percent}
"""Ratios that the page writes as per cents; others are money for each unit spent."""
_PER_YEAR = "currency per year"


def colour_of(comparison: Comparison, place: int) -> str:
    """That of a scenario, or of carrying on, as it has on the page."""
    return LIGHT.lettered[comparison.letter(place)].colour


def shown_as(unit: str) -> str:
    """The unit by which a measure is written: money for each unit moved is no per cent."""
    return "times" if unit == "ratio" else unit


# --- headline ------------------------------------------------------------------------------------


def headline(book: Book) -> None:
    """The figures of each over its own horizon, and what the others have more than the first."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("headline")
    names, bands = book.bands(translator.heads)
    sheet.heads(0, [*book.texts("Figure", "Unit"), *names])
    sheet.heads(1, [translator.text("Each over its own horizon"), None, *bands])
    sheet.inner.freeze_panes(2, 2)
    sheet.widths((0, 0, FIRST_WIDTH), (1, 1, UNIT_WIDTH), (2, 1 + len(names), WIDTH))
    facts: tuple[tuple[str, list[Cell], str], ...] = (
        ("Currency", [scenario.organisation.currency for scenario in comparison.scenarios], ""),
        ("Horizon", [scenario.horizon_months for scenario in comparison.scenarios], "months"),
    )
    for row, (label, values, unit) in enumerate(facts, 2):
        sheet.put_row(row, [translator.text(label), translator.unit(unit)])
        for place, value in enumerate(values):
            sheet.put(row, 3 + 3 * place, value, unit)
    figures = [
        {name: figure_of(result, name) for name in HEADLINE_ROWS} for result in comparison.headlines
    ]
    _figures(book, sheet, 4, figures)
    row = 6 + len(HEADLINE_ROWS)
    sheet.heads(row, [*book.texts("Figure", "Unit"), *names])
    title = translator.text("Difference from the first, over the common months")
    sheet.heads(row + 1, [title, None, *bands])
    places = range(1, len(comparison.scenarios))
    differences = [{}, *map(comparison.differences, places)]
    _figures(book, sheet, row + 2, differences, difference=True)
    _years(book, sheet, row + 4 + len(HEADLINE_ROWS))


def _years(book: Book, sheet: Sheet, row: int) -> None:
    """The chance of each to be better than carrying on, a row for each year."""
    translator = book.translator
    names, _ = book.bands(translator.heads)
    sheet.heads(row, [*book.texts(CHANCE_BY_YEAR, "Unit"), *names])
    for year, span in enumerate(SPANS):
        sheet.put_row(row + 1 + year, book.texts(span, CHANCE))
        for place, years in enumerate(book.comparison.years):
            sheet.put(row + 1 + year, 3 + 3 * place, years.chances[year], CHANCE)


def _figures(
    book: Book,
    sheet: Sheet,
    top: int,
    columns: Sequence[Mapping[str, Estimate | float | None]],
    *,
    difference: bool = False,
) -> None:
    """The headline table: a row for each figure, three columns for each scenario."""
    translator = book.translator
    for row, figure in enumerate(HEADLINE_ROWS.values(), top):
        sheet.put_row(row, [translator.text(figure.label), translator.unit(figure.unit)])
        for place, values in enumerate(columns):
            left, value = 2 + 3 * place, values.get(figure.id)
            if isinstance(value, Estimate):
                ends = (value.low, value.central, value.high)
                cells = [translator.figure(end, figure.unit, difference=difference) for end in ends]
                times = figure.unit == "ratio" and figure.id not in _IN_PERCENT
                sheet.put_row(row, cells, left, "times" if times else figure.unit)
            elif figure.id in values:
                single = translator.text("cannot be compared") if value is None else value
                chance = figure.unit == "share" and not difference
                sheet.put(row, left + 1, single, CHANCE if chance else figure.unit)


# --- over time -----------------------------------------------------------------------------------


def over_time(book: Book, outcomes: Sequence[str]) -> None:
    """Outcomes month by month, three columns for each scenario."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("over_time")
    months, count = comparison.months, len(comparison.scenarios)
    sheet.inner.freeze_panes(3, 1)
    sheet.widths((0, 0, WIDTH))
    sheet.heads(2, [translator.text("Month")])
    for month in range(months + 1):
        sheet.put(3 + month, 0, month, "month")
    sheet.widths((1, 1 + (3 * count + 1) * len(outcomes), WIDTH))
    for block, name in enumerate(outcomes):
        outcome, left = OUTCOMES[name], 1 + block * (3 * count + 1)
        sheet.bold(0, left, f"{translator.text(outcome.label)} ({translator.unit(outcome.unit)})")
        names, bands = book.bands(translator.heads)
        sheet.heads(1, names, left)
        sheet.heads(2, bands, left)
        for place in range(count):
            for end, series in enumerate(comparison.band(place, name).tolist()):
                for month, value in enumerate(series):
                    sheet.put(3 + month, left + 3 * place + end, value, outcome.unit)
        _line_charts(book, name, left)


def _line_charts(book: Book, name: str, left: int) -> None:
    """Charts of one outcome: the median as a line, P10 and P90 dashed. What is in different
    currencies gets a chart for each."""
    outcome = OUTCOMES[name]
    money = outcome.unit.startswith("currency")
    codes = [plan.organisation.currency if money else "" for plan in book.comparison.scenarios]
    for code in dict.fromkeys(codes):
        chart = book.add_chart({"type": "line"})
        unseen: list[int] = []
        for place in [place for place, other in enumerate(codes) if other == code]:
            _add_lines(book, chart, place, left + 3 * place, unseen)
        unit = book.translator.unit(outcome.unit, code or None)
        chart.set_title({"name": book.translator.text(outcome.label)})
        chart.set_x_axis({"name": book.translator.text("Month"), "interval_unit": 12})
        pattern = FORMATS.get(outcome.unit.split(" ")[0], "General")
        chart.set_y_axis({"name": unit, "num_format": pattern, "label_position": "low"})
        chart.set_legend({"position": "bottom", "delete_series": unseen})
        book.show(chart)


def _add_lines(
    book: Book, chart: xlsxwriter.chart.Chart, place: int, left: int, unseen: list[int]
) -> None:
    """The three lines of one scenario; those that are not in the legend go to ``unseen``."""
    sheet, last = book.sheet("over_time").name, 3 + book.comparison.months
    for end in range(3):
        line: dict[str, Any] = {
            "color": colour_of(book.comparison, place),
            "width": 2.25 if end == 1 else 1.0,
        }
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


# --- budgets -------------------------------------------------------------------------------------


def budgets(book: Book) -> None:
    """Sources, instruments and savings: today and with the plan."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("budgets")
    sheet.inner.freeze_panes(1, 2)
    last = 1 + 2 * len(comparison.scenarios)
    sheet.widths((0, 0, FIRST_WIDTH), (1, 1, UNIT_WIDTH), (2, last, WIDTH))
    times = book.texts("Today", "With the plan")
    headings = [f"{name}: {time}" for name in translator.heads for time in times]
    sheet.heads(0, [*book.texts("Budgets", "Unit"), *headings])
    columns = [money for spent in comparison.spending for money in (spent.today, spent.plan)]
    rows = {label: [money[name] for money in columns] for name, label in BUDGETS.items()}
    rows["In all"] = [math.fsum(money.values()) for money in columns]
    for row, (label, values) in enumerate(rows.items(), 1):
        sheet.put_row(row, [translator.text(label), translator.unit(_PER_YEAR)])
        sheet.put_row(row, values, 2, _PER_YEAR)
    _column_chart(book, Area(sheet.name, 1, 2, len(BUDGETS), last))


def _column_chart(book: Book, area: Area) -> None:
    """Budgets as stacked columns; in different currencies, as shares of all."""
    translator = book.translator
    kind = "percent_stacked" if translator.mixed else "stacked"
    chart = book.add_chart({"type": "column", "subtype": kind})
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
    amounts = {"name": translator.unit(_PER_YEAR), "num_format": MONEY}
    chart.set_y_axis(shares if translator.mixed else amounts)
    chart.set_legend({"position": "right"})
    book.show(chart)


# --- what differs --------------------------------------------------------------------------------


def differences(book: Book) -> None:
    """In which levers, numbers of the organisation and assumptions the scenarios differ."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("differences")
    sheet.inner.freeze_panes(1, 3)
    sheet.widths((0, 0, 18), (1, 1, 50), (2, 2, UNIT_WIDTH))
    sheet.widths((3, 2 + 3 * len(translator.names), WIDTH))
    head = book.texts("Group", "What differs", "Unit")
    sheet.heads(0, [*head, *translator.heads])
    if not comparison.diffs:
        sheet.put(1, 0, translator.text("Nothing differs."))
    row = 0
    for difference in comparison.diffs:
        if difference.group == "assumptions":
            continue
        row += 1
        sheet.put_row(row, _about_difference(book, difference))
        cells = [
            None if isinstance(value, Range) else translator.input(difference.path, value)
            for value in difference.values
        ]
        sheet.put_row(row, cells, 3, difference.unit)
    assumptions = [
        difference for difference in comparison.diffs if difference.group == "assumptions"
    ]
    if not assumptions:
        return
    row += 3
    names, _ = book.bands(translator.heads)
    sheet.heads(row - 1, [*head, *names])
    ends = book.texts("Low", "Central", "High") * len(translator.names)
    sheet.heads(row, [None, None, None, *ends])
    for difference in assumptions:
        row += 1
        sheet.put_row(row, _about_difference(book, difference))
        cells = [getattr(value, end) for value in difference.values for end in ENDS]
        sheet.put_row(row, cells, 3, difference.unit)


def _about_difference(book: Book, difference: diff.Diff) -> list[Cell]:
    """What it is that differs: the first three columns."""
    translator = book.translator
    return [
        translator.text(diff.GROUPS[difference.group]),
        translator.place(difference.place),
        translator.unit(difference.unit),
    ]


# --- ranking -------------------------------------------------------------------------------------


def ranking(book: Book, asked: str) -> None:
    """How often each is the best, by every measure; and all pairs below. The measure that is
    ``asked`` for is drawn."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("ranking")
    sheet.inner.freeze_panes(1, 2)
    sheet.widths((0, 0, 26), (1, 2, 30), (3, 10, WIDTH))
    sheet.heads(0, book.texts("Measured by", "Scenario", "Unit", "Best in", "Expected rank"))
    row = 0
    for name, measure in MEASURES.items():
        label = translator.text(measure.label)
        if comparison.obstacle(name) is not None:
            row += 1
            sheet.put_row(row, [label, translator.text("cannot be compared")])
            continue
        ranks, _ = ranking_as_shown(comparison, name)
        names = [*translator.names, translator.text("Carrying on")]
        shares = (*ranks.best, ranks.carrying_on)
        places = (*ranks.rank, ranks.carrying_on_rank)
        for scenario, share, place in zip(names, shares, places, strict=True):
            row += 1
            sheet.put_row(row, [label, scenario, translator.text(CHANCE)])
            sheet.put(row, 3, share, CHANCE)
            sheet.put(row, 4, place)
        if name == asked:
            area = Area(sheet.name, row - len(names) + 1, 1, row, 3)
            _bar_chart(book, area, label, shares)
    _all_pairs(book, row + 3)


def _bar_chart(book: Book, area: Area, label: str, best: Sequence[float]) -> None:
    """How often each is the best; ``best`` is what the cells of the area hold."""
    decimals = max(decimals_needed(share, 0) for share in best if math.isfinite(share))
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": [area.sheet, 0, area.right],
            "categories": [area.sheet, area.top, area.left, area.bottom, area.left],
            "values": [area.sheet, area.top, area.right, area.bottom, area.right],
            "points": [
                {"fill": {"color": colour_of(book.comparison, place)}} for place in range(len(best))
            ],
            "data_labels": {"value": True, "num_format": book.chance_format(decimals)},
            "gap": 60,
        }
    )
    chart.set_title({"name": f"{book.translator.text('Best in')}: {label}"})
    chart.set_x_axis({"num_format": book.chance_format(0), "min": 0, "max": 1})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"none": True})
    book.show(chart)


def _all_pairs(book: Book, row: int) -> None:
    """Every two of them, from ``row`` on: is the one really better than the other?"""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("ranking")
    words = ("Better in", "No difference in", "Worse in", "Verdict")
    sheet.heads(row, book.texts("Measured by", "Compared", "With", *BANDS, *words, "Unit"))
    for name, first, second in pairs(comparison):
        row += 1
        measure = MEASURES[name]
        pair, _ = pair_as_shown(comparison, comparison.pair(first, second, name))
        difference, names = pair.difference, translator.names
        sheet.put_row(row, [translator.text(measure.label), names[second], names[first]])
        ends = (difference.low, difference.central, difference.high)
        sheet.put_row(row, ends, 3, shown_as(measure.unit))
        sheet.put_row(row, (pair.better, pair.same, pair.worse), 6, CHANCE)
        currency = comparison.scenarios[first].organisation.currency
        unit = translator.unit(measure.unit, currency)
        sheet.put_row(row, [translator.text(pair.verdict), unit], 9)


# --- assumptions ---------------------------------------------------------------------------------


def assumptions(book: Book) -> None:
    """The register: what the first scenario runs with, how well that is supported, and by what."""
    translator, sheet = book.translator, book.sheet("assumptions")
    sheet.inner.freeze_panes(1, 2)
    sheet.widths((0, 0, 22), (1, 1, 50), (2, 4, 11), (5, 5, 22), (6, 6, 8), (7, 8, 60))
    sheet.heads(
        0,
        book.texts(
            "Group",
            "Assumption",
            "Low",
            "Central",
            "High",
            "Unit",
            "Grade",
            "Source",
            "What was reported",
        ),
    )
    first = book.comparison.scenarios[0]
    own, evidence = first.ranges(), Evidence.of(first)
    for row, assumption in enumerate(REGISTER, 1):
        ends = assumption.range_in(own)
        is_own, reported = assumption.id in evidence.own, assumption.reported_figure
        source = evidence.source(assumption.id, translator.text)
        sheet.put_row(row, book.texts(assumption.group, assumption.label))
        sheet.put_row(row, (ends.low, ends.central, ends.high), 2)
        grade = evidence.grade(assumption.id)
        sheet.put_row(row, [translator.unit(assumption.unit), grade, source], 5)
        sheet.put(row, 8, translator.quoted(reported) if reported and not is_own else None)


# --- about ---------------------------------------------------------------------------------------


def _headline_draws(comparison: Comparison) -> Cell:
    """Of each scenario, in their order, where they are not all of so many."""
    draws = [headline.draws for headline in comparison.headlines]
    return draws[0] if len({*draws}) == 1 else "; ".join(map(str, draws))


def about(book: Book, when: datetime) -> None:
    """What made it, of which scenarios, and how to read it."""
    comparison, translator, sheet = book.comparison, book.translator, book.sheet("about")
    sheet.widths((0, 0, FIRST_WIDTH), (1, 7, 22))
    facts: tuple[tuple[str, Cell], ...] = (
        ("Simulator version", VERSION),
        ("Model version", MODEL_VERSION),
        ("Draws", comparison.draws),
        ("Draws of the headline figures", _headline_draws(comparison)),
        ("Seed", comparison.seed),
        ("Common months", comparison.months),
        ("Date", when.date().isoformat()),
    )
    for row, (label, value) in enumerate(facts):
        sheet.bold(row, 0, translator.text(label))
        sheet.put(row, 1, value)
    row = len(facts) + 1
    columns = ("Scenario", "Author", "Date", "Organisation", "Currency", "Horizon", "Seed")
    sheet.heads(row, book.texts(*columns, "Saved with model version"))
    for scenario in comparison.scenarios:
        row += 1
        cells: tuple[Cell, ...] = (
            scenario.name,
            scenario.author,
            scenario.date.isoformat() if scenario.date else "",
            scenario.organisation.name,
            scenario.organisation.currency,
            scenario.horizon_months,
            scenario.seed,
            scenario.results.model_version if scenario.results else "",
        )
        sheet.put_row(row, cells)
    noted = [scenario for scenario in comparison.scenarios if scenario.notes]
    if noted:
        row += 2
        sheet.heads(row, [translator.text("Notes")])
    for scenario in noted:
        sheet.bold(row + 1, 0, scenario.name)
        sheet.paragraph(row + 2, 7, scenario.notes)
        row += 2
    caveats = [CAVEATS[caveat.kind] for caveat in comparison.caveats]
    for title, lines in (("To know before comparing", caveats), ("How to read it", NOTES)):
        if lines:
            row += 2
            sheet.heads(row, [translator.text(title)])
        for line in lines:
            row += 1
            sheet.paragraph(row, 5, translator.text(line))
