"""The two-sided baseline: the world's part and our decisions' part add up to the change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.analyses import attribution
from simulator.analyses.attribution import Attribution, Level, Levels, attribute, between
from simulator.model.register import BY_ID, REGISTER, Range
from simulator.results import OUTCOMES, estimate, simulate
from simulator.scenario import RangeInput, Scenario, ScenarioError
from tests.support.examples import examples

DEFAULT = scenario.load_shipped("balanced-shift")
IDLE = scenario.load_shipped("wait-and-see")
SHIPPED = [path.stem for path in scenario.shipped()]
SOME = ("customers", "trust", "churn", "cumulative_value", "net_contribution")
NET = "present_value_net_contribution"


@st.composite
def worlds_of(draw: st.DrawFn) -> dict[str, float | Range]:
    """A few assumptions with other values, known or as a range."""
    chosen = draw(st.lists(st.sampled_from(REGISTER), max_size=4, unique_by=lambda one: one.id))
    world: dict[str, float | Range] = {}
    for one in chosen:
        low, central, high = sorted(draw(st.floats(one.low, one.high)) for _ in range(3))
        known = draw(st.booleans())
        world[one.id] = central if known else Range(low, central, high)
    return world


def _in(plan: Scenario, world: dict[str, float | Range]) -> Scenario:
    return attribution.in_world_of(plan, world)


@examples(25)
@given(name=st.sampled_from(SHIPPED), old=worlds_of(), new=worlds_of())
def test_the_parts_add_up_to_the_change(
    name: str, old: dict[str, float | Range], new: dict[str, float | Range]
) -> None:
    plan = _in(scenario.load_shipped(name), new)
    parts = attribute(plan, old, 8, of=SOME)
    before, after = simulate(_in(plan, old), 8), simulate(plan, 8)
    pairs = [
        (
            parts.value,
            [(one.plan.final(NET), one.baseline.final(NET)) for one in (before, after)],
        ),
        *(
            (
                parts.at_end[outcome],
                [
                    (one.final(outcome), one.final(outcome, baseline=True))
                    for one in (before, after)
                ],
            )
            for outcome in SOME
        ),
    ]
    for change, ((plan_old, base_old), (plan_new, base_new)) in pairs:
        assert change.world_effect + change.decision_effect == change.total  # exactly
        size = 1e-12 + 1e-9 * float(np.abs([plan_old, base_old, plan_new, base_new]).max())
        world = estimate(base_new).central - estimate(base_old).central
        assert change.world_effect == pytest.approx(world, abs=size)
        ours = (estimate(plan_new - base_new).central, estimate(plan_old - base_old).central)
        assert change.decision_effect == pytest.approx(ours[0] - ours[1], abs=size)
    gained = (one.headline.net_present_value.central for one in (after, before))
    assert parts.value.decision_effect == next(gained) - next(gained)


@examples(10)
@given(name=st.sampled_from(SHIPPED), world=worlds_of())
def test_nothing_changed_is_zero_on_both_sides(name: str, world: dict[str, float | Range]) -> None:
    plan = _in(scenario.load_shipped(name), world)
    parts = attribute(plan, world, 8, of=OUTCOMES)
    for change in (parts.value, *parts.at_end.values()):
        assert change == Attribution(0.0, 0.0) and change.total == 0.0


@examples(15)
@given(old=worlds_of(), new=worlds_of())
def test_all_is_the_world_when_the_plan_changes_nothing(
    old: dict[str, float | Range], new: dict[str, float | Range]
) -> None:
    parts = attribute(_in(IDLE, new), old, 8, of=OUTCOMES)
    for change in (parts.value, *parts.at_end.values()):
        assert change.decision_effect == 0.0 and change.total == change.world_effect


def test_what_only_matters_for_the_plan_is_all_decisions() -> None:
    """Nobody cuts service while carrying on, so what cutting it costs does not change that."""
    dearer = DEFAULT.changed(**{"assumptions.service_transition_cost": 1.0})
    parts = attribute(dearer, DEFAULT, 16)
    assert parts.value.world_effect == 0.0
    assert parts.value.decision_effect == parts.value.total < 0.0


def test_a_world_that_drifts_faster_changes_both_sides() -> None:
    assert BY_ID["messaging_shift_per_year"].high < 0.1
    parts = attribute(
        DEFAULT.changed(**{"assumptions.messaging_shift_per_year": 0.1}), {}, 16, of=["trust"]
    )
    assert parts.value.world_effect < 0.0
    assert parts.value.decision_effect != 0.0
    assert parts.at_end["trust"].world_effect < 0.0


def test_the_old_world_can_be_given_in_every_form() -> None:
    new = DEFAULT.changed(**{"assumptions.effect_transfer": 0.9})
    low, central, high = 0.1, 0.2, 0.3
    span = {"low": low, "central": central, "high": high}
    other = IDLE.changed(**{"assumptions.effect_transfer": span})
    parts = attribute(new, {"effect_transfer": Range(low, central, high)}, 8)
    assert parts.value.total != 0.0
    assert parts == attribute(new, {"effect_transfer": RangeInput(**span)}, 8)
    assert parts == attribute(new, other, 8)  # of which neither plan nor organisation counts
    assert attribution.in_world_of(new, other).assumptions == other.assumptions
    assert attribute(new, {}, 8) == attribute(new, DEFAULT, 8)


def test_impossible_worlds_and_unknown_outcomes_are_refused() -> None:
    with pytest.raises(ScenarioError, match="effect_transfers"):
        attribute(DEFAULT, {"effect_transfers": 0.5}, 8)
    with pytest.raises(ScenarioError, match="low at most central"):
        attribute(DEFAULT, {"effect_transfer": Range(0.9, 0.2, 0.3)}, 8)
    with pytest.raises(KeyError, match="likes"):
        attribute(DEFAULT, {}, 8, of=["likes"])


def test_levels_of_different_outcomes_have_no_attribution() -> None:
    one = Levels(Level(1.0, 2.0), {"trust": Level(0.5, 0.1)})
    other = Levels(Level(1.0, 2.0), {})
    with pytest.raises(ValueError, match="found trust in one and none in the other"):
        between(one, other)


def test_by_hand() -> None:
    old = Levels(Level(100.0, 10.0), {"trust": Level(0.5, 0.25)})
    new = Levels(Level(80.0, 16.0), {"trust": Level(0.25, 0.25)})
    parts = between(old, new)
    assert parts.value == Attribution(world_effect=-20.0, decision_effect=6.0)
    assert parts.value.total == -14.0  # from 110 with the plan to 96
    assert parts.at_end == {"trust": Attribution(world_effect=-0.25, decision_effect=0.0)}
