"""How many digits of a figure its draws support.

Another set of as many draws would move P10, P50 and P90 by about their standard errors. A figure is
shown to the digit that its error is nearest to (in size, by powers of ten), and no further: with an
error of 28,000 it ends in tens of thousands, with one of 40,000 in hundreds of thousands. Draws are
points of a Sobol sequence, which moves by about half of the error of plain chance that is worked
out here; so the last digit shown is right to about one. All money that is a quantile of draws goes
through :func:`shown` or :func:`shown_value`; files keep the numbers as they are.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from typing import Any

from simulator.model.figures import FIGURES, Estimate, Headline
from simulator.model.register import FloatArray

QUANTILES = (0.1, 0.5, 0.9)
"""P10, P50 and P90."""

STABLE = 0.5
"""Error, in units of the last digit shown, from which on down more draws change nothing in it."""

_NORMAL_RANGE = 2.5631
"""P90 less P10 of a normal distribution, in standard deviations."""
_NORMAL_ERROR = 1.7094
"""Standard error of its P10 and P90, in standard deviations over the root of the draws."""


def of_draws(ordered: FloatArray) -> float:
    """The largest standard error among P10, P50 and P90 of ``ordered`` values, in their unit.

    By order statistics, which take no shape for granted: the number of draws below a quantile is
    binomial, and the values as many ranks away as that spreads are as far as the quantile does. 0
    for too few draws to tell, and where values are not finite.
    """
    count = len(ordered)
    errors = (
        (float(ordered[above]) - float(ordered[below])) / 2.0 for below, above in _ranks(count)
    )
    return max((error for error in errors if math.isfinite(error)), default=0.0)


@cache
def _ranks(count: int) -> tuple[tuple[int, int], ...]:
    """Places one standard error below and above each quantile among ``count`` ordered values."""
    places = []
    for share in QUANTILES:
        middle, spread = share * count - 0.5, math.sqrt(count * share * (1.0 - share))
        below, above = round(middle - spread), round(middle + spread)
        if below >= 0 and above < count:
            places.append((below, above))
    return tuple(places)


def of_range(low: float, high: float, draws: int) -> float:
    """The same where only P10 and P90 are left, as in files: that of a normal distribution."""
    error = _NORMAL_ERROR * (high - low) / _NORMAL_RANGE / math.sqrt(draws)
    return error if math.isfinite(error) else 0.0


def digit(error: float) -> int | None:
    """The power of ten to which a figure with this standard error is shown; ``None``: all."""
    return round(math.log10(error)) if error > 0.0 and math.isfinite(error) else None


def shown_value(value: float, error: float) -> float:
    """``value`` as it is shown, given its standard error: never without a digit, unless it is
    zero."""
    place = digit(error)
    if place is None or value == 0.0 or not math.isfinite(value):
        return value
    return round(value, -min(place, math.floor(math.log10(abs(value)))))


def shown(estimate: Estimate) -> Estimate:
    """An estimate as it is shown: all three to one digit; ends of less than that are zero."""
    place = digit(estimate.error)
    if place is None:
        return estimate
    low, high = (
        round(end, -place) + 0.0 if math.isfinite(end) else end
        for end in (estimate.low, estimate.high)
    )
    return replace(
        estimate, low=low, central=shown_value(estimate.central, estimate.error), high=high
    )


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


def with_digits_of(headline: Headline, first: Headline) -> Headline:
    """``headline`` from more draws, shown with as many digits as ``first`` was."""
    both = ((name, headline[name], first[name]) for name in FIGURES)
    estimates: dict[str, Any] = {
        name: replace(value, error=rough.error)
        for name, value, rough in both
        if isinstance(value, Estimate) and isinstance(rough, Estimate)
    }
    return replace(headline, **estimates)
