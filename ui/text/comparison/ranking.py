"""How scenarios rank among all, in words. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from simulator.analyses.comparison import Comparison
from simulator.analyses.comparison.pairs import Ranking
from simulator.i18n.language import Language
from simulator.results.chance_words import in_cases
from ui.text.arithmetic import Explanation
from ui.text.comparison import counted
from ui.text.comparison.measures import obstacle_text
from ui.text.comparison.verdict import as_shown


@dataclass(frozen=True, slots=True)
class Rank:
    """How one scenario fares among all, and carrying on."""

    scenario: int
    """Its position; carrying on comes behind all scenarios."""
    best: float
    """Share of draws in which it is the best, 0-1."""
    share: str
    rank: str
    """The expected one, 1 is the best."""
    how: Explanation
    """What was counted."""


def ranking(comparison: Comparison, measure: str, language: Language) -> tuple[list[Rank], str]:
    """How often each is the best, the most often first; and what is to be said of it: who is left
    out, or why there is none."""
    obstacle = comparison.obstacle(measure)
    if obstacle:
        return [], obstacle_text(obstacle, language)
    ranked, draws = _as_shown(comparison, comparison.ranking(measure))
    candidates = enumerate(
        zip(
            (*ranked.best, ranked.carrying_on),
            (*ranked.rank, ranked.carrying_on_rank),
            strict=True,
        )
    )
    rows = [
        Rank(
            place,
            best,
            language.gettext("best {in_cases}", in_cases=in_cases(best, draws, language)),
            language.number(rank, decimals=1),
            counted.of_rank(best, language.number(rank, decimals=1), draws, language),
        )
        for place, (best, rank) in candidates
        if not math.isnan(best)
    ]
    ranks = (*ranked.rank, ranked.carrying_on_rank)
    rows.sort(key=lambda one: (-one.best, ranks[one.scenario]))
    left_out = [
        comparison.letter(place) for place, best in enumerate(ranked.best) if math.isnan(best)
    ]
    if not left_out:
        return rows, ""
    return rows, language.gettext(
        "Left out, since there is nothing to divide by, or no value: {scenarios}.",
        scenarios=", ".join(left_out),
    )


def _as_shown(comparison: Comparison, ranked: Ranking) -> tuple[Ranking, int]:
    """A ranking, and how many draws it is of. A plan alone is the best as often as it is better
    than carrying on, and that is said alike wherever it is shown."""
    if len(ranked.best) > 1 or math.isnan(ranked.best[0]):
        return ranked, comparison.draws
    pair, draws = as_shown(comparison, comparison.pair(comparison.carrying_on, 0, ranked.measure))
    best = pair.better + 0.5 * pair.same
    shown = replace(
        ranked,
        best=(best,),
        rank=(2.0 - best,),
        carrying_on=1.0 - best,
        carrying_on_rank=1.0 + best,
    )
    return shown, draws
