"""The chance of being better, by the year up to which one counts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator import engine, scenario
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.quantities import Switches
from simulator.results import YEARS, ChanceByYear, chance_by_year, simulate
from simulator.results.years import horizon_words, span, up_to_horizon

PLANS = [path.stem for path in scenario.shipped()][:4]


@pytest.mark.parametrize("name", PLANS)
def test_a_longer_run_begins_with_the_shorter_one(name: str) -> None:
    plan = scenario.load_shipped(name)
    org, levers = plan.organisation_quantities(), plan.plan_quantities()
    values = engine.draw(64, plan.seed, plan.ranges())
    on, months = Switches(1.0, 1.0), plan.horizon_months
    short = engine.run(org, levers, on, values, months)
    long = engine.run(org, levers, on, values, 12 * YEARS, record_outcomes=False)
    for row in ("customers", "trust", "present_value_net_contribution"):
        assert np.array_equal(short[row], long[row][:, : months + 1])


@pytest.mark.parametrize("months", [12, 30, 60, 120])
def test_the_horizon_has_the_chance_of_the_headline(months: int) -> None:
    plan = scenario.load_shipped("balanced-shift").changed(horizon_months=months)
    forecast, years = simulate(plan, 64), chance_by_year(plan, 64)
    assert years.horizon_chance == forecast.headline.probability_better
    known = up_to_horizon(forecast.series("cumulative_value"))
    assert known.chances == years.chances[: months // 12]
    assert (known.whole, years.whole) == (months == 120, True)


def test_chunks_change_nothing() -> None:
    plan = scenario.load_shipped("balanced-shift").changed(horizon_months=12)
    heard: list[int] = []
    years = chance_by_year(plan, 1536, progress=heard.append)
    assert heard == [1024, 1536]
    run = simulate(plan.changed(horizon_months=120), 1536).series("cumulative_value")
    assert years.chances == tuple((run[:, 12::12] > 0.0).mean(axis=0).tolist())


def test_where_nothing_differs_there_is_no_chance() -> None:
    gained = np.zeros((8, 121))
    gained[:, 60:] = [[-1.0], [1.0]] * 4
    years = up_to_horizon(gained)
    assert all(math.isnan(chance) for chance in years.chances[:4])
    assert years.chances[4:] == (0.5,) * 6


def years_of(horizon: int, now: float, later: float) -> ChanceByYear:
    return ChanceByYear((now,) * 9 + (later,), horizon, now, 1024)


def test_the_sentence_says_what_the_horizon_does() -> None:
    text = horizon_words(years_of(60, 0.5, 0.8), ENGLISH)
    assert text == "Too close to call after five years, likely better after ten years."
    text = horizon_words(years_of(18, 0.2, 0.95), ENGLISH)
    assert text == "Likely worse after 18 months, very likely better after ten years."


def test_it_says_nothing_where_the_horizon_does_nothing() -> None:
    assert horizon_words(years_of(60, 0.4, 0.6), ENGLISH) == ""
    assert horizon_words(years_of(60, math.nan, 0.6), ENGLISH) == ""
    assert horizon_words(ChanceByYear((0.1, 0.2), 24, 0.2, 64), ENGLISH) == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_spans_are_words_in_every_language(code: str) -> None:
    spans = [span(12 * year, LANGUAGES[code]) for year in range(1, YEARS + 1)]
    assert len(set(spans)) == YEARS and not any(map(str.isdigit, "".join(spans)))
