"""What a version of an entry holds: a scenario file, or the file of a set that was compared."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import NamedTuple

from simulator import scenario
from simulator.errors import Message, Problem
from simulator.scenario import Scenario, plausibility, sets
from simulator.scenario.sets import Asked, ScenarioSet

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
    asked: str
    """Of a set, JSON: what was asked, with the answer, see :class:`Answered`; may be empty."""
    doubts: str
    """Of a scenario: what it can be doubted for, one a line, as
    :func:`simulator.scenario.plausibility.subjects` says."""


class Answered(NamedTuple):
    """What was asked of a set when it was saved, and the answer then."""

    asked: Asked
    currencies: tuple[str, ...]
    """As :meth:`~simulator.scenario.sets.ScenarioSet.currencies` says."""


def answered(written: str) -> Answered | None:
    """What :class:`Facts` has of it; nothing where that is empty."""
    if not written:
        return None
    content = json.loads(written)
    return Answered(Asked(**content["asked"]), tuple(content["currencies"]))


def facts(content: Content) -> Facts:
    """What lists show of a version."""
    if isinstance(content, ScenarioSet):
        organisations = [one.scenario.organisation for one in content.items]
        return Facts(
            organisation="\n".join(dict.fromkeys(one.name for one in organisations)),
            currency=organisations[0].currency,
            results=None,
            plans="\n".join(f"{one.letter} {one.name}" for one in content.items),
            asked=_asked(content),
            doubts="",
        )
    results = None if content.results is None else content.results.model_dump_json()
    organisation = content.organisation
    return Facts(
        organisation.name,
        organisation.currency,
        results,
        plans="",
        asked="",
        doubts="\n".join(plausibility.subjects(organisation, content.plan)),
    )


def _asked(content: ScenarioSet) -> str:
    if content.asked is None:
        return ""
    return json.dumps({"asked": asdict(content.asked), "currencies": content.currencies()})
