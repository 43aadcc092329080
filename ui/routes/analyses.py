"""Analyses of the plan on the page, worked out for those who ask."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from simulator.analyses import ANALYSES
from simulator.errors import Problem, exact, value_text
from simulator.results import DEFAULT_DRAWS
from ui.http.fair import pause
from ui.http.json_routes import Reply, Request, json_route, refused, reply, scenario_of
from ui.text.analyses import table


class AnalysisRequest(Request):
    """An analysis, what it is asked, and the scenario that it is about."""

    scenario: dict[str, Any]
    analysis: Annotated[str, Field(max_length=100)]
    options: Annotated[
        dict[
            Annotated[str, Field(max_length=100)],
            StrictBool | StrictInt | StrictFloat | Annotated[StrictStr, Field(max_length=100)],
        ],
        Field(max_length=100),
    ] = Field(default_factory=dict)
    """By id; those that are left out have their defaults."""


@json_route("analysis", AnalysisRequest, cost=0.3)
def analysis(request: AnalysisRequest) -> Reply:
    """What an analysis finds, as a table: see :func:`ui.text.analyses.table`."""
    known = {name: one for name, one in ANALYSES.items() if one.page}
    if request.analysis not in known:
        found = value_text(request.analysis)
        return refused([Problem("analysis", found, exact(", ".join(known)))], request.spoken)
    plan = scenario_of(request.scenario)
    chosen = known[request.analysis]
    # Checked first: a keyword that is none of its options must not reach run.
    result = chosen.run(plan, DEFAULT_DRAWS, progress=pause, **chosen.checked(request.options))
    return reply(table(result, plan.organisation.currency, DEFAULT_DRAWS, request.spoken))
