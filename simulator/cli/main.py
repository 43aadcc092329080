"""The parser of all commands, and the exit status of each way to end."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from simulator.cli.app import add_app
from simulator.cli.compare import add_compare
from simulator.cli.export import add_export
from simulator.cli.inspect import add_check, add_parameters, add_schema
from simulator.cli.links import add_link, add_open
from simulator.cli.optimise import add_optimise
from simulator.cli.options import Parser
from simulator.cli.refusal import Refusal, complain
from simulator.cli.run import add_run
from simulator.cli.validate import add_validate
from simulator.version import MODEL_VERSION, VERSION

COMMANDS = (
    add_app,
    add_run,
    add_compare,
    add_optimise,
    add_check,
    add_link,
    add_open,
    add_export,
    add_schema,
    add_parameters,
    add_validate,
)
"""Each adds one command, in the order of the help."""

INSTALLED = "budget-shift"
"""The command that an installation brings."""

USAGE_ERROR = 2

INTERRUPTED = 130
BROKEN_PIPE = 141
"""As the shell reports a program that a closed pipe or Ctrl-C ended: 128 and the signal."""


def _program() -> str:
    """How the program was called."""
    return INSTALLED if Path(sys.argv[0]).stem == INSTALLED else "python -m simulator"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=_program(),
        description="What moving budgets to involvement comes to, without a browser.",
        epilog="Exit status: 0 done, 1 check found problems, 2 error, 130 interrupted.",
        allow_abbrev=False,
    )
    versions = f"{INSTALLED} {VERSION}, model {MODEL_VERSION}"
    parser.add_argument("--version", action="version", version=versions)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="name")
    for add in COMMANDS:
        add(commands)
    return parser


def _forget_output() -> None:
    """What could not be written must not fail once more when Python exits."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` (those of the process if not given) say; returns the exit status."""
    try:
        try:
            parser = _parser()
            options = parser.parse_args(arguments)
            if options.name is None:
                parser.print_help(sys.stderr)
                return USAGE_ERROR
            status: int = options.action(options)
        except SystemExit:  # after --help and --version
            status = 0
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where a closed pipe or a full disk can still be told
        return status
    except Refusal as refusal:
        for line in refusal.args:
            complain(line)
    except BrokenPipeError:  # nobody reads on
        _forget_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        print("simulator: interrupted", file=sys.stderr)
        return INTERRUPTED
    except MemoryError:
        complain("not enough memory; fewer --draws take less")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        complain(f"{place}{error.strerror or error}")
        _forget_output()
    return USAGE_ERROR
