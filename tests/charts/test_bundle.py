"""The part of Plotly that the browser gets is what charts use, of the version that Python has."""

from __future__ import annotations

import json
import re
from importlib import resources

import plotly.graph_objects as go

from simulator import charts
from simulator.charts import Shown
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH
from simulator.scenario import Scenario
from ui.http import sources

ROOT = sources.FOLDER.parent.parent

SHAPES = {"rect", "line"}
"""What stands in a layout; old Plotly had a class for lines."""
HINT = 'see docs/CHANGING.md, "A type of trace"'


def head() -> tuple[str, set[str]]:
    """Version and types of traces, as the bundle says."""
    first = sources.text(sources.PLOTLY).partition("\n")[0]
    found = re.fullmatch(r"/\* plotly\.js v([\d.]+); traces: ([\w, ]+); licences: .* \*/", first)
    assert found, first
    return found[1], set(found[2].split(", "))


def test_it_is_of_the_version_that_python_has() -> None:
    script = resources.files("plotly").joinpath("package_data", "plotly.min.js")
    installed = re.search(r"plotly\.js v([\d.]+)", script.read_text("utf-8")[:500])
    pinned = json.loads((ROOT / "tools" / "plotly" / "package.json").read_text())
    assert installed and head()[0] == installed[1] == pinned["devDependencies"]["plotly.js"], HINT


def test_it_has_every_type_of_trace_in_use(base: Scenario, full: Shown) -> None:
    drawn = {
        trace["type"]
        for chart in charts.CHARTS.values()
        for trace in chart.build(base, full, ENGLISH, LIGHT, 14).data
    }
    assert drawn <= head()[1], HINT
    # Others may be drawn only where scenarios are compared, or nothing is known.
    folders = (ROOT / "simulator" / "charts", ROOT / "ui")
    files = (file for folder in folders for file in folder.rglob("*.py"))
    named = {
        kind
        for file in files
        for kind in re.findall(r'"type": "(\w+)"', file.read_text("utf-8"))
        if hasattr(go, kind.capitalize()) and kind not in SHAPES
    }
    assert drawn <= named <= head()[1], HINT


def test_it_comes_with_the_licences_of_all_that_is_in_it() -> None:
    licences = sources.text("plotly/LICENSE.txt")
    for package in ("plotly.js", "@plotly/d3", "d3-sankey-circular", "culori"):
        assert re.search(rf"^(@plotly/)?{package} [\d.]+ \([\w. -]+\)$", licences, re.MULTILINE)
