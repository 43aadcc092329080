"""How scenarios rank among all, in words. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.analyses.comparison import LETTERS, Comparison
from simulator.i18n.language import Language
from simulator.results.chance_words import in_cases
from ui.text.comparison.measures import obstacle_text


@dataclass(frozen=True, slots=True)
class Rank:
    """How one scenario fares among all."""

    scenario: int
    best: float
    """Share of draws in which it is the best, 0-1."""
    share: str
    rank: str
    """The expected one, 1 is the best."""


def ranking(comparison: Comparison, measure: str, language: Language) -> tuple[list[Rank], str]:
    """How often each is the best, the most often first; and what is to be said of it: who is left
    out, or why there is none."""
    obstacle = comparison.obstacle(measure)
    if obstacle:
        return [], obstacle_text(obstacle, language)
    ranked = comparison.ranking(measure)
    rows = [
        Rank(
            place,
            best,
            language.gettext(
                "best {in_cases}", in_cases=in_cases(best, comparison.draws, language)
            ),
            language.number(rank, decimals=1),
        )
        for place, (best, rank) in enumerate(zip(ranked.best, ranked.rank, strict=True))
        if not math.isnan(best)
    ]
    rows.sort(key=lambda one: (-one.best, ranked.rank[one.scenario]))
    left_out = [LETTERS[place] for place, best in enumerate(ranked.best) if math.isnan(best)]
    if not left_out:
        return rows, ""
    return rows, language.gettext(
        "Left out, since there is nothing to divide by, or no value: {scenarios}.",
        scenarios=", ".join(left_out),
    )
