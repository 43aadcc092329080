"""Whether one scenario is better than another, in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from babel.numbers import get_currency_name

from simulator import charts
from simulator.analyses.comparison import (
    CARRYING_ON,
    CAVEATS,
    SAME,
    Comparison,
    Histogram,
    Pair,
    pair_as_shown,
)
from simulator.i18n.language import N_, Language, capital
from simulator.results import precision
from simulator.results.chance_words import in_cases, of_100
from simulator.scenario.sets import Asked
from ui.text import headline
from ui.text.comparison import counted
from ui.text.comparison.measures import Measured, bare, measured, obstacle_text
from ui.text.explanation import Explanation

RULE = N_(
    "In how many of 100 cases is one better than the other, in the same draws of the assumptions? "
    "From 33 to 65: too close to call. From 66: likely better; from 90: very likely. Below, the "
    "same for worse. This is the scale of the IPCC; cases without a difference count half."
)
"""The rule of every verdict on a pair; to be translated."""

_VERDICTS: Mapping[str, str] = {
    "very_likely_better": N_("{second} is very likely better than {first}"),
    "likely_better": N_("{second} is likely better than {first}"),
    "too_close": N_("Too close to call between {first} and {second}"),
    "likely_worse": N_("{second} is likely worse than {first}"),
    "very_likely_worse": N_("{second} is very likely worse than {first}"),
    "same": N_("{first} and {second} come to the same"),
    "impossible": N_("{first} and {second} cannot be compared like this"),
}
"""By kind, see :func:`ui.text.headline.kind`."""


_PER: Mapping[str, str] = {
    "value": N_("{verdict}, in all"),
    "value_per_customer": N_("{verdict}, per customer"),
    "value_per_employee": N_("{verdict}, per employee"),
    "value_per_money_moved": N_("{verdict}, per {currency} moved"),
}
"""A verdict across organisations: it holds for the measure alone, so it names it."""


_MOST_TICKS = 5
"""Of a histogram: with more, their texts would touch on a phone."""


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
    bars: tuple[Explanation, ...]
    """How many cases each bar counts."""


@dataclass(frozen=True, slots=True)
class Apart:
    """By how much the two values are apart as they are shown, where the middle of all differences
    is another one."""

    amount: str
    how: Explanation


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one scenario is better than another."""

    first: int
    second: int
    kind: str
    """One of :data:`ui.text.headline.KINDS`, ``same``, or ``impossible``."""
    verdict: str
    detail: str
    """Figures behind the verdict, or why there is none."""
    amounts: tuple[str, ...]
    """The numbers of the detail as they stand in it, in their order."""
    difference: str
    """What is counted: the second less the first."""
    how: Explanation | None
    """How the figures came about; none where there are none."""
    note: str
    """What to know with the verdict: that the organisations differ; may be empty."""
    apart: Apart | None
    """The number in the note, if it says one."""
    alt: str
    """What the histogram shows."""
    worse: str
    """Where the first is ahead; empty where nothing is drawn."""
    better: str
    spread: Spread | None


def answer(
    comparison: Comparison, measure: str, first: int, second: int, language: Language
) -> Answer:
    """Whether ``second`` is better than ``first``, in a measure."""
    letters = {
        "first": called(comparison, first, language),
        "second": called(comparison, second, language),
    }
    obstacle = comparison.obstacle(measure, first, second)
    if obstacle:
        text = said("impossible", letters["first"], letters["second"], language)
        reason = obstacle_text(obstacle, language)
        return _without_figures(first, second, "impossible", (text, reason, ""))
    pair, draws = pair_as_shown(comparison, comparison.pair(first, second, measure))
    note, apart = _apart(comparison, pair, language) if measure == "value" else ("", None)
    if not comparison.same_organisation(first, second):
        note, apart = language.gettext(CAVEATS["organisation"]), None
    elif _hardly_differ(comparison, pair):
        small = language.gettext(
            "The two hardly differ: each value by itself can be off by a hundred times as much."
        )
        note = f"{small} {note}" if apart else small
    if pair.verdict == SAME:
        text = said("same", letters["first"], letters["second"], language)
        detail = language.gettext("They do not differ in a single case.")
        return _without_figures(first, second, "same", (text, detail, note))
    currency = comparison.scenarios[min(first, second)].organisation.currency

    def amount(value: float) -> str:
        return bare(value, measure, currency, language)

    def ahead(letter: str, share: float) -> str:
        return capital(
            language.gettext(
                "{letter} ahead: {cases}",
                letter=letter,
                cases=of_100(share, comparison.draws, language),
            )
        )

    amounts = measured(pair.difference, measure, currency, language)
    detail, alt = _details(pair, letters, comparison.draws, amounts, language)
    chances = (in_cases(share, comparison.draws, language) for share in (pair.better, pair.same))
    return Answer(
        first,
        second,
        headline.kind(pair.probability),
        _pair_verdict(comparison, measure, pair, language),
        detail,
        counted.in_order(detail, (*chances, *amounts)),
        capital(language.gettext("{second} less {first}", **letters)),
        counted.of_pair(pair, letters, draws, amounts, language),
        note,
        apart,
        alt,
        ahead(letters["first"], pair.worse),
        ahead(letters["second"], pair.better),
        _spread(pair, amount, language),
    )


_HARDLY = 0.01
"""A difference in value is small that is below this share of where eight of ten cases of it lie."""


def _hardly_differ(comparison: Comparison, pair: Pair) -> bool:
    """Whether one is surely ahead of the other, by next to nothing."""
    places = (pair.first, pair.second)
    if pair.measure != "value" or pair.verdict == SAME or comparison.carrying_on in places:
        return False
    worths = [comparison.headlines[place].net_present_value for place in places]
    spread = min(worth.high - worth.low for worth in worths)
    return abs(pair.difference.central) < _HARDLY * spread


