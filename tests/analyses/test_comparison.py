"""A comparison says what plain simulations say: figures, differences, budgets."""

from __future__ import annotations

import itertools
import math
import pickle
from dataclasses import fields, replace

import numpy as np
import pytest

from simulator import results, scenario
from simulator.analyses.comparison import (
    BUDGETS,
    HEADLINE_ROWS,
    MEASURES,
    NEITHER,
    NO_LONGER_IN_TIME,
    NOW_IN_TIME,
    SAME,
    compare,
    figure_of,
    in_time,
)
from simulator.model.register import FloatArray
from simulator.results import FIGURES, Estimate, Headline, estimate, simulate, verdict
from simulator.scenario import Scenario
from tests.support.comparisons import (
    CHARITY,
    DEFAULT,
    DRAWS,
    GOOD,
    IDLE,
    OTHER,
    SHIPPED,
    changed,
    small_comparison,
)
from tests.support.headlines import same_digits

pytestmark = pytest.mark.usefixtures("known_runs")

# --- against plain simulations -------------------------------------------------------------------


def test_headlines_are_those_of_each_alone_with_the_common_seed() -> None:
    examples = (DEFAULT, changed(CHARITY, horizon_months=36, seed=9), changed(seed=7))
    compared = compare(*examples, draws=DRAWS)
    assert (compared.seed, compared.months, compared.draws) == (DEFAULT.seed, 36, DRAWS)
    assert compared.scenarios == examples
    for headline, example in zip(compared.headlines, examples, strict=True):
        alone = simulate(changed(example, seed=DEFAULT.seed), DRAWS).headline
        assert same_digits(headline, alone)


def test_series_are_cut_at_the_shortest_horizon_and_not_changed() -> None:
    compared = compare(DEFAULT, changed(CHARITY, horizon_months=24), draws=DRAWS)
    whole = simulate(DEFAULT, DRAWS)
    for outcome in ("cumulative_value", "customers", "trust", "spent_training"):
        for on in (False, True):
            band = compared.band(0, outcome, baseline=on)
            np.testing.assert_array_equal(band, whole.band(outcome, baseline=on)[:, :25])
            last = whole.series(outcome, baseline=on)[:, 24]
            assert compared.final(0, outcome, baseline=on) == estimate(last)
    with pytest.raises(KeyError):
        compared.band(0, "nonsense")


def test_a_pair_is_the_difference_in_each_draw() -> None:
    compared = compare(DEFAULT, changed(OTHER, seed=77), draws=DRAWS)
    worth = [
        simulate(changed(one, seed=DEFAULT.seed), DRAWS).values.net_present_value
        for one in (DEFAULT, OTHER)
    ]
    difference = worth[1] - worth[0]
    pair = compared.pair(0, 1)
    assert pair.difference == estimate(difference)
    assert pair.better == (difference > 0.0).mean()
    assert pair.verdict == verdict(pair.probability)
    assert (compared.difference, compared.probability_better, compared.verdict) == (
        pair.difference,
        pair.probability,
        pair.verdict,
    )


def test_pairing_takes_out_what_both_share() -> None:
    """A little more of the same plan: clear in pairs, invisible between two separate spreads."""
    compared = small_comparison(DEFAULT, changed(plan__customer_service__share_moved=0.125))
    spread = compared.headlines[0].net_present_value
    assert compared.difference.high - compared.difference.low < 0.2 * (spread.high - spread.low)


