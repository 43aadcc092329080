"""Equations of insight and capability: what is known and what people can do."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.equations import capability, insight
from simulator.model.register import Parameters
from tests.support.strategies import SHARES, corners, logarithmic

EXPONENTS = st.floats(0.0, 1.0)


@given(month=st.floats(0.0, 120.0), p=corners())
def test_courses_lose_relevance_only_in_a_world_that_moves(month: float, p: Parameters) -> None:
    assert capability.course_relevance(month, 0.0, p) == 1.0
    yearly = capability.course_relevance(12.0, 1.0, p)
    assert yearly == pytest.approx(math.exp(-p.course_relevance_drift))
    assert capability.course_relevance(month + 1.0, 1.0, p) <= capability.course_relevance(
        month, 1.0, p
    )


@given(
    openness=SHARES,
    reach=SHARES,
    connected=SHARES,
    partners=SHARES,
    exponent=EXPONENTS,
    p=corners(),
)
def test_insight_comes_from_research_listening_and_dialogue(
    openness: float,
    reach: float,
    connected: float,
    partners: float,
    exponent: float,
    p: Parameters,
) -> None:
    reference = 3e5

    def inflow(research: float, listening: float, openness: float, reached: float = reach) -> float:
        return insight.insight_inflow(
            research, listening, reference, exponent, openness, reached, connected, partners, p
        )

    assert inflow(0.0, 0.0, 0.0) == 0.0
    assert inflow(1e4, 0.0, openness) > inflow(0.0, 0.0, openness)
    assert inflow(0.0, 1e4, openness) >= inflow(0.0, 0.0, openness)
    # Listening yields no more than the same money in research: some things it cannot see.
    assert inflow(0.0, 1e4, openness) <= inflow(1e4, 0.0, openness)
    assert inflow(1e4, 1e4, 1.0) >= inflow(1e4, 1e4, openness)
    # The fewer there are to be met, the less there is to be heard.
    assert inflow(1e4, 1e4, openness, 0.0) <= inflow(1e4, 1e4, openness)
    assert inflow(1e4, 0.0, openness, 0.0) == inflow(1e4, 0.0, openness)
    # What a peer spends on research has the reference yield.
    assert inflow(reference, 0.0, 0.0) == pytest.approx(p.research_insight_rate)


@given(labour=logarithmic(1e3, 1e10), p=corners())
def test_peers_spend_in_proportion_to_their_people(labour: float, p: Parameters) -> None:
    """Not to revenue: so it does not matter how revenue is booked."""
    research = insight.peer_research(labour, p)
    assert research == pytest.approx(p.market_research_share_of_labour_cost * labour)
    training = capability.peer_training(labour, p)
    assert training == pytest.approx(p.training_share_of_labour_cost * labour)


@given(
    training=logarithmic(1.0, 1e6),
    connected=SHARES,
    peer=st.floats(0.0, 0.2),
    exponent=EXPONENTS,
    p=corners(),
)
def test_peers_and_courses_help_each_other(
    training: float, connected: float, peer: float, exponent: float, p: Parameters
) -> None:
    reference = 1.2e5

    def inflow(training: float, connected: float) -> float:
        return capability.capability_inflow(training, reference, exponent, 1.0, connected, peer, p)

    alone = inflow(training, 0.0) + inflow(0.0, connected)
    assert inflow(training, connected) >= alone * (1.0 - 1e-12)
    assert inflow(0.0, 0.0) == 0.0
    assert inflow(0.0, 1.0) == pytest.approx(peer)
    assert inflow(reference, 0.0) == pytest.approx(p.training_rate)
    assert capability.forgetting(connected, p) <= capability.forgetting(0.0, p)


@given(worth=st.floats(0.05, 0.6), p=corners())
def test_colleagues_raise_output_by_what_was_found_as_far_as_it_holds_here(
    worth: float, p: Parameters
) -> None:
    """Where courses are at the reference and all are well connected, from what they learn from each
    other alone; less where capability is full already."""
    inflow = capability.peer_learning_inflow(worth, p)
    assert inflow >= 0.0
    effect = p.effect_transfer * p.peer_learning_productivity
    outflow = p.training_rate + p.skill_decay_month
    # An inflow raises the level by (1 - level) / outflow of it, at first.
    lost = p.skill_decay_month / outflow
    assert worth * inflow * lost / outflow == pytest.approx(effect)
    # A small gain is the published one; a large one saturates.
    without = p.training_rate / outflow
    level = (p.training_rate + inflow) / (outflow + inflow)
    gained = worth * (level - without)
    assert gained <= effect * (1.0 + 1e-12)
