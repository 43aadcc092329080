"""Answers that an experienced director would call nonsense, and the model must not give."""

from __future__ import annotations

import numpy as np

from simulator.model.quantities import Organisation, Switches
from simulator.model.register import FloatArray
from simulator.results import baseline_plan
from tests.support.behaviours.world import (
    TO_SOCIAL,
    TODAY,
    WITH_TIME,
    Check,
    World,
    shifted,
    shipped,
)
from tests.support.organisations import MOVING, ORDINARY, STILL


def openness_is_no_free_lunch(world: World) -> None:
    """Openness alone, without a minute or a euro more, does not win in all draws."""
    plan = TODAY._replace(involvement=TODAY.involvement._replace(openness=1.0))
    gained = world.gain(ORDINARY, plan, world.draw(512))
    assert (gained > 0.0).mean() < 0.9


def a_closed_phone_line_fills_the_social_desk(world: World) -> None:
    """All money for phone and mail moved to social channels: no idle desks beside customers whom
    nobody answers."""
    plan = shifted(TODAY, "customer_service", 1.0, TO_SOCIAL)
    run = world.run(ORDINARY, plan, STILL, world.draw(64), 60)
    unanswered = run["contacts_unserved"][:, -1] / run["contacts"][:, -1]
    assert np.median(unanswered) < 0.6


def closing_the_phone_costs_customers(world: World) -> None:
    """Closed and the money kept: most contacts unserved, and customers leave."""
    run = world.run(ORDINARY, shifted(TODAY, "customer_service", 1.0), STILL, world.draw(64), 60)
    assert np.median(run["contacts_unserved"][:, -1] / run["contacts"][:, -1]) > 0.7
    assert np.median(run["churn"][:, -1] / run["churn"][:, 0]) > 1.25


def nobody_works_while_all_are_involved(world: World) -> None:
    """480 minutes a day of everybody: nobody is left to answer customers."""
    busy = TODAY._replace(
        involvement=TODAY.involvement._replace(minutes_per_day=480.0, participation=1.0)
    )
    run = world.run(ORDINARY, busy, STILL, world.draw(32), 60)
    assert (run["service_quality"][:, -1] < run["service_quality"][:, 0] - 0.2).all()
    assert (run["customers"][:, -1] < run["customers"][:, 0]).all()


def prices_and_bookings_are_no_effort(world: World) -> None:
    """The same hours and people reach the same share at any price, and the same margin booked gross
    or net gives the same answer."""
    values = world.draw(32)

    def reached(org: Organisation) -> FloatArray:
        return world.run(org, WITH_TIME, STILL, values, 24)["connected_customers"][:, -1]

    for price in (10.0, 6000.0):
        dear = ORDINARY._replace(revenue_per_customer=price)
        np.testing.assert_allclose(reached(dear), reached(ORDINARY), rtol=0.05)
    net = ORDINARY._replace(gross_margin=0.9, revenue_per_customer=300.0)
    plan = shifted(WITH_TIME, "market_research", 0.3, TO_SOCIAL)
    np.testing.assert_allclose(
        world.gain(net, plan, values, 24), world.gain(ORDINARY, plan, values, 24), rtol=1e-6
    )


def nobody_is_connected_who_does_not_take_part(world: World) -> None:
    """There are never more well connected employees than employees who take part."""
    run = world.run(ORDINARY, WITH_TIME, MOVING, world.draw(64), 60)
    assert (run["connected_employees"] <= run["participation"] + 1e-9).all()


def a_contact_of_many_is_worth_less(world: World) -> None:
    """What a failed contact costs falls with how many a customer has: nobody leaves twice."""
    lost = []
    values = world.draw(16)
    for contacts, budget in ((1.0, 0.6e6), (4.0, 2.4e6)):
        org = ORDINARY._replace(
            contacts_per_customer=contacts,
            budgets=ORDINARY.budgets._replace(customer_service=budget),
        )
        run = world.run(
            org, shifted(baseline_plan(org), "customer_service", 0.3), STILL, values, 36
        )
        failed = run["contacts_unserved"][:, -1] - run["contacts_unserved"][:, 0]
        left = run["churn"][:, -1] - run["churn"][:, 0]
        lost.append(left * org.customers / failed)
    assert np.median(lost[1] / lost[0]) < 0.6


def who_lives_by_asking_loses_by_silence(world: World) -> None:
    """A charity that stops all appeals loses gifts."""
    org, _, ranges = shipped("charity-donors")
    silent = baseline_plan(org)._replace(
        involvement=org.involvement._replace(promotional_share=0.0)
    )
    values = world.draw(128, ranges)
    quiet, asking = (
        world.run(org, levers, STILL, values, 60) for levers in (silent, baseline_plan(org))
    )
    assert np.median(quiet["revenue"][:, -1] / asking["revenue"][:, -1]) < 0.97


def cheaper_social_contacts_never_harm(world: World) -> None:
    """The cheaper a social contact, the better a shift to social channels, in every draw."""
    values = world.draw(64)
    gained = []
    for cost in (2.0, 4.0, 8.0):
        org = ORDINARY._replace(known=ORDINARY.known._replace(social_contact_cost=cost))
        gained.append(
            world.gain(org, shifted(TODAY, "customer_service", 0.1, TO_SOCIAL), values, 36)
        )
    assert (gained[0] >= gained[1] - 1e-6).all()
    assert (gained[1] >= gained[2] - 1e-6).all()


def what_is_known_is_met(world: World) -> None:
    """What the dashboard says is so today in every draw."""
    org = ORDINARY._replace(
        known=ORDINARY.known._replace(
            social_contact_share=0.12,
            social_answered_share=0.6,
            given_up_share=0.05,
            participating_share=0.04,
        )
    )
    run = world.run(org, baseline_plan(org), STILL, world.draw(64), 1)
    np.testing.assert_allclose(run["channel_preference"][:, 0], 0.12, rtol=1e-9)
    np.testing.assert_allclose(run["social_answered"][:, 0], 0.6, rtol=1e-9)
    np.testing.assert_allclose(run["centre_answered"][:, 0], 0.95, rtol=1e-9)
    np.testing.assert_allclose(run["connected_customers"][:, 0], 0.04, rtol=1e-9)


def self_service_can_raise_contacts(world: World) -> None:
    """A growing community saves contacts in some draws and brings more in others."""
    values = world.draw(256)
    run, alone = (
        world.run(ORDINARY, WITH_TIME, Switches(0.0, connecting), values, 60)
        for connecting in (1.0, 0.0)
    )
    more = run["contacts"][:, -1] / run["customers"][:, -1] > (
        alone["contacts"][:, -1] / alone["customers"][:, -1]
    )
    assert 0.02 < more.mean() < 0.6


CHECKS: tuple[Check, ...] = (
    openness_is_no_free_lunch,
    a_closed_phone_line_fills_the_social_desk,
    closing_the_phone_costs_customers,
    nobody_works_while_all_are_involved,
    prices_and_bookings_are_no_effort,
    nobody_is_connected_who_does_not_take_part,
    a_contact_of_many_is_worth_less,
    who_lives_by_asking_loses_by_silence,
    cheaper_social_contacts_never_harm,
    what_is_known_is_met,
    self_service_can_raise_contacts,
)
