"""A figure in parts that can be sent as JSON, and what all figures have in common."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from babel.numbers import get_decimal_symbol, get_group_symbol
from numpy.typing import ArrayLike

from simulator.charts.palette import Palette
from simulator.i18n.language import Language

FONT = "Inter, system-ui, sans-serif"


_DIGITS = 5
"""Significant digits of places and ranges."""
_STEPS = 8000
"""Of a chart's height: what is drawn is rounded to less than a pixel, which spares two thirds of
the bytes. Not to significant digits: of 100,000 customers those would make stairs of 27 more."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A Plotly figure, in parts that can be sent as JSON."""

    title: str
    """Plain text, like ``unit`` and ``alt``; what is in ``layout`` and ``data`` is escaped."""
    unit: str
    alt: str
    """What the chart shows, in one or two sentences with numbers."""
    layout: dict[str, Any]
    data: list[dict[str, Any]]
    key: str
    """Stands for the layout: the same as long as that is the same."""


def base_layout(name: str, language: Language, palette: Palette, font: int) -> dict[str, Any]:
    """What all figures have in common."""
    return {
        "template": "none",
        "autosize": True,
        "showlegend": False,
        "uirevision": name,
        "separators": "".join(separators(language)),
        "font": {"family": FONT, "size": font, "color": palette.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {
            "bgcolor": palette.surface,
            "bordercolor": palette.line,
            "font": {"family": FONT, "size": font, "color": palette.ink},
        },
    }


def separators(language: Language) -> tuple[str, str]:
    """Before decimals, and between thousands."""
    return get_decimal_symbol(language.locale), get_group_symbol(language.locale)


def layout_key(layout: Mapping[str, Any]) -> str:
    text = json.dumps(layout, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2s(text.encode(), digest_size=8).hexdigest()


def rounded_number(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def rounded(values: Iterable[float]) -> list[float]:
    return [rounded_number(value) for value in values]


def drawn(values: ArrayLike, bounds: Sequence[float]) -> list[float]:
    """Values as finely as they can be seen on an axis of these bounds."""
    decimals = math.ceil(math.log10(_STEPS / (bounds[1] - bounds[0])))
    numbers = np.asarray(values, dtype=np.float64).tolist()
    return [round(number, decimals) + 0.0 for number in numbers]
