"""Whose doing the uncertainty is: Sobol indices of all assumptions, of sectors, of grades.

By the estimators of :mod:`simulator.analyses.sobol`. Every group is looked at in few draws; whose
interval is wider than :data:`HALF_WIDTH` either way goes on in more, so that most of the work is
spent on the few that matter. Beside each stands whether it alone can turn gain into loss, as in
:mod:`simulator.analyses.tornado`. Assumptions that draw the structure, which form of the equations
holds, are one group.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator import engine
from simulator.analyses import held, sobol
from simulator.analyses.base import (
    INTERVAL,
    Analysis,
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
from simulator.analyses.judgement import LABELS as GRADED
from simulator.analyses.judgement import OWN, graded
from simulator.analyses.option import Option, most_shown
from simulator.analyses.sobol import Shares
from simulator.analyses.tornado import SIGN_TOLD, STAYS, TOO_FEW, TURNS, bars_of, word
from simulator.model.quantities import SMALLEST_COIN
from simulator.model.register import BY_ID, GRADES, REGISTER, FloatArray
from simulator.model.structures import GROUP
from simulator.results import DEFAULT_DRAWS
from simulator.scenario import Evidence, Scenario

HALF_WIDTH = 0.02
"""Of the intervals (nine times in ten), as a share of the variance: what is aimed at."""

_FIRST, _LAST = 0.25, 8.0
"""Draws in which all are looked at, and the most that any has, for each of those of the run."""
_GO_ON = 0.2
"""Groups that go on at most, for each of the draws of the run."""
_GROWTH = 4
"""How many times as many draws a group has at the next look."""
_FEWEST = 4
"""Draws below which there is no variance to share out."""
_TURNING = 256
"""Draws in which it is worked out whether an assumption turns the sign; fewer can not tell."""

_NAMED = 3
"""Assumptions that a sentence names, where there may be many."""

ASSUMPTIONS = "assumptions"
NOT_ASKED = "–"
"""What stands for groups, of which nothing is held."""


@dataclass(frozen=True, slots=True)
class Source:
    """A group of assumptions, or one."""

    shares: Shares
    draws: int
    """In each of two sets, from which they are."""
    turns: bool | None
    """Whether it alone can turn the sign of the mean; None for groups, and where so few draws leave
    it open."""


@dataclass(frozen=True, slots=True)
class Sources(Result):
    """Whose doing the variance of the value against carrying on is."""

    columns = (
        Column("source", "Assumption", "text"),
        Column(
            "total",
            "Would stay if all else were known",
            "percent",
            "Stays",
            range_label="Nine times in ten",
            ends=INTERVAL,
            is_bar=True,
        ),
        Column(
            "first_order",
            "Would go if this were known",
            "percent",
            "Goes",
            range_label="Nine times in ten",
            ends=INTERVAL,
        ),
        Column("turns", "Turns gain into loss", "text", "Turns\nsign", is_long=True),
        Column("grade", "Evidence", "text", is_long=True),
    )

    labels = (TURNS, STAYS, NOT_ASKED, TOO_FEW, *GRADED.values(), OWN)

    mean: float
    """Of the value, currency."""
    deviation: float
    """Its standard deviation over the draws, currency."""
    error: float
    """Standard error of the mean, currency: what the number of draws leaves open."""
    all_assumptions: Shares | None
    """Of all that do not draw the structure; None where the value has no variance."""
    structure: Shares | None
    sources: Mapping[str, Source]
    """By id of the assumption, name of the sector or grade; the largest total effect first."""
    evidence: Evidence
    """How well each assumption is supported in the scenario."""

    def rows(self) -> tuple[Row, ...]:
        """A source a row, from the one that does most."""
        return tuple(_row(name, source, self.evidence) for name, source in self.sources.items())

    def statements(self) -> tuple[Statement, ...]:
        """What does most, what can turn the answer, and what is structure and chance."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Statement]:
        if not self.sources or self.all_assumptions is None or self.structure is None:
            return
        first, most = next(iter(self.sources.items()))
        yield Statement(
            "The largest part of the uncertainty is the doing of “{source}”: {total} of it would "
            "stay if all else were known, and {first_order} would go if this were.",
            {
                "source": ("text", _label(first)),
                "total": ("percent", most.shares.total.central),
                "first_order": ("percent", most.shares.first_order.central),
            },
        )
        turning = [name for name, source in self.sources.items() if source.turns]
        if turning:
            first_ones = tuple(
                Statement("“{assumption}”", {"assumption": ("text", _label(name))})
                for name in turning[:_NAMED]
            )
            yield Statement(
                "Of the {shown} told here {turning} can turn gain into loss or back, each by "
                "itself; first of all {first_ones}.",
                {
                    "shown": ("count", float(len(self.sources))),
                    "turning": ("count", float(len(turning))),
                    "first_ones": ("text", first_ones),
                },
            )
            yield SIGN_TOLD
        yield Statement(
            "Of the uncertainty {assumptions} is the doing of assumptions, and {structure} of "
            "structure, of which form of the equations holds; what both do together counts twice.",
            {
                "assumptions": ("percent", self.all_assumptions.total.central),
                "structure": ("percent", self.structure.total.central),
            },
        )

    def as_dict(self) -> dict[str, Any]:
        """The ``sources``, ``assumptions`` and ``structure`` as wholes, and the ``value`` whose
        variance it is, currency."""
        sources = super(Sources, self).as_dict()
        for name, source in self.sources.items():
            sources[name] |= {"turns": source.turns, "draws": source.draws}
        whole = {ASSUMPTIONS: self.all_assumptions, GROUP: self.structure}
        value = {
            "mean": self.mean,
            "standard_deviation": self.deviation,
            "standard_error_of_mean": self.error,
        }
        together = {name: shares and _as_dict(shares) for name, shares in whole.items()}
        return {"sources": sources, **together, "value": value}


