"""Figures in words, for people who read them aloud, in any language of the app. Pure.

Every phrase is a whole message with placeholders: word order differs between languages, so nothing
is put together from fragments.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import get_currency_name, get_currency_symbol

from simulator import results
from simulator.analyses.leave_one_out import Dropped
from simulator.i18n.language import LANGUAGES, N_, Language
from simulator.model.register import GRADES, REGISTER
from simulator.results import OUTCOMES, VERDICTS, Estimate, Headline
from simulator.scenario import Scenario

LONGEST_NAME = 80
"""Characters that a scenario's name may have."""

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

NAMES: Mapping[str, str] = {
    "market_research": N_("Market research"),
    "training": N_("Training"),
    "customer_service": N_("Customer service"),
    "listening": N_("Listening"),
    "community": N_("Community"),
    "content": N_("Content"),
    "networking": N_("Networking"),
    "social_service": N_("Social service"),
    "savings": N_("Savings"),
}
"""Names of sources and instruments, by their field in a scenario; to be translated."""


# --- the headline strip --------------------------------------------------------------------------

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
DROPPING = Signed(N_("Saves {amount}"), N_("Costs {amount}"), N_("costing {low} to saving {high}"))


def headline(
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
    detail = language.gettext("better in {number} of 100 cases", number=_of_100(probability))
    return Verdict(found, text, detail, probability)


def _of_100(probability: float) -> str:
    return f"{100 * probability:.0f}"


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
    number = _of_100(figures.probability_payback)
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


# --- units and amounts ---------------------------------------------------------------------------


def unit(outcome: str, currency: str, language: Language) -> str:
    """Unit of an outcome as an axis shows it. Raises ``KeyError`` for an unknown outcome."""
    own = OUTCOMES[outcome].unit.split()
    sign = "%" if own[0] == "share" else get_currency_symbol(currency, language.locale)
    if outcome == "cumulative_value":
        return language.gettext("{unit}, added up, in today's money", unit=sign)
    match own:
        case ["currency" | "share"]:
            return sign
        case ["currency" | "share", "per", "year"]:
            return language.gettext("{unit} per year", unit=sign)
        case ["currency", "per", "contact"]:
            return language.gettext("{unit} per contact", unit=sign)
        case ["heads"]:
            return language.gettext("customers")
        case ["heads", "per", "year"]:
            return language.gettext("customers per year")
        case ["hours", "per", "year"]:
            return language.gettext("hours per year")
        case ["contacts", "per", "year"]:
            return language.gettext("contacts per year")
    raise AssertionError(f"outcome {outcome}: found a unit without words: {OUTCOMES[outcome].unit}")


def count(value: float, language: Language, *, sign: bool = False) -> str:
    """How many: in full below ten thousand, else short."""
    if 999.5 <= abs(value) < 9999.5:
        return language.number(value, sign=sign)
    return language.short(value, sign=sign)


def amount(value: float, outcome: str, currency: str, language: Language) -> str:
    """A value of an outcome with its unit. Raises ``KeyError`` for an unknown outcome."""
    own = OUTCOMES[outcome].unit.split()
    match own[0]:
        case "share":
            number = language.percent(value, decimals=1)
        case "currency":
            number = language.money(value, currency)
        case _:
            number = count(value, language)
    match own:
        case ["currency" | "share"]:
            return number
        case ["currency" | "share", "per", "year"]:
            return language.gettext("{amount} per year", amount=number)
        case ["currency", "per", "contact"]:
            return language.gettext("{amount} per contact", amount=number)
        case ["heads"]:
            return language.gettext("{amount} customers", amount=number)
        case ["heads", "per", "year"]:
            return language.gettext("{amount} customers per year", amount=number)
        case ["hours", "per", "year"]:
            return language.gettext("{amount} hours per year", amount=number)
        case ["contacts", "per", "year"]:
            return language.gettext("{amount} contacts per year", amount=number)
    raise AssertionError(f"outcome {outcome}: found a unit without words: {OUTCOMES[outcome].unit}")


# --- words for the stops of a lever --------------------------------------------------------------

_SHARE_WORDS: tuple[tuple[float, str], ...] = (
    (0, N_("a little")),
    (0.15, N_("a part")),
    (0.4, N_("about half")),
    (0.6, N_("most of it")),
    (0.9, N_("nearly all")),
)
_NOTHING_OR_ALL: tuple[tuple[float, str], ...] = ((0, N_("nothing")), (1, N_("all of it")))

_FROM: Mapping[str, tuple[tuple[float, str], ...]] = {
    "minutes_per_day": (
        (0, N_("now and then")),
        (5, N_("every day")),
        (13, N_("a quarter of an hour")),
        (18, N_("some 20 minutes")),
        (27, N_("half an hour")),
        (34, N_("over half an hour")),
        (60, N_("an hour and more")),
        (240, N_("half the day")),
        (480, N_("the whole day")),
    ),
    "participation": (
        (0, N_("a few enthusiasts")),
        (0.06, N_("a group")),
        (0.2, N_("many of us")),
        (0.5, N_("most of us")),
        (0.9, N_("everybody")),
    ),
    "openness": (
        (0, N_("only sends")),
        (0.2, N_("answers")),
        (0.4, N_("listens")),
        (0.6, N_("asks")),
        (0.8, N_("creates together")),
    ),
    "promotional_share": (
        (0, N_("hardly ever selling")),
        (0.05, N_("sometimes selling")),
        (0.25, N_("often selling")),
        (0.5, N_("mostly selling")),
        (0.9, N_("always selling")),
    ),
    "regularity": (
        (0, N_("whenever")),
        (0.4, N_("a rough rhythm")),
        (0.7, N_("a steady rhythm")),
        (0.9, N_("like clockwork")),
    ),
    "mandate": (
        (0, N_("no policy")),
        (0.1, N_("tolerated")),
        (0.4, N_("encouraged")),
        (0.7, N_("clear policy")),
        (0.9, N_("leaders live it")),
    ),
    "share": _SHARE_WORDS,
}
_EXACT: Mapping[str, tuple[tuple[float, str], ...]] = {
    "minutes_per_day": ((0, N_("no time")),),
    "participation": ((0, N_("nobody")),),
    "promotional_share": ((0, N_("never")),),
    "share": _NOTHING_OR_ALL,
    "start_month": ((0, N_("now")),),
    "ramp_months": ((1, N_("at once")),),
}
_TEMPLATES: Mapping[str, str] = {
    "start_month": N_("month {number}"),
    "ramp_months": N_("over {number} months"),
}


def stop_words(language: Language) -> dict[str, dict[str, Any]]:
    """The words for the stops of the levers, for the browser.

    By the lever's field in the scenario; ``share`` for what is taken from a source or put into an
    instrument. A word is found in this order:

    - ``exact``: pairs of a value and the word for just that value;
    - ``from``: pairs of a least value and the word from there on, ascending;
    - ``template``: a text with ``{number}`` for the value, or ``None``.
    """
    names = [*_FROM, *_TEMPLATES]
    return {
        name: {
            "exact": [[value, language.gettext(word)] for value, word in _EXACT.get(name, ())],
            "from": [[least, language.gettext(word)] for least, word in _FROM.get(name, ())],
            "template": language.gettext(template, number="{number}")
            if (template := _TEMPLATES.get(name))
            else None,
        }
        for name in names
    }


# --- rows, names and files -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """What one instrument does, as a row of a table; all text."""

    instrument: str
    money: str
    change: str
    range: str
    chance: str


def dropping_headings(language: Language) -> Row:
    """The headings above the rows of :func:`dropped`."""
    return Row(
        instrument=language.gettext("Instrument"),
        money=language.gettext("Money moved into it"),
        change=language.gettext("What dropping it does"),
        range=language.gettext("Eight of ten cases"),
        chance=language.gettext("Dropping it costs in"),
    )


def dropped(name: str, one: Dropped, currency: str, language: Language) -> Row:
    """What an instrument does; ``name`` is its field in a scenario's split."""
    change, ends = signed(one.change, currency, language, DROPPING)
    return Row(
        instrument=language.gettext(NAMES[name]),
        money=language.money(one.money, currency),
        change=change,
        range=ends,
        chance=language.gettext("{number} of 100 cases", number=_of_100(one.probability_costs)),
    )


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


def changed_name(name: str, language: Language) -> str:
    """The name of a scenario whose levers were moved; not longer than a name may be.

    A name that says so already, in any language, stays as it is.
    """
    if name.endswith(tuple(_changed(one) for one in LANGUAGES.values())):
        return name
    mark = _changed(language)
    return name[: LONGEST_NAME - len(mark)].rstrip() + mark


def called(plan: Scenario, base: Scenario | None, language: Language) -> str:
    """What a plan that started from ``base`` goes by: another one than that has not its name."""
    if base is None or plan.without_results() == base.without_results():
        return plan.name
    return changed_name(plan.name, language)


def _changed(language: Language) -> str:
    return f" ({language.pgettext('scenario', 'changed')})"


def file_name(name: str) -> str:
    """A file name from a scenario's name: letters and digits of any script, and hyphens."""
    words_of = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).lower())
    return f"{'-'.join(words_of) or 'scenario'}.json"
