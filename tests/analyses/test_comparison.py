"""Scenarios side by side: against plain simulations, and against what must hold for any of them."""

from __future__ import annotations

import itertools
import math
import pickle
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import results, scenario
from simulator.analyses import comparison
from simulator.analyses.comparison import (
    BUDGETS,
    HEADLINE_ROWS,
    MEASURES,
    NEITHER,
    NO_LONGER_IN_TIME,
    NOW_IN_TIME,
    SAME,
    Comparison,
    NotComparable,
    compare,
    figure_of,
    in_time,
    pairs,
)
from simulator.model.quantities import Split
from simulator.model.register import FloatArray
from simulator.results import Estimate, Headline, estimate, simulate, verdict
from simulator.scenario import EstimateInput, ResultsInput, Scenario, diff
from simulator.version import MODEL_VERSION

DRAWS = 64
DEFAULT = scenario.load_shipped("balanced-shift")
OTHER = scenario.load_shipped("involvement-without-money")
IDLE = scenario.load_shipped("wait-and-see")
GOOD = DEFAULT.changed(
    **{
        "plan.market_research.share_moved": 0,
        "plan.training.share_moved": 0,
        "plan.customer_service": {"share_moved": 0.03, "start_month": 3, "ramp_months": 12},
        "plan.split": {**dict.fromkeys(Split._fields, 0), "social_service": 1},
        "plan.involvement": {},
    }
)
"""A plan whose money comes back."""
CHARITY = scenario.load_shipped("charity-donors")
SHIPPED = [path.stem for path in scenario.shipped()]


def changed(given_one: Scenario = DEFAULT, **changes: object) -> Scenario:
    """A copy with other values; ``__`` stands for the dot in a path."""
    return given_one.changed(**{path.replace("__", "."): one for path, one in changes.items()})


@cache
def _compared(*scenarios: Scenario) -> Comparison:
    return compare(*scenarios, draws=DRAWS)


@st.composite
def plans(draw: st.DrawFn) -> Scenario:
    """Scenarios of two organisations, with any amount of money moved and any horizon."""
    share = st.sampled_from((0.0, 0.1, 0.5))
    return changed(
        draw(st.sampled_from((DEFAULT, OTHER, CHARITY))),
        plan__training__share_moved=draw(share),
        plan__customer_service__share_moved=draw(share),
        horizon_months=draw(st.sampled_from((12, 24, 36))),
        seed=draw(st.integers(0, 3)),
    )


def sets(least: int = 2, most: int = 4) -> st.SearchStrategy[list[Scenario]]:
    """So many scenarios to compare; some may be the same."""
    return st.lists(plans(), min_size=least, max_size=most)


# --- against plain simulations -------------------------------------------------------------------


def _same_headline(one: Headline, other: Headline) -> bool:
    return repr(one) == repr(other)  # every digit, and nan equal to itself


def test_headlines_are_those_of_each_alone_with_the_common_seed() -> None:
    given_ones = (DEFAULT, changed(CHARITY, horizon_months=36, seed=9), changed(seed=7))
    found = compare(*given_ones, draws=DRAWS)
    assert (found.seed, found.months, found.draws) == (DEFAULT.seed, 36, DRAWS)
    assert found.scenarios == given_ones
    for headline, one in zip(found.headlines, given_ones, strict=True):
        alone = simulate(changed(one, seed=DEFAULT.seed), DRAWS).headline
        assert _same_headline(headline, alone)


def test_series_are_cut_at_the_shortest_horizon_and_not_changed() -> None:
    found = compare(DEFAULT, changed(CHARITY, horizon_months=24), draws=DRAWS)
    whole = simulate(DEFAULT, DRAWS)
    for outcome in ("cumulative_value", "customers", "trust", "spent_training"):
        for on in (False, True):
            band = found.band(0, outcome, baseline=on)
            np.testing.assert_array_equal(band, whole.band(outcome, baseline=on)[:, :25])
            last = whole.series(outcome, baseline=on)[:, 24]
            assert found.final(0, outcome, baseline=on) == estimate(last)
    with pytest.raises(KeyError):
        found.band(0, "nonsense")


