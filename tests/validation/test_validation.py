"""The cases are whole, verdicts follow from numbers alone, and other outcomes would not pass."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.results import simulate
from simulator.scenario import SCHEMA_FILE, dump, load
from simulator.validation import (
    CASES,
    QUANTITIES,
    Band,
    Case,
    Comparison,
    Judgement,
    Outcome,
    Report,
    Verdict,
    cases,
    judge,
    report,
    validate,
)

COMPARISONS = [
    pytest.param(case, row, id=f"{case.id}-{row.id}") for case in CASES for row in case.comparisons
]
SHARES = st.floats(0.0, 4.0)


@pytest.fixture(scope="module")
def result() -> Report:
    return validate(256)


# --- the cases -----------------------------------------------------------------------------------


def test_all_five_cases_are_there_and_no_figure_twice() -> None:
    assert [case.id for case in CASES] == ["giffgaff", "klm", "ebay", "tmobile", "dell"]
    ids = [(case.id, row.id) for case in CASES for row in case.comparisons]
    assert len(ids) == len(set(ids))


def test_every_scenario_is_used_and_in_the_products_own_form() -> None:
    files = {path.stem: path for path in cases.SCENARIOS.glob("*.json")}
    used = {row.scenario for case in CASES for row in case.comparisons if row.scenario}
    assert set(files) == used
    for file in files.values():
        assert file.name != SCHEMA_FILE
        assert dump(load(file)) == file.read_text(encoding="utf-8")


def test_every_quantity_is_compared_with_something() -> None:
    used = {row.quantity for case in CASES for row in case.comparisons if row.quantity}
    assert used == set(QUANTITIES)


@pytest.mark.parametrize(("case", "row"), COMPARISONS)
def test_a_figure_is_within_the_range_that_was_published(case: Case, row: Comparison) -> None:
    if row.published is None:
        assert row.published_low is None and row.published_high is None and not row.comparable
        return
    assert row.published_low is not None and row.published_high is not None
    assert row.published_low <= row.published <= row.published_high
    assert 0 <= row.source < len(case.sources)


@pytest.mark.parametrize(("case", "row"), COMPARISONS)
def test_the_widest_band_follows_the_rule(case: Case, row: Comparison) -> None:
    """As wide as the figure is from nothing; where it is nothing, a tenth."""
    if row.widest is None or row.published is None:
        assert not row.comparable
        return
    away = abs(row.published - row.nothing)
    assert row.widest == pytest.approx(away if away else 0.1, abs=5e-4)


def test_what_came_of_it_is_not_entered() -> None:
    """Known shares hold exactly: with the outcome among them a case would agree by construction."""
    for name in ("giffgaff", "ebay"):
        known = cases.entered(name).organisation.known
        assert known.community_answered_share is None and known.participating_share is None


def test_the_airline_is_the_shipped_one_but_for_its_plan() -> None:
    shipped = load("scenarios/airline-social-service.json")
    entered = cases.entered("klm")
    assert entered.organisation == shipped.organisation
    assert entered.assumptions == shipped.assumptions
    more = entered.plan.customer_service.share_moved * shipped.organisation.budgets.customer_service
    per_agent = shipped.organisation.budgets.social_service / 130
    assert more / per_agent == pytest.approx(235 - 130, abs=0.5)


def test_half_a_case_is_refused() -> None:
    content = CASES[0].model_dump()
    for field in ("published", "scenario", "month", "widest"):
        rows = [dict(row) for row in content["comparisons"]]
        rows[0][field] = None
        with pytest.raises(ValidationError):
            Case.model_validate({**content, "comparisons": rows})
    rows = [dict(row) for row in content["comparisons"]]
    rows[0]["source"] = len(CASES[0].sources)
    with pytest.raises(ValidationError):
        Case.model_validate({**content, "comparisons": rows})


# --- the verdict ---------------------------------------------------------------------------------


@given(SHARES, SHARES, SHARES, SHARES, st.lists(SHARES, max_size=4))
def test_agreeing_takes_all_three(
    published: float, end: float, other_end: float, widest: float, elsewhere: list[float]
) -> None:
    low, high = sorted((end, other_end))
    verdict = judge(published, low, high, widest, elsewhere)
    assert verdict.inside == (low <= published <= high)
    assert verdict.narrow == (high - low <= widest)
    assert verdict.tells_apart == all(not low <= one <= high for one in elsewhere)
    conditions = (verdict.inside, verdict.narrow, verdict.tells_apart)
    assert (verdict.verdict is Verdict.AGREES) == all(conditions)


@given(SHARES, SHARES, SHARES, SHARES)
def test_where_a_figure_agrees_another_in_its_place_does_not(
    published: float, other: float, low: float, high: float
) -> None:
    if judge(published, low, high, 4.0, [other]).verdict is Verdict.AGREES:
        assert judge(other, low, high, 4.0, [published]).verdict is Verdict.DIFFERS


def test_no_figure_of_another_case_passes_where_one_agrees(result: Report) -> None:
    agreeing = [one for one in result.outcomes if one.verdict is Verdict.AGREES]
    assert agreeing, "nothing to try it on"
    for outcome in agreeing:
        band, row = outcome.band, outcome.comparison
        assert band is not None and row.widest is not None
        for other in report.figures_elsewhere(outcome.case, row, CASES):
            assert not judge(other, band.low, band.high, row.widest, ()).inside


@pytest.mark.parametrize(
    ("inside", "narrow", "apart"), [*itertools.product((True, False), repeat=3)]
)
def test_each_condition_can_fail_alone(inside: bool, narrow: bool, apart: bool) -> None:
    verdict = Judgement(inside, narrow, apart).verdict
    assert (verdict is Verdict.AGREES) == (inside and narrow and apart)


def test_figures_of_the_same_case_and_of_another_kind_are_not_swapped_in() -> None:
    klm, agents = CASES[1], CASES[1].comparisons[0]
    others = report.figures_elsewhere(klm, agents, CASES)
    assert sorted(others) == sorted([1.0, 0.5, 0.583, 0.326])


# --- the report ----------------------------------------------------------------------------------


def test_a_band_holds_nine_tenths_of_the_draws() -> None:
    values = np.arange(1000.0)
    band = Band.of(values)
    assert np.mean((values >= band.low) & (values <= band.high)) == pytest.approx(0.9, abs=0.002)
    assert band.low < band.central < band.high


def test_the_counts_add_up(result: Report) -> None:
    assert sum(map(result.count, Verdict)) == len(result.outcomes) == len(COMPARISONS)
    assert list(result.by_case) == list(CASES)
    without = [outcome for outcome in result.outcomes if outcome.band is None]
    assert len(without) == result.count(Verdict.NOT_COMPARABLE)
    assert all(outcome.comparison.quantity is None for outcome in without)


def test_the_band_is_that_of_the_quantity(result: Report) -> None:
    outcome = next(one for one in result.outcomes if one.comparison.id == "satisfaction")
    forecast = simulate(cases.entered("tmobile-cut"), 256)
    quality = forecast.series("service_quality")
    assert outcome.band == Band.of(quality[:, 24] / quality[:, 0])


def test_a_case_with_one_figure_that_differs_does_not_agree(result: Report) -> None:
    agreeing = Judgement(inside=True, narrow=True, tells_apart=True)
    band = Band(0.0, 0.1, 0.2)
    better = [replace(one, band=band, judgement=agreeing) for one in result.outcomes]
    assert Report(1, tuple(better)).agreeing_cases == len(CASES)
    assert Report(1, (*better[:-1], result.outcomes[-1])).agreeing_cases == len(CASES) - 1


@pytest.mark.parametrize(
    ("published", "low", "high", "more"),
    [(1.8, 1.1, 1.4, True), (1.2, 1.1, 1.4, False), (0.5, 0.8, 0.9, True), (1.05, 1.1, 1.4, False)],
)
def test_more_changed_is_told_from_less(
    published: float, low: float, high: float, more: bool
) -> None:
    row = CASES[1].comparisons[0].model_copy(update={"published": published})
    assert Outcome(CASES[1], row, Band(low, low, high), None).more_changed == more


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_quantity_is_nothing_where_nothing_happens(name: str) -> None:
    """Today, each is 0 for a share and 1 for a ratio, but for what is no matter of time."""
    row = next(row for case in CASES for row in case.comparisons if row.quantity == name)
    assert row.scenario is not None
    forecast = simulate(cases.entered(row.scenario), 16)
    values = QUANTITIES[name].of(forecast, 0)
    assert values.shape == (16,)
    if name == "spending_of_participants":
        assert np.ptp(values) > 0.0 and abs(values.mean() - 1.0) < 0.2
    else:
        assert values == pytest.approx(row.nothing)
