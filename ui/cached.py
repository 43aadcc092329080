"""What is kept between reruns, for all visitors."""

from __future__ import annotations

import streamlit as st

from simulator import engine, scenario
from simulator.outcomes import DEFAULT_DRAWS
from ui import results as uncached


@st.cache_resource(
    show_spinner="Preparing the simulation engine: the model is compiled, once per version. "
    "This takes about half a minute."
)
def warm() -> None:
    """Have the engine ready before the first visitor moves a lever."""
    engine.prepare()


@st.cache_data(max_entries=256, show_spinner=False)
def results(text: str, draws: int = DEFAULT_DRAWS) -> uncached.Results:
    """Results of the scenario in ``text`` (see :func:`simulator.scenario.dump`)."""
    return uncached.results(scenario.parse(text), draws)


@st.cache_data(max_entries=1, show_spinner=False)
def shipped() -> dict[str, scenario.Scenario]:
    """The shipped scenarios by file name without ending."""
    return {path.stem: scenario.load(path) for path in scenario.shipped()}
