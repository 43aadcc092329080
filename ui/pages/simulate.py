"""The simulate page: levers, headline figures and charts of one scenario."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from simulator import scenario
from ui import cached, charts, controls, levers, words
from ui.pages import assumptions
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
[data-testid="stSliderTickBar"] { display: none; }
[data-testid="stSelectboxVirtualDropdown"] [role="option"] * {
  white-space: normal; font-size: 0.85rem; line-height: 1.15;
}
@media (min-width: 1240px) { .st-key-charts > :last-child { grid-column: span 2; } }
@media (max-width: 640px) { .st-key-strip { grid-template-columns: 1fr 1fr !important; } }
</style>"""
"""Figures of the strip are never cut off and stand two by two on a phone; the last chart fills the
row. The ends of a lever have no captions: they would lie on the name of the next one. A name in the
list of scenarios may take two lines."""


def page() -> None:
    """Draw the page."""
    st.html(_STYLE)
    controls.sidebar()
    controls.problems()
    base, now = controls.loaded(), controls.current()
    _story(base.story, changed=now != base)
    text = scenario.dump(now)
    results = cached.results(text)
    too_late = levers.starts_too_late(now)
    if too_late:
        st.info(f"The plan starts after the {now.horizon_months} months shown.")
    _headline(results, too_late)
    _basis(len(base.assumptions))
    _charts(results, charts.DARK if st.context.theme.type == "dark" else charts.LIGHT)
    _instruments(text, results.currency)


def _story(story: str, *, changed: bool) -> None:
    """The story, with a mark as soon as the levers no longer stand where it has them."""
    if story or changed:
        with st.container(horizontal=True, gap="small", key="story"):
            if story:
                st.text(story, width="stretch")
            if changed:
                st.badge("changed", icon=":material/edit:", color="gray")


def _headline(results: Results, too_late: bool) -> None:
    figures = words.headline(
        results.headline, results.currency, results.horizon_months, too_late=too_late
    )
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


def _basis(overridden: int) -> None:
    """What the figures rest on, with the way there."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="basis"):
        st.markdown(f":small[{words.WHAT_A_DRAW_IS}]", width="content")
        st.page_link(
            st.Page(assumptions.page, url_path="assumptions"),
            label=words.rests_on(overridden),
            icon=":material/arrow_forward:",
            icon_position="right",
        )


def _charts(results: Results, palette: charts.Palette) -> None:
    st.html(
        '<p style="margin:0; line-height:1.4">'
        f'<span style="color:{palette.plan}">&#9473;&#9473; <b>the plan</b>, '
        "middle of all draws</span> &ensp; "
        f'<span style="color:{palette.baseline}">&#9473; &#9473; <b>carrying on</b></span> &ensp; '
        "eight of ten draws lie in the bands</p>"
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


def _instruments(text: str, currency: str) -> None:
    """What dropping each instrument would do; worked out only for those who look."""
    with st.expander("What each instrument does", key="instruments", on_change="rerun") as expander:
        if not expander.open:
            return
        found = cached.instruments(text)
        if not found:
            st.write("The plan moves no money into an instrument.")
            return
        st.write(
            "The plan, and the same plan with the money for one instrument saved instead, in "
            "today's money. The instruments need each other: what dropping them does one by one "
            "does not add up to the whole."
        )
        st.table(
            pd.DataFrame([words.dropped(name, one, currency) for name, one in found.items()]),
            hide_index=True,
        )
