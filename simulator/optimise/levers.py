"""Levers as coordinates between 0 and 1, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.model.quantities import SOURCES, Involvement, Plan, Split
from simulator.model.register import FloatArray
from simulator.optimise.question import Move, Question
from simulator.optimise.search import Grid, Space
from simulator.scenario import Scenario
from simulator.scenario.levers import LEVERS

UNIT = 0.01
"""Shares of a split are whole per cents."""
LATEST_START = 36
"""Month after which nothing begins, unless that is asked for: a plan for later is none."""


@dataclass(frozen=True)
class Levers:
    """What may move, of one scenario.

    A lever's coordinate is its place between its first and its last stop, so that minutes count as
    finely below an hour as they can be chosen; a share of the split is its own coordinate.
    """

    scenario: Scenario
    moves: tuple[Move, ...]
    """Those that can move at all, in the order of the levers."""
    stops: tuple[FloatArray, ...]
    """Of each: its values, ascending; of shares of the split empty."""
    space: Space
    grid: Grid

    @classmethod
    def of(cls, scenario: Scenario, moves: Sequence[Move]) -> Levers:
        """The levers of a scenario; a part of the split that nothing can be exchanged with stays
        where it is, and so do the months of what the horizon does not hold."""
        parts = [move for move in moves if move.path.startswith("plan.split.")]
        free = [move for move in moves if not move.path.startswith("plan.split.")]
        if len(parts) > 1:
            free += parts
        order = {move.path: place for place, move in enumerate(moves)}
        free.sort(key=lambda move: order[move.path])
        stops = tuple(_stops(scenario, move) for move in free)
        shared = np.array(
            [at for at, move in enumerate(free) if move.path.startswith("plan.split.")],
            dtype=np.intp,
        )
        low, high = np.zeros(len(free)), np.ones(len(free))
        split = scenario.plan.split
        total = 0.0
        for at in shared:
            move = free[at]
            total += float(getattr(split, move.lever.id))
            low[at] = move.low or 0.0
            high[at] = 1.0 if move.high is None else move.high
        for at in shared:
            high[at] = min(high[at], total)
        space = Space(low, high, shared, total)
        places = [
            np.linspace(0.0, 1.0, len(values)) if len(values) else np.empty(0) for values in stops
        ]
        return cls(scenario, tuple(free), stops, space, Grid(places, UNIT))

    def values(self, point: FloatArray) -> dict[str, float]:
        """The value of each lever, by its path."""
        values = {}
        for move, stops, place in zip(self.moves, self.stops, point, strict=True):
            if not len(stops):
                values[move.path] = float(place)
                continue
            at = float(place) * (len(stops) - 1)
            inside = min(max(at, 0.0), len(stops) - 1.0)
            value = float(np.interp(inside, np.arange(len(stops)), stops))
            if at != inside and len(stops) > 1:  # slopes are taken from a little outside
                edge = stops[1] - stops[0] if at < 0.0 else stops[-1] - stops[-2]
                value += (at - inside) * float(edge)
            values[move.path] = value
        return values

    def point(self, scenario: Scenario) -> FloatArray:
        """Where a scenario stands, as near as the space allows."""
        point = np.empty(len(self.moves))
        for at, (move, stops) in enumerate(zip(self.moves, self.stops, strict=True)):
            value = value_of(scenario, move.path)
            if not len(stops):
                point[at] = value
            elif len(stops) == 1:
                point[at] = 0.0
            else:
                point[at] = float(np.interp(value, stops, np.arange(len(stops)))) / (
                    len(stops) - 1.0
                )
        return self.space.brought_in(point)

    def plan(self, point: FloatArray) -> Plan:
        """The plan at a point."""
        return with_values(self.scenario, self.values(point))

    def scenario_at(self, point: FloatArray) -> Scenario:
        """The scenario with the plan at a point of the grid."""
        return changed(self.scenario, self.values(point))


def held(scenario: Scenario, question: Question) -> dict[str, float]:
    """Levers that a question leaves where they are, by path, and where that is; also a part of the
    split that may move, but has no other to exchange with."""
    free = {move.path for move in question.free}
    parts = {path for path in free if path.startswith("plan.split.")}
    if len(parts) == 1:
        free -= parts
    return {path: value_of(scenario, path) for path in LEVERS if path not in free}


def _stops(scenario: Scenario, move: Move) -> FloatArray:
    """The values that a lever may have, ascending; none for a share of the split."""
    if move.path.startswith("plan.split."):
        return np.empty(0)
    low = move.lever.stops[0] if move.low is None else move.low
    high = move.lever.stops[-1] if move.high is None else move.high
    if move.high is None and move.lever.id == "start_month":
        high = min(high, LATEST_START, scenario.horizon_months - 1)
    inside = [value for value in move.lever.stops if low <= value <= high]
    return np.array(inside or [low])


def value_of(scenario: Scenario, path: str) -> float:
    """The value of a lever in a scenario; of one for all sources that of the first that moves."""
    plan, name = scenario.plan, path.rpartition(".")[2]
    if path.startswith("plan.split."):
        return float(getattr(plan.split, name))
    if path.startswith("plan.*."):
        moved = [source for source in SOURCES if getattr(plan, source).share_moved > 0.0]
        return float(getattr(getattr(plan, (moved or SOURCES)[0]), name))
    if path.startswith("plan.involvement."):
        value = getattr(plan.involvement, name)
        return float(getattr(scenario.organisation.involvement, name) if value is None else value)
    return float(getattr(getattr(plan, path.split(".")[1]), name))


def with_values(scenario: Scenario, values: Mapping[str, float]) -> Plan:
    """The plan of a scenario with other values of levers, by their paths; unchecked."""
    plan = scenario.plan_quantities()
    parts = {
        path.rpartition(".")[2]: value
        for path, value in values.items()
        if path.startswith("plan.split.")
    }
    shifts: dict[str, Any] = {}
    for source in SOURCES:
        own: dict[str, Any] = {}
        for name in ("share_moved", "start_month", "ramp_months"):
            for path in (f"plan.{source}.{name}", f"plan.*.{name}"):
                if path in values:
                    own[name] = values[path]
        shift = getattr(plan, source)
        if parts and getattr(scenario.plan, source).split is None:
            own["split"] = Split(**{**shift.split._asdict(), **parts})
        shifts[source] = shift._replace(**own)
    conduct = {
        name: values[f"plan.involvement.{name}"]
        for name in Involvement._fields
        if f"plan.involvement.{name}" in values
    }
    when = {
        f"involvement_{name}": values[f"plan.involvement.{name}"]
        for name in ("start_month", "ramp_months")
        if f"plan.involvement.{name}" in values
    }
    changes: dict[str, Any] = {
        **shifts,
        **when,
        "involvement": plan.involvement._replace(**conduct),
    }
    return plan._replace(**changes)


def changed(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """A scenario with other values of levers, by their paths. Raises ``ScenarioError`` for values
    that it may not have."""
    changes: dict[str, object] = {}
    for path, value in values.items():
        whole = path.endswith(("start_month", "ramp_months"))
        kept = round(value) if whole else round(value, 12)
        for source in SOURCES if "*" in path else ("",):
            changes[path.replace("*", source)] = kept
    parts = [path for path in values if path.startswith("plan.split.")]
    if parts:
        # Rounded shares add up to what they share out: the last one takes what rounding left.
        split = scenario.plan.split
        present = [getattr(split, name) for name in Split._fields]
        shares = dict(zip(Split._fields, present, strict=True))
        shares.update({path.rpartition(".")[2]: changes[path] for path in parts})
        largest = max((path.rpartition(".")[2] for path in parts), key=lambda name: shares[name])
        rest = 1.0 - sum(share for name, share in shares.items() if name != largest)
        changes[f"plan.split.{largest}"] = round(rest, 12)
    return scenario.changed(**changes)


def baseline_scenario(scenario: Scenario) -> Scenario:
    """The scenario whose plan changes nothing."""
    changes: dict[str, object] = {f"plan.{source}.share_moved": 0 for source in SOURCES}
    changes |= {f"plan.involvement.{name}": None for name in Involvement._fields}
    return scenario.changed(**changes)
