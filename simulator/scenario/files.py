"""Scenario files: reading them with every problem at once, and writing them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulator.errors import Message, Problem, ScenarioError, exact, key_text, value_text
from simulator.scenario import format_migrations
from simulator.scenario.format_migrations import SCHEMA_VERSION
from simulator.scenario.json_text import (
    MAX_BYTES,
    SET_VERSION,
    STARTED_FROM,
    WRITTEN_BY,
    file_text,
    read,
    too_large,
)
from simulator.scenario.models import Scenario
from simulator.scenario.pydantic_errors import validated

_VERSIONS = Message("a whole number from {low} to {high}", low=1, high=SCHEMA_VERSION)


def parse(text: str | bytes, where: str = "scenario") -> Scenario:
    """The scenario in ``text``; ``where`` names the text in problems that concern all of it.

    Text of an older version of the format is read as if it were of today's.

    Raises:
        ScenarioError: with everything that is wrong. Of a file made by a newer version only that
            is said.
    """
    return parse_with_start(text, where)[0]


def parse_with_start(
    text: str | bytes, where: str = "scenario"
) -> tuple[Scenario, Scenario | None]:
    """The scenario in ``text``, and what its plan started from if the text says so; else as
    :func:`parse`, with what is wrong with either."""
    where = key_text(where)
    problems: list[Problem] = []
    content = read(text, where, problems)
    if not isinstance(content, dict):
        raise ScenarioError([Problem(where, value_text(content), Message("an object"))])
    if SET_VERSION in content:
        a_set, single = Message("a set of plans"), Message("a single scenario")
        raise ScenarioError([Problem(where, a_set, single)])
    return with_start(content, problems)


def with_start(
    content: dict[str, Any], problems: Sequence[Problem] = ()
) -> tuple[Scenario, Scenario | None]:
    """The scenario with this content of a file, as :func:`simulator.scenario.json_text.read` gives
    it, and what its plan started from if that says so; else as :func:`of_content`, with what is
    wrong with either."""
    started = content.pop(STARTED_FROM, None)
    scenario = of_content(content, problems)
    if started is None:
        return scenario, None
    if not isinstance(started, dict):
        raise ScenarioError([Problem(STARTED_FROM, value_text(started), Message("an object"))])
    try:
        content.pop("results", None)
        return scenario, of_content({**content, **started})
    except ScenarioError as error:
        start_problems = [
            replace(problem, field=f"{STARTED_FROM}.{problem.field}") for problem in error.problems
        ]
        raise ScenarioError(start_problems, error.more) from None


def of_content(content: dict[str, Any], problems: Sequence[Problem] = ()) -> Scenario:
    """The scenario with this content of a file, as :func:`simulator.scenario.json_text.read` gives
    it. Raises ``ScenarioError`` with what is wrong, ``problems`` first."""
    wrong = [*problems]
    current = _of_this_version(content, wrong)
    current.pop(WRITTEN_BY, None)
    schema = current.pop("$schema", "")
    if not isinstance(schema, str):
        wrong.append(Problem("$schema", value_text(schema), Message("text")))
    try:
        scenario = validated(Scenario, current)
    except ScenarioError as error:
        raise ScenarioError((*wrong, *error.problems), error.more) from None
    if wrong:
        raise ScenarioError(wrong)
    return scenario


def _of_this_version(content: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """Content of a file of any version as :data:`SCHEMA_VERSION` has it.

    Where no version can be told it is taken for the newest, so that the rest is checked as well.

    Raises:
        ScenarioError: a newer version made it.
    """
    version = content.get("schema_version")
    if type(version) is int and version > SCHEMA_VERSION:
        found = Message("{version}, made by a newer version", version=value_text(version))
        raise ScenarioError([Problem("schema_version", found, _VERSIONS)])
    if type(version) is not int or version < 1:
        found = value_text(version) if "schema_version" in content else Message("nothing")
        problems.append(Problem("schema_version", found, _VERSIONS))
        return {**content, "schema_version": SCHEMA_VERSION}
    migrated = format_migrations.migrated(content, version)
    problems.extend(
        Problem(
            field,
            Message("an unknown key"),
            Message("from version {count} of the file format on", count=since),
        )
        for field, since in migrated.too_early.items()
    )
    return migrated.content


def problems(text: str | bytes) -> list[Problem]:
    """What is wrong with the scenario in ``text``, as :class:`ScenarioError` tells it; empty when
    it is valid."""
    try:
        parse(text)
    except ScenarioError as error:
        return list(error.problems)
    return []


def load(path: str | os.PathLike[str]) -> Scenario:
    """The scenario in a file.

    Raises:
        ScenarioError: the file cannot be read, or with everything that is wrong with its content.
    """
    path = Path(path)
    where = key_text(path.name or path)
    try:
        if path.is_dir():
            raise ScenarioError([Problem(where, Message("a folder"), Message("a file"))])
        if not path.exists():
            raise ScenarioError([no_such_file(where)])
        if not path.is_file():  # reading a pipe or a device could last for ever
            found = Message("something else than a file")
            raise ScenarioError([Problem(where, found, Message("a file"))])
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ScenarioError([too_large(size, where)])
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScenarioError([unreadable(where, exact(str(error.strerror)))]) from None
    except ValueError as error:
        if isinstance(error, ScenarioError):
            raise
        found = Message("a name that no file can have")
        raise ScenarioError([Problem(where, found, Message("the name of a file"))]) from None
    return parse(content, where)


def no_such_file(where: str) -> Problem:
    """What is said of a file that is not there."""
    return Problem(where, Message("no such file"), Message("a file that exists"))


def unreadable(where: str, reason: Message) -> Problem:
    """What is said of a file that is there and cannot be read."""
    found = Message("a file that cannot be read ({reason})", reason=reason)
    return Problem(where, found, Message("a readable file"))


def save(scenario: Scenario, path: str | os.PathLike[str]) -> None:
    """Write the scenario to a file, all or nothing: nobody ever sees half a file.

    Raises:
        OSError: it cannot be written; what was there before is untouched.
    """
    target = Path(path).resolve()
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with draft.open("x", encoding="utf-8", newline="\n") as file:
            file.write(file_text(scenario))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
