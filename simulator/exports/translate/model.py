"""The abstract model: every variable of the equations with its meaning and how it is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from simulator.exports.translate.expressions import (
    Expression,
    Number,
    Reference,
    evaluate,
    references,
    renamed,
)
from simulator.exports.translate.reader import (
    TODAY,
    Reader,
    field_meanings,
    first_paragraph,
    settled_names,
)
from simulator.model import quantities, system
from simulator.model.initial_state import initial_state
from simulator.model.outcomes import Outcomes
from simulator.model.quantities import (
    SOURCES,
    Budgets,
    InitialState,
    Involvement,
    Known,
    Ledger,
    Organisation,
    Plan,
    Shift,
    Split,
    State,
    Switches,
)
from simulator.model.register import REGISTER, Parameters

TIME = "time"
"""Name of the present month."""

CHANGE = "change_in_"
"""Begins the name of a stock's net flow."""

PRESENT_VALUE = "present_value_"
"""Begins the name of a present value, which is a stock as well."""


class Kind(StrEnum):
    """What sort of variable it is."""

    INPUT = "input"
    """A constant that organisation, plan, switches or register say."""
    CONSTANT = "constant"
    """Worked out once, from inputs alone: what holds today."""
    STOCK = "stock"
    FLOW = "flow"
    """Net flow of a stock, per month."""
    AUXILIARY = "auxiliary"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the model."""

    name: str
    kind: Kind
    meaning: str
    unit: str
    """Empty where the source says none of its own: then ``meaning`` does."""
    expression: Expression | None
    """How it is worked out; of a stock its start; ``None``: an input."""
    source: str
    """``module:function`` where it stands; ``register`` for an assumption."""
    flow: str = ""
    """Of a stock: the variable that is its net flow, per month."""


@dataclass(frozen=True, slots=True)
class Model:
    """All variables by name: inputs, then what follows from them, each after what it needs."""

    variables: Mapping[str, Variable]

    def of_kind(self, *kinds: Kind) -> Iterator[Variable]:
        """Those of these kinds."""
        return (variable for variable in self.variables.values() if variable.kind in kinds)


class _Inputs(NamedTuple):
    org: Organisation
    plan: Plan
    switches: Switches
    parameters: Parameters


def _references(kind: Any, prefix: str) -> Any:
    """A NamedTuple of references to inputs, named by the path to them."""
    nested: Mapping[str, Any] = {
        "budgets": Budgets,
        "involvement": Involvement,
        "known": Known,
        "split": Split,
        **dict.fromkeys(SOURCES, Shift),
    }
    return kind(
        *(
            _references(nested[field], f"{prefix}{field}_")
            if field in nested and kind is not Budgets
            else Reference(f"{prefix}{field}")
            for field in kind._fields
        )
    )


def _inputs() -> _Inputs:
    return _Inputs(
        _references(Organisation, "org_"),
        _references(Plan, "plan_"),
        _references(Switches, "switch_"),
        _references(Parameters, ""),
    )


def input_values(
    org: Organisation, plan: Plan, switches: Switches, parameters: Parameters
) -> dict[str, float]:
    """The value of every input, by its name in the model."""
    values: dict[str, float] = {}

    def collect(names: Any, numbers: Any) -> None:
        for name, number in zip(names, numbers, strict=True):
            if isinstance(name, Reference):
                values[name.name] = float(number)
            else:
                collect(name, number)

    collect(_inputs(), (org, plan, switches, parameters))
    return values


_UNITS = (
    "currency per year",
    "currency per contact",
    "currency per month",
    "currency per hour",
    "currency per customer per year",
    "contacts per year",
    "hours per year",
    "heads per year",
    "share per year",
    "minutes per working day",
    "per month",
    "currency",
    "heads",
    "0-1",
)


def _unit(meaning: str) -> str:
    """The unit that a text of the source names, if it is one that the model often has."""
    text = meaning.split(", in: ")[0].lower()
    places = {unit: text.find(unit) for unit in _UNITS if unit in text}
    return min(places, key=lambda unit: (places[unit], -len(unit))) if places else ""


def _input_variables(inputs: _Inputs) -> Iterator[Variable]:
    def walk(names: Any) -> Iterator[Variable]:
        for field, name in zip(names._fields, names, strict=True):
            if isinstance(name, Reference):
                meaning = _field_meaning(type(names), field)
                where = f"{quantities.__name__}:{type(names).__name__}"
                yield Variable(name.name, Kind.INPUT, meaning, _unit(meaning), None, where)
            else:
                yield from walk(name)

    for part in inputs[:3]:
        yield from walk(part)
    for row in REGISTER:
        yield Variable(row.id, Kind.INPUT, row.meaning, row.unit, None, "register")


def _field_meaning(kind: Any, field: str) -> str:
    """What a field means; without words of its own: its name, and what all of them are."""
    everything = first_paragraph(kind.__doc__)
    return field_meanings(kind).get(field) or f"{field.replace('_', ' ')}: {everything}"


class _Names:
    """The names under which everybody knows the results of the model."""

    def __init__(self) -> None:
        self.of_definitions: dict[str, str] = {}
        """By the reader's key: definitions that are a result."""
        self.aliases: dict[str, Expression] = {}
        """Results that are the same as another variable, or a mere number."""

    def claim(self, kind: Any, values: Any, prefix: str) -> dict[str, Reference]:
        """Name the fields of a result; returns references to them by field."""
        fields = {}
        for field, value in zip(kind._fields, values, strict=True):
            if isinstance(value, tuple):
                fields.update(self.claim(State, value, prefix))
                continue
            name = f"{prefix}{field}"
            defined = isinstance(value, Reference) and Reader.is_key(value.name)
            if defined and value.name not in self.of_definitions:
                self.of_definitions[value.name] = name
            else:
                self.aliases[name] = value
            fields[field] = Reference(name)
        return fields


