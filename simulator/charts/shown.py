"""What a chart over time shows: a forecast, and what is drawn beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.model.register import FloatArray
from simulator.results.summary import Summary


@dataclass(frozen=True, slots=True)
class Pin:
    """A plan that was kept, drawn over the present one; of the same currency and horizon."""

    name: str
    """Text of the user."""
    results: Summary
    slot: int
    """Its letter, colour and dash, 0-3: a pin keeps them when another one goes."""

    @property
    def letter(self) -> str:
        """What it is called wherever it is shown."""
        return "ABCD"[self.slot]

    @property
    def called(self) -> str:
        """Its letter and its name; text of the user."""
        return f"{self.letter} {self.name}"


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a chart may show of an outcome."""

    results: Summary
    pins: tuple[Pin, ...] = ()
    old_baseline: Mapping[str, FloatArray] = field(default_factory=dict)
    """Carrying on before assumptions changed: medians by outcome, shape ``(months + 1,)``; empty
    when they did not change."""
    is_moving: bool = False
    """Whether this is one picture of many, and the next one comes at once: no texts are needed for
    who points at it."""
    within: tuple[float, float] | None = None
    """The vertical axis that a chart over time keeps while a lever moves, as long as all fits."""

    def pins_of(self, outcome: str) -> list[tuple[Pin, FloatArray]]:
        """The pinned plans that have this outcome, each with its medians."""
        return [
            (pin, pin.results.plan[outcome][1]) for pin in self.pins if outcome in pin.results.plan
        ]

    def branches_of(self, outcome: str) -> list[tuple[str, FloatArray]]:
        """How a plan in stages can go on after its review: what is done, and the medians of this
        outcome, from today on. None of a plan that is not in stages."""
        stages = self.results.stages
        return (
            []
            if stages is None
            else [(name, medians[outcome]) for name, medians in stages.branches.items()]
        )

    def old_median(self, outcome: str) -> FloatArray | None:
        """The old baseline, if it is another one than the present."""
        old = self.old_baseline.get(outcome)
        same = old is None or np.array_equal(old, self.results.baseline[outcome][1])
        return None if same else old

    def medians(self, outcome: str) -> FloatArray:
        """Every number of the lines that the chart draws."""
        old = self.old_median(outcome)
        return np.concatenate(
            [
                self.results.plan[outcome][1],
                self.results.baseline[outcome][1],
                *(medians for _, medians in self.pins_of(outcome)),
                *(medians for _, medians in self.branches_of(outcome)),
                *(() if old is None else (old,)),
            ]
        )

    def values(self, outcome: str) -> FloatArray:
        """Every number that the chart draws."""
        old = self.old_median(outcome)
        return np.concatenate(
            [
                self.results.plan[outcome].ravel(),
                self.results.baseline[outcome].ravel(),
                *(medians for _, medians in self.pins_of(outcome)),
                *(medians for _, medians in self.branches_of(outcome)),
                *(() if old is None else (old,)),
            ]
        )
