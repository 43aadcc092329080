"""Sobol indices of groups of assumptions: whose doing the variance of a figure is.

By pick-freeze. Of two independent sets of draws A and B, ``AB`` is A with the group's rows from B,
and ``BA`` the contrary. With f the figure, the sums over the draws are::

    spread      sum of (f(A) - f(B))^2 + (f(BA) - f(AB))^2
    first-order sum of 2 (f(BA) - f(B)) (f(A) - f(AB))          / spread
    total       sum of (f(B) - f(BA))^2 + (f(A) - f(AB))^2      / spread

These are the symmetric estimators of Azzini, Mara & Rosati (2021), Comparison of two sets of
Monte Carlo estimators of Sobol' indices, Environmental Modelling & Software 144, 105167. The
numerator of the total effect is Jansen's (1999), taken both ways. The total effect of a group and
the first-order effect of all others add up to 1 in every sample. For the same number of runs the
intervals of first-order effects are narrower here than those of Saltelli et al. (2010), mostly by
a third, since numerator and spread vary together; those of total effects are about as wide as
with Jansen's in one direction. These two are what ``scipy.stats.sobol_indices`` and SALib have,
with which tests compare.

Intervals come from the bootstrap over draws. Quasi-random draws are more even than that supposes,
so they are rather too wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analyses.base import Progress, unheard
from simulator.model.figures import Estimate
from simulator.model.quantities import SMALLEST_COIN
from simulator.model.register import FloatArray
from simulator.results import precision

RESAMPLES = 500
_AT_A_TIME = 25
"""Resamples that are made at once: a table of so many times the draws."""
_NINE_OF_TEN = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Shares:
    """What a group of assumptions does to the variance, as shares of it (0-1), each with its 90 %
    interval. Estimates beyond 0 and 1, where no share can be, are put there."""

    first_order: Estimate
    """What would go, on average, if the group were known."""
    total: Estimate
    """What would stay, on average, if everything else were known."""


@dataclass(frozen=True, slots=True)
class Variance:
    """The variance of a figure, and whose doing it is."""

    mean: float
    """Of the figure, over all draws of both sets."""
    deviation: float
    """Its standard deviation over the draws: how uncertain the figure is."""
    error: float
    """Standard error of the mean, as if draws were independent: how far ``mean`` itself is off
    because there are only so many of them. No part of the variance that is shared out."""
    shares: Mapping[str, Shares]
    """By group; none where the figure is the same in all draws (to a thousandth)."""


def variance_shares(
    figure: Callable[[FloatArray], FloatArray],
    draws: tuple[FloatArray, FloatArray],
    groups: Mapping[str, NDArray[np.bool_]],
    seed: int,
    progress: Progress = unheard,
) -> Variance:
    """Whose doing the variance of ``figure`` is.

    Args:
        figure: from assumptions of shape ``(parameters, draws)`` to a number a draw.
        draws: two independent sets of them.
        groups: by name which rows are in it, shape ``(parameters,)``; groups may overlap.
        seed: of the resamples of the bootstrap.
        progress: hears of each of two runs, and two for each group.
    """
    first, second = draws
    runs = 2 + 2 * len(groups)
    done = 0

    def run(values: FloatArray) -> FloatArray:
        nonlocal done
        result = figure(values)
        done += 1
        progress(done, runs)
        return result

    f_a, f_b = run(first), run(second)
    both = np.concatenate([f_a, f_b])
    mean, deviation = float(both.mean()), float(both.std())
    error = deviation / float(np.sqrt(both.size))
    if deviation < SMALLEST_COIN:
        return Variance(mean, deviation, error, {})
    by_group = []
    for rows in groups.values():
        swapped = rows[:, None]
        f_ab = run(np.where(swapped, second, first))
        f_ba = run(np.where(swapped, first, second))
        by_group.append(terms(f_a, f_b, f_ab, f_ba))
    return Variance(mean, deviation, error, dict(zip(groups, _shares(by_group, seed), strict=True)))


def terms(f_a: FloatArray, f_b: FloatArray, f_ab: FloatArray, f_ba: FloatArray) -> FloatArray:
    """What is summed over the draws, shape ``(3, draws)``: first order, total, spread."""
    return np.stack(
        [
            2.0 * (f_ba - f_b) * (f_a - f_ab),
            (f_b - f_ba) ** 2 + (f_a - f_ab) ** 2,
            (f_a - f_b) ** 2 + (f_ba - f_ab) ** 2,
        ]
    )


def plain_shares(sums: FloatArray) -> Shares:
    """The shares of one group from its :func:`terms`, with the intervals that the delta method has
    for a ratio of means: those of the bootstrap but for some per cent, at once."""
    means = sums.mean(axis=1)
    if means[2] <= 0.0:
        return Shares(Estimate(0.0, 0.0, 0.0), Estimate(0.0, 0.0, 0.0))
    effects = means[:2] / means[2]
    rest = sums[:2] - effects[:, None] * sums[2]
    wide = precision.NINE_OF_TEN * rest.std(axis=1) / means[2] / np.sqrt(sums.shape[1])
    ends = np.clip(np.stack([effects - wide, effects, effects + wide]), 0.0, 1.0)
    return Shares(Estimate(*ends[:, 0].tolist()), Estimate(*ends[:, 1].tolist()))


def _shares(by_group: list[FloatArray], seed: int) -> list[Shares]:
    """One for each group, whose terms have shape ``(3, draws)``."""
    columns = np.stack(by_group).reshape(3 * len(by_group), -1).T
    size = columns.shape[0]
    middle = _indices(columns.mean(axis=0, keepdims=True))[0]
    random = np.random.default_rng(seed)
    even = np.full(size, 1.0 / size)
    resampled = np.concatenate(
        [
            _indices(random.multinomial(size, even, size=_AT_A_TIME) @ columns)
            for _ in range(RESAMPLES // _AT_A_TIME)
        ]
    )
    low, high = np.quantile(resampled, _NINE_OF_TEN, axis=0)
    ends = np.clip(np.stack([low, middle, high]), 0.0, 1.0)
    return [
        Shares(Estimate(*ends[:, group, 0].tolist()), Estimate(*ends[:, group, 1].tolist()))
        for group in range(len(by_group))
    ]


def _indices(sums: FloatArray) -> FloatArray:
    """First-order and total effects, shape ``(resamples, groups, 2)``, from sums (or means) of
    shape ``(resamples, 3 * groups)``. A resample without any spread says that nothing has one."""
    by_group = sums.reshape(sums.shape[0], -1, 3)
    spread = by_group[:, :, 2:]
    effects = np.zeros_like(by_group[:, :, :2])
    return np.divide(by_group[:, :, :2], spread, out=effects, where=spread > 0.0)
