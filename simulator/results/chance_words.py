"""A share of the draws in words: of 100 cases, or in per cent. Pure.

:mod:`simulator.results.chances` says what is rounded to what; nearly none is not none, and none and
all are never a number.
"""

from __future__ import annotations

import math

from simulator.i18n.language import N_, UNDEFINED, Language
from simulator.results.chances import Chance, rounded

_OF_100 = {"below": N_("fewer than 1"), "above": N_("more than 99")}
_PERCENT = {"below": N_("less than {percent}"), "above": N_("more than {percent}")}
_IN_CASES = {
    "none": N_("in none of the {draws} cases of this model"),
    "all": N_("in all {draws} cases of this model"),
}
_IN_BOUND = {
    "below": N_("in fewer than 1 of 100 cases"),
    "above": N_("in more than 99 of 100 cases"),
}
_IN_CASES_SHORT = {
    "none": N_("in none of {draws} cases"),
    "all": N_("in all {draws} cases"),
}
_CASES = {"none": N_("none of {draws} cases"), "all": N_("all {draws} cases")}
_SHORT = {"none": N_("none of {draws}"), "all": N_("all {draws}")}
"""Where there is little room."""


def in_cases(share: float, draws: int, language: Language, *, short: bool = False) -> str:
    """In how many cases something holds, for the middle of a sentence: "in 72 of 100 cases", or
    "in none of the 1,024 cases of this model"; ``short``: where there is little room."""
    chance = rounded(share)
    if chance.bound in _IN_CASES:
        words = _IN_CASES_SHORT if short else _IN_CASES
        return language.gettext(words[chance.bound], draws=language.number(draws))
    if chance.bound in _IN_BOUND:
        return language.gettext(_IN_BOUND[chance.bound])
    return language.gettext("in {number} of 100 cases", number=_number(chance, language))


def cases(share: float, draws: int, language: Language) -> str:
    """The same, alone: "72 of 100 cases", "all 1,024 cases"."""
    if math.isnan(share):
        return UNDEFINED
    chance = rounded(share)
    if chance.bound in _CASES:
        return language.gettext(_CASES[chance.bound], draws=language.number(draws))
    return language.gettext("{number} of 100 cases", number=_number(chance, language))


def of_100(share: float, draws: int, language: Language) -> str:
    """The same where it is known what is counted: "72 of 100", "all 1,024"."""
    chance = rounded(share)
    if chance.bound in _SHORT:
        return language.gettext(_SHORT[chance.bound], draws=language.number(draws))
    return language.gettext("{number} of 100", number=_number(chance, language))


def percent(share: float, draws: int, language: Language, decimals: int = 0) -> str:
    """The same in per cent, "less than 1%" or "more than 99%"; "none of 1,024", "all 1,024"."""
    chance = rounded(share, decimals)
    if chance.bound in _SHORT:
        return language.gettext(_SHORT[chance.bound], draws=language.number(draws))
    number = language.percent(chance.percent / 100.0, decimals=decimals)
    if chance.bound == "about":
        return number
    return language.gettext(_PERCENT[chance.bound], percent=number)


def whole_percent(share: float, language: Language) -> str:
    """A share of anything but the draws in whole per cents, "less than 1%" or "more than 99%"."""
    chance = rounded(share)
    number = language.percent(chance.percent / 100.0)
    bound = _PERCENT.get(chance.bound)
    return language.gettext(bound, percent=number) if bound else number


def _number(chance: Chance, language: Language) -> str:
    """How many of 100, "fewer than 1" or "more than 99"."""
    if math.isnan(chance.percent):
        return UNDEFINED
    if chance.bound == "about":
        return f"{chance.percent:.0f}"
    return language.gettext(_OF_100[chance.bound])
