"""Labels at the ends of lines, texts for those who hover or do not see, and safe names."""

from __future__ import annotations

import html
import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import charts
from simulator.charts import ROWS, Pin, Shown
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES, Estimate, precision, units
from tests.support.drawn_charts import (
    NASTY,
    bands,
    labels,
    languages,
    line,
    shown_text,
    strings,
    trace,
    with_series,
)
from ui.cache import Results

# --- labels --------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(
            st.one_of(st.floats(0, 1), st.sampled_from((0.0, 0.5, 1.0))), st.sampled_from((1, 2, 3))
        ),
        max_size=14,
    )
)
def test_labels_are_moved_apart(places_and_rows: list[tuple[float, int]]) -> None:
    wanted = [place for place, _ in places_and_rows]
    heights = [rows / ROWS for _, rows in places_and_rows]
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
    assert len(texts) in (2, 3) and max(heights) == 2 * row
    # What is drawn is rounded to a few hundredths of a pixel.
    edges = [(-1.0, 0.0), (pixels, pixels + 1.0)]
    edges += [
        (middle - high / 2, middle + high / 2)
        for middle, high in zip(middles, heights, strict=True)
    ]
    assert all(below[1] <= above[0] + 0.5 for below, above in pairwise(sorted(edges)))
    letters = figure.data[-1]
    assert [shown_text(text)[0].strip() for text in letters["text"]] == [*"ABCD"]
    assert letters["textfont"]["color"] == [stroke.colour for stroke in LIGHT.pins]
    places = [(value - bottom) / (top - bottom) * pixels for value in letters["y"]]
    lines = [line(figure, f"{letter} pin {slot}")["y"][-1] for slot, letter in enumerate("ABCD")]
    far = [
        abs(place - (value - bottom) / (top - bottom) * pixels)
        for place, value in zip(places, lines, strict=True)
    ]
    # Four that end at the same height, at an edge: the furthest by three letters and a half.
    assert max(far) <= 3.5 * 24 + 0.5
    assert all(above - below >= 24 - 0.5 for below, above in pairwise(sorted(places)))


def test_labels_say_which_line_and_where_it_ends(plan_results: Results) -> None:
    figure = charts.figure("trust", Shown(plan_results), ENGLISH, LIGHT)
    texts = [[text.strip() for text in shown_text(label)] for label in labels(figure)["text"]]
    end = ENGLISH.percent(float(plan_results.plan["trust"][1, -1]), decimals=1)
    assert texts == [["plan", end], ["as now"]]
    assert labels(figure)["text"][0].startswith("<b>")
    assert labels(figure)["textfont"]["color"] == [LIGHT.plan.colour, LIGHT.baseline.colour]
    assert set(labels(figure)["x"]) == {plan_results.horizon_months}


def test_letters_say_where_they_belong(full: Shown) -> None:
    """In a taller chart they come closer to that, as names do."""
    figure = charts.figure("trust", full, ENGLISH, LIGHT)
    letters = [one for one in figure.data if one.get("mode") == "text"][1]
    ends = [float(medians[-1]) for _, medians in full.pins_of("trust")]
    assert letters["meta"] == pytest.approx(ends, abs=1e-4)


