"""The search on functions whose best point is known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from simulator.model.register import FloatArray
from simulator.optimise.search import (
    Grid,
    Search,
    Space,
    Values,
    climb,
    first_order,
    is_best_around,
    maximise,
    points_of,
    settle,
)

Function = Callable[[FloatArray], float]
NONE = np.empty(0, dtype=np.intp)


def evaluated(value: Function, margin: Function | None = None) -> Callable[[FloatArray], Values]:
    """As the search wants it, point by point."""

    def evaluate(points: FloatArray) -> Values:
        values = np.array([value(point) for point in points])
        margins = (
            np.array([[margin(point)] for point in points])
            if margin
            else np.empty((len(points), 0))
        )
        return Values(values, values, margins)

    return evaluate


def box(dimensions: int) -> Space:
    return Space(np.zeros(dimensions), np.ones(dimensions), NONE)


def shares(count: int) -> Space:
    return Space(np.zeros(count), np.ones(count), np.arange(count), 1.0)


WORTH = np.array([0.9, 0.4, 1.6, 0.7, 0.2])


def saturating(x: FloatArray) -> float:
    return float((WORTH * np.log1p(5.0 * x)).sum())


def water_filling() -> FloatArray:
    """The best split of 1 over :data:`WORTH`: equal marginal returns where something is put."""
    low, high = 0.0, 100.0
    for _ in range(200):
        price = 0.5 * (low + high)
        split = np.maximum(WORTH / price - 0.2, 0.0)
        low, high = (price, high) if split.sum() > 1.0 else (low, price)
    return split


def test_a_budget_is_split_where_marginal_returns_are_equal() -> None:
    best = maximise(evaluated(saturating), shares(5))
    assert np.abs(best.x - water_filling()).max() < 1e-6
    assert best.x.sum() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("order", [[1, 0, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 1, 3]])
def test_permuting_instruments_permutes_the_answer(order: list[int]) -> None:
    best = maximise(evaluated(saturating), shares(5))
    other = maximise(evaluated(lambda x: saturating(x[np.argsort(order)])), shares(5))
    assert np.abs(other.x - best.x[order]).max() < 1e-6


def test_a_concave_hill_with_a_constraint() -> None:
    centre = np.array([0.7, 0.6, 0.5])
    best = maximise(
        evaluated(lambda x: -float(((x - centre) ** 2).sum()), lambda x: 1.2 - float(x.sum())),
        box(3),
    )
    assert np.abs(best.x - (centre - 0.2)).max() < 1e-6
    assert not best.violation


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e6])
def test_no_unit_counts(unit: float) -> None:
    """Money in thousandths or millions: the same split."""
    best = maximise(evaluated(lambda x: unit * saturating(x)), shares(5))
    assert np.abs(best.x - water_filling()).max() < 1e-6


def test_of_several_hills_the_planted_one_is_found_in_fifty_of_fifty() -> None:
    found = 0
    for seed in range(50):
        random = np.random.default_rng(seed)
        tops = random.random((6, 4))
        heights = np.array([1.0, *random.uniform(0.5, 0.9, 5)])

        def hills(x: FloatArray, tops: FloatArray = tops, heights: FloatArray = heights) -> float:
            away = ((x - tops) ** 2).sum(axis=1)
            return float((heights * np.exp(-away / (2.0 * 0.15**2))).max())

        best = maximise(evaluated(hills), box(4), seed=seed)
        found += bool(np.abs(best.x - tops[0]).max() < 1e-5)
    assert found == 50


def test_the_same_seed_gives_the_same_answer_and_progress_ends_it() -> None:
    def search() -> Search:
        return Search(evaluated(saturating), shares(5), seed=3, screened=32, climbs=2)

    first, second = search(), search()
    for _ in first.run():
        pass
    for _ in second.run():
        break  # stopped after the first piece: the best so far can be used
    assert first.best is not None and second.best is not None
    assert first.best.exact >= second.best.exact > 0.0
    again = search()
    for _ in again.run():
        pass
    assert again.best is not None and np.array_equal(again.best.x, first.best.x)


def test_more_freedom_is_never_worse() -> None:
    values = []
    for free in range(1, 6):
        high = np.where(np.arange(5) < free, 1.0, 0.2)
        space = Space(np.where(np.arange(5) < free, 0.0, 0.2), high, np.arange(5), 1.0)
        values.append(maximise(evaluated(saturating), space).exact)
    assert all(more >= less - 1e-12 for less, more in pairwise(values))


def test_a_climb_never_ends_below_its_start() -> None:
    def stairs(x: FloatArray) -> float:
        return float(np.floor(4.0 * x[0]) - abs(x[1] - 0.5))

    start = np.array([0.9, 0.5])
    assert climb(evaluated(stairs), box(2), start).exact >= stairs(start)


def test_slopes_that_are_nearly_right_show_the_way() -> None:
    true = evaluated(lambda x: -float(((x - 0.6) ** 2).sum()))
    near = evaluated(lambda x: -1.1 * float(((x - 0.61) ** 2).sum()))
    end = climb(true, box(3), np.full(3, 0.1), rough=near)
    assert np.abs(end.x - 0.6).max() < 0.02
    assert end.exact == pytest.approx(float(true(end.x[None, :]).exact[0]))


def test_small_moves_and_prices_at_the_top() -> None:
    evaluate = evaluated(lambda x: float(x[0] + 2.0 * x[1]), lambda x: 0.5 - float(x[1]))
    best = maximise(evaluate, box(2))
    slopes = first_order(evaluate, box(2), best, 1.0)
    assert slopes.gain == pytest.approx(0.0, abs=1e-6)
    assert slopes.prices == pytest.approx([2.0], abs=1e-5)  # one more of the margin brings two
    (start,) = points_of(np.array([[0.2, 0.2]]), evaluate(np.array([[0.2, 0.2]])))
    assert first_order(evaluate, box(2), start, 1.0).gain == pytest.approx(0.03, abs=1e-6)


def test_steps_on_a_grid_end_where_no_neighbour_is_better() -> None:
    space = shares(5)
    grid = Grid([np.empty(0)] * 5, 0.01)
    *_, best = settle(evaluated(saturating), space, grid, np.full(5, 0.2), rounds=100)
    assert is_best_around(evaluated(saturating), space, grid, best)
    assert np.abs(best.x - water_filling()).max() < 0.02
    assert best.x.sum() == pytest.approx(1.0, abs=1e-9)
    assert best.x == pytest.approx(np.round(best.x, 2), abs=1e-9)


def test_a_point_outside_is_brought_in() -> None:
    space = Space(np.array([0.0, 0.1, 0.0]), np.array([1.0, 1.0, 0.3]), np.arange(3), 0.9)
    inside = space.brought_in(np.array([2.0, -1.0, 0.9]))
    assert inside.sum() == pytest.approx(0.9, abs=1e-9)
    assert (inside >= space.low).all() and (inside <= space.high).all()
