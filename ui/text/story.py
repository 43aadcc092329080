"""What there is to say of the value of a plan: which of its parts are named, and as what they read.

What is named are parts of the result (:mod:`simulator.analyses.value_bridge`): flows of money that
the plan changes, and why customers bring more or less.

Which figures. What the plan gains or loses is the median, as in the headline; its parts are what
each comes to there, so that they add up to it, as they are read: all are rounded to the last digit
that the headline shows, and what is not named is "all else". Where median and mean point in
opposite directions, that is said instead of naming parts. A part is named if two thirds of the
draws have its sign, and if it is not small beside the largest: the two largest on each side, and
more where the plan would seem to gain by the parts named and loses, or the other way round, or
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

from simulator.analyses.value_bridge import Amount, ValueBridge
from simulator.i18n.language import rounded
from simulator.results import Headline, precision, rank

SURE_SIGN = 0.66
"""Share of draws that have to agree in the sign of a part that is named: likely, for the IPCC."""

NAMED = 2
"""Parts that are named on each side, at most, unless more are needed."""

SMALL = 0.1
"""A part below this share of the largest is not worth a word."""

MOVED = ("freed", "instruments")
"""Parts that are told as one: what is saved of what is moved."""


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
    if precision.step_of_parts(worth):  # else nothing is rounded, and nothing is left
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
    freed, instruments = (bridge.parts[part].middle for part in MOVED)
    saved = freed + instruments
    amounts = {part: amount.middle for part, amount in bridge.reasons.items() if part not in MOVED}
    # What the sources give and the instruments get is worked out apart: equal but for rounding.
    return {"saved": saved if saved > 1e-6 * freed else 0.0, **amounts}


def _sure(amount: Amount, share: float) -> bool:
    """Whether so many draws have the sign that it has in the middle."""
    return (amount.share_above if amount.middle > 0.0 else amount.share_below) >= share


def named(bridge: ValueBridge, headline: Headline) -> list[Reason]:
    """The parts that the sentence names, with the amounts that it gives, and what is left."""
    return as_read(story(bridge, headline), bridge, headline)


def left(bridge: ValueBridge, headline: Headline) -> list[Reason]:
    """What "all else" consists of: the parts that the sentence does not name, the largest first,
    which add up to it as they are read."""
    said = {reason.part for reason in named(bridge, headline)}
    return _by_size(
        Reason(part, amount)
        for part, amount in read_parts(bridge, headline).items()
        if amount and part not in said
    )


def as_read(said: Story, bridge: ValueBridge, headline: Headline) -> list[Reason]:
    """What is said with the amounts that are read, and all that is not said as one: ``rest``."""
    worth = headline.net_present_value
    step = precision.step_of_parts(worth)
    reasons = [*said.gains, *said.losses]
    if not step:
        return reasons
    amounts = read_parts(bridge, headline)
    told = [replace(reason, amount=amounts[reason.part]) for reason in reasons]
    if not any(reason.amount for reason in told):
        return []
    total = precision.as_read(worth.central, worth.error)
    rest = rounded(total - sum(reason.amount for reason in told), step)
    return [reason for reason in (*told, Reason("rest", rest)) if reason.amount]


def read_parts(bridge: ValueBridge, headline: Headline) -> dict[str, float]:
    """All parts (see :func:`parts_of`) as they are read, wherever that is: to the last digit of the
    value in the headline, and adding up to it. What rounding leaves over is taken by those of which
    it is the least; what is more than that (the headline is of other draws) by none."""
    amounts, worth = parts_of(bridge), headline.net_present_value
    step = precision.step_of_parts(worth)
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
