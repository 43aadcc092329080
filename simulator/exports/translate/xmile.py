"""The model as XMILE 1.0, the exchange format of system dynamics (OASIS standard)."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from simulator.errors import Message, Problem
from simulator.exports.translate.document import scenario_inputs
from simulator.exports.translate.expressions import Expression, Number, Reference
from simulator.exports.translate.model import (
    TIME,
    Kind,
    Model,
    Variable,
    read_model,
)
from simulator.scenario import Scenario, ScenarioError
from simulator.version import MODEL_VERSION, VERSION

NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"

_FUNCTIONS = {"min": "MIN", "max": "MAX", "exp": "EXP", "log": "LN", "sqrt": "SQRT"}


def equation(expression: Expression) -> str:
    """An expression in XMILE's language; each sum, product and case in brackets, so that
    the order in which a tool takes operators does not matter."""
    if isinstance(expression, Number):
        return repr(expression.value)
    if isinstance(expression, Reference):
        return "TIME" if expression.name == TIME else expression.name
    parts = [equation(argument) for argument in expression.arguments]
    match expression.operator:
        case "if":
            return f"(IF {parts[0]} THEN {parts[1]} ELSE {parts[2]})"
        case "negative":
            return f"(-{parts[0]})"
        case "pow":
            return f"({parts[0]} ^ {parts[1]})"
        case "and" | "<" | "<=" | ">" | ">=" as condition:  # stands in an IF alone
            return f"{parts[0]} {condition.upper()} {parts[1]}"
        case name if name in _FUNCTIONS:
            return f"{_FUNCTIONS[name]}({', '.join(parts)})"
        case operator:
            return f"({parts[0]} {operator} {parts[1]})"


def scenario_xmile(scenario: Scenario) -> str:
    """The model as a document with the numbers of ``scenario``: its horizon, its plan, the central
    values of its assumptions.

    Raises:
        ScenarioError: the plan is in stages: the equations have no rule that decides.
    """
    if scenario.plan.stages is not None:
        allowed = Message("null: one course that no rule decides")
        raise ScenarioError([Problem("plan.stages", Message("a plan in stages"), allowed)])
    return xmile(read_model(), scenario_inputs(scenario), scenario.horizon_months, scenario.name)


def xmile(model: Model, inputs: Mapping[str, float], months: int, name: str) -> str:
    """The model as a document: these values of its inputs, so many months, Euler with a step of one
    month. ``name`` is data, whatever is in it."""
    root = ET.Element("xmile", {"version": "1.0", "xmlns": NAMESPACE})
    header = ET.SubElement(root, "header")
    ET.SubElement(header, "vendor").text = "budget-shift"
    ET.SubElement(header, "product", {"version": VERSION}).text = f"model {MODEL_VERSION}"
    ET.SubElement(header, "name").text = _printable(name)
    specs = ET.SubElement(root, "sim_specs", {"method": "Euler", "time_units": "Months"})
    ET.SubElement(specs, "start").text = "0"
    ET.SubElement(specs, "stop").text = str(months)
    ET.SubElement(specs, "dt").text = "1"
    variables = ET.SubElement(ET.SubElement(root, "model"), "variables")
    for variable in model.variables.values():
        _element(variables, variable, inputs)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _element(parent: ET.Element, variable: Variable, inputs: Mapping[str, float]) -> None:
    tags = {Kind.STOCK: "stock", Kind.FLOW: "flow"}
    node = ET.SubElement(parent, tags.get(variable.kind, "aux"), {"name": variable.name})
    ET.SubElement(node, "doc").text = variable.meaning
    expression = variable.expression or Number(inputs[variable.name])
    ET.SubElement(node, "eqn").text = equation(expression)
    if variable.flow:
        ET.SubElement(node, "inflow").text = variable.flow
    if variable.unit:
        ET.SubElement(node, "units").text = variable.unit


def _printable(text: str) -> str:
    """``text`` without what XML cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() and not 0xD800 <= ord(sign) < 0xE000)
