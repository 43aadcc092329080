"""What scenarios come to: outcomes month by month, headline figures, and how sure they are."""

from __future__ import annotations

from simulator.model.figure_values import TAIL
from simulator.model.figures import (
    FIGURES,
    Change,
    Estimate,
    Figure,
    Headline,
    HeadlineDraws,
)
from simulator.results.catalogue import AT_HORIZON, IN_TABLES, MULTIPLES, OUTCOMES, Outcome, Unit
from simulator.results.estimate import band, estimate, estimates
from simulator.results.forecast import (
    CHUNK,
    DEFAULT_DRAWS,
    WAIT_MONTHS,
    Baseline,
    BaselineKey,
    Forecast,
    Piece,
    baseline,
    baseline_key,
    baseline_plan,
    headline,
    later,
    net_present_values,
    piece,
    simulate,
)
from simulator.results.headline import (
    NOTHING_CHANGED,
    VERDICTS,
    is_close,
    rank,
    summarise,
    verdict,
)
from simulator.results.precision import QUANTILES
from simulator.results.years import YEARS, ChanceByYear, chance_by_year

__all__ = [
    "AT_HORIZON",
    "CHUNK",
    "DEFAULT_DRAWS",
    "FIGURES",
    "IN_TABLES",
    "MULTIPLES",
    "NOTHING_CHANGED",
    "OUTCOMES",
    "QUANTILES",
    "TAIL",
    "VERDICTS",
    "WAIT_MONTHS",
    "YEARS",
    "Baseline",
    "BaselineKey",
    "ChanceByYear",
    "Change",
    "Estimate",
    "Figure",
    "Forecast",
    "Headline",
    "HeadlineDraws",
    "Outcome",
    "Piece",
    "Unit",
    "band",
    "baseline",
    "baseline_key",
    "baseline_plan",
    "chance_by_year",
    "estimate",
    "estimates",
    "headline",
    "is_close",
    "later",
    "net_present_values",
    "piece",
    "rank",
    "simulate",
    "summarise",
    "verdict",
]
