"""The scenarios that links start from: those that are shipped, and those that were."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator import scenario as files
from simulator.links.values import Content, tidy
from simulator.paths import scenarios_dir
from simulator.scenario import (
    SCHEMA_VERSION,
    STARTED_FROM,
    WRITTEN_BY,
    Scenario,
    ScenarioError,
)

FORMER = scenarios_dir() / "former"
"""Where shipped scenarios lie that have changed since, by version of the format."""


def content_of(text: str) -> Content:
    """A scenario file, to be compared field by field."""
    content: Content = json.loads(text, parse_float=lambda number: tidy(float(number)))
    for name in ("$schema", WRITTEN_BY, STARTED_FROM):  # of the file, not of the scenario
        content.pop(name, None)
    return content


def fingerprint_of(content: Content) -> str:
    """Eight letters and digits that differ where the content does."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return b32encode(hashlib.sha256(text.encode("ascii")).digest())[:8].decode().lower()


def value_at(content: Content, place: Iterable[str]) -> Any:
    """The value at this place; null also where the place is not there."""
    node: Any = content
    for part in place:
        node = node.get(part) if isinstance(node, dict) else None
    return node


def put_at(content: Content, place: tuple[str, ...], value: object) -> None:
    """Changes ``content``: the value at this place; an assumption that is null is taken out."""
    *parents, last = place
    node = content
    for part in parents:
        node = node[part]
    if value is None and parents == ["assumptions"]:
        node.pop(last, None)
    else:
        node[last] = value


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario that links start from."""

    name: str
    content: Content
    fingerprint: str
    shipped: bool
    """Whether it is what the simulator ships today."""

    @property
    def reference(self) -> str:
        """How a link names it."""
        return f"{self.name}.{self.fingerprint}"


def _preset(path: Path, *, shipped: bool) -> Preset | None:
    try:
        files.load(path)
    except ScenarioError:  # whoever broke it learns that elsewhere; the other ones still work
        return None
    content = content_of(path.read_text(encoding="utf-8-sig"))
    if "results" in content:  # of what a preset once came to, no link says anything
        content["results"] = None
    return Preset(path.name.partition(".")[0], content, fingerprint_of(content), shipped)


@cache
def presets_of(version: int) -> Mapping[str, Preset]:
    """All that links of this version start from, by reference."""
    paths = [(path, False) for path in sorted((FORMER / f"v{version}").glob("*.json"))]
    paths += [(path, True) for path in files.shipped()]
    presets = [_preset(path, shipped=shipped) for path, shipped in paths]
    return {
        preset.reference: preset
        for preset in presets
        if preset and preset.content["schema_version"] == version
    }


def references(version: int = SCHEMA_VERSION) -> tuple[str, ...]:
    """What ``from`` may be in a link of this version: ``<name>.<fingerprint>`` of its start."""
    return tuple(presets_of(version))


def preset_of(scenario: Scenario) -> str | None:
    """Name of the shipped scenario that ``scenario`` is, whatever its results; else nothing."""
    content = content_of(files.dump(scenario.without_results()))
    fingerprint = fingerprint_of(content)
    presets = (preset for preset in presets_of(SCHEMA_VERSION).values() if preset.shipped)
    return next((preset.name for preset in presets if preset.fingerprint == fingerprint), None)
