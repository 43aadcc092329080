"""Saved results: what a scenario came to when it was saved, and the drift since then."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.model.figures import FIGURES, Estimate, Figure, Headline, Kind
from simulator.results import precision
from simulator.results.headline import verdict
from simulator.scenario import EstimateInput, ResultsInput, SavedFigure
from simulator.version import MODEL_VERSION

MOST_DRAWS = 4096
"""Results of more draws are compared with those of fewer: nobody waits so long for a comparison."""

RELATIVE_TOLERANCE = 1e-3
"""What part of the larger end of a band two figures may be apart: less than three digits show."""

_LEAST: Mapping[Kind, float] = {"money": 5e-3, "share": 1e-3, "month": 0.5, "ratio": 5e-4}
"""Differences that nobody sees, however small the figures are."""

EDITION = (
    "This is another edition of the model: what an organisation knows of its service is used and "
    "no longer drawn, published effects are cut once instead of twice, and cut budgets answer for "
    "what they return. What was said then about assumptions that it does not have is left out; "
    "docs/MODEL.md has each change with its reason."
)
"""Why figures of the first edition of the model differ from those of the second."""

_ROUNDING = 1e-9
"""Money is a difference of far larger sums: this part of all results' largest is rounding."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One figure that comes to something else now."""

    figure: str
    """Its id in :data:`simulator.results.FIGURES`."""
    then: SavedFigure
    now: SavedFigure

    @property
    def row(self) -> Figure:
        """What the figure is."""
        return FIGURES[self.figure]


def edition_changed(then: ResultsInput, now: ResultsInput) -> bool:
    """Whether both come from different editions of the model: its version's first number."""
    first, second = (results.model_version.partition(".")[0] for results in (then, now))
    return first != second


def saved_results(headline: Headline, draws: int) -> ResultsInput | None:
    """``headline``, worked out by this model with so many ``draws``, as a scenario keeps it.

    ``None`` where numbers are so odd that the scenario has no value: then there is nothing to keep.
    """
    figures = {name: _saved(headline[name]) for name in FIGURES}
    totals = [
        figure.id for figure in FIGURES.values() if figure.kind == "money" and figure.over_draws
    ]
    if any(figures[name] is None for name in totals):
        return None
    return ResultsInput.model_validate({"model_version": MODEL_VERSION, "draws": draws, **figures})


def headline_of(results: ResultsInput, horizon: int) -> Headline:
    """The headline that ``results`` were taken from, but for what they do not keep: outcomes at the
    horizon (in months), and whether a figure of one case is never or not defined."""
    # Kept as one: months that never come, and months there are none of.
    never = math.nan if results["probability_payback"] is None else math.inf
    figures: dict[str, Any] = {
        figure.id: _figure(results[figure.id], figure, never, horizon, results.draws)
        for figure in FIGURES.values()
    }
    return Headline(
        **figures,
        verdict=verdict(figures["probability_better"]),
        at_horizon={},
        draws=results.draws,
    )


def drift(then: ResultsInput, now: ResultsInput) -> tuple[Drift, ...]:
    """The figures that come to something else now, in the order of the headline; none if all agree.

    They agree within :data:`RELATIVE_TOLERANCE`, so another processor's last digit is no
    difference. A share on the other side of a limit of :data:`simulator.results.VERDICTS` always
    is one, as the words for it are others. That model or draws are not the same is none in itself,
    nor is a figure that one of both does not know.
    """
    known = [name for name in FIGURES if name in then.model_fields_set & now.model_fields_set]
    rounding = _ROUNDING * _scale(
        results[name] for results in (then, now) for name in known if FIGURES[name].kind == "money"
    )
    pairs = [Drift(name, then[name], now[name]) for name in known]
    return tuple(pair for pair in pairs if not _agree(pair, rounding))


def _saved(figure: Estimate | float) -> SavedFigure:
    if isinstance(figure, Estimate):
        low, central, high = map(_finite, (figure.low, figure.central, figure.high))
        return EstimateInput(low=low, central=central, high=high)
    return _finite(figure)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _figure(
    saved: SavedFigure, figure: Figure, never: float, horizon: int, draws: int
) -> Estimate | float:
    """A figure as it was; ``never`` is what months are that results do not know."""
    unknown = never if figure.kind == "month" else math.nan
    ends = [unknown if end is None else end for end in _ends(saved)]
    if figure.kind == "month":
        # Only a link made by hand says such.
        ends = [math.inf if end > horizon else end for end in ends]
    if figure.over_draws:
        return ends[0]
    low, central, high = ends if len(ends) == 3 else 3 * ends
    return Estimate(low, central, high, precision.of_quantiles(low, central, high, draws))


def _ends(figure: SavedFigure) -> tuple[float | None, ...]:
    if isinstance(figure, EstimateInput):
        return figure.low, figure.central, figure.high
    return (figure,)


def _scale(figures: Iterable[SavedFigure]) -> float:
    """The largest size among all ends of ``figures``."""
    return max(
        (abs(end) for figure in figures for end in _ends(figure) if end is not None), default=0.0
    )


def _agree(pair: Drift, rounding: float) -> bool:
    """Whether nobody would tell then from now; ``rounding`` is that of money, currency."""
    kind = pair.row.kind
    tolerance = _LEAST[kind]
    if kind in {"money", "ratio"}:
        tolerance = max(tolerance, RELATIVE_TOLERANCE * _scale((pair.then, pair.now)))
    if kind == "money":
        tolerance = max(tolerance, rounding)
    if pair.figure == "probability_better" and _words(pair.then) != _words(pair.now):
        return False
    return all(
        then == now or (then is not None and now is not None and abs(then - now) <= tolerance)
        for then, now in zip(_ends(pair.then), _ends(pair.now), strict=True)
    )


def _words(probability: SavedFigure) -> str:
    return verdict(probability if isinstance(probability, float) else math.nan)
