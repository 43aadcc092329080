"""Making a link of a scenario."""

from __future__ import annotations

from urllib.parse import quote_plus

from simulator import scenario as files
from simulator.errors import Message
from simulator.links.presets import Preset, content_of, fingerprint_of, presets_of, value_at
from simulator.links.values import Content, assumption
from simulator.links.versions import (
    BASE,
    CHECK,
    FROM,
    HERE,
    NAMES,
    NO_RESULTS,
    OF_BASE,
    VERSION,
)
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


def encode(scenario: Scenario, preset: str | None = None, *, base: Scenario | None = None) -> str:
    """The query string (without ``?``) of a link that opens ``scenario``.

    It holds what differs from the shipped scenario ``preset`` (its name), or from the one that
    makes it shortest; and what the scenario started from, if that is ``base`` and not just the
    shipped one. ASCII without spaces, quotes and whatever else a shell gives a meaning
    between double quotes; ends in a letter or digit.

    Raises:
        ScenarioError: no scenario of the name ``preset`` is shipped, or none at all.
    """
    if preset is not None:
        files.load_shipped(preset)
    content = content_of(files.dump(scenario))
    first = content_of(files.dump(base.without_results())) if base else None
    starts = [
        start
        for start in presets_of(SCHEMA_VERSION).values()
        if start.shipped and preset in (None, start.name)
    ]
    if not starts:
        raise ScenarioError([not_shipped(FROM, Message("none at all"))])
    return min((_query(content, start, first) for start in starts), key=len)


def _query(content: Content, start: Preset, base: Content | None) -> str:
    own_base = None if base is None or base == start.content else base
    pairs = {
        VERSION: str(content["schema_version"]),
        FROM: start.reference,
        **_changes(content, start.content),
        **(_base(content, own_base) if own_base else {}),
        CHECK: check_of(content, own_base),
    }
    return "&".join(f"{name}={quote_plus(value, safe=',')}" for name, value in pairs.items())


def check_of(content: Content, base: Content | None) -> str:
    """The checksum of a link to ``content``; ``base`` is what it started from, if the link says
    that."""
    return fingerprint_of(content if base is None else {"base": base, "scenario": content})


def _base(content: Content, base: Content) -> dict[str, str]:
    """The parameters that say what ``content`` started from."""
    fingerprint = fingerprint_of(base)
    for preset in presets_of(SCHEMA_VERSION).values():
        if preset.shipped and preset.fingerprint == fingerprint:
            return {BASE: preset.reference}
    changes = _changes(base, {**content, "results": None})
    return {BASE: HERE, **{f"{OF_BASE}{name}": value for name, value in changes.items()}}


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
