"""Boxes of scenario discovery, where it is known which there are."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import qmc

from simulator.analyses import prim
from simulator.model.register import FloatArray

DRAWS, COLUMNS = 4096, 12


def points(seed: int = 1) -> FloatArray:
    sampler = qmc.Sobol(d=COLUMNS, scramble=True, rng=seed)
    return np.ascontiguousarray(sampler.random(DRAWS).T)


def happens(chance: FloatArray, seed: int = 1) -> NDArray[np.bool_]:
    return np.random.default_rng(seed).random(chance.size) < chance


def test_a_planted_box_is_found() -> None:
    """Nine of ten hits inside, one of twenty outside; two limits, one open side each."""
    at = points()
    inside = (at[3] > 0.6) & (at[7] < 0.5)
    wanted = happens(np.where(inside, 0.9, 0.05))
    found = prim.discover(at, wanted)[0]
    assert set(found.box.limits) == {3, 7}
    (low, top), (bottom, high) = found.box.limits[3], found.box.limits[7]
    assert (top, bottom) == (1.0, 0.0)
    assert low == pytest.approx(0.6, abs=0.03) and high == pytest.approx(0.5, abs=0.03)
    judged = ~prim.finding(DRAWS)
    hits = wanted & judged & found.box.contains(at)
    assert found.coverage == pytest.approx(hits.sum() / (wanted & judged).sum())
    assert found.density == pytest.approx(0.9, abs=0.04)
    assert max(found.chances.values()) < prim.SURE


@pytest.mark.parametrize("column", range(COLUMNS))
def test_a_planted_box_is_found_in_any_dimension(column: int) -> None:
    """Also in the second of Sobol points, of which every other one lies in the same half."""
    at = points()
    found = prim.discover(at, happens(np.where(at[column] > 0.6, 0.9, 0.05)))[0]
    assert set(found.box.limits) == {column}
    assert found.box.limits[column][0] == pytest.approx(0.6, abs=0.03)
    assert found.density == pytest.approx(0.9, abs=0.04)


def test_a_box_in_the_middle_has_both_its_limits() -> None:
    at = points()
    wanted = happens(np.where((at[2] > 0.3) & (at[2] < 0.6), 0.9, 0.05))
    (low, high) = prim.discover(at, wanted)[0].box.limits[2]
    assert low == pytest.approx(0.3, abs=0.03) and high == pytest.approx(0.6, abs=0.03)


def test_a_second_box_is_found_in_what_the_first_leaves() -> None:
    at = points()
    wanted = happens(np.where((at[0] < 0.3) | (at[5] > 0.85), 0.9, 0.05))
    first, second = prim.discover(at, wanted)
    assert [set(found.box.limits) for found in (first, second)] == [{0}, {5}]
    assert first.coverage + second.coverage == pytest.approx(0.9, abs=0.06)


def test_no_box_is_told_that_only_chance_drew() -> None:
    told = [
        found
        for seed in range(12)
        for found in prim.discover(points(seed), happens(np.full(DRAWS, 0.3), seed))
    ]
    assert len(told) <= 1


def test_a_box_has_no_more_limits_than_may_be() -> None:
    at = points()
    wanted = happens(np.where((at[:5] < 0.7).all(axis=0), 0.95, 0.02))
    assert len(prim.discover(at, wanted, most_limits=3)[0].box.limits) == 3
    more = set(prim.discover(at, wanted, most_limits=5)[0].box.limits)
    assert len(more) > 3 and more <= set(range(5))


@pytest.mark.parametrize("always", [True, False])
def test_what_always_happens_or_never_has_no_box(always: bool) -> None:
    assert prim.discover(points(), np.full(DRAWS, always)) == []
    assert prim.discover(np.empty((0, DRAWS)), happens(np.full(DRAWS, 0.5))) == []


def test_quasi_p_is_that_of_the_binomial() -> None:
    """Of four draws in the box all hit; without its limit six of eight would: 0.75 ** 4."""
    at = np.linspace(0.05, 0.95, 8)[None, :]
    wanted = np.array([True] * 4 + [True, True, False, False])
    chances = prim.quasi_p(prim.Box({0: (0.0, 0.5)}), at, wanted)
    assert chances[0] == pytest.approx(0.75**4)
