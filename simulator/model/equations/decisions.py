"""Decisions over time: how budgets and involvement go from today's values to the plan's."""

from __future__ import annotations

from simulator.model.quantities import Budgets, Involvement, Plan, Shift


def ramp(month: float, start_month: float, ramp_months: float) -> float:
    """Progress of a change, 0 before it starts to 1 when it is complete.

    An S-curve (cubic smooth step): organisations begin and end changes gently, and it has no
    kink that a numerical method would trip over. Months in, a share out.
    """
    done = min(max((month - start_month) / ramp_months, 0.0), 1.0)
    return done * done * (3.0 - 2.0 * done)


def ramp_speed(month: float, start_month: float, ramp_months: float) -> float:
    """How fast :func:`ramp` rises, per month: its derivative."""
    done = min(max((month - start_month) / ramp_months, 0.0), 1.0)
    return 6.0 * done * (1.0 - done) / ramp_months


def depth(month: float, plan: Plan) -> float:
    """How much of all that the plan changes is wanted at this moment, 0-1: the depth of its first
    stage until it is reviewed, and what was then decided on after that."""
    reviewed = ramp(month, plan.review_month, plan.review_ramp_months)
    return plan.first_depth + (plan.last_depth - plan.first_depth) * reviewed


def depth_speed(month: float, plan: Plan) -> float:
    """How fast :func:`depth` rises, per month: its derivative."""
    speed = ramp_speed(month, plan.review_month, plan.review_ramp_months)
    return (plan.last_depth - plan.first_depth) * speed


def freed(month: float, budget: float, shift: Shift, plan: Plan) -> float:
    """Money taken from one source, currency per year; ``budget`` is the source's, today, and
    ``shift`` what ``plan`` does with it."""
    done = ramp(month, shift.start_month, shift.ramp_months)
    return budget * shift.share_moved * done * depth(month, plan)


def freed_speed(month: float, budget: float, shift: Shift, plan: Plan) -> float:
    """How fast :func:`freed` rises, currency per year, per month: its derivative."""
    done = ramp(month, shift.start_month, shift.ramp_months)
    speed = ramp_speed(month, shift.start_month, shift.ramp_months)
    return (
        budget * shift.share_moved * (speed * depth(month, plan) + done * depth_speed(month, plan))
    )


def budgets_at(month: float, today: Budgets, plan: Plan) -> Budgets:
    """Money spent in every source and instrument, currency per year.

    What leaves a source arrives in the instruments or is saved (:func:`savings_at`): nothing
    appears and nothing gets lost.
    """
    research = freed(month, today.market_research, plan.market_research, plan)
    training = freed(month, today.training, plan.training, plan)
    service = freed(month, today.customer_service, plan.customer_service, plan)
    a = plan.market_research.split
    b = plan.training.split
    c = plan.customer_service.split
    return Budgets(
        market_research=today.market_research - research,
        training=today.training - training,
        customer_service=today.customer_service - service,
        listening=today.listening
        + research * a.listening
        + training * b.listening
        + service * c.listening,
        community=today.community
        + research * a.community
        + training * b.community
        + service * c.community,
        content=today.content + research * a.content + training * b.content + service * c.content,
        networking=today.networking
        + research * a.networking
        + training * b.networking
        + service * c.networking,
        social_service=today.social_service
        + research * a.social_service
        + training * b.social_service
        + service * c.social_service,
    )


def unspent(month: float, today: Budgets, plan: Plan) -> float:
    """Money taken from the sources that goes to no instrument, currency per year."""
    return (
        freed(month, today.market_research, plan.market_research, plan)
        * plan.market_research.split.savings
        + freed(month, today.training, plan.training, plan) * plan.training.split.savings
        + freed(month, today.customer_service, plan.customer_service, plan)
        * plan.customer_service.split.savings
    )


def savings_at(month: float, today: Budgets, plan: Plan) -> float:
    """Money taken from the sources and kept, currency per year."""
    return (1.0 - plan.self_service) * unspent(month, today, plan)


def self_service_at(month: float, today: Budgets, plan: Plan) -> float:
    """Money taken from the sources and spent on self-service, currency per year."""
    return plan.self_service * unspent(month, today, plan)


def instruments(budgets: Budgets) -> float:
    """Money in the five instruments together, currency per year."""
    return (
        budgets.listening
        + budgets.community
        + budgets.content
        + budgets.networking
        + budgets.social_service
    )


def sources(budgets: Budgets) -> float:
    """Money in the three sources together, currency per year."""
    return budgets.market_research + budgets.training + budgets.customer_service


def moved_towards(today: float, target: float, progress: float) -> float:
    """A lever on its way: ``today`` at progress 0, ``target`` at progress 1."""
    return today + (target - today) * progress


def involvement_at(month: float, today: Involvement, plan: Plan) -> Involvement:
    """Involvement as asked for at this moment.

    Its ``participation`` is what is aimed at; how many really take part is a stock.
    """
    done = ramp(month, plan.involvement_start_month, plan.involvement_ramp_months)
    progress = done * depth(month, plan)
    target = plan.involvement
    return Involvement(
        minutes_per_day=moved_towards(today.minutes_per_day, target.minutes_per_day, progress),
        participation=moved_towards(today.participation, target.participation, progress),
        openness=moved_towards(today.openness, target.openness, progress),
        promotional_share=moved_towards(
            today.promotional_share, target.promotional_share, progress
        ),
        regularity=moved_towards(today.regularity, target.regularity, progress),
        mandate=moved_towards(today.mandate, target.mandate, progress),
    )
