"""What a chart is: all that the pages need to know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.charts.figure import Figure
from simulator.charts.palette import Palette
from simulator.charts.shown import Shown
from simulator.charts.table import Table
from simulator.i18n.language import Language
from simulator.scenario import Scenario

Build = Callable[[Scenario, Shown, Language, Palette, int], Figure]
"""Draws a chart of a scenario; the last is the size of all text, in pixels."""

Tabulate = Callable[[Scenario, Shown, Language], Table]
"""What a chart of a scenario shows, as numbers."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A large chart that can be chosen."""

    id: str
    """Stands in links, for good."""
    group: str
    """Of the picker; to be translated, like ``title`` and ``meaning``."""
    title: str
    meaning: str
    """In one sentence."""
    build: Build
    table: Tabulate
    outcomes: tuple[str, ...] = ()
    """Ids of the outcomes that ``build`` reads from what is shown."""
    beyond_horizon: bool = False
    """Whether it shows years beyond the horizon, which are worked out when nothing moves."""
    comparable: bool = False
    """Whether :func:`simulator.charts.overlay` can draw it for several scenarios: an outcome."""
