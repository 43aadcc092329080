"""Data for small multiples, which the browser draws itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.charts.axes import axis, compact
from simulator.charts.figure import rounded
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
    evenly spaced from now to the horizon; ``axis`` is their range. ``now`` is where the plan ends
    and ``change`` how far that is from carrying on in the same draws (the median of the
    differences, in points for shares), as texts. Nothing is escaped. Raises ``KeyError`` for an
    outcome that ``shown`` does not have.
    """
    results = shown.results
    months = np.arange(results.horizon_months + 1)
    places = np.linspace(0, months[-1], min(POINTS, len(months)))

    def line(values: FloatArray) -> list[float]:
        return rounded(np.interp(places, months, values))

    low, middle, high = results.plan[outcome]
    change = results.final_change[outcome].difference.central
    return {
        "id": outcome,
        "label": language.gettext(OUTCOMES[outcome].label),
        "unit": units.axis_unit(outcome, results.currency, language),
        "plan": line(middle),
        "low": line(low),
        "high": line(high),
        "baseline": line(results.baseline[outcome][1]),
        "axis": axis(outcome, shown),
        "now": compact(float(middle[-1]), outcome, results.currency, language),
        "change": _change(change, outcome, results.currency, language),
        "alt": alt_text(outcome, shown, language),
    }


def _change(change: float, outcome: str, currency: str, language: Language) -> str:
    if OUTCOMES[outcome].unit.kind == "share":
        points = language.number(100 * change, decimals=1, sign=True)
        return language.gettext("{points} pp", points=points)
    return compact(change, outcome, currency, language, sign=True)
