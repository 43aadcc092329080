"""A comparison in words and figures, in any language of the app. Pure.

Scenarios are called by their letters, A to F: their names need not be different ones. Every phrase
is a whole message with placeholders, since word order differs between languages.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from babel.numbers import get_currency_name, get_currency_symbol

from simulator import charts
from simulator.analyses.comparison import (
    BUDGETS,
    CAVEATS,
    FIGURES,
    MEASURES,
    MOST,
    SAME,
    Caveat,
    Comparison,
    Figure,
    Histogram,
    Pair,
    figure_of,
    in_time,
)
from simulator.i18n.language import GAP, N_, UNDEFINED, Language
from simulator.model.register import Range
from simulator.results import Estimate, estimate
from simulator.scenario.diff import GROUPS, SOURCES, Differing, Value
from simulator.version import MODEL_VERSION
from ui.text import words

LETTERS = "ABCDEF"[:MOST]
"""What scenarios are called, by position."""

RULE = N_(
    "In how many of 100 cases is one better than the other, in the same draws of the assumptions? "
    "From 33 to 66: too close to call. Above that: likely better; from 90: very likely. Below, the "
    "same for worse. This is the scale of the IPCC; cases without a difference count half."
)
"""The rule of every verdict on a pair; to be translated."""

_VERDICTS: Mapping[str, str] = {
    "very_likely_better": N_("{second} is very likely better than {first}"),
    "likely_better": N_("{second} is likely better than {first}"),
    "too_close": N_("Too close to call between {first} and {second}"),
    "likely_worse": N_("{second} is likely worse than {first}"),
    "very_likely_worse": N_("{second} is very likely worse than {first}"),
}
"""By kind, see :func:`ui.text.words.kind`."""

_MEASURED: Mapping[str, str] = {
    "value_per_customer": N_("{amount} per customer"),
    "value_per_employee": N_("{amount} per employee"),
    "value_per_money_moved": N_("{amount} times the money moved"),
}
"""How an amount of a measure is said; others are amounts of money as they are."""

_PER: Mapping[str, str] = {
    "value": N_("{verdict}, in all"),
    "value_per_customer": N_("{verdict}, per customer"),
    "value_per_employee": N_("{verdict}, per employee"),
    "value_per_money_moved": N_("{verdict}, per {currency} moved"),
}
"""A verdict across organisations: it holds for the measure alone, so it names it."""

_SIZELESS = ("value_per_money_moved", "value_per_customer")

_MOST_TICKS = 5
"""Of a histogram: with more, their texts would touch on a phone."""


# --- measures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MeasureOffered:
    """Something that scenarios can be ranked by."""

    id: str
    label: str
    meaning: str
    reason: str
    """Why neither this pair nor all can be compared by it; empty if they can."""


def measures(
    found: Comparison, first: int, second: int, language: Language
) -> list[MeasureOffered]:
    """All measures, those that cannot be compared with the reason."""
    offered = []
    for one in MEASURES.values():
        of_pair = found.obstacle(one.id, first, second)
        of_all = found.obstacle(one.id)
        reason = _reason(of_pair, language) if of_pair and of_all else ""
        label, meaning = language.gettext(one.label), language.gettext(one.meaning)
        offered.append(MeasureOffered(one.id, label, meaning, reason))
    return offered


def _reason(caveat: Caveat, language: Language) -> str:
    return language.gettext(CAVEATS[caveat.kind])


def usable_measure(found: Comparison, wished: str | None) -> str:
    """The measure that is wished for, if any two can be compared by it. Else the first that all can
    be ranked by; of organisations of different sizes one that takes the size out."""
    pairs = combinations(range(len(found.scenarios)), 2)
    if wished and any(found.obstacle(wished, *pair) is None for pair in pairs):
        return wished
    sizes = {one.organisation.customers for one in found.scenarios}
    order = list(MEASURES) if len(sizes) == 1 else [*_SIZELESS, *MEASURES]
    return next((one for one in order if found.obstacle(one) is None), order[0])


def usable_pair(
    found: Comparison, measure: str, wished: tuple[int | None, int | None]
) -> tuple[int, int]:
    """The pair that is wished for; where it is left open, the first scenario and the one that is
    best in the middle of all cases, among those that can be compared with it."""
    count = len(found.scenarios)
    first, second = (one if one is not None and one < count else None for one in wished)
    if first is None:
        first = 0 if second != 0 else 1
    if second is None or second == first:
        others = [one for one in range(count) if one != first]
        comparable = [one for one in others if found.obstacle(measure, first, one) is None]
        worth = [estimate(draws).central for draws in found.of(measure)]
        second = max(comparable or others[:1], key=lambda one: worth[one])
    return first, second


def measured(value: float, measure: str, currency: str, language: Language) -> str:
    """A difference in a measure, with its sign and what it refers to."""
    amount = _bare(value, measure, currency, language, sign=True)
    return language.gettext(_MEASURED[measure], amount=amount) if measure in _MEASURED else amount


def _bare(
    value: float, measure: str, currency: str, language: Language, *, sign: bool = False
) -> str:
    if measure == "value_per_money_moved":
        return language.number(value, decimals=2, sign=sign)
    return language.money(value, currency, sign=sign)


# --- is one really better? -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark below the histogram."""

    place: float
    """0-1 from left."""
    text: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How the difference is spread over the cases, ready to be drawn."""

    edges: tuple[float, ...]
    """Of the bins: places, 0-1 from left; one more than counts."""
    counts: tuple[int, ...]
    zero: float
    """Its place; below 0 or above 1 where it lies outside."""
    low: float
    """Place of P10."""
    central: float
    high: float
    ticks: tuple[Tick, ...]
    rows: tuple[tuple[str, str], ...]
    """The same as a table: from-to, and cases out of all draws."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one scenario is better than another."""

    first: int
    second: int
    kind: str
    """One of :data:`ui.text.words.KINDS`, ``same``, or ``impossible``."""
    verdict: str
    detail: str
    """Figures behind the verdict, or why there is none."""
    note: str
    """What to know with the verdict: that the organisations differ; may be empty."""
    alt: str
    """What the histogram shows."""
    worse: str
    """Where the first is ahead; empty where nothing is drawn."""
    better: str
    spread: Spread | None


