"""Results to Plotly figures: pure functions, without Streamlit.

Every panel speaks the same language: the plan is a solid line in the accent colour with its band,
carrying on is dashed and grey. Axes move in coarse steps only, so that two plans can be compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from simulator.outcomes import OUTCOMES
from simulator.parameters import FloatArray
from ui import words
from ui.results import Results

HEIGHT = 360
"""Pixels; the same for all charts, so that they line up."""


@dataclass(frozen=True, slots=True)
class View:
    """One chart: its name and the outcomes it shows, a panel each."""

    name: str
    outcomes: tuple[str, ...]


VIEWS: tuple[View, ...] = (
    View("Value", ("cumulative_value",)),
    View("Customers", ("customers",)),
    View(
        "Connectedness",
        ("connected_customers", "connected_employees", "connected_partners", "public_goodwill"),
    ),
    View(
        "Service",
        ("service_quality", "contacts_matched", "contacts_redirected", "contacts_unserved"),
    ),
    View("Insight and capability", ("insight", "capability")),
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a chart; blue and grey differ in lightness too, for colour-blind eyes."""

    plan: str
    band: str
    baseline: str
    baseline_band: str
    text: str
    grid: str
    paper: str


LIGHT = Palette(
    plan="#0057b8",
    band="rgba(0, 87, 184, 0.18)",
    baseline="#595f69",
    baseline_band="rgba(89, 95, 105, 0.14)",
    text="#16191d",
    grid="#d9dde3",
    paper="#ffffff",
)
DARK = Palette(
    plan="#5cb3ff",
    band="rgba(92, 179, 255, 0.25)",
    baseline="#b4bac4",
    baseline_band="rgba(180, 186, 196, 0.16)",
    text="#f2f4f7",
    grid="#3b424d",
    paper="#14181f",
)


def figure(view: View, results: Results, palette: Palette = LIGHT) -> go.Figure:
    """A chart of one view: the plan and carrying on, each with its P10-P90 band."""
    columns = min(len(view.outcomes), 2)
    rows = math.ceil(len(view.outcomes) / columns)
    data: list[dict[str, Any]] = []
    layout = _layout(palette)
    # Put together as plain dictionaries: Plotly's own subplots and updates take ten times as long,
    # on every move of a lever.
    for index, name in enumerate(view.outcomes):
        row, column = divmod(index, columns)
        number = str(index + 1) if index else ""
        across = _span(column, columns, 0.17)
        up = _span(rows - 1 - row, rows, 0.3)
        common = {
            "gridcolor": palette.grid,
            "zerolinecolor": palette.baseline,
            "fixedrange": True,
            "automargin": True,
        }
        layout[f"xaxis{number}"] = {
            **common,
            "domain": across,
            "anchor": f"y{number}",
            "range": [0, results.horizon_months],
            "dtick": 24 if columns > 1 or results.horizon_months > 72 else 12,
            "zeroline": False,
            "title": {
                "text": "months from now" if row == rows - 1 else "",
                "font": {"size": 14},
                "standoff": 6,
            },
        }
        layout[f"yaxis{number}"] = {
            **common,
            "domain": up,
            "anchor": f"x{number}",
            "range": axis(name, results),
            "tickformat": ".0%" if OUTCOMES[name].unit.startswith("share") else "",
            "nticks": 7 if rows == 1 else 4,
            "exponentformat": "B",
            # Where all is zero, any scale would be made up.
            **({} if _shown(name, results).any() else {"tickvals": [0.0]}),
        }
        layout["annotations"].append(
            {
                "text": _title(name, results.currency),
                "x": sum(across) / 2,
                "y": up[1],
                "yshift": 4,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "center",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 14, "color": palette.text},
            }
        )
        for trace in _traces(name, results, palette):
            data.append({**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"})
    return go.Figure({"data": data, "layout": layout})


def _span(place: int, places: int, gap: float) -> list[float]:
    """The part of a chart, 0-1, that a panel takes up in one direction."""
    size = (1 - gap * (places - 1)) / places
    start = place * (size + gap)
    return [start, min(start + size, 1.0)]


def _layout(palette: Palette) -> dict[str, Any]:
    return {
        "template": "none",
        "height": HEIGHT,
        "showlegend": False,
        "hovermode": "x",
        "hoverdistance": -1,
        "dragmode": False,
        "font": {"family": "system-ui, sans-serif", "size": 14, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 16, "t": 52, "b": 8},
        "hoverlabel": {
            "bgcolor": palette.paper,
            "bordercolor": palette.baseline,
            "font": {"size": 16, "color": palette.text},
        },
        "annotations": [],
    }


def _title(outcome: str, currency: str) -> str:
    """The outcome over its unit: level, so that it can be read from afar."""
    name, _, detail = OUTCOMES[outcome].label.partition(", ")
    unit = ", ".join(part for part in (words.unit(outcome, currency), detail) if part)
    return f'<b>{name}</b><br><span style="font-size:13px">{unit}</span>'


def _traces(outcome: str, results: Results, palette: Palette) -> list[dict[str, Any]]:
    low, middle, high = results.plan[outcome]
    least, carrying_on, most = results.baseline[outcome]
    months = list(range(len(middle)))

    def text(value: float) -> str:
        return words.amount(float(value), outcome, results.currency)

    hover = [
        [text(middle[month]), words.between(text(low[month]), text(high[month])), text(base)]
        for month, base in enumerate(carrying_on)
    ]
    line = {"type": "scatter", "mode": "lines", "x": months, "hoverinfo": "skip"}

    def band(name: str, bottom: FloatArray, top: FloatArray, colour: str) -> list[dict[str, Any]]:
        edge = {**line, "line": {"width": 0}}
        return [
            {**edge, "name": f"{name}, P10", "y": bottom},
            {**edge, "name": f"{name}, P90", "y": top, "fill": "tonexty", "fillcolor": colour},
        ]

    return [
        *band("carrying on", least, most, palette.baseline_band),
        *band("plan", low, high, palette.band),
        {
            **line,
            "name": "carrying on",
            "y": carrying_on,
            "line": {"color": palette.baseline, "width": 2.5, "dash": "dash"},
        },
        {
            **line,
            "name": "plan",
            "y": middle,
            "line": {"color": palette.plan, "width": 3.5},
            "hoverinfo": "all",
            "customdata": hover,
            "hovertemplate": "month %{x}<br><b>plan %{customdata[0]}</b><br>8 of 10 draws: "
            "%{customdata[1]}<br>carrying on: %{customdata[2]}<extra></extra>",
        },
    ]


def _shown(outcome: str, results: Results) -> FloatArray:
    """All that a panel draws."""
    return np.concatenate([results.plan[outcome], results.baseline[outcome]])


def axis(outcome: str, results: Results) -> list[float]:
    """Range of an axis: from zero, or around what it is compared with, in coarse steps."""
    shown = _shown(outcome, results)
    least, most = float(shown.min()), float(shown.max())
    if outcome == "cumulative_value":
        reach = coarse(max(-least, most, 1000.0))
        return [-reach, reach]
    if outcome == "customers":
        start = float(results.baseline[outcome][1, 0])
        reach = start * coarse(max(start - least, most - start, 0.05 * start) / start)
        return [start - reach, start + reach]
    if OUTCOMES[outcome].unit == "share":
        return [0.0, min(coarse(max(most, 0.05)), 1.0)]
    return [0.0, coarse(max(most, 1.0))]


def coarse(value: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below ``value`` (above 0)."""
    power: float = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-12))
