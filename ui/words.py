"""Numbers in words and short forms, for people who read them aloud. Pure."""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.dropping import Dropped
from simulator.outcomes import NOTHING_CHANGED, OUTCOMES, VERDICTS, Estimate, Headline
from simulator.parameters import GRADES, REGISTER

MINUS = "\N{MINUS SIGN}"
GAP = "\N{NO-BREAK SPACE}"
"""Between a number and its unit, which belong on one line."""
NOTHING_INVESTED = "Nothing invested"
TOO_CLOSE = next(said for _, said in VERDICTS if "close" in said)
WHAT_A_DRAW_IS = "Each draw is one possible set of assumptions."
LONGEST_NAME = 80
"""Characters that a scenario's name may have."""
_CHANGED = " (changed)"
_MAGNITUDES = ("", "k", "M", "bn", "tn")

_STOPS: Mapping[str, tuple[tuple[float, str], ...]] = {
    "minutes_per_day": (
        (480, "the whole day"),
        (240, "half the day"),
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

_HELP: Mapping[str, str] = {
    "market_research": "How much of the money for market research is taken away in the end. Next "
    "to the percentage: what that frees a year.",
    "training": "How much of the money for training and courses is taken away in the end. Next to "
    "the percentage: what that frees a year.",
    "customer_service": "How much of the money for traditional customer service is taken away in "
    "the end. Next to the percentage: what that frees a year.",
    "listening": "Part of the freed money that goes to listening on social media.",
    "community": "Part of the freed money that goes to communities.",
    "content": "Part of the freed money that goes to content.",
    "networking": "Part of the freed money that goes to the networking of employees.",
    "social_service": "Part of the freed money that goes to customer service in social channels.",
    "savings": "Part of the freed money that is kept and not spent.",
    "minutes_per_day": "Minutes that an employee who takes part spends on it, every working day.",
    "participation": "How many of all employees take part. 100 %: everybody.",
    "openness": "From 0 %, only sending, to 100 %: listening, asking and creating together.",
    "promotional_share": "How much of what is published wants to sell something. 100 %: all of it.",
    "regularity": "From 0 %, whenever it suits, to 100 %: always at the same moment.",
    "mandate": "Policy and leadership, from 0 %, no policy, to 100 %: clear, and lived by leaders.",
    "start_month": "When the change begins, in months from now.",
    "ramp_months": "How long it takes from the first step until the change is complete.",
}


def lever_help(name: str) -> str:
    """What a lever means, in the unit that it shows; ``name`` is the field's or the source's."""
    return _HELP[name]


def lever_label(name: str) -> str:
    """What a timing lever is called after ``Money:``, any other by itself."""
    return {"start_month": "starts", "ramp_months": "takes"}.get(name) or label(name)


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


def moment(months: float, horizon: int) -> str:
    """When something has happened; ``inf`` for never."""
    if math.isinf(months):
        return f"not within {horizon} months"
    return "at once" if months <= 1 else f"after {months:.0f} months"


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


def headline(
    figures: Headline, currency: str, horizon: int, *, too_late: bool = False
) -> tuple[Figure, ...]:
    """The headline strip, ready to be read aloud.

    ``too_late``: the plan starts after the horizon.
    """

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
            *((late_words(horizon) if too_late else None) or _better(figures)),
            f"{WHAT_A_DRAW_IS} We count in how many of them the plan beats carrying on. Between "
            "33 and 66 of 100 is too close to call.",
        ),
        Figure(
            "Money is back",
            *_payback(figures, horizon),
            "From when on the plan stays ahead of carrying on, in the middle of all draws. Where "
            "the plan is too close to call: in how many draws that comes about.",
        ),
        Figure(
            "Return on investment",
            *ratios(figures.roi, per_one=False),
            "Value over what is put in: money taken from the sources, added hours and the cost of "
            f"the change. 0 % means: just earned back. Below {MINUS}100 %: more is lost than was "
            "put in.",
        ),
        Figure(
            "Return on Involvement",
            *ratios(figures.return_on_involvement, per_one=True),
            "What arises because people are connected, for each unit of money spent on the "
            "instruments and on involvement hours above today's. Above 1: more than it costs.",
        ),
        Figure(
            "Return on Ignoring",
            *in_words(figures.return_on_ignoring, currency, "Ignoring", BRINGS, COSTS),
            "What carrying on brings, while the world around changes, compared with a world that "
            "stands still. The middle of all draws; eight of ten lie in the range below.",
        ),
        Figure(
            "Cost of waiting a year",
            *in_words(figures.cost_of_waiting, currency, "Waiting", COSTS, SAVES),
            "Value of starting now less that of starting the same plan a year later. The middle of "
            "all draws; eight of ten lie in the range below.",
        ),
    )


