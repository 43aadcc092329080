"""Pairs, ranks, histograms and verdicts: what must hold for any scenarios, and the rule."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.analyses import comparison
from simulator.analyses.comparison import MEASURES, SAME, NotComparable, compare, pairs
from simulator.results import Estimate, estimate
from simulator.scenario import Scenario
from tests.support.comparisons import DEFAULT, changed, sets, small_comparison
from tests.support.examples import examples

# --- what must hold for any ----------------------------------------------------------------------


SOME = examples(12)


@SOME
@given(examples=sets(), measure=st.sampled_from([*MEASURES]))
def test_pairs_are_antisymmetric_and_add_up(examples: list[Scenario], measure: str) -> None:
    compared = compare(*examples, draws=16)
    for first, second in itertools.product(range(len(examples)), repeat=2):
        if compared.obstacle(measure, first, second):
            with pytest.raises(NotComparable):
                compared.pair(first, second, measure)
            continue
        there, back = compared.pair(first, second, measure), compared.pair(second, first, measure)
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
@given(examples=sets(), measure=st.sampled_from([*MEASURES]))
def test_ranking_shares_a_draw_between_the_best(examples: list[Scenario], measure: str) -> None:
    compared = compare(*examples, draws=16)
    if compared.obstacle(measure):
        with pytest.raises(NotComparable):
            compared.ranking(measure)
        return
    ranking = compared.ranking(measure)
    defined = ~np.isnan(compared.of(measure)).any(axis=1)
    best = np.array([*ranking.best, ranking.carrying_on])
    rank = np.array([*ranking.rank, ranking.carrying_on_rank])
    defined = np.append(defined, True)
    assert (np.isnan(best) == ~defined).all() and (np.isnan(rank) == ~defined).all()
    count = int(defined.sum())
    assert best[defined].sum() == pytest.approx(1.0)
    assert rank[defined].sum() == pytest.approx(count * (count + 1) / 2)
    assert ((best[defined] >= 0.0) & (rank[defined] >= 1.0) & (rank[defined] <= count)).all()
    if count == 2:
        first, second = np.flatnonzero(defined)
        assert best[second] == pytest.approx(
            compared.pair(int(first), int(second), measure).probability
        )


def test_carrying_on_is_a_candidate_of_no_gain() -> None:
    compared = small_comparison(DEFAULT)
    carrying_on = compared.carrying_on
    pair, ranking = compared.pair(carrying_on, 0), compared.ranking()
    worth = compared.of("value")[0]
    assert (pair.difference, pair.better) == (estimate(worth), (worth > 0.0).mean())
    assert (*ranking.best, ranking.carrying_on) == (pair.better, pair.worse)
    moved = compared.pair(carrying_on, 0, "value_per_money_moved")
    assert (moved.better, moved.same) == (pair.better, pair.same)
    assert compared.ranking("value_per_money_moved").best == ranking.best
    assert (compared.letter(0), compared.letter(carrying_on)) == ("A", "0")


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
    histogram = pairs.histogram_of(difference)
    if not difference.any():
        assert histogram == comparison.Histogram((), ())
        return
    edges, counts = np.array(histogram.edges), np.array(histogram.counts)
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
    histogram = pairs.histogram_of(numbers)
    assert histogram.edges[0] >= -1.2 and histogram.edges[-1] <= 1.2
    assert sum(histogram.counts) == 1000


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
    compared = small_comparison(DEFAULT, again)
    assert (compared.caveats, compared.diffs) == ((), ())
    for measure in MEASURES:
        pair = compared.pair(0, 1, measure)
        assert (pair.difference, pair.same) == (Estimate(0.0, 0.0, 0.0), 1.0)
        assert (pair.verdict, pair.histogram.counts) == (SAME, ())
