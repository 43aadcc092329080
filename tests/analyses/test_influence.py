"""What a figure follows most over the draws of its own run."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulator.analyses.held import drawn_rows
from simulator.analyses.influence import LEAST, NAMED, rests_on, shares
from simulator.model.register import BY_ID, REGISTER, FloatArray
from simulator.results import Forecast, simulate
from simulator.scenario import load_shipped


@cache
def forecast() -> Forecast:
    return simulate(load_shipped("balanced-shift"))


def drawn(assumption: str) -> FloatArray:
    row = next(row for row, one in enumerate(REGISTER) if one.id == assumption)
    values: FloatArray = forecast().shared_baseline.values[row]
    return values


def by_grade(grade: str) -> list[str]:
    rows = (REGISTER[row] for row in drawn_rows(forecast().scenario))
    return [row.id for row in rows if row.grade == grade]


def scaled(assumption: str) -> FloatArray:
    values = drawn(assumption)
    away: FloatArray = (values - values.mean()) / values.std()
    return away


def test_a_figure_that_is_an_assumption_rests_on_that_alone() -> None:
    for name in ("service_transition_cost", "trust_price_premium"):
        for figure in (drawn(name), -np.exp(scaled(name))):
            found = shares(figure, forecast())
            assert next(iter(found)) == name
            assert found[name] == pytest.approx(1.0, abs=1e-9)
            assert rests_on(figure, forecast()) == (name,)


def test_shares_are_those_of_a_sum() -> None:
    first, second = by_grade("D")[:2]
    found = shares(2.0 * scaled(first) + scaled(second), forecast())
    assert list(found)[:2] == [first, second]
    assert found[first] == pytest.approx(0.8, abs=0.1)
    assert found[second] == pytest.approx(0.2, abs=0.05)


def test_the_weakest_that_counts_is_named_however_many_come_before_it() -> None:
    strong, judged = [*by_grade("B"), *by_grade("C")][:5], by_grade("E")[:2]
    figure = sum(2.0 * scaled(name) for name in strong) + scaled(judged[0])
    named = rests_on(np.asarray(figure + 0.9 * scaled(judged[1])), forecast())
    assert len(named) == NAMED + 1 and set(named[:NAMED]) < set(strong)
    assert named[-1] in judged and BY_ID[named[-1]].grade == "E"


def test_nothing_is_named_where_a_figure_follows_nothing() -> None:
    draws = forecast().draws
    noise = np.random.default_rng(1).random(draws)
    assert max(shares(noise, forecast()).values()) < LEAST
    for figure in (noise, np.full(draws, 3.0), np.full(draws, np.nan), np.full(draws, np.inf)):
        assert rests_on(figure, forecast()) == ()


def test_never_counts_and_what_is_not_defined_does_not() -> None:
    values = drawn("service_transition_cost").copy()
    values[values > np.median(values)] = np.inf
    values[::7] = np.nan
    assert rests_on(values, forecast()) == ("service_transition_cost",)
    assert rests_on(values[:256], forecast())[0] == "service_transition_cost"