def _read(reader: Reader, inputs: _Inputs) -> _Names:
    """Read what holds today, then what holds at any moment, in which today is known."""
    names = _Names()
    start = reader.call(initial_state, (inputs.org, inputs.parameters))  # type: ignore[arg-type]
    starts = names.claim(InitialState, start, TODAY)
    today = InitialState(
        State(*(Reference(f"{TODAY}{field}") for field in State._fields)),  # type: ignore[arg-type]
        *(starts[field] for field in InitialState._fields[1:]),  # type: ignore[arg-type]
    )
    stocks = State(*(Reference(field) for field in State._fields))  # type: ignore[arg-type]
    arguments = (stocks, Reference(TIME), inputs.org, inputs.plan, inputs.switches, today)
    rates = reader.call(system.rates, (*arguments, inputs.parameters))  # type: ignore[arg-type]
    names.claim(State, rates.state, CHANGE)
    names.claim(Ledger, rates.ledger, f"{CHANGE}{PRESENT_VALUE}")
    names.claim(Outcomes, rates.outcomes, "")
    return names


@cache
def read_model() -> Model:
    """The model, from the source of its equations; read once (a fraction of a second).

    Raises :class:`~simulator.exports.translate.reader.UnreadableError` where they use what their
    grammar does not have.
    """
    reader = Reader((*State._fields, TIME))
    inputs = _inputs()
    known = _read(reader, inputs)
    input_variables = {variable.name: variable for variable in _input_variables(inputs)}
    stocks = dict(_stocks())
    keys = {Reader.key(index): definition for index, definition in enumerate(reader.definitions)}
    free = {
        key: definition.proposals
        for key, definition in keys.items()
        if key not in known.of_definitions
    }
    taken = {*input_variables, *stocks, *known.of_definitions.values(), *known.aliases, TIME}
    names = {**known.of_definitions, **settled_names(free, taken)}

    def variable(name: str, expression: Expression, meaning: str, source: str) -> Variable:
        text = _public_meaning(name, meaning)
        moves = not reader.moving.isdisjoint(references(expression))
        kind = _kind(name) if moves else Kind.CONSTANT
        return Variable(name, kind, text, _unit(text), renamed(expression, names), source)

    defined = {
        names[key]: variable(
            names[key], definition.expression, definition.meaning, definition.source
        )
        for key, definition in keys.items()
    }
    aliases = {
        name: variable(name, value, "", system.__name__) for name, value in known.aliases.items()
    }
    return Model(_ordered({**input_variables, **defined, **aliases, **stocks}))


def _stocks() -> Iterator[tuple[str, Variable]]:
    for kind, prefix in ((State, ""), (Ledger, PRESENT_VALUE)):
        for field in kind._fields:
            meaning = _field_meaning(kind, field)
            start: Expression = Reference(f"{TODAY}{field}") if kind is State else Number(0.0)
            name = f"{prefix}{field}"
            where = f"{quantities.__name__}:{kind.__name__}"
            unit = "currency" if kind is Ledger else "heads" if field == "customers" else "0-1"
            flow = f"{CHANGE}{name}"
            yield name, Variable(name, Kind.STOCK, meaning, unit, start, where, flow)


def _kind(name: str) -> Kind:
    if name in Outcomes._fields:
        return Kind.OUTCOME
    return Kind.FLOW if name.startswith(CHANGE) else Kind.AUXILIARY


def _public_meaning(name: str, meaning: str) -> str:
    """What the field of that name means, if it is one that everybody knows."""
    if name.startswith(CHANGE):
        stock = name.removeprefix(CHANGE).replace("_", " ")
        return f"Net flow of {stock}, per month"
    field = name.removeprefix(TODAY)
    for kind in (InitialState, State) if name != field else (Outcomes,):
        if field in kind._fields:
            return _field_meaning(kind, field)
    return meaning


def _ordered(variables: Mapping[str, Variable]) -> dict[str, Variable]:
    """Each after all that it needs at the same moment; stocks, which need only their start, before
    what follows from them."""
    ordered: dict[str, Variable] = {}

    def place(name: str) -> None:
        if name in ordered or name == TIME:
            return
        variable = variables[name]
        if variable.expression is not None:
            for needed in references(variable.expression):
                place(needed)
        ordered[name] = variable

    for name in variables:
        place(name)
    return ordered


def values_at(
    model: Model, inputs: Mapping[str, float], month: float, stocks: Mapping[str, float] | None
) -> dict[str, float]:
    """The value of every variable in ``month``, with these levels of ``stocks`` (today's if
    ``None``), by name."""
    values = {**inputs, TIME: month, **(stocks or {})}
    for name, variable in model.variables.items():
        if name not in values and variable.expression is not None:
            values[name] = evaluate(variable.expression, values)
    return values
