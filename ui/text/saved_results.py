"""Drift in words: what a scenario came to when it was saved, and what it comes to today.

The figures of both are said as the headline strip says them. A difference that these words do not
show is none for the reader, and is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.i18n.language import N_, Language, rounded
from simulator.results import FIGURES, Figure, Headline, chances, precision, verdict
from simulator.results.chance_words import percent
from simulator.results.saved import EDITION, drift, edition_changed, headline_of
from simulator.scenario import ResultsInput
from ui.text.headline import VERDICT_LABEL, headline_strip


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One figure that is another one now; all text."""

    figure: str
    """Its field in the results."""
    label: str
    then: str
    now: str
    change: str
    """From then to now."""


@dataclass(frozen=True, slots=True)
class DriftText:
    """What differs between then and now."""

    model_then: str
    model_now: str
    rows: tuple[ChangedFigure, ...]
    sentence: str
    """All of it in short."""
    note: str
    """What else is not the same; may be empty."""


def drift_text(
    then: ResultsInput,
    now: ResultsInput,
    currency: str,
    horizon: int,
    language: Language,
    *,
    too_late: bool = False,
) -> DriftText | None:
    """What differs; nothing if the reader would see the same.

    ``horizon`` in months, ``too_late``: the plan starts only after it, as in
    :func:`ui.text.headline.headline_strip`; amounts are in ``currency``, an ISO 4217 code.
    """
    headlines = headline_of(then, horizon), headline_of(now, horizon)
    old, new = (
        _figures(headline, currency, horizon, language, too_late=too_late) for headline in headlines
    )
    rows = tuple(
        ChangedFigure(
            pair.figure,
            language.gettext(_label(pair.row)),
            old[pair.figure],
            new[pair.figure],
            _change(pair.row, headlines, currency, language),
        )
        for pair in drift(then, now)
        if old[pair.figure] != new[pair.figure]
    )
    if not rows:
        return None
    return DriftText(
        then.model_version,
        now.model_version,
        rows,
        _sentence(*headlines, currency, language),
        _note(then, now, language),
    )


# --- figures -------------------------------------------------------------------------------------


def _label(figure: Figure) -> str:
    """What a figure is called; the chance of being better is said by the verdict on it."""
    return VERDICT_LABEL if figure.id == "probability_better" else figure.label


def _figures(
    headline: Headline, currency: str, horizon: int, language: Language, *, too_late: bool
) -> dict[str, str]:
    """Every figure in words, by id."""
    strip = headline_strip(headline, currency, horizon, language, too_late=too_late)

    def said(value: str, detail: str) -> str:
        return language.gettext("{value} ({range})", value=value, range=detail)

    return {
        **{figure.id: _number(headline, figure, currency, language) for figure in FIGURES.values()},
        **{figure.id: said(figure.value, figure.range) for figure in strip.figures},
        "probability_better": said(strip.verdict.text, strip.verdict.detail),
    }


def _number(headline: Headline, figure: Figure, currency: str, language: Language) -> str:
    """A figure that is one number over all draws."""
    value = headline.estimate(figure).central
    if figure.kind == "money":
        value = precision.shown_value(value, headline.error(figure), is_middle=False)
        return language.money(value, currency, sign=True)
    if figure.kind == "share":
        return percent(value, headline.draws, language)
    return language.number(value, decimals=2)


# --- what changed --------------------------------------------------------------------------------


def _read(headline: Headline, figure: Figure) -> float:
    """The middle of a figure with the digits that it is written with: a difference is that of what
    is read, and adds up. Not finite where there is no such number."""
    estimate = headline.estimate(figure)
    value = estimate.central
    if not math.isfinite(value):
        return value
    match figure.kind:
        case "money":
            return precision.as_read(value, headline.error(figure))
        case "month":
            return float(f"{value:.0f}")
        case "share":
            return chances.rounded(value).percent / 100.0
        case "ratio":
            value = precision.shown_value(value, estimate.error)
            return rounded(value, 0.01 if figure.in_percent or abs(value) < 100.0 else 1.0)


def _change(
    figure: Figure, headlines: tuple[Headline, Headline], currency: str, language: Language
) -> str:
    """How the middle of one figure moved, in words."""
    then, now = (_read(headline, figure) for headline in headlines)
    if not (math.isfinite(then) or math.isfinite(now)):
        return language.gettext("the range is another")
    if not math.isfinite(then):
        return language.gettext("only now")
    if not math.isfinite(now):
        return language.gettext("no longer")
    if figure.kind == "money":
        size = _apart(
            then, now, [headline.error(figure) for headline in headlines], currency, language
        )
    else:
        size = _size(figure, now - then, language)
    if now == then:
        return language.gettext("the range is another")
    if figure.verbs:  # "higher" would say of a cost what is meant of its value
        return language.gettext("{amount} apart", amount=size)
    if figure.kind == "month":
        later, earlier = N_("{amount} later"), N_("{amount} earlier")
        return language.gettext(later if now > then else earlier, amount=size)
    higher, lower = N_("{amount} higher"), N_("{amount} lower")
    return language.gettext(higher if now > then else lower, amount=size)


def _apart(
    then: float, now: float, errors: Sequence[float], currency: str, language: Language
) -> str:
    """How far two amounts are apart, as finely as the finer of both is written; ``errors``: their
    standard errors."""
    steps = [precision.unit(*pair) for pair in zip((then, now), errors, strict=True)]
    step = min(filter(None, steps), default=None)
    return language.money(abs(now - then), currency, step=step)


def _size(figure: Figure, change: float, language: Language) -> str:
    """By how much a figure that is no amount changed, without a sign."""
    size = abs(change)
    if figure.kind == "month":
        return language.ngettext("{number} month", "{number} months", size)
    if figure.kind == "share" or figure.in_percent:
        points = language.number(100.0 * size, decimals=1)
        return language.gettext("{points} percentage points", points=points)
    return language.number(size, decimals=2)


def _sentence(then: Headline, now: Headline, currency: str, language: Language) -> str:
    old, new = _verdict_and_share(then, language), _verdict_and_share(now, language)
    if old == new:
        first = language.gettext("Then and now: {verdict}.", verdict=old)
    else:
        first = language.gettext("Then: {then}. Now: {now}.", then=old, now=new)
    return f"{first} {_value(then, now, currency, language)}"


def _verdict_and_share(headline: Headline, language: Language) -> str:
    share = headline.probability_better
    words = language.gettext(verdict(share))
    if math.isnan(share):
        return words
    return language.gettext(
        "{value} ({range})", value=words, range=percent(share, headline.draws, language)
    )


def _value(then: Headline, now: Headline, currency: str, language: Language) -> str:
    """The sentence about the value, the figure that the page is about."""
    worths = (then.net_present_value, now.net_present_value)
    old, new = (precision.as_read(worth.central, worth.error) for worth in worths)
    if math.isnan(old) or math.isnan(new):
        return language.gettext("The value was not known.")
    if old == new:
        return language.gettext("The value is the same.")
    amount = _apart(old, new, [worth.error for worth in worths], currency, language)
    higher, lower = N_("The value is {amount} higher."), N_("The value is {amount} lower.")
    return language.gettext(higher if new > old else lower, amount=amount)


def _note(then: ResultsInput, now: ResultsInput, language: Language) -> str:
    notes = []
    if edition_changed(then, now):
        notes.append(language.gettext(EDITION))
    if then.draws != now.draws:
        notes.append(
            language.gettext(
                "Then from {then} draws, now from {now}: small differences are chance.",
                then=language.number(then.draws),
                now=language.number(now.draws),
            )
        )
    return " ".join(notes)
