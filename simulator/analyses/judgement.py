"""How much rests on judgement: the share of the value's variance by grade of evidence.

Grouped Sobol indices of the value against carrying on (:mod:`simulator.analyses.sobol`): a group is
all assumptions of one grade, but for those that draw the structure, which are one of their own; a
figure of the scenario's own counts as judgement (:mod:`simulator.scenario.evidence`).
What is not drawn (a known number, a figure that the organisation entered) contributes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator import engine
from simulator.analyses.base import (
    INTERVAL,
    Analysis,
    Column,
    Command,
    Page,
    Progress,
    Result,
    Row,
    Statement,
    unheard,
)
from simulator.analyses.sobol import Variance, variance_shares
from simulator.model.register import BY_ID, GRADES, REGISTER, Distribution, Parameter
from simulator.model.structures import FAMILIES, GROUP
from simulator.results import DEFAULT_DRAWS, net_present_values
from simulator.scenario import AS_REGISTERED, Evidence, Scenario
from simulator.scenario.dashboard import DRAWN_INSTEAD

WEAK = ("D", "E")
"""Grades of weak evidence and of judgement."""

OWN = "E: own figure"
"""What stands for the grade where a scenario has a figure of its own."""

LABELS: Mapping[str, str] = {
    "A": "A: meta-analyses",
    "B": "B: experiments",
    "C": "C: observational studies",
    "D": "D: surveys and statistics",
    "E": "E: judgement",
    GROUP: "Structure: which forms hold",
    **{family.form: family.label for family in FAMILIES},
    "D_E": "D and E together",
    "D_E_structure": "D, E and structure together",
}
"""The groups: each grade, the structure and its parts, and what judgement there is together."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the assumptions."""

    assumptions: int
    """How many rows of the register."""
    drawn: int
    """How many of these are drawn in this scenario."""


@dataclass(frozen=True, slots=True)
class Judgement(Result):
    """How much of the variance of the value against carrying on rests on what."""

    columns = (
        Column("group", "Evidence", "text"),
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
            "Would go if these were known",
            "percent",
            "Goes",
            range_label="Nine times in ten",
            ends=INTERVAL,
        ),
        Column("assumptions", "Assumptions", "count", "Rows"),
        Column("drawn", "Of these drawn", "count", "Drawn"),
    )

    labels = tuple(LABELS.values())

    variance: Variance
    """Of the value, currency; its shares by the keys of :data:`LABELS`."""
    groups: Mapping[str, Group]
    """By the same keys."""
    draws: int
    """In each of the two sets that the shares come from."""

    def rows(self) -> tuple[Row, ...]:
        """A group a row; none where the value has no variance."""
        return tuple(
            Row(
                name,
                {
                    "group": LABELS[name],
                    "total": shares.total,
                    "first_order": shares.first_order,
                    "assumptions": self.groups[name].assumptions,
                    "drawn": self.groups[name].drawn,
                },
            )
            for name, shares in self.variance.shares.items()
        )

    def statements(self) -> tuple[Statement, ...]:
        """What rests on D and E, and on structure."""
        if not self.variance.shares:
            return ()
        weak, both, structure = (
            self.variance.shares[name].total for name in ("D_E", "D_E_structure", GROUP)
        )
        return (
            Statement(
                "{share} of how far the value can be off rests on assumptions graded D or E: weak "
                "evidence and judgement. The true share lies between {low} and {high} nine times "
                "in ten.",
                {
                    "share": ("percent", weak.central),
                    "low": ("percent", weak.low),
                    "high": ("percent", weak.high),
                },
            ),
            Statement(
                "{structure} rests on structure, on which form of the equations holds: {number} "
                "assumptions of grade E that are counted by themselves, not in the row of E. D, E "
                "and structure together come to {both}.",
                {
                    "structure": ("percent", structure.central),
                    "number": ("count", self.groups[GROUP].assumptions),
                    "both": ("percent", both.central),
                },
            ),
        )

    def as_dict(self) -> dict[str, Any]:
        """The groups, and the ``value`` of which the variance is shared out, currency."""
        variance = self.variance
        return {
            **super(Judgement, self).as_dict(),
            "value": {
                "mean": variance.mean,
                "standard_deviation": variance.deviation,
                "standard_error_of_mean": variance.error,
                "draws": self.draws,
            },
        }


def is_drawn(parameter: Parameter, scenario: Scenario) -> bool:
    """Whether an assumption has a range in ``scenario``, and that range counts: not where the
    organisation knows better."""
    field = _KNOWN.get(parameter.id)
    if field is not None and getattr(scenario.organisation.known, field) is not None:
        return False
    span = parameter.range_in(scenario.ranges())
    return parameter.distribution is not Distribution.FIXED and span.low < span.high


_KNOWN = {assumption: field for field, assumption in DRAWN_INSTEAD.items()}


def graded(assumption: str, evidence: Evidence) -> str:
    """How well an assumption is supported, in a table; a message to be translated."""
    return OWN if assumption in evidence.own else LABELS[BY_ID[assumption].grade]


def members(evidence: Evidence = AS_REGISTERED) -> dict[str, NDArray[np.bool_]]:
    """Which rows of the register are in each group of :data:`LABELS`, shape ``(parameters,)``."""
    structure = np.array([row.group == GROUP for row in REGISTER])
    grades = np.array([evidence.grade(row.id) for row in REGISTER])
    weak = np.isin(grades, WEAK) & ~structure
    families = {
        family.form: np.array([row.id == family.form for row in REGISTER]) for family in FAMILIES
    }
    return {
        **{grade: (grades == grade) & ~structure for grade in GRADES},
        GROUP: structure,
        **families,
        "D_E": weak,
        "D_E_structure": weak | structure,
    }


def judgement(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard
) -> Judgement:
    """How much of the variance of the value rests on which grade of evidence, from two sets of
    ``draws`` draws; with one draw there is no variance."""
    rows = members(Evidence.of(scenario))
    drawn = np.array([is_drawn(parameter, scenario) for parameter in REGISTER])
    groups = {
        name: Group(int(mask.sum()), int((mask & drawn).sum())) for name, mask in rows.items()
    }
    if draws == 1:
        values = engine.draw(1, scenario.seed, scenario.ranges())
        (value,) = net_present_values(scenario, values).tolist()
        progress(1, 1)
        return Judgement(Variance(value, 0.0, 0.0, {}), groups, draws)
    variance = variance_shares(
        lambda values: net_present_values(scenario, values),
        engine.draw_pair(draws, scenario.seed, scenario.ranges()),
        rows,
        scenario.seed,
        progress,
    )
    return Judgement(variance, groups, draws)


ANALYSIS = Analysis(
    "judgement",
    judgement,
    Judgement,
    command=Command(
        flag="judgement",
        help="also tell how much of the variance of the value rests on which grade of evidence "
        "(text and json)",
        lead="Variance of the value against carrying on, by grade of the assumptions. Stays: what "
        "would stay, on average, if all else were known. Goes: what would go if these were.",
        nothing="The value is the same in every draw: there is no variance to share out.",
    ),
    page=Page(
        label="How much rests on judgement",
        lead="How far the value against carrying on can be off, shared out over grades of "
        "evidence. Since assumptions act together, what would stay adds up to more than 100 %, and "
        "what would go to less. What is known contributes nothing.",
        nothing="The value is the same in every case: the plan changes nothing, or nothing is "
        "drawn. There is nothing uncertain to share out.",
        room="assumptions",
    ),
)
