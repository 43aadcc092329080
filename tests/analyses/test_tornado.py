"""Bars of a tornado, against runs of the model with the assumption held there."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import scenario
from simulator.analyses.tornado import tornado
from simulator.model.register import BY_ID, REGISTER
from simulator.results import simulate

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("balanced-shift")
DRAWS = 64
"""As many as bars are worked out in here: they are then exact."""


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.analyses.tornado._WORK_OUT", DRAWS)


def mean_value(**assumptions: float) -> float:
    plan = PLAN.changed(assumptions=assumptions) if assumptions else PLAN
    return float(simulate(plan, DRAWS).values.net_present_value.mean())


def test_bars_end_where_the_model_comes_to() -> None:
    found = tornado(PLAN, DRAWS)
    assert found.average.mean == pytest.approx(mean_value())
    for bar in found.bars[:3]:
        name = REGISTER[bar.row].id
        for end, value in zip(bar.ends, bar.values, strict=True):
            assert value == pytest.approx(mean_value(**{name: end}), rel=1e-9, abs=1e-6), name


def test_what_bars_are_about_is_said_first() -> None:
    """The page shows that sentence beside ranges, which need not hold the middle of all cases; it
    says what the headline is, in these draws or as somebody knows it of more."""
    found = tornado(PLAN, DRAWS)
    first, more = found.said()[0], found.said(-12_000.0)[0]
    assert first.template.startswith("Amounts here are averages")
    assert first.values["mean"] == ("money", found.average.stated()["mean"][1])
    assert more.values["middle"] == ("money", -12_000.0)
    assert found.statements() == found.said()[1:]


def test_the_longest_comes_first() -> None:
    swings = [bar.swing for bar in tornado(PLAN, DRAWS, most=20).bars]
    assert len(swings) == 20
    assert swings == sorted(swings, reverse=True)


def test_none_is_overlooked() -> None:
    """Looking in few draws finds those that are longest in all."""
    every = tornado(PLAN, DRAWS, most=60)
    assert {bar.row for bar in every.bars[:8]} <= {bar.row for bar in tornado(PLAN, DRAWS).bars}


def test_what_is_known_has_no_bar() -> None:
    name = REGISTER[tornado(PLAN, DRAWS, most=1).bars[0].row].id
    known = tornado(PLAN.changed(assumptions={name: BY_ID[name].central}), DRAWS, most=20)
    assert name not in {REGISTER[bar.row].id for bar in known.bars}


def test_a_bar_that_turns_the_sign_is_called_so() -> None:
    found = tornado(PLAN, DRAWS)
    for bar in found.bars:
        below, above = min(bar.values), max(bar.values)
        if bar.turns:
            assert below < 0.0 < above
        elif below < 0.0 < above:
            assert min(-below, above) <= 2.0 * bar.error, "only where draws leave it open"
    assert any(bar.turns for bar in found.bars)


def test_a_plan_that_changes_nothing_has_no_bars() -> None:
    idle = scenario.load_shipped("wait-and-see")
    value = simulate(idle, DRAWS).values.net_present_value
    assert np.all(value == 0.0) == (not tornado(idle, DRAWS).bars)
