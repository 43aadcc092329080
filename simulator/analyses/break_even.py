"""What would have to be true: the value of each assumption, alone, at which a goal is just met.

The goal is a value against carrying on, on average over the draws, over the horizon or over fewer
months (zero over 24 months: the money is back after two years). All other assumptions are drawn as
ever. Beside the value stands how often the assumption, by its own range, lies beyond it, where the
answer is another one than now: how plausible it is that this assumption alone turns the answer.

Crossings are looked for roughly, in few draws at five points of each range. From where the line
through these (monotone cubics) crosses, they are worked out in more draws, by secants; where that
leads nowhere, by Chandrupatla's method (SciPy's ``elementwise.find_root``); for all assumptions at
once. Of several crossings the one nearest to the middle of the assumption is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator import engine
from simulator.analyses import held
from simulator.analyses.average import Average
from simulator.analyses.base import (
    Analysis,
    Assumed,
    Column,
    Command,
    Kind,
    Page,
    Progress,
    Result,
    Row,
    StatedValue,
    Statement,
    unheard,
)
from simulator.analyses.judgement import OWN, graded
from simulator.analyses.option import Option, most_shown
from simulator.model.register import REGISTER, FloatArray
from simulator.results import DEFAULT_DRAWS
from simulator.scenario import Evidence, Scenario

_LOOK, _WORK_OUT = 64, 256
"""Draws in which crossings are looked for, and those in which they are worked out."""
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where assumptions are looked at, as shares of their draws that lie below."""
_STEPS = 10
"""The most that Chandrupatla's method takes."""
_TOLERANCE = 0.005
"""Of a crossing, as a share of the draws of the assumption."""
_SECANTS = 3
"""The most with which a crossing is looked for from where a rough look has it."""
_MORE_DIGITS = 4
"""The most that a crossing is told with beyond what its error supports."""

ABOVE, BELOW = "above", "below"
"""On which side of its crossing an assumption gives the other answer."""
ABOVE_TOO, BELOW_TOO = "above, middle too", "below, middle too"
"""The same, where the most plausible value of the assumption lies there."""
_SIDES: Mapping[str, str] = {ABOVE: ABOVE_TOO, BELOW: BELOW_TOO}
_MET = {ABOVE: "above: goal met", BELOW: "below: goal met"}
_MISSED = {ABOVE: "above: goal missed", BELOW: "below: goal missed"}
"""The same where nothing tells what the answer is now."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where an assumption, alone, turns whether the goal is met."""

    row: int
    """Its row in the register."""
    share: float
    """Share of its draws that lie below the crossing, 0-1."""
    value: float
    """The crossing, in its unit."""
    side: str
    """:data:`ABOVE` or :data:`BELOW`: where the answer is another one than now."""
    error: float = 0.0
    """Standard error of the crossing that the average of the value leaves, in its unit."""

    @property
    def chance(self) -> float:
        """How often the assumption lies there, 0-1."""
        return self.share if self.side == BELOW else 1.0 - self.share

    @property
    def is_likely(self) -> bool:
        """Whether its middle lies there already, by more than crossings are exact to."""
        return self.chance > 0.5 + _TOLERANCE


