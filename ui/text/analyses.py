"""What analyses find, in words, in any language of the app. Pure; names no analysis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.analyses.base import Analysis, Cell, Column, Option, Result
from simulator.i18n.language import Language
from simulator.results import Estimate, precision
from simulator.results.chance_words import cases
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
        "options": [_described(option, language) for option in analysis.options],
    }


def _described(option: Option, language: Language) -> dict[str, Any]:
    is_number = option.kind in {"whole", "number"}
    bounds = {"min": option.least, "max": option.most} if is_number else {}
    return {
        "id": option.id,
        "label": language.gettext(option.label),
        "kind": option.kind,
        "default": option.default,
        **bounds,
        "choices": [
            {"id": choice, "label": language.gettext(label)}
            for choice, label in option.choices.items()
        ],
    }


def table(result: Result, currency: str, draws: int, language: Language) -> dict[str, Any]:
    """What an analysis found as a table of texts: ``headings`` by column, and ``rows``, each with
    its ``id`` and ``cells`` by column. Money is in ``currency``, an ISO 4217 code; chances are
    those of so many ``draws``."""
    headings = {}
    for column in result.columns:
        headings[column.id] = language.gettext(column.label)
        if column.range_label:
            headings[column.id + RANGE] = language.gettext(column.range_label)
    rows = [
        {
            "id": row.id,
            "cells": {
                key: text
                for column in result.columns
                for key, text in _texts(column, row.cells[column.id], currency, draws, language)
            },
        }
        for row in result.rows()
    ]
    return {"headings": headings, "rows": rows}


def _texts(
    column: Column, cell: Cell, currency: str, draws: int, language: Language
) -> Iterator[tuple[str, str]]:
    """What the cell says, in its column and in that of the range."""
    if not isinstance(cell, Estimate):
        yield column.id, _text(column, cell, currency, draws, language)
        return
    if column.verbs:
        middle, ends = signed(cell, currency, language, column.verbs)
    else:
        shown = precision.shown(cell) if column.kind == "money" else cell
        low, middle, high = (
            _text(column, value, currency, draws, language)
            for value in (shown.low, shown.central, shown.high)
        )
        ends = language.gettext("{low} to {high}", low=low, high=high)
    yield column.id, middle
    if column.range_label:
        yield column.id + RANGE, ends


def _text(column: Column, value: str | float, currency: str, draws: int, language: Language) -> str:
    if isinstance(value, str):
        return language.gettext(value)
    match column.kind:
        case "money":
            return language.money(value, currency)
        case "share":
            return language.percent(value, decimals=1)
        case "chance":
            return cases(value, draws, language)
    return language.number(value)
