"""Shapley values keep to what defines them, and random orders come to the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.analyses.shapley import Coalition, Game, exact, sampled
from simulator.model.register import FloatArray
from tests.support.examples import examples

DRAWS = 3


def table_of(players: int, seed: int) -> FloatArray:
    """A game of which nothing is known: a number for every coalition and draw."""
    return np.random.default_rng(seed).normal(size=(1 << players, DRAWS))


def game_of(table: FloatArray) -> Game:
    def game(coalitions: Sequence[Coalition], draws: slice) -> FloatArray:
        numbers = [int(sum(1 << place for place in np.flatnonzero(each))) for each in coalitions]
        return table[numbers][:, draws]

    return game


games = st.tuples(st.integers(1, 6), st.integers(0, 10_000))


@given(games)
def test_parts_add_up_to_the_whole_in_every_draw(drawn: tuple[int, int]) -> None:
    players, seed = drawn
    table = table_of(players, seed)
    for found in (
        exact(game_of(table), players, DRAWS),
        sampled(game_of(table), players, DRAWS, 2, seed, block=2),
    ):
        np.testing.assert_allclose(found.by_draw.sum(axis=0), table[-1] - table[0], atol=1e-12)


@given(games)
def test_who_changes_nothing_gets_nothing(drawn: tuple[int, int]) -> None:
    players, seed = drawn
    others = table_of(players, seed)
    table = np.concatenate([others, others])  # one more player, who makes no difference
    found = exact(game_of(table), players + 1, DRAWS)
    np.testing.assert_allclose(found.by_draw[-1], 0.0, atol=1e-12)
    alone = exact(game_of(others), players, DRAWS)
    np.testing.assert_allclose(found.by_draw[:-1], alone.by_draw, atol=1e-12)


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_who_does_the_same_gets_the_same(seed: int, players: int) -> None:
    """What coalitions come to depends on how many there are of the first two, and on the rest."""
    table = table_of(players, seed)
    for number in range(1 << players):
        if number & 3 == 2:
            table[number] = table[number ^ 3]
    found = exact(game_of(table), players, DRAWS)
    np.testing.assert_allclose(found.by_draw[0], found.by_draw[1], atol=1e-12)


@given(games, st.integers(0, 10_000), st.floats(-3.0, 3.0))
def test_values_of_a_sum_of_games_add_up(
    drawn: tuple[int, int], other_seed: int, factor: float
) -> None:
    players, seed = drawn
    first, second = table_of(players, seed), table_of(players, other_seed)
    together = exact(game_of(first + factor * second), players, DRAWS).by_draw
    apart = (
        exact(game_of(first), players, DRAWS).by_draw
        + factor * exact(game_of(second), players, DRAWS).by_draw
    )
    np.testing.assert_allclose(together, apart, atol=1e-10)


def test_the_glove_game() -> None:
    """Two left gloves and one right: only a pair is worth something (Shapley & Shubik)."""
    worth = [float(bool(number & 4) and bool(number & 3)) for number in range(8)]
    table = np.repeat(np.array(worth)[:, None], DRAWS, axis=1)
    found = exact(game_of(table), 3, DRAWS).by_draw
    np.testing.assert_allclose(found[:, 0], [1 / 6, 1 / 6, 4 / 6])


@examples(10)
@given(st.integers(0, 10_000))
def test_random_orders_come_to_the_same_within_their_error(seed: int) -> None:
    players = 5
    table = table_of(players, seed)
    right = exact(game_of(table), players, DRAWS).by_draw
    found = sampled(game_of(table), players, DRAWS, 200, seed, block=DRAWS)
    assert (found.errors > 0.0).all()
    off = np.abs(found.by_draw.mean(axis=1) - right.mean(axis=1))
    assert (off <= 5.0 * found.errors).all()


def test_players_that_do_not_meet_are_exact_in_any_order() -> None:
    table = np.array(
        [
            [sum((place + 1.0) * (number >> place & 1) for place in range(4))] * DRAWS
            for number in range(16)
        ]
    )
    found = sampled(game_of(table), 4, DRAWS, 1, seed=1)
    np.testing.assert_allclose(found.by_draw[:, 0], [1.0, 2.0, 3.0, 4.0])


@pytest.mark.parametrize("players", [1, 12])
def test_work_is_told(players: int) -> None:
    heard: list[tuple[int, int]] = []
    table = np.zeros((1 << players, DRAWS))
    exact(game_of(table), players, DRAWS, lambda done, total: heard.append((done, total)))
    assert heard[-1] == (1 << players, 1 << players)
