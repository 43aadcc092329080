"""Headline figures: each against an example worked out by hand, and against the runs themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import ArrayLike

from simulator import engine, results, scenario
from simulator.model.figure_values import payback, ratio
from simulator.model.figures import FIGURES, HeadlineDraws
from simulator.model.quantities import Plan, Switches
from simulator.model.register import FloatArray
from simulator.results import (
    AT_HORIZON,
    NOTHING_CHANGED,
    Estimate,
    estimate,
    simulate,
    summarise,
    verdict,
)
from tests.support.headlines import same_digits

DEFAULT = scenario.load_shipped("balanced-shift")
SHIPPED = [path.stem for path in scenario.shipped()]


def _values(worth: Sequence[float], **others: ArrayLike) -> HeadlineDraws:
    """Figures of a few made-up draws; what is not given is zero."""
    draws = len(worth)
    figures = {one.id: np.zeros(draws) for one in FIGURES.values() if one.in_draws}
    ends = {name: np.zeros((len(AT_HORIZON), draws)) for name in ("plan_end", "baseline_end")}
    figures["net_present_value"] = np.array(worth, dtype=np.float64)
    for name, numbers in others.items():
        (ends if name in ends else figures)[name] = np.array(numbers, dtype=np.float64)
    return HeadlineDraws(figures, **ends)


# --- by hand -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gained", "month"),
    [
        ([0.0, -3.0, -1.0, 2.0, 5.0], 3.0),  # back in month 3
        ([0.0, 1.0, 2.0, 3.0, 4.0], 1.0),  # never in the red: when it is ahead
        ([0.0, 0.0, 0.0, 3.0, 4.0], 3.0),  # starts later
        ([0.0, -1.0, -2.0, -3.0, -1.0], np.inf),  # not within the horizon
        ([0.0, -1.0, 1.0, -1.0, 1.0], 4.0),  # only the last time counts
        ([0.0, 1.0, 2.0, 1.0, -1.0], np.inf),  # good first, bad in the end
        ([0.0, -1.0, 0.0, 0.0, 0.0], 2.0),  # at zero is back
        ([0.0, 0.0, 0.0, 0.0, 0.0], np.nan),  # nothing changes
    ],
)
def test_payback_is_the_month_from_which_the_value_stays_up(
    gained: list[float], month: float
) -> None:
    months = payback(np.array([gained]))
    np.testing.assert_array_equal(months, [month])


def test_estimates_are_values_that_occurred() -> None:
    tens = np.arange(10.0, 110.0, 10.0)
    assert estimate(tens) == Estimate(10.0, 50.0, 90.0)
    assert estimate(tens[::-1]) == Estimate(10.0, 50.0, 90.0)
    assert estimate(np.array([7.0])) == Estimate(7.0, 7.0, 7.0)
    with_never = np.array([1.0, 2.0, 3.0, np.inf, np.inf, np.inf])
    assert estimate(with_never) == Estimate(1.0, 3.0, np.inf)
    assert estimate(np.array([np.nan, 5.0, np.nan])) == Estimate(5.0, 5.0, 5.0)
    assert same_digits(estimate(np.array([np.nan])), Estimate(np.nan, np.nan, np.nan))


def test_a_ratio_is_undefined_where_nothing_is_invested() -> None:
    ratios = ratio(np.array([6.0, 6.0, -6.0]), np.array([3.0, 0.0, -1.0]))
    np.testing.assert_array_equal(ratios, [2.0, np.nan, np.nan])


def test_the_worst_case_is_the_mean_of_the_worst_tenth() -> None:
    worth = [float(number) for number in range(-20, 20)]
    assert summarise(_values(worth)).worst_case == np.mean([-20, -19, -18, -17])
    assert summarise(_values([5.0, -3.0, 4.0])).worst_case == -3.0


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "very likely better"),
        (0.90, "very likely better"),
        (0.894, "likely better"),
        (0.66, "likely better"),
        (0.654, "too close to call"),
        (0.5, "too close to call"),
        (0.33, "too close to call"),
        (0.324, "likely worse"),
        (0.10, "likely worse"),
        (0.094, "very likely worse"),
        (0.0, "very likely worse"),
        (np.nan, NOTHING_CHANGED),
    ],
)
def test_verdicts_follow_the_limits(probability: float, words: str) -> None:
    assert verdict(probability) == words


def test_the_summary_counts_draws() -> None:
    summary = summarise(
        _values(
            [-2.0, 1.0, 3.0, 4.0],
            payback_month=[np.inf, 12.0, 24.0, np.nan],
            plan_end=np.full((len(AT_HORIZON), 4), 2.0),
            baseline_end=np.tile([1.0, 2.0, 3.0, 1.5], (len(AT_HORIZON), 1)),
        )
    )
    assert summary.probability_better == 0.75
    assert summary.verdict == "likely better"
    assert summary.probability_payback == pytest.approx(2.0 / 3.0)
    assert summary.payback_month == Estimate(12.0, 24.0, np.inf)
    trust = summary.at_horizon["trust"]
    assert trust.probability_higher == 0.5
    assert trust.difference == Estimate(-1.0, 0.0, 1.0)


# --- definitions, from the runs themselves -------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_headline_figures_are_what_their_definitions_say(name: str) -> None:
    """Worked out again from engine runs and the plain series, without the ledger's own lines."""
    example = scenario.load_shipped(name)
    forecast = simulate(example, 32)
    org, plan = example.organisation_quantities(), example.plan_quantities()
    draws = engine.draw(32, example.seed, example.ranges())
    months = example.horizon_months
    base = results.baseline_plan(org)
    net = "present_value_net_contribution"

    def worth(levers: Plan, drift: float = 1.0, connecting: float = 1.0) -> FloatArray:
        engine_run = engine.run(
            org,
            levers,
            Switches(drift, connecting),
            draws,
            months,
        )
        return engine_run.final(net)

    values = forecast.values
    value = worth(plan) - worth(base)
    np.testing.assert_array_equal(values.net_present_value, value)
    np.testing.assert_array_equal(
        values["return_on_ignoring"], worth(base) - worth(base, drift=0.0)
    )
    np.testing.assert_array_equal(
        values["cost_of_waiting"], worth(plan) - worth(results.later(plan, 12.0))
    )
    # The trapezium rule over the months, from what is shown over time.
    run = engine.run(org, plan, Switches(1.0, 1.0), draws, months, steps_per_month=1)
    discount = (1.0 + org.discount_rate) ** (-np.arange(months + 1) / 12.0)

    def present(series: FloatArray) -> FloatArray:
        return np.asarray(np.trapezoid(series * discount, dx=1.0 / 12.0, axis=1))

    today = sum(
        getattr(org.budgets, one)
        for one in ("listening", "community", "content", "networking", "social_service")
    )
    moved = present(
        sum(
            run[f"spent_{one}"]
            for one in ("listening", "community", "content", "networking", "social_service")
        )
        - today
    )
    hours = np.maximum(present(run["hours_cost"]), 0.0)
    transition = present(run["transition_cost"])
    invested = moved + present(run["savings"]) + hours + transition
    if (np.abs(invested) > 1.0).all():
        expected = np.where(invested > 0.0, value / invested, np.nan)
        np.testing.assert_allclose(values["roi"], expected, rtol=0.02)
        through = worth(plan) - worth(plan, connecting=0.0)
        expected = np.where(moved + hours > 0.0, through / (moved + hours), np.nan)
        np.testing.assert_allclose(values["return_on_involvement"], expected, rtol=0.02)
    else:
        assert np.isnan(values["roi"]).all()
        assert np.isnan(values["return_on_involvement"]).all()
    cumulative = forecast.series("cumulative_value")
    np.testing.assert_array_equal(cumulative[:, -1], value)
    np.testing.assert_array_equal(cumulative[:, 0], np.zeros(32))
    np.testing.assert_array_equal(values.payback_month, payback(cumulative))
    yearly, yearly_baseline = (
        forecast.series("net_contribution", baseline=on) for on in (False, True)
    )
    np.testing.assert_allclose(
        present(yearly - yearly_baseline), value, atol=0.02 * np.abs(value).max() + 1e-9, rtol=0.05
    )


