"""What is kept of forecasts: the right numbers, once for everybody, and not too many."""

from __future__ import annotations

import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import numpy as np
import pytest

from simulator import engine, scenario
from simulator.analyses import ANALYSES, attribution
from simulator.analyses.base import Analysis, Cancelled, Result
from simulator.analyses.value_bridge import FLOWS, value_bridge
from simulator.results import OUTCOMES, baseline, baseline_key, simulate
from simulator.scenario import Scenario
from ui import cache as kept
from ui import refinement
from ui.bounded import Bounded
from ui.cache import results

DEFAULT = scenario.load_shipped("balanced-shift")
SOME = ("customers", "cumulative_value")
_seeds = count(1_000_000)


def _fresh() -> Scenario:
    """A scenario that no cache has seen."""
    return DEFAULT.changed(seed=next(_seeds))


def test_results_are_those_of_the_forecast() -> None:
    fresh = _fresh()
    shown, forecast = results(fresh, SOME, 64), simulate(fresh, 64)
    assert repr(shown.headline) == repr(forecast.headline)
    assert (shown.currency, shown.horizon_months) == ("EUR", fresh.horizon_months)
    assert shown.plan.keys() == shown.baseline.keys() == shown.final_change.keys() == set(SOME)
    for name in SOME:
        np.testing.assert_array_equal(shown.plan[name], forecast.band(name))
        np.testing.assert_array_equal(shown.baseline[name], forecast.band(name, baseline=True))
    assert shown.final_change == forecast.at_end("customers", "cumulative_value")
    assert shown.bridge == value_bridge(forecast)
    assert shown.levels == attribution.levels(forecast)


def test_every_outcome_of_the_catalogue_can_be_asked_for() -> None:
    shown = results(_fresh(), OUTCOMES, 8)
    assert list(shown.plan) == list(OUTCOMES)
    assert all(band.shape == (3, 61) for band in (*shown.plan.values(), *shown.baseline.values()))
    assert results(_fresh(), (), 8).plan == {}


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(KeyError, match="likes"):
        results(DEFAULT, ("customers", "likes"), 8)


def test_what_was_worked_out_is_not_worked_out_again(runs: list[engine.Job]) -> None:
    fresh = _fresh()
    first = results(fresh, SOME, 16)
    assert len(runs) == 5
    assert results(fresh, SOME, 16) is first
    assert results(fresh, reversed(SOME), 16) is first
    renamed = fresh.changed(name="Other", story="Told otherwise", notes="New")
    assert results(renamed, SOME, 16) is first
    assert len(runs) == 5
    moved = results(fresh.changed(**{"plan.training.share_moved": 0.5}), SOME, 16)
    assert len(runs) == 8  # the plan; carrying on is known
    assert moved.baseline["customers"] is first.baseline["customers"]
    assert repr(moved.headline) != repr(first.headline)
    results(fresh, ("trust",), 16)
    assert len(runs) == 11
    results(fresh, SOME, 8)
    assert len(runs) == 16


def test_a_lever_of_a_known_organisation_takes_no_run_of_carrying_on(
    runs: list[engine.Job],
) -> None:
    fresh = _fresh()
    at_rest = results(fresh, SOME)
    assert len(runs) == 5
    for share in (0.41, 0.43):
        plan = fresh.changed(**{"plan.training.share_moved": share})
        moved = results(plan, SOME, kept.MOVING_DRAWS)
        assert moved.baseline["customers"] is at_rest.baseline["customers"]
        few = simulate(plan, kept.MOVING_DRAWS, beside=kept.MOVING_BESIDE)
        assert moved.headline == few.headline
    assert len(runs) == 5 + 2 * (3 + 5), "three for each plan; five for the forecast beside it"


@pytest.mark.parametrize(
    "change",
    [
        {"organisation.customers": 5000.0},
        {"organisation.currency": "DKK"},
        {"assumptions.effect_transfer": 0.9},
        {"horizon_months": 24},
        {"plan.involvement.openness": 0.123},
        {"plan.customer_service.start_month": 7},
    ],
)
def test_whatever_matters_makes_new_results(change: dict[str, object]) -> None:
    fresh = _fresh()
    other = fresh.changed(**change)
    first, second = results(fresh, SOME, 8), results(other, SOME, 8)
    assert second is not first
    assert second.currency == other.organisation.currency
    assert second.horizon_months == other.horizon_months
    assert repr(second.headline) == repr(simulate(other, 8).headline)


def test_many_threads_work_it_out_once(runs: list[engine.Job]) -> None:
    fresh = _fresh()
    together = threading.Barrier(8)

    def ask(_: int) -> kept.Results:
        together.wait()
        return results(fresh, SOME, 64)

    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(ask, range(8)))
    assert all(one is shown[0] for one in shown)
    assert len(runs) == 5


