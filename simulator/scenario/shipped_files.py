"""The scenarios that come with the simulator."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import Problem, ScenarioError, key_text, nearest
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
        found = "no shipped scenario of that name"
        raise ScenarioError([Problem(key_text(name), found, nearest(name, paths) or "none at all")])
    return load(paths[name])
