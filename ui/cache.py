"""What is shown of forecasts and comparisons, kept for all visitors and all threads.

Carrying on does not depend on the plan: it is kept for the last few organisations and worlds, as
whole runs of some 25 MB each, so that a move of a lever only has to run the plan. Of whole
scenarios only the results are kept, a few dozen kB each. Looking at another outcome, another pair
or another measure of the same comparison takes no simulation, and neither does a download.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from simulator import scenario
from simulator.analyses import attribution
from simulator.analyses.comparison import Comparison, compare
from simulator.analyses.value_bridge import ValueBridge, value_bridge
from simulator.model.quantities import Plan
from simulator.model.register import FloatArray
from simulator.results import (
    DEFAULT_DRAWS,
    OUTCOMES,
    Baseline,
    BaselineKey,
    Headline,
    band,
    baseline,
    baseline_key,
    simulate,
)
from simulator.results.summary import Summary
from simulator.scenario import Scenario

BASELINES_KEPT = 6
RESULTS_KEPT = 256
COMPARISONS_KEPT = 16
"""Of six scenarios each takes some 5 MB; 8.5 MB over 120 months."""

Value = TypeVar("Value")


class SingleFlight(Generic[Value]):
    """A value that is made once, however many threads ask for it at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: Value | None = None

    def get(self, make: Callable[[], Value]) -> Value:
        """The value; what ``make`` makes, if there is none yet."""
        with self._lock:
            if self._value is None:
                self._value = make()
            return self._value


# --- one scenario --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Results(Summary):
    """All that is shown of one scenario. Shared between threads: nothing in it changes."""

    headline: Headline
    bridge: ValueBridge
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


@lru_cache(maxsize=RESULTS_KEPT)
def _results(key: _ResultsKey) -> SingleFlight[Results]:
    return SingleFlight()


@lru_cache(maxsize=BASELINES_KEPT)
def _baseline(key: BaselineKey) -> SingleFlight[Baseline]:
    return SingleFlight()


@lru_cache(maxsize=BASELINES_KEPT * len(OUTCOMES))
def _baseline_band(key: BaselineKey, outcome: str) -> SingleFlight[FloatArray]:
    return SingleFlight()


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
    return _results(key).get(lambda: _simulated(scenario, key))


def shared_baseline(scenario: Scenario, draws: int = DEFAULT_DRAWS) -> Baseline:
    """The run of carrying on; from the cache if it has been asked for lately, by anyone."""
    return _baseline(baseline_key(scenario, draws)).get(lambda: baseline(scenario, draws))


def _simulated(scenario: Scenario, key: _ResultsKey) -> Results:
    draws = key.baseline.draws
    simulated = shared_baseline(scenario, draws)
    forecast = simulate(scenario, draws, baseline=simulated)

    def baseline_band(outcome: str) -> FloatArray:
        cached = _baseline_band(key.baseline, outcome)
        return cached.get(lambda: _sealed(band(simulated.series(outcome))))

    return Results(
        currency=key.currency,
        horizon_months=scenario.horizon_months,
        plan={name: _sealed(forecast.band(name)) for name in key.outcomes},
        baseline={name: baseline_band(name) for name in key.outcomes},
        final_change=forecast.at_end(*key.outcomes),
        headline=forecast.headline,
        bridge=value_bridge(forecast),
        levels=attribution.levels(forecast, key.outcomes),
    )


def _sealed(array: FloatArray) -> FloatArray:
    array.flags.writeable = False
    return array


# --- comparisons ---------------------------------------------------------------------------------


@lru_cache(maxsize=COMPARISONS_KEPT)
def _comparison(key: bytes) -> SingleFlight[Comparison]:
    return SingleFlight()


def compared(*scenarios: Scenario, draws: int = DEFAULT_DRAWS) -> Comparison:
    """:func:`simulator.analyses.comparison.compare`; from the cache if the same scenarios have been
    compared lately, by anyone.

    The scenarios in it have no names and texts. It is shared between threads: nothing in it may be
    changed. Raises ``ValueError`` for too few or too many scenarios.
    """
    bare = [_without_texts(one) for one in scenarios]
    return _comparison(_comparison_key(bare, draws)).get(
        lambda: compare(*bare, draws=draws, baseline=shared_baseline)
    )


def _comparison_key(scenarios: Sequence[Scenario], draws: int) -> bytes:
    """All that a comparison depends on, in short."""
    digest = hashlib.blake2b(str(draws).encode(), digest_size=32)
    for one in scenarios:
        digest.update(scenario.dump(one).encode())
    return digest.digest()


def _without_texts(plan: Scenario) -> Scenario:
    texts = dict.fromkeys(("name", "description", "story", "notes", "author"), "")
    return plan.model_copy(update={**texts, "date": None})
