"""The assumptions: one record per parameter, read from ``register.csv``.

A new parameter is one new row there. Its ``id`` is the name by which equations read it.
"""

from __future__ import annotations

import csv
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
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
    LOGUNIFORM = "loguniform"
    """Every order of magnitude alike: for shapes of which nobody knows more than the ends."""
    LOGNORMAL = "lognormal"
    """Low and high are its 5 % and 95 % points, beyond which it is cut off; median central when
    that is their geometric mean, else the two halves have spreads of their own."""


GRADES: Mapping[str, str] = {
    "A": "meta-analysis",
    "B": "experiment or natural experiment",
    "C": "observational study",
    "D": "industry survey or official statistics",
    "E": "anecdote or judgement",
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
    least: float
    """Least value that a scenario may give it, in its unit.

    Beyond ``low``, so that assumptions can be challenged; as narrow as the equations need:

    - what they divide by, or take the logarithm of, stays well above zero; so does each weight, of
      which one has to be there;
    - a time constant is a month or more (trust, whose fall is ``trust_asymmetry`` times as fast,
      six): a step of one month cannot follow what is much faster;
    - ``money_time_substitution`` keeps away from 0 and 1, where the elasticity's formula has no
      value and close to which it has no accuracy;
    - shares that are answered and occupancies keep away from 0 and 1, at which nothing is known of
      peaks; what customers expect changes over half a year or more, or a step of one month cannot
      follow how they try another channel;
    - what multiplies something between 0 and 1 that has to stay there is at most 1, and above 0
      where trust depends on it;
    - what stands in an exponent is at most 3, which already means twenty times the hazard.
    """
    most: float
    """Greatest value that a scenario may give it, in its unit."""
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

    def texts(self) -> Iterator[str]:
        """What is to be translated; what a source is called, and where it was read, stays."""
        yield from filter(None, (self.label, self.meaning, self.unit, self.group))
        yield from filter(None, (self.reported_figure, self.note))
        if self.describes_source:
            yield self.citation
        if self.describes_reading:
            yield self.checked_at

    @property
    def describes_source(self) -> bool:
        """Whether ``citation`` says in words where the figure is from, and names no title alone."""
        return self.citation.startswith(("derived", "Source article", "Trade guides"))

    @property
    def describes_reading(self) -> bool:
        """Whether ``checked_at`` says in words where the figure was read, and is no address."""
        return self.checked_at not in {"", "memory"} and "://" not in self.checked_at

    def range_in(self, overrides: Mapping[str, Range]) -> Range:
        """Its range under ``overrides`` by id: its own where there is none of it."""
        return overrides.get(self.id) or Range(self.low, self.central, self.high)

    @property
    def bounds(self) -> tuple[float, float]:
        """``least`` and ``most``."""
        return self.least, self.most


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
        "least": float,
        "most": float,
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
        registered one is read, is proven by ``tests/model/test_parameters.py``.
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
