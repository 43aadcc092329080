"""Scenarios that a command is given: files, shipped ones, links, standard input."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import simulator
from simulator.cli.refusal import Refusal

if TYPE_CHECKING:
    from simulator.scenario import Scenario, ScenarioError


def is_link(name: str) -> bool:
    """Whether ``name`` is a link; a file of that name comes first."""
    from simulator import links

    return links.is_link(name) and not os.path.exists(name)


def load_scenario(name: str) -> Scenario:
    """The scenario in the file ``name``, from standard input for ``-``, the shipped one, or that
    in a link."""
    if is_link(name):
        from simulator import links

        return links.decode(name).scenario
    if name != "-":
        return simulator.load(name)
    from simulator import scenario

    if sys.stdin is None:
        raise Refusal("-: found a standard input that is closed, allowed a scenario in JSON")
    return scenario.parse(sys.stdin.buffer.read(scenario.MAX_BYTES + 1), name)


def problem_lines(name: str, error: ScenarioError) -> list[str]:
    """Every problem of the file ``name`` on a line of its own that starts with that name; of a
    link, with that word."""
    if is_link(name):
        name = "link"
    whole = os.path.basename(name)
    of_the_file = {name, whole, repr(name), repr(whole), f"{name}.json"}
    return [
        f"{name}: found {problem.found}, allowed {problem.allowed}"
        if problem.field in of_the_file
        else f"{name}: {problem}"
        for problem in error.problems
    ] + ([f"{name}: and {error.more} more"] if error.more else [])


def load_or_refuse(name: str) -> Scenario:
    """As :func:`load_scenario`, but what is wrong with the scenario ends the command."""
    from simulator.scenario import ScenarioError

    try:
        return load_scenario(name)
    except ScenarioError as error:
        raise Refusal(*problem_lines(name, error)) from None
