"""Kinds of charts besides outcomes over time: every module here is one, declared as ``CHART``.

A new one needs its module, and translations of its texts; nothing else knows the kinds by name.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from simulator.charts.chart import Chart


def kinds() -> Iterator[Chart]:
    """All kinds, in the order of their modules' names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        chart: Chart = import_module(f"{__name__}.{name}").CHART
        yield chart
