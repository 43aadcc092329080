"""Analyses as options of ``run``: what they are asked, and what they find as a table."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.cli import numbers
from simulator.cli.options import Parser
from simulator.cli.output import empty_table, progress_bar
from simulator.cli.refusal import Refusal, harmless

if TYPE_CHECKING:
    from rich.table import Table

    from simulator.analyses.base import (
        Analysis,
        Cell,
        Column,
        Command,
        Kind,
        Result,
        Row,
        Setting,
        StatedValue,
        Statement,
    )
    from simulator.analyses.option import Option, Value
    from simulator.scenario import Scenario


@dataclass(frozen=True, slots=True)
class AnalysisRequest:
    """An analysis that was asked for."""

    analysis: Analysis
    command: Command
    options: Mapping[str, Value]
    """Those that were given, by id."""
    cluster: str = ""
    """The address of a Dask scheduler whose workers do it; empty: it is done here."""

    def run(self, scenario: Scenario, draws: int) -> Result:
        """What it finds; long work shows a bar on stderr. Raises ``ScenarioError`` where there is
        no cluster."""
        from simulator.analyses.cluster import on_cluster

        where = on_cluster(self.cluster) if self.cluster else nullcontext()
        with where, progress_bar(draws) as show:
            return self.analysis.run(
                scenario,
                draws,
                progress=lambda done, total: show(draws * done // total),
                **self.options,
            )


def _commands() -> Iterator[tuple[Analysis, Command]]:
    from simulator.analyses import ANALYSES

    for analysis in ANALYSES.values():
        if analysis.command:
            yield analysis, analysis.command


def _attribute(command: Command, option: Option | None = None) -> str:
    """Where argparse keeps what was given."""
    return f"{command.flag}_{option.id}" if option else command.flag


def add_analyses(parser: Parser) -> None:
    """An option for each analysis, and one for each of its own, which starts with its name."""
    for analysis, command in _commands():
        parser.add_argument(
            f"--{command.flag}",
            action="store_true",
            dest=_attribute(command),
            help=command.help.replace("%", "%%"),
        )
        for option in analysis.options:
            parser.add_argument(
                f"--{command.flag}-{option.id.replace('_', '-')}",
                type=_reader(option),
                metavar=option.id.upper(),
                dest=_attribute(command, option),
                help=f"{option.help}; {option.allowed} (default: {_start(option)})".replace(
                    "%", "%%"
                ),
            )


def _start(option: Option) -> str:
    """What it is where nobody says."""
    return f"as in the plan's stages, or {option.default}" if option.stages else f"{option.default}"


def add_cluster(parser: Parser, runs: str = "") -> None:
    """The option to have ``runs`` made elsewhere; if not given, those of analyses."""
    runs = runs or f"the runs of {', '.join(_in_pieces())}"
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help=f"let the workers of this Dask scheduler do {runs} (tcp://host:8786)",
    )


def _in_pieces() -> list[str]:
    return [f"--{command.flag}" for analysis, command in _commands() if analysis.in_pieces]


def _reader(option: Option) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        from simulator.scenario import ScenarioError

        try:
            return option.read(text)
        except ScenarioError as error:
            (problem,) = error.problems
            raise argparse.ArgumentTypeError(
                f"found {problem.found}, allowed {problem.allowed}"
            ) from None

    return read


def requested(options: argparse.Namespace) -> tuple[AnalysisRequest, ...]:
    """The analyses that were asked for. Raises :class:`Refusal` for an option of another one."""
    requests = []
    for analysis, command in _commands():
        values = {
            option.id: getattr(options, _attribute(command, option)) for option in analysis.options
        }
        values = {name: value for name, value in values.items() if value is not None}
        if getattr(options, _attribute(command)):
            cluster = (options.cluster or "") if analysis.in_pieces else ""
            requests.append(AnalysisRequest(analysis, command, values, cluster))
        elif values:
            name = next(iter(values)).replace("_", "-")
            raise Refusal(
                f"argument --{command.flag}-{name}: found alone, allowed with --{command.flag}"
            )
    if options.cluster is not None and not any(request.cluster for request in requests):
        allowed = ", ".join(_in_pieces())
        raise Refusal(f"argument --cluster: found without them, allowed with {allowed}")
    return tuple(requests)


def as_text(
    request: AnalysisRequest, result: Result, currency: str, bands: Sequence[str], *, single: bool
) -> Iterator[str | Table]:
    """What an analysis found: sentences, and a table with a column for each of ``bands`` where
    there are estimates over the draws. ``single``: of central values, so without shares of the
    draws."""
    from simulator.analyses.base import OVER_DRAWS

    rows = result.rows()
    if not rows:
        yield request.command.nothing
        return
    columns = [
        column
        for column in result.columns
        if not (single and column.kind == "chance") and not column.is_long
    ]
    headings = []
    for column in columns:
        heading = (column.heading or column.label).replace("{currency}", currency)
        ends = bands if column.ends is OVER_DRAWS else column.ends.headings
        headings += [f"{heading}\n{end}" for end in ends] if column.range_label else [heading]
    table = empty_table(*headings)
    for row in rows:
        cells = (_cells(column, row.cells[column.id], single=single) for column in columns)
        table.add_row(*itertools.chain.from_iterable(cells))
    for place, width in _widths(columns, rows).items():
        table.columns[place].min_width = width
        table.columns[place].no_wrap = width > _BROAD
    yield request.command.lead
    for statement in result.said():
        yield stated(statement, currency)
    yield ""
    yield table


_BROAD = 20
"""Letters, of a text that may take two lines."""


def _widths(columns: Sequence[Column], rows: Sequence[Row]) -> dict[int, int]:
    """How wide columns of names have to be, by their place. Names are never cut; Rich takes them
    for text that may be, and gives their room away. Where a row has two, they are wrapped."""
    longest = {
        place: max(len(str(row.cells[column.id])) for row in rows)
        for place, column in enumerate(columns)
        if column.kind == "text"
    }
    broad = [place for place, width in longest.items() if width > _BROAD]
    return dict.fromkeys(broad, _BROAD) if len(broad) > 1 else {0: longest[0]}


def stated(statement: Statement, currency: str) -> str:
    """A sentence with its numbers and texts."""
    values = {
        name: _stated_value(kind, value, currency)
        for name, (kind, value) in statement.values.items()
    }
    template = statement.template
    if statement.plural and statement.values["number"][1] != 1:
        template = statement.plural
    return template.format_map(values)


def _stated_value(kind: Kind, value: StatedValue, currency: str) -> str:
    from simulator.analyses.base import WITHIN, Assumed, Measured, Setting
    from simulator.i18n.language import ENGLISH

    if isinstance(value, tuple):
        return ENGLISH.listed(stated(clause, currency) for clause in value)
    if isinstance(value, Setting):
        return _setting(value)
    if isinstance(value, Assumed):
        return numbers.significant(value.shown)
    if isinstance(value, str):
        return value
    if isinstance(value, Measured):
        if value.within:
            return WITHIN.format(amount=numbers.money(value.within, currency))
        value = value.shown
    if kind == "money":
        return numbers.money(value, currency)
    return _WRITERS.get(kind, numbers.significant)(value)


def _setting(cell: Setting) -> str:
    """Where a lever is set, as it is read."""
    from simulator.i18n.language import ENGLISH
    from simulator.results.units import setting

    return setting(cell.value, cell.lever, ENGLISH)


def _percent(share: float) -> str:
    """A share in whole per cents; hardly any and nearly all are told from none and all."""
    from simulator.results.chances import rounded

    chance = rounded(share)
    sign = {"below": "<", "above": ">"}.get(chance.bound, "")
    return sign + numbers.percent(chance.percent / 100.0)


_WRITERS: Mapping[str, Callable[[float], str]] = {
    "money": numbers.plain,
    "share": lambda value: numbers.percent(value, 1),
    "percent": _percent,
    "per_hundred": lambda value: f"{round(100.0 * value, 1):g}",
    "count": numbers.grouped,
    "chance": numbers.probability_text,
}


def _cells(column: Column, cell: Cell, *, single: bool) -> list[str]:
    """The texts of a cell: of an estimate, of all its ends unless there is only one."""
    from simulator.analyses.base import Assumed, Measured, Setting
    from simulator.results import Estimate, precision

    if isinstance(cell, str):
        return [harmless(cell)]
    if isinstance(cell, Setting):
        return [_setting(cell)]
    if isinstance(cell, Assumed):
        return [numbers.significant(cell.shown)]
    write = _WRITERS.get(column.kind, numbers.short)
    if not isinstance(cell, Estimate):
        if isinstance(cell, Measured) and cell.within:
            return [f"<{write(cell.within)}"]
        return [write(cell.shown if isinstance(cell, Measured) else cell)]
    if column.kind == "money":
        cell = precision.shown(cell)
    ends = (cell.central,) if single else (cell.low, cell.central, cell.high)
    return [write(value) for value in ends]
