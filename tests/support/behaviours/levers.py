"""What each lever does: money, time, cuts, promotion, training, research, waiting and conduct."""

from __future__ import annotations

import numpy as np

from simulator.model.flows import labour_bill
from simulator.model.quantities import ALL_SAVED, SOURCES, Split, State
from simulator.model.register import FloatArray, Range
from simulator.results import baseline_plan
from tests.support.behaviours.world import (
    CONNECTEDNESS,
    NET,
    TODAY,
    WITH_TIME,
    Check,
    World,
    median_at_end,
    shifted,
)
from tests.support.organisations import INVOLVED, MOVING, ORDINARY, STILL

# --- 1 to 3: standing still, money and time ------------------------------------------------------


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
        median_at_end(world.run(org, WITH_TIME, STILL, values, 60), "connected_customers")
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


# --- 5: depth of cuts ----------------------------------------------------------------------------


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


# --- 6 to 8: promotion, training, research -------------------------------------------------------


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
    saved, listening = (
        world.run(ORDINARY, shifted(WITH_TIME, "market_research", 0.5, split), STILL, values, 60)
        for split in (ALL_SAVED, Split(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    )
    assert np.median(listening["insight"][:, -1] - saved["insight"][:, -1]) > 0.01


# --- 9: ignoring ---------------------------------------------------------------------------------


def ignoring_costs_when_the_world_moves(world: World) -> None:
    """Carrying on in a world that moves is worse than in one that stands still, in most draws; in
    one that stands still it is exactly nothing."""
    values = world.draw(256)
    moving, still = (
        world.run(ORDINARY, TODAY, what_if, values, 60)[NET][:, -1] for what_if in (MOVING, STILL)
    )
    assert (moving < still).mean() > 0.9


# --- 11: trust and competence --------------------------------------------------------------------


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


CHECKS: tuple[Check, ...] = (
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
)
