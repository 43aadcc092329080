"""``compare``: scenarios side by side; as text, JSON, CSV or a spreadsheet."""

from __future__ import annotations

import argparse
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import simulator
from simulator.cli import numbers
from simulator.cli.input import load_scenario, problem_lines
from simulator.cli.options import (
    FILE_HELP,
    Commands,
    add_command,
    add_draws,
    add_out,
    refuse_too_many,
)
from simulator.cli.output import (
    VERSIONS,
    WIDTH,
    as_json,
    emit,
    empty_table,
    encoding_of,
    estimate_json,
    finite_or_none,
    output_file,
    rendered,
)
from simulator.cli.refusal import Refusal, harmless
from simulator.version import MODEL_VERSION

if TYPE_CHECKING:
    from rich.table import Table

    from simulator.analyses.comparison import Caveat, Comparison
    from simulator.results import Estimate
    from simulator.scenario import Scenario


MEASURES = ("value", "value_per_customer", "value_per_employee", "value_per_money_moved")
"""What scenarios can be ranked by. Repeats ``analyses.comparison.MEASURES``, whose import takes
a second; ``tests/test_cli.py`` proves that they agree."""

LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class _Comparing:
    """What ``compare`` was asked to do."""

    comparison: Comparison
    sources: Sequence[str]
    """The files, as they were given."""
    measure: str
    encoding: str
    """Of text."""


