"""One scenario simulated in several ways gives the same figures."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import engine, results, scenario
from simulator.results import (
    NOTHING_CHANGED,
    OUTCOMES,
    Estimate,
    Forecast,
    Headline,
    baseline,
    estimate,
    estimates,
    headline,
    net_present_values,
    simulate,
)
from tests.support.headlines import same_digits

DEFAULT = scenario.load_shipped("balanced-shift")
IDLE = scenario.load_shipped("wait-and-see")
SHIPPED = [path.stem for path in scenario.shipped()]


# --- one scenario, several ways ------------------------------------------------------------------


@pytest.mark.parametrize("draws", [1, 2, 7, 100, 1024, 2048, 2049, 2055, 4099])
def test_streaming_gives_the_same_headline(draws: int) -> None:
    """Also where the last piece is so small that the engine takes its narrow kernel."""
    # What is cut in pieces are draws: of many, fewer months say as much.
    plan = DEFAULT if draws <= 100 else DEFAULT.changed(horizon_months=12)
    assert same_digits(headline(plan, draws), simulate(plan, draws).headline)


def test_streaming_tells_how_far_it_is_and_can_be_stopped() -> None:
    plan = DEFAULT.changed(horizon_months=12)
    reports: list[int] = []
    headline(plan, 5000, progress=reports.append)
    assert reports[-1] == 5000
    assert np.diff([0, *reports]).max() <= results.CHUNK
    assert len(reports) == -(-5000 // results.CHUNK)

    class Stop(Exception):
        pass

    def stop(done: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        headline(plan, 5000, progress=stop)


def test_the_same_seed_gives_the_same_numbers() -> None:
    assert same_digits(simulate(DEFAULT, 64).headline, simulate(DEFAULT, 64, threads=1).headline)
    other = DEFAULT.changed(seed=2)
    assert not same_digits(simulate(DEFAULT, 64).headline, simulate(other, 64).headline)


def test_values_alone_are_those_of_the_headline() -> None:
    values = net_present_values(DEFAULT, engine.draw(64, DEFAULT.seed, DEFAULT.ranges()))
    forecast = simulate(DEFAULT, 64)
    np.testing.assert_array_equal(values, forecast.values.net_present_value)
    assert estimate(values) == forecast.headline.net_present_value


def test_one_draw_is_the_central_assumptions() -> None:
    forecast = simulate(DEFAULT, 1)
    value = forecast.headline.net_present_value
    assert value.low == value.central == value.high == forecast.values.net_present_value[0]


def test_twice_the_draws_hardly_move_the_median() -> None:
    for name in ("balanced-shift", "airline-social-service", "solo-professional"):
        example = scenario.load_shipped(name).changed(horizon_months=24)
        once, twice = (
            estimate(
                net_present_values(example, engine.draw(draws, example.seed, example.ranges()))
            )
            for draws in (4096, 8192)
        )
        spread = twice.high - twice.low
        assert abs(once.central - twice.central) < 0.02 * spread
        assert abs(once.low - twice.low) < 0.03 * spread
        assert abs(once.high - twice.high) < 0.03 * spread


def test_a_plan_that_changes_nothing_says_so() -> None:
    idle = simulate(IDLE, 64).headline
    assert idle.verdict == NOTHING_CHANGED
    assert idle.net_present_value == Estimate(0.0, 0.0, 0.0)
    for figure in (idle.payback_month, idle.roi, idle.return_on_involvement):
        assert same_digits(figure, Estimate(np.nan, np.nan, np.nan))
    assert np.isnan(idle.probability_better)
    assert np.isnan(idle.probability_payback)
    assert idle.return_on_ignoring.central < 0.0
    for change in idle.at_horizon.values():
        assert change.difference == Estimate(0.0, 0.0, 0.0)
        assert change.probability_higher == 0.0


def test_bands_lie_in_order_and_agree_with_the_headline() -> None:
    for draws in (1, 2, 10, 30, 64, 100, 1000):
        forecast = simulate(DEFAULT, draws)
        for name in ("trust", "cumulative_value"):
            band = forecast.band(name)
            assert band.shape == (3, DEFAULT.horizon_months + 1)
            assert (np.diff(band, axis=0) >= 0.0).all()
        assert Estimate(*band[:, -1].tolist()) == forecast.headline.net_present_value
        trust = forecast.headline.at_horizon["trust"]
        assert Estimate(*forecast.band("trust")[:, -1].tolist()) == trust.plan
        assert Estimate(*forecast.band("trust", baseline=True)[:, -1].tolist()) == trust.baseline


def test_bands_and_estimates_keep_the_definition_of_a_quantile() -> None:
    """For every number of draws: where the ranks lie is easily off by one."""
    random = np.random.default_rng(5)
    for draws in (*range(1, 130), 1000, 1023, 1024, 1025, 4096):
        rows = random.normal(size=(2, draws))
        expected = np.quantile(rows, results.QUANTILES, axis=1, method="inverted_cdf")
        triples = estimates(rows)
        assert [[one.low, one.central, one.high] for one in triples] == expected.T.tolist()
        np.testing.assert_array_equal(results.band(rows.T), expected)


def test_what_is_not_defined_is_left_out_row_by_row() -> None:
    never, unknown = np.inf, np.nan
    triples = estimates(np.array([[3.0, unknown, 1.0], [never, unknown, 2.0], [unknown] * 3]))
    assert triples[:2] == [Estimate(1.0, 1.0, 3.0), Estimate(2.0, 2.0, never)]
    assert same_digits(triples[2], Estimate(np.nan, np.nan, np.nan))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_last_month_is_the_end_of_the_series(outcome: str) -> None:
    forecast = simulate(DEFAULT, 33)
    for on in (False, True):
        last = forecast.series(outcome, baseline=on)[:, -1]
        np.testing.assert_array_equal(forecast.final(outcome, baseline=on), last)
    plan, carried = (forecast.series(outcome, baseline=on)[:, -1] for on in (False, True))
    change = forecast.at_end(outcome)[outcome]
    assert change.plan == estimate(plan) and change.baseline == estimate(carried)
    assert change.difference == estimate(plan - carried)
    assert change.probability_higher == (plan > carried).mean()


def test_the_last_month_of_no_outcome_is_nothing() -> None:
    assert simulate(DEFAULT, 2).at_end() == {}


def test_an_unknown_outcome_is_refused() -> None:
    forecast = simulate(DEFAULT, 2)
    for ask in (forecast.series, forecast.final, forecast.band, forecast.at_end):
        with pytest.raises(KeyError):
            ask("likes")
    with pytest.raises(KeyError):  # a line of the ledger, which no catalogue offers
        forecast.final("present_value_hours")


# --- one baseline for many plans -----------------------------------------------------------------


@pytest.mark.parametrize("draws", [1, 7, 40])
def test_a_baseline_of_another_plan_changes_no_number(draws: int) -> None:
    for name in SHIPPED:
        example = scenario.load_shipped(name).changed(horizon_months=24)
        other = example.changed(**{"plan.training.share_moved": 0.7, "name": "Another"})
        afresh, reused = (
            simulate(other, draws),
            simulate(other, draws, baseline=baseline(example, draws)),
        )
        assert same_digits(afresh.headline, reused.headline)
        for outcome in OUTCOMES:
            for on in (False, True):
                np.testing.assert_array_equal(
                    afresh.series(outcome, baseline=on), reused.series(outcome, baseline=on)
                )


def test_a_baseline_saves_two_runs_of_five(runs: list[engine.Job]) -> None:
    shared = baseline(DEFAULT, 8)
    runs.clear()
    simulate(DEFAULT, 8, baseline=shared)
    assert len(runs) == 3
    simulate(DEFAULT, 8)
    assert len(runs) == 8


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"organisation.customers": 7.0}, "organisation"),
        ({"organisation.involvement.openness": 0.99}, "organisation"),
        ({"assumptions.effect_transfer": 0.9}, "assumptions"),
        ({"horizon_months": 48}, "horizon_months"),
        ({"seed": 9}, "seed"),
    ],
)
def test_a_baseline_that_does_not_fit_is_refused(change: dict[str, object], what: str) -> None:
    with pytest.raises(ValueError, match=rf"baseline: found .* of {what}, allowed"):
        simulate(DEFAULT.changed(**change), 8, baseline=baseline(DEFAULT, 8))


def test_a_baseline_with_other_draws_is_refused() -> None:
    with pytest.raises(ValueError, match="draws"):
        simulate(DEFAULT, 16, baseline=baseline(DEFAULT, 8))


# --- what is left alone --------------------------------------------------------------------------


def test_results_cannot_be_changed_by_accident() -> None:
    figures: Headline = simulate(DEFAULT, 2).headline
    with pytest.raises(AttributeError):
        figures.verdict = "wonderful"  # type: ignore[misc]
    forecast: Forecast = simulate(DEFAULT, 2)
    with pytest.raises(AttributeError):
        forecast.draws = 3  # type: ignore[misc]
