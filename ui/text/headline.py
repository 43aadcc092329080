"""The headline strip in words, for people who read it aloud, in any language of the app. Pure.

Every phrase is a whole message with placeholders: word order differs between languages, so nothing
is put together from fragments.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import get_currency_name

from simulator import results
from simulator.i18n.language import N_, Language
from simulator.model.register import GRADES, REGISTER
from simulator.results import VERDICTS, Estimate, Headline
from ui.text.chances import of_100

KINDS: tuple[str, ...] = (
    "very_likely_better",
    "likely_better",
    "too_close",
    "likely_worse",
    "very_likely_worse",
)
"""What a verdict is, in the order of :data:`simulator.results.VERDICTS`."""
NOTHING, TOO_LATE = "nothing", "too_late"
"""Verdicts without a probability: a plan that changes nothing, or nothing within the horizon."""

FIGURES: Mapping[str, str] = {
    "net_present_value": N_("Value against carrying on"),
    "payback_month": N_("Money is back"),
    "roi": N_("Return on investment"),
    "return_on_involvement": N_("Return on Involvement"),
    "return_on_ignoring": N_("Return on Ignoring"),
    "cost_of_waiting": N_("Cost of waiting a year"),
}
"""What the figures of the strip are called, by their field in the headline; to be translated."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the plan is better than carrying on."""

    kind: str
    """One of :data:`KINDS`, :data:`NOTHING` or :data:`TOO_LATE`."""
    text: str
    detail: str
    probability: float | None
    """Share of draws in which the plan is better, 0-1; none where nothing differs."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the headline strip."""

    id: str
    """Its field in :class:`simulator.results.Headline`."""
    label: str
    value: str
    range: str
    """Where eight of ten draws lie, or what the value is about."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The headline strip, ready to be read aloud."""

    verdict: Verdict
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """How an amount is said whose sign is a verb; each a message to be translated."""

    above: str
    """Above zero; takes ``amount``."""
    below: str
    """Below zero; takes ``amount``."""
    across: str
    """A range with zero inside; takes ``low`` (below zero) and ``high``."""


IGNORING = Signed(
    N_("Brings {amount}"), N_("Costs {amount}"), N_("costing {low} to bringing {high}")
)
WAITING = Signed(N_("Costs {amount}"), N_("Saves {amount}"), N_("saving {low} to costing {high}"))


def headline_strip(
    figures: Headline, currency: str, horizon: int, language: Language, *, too_late: bool = False
) -> Strip:
    """The headline strip of a forecast.

    ``horizon`` in months; ``too_late``: the plan starts only after it. Amounts are in ``currency``,
    an ISO 4217 code.
    """
    verdict = _verdict(figures.probability_better, horizon, language, too_late=too_late)
    said: Mapping[str, tuple[str, str]] = {
        "net_present_value": _value(figures.net_present_value, currency, language, verdict),
        "payback_month": _payback(figures, horizon, language, verdict),
        "roi": _roi(figures.roi, language),
        "return_on_involvement": _return_on_involvement(
            figures.return_on_involvement, currency, language
        ),
        "return_on_ignoring": signed(figures.return_on_ignoring, currency, language, IGNORING),
        "cost_of_waiting": signed(figures.cost_of_waiting, currency, language, WAITING),
    }
    return Strip(
        verdict,
        tuple(Figure(name, language.gettext(FIGURES[name]), *said[name]) for name in FIGURES),
    )


def kind(probability: float) -> str:
    """What a probability of being better (0-1) means; ``nan``: nothing was changed."""
    if math.isnan(probability):
        return NOTHING
    limits = (limit for limit, _ in VERDICTS)
    return next(one for one, limit in zip(KINDS, limits, strict=True) if probability >= limit)


def verdict_text(probability: float, language: Language) -> str:
    """What a probability of being better (0-1) is called, alone; ``nan``: nothing was changed."""
    text = language.gettext(results.verdict(probability))
    return text[:1].upper() + text[1:]