def test_a_pair_is_the_difference_in_each_draw() -> None:
    found = compare(DEFAULT, changed(OTHER, seed=77), draws=DRAWS)
    worth = [
        simulate(changed(one, seed=DEFAULT.seed), DRAWS).values.net_present_value
        for one in (DEFAULT, OTHER)
    ]
    difference = worth[1] - worth[0]
    pair = found.pair(0, 1)
    assert pair.difference == estimate(difference)
    assert pair.better == (difference > 0.0).mean()
    assert pair.verdict == verdict(pair.probability)
    assert (found.difference, found.probability_better, found.verdict) == (
        pair.difference,
        pair.probability,
        pair.verdict,
    )


def test_pairing_takes_out_what_both_share() -> None:
    """A little more of the same plan: clear in pairs, invisible between two separate spreads."""
    found = _compared(DEFAULT, changed(plan__customer_service__share_moved=0.125))
    spread = found.headlines[0].net_present_value
    assert found.difference.high - found.difference.low < 0.2 * (spread.high - spread.low)


def test_differences_of_figures_are_paired_and_over_the_common_months() -> None:
    shorter = changed(plan__training__share_moved=0.4, horizon_months=36)
    found = compare(DEFAULT, shorter, draws=DRAWS)
    here, there = (simulate(changed(one, horizon_months=36), DRAWS) for one in (DEFAULT, shorter))
    differences = found.differences(1)
    assert list(differences) == list(HEADLINE_ROWS)
    for name in ("net_present_value", "roi", "return_on_involvement", "cost_of_waiting"):
        paired = there.values[name] - here.values[name]
        assert differences[name] == estimate(paired), name
    for name in ("probability_better", "worst_case", "probability_payback"):
        assert differences[name] == getattr(there.headline, name) - getattr(here.headline, name)
    for name in results.AT_HORIZON:
        assert differences[name] == estimate(there.final(name) - here.final(name))
        assert HEADLINE_ROWS[name].at_end
    nothing = found.differences(0)
    assert nothing["net_present_value"] == Estimate(0.0, 0.0, 0.0)
    assert nothing["worst_case"] == 0.0


def test_every_figure_is_found_in_a_headline() -> None:
    headline = _compared(DEFAULT, OTHER).headlines[0]
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
    found = neither["payback_month"]
    assert isinstance(found, Estimate) and math.isnan(found.central)


def test_months_between_agree_with_the_months_that_are_shown() -> None:
    """A number where both medians are months, words where one is never."""
    bad = scenario.load_shipped("too-deep-too-fast")
    everyone = (GOOD, OTHER, CHARITY, bad)
    found = compare(*everyone, draws=DRAWS)
    back = [math.isfinite(one.payback_month.central) for one in found.headlines]
    assert {*back} == {True, False}
    words = {
        (True, True): "",
        (True, False): NOW_IN_TIME,
        (False, True): NO_LONGER_IN_TIME,
        (False, False): NEITHER,
    }
    for one, other in itertools.product(range(len(everyone)), repeat=2):
        told = found.differences(one, other)["payback_month"]
        assert isinstance(told, Estimate)
        assert in_time(told.central) == words[back[one], back[other]]


def test_what_is_back_after_the_common_months_has_no_difference_in_time() -> None:
    """Its own figure is a month, so that "no longer in time" would contradict it."""
    late = changed(GOOD, plan__customer_service__start_month=23)
    found = compare(late, changed(late, horizon_months=24), draws=DRAWS)
    assert math.isfinite(found.headlines[0].payback_month.central)
    told = found.differences(1)["payback_month"]
    assert isinstance(told, Estimate) and in_time(told.central) == NEITHER


def test_what_is_no_number_of_months_has_words() -> None:
    told = [in_time(one) for one in (math.inf, -math.inf, math.nan, -3.0)]
    assert told == [NO_LONGER_IN_TIME, NOW_IN_TIME, NEITHER, ""]


