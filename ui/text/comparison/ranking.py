"""How scenarios rank among all, in words. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.analyses.comparison import Comparison, left_out, pair_as_shown, ranking_as_shown
from simulator.analyses.comparison.pairs import Ranking
from simulator.i18n.language import N_, Language
from simulator.results import chances
from simulator.results.chance_words import in_cases
from ui.text.comparison import counted
from ui.text.comparison.measures import obstacle_text
from ui.text.comparison.verdict import called
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
    ranked, draws = ranking_as_shown(comparison, measure)
    read = _as_read(ranked)
    lost = left_out(comparison, measure)
    often = N_("best of these {in_cases}") if lost else N_("best {in_cases}")
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
            language.gettext(often, in_cases=in_cases(read[place], draws, language)),
            language.number(rank, decimals=1),
            counted.of_rank(best, language.number(rank, decimals=1), draws, language),
        )
        for place, (best, rank) in candidates
        if not math.isnan(best)
    ]
    ranks = (*ranked.rank, ranked.carrying_on_rank)
    rows.sort(key=lambda one: (-one.best, ranks[one.scenario]))
    if not lost:
        return rows, ""
    return rows, language.gettext(
        "Left out, since there is nothing to divide by, or no value: {scenarios}.",
        scenarios=", ".join(map(comparison.letter, lost)),
    )


def both_hold(
    comparison: Comparison, measure: str, places: tuple[int, int], language: Language
) -> str:
    """Why of a pair the one is ahead more often, and the other more often the best of all; empty
    where that is not so as it is read."""
    if comparison.obstacle(measure) or comparison.obstacle(measure, *places):
        return ""
    pair, draws = pair_as_shown(comparison, comparison.pair(*places, measure))
    ahead, behind = places[::-1] if pair.better > pair.worse else places
    often, seldom = max(pair.better, pair.worse), min(pair.better, pair.worse)
    ranked, _ = ranking_as_shown(comparison, measure)
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
