"""What analyses find, in words, in any language of the app. Pure; names no analysis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.analyses.base import (
    WITHIN,
    Analysis,
    Assumed,
    Branches,
    Cell,
    Column,
    Curve,
    Kind,
    Measured,
    Plane,
    Result,
    Row,
    Setting,
    StatedValue,
    Statement,
)
from simulator.analyses.option import Option
from simulator.i18n.language import UNDEFINED, Language
from simulator.model.register import BY_ID
from simulator.results import OUTCOMES, Estimate, Headline, precision, units
from simulator.results.chance_words import cases, whole_percent
from ui.text import analysis_files
from ui.text.headline import signed

RANGE = "_range"
"""What follows the id of a column of estimates in that of their ranges."""


def describe(analysis: Analysis, language: Language) -> dict[str, Any]:
    """What the page needs to offer an analysis that is on it."""
    if analysis.page is None:
        raise ValueError(f"analysis: found {analysis.id}, allowed one that is on the page")
    return {
        "id": analysis.id,
        "label": language.gettext(analysis.page.label),
        "lead": language.gettext(analysis.page.lead),
        "nothing": language.gettext(analysis.page.nothing),
        "room": analysis.page.room,
        "key": analysis.page.key,
        "options": [_described(option, language) for option in analysis.options],
    }


def _described(option: Option, language: Language) -> dict[str, Any]:
    is_number = option.kind in {"whole", "number"}
    bounds = {"min": option.least, "max": option.most} if is_number else {}
    return {
        "id": option.id,
        "label": language.gettext(option.label),
        "is_detail": option.is_detail,
        "kind": option.kind,
        "is_share": option.is_share,
        "is_money": option.is_money,
        "default": option.default,
        "stages": option.stages or None,
        **bounds,
        "choices": [
            {"id": choice, "label": language.gettext(label)}
            for choice, label in option.choices.items()
        ],
    }


def table(
    result: Result,
    currency: str,
    draws: int,
    language: Language,
    shown: Headline | None = None,
) -> dict[str, Any]:
    """What an analysis found as texts. Money is in ``currency``, an ISO 4217 code; chances are
    those of so many ``draws``. ``shown``: the headline beside it, which may stand on more.

    ``statements``: sentences; ``stages``: those of a plan that does as it says, or null, and
    ``stages_note``: what to know before these are taken, or why there are none; ``chart``:
    what :func:`_chart` draws, or null; ``curves`` and ``planes``, see :func:`_drawn` and
    :func:`_drawn_plane`; ``headings`` by column; ``rows``, each
    with its ``id``, ``cells`` by column, ``bars`` (by column: where it starts and ends and where
    zero is, each a share of the line, 0-1) and the ``assumption`` that changes it, or null;
    ``csv``: the same for a spreadsheet; ``drawing``: what the bars are, see :func:`_drawing`, or
    null; ``about``: of ``chart`` and ``curves`` what is measured, with its unit; ``points``: what
    is drawn above the table, by the same names and ``planes``, for a spreadsheet.
    """
    headings = {}
    for column in result.columns:
        headings[column.id] = language.gettext(column.label)
        if column.range_label:
            headings[column.id + RANGE] = language.gettext(column.range_label)
    bars = {column.id: _bars(column, result) for column in result.columns if column.is_bar}
    rows = [
        {
            "id": row.id,
            "cells": {
                key: text
                for column in result.columns
                for key, text in _texts(column, row, currency, draws, language)
            },
            "bars": {name: drawn[row.id] for name, drawn in bars.items()},
            "assumption": row.assumption or None,
        }
        for row in result.rows()
    ]
    middle = precision.shown(shown.net_present_value).central if shown else None
    statements = [stated(statement, currency, draws, language) for statement in result.said(middle)]
    if rows and shown and shown.draws > draws:
        statements.append(_on_fewer_draws(draws, shown.draws, language))
    branches, adopted, note = result.chart(), result.adopted(), result.before_adopting()
    return {
        "statements": statements,
        "stages": None if adopted is None else adopted.model_dump(),
        "stages_note": stated(note, currency, draws, language) if note else "",
        "chart": None if branches is None else _chart(branches, currency, language),
        "curves": [_drawn(curve, currency, draws, language) for curve in result.curves()],
        "planes": [_drawn_plane(plane, language) for plane in result.planes()],
        "headings": headings,
        "rows": rows,
        "csv": analysis_files.table(result, language),
        "drawing": _drawing(result, currency, language),
        "about": _about(result, currency, language),
        "points": analysis_files.points(result, currency, language),
    }


def _on_fewer_draws(draws: int, shown: int, language: Language) -> str:
    """Why a number here may end otherwise than the same one in the headline."""
    return language.gettext(
        "Worked out in {draws} of the headline's {shown} cases: what both say may differ in its "
        "last digit.",
        draws=language.number(draws),
        shown=language.number(shown),
    )


def _drawing(result: Result, currency: str, language: Language) -> dict[str, str] | None:
    """The ``column`` whose cells are bars, and what they measure with its unit (``about``); none
    where no column is drawn."""
    for column in result.columns:
        if column.is_bar:
            unit = analysis_files.money_unit(currency, language) if column.kind == "money" else "%"
            about = f"{language.gettext(column.label)} ({unit})"
            return {"column": column.id, "about": about}
    return None


def _about(result: Result, currency: str, language: Language) -> dict[str, str]:
    curves, about = result.curves(), {}
    if result.chart():
        about["chart"] = analysis_files.measured("net_present_value", currency, language)
    if curves:
        about["curves"] = analysis_files.measured(curves[0].outcome, currency, language)
    return about


def _drawn_plane(plane: Plane, language: Language) -> dict[str, Any]:
    """A plane as shares of its sides to be drawn, and what its sides are called."""
    return {
        "id": plane.id,
        "first": language.gettext(BY_ID[plane.first].label),
        "second": language.gettext(BY_ID[plane.second].label),
        "places": list(plane.places),
        "between": [list(ends) for ends in plane.between],
        "first_ends": [assumed(end, language) for end in plane.first_ends],
        "second_ends": [assumed(end, language) for end in plane.second_ends],
    }


def _chart(branches: Branches, currency: str, language: Language) -> dict[str, Any]:
    """The lines of a chart, what stands beside them, and the whole in words."""
    months = len(branches.lines[0].values) - 1
    lines = [
        {
            "label": language.gettext(branch.label),
            "end": _text("money", branch.end, currency, 1, language),
            "values": [round(value, 2) for value in branch.values],
        }
        for branch in branches.lines
    ]
    every = [0.0, *(value for branch in branches.lines for value in branch.values)]
    low, high = min(every), max(every)
    month = language.number(branches.month)
    return {
        "month": branches.month,
        "lines": lines,
        "title": language.gettext("Value against carrying on so far, mean of all cases"),
        "review": language.gettext("Review in month {month}", month=month),
        "start": language.gettext("Today"),
        "end": language.gettext("Month {month}", month=language.number(months)),
        "low": language.money(low, currency) if low < 0.0 else "",
        "high": language.money(high, currency) if high > 0.0 else "",
        "zero": {
            "label": language.gettext("Carrying on"),
            "amount": language.money(0.0, currency),
        },
    }


def _drawn(curve: Curve, currency: str, draws: int, language: Language) -> dict[str, Any]:
    """A curve as numbers to be drawn and texts: ``axis``, the least and the most that it shows, and
    what they are called; all heights are shares of the way between them."""
    heights = [*curve.bands.ravel().tolist(), *([] if curve.nothing is None else [curve.nothing])]
    low, high = min(heights), max(heights)
    span = high - low or 1.0

    def amount(value: float) -> str:
        if curve.outcome in OUTCOMES:
            return units.amount(value, curve.outcome, currency, language)
        return language.money(value, currency, sign=True)

    return {
        "id": curve.id,
        "label": language.gettext(curve.label),
        "sentence": stated(curve.sentence, currency, draws, language),
        "places": curve.places.tolist(),
        "bands": ((curve.bands - low) / span).tolist(),
        "nothing": None if curve.nothing is None else (curve.nothing - low) / span,
        "marks": dict(curve.marks),
        "axis": [amount(low), amount(high)],
        "ends": [_end(end, language) for end in curve.ends],
    }


_SHORT = 12
"""Letters of what stands at an end of a range; what is longer has a unit that the lever's name says
as well."""


def _end(end: Setting, language: Language) -> str:
    """Where a lever can be set, with its unit if that is short."""
    whole = units.setting(end.value, end.lever, language)
    return whole if len(whole) <= _SHORT else language.number(end.value)


def stated(statement: Statement, currency: str, draws: int, language: Language) -> str:
    """A sentence with its numbers and texts. Chances in it are those of so many ``draws``."""
    values = {
        name: _stated_value(kind, value, currency, draws, language)
        for name, (kind, value) in statement.values.items()
    }
    if statement.plural:
        _, number = statement.values["number"]
        if not isinstance(number, int | float):
            raise TypeError(f"statement: found {number!r}, allowed a number")
        return language.ngettext(
            statement.template, statement.plural, number, **{**values, "number": values["number"]}
        )
    return language.gettext(statement.template, **values)


def _stated_value(
    kind: Kind, value: StatedValue, currency: str, draws: int, language: Language
) -> str:
    if isinstance(value, tuple):
        return language.listed(stated(clause, currency, draws, language) for clause in value)
    return _text(kind, value, currency, draws, language)


def _bars(column: Column, result: Result) -> dict[str, dict[str, float]]:
    """What draws the bar of each row, by its id: all of a column share a line, from which shares
    take a part of the whole, and amounts what they are of the span of all."""
    ends = {row.id: _ends(column, row) for row in result.rows()}
    if column.is_stacked:
        ends = _stacked(ends)
    every = [0.0, *(end for row in ends.values() for end in row.values())]
    low, high = (min(every), max(every)) if column.kind == "money" else (0.0, 1.0)
    span = high - low or 1.0
    return {
        name: {
            "zero": -low / span,
            "is_loss": float(row["end"] < row["start"]),
            **{key: (end - low) / span for key, end in _ordered(row).items()},
        }
        for name, row in ends.items()
    }


def _ends(column: Column, row: Row) -> dict[str, float]:
    """Where a bar starts and ends, and of a stacked one the ends of its range, from its start."""
    cell = row.cells[column.id]
    start = _middle(row.cells[column.bar_from]) if column.bar_from else 0.0
    ends = {"start": start, "end": _middle(cell)}
    if column.is_stacked and isinstance(cell, Estimate):
        return {**ends, "low": cell.low, "high": cell.high}
    return ends


def _stacked(rows: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The same, each from where the one before ends; but for the last, which is the whole."""
    reached, stacked = 0.0, {}
    last = next(reversed([*rows]), "")
    for name, row in rows.items():
        before = 0.0 if name == last else reached
        stacked[name] = {key: before + end for key, end in row.items()}
        reached += row["end"]
    return stacked


