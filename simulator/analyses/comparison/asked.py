"""What is asked of a comparison: the measure and the pair, also where they are left open, and what
is shown of both. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from simulator.analyses.comparison.comparison import Comparison
from simulator.analyses.comparison.measures import MEASURES
from simulator.analyses.comparison.pairs import SAME, Pair, Ranking
from simulator.results import Estimate, estimate

_SIZELESS = ("value_per_customer", "value_per_money_moved")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a comparison."""

    measure: str
    first: int
    second: int
    notes: Sequence[str] = ()
    """What is said with the answer, in the language of who asks."""


def question_of(comparison: Comparison) -> Question:
    """What is asked where everything is left open."""
    measure = usable_measure(comparison, None)
    return Question(measure, *usable_pair(comparison, measure, (None, None)))


def left_out(comparison: Comparison, measure: str) -> tuple[int, ...]:
    """Positions of those that ``measure`` is not defined for, so that a ranking leaves them out."""
    carrying_on = comparison.carrying_on
    return tuple(
        place for place in range(carrying_on) if comparison.obstacle(measure, place, carrying_on)
    )


def usable_measure(comparison: Comparison, wished: str | None) -> str:
    """The measure that is wished for, if all or any two can be compared by it. Else the first that
    leaves nobody out, or else the fewest; of organisations of different sizes one that takes the
    size out."""
    pairs = [(), *combinations(range(max(len(comparison.scenarios), 2)), 2)]  # one: carrying on
    if wished and any(comparison.obstacle(wished, *pair) is None for pair in pairs):
        return wished
    sizes = {one.organisation.customers for one in comparison.scenarios}
    order = list(MEASURES) if len(sizes) == 1 else [*_SIZELESS, *MEASURES]
    usable = [one for one in order if comparison.obstacle(one) is None]
    return min(usable, key=lambda one: len(left_out(comparison, one)), default=order[0])


def usable_pair(
    comparison: Comparison, measure: str, wished: tuple[int | None, int | None]
) -> tuple[int, int]:
    """The pair that is wished for; where it is left open, the first scenario and the one that is
    best in the middle of all cases, among those that can be compared with it. A scenario alone is
    compared with carrying on, which can be wished for by its position as well."""
    count = len(comparison.scenarios)
    first, second = (one if one is not None and one <= count else None for one in wished)
    if first is None:
        first = comparison.carrying_on if count == 1 else 0
        if second == first:
            first = 0 if count == 1 else 1
    if second is None or second == first:
        others = [one for one in range(count) if one != first] or [comparison.carrying_on]
        comparable = [one for one in others if comparison.obstacle(measure, first, one) is None]
        worth = [*(estimate(draws).central for draws in comparison.of(measure)), 0.0]
        second = max(comparable or others[:1], key=lambda one: worth[one])
    return first, second


def pair_as_shown(comparison: Comparison, pair: Pair) -> tuple[Pair, int]:
    """A pair, and how many draws its shares are of. Where one is carrying on the difference is the
    value of the other, and is said as that is wherever it is shown, of more draws once these are
    worked out."""
    if pair.measure != "value" or comparison.carrying_on not in (pair.first, pair.second):
        return pair, comparison.draws
    place = min(pair.first, pair.second)
    if comparison.scenarios[place].horizon_months != comparison.months or pair.verdict == SAME:
        return pair, comparison.draws
    own = comparison.headlines[place]
    worth, better = own.net_present_value, own.probability_better
    if pair.first != comparison.carrying_on:
        low, central, high = 0.0 - worth.high, 0.0 - worth.central, 0.0 - worth.low
        worth, better = Estimate(low, central, high, worth.error), 1.0 - better
    shown = replace(pair, difference=worth)
    if pair.same:
        return shown, comparison.draws
    return replace(shown, better=better, worse=1.0 - better), own.draws


def ranking_as_shown(comparison: Comparison, measure: str) -> tuple[Ranking, int]:
    """A ranking, and how many draws it is of. A plan alone is the best as often as it is better
    than carrying on, and that is said alike wherever it is shown."""
    ranked = comparison.ranking(measure)
    if len(ranked.best) > 1 or math.isnan(ranked.best[0]):
        return ranked, comparison.draws
    pair, draws = pair_as_shown(comparison, comparison.pair(comparison.carrying_on, 0, measure))
    best = pair.better + 0.5 * pair.same
    shown = replace(
        ranked,
        best=(best,),
        rank=(2.0 - best,),
        carrying_on=1.0 - best,
        carrying_on_rank=1.0 + best,
    )
    return shown, draws