def answer(found: Comparison, measure: str, first: int, second: int, language: Language) -> Answer:
    """Whether ``second`` is better than ``first``, in a measure."""
    letters = {"first": LETTERS[first], "second": LETTERS[second]}
    obstacle = found.obstacle(measure, first, second)
    if obstacle:
        text = language.gettext("{first} and {second} cannot be compared like this", **letters)
        reason = _reason(obstacle, language)
        return Answer(first, second, "impossible", text, reason, "", "", "", "", None)
    pair = found.pair(first, second, measure)
    note = ""
    if not found.same_organisation(first, second):
        note = language.gettext(CAVEATS["organisation"])
    if pair.verdict == SAME:
        text = language.gettext("{first} and {second} come to the same", **letters)
        detail = language.gettext("They do not differ in a single case.")
        return Answer(first, second, "same", text, detail, note, "", "", "", None)
    currency = found.scenarios[first].organisation.currency
    kind = words.kind(pair.probability)
    middle = measured(pair.difference.central, measure, currency, language)
    low, high = (
        _bare(one, measure, currency, language, sign=True)
        for one in (pair.difference.low, pair.difference.high)
    )
    said = {"low": low, "middle": middle, "high": high} | letters
    said["better"] = _of_100(pair.better, language)
    if pair.same >= 0.005:
        detail = language.gettext(
            "{second} is ahead in {better} of 100 cases, and the same as {first} in {same}: "
            "{middle} in the middle of all cases, {low} to {high} in 8 of 10.",
            same=_of_100(pair.same, language),
            **said,
        )
    else:
        detail = language.gettext(
            "{second} is ahead in {better} of 100 cases: {middle} in the middle of all cases, "
            "{low} to {high} in 8 of 10.",
            **said,
        )
    alt = language.gettext(
        "How {second} less {first} is spread over the cases: from {low} to {high} in 8 of 10, "
        "{middle} in the middle; above zero in {better} of 100.",
        **said,
    )

    def ahead(letter: str, share: float) -> str:
        return language.gettext(
            "{letter} ahead: {number} of 100", letter=letter, number=_of_100(share, language)
        )

    return Answer(
        first,
        second,
        kind,
        _verdict(found, measure, pair, language),
        detail,
        note,
        alt,
        ahead(letters["first"], pair.worse),
        ahead(letters["second"], pair.better),
        _spread(pair, lambda value: _bare(value, measure, currency, language, sign=True), language),
    )


