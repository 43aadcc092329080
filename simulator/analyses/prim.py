"""Scenario discovery: in which part of what may be the case something happens most of the time.

The Patient Rule Induction Method of Friedman & Fisher (1999), Bump hunting in high-dimensional
data, Statistics and Computing 9, 123-143, as Bryant & Lempert (2010), Thinking inside the box,
Technological Forecasting & Social Change 77(1), 34-49, use it on runs of a model: a box is peeled
from the whole, a twentieth of its draws at a time, always the slice without which the rest has most
of what is looked for; then pasted again where that makes it better. Of all boxes on the way that
one is taken which is furthest from chance (:func:`_quality`).

So that people can say what it is, a box has few limits: those without which it would be clearly
worse, by the quasi-p-values of Bryant & Lempert. And so that none is told which only chance drew,
boxes are found in some of the draws and judged in others, by which limits have to pass once more.

Our own, since what there is does not fit; ``docs/DEPENDENCIES.md`` says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.model.register import FloatArray

BoolArray = NDArray[np.bool_]

PEEL = 0.05
"""Share of the draws in a box that goes at a time."""
LEAST_INSIDE = 0.04
"""Share of all draws below which no box goes."""
SURE = 0.01
"""Chance, about, at which a limit might be one by accident."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the unit cube: limits of some of its columns."""

    limits: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """By column, from and to, 0-1; a side without a limit is at 0 or 1."""

    def contains(self, points: FloatArray) -> BoolArray:
        """Which of the points, shape ``(columns, draws)``, lie in it; shape ``(draws,)``."""
        inside = np.ones(points.shape[1], dtype=np.bool_)
        for column, (low, high) in self.limits.items():
            inside &= (points[column] >= low) & (points[column] <= high)
        return inside

    def without(self, column: int) -> Box:
        """The same without the limits of one column."""
        return Box({name: limit for name, limit in self.limits.items() if name != column})

    def having(self, column: int, limit: tuple[float, float]) -> Box:
        """The same with these limits of one column."""
        if limit == (0.0, 1.0):
            return self.without(column)
        return Box({**self.limits, column: limit})


@dataclass(frozen=True, slots=True)
class Found:
    """A box, and what it is worth in draws that had no part in finding it."""

    box: Box
    coverage: float
    """Share of all that is looked for that lies in it, 0-1."""
    density: float
    """Share of what lies in it that is looked for, 0-1."""
    chances: Mapping[int, float]
    """By column: how likely it is that its limit is one by accident (quasi-p-value)."""


def discover(
    points: FloatArray, wanted: BoolArray, most_limits: int = 3, most_boxes: int = 2
) -> list[Found]:
    """Where most of ``wanted`` lies, box after box, each in what the ones before have left.

    Half of the draws find them (:func:`finding`), and the rest judges them.

    Args:
        points: shares of draws that lie below, shape ``(columns, draws)``, each even over 0-1.
        wanted: in which draws that which is looked for happens, shape ``(draws,)``.
        most_limits: how many columns a box may limit.
        most_boxes: how many boxes to look for.
    """
    finds = finding(wanted.size)
    left = np.ones(wanted.size, dtype=np.bool_)
    boxes: list[Found] = []
    for _ in range(most_boxes):
        some = left & finds
        box = _few_limits(points[:, some], wanted[some], most_limits, _least(wanted.size / 2))
        judging = left & ~finds
        all_wanted, usual = int(wanted[~finds].sum()), float(wanted[~finds].mean())
        judged = _judged(box, points[:, judging], wanted[judging], all_wanted, usual)
        if judged is None:
            break
        boxes.append(judged)
        left &= ~judged.box.contains(points)
    return boxes


def finding(draws: int) -> BoolArray:
    """Which of so many draws find boxes, shape ``(draws,)``: half of them, by lot and the same each
    time. Every other one would not do: of Sobol points these lie all in one half of a dimension."""
    lot: BoolArray = np.random.default_rng(0).permutation(draws) < draws / 2
    return lot


def _least(draws: float) -> int:
    return max(int(LEAST_INSIDE * draws), 1)


def _few_limits(points: FloatArray, wanted: BoolArray, most: int, least: int) -> Box:
    """The best box that limits at most so many columns: those that stand out where all may be."""
    if not wanted.any() or wanted.all():
        return Box()
    box = best(points, wanted, range(points.shape[0]), least)
    chances = quasi_p(box, points, wanted)
    clear = sorted((chance, column) for column, chance in chances.items() if chance < SURE)
    return best(points, wanted, [column for _, column in clear[:most]], least)


