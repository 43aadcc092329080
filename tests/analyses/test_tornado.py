"""Bars of a tornado, against runs of the model with the assumption held there."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import scenario
from simulator.analyses.base import Measured
from simulator.analyses.tornado import STAYS, TOO_FEW, TURNS, tornado
from simulator.i18n.language import ENGLISH
from simulator.model.register import BY_ID, REGISTER
from simulator.results import simulate
from ui.text.analyses import table

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
    kind, mean = first.values["mean"]
    assert isinstance(mean, Measured)
    assert (kind, mean.shown) == found.average.stated()["mean"]
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
    bars = tornado(PLAN, DRAWS).bars
    for bar in bars:
        low, high = sorted(bar.values)
        has_both = low < 0.0 < high
        assert bar.turns is not False if has_both else bar.turns is False
        if has_both:
            assert bar.turns == (True if low.is_told and high.is_told else None)
    assert {bar.turns for bar in bars} >= {True, None}


def test_an_end_is_as_exact_as_the_draws_that_are_run_there() -> None:
    first = tornado(PLAN, DRAWS, most=1).bars[0]
    for end, value in zip(first.ends, first.values, strict=True):
        plan = PLAN.changed(assumptions={REGISTER[first.row].id: end})
        worth = simulate(plan, DRAWS).values.net_present_value
        assert value.error == pytest.approx(worth.std(ddof=1) / DRAWS**0.5, rel=1e-6)


def test_sentence_table_and_file_say_the_same_of_what_turns_the_sign() -> None:
    found = tornado(scenario.load_shipped("charity-donors"), DRAWS, most=20)
    told = table(found, "EUR", DRAWS, ENGLISH)
    words = [row["cells"]["turns"] for row in told["rows"]]
    counts = [sum(bar.turns is turns for bar in found.bars) for turns in (True, None, False)]
    assert [words.count(word) for word in (TURNS, TOO_FEW, STAYS)] == counts
    assert all(counts)
    said = " ".join(told["statements"])
    assert f"furthest, {counts[0]} can turn gain into loss" in said
    assert f"With {counts[1]} more, one end is a gain and the other a loss" in said
    assert "further from zero than chance takes them nine times in ten" in said
    lines = told["csv"].splitlines()[1:]
    assert [
        sum(f",{word}," in line for line in lines) for word in (TURNS, TOO_FEW, STAYS)
    ] == counts


def test_a_plan_that_changes_nothing_has_no_bars() -> None:
    idle = scenario.load_shipped("wait-and-see")
    value = simulate(idle, DRAWS).values.net_present_value
    assert np.all(value == 0.0) == (not tornado(idle, DRAWS).bars)
