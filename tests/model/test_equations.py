"""The equations keep to their grammar; what each one means is in the test file of its sector."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import textwrap
import types
import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from simulator.model import equations, flows, quantities, system
from simulator.model import initial_state as initial_state_module
from simulator.model import outcomes as outcomes_module
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import ledger_rates, outcomes

# --- grammar -------------------------------------------------------------------------------------

NODES = (
    ast.FunctionDef,
    ast.arguments,
    ast.arg,
    ast.Return,
    ast.Assign,
    ast.Expr,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.UnaryOp,
    ast.USub,
    ast.IfExp,
    ast.BoolOp,
    ast.And,
    ast.Compare,
    ast.Gt,
    ast.GtE,
    ast.Lt,
    ast.LtE,
    ast.Call,
    ast.keyword,
    ast.Attribute,
    ast.Name,
    ast.Load,
    ast.Store,
    ast.Constant,
)
"""All of Python that an equation may use: no powers by ``**``, no loops, no indexing."""

STRUCTURAL_NUMBERS = {0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0}
"""Numbers that belong to a form (a smooth step, a mean, a quadratic), not to the world."""

GUARDS = {1e-9}
"""Numbers so small that they only keep a division from failing."""

UNITS = {"MONTHS_PER_YEAR": 12.0, "MINUTES_PER_HOUR": 60.0, "FASTEST_PER_MONTH": 1.0}
"""Named numbers that convert units, or keep the arithmetic of monthly steps sound."""

MATHS = (math.exp, math.log, math.pow, math.sqrt, min, max)


def _is_named_tuple(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, tuple) and hasattr(value, "_fields")


def _sectors() -> list[types.ModuleType]:
    return [
        importlib.import_module(f"{equations.__name__}.{found.name}")
        for found in pkgutil.iter_modules(equations.__path__)
    ]


_WIRING = (quantities, flows, initial_state_module, outcomes_module, system)
_OURS = {module.__name__ for module in (*_sectors(), *_WIRING)}


def _called(function: types.FunctionType) -> Iterator[types.FunctionType]:
    """The function and all plain functions that it reaches."""
    yield function
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        if isinstance(value, types.FunctionType) and value.__module__ in _OURS:
            yield from _called(value)


def _everything() -> list[types.FunctionType]:
    """All functions in the sectors, and what the engine compiles of the model."""
    entries: list[Callable[..., Any]] = [
        value
        for sector in _sectors()
        for value in vars(sector).values()
        if isinstance(value, types.FunctionType) and value.__module__ in _OURS
    ]
    entries += [
        initial_state,
        flows.auxiliaries,
        flows.flows,
        outcomes,
        ledger_rates,
        system.rates,
    ]
    rows = {
        one for entry in entries if isinstance(entry, types.FunctionType) for one in _called(entry)
    }
    return sorted(rows, key=lambda one: (one.__module__, one.__name__))


FUNCTIONS = _everything()


@cache
def _tree(function: types.FunctionType) -> ast.FunctionDef:
    node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(node, ast.FunctionDef)
    return node


def _code(function: types.FunctionType) -> Iterator[ast.AST]:
    """Nodes of the body, without docstring and annotations."""
    for statement in _tree(function).body[1:]:
        yield from ast.walk(statement)


def test_the_walk_finds_the_model() -> None:
    names = {function.__name__ for function in FUNCTIONS}
    assert {"combined_effort", "serve", "ramp", "rates", "initial_state", "leaving_hazard"} <= names
    assert len(FUNCTIONS) > 50


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_only_the_grammar_of_equations_is_used(function: types.FunctionType) -> None:
    tree = _tree(function)
    assert not tree.decorator_list
    assert not tree.args.defaults and not tree.args.vararg and not tree.args.kwarg
    names = {argument.arg for argument in tree.args.args}
    for statement in tree.body[1:]:
        assert isinstance(statement, (ast.Assign, ast.Return)), ast.unparse(statement)
    for node in _code(function):
        assert isinstance(node, NODES), f"{type(node).__name__}: {ast.unparse(node)}"
        if isinstance(node, ast.Assign):
            assert len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
            names.add(node.targets[0].id)
    for node in _code(function):
        if isinstance(node, ast.Name) and node.id not in names:
            value = function.__globals__.get(node.id, vars(math).get(node.id))
            if node.id in ("min", "max"):
                assert node.id not in function.__globals__
            elif node.id in UNITS:
                assert value == UNITS[node.id]
            else:
                assert value in MATHS or value in FUNCTIONS or _is_named_tuple(value), node.id
        if isinstance(node, ast.Attribute):
            root: ast.expr = node
            while isinstance(root, ast.Attribute):
                root = root.value
            assert isinstance(root, ast.Name) and root.id in names, ast.unparse(node)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name), ast.unparse(node)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_no_number_about_the_world_is_written_in_code(function: types.FunctionType) -> None:
    numbers = {node.value for node in _code(function) if isinstance(node, ast.Constant)}
    assert all(type(number) is float for number in numbers), numbers
    assert numbers <= STRUCTURAL_NUMBERS | GUARDS, numbers - STRUCTURAL_NUMBERS - GUARDS


@pytest.mark.parametrize("sector", _sectors(), ids=lambda one: one.__name__.rpartition(".")[2])
def test_the_only_constants_of_a_sector_are_units(sector: types.ModuleType) -> None:
    constants = {
        name: value for name, value in vars(sector).items() if isinstance(value, (int, float))
    }
    assert constants.items() <= UNITS.items()


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_arguments_and_results_are_floats_or_named_tuples(function: types.FunctionType) -> None:
    hints = typing.get_type_hints(function)
    assert set(hints) == {*inspect.signature(function).parameters, "return"}
    for name, hint in hints.items():
        assert hint is float or _is_named_tuple(hint), f"{name}: {hint}"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_every_equation_says_what_it_means(function: types.FunctionType) -> None:
    text = ast.get_docstring(_tree(function)) or ""
    assert len(text) > 20 and text.endswith(".")


SPOKEN_FOR = {
    "Budgets": "currency per year",
    "Contacts": "contacts per year",
    "Demand": "Contacts per year",
    "Ledger": "currency",
    "ConnectednessInflows": "One number for each",
    "Split": "shares that add up to 1",
    "State": "Shares between 0 and 1",
}
"""Tuples whose own docstring gives the meaning and the unit of every field."""


def _tuple_definitions() -> Iterator[tuple[str, ast.ClassDef]]:
    for module in _WIRING:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                yield module.__name__, node


@pytest.mark.parametrize("definition", [*_tuple_definitions()], ids=lambda one: one[1].name)
def test_every_quantity_has_a_meaning_and_a_unit(definition: tuple[str, ast.ClassDef]) -> None:
    module, node = definition
    text = ast.get_docstring(node) or ""
    assert text
    if node.name in SPOKEN_FOR:
        assert SPOKEN_FOR[node.name] in text
        return
    tuples = {
        name
        for name, value in vars(importlib.import_module(module)).items()
        if _is_named_tuple(value)
    }
    undocumented = [
        ast.unparse(line.target)
        for line, after in zip(node.body, [*node.body[1:], None], strict=True)
        if isinstance(line, ast.AnnAssign)
        and ast.unparse(line.annotation) not in tuples
        and not (
            isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        )
    ]
    assert not undocumented
