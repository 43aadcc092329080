"""Curves of pairs, checked by running the model on both sides of them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from simulator import engine, scenario
from simulator.analyses import ANALYSES, held
from simulator.analyses.break_even import ABOVE, BELOW
from simulator.analyses.break_even_pairs import NOTHING, BreakEvenPairs, Pair, break_even_pairs
from simulator.model.register import REGISTER
from simulator.results import net_present_values
from simulator.scenario import ScenarioError

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("municipality-citizens")
DRAWS = 64
"""As many as crossings are worked out in here: they are then those of the model itself."""
BESIDE = 0.006
"""Shares of an assumption's draws; a little more than crossings are exact to."""


@pytest.fixture(scope="module")
def found() -> BreakEvenPairs:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.analyses.break_even_pairs._WORK_OUT", DRAWS)
        return break_even_pairs(PLAN, DRAWS)


def gains(pair: Pair, at: float, share: float) -> bool:
    """Whether the plan gains on average with both known."""
    second = float(held.value_at(PLAN, pair.second, min(max(share, 0.0), 1.0)))
    ids = REGISTER[pair.first].id, REGISTER[pair.second].id
    both = dict(zip(ids, (at, second), strict=True))
    known = PLAN.changed(assumptions={**PLAN.assumptions, **both})
    draws = engine.draw(DRAWS, known.seed, known.ranges())
    return bool(net_present_values(known, draws).mean() >= 0.0)


def test_the_answer_turns_on_the_curve(found: BreakEvenPairs) -> None:
    assert len(found.pairs) == 3
    is_met = found.average.mean >= 0.0
    crossing = 0
    for pair in found.pairs:
        for point in pair.points:
            if point.side not in {ABOVE, BELOW}:
                everywhere = {gains(pair, point.value, share) for share in (0.0, 0.5, 1.0)}
                assert everywhere == {is_met == (point.side == NOTHING)}
                continue
            share = point.chance if point.side == BELOW else 1.0 - point.chance
            below, above = (gains(pair, point.value, share + way) for way in (-BESIDE, BESIDE))
            assert below != above
            assert (above if point.side == ABOVE else below) != is_met
            crossing += 1
    assert crossing > 5


def test_the_chance_is_that_of_both(found: BreakEvenPairs) -> None:
    for pair in found.pairs:
        assert 0.0 <= pair.chance <= 1.0
        assert pair.chance == pytest.approx(sum(point.chance for point in pair.points) / 5.0)
    chances = [pair.chance for pair in found.pairs]
    assert chances == sorted(chances, reverse=True)


def test_the_shaded_part_of_a_plane_is_how_often_both_lie_there(found: BreakEvenPairs) -> None:
    planes = {plane.id: plane for plane in found.planes()}
    for pair in found.pairs:
        plane = planes[f"{REGISTER[pair.first].id}+{REGISTER[pair.second].id}"]
        shaded = [high - low for low, high in plane.between]
        assert sum(shaded) / len(shaded) == pytest.approx(pair.chance)
        for point, (low, high) in zip(pair.points, plane.between, strict=True):
            if point.side in {ABOVE, BELOW}:
                assert (low == 0.0) == (point.side == BELOW) and (high == 1.0) == (
                    point.side == ABOVE
                )


def test_pairs_that_turn_nothing_say_so_in_a_row() -> None:
    losing = break_even_pairs(scenario.load_shipped("too-deep-too-fast"), DRAWS)
    rows = losing.rows()
    assert len(rows) == len(losing.pairs) == 3
    assert {row.cells["side"] for row in rows} == {NOTHING}
    assert all(math.isnan(point.turns_at) for pair in losing.pairs for point in pair.points)


def test_a_plan_that_changes_nothing_has_no_pairs() -> None:
    assert break_even_pairs(scenario.load_shipped("wait-and-see"), DRAWS).rows() == ()


@pytest.mark.parametrize("options", [{"most": 1}, {"most": 9}, {"goal": 0.0}])
def test_other_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError):
        ANALYSES["break_even_pairs"].run(PLAN, 64, **options)
