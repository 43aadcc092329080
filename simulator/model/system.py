"""The model: the equations wired together, its derivative and its steps in time.

Everything here is a pure scalar function over NamedTuples of floats, in the grammar of
``simulator.model.equations``. ``simulator.engine`` compiles this very source and runs it fast;
:func:`trajectory` runs it as plain Python, for reading, testing and cross-checking.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulator.model.flows import auxiliaries, flows
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import Outcomes, ledger_rates, outcomes
from simulator.model.quantities import (
    InitialState,
    Ledger,
    Organisation,
    Plan,
    State,
    Switches,
)
from simulator.model.register import Parameters

STAGES = {
    "euler": ((0.0, 1.0),),
    "rk4": ((0.0, 1.0 / 6.0), (0.5, 1.0 / 3.0), (0.5, 1.0 / 3.0), (1.0, 1.0 / 6.0)),
}
"""Explicit one-step methods: for each stage its place in the step and its weight. Each stage starts
from the slope of the one before, which makes these two methods fit one loop."""


class Rates(NamedTuple):
    """The derivative, and all that is known at the same moment."""

    state: State
    """Net flow of every stock, per month."""
    ledger: Ledger
    """Growth of the present values, currency per month."""
    outcomes: Outcomes


def rates(
    state: State,
    month: float,
    org: Organisation,
    plan: Plan,
    switches: Switches,
    today: InitialState,
    p: Parameters,
) -> Rates:
    """The derivative of stocks and present values in ``month``, and the outcomes at that moment."""
    now = auxiliaries(state, month, org, plan, today, p)
    result = outcomes(state, now, month, org, plan, today, p)
    return Rates(
        state=flows(state, now, month, org, switches, today, p),
        ledger=ledger_rates(month, org, result),
        outcomes=result,
    )


class Record(NamedTuple):
    """One month of a run."""

    state: State
    outcomes: Outcomes
    ledger: Ledger
    """Present values from month 0 up to and including this month, currency."""


def advanced(state: State, change: State, months: float) -> State:
    """The state after ``months`` at a constant rate of ``change`` (per month)."""
    return State(*(level + months * slope for level, slope in zip(state, change, strict=True)))


def trajectory(
    org: Organisation,
    plan: Plan,
    switches: Switches,
    p: Parameters,
    months: int,
    steps_per_month: int = 1,
    method: str = "rk4",
) -> Iterator[Record]:
    """Run the model as plain Python; yields ``months + 1`` records, the first of them today.

    ``method`` is ``"rk4"`` (fourth-order Runge-Kutta) or ``"euler"``. Slow and easy to follow:
    :mod:`simulator.engine` gives the same numbers about a thousand times as fast.
    """
    nodes = STAGES[method]
    today = initial_state(org, p)
    state = today.state
    ledger = Ledger(*(0.0 for _ in Ledger._fields))
    step = 1.0 / steps_per_month
    for month in range(months + 1):
        now = rates(state, float(month), org, plan, switches, today, p)
        yield Record(state, now.outcomes, ledger)
        for part in range(steps_per_month):
            start = month + part * step
            stage_state = state
            next_state, next_ledger = state, ledger
            for index, (node, weight) in enumerate(nodes):
                slope = rates(stage_state, start + node * step, org, plan, switches, today, p)
                next_state = advanced(next_state, slope.state, weight * step)
                next_ledger = Ledger(
                    *(
                        value + weight * step * rate
                        for value, rate in zip(next_ledger, slope.ledger, strict=True)
                    )
                )
                if index + 1 < len(nodes):
                    stage_state = advanced(state, slope.state, nodes[index + 1][0] * step)
            state, ledger = next_state, next_ledger
