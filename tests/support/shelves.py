"""What tests of the library share."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, settings

from simulator.library import Entry, Shelf

ON_BOTH = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
"""How property tests run that write into a store."""
MORNING = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
"""Of the day on which tests begin that set the clock."""


def edit(holder: Shelf | Entry) -> str:
    """The key that may change it."""
    assert holder.edit_key is not None
    return holder.edit_key


class Clock:
    """A clock that stands still until it is put forward."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at