def _verdict(found: Comparison, measure: str, pair: Pair, language: Language) -> str:
    """The verdict on a pair; across organisations, with what it is by."""
    verdict = language.gettext(
        _VERDICTS[words.kind(pair.probability)],
        first=LETTERS[pair.first],
        second=LETTERS[pair.second],
    )
    if found.same_organisation(pair.first, pair.second):
        return verdict
    one, other = (found.scenarios[place].organisation for place in (pair.first, pair.second))
    if measure == "value_per_money_moved" and one.currency != other.currency:
        return language.gettext("{verdict}, for the money moved", verdict=verdict)
    currency = get_currency_name(one.currency, count=1, locale=language.locale)
    return language.gettext(_PER[measure], verdict=verdict, currency=currency)


def _of_100(share: float, language: Language) -> str:
    """How many of 100 cases; what is almost none or almost all does not become it."""
    if 0.0 < share < 0.005:
        return language.gettext("fewer than 1")
    if 0.995 <= share < 1.0:
        return language.gettext("more than 99")
    return f"{100 * share:.0f}"


def _spread(pair: Pair, said: Callable[[float], str], language: Language) -> Spread:
    drawn = pair.histogram
    first, last = drawn.edges[0], drawn.edges[-1]

    def place(value: float) -> float:
        return round((value - first) / (last - first), 4)

    ticks = charts.ticks(first, last, _MOST_TICKS)
    seen = pair.difference
    return Spread(
        edges=tuple(map(place, drawn.edges)),
        counts=drawn.counts,
        zero=min(max(place(0.0), -1.0), 2.0),
        low=place(seen.low),
        central=place(seen.central),
        high=place(seen.high),
        ticks=tuple(Tick(place(one), said(one)) for one in ticks),
        rows=tuple(_bins(drawn, said, language)),
    )


def _bins(
    drawn: Histogram, said: Callable[[float], str], language: Language
) -> list[tuple[str, str]]:
    return [
        (
            language.gettext("{low} to {high}", low=said(low), high=said(high)),
            language.number(count),
        )
        for low, high, count in zip(drawn.edges, drawn.edges[1:], drawn.counts, strict=False)
    ]


# --- ranking -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rank:
    """How one scenario fares among all."""

    scenario: int
    best: float
    """Share of draws in which it is the best, 0-1."""
    share: str
    rank: str
    """The expected one, 1 is the best."""


def ranking(found: Comparison, measure: str, language: Language) -> tuple[list[Rank], str]:
    """How often each is the best, the most often first; and what is to be said of it: who is left
    out, or why there is none."""
    obstacle = found.obstacle(measure)
    if obstacle:
        return [], _reason(obstacle, language)
    ranked = found.ranking(measure)
    rows = [
        Rank(
            place,
            best,
            language.gettext("best in {number} of 100 cases", number=_of_100(best, language)),
            language.number(rank, decimals=1),
        )
        for place, (best, rank) in enumerate(zip(ranked.best, ranked.rank, strict=True))
        if not math.isnan(best)
    ]
    rows.sort(key=lambda one: (-one.best, ranked.rank[one.scenario]))
    left_out = [LETTERS[place] for place, best in enumerate(ranked.best) if math.isnan(best)]
    if not left_out:
        return rows, ""
    return rows, language.gettext(
        "Left out, since there is nothing to divide by, or no value: {scenarios}.",
        scenarios=", ".join(left_out),
    )


# --- headline figures ----------------------------------------------------------------------------


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


