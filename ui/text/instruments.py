"""What each instrument of a plan costs and brings, in few words, for beside its lever. Pure."""

from __future__ import annotations

from simulator.analyses.leave_one_out import LeaveOneOut, LeftOut
from simulator.i18n.language import Language
from simulator.results import precision


def returns(result: LeaveOneOut, currency: str, language: Language) -> dict[str, str]:
    """By line of the split: the money that the plan moves into it over the whole period, and what
    would be lost of everything else without it. Those that get no money are not there."""
    return {
        name: _words(left_out, currency, language) for name, left_out in result.instruments.items()
    }


def _words(left_out: LeftOut, currency: str, language: Language) -> str:
    cost = language.money(left_out.money, currency)
    # One number says what two would be compared for; both are told where it is explained.
    error = left_out.change.error / left_out.money
    share = precision.shown_value(left_out.brings / left_out.money, error)
    text = language.percent(abs(share), decimals=0)
    if text == language.percent(0.0, decimals=0):
        return language.gettext("costs {cost}, brings nothing back", cost=cost)
    if share < 0.0:
        brings = precision.shown_value(left_out.brings, left_out.change.error)
        amount = language.money(abs(brings), currency)
        return language.gettext("costs {cost}, and another {amount}", cost=cost, amount=amount)
    return language.gettext("brings back {share} of what it costs", share=text)
