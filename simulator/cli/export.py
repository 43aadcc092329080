"""``export``: the model with a scenario's numbers, for other tools."""

from __future__ import annotations

import argparse

from simulator.cli.input import load_or_refuse
from simulator.cli.options import FILE_HELP, Commands, add_command, add_out
from simulator.cli.output import emit, output_file


def add_export(commands: Commands) -> None:
    """The command ``export``."""
    parser = add_command(
        commands, "export", _export, "write the model with a scenario's numbers for another tool"
    )
    parser.add_argument("file", metavar="FILE", help=FILE_HELP)
    parser.add_argument(
        "--to",
        choices=("xmile",),
        required=True,
        help="xmile: system dynamics, Euler with a step of one month, central assumptions",
    )
    add_out(parser)


def _export(options: argparse.Namespace) -> int:
    from simulator.exports.translate import scenario_xmile

    target = output_file(options.out, options.file)
    emit(scenario_xmile(load_or_refuse(options.file)).encode("utf-8"), target)
    return 0