def headline_table(found: Comparison, language: Language) -> list[Row]:
    """The headline figures, each over the scenario's own horizon; differences over the common
    months."""
    everyone = range(len(found.scenarios))
    less = [found.differences(place) if place else None for place in everyone]
    return [
        Row(
            figure.id,
            language.gettext(figure.label),
            _unit_of(figure, language),
            figure.at_end,
            tuple(_cell(found, place, figure, less[place], language) for place in everyone),
        )
        for figure in FIGURES.values()
    ]


def _unit_of(figure: Figure, language: Language) -> str:
    """What neither the label nor the figures say."""
    match figure.unit.split():
        case [_, "per", "year"]:
            return language.gettext("per year")
    return ""


def _cell(
    found: Comparison,
    place: int,
    figure: Figure,
    less: Mapping[str, Estimate | float | None] | None,
    language: Language,
) -> Cell:
    currency = found.scenarios[place].organisation.currency
    value, span = _written(
        figure_of(found.headlines[place], figure.id),
        lambda one: _figure(one, figure, currency, language),
        language,
    )
    if less is None:
        return Cell(value, span, "", "")
    difference, difference_span = _written(
        less[figure.id], lambda one: _less(one, figure, currency, language), language
    )
    if difference == UNDEFINED and figure.id != "payback_month":
        difference = ""
    return Cell(value, span, difference, difference_span)


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


def _figure(value: float, figure: Figure, currency: str, language: Language) -> str:
    if figure.at_end:
        return charts.compact(value, figure.id, currency, language)
    match figure.unit:
        case "currency":
            return language.money(value, currency, sign=figure.id == "net_present_value")
        case "share":
            return language.percent(value)
        case "month":
            if math.isinf(value):
                return language.gettext("not in time")
            return language.gettext("month {number}", number=language.number(value))
    return _ratio(value, figure, language)


def _ratio(value: float, figure: Figure, language: Language, *, sign: bool = False) -> str:
    if figure.id == "roi":
        return language.percent(value, sign=sign)
    return language.number(value, decimals=2 if abs(value) < 100 else 0, sign=sign)


def _less(value: float, figure: Figure, currency: str, language: Language) -> str:
    if figure.unit.startswith("currency"):
        return language.money(value, currency, sign=True)
    if figure.unit.startswith("share") or figure.id == "roi":
        points = language.number(100 * value, decimals=1, sign=True)
        return language.gettext("{points} points", points=points)
    if figure.unit == "month":
        if told := in_time(value):
            return language.gettext(told)
        return language.gettext("{number} months", number=language.number(value, sign=True))
    if figure.at_end:
        return words.count(value, language, sign=True)
    return _ratio(value, figure, language, sign=True)


# --- budgets -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Amount:
    """Money a year for one line of one scenario."""

    today: float
    plan: float
    """With the plan, in the last of the common months."""
    today_text: str
    plan_text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A source, an instrument, or savings."""

    id: str
    label: str
    source: bool
    amounts: tuple[Amount, ...]
    """One for each scenario, in its currency."""


def budgets(found: Comparison, language: Language) -> list[Line]:
    """Budgets side by side; lines that no scenario has are left out."""
    lines = []
    for name in BUDGETS:
        amounts = []
        for one, spent in zip(found.scenarios, found.spending, strict=True):
            today, plan = spent.today[name], spent.plan[name]
            currency = one.organisation.currency
            texts = (language.money(money, currency) for money in (today, plan))
            amounts.append(Amount(today, plan, *texts))
        if any(one.today or one.plan for one in amounts):
            label = language.gettext(words.NAMES.get(name, BUDGETS[name]))
            lines.append(Line(name, label, name in SOURCES, tuple(amounts)))
    return lines


# --- what differs --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing that is not the same in all scenarios; all text."""

    path: str
    label: str
    unit: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiffersGroup:
    """What differs in levers, organisation, assumptions or horizon."""

    id: str
    label: str
    rows: tuple[Differs, ...]


