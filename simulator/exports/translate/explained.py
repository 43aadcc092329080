"""Every equation with its symbols explained: meaning, unit, value here, source and grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.exports.translate.expressions import references
from simulator.exports.translate.mathml import mathml
from simulator.exports.translate.model import CHANGE, TIME, Kind, Model, Variable
from simulator.model.register import BY_ID
from simulator.scenario import OWN_FIGURE, Evidence

SECTORS = (
    "decisions",
    "connectedness",
    "service",
    "customers",
    "insight",
    "capability",
    "returns",
    "money",
    "flows",
    "outcomes",
    "initial_state",
)
"""Where equations stand, in the order in which they are read; a stock stands with its flow."""


def sector(variable: Variable) -> str:
    """The part of the model that has the equation: the last part of its module's name."""
    module = variable.source.split(":")[0].rsplit(".", 1)[-1]
    return module if module in SECTORS else "flows"


def equations(
    model: Model, values: Mapping[str, float], evidence: Evidence
) -> list[dict[str, Any]]:
    """All equations by sector, for JSON: each with its mathematics (``mathml``) and ``symbols``,
    of which each is explained; ``values`` has the value of every variable, ``evidence`` the grades
    of the scenario that they are of."""
    return [
        {
            "sector": name,
            "equations": [
                _equation(variable, model, values, evidence)
                for variable in model.variables.values()
                if variable.kind is not Kind.INPUT and sector(variable) == name
            ],
        }
        for name in SECTORS
    ]


def symbols(variable: Variable) -> list[str]:
    """What stands in the equation of ``variable``, but the time, each once and in order."""
    needed: dict[str, None] = {}
    if variable.expression is not None:
        needed.update(dict.fromkeys(references(variable.expression)))
    if variable.flow:
        needed[variable.flow] = None
    if variable.kind is Kind.FLOW:
        needed[variable.name.removeprefix(CHANGE)] = None
    return [name for name in needed if name != TIME]


def _equation(
    variable: Variable, model: Model, values: Mapping[str, float], evidence: Evidence
) -> dict[str, Any]:
    return {
        **_explained(variable, values, evidence),
        "mathml": mathml(variable),
        "symbols": [
            _explained(model.variables[name], values, evidence) for name in symbols(variable)
        ],
    }


def _explained(
    variable: Variable, values: Mapping[str, float], evidence: Evidence
) -> dict[str, Any]:
    row = BY_ID.get(variable.name) if variable.source == "register" else None
    is_own = row is not None and row.id in evidence.own
    return {
        "name": variable.name,
        "kind": str(variable.kind),
        "meaning": variable.meaning,
        "unit": variable.unit,
        "value": values[variable.name],
        "where": variable.source,
        "grade": evidence.grade(row.id) if row else "",
        "citation": OWN_FIGURE if is_own else row.citation if row else "",
    }
