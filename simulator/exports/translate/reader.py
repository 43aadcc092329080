"""Reads equations from their source: Python in the grammar of ``simulator.model.equations``.

Each function is read as it would run, with expressions in place of numbers. What it gives a name,
takes or returns becomes a variable; the same expression is the same variable wherever it stands.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import math
import re
import textwrap
import types
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from simulator.exports.translate.expressions import (
    Expression,
    Number,
    Operation,
    Reference,
    references,
)

_BINARY: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}

_FUNCTIONS: Mapping[Any, str] = {
    min: "min",
    max: "max",
    math.exp: "exp",
    math.log: "log",
    math.pow: "pow",
    math.sqrt: "sqrt",
}


_CONDITIONS = {"<", "<=", ">", ">=", "and"}

TODAY = "today_"
"""Begins the name of what is worked out once, from inputs that do not move."""


class UnreadableError(ValueError):
    """The source uses what is not in the equations' grammar."""


@dataclass(slots=True)
class Definition:
    """One variable on the way to its final name."""

    expression: Expression
    """Refers to inputs by name, to other definitions by :func:`Reader.key`."""
    proposals: tuple[str, ...]
    """Names from the shortest on; the first that nobody else would have becomes the name."""
    meaning: str
    source: str
    """Module and function where it stands, ``module:function``."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A function that is being read."""

    function: types.FunctionType
    names: dict[str, Any]
    context: tuple[str, ...]
    """What the calls are for that led here, from the nearest on."""


@cache
def _tree(function: types.FunctionType) -> ast.FunctionDef:
    node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise UnreadableError(f"{function.__qualname__}: no plain function")
    return node


def first_paragraph(text: str | None) -> str:
    """The first paragraph of a docstring on one line, as people would read it: names as words, no
    markup."""
    paragraph = " ".join((text or "").split("\n\n")[0].split())
    names = re.compile(r"(?::\w+:)?`+~?(?:[\w.]+\.)?(\w+)`+")
    return names.sub(lambda name: name[1].replace("_", " "), paragraph)


