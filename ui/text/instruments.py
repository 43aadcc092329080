"""What each instrument of a plan costs and brings, in few words, for beside its lever. Pure.

In words, not in per cent: a room takes in at a glance which instruments bring back what they cost.
Amounts are told where a lever is explained.
"""

from __future__ import annotations

from simulator.analyses.leave_one_out import LeaveOneOut, LeftOut
from simulator.i18n.language import N_, Language
from simulator.results import precision

_BELOW = (
    (0.1, N_("brings back hardly any of what it costs")),
    (0.45, N_("brings back less than half of what it costs")),
    (0.55, N_("brings back about half of what it costs")),
    (0.9, N_("brings back most of what it costs")),
    (1.1, N_("brings back about what it costs")),
    (1.75, N_("brings back more than it costs")),
    (2.5, N_("brings back about twice what it costs")),
)
"""Shares of its cost that an instrument brings back, ascending, and what is said below each."""

_MORE = N_("brings back several times what it costs")


def returns(result: LeaveOneOut, language: Language) -> dict[str, str]:
    """By line of the split: how much of the money that the plan moves into it over the whole
    period would be lost of everything else without it. Those that get none are not there."""
    return {name: _words(left_out, language) for name, left_out in result.instruments.items()}


def _words(left_out: LeftOut, language: Language) -> str:
    error = left_out.change.error / left_out.money
    share = precision.shown_value(left_out.brings / left_out.money, error)
    whole = round(100.0 * share)
    if whole < 0:
        return language.gettext("brings nothing back, and costs more besides")
    if whole == 0:
        return language.gettext("brings nothing back")
    words = next((text for limit, text in _BELOW if share < limit), _MORE)
    return language.gettext(words)
