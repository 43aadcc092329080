"""Which of two scenarios is better, and which of all is the best: from their differences draw by
draw. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.model.register import FloatArray
from simulator.results import Estimate, estimate, verdict

if TYPE_CHECKING:
    import pandas as pd

SAME = "the same"
"""The verdict on two scenarios that differ in no draw."""
SAME_WITHIN = 1e-9
"""A smaller difference, as a share of the larger of the two figures, is rounding and counts as
none."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How a difference is spread over the draws."""

    edges: tuple[float, ...]
    """Ascending, evenly spaced round numbers, one more than counts; zero is one of them if it lies
    between the first and the last."""
    counts: tuple[int, ...]
    """Draws in each bin; they add up to all draws. The outermost also hold what lies beyond them,
    about a hundredth of the draws on each side. A difference of zero lies in one of the bins beside
    zero. Empty if there is no difference in any draw."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Is ``second`` really better than ``first``? In the same draws."""

    first: int
    """Position among the scenarios; behind them comes carrying on."""
    second: int
    measure: str
    difference: Estimate
    """The second less the first, in the unit of the measure."""
    better: float
    """Share of draws in which the second is better, 0-1."""
    worse: float
    """In which the first is."""
    same: float
    """In which they do not differ; the three add up to 1."""
    verdict: str
    """In words: :func:`simulator.results.verdict` of ``probability``, or :data:`SAME`."""
    histogram: Histogram

    @property
    def probability(self) -> float:
        """That the second is better, 0-1; draws without a difference count half."""
        return self.better + self.same / 2.0

    def frame(self) -> pd.DataFrame:
        """The pair as a table of one row.

        Columns: ``measure``, ``first`` and ``second`` (letters), ``P10``, ``P50`` and ``P90`` of
        the difference, in the unit of the measure, ``better``, ``worse``, ``same`` and
        ``probability`` (0-1), and ``verdict``.
        """
        from simulator.notebook import frames

        return frames.pair_frame(self)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How often each scenario is the best of all, and how often it is best to carry on."""

    measure: str
    letters: tuple[str, ...]
    """What the scenarios are called."""
    best: tuple[float, ...]
    """Share of draws in which each is the best, 0-1; those that tie share a draw, so they add up
    to 1 with that of carrying on. ``nan`` for a scenario that the measure is not defined for, which
    is left out."""
    rank: tuple[float, ...]
    """Expected rank, 1 is the best; those that tie have the mean of their ranks. ``nan`` as above.
    """
    carrying_on: float
    """Share of draws in which no scenario is better than carrying on, 0-1."""
    carrying_on_rank: float

    def frame(self) -> pd.DataFrame:
        """The ranking as a table, a scenario a row and carrying on the last: ``scenario`` (its
        letter, 0 for carrying on), ``measure``, ``best`` (0-1) and ``rank``."""
        from simulator.notebook import frames

        return frames.ranking_frame(self)


def beyond_rounding(figures: FloatArray, others: FloatArray) -> FloatArray:
    """``figures - others``, exactly zero where only rounding differs; any shape."""
    difference: FloatArray = figures - others
    scale = np.maximum(np.abs(figures), np.abs(others))
    difference[np.abs(difference) <= SAME_WITHIN * scale] = 0.0
    return difference


def pair_of(first: int, second: int, measure: str, difference: FloatArray) -> Pair:
    """``difference``: the second less the first, shape ``(draws,)``."""
    better = float((difference > 0.0).mean())
    worse = float((difference < 0.0).mean())
    same = float((difference == 0.0).mean())
    return Pair(
        first,
        second,
        measure,
        estimate(difference),
        better,
        worse,
        same,
        SAME if same == 1.0 else verdict(better + same / 2.0),
        histogram_of(difference),
    )


def reversed_pair(pair: Pair) -> Pair:
    """The same pair, seen from the other side."""
    seen, histogram = pair.difference, pair.histogram
    return Pair(
        pair.second,
        pair.first,
        pair.measure,
        Estimate(_minus(seen.high), _minus(seen.central), _minus(seen.low), seen.error),
        pair.worse,
        pair.better,
        pair.same,
        SAME if pair.same == 1.0 else verdict(pair.worse + pair.same / 2.0),
        Histogram(tuple(map(_minus, histogram.edges[::-1])), histogram.counts[::-1]),
    )


def _minus(value: float) -> float:
    return 0.0 - value  # no minus before a zero


def ranked(figures: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of draws in which each is the best, and expected rank; ``figures`` has shape
    ``(scenarios, draws)``."""
    against = beyond_rounding(figures[None], figures[:, None])  # [other, one, draw]
    beaten_by = (against < 0.0).sum(axis=0)
    ties = (against == 0.0).sum(axis=0) - 1  # with itself
    unbeaten = beaten_by == 0
    best = (unbeaten / unbeaten.sum(axis=0)).mean(axis=1)
    rank = (1.0 + beaten_by + ties / 2.0).mean(axis=1)
    return best, rank


BINS = 30
"""About how many bins a histogram has."""


def histogram_of(difference: FloatArray) -> Histogram:
    if not difference.any():
        return Histogram((), ())
    least, most = np.quantile(difference, (0.01, 0.99), method="inverted_cdf").tolist()
    if least == most:  # all but a few are the same
        least, most = float(difference.min()), float(difference.max())
    width = _round_width((most - least) / BINS if most > least else abs(least))
    first, last = math.floor(least / width), math.floor(most / width) + 1
    bins = np.floor(difference / width)
    bins[(difference < 0.0) & (bins == 0.0)] = -1.0  # so small that the quotient underflows
    places = np.clip(bins, first, last - 1).astype(int) - first
    counts = np.bincount(places, minlength=last - first)
    edges = tuple(float(f"{place * width:.12g}") for place in range(first, last + 1))
    return Histogram(edges, tuple(counts.tolist()))


def _round_width(width: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below ``width``."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= width)