@pytest.mark.parametrize(
    ("code", "currency", "text"),
    [
        ("en", "EUR", "−€107K"),
        ("en", "CHF", "−107K"),
        ("nl", "EUR", "−€ 107.000"),
        ("da", "DKK", "−107.000 kr."),
    ],
)
def test_the_currency_is_at_the_line_s_end_where_it_is_short_or_the_axis_counts_millions(
    code: str, currency: str, text: str, bare: Results
) -> None:
    plan = np.full((3, 13), -107_234.0)
    in_currency = replace(
        with_series(bare, "cumulative_value", plan, np.zeros((3, 13))), currency=currency
    )
    figure = charts.figure("cumulative_value", Shown(in_currency), LANGUAGES[code], LIGHT)
    said = shown_text(labels(figure)["text"][0])[1].strip()
    assert said.replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("outcome", "value", "text"),
    [
        ("churn", 0.1083, "10.8%"),
        ("churn", 0.1996, "20%"),
        ("churn", 0.2083, "21%"),
        ("customers", 1203.4, "1,203"),
        ("customers", 12_034.0, "12,034"),
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
    outcome: str, language: Language, plan_results: Results, other: Results
) -> None:
    figure = charts.figure(outcome, Shown(plan_results, (Pin("B <b>", other, 0),)), language, LIGHT)

    def amount_text(
        value: float, results: Results = plan_results, *, is_middle: bool = True
    ) -> str:
        value = results.money_shown(outcome, value, is_middle=is_middle)
        return units.amount(value, outcome, plan_results.currency, language)

    ends = map(float, plan_results.plan[outcome][:, -1])
    low, middle, high = (
        amount_text(value, is_middle=is_middle)
        for value, is_middle in zip(ends, (False, True, False), strict=True)
    )
    carrying_on = amount_text(float(plan_results.baseline[outcome][1, -1]))
    pinned = amount_text(float(other.plan[outcome][1, -1]), other)
    for text in (low, middle, high, carrying_on, pinned, "A B <b>", figure.title):
        assert text in figure.alt
    assert float(line(figure, "A B &lt;b&gt;")["y"][-1]) == pytest.approx(
        float(other.plan[outcome][1, -1]), rel=1e-4
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ("−€860K", "−€1.6M", "−€400K")),
        ("nl", ("−€ 860.000", "−€ 1,6 mln.", "−€ 400.000")),
        ("da", ("−860.000 €", "−1,6 mio. €", "−400.000 €")),
    ],
)
def test_hover_says_an_amount_as_the_headline_does(
    code: str, said: tuple[str, ...], bare: Results
) -> None:
    """With its sign and its currency, and the digits that the draws support: of both ends one
    digit, of the middle its own."""
    ends = np.array([[-1_637_939.0], [-860_780.0], [-412_378.0]])
    plan = ends * np.linspace(0.0, 1.0, 13)
    drawn = replace(bare, years=replace(bare.years, draws=1024))
    shown = Shown(with_series(drawn, "cumulative_value", plan, np.zeros((3, 13))))
    language = LANGUAGES[code]
    figure = charts.figure("cumulative_value", shown, language, LIGHT)
    texts = trace(figure, legendrank=1)["customdata"]
    assert tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in texts[-1]) == said
    low, middle, high = ends[:, 0].tolist()
    error = precision.of_quantiles(low, middle, high, 1024)
    estimate = Estimate(low, middle, high, error)
    as_headline = precision.shown(estimate)
    assert texts[-1] == tuple(
        language.money(value, "EUR", sign=True)
        for value in (as_headline.central, as_headline.low, as_headline.high)
    )
    nothing = language.money(0, "EUR")
    assert texts[0] == (nothing, nothing, nothing)


def test_hover_says_shares_and_counts_no_finer_than_the_page(bare: Results) -> None:
    plan = np.tile(np.array([[0.1], [0.12543], [0.2]]), (1, 13))
    shown = Shown(with_series(bare, "trust", plan, plan))
    for code, text in (("en", "12.5%"), ("da", "12,5\N{NO-BREAK SPACE}%")):
        figure = charts.figure("trust", shown, LANGUAGES[code], LIGHT)
        assert trace(figure, legendrank=1)["customdata"][0][0] == text
    for level, rise, text in ((1_234.4, 90.0, "1,234"), (1_234_567.0, 30_000.0, "1.235M")):
        heads = np.linspace(level, level + rise, 13) * np.ones((3, 1))
        shown = Shown(with_series(bare, "customers", heads, heads))
        figure = charts.figure("customers", shown, ENGLISH, LIGHT)
        assert trace(figure, legendrank=1)["customdata"][0][0] == text


@pytest.mark.parametrize("name", NASTY)
def test_names_are_text(name: str, plan_results: Results, other: Results) -> None:
    """Plotly makes markup of what is not escaped, and fills in what looks like a template."""
    figure = charts.figure("trust", Shown(plan_results, (Pin(name, other, 0),)), ENGLISH, LIGHT)
    without = charts.figure("trust", Shown(plan_results), ENGLISH, LIGHT)
    known = set(strings([without.layout, without.data]))
    added = set(strings([figure.layout, figure.data])) - known
    mentions = [text for text in added if text.startswith(f"A {html.escape(name)[:1]}")]
    ends = {*labels(figure)["text"], *figure.data[-1]["text"]}  # no names of pins in them
    assert not [text for text in ends if html.escape(name)[:4] in text]
    assert mentions
    for text in added - ends:
        assert "%{fullData.name}" in text or ("<" not in text and "\n" not in text)
    for part in figure.data:
        assert name not in part.get("hovertemplate", "")
        assert "%{y}" not in part.get("hovertemplate", "")
    assert name in figure.alt


def test_long_names_are_shortened_before_they_are_escaped(
    plan_results: Results, other: Results
) -> None:
    """Otherwise half an entity could remain."""
    pin = Pin("&" * 80, other, 0)
    figure = charts.figure("trust", Shown(plan_results, (pin,)), ENGLISH, LIGHT)
    (name,) = [one["name"] for one in figure.data if one.get("name", "").startswith("A ")]
    label = name.removeprefix("A ")
    assert label.endswith("…") and len(label) > 10
    assert set(label.removesuffix("…").split("&amp;")) == {""}


def test_ends_in_words_are_those_of_the_strip(plan_results: Results) -> None:
    """An end of less than the last digit is rounded to that, where it is not nothing then."""
    change = plan_results.final_change["cumulative_value"]
    ended = replace(
        plan_results,
        final_change={
            "cumulative_value": replace(change, plan=replace(change.plan, error=1e4)),
        },
    )
    read = [
        ended.money_shown("cumulative_value", value, is_middle=False)
        for value in (-9.2e3, -4.2e3, -7.24e5)
    ]
    assert read == [-1e4, -4e3, -7.2e5]
