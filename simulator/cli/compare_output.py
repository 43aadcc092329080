"""What ``compare`` prints: tables for people, JSON for programs, CSV and a spreadsheet.

Imported when there is something to print: it takes a second.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulator.analyses.comparison import (
    CAVEATS,
    HEADLINE_ROWS,
    LETTERS,
    MEASURES,
    Caveat,
    Comparison,
    HeadlineRow,
    Measure,
    Ranking,
    figure_of,
    in_time,
    left_out,
)
from simulator.cli import numbers
from simulator.cli.output import (
    VERSIONS,
    WIDTH,
    as_json,
    empty_table,
    estimate_json,
    finite_or_none,
    rendered,
)
from simulator.cli.refusal import harmless
from simulator.cli.words import words_of
from simulator.exports import csv_text, workbook
from simulator.model.register import Range
from simulator.results import Estimate, precision
from simulator.results.chances import of_whole
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from rich.table import Table


@dataclass(frozen=True, slots=True)
class Job:
    """What ``compare`` was asked to do."""

    comparison: Comparison
    sources: Sequence[str]
    """The files, as they were given."""
    measure: str
    encoding: str
    """Of text."""


# --- for people -----------------------------------------------------------------------------------


def compare_text(job: Job) -> bytes:
    """Tables and sentences for people."""
    comparison = job.comparison
    parts: list[str | Table] = [
        f"{letter}  {harmless(scenario.name)} ({harmless(scenario.organisation.name)}; "
        f"{scenario.horizon_months} months, {scenario.organisation.currency})"
        for letter, scenario in zip(LETTERS, comparison.scenarios, strict=False)
    ]
    parts += [
        "",
        f"{comparison.draws:,} draws, seed {comparison.seed}, {comparison.months} months in "
        f"common, model {MODEL_VERSION}",
        "",
    ]
    for caveat in comparison.caveats:
        parts += [f"{_letters(caveat.scenarios)}: {_caveat_text(caveat)}", ""]
    parts += [_headline_table(comparison), "", _difference_table(comparison), ""]
    return rendered([*parts, *_better_text(job)], WIDTH, job.encoding)


def _letters(positions: Iterable[int]) -> str:
    return ", ".join(LETTERS[place] for place in positions)


def _caveat_text(caveat: Caveat) -> str:
    if caveat.kind != "model":
        return CAVEATS[caveat.kind]
    versions = ", ".join(str(caveat.values[place]) for place in caveat.scenarios)
    return f"{CAVEATS[caveat.kind]} Saved with: {versions}."


def _figure_writer(
    unit: str, horizon: int, *, in_percent: bool = False, of_draws: bool = False
) -> Callable[[float], str]:
    """How a figure of the headline is written, its currency left to the head of the table;
    ``in_percent``: whether a ratio is; ``of_draws``: whether a share is one of the draws."""
    match unit.split(" ")[0]:
        case "ratio" if not in_percent:
            return numbers.per_unit
        case "share" if of_draws:
            # Six of them side by side are too wide in one line.
            return lambda value: numbers.probability_text(value, 1).replace(" than ", " than\n")
        case "share" | "ratio":
            return lambda value: numbers.percent(value, 1)
        case "month":
            return lambda value: "never" if math.isinf(value) else numbers.month(value, horizon)
        case "heads":
            return numbers.heads
    return numbers.short


def _numbers_whole(table: Table) -> Table:
    """The table, in which a long label takes two lines rather than a number being cut."""
    for position, column in enumerate(table.columns):
        column.no_wrap = position > 0
    return table


def _headline_table(comparison: Comparison) -> Table:
    """The figures of every scenario over its own horizon."""
    table = _numbers_whole(
        empty_table("Each over its own horizon", *LETTERS[: len(comparison.scenarios)])
    )
    words = words_of(comparison.scenarios)
    for figure in HEADLINE_ROWS.values():
        values = [
            _supported(figure_of(headline, figure.id), figure, headline.net_present_value)
            for headline in comparison.headlines
        ]
        writers = [
            _figure_writer(
                figure.unit,
                scenario.horizon_months,
                in_percent=figure.in_percent,
                of_draws=not figure.at_end,
            )
            for scenario in comparison.scenarios
        ]
        columns = [*zip(writers, values, strict=True)]
        label = words(figure.label) + (", at the end" if figure.at_end else "")
        if figure.id == "net_present_value":
            for band, end in (("P10", "low"), ("P50", "central"), ("P90", "high")):
                cells = (write(getattr(value, end)) for write, value in columns)
                table.add_row(f"{label}, {band}", *cells)
        else:
            table.add_row(label, *(write(_middle(value)) for write, value in columns))
    return table


def _supported(
    value: Estimate | float | None, figure: HeadlineRow, worth: Estimate | float | None
) -> Estimate | float | None:
    """Money and ratios with the digits that their draws support; ``worth``, the value against
    carrying on, says how many for a figure that is one number over all draws."""
    if value is None or figure.unit not in {"currency", "ratio"}:
        return value
    if isinstance(value, Estimate):
        return precision.shown(value)
    return precision.shown_value(value, worth.error if isinstance(worth, Estimate) else 0.0)


def _middle(figure: Estimate | float | None) -> float:
    if figure is None:
        return math.nan
    return figure if isinstance(figure, float | int) else figure.central


def _difference_table(comparison: Comparison) -> Table:
    """What the others are more than the first."""
    places = range(1, len(comparison.scenarios))
    columns = (LETTERS[place] for place in places)
    table = _numbers_whole(empty_table(f"More than A, in {comparison.months} months", *columns))
    differences = [comparison.differences(place) for place in places]
    words = words_of(comparison.scenarios)
    for figure in HEADLINE_ROWS.values():
        values = [
            _supported(difference[figure.id], figure, difference["net_present_value"])
            for difference in differences
        ]
        label = words(figure.label) + (", at the end" if figure.at_end else "")
        cells = (
            numbers.UNDEFINED
            if value is None
            else _difference_text(_middle(value), figure.unit, in_percent=figure.in_percent)
            for value in values
        )
        table.add_row(label, *cells)
    return table


def _difference_text(value: float, unit: str, *, in_percent: bool) -> str:
    """A difference from the scenario A."""
    kind = unit.split(" ")[0]
    if kind == "month" and (words := in_time(value)):
        return words.replace(" in ", "\nin ")  # six of them side by side are too wide in one line
    if (kind == "share" or in_percent) and math.isfinite(value):
        return f"{numbers.grouped(100.0 * value, 1)} pts"
    return _figure_writer("" if kind == "month" else unit, 0)(value)


def _better_text(job: Job) -> Iterator[str | Table]:
    """Pairs and ranking by the measure that was asked for."""
    comparison, measure = job.comparison, MEASURES[job.measure]
    codes = {scenario.organisation.currency for scenario in comparison.scenarios}
    unit = "" if measure.unit == "ratio" else f" ({measure.unit})"
    if len(codes) == 1:
        unit = unit.replace("currency", codes.pop())
    yield f"By {measure.label[0].lower()}{measure.label[1:]}{unit}: {measure.meaning}"
    yield ""
    yield _pair_table(comparison, measure)
    yield ""
    if obstacle := comparison.obstacle(measure.id):
        yield f"No ranking of all. {CAVEATS[obstacle.kind]}"
        return
    yield _ranking_table(comparison.ranking(measure.id))
    yield ""
    if lost := left_out(comparison, measure.id):
        obstacle = comparison.obstacle(measure.id, lost[0], comparison.carrying_on)
        yield f"Left out: {_letters(lost)}. {CAVEATS[obstacle.kind] if obstacle else ''}"
        yield ""
    yield (
        "Differences are medians, taken draw by draw. P10: one draw in ten is below. P50: the "
        "median. P90: one in ten is above. For the verdict, draws without a difference count half."
    )


def _pair_table(comparison: Comparison, measure: Measure) -> Table:
    """Whether each is better than each that was given before it."""
    write = numbers.percent if measure.unit == "ratio" else numbers.short
    table = _numbers_whole(
        empty_table("Is it better?", "P10", "P50", "P90", "Better in", "Verdict")
    )
    for first, second in itertools.combinations(range(len(comparison.scenarios)), 2):
        name = f"{LETTERS[second]} than {LETTERS[first]}"
        if obstacle := comparison.obstacle(measure.id, first, second):
            reason = "other currency" if obstacle.kind == "currency" else "nothing is moved"
            table.add_row(name, *[numbers.UNDEFINED] * 4, reason)
            continue
        pair = comparison.pair(first, second, measure.id)
        difference = precision.shown(pair.difference)
        cells = map(write, (difference.low, difference.central, difference.high))
        table.add_row(name, *cells, numbers.probability_text(pair.better), pair.verdict)
    return table


def _ranking_table(ranking: Ranking) -> Table:
    """How often each is the best of all."""
    table = empty_table("Which is best?", "Best in", "Expected rank")
    rows = [
        *zip(ranking.letters, ranking.best, ranking.rank, strict=True),
        ("carrying on", ranking.carrying_on, ranking.carrying_on_rank),
    ]
    read = of_whole({letter: best for letter, best, _ in rows})
    for letter, _, rank in rows:
        place = numbers.UNDEFINED if math.isnan(rank) else f"{rank:.1f}"
        table.add_row(letter, numbers.probability_text(read[letter]), place)
    return table


# --- for programs ---------------------------------------------------------------------------------


def compare_json(job: Job) -> bytes:
    """All of it for programs; ``docs/CLI.md`` says what each key is."""
    comparison, measure = job.comparison, job.measure
    obstacle = comparison.obstacle(measure)
    places = range(1, len(comparison.scenarios))
    return as_json(
        {
            **VERSIONS,
            "draws": comparison.draws,
            "seed": comparison.seed,
            "horizon_months": comparison.months,
            "scenarios": _scenarios_json(job),
            "caveats": [
                {
                    "kind": caveat.kind,
                    "scenarios": list(caveat.scenarios),
                    "values": list(caveat.values),
                    "text": _caveat_text(caveat),
                }
                for caveat in comparison.caveats
            ],
            "differences": [
                {
                    name: _figure_json(figure)
                    for name, figure in comparison.differences(place).items()
                }
                for place in places
            ],
            "differing": [
                {
                    "path": difference.path,
                    "unit": difference.unit,
                    "values": [
                        asdict(value) if isinstance(value, Range) else value
                        for value in difference.values
                    ],
                }
                for difference in comparison.diffs
            ],
            "measure": measure,
            "pairs": _pairs_json(comparison, measure),
            "ranking": None if obstacle else _ranking_json(comparison.ranking(measure)),
        }
    )


def _scenarios_json(job: Job) -> list[dict[str, Any]]:
    comparison = job.comparison
    return [
        {
            "name": scenario.name,
            "file": None if source == "-" else source,
            "organisation": scenario.organisation.name,
            "currency": scenario.organisation.currency,
            "horizon_months": scenario.horizon_months,
            "headline": {name: _figure_json(figure_of(headline, name)) for name in HEADLINE_ROWS},
            "budgets": {"today": dict(spending.today), "plan": dict(spending.plan)},
        }
        for scenario, source, headline, spending in zip(
            comparison.scenarios,
            job.sources,
            comparison.headlines,
            comparison.spending,
            strict=True,
        )
    ]


def _pairs_json(comparison: Comparison, measure: str) -> list[dict[str, Any]]:
    couples = itertools.combinations(range(len(comparison.scenarios)), 2)
    pairs = (
        comparison.pair(*couple, measure)
        for couple in couples
        if comparison.obstacle(measure, *couple) is None
    )
    return [
        {
            "first": pair.first,
            "second": pair.second,
            "difference": estimate_json(pair.difference),
            "better": pair.better,
            "same": pair.same,
            "worse": pair.worse,
            "verdict": pair.verdict,
        }
        for pair in pairs
    ]


def _ranking_json(ranking: Ranking) -> dict[str, Any]:
    return {
        "best": [finite_or_none(share) for share in ranking.best],
        "rank": [finite_or_none(rank) for rank in ranking.rank],
        "carrying_on": finite_or_none(ranking.carrying_on),
        "carrying_on_rank": finite_or_none(ranking.carrying_on_rank),
    }


def _figure_json(figure: Estimate | float | None) -> dict[str, float | None] | float | None:
    if figure is None or isinstance(figure, float | int):
        return None if figure is None else finite_or_none(figure)
    return estimate_json(figure)


def compare_csv(job: Job) -> bytes:
    """The long table of all that there is."""
    words = words_of(job.comparison.scenarios)
    return csv_text(job.comparison, translate=words).encode("utf-8")


def compare_xlsx(job: Job) -> bytes:
    """A spreadsheet with charts, dated today."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return workbook(job.comparison, today, translate=words_of(job.comparison.scenarios), quoted=str)
