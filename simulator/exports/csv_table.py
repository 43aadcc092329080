"""A comparison as CSV: one table, a figure a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

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
from simulator.exports.dialect import PLAIN, Dialect, csv_cell
from simulator.exports.texts import CHANCE_BY_YEAR, ENDS, Cell, Translate, Translator, pairs, ranked
from simulator.model.register import Range
from simulator.results import IN_TABLES, OUTCOMES, Estimate

CSV_HEADER: tuple[str, ...] = (
    "table",
    "id",
    "item",
    "unit",
    "month",
    "scenario",
    "against",
    "value",
    "p10",
    "p50",
    "p90",
)
"""Columns of :func:`csv_text`, the same in every language."""


def csv_text(
    comparison: Comparison,
    *,
    outcomes: Sequence[str] = IN_TABLES,
    translate: Translate = lambda text: text,
    noun: Translate = lambda text: text,
    how: Dialect = PLAIN,
) -> str:
    """The comparison as one table, a figure a row; see :data:`CSV_HEADER`.

    ``table`` is one of ``headline``, ``difference``, ``over_time``, ``chance_by_year``,
    ``budgets``, ``differing``, ``ranking``, ``pair``, ``caveat`` and ``notes``, ``id`` is stable,
    ``item`` and ``unit`` are in the language of ``translate``, what customers are called in that of
    ``noun``. Notes are those of the scenarios that have some, as somebody wrote them.
    An assumption's range stands in three rows. A
    caveat has a row for each scenario that it is about. Empty: not defined, or not to be compared;
    money that is not back in time is told in words. Lines end in CR LF. Raises ``KeyError`` for an
    outcome that does not exist.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, CSV_HEADER, restval="", delimiter=how.separator)
    writer.writeheader()
    translator = Translator(comparison, translate, noun)
    tables = (
        _headline_rows,
        lambda comparison, translator: _month_rows(comparison, translator, outcomes),
        _year_rows,
        _budget_rows,
        _diff_rows,
        _ranking_rows,
        _pair_rows,
        _caveat_rows,
        _notes_rows,
    )
    for rows in tables:
        for row in rows(comparison, translator):
            writer.writerow({key: csv_cell(value, how) for key, value in row.items()})
    return text.getvalue()


Row = dict[str, Cell]


def _figures(figure: Estimate | float | None) -> Row:
    if isinstance(figure, Estimate):
        return {"p10": figure.low, "p50": figure.central, "p90": figure.high}
    return {"value": figure}


def _figure_cells(
    figure: Estimate | float | None, unit: str, translator: Translator, *, difference: bool
) -> Row:
    """The same, with the words for money that is not back in time."""
    return {
        key: translator.figure(value, unit, difference=difference)
        if isinstance(value, float)
        else value
        for key, value in _figures(figure).items()
    }


def _headline_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for figure in HEADLINE_ROWS.values():
        for place, headline in enumerate(comparison.headlines):
            scenario = comparison.scenarios[place]
            yield {
                "table": "headline",
                "id": figure.id,
                "item": translator.text(figure.label),
                "unit": translator.unit(figure.unit, scenario.organisation.currency),
                "month": scenario.horizon_months,
                "scenario": scenario.name,
                **_figure_cells(
                    figure_of(headline, figure.id), figure.unit, translator, difference=False
                ),
            }
    for place in range(1, len(comparison.scenarios)):
        differences = comparison.differences(place)
        currency = comparison.scenarios[place].organisation.currency
        for figure in HEADLINE_ROWS.values():
            yield {
                "table": "difference",
                "id": figure.id,
                "item": translator.text(figure.label),
                "unit": translator.unit(figure.unit, currency),
                "month": comparison.months,
                "scenario": translator.names[place],
                "against": translator.names[0],
                **_figure_cells(differences[figure.id], figure.unit, translator, difference=True),
            }


def _month_rows(
    comparison: Comparison, translator: Translator, outcomes: Sequence[str]
) -> Iterator[Row]:
    for name in outcomes:
        outcome = OUTCOMES[name]
        for place, scenario in enumerate(comparison.scenarios):
            unit = translator.unit(outcome.unit, scenario.organisation.currency)
            for month, ends in enumerate(comparison.band(place, name).T.tolist()):
                yield {
                    "table": "over_time",
                    "id": name,
                    "item": translator.text(outcome.label),
                    "unit": unit,
                    "month": month,
                    "scenario": scenario.name,
                    **_figures(Estimate(*ends)),
                }


