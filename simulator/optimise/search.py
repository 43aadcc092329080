"""Looking for the best point of a box, some of whose coordinates share out a fixed total.

Knows nothing of plans: it takes a function of points. Random points first (a Sobol sequence), then
climbs from several of them (SLSQP of scipy.optimize), so that one hill of several is not taken for
the highest; then steps on a grid, where answers have to be readable. All coordinates have about
the same size, and values are divided by their spread, so that no unit counts. The same seed gives
the same points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.model.register import FloatArray

MET = 1e-7
"""How far below zero a margin may be, in its own scale, to count as met: rounding."""
_STEP = 1e-7
"""Of the differences that slopes are taken from."""
_NEAR = 0.01
"""Of the small moves that are tried to first order: a hundredth of a lever's range."""


@dataclass(frozen=True, slots=True)
class Values:
    """What comes of some points."""

    smooth: FloatArray
    """What is climbed: the same as ``exact``, or near to it where that has steps; shape
    ``(points,)``."""
    exact: FloatArray
    """What is asked for; the more the better, shape ``(points,)``."""
    margins: FloatArray
    """What each constraint leaves, not below zero where it is met; shape ``(points,
    constraints)``."""


Evaluate = Callable[[FloatArray], Values]
"""From points of shape ``(points, dimensions)``. Defined around the box and beside the total, too,
by as much as slopes are taken from."""


@dataclass(frozen=True)
class Space:
    """Where to look."""

    low: FloatArray
    high: FloatArray
    """Bounds, shape ``(dimensions,)``."""
    shared: NDArray[np.intp]
    """The coordinates that share out ``total``; may be none."""
    total: float = 1.0

    @property
    def dimensions(self) -> int:
        """How many coordinates there are."""
        return len(self.low)

    def brought_in(self, point: FloatArray) -> FloatArray:
        """The point of the space that is nearest to ``point``, about."""
        inside: FloatArray = np.clip(point, self.low, self.high)
        if len(self.shared):
            low, high, wanted = self.low[self.shared], self.high[self.shared], point[self.shared]
            below, above = self.total - 1.0 - wanted.max(), self.total + 1.0 - wanted.min()
            for _ in range(60):
                shift = 0.5 * (below + above)
                if np.clip(wanted + shift, low, high).sum() < self.total:
                    below = shift
                else:
                    above = shift
            inside[self.shared] = np.clip(wanted + 0.5 * (below + above), low, high)
        return inside

    def random(self, count: int, seed: int) -> FloatArray:
        """So many points all over it, shape ``(count, dimensions)``."""
        from scipy.stats import qmc

        sampler = qmc.Sobol(d=max(self.dimensions, 1), scramble=True, rng=seed)
        cube = sampler.random_base2((count - 1).bit_length())[:count, : self.dimensions]
        points = self.low + (self.high - self.low) * cube
        if len(self.shared):
            sizes = -np.log1p(-cube[:, self.shared]) + 1e-300
            points[:, self.shared] = self.total * sizes / sizes.sum(axis=1, keepdims=True)
            inside = (points >= self.low).all(axis=1) & (points <= self.high).all(axis=1)
            points[~inside] = np.reshape(
                [self.brought_in(point) for point in points[~inside]], (-1, self.dimensions)
            )
        return points


@dataclass(frozen=True)
class Point:
    """A point and what comes of it."""

    x: FloatArray
    smooth: float
    exact: float
    margins: FloatArray

    @property
    def violation(self) -> float:
        """How far the worst constraint is from being met; 0: all are."""
        worst = -float(self.margins.min()) if self.margins.size else 0.0
        return worst if worst > MET else 0.0

    @property
    def rank(self) -> tuple[float, float, float]:
        """What is compared: constraints first, then what is asked for."""
        return (-self.violation, self.exact, self.smooth)


def points_of(x: Iterable[FloatArray], values: Values) -> list[Point]:
    """Points, one by one."""
    return [
        Point(point, float(smooth), float(exact), margins)
        for point, smooth, exact, margins in zip(
            x, values.smooth, values.exact, values.margins, strict=True
        )
    ]


