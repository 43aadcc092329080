"""What the page has to show, by the engine."""

from __future__ import annotations

from simulator import results
from simulator.i18n.language import ENGLISH
from simulator.scenario import Scenario
from ui.text.headline import headline_strip


def expected(scenario: Scenario) -> dict[str, str]:
    """The headline figures that the engine gives for a scenario, in words."""
    strip = headline_strip(
        results.simulate(scenario).headline,
        scenario.organisation.currency,
        scenario.horizon_months,
        ENGLISH,
    )
    return {one.id: one.value for one in strip.figures}
