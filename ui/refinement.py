"""What is worked out while nothing moves: all ten years, and more draws. Kept as in
:mod:`ui.cache`.

The steps are small, and each is a request of its own, so that whoever moves a lever does not wait
for them. Nothing here lets others pass while others wait for it: who waits has a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

import numpy as np

from simulator.analyses.alternatives import ANALYSIS as _RIVALS
from simulator.analyses.alternatives import Alternatives
from simulator.analyses.judgement import members
from simulator.analyses.sobol import variance_shares
from simulator.engine import draw_pair
from simulator.model.quantities import Plan
from simulator.model.register import FloatArray
from simulator.results import (
    AT_HORIZON,
    DEFAULT_DRAWS,
    FIGURES,
    BaselineKey,
    ChanceByYear,
    Headline,
    HeadlineDraws,
    Piece,
    band,
    baseline_key,
    chance_by_year,
    net_present_values,
    piece,
    precision,
    summarise,
)
from simulator.results.steady import steady
from simulator.results.years import Counts, counts_between
from simulator.scenario import Evidence, Scenario, StagesInput
from ui.bounded import Bounded
from ui.cache import (
    REFINING_SHARE,
    RESULTS_KEPT,
    Results,
    analysed,
    results,
    sealed,
)
from ui.http.fair import pause
from ui.http.settings import settings

MOST_DRAWS, DRAWS_A_STEP = 8192, 512
"""The most draws that results are refined to, and how many at a time."""


class _Key(NamedTuple):
    """All that a refinement depends on."""

    plan: Plan
    stages: StagesInput | None
    baseline: BaselineKey
    step: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    piece: Piece
    years: Counts


@dataclass(frozen=True, slots=True)
class _Refined:
    """What more draws say beside the results: see :mod:`simulator.results.steady`."""

    headline: Headline
    gained: FloatArray | None
    """Value against carrying on: P10, P50 and P90, shape ``(3, months + 1)``; none where that of
    the results is right."""
    years: ChanceByYear


def _size(key: _Key) -> float:
    """Bytes of what a step gives, about."""
    of_a_draw = key.baseline.horizon_months + 1 + len(FIGURES) + 2 * len(AT_HORIZON)
    return 8.0 * DRAWS_A_STEP * of_a_draw


_steps = Bounded[_Key, _Step](REFINING_SHARE * 1e6 * settings().simulator_memory_mb, _size)
_years = Bounded[_Key, ChanceByYear](RESULTS_KEPT)
_refined = Bounded[_Key, _Refined](RESULTS_KEPT)
_weak = Bounded[_Key, float](RESULTS_KEPT)
_rivals = Bounded[_Key, Alternatives](RESULTS_KEPT)


def _key(scenario: Scenario, step: int = 0) -> _Key:
    return _Key(scenario.plan_quantities(), scenario.plan.stages, baseline_key(scenario), step)


def years(scenario: Scenario) -> ChanceByYear:
    """The chance of being better for all ten years; from the cache if it has been asked for."""
    return _years.get(_key(scenario), lambda: chance_by_year(scenario, threads=1))


def steps(results: Results) -> int:
    """How many times :func:`step` it takes until ``results`` are settled; may be none."""
    draws = precision.draws_needed(results.headline, MOST_DRAWS)
    return draws // DRAWS_A_STEP if draws > results.headline.draws else 0


def step(scenario: Scenario, number: int) -> None:
    """Work out some of the draws that settle results, counted from 1: some 50 ms of one thread."""
    _step(scenario, number)


def settled(scenario: Scenario, rough: Results) -> Results:
    """``rough`` results once all steps are done: all years, and as many draws as keep the digits
    that are shown from changing. Does what is missing."""
    count = steps(rough)
    if not count:
        return replace(rough, years=years(scenario))
    key = _key(scenario, count)
    refined = _refined.known(key)
    if refined is None:
        done = []
        for number in range(1, count + 1):
            pause()
            done.append(_step(scenario, number))
        refined = _refined.get(key, lambda: _joined(done, scenario, rough.headline))
    return _with(rough, refined)


def at_hand(scenario: Scenario, rough: Results) -> Results:
    """``rough`` results, or what has become known of them since; does no work."""
    count = steps(rough)
    refined = _refined.known(_key(scenario, count)) if count else None
    if refined is not None:
        return _with(rough, refined)
    known = _years.known(_key(scenario))
    return rough if known is None else replace(rough, years=known)


def value_at_hand(scenario: Scenario, rough: Headline) -> tuple[Headline, FloatArray | None]:
    """A ``rough`` headline, or what has become known of it since; and the value against carrying
    on over time that ends at it, shape ``(3, months + 1)``, unless that of ``rough`` does. Does no
    work."""
    draws = precision.draws_needed(rough, MOST_DRAWS)
    if draws <= rough.draws:
        return rough, None
    refined = _refined.known(_key(scenario, draws // DRAWS_A_STEP))
    return (refined.headline, refined.gained) if refined else (rough, None)


def headline_at_hand(scenario: Scenario, rough: Headline) -> Headline:
    """The headline of :func:`value_at_hand`."""
    return value_at_hand(scenario, rough)[0]


def is_settled(headline: Headline) -> bool:
    """Whether a headline that is at hand stays: it is of more draws, or needs none."""
    if headline.draws > DEFAULT_DRAWS:
        return True
    return precision.draws_needed(headline, MOST_DRAWS) <= headline.draws


def shown_headline(scenario: Scenario) -> Headline:
    """The headline as it is shown: of all draws that are worked out by now."""
    return headline_at_hand(scenario, results(scenario, ()).headline)


def shown_value(scenario: Scenario) -> float:
    """The value against carrying on as that says it, currency."""
    return precision.shown(shown_headline(scenario).net_present_value).central


@dataclass(frozen=True, slots=True)
class Bit:
    """Of what is worked out of a plan while nothing moves."""

    plan: Scenario
    rough: Results
    number: int
    is_last: bool
    is_shown: bool
    """What is said of the evidence and of other plans is said of this one."""

    def work_out(self) -> None:
        if not self.is_last:
            step(self.plan, self.number) if self.number else years(self.plan)
            return
        settled(self.plan, self.rough)
        if self.is_shown:
            weak_share(self.plan)
            rivals(self.plan)

    def is_done(self) -> bool:
        """Whether nothing is left of it to work out."""
        count = steps(self.rough)
        known = _refined.known(_key(self.plan, count)) if count else _years.known(_key(self.plan))
        if known is None or not (self.is_last and self.is_shown):
            return known is not None
        said = weak_share_at_hand(self.plan), rivals_at_hand(self.plan)
        return None not in said


def bits(plans: Iterable[tuple[Scenario, Results]]) -> list[Bit]:
    """All that is worked out while nothing moves, one plan with its rough results after the other:
    the first is the one that the page shows."""
    return [
        Bit(plan, rough, number, number == steps(rough), place == 0)
        for place, (plan, rough) in enumerate(plans)
        for number in range(steps(rough) + 1)
    ]


def bits_of_headlines(plans: Iterable[Scenario]) -> list[Bit]:
    """The same where headlines are all that is shown of plans: none of those that need no more
    draws."""
    rough = [(plan, results(plan, ())) for plan in plans]
    return [
        Bit(plan, known, number, number == steps(known), is_shown=False)
        for plan, known in rough
        for number in range(1, steps(known) + 1)
    ]


def left(bits: Sequence[Bit], number: int) -> int | None:
    """Which of these is the next to be worked out after one of them."""
    later = (place for place, bit in enumerate(bits) if place > number and not bit.is_done())
    return next(later, None)


def weak_share(scenario: Scenario) -> float:
    """What share of the variance of the value would stay if all but assumptions of grades D and E
    were known, 0-1; 0 where there is no variance. From the cache if it has been asked for. The same
    as :func:`simulator.analyses.judgement.judgement` says on the page Assumptions."""

    def make() -> float:
        shares = variance_shares(
            lambda values: net_present_values(scenario, values),
            draw_pair(DEFAULT_DRAWS, scenario.seed, scenario.ranges()),
            {"D_E": members(Evidence.of(scenario))["D_E"]},
            scenario.seed,
            pause,
        ).shares
        return shares["D_E"].total.central if shares else 0.0

    return _weak.get(_key(scenario), make)


def weak_share_at_hand(scenario: Scenario) -> float | None:
    """The same if it has become known; does no work."""
    return _weak.known(_key(scenario))


def rivals(scenario: Scenario) -> Alternatives:
    """What else the money could do; from the cache if it has been asked for."""
    return _rivals.get(
        _key(scenario),
        lambda: cast(Alternatives, analysed(_RIVALS, scenario, DEFAULT_DRAWS, {}, pause)),
    )


def rivals_at_hand(scenario: Scenario) -> Alternatives | None:
    """The same if it has become known; does no work."""
    return _rivals.known(_key(scenario))


def _step(scenario: Scenario, number: int) -> _Step:
    first = (number - 1) * DRAWS_A_STEP
    draws = (first, first + DRAWS_A_STEP, MOST_DRAWS)

    def make() -> _Step:
        return _Step(piece(scenario, *draws), counts_between(scenario, *draws))

    return _steps.get(_key(scenario, number), make)


def _joined(done: list[_Step], scenario: Scenario, rough: Headline) -> _Refined:
    headline = steady(summarise(HeadlineDraws.joined([part.piece.values for part in done])), rough)
    worth = headline.net_present_value
    gained = None
    if worth != rough.net_present_value:
        gained = band(np.concatenate([part.piece.gained for part in done]))
        gained[:, -1] = worth.low, worth.central, worth.high  # it ends at what is shown
    counts = sum((part.years for part in done), Counts.none())
    return _Refined(
        headline,
        None if gained is None else sealed(gained),
        counts.chances(scenario.horizon_months),
    )


def _with(rough: Results, refined: _Refined) -> Results:
    plan: Mapping[str, FloatArray] = rough.plan
    if "cumulative_value" in plan and refined.gained is not None:
        plan = {**plan, "cumulative_value": refined.gained}
    return replace(rough, headline=refined.headline, plan=plan, years=refined.years)
