"""Stress test: what a plan can come to at worst, and where among all assumptions it loses.

The worst case is one that can be told: the few assumptions that, each put where it lies in one of
ten cases, together do the plan most harm on average, all others drawn as ever. They are looked for
one after the other, each time the one that does most harm beside those that are held already.

The regions in which the plan loses are those of scenario discovery (:mod:`simulator.analyses.prim`)
over all assumptions that are drawn, in more draws than elsewhere. Where it loses more often than
not, the regions in which it gains are looked for as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator import engine
from simulator.analyses import held, prim
from simulator.analyses.average import Average
from simulator.analyses.base import (
    Analysis,
    Assumed,
    Cell,
    Column,
    Command,
    Page,
    Progress,
    Result,
    Row,
    Statement,
    unheard,
)
from simulator.analyses.judgement import OWN, graded
from simulator.engine.sampling import shares
from simulator.model.register import REGISTER, FloatArray
from simulator.results import DEFAULT_DRAWS
from simulator.scenario import Evidence, Scenario

ENDS = (0.1, 0.9)
"""Where assumptions stand in the worst case, as shares of their draws: one of them."""

_DISCOVERY = 8192
"""Draws in which regions are found (one half of them) and judged (the other)."""
NEARLY_ALL = 0.9
"""Share of cases that lose, from which on a region of them is no finding: they lose outside it as
well."""
_LOOK, _WORK_OUT = 32, 128
"""Draws in which all assumptions are roughly looked at for the worst case, and those in which the
ones that do most harm are."""
_CANDIDATES, _MOST_HELD = 8, 4
_MATTERS = 0.08
"""Of the harm of the worst case; who adds less than this is left out of it."""

WORST, LOSES, LOSES_TOO, GAINS = "Worst case", "Loses here", "Loses here, too", "Gains here"
AS_LOW, AS_HIGH, ABOVE, BELOW = "as low as", "as high as", "above", "below"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an assumption is."""

    row: int
    """Its row in the register."""
    side: str
    """:data:`AS_LOW` or :data:`AS_HIGH`, where it is held; :data:`ABOVE` or :data:`BELOW`, where it
    has a limit."""
    value: float
    """In its unit."""
    chance: float
    """How often it lies there or further out, by its own range, 0-1."""

    def clause(self) -> Statement:
        """The same as part of a sentence."""
        parameter = REGISTER[self.row]
        values: Mapping[str, Any] = {
            "assumption": ("text", parameter.label),
            "value": ("assumed", Assumed(self.value, parameter.id)),
        }
        match self.side:
            case "as low as":
                return Statement("“{assumption}” as low as {value}", values)
            case "as high as":
                return Statement("“{assumption}” as high as {value}", values)
            case "above":
                return Statement("“{assumption}” above {value}", values)
        return Statement("“{assumption}” below {value}", values)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of what may be the case in which the plan mostly loses (or gains)."""

    name: str
    """:data:`LOSES`, :data:`LOSES_TOO` or :data:`GAINS`."""
    stands: Sequence[Stand]
    coverage: float
    """Share of all losses (or gains) that it holds, 0-1."""
    density: float
    """Share of its cases that lose (or gain), 0-1."""


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst case of few assumptions."""

    stands: Sequence[Stand]
    mean: float
    """Mean value against carrying on there, currency."""
    losing: float
    """Share of the draws that lose there, 0-1."""