def _ordered(row: Mapping[str, float]) -> dict[str, float]:
    start, end = sorted((row["start"], row["end"]))
    return {**row, "start": start, "end": end}


def _middle(cell: Cell) -> float:
    middle = cell.central if isinstance(cell, Estimate) else cell
    if not isinstance(middle, int | float):
        raise TypeError(f"bar: found {middle!r}, allowed a number")
    return float(middle)


def _texts(
    column: Column, row: Row, currency: str, draws: int, language: Language
) -> Iterator[tuple[str, str]]:
    """What the cell of a row says, in its column and in that of the range."""
    cell, verbs = row.cells[column.id], row.verbs.get(column.id, column.verbs)
    if not isinstance(cell, Estimate):
        yield column.id, _text(column.kind, cell, currency, draws, language)
        return
    if verbs:
        middle, ends = signed(cell, currency, language, verbs, apart=True)
    else:
        shown = precision.shown(cell) if column.kind == "money" else cell
        low, middle, high = (
            language.money(value, currency, sign=True)
            if column.is_stacked
            else _text(column.kind, value, currency, draws, language)
            for value in (shown.low, shown.central, shown.high)
        )
        is_narrow = low == high  # as far as it shows
        ends = low if is_narrow else language.gettext("{low} to {high}", low=low, high=high)
    yield column.id, middle
    if column.range_label:
        yield column.id + RANGE, ends


