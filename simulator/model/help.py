"""What is told about a lever or a figure to whoever asks, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Help:
    """A help text as it is declared."""

    text: str
    """At most two sentences; a message to be translated."""
    claim: int
    """Number of the claim that is put to the test, in ``docs/CLAIMS.md``."""
    assumptions: tuple[str, ...]
    """Ids of those that matter most."""
