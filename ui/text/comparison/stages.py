"""Which of compared scenarios are in stages, and what becomes of them, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.analyses.comparison import Comparison
from simulator.i18n.language import Language
from ui.text import stages


@dataclass(frozen=True, slots=True)
class InStages:
    """What a scenario in stages does."""

    scenario: int
    """Its position."""
    short: str
    """That, and how often it goes on."""
    text: str
    """How it begins, and how often each way is taken after the review."""
    rule: str
    """The same with the rule by which that is decided."""


def in_stages(comparison: Comparison, language: Language) -> list[InStages]:
    """Those that are made in stages."""
    return [
        InStages(
            place,
            stages.short(plan, taken, comparison.draws, language),
            stages.sentence(plan, taken, comparison.draws, language),
            stages.told(plan, taken, comparison.draws, language),
        )
        for place, (plan, taken) in enumerate(
            zip(
                (scenario.plan.stages for scenario in comparison.scenarios),
                comparison.taken,
                strict=True,
            )
        )
        if plan is not None
    ]
