"""What the board asks of the server, and what it is answered."""

from __future__ import annotations

import json
from typing import Any

from simulator import scenario
from simulator.scenario import Scenario
from ui.routes import simulate as routes

MOST_SAID = 11
"""Numbers in the sentence of a shipped scenario: so many the rest of its first screen leaves room
for."""


def document(plan: Scenario) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(scenario.dump(plan))
    del content["$schema"]
    return content


def answer_to(plan: Scenario, **more: object) -> dict[str, Any]:
    reply = routes.answer(json.dumps({"scenario": document(plan), **more}).encode())
    content: dict[str, Any] = json.loads(reply.body)
    assert reply.status == 200, content
    return content
