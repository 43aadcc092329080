"""The simulate page: levers, headline figures and charts of one scenario."""

from __future__ import annotations

import streamlit as st

from simulator import scenario
from ui import cached, charts, controls, words
from ui.results import Results

_CHART_CONFIG = {"displayModeBar": False}
_STYLE = """<style>
.st-key-strip :is([data-testid="stMetricLabel"], [data-testid="stMetricValue"],
    [data-testid="stMetricDelta"]) * { white-space: normal; overflow: visible; line-height: 1.25; }
.st-key-strip [data-testid="stMetric"] {
  padding: 0.4rem 0.7rem; height: 100%; border-radius: 0.25rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
.st-key-strip [data-testid="stMetricDelta"] { background: none; padding: 0; color: inherit; }
[data-testid="stMainBlockContainer"] { padding-inline: clamp(1rem, 2vw, 2.5rem); }
@media (min-width: 1240px) { .st-key-charts > :last-child { grid-column: span 2; } }
@media (max-width: 640px) { .st-key-strip { grid-template-columns: 1fr 1fr !important; } }
</style>"""
"""Figures of the strip are never cut off and stand two by two on a phone; the last chart fills the
row."""


def page() -> None:
    """Draw the page."""
    st.html(_STYLE)
    controls.sidebar()
    controls.problems()
    story = controls.loaded().story
    if story:
        st.text(story)
    results = cached.results(scenario.dump(controls.current()))
    _headline(results)
    _charts(results, charts.DARK if st.context.theme.type == "dark" else charts.LIGHT)


def _headline(results: Results) -> None:
    figures = words.headline(results.headline, results.currency, results.horizon_months)
    with st.grid(min_column_width=200, gap="xsmall", key="strip"):
        for one in figures:
            st.metric(
                one.label,
                one.value,
                one.range,
                delta_color="off",
                delta_arrow="off",
                help=one.help,
                height="stretch",
            )


def _charts(results: Results, palette: charts.Palette) -> None:
    st.html(
        '<p style="margin:0; line-height:1.4">'
        f'<span style="color:{palette.plan}">&#9473;&#9473; <b>the plan</b>, '
        "middle of all draws; eight of ten draws lie in the band</span> &ensp; "
        f'<span style="color:{palette.baseline}">&#9473; &#9473; <b>carrying on</b></span></p>'
    )
    with st.grid(min_column_width=440, key="charts"):
        for view in charts.VIEWS:
            st.plotly_chart(
                charts.figure(view, results, palette),
                theme=None,
                key=f"chart-{view.name}",
                config=_CHART_CONFIG,
                alt=f"{view.name}: the plan with its range against carrying on",
            )