def best_of(points: Sequence[Point]) -> Point:
    """The first one of the best."""
    return max(points, key=lambda point: point.rank)


# --- climbing ------------------------------------------------------------------------------------


class _Slopes:
    """Values and slopes of one function, each point worked out once."""

    def __init__(
        self, evaluate: Evaluate, space: Space, scale: float, rough: Evaluate | None = None
    ) -> None:
        self._evaluate, self._space, self._scale = evaluate, space, scale
        self._rough = rough
        self._at: FloatArray | None = None
        self._value = np.empty(0)
        self._slopes: FloatArray | None = None
        self.points: list[Point] = []

    def values(self, x: FloatArray) -> FloatArray:
        """What is climbed, and the margins."""
        if self._at is None or not np.array_equal(x, self._at):
            values = self._evaluate(x[None, :])
            self._at, self._slopes = x.copy(), None
            self._value = self._flat(values)[0]
            self.points += points_of(x[None, :].copy(), values)
        return self._value

    def slopes(self, x: FloatArray) -> FloatArray:
        """Of all of :meth:`values`, shape ``(values, dimensions)``."""
        here = self.values(x)
        if not self._space.dimensions:
            return np.zeros((len(here), 0))
        if self._slopes is None:
            steps = np.where(x + _STEP > self._space.high, -_STEP, _STEP)
            around = x + np.diag(steps)
            if self._rough is None:
                there = self._flat(self._evaluate(around))
            else:
                table = self._flat(self._rough(np.vstack([x, around])))
                here, there = table[0], table[1:]
            self._slopes = ((there - here) / steps[:, None]).T
        return self._slopes

    def _flat(self, values: Values) -> FloatArray:
        return np.column_stack([values.smooth / self._scale, values.margins])


def climb(
    evaluate: Evaluate,
    space: Space,
    start: FloatArray,
    *,
    scale: float = 1.0,
    most: int = 100,
    precision: float = 1e-13,
    rough: Evaluate | None = None,
) -> Point:
    """The best point on the way up from ``start``; that itself, if there is no way.

    Args:
        evaluate: the function.
        space: where to stay.
        start: a point of it.
        scale: the spread of the values, in their unit.
        most: steps.
        precision: gain of a step, as a share of ``scale``, at which it ends.
        rough: nearly the same function, sooner worked out: its slopes show the way, while
            ``evaluate`` says what is reached. None: that as well.
    """
    from scipy import optimize

    minimize: Any = optimize.minimize  # its stubs know no dictionaries of constraints

    memory = _Slopes(evaluate, space, scale, rough)
    count = len(memory.values(start)) - 1
    if not space.dimensions:  # one part of a whole alone cannot move
        return best_of(memory.points)
    constraints: list[Any] = []
    if count:
        constraints.append(
            {
                "type": "ineq",
                "fun": lambda x: memory.values(x)[1:],
                "jac": lambda x: memory.slopes(x)[1:],
            }
        )
    if len(space.shared):
        part = np.zeros(space.dimensions)
        part[space.shared] = 1.0
        constraints.append(
            {"type": "eq", "fun": lambda x: part @ x - space.total, "jac": lambda _: part}
        )
    done = minimize(
        lambda x: -memory.values(x)[0],
        start,
        jac=lambda x: -memory.slopes(x)[0],
        bounds=[(float(low), float(high)) for low, high in zip(space.low, space.high, strict=True)],
        constraints=constraints,
        method="SLSQP",
        options={"maxiter": most, "ftol": precision},
    )
    end = space.brought_in(done.x)
    if np.isfinite(end).all():
        memory.values(end)
    inside = [
        point
        for point in memory.points
        if np.abs(space.brought_in(point.x) - point.x).max(initial=0.0) < 1e-9
    ]
    return best_of(inside)


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """What small moves from a point could bring, by the slopes there."""

    gain: float
    """The most that moving each coordinate by at most a hundredth could bring, in the unit of the
    values: 0 at the top of a smooth hill."""
    prices: FloatArray
    """What one unit of each margin is worth at the point, shape ``(constraints,)``: 0 unless it
    binds."""
    slopes: FloatArray
    """Of what is climbed, shape ``(dimensions,)``."""


