"""Where the money of the sources goes: the organisation's own numbers, no forecast."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from simulator.charts.chart import Chart
from simulator.charts.figure import Figure, base_layout, layout_key
from simulator.charts.palette import Palette
from simulator.charts.shown import Shown
from simulator.charts.table import Table
from simulator.i18n.language import GAP, N_, Language
from simulator.model.quantities import SOURCES, Split
from simulator.results import OUTCOMES
from simulator.scenario import Scenario

_BAR = 0.012
"""Width of the bars at both sides, of the chart's."""
_GAP = 0.045
"""Between two bars of the column that has more of them, of the chart's height."""
_CURVE = [(step / 16, (step / 16) ** 2 * (3 - step / 8)) for step in range(17)]
"""How a flow goes from side to side: how far across, and how much of the way up or down."""
KEPT = "kept"
"""Where the money goes that is not moved."""


def flows(scenario: Scenario) -> dict[tuple[str, str], float]:
    """Money a year once the plan is fully in place, in whole cents, by source and target.

    Targets are the five instruments, ``savings`` and :data:`KEPT`. What leaves a source adds up to
    its budget; flows of nothing are left out.
    """
    budgets = scenario.organisation_quantities().budgets
    plan = scenario.plan_quantities()
    links: dict[tuple[str, str], float] = {}
    for source in SOURCES:
        budget = round(100 * getattr(budgets, source))
        shift = getattr(plan, source)
        moved = round(budget * shift.share_moved)
        exact = {
            target: moved * share for target, share in zip(Split._fields, shift.split, strict=True)
        }
        parts = {target: math.floor(money) for target, money in exact.items()}
        # Cents that are left over go where most was cut off, and what shares that do not quite
        # add up leave goes where it shows least.
        for target in sorted(parts, key=lambda target: parts[target] - exact[target]):
            if sum(parts.values()) < moved and exact[target] > parts[target]:
                parts[target] += 1
        largest = max(parts, key=lambda target: parts[target])
        parts[largest] += moved - sum(parts.values())
        parts[KEPT] = budget - moved
        links |= {(source, target): cents / 100 for target, cents in parts.items() if cents > 0}
    return links


def exact_flows(scenario: Scenario) -> dict[tuple[str, str], float]:
    """The same without rounding to cents, summed up as the levers sum up: for what is said of
    them."""
    budgets = scenario.organisation_quantities().budgets
    plan = scenario.plan_quantities()
    links: dict[tuple[str, str], float] = {}
    for source in SOURCES:
        budget, shift = getattr(budgets, source), getattr(plan, source)
        moved = shift.share_moved * budget
        for target, share in zip(Split._fields, shift.split, strict=True):
            links[source, target] = moved * share
        links[source, KEPT] = budget - moved
    return links


def sankey(scenario: Scenario, language: Language, palette: Palette, font: int = 16) -> Figure:
    """Where the money of the sources goes a year once the plan is fully in place.

    The organisation's own numbers, no forecast: from each source to the instruments, to savings,
    and what stays where it is. Areas in the order of the levers, which no move changes; drawn as
    such, and not by Plotly's own kind of chart, which puts links in another order whenever one
    becomes larger, and shows two states at once while it moves from one to the other.
    """
    currency = scenario.organisation.currency
    links = flows(scenario)
    moved = math.fsum(money for (_, target), money in links.items() if target != KEPT)
    axis = {"visible": False, "fixedrange": True, "range": [0, 1]}
    layout = {
        **base_layout(CHART.id, language, palette, font),
        "margin": {"l": 2, "r": 2, "t": round(font * 0.8), "b": round(font * 0.8)},
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": axis,
        "yaxis": axis,
    }
    title = language.gettext(CHART.title)
    unit = language.gettext("{currency} per year", currency=currency)
    if moved <= 0.0:
        nothing = language.gettext("No money is moved: every budget stays as it is.")
        # Without any data at all Plotly would complain, and keep the axes of what was there before.
        empty = {"type": "scatter", "x": [], "y": [], "hoverinfo": "skip"}
        layout["annotations"] = [_message(nothing)]
        return Figure(title, unit, f"{title}: {nothing}", layout, [empty], layout_key(layout))

    nodes = _nodes(scenario, links, language)
    data = [
        *_link_traces(exact_flows(scenario), links, nodes, currency, language, palette),
        *_node_traces(nodes, palette),
        _label_trace(nodes, palette, font),
    ]
    alt = language.gettext(
        "{title}: {moved} of {total} is moved, to {targets}.",
        title=title,
        moved=language.money(moved, currency),
        total=language.money(math.fsum(links.values()), currency),
        targets="; ".join(nodes[target].text for target in Split._fields if target in nodes),
    )
    return Figure(title, unit, alt, layout, data, layout_key(layout))


class _Node(NamedTuple):
    """A source or a target that money flows from or to."""

    label: str
    text: str
    """With its money."""
    top: float
    """Places of its upper and lower end, 0-1 from below."""
    bottom: float
    source: bool


