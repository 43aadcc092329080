"""Numbers in words and short forms, for people who read them aloud. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.outcomes import OUTCOMES, Estimate, Headline

MINUS = "\N{MINUS SIGN}"
GAP = "\N{NO-BREAK SPACE}"
"""Between a number and its unit, which belong on one line."""
NOTHING_INVESTED = "Nothing invested"
_MAGNITUDES = ("", "k", "M", "bn", "tn")

_STOPS: Mapping[str, tuple[tuple[float, str], ...]] = {
    "minutes_per_day": (
        (60, "an hour and more"),
        (30, "half an hour"),
        (15, "a quarter of an hour"),
        (5, "every day"),
        (0, "now and then"),
    ),
    "participation": (
        (0.9, "everybody"),
        (0.5, "most of us"),
        (0.2, "many of us"),
        (0.06, "a group"),
        (0, "a few enthusiasts"),
    ),
    "openness": (
        (0.8, "creates together"),
        (0.6, "asks"),
        (0.4, "listens"),
        (0.2, "answers"),
        (0, "only sends"),
    ),
    "promotional_share": (
        (0.9, "always selling"),
        (0.5, "mostly selling"),
        (0.25, "often selling"),
        (0.05, "sometimes selling"),
        (0, "hardly ever selling"),
    ),
    "regularity": (
        (0.9, "like clockwork"),
        (0.7, "a steady rhythm"),
        (0.4, "a rough rhythm"),
        (0, "whenever"),
    ),
    "mandate": (
        (0.9, "leaders live it"),
        (0.7, "clear policy"),
        (0.4, "encouraged"),
        (0.1, "tolerated"),
        (0, "no policy"),
    ),
}
_NONE = {"minutes_per_day": "no time", "participation": "nobody", "promotional_share": "never"}


def label(name: str) -> str:
    """A field's name as people write it: ``social_service`` becomes ``Social service``."""
    return name.replace("_", " ").capitalize()


def stop_word(name: str, value: float) -> str:
    """The word for a stop of an involvement lever; ``name`` as in the scenario's involvement."""
    if value == 0.0 and name in _NONE:
        return _NONE[name]
    return next(word for least, word in _STOPS[name] if value >= least)


def short(value: float, *, sign: bool = False) -> str:
    """A number in at most three figures: ``1.2 M``, ``62 k``, ``850``."""
    scaled, magnitude = abs(value), 0
    while magnitude + 1 < len(_MAGNITUDES) and round(scaled) >= 1000:
        scaled, magnitude = scaled / 1000, magnitude + 1
    decimals = 1 if magnitude and round(scaled, 1) < 10 else 0
    digits = f"{scaled:,.{decimals}f}".removesuffix(".0")
    prefix = "" if digits == "0" else MINUS if value < 0 else "+" if sign else ""
    return f"{prefix}{digits}{GAP}{_MAGNITUDES[magnitude]}".strip()


def money(value: float, currency: str, *, sign: bool = False) -> str:
    """An amount with its currency: ``1.2 M EUR``."""
    return f"{short(value, sign=sign)}{GAP}{currency}"


def percent(share: float, *, sign: bool = False, decimals: int = 0) -> str:
    """A share as a percentage; ``decimals`` at most."""
    text = f"{abs(100 * share):,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    prefix = "" if text == "0" else MINUS if share < 0 else "+" if sign else ""
    return f"{prefix}{text}{GAP}%"


def month_count(months: float, horizon: int) -> str:
    """A number of months, ``inf`` for never."""
    if math.isinf(months):
        return f"not within {horizon} months"
    return "at once" if months == 0 else f"{months:.0f} month{'' if months == 1 else 's'}"


def unit(outcome: str, currency: str) -> str:
    """Unit of an outcome as an axis shows it."""
    own = OUTCOMES[outcome].unit
    if own.startswith("share"):
        return own.replace("share", "%", 1)
    return own.replace("currency", currency, 1)


