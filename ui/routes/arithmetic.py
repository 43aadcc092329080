"""How a number on the page came about, worked out for those who click on it; and what each
instrument costs and brings, for beside its lever."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from simulator import results
from simulator.analyses.leave_one_out import leave_one_out
from simulator.errors import Message, Problem, value_text
from ui import refinement
from ui.http.fair import Patience, pause
from ui.http.json_routes import (
    Reply,
    Request,
    ScenarioRequest,
    json_route,
    refused,
    reply,
    scenario_of,
)
from ui.routes import validation as checked
from ui.text import validation
from ui.text.arithmetic import explanation
from ui.text.instruments import returns

_ANSWERS = {"figure:verdict", "figure:net_present_value"}
"""Whoever asks for these asks how far the model can be trusted."""


class ExplainRequest(Request):
    """A number and the scenario that it is of."""

    scenario: dict[str, Any]
    number: Annotated[str, Field(max_length=100)]
    """As :mod:`ui.text.arithmetic` names it."""


@json_route("explain", ExplainRequest, cost=0.1)
def explain(request: ExplainRequest) -> Reply:
    """``lines`` (pairs of a label and an amount), a ``note``, and what the number ``rests`` on."""
    plan = scenario_of(request.scenario)
    pause()
    forecast = results.simulate(plan)
    try:
        # With the digits, and of as many draws, as what was clicked.
        shown = refinement.headline_at_hand(plan, forecast.headline)
        made = explanation(request.number, forecast, request.spoken, shown)
    except KeyError:
        found = value_text(request.number)
        problem = Problem("number", found, Message("a number of the page"))
        return refused([problem], request.spoken)
    if request.number in _ANSWERS:
        made = made.noting(validation.summary(checked.report(), request.spoken))
    return reply(made.for_browser())


@json_route("instruments", ScenarioRequest, cost=0.2, patience=Patience.ALL)
def instruments(request: ScenarioRequest) -> Reply:
    """What each instrument costs and brings, in words, by its line of the split."""
    plan = scenario_of(request.scenario)
    result = leave_one_out(plan, progress=pause)
    return reply(returns(result, request.spoken))
