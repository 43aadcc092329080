"""``check``, ``schema`` and ``parameters``: what files and the register hold, nothing simulated."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from dataclasses import asdict, fields

from simulator.cli.input import load_scenario, problem_lines
from simulator.cli.options import FILE_HELP, Commands, add_command
from simulator.cli.output import (
    VERSIONS,
    WIDTH,
    as_csv,
    as_json,
    emit,
    empty_table,
    encoding_of,
    rendered,
)
from simulator.cli.refusal import harmless

WHOLE_ROW = 150
"""Columns that a row of the register takes."""
PROBLEMS_FOUND = 1


def add_check(commands: Commands) -> None:
    """The command ``check``."""
    parser = add_command(commands, "check", _check, "tell every problem of every scenario file")
    parser.add_argument("files", metavar="FILE", nargs="+", help=FILE_HELP)


def add_schema(commands: Commands) -> None:
    """The command ``schema``."""
    add_command(commands, "schema", _schema, "print the JSON Schema of scenario files")


def add_parameters(commands: Commands) -> None:
    """The command ``parameters``."""
    parser = add_command(commands, "parameters", _parameters, "print the register of assumptions")
    parser.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="default: text"
    )


def _check(options: argparse.Namespace) -> int:
    from simulator.scenario import SCHEMA_FILE, ScenarioError

    status = 0
    for name in options.files:
        if os.path.basename(name) == SCHEMA_FILE:  # lies among the scenarios: *.json finds it too
            emit(
                f"{harmless(name)}: the schema, no scenario\n".encode(encoding_of(None), "replace")
            )
            continue
        try:
            load_scenario(name)
        except ScenarioError as error:
            status = PROBLEMS_FOUND
            for line in problem_lines(name, error):
                print(harmless(line), file=sys.stderr)
        else:
            emit(f"{harmless(name)}: ok\n".encode(encoding_of(None), "backslashreplace"))
    return status


def _schema(options: argparse.Namespace) -> int:
    from simulator.scenario import json_schema

    emit(f"{json.dumps(json_schema(), indent=2)}\n".encode("ascii"))
    return 0


def _parameters(options: argparse.Namespace) -> int:
    from simulator.model.register import REGISTER, Parameter

    if options.format == "json":
        emit(
            as_json(
                {
                    **VERSIONS,
                    "parameters": [asdict(parameter) for parameter in REGISTER],
                }
            )
        )
    elif options.format == "csv":
        header = [field.name for field in fields(Parameter)]
        emit(
            as_csv(
                header, ([getattr(parameter, name) for name in header] for parameter in REGISTER)
            )
        )
    else:
        # Into a pipe, a row is one line, for grep; on a narrow screen, it takes several.
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WHOLE_ROW
        whole_row = width >= WHOLE_ROW
        if whole_row:
            table = empty_table("Id", "Low", "Central", "High", "Unit", "Grade", "Label")
            table.columns[4].justify = table.columns[6].justify = "left"
        else:
            table = empty_table("Id, label and unit", "Low", "Central", "High", "Grade")
        for column in table.columns:
            column.no_wrap = True
        table.columns[0].no_wrap = whole_row
        for assumption in REGISTER:
            numbers = [
                f"{value:.6g}" for value in (assumption.low, assumption.central, assumption.high)
            ]
            if whole_row:
                table.add_row(
                    assumption.id, *numbers, assumption.unit, assumption.grade, assumption.label
                )
            else:
                table.add_row(
                    f"{assumption.id}\n  {assumption.label}, {assumption.unit}",
                    *numbers,
                    assumption.grade,
                )
        emit(rendered([table], max(width, WIDTH), encoding_of(None)))
    return 0
