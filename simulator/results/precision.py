"""How many digits of a figure its draws support.

Another set of as many draws would move P10, P50 and P90 by about their standard errors. A figure is
shown to the digit that its error is nearest to (in size, by powers of ten), and no further: with an
error of 28,000 it ends in tens of thousands, with one of 40,000 in hundreds of thousands. Draws are
points of a Sobol sequence, which moves by about half of the error of plain chance that is worked
out here; so the last digit shown is right to about one. That error is P10's and P90's; the middle
is surer (:data:`MIDDLE`) and has the digit that its own error is nearest to: else its parts would
be rounded until nothing is left of them. All money and all ratios that are quantiles of draws go
through :func:`shown` or :func:`shown_value`; files keep the numbers as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import cycle, islice
from typing import Any

from simulator.i18n.language import SIGNIFICANT, rounded
from simulator.model.figures import Estimate, Headline

QUANTILES = (0.1, 0.5, 0.9)
"""P10, P50 and P90."""

STABLE = 0.5
"""Error, in units of the last digit shown, from which on down more draws change nothing in it."""

MIDDLE = 0.3
"""Error of P50 and of the mean, as a share of that of :func:`of_quantiles`: of points of a Sobol
sequence. Over twelve seeds the P50 of the shipped scenarios spread by 0.13 to 0.28 of it, where P90
spread by 0.3 to 0.85."""

NINE_OF_TEN = 1.645
"""Standard errors either way, between which an estimate lies nine times in ten."""
_NORMAL_END = 1.2816
"""P90 of a normal distribution, in standard deviations."""
_NORMAL_ERROR = 1.7094
"""Standard error of its P10 and P90, in standard deviations over the root of the draws."""
_MOST_LOPSIDED = 9.0
"""How many times as far from the middle one end may be, until the shape is taken for no more."""


def of_quantiles(low: float, central: float, high: float, draws: int) -> float:
    """Standard error of the less sure one of P10 and P90 of so many draws, in their unit.

    That of the shifted log-normal distribution through all three, which has their lopsidedness; for
    P10 and P90 as far from P50 it is the normal one. By these alone, so that a saved result has the
    digits that it had. 0 where they are all the same, or not finite.
    """
    sides = (central - low, high - central)
    wide, narrow = max(sides), min(sides)
    if not (wide > 0.0 and math.isfinite(wide)):
        return 0.0
    # Deviations grow as an exponential towards the wide side: how fast, from middle to end.
    growth = math.log(min(wide / narrow, _MOST_LOPSIDED) if narrow > 0.0 else _MOST_LOPSIDED)
    steeper = growth / -math.expm1(-growth) if growth > 0.0 else 1.0
    return _NORMAL_ERROR * steeper * wide / _NORMAL_END / math.sqrt(draws)


def digit(error: float) -> int | None:
    """The power of ten to which a figure with this standard error is shown; ``None``: all."""
    return round(math.log10(error)) if error > 0.0 and math.isfinite(error) else None


def digit_of_middle(error: float) -> int | None:
    """The power of ten to which P50 or a mean is shown, given the standard error of P10 and P90."""
    return digit(MIDDLE * error)


def shown_value(value: float, error: float, *, is_middle: bool = True) -> float:
    """``value`` as it is shown, given the standard error of P10 and P90: never without a digit,
    unless it is zero. ``is_middle``: P50 or a mean over all draws, not over their worst ones."""
    place = digit_of_middle(error) if is_middle else digit(error)
    if place is None or value == 0.0 or not math.isfinite(value):
        return value
    return round(value, -min(place, math.floor(math.log10(abs(value)))))


def unit(value: float, error: float = 0.0) -> float:
    """What the last digit counts that an amount in the middle is shown with, given the standard
    error of P10 and P90: three figures at most. 0 where nothing says which digit that is."""
    place = digit_of_middle(error)
    if value == 0.0 or not math.isfinite(value):
        return 0.0 if place is None else 10.0**place
    top = math.floor(math.log10(abs(value)))
    last = top - SIGNIFICANT + 1
    return 10.0 ** (last if place is None else max(last, min(place, top)))


def step_of_parts(whole: Estimate) -> float:
    """What the last digit counts of the parts that ``whole`` consists of in the middle: its own,
    but of one next to zero no more than one digit beyond what its draws support. 0 where nothing
    says which digit that is."""
    step, place = unit(whole.central, whole.error), digit_of_middle(whole.error)
    return max(step, 10.0 ** (place - 1)) if step and place is not None else step


def beside(errors: Iterable[float], coarsest: float) -> float:
    """What the last digit counts of numbers that stand side by side, so that all of them end at the
    same one: that of the least sure by its standard error, ``coarsest`` at most."""
    places = [place for place in map(digit, errors) if place is not None]
    return min(coarsest, 10.0 ** max(places)) if places else coarsest


def as_read(value: float, error: float = 0.0) -> float:
    """An amount as it is read where it is shown, so that differences can be those of what is."""
    step = unit(value, error)
    return rounded(value, step) if step else value


def adding_up(
    exact: Mapping[str, float], total: int, cost: Callable[[float, int], Any]
) -> dict[str, int]:
    """Whole numbers, nearest to ``exact``, that add up to ``total``: what rounding leaves over is
    taken, one each, by those of which it ``cost`` least, given what is exact and what it becomes;
    it can be sorted by."""
    counts = {name: round(amount) for name, amount in exact.items()}
    missing = total - sum(counts.values())
    sign = 1 if missing > 0 else -1
    cheapest = sorted(exact, key=lambda name: cost(exact[name], counts[name] + sign))
    for name in islice(cycle(cheapest), abs(missing)):
        counts[name] += sign
    return counts


def shown(estimate: Estimate) -> Estimate:
    """An estimate as it is shown: both ends to one digit, the middle to its own; what is less than
    that has its first one, so that it is on the side of zero on which it lies."""
    place = digit(estimate.error)
    if place is None:
        return estimate
    low, high = (shown_end(end, estimate.error) for end in (estimate.low, estimate.high))
    return replace(
        estimate, low=low, central=shown_value(estimate.central, estimate.error), high=high
    )


def shown_end(end: float, error: float) -> float:
    """P10 or P90 as it is shown, given its standard error: zero only where it is; else it would
    deny the chance of more than nothing that stands beside it."""
    place = digit(error)
    if place is None or not math.isfinite(end):
        return end
    return round(end, -place) or shown_value(end, error, is_middle=False) + 0.0


def draws_needed(headline: Headline, most: int) -> int:
    """How many draws keep the digits that ``headline`` is shown with from changing, as a power of
    two times its own; ``most`` at most. What counts is the value against carrying on: all other
    figures are read beside it."""
    error = headline.net_present_value.error
    place = digit(error)
    draws = headline.draws
    if place is None:
        return draws
    while draws * 2 <= most and error * math.sqrt(headline.draws / draws) > STABLE * 10.0**place:
        draws *= 2
    return draws