def test_many_threads_with_plans_of_their_own_share_carrying_on(runs: list[engine.Job]) -> None:
    fresh = _fresh()
    plans = [fresh.changed(**{"plan.training.share_moved": share / 10.0}) for share in range(8)]
    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(lambda one: results(one, SOME, 64), plans))
    assert len(runs) == 2 + 8 * 3
    for result, plan in zip(shown, plans, strict=True):
        assert repr(result.headline) == repr(simulate(plan, 64).headline)


def test_a_failure_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = _fresh()

    def fail(*arguments: object, **more: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(kept, "simulate", fail)
        with pytest.raises(MemoryError):
            results(fresh, SOME, 8)
    assert repr(results(fresh, SOME, 8).headline) == repr(simulate(fresh, 8).headline)


def test_the_caches_are_bounded(runs: list[engine.Job], monkeypatch: pytest.MonkeyPatch) -> None:
    assert (kept._results.most, kept._comparisons.most) == (256, 16)
    of_organisations = (kept._baselines, kept._moving_baselines)
    held = sum(one.most for one in (kept._wholes, *of_organisations, refinement._steps))
    assert held == pytest.approx(512_000_000)
    room = kept._compact_size(baseline_key(DEFAULT, kept.MOVING_DRAWS))
    assert kept._moving_baselines.most > 60 * room, "organisations of a large room"
    # As many as that are fewer in a test.
    few = 3 * kept._compact_size(baseline_key(DEFAULT, 4))
    monkeypatch.setattr(kept, "_moving_baselines", Bounded(few, kept._compact_size))
    monkeypatch.setattr(kept, "_wholes", Bounded(1.0, kept._whole_size))
    first, *others = (_fresh() for _ in range(4))
    for plan in (first, *others[:2]):
        results(plan, SOME, 4)
    before = len(runs)
    results(first.changed(**{"plan.training.share_moved": 0.8}), SOME, 4)
    assert len(runs) == before + 3
    for plan in (*others, *others):
        results(plan.changed(**{"plan.training.share_moved": 0.8}), SOME, 4)
    before = len(runs)
    results(first.changed(**{"plan.training.share_moved": 0.9}), SOME, 4)
    assert len(runs) == before + 5  # the oldest baseline has made way


@pytest.mark.parametrize("months", [12, 60, 120])
def test_what_is_kept_of_carrying_on_is_as_large_as_it_is_taken_for(months: int) -> None:
    plan = _fresh().changed(horizon_months=months)
    engine.draw(256, plan.seed)  # points of the draws are kept for themselves
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        kept_baseline = baseline(plan, 256).compact(FLOWS)
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept_baseline.run.months == months
    assert grown == pytest.approx(kept._compact_size(kept_baseline.key), rel=0.1)


def test_results_cannot_be_changed_by_accident() -> None:
    shown = results(_fresh(), SOME, 8)
    for band in (shown.plan["customers"], shown.baseline["customers"]):
        with pytest.raises(ValueError, match="read-only"):
            band[0, 0] = 1.0
    with pytest.raises(AttributeError):
        shown.currency = "USD"  # type: ignore[misc]


def test_a_change_of_the_world_is_split_without_further_runs(runs: list[engine.Job]) -> None:
    before = _fresh()
    after = before.changed(**{"assumptions.effect_transfer": 0.9})
    old, new = (results(one, SOME, 16).levels for one in (before, after))
    assert len(runs) == 10
    assert attribution.between(old, new) == attribution.attribute(after, before, 16)


# --- analyses ------------------------------------------------------------------------------------


def test_an_analysis_is_worked_out_once_for_each_question(monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[tuple[int, dict[str, object]]] = []
    run = Analysis.run

    def counted(analysis: Analysis, plan: Scenario, draws: int, **options: Any) -> Result:
        worked.append((draws, options))
        return run(analysis, plan, draws, **options)

    monkeypatch.setattr(Analysis, "run", counted)
    plan, other = _fresh(), _fresh()
    questions = [
        (ANALYSES["break_even"], plan, 16, {"goal": 0.0}),
        (ANALYSES["break_even"], plan, 16, {"goal": 1.0}),
        (ANALYSES["break_even"], plan, 8, {"goal": 0.0}),
        (ANALYSES["break_even"], other, 16, {"goal": 0.0}),
        (ANALYSES["tornado"], plan, 16, {}),
    ]
    for question in questions:
        assert kept.analysis_at_hand(*question) is None
        found = kept.analysed(*question)
        assert kept.analysis_at_hand(*question) is not None
        named = question[1].changed(name="the same by another name")
        assert kept.analysed(question[0], named, *question[2:]) is found
    assert len(worked) == len(questions)


def test_an_analysis_that_was_stopped_is_not_kept() -> None:
    question = (ANALYSES["tornado"], _fresh(), 16, dict[str, object]())

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        kept.analysed(*question, stop)
    assert kept.analysis_at_hand(*question) is None
