"""Capability: what people know and can do, learnt in courses and from each other."""

from __future__ import annotations

from math import exp

from simulator.model.equations.connectedness import response
from simulator.model.quantities import MONTHS_PER_YEAR
from simulator.model.register import Parameters


def course_relevance(month: float, drift: float, p: Parameters) -> float:
    """Worth of a course relative to today, 0-1, as knowledge becomes freely available.

    ``drift`` is 1 when the outside world moves and 0 when it stands still.
    """
    return exp(-drift * p.course_relevance_drift * month / MONTHS_PER_YEAR)


def capability_inflow(
    training: float, labour_bill: float, relevance: float, connected_employees: float, p: Parameters
) -> float:
    """Inflow into capability, per month; ``training`` and ``labour_bill`` in currency per year.

    Courses and peers both teach, and they are complements: connected colleagues raise the transfer
    of what a course taught (Blume et al. 2010) and pass it on (De Grip & Sauermann 2012).
    """
    taught = (
        p.training_rate
        * relevance
        * response(training / (labour_bill * p.training_share_of_labour_cost), p)
    )
    return (
        taught * (1.0 + p.peer_transfer * connected_employees)
        + p.peer_learning_rate * connected_employees
    )


def forgetting(connected_employees: float, p: Parameters) -> float:
    """Outflow rate of capability, per month; connected colleagues slow it."""
    return p.skill_decay_month * (1.0 - p.peer_retention * connected_employees)
