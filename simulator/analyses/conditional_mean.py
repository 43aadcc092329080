"""Regression of a figure on what somebody might get to know, to value the knowing.

The expected value of deciding with partial information is E[max(0, E[V | x])], with V the value of
the plan against carrying on and x what becomes known. Strong, Oakley & Brennan (2014), Estimating
multiparameter partial expected value of perfect information from a probabilistic sensitivity
analysis sample, Medical Decision Making 34(3), 311-326, estimate E[V | x] by regression over the
draws of one sample; Strong et al. (2015), ibid. 35(5), 570-583, do the same for a study's data.

A plug-in of the fitted values into the maximum is biased upwards: noise looks like information. So
the regression is fitted on some of the draws and *decides* in the others, in which the plan's value
counts (cross-fitting): the estimate is what the rule that was learnt really brings, an unbiased
estimate of a lower bound, with the standard error of a plain mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulator.analyses.base import Measured
from simulator.model.register import FloatArray

FOLDS = 4
"""Parts of the draws, each of which is decided on by the other three."""
_SEED = 1
"""Of what is in which part."""
_INNER_KNOTS = 2
"""Of a cubic spline over the ranks."""
_RIDGE = 1e-3
"""Keeps what hardly varies from being fitted, as a share of the spread of a column."""
_TINY = 1e-12
"""Keeps a column of zeros from dividing by nothing."""
_PRODUCTS = 4
"""Of how many that explain most, pairs are fitted, too."""


class Worth(NamedTuple):
    """What knowing is worth, in the unit of the figure."""

    mean: float
    error: float
    """Standard error."""

    @classmethod
    def of(cls, gain: FloatArray) -> Worth:
        """The mean of a gain that can be turned down, shape ``(draws,)``."""
        mean = Measured.mean(gain)
        return cls(max(float(mean), 0.0), mean.error)


def perfect(figure: FloatArray) -> Worth:
    """Of knowing all; ``figure`` is what deciding for it brings in each draw."""
    gain = np.maximum(figure, 0.0) - figure * float(figure.mean() > 0.0)
    return Worth.of(gain)


def partial(figure: FloatArray, known: Sequence[FloatArray]) -> Worth:
    """What it would be worth to know the numbers ``known``, each of shape ``(draws,)``, before
    deciding; at least so much, since the rule that is learnt is not the best there is."""
    return worth_of(figure, [number for number in map(known_number, known) if number])


class Known(NamedTuple):
    """A number that becomes known, made ready for the regression."""

    ranks: FloatArray
    """Shares of the draws that lie below, shape ``(draws,)``."""
    spline: FloatArray
    """Of these, shape ``(draws, columns)``."""


def known_number(numbers: FloatArray) -> Known | None:
    """``numbers``, shape ``(draws,)``, for :func:`worth_of`; None where they are all equal."""
    if np.ptp(numbers) == 0.0:
        return None
    ranks = _ranks(numbers)
    return Known(ranks, _spline(ranks))


def worth_of(figure: FloatArray, known: Sequence[Known]) -> Worth:
    """:func:`partial` of what has been made ready, as for many groups of the same numbers."""
    if not known:
        return Worth(0.0, 0.0)
    design: FloatArray = _design(figure, known)
    decides = np.empty(figure.size, dtype=bool)
    # At random: every fourth of quasi-random draws would lie in a part of the space of its own.
    folds = np.random.default_rng(_SEED).permutation(figure.size) % FOLDS
    for fold in range(FOLDS):
        inside = folds == fold
        decides[inside] = design[inside] @ _fitted(design[~inside], figure[~inside]) > 0.0
    gain = figure * (decides.astype(np.float64) - float(figure.mean() > 0.0))
    return Worth.of(gain)


def _fitted(design: FloatArray, figure: FloatArray) -> FloatArray:
    """Coefficients of a ridge regression whose first column, the constant, is not shrunk."""
    gram = design.T @ design
    shrink = _RIDGE * np.diagonal(gram)
    shrink[0] = 0.0
    solved = np.linalg.solve(gram + np.diag(shrink + _TINY), design.T @ figure)
    return np.asarray(solved, dtype=np.float64)


def _design(figure: FloatArray, known: Sequence[Known]) -> FloatArray:
    """The columns of the regression, shape ``(draws, columns)``: a spline of each, and products of
    those that explain most."""
    ranks = [number.ranks for number in known]
    columns = [np.ones((figure.size, 1)), *(number.spline for number in known)]
    if len(ranks) > 1:
        centred = figure - figure.mean()
        strength = [abs(float(np.mean((shares - 0.5) * centred))) for shares in ranks]
        first = sorted(range(len(ranks)), key=strength.__getitem__, reverse=True)[:_PRODUCTS]
        lines: list[FloatArray] = [ranks[place] - 0.5 for place in first]
        columns += [
            (line * other)[:, None]
            for place, line in enumerate(lines)
            for other in lines[place + 1 :]
        ]
    return np.hstack(columns)


def _ranks(numbers: FloatArray) -> FloatArray:
    """Shares of the draws that lie below, shape ``(draws,)``; equal numbers have equal ones."""
    from scipy.stats import rankdata

    shares: FloatArray = (rankdata(numbers) - 0.5) / numbers.size
    return shares


def _spline(shares: FloatArray) -> FloatArray:
    """Cubic B-splines over (0, 1), centred, but for one, which the constant has; shape ``(draws,
    columns)``."""
    from scipy.interpolate import BSpline

    inner = np.linspace(0.0, 1.0, _INNER_KNOTS + 2)
    knots = np.concatenate([[0.0] * 3, inner, [1.0] * 3])
    columns: FloatArray = BSpline.design_matrix(shares, knots, 3).toarray()[:, 1:]
    columns -= columns.mean(axis=0)
    return columns