def _text(
    kind: Kind,
    value: str | float | Assumed | Setting,
    currency: str,
    draws: int,
    language: Language,
) -> str:
    if isinstance(value, str):
        return language.gettext(value)
    if isinstance(value, Assumed):
        return assumed(value, language)
    if isinstance(value, Setting):
        return units.setting(value.value, value.lever, language)
    if isinstance(value, Measured):
        if value.within:
            return language.gettext(WITHIN, amount=language.money(value.within, currency))
        value = value.shown
    match kind:
        case "money":
            return language.money(value, currency)
        case "share":
            return language.percent(value, decimals=1)
        case "percent":
            return whole_percent(value, language)
        case "per_hundred":
            return language.number(100.0 * value, decimals=1)
        case "chance":
            return cases(value, draws, language)
    return language.number(value)


_BARE = {"ratio", "weight", "share"}
"""Units that are not written behind a number."""
_DIGITS = 3


def assumed(cell: Assumed, language: Language) -> str:
    """A value of an assumption with its unit, in three figures; a dash where there is none. A share
    that can be below zero is a change, and has its sign."""
    if math.isnan(cell.value):
        return UNDEFINED
    known = BY_ID[cell.assumption]
    unit = known.unit
    is_share = unit.split()[0] == "share"
    value = cell.shown
    size = abs(value) * (100.0 if is_share else 1.0)
    before = math.floor(math.log10(size)) + 1 if size > 0.0 else 1
    decimals = max(_DIGITS - before, 0)
    if is_share:
        return language.percent(value, decimals=decimals, sign=known.least < 0.0)
    number = language.number(value, decimals=decimals)
    return number if unit in _BARE else f"{number} {language.gettext(unit)}"
