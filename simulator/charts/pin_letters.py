"""The letters of pinned plans at the ends of their lines.

They stand nearest to the lines, and all names to the right of them: so a letter is never far from
its line, whatever else ends at the same height. Between a letter and its line's end there is room
for a stroke that leads from one to the other (ui/web/charts/low.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.charts.apart import ROW_HEIGHT, ROWS, apart
from simulator.charts.figure import rounded
from simulator.charts.palette import Palette
from simulator.charts.shown import Shown

INDENT = 1.0
"""What names stand further to the right for the letters, in font sizes."""
_HALVES = "\N{EN SPACE}" * round(2 * INDENT)
_LEADER = "\N{THREE-PER-EM SPACE}"
"""Before a letter: what leads to it lies there."""
_HEIGHT = 1.0
"""Of a letter, in font sizes: capitals alone need less than a row."""


def indent_for(pins: int) -> tuple[str, float]:
    """What names have before them where there are so many pins, and its width in font sizes."""
    return (_HALVES, INDENT) if pins else ("", 0.0)


def pin_letters(
    outcome: str, shown: Shown, bounds: Sequence[float], palette: Palette, font: int
) -> list[dict[str, Any]]:
    """The letters as text of a line without a line, each in its colour; nothing without pins. Moved
    apart as in the lowest chart; ``meta`` is where they belong."""
    pins = shown.pins_of(outcome)
    if not pins:
        return []
    bottom, top = bounds
    places = apart(
        [(float(medians[-1]) - bottom) / (top - bottom) for _, medians in pins],
        [_HEIGHT / (ROW_HEIGHT * ROWS)] * len(pins),
    )
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [shown.results.horizon_months] * len(pins),
            "y": rounded(bottom + (top - bottom) * place for place in places),
            "text": [f"<b>{_LEADER}{pin.letter}</b>" for pin, _ in pins],
            "meta": rounded(float(medians[-1]) for _, medians in pins),
            "textposition": "middle right",
            "textfont": {
                "size": font,
                "color": [palette.pins[pin.slot].colour for pin, _ in pins],
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]
