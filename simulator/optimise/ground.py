"""What the answers to all questions begin with that differ in their limits alone.

The search without any limits, and what all plans came to that were run on the way. A question with
limits goes on from there, whichever was asked before: so the same question has the same answer,
and the next one, with a limit moved, has little left to do.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from simulator.model.quantities import Plan
from simulator.optimise.evaluation import Outcome, World
from simulator.optimise.levers import Levers
from simulator.optimise.question import HOURS, Question
from simulator.optimise.search import Search
from simulator.scenario import Scenario, dump

_COMPARED = 16
"""Plans by which it is tried whether long steps will do."""
_ALIKE = 0.1
"""How far long steps may be off, as a share of the spread over these plans; some 0.04 is usual."""


@dataclass(frozen=True)
class Ground:
    """A search without limits, and what plans came to in it and since."""

    key: bytes
    """Of all that it depends on, see :func:`key_of`."""
    method: str
    """By which it was searched in few draws, see :class:`World`."""
    coarse: dict[Plan, Outcome]
    """In few draws, by ``method``."""
    fine: dict[Plan, Outcome]
    """In all draws, as every simulation has it."""
    sloped: dict[Plan, Outcome]
    """In all draws, by ``method``."""
    search: Search
    """In few draws."""


def key_of(scenario: Scenario, question: Question, draws: int) -> bytes:
    """What a ground depends on, in short: all of a question but its limits. (Hours are recorded
    only where a limit asks for them.)"""
    has_hours = any(limit.subject == HOURS for limit in question.limits)
    content = f"{dump(scenario)}{replace(question, limits=())!r}{draws}{has_hours}"
    return hashlib.blake2b(content.encode(), digest_size=32).digest()


def with_long_steps(world: World, levers: Levers) -> World:
    """The world with steps that take a third of the time (Euler's), if they tell plans apart as
    well as those of every simulation do; else as it is."""
    rough = replace(world, method="euler")
    points = levers.space.random(_COMPARED, world.seed)
    plans = [levers.plan(point) for point in points]
    true, near = (
        np.array([outcome.value.mean() for outcome in variant.outcomes(plans)])
        for variant in (world, rough)
    )
    off = float(np.sqrt(np.mean((near - true) ** 2)))
    return rough if off <= _ALIKE * float(true.std()) else world