@dataclass(frozen=True, slots=True)
class BreakEven(Result):
    """What each assumption alone would have to be for the other answer."""

    columns = (
        Column("assumption", "Assumption", "text"),
        Column("middle", "Half of its cases lie below", "assumed", "Median"),
        Column("side", "The answer turns", "text", "Turns"),
        Column("value", "This value", "assumed", "This"),
        Column("chance", "How likely that is, by its range", "percent", "So often", is_bar=True),
        Column("grade", "Evidence", "text", is_long=True),
    )

    labels = (ABOVE, BELOW, ABOVE_TOO, BELOW_TOO, *_MET.values(), *_MISSED.values(), OWN)

    average: Average
    """Of the value against carrying on over the months of the goal, currency."""
    goal: float
    """The value that is asked for, currency."""
    months: int
    """Over so many months."""
    horizon_months: int
    """Those of the headline."""
    crossings: Sequence[Crossing]
    """From the most plausible on."""
    middles: Sequence[float]
    """The median of each of these assumptions, in its unit."""
    crossing: int
    """How many assumptions have a crossing, those that are not among them included; the last found
    in few draws."""
    drawn: int
    """How many assumptions have a range."""
    evidence: Evidence
    """How well each assumption is supported in the scenario."""

    @property
    def _is_of_headline(self) -> bool:
        """Whether it is about the headline's own months, and about gain or loss."""
        return self.months == self.horizon_months and self.goal == 0.0

    def averaged(self) -> Average | None:
        """Whose sign is asked for; of another goal, or of other months, the sentences say it."""
        return self.average if self._is_of_headline else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met now, on average; ``None`` where the draws cannot tell."""
        return self.average.reaches(self.goal)

    def rows(self) -> tuple[Row, ...]:
        """An assumption a row."""
        return tuple(
            Row(
                REGISTER[crossing.row].id,
                {
                    "assumption": REGISTER[crossing.row].label,
                    "middle": Assumed(middle, REGISTER[crossing.row].id),
                    "side": self._side(crossing),
                    "value": _told(crossing, middle),
                    "chance": crossing.chance,
                    "grade": graded(REGISTER[crossing.row].id, self.evidence),
                },
                assumption=REGISTER[crossing.row].id,
            )
            for crossing, middle in zip(self.crossings, self.middles, strict=True)
        )

    def _side(self, crossing: Crossing) -> str:
        if self.is_met is None:
            there = _MISSED if self.average.mean >= self.goal else _MET
            return there[crossing.side]
        return _SIDES[crossing.side] if crossing.is_likely else crossing.side

    def statements(self) -> tuple[Statement, ...]:
        """Whether the goal is met, and how many assumptions can turn that, where that can be
        told."""
        if self.is_met is None:
            return self._apart()
        rest = Statement(
            "{crossing} of {drawn} assumptions can do that alone, somewhere in their range.",
            {
                "crossing": ("count", float(self.crossing)),
                "drawn": ("count", float(self.drawn)),
            },
        )
        return (self._met(), *self._apart(), *self._likely(), rest)

    def _apart(self) -> tuple[Statement, ...]:
        return () if self._is_of_headline else self.average.middle_apart(self.goal)

    def untold(self) -> Statement | None:
        """That there is no turning point, where nothing tells whether the goal is met."""
        if self.is_met is not None:
            return None
        return Statement(
            "No turning point can be told: on average the plan comes to {mean} by month {months}, "
            "give or take {error}, and so stands at {goal} already. What is listed is as rough as "
            "that.",
            self._stated(),
        )

    def _likely(self) -> tuple[Statement, ...]:
        """That the middles of some lie there already, and why that is no contradiction."""
        likely = sum(crossing.is_likely for crossing in self.crossings)
        if not likely:
            return ()
        return (
            Statement(
                "With {likely} of the {shown} told here, more than half of their cases lie there "
                "already. Known to be so, each alone would turn the average; while it is open, the "
                "rest of its range weighs against that.",
                {
                    "likely": ("count", float(likely)),
                    "shown": ("count", float(len(self.crossings))),
                },
            ),
        )

    def _stated(self) -> dict[str, tuple[Kind, StatedValue]]:
        return {
            **self.average.stated(),
            "goal": ("money", self.goal),
            "months": ("count", float(self.months)),
        }

    def _met(self) -> Statement:
        values = self._stated()
        if self.is_met:
            return Statement(
                "On average the plan comes to {mean} by month {months}: the goal of {goal} is "
                "met. It would fail if one of these were so.",
                values,
            )
        return Statement(
            "On average the plan comes to {mean} by month {months}: the goal of {goal} is "
            "missed. It would be met if one of these were so.",
            values,
        )

    def as_dict(self) -> dict[str, object]:
        """The assumptions with the ``side`` on which the answer turns, and the ``goal`` that it is
        about, currency."""
        by_assumption = super(BreakEven, self).as_dict()
        for crossing in self.crossings:
            by_assumption[REGISTER[crossing.row].id]["side"] = crossing.side
        goal = {
            "mean": self.average.mean,
            "standard_error_of_mean": self.average.error,
            "value": self.goal,
            "months": self.months,
            "met": self.is_met,
        }
        return {**by_assumption, "goal": goal}


def _told(crossing: Crossing, middle: float) -> Assumed:
    """A crossing with the digits that its error supports, and more where it takes them to stand on
    that side of the ``middle`` on which its chance says that it lies."""
    away = crossing.value - middle
    told = Assumed(crossing.value, REGISTER[crossing.row].id, crossing.error)
    for _ in range(_MORE_DIGITS):
        if (told.shown - middle) * away > 0.0:
            break
        told = replace(told, error=told.error / 10.0)
    return told


def break_even(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    goal: float = 0.0,
    months: int = 0,
    most: int = 12,
) -> BreakEven:
    """What each assumption alone would have to be for the plan of ``scenario`` to just come to
    ``goal`` (currency) after ``months``, or at its horizon for 0: the ``most`` plausible ones."""
    over = months or scenario.horizon_months
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    base = held.value_of(scenario, over)(values)
    rows = held.drawn_rows(scenario)
    search = Search(scenario, values, base, goal, over)
    look, work_out = held.stages(progress, 1, 2)
    brackets = search.brackets(rows, look)
    crossings = search.crossings(brackets[:most], work_out)
    crossings.sort(key=lambda crossing: crossing.chance, reverse=True)
    middles = [float(held.value_at(scenario, crossing.row, 0.5)) for crossing in crossings]
    return BreakEven(
        Average.of(base),
        goal,
        over,
        scenario.horizon_months,
        crossings,
        middles,
        len(brackets),
        len(rows),
        Evidence.of(scenario),
    )


class Bracket(NamedTuple):
    """Between which shares of its draws an assumption crosses."""

    row: int
    low: float
    high: float
    about: float
    """Where it does, as far as a rough look tells; there"""
    slope: float
    """the value rises so much, currency per share."""
    chance: float
    """About how often it lies beyond."""


@dataclass(frozen=True, slots=True)
class Search:
    """Looks for crossings of a scenario's value and a goal."""

    scenario: Scenario
    values: FloatArray
    """The draws, shape ``(parameters, draws)``."""
    base: FloatArray
    """The value in each of them, currency, shape ``(draws,)``."""
    goal: float
    months: int

    def above(
        self, cases: Sequence[held.Case], draws: int, progress: Progress = unheard
    ) -> FloatArray:
        """By how much the mean value in each of ``cases`` is above the goal, currency. What a case
        changes is worked out in the first ``draws`` draws."""
        figure = held.value_of(self.scenario, self.months)
        worth = held.in_cases(figure, self.values[:, :draws], cases, progress)
        change = (worth - self.base[:draws]).mean(axis=1)
        excess: FloatArray = self.base.mean() - self.goal + change
        return excess

    def roughly_above(
        self, cases: Sequence[held.Case], draws: int, progress: Progress
    ) -> FloatArray:
        """The same, roughly."""
        figure, values = held.rough_value_of(self.scenario, self.months), self.values[:, :draws]
        worth = held.in_cases(figure, values, cases, progress)
        change = (worth - figure(values)).mean(axis=1)
        excess: FloatArray = self.base.mean() - self.goal + change
        return excess

    def cases(self, rows: Iterable[int], shares: Iterable[float]) -> list[held.Case]:
        """One assumption each, held at a share of its draws."""
        return [
            {int(row): float(held.value_at(self.scenario, int(row), share))}
            for row, share in zip(rows, shares, strict=True)
        ]

    def brackets(self, rows: Sequence[int], progress: Progress) -> list[Bracket]:
        """Of each of ``rows`` that has one, where its crossing nearest to its middle lies; from the
        most plausible on."""
        every = np.repeat(rows, len(SHARES))
        cases = self.cases(every, np.tile(SHARES, len(rows)))
        seen = self.roughly_above(cases, _LOOK, progress)
        brackets = [
            bracket
            for row, line in zip(rows, seen.reshape(-1, len(SHARES)), strict=True)
            if (bracket := bracket_of(row, line, is_met=self.is_met))
        ]
        return sorted(brackets, key=lambda bracket: bracket.chance, reverse=True)

    @property
    def is_met(self) -> bool:
        """Whether the average of the draws comes to the goal, however closely."""
        return bool(self.base.mean() >= self.goal)

    def error_of(self, row: int, share: float, slope: float) -> float:
        """How far the standard error of the average moves a crossing at ``share`` of the draws of
        an assumption, in its unit; ``slope``: how steep the value is there, currency per share."""
        wide = Average.of(self.base).error / abs(slope) if slope else 1.0
        low, high = (min(max(share + way, 0.0), 1.0) for way in (-wide, wide))
        ends = held.value_at(self.scenario, row, np.array((low, high)))
        return float(ends[1] - ends[0]) / 2.0

    def crossings(self, brackets: Sequence[Bracket], progress: Progress) -> list[Crossing]:
        """The crossings that lie there, but for those that are none in more draws."""
        if not brackets:
            progress(1, 1)
            return []
        shares, rising = roots(
            lambda shares, some: self.above(self.cases(some, shares), _WORK_OUT),
            [bracket.row for bracket in brackets],
            brackets,
            progress,
        )
        return [
            Crossing(
                int(row),
                float(share),
                float(held.value_at(self.scenario, int(row), share)),
                ABOVE if rises != self.is_met else BELOW,
                self.error_of(int(row), float(share), slope),
            )
            for (row, _, _, _, slope, _), share, rises in zip(brackets, shares, rising, strict=True)
            if np.isfinite(share)
        ]


