"""What is shown of forecasts and comparisons, kept for all visitors and all threads.

Carrying on does not depend on the plan: it is kept for the organisations and worlds that were asked
for last, so that a move of a lever only has to run the plan. What each plan is compared with takes
some 8 MB; a whole run of 25 MB, for whoever wants to see another outcome of carrying on, is kept
for the last one. Of whole scenarios only the results are kept, a few dozen kB each. Looking at
another outcome, another pair or another measure of the same comparison takes no simulation, and
neither does a download or an analysis that is opened again. What is worked out while nothing moves
is in :mod:`ui.refinement`.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from simulator import engine, scenario
from simulator.analyses import attribution
from simulator.analyses.base import Analysis, Progress, Result, unheard
from simulator.analyses.comparison import Comparison, compare
from simulator.analyses.value_bridge import FLOWS, ValueBridge, value_bridge
from simulator.model.figure_values import NEEDED
from simulator.model.quantities import Plan
from simulator.model.register import REGISTER, FloatArray
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
from simulator.results.summary import Summary, stages_of
from simulator.results.years import up_to_horizon
from simulator.scenario import Scenario, StagesInput
from ui.bounded import Bounded, held
from ui.http.fair import pause
from ui.http.settings import settings

RESULTS_KEPT = 256
MOVING_DRAWS = 256
"""Of the sequence that is used at rest, its first draws: for what is shown while a lever moves."""
MOVING_BESIDE = 64
"""Of these, for figures beside the value that take a run of their own: half of a move."""
_MOVING_KEPT = 64
COMPARISONS_KEPT = 16
"""Of six scenarios each takes some 5 MB; 8.5 MB over 120 months."""
ANALYSES_KEPT = 256
"""A few kB each, of seconds of work."""

_BYTES = 8
"""Of a number."""
_MB = 1_000_000
_WHOLE_SHARE, REFINING_SHARE, _MOVING_SHARE = 0.1, 0.1, 0.25
"""Of the memory for organisations, what whole runs may take, more draws of few scenarios, and few
draws, for levers: those of a whole room with organisations of their own have room in there."""


# --- one scenario --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Results(Summary):
    """All that is shown of one scenario. Shared between threads: nothing in it changes."""

    headline: Headline
    bridge: ValueBridge
    """What the value against carrying on consists of."""
    levels: attribution.Levels
    """Medians over the draws: :func:`simulator.analyses.attribution.between` works out whose
    doing a change is."""


class _ResultsKey(NamedTuple):
    """All that results depend on; a scenario's name and texts are not among it."""

    plan: Plan
    stages: StagesInput | None
    baseline: BaselineKey
    currency: str
    outcomes: tuple[str, ...]

    @property
    def is_moving(self) -> bool:
        """Of few draws, for a lever on its way."""
        return 1 < self.baseline.draws < DEFAULT_DRAWS


def _whole_size(key: BaselineKey) -> float:
    return key.draws * _BYTES * len(engine.ROWS) * (key.horizon_months + 1)


def _compact_size(key: BaselineKey) -> float:
    series = (len(NEEDED) + len(FLOWS)) * (key.horizon_months + 1)
    return key.draws * _BYTES * (series + len(engine.ROWS) + len(REGISTER))


class _CompactBaseline:
    """Carrying on in one organisation and world, as far as plans are compared with it."""

    def __init__(self, whole: Baseline) -> None:
        self.baseline = whole.compact(FLOWS)
        self._bands: dict[str, FloatArray] = {}
        self._lock = threading.Lock()

    def bands(
        self, outcomes: Iterable[str], whole: Callable[[], Baseline]
    ) -> Mapping[str, FloatArray]:
        """Those of these outcomes; ``whole`` gives the run if one has not been asked for yet."""
        with held(self._lock):
            if missing := [name for name in outcomes if name not in self._bands]:
                run = whole()
                self._bands |= {name: sealed(band(run.series(name))) for name in missing}
            return {name: self._bands[name] for name in outcomes}

    def known(self, outcomes: Iterable[str]) -> Mapping[str, FloatArray] | None:
        """Those of these outcomes, unless one has not been asked for yet."""
        names = set(outcomes)
        bands = self._bands
        return {name: bands[name] for name in names} if names <= bands.keys() else None


_memory = settings().simulator_memory_mb * _MB
_wholes = Bounded[BaselineKey, Baseline](_WHOLE_SHARE * _memory, _whole_size)
_baselines = Bounded[BaselineKey, _CompactBaseline](
    (1.0 - _WHOLE_SHARE - REFINING_SHARE - _MOVING_SHARE) * _memory, _compact_size
)
_moving_baselines = Bounded[BaselineKey, _CompactBaseline](_MOVING_SHARE * _memory, _compact_size)
_results = Bounded[_ResultsKey, Results](RESULTS_KEPT)
_moving = Bounded[_ResultsKey, Results](_MOVING_KEPT)
"""Of few draws: they would drive out what is asked for again."""


def results(scenario: Scenario, outcomes: Iterable[str], draws: int = DEFAULT_DRAWS) -> Results:
    """Results of ``scenario`` with the bands of ``outcomes`` (ids of the catalogue).

    From the cache if they have been asked for lately, by anyone. Raises ``KeyError`` for an outcome
    that does not exist.
    """
    key = _results_key(scenario, outcomes, draws)
    pause()
    kept = _moving if draws < DEFAULT_DRAWS else _results
    return kept.get(key, lambda: _simulated(scenario, key))


