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
    # Dropping it keeps its money and loses what it brings: the change is the one less the other.
    brings = precision.shown_value(left_out.money - left_out.change.central, left_out.change.error)
    amount = language.money(abs(brings), currency)
    if amount == language.money(0.0, currency):
        return language.gettext("costs {cost}, brings nothing back", cost=cost)
    if brings < 0.0:
        return language.gettext("costs {cost}, and another {amount}", cost=cost, amount=amount)
    return language.gettext("costs {cost}, brings back {amount}", cost=cost, amount=amount)
