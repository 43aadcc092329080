"""How scenarios rank among all, in words. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from simulator.analyses.comparison import Comparison
from simulator.analyses.comparison.pairs import Ranking
from simulator.i18n.language import Language
from simulator.results import chances
from simulator.results.chance_words import in_cases
from ui.text.comparison import counted
from ui.text.comparison.measures import obstacle_text
from ui.text.comparison.verdict import as_shown, called
from ui.text.explanation import Explanation


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
    read = _as_read(ranked)
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
            language.gettext("best {in_cases}", in_cases=in_cases(read[place], draws, language)),
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


def both_hold(
    comparison: Comparison, measure: str, places: tuple[int, int], language: Language
) -> str:
    """Why of a pair the one is ahead more often, and the other more often the best of all; empty
    where that is not so as it is read."""
    if comparison.obstacle(measure) or comparison.obstacle(measure, *places):
        return ""
    pair, draws = as_shown(comparison, comparison.pair(*places, measure))
    ahead, behind = places[::-1] if pair.better > pair.worse else places
    often, seldom = max(pair.better, pair.worse), min(pair.better, pair.worse)
    ranked, _ = _as_shown(comparison, comparison.ranking(measure))
    best = _as_read(ranked)
    if _of_100(often) <= _of_100(seldom) or not _of_100(best[behind]) > _of_100(best[ahead]):
        return ""
    values = comparison.of(measure)
    values = np.vstack([values, np.zeros((1, values.shape[1]))])
    where = values[ahead] > values[behind]
    candidates = np.where(np.isnan(values), -np.inf, values)
    candidates[[ahead, behind]] = -np.inf
    above = (candidates.argmax(axis=0))[where & (candidates.max(axis=0) > values[ahead])]
    if not above.size:
        return ""
    third = int(np.bincount(above).argmax())
    return language.gettext(
        "Both hold: {ahead} is ahead of {behind} {in_cases}, and yet {behind} is more often the "
        "best of all, since in many of these cases {third} is ahead of both.",
        ahead=called(comparison, ahead, language),
        behind=called(comparison, behind, language),
        third=called(comparison, third, language),
        in_cases=in_cases(often, draws, language),
    )


def _as_read(ranked: Ranking) -> list[float]:
    """How often each is the best, 0-1, carrying on behind all: of 100 cases, which they add up to
    where they stand side by side."""
    best = (*ranked.best, ranked.carrying_on)
    return list(chances.of_whole({str(place): share for place, share in enumerate(best)}).values())


def _of_100(share: float) -> int:
    """As it is read."""
    return round(100.0 * share) if math.isfinite(share) else 0


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
