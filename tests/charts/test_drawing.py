"""What is drawn is the results, and it stays calm from move to move."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import charts
from simulator.charts import Figure, Pin, Shown
from simulator.charts.palette import DARK, LIGHT
from simulator.i18n.language import ENGLISH
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES
from simulator.scenario import Scenario
from tests.support.drawn_charts import DRAWS, line, trace, with_series
from ui.cache import Results, results

# --- what is drawn -------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_lines_and_bands_are_the_results(outcome: str, full: Shown, plan_results: Results) -> None:
    figure = charts.figure(outcome, full, ENGLISH, LIGHT)
    low, middle, high = plan_results.plan[outcome]
    bottom, top = figure.layout["yaxis"]["range"]

    def near(values: FloatArray) -> Any:
        return pytest.approx(values.tolist(), rel=0.0, abs=1e-4 * (top - bottom))

    assert line(figure, "plan")["y"] == near(middle)
    carrying_on = line(figure, "as now")
    assert carrying_on["y"] == near(plan_results.baseline[outcome][1])
    if np.array_equal(low, high):
        return  # See test_a_band_without_width_is_not_drawn.
    band = trace(figure, fill="toself", fillcolor=LIGHT.plan_band)
    half = len(middle)
    assert band["y"][:half] == near(high)
    assert band["y"][half:][::-1] == near(low)
    assert band["x"] == [*range(half), *reversed(range(half))]


@pytest.mark.parametrize("today", [40.0, 100_000.0])
def test_a_slow_rise_has_no_stairs(bare: Results, today: float) -> None:
    """27 of 100,000 heads more, over a year: a line, wherever it starts."""
    rise = np.linspace(today, today * 1.00027, 13)
    shown = Shown(with_series(bare, "customers", np.tile(rise, (3, 1)), np.full((3, 13), today)))
    drawn = line(charts.figure("customers", shown, ENGLISH, LIGHT), "plan")["y"]
    assert len(set(drawn)) == len(drawn)
    steps = np.diff(drawn)
    assert steps.max() < 1.5 * steps.min()


def test_lines_have_the_strokes_of_the_palette(full: Shown) -> None:
    figure = charts.figure("trust", full, ENGLISH, DARK, 20)
    drawn = {one["line"]["color"]: one["line"]["dash"] for one in figure.data if "name" in one}
    strokes = set(DARK.strokes.values()) - {DARK.sixth}
    assert drawn == {stroke.colour: stroke.dash for stroke in strokes}
    assert line(figure, "plan")["line"]["width"] == pytest.approx(0.2 * DARK.plan.width)


def test_the_plan_is_drawn_above_all_lines_and_named_first(full: Shown) -> None:
    named = [one for one in charts.figure("trust", full, ENGLISH, LIGHT).data if "name" in one]
    assert named[-1]["name"] == "plan"
    assert min(named, key=lambda one: one["legendrank"]) is named[-1]
    assert len({one["legendrank"] for one in named}) == len(named)


def test_a_pin_keeps_its_colour(plan_results: Results, other: Results) -> None:
    figure = charts.figure("trust", Shown(plan_results, (Pin("B", other, 2),)), ENGLISH, LIGHT)
    assert line(figure, "C B")["line"]["color"] == LIGHT.pins[2].colour
    assert figure.data[-1]["text"][0].strip("<b>/\N{THREE-PER-EM SPACE}") == "C"
    assert figure.data[-1]["textfont"]["color"] == [LIGHT.pins[2].colour]


def test_a_pin_without_the_outcome_is_left_out(plan_results: Results, other: Results) -> None:
    lacking = replace(other, plan={})
    shown = Shown(plan_results, (Pin("B", lacking, 0),))
    assert charts.figure("trust", shown, ENGLISH, LIGHT) == charts.figure(
        "trust", Shown(plan_results), ENGLISH, LIGHT
    )


def test_the_old_baseline_shows_only_where_it_differs(plan_results: Results) -> None:
    same = {name: band[1] for name, band in plan_results.baseline.items()}
    for old, lines in ((same, 0), ({**same, "trust": same["trust"] * 0.9}, 1)):
        figure = charts.figure("trust", Shown(plan_results, (), old), ENGLISH, LIGHT)
        assert len([one for one in figure.data if one.get("name") == "before"]) == lines
    assert math.fsum(same["cumulative_value"]) == 0.0


def test_unknown_outcomes_are_refused(plan_results: Results) -> None:
    for call in (charts.axis, lambda name, shown: charts.figure(name, shown, ENGLISH, LIGHT)):
        with pytest.raises(KeyError):
            call("happiness", Shown(plan_results))


# --- calm ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "outcome",
    ["net_contribution", "churn", "customers", "trust", "service_quality", "contacts_unserved"],
)
def test_the_layout_stays_while_a_lever_is_dragged(outcome: str, base: Scenario) -> None:
    """Other data at every step; the axis makes room a few times while what is cut doubles."""
    figures: list[Figure] = []
    within: tuple[float, float] | None = None
    for percent in range(10, 21):
        one = base.changed(**{"plan.customer_service.share_moved": percent / 100})
        shown = Shown(results(one, [outcome], DRAWS), within=within)
        figures.append(charts.figure(outcome, shown, ENGLISH, LIGHT))
        low, high = figures[-1].layout["yaxis"]["range"]
        within = low, high
    steps = list(pairwise(figures))
    assert all(one.data != other.data for one, other in steps)
    assert sum(one.key != other.key for one, other in steps) <= 4
    assert all((one.key == other.key) == (one.layout == other.layout) for one, other in steps)


def test_an_axis_is_kept_as_long_as_all_fits(plan_results: Results, other: Results) -> None:
    def figure(results: Results, within: tuple[float, float] | None) -> Figure:
        shown = Shown(results, within=within, is_moving=True)
        return charts.figure("cumulative_value", shown, ENGLISH, LIGHT)

    wide, own = figure(other, None), figure(plan_results, None)
    low, high = wide.layout["yaxis"]["range"]
    assert own.layout["yaxis"]["range"] != [low, high]
    assert figure(plan_results, (low, high)).key == wide.key
    top = float(plan_results.plan["cumulative_value"].max())
    assert figure(plan_results, (low, 0.9 * top)).layout["yaxis"]["range"] == [low, 0.9 * top], (
        "a band may be cut a little"
    )
    for tight in ((0.01 * low, 0.01 * high), (1e6 * low, 1e6 * high)):
        assert figure(plan_results, tight) == own


def test_what_moves_has_no_texts_for_who_points_at_it(plan_results: Results) -> None:
    still, moving = (
        charts.figure("trust", Shown(plan_results, is_moving=on), ENGLISH, LIGHT)
        for on in (False, True)
    )
    bare = [
        {key: one[key] for key in one if key not in ("customdata", "hovertemplate")}
        for one in still.data
    ]
    assert moving.data == bare != still.data
    assert moving.key == still.key


@given(st.floats(-0.4, 0.4), st.floats(-0.4, 0.4))
def test_key_is_that_of_the_layout(bare: Results, rise: float, other_rise: float) -> None:
    """The same for the same layout, another for another."""

    def figure(end: float) -> Figure:
        plan = np.tile(np.linspace(100.0, 100.0 * (1 + end), 13), (3, 1))
        shown = Shown(with_series(bare, "customers", plan, np.full((3, 13), 100.0)))
        return charts.figure("customers", shown, ENGLISH, LIGHT)

    a, b = figure(rise), figure(other_rise)
    assert (a.key == b.key) == (a.layout == b.layout)
    same_axis = a.layout["yaxis"]["range"] == b.layout["yaxis"]["range"]
    assert (a.layout == b.layout) == same_axis


def test_zoom_survives_a_move_but_not_another_outcome(
    plan_results: Results, other: Results
) -> None:
    def state(outcome: str, shown: Results) -> set[object]:
        layout = charts.figure(outcome, Shown(shown), ENGLISH, LIGHT).layout
        return {part["uirevision"] for part in (layout, layout["xaxis"], layout["yaxis"])}

    assert state("trust", plan_results) == state("trust", other)
    assert not state("trust", plan_results) & state("customers", plan_results)
