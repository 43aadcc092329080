"""The chance of being better by year, as a table; :mod:`simulator.results.years` works it out."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.analyses.base import (
    Analysis,
    Column,
    Command,
    Progress,
    Result,
    Row,
    unheard,
)
from simulator.results import verdict, years
from simulator.results.years import SPANS, ChanceByYear
from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class ChanceTable(Result):
    """The chance of being better, a year a row."""

    columns = (
        Column("span", "Counted up to the end of", "text", "Up to the\nend of"),
        Column("chance", "Better in", "chance"),
        Column("verdict", "Verdict", "text"),
    )

    years: ChanceByYear

    def rows(self) -> tuple[Row, ...]:
        """Years by number, from ``1``."""
        return tuple(
            Row(str(year), {"span": SPANS[year - 1], "chance": chance, "verdict": verdict(chance)})
            for year, chance in enumerate(self.years.chances, 1)
        )


def _run(scenario: Scenario, draws: int, *, progress: Progress = unheard) -> ChanceTable:
    return ChanceTable(
        years.chance_by_year(scenario, draws, progress=lambda done: progress(done, draws))
    )


ANALYSIS = Analysis(
    "chance_by_year",
    _run,
    ChanceTable,
    command=Command(
        flag="chance-by-year",
        help="also tell the chance of being better for each of ten years (text and json)",
        lead="Chance that the plan is better than carrying on, counted up to the end of each year.",
        nothing="Nothing is known of any year.",
    ),
)
"""Not on the page as a table: there it is a chart, and speaks through the sentence."""