def _judged(
    box: Box, points: FloatArray, wanted: BoolArray, all_wanted: int, usual: float
) -> Found | None:
    """What other draws leave of a box: the limits that pass there; nothing, where no more of it is
    looked for than ``usual``."""
    chances = quasi_p(box, points, wanted)
    while chances and max(chances.values()) >= SURE:
        box = box.without(max(chances, key=chances.__getitem__))
        chances = quasi_p(box, points, wanted)
    hits = wanted[box.contains(points)]
    if not box.limits or hits.mean() <= usual:
        return None
    return Found(box, float(hits.sum()) / all_wanted, float(hits.mean()), chances)


def quasi_p(box: Box, points: FloatArray, wanted: BoolArray) -> dict[int, float]:
    """By column: how likely as many hits would be if its limit only left out draws by chance."""
    from scipy.stats import binom

    inside = box.contains(points)
    number, hits = int(inside.sum()), int(wanted[inside].sum())
    chances = {}
    for column in box.limits:
        wider = wanted[box.without(column).contains(points)]
        chances[column] = float(binom.sf(hits - 1, number, wider.mean())) if number else 1.0
    return chances


def best(points: FloatArray, wanted: BoolArray, columns: range | list[int], least: int) -> Box:
    """Of all boxes that peeling these columns comes by, and pasting, the one of most quality."""
    peeled, _ = max(
        _peeled(points, wanted, columns, least), key=lambda step: _quality(step[1], wanted)
    )
    return _pasted(peeled, points, wanted)


def _quality(inside: BoolArray, wanted: BoolArray) -> float:
    """How far what a box holds is beyond its share, in standard errors but for a factor (Kloesgen
    1996): neither as wide as relative accuracy would have it, nor a few draws of which all hit."""
    number = int(inside.sum())
    return float((wanted[inside] - wanted.mean()).sum()) / number**0.5 if number else 0.0


def _peeled(
    points: FloatArray, wanted: BoolArray, columns: range | list[int], least: int
) -> Iterator[tuple[Box, BoolArray]]:
    """The boxes that peeling comes by, from the whole on, and who is in each."""
    box, inside = Box(), np.ones(wanted.size, dtype=np.bool_)
    yield box, inside
    chosen = np.asarray(list(columns), dtype=np.intp)
    if not chosen.size:
        return
    # Who is in the box, in the order of each column.
    order = np.argsort(points[chosen], axis=1)
    while (number := order.shape[1]) * (1.0 - PEEL) >= least:
        slice_size = max(int(PEEL * number), 1)
        place, side = _worst_slice(order, wanted, slice_size)
        column = int(chosen[place])
        low, high = box.limits.get(column, (0.0, 1.0))
        if side == 0:
            low = float(points[column, order[place, slice_size - 1 : slice_size + 1]].mean())
        else:
            ends = order[place, number - slice_size - 1 : number - slice_size + 1]
            high = float(points[column, ends].mean())
        box = box.having(column, (low, high))
        inside = inside & (points[column] >= low) & (points[column] <= high)
        if int(inside.sum()) >= number:  # equal numbers that no limit parts
            return
        order = order[inside[order]].reshape(chosen.size, -1)
        yield box, inside


def _worst_slice(order: NDArray[np.intp], wanted: BoolArray, size: int) -> tuple[int, int]:
    """Which column and which of its ends (0: low) has the fewest hits among its ``size`` outermost
    draws; ``order`` has the draws in the order of each column, shape ``(columns, draws)``."""
    ends = np.stack([wanted[order[:, :size]].sum(axis=1), wanted[order[:, -size:]].sum(axis=1)])
    side, place = np.unravel_index(int(np.argmin(ends)), ends.shape)
    return int(place), int(side)


def _pasted(box: Box, points: FloatArray, wanted: BoolArray) -> Box:
    """``box`` with limits moved out again, a little at a time, while it gets better."""

    def quality(box: Box) -> float:
        return _quality(box.contains(points), wanted)

    gain = quality(box)
    while True:
        wider = [
            box.having(column, limit)
            for column, (low, high) in box.limits.items()
            for limit in ((max(low - PEEL, 0.0), high), (low, min(high + PEEL, 1.0)))
            if limit != (low, high)
        ]
        pasted = max(wider, key=quality, default=box)
        if quality(pasted) <= gain:
            return box
        box, gain = pasted, quality(pasted)
