"""Headline figures: each against an example worked out by hand, and against each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from simulator import engine, results, scenario
from simulator.model.figures import FIGURES, HeadlineDraws, payback, ratio
from simulator.model.quantities import Budgets, Plan, Switches
from simulator.model.register import FloatArray
from simulator.results import (
    AT_HORIZON,
    IN_TABLES,
    NOTHING_CHANGED,
    OUTCOMES,
    Estimate,
    Forecast,
    Headline,
    baseline,
    catalogue,
    estimate,
    estimates,
    headline,
    simulate,
    summarise,
    verdict,
)
from simulator.results.catalogue import SERIES
from simulator.scenario import Scenario

DEFAULT = scenario.load_shipped("balanced-shift")
IDLE = scenario.load_shipped("wait-and-see")
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


def _same(a: object, b: object) -> bool:
    """Equal to the last bit, ``nan`` equal to itself: written out, every digit shows."""
    return repr(a) == repr(b)


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
    found = payback(np.array([gained]))
    np.testing.assert_array_equal(found, [month])


def test_estimates_are_values_that_occurred() -> None:
    tens = np.arange(10.0, 110.0, 10.0)
    assert estimate(tens) == Estimate(10.0, 50.0, 90.0)
    assert estimate(tens[::-1]) == Estimate(10.0, 50.0, 90.0)
    assert estimate(np.array([7.0])) == Estimate(7.0, 7.0, 7.0)
    with_never = np.array([1.0, 2.0, 3.0, np.inf, np.inf, np.inf])
    assert estimate(with_never) == Estimate(1.0, 3.0, np.inf)
    assert estimate(np.array([np.nan, 5.0, np.nan])) == Estimate(5.0, 5.0, 5.0)
    assert _same(estimate(np.array([np.nan])), Estimate(np.nan, np.nan, np.nan))


def test_a_ratio_is_undefined_where_nothing_is_invested() -> None:
    found = ratio(np.array([6.0, 6.0, -6.0]), np.array([3.0, 0.0, -1.0]))
    np.testing.assert_array_equal(found, [2.0, np.nan, np.nan])


def test_the_worst_case_is_the_mean_of_the_worst_tenth() -> None:
    worth = [float(number) for number in range(-20, 20)]
    assert summarise(_values(worth)).worst_case == np.mean([-20, -19, -18, -17])
    assert summarise(_values([5.0, -3.0, 4.0])).worst_case == -3.0


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "very likely better"),
        (0.90, "very likely better"),
        (0.8999, "likely better"),
        (0.66, "likely better"),
        (0.6599, "too close to call"),
        (0.5, "too close to call"),
        (0.33, "too close to call"),
        (0.3299, "likely worse"),
        (0.10, "likely worse"),
        (0.0999, "very likely worse"),
        (0.0, "very likely worse"),
        (np.nan, NOTHING_CHANGED),
    ],
)
def test_verdicts_follow_the_limits(probability: float, words: str) -> None:
    assert verdict(probability) == words


def test_the_summary_counts_draws() -> None:
    found = summarise(
        _values(
            [-2.0, 1.0, 3.0, 4.0],
            payback_month=[np.inf, 12.0, 24.0, np.nan],
            plan_end=np.full((len(AT_HORIZON), 4), 2.0),
            baseline_end=np.tile([1.0, 2.0, 3.0, 1.5], (len(AT_HORIZON), 1)),
        )
    )
    assert found.probability_better == 0.75
    assert found.verdict == "likely better"
    assert found.probability_payback == pytest.approx(2.0 / 3.0)
    assert found.payback_month == Estimate(12.0, 24.0, np.inf)
    trust = found.at_horizon["trust"]
    assert trust.probability_higher == 0.5
    assert trust.difference == Estimate(-1.0, 0.0, 1.0)


# --- definitions, from the runs themselves -------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_headline_figures_are_what_their_definitions_say(name: str) -> None:
    """Worked out again from engine runs and the plain series, without the ledger's own lines."""
    given_one = scenario.load_shipped(name)
    forecast = simulate(given_one, 32)
    org, plan = given_one.organisation_quantities(), given_one.plan_quantities()
    draws = engine.draw(32, given_one.seed, given_one.ranges())
    months = given_one.horizon_months
    base = results.baseline_plan(org)
    net = "present_value_net_contribution"

    def worth(levers: Plan, drift: float = 1.0, connecting: float = 1.0) -> FloatArray:
        found = engine.run(
            org,
            levers,
            Switches(drift, connecting),
            draws,
            months,
        )
        return found.final(net)

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
    yearly, kept = (forecast.series("net_contribution", baseline=on) for on in (False, True))
    np.testing.assert_allclose(
        present(yearly - kept), value, atol=0.02 * np.abs(value).max() + 1e-9, rtol=0.05
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


def test_every_series_of_the_model_has_a_row_in_the_catalogue() -> None:
    missing = SERIES - OUTCOMES.keys()
    assert not missing, (
        f"{', '.join(sorted(missing))}: reported by the model, but nobody can see it. Give it a "
        "row in simulator/results/catalogue.py, then run: python3 dev.py refresh"
    )


def test_every_row_of_the_catalogue_is_a_series_of_the_model() -> None:
    idle = {row.id for row in catalogue.ROWS} - SERIES
    assert not idle, (
        f"{', '.join(sorted(idle))}: a row in simulator/results/catalogue.py without a series. "
        "Work it out in simulator/model/outcomes.py, then run: python3 dev.py refresh"
    )


def test_rows_of_the_catalogue_are_complete_and_told_apart() -> None:
    assert len({row.id for row in catalogue.ROWS}) == len(catalogue.ROWS)
    assert len({row.label for row in catalogue.ROWS}) == len(catalogue.ROWS)
    for row in catalogue.ROWS:
        assert row.id.isidentifier() and row.label and row.group
        assert row.meaning.endswith(".")
    places = sorted(row.at_horizon for row in catalogue.ROWS if row.at_horizon is not None)
    assert places == list(range(1, len(places) + 1))
    assert SERIES - {"cumulative_value"} <= set(engine.ROWS)


def test_what_is_derived_from_the_catalogue_keeps_its_order() -> None:
    """As headlines in saved results, the command line's JSON and the page have it."""
    assert AT_HORIZON == (
        "connected_customers",
        "connected_employees",
        "connected_partners",
        "public_goodwill",
        "insight",
        "capability",
        "service_quality",
        "trust",
        "customers",
        "churn",
        "cost_per_contact",
    )
    assert IN_TABLES == ("cumulative_value", "customers", "connected_customers")


# --- one scenario, several ways ------------------------------------------------------------------


@pytest.mark.parametrize("draws", [1, 2, 7, 100, 1024, 2048, 2049, 2055, 4099])
def test_streaming_gives_the_same_headline(draws: int) -> None:
    """Also where the last piece is so small that the engine takes its narrow kernel."""
    assert _same(headline(DEFAULT, draws), simulate(DEFAULT, draws).headline)


def test_streaming_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[int] = []
    headline(DEFAULT, 5000, progress=told.append)
    assert told[-1] == 5000
    assert np.diff([0, *told]).max() <= results.CHUNK
    assert len(told) == -(-5000 // results.CHUNK)

    class Stop(Exception):
        pass

    def stop(done: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        headline(DEFAULT, 5000, progress=stop)


def test_the_same_seed_gives_the_same_numbers() -> None:
    assert _same(simulate(DEFAULT, 64).headline, simulate(DEFAULT, 64, threads=1).headline)
    other = DEFAULT.changed(seed=2)
    assert not _same(simulate(DEFAULT, 64).headline, simulate(other, 64).headline)


def test_one_draw_is_the_central_assumptions() -> None:
    forecast = simulate(DEFAULT, 1)
    value = forecast.headline.net_present_value
    assert value.low == value.central == value.high == forecast.values.net_present_value[0]


def test_twice_the_draws_hardly_move_the_median() -> None:
    for name in ("balanced-shift", "airline-social-service", "solo-professional"):
        given_one = scenario.load_shipped(name)
        once, twice = (headline(given_one, draws).net_present_value for draws in (4096, 8192))
        spread = twice.high - twice.low
        assert abs(once.central - twice.central) < 0.02 * spread
        assert abs(once.low - twice.low) < 0.03 * spread
        assert abs(once.high - twice.high) < 0.03 * spread


def test_a_plan_that_changes_nothing_says_so() -> None:
    found = simulate(IDLE, 64).headline
    assert found.verdict == NOTHING_CHANGED
    assert found.net_present_value == Estimate(0.0, 0.0, 0.0)
    for figure in (found.payback_month, found.roi, found.return_on_involvement):
        assert _same(figure, Estimate(np.nan, np.nan, np.nan))
    assert np.isnan(found.probability_better)
    assert np.isnan(found.probability_payback)
    assert found.return_on_ignoring.central < 0.0
    for change in found.at_horizon.values():
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
        found = estimates(rows)
        assert [[one.low, one.central, one.high] for one in found] == expected.T.tolist()
        np.testing.assert_array_equal(results.band(rows.T), expected)


def test_what_is_not_defined_is_left_out_row_by_row() -> None:
    never, unknown = np.inf, np.nan
    found = estimates(np.array([[3.0, unknown, 1.0], [never, unknown, 2.0], [unknown] * 3]))
    assert found[:2] == [Estimate(1.0, 1.0, 3.0), Estimate(2.0, 2.0, never)]
    assert _same(found[2], Estimate(np.nan, np.nan, np.nan))


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


@pytest.mark.parametrize("draws", [1, 7, 100])
def test_a_baseline_of_another_plan_changes_no_number(draws: int) -> None:
    for name in SHIPPED:
        given_one = scenario.load_shipped(name)
        other = given_one.changed(**{"plan.training.share_moved": 0.7, "name": "Another"})
        afresh, reused = (
            simulate(other, draws),
            simulate(other, draws, baseline=baseline(given_one, draws)),
        )
        assert _same(afresh.headline, reused.headline)
        for outcome in OUTCOMES:
            for on in (False, True):
                np.testing.assert_array_equal(
                    afresh.series(outcome, baseline=on), reused.series(outcome, baseline=on)
                )


def test_a_baseline_saves_two_runs_of_five(runs: list[engine.Job]) -> None:
    kept = baseline(DEFAULT, 8)
    runs.clear()
    simulate(DEFAULT, 8, baseline=kept)
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


# --- units ---------------------------------------------------------------------------------------

MONEY = {figure.id for figure in FIGURES.values() if figure.kind == "money"}


def _in_another_currency(given_one: Scenario, rate: float) -> Scenario:
    organisation = given_one.organisation
    changes: dict[str, object] = {
        f"organisation.budgets.{name}": getattr(organisation.budgets, name) * rate
        for name in Budgets._fields
    }
    for name in ("revenue_per_customer", "labour_cost_per_hour"):
        changes[f"organisation.{name}"] = getattr(organisation, name) * rate
    for name in ("centre_contact_cost", "social_contact_cost"):
        known = getattr(organisation.known, name)
        changes[f"organisation.known.{name}"] = None if known is None else known * rate
    return given_one.changed(**changes)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("rate", [7.45, 0.01, 150.0])
def test_money_scales_with_the_currency_and_nothing_else_does(name: str, rate: float) -> None:
    given_one = scenario.load_shipped(name)
    here, there = simulate(given_one, 32), simulate(_in_another_currency(given_one, rate), 32)
    sales = given_one.organisation.customers * given_one.organisation.revenue_per_customer
    for name in here.values.figures:
        one, other = here.values[name], there.values[name]
        if name in MONEY:
            np.testing.assert_allclose(other, rate * one, rtol=1e-9, atol=1e-10 * rate * sales)
        else:
            np.testing.assert_allclose(other, one, rtol=1e-6, err_msg=name)
    for outcome in OUTCOMES.values():
        one, other = (found.series(outcome.id) for found in (here, there))
        factor = rate if outcome.unit.startswith("currency") else 1.0
        least = 1e-10 * (factor * sales if outcome.unit.startswith("currency") else 1.0)
        if outcome.id.startswith("contacts"):
            least = 1e-9 * float(here.series("contacts").max())
        np.testing.assert_allclose(other, factor * one, rtol=1e-9, atol=least, err_msg=outcome.id)


@settings(max_examples=10, deadline=None)
@given(times=st.sampled_from((2.0, 10.0, 1000.0)), name=st.sampled_from(SHIPPED))
def test_a_twice_as_large_organisation_gets_twice_as_much(times: float, name: str) -> None:
    """Customers, employees and budgets together: relations are made per head, where hosting and
    conduct grow with heads as well."""
    given_one = scenario.load_shipped(name).changed(**{"assumptions.hosting_scale": 1.0})
    organisation = given_one.organisation
    if organisation.employees * times > 1e7:
        return
    changes: dict[str, object] = {
        f"organisation.budgets.{field}": getattr(organisation.budgets, field) * times
        for field in Budgets._fields
    }
    for field in ("customers", "employees"):
        changes[f"organisation.{field}"] = getattr(organisation, field) * times
    here, there = simulate(given_one, 16), simulate(given_one.changed(**changes), 16)
    sales = organisation.customers * organisation.revenue_per_customer
    np.testing.assert_allclose(
        there.values.net_present_value,
        times * here.values.net_present_value,
        rtol=1e-9,
        atol=1e-10 * times * sales,
    )
    np.testing.assert_allclose(there.series("trust"), here.series("trust"), rtol=1e-9)


# --- what is left alone --------------------------------------------------------------------------


def test_results_cannot_be_changed_by_accident() -> None:
    found: Headline = simulate(DEFAULT, 2).headline
    with pytest.raises(AttributeError):
        found.verdict = "wonderful"  # type: ignore[misc]
    forecast: Forecast = simulate(DEFAULT, 2)
    with pytest.raises(AttributeError):
        forecast.draws = 3  # type: ignore[misc]
