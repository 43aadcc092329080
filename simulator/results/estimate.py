"""A figure over the draws, as its P10, P50 and P90."""

from __future__ import annotations

import numpy as np

from simulator.model.figures import Estimate
from simulator.model.register import FloatArray
from simulator.results import precision
from simulator.results.precision import QUANTILES


def estimate(values: FloatArray) -> Estimate:
    """P10, P50 and P90 of ``values`` (any shape), leaving out ``nan``; all ``nan`` if none is left.

    Each is a value that occurred, so ``inf`` (never) needs no special care.
    """
    return estimates(values.reshape(1, -1))[0]


def estimates(rows: FloatArray) -> list[Estimate]:
    """:func:`estimate` of every row of ``rows``, which has shape ``(figures, draws)``."""
    ordered = np.sort(rows, axis=1)  # nan last
    defined = np.count_nonzero(~np.isnan(ordered), axis=1)
    return [
        _estimate(row[:count]) if count else Estimate(np.nan, np.nan, np.nan)
        for row, count in zip(ordered, defined.tolist(), strict=True)
    ]


def _estimate(ordered: FloatArray) -> Estimate:
    low, central, high = ordered[_ranks(len(ordered))].tolist()
    return Estimate(low, central, high, precision.of_quantiles(low, central, high, len(ordered)))


def _ranks(count: int) -> list[int]:
    """Where :data:`QUANTILES` lie among ``count`` ordered values: the inverse of their empirical
    distribution, as ``numpy.quantile`` with ``inverted_cdf``."""
    return [max(int(np.ceil(share * count)) - 1, 0) for share in QUANTILES]


def band(series: FloatArray) -> FloatArray:
    """P10, P50 and P90 over the draws; ``series`` has shape ``(draws, months + 1)``, the result
    ``(3, months + 1)``."""
    months_first = np.ascontiguousarray(series.T)  # sorting along memory is several times faster
    months_first.sort(axis=1)
    return np.ascontiguousarray(months_first[:, _ranks(series.shape[0])].T)