def first_order(evaluate: Evaluate, space: Space, point: Point, scale: float) -> FirstOrder:
    """What small moves from ``point`` could bring, by linear programming (HiGHS)."""
    from scipy.optimize import linprog

    memory = _Slopes(evaluate, space, scale)
    here = memory.values(point.x)
    slopes = memory.slopes(point.x)
    if not space.dimensions:
        return FirstOrder(0.0, np.zeros(len(here) - 1), slopes[0])
    room = [
        (max(low - x, -_NEAR), min(high - x, _NEAR))
        for low, high, x in zip(space.low, space.high, point.x, strict=True)
    ]
    part = np.zeros((1, space.dimensions))
    part[0, space.shared] = 1.0
    has_constraints = len(here) > 1
    done = linprog(
        -slopes[0],
        A_ub=-slopes[1:] if has_constraints else None,
        b_ub=np.maximum(here[1:], 0.0) if has_constraints else None,
        A_eq=part if len(space.shared) else None,
        b_eq=[0.0] if len(space.shared) else None,
        bounds=room,
        method="highs",
    )
    if done.status != 0:
        return FirstOrder(np.nan, np.zeros(len(here) - 1), slopes[0] * scale)
    prices = -done.ineqlin.marginals if has_constraints else np.zeros(0)
    return FirstOrder(
        -float(done.fun or 0.0) * scale, np.asarray(prices) * scale, slopes[0] * scale
    )


# --- steps on a grid -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Grid:
    """Where coordinates may be."""

    places: Sequence[FloatArray]
    """Of each coordinate that shares nothing, ascending; of the others empty."""
    unit: float
    """What coordinates that share out a total give each other at a time."""

    def nearest(self, space: Space, x: FloatArray) -> FloatArray:
        """The point of the grid that is nearest to ``x``; what the total leaves over stays with the
        largest part."""
        there = x.copy()
        for axis, places in enumerate(self.places):
            if len(places):
                there[axis] = places[np.abs(places - x[axis]).argmin()]
        if len(space.shared):
            parts = np.floor(x[space.shared] / self.unit + 1e-9)
            rest = x[space.shared] / self.unit - parts
            missing = int(np.floor(space.total / self.unit + 1e-9) - parts.sum())
            if missing > 0:
                parts[np.argsort(-rest, kind="stable")[:missing]] += 1.0
            there[space.shared] = parts * self.unit
            largest = space.shared[int(parts.argmax())]
            there[largest] += space.total - there[space.shared].sum()
        return there

    def around(self, space: Space, x: FloatArray, stride: int = 1) -> list[FloatArray]:
        """What is one step of ``stride`` away."""
        neighbours = []
        for axis, places in enumerate(self.places):
            if not len(places):
                continue
            here = int(np.abs(places - x[axis]).argmin())
            for there in (here - stride, here + stride):
                if (
                    0 <= there < len(places)
                    and space.low[axis] <= places[there] <= space.high[axis]
                ):
                    neighbours.append(_moved(x, {axis: float(places[there])}))
        size = self.unit * stride
        for giver in space.shared:
            for taker in space.shared:
                if giver == taker or x[giver] - size < space.low[giver] - 1e-12:
                    continue
                if x[taker] + size <= space.high[taker] + 1e-12:
                    left = max(x[giver] - size, 0.0)
                    neighbours.append(_moved(x, {giver: left, taker: x[taker] + size}))
        return neighbours


def _moved(x: FloatArray, places: dict[int, float]) -> FloatArray:
    there = x.copy()
    for axis, value in places.items():
        there[axis] = value
    return there


def settle(
    evaluate: Evaluate,
    space: Space,
    grid: Grid,
    start: FloatArray,
    rounds: int = 12,
    stride: int = 4,
) -> Iterator[Point]:
    """The best so far, step by step, from the place of ``grid`` that is nearest to ``start`` to one
    without a better neighbour (or until ``rounds`` are over); the first steps are of ``stride``."""
    x = grid.nearest(space, start)
    (best,) = points_of(x[None, :], evaluate(x[None, :]))
    yield best
    for _ in range(rounds):
        around = grid.around(space, best.x, stride)
        if around:
            table = np.array(around)
            there = best_of(points_of(table, evaluate(table)))
            if there.rank > best.rank:
                best = there
                yield best
                continue
        if stride == 1:
            return
        stride //= 2
        yield best


