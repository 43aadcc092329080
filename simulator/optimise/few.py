"""Which levers may move where only so many may: all combinations if these are few, else one by
one."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from simulator.model.register import FloatArray
from simulator.optimise.evaluation import Judge
from simulator.optimise.levers import Levers
from simulator.optimise.question import Move
from simulator.optimise.search import Point, points_of

if TYPE_CHECKING:
    from simulator.optimise.study import Study

MOST_COMBINATIONS = 60
"""So many are searched one and all; of more it is said that they were not."""
_COMPARED = 3
"""Of the best combinations in few draws, compared in all draws."""


def unit_of(path: str) -> str:
    """What counts as one change: a lever, or the split, whose parts only move together."""
    return "split" if path.startswith("plan.split.") else path


def chosen_moves(
    study: Study, levers: Levers, coarse: Judge, fine: Judge, most: int
) -> Generator[None, None, list[Move]]:
    """The levers that may move if only ``most`` may."""
    units = list(dict.fromkeys(unit_of(move.path) for move in levers.moves))
    study.combinations = comb(len(units), most)
    if len(units) <= most:
        study.combinations = 1
        return list(levers.moves)
    if study.combinations <= MOST_COMBINATIONS:
        moves = yield from _best_of_all(study, levers, coarse, fine, most, units)
        return moves
    study.combinations = None
    moves = yield from _one_by_one(study, levers, coarse, most, units)
    return moves


def _best_of_all(
    study: Study, levers: Levers, coarse: Judge, fine: Judge, most: int, units: Sequence[str]
) -> Generator[None, None, list[Move]]:
    """Each combination searched by itself; the best ones compared in all draws."""
    tops: list[tuple[Levers, Point]] = []
    for some in combinations(units, most):
        own = Levers.of(
            study.scenario, [move for move in levers.moves if unit_of(move.path) in some]
        )
        best = yield from study.short_search(own, coarse)
        if best is not None:
            tops.append((own, best))
    tops.sort(key=lambda top: top[1].rank, reverse=True)
    tops = tops[:_COMPARED]
    values = fine([own.plan(best.x) for own, best in tops])
    ranks = [point.rank for point in points_of([best.x for _, best in tops], values)]
    yield
    return list(tops[ranks.index(max(ranks))][0].moves)


def _one_by_one(
    study: Study, levers: Levers, judge: Judge, most: int, units: list[str]
) -> Generator[None, None, list[Move]]:
    """What brings least is left alone, one after the other, and the others are moved again."""
    moves = list(levers.moves)
    point: FloatArray | None = None
    while len(units) > most:
        levers = Levers.of(study.scenario, moves)
        present = levers.point(study.scenario)
        if point is None or len(units) <= most + 4:
            best = yield from study.short_search(levers, judge)
            point = present if best is None else best.x
        names = [unit_of(move.path) for move in levers.moves]
        table = np.array(
            [np.where([name == unit for name in names], present, point) for unit in units]
        )
        values = judge([levers.plan(row) for row in table])
        ranks = [point.rank for point in points_of(table, values)]
        dropped = units.pop(ranks.index(max(ranks)))
        moves = [move for move in levers.moves if unit_of(move.path) != dropped]
        point = point[[name != dropped for name in names]]
        yield
    return moves
