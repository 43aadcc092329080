"""``export``: the model with a scenario's numbers, for other tools."""

from __future__ import annotations

import argparse

from simulator.cli.input import load_or_refuse, problem_lines
from simulator.cli.options import FILE_HELP, Commands, add_command, add_out
from simulator.cli.output import VERSIONS, as_json, emit, output_file
from simulator.cli.refusal import Refusal


def add_export(commands: Commands) -> None:
    """The command ``export``."""
    parser = add_command(
        commands, "export", _export, "write the model with a scenario's numbers for another tool"
    )
    parser.add_argument("file", metavar="FILE", help=FILE_HELP)
    parser.add_argument(
        "--to",
        choices=("xmile", "mathml", "map"),
        required=True,
        help="xmile: for tools of system dynamics; mathml: all equations as a page for a browser; "
        "map: what moves what, how strongly, and the loops, as JSON",
    )
    add_out(parser)


def _export(options: argparse.Namespace) -> int:
    from simulator.exports import translate
    from simulator.scenario import ScenarioError

    target = output_file(options.out, options.file)
    scenario = load_or_refuse(options.file)
    if options.to == "map":
        content = as_json({**VERSIONS, **translate.scenario_map(scenario)})
    elif options.to == "mathml":
        content = translate.scenario_mathml(scenario).encode("utf-8")
    else:
        try:
            content = translate.scenario_xmile(scenario).encode("utf-8")
        except ScenarioError as error:
            raise Refusal(*problem_lines(options.file, error)) from None
    emit(content, target)
    return 0
