"""Budgets side by side, as text. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.analyses.comparison import BUDGETS, Comparison
from simulator.i18n.language import Language
from simulator.model.quantities import SOURCES
from simulator.scenario.levers import NAMES


@dataclass(frozen=True, slots=True)
class Amount:
    """Money a year for one line of one scenario."""

    today: float
    plan: float
    """With the plan, in the last of the common months."""
    today_text: str
    plan_text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A source, an instrument, or savings."""

    id: str
    label: str
    source: bool
    amounts: tuple[Amount, ...]
    """One for each scenario, in its currency."""


def budgets(comparison: Comparison, language: Language) -> list[Line]:
    """Budgets side by side; lines that no scenario has are left out."""
    lines = []
    for name in BUDGETS:
        amounts = []
        for scenario, spent in zip(comparison.scenarios, comparison.spending, strict=True):
            today, plan = spent.today[name], spent.plan[name]
            currency = scenario.organisation.currency
            texts = (language.money(money, currency) for money in (today, plan))
            amounts.append(Amount(today, plan, *texts))
        if any(amount.today or amount.plan for amount in amounts):
            label = language.gettext(NAMES.get(name, BUDGETS[name]))
            lines.append(Line(name, label, name in SOURCES, tuple(amounts)))
    return lines
