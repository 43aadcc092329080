"""Behaviours 14 and 15: no free lunch, neither by announcing nor by a plan without money."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from simulator import engine
from simulator.model.quantities import UNKNOWN, Organisation, Split
from simulator.model.register import Range
from simulator.results import baseline_plan
from tests.support.behaviours.world import World
from tests.support.organisations import MOVING
from tests.support.shipped_forecasts import DEFAULT, scenario_of

ORGANISATIONS = (
    "airline-social-service",
    "balanced-shift",
    "business-manufacturer",
    "charity-donors",
    "laboratory-supplier",
    "membership-fund",
    "municipality-citizens",
    "software-user-community",
    "solo-professional",
    "telecom-without-call-centre",
)
"""One shipped scenario for each organisation."""


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_behaviour_14_openness_alone_is_no_free_lunch(name: str) -> None:
    """Announcing it and giving it no time is worth nothing: it wins in nearly all draws nowhere.
    With the time that it takes it is worth more than the same time without it; except where so
    many take part already that the plan's hours do not afford more of it."""
    org, plan = scenario_of(name).organisation_quantities(), scenario_of(name).plan_quantities()
    values = engine.draw(256, 1, scenario_of(name).ranges())
    today = baseline_plan(org)
    announced = today._replace(involvement=org.involvement._replace(openness=1.0))
    assert (World().gain(org, announced, values) > 0.0).mean() < 0.9
    if name != "telecom-without-call-centre":
        closed = plan._replace(
            involvement=plan.involvement._replace(openness=org.involvement.openness)
        )
        opened_gain, closed_gain = (
            World().gain(org, variant, values) for variant in (plan, closed)
        )
        assert np.median(opened_gain - closed_gain) > 0.0


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_behaviour_15_a_plan_without_money_wins_nearly_everywhere_only_by_an_experiment(
    name: str,
) -> None:
    """Two minutes a day of everybody and not a euro. Where that wins in nearly all draws, the
    reason is what colleagues learn from each other, which an experiment measured (Sandvik et al.
    2020, grade B), or what the organisation knows of its own community. Without these it does not.
    """
    shipped = scenario_of(name)
    org = shipped.organisation_quantities()
    everybody = org.involvement._replace(
        minutes_per_day=max(org.involvement.minutes_per_day, 2.0), participation=1.0
    )
    plan = baseline_plan(org)._replace(involvement=everybody)

    def chance(org: Organisation, ranges: Mapping[str, Range]) -> float:
        values = engine.draw(256, 1, ranges)
        return float((World().gain(org, plan, values) > 0.0).mean())

    if chance(org, shipped.ranges()) > 0.9:
        nothing = {"peer_learning_productivity": Range(0.0, 0.0, 0.0)}
        stranger = org._replace(
            known=org.known._replace(participating_share=UNKNOWN, community_answered_share=UNKNOWN)
        )
        assert chance(stranger, {**shipped.ranges(), **nothing}) < 0.9


def _pays(name: str, instrument: str) -> float:
    """Share of draws in which one per cent of training more is better given to an instrument than
    kept, beside the shipped plan."""
    base = scenario_of(name)
    org, plan = base.organisation_quantities(), base.plan_quantities()
    values = engine.draw(1024, base.seed, base.ranges())
    shift = plan.training
    moved = shift.share_moved + 0.01
    before = {
        part: share * shift.share_moved / moved for part, share in shift.split._asdict().items()
    }
    runs = []
    for part in (instrument, "savings"):
        split = Split(**{**before, part: before[part] + 0.01 / moved})
        levers = plan._replace(training=shift._replace(share_moved=moved, split=split))
        runs.append(engine.run(org, levers, MOVING, values, 60))
    spent, saved = (run.final("present_value_instruments") for run in runs)
    assert (spent > saved).all()
    better, worse = (run.final("present_value_net_contribution") for run in runs)
    return float((better > worse).mean())


@pytest.mark.parametrize("instrument", ["listening", "community", "content"])
def test_behaviour_15_the_next_euro_pays_in_some_draws_and_fails_in_others(
    instrument: str,
) -> None:
    pays = [_pays(name, instrument) for name in (DEFAULT, "software-user-community")]
    assert max(pays) > 0.0
    assert max(pays) < 0.5
