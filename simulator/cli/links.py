"""``link`` and ``open``: a scenario as a link, and back."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING

from simulator.cli import numbers
from simulator.cli.input import load_or_refuse, problem_lines
from simulator.cli.options import FILE_HELP, Commands, add_command, add_out
from simulator.cli.output import emit, output_file
from simulator.cli.refusal import Refusal
from simulator.cli.run import headline_of

if TYPE_CHECKING:
    from simulator.results import Figure
    from simulator.scenario import ResultsInput, SavedFigure, Scenario

ADDRESS = "http://localhost:8501/"
"""Where the app runs unless it is told otherwise."""


def results_now(scenario: Scenario, draws: int) -> ResultsInput | None:
    """What ``scenario`` comes to now, if it has a value."""
    from simulator import engine
    from simulator.results import saved

    engine.prepare()
    return saved.saved_results(headline_of(scenario, draws), draws)


def add_link(commands: Commands) -> None:
    """The command ``link``."""
    parser = add_command(commands, "link", _link, "print a link that opens a scenario in the app")
    parser.add_argument("file", metavar="FILE", help=FILE_HELP)
    parser.add_argument(
        "--address",
        type=_address,
        default=ADDRESS,
        metavar="URL",
        help=f"where the app runs (default: {ADDRESS})",
    )


def add_open(commands: Commands) -> None:
    """The command ``open``."""
    parser = add_command(commands, "open", _open, "print the scenario in a link, as a file")
    parser.add_argument("link", metavar="LINK", help="an address, in quotation marks")
    add_out(parser)


def _link(options: argparse.Namespace) -> int:
    from simulator import links
    from simulator.results import DEFAULT_DRAWS

    scenario = load_or_refuse(options.file)
    if scenario.results is None:
        now = results_now(scenario, DEFAULT_DRAWS)
        scenario = scenario.changed(results=now and links.shortened(now))
    link = f"{options.address}?{links.encode(scenario)}"
    if not links.fits(link):
        raise Refusal(
            f"{options.file}: found a link of {len(link):,} characters, allowed fewer than "
            f"{links.MAX_LENGTH:,}, which every program passes on; hand on the file instead"
        )
    emit(f"{link}\n".encode("ascii"))
    return 0


def _open(options: argparse.Namespace) -> int:
    from simulator import links
    from simulator.scenario import ScenarioError, file_text

    target = output_file(options.out, options.link)
    try:
        scenario = links.decode(options.link).scenario
    except ScenarioError as error:
        raise Refusal(*problem_lines(options.link, error)) from None
    emit(file_text(scenario).encode("utf-8"), target)
    for line in _drift_lines(scenario):
        print(line, file=sys.stderr)
    return 0


def _drift_lines(scenario: Scenario) -> list[str]:
    """What the scenario came to when it was saved beside what it comes to now, where that differs.
    Simulates only a scenario with results."""
    from simulator.results import DEFAULT_DRAWS
    from simulator.results.saved import EDITION, MOST_DRAWS, drift, edition_changed

    then = scenario.results
    if then is None:
        return []
    now = results_now(scenario, then.draws if then.draws <= MOST_DRAWS else DEFAULT_DRAWS)
    if now is None:
        return []
    lines = [
        f"  {pair.row.label}: {_figure_text(pair.then, pair.row)} then, "
        f"{_figure_text(pair.now, pair.row)} now"
        for pair in drift(then, now)
    ]
    if not lines:
        return []
    models = f"model {then.model_version} then, {now.model_version} now"
    why = [f"  {EDITION}"] if edition_changed(then, now) else []
    return [f"simulator: the results are others now ({models}):", *lines, *why]


def _figure_text(saved: SavedFigure, figure: Figure) -> str:
    """A figure as it is saved; an estimate as its median, and P10 to P90."""
    if saved is None:
        return numbers.UNDEFINED
    if isinstance(saved, float):
        if figure.kind == "share":
            return numbers.probability_text(saved, 1)
        return numbers.plain(saved)
    ends = (saved.low, saved.central, saved.high)
    low, middle, high = (_figure_text(end, figure) for end in ends)
    return f"{middle} ({low} to {high})"


def _address(text: str) -> str:
    """Reads the address of the app, without what a link adds to it."""
    if not re.fullmatch(r"https?://[A-Za-z0-9._~%:/@\[\]-]{1,290}", text):
        raise argparse.ArgumentTypeError(
            f"found {text[:60]!r}, allowed an address such as {ADDRESS}"
        )
    return text
