"""What a scenario came to then, and what it comes to now: the same, or which figures differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simulator.results import Estimate, Headline, verdict
from simulator.scenario import EstimateInput, ResultsInput
from simulator.version import MODEL_VERSION

Kind = Literal["money", "share", "month", "ratio"]

Figure = EstimateInput | float | None
"""One figure of results; ``None``, or an end that is ``None``, is never or not defined."""

FIGURES: Mapping[str, Kind] = {
    "net_present_value": "money",
    "probability_better": "share",
    "worst_case": "money",
    "payback_month": "month",
    "probability_payback": "share",
    "roi": "ratio",
    "return_on_involvement": "ratio",
    "return_on_ignoring": "money",
    "cost_of_waiting": "money",
}
"""Every figure of results and what it is: money in the scenario's currency, a share of the draws
(0-1), months from today, or a ratio of money to money."""

MOST_DRAWS = 4096
"""Results of more draws are compared with those of fewer: nobody waits so long for a comparison."""

RELATIVE_TOLERANCE = 1e-3
"""What part of the larger end of a band two figures may be apart: less than three digits show."""

_LEAST: Mapping[Kind, float] = {"money": 5e-3, "share": 1e-3, "month": 0.5, "ratio": 5e-4}
"""Differences that nobody sees, however small the figures are."""

_ROUNDING = 1e-9
"""Money is a difference of far larger sums: this part of all results' largest is rounding."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is another one now."""

    figure: str
    """Its name in :data:`FIGURES`."""
    then: Figure
    now: Figure

    @property
    def kind(self) -> Kind:
        """What the figure is."""
        return FIGURES[self.figure]


def results_of(headline: Headline, draws: int) -> ResultsInput | None:
    """``headline``, worked out by this model with so many ``draws``, as a scenario keeps it.

    ``None`` where numbers are so odd that the scenario has no value: then there is nothing to keep.
    """
    if not math.isfinite(headline.worst_case):
        return None
    figures: dict[str, Any] = {name: _kept(getattr(headline, name)) for name in FIGURES}
    return ResultsInput(model_version=MODEL_VERSION, draws=draws, **figures)


def differences(then: ResultsInput, now: ResultsInput) -> tuple[Difference, ...]:
    """The figures that are others now, in the order of :data:`FIGURES`; none if all agree.

    They agree within :data:`RELATIVE_TOLERANCE`, so another processor's last digit is no
    difference. A share on the other side of a limit of :data:`simulator.results.VERDICTS` always
    is one, as the words for it are others. That model or draws are not the same is none in itself.
    """
    rounding = _ROUNDING * _scale(
        getattr(one, name)
        for one in (then, now)
        for name, kind in FIGURES.items()
        if kind == "money"
    )
    pairs = [Difference(name, getattr(then, name), getattr(now, name)) for name in FIGURES]
    return tuple(one for one in pairs if not _agree(one, rounding))


def _kept(figure: Estimate | float) -> Figure:
    if isinstance(figure, Estimate):
        low, central, high = map(_finite, (figure.low, figure.central, figure.high))
        return EstimateInput(low=low, central=central, high=high)
    return _finite(figure)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _ends(figure: Figure) -> tuple[float | None, ...]:
    if isinstance(figure, EstimateInput):
        return figure.low, figure.central, figure.high
    return (figure,)


def _scale(figures: Iterable[Figure]) -> float:
    """The largest size among all ends of ``figures``."""
    return max((abs(end) for one in figures for end in _ends(one) if end is not None), default=0.0)


def _agree(pair: Difference, rounding: float) -> bool:
    """Whether nobody would tell then from now; ``rounding`` is that of money, currency."""
    tolerance = _LEAST[pair.kind]
    if pair.kind in {"money", "ratio"}:
        tolerance = max(tolerance, RELATIVE_TOLERANCE * _scale((pair.then, pair.now)))
    if pair.kind == "money":
        tolerance = max(tolerance, rounding)
    if pair.figure == "probability_better" and _words(pair.then) != _words(pair.now):
        return False
    return all(
        then == now or (then is not None and now is not None and abs(then - now) <= tolerance)
        for then, now in zip(_ends(pair.then), _ends(pair.now), strict=True)
    )


def _words(probability: Figure) -> str:
    return verdict(probability if isinstance(probability, float) else math.nan)
