"""Figures show no more digits than their draws support."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulator import results, scenario
from simulator.engine import sampling
from simulator.model.figure_values import deepest_cash
from simulator.results import (
    FIGURES,
    Estimate,
    HeadlineDraws,
    estimate,
    piece,
    precision,
    saved,
    summarise,
)
from tests.support.headlines import made_up


def test_the_error_is_that_of_other_draws() -> None:
    """Of plain random draws, whose quantiles really spread by that."""
    chance = np.random.default_rng(1)
    sets = [chance.standard_normal(1024) for _ in range(300)]
    ends = np.array([(one.low, one.central, one.high) for one in map(estimate, sets)])
    errors = np.mean([estimate(one).error for one in sets])
    assert errors == pytest.approx(ends.std(axis=0).max(), rel=0.25)


@pytest.mark.parametrize("spread", [0.3, 0.8, 1.2])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_error_knows_what_is_lopsided(spread: float, sign: float) -> None:
    chance = np.random.default_rng(2)
    sets = [sign * np.exp(spread * chance.standard_normal(1024)) for _ in range(300)]
    ends = np.array([(one.low, one.central, one.high) for one in map(estimate, sets)])
    errors = np.mean([estimate(one).error for one in sets])
    assert errors == pytest.approx(ends.std(axis=0).max(), rel=0.25)


def test_what_is_saved_has_the_digits_that_it_had() -> None:
    headline = results.simulate(scenario.load_shipped("too-promotional")).headline
    saved_figures = saved.saved_results(headline, headline.draws)
    assert saved_figures is not None
    again = saved.headline_of(saved_figures, 60)
    for figure in FIGURES.values():
        now, then = headline[figure.id], again[figure.id]
        if isinstance(now, Estimate) and isinstance(then, Estimate):
            assert (then.error, precision.shown(then)) == (now.error, precision.shown(now))


def test_the_error_of_what_is_at_one_end_is_bounded() -> None:
    at_the_end = precision.of_quantiles(0.0, 0.0, 1e6, 1024)
    assert at_the_end == pytest.approx(precision.of_quantiles(-1e6 / 9.0, 0.0, 1e6, 1024))
    assert precision.of_quantiles(1.0, 1.0, 1.0, 1024) == 0.0


def test_more_draws_have_more_digits() -> None:
    shown = precision.shown(Estimate(-775_819.0, -103_761.0, 477_756.0, 28_112.0))
    assert (shown.low, shown.central, shown.high) == (-780_000.0, -100_000.0, 480_000.0)
    shown = precision.shown(Estimate(-775_819.0, -103_761.0, 477_756.0, 2_811.0))
    assert (shown.low, shown.central, shown.high) == (-776_000.0, -104_000.0, 478_000.0)


def test_nothing_is_without_a_digit_and_ends_are_on_their_side_of_zero() -> None:
    shown = precision.shown(Estimate(-3_000.0, 4_321.0, 61_000.0, 9_000.0))
    assert (shown.low, shown.central, shown.high) == (-3_000.0, 4_000.0, 60_000.0)
    nothing = precision.shown_end(-0.0, 9_000.0)
    assert (nothing, math.copysign(1.0, nothing)) == (0.0, 1.0)  # no minus before nothing


@given(some.floats(-1e12, 1e12), some.floats(0.0, 1e12))
def test_what_is_shown_is_within_half_a_digit(value: float, error: float) -> None:
    shown = precision.shown_value(value, error)
    place = precision.digit(error)
    if place is None:
        assert shown == value
    else:
        assert abs(shown - value) <= 0.500001 * 10.0**place + 1e-9 * abs(value)
        assert (shown == 0.0) == (value == 0.0) or abs(value) < 1e-300


def test_one_draw_and_what_is_not_finite_have_no_error() -> None:
    assert estimate(np.array([1.0])).error == 0.0
    assert estimate(np.array([1.0, np.inf, np.inf] * 99)).error == 0.0
    assert estimate(np.full(64, np.nan)).error == 0.0
    assert precision.shown_value(math.inf, 5.0) == math.inf


def test_draws_are_doubled_until_the_last_digit_stands() -> None:
    def needed(error: float) -> int:
        headline = made_up(net_present_value=Estimate(-1e6, 0.0, 1e6, error))
        return precision.draws_needed(headline, 8192)

    assert [needed(error) for error in (0.0, 4e3, 7e3, 1e4, 3e4)] == [1024, 1024, 2048, 4096, 8192]


def test_pieces_are_the_headline() -> None:
    plan = scenario.load_shipped("balanced-shift").changed(horizon_months=24)
    whole = results.headline(plan, 512)
    pieces = [piece(plan, first, first + 128, 2048) for first in range(0, 512, 128)]
    joined = summarise(HeadlineDraws.joined([one.values for one in pieces]))
    assert joined == whole
    values = sampling.draw_between(128, 256, 2048, plan.seed, plan.ranges())
    assert np.array_equal(values, sampling.draw(512, plan.seed, plan.ranges())[:, 128:256])


def test_the_deepest_position_is_the_lowest_point_and_never_above_zero() -> None:
    plan = np.array([[0.0, -12.0, -12.0, 24.0, 24.0], [0.0, 12.0, 12.0, 12.0, 12.0]])
    deepest = deepest_cash(plan, np.zeros_like(plan))
    assert deepest.tolist() == [-1.5, 0.0]


def test_without_discounting_the_deepest_position_is_that_of_the_value() -> None:
    plan = scenario.load_shipped("balanced-shift")
    organisation = plan.organisation.model_copy(update={"discount_rate": 0.0})
    forecast = results.simulate(plan.changed(organisation=organisation), 64)
    lowest = np.minimum(forecast.series("cumulative_value").min(axis=1), 0.0)
    deepest = forecast.values["deepest_cash_position"]
    assert np.allclose(deepest, lowest, rtol=0.01, atol=0.002 * np.abs(lowest).max())


def test_numbers_side_by_side_end_where_the_least_sure_one_does() -> None:
    assert precision.beside([0.0001, 0.0002], 0.001) == pytest.approx(0.0001)
    assert precision.beside([0.0001, 0.0019], 0.001) == pytest.approx(0.001)
    assert precision.beside([0.0001, 0.4], 0.001) == 0.001, "never coarser than elsewhere"
    assert precision.beside([0.0, math.nan, math.inf], 0.001) == 0.001
    assert precision.beside([], 1.0) == 1.0
