"""Charts: the catalogue, and valid for Plotly in every language and colour."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from simulator import charts
from simulator.charts import CHARTS, MULTIPLES, PICKER, Pin, Shown
from simulator.charts.palette import DARK, LIGHT, PALETTES
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.results import OUTCOMES
from simulator.scenario import Scenario
from tests.support.drawn_charts import KINDS, languages, unmoved
from ui.cache import Results

# --- the catalogue -------------------------------------------------------------------------------


def test_every_outcome_can_be_picked_once() -> None:
    listed = [chart.id for group in PICKER.values() for chart in group]
    assert sorted(listed) == sorted([*OUTCOMES, *KINDS]) == sorted(CHARTS)


def test_small_multiples_are_of_the_catalogue() -> None:
    assert 10 <= len(MULTIPLES) <= 12 and set(MULTIPLES) < set(OUTCOMES)
    assert len(set(MULTIPLES)) == len(MULTIPLES)


# --- validity ------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_figure_is_valid(outcome: str, full: Shown) -> None:
    """Plotly refuses unknown properties and impossible values; JSON has no NaN."""
    for language, palette in zip(LANGUAGES.values(), itertools.cycle((LIGHT, DARK)), strict=False):
        figure = charts.figure(outcome, full, language, palette, 24)
        go.Figure({"data": figure.data, "layout": figure.layout})
        json.dumps([figure.layout, figure.data], allow_nan=False)
        assert figure.title and figure.alt


@languages
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_valid(kind: str, language: Language, base: Scenario, full: Shown) -> None:
    chart = CHARTS[kind]
    assert chart.id == kind and chart.meaning.endswith(".")
    for palette in PALETTES.values():
        for plan in (base, unmoved(base)):
            figure = chart.build(plan, full, language, palette, 24)
            go.Figure({"data": figure.data, "layout": figure.layout})
            json.dumps([figure.layout, figure.data], allow_nan=False)
            assert figure.title == language.gettext(chart.title)
            assert figure.alt and figure.unit


def test_what_a_chart_reads_is_what_it_is_given(base: Scenario, plan_results: Results) -> None:
    """The results are kept for the outcomes that charts say they read, and hold no other."""
    for name, chart in CHARTS.items():
        own = {outcome: plan_results.plan[outcome] for outcome in chart.outcomes}
        small = replace(
            plan_results, plan=own, baseline={one: plan_results.baseline[one] for one in own}
        )
        assert chart.build(base, Shown(small), ENGLISH, LIGHT, 24).title
        assert charts.outcomes_shown([name]) == {*chart.outcomes, *MULTIPLES}
        assert chart.comparable == (name in OUTCOMES)


@languages
def test_money_flow_is_valid(language: Language, base: Scenario) -> None:
    for palette in PALETTES.values():
        for plan in (base, unmoved(base)):
            figure = charts.sankey(plan, language, palette, 24)
            go.Figure({"data": figure.data, "layout": figure.layout})
            json.dumps([figure.layout, figure.data], allow_nan=False)


def test_few_traces(plan_results: Results, full: Shown) -> None:
    """Plotly takes milliseconds for each."""
    assert len(charts.figure("trust", Shown(plan_results), ENGLISH, LIGHT).data) == 5
    assert len(charts.figure("trust", full, ENGLISH, LIGHT).data) == 11


def test_a_band_without_width_is_not_drawn(plan_results: Results, other: Results) -> None:
    """It costs time and shows nothing; the layout is the same with and without it."""
    for outcome, bands in (("cumulative_value", 1), ("spent_content", 0), ("trust", 2)):
        figure = charts.figure(outcome, Shown(plan_results), ENGLISH, LIGHT)
        assert len([part for part in figure.data if part.get("fill")]) == bands
    narrow = replace(
        plan_results, plan={name: band[[1, 1, 1]] for name, band in plan_results.plan.items()}
    )
    wide_figure, narrow_figure = (
        charts.figure("trust", Shown(each, (Pin("A", plan_results, 0),)), ENGLISH, LIGHT)
        for each in (plan_results, narrow)
    )
    assert len(wide_figure.data) == len(narrow_figure.data) + 1


def test_type_has_the_size_asked_for(full: Shown, base: Scenario) -> None:
    for figure in (
        charts.figure("trust", full, ENGLISH, LIGHT, 24),
        charts.sankey(base, ENGLISH, LIGHT, 24),
    ):
        sizes = {
            value["size"]
            for part in (figure.layout, *figure.data)
            for value in walk(part)
            if "size" in value
        }
        assert sizes == {24}


def walk(node: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)
