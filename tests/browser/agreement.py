"""Whether the page shows what the engine gives."""

from __future__ import annotations

import json
from typing import Any

from simulator import results, scenario
from simulator.i18n.language import LANGUAGES
from tests.browser.helpers import Board
from ui.text import levers
from ui.text.headline import headline_strip


def simulated(document: dict[str, Any], code: str = "en") -> dict[str, str]:
    """The figures that the engine gives for a document, as the strip words them."""
    plan = scenario.parse(json.dumps(document))
    strip = headline_strip(
        results.simulate(plan).headline,
        plan.organisation.currency,
        plan.horizon_months,
        LANGUAGES[code],
        too_late=levers.starts_too_late(plan),
    )
    return {one.id: one.value for one in strip.figures}


def shown_and_simulated_agree(board: Board, code: str = "en") -> None:
    assert board.figures() == simulated(board.doc(), code)
