"""Axes hold what is shown, waste no room, and are written by locale."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import charts, scenario
from simulator.charts import Pin, Shown
from simulator.charts.labels import text_width
from simulator.charts.palette import LIGHT
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.model.register import FloatArray
from simulator.results import OUTCOMES
from tests.support.drawn_charts import NASTY, bands, languages, with_series
from tests.support.strategies import logarithmic
from ui.cache import Results, results


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
    for part in figure.data:
        assert low <= min(part["y"]) <= max(part["y"]) <= high
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
    floor = 0.05 if OUTCOMES[outcome].unit.startswith("share") else 0.005 * today
    if reach > floor and values.any():
        assert reach >= 0.2 * (high - low)


def test_a_small_share_has_room_where_it_goes(bare: Results) -> None:
    """Of 7 in a hundred a year, a fifth of a point up is much."""
    churn = np.linspace(0.07, [[0.0694], [0.0702], [0.0719]], 13, axis=1).reshape(3, 13)
    today = np.full((3, 13), 0.07)
    low, high = charts.axis("churn", Shown(with_series(bare, "churn", churn, today)))
    assert high - 0.07 > 0.07 - low, "it goes up"
    assert 0.3 * (high - low) <= 0.0719 - 0.0694


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
        ("nl", "customers", "99.000"),
        ("en", "service_quality", "80%"),
        ("da", "service_quality", "80\N{NO-BREAK SPACE}%"),
    ],
)
def test_ticks_are_written_by_locale(
    code: str, outcome: str, text: str, plan_results: Results
) -> None:
    figure = charts.figure(outcome, Shown(plan_results), LANGUAGES[code], LIGHT)
    assert text in figure.layout["yaxis"]["ticktext"]


@pytest.mark.parametrize(
    ("end", "ticks", "unit"),
    [
        (3e3, ["0", "1.000", "2.000", "3.000"], "klanten"),
        (4e5, ["0", *(f"{hundred}00.000" for hundred in range(1, 6))], "klanten"),
        (9e6, ["0", "2", "4", "6", "8", "10"], "mln. klanten"),
    ],
)
def test_where_thousands_have_no_short_form_the_unit_counts_millions(
    end: float, ticks: list[str], unit: str, bare: Results
) -> None:
    plan = np.tile(np.linspace(0.0, end, 13), (3, 1))
    shown = Shown(with_series(bare, "customers", plan, plan))
    layout = charts.figure("customers", shown, LANGUAGES["nl"], LIGHT).layout
    (caption,) = layout["annotations"]
    assert layout["yaxis"]["ticktext"] == ticks
    assert caption["text"] == unit
    assert "mln" not in layout["xaxis"]["unifiedhovertitle"]["text"], "numbers there are whole"


@pytest.mark.parametrize(("code", "unit"), [("nl", "mln. €, "), ("da", "mio. €, "), ("en", "€, ")])
def test_an_amount_beside_an_axis_says_what_it_is_of(
    code: str, unit: str, plan_results: Results
) -> None:
    figure = charts.figure("cumulative_value", Shown(plan_results), LANGUAGES[code], LIGHT)
    caption = figure.layout["annotations"][0]["text"].replace("<br>", " ")
    assert caption.startswith(unit)
    (labels,) = (trace for trace in figure.data if trace["mode"] == "text")
    assert "€" in labels["text"][0], "it is no number of the axis"


def test_ticks_have_as_many_figures_as_it_takes(bare: Results) -> None:
    plan = np.full((3, 13), 1_205_000.0)
    plan[:, -1] = 1_206_000.0
    shown = Shown(with_series(bare, "customers", plan, plan[:, :1].repeat(13, axis=1)))
    texts = charts.figure("customers", shown, ENGLISH, LIGHT).layout["yaxis"]["ticktext"]
    assert len(set(texts)) == len(texts) and all(text.endswith("M") for text in texts)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sign_of_money_is_wider_than_that_of_switzerland(code: str) -> None:
    """So that a chart has room for amounts in any currency if it has it for them in francs."""
    texts = {
        currency: text_width(LANGUAGES[code].money(-1e6, currency))
        for currency in ("CHF", "DKK", "EUR", "GBP", "NOK", "SEK", "USD")
    }
    assert max(texts.values()) == texts["CHF"], texts


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", [path.stem for path in scenario.shipped()])
def test_most_of_a_chart_s_width_is_for_its_lines(name: str, code: str) -> None:
    """On a projector, and on a phone; whatever is pinned. In francs, no amounts are wider; where
    thousands are written in full in crowns, whose sign stays with the amount."""
    in_full = LANGUAGES[code].thousands_in_full
    currency, least = ("DKK", 0.52) if in_full else ("CHF", 0.6)
    in_currency = replace(results(scenario.load_shipped(name), OUTCOMES, 16), currency=currency)
    pins = tuple(
        Pin(text, in_currency, slot) for slot, text in enumerate(("Plan A", "W" * 80, *NASTY[3:]))
    )
    shown = Shown(
        in_currency, pins, {key: 0.9 * band[1] for key, band in in_currency.baseline.items()}
    )
    for font, width in ((24, 610), (15, 390)):
        shares = {}
        for outcome in OUTCOMES:
            layout = charts.figure(outcome, shown, LANGUAGES[code], LIGHT, font).layout
            shares[outcome] = 1 - (layout["margin"]["l"] + layout["margin"]["r"]) / width
            assert len(layout["xaxis"]["tickvals"]) <= 6
        assert {outcome: share for outcome, share in shares.items() if share < least} == {}


@pytest.mark.parametrize(("code", "separators"), [("en", ".,"), ("nl", ",."), ("da", ",.")])
def test_separators_are_those_of_the_locale(
    code: str, separators: str, plan_results: Results
) -> None:
    figure = charts.figure("trust", Shown(plan_results), LANGUAGES[code], LIGHT)
    assert figure.layout["separators"] == separators


def test_nothing_has_no_scale(bare: Results) -> None:
    nothing = np.zeros((3, 13))
    for outcome in ("cumulative_value", "productivity", "contacts_unserved", "trust"):
        shown = Shown(with_series(bare, outcome, nothing, nothing))
        figure = charts.figure(outcome, shown, ENGLISH, LIGHT)
        assert figure.layout["yaxis"]["tickvals"] == [0.0]
        assert not re.search(r"\bnan\b", figure.alt)


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
