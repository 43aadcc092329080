"""Derivatives of expressions, exact but for rounding: forward, along the tree."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from simulator.exports.translate.expressions import (
    OPERATORS,
    Expression,
    Number,
    Reference,
    evaluate,
)

Slopes = dict[str, float]
"""Partial derivatives by the name of what they are with respect to; absent: zero."""


def slopes(expression: Expression, values: Mapping[str, float]) -> Slopes:
    """Partial derivatives of ``expression`` with respect to each name in it, at ``values``.

    Where it has a kink, that of the side which holds there. Raises as
    :func:`~simulator.exports.translate.expressions.evaluate` does.
    """
    return _dual(expression, values)[1]


def _dual(expression: Expression, values: Mapping[str, float]) -> tuple[float, Slopes]:
    """Value and slopes."""
    if isinstance(expression, Number):
        return expression.value, {}
    if isinstance(expression, Reference):
        return values[expression.name], {expression.name: 1.0}
    operator, arguments = expression.operator, expression.arguments
    if operator == "if":
        return _dual(arguments[1] if evaluate(arguments[0], values) else arguments[2], values)
    parts = [_dual(argument, values) for argument in arguments]
    numbers = [part[0] for part in parts]
    value = OPERATORS[operator](*numbers)
    result: Slopes = {}
    weights = _LOCAL[operator](value, *numbers) if operator in _LOCAL else [0.0] * len(parts)
    for weight, (_, inner) in zip(weights, parts, strict=True):
        if weight != 0.0:
            for name, slope in inner.items():
                result[name] = result.get(name, 0.0) + weight * slope
    return value, result


def _power(value: float, base: float, exponent: float) -> tuple[float, float]:
    by_base = exponent * value / base if base != 0.0 else 0.0
    return by_base, value * math.log(base) if base > 0.0 else 0.0


_LOCAL: Mapping[str, Callable[..., tuple[float, ...]]] = {
    "+": lambda v, a, b: (1.0, 1.0),
    "-": lambda v, a, b: (1.0, -1.0),
    "*": lambda v, a, b: (b, a),
    "/": lambda v, a, b: (1.0 / b, -v / b),
    "negative": lambda v, a: (-1.0,),
    "min": lambda v, a, b: (1.0, 0.0) if a <= b else (0.0, 1.0),
    "max": lambda v, a, b: (1.0, 0.0) if a >= b else (0.0, 1.0),
    "exp": lambda v, a: (v,),
    "log": lambda v, a: (1.0 / a,),
    "pow": _power,
    "sqrt": lambda v, a: (0.5 / v if v > 0.0 else 0.0,),
}
"""For the value of an operation and its arguments: the slope by each argument. Conditions have
none."""
