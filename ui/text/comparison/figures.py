"""The headline figures of compared scenarios, as text. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator import charts
from simulator.analyses.comparison import (
    HEADLINE_ROWS,
    Comparison,
    HeadlineRow,
    figure_of,
    in_time,
)
from simulator.i18n.language import UNDEFINED, Language
from simulator.results import Estimate, precision, units
from simulator.results.chance_words import percent


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one scenario, and how much more that is than the first one's; all text."""

    value: str
    range: str
    """P10 to P90; empty for figures that are one number over all draws."""
    difference: str
    """Empty for the first, and where there is none."""
    difference_range: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, of all scenarios."""

    id: str
    label: str
    unit: str
    """What the figures are per; empty where the label or they say it."""
    at_end: bool
    cells: tuple[Cell, ...]


def headline_table(comparison: Comparison, language: Language) -> list[Row]:
    """The headline figures, each over the scenario's own horizon; differences over the common
    months."""
    everyone = range(len(comparison.scenarios))
    less = [comparison.differences(place) if place else None for place in everyone]
    return [
        Row(
            figure.id,
            language.gettext(figure.label),
            _unit_of(figure, language),
            figure.at_end,
            tuple(_cell(comparison, place, figure, less[place], language) for place in everyone),
        )
        for figure in HEADLINE_ROWS.values()
    ]


def _unit_of(figure: HeadlineRow, language: Language) -> str:
    """What neither the label nor the figures say."""
    match figure.unit.split():
        case [_, "per", "year"]:
            return language.gettext("per year")
    return ""


def _cell(
    comparison: Comparison,
    place: int,
    figure: HeadlineRow,
    less: Mapping[str, Estimate | float | None] | None,
    language: Language,
) -> Cell:
    currency = comparison.scenarios[place].organisation.currency
    headline = comparison.headlines[place]
    value, span = _written(
        _supported(figure_of(headline, figure.id), figure, headline.net_present_value.error),
        lambda one: _figure(one, figure, currency, comparison.draws, language),
        language,
    )
    if less is None:
        return Cell(value, span, "", "")
    worth = less["net_present_value"]
    error = worth.error if isinstance(worth, Estimate) else 0.0
    difference, difference_span = _written(
        _supported(less[figure.id], figure, error),
        lambda one: _less(one, figure, currency, language),
        language,
    )
    if difference == UNDEFINED and figure.id != "payback_month":
        difference = ""
    return Cell(value, span, difference, difference_span)


def _supported(
    value: Estimate | float | None, figure: HeadlineRow, error: float
) -> Estimate | float | None:
    """Money and ratios with the digits that their draws support; ``error`` is that of the value
    against carrying on, for a figure that has none of its own."""
    if value is None or figure.unit not in {"currency", "ratio"}:
        return value
    if isinstance(value, Estimate):
        return precision.shown(value)
    return precision.shown_value(value, error)


def _written(
    value: Estimate | float | None, text: Callable[[float], str], language: Language
) -> tuple[str, str]:
    """A figure, and the range of an estimate."""
    if value is None:
        return "", ""
    if math.isnan(value.central if isinstance(value, Estimate) else value):
        return UNDEFINED, ""
    if not isinstance(value, Estimate):
        return text(value), ""
    low, high = text(value.low), text(value.high)
    span = language.gettext("{low} to {high}", low=low, high=high) if low != high else ""
    return text(value.central), span


def _figure(
    value: float, figure: HeadlineRow, currency: str, draws: int, language: Language
) -> str:
    if figure.at_end:
        return charts.compact(value, figure.id, currency, language)
    match figure.unit:
        case "currency":
            return language.money(value, currency, sign=figure.id == "net_present_value")
        case "share":
            return percent(value, draws, language)
        case "month":
            if math.isinf(value):
                return language.gettext("not in time")
            return language.gettext("month {number}", number=language.number(value))
    return _ratio(value, figure, language)


def _ratio(value: float, figure: HeadlineRow, language: Language, *, sign: bool = False) -> str:
    if figure.in_percent:
        return language.percent(value, sign=sign)
    return language.number(value, decimals=2 if abs(value) < 100 else 0, sign=sign)


def _less(value: float, figure: HeadlineRow, currency: str, language: Language) -> str:
    if figure.unit.startswith("currency"):
        return language.money(value, currency, sign=True)
    if figure.unit.startswith("share") or figure.in_percent:
        points = language.number(100 * value, decimals=1, sign=True)
        return language.gettext("{points} percentage points", points=points)
    if figure.unit == "month":
        if words := in_time(value):
            return language.gettext(words)
        return language.gettext("{number} months", number=language.number(value, sign=True))
    if figure.at_end:
        return units.count(value, language, sign=True)
    return _ratio(value, figure, language, sign=True)
