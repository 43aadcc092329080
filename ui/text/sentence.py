"""The sentence under the charts: what the plan comes to, and the parts that make it so.

What is named are parts of the result (:mod:`simulator.analyses.value_bridge`): flows of money that
the plan changes, and why customers bring more or less. Where the size of a part rests on weak
evidence or judgement, the sentence says so beside its amount.

Which figures. What the plan gains or loses is the median, as in the headline; its parts are what
each comes to there, so that they add up to it, as they are read: all are rounded to the last digit
that the headline shows, and what is not named is "all else". Where median and mean point in
opposite directions, the sentence says that instead of naming parts. A part is named if two thirds
of the draws have its sign, and if it is not small beside the largest: the two largest on each side,
and more where the plan would seem to gain by the parts named and loses, or the other way round, or
where "all else" would be the largest amount of its side. A part of which fewer draws have the sign
is named, with a word on that, where it is larger than one that would be named on its side: "all
else" hides nothing that is more than what is told. Money that goes from the sources to the
instruments is what the plan does, not a part of what it gains: only what is saved counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from simulator.analyses.attribution import Attribution
from simulator.analyses.mechanisms import MECHANISMS
from simulator.analyses.value_bridge import Amount, ValueBridge
from simulator.i18n.language import N_, Language, capital, rounded
from simulator.results import FIGURES, Headline, precision, rank
from simulator.results.years import ChanceByYear, horizon_words
from simulator.scenario import AS_REGISTERED, Evidence

SURE_SIGN = 0.66
"""Share of draws that have to agree in the sign of a part that is named: likely, for the IPCC."""

SURE_CUSTOMERS = 0.8
"""The same for the number of customers."""

NAMED = 2
"""Parts that are named on each side, at most, unless more are needed."""

SMALL = 0.1
"""A part below this share of the largest is not worth a word."""


class Direction(IntEnum):
    """What the sentence says of the value; the order of :data:`simulator.results.VERDICTS`."""

    VERY_LIKELY_GAINS = 0
    LIKELY_GAINS = 1
    TOO_CLOSE = 2
    LIKELY_LOSES = 3
    VERY_LIKELY_LOSES = 4
    NO_DIFFERENCE = 5

    @property
    def sign(self) -> int:
        """1 for a gain, -1 for a loss, else 0."""
        gains = (Direction.VERY_LIKELY_GAINS, Direction.LIKELY_GAINS)
        losses = (Direction.VERY_LIKELY_LOSES, Direction.LIKELY_LOSES)
        return (self in gains) - (self in losses)


@dataclass(frozen=True, slots=True)
class Reason:
    """A part that is named."""

    part: str
    """Its id in :attr:`simulator.analyses.value_bridge.ValueBridge.reasons`, ``saved``, or
    ``rest``."""
    amount: float
    """Where the value is in the middle, currency; not zero."""
    is_sure: bool = True
    """Whether so many draws as :data:`SURE_SIGN` says have its sign."""


@dataclass(frozen=True, slots=True)
class Story:
    """What there is to say, before it is put into words."""

    direction: Direction
    split: bool
    """Whether median and mean of the value point in opposite directions."""
    gains: tuple[Reason, ...]
    """Parts that add to the value, the largest first."""
    losses: tuple[Reason, ...]
    """Parts that take from it, the largest first."""


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


def story(bridge: ValueBridge, headline: Headline) -> Story:
    """What there is to say of the value."""
    direction = _direction(headline)
    if direction is Direction.NO_DIFFERENCE:
        return Story(direction, False, (), ())
    if direction.sign * bridge.total.mean < 0.0:
        return Story(direction, True, (), ())
    amounts = parts_of(bridge)
    least = SMALL * max((abs(amount) for amount in amounts.values()), default=0.0)
    sure = [
        Reason(part, amount)
        for part, amount in sorted(amounts.items(), key=lambda item: -abs(item[1]))
        if part == "saved" or _sure(bridge.reasons[part], SURE_SIGN)
    ]
    deciding, unsure = direction.sign, _unsure(amounts, sure)
    chosen = _chosen(sure, (), least, deciding)
    if not _agrees(chosen, deciding):
        return Story(direction, False, (), ())
    if _agrees(larger := _chosen(sure, unsure, least, deciding), deciding):
        chosen = larger
    worth = headline.net_present_value
    total = precision.as_read(worth.central, worth.error)
    if precision.unit(worth.central, worth.error):  # else nothing is rounded, and nothing is left
        more = _with_the_rest(
            chosen, _by_size([*sure, *unsure]), read_parts(bridge, headline), (total, least)
        )
        if _agrees(more, deciding):
            chosen = more
    return Story(direction, False, tuple(chosen[1]), tuple(chosen[-1]))


def _chosen(
    sure: Sequence[Reason], unsure: Sequence[Reason], least: float, deciding: int
) -> dict[int, list[Reason]]:
    """What is named on each side, by its sign: the largest of the ``sure`` ones, those ``unsure``
    ones that are larger than one of these, and as many as it takes not to add up to the contrary of
    ``deciding``, the sign of the verdict."""
    chosen = {}
    for sign in (1, -1):
        side = [reason for reason in sure if sign * reason.amount > 0.0][:NAMED]
        side = [reason for reason in side if abs(reason.amount) >= least]
        smallest = sign * side[-1].amount if side else math.inf
        hidden = [reason for reason in unsure if sign * reason.amount > smallest]
        every = _by_size([*side, *hidden])
        # The largest sure one stays, however many there are that are larger.
        chosen[sign] = every[: max(NAMED, every.index(side[0]) + 1 if side else 0)]
    if deciding:
        other = sum(abs(reason.amount) for reason in chosen[-deciding])
        for reason in _by_size([*sure, *unsure]):
            if sum(abs(more.amount) for more in chosen[deciding]) > other:
                break
            if deciding * reason.amount > 0.0 and reason not in chosen[deciding]:
                chosen[deciding].append(reason)
    return chosen


def _agrees(chosen: Mapping[int, Sequence[Reason]], deciding: int) -> bool:
    """Whether what is named does not add up to the contrary of the verdict, if that has a sign."""
    added = sum(reason.amount for side in chosen.values() for reason in side)
    return not deciding or deciding * added > 0.0


def _unsure(amounts: Mapping[str, float], sure: Sequence[Reason]) -> list[Reason]:
    """All other parts, the largest first."""
    parts = {reason.part for reason in sure}
    others = [Reason(part, amount, False) for part, amount in amounts.items() if part not in parts]
    return _by_size(others)


def _by_size(reasons: Iterable[Reason]) -> list[Reason]:
    """The largest first."""
    return sorted(reasons, key=lambda reason: -abs(reason.amount))


def _with_the_rest(
    chosen: Mapping[int, Sequence[Reason]],
    candidates: Sequence[Reason],
    read: Mapping[str, float],
    of: tuple[float, float],
) -> dict[int, list[Reason]]:
    """``chosen`` with more parts named, until what is left to the whole is not the largest amount
    of its side as they are ``read``: ``candidates`` in their order. ``of``: the whole, and below
    what it may be the largest."""
    total, least = of
    named = {sign: [*side] for sign, side in chosen.items()}
    taken = [*chosen[1], *chosen[-1]]
    if not taken:
        return named
    left = [reason for reason in candidates if reason.amount and reason not in taken]
    while True:
        rest = total - sum(read[reason.part] for side in named.values() for reason in side)
        sign = 1 if rest > 0.0 else -1
        largest = max((abs(read[reason.part]) for reason in named[sign]), default=0.0)
        part = next((reason for reason in left if sign * reason.amount > 0.0), None)
        if part is None or abs(rest) <= max(largest, least):
            return named
        left.remove(part)
        named[sign].append(part)
        named[sign] = _by_size(named[sign])


def _direction(headline: Headline) -> Direction:
    """As the verdict has it; no difference where the median does not go the same way."""
    probability, median = headline.probability_better, headline.net_present_value.central
    if math.isnan(probability):
        return Direction.NO_DIFFERENCE
    direction = Direction(rank(probability))
    if direction.sign and direction.sign * median <= 0.0:
        return Direction.NO_DIFFERENCE
    return direction


def parts_of(bridge: ValueBridge) -> dict[str, float]:
    """What can be named, by id: the parts, and what is saved in place of what is moved."""
    freed, instruments = (bridge.parts[part].middle for part in ("freed", "instruments"))
    saved = freed + instruments
    amounts = {part: amount.middle for part, amount in bridge.reasons.items() if part in _PHRASES}
    # What the sources give and the instruments get is worked out apart: equal but for rounding.
    return {"saved": saved if saved > 1e-6 * freed else 0.0, **amounts}


def _sure(amount: Amount, share: float) -> bool:
    """Whether so many draws have the sign that it has in the middle."""
    return (amount.share_above if amount.middle > 0.0 else amount.share_below) >= share


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
    step = precision.unit(worth.central, worth.error)
    reasons = _as_read(shown, bridge, headline)
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
    step = precision.unit(worth.central, worth.error)
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


def named(bridge: ValueBridge, headline: Headline) -> list[Reason]:
    """The parts that the sentence names, with the amounts that it gives, and what is left."""
    return _as_read(story(bridge, headline), bridge, headline)


def left(bridge: ValueBridge, headline: Headline) -> list[Reason]:
    """What "all else" consists of: the parts that the sentence does not name, the largest first,
    which add up to it as they are read."""
    said = {reason.part for reason in named(bridge, headline)}
    others = [
        Reason(part, amount)
        for part, amount in read_parts(bridge, headline).items()
        if amount and part not in said
    ]
    return sorted(others, key=lambda reason: -abs(reason.amount))


def _as_read(said: Story, bridge: ValueBridge, headline: Headline) -> list[Reason]:
    """What is said with the amounts that are read, and all that is not said as one: ``rest``."""
    worth = headline.net_present_value
    step = precision.unit(worth.central, worth.error)
    reasons = [*said.gains, *said.losses]
    if not step:
        return reasons
    amounts = read_parts(bridge, headline)
    as_read = [replace(reason, amount=amounts[reason.part]) for reason in reasons]
    if not any(reason.amount for reason in as_read):
        return []
    total = precision.as_read(worth.central, worth.error)
    rest = rounded(total - sum(reason.amount for reason in as_read), step)
    return [reason for reason in (*as_read, Reason("rest", rest)) if reason.amount]


def read_parts(bridge: ValueBridge, headline: Headline) -> dict[str, float]:
    """All parts (see :func:`parts_of`) as they are read, wherever that is: to the last digit of the
    value in the headline, and adding up to it. What rounding leaves over is taken by those of which
    it is the least; what is more than that (the headline is of other draws) by none."""
    amounts, worth = parts_of(bridge), headline.net_present_value
    step = precision.unit(worth.central, worth.error)
    if not step:
        return amounts
    exact = {part: amount / step for part, amount in amounts.items() if amount / step}
    whole = round(precision.as_read(worth.central, worth.error) / step)
    if abs(whole - sum(exact.values())) < len(exact):
        counts = precision.adding_up(exact, whole, _misstated)
    else:
        counts = {part: round(amount) for part, amount in exact.items()}
    return {part: counts.get(part, 0) * step for part in amounts}


def _misstated(exact: float, count: int) -> tuple[bool, float]:
    """Whether an amount is by a step or more, and by how much of it; in steps."""
    away = abs(count - exact)
    return away >= 1.0, away / abs(exact)


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