def _as_dict(shares: Shares) -> dict[str, dict[str, float]]:
    parts = {"total": shares.total, "first_order": shares.first_order}
    return {
        name: dict(zip(INTERVAL.keys, (part.low, part.central, part.high), strict=True))
        for name, part in parts.items()
    }


def _label(name: str) -> str:
    return BY_ID[name].label if name in BY_ID else GRADED.get(name, name)


def _row(name: str, source: Source, evidence: Evidence) -> Row:
    known = BY_ID.get(name)
    cells: dict[str, Cell] = {
        "source": _label(name),
        "total": source.shares.total,
        "first_order": source.shares.first_order,
        "turns": word(source.turns) if known else NOT_ASKED,
        "grade": graded(name, evidence) if known else NOT_ASKED,
    }
    return Row(name, cells, assumption=name if known else "")


Group = NDArray[np.bool_]
"""Which rows of the register are in it, shape ``(parameters,)``."""


def _groups(scenario: Scenario, by: str) -> dict[str, Group]:
    """What there is to tell, by name; and all assumptions and the structure as wholes."""
    structure = np.array([parameter.group == GROUP for parameter in REGISTER])
    drawn = held.drawn_rows(scenario)
    match by:
        case "grade":
            evidence = Evidence.of(scenario)
            grades = np.array([evidence.grade(parameter.id) for parameter in REGISTER])
            parts = {grade: (grades == grade) & ~structure for grade in GRADES}
        case "sector":
            sectors = np.array([parameter.group for parameter in REGISTER])
            names = dict.fromkeys(parameter.group for parameter in REGISTER)
            parts = {name: sectors == name for name in names if name != GROUP}
        case _:
            numbers = np.arange(len(REGISTER))
            parts = {REGISTER[row].id: numbers == row for row in drawn}
    return {**parts, GROUP: structure, ASSUMPTIONS: ~structure}


def variance(
    scenario: Scenario,
    draws: int = DEFAULT_DRAWS,
    *,
    progress: Progress = unheard,
    by: str = "assumption",
    most: int = 12,
) -> Sources:
    """Whose doing the variance of the value of ``scenario``'s plan is.

    Groups of which the intervals stay wide are worked out in up to eight times ``draws``.

    Args:
        scenario: whose plan.
        draws: a quarter of these is what all groups are looked at in.
        progress: hears of each piece.
        by: ``assumption``, ``sector`` or ``grade``.
        most: how many to tell.
    """
    evidence = Evidence.of(scenario)
    values = engine.draw(draws, scenario.seed, scenario.ranges())
    base = held.value_of(scenario)(values)
    look, turn = held.stages(progress, 9, 1)
    refined = _Refined(scenario, draws) if draws >= _FEWEST else None
    by_group = refined.shares(_groups(scenario, by), look) if refined else {}
    if refined is None or not by_group:
        turn(1, 1)
        return Sources(float(base.mean()), 0.0, 0.0, None, None, {}, evidence)
    structure, assumptions = by_group[GROUP][0], by_group.pop(ASSUMPTIONS)[0]
    largest_first = sorted(
        by_group.items(), key=lambda item: item[1][0].total.central, reverse=True
    )[:most]
    single = [name for name, _ in largest_first if name in BY_ID]
    turns = _turning(scenario, values[:, :_TURNING], base, single, turn)
    return Sources(
        float(base.mean()),
        refined.deviation,
        refined.deviation / math.sqrt(draws),
        assumptions,
        structure,
        {name: Source(*shares, turns.get(name)) for name, shares in largest_first},
        evidence,
    )


def _turning(
    scenario: Scenario,
    values: FloatArray,
    base: FloatArray,
    names: Sequence[str],
    progress: Progress,
) -> dict[str, bool | None]:
    """Whether each of these assumptions alone turns the sign of the mean; ``values`` are the first
    of the draws of ``base``. Of none where these are too few to tell."""
    place = {parameter.id: row for row, parameter in enumerate(REGISTER)}
    rows = [place[name] for name in names]
    if not rows or values.shape[1] < _TURNING:
        progress(1, 1)
        return {}
    bars = bars_of(held.value_of(scenario), scenario, rows, values, base, progress)
    return {REGISTER[bar.row].id: bar.turns for bar in bars}


