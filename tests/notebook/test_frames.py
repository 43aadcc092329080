"""Results as pandas frames, Plotly figures and HTML, as analysts in Python get them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

import simulator
from simulator import charts
from simulator.analyses.comparison import HEADLINE_ROWS, LETTERS, figure_of
from simulator.i18n.language import LANGUAGES
from simulator.model.register import REGISTER, Parameter
from simulator.results import (
    AT_HORIZON,
    DEFAULT_DRAWS,
    FIGURES,
    OUTCOMES,
    Estimate,
    precision,
)
from ui.routes import bootstrap
from ui.routes import compare as compare_routes
from ui.routes import simulate as simulate_routes

pytestmark = pytest.mark.usefixtures("known_runs")

DRAWS = 32
NAME = "<img src=x onerror=alert(1)> & co"
RANGE = ("P10", "P50", "P90")


@pytest.fixture(scope="module")
def scenario() -> simulator.Scenario:
    return simulator.load("balanced-shift").changed(name=NAME)


@pytest.fixture(scope="module")
def forecast(scenario: simulator.Scenario) -> simulator.Forecast:
    return simulator.simulate(scenario, draws=DRAWS)


@pytest.fixture(scope="module")
def whole() -> simulator.Forecast:
    """In as many draws as the page takes."""
    return simulator.simulate(simulator.load("balanced-shift"), DEFAULT_DRAWS)


@pytest.fixture(scope="module")
def comparison(scenario: simulator.Scenario) -> simulator.Comparison:
    bolder = scenario.changed(**{"plan.training.share_moved": 0.4})
    shorter = scenario.changed(name="Short", horizon_months=36)
    return simulator.compare(scenario, bolder, shorter, draws=DRAWS)


# --- over time -----------------------------------------------------------------------------------


def test_a_frame_is_the_bands(forecast: simulator.Forecast) -> None:
    frame = forecast.frame("trust", "revenue")
    assert list(frame) == ["outcome", "unit", "run", "month", *RANGE]
    assert len(frame) == 2 * 2 * (forecast.months + 1)
    units = frame.groupby("outcome")["unit"].unique()
    assert {name: list(one) for name, one in units.items()} == {
        "trust": ["share"],
        "revenue": ["EUR per year"],
    }
    for (outcome, run), rows in frame.groupby(["outcome", "run"]):
        band = forecast.band(str(outcome), baseline=run == "baseline")
        assert list(rows["month"]) == list(range(forecast.months + 1))
        np.testing.assert_array_equal(rows[list(RANGE)].to_numpy().T, band)


def test_a_frame_of_nothing_named_has_every_outcome(forecast: simulator.Forecast) -> None:
    frame = forecast.frame()
    assert list(frame["outcome"].unique()) == list(OUTCOMES)
    assert len(frame) == len(OUTCOMES) * 2 * (forecast.months + 1)
    assert not frame.isna().any(axis=None)
    assert not frame["unit"].str.contains("currency").any()


def test_a_frame_of_draws_is_the_series(forecast: simulator.Forecast) -> None:
    frame = forecast.frame("customers", draws=True)
    assert list(frame) == ["outcome", "unit", "run", "draw", "month", "value"]
    for run, rows in frame.groupby("run"):
        table = rows.pivot(index="draw", columns="month", values="value")
        series = forecast.series("customers", baseline=run == "baseline")
        np.testing.assert_array_equal(table.to_numpy(), series)
    bands = frame.groupby(["run", "month"])["value"].quantile(0.5, interpolation="lower")
    plan = forecast.frame("customers").query("run == 'plan'")
    assert list(bands["plan"]) == list(plan["P50"])


def test_frames_of_compared_scenarios(comparison: simulator.Comparison) -> None:
    frame = comparison.frame("customers")
    assert list(frame) == ["scenario", "name", "outcome", "unit", "run", "month", *RANGE]
    assert list(frame["scenario"].unique()) == list(LETTERS[:3])
    assert comparison.months == 36
    for (letter, run), rows in frame.groupby(["scenario", "run"]):
        place = LETTERS.index(str(letter))
        assert set(rows["name"]) == {comparison.scenarios[place].name}
        band = comparison.band(place, "customers", baseline=run == "baseline")
        np.testing.assert_array_equal(rows[list(RANGE)].to_numpy().T, band)
    assert list(comparison.frame()["outcome"].unique()) == list(OUTCOMES)


def test_no_frame_of_an_outcome_that_does_not_exist(
    forecast: simulator.Forecast, comparison: simulator.Comparison
) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: forecast.frame("customers", "nonsense"),
        lambda: forecast.frame("nonsense", draws=True),
        lambda: comparison.frame("nonsense"),
        lambda: forecast.figure("nonsense"),
        lambda: comparison.figure("nonsense"),
    ]
    for attempt in attempts:
        with pytest.raises(KeyError, match="nonsense"):
            attempt()


# --- figures -------------------------------------------------------------------------------------


def parts(figure: Estimate | float) -> list[float]:
    if isinstance(figure, Estimate):
        return [figure.central, figure.low, figure.high]
    return [figure, np.nan, np.nan]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_as_a_frame(forecast: simulator.Forecast, language: str) -> None:
    headline = forecast.headline
    frame = headline.frame(language, "EUR")
    assert list(frame) == ["figure", "label", "unit", "run", "value", "P10", "P90"]
    plan = frame[frame["run"] == "plan"].set_index("figure")
    assert list(plan.index) == list(HEADLINE_ROWS) == [*FIGURES, *AT_HORIZON]
    for name, row in HEADLINE_ROWS.items():
        np.testing.assert_array_equal(
            plan.loc[name, ["value", "P10", "P90"]].astype(float), parts(figure_of(headline, name))
        )
        assert plan.loc[name, "label"] == LANGUAGES[language].gettext(row.label)
        assert plan.loc[name, "unit"] == row.unit.replace("currency", "EUR")
    ends = frame[frame["figure"] == "trust"].set_index("run")
    change = headline.at_horizon["trust"]
    assert list(ends.index) == ["plan", "baseline", "difference"]
    assert list(ends["value"]) == [
        change.plan.central,
        change.baseline.central,
        change.difference.central,
    ]
    assert set(headline.frame().query("figure == 'worst_case'")["unit"]) == {"currency"}


def test_the_headlines_of_compared_scenarios(comparison: simulator.Comparison) -> None:
    frame = comparison.headline_frame("nl")
    assert len(frame) == 3 * len(HEADLINE_ROWS)
    for place, letter in enumerate(LETTERS[:3]):
        rows = frame[frame["scenario"] == letter].set_index("figure")
        differences = comparison.differences(place)
        for name, row in HEADLINE_ROWS.items():
            assert rows.loc[name, "label"] == LANGUAGES["nl"].gettext(row.label)
            own = figure_of(comparison.headlines[place], name)
            more = differences[name]
            assert more is not None
            np.testing.assert_array_equal(
                rows.loc[name, ["value", "P10", "P90"]].astype(float), parts(own)
            )
            columns = ["difference_value", "difference_P10", "difference_P90"]
            np.testing.assert_array_equal(rows.loc[name, columns].astype(float), parts(more))


def test_amounts_of_other_currencies_have_no_difference(scenario: simulator.Scenario) -> None:
    dollars = scenario.changed(**{"organisation.currency": "USD"})
    comparison = simulator.compare(scenario, dollars, draws=8)
    frame = comparison.headline_frame().query("scenario == 'B'").set_index("figure")
    differences = frame["difference_value"]
    assert np.isnan(differences["net_present_value"]) and differences["roi"] == 0.0
    assert frame["unit"]["net_present_value"] == "USD"
    with pytest.raises(ValueError, match="2 currencies"):
        comparison.figure("revenue")
    assert len(comparison.figure("trust").data) >= 2
    assert "(USD)" in comparison._repr_html_() and "<td>currency</td>" in comparison._repr_html_()


def test_pair_and_ranking_as_frames(comparison: simulator.Comparison) -> None:
    pair, ranking = comparison.pair(2, 1, "value_per_customer"), comparison.ranking()
    (row,) = pair.frame().to_dict("records")
    assert (row["measure"], row["first"], row["second"]) == ("value_per_customer", "C", "B")
    ends = pair.difference
    assert [row[name] for name in RANGE] == [ends.low, ends.central, ends.high]
    for name in ("better", "worse", "same", "probability", "verdict"):
        assert row[name] == getattr(pair, name)
    ranked = ranking.frame()
    assert list(ranked["scenario"]) == ["A", "B", "C", "0"] and set(ranked["measure"]) == {"value"}
    assert tuple(ranked["best"]) == (*ranking.best, ranking.carrying_on)
    assert tuple(ranked["rank"]) == (*ranking.rank, ranking.carrying_on_rank)


def test_the_register_as_a_frame() -> None:
    frame = simulator.register_frame()
    assert [*frame] == [field.name for field in fields(Parameter)]
    for row, parameter in zip(frame.to_dict("records"), REGISTER, strict=True):
        assert row == {str(name): getattr(parameter, str(name)) for name in frame}
    own = simulator.load("software-user-community")
    of_it = simulator.register_frame(scenario=own).set_index("id")
    changed = [*own.assumptions]
    assert (of_it.loc[changed, "grade"] == "E").all()
    ends = own.ranges()[changed[0]]
    assert tuple(of_it.loc[changed[0], ["low", "central", "high"]]) == (
        ends.low,
        ends.central,
        ends.high,
    )
    danish = simulator.register_frame("da")
    assert list(danish["label"]) == [LANGUAGES["da"].gettext(one.label) for one in REGISTER]
    assert list(danish["central"]) == list(frame["central"])


# --- charts --------------------------------------------------------------------------------------


def sent(figure: go.Figure) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Data and layout as the browser would get them; without what the page has no need of."""
    content = json.loads(figure.to_json())
    layout = content["layout"]
    assert layout.pop("height") >= charts.least_height(14)
    assert layout.pop("title")["text"] and layout.pop("meta")["alt"]
    assert {*layout.pop("margin")} == {"b", "l", "r", "t"}
    return content["data"], layout


