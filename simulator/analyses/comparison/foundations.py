"""What the numbers of a comparison rest on most: the assumptions that a difference follows over the
draws that both have. What two plans have in common cancels out, so these are others than those that
the value of either follows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.analyses.comparison.comparison import Comparison
from simulator.analyses.comparison.measures import HEADLINE_ROWS
from simulator.analyses.comparison.sides import Side
from simulator.analyses.held import drawn_rows
from simulator.analyses.influence import named, shares_in
from simulator.engine import sampling
from simulator.model.register import FloatArray
from simulator.results import AT_HORIZON
from simulator.scenario import Evidence

_COUNTED: Mapping[str, str] = {
    "worst_case": "net_present_value",
    "probability_better": "net_present_value",
    "probability_payback": "payback_month",
}
"""Figures that are one number over all draws: what is counted in each of these."""


def of_pair(comparison: Comparison, first: int, second: int, measure: str) -> tuple[str, ...]:
    """Ids of the assumptions that ``second`` less ``first`` follows most; either may be carrying
    on. Empty where they cannot be compared, or never differ."""
    if comparison.obstacle(measure, first, second):
        return ()
    values = _with_carrying_on(comparison, measure)
    return _followed(comparison, values[second] - values[first])


def of_best(comparison: Comparison, place: int, measure: str) -> tuple[str, ...]:
    """Of how far one is ahead of the best of all others, carrying on among them, or behind it."""
    if comparison.obstacle(measure):
        return ()
    values = _with_carrying_on(comparison, measure)
    others = np.delete(values, place, axis=0)
    rivals = others[~np.isnan(others).any(axis=1)]
    return _followed(comparison, values[place] - rivals.max(axis=0)) if rivals.size else ()


def of_figure(comparison: Comparison, place: int, row: str) -> tuple[str, ...]:
    """Of how much more one of :data:`~simulator.analyses.comparison.HEADLINE_ROWS` is than that of
    the first scenario. Raises ``KeyError`` for a row that does not exist."""
    figure, first = (_draws(comparison.sides[one], row) for one in (place, 0))
    with np.errstate(invalid="ignore"):  # never less never
        return _followed(comparison, figure - first)


def _draws(side: Side, row: str) -> FloatArray:
    if HEADLINE_ROWS[row].at_end:
        ends: FloatArray = side.values.plan_end[AT_HORIZON.index(row)]
        return ends
    return side.values[_COUNTED.get(row, row)]


def _with_carrying_on(comparison: Comparison, measure: str) -> FloatArray:
    values = comparison.of(measure)
    return np.vstack([values, np.zeros((1, values.shape[1]))])


def _followed(comparison: Comparison, figure: FloatArray) -> tuple[str, ...]:
    """In the draws of all: by ranks, which those of another range of an assumption share, an
    assumption is looked at in the first world in which it is drawn."""
    values: dict[int, FloatArray] = {}
    for scenario in comparison.scenarios:
        missing = [row for row in drawn_rows(scenario) if row not in values]
        if missing:
            drawn = sampling.draw(comparison.draws, comparison.seed, scenario.ranges())
            values |= {row: drawn[row] for row in missing}
    rows = sorted(values)
    if not rows:
        return ()
    return named(
        shares_in(figure, rows, np.stack([values[row] for row in rows])),
        Evidence.of(*comparison.scenarios),
    )