@dataclass(frozen=True, slots=True)
class Stress(Result):
    """What can go wrong, and where."""

    columns = (
        Column("assumption", "Assumption", "text"),
        Column("part", "Where", "text"),
        Column("side", "Lies", "text"),
        Column("value", "This value", "assumed", "This"),
        Column("chance", "How likely that is, by its range", "percent", "So often"),
        Column("grade", "Evidence", "text", is_long=True),
    )

    labels = (WORST, LOSES, LOSES_TOO, GAINS, AS_LOW, AS_HIGH, ABOVE, BELOW, OWN)

    average: Average
    """Of the value against carrying on, currency."""
    losing: float
    """Share of the draws in which the plan loses, 0-1."""
    worst: Worst
    regions: Sequence[Region]
    evidence: Evidence
    """How well each assumption is supported in the scenario."""

    def rows(self) -> tuple[Row, ...]:
        """An assumption a row, part by part."""
        parts = [
            (WORST, self.worst.stands),
            *((region.name, region.stands) for region in self.regions),
        ]
        return tuple(_row(name, stand, self.evidence) for name, stands in parts for stand in stands)

    def averaged(self) -> Average:
        """What the worst case is beside."""
        return self.average

    def statements(self) -> tuple[Statement, ...]:
        """The worst case, and each region in a sentence."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Statement]:
        if self.worst.stands:
            yield Statement(
                "Worst case: {where}. The plan then comes to {worst} on average, not {mean}, and "
                "loses in {losing} of cases.",
                {
                    "where": ("text", _clauses(self.worst.stands)),
                    "worst": ("money", self.worst.mean),
                    "mean": self.average.stated()["mean"],
                    "losing": ("percent", self.worst.losing),
                },
            )
        for region in self.regions:
            yield self._told(region)
        if self.losing > NEARLY_ALL:
            yield Statement(
                "The plan loses in {losing} of all cases, nearly wherever the assumptions lie: it "
                "is not the doing of a few of them.",
                {"losing": ("percent", self.losing)},
            )
        elif self.worst.stands and not any(region.name == LOSES for region in self.regions):
            yield Statement(
                "The plan loses in {losing} of all cases. No few assumptions tell those cases "
                "apart from the rest.",
                {"losing": ("percent", self.losing)},
            )

    def _told(self, region: Region) -> Statement:
        values: Mapping[str, Any] = {
            "where": ("text", _clauses(region.stands)),
            "coverage": ("percent", region.coverage),
            "density": ("percent", region.density),
            "losing": ("percent", self.losing),
            "gaining": ("percent", 1.0 - self.losing),
        }
        match region.name:
            case "Loses here":
                return Statement(
                    "The plan loses with {where}: {density} of such cases lose, against {losing} "
                    "of all; {coverage} of all losses are among them.",
                    values,
                )
            case "Loses here, too":
                return Statement(
                    "Of the rest it loses more often with {where}: {density} of such cases lose; "
                    "{coverage} of all losses are among them.",
                    values,
                )
        return Statement(
            "It gains with {where}: {density} of such cases gain, against {gaining} of all; "
            "{coverage} of all gains are among them.",
            values,
        )

    def as_dict(self) -> dict[str, Any]:
        """``losing`` (share of all draws), the ``worst`` case, and the ``regions``, each with its
        ``limits`` by assumption and side."""
        return {
            "mean": self.average.mean,
            "losing": self.losing,
            "worst": {
                "mean": self.worst.mean,
                "losing": self.worst.losing,
                "assumptions": _as_dict(self.worst.stands),
            },
            "regions": [
                {
                    "gains": region.name == GAINS,
                    "coverage": region.coverage,
                    "density": region.density,
                    "limits": _as_dict(region.stands),
                }
                for region in self.regions
            ],
        }


def _clauses(stands: Sequence[Stand]) -> tuple[Statement, ...]:
    """Where assumptions are, as parts of a sentence, each of them once."""
    by_row: dict[int, list[Stand]] = {}
    for stand in stands:
        by_row.setdefault(stand.row, []).append(stand)
    return tuple(_clause(of_one) for of_one in by_row.values())


def _clause(of_one: Sequence[Stand]) -> Statement:
    if len(of_one) == 1:
        return of_one[0].clause()
    parameter = REGISTER[of_one[0].row]
    low, high = sorted(stand.value for stand in of_one)
    return Statement(
        "“{assumption}” between {low} and {high}",
        {
            "assumption": ("text", parameter.label),
            "low": ("assumed", Assumed(low, parameter.id)),
            "high": ("assumed", Assumed(high, parameter.id)),
        },
    )


def _row(name: str, stand: Stand, evidence: Evidence) -> Row:
    parameter = REGISTER[stand.row]
    cells: dict[str, Cell] = {
        "assumption": parameter.label,
        "part": name,
        "side": stand.side,
        "value": Assumed(stand.value, parameter.id),
        "chance": stand.chance,
        "grade": graded(parameter.id, evidence),
    }
    return Row(f"{name}.{parameter.id}.{stand.side}", cells, assumption=parameter.id)


def _as_dict(stands: Sequence[Stand]) -> list[dict[str, str | float]]:
    sides = {AS_LOW: "low", AS_HIGH: "high"}
    return [
        {
            "assumption": REGISTER[stand.row].id,
            "side": sides.get(stand.side, stand.side),
            "value": stand.value,
        }
        for stand in stands
    ]


def stress(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard
) -> Stress:
    """What the plan of ``scenario`` can come to at worst, and where it loses.

    How often it loses is counted in the ``draws`` of everything else.
    """
    many = max(draws, _DISCOVERY)
    values = engine.draw(many, scenario.seed, scenario.ranges())
    rows = held.drawn_rows(scenario)
    running, looking, working = held.stages(progress, many, len(rows) * 2 * _LOOK, 8 * 1024)
    figure = held.in_pieces(held.value_of(scenario), values, running)
    # The first draws of a longer sequence are those of a shorter one.
    usual = figure[:draws] if draws > 1 else figure
    search = _WorstCase(scenario, values)
    worst = search.worst(rows, looking, working)
    return Stress(
        Average.of(usual),
        float((usual < 0.0).mean()),
        worst,
        _regions(scenario, rows, figure),
        Evidence.of(scenario),
    )


def _regions(scenario: Scenario, rows: Sequence[int], figure: FloatArray) -> list[Region]:
    """Where the plan loses, unless that is nearly everywhere; and where it gains, if it loses more
    often than not."""
    points = shares(figure.size, scenario.seed)[list(rows)]
    losing = figure < 0.0
    found = prim.discover(points, losing) if losing.mean() <= NEARLY_ALL else []
    regions = [
        Region(name, _stands(scenario, rows, judged.box), judged.coverage, judged.density)
        for name, judged in zip((LOSES, LOSES_TOO), found, strict=False)
    ]
    if losing.mean() > 0.5:
        regions += [
            Region(GAINS, _stands(scenario, rows, judged.box), judged.coverage, judged.density)
            for judged in prim.discover(points, figure > 0.0, most_boxes=1)
        ]
    return regions


def _stands(scenario: Scenario, rows: Sequence[int], box: prim.Box) -> list[Stand]:
    def stand(column: int, side: str, share: float, chance: float) -> Stand:
        value = float(held.value_at(scenario, rows[column], share))
        return Stand(rows[column], side, value, chance)

    stands = []
    for column, (low, high) in box.limits.items():
        if low > 0.0:
            stands.append(stand(column, ABOVE, low, 1.0 - low))
        if high < 1.0:
            stands.append(stand(column, BELOW, high, high))
    return stands


@dataclass(frozen=True, slots=True)
class _WorstCase:
    """Looks for the worst case."""

    scenario: Scenario
    values: FloatArray
    """The draws, shape ``(parameters, draws)``."""

    def worst(self, rows: Sequence[int], look: Progress, work_out: Progress) -> Worst:
        """The few of ``rows`` that do most harm together."""
        ends = [(row, share) for row in rows for share in ENDS]
        rough = held.rough_value_of(self.scenario)
        harms = self._change(rough, [self._case(end) for end in ends], _LOOK, look)
        first = sorted(range(len(ends)), key=harms.__getitem__)[:_CANDIDATES]
        candidates = [ends[place] for place in first]
        figure = held.value_of(self.scenario)
        chosen: list[tuple[int, float]] = []
        changes = [0.0]
        for done in range(_MOST_HELD):
            open_ends = [end for end in candidates if end[0] not in {row for row, _ in chosen}]
            if not open_ends:
                break
            cases = [self._case(*chosen, end) for end in open_ends]
            change = self._change(figure, cases, _WORK_OUT)
            work_out(done + 1, _MOST_HELD + 1)
            place = int(np.argmin(change))
            if change[place] >= changes[-1] + _MATTERS * min(changes[-1], change[place]):
                break
            chosen.append(open_ends[place])
            changes.append(float(change[place]))
        worth = held.in_cases(figure, self.values[:, :DEFAULT_DRAWS], [self._case(*chosen)])[0]
        work_out(1, 1)
        stands = [
            Stand(
                row,
                AS_LOW if share < 0.5 else AS_HIGH,
                self._case((row, share))[row],
                min(share, 1.0 - share),
            )
            for row, share in chosen
        ]
        return Worst(stands, float(worth.mean()), float((worth < 0.0).mean()))

    def _case(self, *ends: tuple[int, float]) -> dict[int, float]:
        return {row: float(held.value_at(self.scenario, row, share)) for row, share in ends}

    def _change(
        self,
        figure: held.Figure,
        cases: Sequence[held.Case],
        draws: int,
        progress: Progress = unheard,
    ) -> FloatArray:
        """By how much each of ``cases`` changes the mean of ``figure``, currency."""
        values = self.values[:, :draws]
        worth = held.in_cases(figure, values, cases, progress)
        change: FloatArray = (worth - figure(values)).mean(axis=1)
        return change


ANALYSIS = Analysis(
    "stress",
    stress,
    Stress,
    command=Command(
        flag="stress",
        help="also tell the worst case of few assumptions, and where the plan loses (text and "
        "json)",
        lead="The worst case that a few assumptions make, and the regions in which the plan loses "
        "(PRIM).",
        nothing="Nothing is drawn: there is only one case.",
    ),
    page=Page(
        place=32,
        label="Stress test",
        lead="In the worst case the few assumptions that harm the plan most are where they lie in "
        "one of ten cases, all at once; the rest is as uncertain as ever. Below it: what the "
        "cases have in common in which the plan loses. Whatever chance alone could draw is left "
        "out.",
        nothing="Nothing is uncertain here: there is only one case.",
        key="X",
    ),
    in_pieces=True,
)
