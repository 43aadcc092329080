"""What would have to be true of two assumptions together: where in their plane the answer turns.

For each pair of the assumptions that move the value furthest (:mod:`simulator.analyses.tornado`)
the one is put at five points of its range, a fifth of its draws apart, and the value of the other
is looked for at which the plan just gains, or just loses, on average, all else drawn as ever: five
points of the curve that parts the plane. The roots are found as in
:mod:`simulator.analyses.break_even`, for all points of all pairs at once.

Each point stands for a fifth of the one's draws, so the mean of how often the other lies beyond is
how often both together turn the answer, by their own ranges.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator import engine
from simulator.analyses import held
from simulator.analyses.average import Average
from simulator.analyses.base import (
    Analysis,
    Assumed,
    Cell,
    Column,
    Command,
    Page,
    Plane,
    Progress,
    Result,
    Row,
    Statement,
    unheard,
)
from simulator.analyses.break_even import ABOVE, BELOW, SHARES, Search, bracket_of, roots
from simulator.analyses.option import Option
from simulator.analyses.tornado import tornado
from simulator.model.register import REGISTER, FloatArray
from simulator.results import DEFAULT_DRAWS
from simulator.scenario import Scenario

POINTS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where the first of a pair is put, as shares of its draws: the middle of each fifth."""

_LOOK, _WORK_OUT = 64, 192
"""Draws in which crossings are looked for, and those in which they are worked out."""

NOTHING, ANYWHERE = "nothing in its range does it", "anywhere in its range"


@dataclass(frozen=True, slots=True)
class Point:
    """What the second of a pair has to be, where the first is held."""

    share: float
    """Of the first: where it is held, as a share of its draws, 0-1."""
    value: float
    """The same in its unit."""
    side: str
    """On which side of ``turns_at`` the answer is another than now: ``above`` or ``below``;
    :data:`NOTHING` or :data:`ANYWHERE` where it is the same over all of the second's range."""
    turns_at: float
    """Of the second, in its unit; ``nan`` where nothing turns."""
    chance: float
    """How often the second lies there, by its own range, 0-1."""
    error: float = 0.0
    """Standard error of ``turns_at`` that the average of the value leaves, in its unit."""