def _verdict(
    probability: float, horizon: int, language: Language, *, too_late: bool = False
) -> Verdict:
    if too_late:
        text = language.gettext("Starts too late")
        detail = language.gettext("after the {months} months shown", months=horizon)
        return Verdict(TOO_LATE, text, detail, None)
    found = kind(probability)
    text = verdict_text(probability, language)
    if found == NOTHING:
        return Verdict(NOTHING, text, language.gettext("so nothing differs"), None)
    detail = language.gettext(
        "better in {number} of 100 cases", number=of_100(probability, language)
    )
    return Verdict(found, text, detail, probability)


def _between(low: str, high: str, language: Language) -> str:
    return language.gettext("{low} to {high}", low=low, high=high)


def _value(
    estimate: Estimate, currency: str, language: Language, verdict: Verdict
) -> tuple[str, str]:
    low, middle, high = (
        language.money(one, currency, sign=True)
        for one in (estimate.low, estimate.central, estimate.high)
    )
    if verdict.kind in {NOTHING, TOO_LATE}:
        return middle, language.gettext("the same as carrying on")
    return middle, _between(low, high, language)


def _payback(
    figures: Headline, horizon: int, language: Language, verdict: Verdict
) -> tuple[str, str]:
    months = figures.payback_month.central
    if math.isnan(months):
        said = language.gettext("nothing differs in {months} months", months=horizon)
        return language.gettext("Nothing to repay"), said
    number = of_100(figures.probability_payback, language)
    if verdict.kind == "too_close":
        # A month would say that the money comes back, which is just what is open.
        return (
            language.gettext("{number} of 100 cases", number=number),
            language.gettext("within {months} months", months=horizon),
        )
    if math.isinf(months):
        value = language.gettext("Not in {months} months", months=horizon)
    elif months <= 1:
        value = language.gettext("At once")
    else:
        value = language.gettext("After {months} months", months=f"{months:.0f}")
    return value, language.gettext("back in {number} of 100 cases", number=number)


def _no_return(language: Language) -> tuple[str, str]:
    return language.gettext("Nothing invested"), language.gettext("so there is no return on it")


def _roi(estimate: Estimate, language: Language) -> tuple[str, str]:
    if math.isnan(estimate.central):
        return _no_return(language)
    low, middle, high = (
        language.percent(one, sign=True) for one in (estimate.low, estimate.central, estimate.high)
    )
    return middle, _between(low, high, language)


def _return_on_involvement(
    estimate: Estimate, currency: str, language: Language
) -> tuple[str, str]:
    if math.isnan(estimate.central):
        return _no_return(language)
    low, middle, high = (
        language.number(one, decimals=2 if abs(one) < 100 else 0)
        for one in (estimate.low, estimate.central, estimate.high)
    )
    name = get_currency_name(currency, count=1, locale=language.locale)
    return middle, language.gettext(
        "{low} to {high} per {currency} spent", low=low, high=high, currency=name
    )


def signed(estimate: Estimate, currency: str, language: Language, words: Signed) -> tuple[str, str]:
    """An amount whose sign is a verb, and where eight of ten draws lie."""
    low, middle, high = (
        language.money(abs(one), currency)
        for one in (estimate.low, estimate.central, estimate.high)
    )
    nothing = language.money(0, currency)
    if middle == nothing:
        return language.gettext("No difference"), language.gettext("in the middle of all cases")
    said = words.above if estimate.central > 0.0 else words.below
    value = language.gettext(said, amount=middle)
    if estimate.low < 0.0 < estimate.high and nothing not in {low, high}:
        return value, language.gettext(words.across, low=low, high=high)
    ends = (low, high) if estimate.central > 0.0 else (high, low)
    return value, _between(*ends, language)


def rests_on(overridden: int, language: Language) -> str:
    """How many assumptions a result rests on, how many of them are weak, and how many of them are
    the scenario's own (``overridden``)."""
    weakest = max(GRADES)
    values = {
        "total": len(REGISTER),
        "weak": Counter(one.grade for one in REGISTER)[weakest],
        "grade": weakest,
        "meaning": language.gettext(GRADES[weakest]),
    }
    if not overridden:
        return language.gettext(
            "Rests on {total} assumptions, {weak} of them grade {grade} ({meaning})", **values
        )
    return language.ngettext(
        "Rests on {total} assumptions, {weak} of them grade {grade} ({meaning}), "
        "{number} of them changed",
        "Rests on {total} assumptions, {weak} of them grade {grade} ({meaning}), "
        "{number} of them changed",
        overridden,
        **values,
    )
