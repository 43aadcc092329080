"""The equations as a document of their own that any browser opens."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from simulator.exports.translate.causal import causal_map
from simulator.exports.translate.explained import equations
from simulator.exports.translate.mathml import math_element
from simulator.exports.translate.model import Model, input_values, read_model, values_at
from simulator.model import register
from simulator.model.quantities import Switches
from simulator.scenario import Evidence, Scenario
from simulator.version import MODEL_VERSION

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}math{font-size:1.2rem;overflow-x:auto;max-width:100%}"
    "article{margin:2rem 0}td,th{text-align:left;padding:.1rem .8rem .1rem 0;vertical-align:top}"
    "table{font-size:.9rem}"
)


def scenario_inputs(scenario: Scenario) -> dict[str, float]:
    """Every input of the model as ``scenario`` has it, assumptions at their central values."""
    return input_values(
        scenario.organisation_quantities(),
        scenario.plan_quantities(),
        Switches(drift=1.0, connecting=1.0),
        register.central(scenario.ranges()),
    )


def scenario_values(scenario: Scenario, model: Model) -> dict[str, float]:
    """Every variable of the model today."""
    return values_at(model, scenario_inputs(scenario), 0.0, None)


def scenario_mathml(scenario: Scenario) -> str:
    """All equations as an XHTML document with MathML: each with its symbols, what they mean, their
    unit, their value today in ``scenario``, and the grade and source of assumptions."""
    model = read_model()
    root = ET.Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "lang": "en"})
    head = ET.SubElement(root, "head")
    title = f"The model {MODEL_VERSION}: {scenario.name}"
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    ET.SubElement(head, "style").text = _STYLE
    body = ET.SubElement(root, "body")
    ET.SubElement(body, "h1").text = title
    for part in equations(model, scenario_values(scenario, model), Evidence.of(scenario)):
        ET.SubElement(body, "h2").text = part["sector"].replace("_", " ").capitalize()
        for equation in part["equations"]:
            _article(body, equation, model)
    text = ET.tostring(root, encoding="unicode", xml_declaration=True)
    return text + "\n"


def _article(body: ET.Element, equation: dict[str, Any], model: Model) -> None:
    article = ET.SubElement(body, "article", {"id": equation["name"]})
    ET.SubElement(article, "h3").text = equation["name"].replace("_", " ")
    ET.SubElement(article, "p").text = equation["meaning"]
    article.append(math_element(model.variables[equation["name"]]))
    table = ET.SubElement(article, "table")
    for symbol in [equation, *equation["symbols"]]:
        row = ET.SubElement(table, "tr")
        ET.SubElement(row, "th").text = symbol["name"].replace("_", " ")
        ET.SubElement(row, "td").text = f"{symbol['value']:.6g}"
        ET.SubElement(row, "td").text = symbol["unit"]
        words = [symbol["meaning"], symbol["grade"], symbol["citation"]]
        ET.SubElement(row, "td").text = "; ".join(filter(None, words))


def scenario_map(scenario: Scenario) -> dict[str, Any]:
    """The causal map today in ``scenario``, for JSON: nodes, links, loops."""
    model = read_model()
    return causal_map(model, scenario_inputs(scenario)).as_data(model)
