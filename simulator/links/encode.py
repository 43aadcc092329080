"""Making a link of a scenario."""

from __future__ import annotations

from urllib.parse import quote_plus

from simulator import scenario as files
from simulator.errors import Message
from simulator.links.presets import Preset, content_of, fingerprint_of, presets_of, value_at
from simulator.links.values import Content, assumption
from simulator.links.versions import CHECK, FROM, NAMES, NO_RESULTS, VERSION
from simulator.scenario import (
    SCHEMA_VERSION,
    EstimateInput,
    ResultsInput,
    Scenario,
    ScenarioError,
)
from simulator.scenario.shipped_files import not_shipped

MAX_LENGTH = 2000
"""Addresses from this length on are cut by some programs that they pass through."""
_DIGITS = 6


def encode(scenario: Scenario, preset: str | None = None) -> str:
    """The query string (without ``?``) of a link that opens ``scenario``.

    It holds what differs from the shipped scenario ``preset`` (its name), or from the one that
    makes it shortest. ASCII without spaces, quotes and whatever else a shell gives a meaning
    between double quotes; ends in a letter or digit.

    Raises:
        ScenarioError: no scenario of the name ``preset`` is shipped, or none at all.
    """
    if preset is not None:
        files.load_shipped(preset)
    content = content_of(files.dump(scenario))
    starts = [
        start
        for start in presets_of(SCHEMA_VERSION).values()
        if start.shipped and preset in (None, start.name)
    ]
    if not starts:
        raise ScenarioError([not_shipped(FROM, Message("none at all"))])
    check = fingerprint_of(content)
    return min((_query(content, start, check) for start in starts), key=len)


def _query(content: Content, start: Preset, check: str) -> str:
    pairs = {
        VERSION: str(content["schema_version"]),
        FROM: start.reference,
        **_changes(content, start.content),
        CHECK: check,
    }
    return "&".join(f"{name}={quote_plus(value, safe=',')}" for name, value in pairs.items())


def _changes(content: Content, base: Content) -> dict[str, str]:
    """The parameters in which ``content`` differs from ``base``, both of the newest version."""
    if content["results"] is not None:
        base = {**base, "results": NO_RESULTS[SCHEMA_VERSION]}
    overridden = {**base["assumptions"], **content["assumptions"]}
    texts = {}
    for parameter in (*NAMES[SCHEMA_VERSION].values(), *map(assumption, overridden)):
        value = value_at(content, parameter.place)
        if value != value_at(base, parameter.place):
            texts[parameter.name] = parameter.write(value)
    return texts


def shortened(results: ResultsInput) -> ResultsInput:
    """Results with so many digits as are shown and some to spare, so that they do not fill half a
    link."""
    return ResultsInput.model_validate(
        {name: _rounded(getattr(results, name)) for name in results.model_fields_set}
    )


def _rounded(figure: object) -> object:
    if isinstance(figure, EstimateInput):
        return {name: _rounded(getattr(figure, name)) for name in EstimateInput.model_fields}
    return float(f"{figure:.{_DIGITS}g}") if isinstance(figure, float) else figure


def fits(link: str) -> bool:
    """Whether a link, address and all, is short enough to survive what it passes through."""
    return len(link) < MAX_LENGTH