def _year_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for scenario, years in zip(comparison.scenarios, comparison.years, strict=True):
        for year, chance in enumerate(years.chances, 1):
            yield {
                "table": "chance_by_year",
                "id": "chance_by_year",
                "item": translator.text(CHANCE_BY_YEAR),
                "unit": translator.text("share of draws"),
                "month": 12 * year,
                "scenario": scenario.name,
                "value": chance,
            }


def _budget_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for scenario, spent in zip(comparison.scenarios, comparison.spending, strict=True):
        for month, money in ((0, spent.today), (comparison.months, spent.plan)):
            for name, label in BUDGETS.items():
                yield {
                    "table": "budgets",
                    "id": name,
                    "item": translator.text(label),
                    "unit": translator.unit("currency per year", scenario.organisation.currency),
                    "month": month,
                    "scenario": scenario.name,
                    "value": money[name],
                }


def _diff_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for difference in comparison.diffs:
        for scenario, value in zip(comparison.scenarios, difference.values, strict=True):
            row: Row = {
                "table": "differing",
                "id": difference.path,
                "item": translator.place(difference.place),
                "unit": translator.unit(difference.unit, scenario.organisation.currency),
                "scenario": scenario.name,
            }
            if isinstance(value, Range):
                for end in ENDS:
                    yield {**row, "id": f"{difference.path}.{end}", "value": getattr(value, end)}
            else:
                yield {**row, "value": translator.input(difference.path, value)}


def _ranking_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for measure in ranked(comparison):
        ranking, _ = ranking_as_shown(comparison, measure)
        names = [*translator.names, translator.text("Carrying on")]
        for what, label, unit, values in (
            ("best", "Best in", "share of draws", (*ranking.best, ranking.carrying_on)),
            ("rank", "Expected rank", "rank", (*ranking.rank, ranking.carrying_on_rank)),
        ):
            for name, value in zip(names, values, strict=True):
                yield {
                    "table": "ranking",
                    "id": f"{measure}.{what}",
                    "item": f"{translator.text(MEASURES[measure].label)}: {translator.text(label)}",
                    "unit": translator.text(unit),
                    "month": comparison.months,
                    "scenario": name,
                    "value": value,
                }


def _pair_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for measure, first, second in pairs(comparison):
        pair, _ = pair_as_shown(comparison, comparison.pair(first, second, measure))
        label = translator.text(MEASURES[measure].label)
        currency = comparison.scenarios[first].organisation.currency
        row: Row = {
            "table": "pair",
            "month": comparison.months,
            "scenario": translator.names[second],
            "against": translator.names[first],
        }
        for what, word, unit, figures in (
            ("difference", "Difference", MEASURES[measure].unit, _figures(pair.difference)),
            ("better", "Better in", "share of draws", {"value": pair.better}),
            ("same", "No difference in", "share of draws", {"value": pair.same}),
            ("worse", "Worse in", "share of draws", {"value": pair.worse}),
            ("verdict", "Verdict", "text", {"value": translator.text(pair.verdict)}),
        ):
            yield {
                **row,
                "id": f"{measure}.{what}",
                "item": f"{label}: {translator.text(word)}",
                "unit": translator.unit(unit, currency),
                **figures,
            }


_CAVEAT_UNITS: Mapping[str, str] = {
    "horizon": "months",
    "assumptions": "assumptions that differ",
    "nothing_moved": "currency",
    "undefined": "share of draws",
}
"""Of a caveat's values, by its kind; others have none."""

_OF_ITSELF = frozenset({"model", "nothing_moved", "undefined"})
"""Caveats about a scenario as it is; the others are about how it differs from the first."""


def _caveat_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for caveat in comparison.caveats:
        for place in caveat.scenarios:
            currency = comparison.scenarios[place].organisation.currency
            yield {
                "table": "caveat",
                "id": caveat.kind,
                "item": translator.text(CAVEATS[caveat.kind]),
                "unit": translator.unit(_CAVEAT_UNITS.get(caveat.kind, ""), currency),
                "scenario": translator.names[place],
                "against": "" if caveat.kind in _OF_ITSELF else translator.names[0],
                "value": caveat.values[place],
            }


def _notes_rows(comparison: Comparison, translator: Translator) -> Iterator[Row]:
    for scenario in comparison.scenarios:
        if scenario.notes:
            yield {
                "table": "notes",
                "id": "notes",
                "item": translator.text("Notes"),
                "unit": translator.text("text"),
                "scenario": scenario.name,
                "value": scenario.notes,
            }
