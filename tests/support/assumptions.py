"""Assumptions with some of them taken as known."""

from __future__ import annotations

from simulator.model.register import Parameters, Range


def assuming(p: Parameters, **values: float) -> Parameters:
    """The same assumptions, but for these."""
    return p._replace(**values)


def taken(**values: float) -> dict[str, Range]:
    """Ranges that take these assumptions as known, for draws."""
    return {name: Range(value, value, value) for name, value in values.items()}
