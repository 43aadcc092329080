"""What the options of several commands have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from simulator.cli.refusal import Refusal

Action = Callable[[argparse.Namespace], int]
"""Does what a command was asked; returns the exit status."""

MOST_DRAWS = 1_000_000
SERIES_LIMIT = 1_200_000
"""Draws times months for which every month is kept in memory: about 1.7 GB."""

FILE_HELP = (
    "a scenario file, the name of a shipped one such as balanced-shift, a link, or - for stdin"
)


class Parser(argparse.ArgumentParser):
    """Tells what is wrong with the arguments as everything else that is refused."""

    add_options: Callable[[Parser], None] | None = None
    """Adds the options, once this parser is the one that is needed: of commands whose options take
    long to find."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As always, with all options."""
        if self.add_options:
            add_options, self.add_options = self.add_options, None
            add_options(self)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Raises :class:`Refusal` instead of leaving Python."""
        raise Refusal(message)


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""What a command adds itself to."""


def add_command(
    commands: Commands, name: str, action: Action, summary: str, *, prefix_chars: str = "-"
) -> Parser:
    """The parser of one more command, which ``summary`` describes in the help."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=summary.capitalize() + ".",
        allow_abbrev=False,
        prefix_chars=prefix_chars,
    )
    parser.set_defaults(action=action)
    return parser


def add_draws(
    parser: argparse.ArgumentParser,
    least: int,
    bounds: str,
    default: int | None = None,
    what: str = "draws of the assumptions",
) -> None:
    """The option ``--draws``, of at least so many; ``bounds`` says so in the help,
    ``what`` what they are for. Without a ``default`` it is that of the analyses."""
    from simulator.results import DEFAULT_DRAWS

    usual = DEFAULT_DRAWS if default is None else default
    parser.add_argument(
        "--draws",
        type=whole_number(least, MOST_DRAWS),
        default=usual,
        metavar="N",
        help=f"{what}, {bounds} (default: {usual})",
    )


def add_out(parser: argparse.ArgumentParser) -> None:
    """The option ``--out``."""
    parser.add_argument("--out", metavar="PATH", help="write to this file (default: stdout)")


def refuse_too_many(draws: int, months: int, scenarios: int, what: str) -> None:
    """Refuses more draws than memory holds all months of, which ``what`` needs."""
    most = SERIES_LIMIT // months // scenarios
    if draws > most:
        raise Refusal(
            f"argument --draws: found {draws:,}, allowed at most {most:,} with {what} "
            f"over {months} months, because every month of every draw is kept in memory"
        )


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between these."""

    def read(text: str) -> int:
        digits = text.removeprefix("-")
        readable = digits.isascii() and digits.isdigit() and len(text) < 20
        if not readable or not least <= int(text) <= most:
            shown = text if len(text) < 60 else f"{text[:59]}..."
            raise argparse.ArgumentTypeError(
                f"found {shown!r}, allowed a whole number from {least:,} to {most:,}"
            )
        return int(text)

    return read
