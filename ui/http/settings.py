"""What whoever runs the server can set, in variables of the environment; docs/DEPLOYMENT.md tells
what each is for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the server, each by the name of its variable in lower case."""

    simulator_requests_per_minute: int = 6_000
    """Of a visitor."""
    simulator_waiting_requests: int = 24
    """Of a visitor, at a time."""
    simulator_shelves_per_hour: int = 300
    """New ones, of an address."""
    simulator_library_entries: int = 20_000
    """On a shelf, deleted ones included as long as they can be brought back."""
    simulator_library_mb: int = 200
    """Of what is on a shelf, in all versions."""
    simulator_imports_mb: int = 512
    """Of archives that come in or wait to be taken in, at a time; of an address half of it."""
    simulator_patience: int = 30
    """Seconds for a request to arrive."""
    simulator_allowed_hosts: str = ""
    """Names that the server goes by besides those of its machine, with commas; ``*``: any."""
    simulator_frame_ancestors: str = ""
    """Sites whose pages may show the app in a frame, with commas; none by default."""
    simulator_memory_mb: int = 512
    """For what is kept of organisations, so that the next move of a lever is faster."""


def read(environ: Mapping[str, str]) -> Settings:
    """The settings in ``environ``; what is not there is as it is by default.

    Raises:
        ValueError: a number that is none, or below 1.
    """
    values: dict[str, str | int] = {}
    for setting in fields(Settings):
        name = setting.name.upper()
        text = environ.get(name, "").strip()
        if not text:
            continue
        if isinstance(setting.default, str):
            values[setting.name] = text
        elif text.isdecimal() and 1 <= int(text) <= 10**9:
            values[setting.name] = int(text)
        else:
            raise ValueError(f"{name}: found {text!r}, allowed: a whole number from 1")
    return Settings(**values)  # type: ignore[arg-type]  # by the loop above


@cache
def settings() -> Settings:
    """Those of this process."""
    return read(os.environ)
