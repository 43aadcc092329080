"""Analyses of the plan on the page, worked out for those who ask."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr
from starlette.routing import Route

from simulator.analyses import ANALYSES
from simulator.errors import Problem, exact, value_text
from simulator.results import DEFAULT_DRAWS
from ui import cache, refinement
from ui.http.fair import Patience
from ui.http.json_routes import Reply, Request, by_size, refused, reply, scenario_of, takes
from ui.http.watched import heard, is_watched, show_rough, watched
from ui.routes import BOARD, WORKING
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
    """By id; those that are left out are as in the plan's stages, or have their defaults."""


@takes(AnalysisRequest)
def analysis(request: AnalysisRequest) -> Reply:
    """What an analysis finds, as a table: see :func:`ui.text.analyses.table`. Those that take long
    show a first picture to whoever watches."""
    known = {name: entry for name, entry in ANALYSES.items() if entry.page}
    if request.analysis not in known:
        found = value_text(request.analysis)
        return refused([Problem("analysis", found, exact(", ".join(known)))], request.spoken)
    plan = scenario_of(request.scenario)
    chosen = known[request.analysis]
    # Checked first: a keyword that is none of its options must not reach run.
    options = chosen.checked(request.options, plan)

    def work(draws: int) -> dict[str, Any]:
        result = cache.analysed(chosen, plan, draws, options, heard)
        shown = refinement.shown_headline(plan)
        return table(result, plan.organisation.currency, draws, request.spoken, shown)

    if (
        chosen.first_draws
        and is_watched()
        and cache.analysis_at_hand(chosen, plan, DEFAULT_DRAWS, options) is None
    ):
        show_rough(work(chosen.first_draws))
    return reply(work(DEFAULT_DRAWS))


# In the background: levers come first.
_ENDPOINT = watched(analysis, WORKING, by_size(0.3, Patience.ALL))
ROUTES = (Route(BOARD + "analysis", _ENDPOINT, methods=["POST"]),)
