"""The headline figures of compared scenarios, as text. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from simulator import charts
from simulator.analyses.comparison import (
    HEADLINE_ROWS,
    Comparison,
    HeadlineRow,
    figure_of,
    in_time,
)
from simulator.i18n.language import UNDEFINED, Language, rounded
from simulator.results import Estimate, precision, units
from simulator.results.chance_words import percent
from ui.text import headline


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
class FigureRow:
    """A figure, of all scenarios."""

    id: str
    label: str
    unit: str
    """What the figures are per; empty where the label or they say it."""
    at_end: bool
    cells: tuple[Cell, ...]


def headline_table(comparison: Comparison, language: Language) -> list[FigureRow]:
    """The headline figures, each over the scenario's own horizon; differences over the common
    months. Where these are the same, a difference is that of what is shown."""
    differences = [
        comparison.differences(place) if place else {} for place in range(len(comparison.scenarios))
    ]
    return [
        FigureRow(
            figure.id,
            language.gettext(figure.label),
            _unit_of(figure, language),
            figure.at_end,
            tuple(_cells(comparison, figure, differences, language)),
        )
        for figure in HEADLINE_ROWS.values()
    ]


def _unit_of(figure: HeadlineRow, language: Language) -> str:
    """What neither the label nor the figures say."""
    match figure.unit.split():
        case [_, "per", "year"]:
            return language.gettext("per year")
    return ""


@dataclass(frozen=True, slots=True)
class _Words:
    """What it takes to write a figure of one scenario."""

    figure: HeadlineRow
    currency: str
    draws: int
    language: Language

    def value(self, value: float, step: float) -> str:
        """A figure in the middle; ``step``: to a multiple of what it is rounded, 0 for none."""
        figure, language = self.figure, self.language
        if math.isnan(value):
            return UNDEFINED
        if figure.unit.startswith("currency"):
            # As on the strip: all of these are more or less than carrying on.
            sign = figure.figure is not None and not figure.figure.verbs
            return language.money(value, self.currency, sign=sign, step=step or None)
        if figure.at_end:
            if figure.unit.startswith("share"):
                return language.percent(value, decimals=_decimals(step) - 2, exactly=True)
            return charts.compact(value, figure.id, self.currency, language)
        match figure.unit:
            case "share":
                return percent(value, self.draws, language)
            case "month":
                if math.isinf(value):
                    return language.gettext("not in time")
                return language.gettext("month {number}", number=language.number(value))
        if figure.in_percent:
            return language.percent(value, decimals=_decimals(step) - 2, exactly=True, sign=True)
        return language.number(value, decimals=_decimals(step), exactly=True)

    def less(self, value: float, step: float) -> str:
        """By how much a figure differs."""
        figure, language = self.figure, self.language
        if math.isnan(value) and figure.unit != "month":
            return ""
        if figure.figure and figure.figure.verbs and value:
            # As the figure itself is said: of what a sign means, each of them has its own idea.
            verbs, size = figure.figure.verbs, language.money(abs(value), self.currency)
            said = language.gettext(verbs.above if value > 0.0 else verbs.below, amount=size)
            return language.gettext("{said} more", said=said)
        if figure.unit.startswith("currency"):
            return language.money(value, self.currency, sign=True)
        if figure.unit.startswith("share") or figure.in_percent:
            decimals = max(_decimals(step) - 2, 0)
            points = language.number(100 * value, decimals=decimals, sign=True, exactly=True)
            return language.gettext("{points} percentage points", points=points)
        if figure.unit == "month":
            if words := in_time(value):
                return language.gettext(words)
            number = language.number(value, sign=True)
            return language.ngettext("{number} month", "{number} months", abs(value), number=number)
        if figure.at_end:
            return units.count(value, language, sign=True)
        return language.number(value, decimals=_decimals(step), sign=True, exactly=True)

    def spread(self, more: Estimate | float, step: float) -> str:
        """Where eight of ten draws of a difference lie; empty for a number over all draws."""
        verbs = self.figure.figure.verbs if self.figure.figure else None
        if verbs and isinstance(more, Estimate) and _says(more):
            return headline.signed(more, self.currency, self.language, verbs)[1]
        return self.ends(more, partial(self.less, step=step))

    def ends(self, estimate: Estimate | float | None, text: Callable[[float], str]) -> str:
        """Where eight of ten draws lie; empty for a number over all draws."""
        if not isinstance(estimate, Estimate) or math.isnan(estimate.central):
            return ""
        shown = precision.shown(estimate) if self.figure.unit in _SUPPORTED else estimate
        low, high = text(shown.low), text(shown.high)
        return self.language.gettext("{low} to {high}", low=low, high=high) if low != high else ""


MOST_BY_DRAWS = 0.0151
"""So much further, 0-1, a difference of chances of different numbers of draws may be from that in
the same draws: what rounding to whole per cents and half of a per cent by chance come to. None is
told where it is more: it would be the draws' doing, and any other would not fit what is shown."""
_SUPPORTED = {"currency", "ratio"}
"""Units of figures that have no more digits than their draws support."""


