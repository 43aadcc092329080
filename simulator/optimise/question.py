"""What is asked of the optimiser: what is better, what may move, and what has to hold."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.errors import Message, Problem, ScenarioError, exact, nearest, shorten, value_text
from simulator.i18n.language import N_
from simulator.results import FIGURES
from simulator.scenario import Scenario
from simulator.scenario.levers import GROUPS, LEVERS, NAMES, Lever

# --- what is better ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Objective:
    """Something of which there can be more or less."""

    id: str
    label: str
    """A message: what the page calls it."""
    help: str
    """In a line of the command line's help."""
    is_money: bool = True
    """Or a share of the draws, or a ratio."""
    has_target: bool = False
    """Whether it needs an amount to be reached."""
    is_ratio: bool = False
    least_is_best: bool = False
    """Whether less of it is better; it is shown as it is, and climbed with the other sign."""


_OBJECTIVES = (
    Objective("mean", N_("the highest value on average"), "the mean value against carrying on"),
    Objective(
        "p10",
        N_("the highest value in a bad case (nine of ten are better)"),
        "the value that nine of ten draws are above",
    ),
    Objective(
        "cvar",
        N_("the mildest worst tenth of all cases"),
        "the mean of the worst tenth of the draws",
    ),
    Objective(
        "better",
        N_("the best chance of beating carrying on"),
        "the share of the draws in which it beats carrying on",
        is_money=False,
    ),
    Objective(
        "target",
        N_("the best chance of reaching a value"),
        "the share of the draws that reach --target",
        is_money=False,
        has_target=True,
    ),
    Objective(
        "involvement",
        N_("the highest Return on Involvement"),
        "the median Return on Involvement, with no less put in and gained than now",
        is_money=False,
        is_ratio=True,
    ),
    Objective(
        "regret",
        N_("the smallest regret, whichever world it is"),
        "the smallest loss against the best plan of a world, in the worst of the worlds of the "
        "shipped scenarios",
        least_is_best=True,
    ),
    Objective(
        "cheapest",
        N_("the least money for a value"),
        "the least put in (money moved, hours, transition) with a mean value of at least --target",
        has_target=True,
        least_is_best=True,
    ),
)

OBJECTIVES: Mapping[str, Objective] = {objective.id: objective for objective in _OBJECTIVES}
"""By id, in the order in which they are offered."""


# --- what may move -------------------------------------------------------------------------------


def _names() -> dict[str, str]:
    names = {}
    for group, content in GROUPS.items():
        for lever in content.levers:
            if group == "take":
                names[lever.source] = lever.path
            elif group == "when":
                kind = "money" if "*" in lever.path else "involvement"
                names[f"{kind}.{lever.id}"] = lever.path
            else:
                names[lever.id] = lever.path
    return names


LEVER_NAMES: Mapping[str, str] = _names()
"""What levers are called in a question, and their paths."""


@dataclass(frozen=True, slots=True)
class Move:
    """A lever that may move, and how far."""

    path: str
    low: float | None = None
    """In the unit of the lever; none: as far as it goes."""
    high: float | None = None

    @property
    def lever(self) -> Lever:
        """All there is to know about it."""
        return LEVERS[self.path]


# --- what has to hold ----------------------------------------------------------------------------

QUALITY, HOURS, LOSS, CHANGES = "service_quality", "hours", "first_year_loss", "changes"
WORST = "worst_tenth"
"""What can be bounded besides lines in money."""

LIMIT_LABELS: Mapping[str, str] = {
    **NAMES,
    QUALITY: N_("Service quality"),
    HOURS: N_("Hours a year"),
    LOSS: N_("Loss in the first year"),
    WORST: FIGURES["worst_case"].label,
    CHANGES: N_("Changes"),
}
USUAL_CHANCE = 0.9
"""Of the draws in which a limit has to hold that does not say."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that has to hold of a plan."""

    subject: str
    """A line of the budget or ``savings`` (what it gets in the end, currency per year),
    :data:`QUALITY` (0-1), :data:`HOURS` (of all employees, a year), :data:`LOSS` (currency),
    :data:`WORST` (value against carrying on, currency; may be below zero) or :data:`CHANGES` (how
    many levers move; where money goes is one)."""
    at_most: bool
    amount: float
    month: int = 12
    """Of the quality."""
    chance: float = USUAL_CHANCE
    """Share of the draws in which it has to hold, 0-1; lines and changes are the same in all."""

    @property
    def is_line(self) -> bool:
        """Whether it is about money in a line, which is the same in every draw."""
        return self.subject in NAMES

    @property
    def text(self) -> str:
        """As it is written on the command line."""
        sign = "<=" if self.at_most else ">="
        month = f"@{self.month}" if self.subject == QUALITY else ""
        has_chance = self.subject in {QUALITY, HOURS, LOSS}
        return f"{self.subject}{sign}{self.amount:.12g}{month}" + (
            f":{self.chance:g}" if has_chance else ""
        )


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    objective: str = "mean"
    """One of :data:`OBJECTIVES`."""
    target: float | None = None
    """Currency; of objectives that have one."""
    moves: tuple[Move, ...] = ()
    """What may move; none: everything."""
    limits: tuple[Limit, ...] = ()

    @property
    def free(self) -> tuple[Move, ...]:
        """What may move, in the order of the levers."""
        moves = {move.path: move for move in self.moves} or {path: Move(path) for path in LEVERS}
        return tuple(moves[path] for path in LEVERS if path in moves)

    @property
    def most_changes(self) -> int | None:
        """How many levers may move, if that is bounded."""
        counts = [int(limit.amount) for limit in self.limits if limit.subject == CHANGES]
        return min(counts) if counts else None

    def check(self, scenario: Scenario) -> None:
        """Raise :class:`ScenarioError` with all that is wrong with it."""
        problems = [*self._wrong_objective(), *self._wrong_moves(), *self._wrong_limits(scenario)]
        if problems:
            raise ScenarioError(problems)

    def _wrong_objective(self) -> Iterable[Problem]:
        objective = OBJECTIVES.get(self.objective)
        if objective is None:
            allowed = exact(", ".join(OBJECTIVES))
            yield Problem("objective", value_text(self.objective), allowed)
        elif objective.has_target and not (
            self.target is not None and math.isfinite(self.target) and abs(self.target) <= 1e15
        ):
            yield Problem("target", value_text(self.target), Message("an amount to be reached"))
        elif not objective.has_target and self.target is not None:
            yield Problem("target", value_text(self.target), Message("none at all"))

    def _wrong_moves(self) -> Iterable[Problem]:
        for move in self.moves:
            if move.path not in LEVERS:
                known = ", ".join(LEVER_NAMES)
                yield Problem("move", value_text(move.path), exact(known))
                continue
            number = move.lever.number
            low = number.least if move.low is None else move.low
            high = number.most if move.high is None else move.high
            if not number.least <= low <= high <= number.most:
                yield Problem(
                    f"move.{move.path}",
                    exact(f"{low:g}..{high:g}"),
                    Message("{low} to {high}", low=f"{number.least:g}", high=f"{number.most:g}"),
                )
        if len({move.path for move in self.moves}) < len(self.moves):
            yield Problem("move", Message("the same lever twice"), Message("each lever once"))
        paths = [move.path for move in self.moves]
        if len(paths) == 1 and paths[0].startswith("plan.split."):
            allowed = Message("another part of the split as well, which it gives to or takes from")
            yield Problem("move", value_text(paths[0]), allowed)

    def _wrong_limits(self, scenario: Scenario) -> Iterable[Problem]:
        for limit in self.limits:
            if limit.subject not in LIMIT_LABELS:
                yield Problem("limit", value_text(limit.subject), exact(", ".join(LIMIT_LABELS)))
                continue
            allowed = _allowed(limit, scenario)
            if allowed:
                yield Problem(f"limit.{limit.subject}", value_text(limit.text), allowed)