def _compare_text(job: _Comparing) -> bytes:
    comparison = job.comparison
    parts: list[str | Table] = [
        f"{letter}  {harmless(one.name)} ({harmless(one.organisation.name)}; "
        f"{one.horizon_months} months, {one.organisation.currency})"
        for letter, one in zip(LETTERS, comparison.scenarios, strict=False)
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
    return ", ".join(LETTERS[one] for one in positions)


def _caveat_text(caveat: Caveat) -> str:
    from simulator.analyses.comparison import CAVEATS

    if caveat.kind != "model":
        return CAVEATS[caveat.kind]
    versions = ", ".join(str(caveat.values[one]) for one in caveat.scenarios)
    return f"{CAVEATS[caveat.kind]} Saved with: {versions}."


def _figure_writer(unit: str, horizon: int, *, of_draws: bool = False) -> Callable[[float], str]:
    """How a figure of the headline is written, its currency left to the head of the table;
    ``of_draws``: whether a share is one of the draws."""
    match unit.split(" ")[0]:
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
    from simulator.analyses.comparison import HEADLINE_ROWS, figure_of

    table = _numbers_whole(
        empty_table("Each over its own horizon", *LETTERS[: len(comparison.scenarios)])
    )
    for figure in HEADLINE_ROWS.values():
        found = [figure_of(one, figure.id) for one in comparison.headlines]
        written = [
            _figure_writer(figure.unit, one.horizon_months, of_draws=not figure.at_end)
            for one in comparison.scenarios
        ]
        label = figure.label + (", at the end" if figure.at_end else "")
        if figure.id == "net_present_value":
            for band, end in (("P10", "low"), ("P50", "central"), ("P90", "high")):
                cells = zip(written, found, strict=True)
                table.add_row(f"{label}, {band}", *(f(getattr(one, end)) for f, one in cells))
        else:
            table.add_row(label, *(f(_middle(one)) for f, one in zip(written, found, strict=True)))
    return table


def _middle(figure: Estimate | float) -> float:
    return figure if isinstance(figure, float | int) else figure.central


def _difference_table(comparison: Comparison) -> Table:
    """What the others are more than the first."""
    from simulator.analyses.comparison import HEADLINE_ROWS

    others = range(1, len(comparison.scenarios))
    columns = (LETTERS[one] for one in others)
    table = _numbers_whole(empty_table(f"More than A, in {comparison.months} months", *columns))
    differences = [comparison.differences(one) for one in others]
    for figure in HEADLINE_ROWS.values():
        values = [one[figure.id] for one in differences]
        label = figure.label + (", at the end" if figure.at_end else "")
        cells = (
            numbers.UNDEFINED if one is None else _difference_text(_middle(one), figure.unit)
            for one in values
        )
        table.add_row(label, *cells)
    return table


def _difference_text(value: float, unit: str) -> str:
    """A difference from the scenario A."""
    from simulator.analyses.comparison import in_time

    kind = unit.split(" ")[0]
    if kind == "month" and (words := in_time(value)):
        return words.replace(" in ", "\nin ")  # six of them side by side are too wide in one line
    if kind in {"share", "ratio"} and math.isfinite(value):
        return f"{numbers.grouped(100.0 * value, 1)} pts"
    return _figure_writer("" if kind == "month" else unit, 0)(value)


def _better_text(job: _Comparing) -> Iterator[str | Table]:
    """Pairs and ranking by the measure that was asked for."""
    from simulator.analyses.comparison import CAVEATS, MEASURES

    comparison, measure = job.comparison, MEASURES[job.measure]
    count = len(comparison.scenarios)
    written = numbers.percent if measure.unit == "ratio" else numbers.short
    pairs = _numbers_whole(
        empty_table("Is it better?", "P10", "P50", "P90", "Better in", "Verdict")
    )
    for first, second in itertools.combinations(range(count), 2):
        name = f"{LETTERS[second]} than {LETTERS[first]}"
        if obstacle := comparison.obstacle(measure.id, first, second):
            reason = "other currency" if obstacle.kind == "currency" else "nothing is moved"
            pairs.add_row(name, *[numbers.UNDEFINED] * 4, reason)
            continue
        pair = comparison.pair(first, second, measure.id)
        seen = pair.difference
        cells = map(written, (seen.low, seen.central, seen.high))
        pairs.add_row(name, *cells, numbers.probability_text(pair.better), pair.verdict)
    codes = {one.organisation.currency for one in comparison.scenarios}
    unit = "" if measure.unit == "ratio" else f" ({measure.unit})"
    if len(codes) == 1:
        unit = unit.replace("currency", codes.pop())
    yield f"By {measure.label[0].lower()}{measure.label[1:]}{unit}: {measure.meaning}"
    yield ""
    yield pairs
    yield ""
    if obstacle := comparison.obstacle(measure.id):
        yield f"No ranking of all. {CAVEATS[obstacle.kind]}"
        return
    ranking = comparison.ranking(measure.id)
    ranked = empty_table("Which is best?", "Best in", "Expected rank")
    for letter, best, rank in zip(LETTERS, ranking.best, ranking.rank, strict=False):
        place = numbers.UNDEFINED if math.isnan(rank) else f"{rank:.1f}"
        ranked.add_row(letter, numbers.probability_text(best), place)
    yield ranked
    yield ""
    yield (
        "Differences are medians, taken draw by draw. P10: one draw in ten is below. P50: the "
        "median. P90: one in ten is above. For the verdict, draws without a difference count half."
    )


def _compare_json(job: _Comparing) -> bytes:
    from simulator.analyses.comparison import HEADLINE_ROWS, figure_of

    comparison, measure = job.comparison, job.measure
    count = len(comparison.scenarios)
    others = [comparison.differences(one) for one in range(1, count)]
    obstacle = comparison.obstacle(measure)
    ranking = None if obstacle else comparison.ranking(measure)
    couples = [
        pair
        for pair in itertools.combinations(range(count), 2)
        if comparison.obstacle(measure, *pair) is None
    ]
    return as_json(
        {
            **VERSIONS,
            "draws": comparison.draws,
            "seed": comparison.seed,
            "horizon_months": comparison.months,
            "scenarios": [
                {
                    "name": one.name,
                    "file": None if source == "-" else source,
                    "organisation": one.organisation.name,
                    "currency": one.organisation.currency,
                    "horizon_months": one.horizon_months,
                    "headline": {
                        name: _told_figure(figure_of(headline, name)) for name in HEADLINE_ROWS
                    },
                    "budgets": {"today": dict(spent.today), "plan": dict(spent.plan)},
                }
                for one, source, headline, spent in zip(
                    comparison.scenarios,
                    job.sources,
                    comparison.headlines,
                    comparison.spending,
                    strict=True,
                )
            ],
            "caveats": [
                {
                    "kind": one.kind,
                    "scenarios": list(one.scenarios),
                    "values": list(one.values),
                    "text": _caveat_text(one),
                }
                for one in comparison.caveats
            ],
            "differences": [
                {name: _told_figure(figure) for name, figure in one.items()} for one in others
            ],
            "differing": [
                {
                    "path": one.path,
                    "unit": one.unit,
                    "values": [
                        value if isinstance(value, float | str) else asdict(value)
                        for value in one.values
                    ],
                }
                for one in comparison.differing
            ],
            "measure": measure,
            "pairs": [
                {
                    "first": pair.first,
                    "second": pair.second,
                    "difference": estimate_json(pair.difference),
                    "better": pair.better,
                    "same": pair.same,
                    "worse": pair.worse,
                    "verdict": pair.verdict,
                }
                for pair in (comparison.pair(*couple, measure) for couple in couples)
            ],
            "ranking": ranking
            and {
                "best": [finite_or_none(one) for one in ranking.best],
                "rank": [finite_or_none(one) for one in ranking.rank],
            },
        }
    )


def _told_figure(figure: Estimate | float | None) -> dict[str, float | None] | float | None:
    if figure is None or isinstance(figure, float | int):
        return None if figure is None else finite_or_none(figure)
    return estimate_json(figure)


def _compare_csv(job: _Comparing) -> bytes:
    from simulator.exports import csv_text

    return csv_text(job.comparison).encode("utf-8")


def _compare_xlsx(job: _Comparing) -> bytes:
    from simulator.exports import workbook

    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return workbook(job.comparison, today)


def add_compare(commands: Commands) -> None:
    """The command ``compare``."""
    parser = add_command(
        commands, "compare", _compare, "lay scenarios side by side, in the same draws"
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help=f"two to six: {FILE_HELP}")
    add_draws(parser, 2, "from 2")
    parser.add_argument(
        "--measure",
        choices=MEASURES,
        metavar="M",
        help=f"what is better: {', '.join(MEASURES)} (text and json; default: {MEASURES[0]})",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "csv", "xlsx"),
        default="text",
        help="xlsx: a spreadsheet with charts, needs --out (default: text)",
    )
    add_out(parser)


