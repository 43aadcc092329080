"""What the model must show, as checks that can be put to any model, real or sabotaged.

Each check raises ``AssertionError`` when a behaviour is missing. ``tests/model/test_behaviour.py``
puts them to the model, ``tests/test_mutants.py`` to mutants of it, each of which one named check
must catch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from unittest import mock

import numpy as np

from simulator import engine, scenario
from simulator.model import system
from simulator.model.flows import labour_bill
from simulator.model.quantities import (
    SOURCES,
    Involvement,
    Organisation,
    Plan,
    Shift,
    Split,
    State,
    Switches,
)
from simulator.model.register import FloatArray, Parameters, Range
from simulator.results import baseline_plan
from tests.support.organisations import MOVING, ORDINARY, STILL

NET = "present_value_net_contribution"
CONNECTEDNESS = (
    "connected_customers",
    "connected_employees",
    "connected_partners",
    "public_goodwill",
)
INVOLVED = Involvement(10.0, 0.3, 0.7, 0.15, 0.8, 0.8)
TODAY = baseline_plan(ORDINARY)
WITH_TIME = TODAY._replace(involvement=INVOLVED)
KEEP = Split(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
TO_SOCIAL = Split(0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
Series = Mapping[str, FloatArray]


@dataclass(frozen=True)
class World:
    """A model to put checks to.

    ``values`` takes assumptions as known in every draw; ``patches`` replaces equations, by module
    and name, and then the model runs as plain Python, in fewer draws.
    """

    values: Mapping[str, float] = field(default_factory=dict)
    patches: tuple[tuple[ModuleType, str, Callable[..., Any]], ...] = ()

    def draw(self, draws: int, overrides: Mapping[str, Range] | None = None) -> FloatArray:
        """Joint draws, shape ``(parameters, draws)``; three where equations are replaced."""
        sabotaged = {name: Range(value, value, value) for name, value in self.values.items()}
        drawn = engine.draw(draws, 1, {**(overrides or {}), **sabotaged})
        return np.ascontiguousarray(drawn[:, :3]) if self.patches else drawn

    def run(
        self, org: Organisation, plan: Plan, what_if: Switches, values: FloatArray, months: int
    ) -> Series:
        """All series by name, each of shape ``(draws, months + 1)``."""
        if not self.patches:
            run = engine.run(org, plan, what_if, values, months)
            return {name: run[name] for name in engine.ROWS}
        with ExitStack() as stack:
            for module, name, replacement in self.patches:
                stack.enter_context(mock.patch.object(module, name, replacement))
            return _plain(org, plan, what_if, values, months)

    def gain(
        self, org: Organisation, plan: Plan, values: FloatArray, months: int = 60
    ) -> FloatArray:
        """Net present value of a plan against carrying on, currency, shape ``(draws,)``."""
        runs = [
            self.run(org, levers, MOVING, values, months)[NET][:, -1]
            for levers in (plan, baseline_plan(org))
        ]
        return runs[0] - runs[1]


def _plain(
    org: Organisation, plan: Plan, what_if: Switches, values: FloatArray, months: int
) -> Series:
    draws = []
    for column in values.T:
        records = system.trajectory(org, plan, what_if, Parameters(*column), months)
        draws.append([(*record.state, *record.ledger, *record.outcomes) for record in records])
    table = np.array(draws)
    return {name: table[:, :, row] for row, name in enumerate(engine.ROWS)}


def shifted(plan: Plan, source: str, share: float, split: Split = KEEP) -> Plan:
    """The plan with this share of one source moved over a year."""
    shifts: dict[str, Any] = {source: Shift(share, 0.0, 12.0, split)}
    return plan._replace(**shifts)


def shipped(name: str) -> tuple[Organisation, Plan, dict[str, Range]]:
    """A shipped scenario as the engine takes it."""
    loaded = scenario.load_shipped(name)
    return loaded.organisation_quantities(), loaded.plan_quantities(), loaded.ranges()


def _median(series: Series, name: str) -> float:
    return float(np.median(series[name][:, -1]))


# --- 1 to 3: standing still, money and time -------------------------------------------------------


def standing_still(world: World) -> None:
    """Without a plan, in a world that stands still, nothing moves."""
    values = world.draw(16)
    run = world.run(ORDINARY, TODAY, STILL, values, 24)
    for stock in State._fields:
        assert np.abs(run[stock] / run[stock][:, :1] - 1.0).max() < 1e-9, stock


def money_needs_time(world: World) -> None:
    """Money with today's small time connects hardly anybody, whatever it is spent on."""
    values = world.draw(64)
    plan = TODAY
    for source in SOURCES:
        plan = shifted(plan, source, 0.2, Split(0.1, 0.4, 0.1, 0.3, 0.1, 0.0))
    run = world.run(ORDINARY, plan, STILL, values, 60)
    for stock in CONNECTEDNESS:
        assert np.median(run[stock][:, -1] - run[stock][:, 0]) < 0.01, stock


