"""``link`` and ``open``: a scenario as a link, and back."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulator.cli import numbers
from simulator.cli.input import load_or_refuse, problem_lines
from simulator.cli.options import DRAWS, FILE_HELP, Commands, add_command, add_out
from simulator.cli.output import emit, output_file
from simulator.cli.refusal import Refusal
from simulator.cli.run import headline_of

if TYPE_CHECKING:
    from simulator.scenario import EstimateInput, ResultsInput, Scenario

ADDRESS = "http://localhost:8501/"
"""Where the app runs unless it is told otherwise."""

_FIGURES: Mapping[str, str] = {
    "net_present_value": "Net present value",
    "probability_better": "Probability of being better",
    "worst_case": "Worst case",
    "payback_month": "Payback month",
    "probability_payback": "Probability of payback",
    "roi": "ROI",
    "return_on_involvement": "Return on Involvement",
    "return_on_ignoring": "Return on Ignoring",
    "cost_of_waiting": "Cost of waiting a year",
}
"""What the results of a scenario are called, by their field."""


def results_now(scenario: Scenario, draws: int) -> ResultsInput | None:
    """What ``scenario`` comes to now, if it has a value."""
    from simulator import engine
    from simulator.results import saved

    engine.prepare()
    return saved.results_of(headline_of(scenario, draws), draws)


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

    scenario = load_or_refuse(options.file)
    if scenario.results is None:
        now = results_now(scenario, DRAWS)
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
    from simulator.scenario import ScenarioError, dump

    target = output_file(options.out, options.link)
    try:
        scenario = links.decode(options.link).scenario
    except ScenarioError as error:
        raise Refusal(*problem_lines(options.link, error)) from None
    emit(dump(scenario).encode("utf-8"), target)
    for line in _then_now_lines(scenario):
        print(line, file=sys.stderr)
    return 0


def _then_now_lines(scenario: Scenario) -> list[str]:
    """What the scenario came to when its results were kept beside what it comes to now, where that
    differs. Simulates only a scenario with results."""
    from simulator.results.saved import MOST_DRAWS as MOST_COMPARED
    from simulator.results.saved import differences

    then = scenario.results
    if then is None:
        return []
    now = results_now(scenario, then.draws if then.draws <= MOST_COMPARED else DRAWS)
    if now is None:
        return []
    lines = [
        f"  {_FIGURES[one.figure]}: {_figure_text(one.then)} then, {_figure_text(one.now)} now"
        for one in differences(then, now)
    ]
    if not lines:
        return []
    models = f"model {then.model_version} then, {now.model_version} now"
    return [f"simulator: the results are others now ({models}):", *lines]


def _figure_text(figure: EstimateInput | float | None) -> str:
    """A figure as it is kept; an estimate as its median, and P10 to P90."""
    if figure is None:
        return numbers.UNDEFINED
    if isinstance(figure, float):
        return numbers.plain(figure)
    low, middle, high = map(_figure_text, (figure.low, figure.central, figure.high))
    return f"{middle} ({low} to {high})"


def _address(text: str) -> str:
    """Reads the address of the app, without what a link adds to it."""
    if not re.fullmatch(r"https?://[A-Za-z0-9._~%:/@\[\]-]{1,290}", text):
        raise argparse.ArgumentTypeError(
            f"found {text[:60]!r}, allowed an address such as {ADDRESS}"
        )
    return text
