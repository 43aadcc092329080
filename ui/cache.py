"""What is shown of a forecast: small enough to be kept for many scenarios.

Two caches, for all visitors and all threads. Carrying on does not depend on the plan: it is kept
for the last few organisations and worlds, as whole runs of some 25 MB each, so that a move of a
lever only has to run the plan. Of whole scenarios only the results are kept, a few dozen kB each.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from simulator.analyses import attribution
from simulator.analyses.value_bridge import Parts, parts
from simulator.model.quantities import Plan
from simulator.model.register import FloatArray
from simulator.results import (
    DEFAULT_DRAWS,
    OUTCOMES,
    Baseline,
    BaselineKey,
    Change,
    Headline,
    band,
    baseline,
    baseline_key,
    simulate,
)
from simulator.scenario import Scenario

BASELINES_KEPT = 6
RESULTS_KEPT = 256

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Results:
    """Headline, bands and sums of one scenario. Shared between threads: nothing in it changes."""

    headline: Headline
    currency: str
    horizon_months: int
    plan: Mapping[str, FloatArray]
    """P10, P50 and P90 by outcome, shape ``(3, months + 1)``."""
    baseline: Mapping[str, FloatArray]
    """The same for carrying on."""
    final_change: Mapping[str, Change]
    """By outcome: the last month with the plan, without it, and the paired difference."""
    parts: Parts
    """What the value against carrying on consists of."""
    levels: attribution.Levels
    """Means over the draws: :func:`simulator.analyses.attribution.between` works out whose
    doing a change is."""


class _ResultsKey(NamedTuple):
    """All that results depend on; a scenario's name and texts are not among it."""

    plan: Plan
    baseline: BaselineKey
    currency: str
    outcomes: tuple[str, ...]


class Slot(Generic[Value]):
    """A place for a value that is made once, however many threads ask for it at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: Value | None = None

    def get(self, make: Callable[[], Value]) -> Value:
        """The value; what ``make`` makes, if there is none yet."""
        with self._lock:
            if self._value is None:
                self._value = make()
            return self._value


@lru_cache(maxsize=RESULTS_KEPT)
def _results_slot(key: _ResultsKey) -> Slot[Results]:
    return Slot()


@lru_cache(maxsize=BASELINES_KEPT)
def _baseline_slot(key: BaselineKey) -> Slot[Baseline]:
    return Slot()


@lru_cache(maxsize=BASELINES_KEPT * len(OUTCOMES))
def _baseline_band_slot(key: BaselineKey, outcome: str) -> Slot[FloatArray]:
    return Slot()


def results(scenario: Scenario, outcomes: Iterable[str], draws: int = DEFAULT_DRAWS) -> Results:
    """Results of ``scenario`` with the bands of ``outcomes`` (ids of the catalogue).

    From the cache if they have been asked for lately, by anyone. Raises ``KeyError`` for an outcome
    that does not exist.
    """
    wanted = set(outcomes)
    if unknown := wanted - OUTCOMES.keys():
        raise KeyError(min(unknown))
    key = _ResultsKey(
        plan=scenario.plan_quantities(),
        baseline=baseline_key(scenario, draws),
        currency=scenario.organisation.currency,
        outcomes=tuple(name for name in OUTCOMES if name in wanted),
    )
    return _results_slot(key).get(lambda: _made(scenario, key))


def carrying_on(scenario: Scenario, draws: int = DEFAULT_DRAWS) -> Baseline:
    """The run of carrying on; from the cache if it has been asked for lately, by anyone."""
    return _baseline_slot(baseline_key(scenario, draws)).get(lambda: baseline(scenario, draws))


def _made(scenario: Scenario, key: _ResultsKey) -> Results:
    draws = key.baseline.draws
    carried = carrying_on(scenario, draws)
    forecast = simulate(scenario, draws, baseline=carried)

    def carried_band(outcome: str) -> FloatArray:
        slot = _baseline_band_slot(key.baseline, outcome)
        return slot.get(lambda: _sealed(band(carried.series(outcome))))

    return Results(
        headline=forecast.headline,
        currency=key.currency,
        horizon_months=scenario.horizon_months,
        plan={name: _sealed(forecast.band(name)) for name in key.outcomes},
        baseline={name: carried_band(name) for name in key.outcomes},
        final_change=forecast.at_end(*key.outcomes),
        parts=parts(forecast),
        levels=attribution.levels(forecast, key.outcomes),
    )


def _sealed(array: FloatArray) -> FloatArray:
    array.flags.writeable = False
    return array
