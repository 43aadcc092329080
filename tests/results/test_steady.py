"""What more draws say replaces what is shown only where that was wrong."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from simulator.model.figures import Change
from simulator.results import Estimate
from simulator.results.steady import steady
from tests.support.headlines import made_up


def test_what_is_right_to_the_last_digit_stays() -> None:
    fewer = made_up(net_present_value=Estimate(-1e6, 164e3, 1e6, 2e4))
    more = made_up(net_present_value=Estimate(-1.009e6, 166e3, 0.991e6, 7e3))
    steadied = steady(more, fewer).net_present_value
    assert steadied == fewer.net_present_value, "though the last digit would be another one"


def test_what_is_wrong_is_replaced_with_as_many_digits() -> None:
    fewer = made_up(net_present_value=Estimate(-1e6, 164e3, 1e6, 2e4))
    more = made_up(net_present_value=Estimate(-1.02e6, 166e3, 0.999e6, 7e3))
    steadied = steady(more, fewer).net_present_value
    assert steadied == more.net_present_value, "all of it: charts come by all and end there"
    assert steadied.error == fewer.net_present_value.error


def test_outcomes_at_the_horizon_stay_those_that_charts_end_at() -> None:
    fewer, more = (
        replace(
            made_up(),
            at_horizon={
                "customers": Change(Estimate(*ends), Estimate(*ends), Estimate(*ends), 0.5)
            },
        )
        for ends in ((1.0, 2.0, 3.0), (1.0, 2.1, 3.0))
    )
    assert steady(more, fewer).at_horizon == fewer.at_horizon


@pytest.mark.parametrize("more", [0.376, 3 / 8192, 1.0, 8190 / 8192, math.nan])
def test_shares_are_counted_in_all_draws_that_are_named(more: float) -> None:
    """One that was counted in fewer would be that of no number of draws, and not to be held against
    that of another plan."""
    headline = steady(made_up(probability_better=more), made_up(probability_better=0.375))
    assert headline.probability_better == pytest.approx(more, nan_ok=True)


def test_the_verdict_is_that_of_the_chance_that_is_shown() -> None:
    near = steady(made_up(probability_better=0.654), made_up(probability_better=0.664))
    assert near.verdict == "too close to call"
    far = steady(made_up(probability_better=0.69), made_up(probability_better=0.656))
    assert far.verdict == "likely better"


def test_months_that_never_come_stay() -> None:
    never = Estimate(31.0, math.inf, math.inf)
    steadied = steady(
        made_up(payback_month=Estimate(32.0, math.inf, math.inf)), made_up(payback_month=never)
    )
    assert steadied.payback_month == never
    sooner = made_up(payback_month=Estimate(32.0, 58.0, math.inf))
    assert steady(sooner, made_up(payback_month=never)).payback_month == (
        Estimate(32.0, 58.0, math.inf)
    )


def test_what_no_plan_moves_stays() -> None:
    """Plans need other numbers of draws, and carrying on is the same for all."""
    fewer = made_up(return_on_ignoring=Estimate(-247e3, -129.5e3, -61e3, 1e3))
    more = made_up(return_on_ignoring=Estimate(-250e3, -131.2e3, -60e3, 5e2))
    assert steady(more, fewer).return_on_ignoring == fewer.return_on_ignoring
