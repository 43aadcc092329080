"""Checked against the world: the published cases and what the model says of them."""

from __future__ import annotations

from typing import Any

from simulator.i18n.language import Language
from simulator.scenario import Scenario, plausibility
from simulator.validation import Report, validate
from ui.bounded import SingleFlight
from ui.http.fair import pause
from ui.http.json_routes import Reply, Request, json_route, reply
from ui.text import validation as text

_report: SingleFlight[Report] = SingleFlight(1.0)
"""The same for every visitor and every scenario: made once, by whoever asks first."""


def report() -> Report:
    """What came of the cases; made by whoever asks first."""
    return _report.get(lambda: validate(progress=pause))


def doubts(plan: Scenario, language: Language, *, too_late: bool) -> list[dict[str, Any]]:
    """What the result of a plan can be doubted for, each in the form of
    :func:`simulator.scenario.plausibility.noted`: one that starts ``too_late`` does nothing that
    could be. That the model does not hold for the organisation is said once that is checked."""
    organisation = plan.organisation
    return [
        *plausibility.noted(organisation, language, None if too_late else plan.plan),
        *text.doubt(_report.known, organisation, language),
    ]


@json_route("validation", Request, cost=1.0)
def validation(request: Request) -> Reply:
    """What came of the cases, in words: see :func:`ui.text.validation.page`."""
    return reply(text.page(report(), request.spoken))
