"""Tornado: how far the value moves with each assumption alone.

Each assumption is held at its 10 % and at its 90 % point while all others are drawn as ever; a bar
goes from the mean value at the one to that at the other. So a bar is what there is to learn from
that assumption for somebody who stays as unsure about the rest, unlike in a tornado with all others
at their central values, which is wrong where they act on each other.

All are looked at roughly, in few draws; those that come out furthest are worked out in more. The
draws are the same throughout, so that differences are much more exact than levels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator import engine
from simulator.analyses import held
from simulator.analyses.average import Average
from simulator.analyses.base import (
    Analysis,
    Assumed,
    Column,
    Command,
    Measured,
    Page,
    Progress,
    Result,
    Row,
    Statement,
    unheard,
)
from simulator.analyses.judgement import OWN, WEAK, graded
from simulator.analyses.option import most_shown
from simulator.model.register import REGISTER, FloatArray
from simulator.results import DEFAULT_DRAWS
from simulator.scenario import Evidence, Scenario

ENDS = (0.1, 0.9)
"""Where assumptions are held, as shares of their draws: eight of ten cases lie between."""

_LOOK, _WORK_OUT = 48, 256
"""Draws in which all are looked at, and those in which bars are worked out."""
_SPARE = 1.2
"""How many more than are wanted are worked out, since looking is rough."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How far the value moves with one assumption."""

    row: int
    """Its row in the register."""
    ends: tuple[float, float]
    """Where it is held, in its unit."""
    values: tuple[Measured, Measured]
    """Mean value against carrying on there, currency."""

    @property
    def swing(self) -> float:
        """How far the mean moves, currency, without a sign."""
        return abs(self.values[1] - self.values[0])

    @property
    def turns(self) -> bool | None:
        """Whether the plan gains on average at one end and loses at the other; None where draws
        leave that open, since one end is closer to zero than chance takes it nine times in ten."""
        if min(self.values) >= 0.0 or max(self.values) <= 0.0:
            return False
        return True if all(value.is_told for value in self.values) else None


TURNS, STAYS, TOO_FEW = "Yes", "No", "Too few cases"
"""What a bar does to the sign of the mean value; the last where that cannot be told yet."""

SIGN_TOLD = Statement(
    "Only averages that are further from zero than chance takes them nine times in ten count as "
    "gain or loss.",
    {},
)
"""The rule by which an assumption turns gain into loss."""


def word(turns: bool | None) -> str:
    """What stands for that."""
    return TOO_FEW if turns is None else TURNS if turns else STAYS


@dataclass(frozen=True, slots=True)
class Tornado(Result):
    """The assumptions that move the value furthest."""

    columns = (
        Column("assumption", "Assumption", "text", "Assumption, {currency}"),
        Column("low", "If it is low", "assumed", "Low"),
        Column("value_low", "Value then, on average", "money", "Value\nthen"),
        Column("high", "If it is high", "assumed", "High"),
        Column(
            "value_high",
            "Value then, on average",
            "money",
            "Value\nthen",
            is_bar=True,
            bar_from="value_low",
        ),
        Column("turns", "Turns gain into loss", "text", "Turns\nsign"),
        Column("grade", "Evidence", "text", is_long=True),
    )

    labels = (TURNS, STAYS, TOO_FEW, OWN)

    average: Average
    """Of the value against carrying on, currency."""
    bars: Sequence[Bar]
    """From the longest on; none that moves nothing."""
    drawn: int
    """How many assumptions have a range."""
    evidence: Evidence
    """How well each assumption is supported in the scenario."""

    def rows(self) -> tuple[Row, ...]:
        """An assumption a row, from the one that moves the value furthest."""
        return tuple(
            Row(
                REGISTER[bar.row].id,
                {
                    "assumption": REGISTER[bar.row].label,
                    "low": Assumed(bar.ends[0], REGISTER[bar.row].id),
                    "value_low": bar.values[0],
                    "high": Assumed(bar.ends[1], REGISTER[bar.row].id),
                    "value_high": bar.values[1],
                    "turns": word(bar.turns),
                    "grade": graded(REGISTER[bar.row].id, self.evidence),
                },
                assumption=REGISTER[bar.row].id,
            )
            for bar in self.bars
        )

    def averaged(self) -> Average:
        """What the value is on average, which is what bars are about."""
        return self.average

    def statements(self) -> tuple[Statement, ...]:
        """How many can turn it, and how well those are known."""
        if not self.bars:
            return ()
        turning = [self.evidence.grade(REGISTER[bar.row].id) for bar in self.bars if bar.turns]
        weak = sum(grade in WEAK for grade in turning)
        statements = [
            Statement(
                "Of the {shown} assumptions that move it furthest, {turning} can turn gain into "
                "loss or back, each by itself within its own range.",
                {"shown": ("count", len(self.bars)), "turning": ("count", len(turning))},
            )
        ]
        if turning:
            statements.append(
                Statement(
                    "Of those that can, {weak} rest on weak evidence or judgement (grades D and "
                    "E).",
                    {"weak": ("count", weak)},
                )
            )
        if unsure := sum(bar.turns is None for bar in self.bars):
            statements.append(
                Statement(
                    "With {unsure} more, one end is a gain and the other a loss, but one of them "
                    "too close to zero to tell.",
                    {"unsure": ("count", unsure)},
                )
            )
        return (*statements, SIGN_TOLD)