def _cells(
    comparison: Comparison,
    figure: HeadlineRow,
    differences: Sequence[Mapping[str, Estimate | float | None]],
    language: Language,
) -> Iterator[Cell]:
    """The cells of a row, one of each scenario; ``differences`` of each from the first."""
    places = range(len(comparison.scenarios))
    values = [
        _supported(figure_of(headline, figure.id), figure) for headline in comparison.headlines
    ]
    is_counted = figure.unit == "share" and not figure.at_end
    draws = [headline.draws for headline in comparison.headlines]
    same_months = {one.horizon_months for one in comparison.scenarios} == {comparison.months}
    steps = _steps(comparison, figure, values)
    undecided = [_undecided(comparison, figure, place, language) for place in places]
    for place in places:
        currency = comparison.scenarios[place].organisation.currency
        words = _Words(figure, currency, comparison.draws, language)
        value, span = _value(words, values[place], steps[place])
        less = differences[place]
        more = less.get(figure.id)
        if more is None or undecided[place] or undecided[0]:
            yield Cell(undecided[place] or value, span, "", "")
            continue
        between = _central(more)
        if same_months and math.isfinite(between):
            first, own = (rounded(_central(values[at]), steps[at]) for at in (0, place))
            is_off = abs(own - first - between) > MOST_BY_DRAWS
            if is_counted and draws[place] != draws[0] and is_off:
                yield Cell(value, span, "", "")
                continue
            between = own - first
        exactly = _central(values[place]) - _central(values[0])
        is_shown = same_months and between and abs(between - exactly) <= abs(exactly)
        if figure.unit.startswith("currency") and not is_shown:
            # What no figure shows, or what rounding has made far more or less, is said as exactly
            # as it is known by itself.
            between = _known(more, less["net_present_value"])
        step = min(steps[0], steps[place])
        difference = words.less(between, step)
        spread = words.spread(more, step)
        yield Cell(value, span, difference, spread if difference else "")


def _undecided(comparison: Comparison, figure: HeadlineRow, place: int, language: Language) -> str:
    """What the strip says in place of a month where that is as open as better or worse; else
    nothing."""
    scenario, own = comparison.scenarios[place], comparison.headlines[place]
    if figure.id != "payback_month" or headline.kind(own.probability_better) != "too_close":
        return ""
    strip = headline.headline_strip(
        own, scenario.organisation.currency, scenario.horizon_months, language
    )
    return next(shown.value for shown in strip.figures if shown.id == figure.id)


def _supported(value: Estimate | float, figure: HeadlineRow) -> Estimate | float:
    """A ratio with the digits that its draws support, as the strip has it; anything else as it is:
    amounts are written to a step of their own."""
    if figure.unit == "ratio" and isinstance(value, Estimate):
        return precision.shown(value)
    return value


def _value(words: _Words, value: Estimate | float, step: float) -> tuple[str, str]:
    """A figure and where eight of ten draws lie, as the strip says them."""
    row, figure = words.figure, words.figure.figure
    if figure and figure.verbs and isinstance(value, Estimate) and not math.isnan(value.central):
        return headline.signed(value, words.currency, words.language, figure.verbs, step)

    def end(value: float) -> str:
        return words.value(value, step if _is_level(row) else _default_step(row, value, 0.0))

    return words.value(_central(value), step), words.ends(value, end)


def _known(more: Estimate | float, worth: Estimate | float | None) -> float:
    """A difference with the digits that its own draws support; of one that is a number over all
    draws those of the value, ``worth``."""
    if isinstance(more, Estimate):
        return precision.shown(more).central
    return precision.shown_value(more, worth.error if isinstance(worth, Estimate) else 0.0)


def _says(more: Estimate) -> bool:
    """Whether its middle is more than nothing, as it is read."""
    return not math.isnan(more.central) and precision.shown(more).central != 0.0


def _central(value: Estimate | float) -> float:
    return value.central if isinstance(value, Estimate) else value


def _steps(
    comparison: Comparison, figure: HeadlineRow, values: Sequence[Estimate | float]
) -> list[float]:
    """To a multiple of what the figure of each scenario is rounded: amounts as their draws support
    each, as wherever else it is shown; shares and ratios all to one digit."""
    errors = [
        value.error if isinstance(value, Estimate) else headline.net_present_value.error
        for value, headline in zip(values, comparison.headlines, strict=True)
    ]
    steps = [
        _default_step(figure, _central(value), error)
        for value, error in zip(values, errors, strict=True)
    ]
    if not _is_level(figure):
        return steps
    coarsest = max(
        (step for step, value in zip(steps, values, strict=True) if math.isfinite(_central(value))),
        default=steps[0],
    )
    step = coarsest if figure.unit == "ratio" else precision.beside(errors, coarsest)
    return [step] * len(steps)


def _is_level(figure: HeadlineRow) -> bool:
    """Whether it is a share in the last month or a ratio, all of which have one precision."""
    return figure.unit == "ratio" or (figure.at_end and figure.unit.startswith("share"))


def _default_step(figure: HeadlineRow, value: float, error: float) -> float:
    if figure.unit.startswith("currency"):
        return precision.unit(value, error) or 1.0
    if figure.unit.startswith("share"):
        return 0.001 if figure.at_end else 0.01
    if figure.unit == "ratio":
        return 0.01 if figure.in_percent or abs(value) < 100 else 1.0
    return 1.0


def _decimals(step: float) -> int:
    return max(-math.floor(math.log10(step) + 1e-9), 0)
