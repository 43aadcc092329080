"""The assumptions page: every number about the world, with its source and grade."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

import pandas as pd
import streamlit as st

from simulator.parameters import BY_ID, GRADES, REGISTER, Parameter, Range
from ui import controls

_FROM_MEMORY = "from memory: nobody has read it again"
_TEXTS = {
    "label": "Assumption",
    "own": "Whose range",
    "meaning": "Meaning",
    "unit": "Unit",
    "low": "Low",
    "central": "Central",
    "high": "High",
    "grade": "Grade",
    "citation": "Source",
    "reported": "What was reported",
    "note": "Note",
    "read": "Where it was read",
    "group": "Group",
}
"""Columns of the table and their headings, in order."""


def page() -> None:
    """Draw the page."""
    st.title("Assumptions", anchor=False)
    st.write(
        f"The model rests on {len(REGISTER)} assumptions about the world. No one knows them "
        "exactly, so each has a **range**: in every draw the simulator takes one value from each "
        "range, mostly near the central one, and the bands in the charts show what follows."
    )
    st.write(
        "The **grade** says how well the number is supported, from A, the strongest, to E: "
        + "; ".join(f"**{grade}** {meaning}" for grade, meaning in GRADES.items())
        + ". The range is always our reading of the source, not the source's own."
    )
    ranges = _changed_by_the_scenario()
    chosen = sorted(_filtered(), key=lambda one: one.id not in ranges)
    table = rows(chosen, ranges)
    event = st.dataframe(
        table,
        hide_index=True,
        height=560,
        key="register",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            **{key: st.column_config.TextColumn(_TEXTS[key]) for key in _TEXTS},
            **{
                key: st.column_config.NumberColumn(_TEXTS[key], format="%.4g", width="small")
                for key in ("low", "central", "high")
            },
            "label": st.column_config.TextColumn(_TEXTS["label"], width="medium"),
            "meaning": st.column_config.TextColumn(_TEXTS["meaning"], width="large"),
        },
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{len(chosen)} of {len(REGISTER)} assumptions. Tick a row to read all of it.")
        st.download_button(
            "Download the register (CSV)",
            resources.files("simulator").joinpath("evidence.csv").read_bytes(),
            file_name="evidence.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    # A filter may have taken away the row that was ticked.
    for row in (one for one in event["selection"]["rows"] if one < len(table)):
        with st.container(border=True, gap="xxsmall"):
            for key, heading in _TEXTS.items():
                if (value := table.iloc[row].get(key, "")) != "":
                    st.markdown(f"**{heading}**")
                    st.text(value)


def _changed_by_the_scenario() -> Mapping[str, Range]:
    """The ranges of the loaded scenario; told above the table."""
    base = controls.loaded()
    if ranges := base.ranges():
        listed = "; ".join(BY_ID[name].label for name in ranges)
        st.info(
            f"This scenario changes {len(ranges)} of these assumptions: {listed}. The table shows "
            "the ranges that the scenario uses; its own come first and are marked.",
            icon=":material/tune:",
        )
        st.text(f"Scenario: {base.name}")
    return ranges


def _filtered() -> list[Parameter]:
    """The assumptions that the filters leave, in the register's order."""
    groups, grades, words = st.columns(3)
    group = groups.multiselect("Group", sorted({one.group for one in REGISTER}))
    grade = grades.multiselect("Grade", list(GRADES), format_func=_grade)
    text = words.text_input("Search", placeholder="a word, a source, an id")
    return [
        one
        for one in REGISTER
        if (not group or one.group in group)
        and (not grade or one.grade in grade)
        and text.casefold() in searchable(one)
    ]


def searchable(one: Parameter) -> str:
    """All text of an assumption, for a search that ignores case."""
    texts = (one.id, one.group, one.label, one.meaning, one.unit, one.register_id)
    sources = (one.citation, one.reported_figure, one.note, one.checked_at)
    return "\n".join((*texts, *sources)).casefold()


def rows(parameters: list[Parameter], ranges: Mapping[str, Range]) -> pd.DataFrame:
    """The table: one row an assumption, one column a heading; ``ranges`` are a scenario's own.

    The column that tells whose range it is exists only where a scenario has its own.
    """
    used = {one.id: ranges.get(one.id, Range(one.low, one.central, one.high)) for one in parameters}
    return pd.DataFrame(
        [
            {
                "label": one.label,
                "meaning": one.meaning,
                "unit": one.unit,
                "own": _own(one) if one.id in ranges else "",
                "low": used[one.id].low,
                "central": used[one.id].central,
                "high": used[one.id].high,
                "grade": _grade(one.grade),
                "citation": one.citation or "our own judgement",
                "reported": one.reported_figure,
                "note": one.note,
                "read": _FROM_MEMORY if one.checked_at == "memory" else one.checked_at,
                "group": one.group,
            }
            for one in parameters
        ],
        index=[one.id for one in parameters],
        columns=[key for key in _TEXTS if key != "own" or ranges],
    )


def _own(one: Parameter) -> str:
    """Mark of a range that a scenario has made its own; the register's beside it."""
    return f"this scenario's own (register: {one.low:.4g}, {one.central:.4g}, {one.high:.4g})"


def _grade(grade: str) -> str:
    return f"{grade}: {GRADES[grade]}"
