"""Results to charts: Plotly figures as plain dictionaries, and data for small multiples. Pure.

A figure is its layout, which stays the same from move to move, and its data. Axes move in coarse
steps only, so that two plans can be compared by eye; the labels at the ends of the lines are data
too, so that they do not touch the layout.
"""

from simulator.charts.apart import ROW_HEIGHT, ROWS, apart
from simulator.charts.axes import axis, coarse, compact, ticks
from simulator.charts.catalogue import CHARTS, FIRST, PICKER, outcomes_of, outcomes_shown
from simulator.charts.chart import Chart
from simulator.charts.figure import Figure
from simulator.charts.kinds.chance_by_year import draw as chances
from simulator.charts.kinds.money_flow import KEPT, flows, sankey
from simulator.charts.labels import text_width
from simulator.charts.layout import least_height
from simulator.charts.multiples import multiple
from simulator.charts.overlay import Overlaid, by_currency, compared, overlay
from simulator.charts.shown import Pin, Shown
from simulator.charts.table import Table
from simulator.charts.time import figure
from simulator.results import MULTIPLES

__all__ = [
    "CHARTS",
    "FIRST",
    "KEPT",
    "MULTIPLES",
    "PICKER",
    "ROWS",
    "ROW_HEIGHT",
    "Chart",
    "Figure",
    "Overlaid",
    "Pin",
    "Shown",
    "Table",
    "apart",
    "axis",
    "by_currency",
    "chances",
    "coarse",
    "compact",
    "compared",
    "figure",
    "flows",
    "least_height",
    "multiple",
    "outcomes_of",
    "outcomes_shown",
    "overlay",
    "sankey",
    "text_width",
    "ticks",
]
