"""Then and now in words: what a scenario came to when it was saved, and what it comes to today.

The figures of both are said as the headline strip says them. A difference that these words do not
show is none for the reader, and is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.i18n.language import N_, Language
from simulator.results import Estimate, Headline, verdict
from simulator.results.saved import Difference, differences
from simulator.scenario import EstimateInput, ResultsInput
from ui.text import headline
from ui.text.chances import percent
from ui.text.headline import headline_strip

LABELS: Mapping[str, str] = {
    **headline.FIGURES,
    "probability_better": N_("Is it better?"),
    "worst_case": N_("Mean of the worst tenth of the cases"),
    "probability_payback": N_("Money is back in time"),
}
"""What the figures are called, by their field in the results; to be translated."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure that is another one now; all text."""

    figure: str
    """Its field in the results."""
    label: str
    then: str
    now: str
    change: str
    """From then to now."""


@dataclass(frozen=True, slots=True)
class ThenNow:
    """What differs between then and now."""

    model_then: str
    model_now: str
    rows: tuple[Row, ...]
    sentence: str
    """All of it in short."""
    note: str
    """What else is not the same; may be empty."""


def then_now(
    then: ResultsInput,
    now: ResultsInput,
    currency: str,
    horizon: int,
    language: Language,
    *,
    too_late: bool = False,
) -> ThenNow | None:
    """What differs; nothing if the reader would see the same.

    ``horizon`` in months, ``too_late``: the plan starts only after it, as in
    :func:`ui.text.headline.headline_strip`; amounts are in ``currency``, an ISO 4217 code.
    """

    def figures(results: ResultsInput) -> dict[str, str]:
        found = _headline(results, horizon)
        strip = headline_strip(found, currency, horizon, language, too_late=too_late)
        return _said(strip, results, currency, language)

    old, new = figures(then), figures(now)
    rows = tuple(
        Row(
            one.figure,
            language.gettext(LABELS[one.figure]),
            old[one.figure],
            new[one.figure],
            _change(one, currency, language),
        )
        for one in differences(then, now)
        if old[one.figure] != new[one.figure]
    )
    if not rows:
        return None
    return ThenNow(
        then.model_version,
        now.model_version,
        rows,
        _sentence(then, now, currency, language),
        _note(then.draws, now.draws, language),
    )


# --- figures -------------------------------------------------------------------------------------


def _headline(results: ResultsInput, horizon: int) -> Headline:
    """The headline that results were taken from, but for what they do not keep."""
    better, paid = _known(results.probability_better), _known(results.probability_payback)
    # Kept as one: months that never come, and months there are none of.
    never = math.nan if math.isnan(paid) else math.inf
    return Headline(
        net_present_value=_estimate(results.net_present_value),
        probability_better=better,
        verdict=verdict(better),
        worst_case=results.worst_case,
        payback_month=_within(_estimate(results.payback_month, never), horizon),
        probability_payback=paid,
        roi=_estimate(results.roi),
        return_on_involvement=_estimate(results.return_on_involvement),
        return_on_ignoring=_estimate(results.return_on_ignoring),
        cost_of_waiting=_estimate(results.cost_of_waiting),
        at_horizon={},
    )


def _known(value: float | None, unknown: float = math.nan) -> float:
    return unknown if value is None else value


def _within(months: Estimate, horizon: int) -> Estimate:
    """``months``, never where they are beyond the horizon: only a link made by hand says such."""
    low, central, high = (
        math.inf if end > horizon else end for end in (months.low, months.central, months.high)
    )
    return Estimate(low, central, high)


def _estimate(given: EstimateInput, unknown: float = math.nan) -> Estimate:
    low, central, high = (_known(end, unknown) for end in (given.low, given.central, given.high))
    return Estimate(low, central, high)


def _said(
    strip: headline.Strip, results: ResultsInput, currency: str, language: Language
) -> dict[str, str]:
    """Every figure in words, by its field in the results."""

    def of(value: str, range: str) -> str:
        return language.gettext("{value} ({range})", value=value, range=range)

    paid = _known(results.probability_payback)
    return {
        "probability_better": of(strip.verdict.text, strip.verdict.detail),
        "worst_case": language.money(results.worst_case, currency, sign=True),
        "probability_payback": percent(paid, language),
        **{one.id: of(one.value, one.range) for one in strip.figures},
    }


# --- what changed --------------------------------------------------------------------------------

_VERBS = frozenset({"return_on_ignoring", "cost_of_waiting"})
"""Amounts whose sign is a verb: "higher" would say of a cost what is meant of its value."""


def _central(figure: EstimateInput | float | None) -> float | None:
    return figure.central if isinstance(figure, EstimateInput) else figure


def _change(one: Difference, currency: str, language: Language) -> str:
    """How the middle of one figure moved, in words."""
    then, now = _central(one.then), _central(one.now)
    if then is None and now is None:
        return language.gettext("the range is another")
    if then is None:
        return language.gettext("only now")
    if now is None:
        return language.gettext("no longer")
    size = _size(one, now - then, currency, language)
    if size == _size(one, 0.0, currency, language):
        return language.gettext("the range is another")
    if one.figure in _VERBS:
        return language.gettext("{amount} apart", amount=size)
    if one.kind == "month":
        later, earlier = N_("{amount} later"), N_("{amount} earlier")
        return language.gettext(later if now > then else earlier, amount=size)
    higher, lower = N_("{amount} higher"), N_("{amount} lower")
    return language.gettext(higher if now > then else lower, amount=size)


def _size(one: Difference, change: float, currency: str, language: Language) -> str:
    """By how much a figure changed, without a sign."""
    size = abs(change)
    if one.kind == "money":
        return language.money(size, currency)
    if one.kind == "month":
        return language.ngettext("{number} month", "{number} months", size)
    if one.kind == "share" or one.figure == "roi":
        points = language.number(100.0 * size, decimals=1)
        return language.gettext("{points} points", points=points)
    return language.number(size, decimals=2)


def _sentence(then: ResultsInput, now: ResultsInput, currency: str, language: Language) -> str:
    old, new = _verdict(then, language), _verdict(now, language)
    if old == new:
        first = language.gettext("Then and now: {verdict}.", verdict=old)
    else:
        first = language.gettext("Then: {then}. Now: {now}.", then=old, now=new)
    return f"{first} {_value(then, now, currency, language)}"


def _verdict(results: ResultsInput, language: Language) -> str:
    share = results.probability_better
    found = language.gettext(verdict(_known(share)))
    if share is None:
        return found
    return language.gettext("{value} ({range})", value=found, range=percent(share, language))


def _value(then: ResultsInput, now: ResultsInput, currency: str, language: Language) -> str:
    """The sentence about the value, the figure that the page is about."""
    old, new = then.net_present_value.central, now.net_present_value.central
    if old is None or new is None:
        return language.gettext("The value was not known.")
    amount = language.money(abs(new - old), currency)
    if amount == language.money(0.0, currency):
        return language.gettext("The value is the same.")
    higher, lower = N_("The value is {amount} higher."), N_("The value is {amount} lower.")
    return language.gettext(higher if new > old else lower, amount=amount)


def _note(then: int, now: int, language: Language) -> str:
    if then == now:
        return ""
    return language.gettext(
        "Then from {then} draws, now from {now}: small differences are chance.",
        then=language.number(then),
        now=language.number(now),
    )
