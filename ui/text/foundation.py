"""What a number of the page rests on: the assumptions that it follows most over the draws of the
plan that it is of, and the grade of the weakest of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.analyses.influence import rests_on
from simulator.analyses.revenue import margin_by_draw
from simulator.analyses.value_bridge import by_draw
from simulator.i18n.language import Language
from simulator.model.register import GRADES
from simulator.results import Forecast
from simulator.scenario import Evidence

VALUE = "net_present_value"


@dataclass(frozen=True, slots=True)
class Foundation:
    """What a number rests on."""

    assumptions: tuple[str, ...]
    """Ids in the register of those that matter most; empty where none does."""
    grade: str
    """A to E: of the weakest of them; empty without any."""
    grade_meaning: str

    def for_browser(self) -> dict[str, object]:
        """As the page takes it; what JSON can hold."""
        return {
            "assumptions": list(self.assumptions),
            "grade": self.grade,
            "gradeMeaning": self.grade_meaning,
        }


def foundation(assumptions: Sequence[str], evidence: Evidence, language: Language) -> Foundation:
    """What is said of a number that rests on these ``assumptions``, ids in the register."""
    grade = evidence.weakest(assumptions)
    meaning = language.gettext(GRADES[grade]) if grade else ""
    return Foundation(tuple(assumptions), grade, meaning)


def of_figure(figure: str, forecast: Forecast, language: Language) -> Foundation:
    """Of a figure; the verdict is the sign of the value, the worst tenth one end of it, and they
    rest on what that rests on."""
    draws = forecast.values[VALUE if figure in {"verdict", "worst_case"} else figure]
    return foundation(rests_on(draws, forecast), Evidence.of(forecast.scenario), language)


def of_parts(parts: Sequence[str], forecast: Forecast, language: Language) -> Foundation:
    """Of what these parts of the value come to together: ids of
    :class:`~simulator.analyses.value_bridge.ValueBridge`, or ``saved``."""
    flows = by_draw(forecast).parts
    margin = margin_by_draw(forecast, flows["margin"])
    amounts = {**flows, **margin, "saved": flows["freed"] + flows["instruments"]}
    together = np.sum([amounts[part] for part in parts], axis=0) if parts else np.zeros(1)
    return foundation(rests_on(together, forecast), Evidence.of(forecast.scenario), language)