def test_differences_of_figures_are_paired_and_over_the_common_months() -> None:
    shorter = changed(plan__training__share_moved=0.4, horizon_months=36)
    compared = compare(DEFAULT, shorter, draws=DRAWS)
    here, there = (simulate(changed(one, horizon_months=36), DRAWS) for one in (DEFAULT, shorter))
    differences = compared.differences(1)
    assert list(differences) == list(HEADLINE_ROWS)
    for name in ("net_present_value", "roi", "return_on_involvement", "cost_of_waiting"):
        paired = there.values[name] - here.values[name]
        medians = [one.headline.estimate(FIGURES[name]).central for one in (there, here)]
        expected = replace(estimate(paired), central=medians[0] - medians[1])
        assert differences[name] == expected, name
    for name in ("probability_better", "worst_case", "probability_payback"):
        assert differences[name] == getattr(there.headline, name) - getattr(here.headline, name)
    for name in results.AT_HORIZON:
        levels = [one.headline.at_horizon[name].plan.central for one in (there, here)]
        spread = estimate(there.final(name) - here.final(name))
        assert differences[name] == replace(spread, central=levels[0] - levels[1])
        assert HEADLINE_ROWS[name].at_end
    nothing = compared.differences(0)
    assert nothing["net_present_value"] == Estimate(0.0, 0.0, 0.0)
    assert nothing["worst_case"] == 0.0


def test_every_figure_is_found_in_a_headline() -> None:
    headline = small_comparison(DEFAULT, OTHER).headlines[0]
    shown = {name for name in HEADLINE_ROWS if not HEADLINE_ROWS[name].at_end}
    assert shown == {one.name for one in fields(Headline)} - {"verdict", "at_horizon", "draws"}
    assert figure_of(headline, "roi") == headline.roi
    assert figure_of(headline, "trust") == headline.at_horizon["trust"].plan
    with pytest.raises(KeyError):
        figure_of(headline, "nonsense")


def test_money_that_never_comes_back_is_never_not_a_number() -> None:
    bad = scenario.load_shipped("too-deep-too-fast")
    never = compare(bad, GOOD, draws=DRAWS)
    back = never.differences(1)["payback_month"]
    assert back == Estimate(-math.inf, -math.inf, -math.inf)
    neither = compare(bad, changed(bad, name="again"), draws=DRAWS).differences(1)
    difference = neither["payback_month"]
    assert isinstance(difference, Estimate) and math.isnan(difference.central)


def test_months_between_agree_with_the_months_that_are_shown() -> None:
    """A number where both medians are months, words where one is never."""
    bad = scenario.load_shipped("too-deep-too-fast")
    everyone = (GOOD, OTHER, CHARITY, bad)
    compared = compare(*everyone, draws=DRAWS)
    back = [math.isfinite(one.payback_month.central) for one in compared.headlines]
    assert {*back} == {True, False}
    words = {
        (True, True): "",
        (True, False): NOW_IN_TIME,
        (False, True): NO_LONGER_IN_TIME,
        (False, False): NEITHER,
    }
    for first, second in itertools.product(range(len(everyone)), repeat=2):
        difference = compared.differences(first, second)["payback_month"]
        assert isinstance(difference, Estimate)
        assert in_time(difference.central) == words[back[first], back[second]]


def test_what_is_back_after_the_common_months_has_no_difference_in_time() -> None:
    """Its own figure is a month, so that "no longer in time" would contradict it."""
    late = changed(GOOD, plan__customer_service__start_month=23)
    compared = compare(late, changed(late, horizon_months=24), draws=DRAWS)
    assert math.isfinite(compared.headlines[0].payback_month.central)
    difference = compared.differences(1)["payback_month"]
    assert isinstance(difference, Estimate) and in_time(difference.central) == NEITHER


def test_what_is_no_number_of_months_has_words() -> None:
    words = [in_time(one) for one in (math.inf, -math.inf, math.nan, -3.0)]
    assert words == [NO_LONGER_IN_TIME, NOW_IN_TIME, NEITHER, ""]


@pytest.mark.parametrize("measure", MEASURES)
def test_measures_divide_by_what_they_say(measure: str) -> None:
    compared = small_comparison(DEFAULT, CHARITY)
    for row, example in zip(compared.of(measure), (DEFAULT, CHARITY), strict=True):
        forecast = simulate(example, DRAWS)
        divisor = {
            "value": 1.0,
            "value_per_customer": example.organisation.customers,
            "value_per_employee": example.organisation.employees,
            "value_per_money_moved": forecast.plan.final("present_value_moved")[0],
        }[measure]
        np.testing.assert_array_equal(row, forecast.values.net_present_value / divisor)


