"""How a share of the draws is shown: no chance ever reads as 0 or 100.

None and all of the draws are said in words, "none of the 1,024 cases of this model": no model knows
what is impossible or certain. What is hardly any or nearly all never reads as these.

Strip, comparisons, the command line and spreadsheets all round by :func:`rounded`; each has its own
words for what comes out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.results.precision import adding_up


@dataclass(frozen=True, slots=True)
class Chance:
    """A share of the draws, ready to be written down."""

    percent: float
    """Of 100 draws, rounded; ``nan`` where the share is not defined."""
    bound: Literal["none", "below", "about", "above", "all"]
    """Whether the share is that much, or less than it (and not none), or more (and not all); or it
    is none or all of the draws, which is said in words."""


def rounded(share: float, decimals: int = 0) -> Chance:
    """``share`` (0-1) of 100 draws, to so many decimals.

    What would be rounded to none, but is not, is below the least that shows; what would be rounded
    to all, but is not, above the most below that: 0.002 is below 1 and 0.997 above 99. Halves go to
    the even neighbour, so that a share and what it leaves add up to 100.
    """
    if math.isnan(share):
        return Chance(math.nan, "about")
    if share in {0.0, 1.0}:
        return Chance(100.0 * share, "all" if share else "none")
    percent = round(100.0 * share, decimals)
    least = 10.0**-decimals
    if percent == 0.0:
        return Chance(least, "below")
    if percent == 100.0:
        return Chance(100.0 - least, "above")
    return Chance(percent, "about")


_BELOW = 0.004
"""A share that is read as fewer than 1 of 100."""


def of_whole(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares of the draws (0-1) of which every draw is in one, as they are read side by side, each
    through :func:`rounded`: of 100, which they add up to; what is below 1 takes what is left. Each
    is within one of 100 of what it is; those that are not defined, none or all stay as they are.
    """
    chances = {name: rounded(share) for name, share in shares.items() if not math.isnan(share)}
    exact = {name: 100.0 * shares[name] for name, one in chances.items() if one.bound == "about"}
    if not exact:
        return dict(shares)
    below = sum(one.bound == "below" for one in chances.values())
    most = 100 - (below > 0)
    total = min(max(sum(map(round, exact.values())), 100 - below), most)

    def cost(amount: float, count: int) -> tuple[bool, float]:
        is_said = 1 <= count <= 99 or (count == 0 and amount < 1.0)  # fewer than 1
        return not is_said, abs(count - amount)

    counts = adding_up(exact, total, cost)
    return {**shares, **{name: count / 100.0 or _BELOW for name, count in counts.items()}}


def decimals_needed(share: float, decimals: int) -> int:
    """How many decimals a percentage takes, at least ``decimals``, for :func:`rounded` to have the
    number itself and no bound; 9 at most."""
    while rounded(share, decimals).bound in {"below", "above"} and decimals < 9:
        decimals += 1
    return decimals
