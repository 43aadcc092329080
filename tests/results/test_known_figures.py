"""What an organisation knows is used, and the assumption that it takes the place of is not."""

from __future__ import annotations

import math

import pytest

from simulator.results import simulate
from simulator.scenario import Scenario, load_shipped
from simulator.scenario.dashboard import DRAWN_INSTEAD, KNOWN_BY
from simulator.scenario.organisation import KnownInput

PLAN = load_shipped("balanced-shift")
KNOWN = {
    "social_contact_share": 0.12,
    "social_answered_share": 0.8,
    "given_up_share": 0.1,
    "centre_occupancy": 0.7,
    "centre_contact_cost": 4.0,
    "social_contact_cost": 2.5,
    "community_answered_share": 0.02,
    "participating_share": 0.01,
}
TWO_WORLDS = {
    "channel_preference_today": (0.05, 0.14),
    "social_answered_share": (0.4, 0.9),
    "given_up_share": (0.04, 0.14),
    "centre_occupancy": (0.76, 0.89),
    "social_cost_ratio": (0.5, 0.9),
    "community_deflection_share": (-0.1, 0.2),
    "participation_today": (0.006, 0.028),
}
"""Two values of every assumption that can be known, both within the register's range."""


def value(plan: Scenario, assumption: str, number: float) -> float:
    world = plan.changed(**{f"assumptions.{assumption}": number})
    return simulate(world, draws=1).headline.net_present_value.central


def test_every_figure_has_a_value_here() -> None:
    assert KNOWN.keys() == KnownInput.model_fields.keys()
    assert TWO_WORLDS.keys() == set(DRAWN_INSTEAD.values()) == KNOWN_BY.keys()


@pytest.mark.parametrize("name", DRAWN_INSTEAD)
def test_what_is_known_leaves_the_assumption_without_effect(name: str) -> None:
    assumption = DRAWN_INSTEAD[name]
    known = PLAN.changed(**{f"organisation.known.{name}": KNOWN[name]})
    assert len({value(PLAN, assumption, number) for number in TWO_WORLDS[assumption]}) == 2
    assert len({value(known, assumption, number) for number in TWO_WORLDS[assumption]}) == 1


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_figure_counts(name: str) -> None:
    before = simulate(PLAN, draws=1).headline.net_present_value.central
    known = PLAN.changed(**{f"organisation.known.{name}": KNOWN[name]})
    after = simulate(known, draws=1).headline.net_present_value.central
    assert math.isfinite(after) and after != before
