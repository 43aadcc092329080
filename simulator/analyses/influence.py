"""What a figure of a plan rests on most: from the draws of its own run, without another one.

An assumption counts by how far the figure follows it over the draws: the square of the rank
correlation of both, which is about the share of the variance of the figure's ranks that goes with
that assumption alone (a first-order effect). Ranks, since amounts may lie far apart and a payback
may be never. What acts only together with others, or in both directions, is not seen;
:mod:`simulator.analyses.variance` sees it, in many more runs.
"""

from __future__ import annotations

import numpy as np

from simulator.analyses.held import drawn_rows
from simulator.model.register import BY_ID, REGISTER, FloatArray
from simulator.results import Forecast

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
    from scipy.stats import rankdata

    known = ~np.isnan(figure)
    told = figure[known]
    if told.size < 2 or np.ptp(rankdata(told)) == 0.0:
        return {}
    rows = drawn_rows(forecast.scenario)
    values = forecast.shared_baseline.values[rows, : figure.size][:, known]
    ranks = np.argsort(np.argsort(values, axis=1), axis=1).astype(np.float64)
    of_figure = _standardised(rankdata(told))
    follows = (_standardised(ranks) @ of_figure / told.size) ** 2
    order = np.argsort(-follows, kind="stable")
    return {REGISTER[rows[place]].id: float(follows[place]) for place in order}


def rests_on(figure: FloatArray, forecast: Forecast) -> tuple[str, ...]:
    """Ids of the assumptions that ``figure`` follows most, the first one most: :data:`NAMED` at
    most and, where none of these is as weak as the weakest of all that count, that one, too. Empty
    where it is always the same, or follows none by itself."""
    counting = [name for name, share in shares(figure, forecast).items() if share >= LEAST]
    named = counting[:NAMED]
    # Of equals max gives the first, which is the one that the figure follows most.
    weakest = max(counting, key=_grade, default=None)
    if weakest and _grade(weakest) > max(map(_grade, named)):
        named.append(weakest)
    return tuple(named)


def _grade(assumption: str) -> str:
    return BY_ID[assumption].grade


def _standardised(ranks: FloatArray) -> FloatArray:
    away: FloatArray = ranks - ranks.mean(axis=-1, keepdims=True)
    deviation = away.std(axis=-1, keepdims=True)
    away /= np.where(deviation > 0.0, deviation, 1.0)
    return away
