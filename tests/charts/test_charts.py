"""Charts: valid for Plotly, true to the numbers, calm from move to move, and safe for any name."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import charts, scenario
from simulator import results as outcomes
from simulator.charts import CHARTS, KEPT, MULTIPLES, PICKER, ROWS, Figure, Pin, Shown
from simulator.charts.palette import DARK, LIGHT, PALETTES
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.model.quantities import SOURCES, Split
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, units
from simulator.scenario import Scenario
from tests.support.strategies import SHARES, logarithmic, splits
from ui.cache import Results, results

NASTY = (
    "<img src=x onerror=alert(1)>",
    "<b>bold</b> & %{y} %{customdata[0]}",
    '<a href="javascript:alert(1)">x</a>',
    "a name of\nseveral lines \t and very, very, very many words in it, up to eighty signs",
    "客户连接计划客户连接计划客户连接计划",
)
DRAWS = 64
languages = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)

KINDS = [name for name in CHARTS if name not in OUTCOMES]
"""Charts of another kind than an outcome over time."""


@pytest.fixture(scope="module")
def base() -> Scenario:
    return scenario.load_shipped("balanced-shift")


@pytest.fixture(scope="module")
def found(base: Scenario) -> Results:
    return results(base, OUTCOMES, DRAWS)


@pytest.fixture(scope="module")
def bare(found: Results) -> Results:
    """Results for :func:`with_series`, without any series of their own."""
    return replace(found, plan={}, baseline={}, final_change={})


@pytest.fixture(scope="module")
def other(base: Scenario) -> Results:
    moved = base.changed(**{"plan.customer_service.share_moved": 0.6})
    return results(moved, OUTCOMES, DRAWS)


@pytest.fixture(scope="module")
def full(found: Results, other: Results) -> Shown:
    """All that there can be in one chart."""
    pins = tuple(Pin(name, other, slot) for slot, name in enumerate(NASTY[:4]))
    return Shown(found, pins, {name: 0.9 * band[1] for name, band in found.baseline.items()})


def with_series(template: Results, outcome: str, plan: FloatArray, baseline: FloatArray) -> Results:
    """Results that hold these bands."""
    horizon = plan.shape[1] - 1
    return replace(
        template, plan={outcome: plan}, baseline={outcome: baseline}, horizon_months=horizon
    )


def strings(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
        case Mapping():
            for value in node.values():
                yield from strings(value)
        case list() | tuple():
            for value in node:
                yield from strings(value)


def trace(figure: Figure, **properties: object) -> dict[str, Any]:
    (one,) = (one for one in figure.data if properties.items() <= one.items())
    return one


def line(figure: Figure, name: str) -> dict[str, Any]:
    return trace(figure, name=name)


def labels(figure: Figure) -> dict[str, Any]:
    return trace(figure, mode="text")


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
    for language, palette in zip(LANGUAGES.values(), (LIGHT, DARK, LIGHT), strict=True):
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


def test_what_a_chart_reads_is_what_it_is_given(base: Scenario, found: Results) -> None:
    """The results are kept for the outcomes that charts say they read, and hold no other."""
    for name, chart in CHARTS.items():
        own = {outcome: found.plan[outcome] for outcome in chart.outcomes}
        small = replace(found, plan=own, baseline={one: found.baseline[one] for one in own})
        assert chart.build(base, Shown(small), ENGLISH, LIGHT, 24).title
        assert charts.outcomes_shown([name]) == {*chart.outcomes, *MULTIPLES}
        assert chart.comparable == (name in OUTCOMES)


@languages
def test_money_flow_is_valid(language: Language, base: Scenario) -> None:
    for palette in PALETTES.values():
        for one in (base, unmoved(base)):
            figure = charts.sankey(one, language, palette, 24)
            go.Figure({"data": figure.data, "layout": figure.layout})
            json.dumps([figure.layout, figure.data], allow_nan=False)


def test_few_traces(found: Results, full: Shown) -> None:
    """Plotly takes milliseconds for each."""
    assert len(charts.figure("trust", Shown(found), ENGLISH, LIGHT).data) == 5
    assert len(charts.figure("trust", full, ENGLISH, LIGHT).data) == 10


def test_a_band_without_width_is_not_drawn(found: Results, other: Results) -> None:
    """It costs time and shows nothing; the layout is the same with and without it."""
    for outcome, bands in (("cumulative_value", 1), ("spent_content", 0), ("trust", 2)):
        figure = charts.figure(outcome, Shown(found), ENGLISH, LIGHT)
        assert len([one for one in figure.data if one.get("fill")]) == bands
    narrow = replace(found, plan={name: band[[1, 1, 1]] for name, band in found.plan.items()})
    one, two = (
        charts.figure("trust", Shown(each, (Pin("A", found, 0),)), ENGLISH, LIGHT)
        for each in (found, narrow)
    )
    assert len(one.data) == len(two.data) + 1


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


# --- what is drawn -------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_lines_and_bands_are_the_results(outcome: str, full: Shown, found: Results) -> None:
    figure = charts.figure(outcome, full, ENGLISH, LIGHT)
    low, middle, high = found.plan[outcome]

    def near(values: FloatArray) -> Any:
        return pytest.approx(values.tolist(), rel=1e-4, abs=1e-12)

    assert line(figure, "plan")["y"] == near(middle)
    carrying_on = line(figure, "as now")
    assert carrying_on["y"] == near(found.baseline[outcome][1])
    if np.array_equal(low, high):
        return  # See test_a_band_without_width_is_not_drawn.
    band = trace(figure, fill="toself", fillcolor=LIGHT.plan_band)
    half = len(middle)
    assert band["y"][:half] == near(high)
    assert band["y"][half:][::-1] == near(low)
    assert band["x"] == [*range(half), *reversed(range(half))]


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


def test_a_pin_keeps_its_colour(found: Results, other: Results) -> None:
    figure = charts.figure("trust", Shown(found, (Pin("B", other, 2),)), ENGLISH, LIGHT)
    assert line(figure, "B")["line"]["color"] == LIGHT.pins[2].colour
    assert LIGHT.pins[2].colour in labels(figure)["textfont"]["color"]


def test_a_pin_without_the_outcome_is_left_out(found: Results, other: Results) -> None:
    lacking = replace(other, plan={})
    shown = Shown(found, (Pin("B", lacking, 0),))
    assert charts.figure("trust", shown, ENGLISH, LIGHT) == charts.figure(
        "trust", Shown(found), ENGLISH, LIGHT
    )


def test_the_old_baseline_shows_only_where_it_differs(found: Results) -> None:
    same = {name: band[1] for name, band in found.baseline.items()}
    for old, lines in ((same, 0), ({**same, "trust": same["trust"] * 0.9}, 1)):
        figure = charts.figure("trust", Shown(found, (), old), ENGLISH, LIGHT)
        assert len([one for one in figure.data if one.get("name") == "before"]) == lines
    assert math.fsum(same["cumulative_value"]) == 0.0


def test_unknown_outcomes_are_refused(found: Results) -> None:
    for call in (charts.axis, lambda name, shown: charts.figure(name, shown, ENGLISH, LIGHT)):
        with pytest.raises(KeyError):
            call("happiness", Shown(found))


# --- axes ----------------------------------------------------------------------------------------

LIKE = ("cumulative_value", "customers", "trust", "productivity", "contacts_unserved", "churn")


@st.composite
def bands(draw: st.DrawFn) -> tuple[str, FloatArray, FloatArray]:
    """An outcome, and bands of any size that it could have."""
    outcome = draw(st.sampled_from(LIKE))
    share = OUTCOMES[outcome].unit == "share"
    size = 1.0 if share else draw(logarithmic(1e-2, 1e11))
    least = -1.0 if outcome in ("cumulative_value", "productivity") else 0.0
    numbers = st.floats(least, 1.0).map(lambda value: 0.0 if abs(value) < 1e-9 else value)
    months = draw(st.integers(12, 16)) + 1

    def band() -> FloatArray:
        near = draw(st.booleans())
        level = draw(numbers)
        rows = [
            [level * (1 - draw(st.floats(0, 0.1))) if near else draw(numbers) for _ in range(3)]
            for _ in range(3)
        ]
        corners = size * np.sort(np.array(rows), axis=0)
        times = np.linspace(0, 2, months)
        return np.array([np.interp(times, range(3), row) for row in corners])

    baseline = band()
    if outcome == "cumulative_value":
        baseline = np.zeros_like(baseline)
    return outcome, band(), baseline


@given(bands(), bands())
def test_axes_contain_all_that_is_shown(
    bare: Results, drawn: tuple[str, FloatArray, FloatArray], more: tuple[str, FloatArray, Any]
) -> None:
    outcome, plan, baseline = drawn
    pinned = np.interp(np.arange(plan.shape[1]), np.arange(more[1].shape[1]), more[1][1])
    pinned = np.clip(pinned, 0.0, 1.0) if OUTCOMES[outcome].unit == "share" else pinned
    if outcome not in ("cumulative_value", "productivity"):
        pinned = np.abs(pinned)
    pin = with_series(bare, outcome, np.tile(pinned, (3, 1)), baseline)
    shown = Shown(
        with_series(bare, outcome, plan, baseline), (Pin("A", pin, 0),), {outcome: pinned * 0.5}
    )
    low, high = charts.axis(outcome, shown)
    figure = charts.figure(outcome, shown, ENGLISH, LIGHT)
    assert figure.layout["yaxis"]["range"] == [low, high]
    for one in figure.data:
        assert low <= min(one["y"]) <= max(one["y"]) <= high
    if OUTCOMES[outcome].unit == "share":
        assert low >= -0.03 and high <= 1.03
    if outcome == "cumulative_value":
        assert low < 0.0 < high


@given(bands())
def test_axes_are_not_wasted(bare: Results, drawn: tuple[str, FloatArray, FloatArray]) -> None:
    """Coarse, but not so coarse that what moves is lost: a fifth of the height is used, unless
    hardly anything differs from today."""
    outcome, plan, baseline = drawn
    shown = Shown(with_series(bare, outcome, plan, baseline))
    low, high = charts.axis(outcome, shown)
    values = shown.values(outcome)
    today = baseline[1, 0]
    reach = max(abs(values - today).max(), abs(values).max() if low <= 0 else 0.0)
    floor = 0.05 if OUTCOMES[outcome].unit.startswith("share") else 0.02 * today
    if reach > floor and values.any():
        assert reach >= 0.2 * (high - low)


@given(logarithmic(1e-9, 1e15))
def test_coarse_steps(value: float) -> None:
    step = charts.coarse(value)
    assert value * (1 - 1e-9) <= step <= 2.0001 * value
    assert float(f"{step:.2g}") == pytest.approx(step)
    assert charts.coarse(step) == pytest.approx(step)


@given(st.floats(-1e9, 1e9), logarithmic(1e-2, 1e10))
def test_ticks_are_few_round_and_within(low: float, span: float) -> None:
    high = low + span
    values = charts.ticks(low, high)
    assert 2 <= len(values) <= 7
    room = 1e-4 * max(abs(low), abs(high))
    assert low - room <= min(values) and max(values) <= high + room


@given(bands())
@languages
def test_tick_texts_differ(
    language: Language, bare: Results, drawn: tuple[str, FloatArray, FloatArray]
) -> None:
    outcome, plan, baseline = drawn
    shown = Shown(with_series(bare, outcome, plan, baseline))
    vertical = charts.figure(outcome, shown, language, LIGHT).layout["yaxis"]
    assert len(vertical["tickvals"]) == len(vertical["ticktext"])
    assert len(set(vertical["ticktext"])) == len(vertical["ticktext"])


@pytest.mark.parametrize(
    ("code", "outcome", "text"),
    [
        ("en", "cumulative_value", "−500K"),
        ("nl", "cumulative_value", "−0,5"),
        ("da", "cumulative_value", "−0,5"),
        ("en", "customers", "99K"),
        ("nl", "customers", "99"),
        ("en", "service_quality", "80%"),
        ("da", "service_quality", "80\N{NO-BREAK SPACE}%"),
    ],
)
def test_ticks_are_written_by_locale(code: str, outcome: str, text: str, found: Results) -> None:
    figure = charts.figure(outcome, Shown(found), LANGUAGES[code], LIGHT)
    assert text in figure.layout["yaxis"]["ticktext"]


@pytest.mark.parametrize(
    ("end", "ticks", "unit"),
    [
        (9e3, ["0", "2", "4", "6", "8", "10"], "klanten (× 1.000)"),
        (3e3, ["0", "1.000", "2.000", "3.000"], "klanten"),
        (4e5, ["0", "100", "200", "300", "400", "500"], "klanten (× 1.000)"),
        (9e6, ["0", "2", "4", "6", "8", "10"], "klanten (× 1\N{NO-BREAK SPACE}mln.)"),
    ],
)
def test_where_thousands_have_no_short_form_the_unit_counts_them(
    end: float, ticks: list[str], unit: str, bare: Results
) -> None:
    plan = np.tile(np.linspace(0.0, end, 13), (3, 1))
    shown = Shown(with_series(bare, "customers", plan, plan))
    layout = charts.figure("customers", shown, LANGUAGES["nl"], LIGHT).layout
    (caption,) = layout["annotations"]
    assert layout["yaxis"]["ticktext"] == ticks
    assert caption["text"] == unit
    assert "(×" not in layout["xaxis"]["unifiedhovertitle"]["text"]


def test_ticks_have_as_many_figures_as_it_takes(bare: Results) -> None:
    plan = np.full((3, 13), 1_205_000.0)
    plan[:, -1] = 1_206_000.0
    shown = Shown(with_series(bare, "customers", plan, plan[:, :1].repeat(13, axis=1)))
    texts = charts.figure("customers", shown, ENGLISH, LIGHT).layout["yaxis"]["ticktext"]
    assert len(set(texts)) == len(texts) and all(text.endswith("M") for text in texts)


@pytest.mark.parametrize("currency", ["EUR", "CHF", "DKK", "USD"])
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", [path.stem for path in scenario.shipped()])
def test_most_of_a_chart_s_width_is_for_its_lines(name: str, code: str, currency: str) -> None:
    """On a projector, and on a phone; whatever is pinned."""
    one = replace(results(scenario.load_shipped(name), OUTCOMES, 16), currency=currency)
    pins = tuple(Pin(text, one, slot) for slot, text in enumerate(("Plan A", "W" * 80, *NASTY[3:])))
    shown = Shown(one, pins, {key: 0.9 * band[1] for key, band in one.baseline.items()})
    for font, width, least in ((24, 610, 0.65), (15, 390, 0.6)):
        shares = {}
        for outcome, what in OUTCOMES.items():
            if currency != "EUR" and "currency" not in what.unit:
                continue  # the same chart as in euros
            layout = charts.figure(outcome, shown, LANGUAGES[code], LIGHT, font).layout
            shares[outcome] = 1 - (layout["margin"]["l"] + layout["margin"]["r"]) / width
            assert len(layout["xaxis"]["tickvals"]) <= 6
        assert {outcome: share for outcome, share in shares.items() if share < least} == {}


@pytest.mark.parametrize(("code", "separators"), [("en", ".,"), ("nl", ",."), ("da", ",.")])
def test_separators_are_those_of_the_locale(code: str, separators: str, found: Results) -> None:
    figure = charts.figure("trust", Shown(found), LANGUAGES[code], LIGHT)
    assert figure.layout["separators"] == separators


def test_nothing_has_no_scale(bare: Results) -> None:
    nothing = np.zeros((3, 13))
    for outcome in ("cumulative_value", "productivity", "contacts_unserved", "trust"):
        shown = Shown(with_series(bare, outcome, nothing, nothing))
        figure = charts.figure(outcome, shown, ENGLISH, LIGHT)
        assert figure.layout["yaxis"]["tickvals"] == [0.0]
        assert "nan" not in figure.alt


@pytest.mark.parametrize(
    ("horizon", "last", "title"),
    [
        (12, "12", "months"),
        (24, "24", "months"),
        (60, "5", "years"),
        (72, "6", "years"),
        (120, "10", "years"),
    ],
)
def test_time_axis(horizon: int, last: str, title: str, bare: Results) -> None:
    band = np.ones((3, horizon + 1))
    shown = Shown(with_series(bare, "customers", band, band))
    across = charts.figure("customers", shown, ENGLISH, LIGHT).layout["xaxis"]
    assert across["range"] == [0, horizon] and 4 <= len(across["tickvals"]) <= 6
    assert across["ticktext"][-1] == last and across["tickvals"][-1] == horizon
    assert title in across["title"]["text"]


# --- calm ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "outcome",
    ["net_contribution", "churn", "customers", "trust", "service_quality", "contacts_unserved"],
)
def test_the_layout_stays_while_a_lever_is_dragged(outcome: str, base: Scenario) -> None:
    """Other data at every step; the axis makes room a few times while what is cut doubles."""
    figures = [
        charts.figure(outcome, Shown(results(one, [outcome], DRAWS)), ENGLISH, LIGHT)
        for one in (
            base.changed(**{"plan.customer_service.share_moved": percent / 100})
            for percent in range(10, 21)
        )
    ]
    steps = list(pairwise(figures))
    assert all(one.data != other.data for one, other in steps)
    assert sum(one.key != other.key for one, other in steps) <= 3
    assert all((one.key == other.key) == (one.layout == other.layout) for one, other in steps)


@given(st.floats(-0.4, 0.4), st.floats(-0.4, 0.4))
def test_key_is_that_of_the_layout(bare: Results, one: float, other: float) -> None:
    """The same for the same layout, another for another."""

    def figure(end: float) -> Figure:
        plan = np.tile(np.linspace(100.0, 100.0 * (1 + end), 13), (3, 1))
        shown = Shown(with_series(bare, "customers", plan, np.full((3, 13), 100.0)))
        return charts.figure("customers", shown, ENGLISH, LIGHT)

    a, b = figure(one), figure(other)
    assert (a.key == b.key) == (a.layout == b.layout)
    same_axis = a.layout["yaxis"]["range"] == b.layout["yaxis"]["range"]
    assert (a.layout == b.layout) == same_axis


def test_zoom_survives_a_move_but_not_another_outcome(found: Results, other: Results) -> None:
    def state(outcome: str, shown: Results) -> set[object]:
        layout = charts.figure(outcome, Shown(shown), ENGLISH, LIGHT).layout
        return {part["uirevision"] for part in (layout, layout["xaxis"], layout["yaxis"])}

    assert state("trust", found) == state("trust", other)
    assert not state("trust", found) & state("customers", found)


# --- labels --------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(
            st.one_of(st.floats(0, 1), st.sampled_from((0.0, 0.5, 1.0))), st.sampled_from((1, 2, 3))
        ),
        max_size=14,
    )
)
def test_labels_are_moved_apart(given_ones: list[tuple[float, int]]) -> None:
    wanted = [place for place, _ in given_ones]
    heights = [rows / ROWS for _, rows in given_ones]
    places = charts.apart(wanted, heights)
    shrunk = min(1.0, 1.0 / (math.fsum(heights) or 1.0))
    ordered = sorted(zip(places, heights, strict=True))
    ends = [(place - shrunk * high / 2, place + shrunk * high / 2) for place, high in ordered]
    assert all(below[1] <= above[0] + 1e-9 for below, above in pairwise(ends))
    assert all(low >= -1e-9 and high <= 1 + 1e-9 for low, high in ends)
    pairs = sorted(zip(wanted, places, strict=True))
    below = [place for _, place in pairs]
    assert below == sorted(below) or len(set(wanted)) < len(wanted)


def test_labels_move_no_further_than_they_must() -> None:
    def near(*places: float) -> Any:
        return pytest.approx(list(places))

    assert charts.apart([0.2, 0.8, 0.5], [0.1] * 3) == near(0.2, 0.8, 0.5)
    assert charts.apart([0.5, 0.5], [0.1] * 2) == near(0.45, 0.55)
    assert charts.apart([0.5, 0.52, 0.9], [0.1] * 3) == near(0.46, 0.56, 0.9)
    assert charts.apart([0.0, 0.0], [0.1] * 2) == near(0.05, 0.15)
    assert charts.apart([0.5, 0.5], [0.2, 0.1]) == near(0.425, 0.575)
    assert charts.apart([1.0, 0.0], [0.2, 0.1]) == near(0.9, 0.05)
    assert charts.apart([], []) == []


@given(bands(), st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_labels_in_a_chart_do_not_overlap(
    bare: Results, drawn: tuple[str, FloatArray, FloatArray], ends: list[float]
) -> None:
    """In a chart of the least height, at most a row is needed for each."""
    outcome, plan, baseline = drawn
    low, high = float(plan.min()), float(plan.max())
    shown = Shown(
        with_series(bare, outcome, plan, baseline),
        tuple(
            Pin(
                f"pin {slot}",
                with_series(bare, outcome, np.full_like(plan, low + end * (high - low)), baseline),
                slot,
            )
            for slot, end in enumerate(ends)
        ),
        {outcome: baseline[1] * 0.99},
    )
    figure = charts.figure(outcome, shown, ENGLISH, LIGHT, 24)
    bottom, top = figure.layout["yaxis"]["range"]
    margin = figure.layout["margin"]
    pixels = charts.least_height(24) - margin["t"] - margin["b"]
    row = 24 * charts.ROW_HEIGHT
    texts = labels(figure)["text"]
    heights = [row * (1 + text.count("<br>")) for text in texts]
    middles = [(value - bottom) / (top - bottom) * pixels for value in labels(figure)["y"]]
    assert len(texts) in (6, 7) and max(heights) == 2 * row
    # What is drawn is rounded to a few hundredths of a pixel.
    edges = [(-1.0, 0.0), (pixels, pixels + 1.0)]
    edges += [
        (middle - high / 2, middle + high / 2)
        for middle, high in zip(middles, heights, strict=True)
    ]
    assert all(below[1] <= above[0] + 0.5 for below, above in pairwise(sorted(edges)))


def shown_text(label: str) -> list[str]:
    """The lines of a label as they are read."""
    plain = label.removeprefix("<b>").removesuffix("</b>").split("<br>")
    return [html.unescape(text) for text in plain]


def test_labels_say_which_line_and_where_it_ends(found: Results) -> None:
    figure = charts.figure("trust", Shown(found), ENGLISH, LIGHT)
    texts = [[text.strip() for text in shown_text(label)] for label in labels(figure)["text"]]
    end = ENGLISH.percent(float(found.plan["trust"][1, -1]))
    assert texts == [["plan", end], ["as now"]]
    assert labels(figure)["text"][0].startswith("<b>")
    assert labels(figure)["textfont"]["color"] == [LIGHT.plan.colour, LIGHT.baseline.colour]
    assert set(labels(figure)["x"]) == {found.horizon_months}


@pytest.mark.parametrize(
    ("code", "currency", "text"),
    [
        ("en", "EUR", "−€107K"),
        ("en", "CHF", "−107K"),
        ("nl", "EUR", "−107.000"),
        ("da", "DKK", "−107.000"),
    ],
)
def test_the_currency_is_at_the_line_s_end_only_where_it_is_short(
    code: str, currency: str, text: str, bare: Results
) -> None:
    plan = np.full((3, 13), -107_234.0)
    one = replace(with_series(bare, "cumulative_value", plan, np.zeros((3, 13))), currency=currency)
    figure = charts.figure("cumulative_value", Shown(one), LANGUAGES[code], LIGHT)
    assert shown_text(labels(figure)["text"][0])[1].strip() == text


@pytest.mark.parametrize(
    ("outcome", "value", "text"),
    [
        ("churn", 0.1083, "10.8%"),
        ("churn", 0.1996, "20%"),
        ("churn", 0.2083, "21%"),
        ("customers", 1203.4, "1,203"),
        ("customers", 12_034.0, "12K"),
    ],
)
def test_values_are_as_exact_as_it_takes_to_tell_plans_apart(
    outcome: str, value: float, text: str
) -> None:
    assert charts.compact(value, outcome, "EUR", ENGLISH) == text


INTER = {".": 0.29, ",": 0.29, " ": 0.28, "\N{NO-BREAK SPACE}": 0.28, "m": 0.88, "w": 0.82}
"""Widths of characters in font sizes, measured; of digits and the rest at most as below."""


def test_there_is_room_for_the_labels(full: Shown) -> None:
    for outcome in OUTCOMES:
        for language in LANGUAGES.values():
            figure = charts.figure(outcome, full, language, LIGHT, 20)
            longest = 0.0
            for label in labels(figure)["text"]:
                for text in shown_text(label):
                    known = text.encode("ascii", "ignore").decode()
                    wide = math.fsum(INTER.get(sign, 0.55) for sign in known)
                    longest = max(longest, wide)
            assert figure.layout["margin"]["r"] >= 20 * longest


# --- text ----------------------------------------------------------------------------------------


@languages
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_alt_tells_the_numbers_drawn(
    outcome: str, language: Language, found: Results, other: Results
) -> None:
    figure = charts.figure(outcome, Shown(found, (Pin("B <b>", other, 0),)), language, LIGHT)

    def said(value: float, results: Results = found) -> str:
        value = results.money_shown(outcome, value)
        return units.amount(value, outcome, found.currency, language)

    low, middle, high = (said(float(value)) for value in found.plan[outcome][:, -1])
    carrying_on = said(float(found.baseline[outcome][1, -1]))
    pinned = said(float(other.plan[outcome][1, -1]))
    for text in (low, middle, high, carrying_on, pinned, "B <b>", figure.title):
        assert text in figure.alt
    assert float(line(figure, "B &lt;b&gt;")["y"][-1]) == pytest.approx(
        float(other.plan[outcome][1, -1]), rel=1e-4
    )


@pytest.mark.parametrize(
    ("code", "text"), [("en", "−1,234,568"), ("nl", "−1.234.568"), ("da", "−1.234.568")]
)
def test_hover_writes_numbers_by_locale(code: str, text: str, bare: Results) -> None:
    plan = np.full((3, 13), -1234567.8)
    shown = Shown(with_series(bare, "cumulative_value", plan, np.zeros((3, 13))))
    figure = charts.figure("cumulative_value", shown, LANGUAGES[code], LIGHT)
    drawn = trace(figure, legendrank=1)
    assert drawn["customdata"][3] == (text, text, text)
    assert "€" in figure.layout["xaxis"]["unifiedhovertitle"]["text"]


def test_hover_writes_shares_by_locale_and_no_negative_nothing(bare: Results) -> None:
    plan = np.tile(np.array([[0.1], [0.1254], [0.2]]), (1, 13))
    shown = Shown(with_series(bare, "trust", plan, plan))
    for code, text in (("en", "12.5%"), ("da", "12,5\N{NO-BREAK SPACE}%")):
        figure = charts.figure("trust", shown, LANGUAGES[code], LIGHT)
        assert trace(figure, legendrank=1)["customdata"][0][0] == text
    value = np.full((3, 13), -0.3)
    value[0, -1] = -5e6
    shown = Shown(with_series(bare, "cumulative_value", value, np.zeros((3, 13))))
    figure = charts.figure("cumulative_value", shown, ENGLISH, LIGHT)
    assert trace(figure, legendrank=1)["customdata"][0][0] == "0"


@pytest.mark.parametrize("name", NASTY)
def test_names_are_text(name: str, found: Results, other: Results) -> None:
    """Plotly makes markup of what is not escaped, and fills in what looks like a template."""
    figure = charts.figure("trust", Shown(found, (Pin(name, other, 0),)), ENGLISH, LIGHT)
    without = charts.figure("trust", Shown(found), ENGLISH, LIGHT)
    known = set(strings([without.layout, without.data]))
    added = set(strings([figure.layout, figure.data])) - known
    told = [text for text in added if text.strip("\N{NO-BREAK SPACE}")[:1] == html.escape(name)[:1]]
    shown = [text for text in added if "%{fullData.name}" not in text]
    assert told
    for text in shown:
        assert "<" not in text and "\n" not in text
    for one in figure.data:
        assert name not in one.get("hovertemplate", "")
        assert "%{y}" not in one.get("hovertemplate", "")
    (label,) = set(labels(figure)["text"]) - set(labels(without)["text"])
    assert charts.text_width(html.unescape(label.strip())) <= charts.NAME_ROOM
    assert name in figure.alt


def test_long_names_are_shortened_before_they_are_escaped(found: Results, other: Results) -> None:
    """Otherwise half an entity could remain."""
    pin = Pin("&" * 80, other, 0)
    figure = charts.figure("trust", Shown(found, (pin,)), ENGLISH, LIGHT)
    label = labels(figure)["text"][-1].strip()
    assert label.endswith("…") and len(label) > 10
    assert set(label.removesuffix("…").split("&amp;")) == {""}


# --- small multiples -----------------------------------------------------------------------------


@languages
@pytest.mark.parametrize("outcome", MULTIPLES)
def test_multiples_are_the_results(outcome: str, language: Language, full: Shown) -> None:
    one = charts.multiple(outcome, full, language)
    json.dumps(one, allow_nan=False)
    found = full.results
    low, middle, high = found.plan[outcome]
    given = {"low": low, "plan": middle, "high": high, "baseline": found.baseline[outcome][1]}
    least, most = one["axis"]
    for name, values in given.items():
        assert len(one[name]) == 31
        assert one[name] == pytest.approx(values[::2].tolist(), rel=1e-4)
        assert least <= min(one[name]) <= max(one[name]) <= most
    assert one["id"] == outcome and one["label"] == language.gettext(OUTCOMES[outcome].label)
    label = labels(charts.figure(outcome, full, language, LIGHT))["text"][0]
    assert one["now"] == shown_text(label)[1].strip()
    assert one["alt"] == charts.figure(outcome, full, language, LIGHT).alt


def test_multiples_of_any_horizon_are_evenly_spaced(found: Results) -> None:
    for horizon in (12, 30, 31, 47, 120):
        band = np.tile(np.linspace(0.0, 1.0, horizon + 1), (3, 1))
        shown = Shown(
            replace(found, plan={"trust": band}, baseline={"trust": band}, horizon_months=horizon)
        )
        drawn = charts.multiple("trust", shown, ENGLISH)["plan"]
        assert drawn == pytest.approx(np.linspace(0, 1, min(31, horizon + 1)).tolist(), rel=1e-4)


def test_change_is_the_paired_difference(found: Results) -> None:
    trust = found.final_change["trust"].difference.central
    points = charts.multiple("trust", Shown(found), ENGLISH)["change"]
    assert points == f"{ENGLISH.number(100 * trust, 1, sign=True)} points"
    heads = found.final_change["customers"].difference.central
    assert charts.multiple("customers", Shown(found), ENGLISH)["change"] == ENGLISH.short(
        heads, sign=True
    )


# --- money flow ----------------------------------------------------------------------------------


def unmoved(one: Scenario) -> Scenario:
    return one.changed(**{f"plan.{source}.share_moved": 0.0 for source in SOURCES})


def cents(value: float) -> int:
    assert abs(100 * value - round(100 * value)) < 1e-3 * max(1.0, abs(value) * 1e-9)
    return round(100 * value)


@given(
    st.lists(SHARES, min_size=3, max_size=3),
    st.lists(splits(), min_size=3, max_size=3),
    st.lists(st.one_of(logarithmic(0.01, 1e9), st.just(0.0)), min_size=3, max_size=3),
)
def test_money_flow_conserves_money_to_the_cent(
    base: Scenario, shares: list[float], own: list[Split], budgets: list[float]
) -> None:
    if not any(budgets):
        budgets[0] = 1.0
    one = base.changed(
        **{
            f"plan.{source}.{name}": value
            for source, share, split in zip(SOURCES, shares, own, strict=True)
            for name, value in (("share_moved", share), ("split", split._asdict()))
        },
        **{
            f"organisation.budgets.{source}": budget
            for source, budget in zip(SOURCES, budgets, strict=True)
        },
    )
    links = charts.flows(one)
    for source, budget, share, split in zip(SOURCES, budgets, shares, own, strict=True):
        out = {target: cents(money) for (of, target), money in links.items() if of == source}
        assert sum(out.values()) == round(100 * budget)
        assert all(money > 0 for money in out.values())
        for target, part in split._asdict().items():
            # Half a cent for the share, half for each of the six parts.
            expected = 100 * budget * share * part
            assert abs(out.get(target, 0) - expected) <= 4.0 + 1e-9 * budget


def test_money_flow_is_what_the_model_spends(base: Scenario) -> None:
    """With a split of its own for one source; at the end all changes are complete."""
    own = dict.fromkeys(Split._fields, 0.0) | {"community": 0.25, "savings": 0.75}
    one = base.changed(**{"plan.training.split": own, "plan.training.share_moved": 0.4})
    forecast = outcomes.simulate(one, 1)
    links = charts.flows(one)
    budgets = one.organisation.budgets
    for target in Split._fields:
        flowing = math.fsum(money for (_, to), money in links.items() if to == target)
        today = 0.0 if target == "savings" else getattr(budgets, target)
        name = "savings" if target == "savings" else f"spent_{target}"
        assert today + flowing == pytest.approx(forecast.series(name)[0, -1], abs=0.05)
    for source in SOURCES:
        spent = forecast.series(f"spent_{source}")[0, -1]
        assert links[source, KEPT] == pytest.approx(spent, abs=0.05)


@languages
def test_money_flow_draws_the_flows(language: Language, base: Scenario) -> None:
    links = charts.flows(base)
    figure = charts.sankey(base, language, LIGHT, 24)
    (drawn,) = figure.data
    names = drawn["node"]["label"]
    assert drawn["link"]["value"] == list(links.values())
    for of, to, label, (source, target) in zip(
        drawn["link"]["source"], drawn["link"]["target"], drawn["link"]["label"], links, strict=True
    ):
        total = math.fsum(money for (one, _), money in links.items() if one == source)
        into = math.fsum(money for (_, one), money in links.items() if one == target)
        assert names[of].endswith(language.money(total, "EUR"))
        assert names[to].endswith(language.money(into, "EUR"))
        assert language.money(links[source, target], "EUR") in label
    moved = math.fsum(money for (_, target), money in links.items() if target != KEPT)
    assert language.money(moved, "EUR") in figure.alt
    assert all(name in html.escape(figure.alt) for name in names[3:-1])
    # The halo hides what lies below a label.
    assert LIGHT.paper in drawn["textfont"]["shadow"]


@given(st.lists(logarithmic(1.0, 1e6), min_size=6, max_size=6), SHARES)
def test_money_flow_keeps_the_order_of_the_levers(
    base: Scenario, sizes: list[float], share: float
) -> None:
    """Plotly moves nodes down from where they are, in the order of their upper edges."""
    split = [size / math.fsum(sizes) for size in sizes]
    split[0] += 1.0 - math.fsum(split)
    one = base.changed(
        **{"plan.split": dict(zip(Split._fields, split, strict=True))},
        **{f"plan.{source}.split": None for source in SOURCES},
        **{f"plan.{source}.share_moved": max(share, 0.01) for source in SOURCES},
    )
    links = charts.flows(one)
    (drawn,) = charts.sankey(one, ENGLISH, LIGHT).data
    node = drawn["node"]
    order = [
        place for place in (*SOURCES, *Split._fields, KEPT) if any(place in link for link in links)
    ]
    assert len(node["label"]) == len(node["x"]) == len(node["y"]) == len(order)
    assert min(*node["x"], *node["y"]) > 0.0
    total = math.fsum(links.values())
    room = 0.9  # Of the height, what is left when there are gaps.
    for column in (order[:3], order[3:]):
        sizes = [math.fsum(m for link, m in links.items() if name in link) for name in column]
        middles = [node["y"][order.index(name)] for name in column]
        tops = [
            middle - room * size / total / 2 for middle, size in zip(middles, sizes, strict=True)
        ]
        assert all(above < below + 1e-4 for above, below in pairwise(tops))
    assert set(node["x"][:3]) == {min(node["x"])} and set(node["x"][3:]) == {max(node["x"])}


def test_money_flow_leaves_out_what_gets_nothing(base: Scenario) -> None:
    split = dict.fromkeys(Split._fields, 0.0) | {"content": 1.0}
    one = base.changed(
        **{"plan.split": split}, **{f"plan.{source}.split": None for source in SOURCES}
    )
    (drawn,) = charts.sankey(one, ENGLISH, LIGHT).data
    targets = [name for name in drawn["node"]["label"] if name.startswith(("List", "Cont", "Sav"))]
    assert [name.split()[0] for name in targets] == ["Content"]


def test_money_flow_says_when_there_is_none(base: Scenario) -> None:
    figure = charts.sankey(unmoved(base), ENGLISH, LIGHT)
    (text,) = (one["text"] for one in figure.layout["annotations"])
    assert "No money is moved" in text and text in figure.alt
    assert not any(one["type"] == "sankey" for one in figure.data)
    assert figure.key != charts.sankey(base, ENGLISH, LIGHT).key


def test_money_flow_keeps_its_layout(base: Scenario) -> None:
    moved = base.changed(**{"plan.training.share_moved": 0.5})
    one, other = (charts.sankey(each, ENGLISH, LIGHT) for each in (base, moved))
    assert one.key == other.key and one.data != other.data
