"""What analyses find as CSV for spreadsheets: the table, and the points of what is drawn above it.

Numbers are in full, shares as such; texts and the way numbers are written are those of a language.
Pure; names no analysis.
"""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import get_currency_symbol

from simulator.analyses.base import Branches, Cell, Curve, Plane, Result, plain
from simulator.exports import csv_table, dialect
from simulator.i18n.language import Language
from simulator.model.figures import FIGURES
from simulator.model.register import BY_ID
from simulator.results import OUTCOMES, Estimate, units
from simulator.scenario.levers import LEVERS
from simulator.scenario.units import unit_of

_BANDS = ("P10", "P50", "P90")
Line = list[str | float | None]


def money_unit(currency: str, language: Language) -> str:
    """What all money in analyses is counted in."""
    sign = get_currency_symbol(currency, language.locale)
    return language.gettext("{unit}, in today's money", unit=sign)


def measured(outcome: str, currency: str, language: Language) -> str:
    """What is measured, an outcome or a figure in money, with its unit. Raises ``KeyError`` for
    what is neither."""
    if outcome in OUTCOMES:
        label, unit = OUTCOMES[outcome].label, units.axis_unit(outcome, currency, language)
    else:
        label, unit = FIGURES[outcome].label, money_unit(currency, language)
    return f"{language.gettext(label)} ({unit})"


def table(result: Result, language: Language) -> str:
    """The rows; three columns for one of estimates."""
    headings: list[str] = []
    for column in result.columns:
        label = language.gettext(column.label)
        ends = [f"{label} ({end})" for end in column.ends.keys]
        headings += ends if column.range_label else [label]
    lines = [
        [part for column in result.columns for part in _plain(row.cells[column.id], language)]
        for row in result.rows()
    ]
    return csv_table(headings, lines, dialect(language))


def _plain(cell: Cell, language: Language) -> Line:
    """A cell as texts and numbers for each of its columns in a file."""
    if isinstance(cell, Estimate):
        return [cell.low, cell.central, cell.high]
    value = plain(cell)
    return [language.gettext(value) if isinstance(value, str) and value else value]


def points(result: Result, currency: str, language: Language) -> dict[str, str]:
    """The points of its ``chart``, ``curves`` and ``planes``, of those that it has."""
    chart, curves, planes = result.chart(), result.curves(), result.planes()
    parts = {}
    if chart:
        parts["chart"] = _of_branches(chart, currency, language)
    if curves:
        parts["curves"] = _of_curves(curves, currency, language)
    if planes:
        parts["planes"] = _of_planes(planes, language)
    return {
        name: csv_table(headings, lines, dialect(language))
        for name, (headings, lines) in parts.items()
    }


Points = tuple[list[str], list[Line]]
"""Headings and lines of a table."""


def _of_branches(chart: Branches, currency: str, language: Language) -> Points:
    """A month a line, with each way that goes on."""
    unit = money_unit(currency, language)
    ways = [f"{language.gettext(branch.label)} ({unit})" for branch in chart.lines]
    months = zip(*(branch.values for branch in chart.lines), strict=True)
    return [language.gettext("Month"), *ways], [[month, *row] for month, row in enumerate(months)]


def _of_curves(curves: Sequence[Curve], currency: str, language: Language) -> Points:
    """A place where a lever can be set a line, with what the outcome is there."""
    what = measured(curves[0].outcome, currency, language)
    headings = [
        language.gettext("Lever"),
        language.gettext("Set to"),
        language.gettext("Unit"),
        *(f"{what} {end}" for end in _BANDS),
    ]
    lines: list[Line] = []
    for curve in curves:
        unit = unit_of(LEVERS[curve.ends[0].lever].number.unit)
        words = "" if unit.kind == "share" else language.gettext(unit.beside) if unit.beside else ""
        for value, band in zip(curve.values.tolist(), curve.bands.T.tolist(), strict=True):
            lines.append([language.gettext(curve.label), value, words, *band, curve.nothing])
    return [*headings, language.gettext("Where nothing is done with it")], lines


def _of_planes(planes: Sequence[Plane], language: Language) -> Points:
    """A place of the first assumption a line, with where the second turns the answer."""
    headings = [
        language.gettext("To the right"),
        language.gettext("Its share of cases below"),
        language.gettext("Upwards"),
        language.gettext("Another answer from its share of cases"),
        language.gettext("Another answer up to its share of cases"),
    ]
    lines: list[Line] = [
        [
            language.gettext(BY_ID[plane.first].label),
            place,
            language.gettext(BY_ID[plane.second].label),
            low,
            high,
        ]
        for plane in planes
        for place, (low, high) in zip(plane.places, plane.between, strict=True)
    ]
    return headings, lines
