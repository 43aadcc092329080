"""The layout of charts over time, which stays the same from move to move."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from simulator.charts.apart import ROW_HEIGHT, ROWS
from simulator.charts.axes import scaled_unit, tick_scale, tick_texts, ticks
from simulator.charts.figure import base_layout
from simulator.charts.labels import Label, text_width
from simulator.charts.palette import Palette
from simulator.charts.stages import Review, marks
from simulator.i18n.language import Language
from simulator.model.register import FloatArray
from simulator.results import units

TOP, BOTTOM = 1.8, 3.0
"""Margins for the unit, and for ticks and their title, in font sizes."""
CAPTION_ROOM = 17.5
"""Width of the unit's text from which on it takes two lines, in font sizes."""


class TimeChart(NamedTuple):
    """What a chart over time is about."""

    values: FloatArray
    """Every number that it draws."""
    months: int
    currency: str
    reviews: tuple[Review, ...] = ()


def time_layout(
    outcome: str,
    drawn: TimeChart,
    bounds: list[float],
    labels: Sequence[Label],
    language: Language,
    palette: Palette,
    font: int,
) -> dict[str, Any]:
    """Margins as wide as texts and labels can become, and axes of these ``bounds``."""
    low, high = bounds
    # Where all is zero, any scale would be made up.
    values = ticks(low, high) if drawn.values.any() else [0.0]
    scale = tick_scale(values, outcome, language)
    texts = tick_texts(values, scale, outcome, language)
    left = round(font * (max(map(text_width, texts)) + 0.48))
    right = round(font * (max(label.room for label in labels) + 0.4))
    unit = units.axis_unit(outcome, drawn.currency, language)
    lines = _caption_lines(scaled_unit(unit, scale, language))
    common = _axis_style(outcome, palette, font)
    reviews = marks(drawn.reviews, drawn.months, palette, font)
    return {
        **base_layout(outcome, language, palette, font),
        "margin": {
            "l": left,
            "r": right,
            "t": round(font * (TOP + ROW_HEIGHT * (len(lines) - 1))),
            "b": round(font * BOTTOM),
        },
        "hovermode": "x unified",
        "dragmode": "zoom",
        "xaxis": {
            **common,
            **_month_axis(drawn.months, language, palette, font),
            "range": [0, drawn.months],
            "showgrid": False,
            "showline": not low < 0.0 < high,
            "zeroline": False,
            "showspikes": False,
            "unifiedhovertitle": {
                "text": html.escape(language.gettext("month {month}", month="%{x}"), quote=False)
            },
        },
        "yaxis": {
            **common,
            "range": bounds,
            "tickvals": values,
            "ticktext": texts,
            "zeroline": low < 0.0 < high,
            "showline": False,
        },
        **_where_narrow(labels, font),
        **({"shapes": reviews["shapes"]} if drawn.reviews else {}),
        "annotations": [unit_caption(lines, left, palette, font), *reviews["annotations"]],
    }


def _where_narrow(labels: Sequence[Label], font: int) -> dict[str, Any]:
    """The right margin of a narrow chart, where an amount at a line's end is said elsewhere."""
    if not any(label.name_room for label in labels):
        return {}
    room = max(label.name_room or label.room for label in labels)
    return {"meta": {"narrow_right": round(font * (room + 0.4))}}


def _axis_style(outcome: str, palette: Palette, font: int) -> dict[str, Any]:
    """What both axes have in common."""
    return {
        "gridcolor": palette.grid,
        "linecolor": palette.line,
        "zerolinecolor": palette.line,
        "zerolinewidth": 1.5,
        # Not seen: they keep the texts away from the axis.
        "ticks": "outside",
        "ticklen": round(font * 0.25),
        "tickcolor": "rgba(0,0,0,0)",
        "tickmode": "array",
        "automargin": False,
        "uirevision": outcome,
    }


def _caption_lines(text: str) -> list[str]:
    """The unit's text; in two lines about as wide where one would leave a narrow chart."""
    words = text.split(" ")
    if text_width(text) <= CAPTION_ROOM or len(words) == 1:
        return [text]
    pairs = [(" ".join(words[:count]), " ".join(words[count:])) for count in range(1, len(words))]
    return list(min(pairs, key=lambda pair: max(map(text_width, pair))))


def unit_caption(lines: list[str], left: int, palette: Palette, font: int) -> dict[str, Any]:
    """The unit above the vertical axis, from the left edge on; ``left`` is the margin there."""
    return {
        "text": "<br>".join(html.escape(line, quote=False) for line in lines),
        **({"align": "left"} if len(lines) > 1 else {}),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -left,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": round(font * 0.3),
        "showarrow": False,
        "font": {"color": palette.muted},
    }


def _month_axis(horizon: int, language: Language, palette: Palette, font: int) -> dict[str, Any]:
    """Ticks of the time axis: years, or months where there are few."""
    if horizon <= 24:
        step, unit, title = 3 if horizon <= 12 else 6, 1, language.gettext("months from now")
    else:
        step, unit, title = 12 if horizon <= 60 else 24, 12, language.gettext("years from now")
    places = list(range(0, horizon + 1, step))
    return {
        "tickangle": 0,  # also in a chart so narrow that Plotly would turn the texts
        "tickvals": places,
        "ticktext": [
            language.number(place / unit) if place else language.gettext("now") for place in places
        ],
        "title": {
            "text": html.escape(title, quote=False),
            "standoff": 4,
            "font": {"size": font, "color": palette.muted},
        },
    }


def least_height(font: int) -> int:
    """Pixels that a chart is to be high at least, for this size of its text."""
    return math.ceil(font * (ROWS * ROW_HEIGHT + TOP + BOTTOM))
