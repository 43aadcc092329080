"""``compare``: scenarios side by side; as text, JSON, CSV or a spreadsheet."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

import simulator
from simulator.cli.input import load_scenario, problem_lines
from simulator.cli.options import (
    FILE_HELP,
    Commands,
    Parser,
    add_command,
    add_draws,
    add_out,
    refuse_too_many,
)
from simulator.cli.output import emit, encoding_of, output_file
from simulator.cli.refusal import Refusal

if TYPE_CHECKING:
    from simulator.scenario import Scenario


def add_compare(commands: Commands) -> None:
    """The command ``compare``."""
    parser = add_command(
        commands, "compare", _compare, "lay scenarios side by side, in the same draws"
    )
    parser.add_options = _add_options


def _add_options(parser: Parser) -> None:
    from simulator.analyses.comparison import MEASURES

    parser.add_argument("files", metavar="FILE", nargs="+", help=f"one to six: {FILE_HELP}")
    add_draws(parser, 2, "from 2")
    first, *_ = MEASURES
    parser.add_argument(
        "--measure",
        choices=tuple(MEASURES),
        metavar="M",
        help=f"what is better: {', '.join(MEASURES)} (text and json; default: {first})",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "csv", "xlsx"),
        default="text",
        help="xlsx: a spreadsheet with charts, needs --out (default: text)",
    )
    add_out(parser)


def _compare(options: argparse.Namespace) -> int:
    from simulator import engine
    from simulator.analyses.comparison import FEWEST, MEASURES, MOST
    from simulator.cli import compare_output as output

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
        "text": output.compare_text,
        "json": output.compare_json,
        "csv": output.compare_csv,
        "xlsx": output.compare_xlsx,
    }[form]
    engine.prepare()
    comparison = simulator.compare(*scenarios, draws=options.draws)
    measure = options.measure or next(iter(MEASURES))
    emit(content(output.Job(comparison, sources, measure, encoding_of(target))), target)
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
