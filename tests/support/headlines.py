"""Headlines that were not simulated, and those that are the same."""

from __future__ import annotations

from typing import Any

from simulator.model.figures import FIGURES, Estimate, Headline
from simulator.results import verdict


def made_up(**figures: Estimate | float) -> Headline:
    """A headline with these figures; those that are not given are zero, and of the last month
    nothing is told."""
    zero = Estimate(0.0, 0.0, 0.0)
    values: dict[str, Any] = {
        **{figure.id: zero if figure.in_draws else 0.0 for figure in FIGURES.values()},
        **figures,
    }
    return Headline(
        **values, verdict=verdict(values["probability_better"]), at_horizon={}, draws=1024
    )


def same_digits(first: object, second: object) -> bool:
    """Equal to the last bit, ``nan`` equal to itself: written out, every digit shows."""
    return repr(first) == repr(second)