def time_needs_money(world: World) -> None:
    """Much time with a tenth of today's money connects far fewer customers than with money."""
    values = world.draw(64)
    tenth = ORDINARY.budgets._replace(
        **{
            name: getattr(ORDINARY.budgets, name) / 10.0
            for name in ("listening", "community", "content", "networking", "social_service")
        }
    )
    poor = ORDINARY._replace(budgets=tenth)
    rich = ORDINARY._replace(budgets=ORDINARY.budgets._replace(community=120_000.0))
    reached = [
        _median(world.run(org, WITH_TIME, STILL, values, 60), "connected_customers")
        for org in (poor, rich)
    ]
    assert reached[0] < 0.02
    assert reached[0] < 0.3 * reached[1]


def time_is_paid(world: World) -> None:
    """Involvement hours cost what an hour costs, those of the service desk in service."""
    org = ORDINARY._replace(discount_rate=0.0)
    run = world.run(org, WITH_TIME, MOVING, world.draw(16), 36)
    hours = run["involvement_hours"][:, -1] - run["involvement_hours"][:, 0]
    paid = run["hours_cost"][:, -1] / (hours * org.labour_cost_per_hour)
    assert (paid > 0.9).all()
    assert (paid < 1.0).all()


# --- 5: depth of cuts -----------------------------------------------------------------------------


def best_depth_follows_spare_capacity(world: World) -> None:
    """Where the dashboard shows spare capacity there is a best depth of cuts; where it shows none,
    the best depth is nothing."""
    values = world.draw(128)
    depths = (0.0, 0.05, 0.1, 0.2, 0.4, 1.0)

    def best(given_up: float, occupancy: float) -> int:
        org = ORDINARY._replace(
            known=ORDINARY.known._replace(given_up_share=given_up, centre_occupancy=occupancy)
        )
        worth = [
            float(np.median(world.gain(org, shifted(TODAY, "customer_service", depth), values)))
            for depth in depths
        ]
        return int(np.argmax(worth))

    assert 0 < best(0.01, 0.6) < len(depths) - 1
    assert best(0.2, 0.92) == 0


# --- 6 to 8: promotion, training, research --------------------------------------------------------


def selling_all_the_time_costs_relations(world: World) -> None:
    """Nothing but promotion costs relations and trust, in every draw."""
    values = world.draw(32)
    little, much = (
        world.run(
            ORDINARY,
            WITH_TIME._replace(involvement=INVOLVED._replace(promotional_share=share)),
            STILL,
            values,
            36,
        )
        for share in (0.15, 1.0)
    )
    for stock in (*CONNECTEDNESS, "trust"):
        assert (much[stock][:, -1] < little[stock][:, -1]).all(), stock
        assert np.median(much[stock][:, -1] / little[stock][:, -1]) < 0.97, stock


def abolishing_training_hurts_in_its_own_trade(world: World) -> None:
    """Without training, output, service and quality fall within the horizon, in every draw."""
    run = world.run(ORDINARY, shifted(TODAY, "training", 1.0), STILL, world.draw(64), 60)
    end = {name: series[:, -1] for name, series in run.items()}
    assert (end["productivity"] < 0.0).all()
    assert np.median(end["productivity"]) < -0.01 * labour_bill(ORDINARY)
    unserved = run["contacts_unserved"] / run["contacts"]
    assert (unserved[:, -1] > unserved[:, 0]).all()
    assert (end["service_quality"] < run["service_quality"][:, 0]).all()


def banking_the_money_is_no_free_lunch(world: World) -> None:
    """Research cut by 60 %, training by half, all kept: not likely better after five years, likely
    worse after ten."""
    values = world.draw(512)
    plan = shifted(shifted(TODAY, "market_research", 0.6), "training", 0.5)
    assert (world.gain(ORDINARY, plan, values, 60) > 0.0).mean() < 0.66
    assert (world.gain(ORDINARY, plan, values, 120) > 0.0).mean() < 0.33


