"""Equations as mathematics: they say what they are made from, and each symbol is explained."""

from __future__ import annotations

import json
import math
import re
from xml.etree import ElementTree as ET

import pytest

import simulator
from simulator.exports.translate import Kind, read_model, values_at
from simulator.exports.translate.document import scenario_inputs, scenario_mathml, scenario_values
from simulator.exports.translate.explained import SECTORS, equations
from simulator.exports.translate.expressions import Expression, Number, Operation, Reference
from simulator.exports.translate.mathml import NAMESPACE, Wording, mathml
from simulator.exports.translate.model import TIME, Variable
from simulator.scenario import AS_REGISTERED

SIGNS = {"−": "-", "·": "*", "≤": "<=", "≥": ">=", "∧": " and ", "=": "=="}


def _python(node: ET.Element) -> str:
    """What the node says, as Python: by the usual order of operators alone."""
    tag = node.tag.removeprefix(f"{{{NAMESPACE}}}")
    parts = [_python(child) for child in node]
    if name := node.get("data-symbol"):
        return f"v[{name!r}]"
    match tag:
        case "mfrac":
            return f"(({parts[0]})/({parts[1]}))"
        case "msup":
            base = parts[0] if node[0][:] or parts[0] != "e" else "math.e"
            return f"({base}**({parts[1]}))"
        case "msqrt":
            return f"math.sqrt({''.join(parts)})"
        case "mtable":
            (then, when), (otherwise, _) = ([_python(cell) for cell in line] for line in node)
            return f"(({then}) if ({when}) else ({otherwise}))"
        case "mi":
            return {"t": f"v[{TIME!r}]", "ln": "math.log"}.get(node.text or "", node.text or "")
        case "mo":
            return "" if node.text == "{" else SIGNS.get(node.text or "", node.text or "")
    return "".join(parts) or (node.text or "").replace("−", "-")


def _read(text: str) -> str:
    (row,) = ET.fromstring(text)  # noqa: S314
    return "".join(_python(part) for part in list(row)[2:])


@pytest.mark.parametrize("name", ["balanced-shift", "municipality-citizens"])
def test_read_as_mathematics_an_equation_is_what_it_was(name: str) -> None:
    model = read_model()
    values = values_at(model, scenario_inputs(simulator.load(name)), 18.0, None)
    kinds = (Kind.CONSTANT, Kind.AUXILIARY, Kind.FLOW, Kind.OUTCOME)
    for variable in model.of_kind(*kinds):
        read = eval(_read(mathml(variable)), {"math": math, "v": values})  # noqa: S307 - made above
        assert read == pytest.approx(values[variable.name], rel=1e-9, abs=1e-9), variable.name


A, B, C = (Reference(name) for name in "abc")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (Operation("-", (A, Operation("-", (B, C)))), "a-(b-c)"),
        (Operation("-", (Operation("-", (A, B)), C)), "a-b-c"),
        (Operation("*", (A, Operation("+", (B, C)))), "a*(b+c)"),
        (Operation("+", (A, Operation("negative", (B,)))), "a+(-b)"),
        (Operation("pow", (Operation("+", (A, B)), C)), "((a+b)**(c))"),
        (Operation("pow", (Operation("/", (A, B)), C)), "((((a)/(b)))**(c))"),
        (Operation("negative", (Operation("+", (A, B)),)), "-(a+b)"),
        (Operation("*", (A, Number(-2.0))), "a*(-2)"),
        (Number(1e-9), "(10**(-9))"),
    ],
    ids=str,
)
def test_brackets_stand_where_they_are_needed_alone(expression: Expression, text: str) -> None:
    variable = Variable("x", Kind.AUXILIARY, "", "", expression, "")
    assert re.sub(r"v\['(\w)'\]", r"\1", _read(mathml(variable))) == text


def test_a_name_is_never_markup() -> None:
    variable = Variable("x", Kind.INPUT, "", "", None, "")
    text = mathml(variable, Wording(symbol=lambda name: '<script>"&'))
    assert "<script" not in text and [*ET.fromstring(text).iter()][-1].text == '<script>"&'  # noqa: S314


def test_every_equation_is_there_once_and_every_symbol_explained() -> None:
    model = read_model()
    sectors = equations(
        model, scenario_values(simulator.load("balanced-shift"), model), AS_REGISTERED
    )
    assert [part["sector"] for part in sectors] == list(SECTORS)
    assert all(part["equations"] for part in sectors)
    written = [equation["name"] for part in sectors for equation in part["equations"]]
    expected = {variable.name for variable in model.variables.values()} - {
        variable.name for variable in model.of_kind(Kind.INPUT)
    }
    assert sorted(written) == sorted(expected)
    for part in sectors:
        for equation in part["equations"]:
            explained = {symbol["name"] for symbol in equation["symbols"]} | {equation["name"]}
            shown = set(re.findall(r'data-symbol="(\w+)"', equation["mathml"]))
            assert shown <= explained, equation["name"]
            for symbol in equation["symbols"]:
                assert symbol["meaning"] and math.isfinite(symbol["value"])
                if symbol["where"] == "register":
                    assert symbol["grade"] in "ABCDE" and symbol["unit"]
    json.dumps(sectors, allow_nan=False)


def test_the_document_is_well_formed_and_a_name_is_data() -> None:
    scenario = simulator.load("balanced-shift").changed(name="<b>A</b> & co")
    root = ET.fromstring(scenario_mathml(scenario).encode("utf-8"))  # noqa: S314
    assert root.findtext(".//{*}h1", "").endswith("<b>A</b> & co")
    inputs = sum(1 for _ in read_model().of_kind(Kind.INPUT))
    assert len(root.findall(".//{*}math")) == len(read_model().variables) - inputs