@cache
def field_meanings(kind: Any) -> Mapping[str, str]:
    """What a NamedTuple's source says of each of its fields."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    meanings = {}
    name = None
    for line in body.body if isinstance(body, ast.ClassDef) else ():
        if isinstance(line, ast.AnnAssign):
            name = ast.unparse(line.target)
        elif name and isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
            meanings[name] = first_paragraph(str(line.value.value))
    return meanings


class Reader:
    """Reads functions into :attr:`definitions`; ``moving`` are the inputs that change over time."""

    def __init__(self, moving: Iterable[str]) -> None:
        self.definitions: list[Definition] = []
        self.moving = set(moving)
        """Whatever changes over time: those inputs, and each definition that rests on one."""
        self._known: dict[Expression, str] = {}

    def call(
        self, function: types.FunctionType, arguments: Iterable[Any], context: tuple[str, ...] = ()
    ) -> Any:
        """What ``function`` returns for these arguments: an expression, or a NamedTuple of them."""
        names = dict(zip(inspect.signature(function).parameters, arguments, strict=True))
        frame = _Frame(function, names, context)
        for line in _tree(function).body:
            if isinstance(line, ast.Return) and line.value is not None:
                return self._returned(self._value(line.value, frame, ()), frame)
            if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                name = line.targets[0].id
                value = self._value(line.value, frame, (name,))
                frame.names[name] = self._named(value, frame, name)
            elif not isinstance(line, ast.Expr):
                raise UnreadableError(f"{function.__qualname__}: {ast.unparse(line)}")
        raise UnreadableError(f"{function.__qualname__}: returns nothing")

    def define(
        self, expression: Expression, proposals: tuple[str, ...], meaning: str, source: str
    ) -> Reference:
        """A reference to the variable with this definition, new or known."""
        if expression not in self._known:
            key = self._known[expression] = self.key(len(self.definitions))
            moves = not self.moving.isdisjoint(references(expression))
            names = proposals if moves else tuple(f"{TODAY}{name}" for name in proposals)
            if moves:
                self.moving.add(key)
            self.definitions.append(Definition(expression, names, meaning, source))
        return Reference(self._known[expression])

    @staticmethod
    def key(index: int) -> str:
        """How expressions refer to a definition until it has its name."""
        return f"#{index}"

    @staticmethod
    def is_key(name: str) -> bool:
        """Whether ``name`` is a key of a definition, and not the name of an input."""
        return name.startswith("#")

    def _source(self, frame: _Frame) -> str:
        return f"{frame.function.__module__}:{frame.function.__name__}"

    def _returned(self, value: Any, frame: _Frame) -> Any:
        name = frame.function.__name__.lstrip("_")
        meaning = first_paragraph(frame.function.__doc__)
        if isinstance(value, tuple):
            fields = {
                field: self._variable(part, (field, f"{name}_{field}"), frame, "")
                for field, part in zip(type(value)._fields, value, strict=True)  # type: ignore[attr-defined]
            }
            return type(value)(**fields)
        return self._variable(value, (name,), frame, meaning)

    def _named(self, value: Any, frame: _Frame, name: str) -> Any:
        function = frame.function.__name__.lstrip("_")
        return self._variable(value, (name, f"{function}_{name}"), frame, "")

    def _variable(self, value: Any, names: tuple[str, ...], frame: _Frame, meaning: str) -> Any:
        """``value`` as a reference to a variable, unless it is one, a number, a condition (which
        other tools know only where it is used) or a NamedTuple."""
        if not isinstance(value, Operation) or value.operator in _CONDITIONS:
            return value
        context = [f"{names[-1]}_{'_'.join(frame.context[:n])}" for n in range(1, 4)]
        if not meaning:
            words = names[0].replace("_", " ")
            meaning = f"{words}, in: {first_paragraph(frame.function.__doc__)}"
        return self.define(value, (*names, *context), meaning, self._source(frame))

    def _value(self, node: ast.expr, frame: _Frame, purpose: tuple[str, ...]) -> Any:
        """What an expression of the source comes to; ``purpose`` is what it is for."""

        def part(inner: ast.expr) -> Any:
            return self._value(inner, frame, purpose)

        match node:
            case ast.Constant(value=int() | float()):
                return Number(float(node.value))  # type: ignore[arg-type]
            case ast.Name():
                if node.id in frame.names:
                    return frame.names[node.id]
                scope = frame.function.__globals__
                value = scope[node.id] if node.id in scope else getattr(builtins, node.id)
                return Number(value) if isinstance(value, float) else value
            case ast.Attribute():
                return getattr(part(node.value), node.attr)
            case ast.BinOp():
                return Operation(_BINARY[type(node.op)], (part(node.left), part(node.right)))
            case ast.UnaryOp(op=ast.USub()):
                return Operation("negative", (part(node.operand),))
            case ast.Compare(ops=[operator], comparators=[right]):
                return Operation(_BINARY[type(operator)], (part(node.left), part(right)))
            case ast.BoolOp(op=ast.And(), values=[left, right]):
                return Operation("and", (part(left), part(right)))
            case ast.IfExp():
                sides = (part(node.test), part(node.body), part(node.orelse))
                return Operation("if", sides)
            case ast.Call():
                return self._call(node, frame, purpose)
        raise UnreadableError(f"{frame.function.__qualname__}: {ast.unparse(node)}")

    def _call(self, node: ast.Call, frame: _Frame, purpose: tuple[str, ...]) -> Any:
        callee: Any = self._value(node.func, frame, purpose)
        named = {
            keyword.arg: self._value(keyword.value, frame, (keyword.arg, *purpose))
            for keyword in node.keywords
            if keyword.arg is not None
        }
        positional = [self._value(argument, frame, purpose) for argument in node.args]
        if callee in _FUNCTIONS:
            return Operation(_FUNCTIONS[callee], tuple(positional))
        if isinstance(callee, types.FunctionType):
            bound = inspect.signature(callee).bind(*positional, **named)
            called = _Frame(callee, {}, (*purpose, *frame.context))
            arguments = [self._named(value, called, key) for key, value in bound.arguments.items()]
            return self.call(callee, arguments, called.context)
        result: Callable[..., Any] = callee
        return result(*positional, **named)


def settled_names(
    proposals: Mapping[str, tuple[str, ...]], taken: Iterable[str]
) -> Mapping[str, str]:
    """A name for every key: its first proposal that is no other key's and not ``taken``.

    Keys that would have the same name all go on to a longer one, so that no name depends on which
    of them was read first; what never differs is numbered.
    """
    levels = dict.fromkeys(proposals, 0)
    reserved = set(taken)
    settled: dict[str, str] = {}
    while len(settled) < len(proposals):
        wanted = {
            key: choices[levels[key]] for key, choices in proposals.items() if key not in settled
        }
        rivals = Counter(wanted.values())
        for key, name in wanted.items():
            last = levels[key] + 1 == len(proposals[key])
            if rivals[name] == 1 and name not in reserved:
                settled[key] = name
            elif last:
                number = 2
                while f"{name}_{number}" in reserved | set(rivals):
                    number += 1
                settled[key] = f"{name}_{number}"
            else:
                levels[key] += 1
            if key in settled:
                reserved.add(settled[key])
    return settled