def are_known(scenario: Scenario, outcomes: Iterable[str]) -> bool:
    """Whether :func:`results` takes no work. Raises ``KeyError`` for an outcome that does not
    exist."""
    return _results.known(_results_key(scenario, outcomes, DEFAULT_DRAWS)) is not None


def _results_key(scenario: Scenario, outcomes: Iterable[str], draws: int) -> _ResultsKey:
    wanted = set(outcomes)
    if unknown := wanted - OUTCOMES.keys():
        raise KeyError(min(unknown))
    return _ResultsKey(
        plan=scenario.plan_quantities(),
        stages=scenario.plan.stages,
        baseline=baseline_key(scenario, draws),
        currency=scenario.organisation.currency,
        outcomes=tuple(name for name in OUTCOMES if name in wanted),
    )


def whole_baseline(scenario: Scenario, draws: int = DEFAULT_DRAWS) -> Baseline:
    """The run of carrying on; from the cache if it has been asked for lately, by anyone."""
    return _wholes.get(baseline_key(scenario, draws), lambda: baseline(scenario, draws))


def _simulated(scenario: Scenario, key: _ResultsKey) -> Results:
    draws = key.baseline.draws
    compact, bands = _baseline_and_bands(scenario, key)
    beside = MOVING_BESIDE if key.is_moving else None
    forecast = simulate(scenario, draws, baseline=compact, beside=beside)
    return Results(
        currency=key.currency,
        horizon_months=scenario.horizon_months,
        plan={name: sealed(forecast.band(name)) for name in key.outcomes},
        baseline=bands,
        final_change=forecast.at_end(*key.outcomes),
        headline=forecast.headline,
        bridge=value_bridge(forecast),
        levels=attribution.levels(forecast),
        years=up_to_horizon(forecast.series("cumulative_value")),
        stages=stages_of(forecast, key.outcomes),
    )


def _baseline_and_bands(
    scenario: Scenario, key: _ResultsKey
) -> tuple[Baseline, Mapping[str, FloatArray]]:
    """Carrying on, and its bands. The whole run, which may be large, is not in memory any more when
    this is done, unless it is small enough to be kept."""
    runs: list[Baseline] = []

    def whole() -> Baseline:
        if not runs:
            runs.append(whole_baseline(scenario, key.baseline.draws))
        return runs[0]

    if key.is_moving:
        # Carrying on does not move with a lever: it stays drawn as it is at rest.
        full = _baselines.known(key.baseline._replace(draws=DEFAULT_DRAWS))
        if full is not None and (bands := full.known(key.outcomes)) is not None:
            return full.baseline.first(key.baseline.draws), bands
    among = _moving_baselines if key.is_moving else _baselines
    kept = among.get(key.baseline, lambda: _CompactBaseline(whole()))
    return kept.baseline, kept.bands(key.outcomes, whole)


def sealed(array: FloatArray) -> FloatArray:
    """The same, which nobody can change any more."""
    array.flags.writeable = False
    return array


# --- comparisons ---------------------------------------------------------------------------------


_comparisons = Bounded[bytes, Comparison](COMPARISONS_KEPT)


def compared(*scenarios: Scenario, draws: int = DEFAULT_DRAWS) -> Comparison:
    """:func:`simulator.analyses.comparison.compare`; from the cache if the same scenarios have been
    compared lately, by anyone.

    The scenarios in it have no names, texts or saved results of their own. It is shared between
    threads: nothing in it may be changed. Raises ``ValueError`` for too few or too many scenarios.
    """
    bare = [_without_texts(plan) for plan in scenarios]
    return _comparisons.get(
        _key(bare, draws),
        lambda: compare(*bare, draws=draws, baseline=whole_baseline, progress=pause),
    )


def _key(scenarios: Sequence[Scenario], draws: int, *more: object) -> bytes:
    """All that a comparison, or with ``more`` an analysis, depends on, in short."""
    digest = hashlib.blake2b(repr((draws, *more)).encode(), digest_size=32)
    for plan in scenarios:
        digest.update(scenario.dump(plan).encode())
    return digest.digest()


def _without_texts(plan: Scenario) -> Scenario:
    """The same for everybody, whatever they call it; still a valid scenario."""
    texts = dict.fromkeys(("description", "story", "notes", "author"), "")
    return plan.model_copy(update={**texts, "name": "-", "date": None, "results": None})


# --- analyses ------------------------------------------------------------------------------------


_analyses = Bounded[bytes, Result](ANALYSES_KEPT)


def analysed(
    analysis: Analysis,
    plan: Scenario,
    draws: int,
    options: Mapping[str, object],
    progress: Progress = unheard,
) -> Result:
    """What an analysis with these options, which are checked, finds for a plan; from the cache if
    it has been found lately, by anyone.

    Two who ask for the same at a time each have it worked out: each sees how far it is, and may
    stop it. ``Cancelled`` where ``progress`` does; nothing is kept then.
    """
    bare = _without_texts(plan)
    key = _analysis_key(analysis, bare, draws, options)
    if (known := _analyses.known(key)) is not None:
        return known
    result = analysis.run(bare, draws, progress=progress, **options)
    return _analyses.get(key, lambda: result)


def analysis_at_hand(
    analysis: Analysis, plan: Scenario, draws: int, options: Mapping[str, object]
) -> Result | None:
    """What :func:`analysed` gives where that takes no work."""
    return _analyses.known(_analysis_key(analysis, _without_texts(plan), draws, options))


def _analysis_key(
    analysis: Analysis, bare: Scenario, draws: int, options: Mapping[str, object]
) -> bytes:
    return _key([bare], draws, analysis.id, sorted(options.items()))