def test_the_same_in_a_twice_as_large_organisation_is_the_same_per_customer() -> None:
    """Up to rounding, which must not look like a difference that is certain; where hosting and
    conduct grow with heads as well."""
    default = DEFAULT.changed(**{"assumptions.hosting_scale": 1.0})
    organisation = default.organisation
    sizes = {name: 2.0 * getattr(organisation, name) for name in ("customers", "employees")}
    budgets = {f"budgets.{k}": 2.0 * v for k, v in organisation.budgets.model_dump().items()}
    twice = default.changed(
        **{f"organisation.{name}": value for name, value in {**sizes, **budgets}.items()}
    )
    compared = small_comparison(default, twice)
    assert compared.pair(0, 1).same < 1.0
    for measure in ("value_per_customer", "value_per_employee", "value_per_money_moved"):
        assert compared.pair(0, 1, measure).verdict == SAME
        ranking = compared.ranking(measure)
        assert ranking.best[0] == ranking.best[1] and ranking.rank[0] == ranking.rank[1]


# --- budgets and differences ---------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_budgets_are_those_of_the_run_and_no_money_gets_lost(name: str) -> None:
    compared = compare(scenario.load_shipped(name), IDLE, draws=2)
    spent = compared.spending[0]
    assert list(spent.today) == list(spent.plan) == list(BUDGETS)
    assert math.fsum(spent.plan.values()) == pytest.approx(math.fsum(spent.today.values()))
    for budget, money in spent.plan.items():
        series = "savings" if budget == "savings" else f"spent_{budget}"
        assert money == pytest.approx(compared.final(0, series).central)
        before = compared.final(0, series, baseline=True).central
        assert spent.today[budget] == pytest.approx(before)


def test_baselines_are_shared_and_can_come_from_elsewhere() -> None:
    requests: list[tuple[str, int, int]] = []

    def counted(example: Scenario, draws: int) -> results.Baseline:
        requests.append((example.organisation.name, example.horizon_months, draws))
        return results.baseline(example, draws)

    shorter = changed(CHARITY, horizon_months=24)
    examples = (DEFAULT, changed(plan__training__share_moved=0.4), shorter, changed(seed=5))
    compared = compare(*examples, draws=8, baseline=counted)
    mine, theirs = DEFAULT.organisation.name, CHARITY.organisation.name
    assert requests == [(mine, 24, 8), (mine, 60, 8), (theirs, 24, 8)]
    plain = compare(*examples, draws=8)
    for headline, other in zip(compared.headlines, plain.headlines, strict=True):
        assert same_digits(headline, other)


def test_a_comparison_can_be_kept_and_not_changed() -> None:
    compared = small_comparison(DEFAULT, OTHER)
    band = compared.band(0, "trust")
    with pytest.raises(ValueError, match="read-only"):
        band[0, 0] = 1.0
    assert len(pickle.dumps(compared)) < 1_000_000


def test_years_are_worked_out_once_scenario_by_scenario() -> None:
    compared = compare(DEFAULT, OTHER, draws=DRAWS)
    steps: list[tuple[int, int]] = []
    compared.work_out_years(lambda done, total: steps.append((done, total)))
    compared.work_out_years(lambda done, total: pytest.fail("they are known"))
    assert steps == [(0, 2), (1, 2)]
    plain = compare(DEFAULT, OTHER, draws=DRAWS)
    assert compared.years == plain.years
    named = [
        each.changed(name=f"Plan {letter}")
        for letter, each in zip("AB", (DEFAULT, OTHER), strict=True)
    ]
    described = compared.described(named)
    assert [each.name for each in described.scenarios] == ["Plan A", "Plan B"]
    described.work_out_years(lambda done, total: pytest.fail("they are known"))


def test_nothing_is_lost_when_all_draws_are_few() -> None:
    compared = compare(DEFAULT, OTHER, draws=2)
    worth: FloatArray = compared.of("value")
    assert worth.shape == (2, 2)
    assert sum(compared.pair(0, 1).histogram.counts) == 2