def amount(value: float, outcome: str, currency: str) -> str:
    """A value of an outcome with its unit, for a hover label."""
    own = OUTCOMES[outcome].unit
    if own.startswith("share"):
        return percent(value, decimals=1) + own.removeprefix("share")
    return f"{short(value)} {unit(outcome, currency)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the headline strip."""

    label: str
    value: str
    range: str
    """Where eight of ten draws lie, or what the value is about."""
    help: str


def headline(figures: Headline, currency: str, horizon: int) -> tuple[Figure, ...]:
    """The headline strip, ready to be read aloud."""

    def amounts(estimate: Estimate) -> tuple[str, str]:
        low, middle, high = (
            money(one, currency, sign=True)
            for one in (estimate.low, estimate.central, estimate.high)
        )
        return middle, between(low.removesuffix(f"{GAP}{currency}"), high)

    def ratios(estimate: Estimate, per_one: bool) -> tuple[str, str]:
        if math.isnan(estimate.central):
            return NOTHING_INVESTED, "so there is no return on it"
        ends = (estimate.low, estimate.central, estimate.high)
        if per_one:
            low, middle, high = (f"{one:.2f}".replace("-", MINUS) for one in ends)
            return f"{middle}{GAP}{currency}", f"{between(low, high)}, per {currency} spent"
        low, middle, high = (percent(one, sign=True) for one in ends)
        return middle, between(low, high)

    return (
        Figure(
            "Value against carrying on",
            *amounts(figures.net_present_value),
            "What the plan brings more than carrying on as today, over the whole period, in "
            "today's money. The middle of all draws; in eight of ten draws it lies in the range "
            "below.",
        ),
        Figure(
            "Is it better?",
            *_better(figures),
            "Each draw is one set of assumptions that may be true. We count in how many of them "
            "the plan beats carrying on. Between 33 and 66 of 100 is too close to call.",
        ),
        Figure(
            "Money is back after",
            *_payback(figures, horizon),
            "First month from which the plan stays ahead of carrying on.",
        ),
        Figure(
            "Return on investment",
            *ratios(figures.roi, per_one=False),
            "Value over what is put in: money moved to the instruments, added hours and the cost "
            "of the change. 0 % means: just earned back.",
        ),
        Figure(
            "Return on Involvement",
            *ratios(figures.return_on_involvement, per_one=True),
            "What arises because people are connected, for each unit of money spent on the "
            "instruments and on involvement hours above today's. Above 1: more than it costs.",
        ),
        Figure(
            "Return on Ignoring",
            *amounts(figures.return_on_ignoring),
            "What carrying on brings, while the world around changes, compared with a world that "
            "stands still. Below zero: ignoring the change costs money.",
        ),
        Figure(
            "Cost of waiting a year",
            *amounts(figures.cost_of_waiting),
            "Value of starting now less that of starting the same plan a year later. Above zero: "
            "waiting costs money. Below: waiting pays.",
        ),
    )


def between(low: str, high: str) -> str:
    """A range in words."""
    return f"{low} to {high}"


def _better(figures: Headline) -> tuple[str, str]:
    words = figures.verdict[0].upper() + figures.verdict[1:]
    if math.isnan(figures.probability_better):
        return words, "so nothing differs"
    return words, f"better in {100 * figures.probability_better:.0f} of 100 draws"


def _payback(figures: Headline, horizon: int) -> tuple[str, str]:
    months = figures.payback_month
    if math.isnan(months.central):
        return "Nothing to pay back", "nothing is changed"
    back = f"back in {100 * figures.probability_payback:.0f} of 100 draws"
    central = month_count(months.central, horizon)
    return central[0].upper() + central[1:], back


def percent_exact(share: float) -> str:
    """A lever's share as a percentage, with the decimals that it has."""
    return f"{100 * share:.4g}{GAP}%"


def month_stop(name: str) -> Callable[[float], str]:
    """How a stop of a timing lever reads; ``name`` is ``start_month`` or ``ramp_months``."""
    if name == "start_month":
        return lambda month: "now" if month == 0 else f"month {month:g}"
    return lambda months: "at once" if months == 1 else f"over {months:g} months"
