"""The model in the open: the map of causes and the equations with a scenario's numbers."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from simulator.errors import Message, Problem, value_text
from simulator.exports.translate import causal_map, read_model, scenario_inputs, values_at
from simulator.scenario import Evidence
from ui.http.json_routes import (
    Reply,
    Request,
    ScenarioRequest,
    json_route,
    refused,
    reply,
    scenario_of,
)
from ui.text import model as text

MOST_NAMES = 1_000
"""In one request: more than the model has variables."""


class EquationsRequest(Request):
    """Some equations with the numbers of a scenario."""

    scenario: dict[str, Any]
    names: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=MOST_NAMES)]
    """Of the variables, as the page's map and sectors have them."""


@json_route("model", ScenarioRequest, cost=0.3)
def model(request: ScenarioRequest) -> Reply:
    """The map, the loops, the claims, and which equations there are: :func:`ui.text.model.page`."""
    scenario = scenario_of(request.scenario)
    causes = causal_map(read_model(), scenario_inputs(scenario))
    return reply(text.page(read_model(), causes, Evidence.of(scenario), request.spoken))


@json_route("equations", EquationsRequest, cost=0.1)
def equations(request: EquationsRequest) -> Reply:
    """``equations``: see :func:`ui.text.model.equations`."""
    scenario = scenario_of(request.scenario)
    inputs, evidence = scenario_inputs(scenario), Evidence.of(scenario)
    read = read_model()
    for name in request.names:
        if name not in read.variables:
            problem = Problem("names", value_text(name), Message("a variable of the model"))
            return refused([problem], request.spoken)
    values = values_at(read, inputs, 0.0, None)
    explained = text.equations(request.names, read, values, evidence, request.spoken)
    return reply({"equations": explained})
