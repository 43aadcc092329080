"""What is shown of forecasts and comparisons, kept for all visitors and all threads.

Carrying on does not depend on the plan: it is kept for the last few organisations and worlds, as
whole runs of some 25 MB each, so that a move of a lever only has to run the plan. Of whole
scenarios only the results are kept, a few dozen kB each. Looking at another outcome, another pair
or another measure of the same comparison takes no simulation, and neither does a download.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

import numpy as np

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
    ChanceByYear,
    Headline,
    HeadlineDraws,
    Piece,
    band,
    baseline,
    baseline_key,
    chance_by_year,
    piece,
    precision,
    simulate,
    summarise,
)
from simulator.results.summary import Summary
from simulator.results.years import up_to_horizon
from simulator.scenario import Scenario

MOST_DRAWS, PIECE = 8192, 512
"""The most draws that results are refined to while nothing moves, and how many at a time."""
PIECES_KEPT = 64
"""Of some 250 kB each: those of the last four scenarios, at five years."""

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

    @property
    def known(self) -> Value | None:
        """The value if it is there; waits for nobody."""
        return self._value

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
        years=up_to_horizon(forecast.series("cumulative_value")),
    )


# --- what is worked out while nothing moves ------------------------------------------------------


@lru_cache(maxsize=RESULTS_KEPT)
def _years(plan: Plan, key: BaselineKey) -> SingleFlight[ChanceByYear]:
    return SingleFlight()


@lru_cache(maxsize=PIECES_KEPT)
def _piece(plan: Plan, key: BaselineKey, number: int) -> SingleFlight[Piece]:
    return SingleFlight()


@lru_cache(maxsize=RESULTS_KEPT)
def _refined(plan: Plan, key: BaselineKey, draws: int) -> SingleFlight[Refined]:
    return SingleFlight()


@dataclass(frozen=True, slots=True)
class Refined:
    """What more draws say of a scenario, shown with the digits that :data:`DEFAULT_DRAWS` have."""

    headline: Headline
    gained: FloatArray
    """Value against carrying on: P10, P50 and P90, shape ``(3, months + 1)``."""


class _Moves:
    """How many answers to a lever are being worked on, for all visitors."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """While an answer is worked on."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Until none is worked on, or for so long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._count, seconds)


MOVES = _Moves()


def years(scenario: Scenario) -> ChanceByYear:
    """The chance of being better for all ten years; from the cache if it has been asked for."""
    flight = _years(scenario.plan_quantities(), baseline_key(scenario))
    return flight.get(lambda: chance_by_year(scenario, threads=1))


def steps(results: Results) -> int:
    """How many times :func:`step` it takes until ``results`` are settled; may be none."""
    draws = precision.draws_needed(results.headline, MOST_DRAWS)
    return draws // PIECE if draws > results.headline.draws else 0


def step(scenario: Scenario, number: int) -> Piece:
    """Some of the draws that settle results, counted from 1: some 30 ms of one thread, so that a
    lever that moves meanwhile does not wait."""
    first = (number - 1) * PIECE
    flight = _piece(scenario.plan_quantities(), baseline_key(scenario), number)
    return flight.get(lambda: piece(scenario, first, first + PIECE, MOST_DRAWS))


def settled(scenario: Scenario, rough: Results) -> Results:
    """``rough`` results once all steps are done: all years, and as many draws as keep the digits
    that are shown from changing. Does what is missing."""
    whole = replace(rough, years=years(scenario))
    count = steps(rough)
    if not count:
        return whole
    key = (scenario.plan_quantities(), baseline_key(scenario))

    def make() -> Refined:
        pieces = [step(scenario, number) for number in range(1, count + 1)]
        headline = summarise(HeadlineDraws.joined([one.values for one in pieces]))
        gained = band(np.concatenate([one.gained for one in pieces]))
        return Refined(precision.with_digits_of(headline, rough.headline), _sealed(gained))

    refined = _refined(*key, count * PIECE).get(make)
    plan = {**rough.plan}
    if "cumulative_value" in plan:
        plan["cumulative_value"] = refined.gained
    return replace(whole, headline=refined.headline, plan=plan)


def at_hand(scenario: Scenario, rough: Results) -> Results:
    """``rough`` results, or what has become known of them since; does no work."""
    key = (scenario.plan_quantities(), baseline_key(scenario))
    known = _years(*key).known
    if known is None:
        return rough
    count = steps(rough)
    if count and _refined(*key, count * PIECE).known is None:
        return replace(rough, years=known)
    return settled(scenario, rough)


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
