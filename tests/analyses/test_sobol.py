"""Shares of the variance, against functions of which they are known exactly."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from simulator.analyses import sobol
from simulator.analyses.sobol import Shares, variance_shares
from simulator.model.register import FloatArray

Function = Callable[[FloatArray], FloatArray]


def points(dimensions: int, draws: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Two independent sets of points in the unit cube, each ``(dimensions, draws)``."""
    sampler = stats.qmc.Sobol(d=2 * dimensions, scramble=True, rng=seed)
    first, second = np.split(sampler.random(draws).T, 2)
    return first, second


def rows(dimensions: int, *members: int) -> NDArray[np.bool_]:
    return np.isin(np.arange(dimensions), members)


def shares(
    function: Function, groups: dict[str, tuple[int, ...]], dimensions: int, seed: int = 1
) -> dict[str, Shares]:
    masks = {name: rows(dimensions, *members) for name, members in groups.items()}
    return dict(variance_shares(function, points(dimensions, 4096, seed), masks, seed).shares)


def ishigami(x: FloatArray) -> FloatArray:
    """On the unit cube; a = 7, b = 0.1."""
    first, second, third = np.pi * (2.0 * x - 1.0)
    value: FloatArray = np.sin(first) + 7.0 * np.sin(second) ** 2 + 0.1 * third**4 * np.sin(first)
    return value


def ishigami_exact() -> dict[str, tuple[float, float]]:
    """First-order and total effects (Ishigami & Homma 1990), also of the first and third as one."""
    a, b = 7.0, 0.1
    alone = 0.5 * (1.0 + b * np.pi**4 / 5.0) ** 2
    second = a**2 / 8.0
    together = b**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    variance = alone + second + together
    return {
        "first": (alone / variance, (alone + together) / variance),
        "second": (second / variance, second / variance),
        "third": (0.0, together / variance),
        "first and third": ((alone + together) / variance,) * 2,
    }


GROUPS: dict[str, tuple[int, ...]] = {
    "first": (0,),
    "second": (1,),
    "third": (2,),
    "first and third": (0, 2),
}


def test_shares_of_ishigami_are_the_exact_ones() -> None:
    effects = shares(ishigami, GROUPS, 3)
    for name, (first_order, total) in ishigami_exact().items():
        assert effects[name].first_order.central == pytest.approx(first_order, abs=0.015)
        assert effects[name].total.central == pytest.approx(total, abs=0.015)


A = (0.0, 0.5, 3.0, 9.0, 99.0)
"""Of the g-function: from the most important variable to one that hardly counts."""


def g_function(x: FloatArray) -> FloatArray:
    """Of Sobol (1998), on the unit cube."""
    a = np.array(A)[:, None]
    value: FloatArray = np.prod((np.abs(4.0 * x - 2.0) + a) / (1.0 + a), axis=0)
    return value


def test_shares_of_the_g_function_are_the_exact_ones() -> None:
    effects = shares(g_function, {str(row): (row,) for row in range(len(A))}, len(A))
    partial = np.array([1.0 / (3.0 * (1.0 + a) ** 2) for a in A])
    variance = np.prod(1.0 + partial) - 1.0
    for row in range(len(A)):
        rest = np.prod(np.delete(1.0 + partial, row))
        found = effects[str(row)]
        assert found.first_order.central == pytest.approx(partial[row] / variance, abs=0.02)
        assert found.total.central == pytest.approx(partial[row] * rest / variance, abs=0.02)


def test_plain_intervals_are_those_of_the_bootstrap() -> None:
    first, second = points(3, 4096, 1)
    mask = rows(3, 0)
    bootstrap = variance_shares(ishigami, (first, second), {"a": mask}, 1).shares["a"]
    swapped = (np.where(mask[:, None], *pair) for pair in ((second, first), (first, second)))
    plain = sobol.plain_shares(
        sobol.terms(ishigami(first), ishigami(second), *(ishigami(x) for x in swapped))
    )
    for ours, theirs in (
        (plain.total, bootstrap.total),
        (plain.first_order, bootstrap.first_order),
    ):
        assert ours.central == pytest.approx(theirs.central)
        assert ours.high - ours.low == pytest.approx(theirs.high - theirs.low, rel=0.15)


def test_shares_of_a_sum_are_those_of_its_parts() -> None:
    def function(x: FloatArray) -> FloatArray:
        total: FloatArray = np.array([3.0, 2.0, 1.0, 0.0]) @ x
        return total

    effects = shares(function, {"a": (0,), "b": (1, 2), "c": (3,)}, 4)
    for name, exact in {"a": 9 / 14, "b": 5 / 14, "c": 0.0}.items():
        assert effects[name].first_order.central == pytest.approx(exact, abs=0.01)
        assert effects[name].total.central == pytest.approx(exact, abs=0.01)
    assert (effects["c"].total.low, effects["c"].total.high) == (0.0, 0.0)


def test_a_group_and_the_rest_come_to_all() -> None:
    """What would stay if all else were known is what would not go if all else were."""
    effects = shares(ishigami, {"one": (0,), "rest": (1, 2)}, 3)
    assert effects["one"].total.central + effects["rest"].first_order.central == pytest.approx(1.0)


@pytest.mark.slow
def test_intervals_hold_the_exact_share_nine_times_in_ten() -> None:
    exact = ishigami_exact()["first"]
    held = [0, 0]
    for seed in range(60):
        effects = shares(ishigami, {"first": (0,)}, 3, seed)["first"]
        for place, interval in enumerate((effects.first_order, effects.total)):
            held[place] += interval.low <= exact[place] <= interval.high
    assert min(held) >= 50, held  # below 48 once in 5,000 even if draws were independent


def test_they_agree_with_scipy() -> None:
    """The same draws, by the estimators of Saltelli et al. and of Jansen."""
    first, second = points(3, 4096, 1)
    masks = [rows(3, member)[:, None] for member in range(3)]
    scipys = stats.sobol_indices(
        func={
            "f_A": ishigami(first),
            "f_B": ishigami(second),
            "f_AB": np.stack([ishigami(np.where(mask, second, first)) for mask in masks])[:, None],
        },
        n=4096,
    )
    ours = shares(ishigami, {name: GROUPS[name] for name in ("first", "second", "third")}, 3)
    for place, effect in enumerate(ours.values()):
        assert effect.first_order.central == pytest.approx(scipys.first_order[place], abs=0.03)
        assert effect.total.central == pytest.approx(scipys.total_order[place], abs=0.03)


def test_what_never_changes_has_no_shares() -> None:
    heard: list[tuple[int, int]] = []
    analysis = variance_shares(
        lambda x: np.full(x.shape[1], 5.0),
        points(2, 64, 1),
        {"a": rows(2, 0)},
        1,
        lambda done, total: heard.append((done, total)),
    )
    assert (analysis.mean, analysis.deviation, analysis.error, analysis.shares) == (
        5.0,
        0.0,
        0.0,
        {},
    )


def test_the_error_of_the_mean_is_apart() -> None:
    """It shrinks with the number of draws, the shares do not."""

    def function(x: FloatArray) -> FloatArray:
        total: FloatArray = x.sum(axis=0)
        return total

    masks = {"a": rows(2, 0)}
    few, many = (variance_shares(function, points(2, n, 1), masks, 1) for n in (256, 4096))
    assert few.error / many.error == pytest.approx(4.0, rel=0.1)
    for analysis in (few, many):
        assert analysis.shares["a"].total.central == pytest.approx(0.5, abs=0.05)