def is_best_around(evaluate: Evaluate, space: Space, grid: Grid, point: Point) -> bool:
    """Whether no neighbour on the grid is better."""
    around = grid.around(space, point.x)
    if not around:
        return True
    table = np.array(around)
    return best_of(points_of(table, evaluate(table))).rank <= point.rank


# --- all of it -----------------------------------------------------------------------------------


class Search:
    """A search, piece by piece: :meth:`run` to its end, or as far as there is time."""

    def __init__(
        self,
        evaluate: Evaluate,
        space: Space,
        *,
        starts: Sequence[FloatArray] = (),
        seed: int = 1,
        screened: int = 256,
        climbs: int = 8,
        most: int = 100,
        precision: float = 1e-13,
    ) -> None:
        """
        Args:
            evaluate: the function; the more the better.
            space: where to look.
            starts: points that are known to be good, or to be compared with.
            seed: of the random points.
            screened: how many of these.
            climbs: from so many of the best, far from each other, besides ``starts``.
            most: steps of a climb.
            precision: where it ends, see :func:`climb`.
        """
        self._evaluate, self._space = evaluate, space
        self._starts = [space.brought_in(start) for start in starts]
        self._seed, self._screened, self._climbs = seed, screened, climbs
        self._most, self._precision = most, precision
        self.scale = 1.0
        """The spread of the values at random points."""
        self.random: list[Point] = []
        self.ends: list[Point] = []
        """Where climbs ended, each from another start."""
        self.best: Point | None = None
        """The best so far."""

    @property
    def pieces(self) -> int:
        """How many pieces it takes, about."""
        return 1 + len(self._starts) + self._climbs

    def run(self) -> Iterator[None]:
        """Go on to the next piece."""
        table = np.array([*self._starts, *self._space.random(self._screened, self._seed)])
        points = points_of(table, self._evaluate(table))
        known, self.random = points[: len(self._starts)], points[len(self._starts) :]
        values = np.array([point.smooth for point in points])
        self.scale = float(np.std(values[np.isfinite(values)])) or 1.0
        self._note(points)
        yield
        for start in [*known, *self._apart()]:
            end = climb(
                self._evaluate,
                self._space,
                start.x,
                scale=self.scale,
                most=self._most,
                precision=self._precision,
            )
            self.ends.append(end)
            self._note([start, end])
            yield

    def judged_by(self, evaluate: Evaluate) -> Search:
        """The same search, with what another function makes of where it has been."""
        other = copy(self)
        other._evaluate = evaluate
        for name in ("random", "ends"):
            table = np.array([point.x for point in getattr(self, name)])
            setattr(other, name, points_of(table, evaluate(table)))
        other.best = best_of([*other.ends, *other.random])
        return other

    def _apart(self) -> list[Point]:
        """The best random points that are far from each other."""
        ranked = sorted(self.random, key=lambda point: point.rank, reverse=True)
        chosen: list[Point] = []
        apart = 0.5 * float(np.linalg.norm(self._space.high - self._space.low)) / 2.0
        while len(chosen) < self._climbs and apart > 1e-3:
            for point in ranked:
                if len(chosen) == self._climbs:
                    break
                if all(np.linalg.norm(point.x - other.x) > apart for other in chosen):
                    chosen.append(point)
            apart *= 0.5
        return chosen

    def _note(self, points: Sequence[Point]) -> None:
        known = [self.best] if self.best else []
        self.best = best_of([*known, *points])


def maximise(evaluate: Evaluate, space: Space, **settings: Any) -> Point:
    """The best point that :class:`Search` finds."""
    search = Search(evaluate, space, **settings)
    for _ in search.run():
        pass
    if search.best is None:
        raise AssertionError("a search that looks nowhere")
    return search.best
