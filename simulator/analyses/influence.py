"""What a figure of a plan rests on most: from the draws of its own run, without another one.

An assumption counts by how far the figure follows it over the draws: the square of the rank
correlation of both, which is about the share of the variance of the figure's ranks that goes with
that assumption alone (a first-order effect). Ranks, since amounts may lie far apart and a payback
may be never. What acts only together with others, or in both directions, is not seen;
:mod:`simulator.analyses.variance` sees it, in many more runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulator.analyses.held import drawn_rows
from simulator.model.register import REGISTER, FloatArray
from simulator.results import Forecast
from simulator.scenario import Evidence

NAMED = 3
"""Assumptions that are named, besides one of the weakest grade."""

LEAST = 0.02
"""Share from which on an assumption counts. In 1,024 draws chance makes 0.01 of the largest of 150
that do nothing."""


def shares(figure: FloatArray, forecast: Forecast) -> dict[str, float]:
    """Of each assumption that is drawn in ``forecast``, by id: which share (0-1) of the ranks of
    ``figure`` goes with it, the largest first.

    ``figure`` has a value for each of the first draws, shape ``(draws,)``; ``inf`` is one, ``nan``
    is left out. Empty where it is always the same.
    """
    rows = drawn_rows(forecast.scenario)
    return shares_in(figure, rows, forecast.shared_baseline.values[rows])


def shares_in(figure: FloatArray, rows: Sequence[int], values: FloatArray) -> dict[str, float]:
    """The same of ``figure`` in any draws: ``values`` are those of the assumptions in these
    ``rows`` of the register, shape ``(rows, draws)``."""
    from scipy.stats import rankdata

    known = ~np.isnan(figure)
    numbers = figure[known]
    if numbers.size < 2 or np.ptp(rankdata(numbers)) == 0.0:
        return {}
    drawn = values[:, : figure.size][:, known]
    ranks = np.empty(drawn.shape)
    places = np.arange(numbers.size, dtype=np.float64)
    np.put_along_axis(ranks, np.argsort(drawn, axis=1), places[None, :], axis=1)
    of_figure = _standardised(rankdata(numbers))
    follows = (_standardised(ranks) @ of_figure / numbers.size) ** 2
    order = np.argsort(-follows, kind="stable")
    return {REGISTER[rows[place]].id: float(follows[place]) for place in order}


def rests_on(figure: FloatArray, forecast: Forecast) -> tuple[str, ...]:
    """Ids of the assumptions that ``figure`` follows most, see :func:`named`."""
    return named(shares(figure, forecast), Evidence.of(forecast.scenario))


def named(followed: Mapping[str, float], evidence: Evidence) -> tuple[str, ...]:
    """Of ``followed``, see :func:`shares`, the ids of those that matter most, the first one most:
    :data:`NAMED` at most and, where none of these is as weak as the weakest of all that count, that
    one, too. Empty where nothing counts by itself."""
    counting = [name for name, share in followed.items() if share >= LEAST]
    first = counting[:NAMED]
    # Of equals max gives the first, which is the one that the figure follows most.
    weakest = max(counting, key=evidence.grade, default=None)
    if weakest and evidence.grade(weakest) > evidence.weakest(first):
        first.append(weakest)
    return tuple(first)


def _standardised(ranks: FloatArray) -> FloatArray:
    away: FloatArray = ranks - ranks.mean(axis=-1, keepdims=True)
    deviation = away.std(axis=-1, keepdims=True)
    away /= np.where(deviation > 0.0, deviation, 1.0)
    return away
