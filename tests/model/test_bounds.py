"""The bounds of assumptions keep the model sound: numbers that are numbers, stocks within range."""

from __future__ import annotations

import math
import traceback
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import engine, scenario
from simulator.model import register, system
from simulator.model.quantities import Organisation, State, Switches
from simulator.model.register import BY_ID, REGISTER, Parameter, Parameters
from tests.support.organisations import ODD

MOVING = Switches(drift=1.0, connecting=1.0)
DEFAULT = scenario.load_shipped("balanced-shift")
PLAN = DEFAULT.plan_quantities()
ORDINARY = DEFAULT.organisation_quantities()
RUNS = [(ORDINARY, 12), *((org, 1) for org in ODD.values())]
"""Organisations and months, for the plain model: the engine runs them for ten years. The odd ones
have nothing of something: there no effort hides a divisor that can be zero itself."""


def faults(org: Organisation, p: Parameters, months: int) -> Iterable[str]:
    """What is wrong with a run of the plain model, at most one thing; a division by zero is named
    by the equation that does it."""
    try:
        for record in system.trajectory(org, PLAN, MOVING, p, months):
            series = {**record.state._asdict(), **record.outcomes._asdict()}
            for name, value in series.items():
                if not math.isfinite(value):
                    yield f"{name} becomes {value}"
                    return
            for name, level in record.state._asdict().items():
                if level <= 0.0 if name == "customers" else not -1e-9 <= level <= 1.0 + 1e-9:
                    yield f"the stock {name} becomes {level}"
                    return
    except (ArithmeticError, ValueError) as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        yield f"{error} in the equation {place.name}: {place.line}"


def advice(parameter: Parameter, column: str, value: float, fault: str) -> str:
    """One failing test, one message that says where to mend it."""
    return (
        f"{parameter.id} at {value:g}: {fault}. Its row in simulator/model/register.csv needs a "
        f"tighter bound in the column {column!r}, or the equation a guard."
    )


@pytest.mark.parametrize("parameter", REGISTER, ids=lambda one: one.id)
def test_the_model_is_sound_at_both_bounds(parameter: Parameter) -> None:
    for column, value in (("least", parameter.least), ("most", parameter.most)):
        p = register.central()._replace(**{parameter.id: value})
        for org, months in RUNS:
            for fault in faults(org, p, months):
                pytest.fail(advice(parameter, column, value, fault))


@pytest.mark.parametrize("org", [ORDINARY, *ODD.values()], ids=["ordinary", *ODD])
def test_the_engine_is_sound_at_all_bounds(org: Organisation) -> None:
    ends = [
        (parameter, column, value)
        for parameter in REGISTER
        for column, value in (("least", parameter.least), ("most", parameter.most))
    ]
    central = register.central()
    values = np.array([central._replace(**{end[0].id: end[2]}) for end in ends]).T
    run = engine.run(org, PLAN, MOVING, np.ascontiguousarray(values), 120)
    for name in engine.ROWS:
        sound = np.isfinite(run[name]).all(axis=1)
        if name in State._fields and name != "customers":
            sound &= (run[name] >= -1e-9).all(axis=1) & (run[name] <= 1.0 + 1e-9).all(axis=1)
        for draw in np.flatnonzero(~sound):
            parameter, column, value = ends[draw]
            pytest.fail(advice(parameter, column, value, f"{name} is no number or out of range"))


@given(st.lists(st.integers(0, 2), min_size=len(REGISTER), max_size=len(REGISTER)))
def test_the_model_is_sound_at_many_bounds_together(places: list[int]) -> None:
    p = Parameters(
        *(
            (parameter.least, parameter.central, parameter.most)[place]
            for parameter, place in zip(REGISTER, places, strict=True)
        )
    )
    assert list(faults(ORDINARY, p, 24)) == []


@pytest.mark.parametrize("parameter", REGISTER, ids=lambda one: one.id)
def test_bounds_hold_the_range_and_no_number_that_is_almost_nothing(parameter: Parameter) -> None:
    """A divisor of 1e-300 divides, too: what is kept from zero is kept well away from it."""
    assert parameter.least <= parameter.low <= parameter.high <= parameter.most
    assert math.isfinite(parameter.least) and math.isfinite(parameter.most)
    assert parameter.least <= 0.0 or parameter.least >= 1e-3 * parameter.central
    if parameter.unit == "share":
        assert parameter.least >= 0.0 and parameter.most <= 1.0


@pytest.mark.parametrize(
    ("name", "equation"),
    [
        ("perception_delay_months", "perception_flow"),
        ("offer_half_share", "offer"),
        ("effort_threshold", "curve"),
        ("partner_time_reference", "relation_inflows"),
        ("natural_word_of_mouth", "joining_rate"),
    ],
)
def test_a_divisor_that_may_be_zero_is_named_with_its_equation(name: str, equation: str) -> None:
    """Divisors alone, in sums, and handed from equation to equation: were the bound zero, the tests
    above would say so."""
    assert BY_ID[name].least > 0.0
    p = register.central()._replace(**{name: 0.0})
    messages = [fault for org, months in RUNS for fault in faults(org, p, months)]
    assert any(f"in the equation {equation}:" in fault for fault in messages), messages
