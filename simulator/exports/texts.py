"""What the spreadsheet and the CSV file say, in any language."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from simulator.analyses.comparison import (
    BUDGETS,
    CAVEATS,
    HEADLINE_ROWS,
    MEASURES,
    NEITHER,
    NO_LONGER_IN_TIME,
    NOW_IN_TIME,
    SAME,
    Comparison,
    in_time,
)
from simulator.model.register import REGISTER
from simulator.results import NOTHING_CHANGED, OUTCOMES, VERDICTS
from simulator.results.years import SPANS
from simulator.scenario import OWN_FIGURE, diff
from simulator.scenario.evidence import is_worded

Translate = Callable[[str], str]
Cell = str | float | None

BANDS = ("P10", "P50", "P90")
ENDS = ("low", "central", "high")
"""Of an estimate, and of an assumption's range."""

CHANCE_BY_YEAR = "Better than carrying on, counted up to the end of"
"""What the years are headed with."""

NEVER = "not within the horizon"
UNDEFINED = "not defined"

SHEETS: Mapping[str, str] = {
    "answer": "Answer",
    "headline": "Headline",
    "charts": "Charts",
    "over_time": "Over time",
    "budgets": "Budgets",
    "differences": "Differences",
    "ranking": "Ranking",
    "assumptions": "Assumptions",
    "about": "About",
}
"""The sheets of the workbook, in their order."""

_WORDS: tuple[str, ...] = (
    "Figure",
    "Unit",
    "Currency",
    "Horizon",
    "months",
    "Each over its own horizon",
    "Difference from the first, over the common months",
    "Month",
    "Today",
    "With the plan",
    "In all",
    "Group",
    "What differs",
    "Low",
    "Central",
    "Assumption",
    "Grade",
    "Source",
    "What was reported",
    "What the simulator is asked: which of these plans is better, in the same draws of the world?",
    "High",
    "Nothing differs.",
    "Scenario",
    "Best in",
    "Expected rank",
    "Carrying on",
    "Compared",
    "With",
    "Difference",
    "Better in",
    "No difference in",
    "Worse in",
    "Verdict",
    "cannot be compared",
    "Model version",
    "Simulator version",
    "Draws",
    "Draws of the headline figures",
    "Seed",
    "Common months",
    "Date",
    "Author",
    "Notes",
    "Organisation",
    "Saved with model version",
    "To know before comparing",
    "How to read it",
    "none of {draws}",
    "all {draws}",
    "share of draws",
    "assumptions that differ",
    OWN_FIGURE,
    "rank",
    "text",
    "Measured by",
    *BANDS,
    CHANCE_BY_YEAR,
    *SPANS,
    NEVER,
    NOW_IN_TIME,
    NO_LONGER_IN_TIME,
    UNDEFINED,
)
NOTES: tuple[str, ...] = (
    "P10: one draw in ten is below. P50: the median. P90: one in ten is above.",
    "All scenarios run in the same draws of the assumptions. A difference from the first is that "
    "of two medians; its P10 and P90, and all that is said of pairs, are taken draw by draw.",
    "Better in: the share of draws in which the scenario named first is better than the other. In "
    "the verdict, draws without a difference count half; 33 up to 66 % is too close to call.",
    "Best in: the share of draws in which the scenario is the best of all; ties are shared.",
)


def texts() -> Iterator[str]:
    """Every text that goes through ``translate``, some more than once. Units have a placeholder
    ``{currency}`` where they name one."""
    yield from SHEETS.values()
    yield from _WORDS
    yield from NOTES
    yield from CAVEATS.values()
    yield from BUDGETS.values()
    yield from (measure.meaning for measure in MEASURES.values())
    yield from (SAME, NOTHING_CHANGED, *(words for _, words in VERDICTS))
    catalogues = (HEADLINE_ROWS, MEASURES, OUTCOMES)
    for label, unit in (
        (row.label, row.unit) for catalogue in catalogues for row in catalogue.values()
    ):
        yield from (label, _unit_text(unit))
    yield from (
        text
        for parameter in REGISTER
        for text in (parameter.group, parameter.label, parameter.unit)
    )
    yield from (parameter.reported_figure for parameter in REGISTER)
    yield from (parameter.citation for parameter in REGISTER if is_worded(parameter))
    yield from diff.texts()
    yield from map(_unit_text, diff.units())


def _unit_text(unit: str) -> str:
    return unit.replace("currency", "{currency}")


class Translator:
    """Turns what a comparison holds into texts of one language."""

    def __init__(
        self,
        comparison: Comparison,
        translate: Translate,
        noun: Translate,
        quoted: Translate | None = None,
    ) -> None:
        self.text = translate
        self.quoted = quoted or translate
        """What sources reported: of customers, whatever this organisation calls its own."""
        self._noun = noun
        codes = {scenario.organisation.currency for scenario in comparison.scenarios}
        self.mixed = len(codes) > 1
        self._currency = translate("Currency") if self.mixed else codes.pop()
        self.names = [scenario.name for scenario in comparison.scenarios]
        self.heads = [
            f"{scenario.name} ({scenario.organisation.currency})" if self.mixed else scenario.name
            for scenario in comparison.scenarios
        ]
        """The same with their currencies, if there are several."""

    def unit(self, unit: str, currency: str | None = None) -> str:
        """A unit, with its currency: that of all, if they have the same."""
        if not unit:
            return ""
        text = self.text(_unit_text(unit))
        return text.replace("{currency}", currency or self._currency)

    def place(self, place: Iterable[str]) -> str:
        return ": ".join(map(self.text, place))

    def input(self, path: str, value: float | str | None) -> Cell:
        """A lever, a number or a name of the organisation, or in words that it is not known."""
        if path.endswith(".customers_called"):
            return self._noun(str(value))
        words = diff.said(path, value)
        is_ours = path.startswith(diff.STAGES) or words != value
        return self.text(words) if isinstance(words, str) and is_ours else words

    def figure(self, value: float, unit: str, *, difference: bool = False) -> Cell:
        """A figure as it is, but in words where money is not back in time."""
        if unit != "month":
            return value
        if difference:
            words = in_time(value)
            return self.text(words) if words not in {"", NEITHER} else words or value
        return self.text(NEVER) if math.isinf(value) else value

    def number(self, value: float) -> Cell:
        """A number, or in words that there is none."""
        return value if math.isfinite(value) else self.text(UNDEFINED)


def ranked(comparison: Comparison) -> list[str]:
    """Measures that all scenarios can be ranked by."""
    return [measure for measure in MEASURES if comparison.obstacle(measure) is None]


def pairs(comparison: Comparison) -> list[tuple[str, int, int]]:
    """Measures and pairs that can be compared."""
    couples = list(itertools.combinations(range(len(comparison.scenarios)), 2))
    return [
        (measure, *couple)
        for measure in MEASURES
        for couple in couples
        if comparison.obstacle(measure, *couple) is None
    ]
