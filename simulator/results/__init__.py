"""What scenarios come to: outcomes month by month, headline figures, and how sure they are."""

from __future__ import annotations

from simulator.results.catalogue import AT_HORIZON, OUTCOMES, Outcome
from simulator.results.estimate import QUANTILES, Estimate, band, estimate, estimates
from simulator.results.forecast import (
    CHUNK,
    DEFAULT_DRAWS,
    WAIT_MONTHS,
    Baseline,
    BaselineKey,
    Forecast,
    baseline,
    baseline_key,
    carrying_on,
    headline,
    later,
    simulate,
)
from simulator.results.headline import (
    NOTHING_CHANGED,
    TAIL,
    VERDICTS,
    Change,
    Headline,
    Values,
    summarise,
    verdict,
)

__all__ = [
    "AT_HORIZON",
    "CHUNK",
    "DEFAULT_DRAWS",
    "NOTHING_CHANGED",
    "OUTCOMES",
    "QUANTILES",
    "TAIL",
    "VERDICTS",
    "WAIT_MONTHS",
    "Baseline",
    "BaselineKey",
    "Change",
    "Estimate",
    "Forecast",
    "Headline",
    "Outcome",
    "Values",
    "band",
    "baseline",
    "baseline_key",
    "carrying_on",
    "estimate",
    "estimates",
    "headline",
    "later",
    "simulate",
    "summarise",
    "verdict",
]
