"""What a version of an entry holds: a scenario file, or the file of a set that was compared."""

from __future__ import annotations

from typing import NamedTuple

from simulator import scenario
from simulator.errors import Message, Problem
from simulator.scenario import Scenario, sets
from simulator.scenario.sets import ScenarioSet

Content = Scenario | ScenarioSet


def dump(content: Content, start: Scenario | None = None) -> str:
    """The file; ``start``: what the plan of a scenario started from.

    Raises:
        simulator.scenario.ScenarioError: it is a set of one, or of too many.
    """
    return sets.dump(content) if isinstance(content, ScenarioSet) else scenario.dump(content, start)


def parse(text: str, *, is_set: bool, where: str = "scenario") -> Content:
    """What a file holds, migrated if it is in an older format; ``where`` names it in problems.

    Raises:
        simulator.scenario.ScenarioError: it is no such file, or of a newer version of the program.
    """
    return sets.parse(text, where) if is_set else scenario.parse(text, where)


def other_kind(*, is_set: bool) -> Problem:
    """What is said of a set where a single scenario is wanted, or the other way round."""
    one, several = Message("a single scenario"), Message("a set of plans")
    return Problem("scenario", several, one) if is_set else Problem("scenario", one, several)


class Facts(NamedTuple):
    """What is kept of a version beside its content, so that lists need not read that."""

    organisation: str
    """Name of it; of a set all of them, one a line."""
    currency: str
    """Of the results."""
    results: str | None
    """JSON."""
    plans: str
    """Of a set: letter and name of each, one a line."""


def facts(content: Content) -> Facts:
    """What lists show of a version."""
    if isinstance(content, ScenarioSet):
        organisations = [one.scenario.organisation for one in content.items]
        return Facts(
            organisation="\n".join(dict.fromkeys(one.name for one in organisations)),
            currency=organisations[0].currency,
            results=None,
            plans="\n".join(f"{one.letter} {one.name}" for one in content.items),
        )
    results = None if content.results is None else content.results.model_dump_json()
    return Facts(content.organisation.name, content.organisation.currency, results, plans="")
