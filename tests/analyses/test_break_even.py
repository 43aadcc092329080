"""Crossings, checked by running the model on both sides of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simulator import engine, scenario
from simulator.analyses import ANALYSES, held
from simulator.analyses.base import Assumed
from simulator.analyses.break_even import ABOVE, BELOW, break_even
from simulator.i18n.language import ENGLISH
from simulator.model.register import BY_ID, REGISTER
from simulator.results import net_present_values, precision
from simulator.scenario import Scenario, ScenarioError
from ui.text.analyses import table

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("balanced-shift")
DRAWS = 64
"""As many as crossings are worked out in here: they are then those of the model itself."""
BESIDE = 0.006
"""Shares of an assumption's draws; a little more than crossings are exact to."""


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.analyses.break_even._WORK_OUT", DRAWS)


def mean_value(plan: Scenario, row: int, share: float) -> float:
    value = float(held.value_at(plan, row, min(max(share, 0.0), 1.0)))
    known = plan.changed(assumptions={REGISTER[row].id: value})
    draws = engine.draw(DRAWS, known.seed, known.ranges())
    return float(net_present_values(known, draws).mean())


@pytest.mark.parametrize("goal", [0.0, 200_000.0, -150_000.0])
def test_the_answer_turns_at_the_crossing(goal: float) -> None:
    found = break_even(PLAN, DRAWS, goal=goal, most=4)
    assert found.crossings
    for crossing in found.crossings:
        below = mean_value(PLAN, crossing.row, crossing.share - BESIDE) >= goal
        above = mean_value(PLAN, crossing.row, crossing.share + BESIDE) >= goal
        assert below != above, REGISTER[crossing.row].id
        other = above if crossing.side == ABOVE else below
        assert other != (found.average.mean >= goal), "the other answer is on the side that is told"


def test_months_are_those_of_the_goal() -> None:
    found = break_even(PLAN, DRAWS, months=24)
    short = PLAN.changed(horizon_months=24)
    draws = engine.draw(DRAWS, short.seed, short.ranges())
    assert found.average.mean == pytest.approx(float(net_present_values(short, draws).mean()))
    assert found.months == 24


def test_a_goal_out_of_reach_has_no_crossings() -> None:
    found = break_even(PLAN, DRAWS, goal=1e11)
    assert found.rows() == () and found.is_met is False and found.crossing == 0


def test_chances_are_those_of_the_range_from_the_most_plausible_on() -> None:
    crossings = break_even(PLAN, DRAWS).crossings
    for crossing in crossings:
        span = BY_ID[REGISTER[crossing.row].id]
        assert span.low <= crossing.value <= span.high
        beyond = 1.0 - crossing.share if crossing.side == ABOVE else crossing.share
        assert crossing.chance == pytest.approx(beyond)
    chances = [crossing.chance for crossing in crossings]
    assert chances == sorted(chances, reverse=True)


def test_where_the_average_stands_at_the_goal_no_turning_point_is_told() -> None:
    found = break_even(PLAN, 1024, most=6)
    assert found.is_met is None
    told = table(found, "EUR", 1024, ENGLISH)
    assert told["statements"][0].startswith("No turning point can be told")
    assert not any("can do that alone" in text for text in told["statements"])
    assert all("goal missed" in row["cells"]["side"] for row in told["rows"])


def test_a_turning_point_has_no_more_digits_than_the_average_supports() -> None:
    """Where the average moves by its error, the crossing moves by its own."""
    found = break_even(PLAN, DRAWS, goal=200_000.0, most=4)
    wide = found.average.error
    for crossing, row in zip(found.crossings, found.rows(), strict=True):
        moved = break_even(PLAN, DRAWS, goal=200_000.0 + 0.2 * wide, most=8).crossings
        (other,) = (one for one in moved if one.row == crossing.row)
        assert crossing.error == pytest.approx(5.0 * abs(other.value - crossing.value), rel=0.6)
        value = row.cells["value"]
        assert isinstance(value, Assumed) and value.value == crossing.value
        step = 10.0 ** precision.digit(crossing.error)  # type: ignore[operator]
        assert value.shown == pytest.approx(crossing.value, abs=0.5 * step)
        if abs(crossing.value) > step:
            assert value.shown / step == pytest.approx(round(value.shown / step))


@pytest.mark.parametrize("options", [{"goal": float("nan")}, {"goal": 2e12}, {"months": 121}])
def test_other_goals_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError):
        ANALYSES["break_even"].run(PLAN, 64, **options)


def test_what_lies_on_the_other_side_already_is_named() -> None:
    near = break_even(PLAN, 1024, most=12)
    found = replace(near, average=replace(near.average, error=1.0))
    assert found.is_met is True
    likely = [crossing for crossing in found.crossings if crossing.is_likely]
    assert likely and len(likely) < len(found.crossings)
    for crossing, row, middle in zip(found.crossings, found.rows(), found.middles, strict=True):
        is_there = middle < crossing.value if crossing.side == BELOW else middle > crossing.value
        assert not crossing.is_likely or is_there
        assert ("middle" in str(row.cells["side"])) == crossing.is_likely
    (said,) = (one for one in found.statements() if "half of their cases" in one.template)
    assert said.values["likely"][1] == len(likely)