def test_starting_later_is_the_same_plan_with_every_start_moved() -> None:
    """Against a scenario whose starts are typed in, twelve months on."""
    parts = ("market_research", "training", "customer_service", "involvement")
    typed = DEFAULT.changed(
        **{
            f"plan.{part}.start_month": getattr(DEFAULT.plan, part).start_month + 12
            for part in parts
        }
    )
    assert results.later(DEFAULT.plan_quantities(), 12.0) == typed.plan_quantities()
    waited = simulate(typed, 16).values.net_present_value
    now = simulate(DEFAULT, 16).values
    np.testing.assert_allclose(now.net_present_value - now["cost_of_waiting"], waited, atol=1e-3)


def test_carrying_on_is_today_in_every_lever() -> None:
    org = DEFAULT.organisation_quantities()
    plan = results.baseline_plan(org)
    assert plan.involvement == org.involvement
    for shift in (plan.market_research, plan.training, plan.customer_service):
        assert shift.share_moved == 0.0
        assert sum(shift.split) == 1.0


def test_figures_beside_the_value_may_stand_on_fewer_draws() -> None:
    """The first of them: only what takes a run of its own is another number."""
    whole, less, few = (
        simulate(DEFAULT, 64),
        simulate(DEFAULT, 64, beside=16),
        simulate(DEFAULT, 16),
    )
    for name in FIGURES:
        is_beside = name in ("return_on_involvement", "cost_of_waiting")
        assert repr(less.headline[name]) == repr((few if is_beside else whole).headline[name]), name
        assert not is_beside or whole.headline[name] != few.headline[name]
