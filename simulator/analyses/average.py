"""The average of a value over its draws: on which side of a goal it lies, as far as these tell.

Another set of as many draws would move an average by about its standard error; what is said of it
ends with the digit that this supports (:mod:`simulator.results.precision`), and it is on one side
of a goal only where it is further from it than chance takes it nine times in ten. Beside it stands
the middle of all cases where that lies on the other side: it is what the headline tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.analyses.base import Kind, Measured, StatedValue, Statement
from simulator.model.register import FloatArray
from simulator.results import precision


@dataclass(frozen=True, slots=True)
class Average:
    """Of a value against carrying on, over the draws; currency."""

    mean: float
    error: float
    """Standard error of the mean; 0 of one draw."""
    low: float
    """P10 of the draws."""
    middle: float
    """P50 of them."""
    high: float
    """P90 of them."""
    draws: int
    read: Measured | None = None
    """As it is read where it stands in a table as well; none where its own error says how."""

    @classmethod
    def of(cls, values: FloatArray) -> Average:
        """That of ``values``, shape ``(draws,)``."""
        mean = Measured.mean(values)
        low, middle, high = np.quantile(values, precision.QUANTILES).tolist()
        return cls(float(mean), mean.error, low, middle, high, values.size)

    def reaches(self, goal: float = 0.0) -> bool | None:
        """Whether it comes to ``goal``; ``None`` where its draws cannot tell."""
        excess = self.mean - goal
        if abs(excess) < precision.NINE_OF_TEN * self.error:
            return None
        return excess >= 0.0

    def stated(self) -> dict[str, tuple[Kind, StatedValue]]:
        """``mean`` and ``error`` as they can be told, to stand in a sentence."""
        mean = Measured(self.mean, self.error)
        return {"mean": ("money", mean.shown), "error": ("money", mean.give_or_take)}

    def beside_headline(self, middle: float | None = None) -> Statement:
        """Why amounts that are averages are not the headline, and what that is: the ``middle`` of
        all cases, currency, of these draws unless somebody says of which."""
        mean = self.read or Measured(self.mean, self.error)
        spread = precision.of_quantiles(self.low, self.middle, self.high, self.draws)
        shown = Measured(self.middle, spread).shown if middle is None else middle
        values: dict[str, tuple[Kind, StatedValue]] = {
            "mean": ("money", mean),
            "draws": ("count", float(self.draws)),
            "middle": ("money", shown),
        }
        if mean.within:
            return Statement(
                "Amounts here are averages, since only these can be shared out: over {draws} cases "
                "the plan comes to {mean}, which cannot be told from nothing. The headline is the "
                "middle of all cases, {middle}.",
                values,
            )
        if self.mean >= self.middle:
            return Statement(
                "Amounts here are averages, since only these can be shared out: over {draws} cases "
                "the plan comes to {mean}, as the best ones lift that. The headline is the middle "
                "of all cases, {middle}.",
                values,
            )
        return Statement(
            "Amounts here are averages, since only these can be shared out: over {draws} cases the "
            "plan comes to {mean}, as the worst ones pull that down. The headline is the middle of "
            "all cases, {middle}.",
            values,
        )

    def middle_apart(self, goal: float = 0.0) -> tuple[Statement, ...]:
        """That the middle of all cases is on the other side of ``goal``, where it is."""
        if (self.mean >= goal) == (self.middle >= goal):
            return ()
        spread = precision.of_quantiles(self.low, self.middle, self.high, self.draws)
        values: dict[str, tuple[Kind, StatedValue]] = {
            "middle": ("money", Measured(self.middle, spread).shown),
            "goal": ("money", goal),
        }
        if self.middle < goal:
            return (
                Statement(
                    "The middle of all cases is {middle}, below {goal}: fewer than half of them "
                    "come to as much. The best cases lift the average.",
                    values,
                ),
            )
        return (
            Statement(
                "The middle of all cases is {middle}, not below {goal}: half of them come to as "
                "much. The worst cases pull the average down.",
                values,
            ),
        )
