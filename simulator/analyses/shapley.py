"""Shapley values: what each of several players brings to what they bring together.

The value of a player is the mean over all orders of joining of what the whole gains when it joins
(Shapley 1953, A value for n-person games). The values add up to the whole, players that do the same
get the same, who changes nothing gets nothing, and values of a sum of games add up: in every draw.

Few players are worked out exactly, from all coalitions; more by random orders, each together with
its reverse (antithetic, Mitchell et al. 2022, Sampling permutations for Shapley value estimation,
Journal of Machine Learning Research 23, 43), which still add up to the whole in every draw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.analyses.base import Progress, unheard
from simulator.model.register import FloatArray

MOST_EXACT = 12
"""Players of whom all coalitions, 4,096, can be looked at."""

Coalition = NDArray[np.bool_]
"""Who has joined, shape ``(players,)``."""
Game = Callable[[Sequence[Coalition], slice], FloatArray]
"""What coalitions come to in a slice of the draws, shape ``(coalitions, draws in the slice)``."""


class Values(NamedTuple):
    """What each player brings."""

    by_draw: FloatArray
    """Shape ``(players, draws)``; adds up to the whole less nobody, to rounding."""
    errors: FloatArray
    """Standard error of each player's mean that random orders leave; 0 where exact."""


def exact(game: Game, players: int, draws: int, progress: Progress = unheard) -> Values:
    """From all coalitions of ``players``, in all ``draws``."""
    total = 1 << players
    weights = _weights(players)
    by_draw = np.zeros((players, draws))
    size = max(_AT_A_TIME // max(draws, 1), 1)
    for first in range(0, total, size):
        numbers = np.arange(first, min(first + size, total))
        members = (numbers[:, None] >> np.arange(players) & 1).astype(bool)
        worth = game(list(members), slice(0, draws))
        joined = members.sum(axis=1)[:, None]
        signs = np.where(members, weights[joined - 1], -weights[np.minimum(joined, players - 1)])
        by_draw += signs.T @ worth
        progress(int(numbers[-1]) + 1, total)
    return Values(by_draw, np.zeros(players))


_AT_A_TIME = 4096
"""Draws that a game is asked for at a time, over all coalitions."""


def _weights(players: int) -> FloatArray:
    """By how many others have joined before: the share of orders in which it is just these."""
    return np.array(
        [
            factorial(before) * factorial(players - before - 1) / factorial(players)
            for before in range(players)
        ]
    )


def sampled(
    game: Game,
    players: int,
    draws: int,
    orders: int,
    seed: int,
    progress: Progress = unheard,
    block: int = 64,
) -> Values:
    """From ``orders`` random orders and their reverses for each ``block`` of draws."""
    random = np.random.default_rng(seed)
    by_draw = np.zeros((players, draws))
    means: list[FloatArray] = []
    blocks = [slice(first, min(first + block, draws)) for first in range(0, draws, block)]
    for done, part in enumerate(blocks, 1):
        for _ in range(orders):
            order = random.permutation(players)
            both = np.stack([_along(game, way, part) for way in (order, order[::-1])])
            by_draw[:, part] += both.mean(axis=0) / orders
            means.append(both.mean(axis=(0, 2)))
        progress(done, len(blocks))
    return Values(by_draw, _spread(np.stack(means), orders) / np.sqrt(len(means)))


def _spread(means: FloatArray, orders: int) -> FloatArray:
    """How much means of players, shape ``(samples, players)``, differ between orders of the same
    block of draws; where a block has only one, between blocks, which is rather too much."""
    if orders > 1:
        by_block = means.reshape(-1, orders, means.shape[1])
        return np.asarray(np.sqrt(by_block.var(axis=1, ddof=1).mean(axis=0)))
    return np.asarray(means.std(axis=0, ddof=1)) if len(means) > 1 else np.zeros(means.shape[1])


def _along(game: Game, order: NDArray[np.int_], part: slice) -> FloatArray:
    """What each brings when they join in this order, shape ``(players, draws)``."""
    joined = np.zeros(order.size, dtype=bool)
    coalitions = [joined.copy()]
    for player in order:
        joined[player] = True
        coalitions.append(joined.copy())
    gains = np.diff(game(coalitions, part), axis=0)
    by_player = np.empty_like(gains)
    by_player[order] = gains
    return by_player
