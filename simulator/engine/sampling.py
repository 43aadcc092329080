"""Draws from the register of assumptions, and the points that are kept on disk for them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulator import paths
from simulator.model.register import REGISTER, Distribution, FloatArray, Range, central

if TYPE_CHECKING:
    from scipy.stats import qmc


def draw(draws: int, seed: int, overrides: Mapping[str, Range] | None = None) -> FloatArray:
    """Joint draws of all parameters, shape ``(parameters, draws)``, in the register's order.

    Scrambled Sobol points through each parameter's inverse distribution. The same seed gives the
    same points, whatever is overridden: two scenarios see the same world in the same draw. One
    draw means the central values. Raises ``ValueError`` unless ``draws`` is a whole number from 1.
    """
    _check(draws)
    if draws == 1:
        return np.array(central(overrides), dtype=np.float64)[:, None]
    if draws > _MOST_DRAWS_STORED:
        return _spread(_points(draws, seed), overrides or {})
    ranges = tuple((overrides or {}).items())
    return _values(draws, seed, ranges, repr(ranges)).copy()


def shares(draws: int, seed: int) -> FloatArray:
    """Where each of :func:`draw` lies in its distribution: the share (0-1) of it that is below,
    shape ``(parameters, draws)``. Raises ``ValueError`` unless ``draws`` is a whole number from
    2."""
    _check(draws)
    if draws == 1:
        raise ValueError("draws: found 1, allowed a whole number from 2")
    return _points(draws, seed)


def draw_in_chunks(
    draws: int, seed: int, overrides: Mapping[str, Range] | None = None, size: int = 2048
) -> Iterator[FloatArray]:
    """The same numbers as :func:`draw`, in pieces of at most ``size`` (a power of two) draws."""
    _check(draws)
    if draws == 1 or draws <= min(size, _MOST_DRAWS_STORED):
        yield draw(draws, seed, overrides)
        return
    if draws <= _MOST_DRAWS_STORED:
        points = _points(draws, seed)
        for first in range(0, draws, size):
            piece = np.ascontiguousarray(points[:, first : first + size])
            yield _spread(piece, overrides or {})
        return
    sampler = _sampler(seed)
    for first in range(0, draws, size):
        points = sampler.random(size)[: draws - first]
        yield _spread(np.ascontiguousarray(points.T), overrides or {})


def draw_between(
    first: int, last: int, draws: int, seed: int, overrides: Mapping[str, Range] | None = None
) -> FloatArray:
    """Of the same numbers as :func:`draw` those from draw ``first`` up to, without, ``last``; shape
    ``(parameters, last - first)``. The points of all ``draws`` are kept meanwhile."""
    points = _points(draws, seed)[:, first:last]
    return _spread(np.ascontiguousarray(points), overrides or {})


def draw_pair(
    draws: int, seed: int, overrides: Mapping[str, Range] | None = None
) -> tuple[FloatArray, FloatArray]:
    """:func:`draw`, and as many draws that are independent of those; each ``(parameters, draws)``.

    The second set is scrambled and put in order by itself. The halves of one sequence of twice as
    many dimensions, as is usual, would not do: of so many dimensions some pairs are correlated by
    0.2 to 0.4 in as few points as these. Raises ``ValueError`` unless ``draws`` is a whole number
    from 2.
    """
    _check(draws)
    if draws == 1:
        raise ValueError("draws: found 1, allowed a whole number from 2")
    is_stored = draws <= _MOST_DRAWS_STORED
    points = (_second_points if is_stored else _second_points.__wrapped__)(draws, seed)
    return draw(draws, seed, overrides), _spread(points, overrides or {})


def errors(first: int, draws: int, seed: int) -> FloatArray:
    """By how many standard errors what is measured is off, in so many draws from ``first`` on;
    shape ``(draws,)``.

    Standard normal, independent of the parameters, and the same for a draw whatever is asked for
    with it. A single draw, which has the central values, is measured as it is.
    """
    if draws == 1 and first == 0:
        return np.zeros(1)
    from scipy.special import ndtri

    random = np.random.PCG64(np.random.SeedSequence([seed, _ERRORS])).advance(first)
    shares = np.random.Generator(random).random(draws)
    off: FloatArray = ndtri(np.clip(shares, 1e-16, None))
    return off


_SECOND_SET, _ERRORS = 1, 2
"""Set random numbers apart: those of the second set of a pair, and those of what is measured."""


def _check(draws: int) -> None:
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 1:
        raise ValueError(f"draws: found {draws!r}, allowed a whole number from 1")


def _spread(points: FloatArray, overrides: Mapping[str, Range]) -> FloatArray:
    """Parameter values at these points of the unit cube, both ``(parameters, draws)``."""
    values = np.empty_like(points)
    for row, parameter in enumerate(REGISTER):
        values[row] = quantile(points[row], parameter.range_in(overrides), parameter.distribution)
    return values


@lru_cache(maxsize=4)
def _values(
    draws: int, seed: int, ranges: tuple[tuple[str, Range], ...], _written: str
) -> FloatArray:
    """What :func:`draw` gives copies of: a move of a lever changes no range. ``_written`` is
    ``ranges`` as text, which tells apart numbers that are equal, as 0 and -0."""
    values = _spread(_points(draws, seed), dict(ranges))
    values.flags.writeable = False
    return values


def _sampler(seed: int | np.random.Generator) -> qmc.Sobol:
    from scipy.stats import qmc  # imported late: half of the start-up time otherwise

    return qmc.Sobol(d=len(REGISTER), scramble=True, rng=seed)


@lru_cache(maxsize=4)
def _points(draws: int, seed: int) -> FloatArray:
    """Scrambled Sobol points in (0, 1), shape ``(parameters, draws)``.

    Usual numbers of draws are kept on disk: SciPy, which makes them, takes most of a second to
    start.
    """
    file = paths.cache_dir() / "sobol" / f"{_scipy_version()}-{len(REGISTER)}-{draws}-{seed}.npy"
    points = _read_points(file, (len(REGISTER), draws)) if draws <= _MOST_DRAWS_STORED else None
    if points is None:
        balanced = (draws - 1).bit_length()  # the sequence is balanced at powers of two
        points = np.ascontiguousarray(_sampler(seed).random_base2(balanced)[:draws].T)
        if draws <= _MOST_DRAWS_STORED:
            _write_points(file, points)
    points.flags.writeable = False
    return points


@lru_cache(maxsize=4)
def _second_points(draws: int, seed: int) -> FloatArray:
    """As many points that are independent of those, in an order of their own."""
    random = np.random.default_rng([seed, _SECOND_SET])
    balanced = (draws - 1).bit_length()
    points = _sampler(random).random_base2(balanced)[:draws]
    second = np.ascontiguousarray(random.permutation(points).T)
    second.flags.writeable = False
    return second


@cache
def _scipy_version() -> str:
    """Read once, from a file of the package: that takes as long as to make a few points."""
    return version("scipy")


_MOST_DRAWS_STORED, _MOST_FILES = 4096, 16
"""Draws up to which points are kept on disk, and for how many different uses."""


def _read_points(file: Path, shape: tuple[int, int]) -> FloatArray | None:
    """The points in ``file``; ``None`` if there are none, or it is damaged."""
    try:
        points: FloatArray = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    sound = points.shape == shape and points.dtype == np.float64
    return points if sound and points.min() >= 0.0 and points.max() < 1.0 else None


def _write_points(file: Path, points: FloatArray) -> None:
    """Keep the points in ``file``, whole or not at all, and no more than the newest few files."""
    with suppress(OSError):  # a full or locked disk costs time, nothing else
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{secrets.token_hex(8)}.draft")
        with draft.open("xb") as target:
            np.save(target, points)
        draft.replace(file)
        newest = sorted(file.parent.iterdir(), key=lambda entry: entry.stat().st_mtime)
        for old in newest[:-_MOST_FILES]:
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
    if distribution is Distribution.LOGUNIFORM and low > 0.0:
        values: FloatArray = np.clip(low * np.exp(np.log(high / low) * share), low, high)
        return values
    if distribution is Distribution.LOGNORMAL and low > 0.0 and low < mode < high:
        from scipy.special import ndtri

        normal = ndtri(0.05 + 0.9 * share) / ndtri(0.95)  # -1 at low, 0 at the median, 1 at high
        spread = np.where(normal < 0.0, np.log(mode / low), np.log(high / mode))
        return np.clip(mode * np.exp(normal * spread), low, high)
    peak = (mode - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - share) * (high - low) * (high - mode))
    return np.clip(np.where(share < peak, rising, falling), low, high)
