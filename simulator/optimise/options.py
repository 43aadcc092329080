"""Plans that are nearly as good as the best one and look different: a room decides by more than one
number."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.model.register import FloatArray
from simulator.optimise.answer import Candidate, Judged
from simulator.optimise.evaluation import Judge, money_unit
from simulator.optimise.levers import Levers, baseline_scenario
from simulator.optimise.search import Values, climb, points_of
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from simulator.optimise.study import Study

OPTIONS = 3
"""Plans nearly as good that are shown."""
_NEARLY = (0.1, 0.2, 0.35, 0.6)
"""Shares of the gain that a plan may give up to count as nearly as good, tried one by one."""
_DIFFERENT = 0.1
"""How far apart plans look different, root mean square over the levers' ranges."""


def options(
    study: Study, levers: Levers, fine: Judge, chosen: Candidate
) -> Generator[None, None, list[Candidate]]:
    """Plans that meet all limits, give up little and look different."""
    top = levers.point(chosen.scenario)
    homes = [levers.point(study.scenario), levers.point(baseline_scenario(study.scenario))]
    table = np.array(
        [
            levers.grid.nearest(levers.space, levers.space.brought_in(point))
            for point in _pool(levers, top, homes, study.scenario.seed)
        ]
    )
    rough = study.coarse if study.coarse is not None else fine
    points = points_of(table, rough([levers.plan(point) for point in table]))
    yield
    (here,) = points_of(top[None, :], rough([levers.plan(top)]))
    low = min(
        points_of(np.array(homes), rough([levers.plan(point) for point in homes])),
        key=lambda point: point.exact,
    )
    spread = float(np.std([point.exact for point in points])) or 1.0
    span = max(here.exact - low.exact, 0.1 * spread)
    picked: list[FloatArray] = []
    for share in _NEARLY:
        least = here.exact - share * span
        near = [point.x for point in points if not point.violation and point.exact >= least]
        if share == _NEARLY[-2] and len(picked) < OPTIONS:
            near += yield from _away(levers, rough, top, here.smooth - share * span, study)
        _pick(near, top, picked)
    candidates: list[Candidate] = []
    for point in picked:
        number = len(candidates) + 1
        for share in (1.0, 0.8, 0.6):  # in all draws a limit may hold a little nearer
            nearer = levers.grid.nearest(levers.space, top + share * (point - top))
            candidate = study.candidate(fine, f"option_{number}", levers.scenario_at(nearer))
            if candidate.meets:
                break
        if candidate.meets and len(candidates) < OPTIONS:
            candidates.append(candidate)
    candidates.sort(key=lambda candidate: -candidate.exact)
    yield
    return [replace(candidate, id=f"option_{at + 1}") for at, candidate in enumerate(candidates)]


def _pick(near: list[FloatArray], top: FloatArray, picked: list[FloatArray]) -> None:
    """Add those that are farthest from what is picked, a few more than are shown: some may turn out
    not to meet a limit in all draws."""
    while len(picked) < 2 * OPTIONS and near:
        distances = [min(_distance(point, other) for other in (top, *picked)) for point in near]
        farthest = int(np.argmax(distances))
        if distances[farthest] < _DIFFERENT:
            return
        picked.append(near.pop(farthest))


def _away(
    levers: Levers, judge: Judge, top: FloatArray, least: float, study: Study
) -> Generator[None, None, list[FloatArray]]:
    """Points as far from the top as limits and worth allow, in a few directions: where hardly any
    random plan meets the limits."""
    random = np.random.default_rng(study.scenario.seed)
    scale = max(abs(least), money_unit(study.scenario) * 1e-3)
    ends = []
    for _ in range(2 * OPTIONS):
        direction = random.normal(size=levers.space.dimensions)

        def evaluate(points: FloatArray, direction: FloatArray = direction) -> Values:
            values = judge([levers.plan(point) for point in points])
            along = (points - top) @ direction
            margins = np.column_stack([values.margins, (values.smooth - least) / scale])
            return Values(along, along, margins)

        end = climb(evaluate, levers.space, top, most=8, precision=1e-4)
        yield
        there = levers.grid.nearest(levers.space, end.x)
        ends.append(there)
    return ends


def _pool(
    levers: Levers, top: FloatArray, homes: Sequence[FloatArray], seed: int
) -> Iterator[FloatArray]:
    """Points on the way from the top to random ones, and with some levers at home."""
    for target in levers.space.random(64, seed + 7):
        for share in (0.3, 0.6, 1.0):
            yield top + share * (target - top)
    groups = {"share_moved", "split", "involvement", "month"}
    for home in homes:
        for share in (0.5, 1.0):
            yield top + share * (home - top)
            for group in sorted(groups):
                inside = np.array([group in move.path for move in levers.moves], dtype=bool)
                if inside.any() and not inside.all():
                    yield np.where(inside, top + share * (home - top), top)
        for at, move in enumerate(levers.moves):
            if "split" not in move.path:
                point = top.copy()
                point[at] = home[at]
                yield point


def _distance(point: FloatArray, other: FloatArray) -> float:
    return float(np.sqrt(np.mean((point - other) ** 2))) if len(point) else 0.0


def differing(levers: Levers, chosen: Scenario, judged: Judged) -> tuple[str, ...]:
    """Paths of the levers that are elsewhere, the farthest first."""
    away = np.abs(levers.point(chosen) - levers.point(judged.candidate.scenario))
    order = np.argsort(-away, kind="stable")
    return tuple(levers.moves[at].path for at in order if away[at] > 1e-9)