def research_is_not_replaced_entirely(world: World) -> None:
    """Without research there is less insight, however open and well heard."""
    plan = shifted(WITH_TIME, "market_research", 1.0, Split(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    run = world.run(ORDINARY, plan, STILL, world.draw(64), 60)
    assert np.median(run["insight"][:, -1] / run["insight"][:, 0]) < 1.0


def listening_brings_back_a_part(world: World) -> None:
    """Listening to customers who take part brings insight that keeping the money does not."""
    values = world.draw(64)
    kept, listening = (
        world.run(ORDINARY, shifted(WITH_TIME, "market_research", 0.5, split), STILL, values, 60)
        for split in (KEEP, Split(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    )
    assert np.median(listening["insight"][:, -1] - kept["insight"][:, -1]) > 0.01


# --- 9: ignoring ----------------------------------------------------------------------------------


def ignoring_costs_when_the_world_moves(world: World) -> None:
    """Carrying on in a world that moves is worse than in one that stands still, in most draws; in
    one that stands still it is exactly nothing."""
    values = world.draw(256)
    moving, still = (
        world.run(ORDINARY, TODAY, what_if, values, 60)[NET][:, -1] for what_if in (MOVING, STILL)
    )
    assert (moving < still).mean() > 0.9


# --- 11: trust and competence ---------------------------------------------------------------------


def trust_falls_faster_than_it_rises(world: World) -> None:
    """The same change of conduct there and back, per unit of what it changes, in most draws."""
    values = world.draw(64)

    def moved(promotional_share: float) -> FloatArray:
        plan = TODAY._replace(
            involvement=TODAY.involvement._replace(promotional_share=promotional_share)
        )
        trust = world.run(ORDINARY, plan, STILL, values, 6)["trust"]
        return np.abs(trust[:, -1] - trust[:, 0])

    lower, higher = 0.5**2 - 0.0, 1.0 - 0.5**2
    ratio = (moved(1.0) / higher) / (moved(0.0) / lower)
    assert (ratio > 1.1).mean() > 0.8


def practice_makes_effort_worth_more(world: World) -> None:
    """The second year of the same effort connects more customers than it would without learning."""
    beginners = ORDINARY._replace(
        involvement=ORDINARY.involvement._replace(participation=0.3, minutes_per_day=0.0)
    )
    plan = baseline_plan(beginners)._replace(
        involvement=beginners.involvement._replace(minutes_per_day=10.0)
    )
    values = world.draw(16, {"community_form": Range(0.5, 0.5, 0.5)})
    run = world.run(beginners, plan, STILL, values, 24)
    unlearnt = world.draw(
        16, {"competence_weight": Range(0.0, 0.0, 0.0), "community_form": Range(0.5, 0.5, 0.5)}
    )
    without = world.run(beginners, plan, STILL, unlearnt, 24)
    shape = [
        series["connected_customers"][:, 24] / series["connected_customers"][:, 12]
        for series in (run, without)
    ]
    assert np.median(shape[0] / shape[1]) > 1.01


# --- 14: answers that an experienced director would call nonsense ---------------------------------


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


# --- claims with a place of their own -------------------------------------------------------------


def too_much_time_brings_less(world: World) -> None:
    """Beyond the overload point more minutes connect fewer customers."""
    values = world.draw(32, {"overload_minutes": Range(90.0, 90.0, 90.0)})
    some, most = (
        _median(
            world.run(
                ORDINARY,
                WITH_TIME._replace(involvement=INVOLVED._replace(minutes_per_day=minutes)),
                STILL,
                values,
                36,
            ),
            "connected_employees",
        )
        for minutes in (90.0, 360.0)
    )
    assert most < some


def policy_comes_first(world: World) -> None:
    """A full mandate brings people in sooner than none."""
    values = world.draw(16)
    firm, none = (
        world.run(
            ORDINARY,
            WITH_TIME._replace(involvement=INVOLVED._replace(mandate=mandate)),
            STILL,
            values,
            12,
        )["participation"][:, -1]
        for mandate in (1.0, 0.0)
    )
    assert (firm > none).all()
    assert np.median(firm / none) > 1.2


def colleagues_teach(world: World) -> None:
    """Connected employees are more capable than the same people apart."""
    values = world.draw(32)
    run, alone = (
        world.run(ORDINARY, WITH_TIME, Switches(0.0, connecting), values, 60)["capability"][:, -1]
        for connecting in (1.0, 0.0)
    )
    assert np.median(run - alone) > 0.01


def who_leaves_takes_others_along(world: World) -> None:
    """With contagion, bad service costs a connected organisation more customers."""
    values = [world.draw(16, {"churn_form": Range(form, form, form)}) for form in (0.0, 1.0)]
    org = ORDINARY._replace(known=ORDINARY.known._replace(participating_share=0.4))
    plan = shifted(baseline_plan(org), "customer_service", 0.4)
    spreading, alone = (world.run(org, plan, STILL, drawn, 36)["churn"][:, -1] for drawn in values)
    assert (spreading > alone).all()


CHECKS: tuple[Callable[[World], None], ...] = (
    standing_still,
    money_needs_time,
    time_needs_money,
    time_is_paid,
    best_depth_follows_spare_capacity,
    selling_all_the_time_costs_relations,
    abolishing_training_hurts_in_its_own_trade,
    banking_the_money_is_no_free_lunch,
    research_is_not_replaced_entirely,
    listening_brings_back_a_part,
    ignoring_costs_when_the_world_moves,
    trust_falls_faster_than_it_rises,
    practice_makes_effort_worth_more,
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
    too_much_time_brings_less,
    policy_comes_first,
    colleagues_teach,
    who_leaves_takes_others_along,
)