def between(low: str, high: str) -> str:
    """A range in words."""
    return f"{low} to {high}"


def _better(figures: Headline) -> tuple[str, str]:
    said = _upper(figures.verdict)
    if figures.verdict == NOTHING_CHANGED:
        return said, "so nothing differs"
    return said, f"better in {100 * figures.probability_better:.0f} of 100 draws"


def _payback(figures: Headline, horizon: int) -> tuple[str, str]:
    months = figures.payback_month
    if math.isnan(months.central):
        return "Nothing to pay back", "nothing is changed"
    back = f"back in {100 * figures.probability_payback:.0f} of 100 draws"
    if figures.verdict == TOO_CLOSE:
        return _upper(back.removeprefix("back ")), f"within {horizon} months"
    return _upper(moment(months.central, horizon)), back


def late_words(horizon: int) -> tuple[str, str]:
    """What is said of a plan that starts when the simulation has ended."""
    return "Starts too late", f"after the {horizon} months shown"


@dataclass(frozen=True, slots=True)
class Verb:
    """What something does to money."""

    does: str
    doing: str


COSTS, SAVES, BRINGS = (
    Verb("costs", "costing"),
    Verb("saves", "saving"),
    Verb("brings", "bringing"),
)


def in_words(
    estimate: Estimate, currency: str, subject: str, above: Verb, below: Verb
) -> tuple[str, str]:
    """An amount whose sign is a verb, and its range: ``Waiting costs 13 k EUR``.

    ``above`` is what ``subject`` does when the amount is above zero, ``below`` when it is below.
    """
    low, middle, high = (short(abs(one)) for one in (estimate.low, estimate.central, estimate.high))
    if middle == "0":
        return f"{subject} makes no difference", "in the middle of all draws"
    verb = above if estimate.central > 0.0 else below
    said = f"{subject} {verb.does} {middle}{GAP}{currency}"
    if estimate.low < 0.0 < estimate.high:
        return said, f"from {below.doing} {low} to {above.doing} {high}{GAP}{currency}"
    ends = (low, high) if estimate.central > 0.0 else (high, low)
    return said, f"{between(*ends)}{GAP}{currency}"


def dropped(name: str, one: Dropped, currency: str) -> dict[str, str]:
    """What an instrument does, as a row of a table: heading to text."""
    said, ends = in_words(one.change, currency, "It", SAVES, COSTS)
    return {
        "Instrument": label(name),
        "Money moved into it": money(one.money, currency),
        "What dropping it does": f"{said} ({ends})",
        "It costs in": f"{100 * one.probability_costs:.0f} of 100 draws",
    }


def rests_on(overridden: int) -> str:
    """How many assumptions a result rests on, and how many of them are weak."""
    weakest = max(GRADES)
    weak = Counter(one.grade for one in REGISTER)[weakest]
    own = f"; this scenario changes {overridden}" if overridden else ""
    return (
        f"Rests on {len(REGISTER)} assumptions, {weak} of them graded {weakest} "
        f"({GRADES[weakest]}){own}"
    )


def changed_name(name: str) -> str:
    """The name of a scenario whose levers were moved; not longer than a name may be."""
    if name.endswith(_CHANGED):
        return name
    return name[: LONGEST_NAME - len(_CHANGED)].rstrip() + _CHANGED


def file_name(name: str) -> str:
    """A file name from a scenario's name: letters and digits of any script, and hyphens."""
    words_of = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).lower())
    return f"{'-'.join(words_of) or 'scenario'}.json"


def escaped(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    marks = re.escape(string.punctuation)
    return re.sub(f"([{marks}])", r"\\\1", " ".join(text.split()))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def percent_exact(share: float) -> str:
    """A lever's share as a percentage, with the decimals that it has."""
    return f"{100 * share:.4g}{GAP}%"


def month_stop(name: str) -> Callable[[float], str]:
    """How a stop of a timing lever reads; ``name`` is ``start_month`` or ``ramp_months``."""
    if name == "start_month":
        return lambda month: "now" if month == 0 else f"month {month:g}"
    return lambda months: "at once" if months == 1 else f"over {months:g} months"
