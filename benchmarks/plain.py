"""The peer of our page: the same results by Streamlit's own widgets, made as its users make pages.

    streamlit run benchmarks/plain.py       with ``?show=nothing``: the sliders and a line of text

All levers are ``st.slider``, the headline strip is ``st.metric`` in columns, the two large charts
are ``st.plotly_chart`` of the very figures that our page shows. The twelve small multiples are one
more ``st.plotly_chart`` with twelve panels: the fastest ordinary way, twelve small charts take
longer. Results come from the same cached functions.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simulator import charts, scenario
from simulator.charts import palette
from simulator.i18n.language import ENGLISH
from simulator.model.quantities import SOURCES
from simulator.scenario import Scenario
from simulator.scenario.levers import PUT
from ui import cache
from ui.text import levers
from ui.text.headline import headline_strip

LARGE = ("cumulative_value", "customers")
COLUMNS = 6
FONT = 14


def sliders(base: Scenario) -> dict[str, float]:
    """Draw the levers; returns their values by path."""
    values = {}
    for group in levers.describe(ENGLISH):
        st.subheader(group["label"])
        for lever in group["levers"]:
            whole = lever["unit"] in ("month", "months")
            kind: type[float] = int if whole else float
            values[lever["path"]] = st.slider(
                lever["path"],
                min_value=kind(lever["min"]),
                max_value=kind(lever["max"]),
                value=kind(_value(base, lever["path"])),
                step=kind(0.01 if lever["unit"] == "share" else 1),
            )
    return values


def _value(base: Scenario, path: str) -> float:
    document = base.model_dump(mode="json")
    value = _at(document, path.replace("*", SOURCES[0]))
    if value is None:  # involvement that stays as it is today
        value = _at(document, path.replace("plan.", "organisation.", 1))
    return float(value)


def _at(document: Any, path: str) -> Any:
    for part in path.split("."):
        document = document[part]
    return document


def moved(base: Scenario, values: Mapping[str, float]) -> Scenario:
    """The scenario with its levers at ``values``; the split adds up to 1."""
    changes: dict[str, object] = {}
    put = {lever.path for lever in PUT}
    total = sum(values[path] for path in put)
    for path, value in values.items():
        for source in SOURCES if "*" in path else ("",):
            changes[path.replace("*", source)] = value / total if path in put else value
    return base.changed(**changes)


def multiples(shown: charts.Shown) -> dict[str, Any]:
    """The small multiples as one Plotly figure: band, carrying on and plan in every panel."""
    colours = palette.LIGHT
    layout: dict[str, Any] = {
        "height": 260,
        "showlegend": False,
        "margin": {"l": 0, "r": 0, "t": 20, "b": 0},
        "annotations": [],
    }
    data: list[dict[str, Any]] = []
    rows = -(-len(charts.MULTIPLES) // COLUMNS)
    for index, name in enumerate(charts.MULTIPLES):
        tile = charts.multiple(name, shown, ENGLISH)
        row, column = divmod(index, COLUMNS)
        number = str(index + 1) if index else ""
        across = [(column + 0.05) / COLUMNS, (column + 0.95) / COLUMNS]
        up = [(rows - row - 0.9) / rows, (rows - row - 0.25) / rows]
        layout[f"xaxis{number}"] = {"domain": across, "anchor": f"y{number}", "visible": False}
        layout[f"yaxis{number}"] = {
            "domain": up,
            "anchor": f"x{number}",
            "visible": False,
            "range": tile["axis"],
        }
        layout["annotations"].append(
            {
                "text": f"{tile['label']}<br><b>{tile['now']}</b> {tile['change']}",
                "x": across[0],
                "y": up[1],
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "align": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 11},
            }
        )
        axes = {"xaxis": f"x{number}", "yaxis": f"y{number}", "type": "scatter", "mode": "lines"}
        band = {**axes, "line": {"width": 0}}
        data += [
            {**band, "y": tile["low"]},
            {**band, "y": tile["high"], "fill": "tonexty", "fillcolor": colours.plan_band},
            {
                **axes,
                "y": tile["baseline"],
                "line": {"color": colours.baseline.colour, "dash": colours.baseline.dash},
            },
            {**axes, "y": tile["plan"], "line": {"color": colours.plan.colour}},
        ]
    return {"data": data, "layout": layout}


def page() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    base = scenario.load_shipped("balanced-shift")
    with st.sidebar:
        values = sliders(base)
    if st.query_params.get("show") == "nothing":
        st.text(str(values))
    else:
        everything(moved(base, values))
    st.html('<span id="end"></span>')


def everything(plan: Scenario) -> None:
    """Draw the results of a scenario."""
    result = cache.results(plan, (*LARGE, *charts.MULTIPLES))
    strip = headline_strip(result.headline, result.currency, result.horizon_months, ENGLISH)
    st.subheader(strip.verdict.text)
    st.text(strip.verdict.detail)
    for column, headline_figure in zip(st.columns(len(strip.figures)), strip.figures, strict=True):
        column.metric(
            headline_figure.label,
            headline_figure.value,
            headline_figure.range,
            delta_color="off",
            delta_arrow="off",
        )
    shown = charts.Shown(result)
    for column, name in zip(st.columns(len(LARGE)), LARGE, strict=True):
        figure = charts.figure(name, shown, ENGLISH, palette.LIGHT, FONT)
        column.subheader(figure.title)
        column.plotly_chart(
            {"data": figure.data, "layout": {**figure.layout, "height": 400}},
            theme=None,
            key=name,
            config={"displayModeBar": False},
        )
    st.plotly_chart(multiples(shown), theme=None, key="multiples", config={"displayModeBar": False})


page()