def _nodes(
    scenario: Scenario, links: Mapping[tuple[str, str], float], language: Language
) -> dict[str, _Node]:
    """By id: sources, then targets, each in the order of the levers."""
    exact, currency = exact_flows(scenario), scenario.organisation.currency
    columns = [
        {
            name: math.fsum(money for ends, money in links.items() if ends[end] == name)
            for name in names
            if any(ends[end] == name for ends in links)
        }
        for end, names in ((0, SOURCES), (1, (*Split._fields, KEPT)))
    ]
    most = max(map(len, columns))
    scale = (1.0 - _GAP * (most - 1)) / math.fsum(links.values())
    nodes = {}
    for end, column in enumerate(columns):
        gap = (1.0 - scale * math.fsum(column.values())) / max(len(column) - 1, 1)
        top = 1.0
        for name, money in column.items():
            label = _label(name, language)
            said = sum(money for ends, money in exact.items() if ends[end] == name)
            bottom = top - scale * money
            text = f"{label} {language.money(said, currency)}"
            nodes[name] = _Node(label, text, top, bottom, end == 0)
            top = bottom - gap
    return nodes


def _label(name: str, language: Language) -> str:
    if name == KEPT:
        return language.pgettext("money that is not moved", "Stays")
    return language.gettext(OUTCOMES["savings" if name == "savings" else f"spent_{name}"].label)


def _area(x: list[float | None], y: list[float | None], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": [None if place is None else round(place, 5) for place in y],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
    }


def _node_traces(nodes: Mapping[str, _Node], palette: Palette) -> list[dict[str, Any]]:
    """Bars at both sides: sources, instruments, and what stays."""
    groups = (
        (palette.baseline.colour, SOURCES),
        (palette.plan.colour, Split._fields),
        (palette.line, (KEPT,)),
    )
    traces = []
    for colour, names in groups:
        x: list[float | None] = []
        y: list[float | None] = []
        for name in names:
            if name not in nodes:
                continue
            _, _, top, bottom, source = nodes[name]
            left, right = (0.0, _BAR) if source else (1.0 - _BAR, 1.0)
            x += [left, right, right, left, left, None]
            y += [top, top, bottom, bottom, top, None]
        traces.append({**_area(x[:-1], y[:-1], colour), "hoverinfo": "skip"})
    return [trace for trace in traces if trace["x"]]


def _link_traces(
    exact: Mapping[tuple[str, str], float],
    links: Mapping[tuple[str, str], float],
    nodes: Mapping[str, _Node],
    currency: str,
    language: Language,
    palette: Palette,
) -> list[dict[str, Any]]:
    """An area for each flow; at both ends they lie in the order of the levers."""
    left = {name: node.top for name, node in nodes.items() if node.source}
    right = {name: node.top for name, node in nodes.items() if not node.source}
    scale = (1.0 - _GAP * (max(len(left), len(right)) - 1)) / math.fsum(links.values())
    traces = []
    for (source, target), money in links.items():
        width = scale * money
        start, end = left[source], right[target]
        left[source] -= width
        right[target] -= width
        upper = [start + (end - start) * eased for _, eased in _CURVE]
        across = [_BAR + (1.0 - 2 * _BAR) * along for along, _ in _CURVE]
        text = language.gettext(
            "{source} to {target}: {money}",
            source=nodes[source].label,
            target=nodes[target].label,
            money=language.money(exact[source, target], currency),
        )
        traces.append(
            {
                **_area(
                    [*across, *reversed(across)],
                    [*upper, *(place - width for place in reversed(upper))],
                    palette.baseline_flow if target == KEPT else palette.plan_flow,
                ),
                "customdata": [html.escape(text, quote=False)],
                "hoveron": "fills",
                "text": html.escape(text, quote=False),
                "hoverinfo": "text",
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        )
    return traces


def _label_trace(nodes: Mapping[str, _Node], palette: Palette, font: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [_BAR if node.source else 1.0 - _BAR for node in nodes.values()],
        "y": [round((node.top + node.bottom) / 2, 5) for node in nodes.values()],
        "text": [f"{GAP}{html.escape(node.text, quote=False)}{GAP}" for node in nodes.values()],
        "textposition": [
            "middle right" if node.source else "middle left" for node in nodes.values()
        ],
        # The labels lie on the flows.
        "textfont": {"size": font, "color": palette.ink, "shadow": _halo(palette.paper, font)},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _halo(colour: str, font: int) -> str:
    """Shadows of a text that hide what lies below it: as wide as the gaps between its letters."""
    return ", ".join(
        f"{round(font * far * math.cos(angle), 1)}px {round(font * far * math.sin(angle), 1)}px "
        f"1px {colour}"
        for far in (0.12, 0.24)
        for angle in np.arange(0.0, 2 * math.pi, math.pi / 6)
    )


def _message(text: str) -> dict[str, Any]:
    """A text in the middle of an empty chart."""
    return {
        "text": html.escape(text, quote=False),
        "x": 0.5,
        "xref": "paper",
        "y": 0.5,
        "yref": "paper",
        "showarrow": False,
    }


def _build(plan: Scenario, shown: Shown, language: Language, palette: Palette, font: int) -> Figure:
    return sankey(plan, language, palette, font)


def _table(plan: Scenario, shown: Shown, language: Language) -> Table:
    unit = language.gettext("{currency} per year", currency=plan.organisation.currency)
    return Table(
        (language.gettext("From"), language.gettext("To"), unit),
        [
            (_label(source, language), _label(target, language), money)
            for (source, target), money in flows(plan).items()
        ],
    )


CHART = Chart(
    id="money_flow",
    group=N_("Budgets"),
    title=N_("Money flow a year, with the plan in place"),
    meaning=N_("Where the money of the sources goes, once the plan is fully in place."),
    build=_build,
    table=_table,
)
