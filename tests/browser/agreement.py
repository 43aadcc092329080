"""Whether the page shows what the engine gives."""

from __future__ import annotations

import json
from typing import Any

from simulator import results, scenario
from simulator.i18n.language import LANGUAGES
from tests.browser.helpers import Board
from ui import cache, refinement
from ui.text import levers
from ui.text.headline import headline_strip


def simulated(
    document: dict[str, Any], code: str = "en", *, at_rest: bool = False
) -> dict[str, str]:
    """The figures that the engine gives for a document, as the strip words them; ``at_rest``: once
    all draws are there that keep its digits from changing."""
    plan = scenario.parse(json.dumps(document))
    if at_rest:
        headline = refinement.settled(plan, cache.results(plan, ())).headline
    else:
        headline = results.simulate(plan).headline
    strip = headline_strip(
        headline,
        plan.organisation.currency,
        plan.horizon_months,
        LANGUAGES[code],
        too_late=levers.starts_too_late(plan),
    )
    return {figure.id: figure.value for figure in strip.figures}


def shown_and_simulated_agree(board: Board, code: str = "en") -> None:
    """A page that has stood for half a second may show more draws already."""
    shown, document = board.figures(), board.doc()
    if shown != simulated(document, code):
        settled = simulated(document, code, at_rest=True)
        assert shown == settled, f"shown: {shown}; simulated: {settled}"
