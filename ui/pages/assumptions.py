"""The assumptions page: every number about the world, with its source and grade."""

from __future__ import annotations

from importlib import resources

import pandas as pd
import streamlit as st

from simulator.parameters import GRADES, REGISTER, Parameter

_FROM_MEMORY = "from memory: nobody has read it again"
_TEXTS = {
    "label": "Assumption",
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
    chosen = _filtered()
    table = rows(chosen)
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
                if (value := table.iloc[row][key]) != "":
                    st.markdown(f"**{heading}**")
                    st.text(value)


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


def rows(parameters: list[Parameter]) -> pd.DataFrame:
    """The table: one row an assumption, one column a heading."""
    return pd.DataFrame(
        [
            {
                "label": one.label,
                "meaning": one.meaning,
                "unit": one.unit,
                "low": one.low,
                "central": one.central,
                "high": one.high,
                "grade": _grade(one.grade),
                "citation": one.citation,
                "reported": one.reported_figure,
                "note": one.note,
                "read": _FROM_MEMORY if one.checked_at == "memory" else one.checked_at,
                "group": one.group,
            }
            for one in parameters
        ],
        index=[one.id for one in parameters],
        columns=list(_TEXTS),
    )


def _grade(grade: str) -> str:
    return f"{grade}: {GRADES[grade]}"
