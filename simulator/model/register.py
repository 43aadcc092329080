"""The assumptions: one record per parameter, read from ``register.csv``.

A new parameter is one new row there. Its ``id`` is the name by which equations read it.
"""

from __future__ import annotations

import csv
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Distribution(StrEnum):
    """How a parameter spreads between its low and high end."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    """Peak at the central value, bounds at low and high."""
    LOGNORMAL = "lognormal"
    """Low and high are its 5 % and 95 % points, beyond which it is cut off; median central when
    that is their geometric mean, else the two halves have spreads of their own."""


GRADES: Mapping[str, str] = {
    "A": "meta-analysis",
    "B": "experiment or natural experiment",
    "C": "observational study",
    "D": "industry survey or official statistics",
    "E": "anecdote or assumption",
}
"""What the evidence grades mean."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One assumption about the world, with where it comes from."""

    id: str
    group: str
    label: str
    meaning: str
    unit: str
    low: float
    central: float
    high: float
    distribution: Distribution
    grade: str
    """A to E, see :data:`GRADES`."""
    register_id: str
    """Row of the register of published effects that it rests on; empty for pure judgement."""
    citation: str
    reported_figure: str
    """What the source says; ``low``, ``central`` and ``high`` are our reading of it."""
    note: str
    checked_at: str
    """Where the figure was read; ``memory``: nobody has read it again."""


@dataclass(frozen=True, slots=True)
class Range:
    """A parameter's range in one scenario; ``low == high`` means: taken as known."""

    low: float
    central: float
    high: float


def _read_register() -> tuple[Parameter, ...]:
    text = resources.files("simulator.model").joinpath("register.csv").read_text(encoding="utf-8")
    kinds: dict[str, Callable[[str], Any]] = {
        "low": float,
        "central": float,
        "high": float,
        "distribution": Distribution,
    }
    return tuple(
        Parameter(**{key: kinds.get(key, str)(value) for key, value in row.items()})
        for row in csv.DictReader(text.splitlines())
    )


REGISTER: tuple[Parameter, ...] = _read_register()
"""All parameters, in the order of the file. Draws depend on that order: append at the end."""

BY_ID: Mapping[str, Parameter] = {parameter.id: parameter for parameter in REGISTER}

if TYPE_CHECKING:

    class Parameters(NamedTuple):
        """One value for every parameter of the register; the equations call it ``p``.

        Units are in the register. That every name which an equation reads is registered, and every
        registered one is read, is proven by ``tests/test_parameters.py``.
        """

        def __getattr__(self, name: str) -> float: ...

else:
    Parameters = namedtuple("Parameters", [parameter.id for parameter in REGISTER])


def central(overrides: Mapping[str, Range] | None = None) -> Parameters:
    """The central value of every parameter, after ``overrides`` by parameter id."""
    overrides = overrides or {}
    return Parameters(
        *(
            overrides[parameter.id].central if parameter.id in overrides else parameter.central
            for parameter in REGISTER
        )
    )