def on_the_page(chart: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    valid = go.Figure(data=chart["data"], layout=chart["layout"])
    content = json.loads(valid.to_json())
    del content["layout"]["margin"]
    content["layout"].pop("meta", None)  # of how the page draws it where it is narrow
    return content["data"], content["layout"]


@pytest.mark.parametrize("chart", charts.CHARTS)
def test_a_figure_is_what_the_page_shows(chart: str, whole: simulator.Forecast) -> None:
    language = "nl" if chart in {"customers", "money_flow"} else "en"
    asked = {
        "scenario": bootstrap.document(whole.scenario),
        "charts": [chart],
        "theme": "dark",
        "font": 14,
        "language": language,
    }
    simulate_routes.settle(json.dumps(asked).encode())  # years beyond the horizon
    reply: Any = json.loads(simulate_routes.answer(json.dumps(asked).encode()).body)
    (shown,) = reply["charts"]
    figure: Any = whole.figure(chart, language=language, theme="dark", font=14)
    assert sent(figure) == on_the_page(shown)
    assert figure.layout.title.text == shown["title"]
    assert figure.layout.meta["alt"] == shown["alt"]
    assert isinstance(figure, go.Figure)


@pytest.mark.parametrize("outcome", ["cumulative_value", "trust"])
def test_a_figure_of_compared_scenarios_is_what_the_page_shows(
    scenario: simulator.Scenario, outcome: str
) -> None:
    bolder = scenario.changed(name="Bolder", **{"plan.training.share_moved": 0.4})
    asked = {
        "scenarios": [
            {"name": one.name, "scenario": bootstrap.document(one)} for one in (scenario, bolder)
        ],
        "outcome": outcome,
        "banded": 1,
    }
    reply: Any = json.loads(compare_routes.compare(json.dumps(asked).encode()).body)
    (shown,) = reply["charts"]
    figure: Any = simulator.compare(scenario, bolder).figure(outcome, font=14)
    assert _without_ends(sent(figure)) == _without_ends(on_the_page(shown))


def _without_ends(drawn: Any) -> Any:
    """Without the digits at the ends of lines, which the page takes from its table."""
    data, layout = drawn
    return [{key: part for key, part in trace.items() if key != "text"} for trace in data], layout


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_speak_every_language(forecast: simulator.Forecast, language: str) -> None:
    label = LANGUAGES[language].gettext(OUTCOMES["customers"].label)
    assert forecast.figure("customers", language=language).layout.title.text == label


def test_what_is_not_offered_is_refused(
    forecast: simulator.Forecast, comparison: simulator.Comparison
) -> None:
    attempts: list[tuple[Callable[[], object], str]] = [
        (lambda: forecast.figure(language="xx"), "language: found 'xx', allowed: en, nl, da"),
        (lambda: forecast.headline.frame("xx"), "language"),
        (lambda: comparison.headline_frame("xx"), "language"),
        (lambda: simulator.register_frame("xx"), "language"),
        (lambda: forecast.figure(theme="pink"), "theme: found 'pink', allowed: light, dark"),
        (lambda: comparison.figure("money_flow"), "outcome: found 'money_flow', allowed: cum"),
    ]
    for attempt, message in attempts:
        with pytest.raises(ValueError, match=message):
            attempt()


# --- notebooks -----------------------------------------------------------------------------------


def test_results_show_themselves(
    forecast: simulator.Forecast, comparison: simulator.Comparison
) -> None:
    for result in (forecast, comparison, forecast.headline):
        page = result._repr_html_()
        assert "<img" not in page
        rows = re.findall(r"<tr>\s*<td>(.*?)</td>", page)
        assert rows == [row.label for row in HEADLINE_ROWS.values()]
    assert "&lt;img src=x" in forecast._repr_html_()
    assert "&lt;img src=x" in comparison._repr_html_()
    assert forecast.headline.verdict in forecast._repr_html_()
    worth = precision.shown(forecast.headline.net_present_value)
    assert f"<td>{worth.central:,.0f} ({worth.low:,.0f} to {worth.high:,.0f})</td>" in (
        forecast._repr_html_()
    )
    figure: Any = forecast.figure()
    assert figure._repr_html_().startswith("<div")


def test_no_chance_is_shown_as_nothing_or_everything(scenario: simulator.Scenario) -> None:
    hopeless = scenario.changed(**{"plan.customer_service.share_moved": 1.0})
    forecast = simulator.simulate(hopeless, draws=64)
    assert forecast.headline.probability_better == 0.0
    assert "<td>none of 64</td>" in forecast._repr_html_()
    assert "<td>none of 64</td>" in simulator.compare(hopeless, scenario, draws=64)._repr_html_()


def test_frames_stand_beside_the_fields(forecast: simulator.Forecast) -> None:
    """Nothing of this is in the data of results, which files and pages are made from."""
    assert {*asdict(forecast.headline)} == {*FIGURES, "verdict", "at_horizon", "draws"}
