"""Checked against the world: the published cases and what the model says of them."""

from __future__ import annotations

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


@json_route("validation", Request, cost=1.0)
def validation(request: Request) -> Reply:
    """What came of the cases, in words: see :func:`ui.text.validation.page`."""
    return reply(text.page(report(), request.spoken))
