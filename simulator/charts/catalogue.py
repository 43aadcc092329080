"""All that can be charted."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.charts.money_flow import MONEY_FLOW, MONEY_FLOW_TITLE
from simulator.i18n.language import Language
from simulator.results import OUTCOMES

PICKER: Mapping[str, tuple[str, ...]] = {
    group: (
        *(one.id for one in OUTCOMES.values() if one.group == group),
        *((MONEY_FLOW,) if group == "Budgets" else ()),
    )
    for group in dict.fromkeys(one.group for one in OUTCOMES.values())
}
"""All that can be charted, by group."""

LARGE: tuple[str, ...] = (*OUTCOMES, MONEY_FLOW)
"""What a large chart can show."""

FIRST: tuple[str, ...] = ("cumulative_value", "customers")
"""What the two large charts show at first."""


def title(outcome: str, language: Language) -> str:
    """What the picker calls a chart; ``outcome`` may be :data:`MONEY_FLOW`."""
    return language.gettext(MONEY_FLOW_TITLE if outcome == MONEY_FLOW else OUTCOMES[outcome].label)
