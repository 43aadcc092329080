"""Expressions: what the equations are made of, apart from any language."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a variable, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator or function of :data:`OPERATORS` or ``if`` with its arguments."""

    operator: str
    arguments: tuple[Expression, ...]


Expression = Number | Reference | Operation

OPERATORS: Mapping[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "negative": lambda a: -a,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "and": lambda a, b: a and b,
    "min": min,
    "max": max,
    "exp": math.exp,
    "log": math.log,
    "pow": math.pow,
    "sqrt": math.sqrt,
}
"""All operators with what they do, but ``if`` (condition, then, else), of which one side is left
out."""


def evaluate(expression: Expression, values: Mapping[str, float]) -> float:
    """The number that ``expression`` is with these ``values`` of what it refers to.

    Raises ``KeyError`` for a name without value, and what Python's arithmetic raises.
    """
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Reference):
        return values[expression.name]
    if expression.operator == "if":
        condition, then, otherwise = expression.arguments
        return evaluate(then if evaluate(condition, values) else otherwise, values)
    arguments = (evaluate(argument, values) for argument in expression.arguments)
    result: float = OPERATORS[expression.operator](*arguments)
    return result


def references(expression: Expression) -> Iterator[str]:
    """The names that ``expression`` refers to, from left to right; some more than once."""
    if isinstance(expression, Reference):
        yield expression.name
    elif isinstance(expression, Operation):
        for argument in expression.arguments:
            yield from references(argument)


def renamed(expression: Expression, names: Mapping[str, str]) -> Expression:
    """The same expression with other names, where ``names`` has them."""
    if isinstance(expression, Reference):
        return Reference(names.get(expression.name, expression.name))
    if isinstance(expression, Operation):
        arguments = tuple(renamed(argument, names) for argument in expression.arguments)
        return Operation(expression.operator, arguments)
    return expression
