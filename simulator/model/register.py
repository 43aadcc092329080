"""The assumptions: one record per parameter, read from ``register.csv``, and draws from them.

A new parameter is one new row there. Its ``id`` is the name by which equations read it.
"""

from __future__ import annotations

import csv
import secrets
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator import paths

if TYPE_CHECKING:
    from scipy.stats import qmc

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
        *(overrides[one.id].central if one.id in overrides else one.central for one in REGISTER)
    )


def draw(draws: int, seed: int, overrides: Mapping[str, Range] | None = None) -> FloatArray:
    """Joint draws of all parameters, shape ``(parameters, draws)``, in the register's order.

    Scrambled Sobol points through each parameter's inverse distribution. The same seed gives the
    same points, whatever is overridden: two scenarios see the same world in the same draw. One
    draw means the central values. Raises ``ValueError`` unless ``draws`` is a whole number from 1.
    """
    _check(draws)
    if draws == 1:
        return np.array(central(overrides), dtype=np.float64)[:, None]
    return _spread(_points(draws, seed), overrides or {})


def draw_in_chunks(
    draws: int, seed: int, overrides: Mapping[str, Range] | None = None, size: int = 2048
) -> Iterator[FloatArray]:
    """The same numbers as :func:`draw`, in pieces of at most ``size`` (a power of two) draws."""
    _check(draws)
    if draws == 1:
        yield draw(draws, seed, overrides)
        return
    sampler = _sampler(seed)
    for first in range(0, draws, size):
        points = sampler.random(size)[: draws - first]
        yield _spread(np.ascontiguousarray(points.T), overrides or {})


def _check(draws: int) -> None:
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 1:
        raise ValueError(f"draws: found {draws!r}, allowed a whole number from 1")


def _spread(points: FloatArray, overrides: Mapping[str, Range]) -> FloatArray:
    """Parameter values at these points of the unit cube, both ``(parameters, draws)``."""
    values = np.empty_like(points)
    for row, one in enumerate(REGISTER):
        span = overrides.get(one.id, Range(one.low, one.central, one.high))
        values[row] = quantile(points[row], span, one.distribution)
    return values


def _sampler(seed: int) -> qmc.Sobol:
    from scipy.stats import qmc  # imported late: half of the start-up time otherwise

    return qmc.Sobol(d=len(REGISTER), scramble=True, rng=seed)


@lru_cache(maxsize=4)
def _points(draws: int, seed: int) -> FloatArray:
    """Scrambled Sobol points in (0, 1), shape ``(parameters, draws)``.

    Usual numbers of draws are kept on disk: SciPy, which makes them, takes most of a second to
    start.
    """
    file = paths.cache_dir() / "sobol" / f"{version('scipy')}-{len(REGISTER)}-{draws}-{seed}.npy"
    points = _kept(file, (len(REGISTER), draws)) if draws <= _MOST_KEPT else None
    if points is None:
        balanced = (draws - 1).bit_length()  # the sequence is balanced at powers of two
        points = np.ascontiguousarray(_sampler(seed).random_base2(balanced)[:draws].T)
        if draws <= _MOST_KEPT:
            _put_away(file, points)
    points.flags.writeable = False
    return points


_MOST_KEPT, _FILES_KEPT = 4096, 16
"""Draws up to which points are kept on disk, and for how many different uses."""


def _kept(file: Path, shape: tuple[int, int]) -> FloatArray | None:
    """The points in ``file``; ``None`` if there are none, or it is damaged."""
    try:
        points: FloatArray = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    sound = points.shape == shape and points.dtype == np.float64
    return points if sound and points.min() >= 0.0 and points.max() < 1.0 else None


def _put_away(file: Path, points: FloatArray) -> None:
    """Keep the points in ``file``, whole or not at all, and no more than the newest few files."""
    with suppress(OSError):  # a full or locked disk costs time, nothing else
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{secrets.token_hex(8)}.draft")
        with draft.open("xb") as target:
            np.save(target, points)
        draft.replace(file)
        newest = sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime)
        for old in newest[:-_FILES_KEPT]:
            old.unlink()


def quantile(share: FloatArray, span: Range, distribution: Distribution) -> FloatArray:
    """Inverse distribution function of a parameter with this range.

    ``share`` holds probabilities between 0 and 1, any shape; the result has its shape and lies
    within ``span``.
    """
    low, mode, high = span.low, span.central, span.high
    if distribution is Distribution.FIXED or low == high:
        return np.full_like(share, mode)
    if distribution is Distribution.UNIFORM:
        return np.clip(low + (high - low) * share, low, high)
    if distribution is Distribution.LOGNORMAL and low > 0.0 and low < mode < high:
        from scipy.special import ndtri

        normal = ndtri(0.05 + 0.9 * share) / ndtri(0.95)  # -1 at low, 0 at the median, 1 at high
        spread = np.where(normal < 0.0, np.log(mode / low), np.log(high / mode))
        return np.clip(mode * np.exp(normal * spread), low, high)
    peak = (mode - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - share) * (high - low) * (high - mode))
    return np.clip(np.where(share < peak, rising, falling), low, high)