def _compare(options: argparse.Namespace) -> int:
    from simulator.analyses.comparison import FEWEST, MOST

    sources, form = options.files, options.format
    if not FEWEST <= len(sources) <= MOST:
        raise Refusal(f"FILE: found {len(sources)} scenarios, allowed {FEWEST} to {MOST}")
    if sources.count("-") > 1:
        raise Refusal("FILE: found - several times, allowed once")
    target, *_ = [output_file(options.out, source) for source in sources]  # overwrites none of them
    if form == "xlsx" and target is None:
        raise Refusal("argument --format: found xlsx without a file, allowed with --out PATH")
    if options.measure and form in {"csv", "xlsx"}:
        raise Refusal(
            f"argument --measure: found --format {form}, which has all, allowed text or json"
        )
    scenarios = _loaded(sources)
    months = min(scenario.horizon_months for scenario in scenarios)
    refuse_too_many(options.draws, months, len(scenarios), f"{len(scenarios)} scenarios")
    content = {
        "text": _compare_text,
        "json": _compare_json,
        "csv": _compare_csv,
        "xlsx": _compare_xlsx,
    }[form]

    from simulator import engine

    engine.prepare()
    comparison = simulator.compare(*scenarios, draws=options.draws)
    job = _Comparing(comparison, sources, options.measure or "value", encoding_of(target))
    emit(content(job), target)
    return 0


def _loaded(sources: Sequence[str]) -> list[Scenario]:
    """All scenarios, or a refusal that tells what is wrong with each."""
    from simulator.scenario import ScenarioError

    scenarios, lines = [], []
    for source in sources:
        try:
            scenarios.append(load_scenario(source))
        except ScenarioError as error:
            lines += problem_lines(source, error)
    if lines:
        raise Refusal(*lines)
    return scenarios