def differences(found: Comparison, language: Language) -> list[DiffersGroup]:
    """Only what differs, in groups."""
    codes = {one.organisation.currency for one in found.scenarios}
    currency = (
        get_currency_symbol(codes.pop(), language.locale)
        if len(codes) == 1
        else language.gettext("Currency")
    )
    return [
        DiffersGroup(
            group,
            language.gettext(GROUPS[group]),
            tuple(_differs(one, currency, language) for one in members),
        )
        for group, members in groupby(found.differing, key=lambda one: one.group)
    ]


def _differs(one: Differing, currency: str, language: Language) -> Differs:
    above, *rest = one.place
    place = rest if rest and above == GROUPS[one.group] else one.place
    percent = one.unit.split(" ")[0] == "share"
    unit = "%" if one.unit == "share" else one.unit.replace("currency", "{currency}")
    return Differs(
        one.path,
        ": ".join(map(language.gettext, place)),
        language.gettext(unit).replace("{currency}", currency),
        tuple(_told_apart(one.values, percent, language)),
    )


_FIGURES = range(4, 16)
"""Figures of a number, as few as tell two that differ from one another."""


def _told_apart(values: Sequence[Value], percent: bool, language: Language) -> list[str]:
    different = len(set(values))
    for figures in _FIGURES:
        texts = [_value(one, percent, figures, language) for one in values]
        if len(set(texts)) == different:
            break
    return texts


def _value(value: Value, percent: bool, figures: int, language: Language) -> str:
    if isinstance(value, str):
        return language.gettext(value)  # shipped organisations have names in every language
    if not isinstance(value, Range):
        return _number(value, percent, figures, language)
    low, central, high = (
        _number(end, percent, figures, language) for end in (value.low, value.central, value.high)
    )
    if low == high:
        return central
    return language.gettext("{central} ({low} to {high})", central=central, low=low, high=high)


def _number(value: float, percent: bool, figures: int, language: Language) -> str:
    size = abs(100 * value if percent else value)
    decimals = max(figures - 1 - math.floor(math.log10(size)), 0) if size else 0
    return (language.percent if percent else language.number)(value, decimals=decimals)


# --- what to know before comparing ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaveatSaid:
    """Something to know before comparing."""

    kind: str
    text: str
    detail: str
    """Which scenarios, and what each has; may be empty."""


def caveats(found: Comparison, language: Language) -> list[CaveatSaid]:
    """What is to be known before comparing."""
    return [
        CaveatSaid(
            one.kind,
            language.gettext(CAVEATS[one.kind]),
            _values(one, language),
        )
        for one in found.caveats
    ]


def _values(caveat: Caveat, language: Language) -> str:
    """What each scenario has, those with the same together."""
    if caveat.kind in {"nothing_moved", "undefined"}:
        return ", ".join(LETTERS[place] for place in caveat.scenarios)
    said: dict[str, list[str]] = {}
    for place, value in enumerate(caveat.values):
        text = _caveat_value(caveat.kind, value, language)
        if text:
            said.setdefault(text, []).append(LETTERS[place])
    parts = [
        language.gettext("{scenarios}: {value}", scenarios=f",{GAP}".join(letters), value=text)
        for text, letters in said.items()
    ]
    if caveat.kind == "model":
        parts.append(language.gettext("here: {version}", version=MODEL_VERSION))
    return "; ".join(parts)


def _caveat_value(kind: str, value: str | float | None, language: Language) -> str:
    if value is None or isinstance(value, str):
        return language.gettext(value or "")
    if kind == "horizon":
        return language.ngettext("{number} month", "{number} months", value)
    if kind == "assumptions":
        if not value:
            return language.gettext("the first one's")
        return language.ngettext("{number} other", "{number} others", value)
    return str(value)


# --- axes -----------------------------------------------------------------------------------------


def by_currency(found: Comparison, outcome_unit: str) -> list[tuple[str, tuple[int, ...]]]:
    """Scenarios that may share an axis: the currency, and positions in their order. Only amounts of
    money keep them apart."""
    codes = [one.organisation.currency for one in found.scenarios]
    everyone = tuple(range(len(codes)))
    if not outcome_unit.startswith("currency"):
        return [(codes[0], everyone)]
    return [
        (code, tuple(place for place in everyone if codes[place] == code))
        for code in dict.fromkeys(codes)
    ]