def tornado(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    most: int = 12,
) -> Tornado:
    """The ``most`` assumptions that move the value of ``scenario``'s plan furthest.

    The mean is over ``draws`` draws; what an assumption changes, over the first of the same.
    """
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    rows = held.drawn_rows(scenario)
    wanted = min(int(_SPARE * most) + 1, len(rows))
    look, work_out = held.stages(progress, max(len(rows) * _LOOK, 1), wanted * _WORK_OUT)
    base = held.value_of(scenario)(values)
    figure, few = held.rough_value_of(scenario), values[:, :_LOOK]
    seen = _longest_first(bars_of(figure, scenario, rows, few, figure(few), look))
    likely, figure = [bar.row for bar in seen[:wanted]], held.value_of(scenario)
    exact = bars_of(figure, scenario, likely, values[:, :_WORK_OUT], base, work_out)
    moving = [bar for bar in _longest_first(exact) if bar.swing > 0.0]
    return Tornado(Average.of(base), moving[:most], len(rows), Evidence.of(scenario))


def _longest_first(bars: Sequence[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: bar.swing, reverse=True)


def bars_of(
    figure: held.Figure,
    scenario: Scenario,
    rows: Sequence[int],
    values: FloatArray,
    base: FloatArray,
    progress: Progress,
) -> list[Bar]:
    """A bar for each of ``rows``, of what ``figure`` is in the draws ``values``; ``base`` has the
    same with nothing held, in these draws and maybe more."""
    ends = {row: held.value_at(scenario, row, np.array(ENDS)) for row in rows}
    cases = [{row: float(end)} for row in rows for end in ends[row]]
    worth = held.in_cases(figure, values, cases, progress)
    means = [_mean(base, change) for change in worth - base[: values.shape[1]]]
    return [
        Bar(row, (float(ends[row][0]), float(ends[row][1])), (low, high))
        for row, low, high in zip(rows, means[::2], means[1::2], strict=True)
    ]


def _mean(base: FloatArray, change: FloatArray) -> Measured:
    """The mean of ``base`` and of what is changed in its first draws. Its error is that of both,
    which go together in the draws that they share."""
    few = change.size
    if few < 2:
        return Measured(float(base.mean() + change.mean()), 0.0)
    together = np.cov(base[:few], change)
    error = base.var(ddof=1) / base.size + together[1, 1] / few + 2.0 * together[0, 1] / base.size
    return Measured(float(base.mean() + change.mean()), math.sqrt(max(float(error), 0.0)))


ANALYSIS = Analysis(
    "tornado",
    tornado,
    Tornado,
    (most_shown(12),),
    command=Command(
        flag="tornado",
        help="also tell which assumptions move the value furthest (text and json)",
        lead="Each assumption held at its 10 % and at its 90 % point, all others drawn; means.",
        nothing="No assumption moves the value.",
    ),
    page=Page(
        place=20,
        label="What moves the answer",
        lead="Each assumption by itself, first low, then high: in one of ten cases it lies lower, "
        "in one of ten higher. Everything else stays as uncertain as it is. Amounts are averages "
        "over all cases, so they can differ from the middle one.",
        nothing="No assumption moves the value.",
    ),
    in_pieces=True,
)
