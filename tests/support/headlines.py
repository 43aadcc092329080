"""Headlines that were not simulated."""

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
