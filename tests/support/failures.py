"""What has to fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest

from simulator.library import LibraryError

Failure = TypeVar("Failure", bound=LibraryError)


def failing(kind: type[Failure], *attempts: Callable[[], object]) -> list[Failure]:
    """The errors of attempts, each of which has to fail in this way."""
    errors = []
    for attempt in attempts:
        with pytest.raises(kind) as error:
            attempt()
        errors.append(error.value)
    return errors
