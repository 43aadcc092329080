"""Sabotaged models: each is caught by the check that is about what was sabotaged.

A behaviour that no mutant can break is none, and a check that a mutant passes says nothing. Mutants
are assumptions held at a senseless value, or equations replaced; all else is the model itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from simulator.model import flows, initial_state, outcomes, system
from simulator.model.quantities import InitialState, Organisation
from simulator.model.register import Parameters
from tests.support import behaviours
from tests.support.behaviours import claims, levers, nonsense
from tests.support.behaviours.world import Check, World


class Mutant(NamedTuple):
    """A sabotaged model, and the check that has to notice."""

    name: str
    caught_by: Check
    world: World


def _values(name: str, caught_by: Check, **values: float) -> Mutant:
    return Mutant(name, caught_by, World(values=values))


def _patched(name: str, caught_by: Check, *patches: tuple[Any, str, Any]) -> Mutant:
    return Mutant(name, caught_by, World(patches=patches))


def _leaking(inflow: float, level: float, outflow_rate: float) -> float:
    return min(inflow, 1.0) * (1.0 - level) - (outflow_rate + 1e-4) * level


def _capacity_by_budget(org: Organisation, p: Parameters) -> InitialState:
    """What social channels can answer today follows from a drawn cost of a contact."""
    today = initial_state.initial_state(org, p)
    bought = org.budgets.social_service * today.social_capacity_per_money
    return today._replace(social_capacity=bought)


MUTANTS: tuple[Mutant, ...] = (
    _patched(
        "stocks leak",
        levers.standing_still,
        (flows, "stock_flow", _leaking),
    ),
    _patched(
        "money alone connects",
        levers.money_needs_time,
        (flows, "combined_effort", lambda money, time, p: money),
    ),
    _patched(
        "time alone connects",
        levers.time_needs_money,
        (flows, "combined_effort", lambda money, time, p: time),
    ),
    _patched(
        "time costs nothing",
        levers.time_is_paid,
        (outcomes, "hours_cost", lambda *_: 0.0),
    ),
    _values(
        "bad service does no harm",
        nonsense.closing_the_phone_costs_customers,
        churn_quality_effect=0.0,
    ),
    _values(
        "nothing is lost when contacts are not served",
        levers.best_depth_follows_spare_capacity,
        churn_quality_effect=0.0,
        unserved_cost_multiple=0.0,
        service_transition_cost=0.0,
        tone_follows_trust=0.0,
        trust_price_premium=0.0,
        webcare_revenue_effect=0.0,
    ),
    _values(
        "selling all the time is as good",
        levers.selling_all_the_time_costs_relations,
        promo_engagement_multiplier=1.0,
    ),
    _values(
        "training is worthless",
        levers.abolishing_training_hurts_in_its_own_trade,
        most_capability_effect=0.0,
    ),
    _values(
        "capability does nothing for the quality of service",
        levers.abolishing_training_hurts_in_its_own_trade,
        capability_quality_effect=0.0,
        most_capability_effect=0.0,
    ),
    _values(
        "research and training return nothing",
        levers.banking_the_money_is_no_free_lunch,
        research_return=0.01,
        training_return=-0.4,
    ),
    _values(
        "dialogue replaces research",
        levers.research_is_not_replaced_entirely,
        dialogue_insight_rate=30.0,
    ),
    _values(
        "listening is worthless",
        levers.listening_brings_back_a_part,
        social_listening_substitution=0.0,
    ),
    _values(
        "the world stands still",
        levers.ignoring_costs_when_the_world_moves,
        messaging_shift_per_year=0.0,
        course_relevance_drift=0.0,
    ),
    _values(
        "trust rises as fast as it falls",
        levers.trust_falls_faster_than_it_rises,
        trust_asymmetry=1.0,
    ),
    _values(
        "competence does not matter",
        levers.practice_makes_effort_worth_more,
        competence_weight=0.0,
    ),
    _values(
        "openness takes no time",
        nonsense.openness_is_no_free_lunch,
        openness_hours=0.0,
        openness_hours_per_head=0.0,
        openness_weight=0.9,
    ),
    _values(
        "openness that is announced and does not happen is forgiven",
        nonsense.openness_is_no_free_lunch,
        unkept_openness_cost=0.0,
    ),
    _values(
        "nobody tries another channel",
        nonsense.a_closed_phone_line_fills_the_social_desk,
        second_attempt_share=0.0,
        channel_responsiveness=0.0,
    ),
    _patched(
        "hours of involvement are missing nowhere",
        nonsense.nobody_works_while_all_are_involved,
        (flows, "displaced_share", lambda *_: 0.0),
    ),
    _patched(
        "effort counts per unit of revenue",
        nonsense.prices_and_bookings_are_no_effort,
        (flows, "people", lambda customers, org: customers * org.revenue_per_customer / 600.0),
    ),
    _patched(
        "colleagues connect whether or not they take part",
        nonsense.nobody_is_connected_who_does_not_take_part,
        (
            flows,
            "shared_flow",
            lambda inflow, level, most, fade: inflow * (1.0 - level) - fade * level,
        ),
    ),
    _patched(
        "each failed contact counts alike",
        nonsense.a_contact_of_many_is_worth_less,
        (flows, "service_exposure", lambda contacts: contacts),
    ),
    _values(
        "nobody buys because of what is published",
        nonsense.who_lives_by_asking_loses_by_silence,
        content_return=0.0,
    ),
    _patched(
        "cheap social contacts mean idle desks today",
        nonsense.cheaper_social_contacts_never_harm,
        (system, "initial_state", _capacity_by_budget),
    ),
    _patched(
        "what is known is drawn all the same",
        nonsense.what_is_known_is_met,
        (initial_state, "known_or_drawn", lambda known, drawn: drawn),
    ),
    _values(
        "a community can only save contacts",
        nonsense.self_service_can_raise_contacts,
        community_deflection_share=0.1,
    ),
    _values(
        "nobody is overloaded",
        claims.too_much_time_brings_less,
        overload_minutes=1e5,
    ),
    _values(
        "a mandate changes nothing",
        claims.policy_comes_first,
        mandate_slowdown=0.0,
    ),
    _values(
        "colleagues teach nothing",
        claims.colleagues_teach,
        peer_learning_productivity=0.0,
        peer_transfer=0.0,
        peer_retention=0.0,
    ),
    _values(
        "leaving is not contagious",
        claims.who_leaves_takes_others_along,
        churn_contagion=0.0,
    ),
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_sabotaged_model_is_caught(mutant: Mutant) -> None:
    with pytest.raises(AssertionError):
        mutant.caught_by(mutant.world)


@pytest.mark.parametrize("check", behaviours.CHECKS, ids=lambda check: check.__name__)
def test_each_behaviour_has_a_mutant_that_lacks_it(check: Check) -> None:
    assert any(mutant.caught_by is check for mutant in MUTANTS), (
        f"no mutant in tests/test_mutants.py is caught by {check.__name__}"
    )