class _Refined:
    """Shares of the variance, in as many draws as each group needs."""

    def __init__(self, scenario: Scenario, draws: int) -> None:
        self._figure = held.value_of(scenario)
        self._first = max(int(_FIRST * draws), 2)
        self._last = int(_LAST * draws)
        # In few draws all are wide: a first picture is not to take long.
        self._most = max(int(_GO_ON * draws), 1)
        self._sets = engine.draw_pair(self._last, scenario.seed, scenario.ranges())
        self._values: list[FloatArray] = []
        """Of the figure in both sets, piece after piece."""

    @property
    def deviation(self) -> float:
        """Standard deviation of the figure over the draws so far."""
        return float(np.concatenate(self._values).std())

    def shares(
        self, groups: Mapping[str, Group], progress: Progress
    ) -> dict[str, tuple[Shares, int]]:
        """Of each group, with the draws that it has; none where the figure never changes."""
        terms: dict[str, list[FloatArray]] = {name: [] for name in groups}
        by_group: dict[str, tuple[Shares, int]] = {}
        active, first, last = dict(groups), 0, self._first
        looks = math.ceil(math.log(self._last / self._first, _GROWTH)) + 1
        for heard in held.stages(progress, *([1] * looks)):
            looks -= 1
            base = self._both(first, last)
            if self.deviation < SMALLEST_COIN:
                break
            for name, sums in self._terms(active, base, (first, last), heard).items():
                terms[name].append(sums)
                by_group[name] = sobol.plain_shares(np.concatenate(terms[name], axis=1)), last
            wide = sorted(
                (name for name in active if _width(by_group[name][0]) > 2.0 * HALF_WIDTH),
                key=lambda name: _width(by_group[name][0]),
                reverse=True,
            )
            active = {name: groups[name] for name in wide[: self._most]}
            first, last = last, min(last * _GROWTH, self._last)
            if not active or first == last:
                break
        if looks:  # the last one would have said so itself
            progress(1, 1)
        return by_group

    def _both(self, first: int, last: int) -> tuple[FloatArray, FloatArray]:
        """The figure in both sets, from draw ``first`` up to, without, ``last``."""
        f_a, f_b = (held.in_pieces(self._figure, draws[:, first:last]) for draws in self._sets)
        self._values += f_a, f_b
        return f_a, f_b

    def _terms(
        self,
        groups: Mapping[str, Group],
        base: tuple[FloatArray, FloatArray],
        between: tuple[int, int],
        progress: Progress,
    ) -> dict[str, FloatArray]:
        """Of each group, in the draws ``between``, where the figure is ``base``."""
        a, b = (draws[:, slice(*between)] for draws in self._sets)
        number = a.shape[1]
        at_once = max(held.AT_A_TIME // (2 * number), 1)
        names, terms = list(groups), {}
        for begin in range(0, len(names), at_once):
            some = names[begin : begin + at_once]
            swapped = [groups[name][:, None] for name in some]
            mixed = [np.where(rows, *pair) for rows in swapped for pair in ((b, a), (a, b))]
            values = held.in_pieces(self._figure, np.hstack(mixed)).reshape(-1, 2, number)
            for name, (f_ab, f_ba) in zip(some, values, strict=True):
                terms[name] = sobol.terms(*base, f_ab, f_ba)
            progress(min(begin + at_once, len(names)), len(names))
        return terms


def _width(shares: Shares) -> float:
    return max(part.high - part.low for part in (shares.total, shares.first_order))


ANALYSIS = Analysis(
    "variance",
    variance,
    Sources,
    (
        Option(
            "by",
            "Told by",
            "whether to tell assumptions, sectors of the model, or grades of evidence",
            "assumption",
            choices={"assumption": "Assumption", "sector": "Sector", "grade": "Evidence"},
        ),
        most_shown(12),
    ),
    command=Command(
        flag="sobol",
        help="also tell whose doing the variance of the value is (text and json)",
        lead="Sobol indices of the value against carrying on. Stays: what would stay of the "
        "variance, on average, if all else were known. Goes: what would go if this were.",
        nothing="The value is the same in every draw: there is no variance to share out.",
    ),
    page=Page(
        place=21,
        label="Where the uncertainty comes from",
        lead="How far the value can be off, and which assumptions make it so. "
        "Since assumptions act together, what would stay adds up to more than 100 %, and what "
        "would go to less.",
        nothing="The value is the same in every case: the plan changes nothing, or nothing is "
        "drawn. There is nothing uncertain to share out.",
    ),
    in_pieces=True,
    first_draws=64,
)