def _allowed(limit: Limit, scenario: Scenario) -> Message | None:
    """What is allowed instead; nothing if it is."""
    most = {QUALITY: 1.0, CHANGES: float(len(LEVERS))}.get(limit.subject, 1e15)
    least = -most if limit.subject == WORST else 0.0
    if not (math.isfinite(limit.amount) and least <= limit.amount <= most):
        return Message("{low} to {high}", low=f"{least:g}", high=f"{most:g}")
    if limit.subject == CHANGES and limit.amount != int(limit.amount):
        return Message("a whole number from {low} to {high}", low="0", high=f"{most:g}")
    if limit.subject in {QUALITY, WORST} and limit.at_most:
        return Message("at least so much")
    if limit.subject in {HOURS, LOSS, CHANGES} and not limit.at_most:
        return Message("at most so much")
    if not 0.5 <= limit.chance < 1.0:
        return Message("a chance from {low} to {high}", low="0.5", high="0.99")
    if limit.subject == QUALITY and not 1 <= limit.month <= scenario.horizon_months:
        return Message("a month from {low} to {high}", low=1, high=scenario.horizon_months)
    return None


# --- as it is typed ------------------------------------------------------------------------------

_LIMITS, _MOVE = "training>=300000, service_quality>=0.6@12:0.9", "training=0..0.3"
"""Examples of what can be typed."""
_LIMIT = re.compile(
    r"(?P<subject>[a-z_]+)\s*(?P<sign><=|>=)\s*(?P<amount>[0-9.eE+-]+)"
    r"(?:@(?P<month>[0-9]{1,4}))?(?::(?P<chance>[0-9.]+))?"
)


def read_limit(text: str) -> Limit:
    """A limit such as ``training>=300000`` or ``service_quality>=0.6@12:0.9`` (at month 12, in 90
    of 100 draws). Raises :class:`ScenarioError` for what is none."""
    match = _LIMIT.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        subject = match["subject"]
        if subject not in LIMIT_LABELS:
            raise ScenarioError(
                [Problem("limit", value_text(subject), nearest(subject, LIMIT_LABELS))]
            )
        if match["month"] and subject != QUALITY:
            raise ValueError
        return Limit(
            subject,
            match["sign"] == "<=",
            float(match["amount"]),
            int(match["month"] or 12),
            float(match["chance"] or USUAL_CHANCE),
        )
    except ValueError as error:
        if isinstance(error, ScenarioError):
            raise
        raise ScenarioError(
            [
                Problem(
                    "limit",
                    value_text(shorten(text)),
                    exact(_LIMITS),
                )
            ]
        ) from None


def read_move(text: str) -> tuple[Move, ...]:
    """Levers by name, or all of a group, each with bounds if they are given (``training=0..0.3``).
    Raises :class:`ScenarioError` for what is none."""
    name, _, bounds = text.strip().partition("=")
    low, high = _bounds(text, bounds) if bounds else (None, None)
    if name in GROUPS and not bounds:
        return tuple(Move(lever.path) for lever in GROUPS[name].levers)
    path = LEVER_NAMES.get(name, name)
    if path not in LEVERS:
        names: Sequence[str] = (*GROUPS, *LEVER_NAMES)
        raise ScenarioError([Problem("move", value_text(name), nearest(name, names))])
    return (Move(path, low, high),)


def _bounds(text: str, bounds: str) -> tuple[float, float]:
    low, dots, high = bounds.partition("..")
    try:
        return float(low), float(high if dots else low)
    except ValueError:
        raise ScenarioError([Problem("move", value_text(shorten(text)), exact(_MOVE))]) from None