_NEVER = Point(math.nan, math.nan, NOTHING, math.nan, 0.0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two assumptions, and the curve in their plane."""

    first: int
    """Its row in the register."""
    second: int
    points: Sequence[Point]
    """One for each of :data:`POINTS`."""
    second_ends: tuple[float, float]
    """The second's 10 % and 90 % points, in its unit."""

    @property
    def chance(self) -> float:
        """How often both lie where the answer is another than now, 0-1."""
        return math.fsum(point.chance for point in self.points) / len(self.points)


@dataclass(frozen=True, slots=True)
class BreakEvenPairs(Result):
    """The curves on which pairs of assumptions turn the answer."""

    columns = (
        Column("first", "If this", "text"),
        Column("at", "is at", "assumed", "is at"),
        Column("second", "the answer turns with this", "text"),
        Column("side", "Lies", "text"),
        Column("turns_at", "This value", "assumed", "This"),
        Column("chance", "How likely that is, by its range", "percent", "So often", is_bar=True),
    )

    labels = (ABOVE, BELOW, NOTHING, ANYWHERE)

    average: Average
    """Of the value against carrying on, currency."""
    pairs: Sequence[Pair]
    """From the most plausible on."""

    def rows(self) -> tuple[Row, ...]:
        """A point a row, pair by pair; of a pair that never turns the answer, one row."""
        return tuple(
            _row(pair, point)
            for pair in self.pairs
            for point in (pair.points if pair.chance > 0.0 else [_NEVER])
        )

    def planes(self) -> tuple[Plane, ...]:
        """A pair a plane, but for those that never turn the answer."""
        return tuple(_plane(pair) for pair in self.pairs if pair.chance > 0.0)

    def averaged(self) -> Average:
        """Whose sign the curves part."""
        return self.average

    def untold(self) -> Statement | None:
        """That there is no curve, where nothing tells whether the plan gains or loses."""
        if not self.pairs or self.average.reaches() is not None:
            return None
        return Statement(
            "No curve on which the answer turns can be told: on average the plan comes to {mean}, "
            "give or take {error}, and so stands at zero already. What is drawn is as rough as "
            "that.",
            self.average.stated(),
        )

    def statements(self) -> tuple[Statement, ...]:
        """How the answer stands, and what each pair does to it."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Statement]:
        stated = self.average.stated()
        gains = self.average.reaches()
        if not self.pairs or gains is None:
            return
        if gains:
            yield Statement("On average the plan comes to {mean}: it gains.", stated)
        else:
            yield Statement("On average the plan comes to {mean}: it loses.", stated)
        for pair in self.pairs:
            yield _told(pair, gains=self.average.mean >= 0.0)

    def as_dict(self) -> dict[str, Any]:
        """By pair, ``first+second``: the ``points`` of its curve and the ``chance`` of both; with
        the ``mean`` of the value, currency."""
        pairs = {
            f"{REGISTER[pair.first].id}+{REGISTER[pair.second].id}": {
                "chance": pair.chance,
                "points": [
                    {
                        "at": point.value,
                        "side": {NOTHING: "nothing", ANYWHERE: "anywhere"}.get(
                            point.side, point.side
                        ),
                        "turns_at": None if math.isnan(point.turns_at) else point.turns_at,
                        "chance": point.chance,
                    }
                    for point in pair.points
                ],
            }
            for pair in self.pairs
        }
        return {
            "mean": self.average.mean,
            "standard_error_of_mean": self.average.error,
            "pairs": pairs,
        }


def _plane(pair: Pair) -> Plane:
    first, second = REGISTER[pair.first].id, REGISTER[pair.second].id
    is_above = any(point.side == ABOVE for point in pair.points)
    return Plane(
        f"{first}+{second}",
        first,
        second,
        [point.share for point in pair.points],
        [(1.0 - point.chance, 1.0) if is_above else (0.0, point.chance) for point in pair.points],
        (Assumed(pair.points[0].value, first), Assumed(pair.points[-1].value, first)),
        (Assumed(pair.second_ends[0], second), Assumed(pair.second_ends[1], second)),
    )


def _row(pair: Pair, point: Point) -> Row:
    first, second = REGISTER[pair.first], REGISTER[pair.second]
    cells: dict[str, Cell] = {
        "first": first.label,
        "at": Assumed(point.value, first.id),
        "second": second.label,
        "side": point.side,
        "turns_at": Assumed(point.turns_at, second.id, point.error),
        "chance": point.chance,
    }
    return Row(f"{first.id}+{second.id}@{point.share:g}", cells, assumption=first.id)


def _told(pair: Pair, *, gains: bool) -> Statement:
    """A pair in a sentence: the two outermost points of its curve, if it has as many."""
    values: dict[str, Any] = {
        "first": ("text", REGISTER[pair.first].label),
        "second": ("text", REGISTER[pair.second].label),
        "chance": ("percent", pair.chance),
    }
    curve = [point for point in pair.points if point.side in {ABOVE, BELOW}]
    if not curve:
        if pair.chance == 0.0:
            return Statement(
                "“{first}” and “{second}”: nothing in their ranges turns the answer.", values
            )
        return Statement(
            "“{first}” and “{second}” turn the answer in {chance} of cases, and the second has "
            "no part in it.",
            values,
        )
    for name, point in (("low", curve[0]), ("high", curve[-1])):
        values[name] = ("assumed", Assumed(point.value, REGISTER[pair.first].id))
        turns_at = Assumed(point.turns_at, REGISTER[pair.second].id, point.error)
        values[f"turns_{name}"] = ("assumed", turns_at)
    rises = (curve[0].side == ABOVE) != gains
    if len(curve) == 1:
        if rises:
            return Statement(
                "Where “{first}” is {low}, the plan gains only if “{second}” is at least "
                "{turns_low}. The two turn the answer in {chance} of cases.",
                values,
            )
        return Statement(
            "Where “{first}” is {low}, the plan gains only if “{second}” is at most {turns_low}. "
            "The two turn the answer in {chance} of cases.",
            values,
        )
    if rises:
        return Statement(
            "Where “{first}” is {low}, the plan gains only if “{second}” is at least {turns_low}; "
            "where it is {high}, at least {turns_high}. The two turn the answer in {chance} of "
            "cases.",
            values,
        )
    return Statement(
        "Where “{first}” is {low}, the plan gains only if “{second}” is at most {turns_low}; "
        "where it is {high}, at most {turns_high}. The two turn the answer in {chance} of cases.",
        values,
    )


def break_even_pairs(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    most: int = 3,
) -> BreakEvenPairs:
    """Where pairs of the ``most`` assumptions that move the value of ``scenario``'s plan furthest
    turn the answer."""
    ranking, look, work_out = held.stages(progress, 2, 1, 4)
    rows = [bar.row for bar in tornado(scenario, draws, progress=ranking, most=most).bars]
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    base = held.value_of(scenario)(values)
    curves = _Curves(Search(scenario, values, base, 0.0, scenario.horizon_months))
    pairs = curves.pairs(list(itertools.combinations(rows, 2)), look, work_out)
    pairs.sort(key=lambda pair: pair.chance, reverse=True)
    return BreakEvenPairs(Average.of(base), pairs)


@dataclass(frozen=True, slots=True)
class _Curves:
    """Looks for curves in the planes of pairs."""

    search: Search

    def pairs(
        self, pairs: Sequence[tuple[int, int]], look: Progress, work_out: Progress
    ) -> list[Pair]:
        """The curve of each of ``pairs`` of rows of the register."""
        places = [(first, share, second) for first, second in pairs for share in POINTS]
        if not places:
            work_out(1, 1)
            return []
        cases = [self._case(place, share) for place in places for share in SHARES]
        lines = self.search.roughly_above(cases, _LOOK, look).reshape(-1, len(SHARES))
        shares, rising, slopes = self._crossings(places, lines, work_out)
        points = [
            self._point(place, line, share, bool(rises), slope)
            for place, line, share, rises, slope in zip(
                places, lines, shares, rising, slopes, strict=True
            )
        ]
        return [
            Pair(
                first,
                second,
                points[number * len(POINTS) : (number + 1) * len(POINTS)],
                (self._second_at(second, POINTS[0]), self._second_at(second, POINTS[-1])),
            )
            for number, (first, second) in enumerate(pairs)
        ]

    def _second_at(self, row: int, share: float) -> float:
        return float(held.value_at(self.search.scenario, row, share))

    def _case(self, place: tuple[int, float, int], share: float) -> dict[int, float]:
        first, at, second = place
        scenario = self.search.scenario
        return {
            first: float(held.value_at(scenario, first, at)),
            second: float(held.value_at(scenario, second, share)),
        }

    def _crossings(
        self,
        places: Sequence[tuple[int, float, int]],
        lines: FloatArray,
        progress: Progress,
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The share of the second's draws at which each crosses, ``nan`` where it does not, whether
        the value rises there, and about how steeply, currency per share."""
        shares, rising = np.full(len(places), np.nan), np.zeros(len(places))
        slopes = np.zeros(len(places))
        brackets = {
            number: bracket
            for number, ((_, _, second), line) in enumerate(zip(places, lines, strict=True))
            if (bracket := bracket_of(second, line, is_met=self.search.is_met))
        }
        if not brackets:
            progress(1, 1)
            return shares, rising, slopes

        def excess(some: FloatArray, numbers: FloatArray) -> FloatArray:
            cases = [
                self._case(places[int(number)], float(share))
                for share, number in zip(some, numbers, strict=True)
            ]
            return self.search.above(cases, _WORK_OUT)

        numbers = list(brackets)
        shares[numbers], rising[numbers] = roots(excess, numbers, list(brackets.values()), progress)
        slopes[numbers] = [bracket.slope for bracket in brackets.values()]
        return shares, rising, slopes

    def _point(
        self,
        place: tuple[int, float, int],
        line: FloatArray,
        share: float,
        rises: bool,
        slope: float,
    ) -> Point:
        first, at, second = place
        value = float(held.value_at(self.search.scenario, first, at))
        if np.isnan(share):
            is_other = bool(line[len(line) // 2] >= 0.0) != self.search.is_met
            side = ANYWHERE if is_other else NOTHING
            return Point(at, value, side, math.nan, float(is_other))
        side = ABOVE if rises != self.search.is_met else BELOW
        chance = float(share if side == BELOW else 1.0 - share)
        turns_at = float(held.value_at(self.search.scenario, second, share))
        error = self.search.error_of(second, float(share), float(slope))
        return Point(at, value, side, turns_at, chance, error)


ANALYSIS = Analysis(
    "break_even_pairs",
    break_even_pairs,
    BreakEvenPairs,
    (
        Option(
            "most",
            "Assumptions paired",
            "of how many assumptions to tell all pairs",
            3,
            least=2,
            most=8,
        ),
    ),
    command=Command(
        flag="break-even-pairs",
        help="also tell where pairs of assumptions turn the answer (text and json)",
        lead="The first is held there, and the second turns the answer at this value; all others "
        "drawn.",
        nothing="No assumption moves the value.",
    ),
    page=Page(
        place=31,
        label="What two assumptions would have to be",
        lead="Two of the assumptions that move the answer furthest at a time. The first is put at "
        "five points of its range, a fifth of all cases each; beside it, the value of the second "
        "at which the plan just breaks even on average. Everything else stays as uncertain as "
        "it is.",
        nothing="No assumption moves the value.",
    ),
    in_pieces=True,
)