@pytest.mark.parametrize("measure", MEASURES)
def test_measures_divide_by_what_they_say(measure: str) -> None:
    found = _compared(DEFAULT, CHARITY)
    for row, one in zip(found.of(measure), (DEFAULT, CHARITY), strict=True):
        forecast = simulate(one, DRAWS)
        divisor = {
            "value": 1.0,
            "value_per_customer": one.organisation.customers,
            "value_per_employee": one.organisation.employees,
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
    found = _compared(default, twice)
    assert found.pair(0, 1).same < 1.0
    for measure in ("value_per_customer", "value_per_employee", "value_per_money_moved"):
        assert found.pair(0, 1, measure).verdict == SAME
        assert found.ranking(measure).best == (0.5, 0.5)


# --- what must hold for any ----------------------------------------------------------------------

SOME = settings(max_examples=12, deadline=None)


@SOME
@given(given_ones=sets(), measure=st.sampled_from([*MEASURES]))
def test_pairs_are_antisymmetric_and_add_up(given_ones: list[Scenario], measure: str) -> None:
    found = compare(*given_ones, draws=16)
    for first, second in itertools.product(range(len(given_ones)), repeat=2):
        if found.obstacle(measure, first, second):
            with pytest.raises(NotComparable):
                found.pair(first, second, measure)
            continue
        there, back = found.pair(first, second, measure), found.pair(second, first, measure)
        assert there.better + there.worse + there.same == pytest.approx(1.0)
        assert (there.better, there.worse, there.same) == (back.worse, back.better, back.same)
        if first != second:
            seen, mirrored = there.difference, back.difference
            assert (seen.low, seen.central, seen.high) == (
                -mirrored.high,
                -mirrored.central,
                -mirrored.low,
            )
            assert there.histogram.counts == back.histogram.counts[::-1]
            edges = tuple(-one for one in back.histogram.edges[::-1])
            assert there.histogram.edges == edges
        else:
            assert there.verdict == SAME


@SOME
@given(given_ones=sets(), measure=st.sampled_from([*MEASURES]))
def test_ranking_shares_a_draw_between_the_best(given_ones: list[Scenario], measure: str) -> None:
    found = compare(*given_ones, draws=16)
    if found.obstacle(measure):
        with pytest.raises(NotComparable):
            found.ranking(measure)
        return
    ranking = found.ranking(measure)
    defined = ~np.isnan(found.of(measure)).any(axis=1)
    best, rank = np.array(ranking.best), np.array(ranking.rank)
    assert (np.isnan(best) == ~defined).all() and (np.isnan(rank) == ~defined).all()
    count = int(defined.sum())
    assert best[defined].sum() == pytest.approx(1.0)
    assert rank[defined].sum() == pytest.approx(count * (count + 1) / 2)
    assert ((best[defined] >= 0.0) & (rank[defined] >= 1.0) & (rank[defined] <= count)).all()
    if len(given_ones) == count == 2:
        assert best[1] == pytest.approx(found.pair(0, 1, measure).probability)


@given(
    st.lists(
        st.lists(st.sampled_from((-2.0, 0.0, 1.0, 1.0 + 1e-12, 7.0)), min_size=3, max_size=3),
        min_size=2,
        max_size=6,
    )
)
def test_ranks_are_counted_draw_by_draw(rows: list[list[float]]) -> None:
    figures = np.array(rows)
    best, rank = pairs.ranked(figures)
    wins, places = np.zeros(len(rows)), np.zeros(len(rows))
    for draw in np.round(figures.T, 6):
        winners = draw == draw.max()
        wins += winners / winners.sum()
        places += [1 + (draw > one).sum() + ((draw == one).sum() - 1) / 2 for one in draw]
    np.testing.assert_allclose(best, wins / 3)
    np.testing.assert_allclose(rank, places / 3)


@given(
    st.lists(
        st.one_of(st.just(0.0), st.floats(-1e12, 1e12), st.floats(-1e-6, 1e-6)),
        min_size=1,
        max_size=300,
    )
)
def test_a_histogram_holds_every_draw_in_even_round_bins(numbers: list[float]) -> None:
    difference = np.array(numbers)
    found = pairs.histogram_of(difference)
    if not difference.any():
        assert found == comparison.Histogram((), ())
        return
    edges, counts = np.array(found.edges), np.array(found.counts)
    assert counts.sum() == len(numbers) and len(edges) == len(counts) + 1 <= 40
    widths = np.diff(edges)
    assert (widths > 0.0).all()
    np.testing.assert_allclose(widths, widths[0], rtol=1e-6)
    assert f"{widths[0]:.0e}"[0] in "125"
    if edges[0] < 0.0 < edges[-1]:
        assert 0.0 in edges
        # What is better and what is worse lie on different sides.
        assert counts[edges[:-1] >= 0.0].sum() == (difference >= 0.0).sum()


def test_a_histogram_collects_what_lies_far_out_in_its_outermost_bins() -> None:
    numbers = np.concatenate([np.linspace(-1.0, 1.0, 998), [-1e9, 1e9]])
    found = pairs.histogram_of(numbers)
    assert found.edges[0] >= -1.2 and found.edges[-1] <= 1.2
    assert sum(found.counts) == 1000


# --- the rule ------------------------------------------------------------------------------------


def _pair(difference: Sequence[float]) -> comparison.Pair:
    return pairs.pair_of(0, 1, "value", np.array(difference))


@pytest.mark.parametrize(
    ("difference", "probability", "words"),
    [
        ([0.0] * 4, 0.5, SAME),
        ([1.0] * 4, 1.0, "very likely better"),
        ([1.0, 1.0, 1.0, -1.0], 0.75, "likely better"),
        ([1.0, -1.0, 1.0, -1.0], 0.5, "too close to call"),
        ([1.0, 0.0, 0.0, 0.0], 0.625, "too close to call"),  # never worse, but hardly ever better
        ([-1.0, -1.0, -1.0, 1.0], 0.25, "likely worse"),
        ([-1.0] * 4, 0.0, "very likely worse"),
    ],
)
def test_the_verdict_counts_half_of_the_draws_without_a_difference(
    difference: list[float], probability: float, words: str
) -> None:
    pair = _pair(difference)
    assert (pair.probability, pair.verdict) == (probability, words)
    assert pairs.reversed_pair(pair).probability == 1.0 - probability


def test_equal_scenarios_never_differ() -> None:
    again = changed(name="The same once more", notes="in other words")
    found = _compared(DEFAULT, again)
    assert (found.caveats, found.diffs) == ((), ())
    for measure in MEASURES:
        pair = found.pair(0, 1, measure)
        assert (pair.difference, pair.same) == (Estimate(0.0, 0.0, 0.0), 1.0)
        assert (pair.verdict, pair.histogram.counts) == (SAME, ())


# --- what can be compared ------------------------------------------------------------------------


def _kinds(found: Comparison) -> dict[str, tuple[tuple[int, ...], tuple[Any, ...]]]:
    return {one.kind: (one.scenarios, one.values) for one in found.caveats}


@pytest.mark.parametrize(
    ("change", "kind", "values"),
    [
        ({"organisation__customers": 7.0}, "organisation", ("A service company",) * 2),
        ({"organisation__currency": "DKK"}, "currency", ("EUR", "DKK")),
        ({"horizon_months": 48}, "horizon", (60, 48)),
        ({"assumptions__effect_transfer": 0.9}, "assumptions", (0, 1)),
        ({"seed": 9}, "seed", (1, 9)),
    ],
)
def test_what_differs_beside_the_plan_is_told(
    change: dict[str, Any], kind: str, values: tuple[object, ...]
) -> None:
    assert _kinds(_compared(DEFAULT, changed(**change))) == {kind: ((1,), values)}


def test_an_override_that_says_what_the_register_says_is_none() -> None:
    span = diff.ranges(DEFAULT)["effect_transfer"]
    same = {"low": span.low, "central": span.central, "high": span.high}
    found = _compared(DEFAULT, changed(assumptions__effect_transfer=same))
    assert (found.caveats, found.diffs, found.verdict) == ((), (), SAME)


def _saved_with(version: str) -> Scenario:
    some = EstimateInput(low=0.0, central=1.0, high=2.0)
    figures: dict[str, Any] = {
        name: some if field.annotation is EstimateInput else 0.5
        for name, field in ResultsInput.model_fields.items()
    }
    results = ResultsInput(**{**figures, "model_version": version, "draws": 16})
    return changed(results=results)


def test_other_model_versions_are_named() -> None:
    now = _saved_with(MODEL_VERSION)
    assert _kinds(_compared(DEFAULT, now)) == {}
    found = _compared(now, DEFAULT, _saved_with("0.9.1"))
    assert _kinds(found) == {"model": ((2,), (MODEL_VERSION, None, "0.9.1"))}
    assert found.pair(1, 2).verdict == SAME


def test_other_currencies_leave_value_per_money_moved() -> None:
    crowns = changed(OTHER, organisation__currency="DKK", plan__training__share_moved=0.2)
    euros = changed(plan__training__share_moved=0.4)
    found = _compared(DEFAULT, crowns, euros)
    for measure in ("value", "value_per_customer", "value_per_employee"):
        for refused in (lambda m=measure: found.pair(0, 1, m), lambda m=measure: found.ranking(m)):
            with pytest.raises(NotComparable) as caught:
                refused()
            assert (caught.value.measure, caught.value.caveat.kind) == (measure, "currency")
        assert found.pair(0, 2, measure).better >= 0.0
    assert sum(found.ranking("value_per_money_moved").best) == pytest.approx(1.0)
    differences = found.differences(1)
    assert [name for name, one in differences.items() if one is None] == [
        name for name, figure in HEADLINE_ROWS.items() if figure.unit.startswith("currency")
    ]
    assert isinstance(differences["roi"], Estimate)


def test_what_moves_no_money_is_left_out_of_value_per_money_moved() -> None:
    measure = "value_per_money_moved"
    found = _compared(DEFAULT, IDLE, CHARITY)
    about, moved = _kinds(found)["nothing_moved"]
    assert about == (1,) and moved[1] == 0.0 < moved[0]
    with pytest.raises(NotComparable):
        found.pair(0, 1, measure)
    ranking = found.ranking(measure)
    assert [math.isnan(one) for one in ranking.best] == [False, True, False]
    assert ranking.best[2] == found.pair(0, 2, measure).probability
    with pytest.raises(NotComparable):
        _compared(DEFAULT, IDLE).ranking(measure)


def test_next_to_no_money_is_none() -> None:
    trace = changed(IDLE, plan__training__share_moved=1e-300)
    assert "nothing_moved" in _kinds(_compared(DEFAULT, trace))


@pytest.mark.parametrize("count", [0, 1, 7])
def test_too_few_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=rf"scenarios: found {count}, allowed 2 to 6"):
        compare(*[DEFAULT] * count, draws=4)


