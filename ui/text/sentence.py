"""The sentence under the charts: what the plan comes to, and the parts that make it so.

What is named :mod:`ui.text.story` says; here it is put into words, with its amounts. Where the size
of a part rests on weak evidence or judgement, the sentence says so beside its amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.analyses.attribution import Attribution
from simulator.analyses.mechanisms import MECHANISMS
from simulator.analyses.value_bridge import Amount, ValueBridge
from simulator.i18n.language import N_, Language, capital, rounded
from simulator.results import FIGURES, Headline, precision
from simulator.results.years import ChanceByYear, horizon_words
from simulator.scenario import AS_REGISTERED, Evidence
from ui.text.story import Direction, Reason, Story, as_read, named, story

SURE_CUSTOMERS = 0.8
"""Share of draws that have to agree in whether customers become more or fewer, to be told."""

_PHRASES: Mapping[str, tuple[str, str]] = {
    "saved": (N_("money is saved ({amount})"), ""),
    "customers_kept": (
        N_("fewer customers leave ({amount})"),
        N_("more customers leave ({amount})"),
    ),
    "customers_won": (
        N_("more customers come ({amount})"),
        N_("fewer customers come ({amount})"),
    ),
    "spending": (
        N_("customers who take part spend more ({amount})"),
        N_("customers who take part spend less ({amount})"),
    ),
    "price": (
        N_("trust permits a higher price ({amount})"),
        N_("less trust presses the price ({amount})"),
    ),
    "answers_seen": (
        N_("answers in public bring sales ({amount})"),
        N_("fewer answers in public cost sales ({amount})"),
    ),
    "fit": (
        N_("the offer fits customers better ({amount})"),
        N_("the offer fits customers worse ({amount})"),
    ),
    "social_payment": (
        N_("sales in social channels rise ({amount})"),
        N_("sales in social channels fall ({amount})"),
    ),
    "productivity": (N_("productivity rises ({amount})"), N_("productivity falls ({amount})")),
    "hours": (N_("people’s time costs less ({amount})"), N_("people’s time costs more ({amount})")),
    "unserved": (
        N_("fewer questions stay unanswered ({amount})"),
        N_("more questions stay unanswered ({amount})"),
    ),
    "transition": ("", N_("the transition costs money ({amount})")),
    "rest": (N_("all else ({amount})"), N_("all else ({amount})")),
}
"""By part: above zero, below zero. What is empty cannot occur."""

_WEAKLY = N_("{amount}, on weak evidence")
"""In the place of an amount whose size rests on assumptions of grade D or E."""
_UNSURELY = N_("{amount}, gain or loss uncertain")
"""In the place of an amount of which too few draws have the sign."""

_BOTH_SIDES: Mapping[Direction, str] = {
    Direction.VERY_LIKELY_GAINS: N_("Very likely gains {money}: {gains}, but {losses}."),
    Direction.LIKELY_GAINS: N_("Likely gains {money}: {gains}, but {losses}."),
    Direction.TOO_CLOSE: N_("Too close to call: {gains}, but {losses}."),
    Direction.LIKELY_LOSES: N_("Likely loses {money}: {losses}, but {gains}."),
    Direction.VERY_LIKELY_LOSES: N_("Very likely loses {money}: {losses}, but {gains}."),
}

_ONE_SIDE: Mapping[Direction, str] = {
    Direction.VERY_LIKELY_GAINS: N_("Very likely gains {money}: {parts}."),
    Direction.LIKELY_GAINS: N_("Likely gains {money}: {parts}."),
    Direction.TOO_CLOSE: N_("Too close to call: {parts}."),
    Direction.LIKELY_LOSES: N_("Likely loses {money}: {parts}."),
    Direction.VERY_LIKELY_LOSES: N_("Very likely loses {money}: {parts}."),
}

_NO_PART: Mapping[Direction, str] = {
    Direction.VERY_LIKELY_GAINS: N_("Very likely gains {money}, but no single part of it is sure."),
    Direction.LIKELY_GAINS: N_("Likely gains {money}, but no single part of it is sure."),
    Direction.TOO_CLOSE: N_("Too close to call: no single part of it is sure."),
    Direction.LIKELY_LOSES: N_("Likely loses {money}, but no single part of it is sure."),
    Direction.VERY_LIKELY_LOSES: N_("Very likely loses {money}, but no single part of it is sure."),
    Direction.NO_DIFFERENCE: N_("Makes no difference to the value."),
}

_BOTH_SIDES_LED: Mapping[int, str] = {
    1: N_("Gains {money}: {gains}, but {losses}."),
    0: N_("In the middle of all cases: {gains}, but {losses}."),
    -1: N_("Loses {money}: {losses}, but {gains}."),
}
_ONE_SIDE_LED: Mapping[int, str] = {
    1: N_("Gains {money}: {parts}."),
    0: N_("In the middle of all cases: {parts}."),
    -1: N_("Loses {money}: {parts}."),
}
_NO_PART_LED: Mapping[int, str] = {
    1: N_("Gains {money}, but no single part of it is sure."),
    0: N_("No single part of it is sure."),
    -1: N_("Loses {money}, but no single part of it is sure."),
}
"""By the sign of what is said, after a sentence that has said how likely it is."""

_SPLIT: Mapping[int, str] = {
    1: N_("Gains {money} in the middle of all cases, but loses {mean} on average over them."),
    -1: N_("Loses {money} in the middle of all cases, but gains {mean} on average over them."),
}


def sentence(
    bridge: ValueBridge,
    headline: Headline,
    currency: str,
    language: Language,
    *,
    evidence: Evidence = AS_REGISTERED,
    years: ChanceByYear | None = None,
    too_late: bool = False,
) -> str:
    """What the plan comes to and what that consists of, in one line of one to three sentences.

    ``bridge`` and ``headline`` belong to the same forecast; ``currency`` is its ISO 4217 code.
    ``evidence``: the grades of the scenario; ``years``: the chance by year, which says what the
    horizon does; ``too_late``: the plan starts after it.
    """
    if too_late:
        return language.gettext(
            N_("Starts after the months shown: until then nothing differs from carrying on.")
        )
    lead = horizon_words(years, language) if years else ""
    sentences = (
        lead,
        _value(bridge, headline, (currency, language), evidence, led=bool(lead)),
        _customers(bridge.customers, language),
    )
    return " ".join(text for text in sentences if text)


def _value(
    bridge: ValueBridge,
    headline: Headline,
    words: tuple[str, Language],
    evidence: Evidence,
    *,
    led: bool,
) -> str:
    """The sentence about the value, in the currency and the language of ``words``; ``led``: what
    stands before it says how likely it is."""
    currency, language = words
    shown = story(bridge, headline)
    worth = headline.net_present_value
    median = precision.as_read(worth.central, worth.error)
    if shown.direction.sign and _nothing(median, currency, language):
        shown = Story(Direction.NO_DIFFERENCE, False, (), ())
    money = language.money(abs(median), currency)
    if shown.split:
        mean = precision.as_read(bridge.total.mean, worth.error)
        return language.gettext(
            _SPLIT[shown.direction.sign], money=money, mean=language.money(abs(mean), currency)
        )
    step = precision.step_of_parts(worth)
    reasons = as_read(shown, bridge, headline)
    gains, losses = (
        _listed([reason for reason in reasons if sign * reason.amount > 0.0], step, words, evidence)
        for sign in (1, -1)
    )
    direction = shown.direction
    led = led and direction is not Direction.NO_DIFFERENCE
    if gains and losses:
        text = _BOTH_SIDES_LED[direction.sign] if led else _BOTH_SIDES[direction]
        return language.gettext(text, money=money, gains=gains, losses=losses)
    if gains or losses:
        text = _ONE_SIDE_LED[direction.sign] if led else _ONE_SIDE[direction]
        return language.gettext(text, money=money, parts=gains or losses)
    text = _NO_PART_LED[direction.sign] if led else _NO_PART[direction]
    return language.gettext(text, money=money)


def amounts(
    bridge: ValueBridge, headline: Headline, currency: str, language: Language
) -> list[dict[str, str]]:
    """The amounts of the sentence in their order there: ``text``, the ``number`` that each is (see
    :mod:`ui.text.arithmetic`), and a ``title`` that says of what."""
    shown, worth = story(bridge, headline), headline.net_present_value
    step = precision.step_of_parts(worth)
    median = precision.as_read(worth.central, worth.error)
    label = language.gettext(FIGURES["net_present_value"].label)
    whole = {
        "text": language.money(abs(median), currency),
        "number": "figure:net_present_value",
        "title": f"{label} ({language.money(median, currency, sign=True)})",
    }
    if shown.split or (not shown.direction.sign and not (shown.gains or shown.losses)):
        return [whole]
    first = shown.direction.sign or 1
    ordered = sorted(named(bridge, headline), key=lambda reason: reason.amount * first <= 0.0)
    parts = []
    for reason in ordered:
        if _nothing(reason.amount, currency, language):
            continue
        text = language.money(reason.amount, currency, sign=True, step=step or None)
        title = phrase(reason, text, language)
        parts.append({"text": text, "number": f"part:{reason.part}", "title": title})
    return [whole, *parts] if shown.direction.sign else parts


def phrase(reason: Reason, amount: str, language: Language) -> str:
    """What a part is, with its ``amount``, as it stands by itself."""
    return capital(language.gettext(_PHRASES[reason.part][reason.amount < 0.0], amount=amount))


def _listed(
    reasons: Iterable[Reason], step: float, words: tuple[str, Language], evidence: Evidence
) -> str:
    currency, language = words
    named = [
        language.gettext(
            _PHRASES[reason.part][reason.amount < 0.0],
            amount=_amount(reason, step, words, evidence),
        )
        for reason in reasons
        if not _nothing(reason.amount, currency, language)
    ]
    return language.listed(named)


def _amount(reason: Reason, step: float, words: tuple[str, Language], evidence: Evidence) -> str:
    currency, language = words
    amount = language.money(reason.amount, currency, sign=True, step=step or None)
    if not reason.is_sure:
        return language.gettext(_UNSURELY, amount=amount)
    mechanism = MECHANISMS.get(reason.part)
    if mechanism and mechanism.is_weak(evidence):
        return language.gettext(_WEAKLY, amount=amount)
    return amount


def _customers(customers: Amount, language: Language) -> str:
    number = abs(customers.middle)
    if number < 1.0:
        return ""
    if customers.middle > 0.0 and customers.share_above >= SURE_CUSTOMERS:
        return language.ngettext(
            "Ends with {number} more customer than carrying on.",
            "Ends with {number} more customers than carrying on.",
            number,
        )
    if customers.middle < 0.0 and customers.share_below >= SURE_CUSTOMERS:
        return language.ngettext(
            "Ends with {number} customer fewer than carrying on.",
            "Ends with {number} customers fewer than carrying on.",
            number,
        )
    return ""


def _nothing(amount: float, currency: str, language: Language) -> bool:
    """Whether an amount reads as zero."""
    return language.money(amount, currency) == language.money(0.0, currency)


_MOVED = N_(
    "The changed assumptions move the plan’s result by {total}: {world} because of the world "
    "(carrying on moves as much), {decisions} because of our decisions (worth {new}, before {old})."
)
_HARDLY_MOVED = N_("The changed assumptions move the plan’s result by less than {amount}.")
_NOT_MOVED = N_(
    "The changed assumptions have no effect here: the plan does not use what they are about, or "
    "the organisation’s own figures stand in their place."
)


_WITHOUT_CENTS = 500.0
"""Where an amount may come to so much, two of them to a thousand, none has cents."""


def attribution_words(
    change: Attribution, old: Headline, new: Headline, currency: str, language: Language
) -> dict[str, str]:
    """A change of the plan's result since assumptions changed: what of it the world does, and what
    our decisions. ``line`` is the whole sentence; the amounts in it add up as they are read, and
    are empty where nothing moves.

    The world's part is what carrying on changes by too. That of our decisions is what the value in
    the headline moves by, from ``old`` to ``new``, as it is read there.
    """
    worths = [headline.net_present_value for headline in (old, new)]
    before, now = (precision.as_read(worth.central, worth.error) for worth in worths)
    steps = [precision.unit(worth.central, worth.error) for worth in worths]
    step = max(steps) or precision.unit(change.total)
    if max(abs(change.world_effect), abs(before), abs(now)) >= _WITHOUT_CENTS:
        step = max(step, 1.0)
    decisions = rounded(now - before, step) if step else 0.0
    world = rounded(change.world_effect, step) if step else 0.0
    nothing = {"total": "", "world": "", "decisions": ""}
    if not world and not decisions:
        if change.world_effect == change.decision_effect == 0.0:
            return {**nothing, "line": language.gettext(_NOT_MOVED)}
        amount = language.money(step, currency)
        return {**nothing, "line": language.gettext(_HARDLY_MOVED, amount=amount)}
    amounts = {
        name: language.money(amount, currency, sign=True, step=step)
        for name, amount in (
            ("total", world + decisions),
            ("world", world),
            ("decisions", decisions),
        )
    }
    values = {
        name: language.money(amount, currency, sign=True)
        for name, amount in (("old", before), ("new", now))
    }
    return {**amounts, "line": language.gettext(_MOVED, **amounts, **values)}
