"""A plan in stages on charts: its review, and the ways that part there."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from simulator import charts
from simulator.charts import Shown, palette
from simulator.charts.labels import WAY
from simulator.charts.overlay import Overlaid, Parting, overlay
from simulator.charts.stages import branch_name
from simulator.i18n.language import ENGLISH, GAP, Language
from simulator.results.summary import Stages
from simulator.scenario import Scenario
from tests.support.drawn_charts import labels, languages, line
from ui.cache import Results

MONTH = 9
SHARES = {"on": 0.62, "stay": 0.2, "back": 0.18}


@pytest.fixture(scope="module")
def staged(plan_results: Results) -> Results:
    """Ways that end above and below the plan."""
    moved = {
        way: {
            name: band[1] + place * (band[2] - band[1] + 1e-3) * (np.arange(band.shape[1]) > MONTH)
            for name, band in plan_results.plan.items()
        }
        for place, way in enumerate(SHARES)
    }
    return replace(plan_results, stages=Stages(MONTH, SHARES, moved, {}))


@languages
def test_the_review_is_marked_and_every_way_is_drawn_from_there(
    language: Language, staged: Results
) -> None:
    figure = charts.figure("trust", Shown(staged), language, palette.LIGHT)
    go.Figure({"data": figure.data, "layout": figure.layout})
    json.dumps([figure.layout, figure.data], allow_nan=False)
    (mark,) = figure.layout["shapes"]
    assert (mark["x0"], mark["x1"]) == (MONTH, MONTH)
    assert str(MONTH) in figure.layout["annotations"][-1]["text"]
    ways = [trace for trace in figure.data if trace.get("x", [0])[0] == MONTH]
    assert [trace["name"].split(",")[0] for trace in ways] == [
        branch_name(way, language) for way in SHARES
    ]
    widest = max(trace["line"]["width"] for trace in figure.data if "customdata" in trace)
    assert all(trace["line"]["width"] < widest / 2 for trace in ways), "thin, beside the plan's"
    assert all(len(trace["x"]) == len(trace["y"]) == len(trace["customdata"]) for trace in ways)
    ends = "".join(labels(figure)["text"])
    assert all(branch_name(way, language) in ends for way in SHARES)
    assert labels(figure)["hovertext"].count(WAY) == len(SHARES), "the page may leave them out"
    assert all(branch_name(way, language) in figure.alt for way in SHARES)


def test_what_one_points_at_says_how_often_it_comes_to_that(staged: Results) -> None:
    figure = charts.figure("trust", Shown(staged), ENGLISH, palette.LIGHT)
    assert line(figure, "goes on, in 62 of 100 cases")["legendrank"] > 1
    assert "goes back, in 18 of 100 cases" in figure.alt


def test_the_axis_holds_all_ways(staged: Results) -> None:
    far = {
        way: {"trust": np.full(61, value)}
        for way, value in zip(SHARES, (0.9, 0.5, 0.1), strict=True)
    }
    assert staged.stages
    wide = replace(staged, stages=replace(staged.stages, branches=far))
    low, high = charts.figure("trust", Shown(wide), ENGLISH, palette.LIGHT).layout["yaxis"]["range"]
    assert low <= 0.1 and high >= 0.9


def test_a_plan_at_once_is_drawn_as_ever(plan_results: Results) -> None:
    figure = charts.figure("trust", Shown(plan_results), ENGLISH, palette.LIGHT)
    assert "shapes" not in figure.layout and len(figure.layout["annotations"]) == 1
    assert charts.multiple("trust", Shown(plan_results), ENGLISH)["review"] is None


def test_where_the_rule_leaves_nothing_open_the_review_alone_is_marked(staged: Results) -> None:
    assert staged.stages
    settled = replace(staged, stages=Stages(MONTH, {"on": 1.0}, {}, {}))
    figure = charts.figure("trust", Shown(settled), ENGLISH, palette.LIGHT)
    assert len(figure.layout["shapes"]) == 1
    assert not [trace for trace in figure.data if trace.get("x", [0])[0] == MONTH]
    assert figure.alt.endswith("The plan is reviewed in month 9.")


def test_the_table_tells_the_ways_and_the_month(staged: Results, base: Scenario) -> None:
    table = charts.CHARTS["trust"].table(base, Shown(staged), ENGLISH)
    place = next(
        index for index, text in enumerate(table.headings) if text.startswith("goes back, in 18")
    )
    assert staged.stages
    assert [row[place] for row in table.rows] == staged.stages.branches["back"]["trust"].tolist()
    assert table.headings[-1] == "Review in month 9"
    assert [row[0] for row in table.rows if row[-1]] == [MONTH]


def test_the_chance_by_year_and_small_charts_mark_it_too(staged: Results, base: Scenario) -> None:
    early = replace(staged, stages=Stages(3, {"on": 1.0}, {}, {}))
    for results, year in ((staged, 0.75), (early, 0.25)):
        figure = charts.CHARTS["chance_by_year"].build(
            base, Shown(results), ENGLISH, palette.LIGHT, 16
        )
        assert figure.layout["shapes"][-1]["x0"] == year
        assert figure.layout["xaxis"]["range"][0] < year
    assert charts.multiple("trust", Shown(staged), ENGLISH)["review"] == MONTH / 60


def test_compared_plans_are_marked_by_their_letters() -> None:
    strokes = palette.LIGHT.lettered
    band = np.linspace(0.1, 0.5, 61) + np.array([[0.0], [0.1], [0.2]])
    lines = [
        Overlaid(letter, letter, strokes[letter], band, 1024, month)
        for letter, month in (("A", 9), ("B", None), ("C", 12), ("D", 9))
    ]
    figure = overlay("trust", lines, None, "EUR", ENGLISH, palette.LIGHT)
    marks = [(one["x0"], one["line"]["color"]) for one in figure.layout["shapes"]]
    assert marks == [(9, palette.LIGHT.ink), (12, strokes["C"].colour)]
    texts = [one["text"] for one in figure.layout["annotations"][1:]]
    assert texts == ["A, D: Review<br>month 9", "C: Review<br>month 12"]


def test_ways_of_compared_plans_have_the_colour_and_the_letter_of_theirs() -> None:
    strokes = palette.LIGHT.lettered
    band = np.linspace(0.1, 0.5, 61) + np.array([[0.0], [0.1], [0.2]])
    ways = tuple(
        Parting(way, f"{way}, often", band[1] + step)
        for way, step in (("on", 0.3), ("back", -0.05))
    )
    lines = [
        Overlaid("A", "<b>", strokes["A"], band, 1024, MONTH, ways),
        Overlaid("B", "B", strokes["B"], band, 1024),
    ]
    figure = overlay("trust", lines, None, "EUR", ENGLISH, palette.LIGHT)
    json.dumps([figure.layout, figure.data], allow_nan=False)
    drawn = [trace for trace in figure.data if trace.get("x", [0])[0] == MONTH]
    assert [trace["name"] for trace in drawn] == ["A on, often", "A back, often"]
    assert {trace["line"]["color"] for trace in drawn} == {strokes["A"].colour}
    assert len({trace["line"]["dash"] for trace in figure.data if "name" in trace}) == 4
    assert figure.layout["yaxis"]["range"][1] >= ways[0].medians.max()
    texts = "".join(labels(figure)["text"])
    assert all(f"A{GAP}{branch_name(way, ENGLISH)}" in texts for way in ("on", "back"))
    assert "A is reviewed in month 9; after that: on, often at 90%" in figure.alt


@pytest.mark.parametrize("theme", palette.PALETTES.values(), ids=palette.PALETTES)
def test_ways_are_told_apart_by_their_dash(theme: palette.Palette) -> None:
    """From each other, and from every other line."""
    strokes = [*theme.strokes.values(), *theme.branches.values()]
    dashes = [one.dash for one in strokes]
    assert len({*dashes}) == len(dashes)
    assert {one.colour for one in theme.branches.values()} == {theme.plan.colour}
    for one, other in itertools.combinations(theme.branches.values(), 2):
        assert one.dash != other.dash
