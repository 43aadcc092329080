"""Headline figures: what a scenario is worth, and how sure that is.

Every figure compares the plan with carrying on (the *baseline*) in the same draws of the
assumptions, so that what both share cancels out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.model.figures import FIGURES, Change, Headline, HeadlineDraws
from simulator.model.register import FloatArray
from simulator.results.catalogue import AT_HORIZON
from simulator.results.estimate import estimate, estimates

VERDICTS: tuple[tuple[float, str], ...] = (
    (0.90, "very likely better"),
    (0.66, "likely better"),
    (0.33, "too close to call"),
    (0.10, "likely worse"),
    (0.00, "very likely worse"),
)
"""From which probability of being better which words hold. The limits are those of the calibrated
language of the IPCC (Mastrandrea et al. 2010): 33 to 66 % is about as likely as not."""

CLOSE = 2
"""Its place of what is too close to call."""

NOTHING_CHANGED = "nothing is changed"


def verdict(probability: float) -> str:
    """A probability of being better (0-1), in words; ``nan`` means that nothing was changed."""
    return NOTHING_CHANGED if np.isnan(probability) else VERDICTS[rank(probability)][1]


def rank(probability: float) -> int:
    """The place in :data:`VERDICTS` of a probability (0-1), taken as it is read, in whole per
    cents: 66 of 100 is likely wherever it stands, and 65 is not."""
    read = round(probability, 2)
    return next(place for place, (limit, _) in enumerate(VERDICTS) if read >= limit)


def is_close(probability: float) -> bool:
    """Whether a probability (0-1) is too close to call."""
    return rank(probability) == CLOSE


def summarise(draws: HeadlineDraws) -> Headline:
    """Headline figures from those of every draw."""
    figures: dict[str, Any] = {
        figure.id: figure.over_draws(draws) if figure.over_draws else estimate(draws[figure.id])
        for figure in FIGURES.values()
    }
    return Headline(
        **figures,
        verdict=verdict(figures["probability_better"]),
        at_horizon=changes(AT_HORIZON, draws.plan_end, draws.baseline_end),
        draws=draws.net_present_value.size,
    )


_AT_A_TIME = 1_000_000
"""Values that are sorted together: more only take memory."""


def changes(names: tuple[str, ...], plan: FloatArray, baseline: FloatArray) -> Mapping[str, Change]:
    """By name; ``plan`` and ``baseline`` have shape ``(names, draws)``."""
    size = max(_AT_A_TIME // max(plan.shape[-1], 1), 1)
    return {
        name: change
        for first in range(0, len(names), size)
        for name, change in _changes(
            names[first : first + size], plan[first : first + size], baseline[first : first + size]
        ).items()
    }


def _changes(
    names: tuple[str, ...], plan: FloatArray, baseline: FloatArray
) -> Mapping[str, Change]:
    count = len(names)
    with np.errstate(invalid="ignore"):  # without a bound, less the same: there is no difference
        ranges = estimates(np.concatenate([plan, baseline, plan - baseline]))
    higher = (plan > baseline).mean(axis=1).tolist()
    return {
        name: Change(ranges[row], ranges[count + row], ranges[2 * count + row], higher[row])
        for row, name in enumerate(names)
    }
