"""Where the money of the sources goes: the organisation's own numbers, no forecast."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from simulator.charts.chart import Chart
from simulator.charts.figure import FONT, Figure, base_layout, layout_key, rounded
from simulator.charts.palette import Palette
from simulator.charts.shown import Shown
from simulator.charts.table import Table
from simulator.i18n.language import N_, Language
from simulator.model.quantities import SOURCES, Split
from simulator.results import OUTCOMES
from simulator.scenario import Scenario

_FIRST, _LAST = 0.001, 0.999
"""Places of both columns across; Plotly takes 0 for no place at all."""
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


def sankey(scenario: Scenario, language: Language, palette: Palette, font: int = 16) -> Figure:
    """Where the money of the sources goes a year once the plan is fully in place.

    The organisation's own numbers, no forecast: from each source to the instruments, to savings,
    and what stays where it is.
    """
    currency = scenario.organisation.currency
    links = flows(scenario)
    moved = math.fsum(money for (_, target), money in links.items() if target != KEPT)
    layout = {
        **base_layout(CHART.id, language, palette, font),
        "margin": {"l": 2, "r": 2, "t": round(font * 0.8), "b": round(font * 0.8)},
    }
    title = language.gettext(CHART.title)
    unit = language.gettext("{currency} per year", currency=currency)
    if moved <= 0.0:
        nothing = language.gettext("No money is moved: every budget stays as it is.")
        # Without any data at all Plotly would complain, and keep the axes of what was there before.
        empty = {"type": "scatter", "x": [], "y": [], "hoverinfo": "skip"}
        layout |= {
            "xaxis": {"visible": False, "fixedrange": True},
            "yaxis": {"visible": False, "fixedrange": True},
            "annotations": [_message(nothing)],
        }
        return Figure(title, unit, f"{title}: {nothing}", layout, [empty], layout_key(layout))

    nodes = _nodes(links, currency, language)
    data = {
        "type": "sankey",
        # From the places given Plotly moves nodes down until they are apart: they keep their order.
        "arrangement": "snap",
        "node": _node_data(nodes, palette, font),
        "link": _link_data(links, nodes, currency, language, palette),
        "textfont": {
            "family": FONT,
            "size": font,
            "color": palette.ink,
            # The labels lie on the flows.
            "shadow": _halo(palette.paper, font),
        },
    }
    alt = language.gettext(
        "{title}: {moved} of {total} is moved, to {targets}.",
        title=title,
        moved=language.money(moved, currency),
        total=language.money(math.fsum(links.values()), currency),
        targets="; ".join(nodes[target].text for target in Split._fields if target in nodes),
    )
    return Figure(title, unit, alt, layout, [data], layout_key(layout))


class _Node(NamedTuple):
    """A source or a target that money flows from or to."""

    label: str
    text: str
    """With its money."""
    money: float
    """Currency a year."""
    source: bool


def _nodes(
    links: Mapping[tuple[str, str], float], currency: str, language: Language
) -> dict[str, _Node]:
    """By id: sources, then targets, each in the order of the levers."""
    nodes = {}
    for end, names in ((0, SOURCES), (1, (*Split._fields, KEPT))):
        for name in names:
            money = math.fsum(value for ends, value in links.items() if ends[end] == name)
            if money > 0.0:
                label = _label(name, language)
                text = f"{label} {language.money(money, currency)}"
                nodes[name] = _Node(label, text, money, name in SOURCES)
    return nodes


def _label(name: str, language: Language) -> str:
    if name == KEPT:
        return language.pgettext("money that is not moved", "Stays")
    return language.gettext(OUTCOMES["savings" if name == "savings" else f"spent_{name}"].label)


def _node_data(nodes: Mapping[str, _Node], palette: Palette, font: int) -> dict[str, Any]:
    colours = dict.fromkeys(SOURCES, palette.baseline.colour) | {KEPT: palette.line}
    return {
        "x": [_FIRST if node.source else _LAST for node in nodes.values()],
        "y": [
            *_middles([node.money for node in nodes.values() if node.source]),
            *_middles([node.money for node in nodes.values() if not node.source]),
        ],
        "label": [html.escape(node.text, quote=False) for node in nodes.values()],
        "color": [colours.get(name, palette.plan.colour) for name in nodes],
        "pad": round(font * 1.5),
        "thickness": round(font * 0.6),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _link_data(
    links: Mapping[tuple[str, str], float],
    nodes: Mapping[str, _Node],
    currency: str,
    language: Language,
    palette: Palette,
) -> dict[str, Any]:
    place = {name: index for index, name in enumerate(nodes)}
    texts = [
        language.gettext(
            "{source} to {target}: {money}",
            source=nodes[source].label,
            target=nodes[target].label,
            money=language.money(value, currency),
        )
        for (source, target), value in links.items()
    ]
    return {
        "source": [place[source] for source, _ in links],
        "target": [place[target] for _, target in links],
        "value": list(links.values()),
        "color": [
            palette.baseline_flow if target == KEPT else palette.plan_flow for _, target in links
        ],
        "label": [html.escape(text, quote=False) for text in texts],
        "hovertemplate": "%{label}<extra></extra>",
    }


def _halo(colour: str, font: int) -> str:
    """Shadows of a text that hide what lies below it: as wide as the gaps between its letters."""
    return ", ".join(
        f"{round(font * far * math.cos(angle), 1)}px {round(font * far * math.sin(angle), 1)}px "
        f"1px {colour}"
        for far in (0.12, 0.24)
        for angle in np.arange(0.0, 2 * math.pi, math.pi / 6)
    )


def _middles(sizes: Sequence[float]) -> list[float]:
    """Middles of nodes of these sizes that fill a column, 0-1 from above."""
    below = np.cumsum(sizes)
    return rounded((below - np.array(sizes) / 2) / below[-1])


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
