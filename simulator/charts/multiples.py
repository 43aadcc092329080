"""Data for small multiples, which the browser draws itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.charts.axes import axis
from simulator.charts.figure import drawn
from simulator.charts.shown import Shown
from simulator.charts.time import alt_text
from simulator.i18n.language import Language
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, units

POINTS = 31
"""Of a line in a small multiple, at most."""


def multiple(outcome: str, shown: Shown, language: Language) -> dict[str, Any]:
    """One outcome for a chart of a thumb's size, that the browser draws itself.

    ``plan``, ``low``, ``high`` and ``baseline`` are lists of equal length, at most :data:`POINTS`,
    evenly spaced from now to the horizon; ``axis`` is their range, and
    ``review`` where of the months a plan in stages is reviewed, 0-1, or ``None``. ``now`` is where
    the plan ends and ``change`` how far that is from where carrying on does (in points for shares),
    as texts that add up. Nothing is escaped. Raises ``KeyError`` for an outcome that ``shown`` does
    not have.
    """
    results = shown.results
    months = np.arange(results.horizon_months + 1)
    places = np.linspace(0, months[-1], min(POINTS, len(months)))

    bounds = axis(outcome, shown)

    def line(values: FloatArray) -> list[float]:
        return drawn(np.interp(places, months, values), bounds)

    low, middle, high = results.plan[outcome]
    level, other = float(middle[-1]), float(results.baseline[outcome][1][-1])
    now = units.beside(level, other, outcome, results.currency, language)
    return {
        "id": outcome,
        "label": language.gettext(OUTCOMES[outcome].label),
        "unit": units.axis_unit(outcome, results.currency, language),
        "plan": line(middle),
        "low": line(low),
        "high": line(high),
        "baseline": line(results.baseline[outcome][1]),
        "axis": bounds,
        "review": results.stages.month / results.horizon_months if results.stages else None,
        "now": now.level,
        "change": now.change,
        "alt": alt_text(outcome, shown, language),
    }
