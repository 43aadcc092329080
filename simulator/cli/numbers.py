"""Numbers as commands print them in tables and sentences; what is not defined has a word."""

from __future__ import annotations

import math

UNDEFINED = "n/a"


def grouped(value: float, decimals: int = 0) -> str:
    """With thousands separators, and never a minus before zero."""
    text = f"{value:,.{decimals}f}"
    return text if text.strip("-0.,") else text.lstrip("-")


def plain(value: float) -> str:
    """An amount, as precise as its size asks for."""
    if not math.isfinite(value):
        return UNDEFINED
    if abs(value) >= 1e15:
        return f"{value:.3e}"
    return grouped(value, 0 if abs(value) >= 100.0 or value == 0.0 else 2)


def money(value: float, currency: str) -> str:
    return f"{currency} {plain(value)}" if math.isfinite(value) else UNDEFINED


def short(value: float) -> str:
    """At most seven signs up to a thousand billion: six of these stand in one row."""
    if not math.isfinite(value):
        return UNDEFINED
    for least, size, sign in ((999_950_000.0, 1e9, "bn"), (999_999.5, 1e6, "M")):
        if least <= abs(value) < 1e12:
            return f"{grouped(value / size, 2 if abs(value) < 9.995 * size else 1)} {sign}"
    return plain(value)


def significant(value: float) -> str:
    """In three figures at least, without an exponent where a few zeros do."""
    return f"{value:.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"


def heads(value: float) -> str:
    return grouped(value) if abs(value) < 999_999.5 else short(value)


def percent(value: float, decimals: int = 0) -> str:
    return f"{grouped(100.0 * value, decimals)} %" if math.isfinite(value) else UNDEFINED


def per_unit(value: float) -> str:
    """What comes back for each unit that is spent: a ratio that is no return, so no percentage."""
    return grouped(value, 2) if math.isfinite(value) else UNDEFINED


_BOUNDS = {"below": "less than ", "about": "", "above": "more than "}
_ENDS = {"none": "none", "all": "all"}


def probability_text(share: float, decimals: int = 0) -> str:
    """A share of draws in per cent; hardly any and nearly all are told from none and all, which are
    said in words."""
    from simulator.results.chances import rounded

    chance = rounded(share, decimals)
    if chance.bound in _ENDS:
        return _ENDS[chance.bound]
    return f"{_BOUNDS[chance.bound]}{percent(chance.percent / 100.0, decimals)}"


def cases_text(share: float, draws: int) -> str:
    """The same for the middle of a sentence: "in 72 % of 1,024 draws", or "in all 1,024 cases of
    this model"."""
    from simulator.results.chances import rounded

    match rounded(share).bound:
        case "none":
            return f"in none of the {draws:,} cases of this model"
        case "all":
            return f"in all {draws:,} cases of this model"
    return f"in {probability_text(share)} of {draws:,} draws"


def month(value: float, horizon: int) -> str:
    if math.isinf(value):
        return f"not within {horizon} months"
    return UNDEFINED if math.isnan(value) else f"{value:.0f}"