def _without_figures(first: int, second: int, kind: str, texts: tuple[str, str, str]) -> Answer:
    """An answer that there is nothing to draw of; ``texts``: verdict, detail, note."""
    verdict, detail, note = texts
    return Answer(first, second, kind, verdict, detail, (), "", None, note, None, "", "", "", None)


def _apart(comparison: Comparison, pair: Pair, language: Language) -> tuple[str, Apart | None]:
    """Why the middle difference is not that of the two values below, where it is another one; and
    the number in that."""
    places = (pair.first, pair.second)
    if comparison.carrying_on in places:
        return "", None  # the difference from carrying on is the value itself
    if {comparison.scenarios[place].horizon_months for place in places} != {comparison.months}:
        return "", None
    currency = comparison.scenarios[pair.first].organisation.currency
    worths = [comparison.headlines[place].net_present_value for place in places]
    first, second = (precision.as_read(worth.central, worth.error) for worth in worths)
    apart = language.money(second - first, currency, sign=True)
    between = precision.shown(pair.difference).central
    if apart == language.money(between, currency, sign=True):
        return "", None
    exactly = worths[1].central - worths[0].central
    if first == second or abs(second - first - exactly) > abs(exactly - between):
        text = N_(
            "The two values as they are shown differ otherwise: each is rounded by itself, to "
            "fewer digits."
        )
        return language.gettext(text), None
    text = N_(
        "This is the middle of all differences, case by case. The two values themselves, each in "
        "its own middle, differ by {amount}."
    )
    letters = [called(comparison, place, language) for place in places]
    how = counted.of_values(letters, [first, second], apart, currency, language)
    return language.gettext(text, amount=apart), Apart(apart, how)


def called(comparison: Comparison, place: int, language: Language) -> str:
    """What a scenario, or carrying on, is called in a sentence."""
    if place == comparison.carrying_on:
        return language.gettext("carrying on")
    return comparison.letters[place]


def _details(
    pair: Pair, letters: Mapping[str, str], draws: int, amounts: Measured, language: Language
) -> tuple[str, str]:
    """The figures behind a verdict, and what the histogram shows; ``letters``: what both are
    called."""
    figures = {
        **letters,
        **amounts._asdict(),
        "better": in_cases(pair.better, draws, language),
    }
    if pair.same >= 0.005:
        detail = language.gettext(
            "{second} is ahead {better}, and the same as {first} {same}: "
            "{middle} in the middle of all cases, {low} to {high} in 8 of 10.",
            same=in_cases(pair.same, draws, language),
            **figures,
        )
    else:
        detail = language.gettext(
            "{second} is ahead {better}: {middle} in the middle of all cases, "
            "{low} to {high} in 8 of 10.",
            **figures,
        )
    alt = language.gettext(
        "How {second} less {first} is spread over the cases: from {low} to {high} in 8 of 10, "
        "{middle} in the middle; above zero {better}.",
        **figures,
    )
    return capital(detail), alt


def _pair_verdict(comparison: Comparison, measure: str, pair: Pair, language: Language) -> str:
    """The verdict on a pair; across organisations, with what it is by."""
    first, second = (called(comparison, place, language) for place in (pair.first, pair.second))
    kind = headline.kind(pair.probability)
    if comparison.same_organisation(pair.first, pair.second):
        return said(kind, first, second, language)
    currencies = [
        comparison.scenarios[place].organisation.currency for place in (pair.first, pair.second)
    ]
    return said(kind, first, second, language, (measure, currencies))


def said(
    kind: str,
    first: str,
    second: str,
    language: Language,
    by: tuple[str, Sequence[str]] = ("", ()),
) -> str:
    """A verdict on two that go by these names, in a sentence without its full stop: ``kind`` is one
    of :data:`simulator.scenario.sets.VERDICTS`. ``by``: the measure, and the currencies of both,
    where their organisations are different ones; then it holds for the measure alone, and says
    so."""
    measure, currencies = by
    verdict = capital(language.gettext(_VERDICTS[kind], first=first, second=second))
    if not currencies or kind not in headline.KINDS:
        return verdict
    if measure == "value_per_money_moved" and len({*currencies}) > 1:
        return language.gettext("{verdict}, for the money moved", verdict=verdict)
    currency = get_currency_name(currencies[0], count=1, locale=language.locale)
    return language.gettext(_PER[measure], verdict=verdict, currency=currency)


def kept(asked: Asked, currencies: Sequence[str], language: Language) -> str:
    """The verdict that a set was saved with."""
    first, second = (
        language.gettext("carrying on") if letter == CARRYING_ON else letter
        for letter in (asked.first, asked.second)
    )
    return said(asked.verdict, first, second, language, (asked.measure, currencies))


def _spread(pair: Pair, amount: Callable[[float], str], language: Language) -> Spread:
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
        ticks=tuple(Tick(place(one), amount(one)) for one in ticks),
        rows=tuple(_bins(drawn, amount, language)),
        bars=counted.of_bars(drawn.counts, language),
    )


def _bins(
    drawn: Histogram, amount: Callable[[float], str], language: Language
) -> list[tuple[str, str]]:
    """A row of each bar; the outermost hold what lies beyond them, too."""
    ranges = [
        language.gettext("{low} to {high}", low=amount(low), high=amount(high))
        for low, high in pairwise(drawn.edges)
    ]
    if len(ranges) > 1:
        ranges[0] = language.gettext("{high} or less", high=amount(drawn.edges[1]))
        ranges[-1] = language.gettext("{low} or more", low=amount(drawn.edges[-2]))
    counts = map(language.number, drawn.counts)
    return list(zip(ranges, counts, strict=True))
