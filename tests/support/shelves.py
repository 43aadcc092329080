"""What tests of the library share."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck

from simulator.library import Entry, Shelf
from tests.support.examples import examples

ON_BOTH = examples(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
