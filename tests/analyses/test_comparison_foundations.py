"""What the differences of a comparison rest on: what they follow in the draws that all have."""

from __future__ import annotations

import pytest

from simulator.analyses.comparison import HEADLINE_ROWS, Comparison, compare, foundations
from simulator.analyses.influence import rests_on
from simulator.results import simulate
from simulator.scenario import load_shipped

PLAN = load_shipped("balanced-shift")
SELLING = load_shipped("too-promotional")
DRAWS = 256


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare(PLAN, SELLING, PLAN, draws=DRAWS)


def test_against_carrying_on_it_is_what_the_value_rests_on(compared: Comparison) -> None:
    forecast = simulate(PLAN, DRAWS)
    value = rests_on(forecast.values.net_present_value, forecast)
    carrying_on = compared.carrying_on
    assert foundations.of_pair(compared, carrying_on, 0, "value") == value
    assert foundations.of_pair(compared, 0, carrying_on, "value_per_employee") == value


def test_what_two_plans_have_in_common_is_not_what_their_difference_rests_on(
    compared: Comparison,
) -> None:
    own = foundations.of_pair(compared, 0, 1, "value")
    assert own == foundations.of_pair(compared, 1, 0, "value")
    assert own[0] == "promo_engagement_multiplier"  # they differ in nothing but that
    assert own != foundations.of_pair(compared, compared.carrying_on, 0, "value")
    assert foundations.of_pair(compared, 0, 2, "value") == ()


def test_who_is_the_best_rests_on_how_far_it_is_ahead(compared: Comparison) -> None:
    two = compare(PLAN, SELLING, draws=DRAWS)
    best = [foundations.of_best(two, place, "value") for place in range(3)]
    assert all(best)
    alone = compare(PLAN, draws=DRAWS)
    assert foundations.of_best(alone, 0, "value") == foundations.of_pair(alone, 1, 0, "value")


@pytest.mark.parametrize("row", HEADLINE_ROWS)
def test_every_figure_that_differs_rests_on_something(compared: Comparison, row: str) -> None:
    assert foundations.of_figure(compared, 0, row) == ()
    assert foundations.of_figure(compared, 2, row) == ()
    less = compared.differences(1)[row]
    assert less is not None
    # What drift costs whoever carries on is the same whatever the plan.
    assert bool(foundations.of_figure(compared, 1, row)) == (row != "return_on_ignoring")


def test_what_cannot_be_compared_rests_on_nothing() -> None:
    apart = compare(PLAN, load_shipped("membership-fund"), load_shipped("charity-donors"), draws=8)
    for places in ((0, 1), (0, 2), (1, 2)):
        named = foundations.of_pair(apart, *places, "value")
        assert bool(named) == (apart.obstacle("value", *places) is None)


def test_an_assumption_counts_in_whichever_world_it_is_drawn() -> None:
    drawn = foundations.of_pair(compare(PLAN, SELLING, draws=DRAWS), 0, 1, "value")[0]
    held, free = {drawn: 0.5}, dict[str, float]()
    for worlds in ((held, free), (free, held)):
        plans = [
            one.changed(assumptions=world)
            for one, world in zip((PLAN, SELLING), worlds, strict=True)
        ]
        assert foundations.of_pair(compare(*plans, draws=DRAWS), 0, 1, "value")
    both = [one.changed(assumptions=held) for one in (PLAN, SELLING)]
    assert drawn not in foundations.of_pair(compare(*both, draws=DRAWS), 0, 1, "value")
