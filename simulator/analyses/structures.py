"""The plan under each structure: the chance of being better if one form of the equations held.

In the same draws as everything else, with the form forced in all of them; beside their mixture by
the weights that the assumptions give them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator import engine
from simulator.analyses.base import (
    VALUE,
    Analysis,
    Column,
    Command,
    Page,
    Progress,
    Result,
    Row,
    unheard,
)
from simulator.model.structures import STRUCTURES, forced, weights
from simulator.results import DEFAULT_DRAWS, Estimate, estimate, net_present_values
from simulator.scenario import Scenario

MIXTURE = "mixture"
"""The row of all structures by their weights."""

LABELS: Mapping[str, str] = {
    MIXTURE: "All of them, by their weights",
    **{name: structure.label for name, structure in STRUCTURES.items()},
}


@dataclass(frozen=True, slots=True)
class UnderStructure:
    """What the plan comes to if one structure holds."""

    weight: float
    """Share of the draws of the mixture that have it, 0-1."""
    better: float
    """Share of draws in which the plan beats carrying on, 0-1."""
    value: Estimate
    """The value against carrying on, currency."""


@dataclass(frozen=True, slots=True)
class Structures(Result):
    """What the plan comes to under each structure, and under their mixture."""

    columns = (
        Column("structure", "If this holds", "text", "Structure, {currency}"),
        Column("weight", "Weight", "percent", is_bar=True),
        Column("probability_better", "Better in", "chance", "Better\nin"),
        VALUE,
    )

    labels = tuple(LABELS.values())

    mixture: UnderStructure
    structures: Mapping[str, UnderStructure]
    """By id, in the order of :data:`simulator.model.structures.STRUCTURES`."""

    def rows(self) -> tuple[Row, ...]:
        """The mixture, then a structure a row; none where the plan changes nothing."""
        if self.mixture.value == Estimate(0.0, 0.0, 0.0):
            return ()
        return tuple(
            Row(
                name,
                {
                    "structure": LABELS[name],
                    "weight": structure.weight,
                    "probability_better": structure.better,
                    "net_present_value": structure.value,
                },
                assumption=(STRUCTURES[name].weight or "") if name in STRUCTURES else "",
            )
            for name, structure in {MIXTURE: self.mixture, **self.structures}.items()
        )


def structures(
    scenario: Scenario, draws: int = DEFAULT_DRAWS, *, progress: Progress = unheard
) -> Structures:
    """What the plan of ``scenario`` comes to under each structure, in the same draws."""
    ranges = scenario.ranges()
    shares = weights(ranges)

    def under(name: str, done: int) -> UnderStructure:
        held = ranges if name == MIXTURE else forced(ranges, name)
        values = net_present_values(scenario, engine.draw(draws, scenario.seed, held))
        progress(done, 1 + len(STRUCTURES))
        better = float((values > 0.0).mean())
        return UnderStructure(shares.get(name, 1.0), better, estimate(values))

    mixture = under(MIXTURE, 1)
    return Structures(mixture, {name: under(name, 2 + n) for n, name in enumerate(STRUCTURES)})


ANALYSIS = Analysis(
    "structures",
    structures,
    Structures,
    command=Command(
        flag="structures",
        help="also tell the chance of being better under each structure of the equations (text and "
        "json)",
        lead="If one form of the equations held in every draw; the first row mixes them by their "
        "weights.",
        nothing="The plan changes nothing, whichever structure holds.",
    ),
    page=Page(
        label="Which form of the equations holds",
        lead="Nobody knows how a community grows, or whether customers who leave take others "
        "along. So each case draws one form by its weight; the weights are assumptions, and the "
        "first form of each has what they leave. Here one form holds in all cases, the rest as "
        "ever.",
        nothing="The plan changes nothing, whichever form holds.",
        room="assumptions",
    ),
)
