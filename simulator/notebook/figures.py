"""Results as Plotly figures, drawn by the very code that draws the page's charts."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from simulator import charts
from simulator.analyses.comparison import Comparison
from simulator.charts.palette import PALETTES, Palette
from simulator.i18n.language import language_of
from simulator.results import ChanceByYear, Forecast, chance_by_year
from simulator.results.summary import summary

HEIGHT = 28
"""Of a figure, in font sizes."""
_TITLE = 2.2
"""Room above a chart for its title, which the page has outside of it, in font sizes."""
_OTHER_FONTS = 1.2
"""How much wider texts may be where there is no Inter, which the page brings along."""


def forecast_figure(
    forecast: Forecast, chart: str, *, language: str, theme: str, font: int
) -> go.Figure:
    """See :meth:`simulator.results.Forecast.figure`."""
    kind, palette = _named(chart), _palette(theme)
    results = summary(forecast, kind.outcomes)
    if kind.beyond_horizon:
        years = chance_by_year(forecast.scenario, forecast.draws)
        results = replace(results, years=years)
    shown = charts.Shown(results)
    drawn = kind.build(forecast.scenario, shown, language_of(language), palette, font)
    return _plotly(drawn, font)


def chance_figure(years: ChanceByYear, *, language: str, theme: str, font: int) -> go.Figure:
    """See :meth:`simulator.results.ChanceByYear.figure`."""
    drawn = charts.chances(years, language_of(language), _palette(theme), font)
    return _plotly(drawn, font)


def comparison_figure(
    comparison: Comparison,
    outcome: str,
    *,
    banded: int | None,
    language: str,
    theme: str,
    font: int,
) -> go.Figure:
    """See :meth:`simulator.analyses.comparison.Comparison.figure`."""
    if not _named(outcome).comparable:
        allowed = ", ".join(name for name, kind in charts.CHARTS.items() if kind.comparable)
        raise ValueError(f"outcome: found {outcome!r}, allowed: {allowed}")
    drawn = charts.compared(
        comparison,
        outcome,
        [scenario.name for scenario in comparison.scenarios],
        banded,
        language_of(language),
        _palette(theme),
        font,
    )
    if len(drawn) != 1:
        raise ValueError(
            f"outcome: found {outcome!r} in {len(drawn)} currencies, "
            "allowed: money in one, whose scenarios have a value"
        )
    return _plotly(drawn[0], font)


def _named(chart: str) -> charts.Chart:
    if chart not in charts.CHARTS:
        raise KeyError(chart)
    return charts.CHARTS[chart]


def _palette(theme: str) -> Palette:
    if theme not in PALETTES:
        raise ValueError(f"theme: found {theme!r}, allowed: {', '.join(PALETTES)}")
    return PALETTES[theme]


def _plotly(drawn: charts.Figure, font: int) -> go.Figure:
    """As the page has it; with its title, a height, and the description that the page gives to
    those who do not see it."""
    layout: dict[str, Any] = {**drawn.layout}
    margin = layout["margin"]
    layout["margin"] = {
        **margin,
        "t": margin["t"] + round(_TITLE * font),
        **{side: round(_OTHER_FONTS * margin[side]) for side in ("l", "r")},
    }
    layout["title"] = {
        "text": html.escape(drawn.title, quote=False),
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"t": round(0.5 * font), "l": round(0.5 * font)},
    }
    layout["height"] = max(HEIGHT * font, charts.least_height(font) + round(_TITLE * font))
    layout["meta"] = {"alt": drawn.alt, "unit": drawn.unit}
    return go.Figure(data=drawn.data, layout=layout)
