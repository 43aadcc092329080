"""A share of the draws in words: of 100 cases, or in per cent. Pure.

:mod:`simulator.results.chances` says what is rounded to what; nearly none is not none.
"""

from __future__ import annotations

import math

from simulator.i18n.language import N_, UNDEFINED, Language
from simulator.results.chances import rounded

_OF_100 = {"below": N_("fewer than 1"), "above": N_("more than 99")}
_PERCENT = {"below": N_("less than {percent}"), "above": N_("more than {percent}")}


def of_100(share: float, language: Language) -> str:
    """How many of 100 cases a share of the draws (0-1) is: a number, "fewer than 1" or "more than
    99"; fits before "of 100"."""
    if math.isnan(share):
        return UNDEFINED
    chance = rounded(share)
    if chance.bound == "about":
        return f"{chance.percent:.0f}"
    return language.gettext(_OF_100[chance.bound])


def percent(share: float, language: Language, decimals: int = 0) -> str:
    """A share of the draws (0-1) in per cent, "less than 1%" or "more than 99%"."""
    chance = rounded(share, decimals)
    number = language.percent(chance.percent / 100.0, decimals=decimals)
    if chance.bound == "about":
        return number
    return language.gettext(_PERCENT[chance.bound], percent=number)