def test_unknown_names_are_refused() -> None:
    found = _compared(DEFAULT, OTHER)
    with pytest.raises(KeyError):
        found.pair(0, 1, "nonsense")
    with pytest.raises(KeyError):
        found.ranking("nonsense")
    with pytest.raises(IndexError):
        found.pair(0, 2)


# --- budgets and differences ---------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_budgets_are_those_of_the_run_and_no_money_gets_lost(name: str) -> None:
    found = compare(scenario.load_shipped(name), IDLE, draws=2)
    spent = found.spending[0]
    assert list(spent.today) == list(spent.plan) == list(BUDGETS)
    assert math.fsum(spent.plan.values()) == pytest.approx(math.fsum(spent.today.values()))
    for budget, money in spent.plan.items():
        series = "savings" if budget == "savings" else f"spent_{budget}"
        assert money == pytest.approx(found.final(0, series).central)
        before = found.final(0, series, baseline=True).central
        assert spent.today[budget] == pytest.approx(before)


def test_baselines_are_shared_and_can_come_from_elsewhere() -> None:
    asked: list[tuple[str, int, int]] = []

    def kept(one: Scenario, draws: int) -> results.Baseline:
        asked.append((one.organisation.name, one.horizon_months, draws))
        return results.baseline(one, draws)

    shorter = changed(CHARITY, horizon_months=24)
    given_ones = (DEFAULT, changed(plan__training__share_moved=0.4), shorter, changed(seed=5))
    found = compare(*given_ones, draws=8, baseline=kept)
    mine, theirs = DEFAULT.organisation.name, CHARITY.organisation.name
    assert asked == [(mine, 24, 8), (mine, 60, 8), (theirs, 24, 8)]
    plain = compare(*given_ones, draws=8)
    for one, other in zip(found.headlines, plain.headlines, strict=True):
        assert _same_headline(one, other)


def test_a_comparison_can_be_kept_and_not_changed() -> None:
    found = _compared(DEFAULT, OTHER)
    band = found.band(0, "trust")
    with pytest.raises(ValueError, match="read-only"):
        band[0, 0] = 1.0
    assert len(pickle.dumps(found)) < 1_000_000


def test_nothing_is_lost_when_all_draws_are_few() -> None:
    found = compare(DEFAULT, OTHER, draws=2)
    worth: FloatArray = found.of("value")
    assert worth.shape == (2, 2)
    assert sum(found.pair(0, 1).histogram.counts) == 2
