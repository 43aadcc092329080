"""From older versions of the file format to today's, one named step per version.

A step works on the content of a file before anything in it has been checked: it changes what it
knows and leaves the rest as it is, for :mod:`simulator.scenario` to judge. Steps are never edited
once they are released. Files of every version lie in ``tests/golden/scenarios_v<version>``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]
"""A scenario file as JSON has it; nothing in it can be relied upon."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the chain."""

    name: str
    version: int
    """The version that it takes; what it gives is one higher."""
    adds: frozenset[str]
    """Fields of the file that this version does not know yet; there they are unknown keys."""
    change: Callable[[Content], Content]
    """The content as the next version has it. What it is given stays as it is."""


def _room_for_results(content: Content) -> Content:
    return {**content, "results": None}


MIGRATIONS: tuple[Migration, ...] = (
    Migration("room for results", 1, frozenset({"results"}), _room_for_results),
)
"""All steps, oldest first."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """Content of the newest version."""

    content: Content
    too_early: dict[str, int]
    """Fields that the file's own version does not know, and which version brought them."""


def migrated(content: Content, version: int) -> Migrated:
    """``content``, which is of ``version`` (at least 1), as the newest version has it."""
    too_early: dict[str, int] = {}
    for step in MIGRATIONS[version - 1 :]:
        too_early |= dict.fromkeys(step.adds & content.keys(), step.version + 1)
        content = {**step.change(content), "schema_version": step.version + 1}
    return Migrated(content, too_early)
