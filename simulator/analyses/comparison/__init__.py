"""Scenarios side by side: how they differ, which is better, and what cannot be compared.

All scenarios run in the same draws of the assumptions (the first one's seed) and are looked at over
the same months (the shortest horizon). A difference is taken in each draw, so that what two
scenarios share cancels out; its spread is what really is uncertain between them.

The rule for "is B really better than A?": the share of draws in which B is better, draws without a
difference counted half, in the words of :func:`simulator.results.verdict`; from 33 up to 66 % it
is too close to call.
"""

from simulator.analyses.comparison.asked import (
    Question,
    left_out,
    pair_as_shown,
    question_of,
    ranking_as_shown,
    usable_measure,
    usable_pair,
)
from simulator.analyses.comparison.caveats import CAVEATS, Caveat, NotComparable
from simulator.analyses.comparison.comparison import (
    CARRYING_ON,
    CURRENT,
    FEWEST,
    LETTERS,
    MOST,
    Comparison,
    compare,
)
from simulator.analyses.comparison.measures import (
    BUDGETS,
    HEADLINE_ROWS,
    MEASURES,
    NEITHER,
    NO_LONGER_IN_TIME,
    NOW_IN_TIME,
    HeadlineRow,
    Measure,
    figure_of,
    in_time,
)
from simulator.analyses.comparison.pairs import SAME, SAME_WITHIN, Histogram, Pair, Ranking
from simulator.analyses.comparison.sides import Side, Spending

__all__ = [
    "BUDGETS",
    "CARRYING_ON",
    "CAVEATS",
    "CURRENT",
    "FEWEST",
    "HEADLINE_ROWS",
    "LETTERS",
    "MEASURES",
    "MOST",
    "NEITHER",
    "NOW_IN_TIME",
    "NO_LONGER_IN_TIME",
    "SAME",
    "SAME_WITHIN",
    "Caveat",
    "Comparison",
    "HeadlineRow",
    "Histogram",
    "Measure",
    "NotComparable",
    "Pair",
    "Question",
    "Ranking",
    "Side",
    "Spending",
    "compare",
    "figure_of",
    "in_time",
    "left_out",
    "pair_as_shown",
    "question_of",
    "ranking_as_shown",
    "usable_measure",
    "usable_pair",
]
