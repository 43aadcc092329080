"""Capability: what people know and can do, learnt in courses and from each other."""

from __future__ import annotations

from math import exp

from simulator.model.equations.connectedness import curve
from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import Parameters


def course_relevance(month: float, drift: float, p: Parameters) -> float:
    """Worth of a course relative to today, 0-1, as knowledge becomes freely available.

    ``drift`` is 1 when the outside world moves and 0 when it stands still.
    """
    return exp(-drift * p.course_relevance_drift * month / MONTHS_PER_YEAR)


def peer_training(labour_bill: float, p: Parameters) -> float:
    """What a peer of this size spends on training, currency per year."""
    return labour_bill * p.training_share_of_labour_cost


def capability_inflow(
    training: float,
    reference: float,
    exponent: float,
    relevance: float,
    connected_employees: float,
    peer_learning: float,
    p: Parameters,
) -> float:
    """Inflow into capability, per month; ``training`` and its ``reference``
    (:func:`peer_training`) in currency per year, ``exponent`` the curvature of the response.

    ``peer_learning`` is the inflow per month with all well connected.

    Courses and peers both teach, and they are complements: connected colleagues raise the transfer
    of what a course taught (Blume et al. 2010) and pass it on (De Grip & Sauermann 2012).
    """
    taught = p.training_rate * relevance * curve(training / reference, exponent, p)
    return (
        taught * (1.0 + p.peer_transfer * connected_employees) + peer_learning * connected_employees
    )


def peer_learning_inflow(capability_worth: float, p: Parameters) -> float:
    """Inflow into capability with all employees well connected, per month.

    So that output rises by what was found for those who learn from each other
    (Sandvik et al. 2020), as far as that is true here, at a peer's training;
    ``capability_worth`` is output per unit of capability.
    """
    gained = p.effect_transfer * p.peer_learning_productivity / max(capability_worth, p.least_worth)
    whole = p.training_rate + p.skill_decay_month
    return gained * whole * whole / p.skill_decay_month


def forgetting(connected_employees: float, p: Parameters) -> float:
    """Outflow rate of capability, per month; connected colleagues slow it."""
    return p.skill_decay_month * (1.0 - p.peer_retention * connected_employees)
