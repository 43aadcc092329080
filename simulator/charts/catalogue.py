"""All charts, each declared once: outcomes over time, and the other kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from simulator.charts.chart import Chart
from simulator.charts.figure import Figure
from simulator.charts.kinds import kinds
from simulator.charts.palette import Palette
from simulator.charts.shown import Shown
from simulator.charts.table import Table, over_time
from simulator.charts.time import figure
from simulator.i18n.language import Language
from simulator.results import MULTIPLES, OUTCOMES, Outcome
from simulator.scenario import Scenario


def _over_time(outcome: Outcome) -> Chart:
    return Chart(
        id=outcome.id,
        group=outcome.group,
        title=outcome.label,
        meaning=outcome.meaning,
        build=partial(_build_over_time, outcome.id),
        table=partial(_table_over_time, outcome.id),
        outcomes=(outcome.id,),
        comparable=True,
    )


def _build_over_time(
    outcome: str, plan: Scenario, shown: Shown, language: Language, palette: Palette, font: int
) -> Figure:
    return figure(outcome, shown, language, palette, font)


def _table_over_time(outcome: str, plan: Scenario, shown: Shown, language: Language) -> Table:
    return over_time(outcome, shown, language)


CHARTS: Mapping[str, Chart] = {
    chart.id: chart for chart in (*map(_over_time, OUTCOMES.values()), *kinds())
}
"""What a large chart can show, by id."""

PICKER: Mapping[str, tuple[Chart, ...]] = {
    group: tuple(chart for chart in CHARTS.values() if chart.group == group)
    for group in dict.fromkeys(chart.group for chart in CHARTS.values())
}
"""The same by group."""

FIRST: tuple[str, ...] = ("cumulative_value", "customers")
"""What the two large charts show at first."""


def outcomes_shown(large: Iterable[str]) -> frozenset[str]:
    """Ids of all outcomes that the page shows when these are its large charts. Raises ``KeyError``
    for a chart that does not exist."""
    return outcomes_of(large).union(MULTIPLES)


def outcomes_of(large: Iterable[str]) -> frozenset[str]:
    """Ids of the outcomes in these charts. Raises ``KeyError`` for one that does not exist."""
    return frozenset().union(*(CHARTS[name].outcomes for name in large))
