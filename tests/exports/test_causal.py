"""The causal map: its signs are those of small changes, its loops those that are there."""

from __future__ import annotations

import json
import math

import pytest

import simulator
from simulator.exports.translate import Link, causal_map, input_values, read_model
from simulator.exports.translate.causal import EFFORT, LEVERS, ON_MAP, RESULTS, loops_of
from simulator.exports.translate.derivatives import slopes
from simulator.exports.translate.expressions import (
    OPERATORS,
    Expression,
    Number,
    Operation,
    Reference,
    evaluate,
)
from simulator.exports.translate.model import TIME, Kind, Model
from simulator.model import register
from simulator.model.quantities import State, Switches

X, Y = Reference("x"), Reference("y")


def _inputs(name: str = "balanced-shift") -> dict[str, float]:
    scenario = simulator.load(name)
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    return input_values(org, plan, Switches(1.0, 1.0), register.central(scenario.ranges()))


@pytest.mark.parametrize(
    "expression",
    [
        Operation("if", (Operation(">", (X, Y)), Operation("*", (X, X)), Y)),
        Operation("if", (Operation("<=", (X, Y)), Operation("*", (X, X)), Y)),
        *(
            Operation(name, (X,) if name in ("negative", "exp", "log", "sqrt") else (X, Y))
            for name in OPERATORS
            if name not in ("<", "<=", ">", ">=", "and")
        ),
        Operation("pow", (Operation("+", (X, Number(1.0))), Operation("/", (Y, X)))),
    ],
    ids=str,
)
def test_slopes_are_those_of_small_changes(expression: Expression) -> None:
    point = {"x": 1.3, "y": 0.7}
    exact = slopes(expression, point)
    for name in point:
        up, down = ({**point, name: point[name] + step} for step in (1e-6, -1e-6))
        small = (evaluate(expression, up) - evaluate(expression, down)) / 2e-6
        assert exact.get(name, 0.0) == pytest.approx(small, abs=1e-8, rel=1e-7)


def _value(model: Model, values: dict[str, float], target: str, ends: set[str]) -> float:
    """``target`` worked out anew from the values of ``ends``, of what is fixed, and of the time."""
    known = {
        name: value
        for name, value in values.items()
        if name in ends
        or name == TIME
        or model.variables[name].kind in (Kind.INPUT, Kind.CONSTANT, Kind.STOCK)
    }

    def of(name: str) -> float:
        if name not in known:
            expression = model.variables[name].expression
            assert expression is not None
            needed = {inner: of(inner) for inner in _names(expression)}
            known[name] = evaluate(expression, needed)
        return known[name]

    return of(target)


def _names(expression: Expression) -> set[str]:
    if isinstance(expression, Reference):
        return {expression.name}
    if isinstance(expression, Operation):
        return set().union(*(_names(argument) for argument in expression.arguments))
    return set()


@pytest.mark.parametrize("name", ["balanced-shift", "municipality-citizens"])
def test_signs_are_those_of_small_changes(name: str) -> None:
    model = read_model()
    found = causal_map(model, _inputs(name), 18.0)
    values = dict(found.values)
    assert len(found.links) > 100
    for link in found.links:
        target = model.variables[link.effect].flow or link.effect
        ends = {node for node in ON_MAP if node != target}
        if link.effect not in RESULTS:
            ends -= set(RESULTS)
        step = 1e-5 * max(abs(values[link.cause]), 1e-3)
        up, down = (
            _value(model, {**values, link.cause: values[link.cause] + change}, target, ends)
            for change in (step, -step)
        )
        noise = 1e-9 * max(abs(up), abs(down), 1e-9)
        if abs(up - down) > noise:
            assert link.sign == math.copysign(1.0, up - down), (link.cause, link.effect)


def test_what_is_on_the_map_and_what_moves_what() -> None:
    model = read_model()
    found = causal_map(model, _inputs())
    links = {(link.cause, link.effect): link for link in found.links}
    moved = {*State._fields, *RESULTS, *EFFORT} - {"channel_preference"}  # which only time moves
    assert {link.effect for link in found.links} == moved
    assert {name for name in ON_MAP if not any(name in pair for pair in links)} == set()
    assert not {link.effect for link in found.links} & set(LEVERS)
    # Known from the equations.
    assert links["service_quality", "trust"].sign == 1
    assert links["moved_towards_promotional_share", "trust"].sign == -1
    assert links["customers", "revenue"].strength == pytest.approx(1.0, abs=0.02)
    assert "trust_building_months" in links["service_quality", "trust"].assumptions
    assert links["service_quality", "trust"].through[-1] == "change_in_trust"
    json.dumps(found.as_data(model), allow_nan=False)


def test_planted_loops_are_found_with_their_polarity() -> None:
    def link(cause: str, effect: str, sign: int, strength: float) -> Link:
        return Link(cause, effect, sign, strength, (effect,), ())

    links = [
        link("a", "b", 1, 0.5),
        link("b", "a", -1, -0.5),
        link("b", "c", -1, -1.0),
        link("c", "a", -1, -0.1),
        link("c", "d", 1, 1.0),
        link("d", "c", 0, 0.0),
    ]
    loops = loops_of(links)
    assert [(loop.names, loop.polarity) for loop in loops] == [
        (("a", "b"), -1),
        (("a", "b", "c"), 1),
    ]
    assert [loop.strength for loop in loops] == pytest.approx([-0.25, 0.05])
    assert loops_of(links, longest=2) == loops[:1]
