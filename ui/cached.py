"""What is kept between reruns, for all visitors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from simulator import dropping, engine, scenario
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


@st.cache_data(max_entries=64, show_spinner="Dropping one instrument after the other")
def instruments(text: str) -> Mapping[str, dropping.Dropped]:
    """What dropping each instrument would do, by name, in the scenario in ``text``."""
    return dropping.instruments(scenario.parse(text))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The shipped scenarios."""

    scenarios: Mapping[str, scenario.Scenario]
    """By file name without ending."""
    unusable: tuple[str, ...]
    """Names of the files that are no valid scenarios."""


@st.cache_data(max_entries=1, show_spinner=False)
def shelf() -> Shelf:
    """The shipped scenarios; a file that is not valid does not keep the others away."""
    scenarios, unusable = {}, []
    for path in scenario.shipped():
        try:
            scenarios[path.stem] = scenario.load(path)
        except scenario.ScenarioError:
            unusable.append(path.name)
    return Shelf(scenarios, tuple(unusable))
