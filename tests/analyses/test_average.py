"""The average of a value: on which side of a goal, and where its middle lies."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import scenario
from simulator.analyses.average import Average
from simulator.analyses.break_even import break_even
from simulator.analyses.break_even_pairs import break_even_pairs
from simulator.analyses.information import information

pytestmark = pytest.mark.usefixtures("known_values")

DRAWS = 1024


def average(mean: float, middle: float, error: float) -> Average:
    return Average(mean, error, middle - 60.0 * error, middle, middle + 60.0 * error, DRAWS)


def test_it_is_that_of_its_draws() -> None:
    values = np.random.default_rng(1).lognormal(size=DRAWS)
    found = Average.of(values)
    assert (found.mean, found.middle) == pytest.approx((values.mean(), np.median(values)))
    assert found.error == pytest.approx(values.std(ddof=1) / 32.0)
    assert Average.of(np.array([3.0])).error == 0.0


@pytest.mark.parametrize(
    ("mean", "goal", "reaches"),
    [(7e3, 0.0, None), (-7e3, 0.0, None), (7e4, 0.0, True), (7e4, 6e4, None), (7e4, 2e5, False)],
)
def test_a_goal_is_met_only_beyond_the_error(
    mean: float, goal: float, *, reaches: bool | None
) -> None:
    assert average(mean, mean, 2e4).reaches(goal) is reaches


def test_it_is_told_as_exactly_as_its_error_allows() -> None:
    told = average(123_456.0, 0.0, 18_765.0).stated()
    assert told["mean"][1] == 120_000.0 and told["error"][1] == 20_000.0


def test_a_middle_on_the_other_side_is_named() -> None:
    (below,) = average(7e3, -8e4, 2e4).middle_apart()
    (above,) = average(-7e3, 8e4, 2e4).middle_apart()
    assert "best cases" in below.template and "worst cases" in above.template
    assert not average(7e3, 8e4, 2e4).middle_apart()


def test_an_average_stands_beside_the_headline() -> None:
    lifted, pulled = (average(mean, -8e4, 2e4).beside_headline() for mean in (7e3, -2e5))
    assert "best ones lift" in lifted.template and "worst ones pull" in pulled.template
    assert lifted.values["middle"] == ("money", -80_000.0)
    of_more = average(7e3, -8e4, 2e4).beside_headline(-75_000.0)
    assert of_more.values["middle"] == ("money", -75_000.0)


@pytest.mark.parametrize("analysis", [break_even, break_even_pairs, information])
def test_an_average_next_to_nothing_is_no_verdict(  # type: ignore[no-untyped-def]
    analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("break_even", "break_even_pairs"):  # the average is of all draws
        monkeypatch.setattr(f"simulator.analyses.{module}._LOOK", 8)
        monkeypatch.setattr(f"simulator.analyses.{module}._WORK_OUT", 8)
    said = analysis(scenario.load_shipped("balanced-shift"), DRAWS, most=2).said()
    first, second = (one.template for one in said[:2])
    if analysis is information:
        first, second = second, first
    assert "too close to tell" in first or "can be told: on average" in first
    assert "The headline is the middle of all cases" in second
