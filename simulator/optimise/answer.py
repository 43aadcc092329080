"""What the optimiser answers: a plan, what it brings, and what is known about that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from simulator.analyses.base import Kind, Measured, Statement
from simulator.optimise.question import OBJECTIVES, Limit, Question
from simulator.optimise.search import FirstOrder, Point
from simulator.results import Estimate, is_close
from simulator.scenario import Scenario

State = Literal["met", "missed", "open"]
"""Checked and right; checked and wrong; could not be certified."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan, judged in the draws that plans are compared in."""

    id: str
    """``proposed``, ``present``, ``carrying_on``, or ``option_1`` and so on."""
    scenario: Scenario
    exact: float
    """What is asked for; the more the better, also of what less is better."""
    meets: bool
    """Whether all limits hold."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Where the search ended."""

    peak: Point
    """The best point; levers between their stops."""
    on_grid: Point
    """The best plan on the stops."""
    ends: Sequence[Point]
    """Where climbs in few draws ended, each from another start."""
    random: Point
    """The best of the random plans."""
    randoms: int
    """How many of those there were."""
    slopes: FirstOrder
    """At the peak."""
    stands: bool
    """Whether no neighbour on the stops is better."""
    scale: float
    """The spread of what is asked for over random plans."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the proof."""

    id: str
    state: State
    said: Statement


@dataclass(frozen=True, slots=True)
class Gain:
    """What a plan brings more than another one, in the same fresh draws, currency."""

    mean: float
    error: float
    """Standard error of the mean."""
    value: Estimate
    better: float
    """Share of the draws in which it brings more, 0-1."""

    @property
    def is_noise(self) -> bool:
        """Whether the mean is within what so many draws may be off."""
        return abs(self.mean) <= 2.0 * self.error


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan in fresh draws, which it was not chosen by."""

    candidate: Candidate
    worth: float
    """What is asked for, as it is shown, in the draws that it was chosen by."""
    fresh: float
    """The same in fresh draws."""
    value: Estimate
    """Against carrying on, in fresh draws, currency."""
    mean: Measured
    """Its mean."""
    better: float
    """Share of the fresh draws in which it beats carrying on, 0-1."""
    behind: Gain | None = None
    """Of a plan nearly as good: what the proposed one brings more."""
    differs: tuple[str, ...] = ()
    """Of such a plan: paths of the levers that are elsewhere than in the proposed one, the
    farthest first."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A quarter of an assumption's range in which another plan is better."""

    assumption: str
    """Its id."""
    grade: str
    is_high: bool
    """The highest quarter, or the lowest."""
    bound: float
    """Where that begins, or ends, in the assumption's unit."""
    rival: str
    """Id of the plan that is best there."""
    lost: float
    """What the proposed plan brings less there, on average, currency."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit more of a limit that binds would bring, in the unit of what is asked for."""

    limit: Limit
    worth: float
    """By one currency unit, one hour, or one point of quality."""


@dataclass(frozen=True, slots=True)
class Marginal:
    """What one more currency unit in a line brings more than it costs."""

    line: str
    net: float
    is_partly: bool = False
    """Whether the line gets some of the money, and not all."""
    is_held: bool = False
    """Whether the line may not move."""


ALIKE = 0.05
"""Lines stand about equal that are no further apart, by unit of money."""


def apart(marginals: Sequence[Marginal]) -> float | None:
    """How far the lines are apart that may move and get some of the money, and not all, by unit of
    money; none where fewer than two do."""
    nets = [marginal.net for marginal in marginals if marginal.is_partly and not marginal.is_held]
    return max(nets) - min(nets) if len(nets) > 1 else None


@dataclass(frozen=True, slots=True)
class Answer:
    """The best plan, and its proof."""

    question: Question
    draws: int
    fresh_draws: int
    chosen: Judged
    present: Judged
    carrying_on: Judged
    over_present: Gain
    over_carrying_on: Gain
    checks: tuple[Check, ...]
    weak: float
    """Of what makes the gain uncertain, the share that goes with assumptions graded D or E, 0-1."""
    prices: tuple[Price, ...]
    moved: Mapping[str, tuple[float, float, float]]
    """Levers by path: proposed, present and today."""
    edges: tuple[str, ...]
    """Paths of levers that may move and that the plan has at an end of their range, where the model
    sees nothing that stops them."""
    held: Mapping[str, float] = field(default_factory=dict)
    """Levers that may not move, by path, and where they stand."""
    options: tuple[Judged, ...] = ()
    """Plans nearly as good that look different."""
    flips: tuple[Flip, ...] = ()
    marginals: tuple[Marginal, ...] = ()
    waiting: Mapping[int, float] = field(default_factory=dict)
    """What starting so many months later brings more, on average, currency."""
    is_complete: bool = False
    """Whether all is there. What is certified is so before ``options``, ``flips``, ``marginals``
    and ``waiting`` are known."""
    in_stages: bool = False
    """Whether the plan that was asked about is in stages, which are left aside here."""

    @property
    def is_certified(self) -> bool:
        """Whether everything was checked and is right."""
        return all(check.state == "met" for check in self.checks)

    @property
    def rival(self) -> Judged:
        """What the proposed plan has to be better than: the present one or carrying on, whichever
        is better of those that meet the limits."""
        known = [judged for judged in (self.present, self.carrying_on) if judged.candidate.meets]
        return max(known or [self.carrying_on], key=lambda judged: judged.candidate.exact)

    @property
    def over_rival(self) -> Gain:
        """What it brings more than that."""
        return self.over_present if self.rival is self.present else self.over_carrying_on

    @property
    def verdict(self) -> Literal["none_better", "too_close", "better"]:
        """Whether there is a plan that is better, as far as can be told."""
        if self.chosen.candidate.id != "proposed":
            return "none_better"
        gain = self.over_rival
        sign = -1.0 if OBJECTIVES[self.question.objective].least_is_best else 1.0
        if self.rival.candidate.meets and sign * (self.chosen.fresh - self.rival.fresh) <= 0.0:
            return "too_close"
        if self.question.objective in {"mean", "target", "better"} and (
            gain.is_noise or is_close(gain.better)
        ):
            return "too_close"
        return "better"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A limit that cannot hold together with the others."""

    limit: Limit | None
    """None: the value to be reached, or what has to be put in."""
    best: float | None
    """The best of it that can be had while the others hold; none if they cannot either."""


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No plan meets all limits."""

    question: Question
    conflicts: tuple[Conflict, ...]
    held: Mapping[str, float] = field(default_factory=dict)
    """As of an :class:`Answer`."""


def kind_of(objective: str) -> Kind:
    """How what is asked for is written."""
    row = OBJECTIVES[objective]
    return "money" if row.is_money else "number" if row.is_ratio else "percent"


def fresh_seed(seed: int) -> int:
    """Of draws that no plan was chosen by."""
    return (seed + 715_827_883) % 2**31
