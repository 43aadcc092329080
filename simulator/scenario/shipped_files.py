"""The scenarios that come with the simulator."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import Message, Problem, ScenarioError, key_text, nearest
from simulator.paths import scenarios_dir
from simulator.scenario.files import load
from simulator.scenario.models import Scenario


def shipped() -> list[Path]:
    """Files of the scenarios that come with the simulator, by name."""
    paths = scenarios_dir().glob("*.json")
    return sorted(path for path in paths if not path.name.endswith(".schema.json"))


def load_shipped(name: str) -> Scenario:
    """The shipped scenario with this file name, without ``.json``.

    Raises:
        ScenarioError: there is none of that name, or it is not valid.
    """
    paths = {path.stem: path for path in shipped()}
    if name not in paths:
        allowed = nearest(name, paths) or Message("none at all")
        raise ScenarioError([not_shipped(key_text(name), allowed)])
    return load(paths[name])


def not_shipped(field: str, allowed: Message) -> Problem:
    """What is said of a name that no shipped scenario has."""
    return Problem(field, Message("no shipped scenario of that name"), allowed)
