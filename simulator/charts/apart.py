"""Labels at the ends of lines, moved apart: as near to where they belong as can be."""

from __future__ import annotations

import math
from collections.abc import Sequence

ROWS = 7
"""Line labels that fit above one another in the lowest chart, see
:func:`simulator.charts.layout.least_height`."""
ROW_HEIGHT = 1.25
"""Of a label, in font sizes."""


def apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Places of middles, 0-1, as near to ``wanted`` as can be: in order, and no two overlapping.

    ``heights`` are those of what is placed. Where they do not fit, all shrink alike.
    """
    shrunk = 1.0 / max(1.0, math.fsum(heights))
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    # Each without the room that those below it take: then they only have to stay in order, which
    # pooling neighbours that do not gives with the least squared distance.
    offsets: list[float] = []
    below = 0.0
    for index in order:
        offsets.append(below + shrunk * heights[index] / 2)
        below += shrunk * heights[index]
    blocks: list[list[float]] = []
    for index, offset in zip(order, offsets, strict=True):
        blocks.append([wanted[index] - offset])
        while len(blocks) > 1 and mean(blocks[-2]) > mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    settled = [min(max(mean(block), 0.0), max(1.0 - below, 0.0)) for block in blocks for _ in block]
    places = [0.0] * len(wanted)
    for index, offset, place in zip(order, offsets, settled, strict=True):
        places[index] = place + offset
    return places


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
