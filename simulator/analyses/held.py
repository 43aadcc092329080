"""A figure in draws in which some assumptions are held where somebody wants them.

What is not held is drawn as ever, in the same draws: what differs between two cases is the doing of
what is held, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import numpy as np

from simulator.analyses.base import Progress, unheard
from simulator.analyses.judgement import is_drawn
from simulator.engine.sampling import quantile
from simulator.model.register import REGISTER, FloatArray
from simulator.model.structures import GROUP
from simulator.results import net_present_values
from simulator.scenario import Scenario

AT_A_TIME = 2048
"""Draws that are run at a time: some 50 ms, between which others may pass."""

Figure = Callable[[FloatArray], FloatArray]
"""From assumptions of shape ``(parameters, draws)`` to a number a draw, shape ``(draws,)``."""

Case = Mapping[int, float]
"""Values of some assumptions, by their row of the register."""


def value_of(scenario: Scenario, months: int | None = None) -> Figure:
    """The value against carrying on, currency, over so many ``months`` or over the horizon."""
    over = scenario.model_copy(update={"horizon_months": months or scenario.horizon_months})
    return partial(net_present_values, over)


def rough_value_of(scenario: Scenario, months: int | None = None) -> Figure:
    """The same by Euler's method, in a third of the time. What a change of an assumption does to it
    is off by a tenth of what some sixty draws leave open: good enough to tell what is worth a
    closer look."""
    over = scenario.model_copy(update={"horizon_months": months or scenario.horizon_months})
    return partial(net_present_values, over, method="euler")


def drawn_rows(scenario: Scenario) -> list[int]:
    """The rows of the register that have a range in ``scenario`` which counts. Those that draw a
    structure are none: they have no value that could be too high or too low."""
    return [
        row
        for row, parameter in enumerate(REGISTER)
        if parameter.group != GROUP and is_drawn(parameter, scenario)
    ]


def value_at(scenario: Scenario, row: int, share: FloatArray | float) -> FloatArray:
    """Quantiles of an assumption, in its unit: below them lie these shares (0-1) of its draws."""
    shares = np.asarray(share, dtype=np.float64)
    parameter = REGISTER[row]
    return quantile(shares, parameter.range_in(scenario.ranges()), parameter.distribution)


Spread = Callable[[Callable[[Any], FloatArray], Sequence[Any]], Iterator[FloatArray]]
"""Has work done on pieces somewhere, and gives what comes of each, in their order."""

_SPREAD: ContextVar[Spread] = ContextVar("spread", default=map)


@contextmanager
def worked_on_by(spread: Spread) -> Iterator[None]:
    """Inside, what this thread works on in pieces is done by ``spread``, not here. No number
    depends on it."""
    token = _SPREAD.set(spread)
    try:
        yield
    finally:
        _SPREAD.reset(token)


def apart(work: Callable[[Any], FloatArray], pieces: Sequence[Any]) -> Iterator[FloatArray]:
    """What comes of each of ``pieces``, in their order: worked on here, one when the one before has
    been taken, or wherever pieces are worked on."""
    return iter(_SPREAD.get()(work, pieces))


def in_pieces(figure: Figure, values: FloatArray, progress: Progress = unheard) -> FloatArray:
    """``figure`` in all draws ``values``, shape ``(draws,)``, a piece at a time."""
    draws = values.shape[1]
    ends = [(first, min(first + AT_A_TIME, draws)) for first in range(0, draws, AT_A_TIME)]
    pieces = []
    for (_, end), piece in zip(
        ends, apart(figure, [values[:, slice(*some)] for some in ends]), strict=True
    ):
        pieces.append(piece)
        progress(end, draws)
    return np.concatenate(pieces)


def in_cases(
    figure: Figure, values: FloatArray, cases: Sequence[Case], progress: Progress = unheard
) -> FloatArray:
    """``figure`` in each of ``cases``, shape ``(cases, draws)``.

    Args:
        figure: what is asked for.
        values: the draws, shape ``(parameters, draws)``.
        cases: what is held in each.
        progress: hears of each piece of the work.
    """
    draws = values.shape[1]
    size = max(AT_A_TIME // draws, 1)
    some = [cases[first : first + size] for first in range(0, len(cases), size)]
    pieces, done = [], 0
    for held, piece in zip(some, apart(partial(_in_these, figure, values), some), strict=True):
        pieces.append(piece.reshape(-1, draws))
        done += len(held)
        progress(done, len(cases))
    return np.concatenate(pieces) if pieces else np.empty((0, draws))


def _in_these(figure: Figure, values: FloatArray, cases: Sequence[Case]) -> FloatArray:
    """``figure`` in each of a few cases, shape ``(cases * draws,)``."""
    return figure(_held(values, cases))


def _held(values: FloatArray, cases: Sequence[Case]) -> FloatArray:
    """The draws once for each case, side by side."""
    draws = values.shape[1]
    together = np.tile(values, len(cases))
    for place, case in enumerate(cases):
        for row, value in case.items():
            together[row, place * draws : (place + 1) * draws] = value
    return together


_FINE = 1_000_000
"""Steps that all stages together have, so that those of any stage are whole ones."""


def stages(progress: Progress, *weights: int) -> Iterator[Progress]:
    """A :class:`Progress` for each of several stages of these relative lengths."""
    total, before = sum(weights), 0
    for weight in weights:
        yield _stage(progress, before / total, weight / total)
        before += weight


def _stage(progress: Progress, before: float, share: float) -> Progress:
    return lambda done, whole: progress(round(_FINE * (before + share * done / whole)), _FINE)
