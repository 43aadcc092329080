"""What the library gives back: plain values, good beyond the database that they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from simulator import scenario
from simulator.library import contents
from simulator.library.contents import Content
from simulator.library.labels import Label
from simulator.scenario import ResultsInput, Scenario


@dataclass(frozen=True, slots=True)
class Shelf:
    """Somebody's library."""

    view_key: str
    edit_key: str | None = field(repr=False)
    """None for whoever came with the view key."""
    count: int
    """Entries on it, those not counted that are deleted."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an entry, as it was saved."""

    number: int
    """1 for the first; every save is one more."""
    at: datetime
    """UTC."""
    who: str
    """The name that the person typed, which may be none."""
    why: str
    currency: str
    """Of the results, ISO 4217 code."""
    results: ResultsInput | None
    """What the scenario came to when it was saved, if that was known; a set has its own."""
    plans: tuple[str, ...] = ()
    """Of a set: letter and name of each plan in it. A single scenario has none."""
    answered: contents.Answered | None = None
    """Of a set: what was asked, and the answer when it was saved, if that is known."""
    doubts: tuple[str, ...] = ()
    """Of a scenario: what its results can be doubted for, as
    :func:`simulator.scenario.plausibility.subjects` says; one that was saved before lists showed
    it has none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A scenario on a shelf, or a set of them, as its newest version is."""

    view_key: str
    edit_key: str | None = field(repr=False)
    """None for whoever came with a view key."""
    label: Label
    organisation: str
    """Name of the organisation in the scenario; of a set all of them, one a line."""
    head: Version
    created: datetime
    """UTC, as all moments here."""
    changed: datetime
    """When it was last saved, described, or brought back."""
    deleted: datetime | None
    purged: datetime | None
    """When a deleted one vanishes for good."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One version with its content."""

    entry: Entry
    version: Version
    content: str
    """The file, byte for byte as saved, maybe by an older version of the program."""

    def held(self) -> Content:
        """The scenario, or the set, migrated if it is in an older format.

        Raises:
            simulator.scenario.ScenarioError: it was saved by a newer version of the program.
        """
        return contents.parse(self.content, is_set=bool(self.version.plans))

    def scenario(self) -> Scenario:
        """The scenario. Raises as :meth:`held`, and where it is a set."""
        return scenario.parse(self.content)

    def start(self) -> Scenario | None:
        """What a scenario's plan started from, if that is another. Raises as :meth:`scenario`."""
        return scenario.parse_with_start(self.content)[1]


@dataclass(frozen=True, slots=True)
class History:
    """All versions of an entry."""

    entry: Entry
    versions: tuple[Version, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of what was searched for."""

    entries: tuple[Entry, ...]
    """Newest first."""
    total: int
    """How many there are in all parts together."""
    tags: tuple[str, ...]
    """All tags of the shelf, in alphabetical order."""