def roots(
    excess: Callable[[FloatArray, FloatArray], FloatArray],
    which: Sequence[int],
    brackets: Sequence[Bracket],
    progress: Progress,
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """The shares at which each crosses, ``nan`` where it does not, and whether it rises there.

    Args:
        excess: by how much the value is above the goal at these shares of these of ``which``, all
            of shape ``(some,)``.
        which: what there is a share of, as numbers.
        brackets: where each crosses.
        progress: hears of each step.
    """
    done = 0

    def heard(shares: FloatArray, some: FloatArray) -> FloatArray:
        nonlocal done
        flat = excess(np.ravel(shares), np.ravel(some))
        done += 1
        progress(done, _SECANTS + 1 + _STEPS + 4)
        return flat.reshape(np.shape(shares))

    numbers = np.array(which)
    low, high, about, slope = (
        np.array([getattr(bracket, name) for bracket in brackets])
        for name in ("low", "high", "about", "slope")
    )
    shares, rising = _by_secants(heard, numbers, about, slope), slope > 0.0
    missed = ~((shares >= low) & (shares <= high))
    if missed.any():
        ends = numbers[missed], low[missed], high[missed]
        shares[missed], rising[missed] = _between(heard, *ends)
    progress(1, 1)
    return shares, rising


def _by_secants(
    excess: Callable[[FloatArray, FloatArray], FloatArray],
    which: FloatArray,
    about: FloatArray,
    slope: FloatArray,
) -> FloatArray:
    """Crossings close to ``about``, of lines that are ``slope`` steep there; ``nan`` where a few
    secants of about that slope do not lead to any."""
    shares, slope = about.copy(), slope.copy()
    value = excess(shares, which)
    crossings, still = np.full(about.shape, np.nan), np.arange(about.size)
    for _ in range(_SECANTS):
        before, reached = shares[still], value
        shares[still] = np.clip(before - reached / slope[still], 0.0, 1.0)
        value = excess(shares[still], which[still])
        with np.errstate(divide="ignore", invalid="ignore"):
            steepness = (value - reached) / (shares[still] - before)
            step = value / steepness
        is_alike = steepness / slope[still] > 0.0
        is_there = is_alike & (np.abs(step) < _TOLERANCE / 2.0)
        crossings[still[is_there]] = (shares[still] - step)[is_there]
        is_open = is_alike & ~is_there
        still, value = still[is_open], value[is_open]
        slope[still] = steepness[is_open]
        if not still.size:
            break
    return crossings


def _between(
    excess: Callable[[FloatArray, FloatArray], FloatArray],
    which: FloatArray,
    low: FloatArray,
    high: FloatArray,
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """As :func:`roots`, anywhere between these ends."""
    from scipy.optimize import elementwise

    root = elementwise.find_root(
        excess, (low, high), args=(which,), tolerances={"xatol": _TOLERANCE}, maxiter=_STEPS
    )
    rising = np.asarray(root.f_bracket[1]) > np.asarray(root.f_bracket[0])
    return np.where(root.status != _INVALID, root.x, np.nan), rising


_INVALID = -1
"""What ``find_root`` says of ends that have the same sign."""


def bracket_of(row: int, line: FloatArray, *, is_met: bool) -> Bracket | None:
    """Where the excess, known at :data:`SHARES`, changes its sign nearest to the middle."""
    signs = line >= 0.0
    places = np.flatnonzero(signs[1:] != signs[:-1])
    if not places.size:
        return None
    middle = (len(SHARES) - 2) / 2.0
    place = int(places[np.argmin(np.abs(places - middle))])
    # As wide as it can be: more draws may put the crossing a little elsewhere.
    ends = places[places != place]
    first = int(max((end + 1 for end in ends if end < place), default=0))
    last = int(min((end for end in ends if end > place), default=len(SHARES) - 1))
    about, slope = _crossing(line, place)
    chance = about if bool(signs[place]) != is_met else 1.0 - about
    return Bracket(row, SHARES[first], SHARES[last], about, slope, chance)


def _crossing(line: FloatArray, place: int) -> tuple[float, float]:
    """Where a smooth line through these points crosses in the part that begins at ``place``, and
    its slope there; on the whole part, where it is level there."""
    from scipy.interpolate import PchipInterpolator
    from scipy.optimize import brentq

    smooth = PchipInterpolator(SHARES, line)
    low, high = SHARES[place], SHARES[place + 1]
    about = float(brentq(lambda share: float(smooth(share)), low, high))
    return about, float(smooth(about, 1)) or float(line[place + 1] - line[place]) / (high - low)


ANALYSIS = Analysis(
    "break_even",
    break_even,
    BreakEven,
    (
        Option(
            "goal",
            "Value to reach",
            "the value against carrying on to reach, in the scenario's currency",
            0.0,
            least=-1e12,
            most=1e12,
            is_money=True,
        ),
        Option(
            "months",
            "After how many months (0: the plan's horizon)",
            "after so many months; 0: the scenario's horizon",
            0,
            least=0,
            most=120,
        ),
        most_shown(12),
    ),
    command=Command(
        flag="break-even",
        help="also tell what each assumption would have to be for another answer (text and json)",
        lead="The value at which each assumption, alone, turns the answer; all others drawn.",
        nothing="No assumption alone turns the answer anywhere in its range.",
    ),
    page=Page(
        place=30,
        label="What would have to be true",
        lead="Each assumption by itself: the value at which the answer turns, and how often it "
        "lies beyond that by its own range. Everything else stays as uncertain as it is; amounts "
        "are averages over all cases.",
        nothing="No assumption alone turns the answer anywhere in its range.",
    ),
    in_pieces=True,
)
