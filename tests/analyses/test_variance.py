"""Whose doing the variance is: against the shares of all grades, which are worked out otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import scenario
from simulator.analyses import ANALYSES, held
from simulator.analyses.judgement import judgement
from simulator.analyses.tornado import TOO_FEW, tornado
from simulator.analyses.variance import HALF_WIDTH, Sources, variance
from simulator.model.register import BY_ID, REGISTER, FloatArray
from simulator.model.structures import GROUP
from simulator.scenario import Scenario, ScenarioError

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("balanced-shift")
DRAWS = 128


@pytest.fixture(scope="module")
def by_assumption() -> Sources:
    """With what turns the sign, looked for in as many draws as these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.analyses.variance._TURNING", DRAWS)
        return variance(PLAN, DRAWS)


def test_grades_are_those_of_the_judgement() -> None:
    ours = variance(PLAN, 128, by="grade")
    theirs = judgement(PLAN, 256).variance.shares
    assert set(ours.sources) == {"A", "B", "C", "D", "E", GROUP}
    for name, source in ours.sources.items():
        exact = theirs[name]
        for part in ("total", "first_order"):
            mine, other = getattr(source.shares, part), getattr(exact, part)
            assert mine.low - 0.04 <= other.central <= mine.high + 0.04, (name, part)


def test_what_stays_wide_has_more_draws(by_assumption: Sources) -> None:
    first, most = DRAWS // 4, 8 * DRAWS
    for name, source in by_assumption.sources.items():
        parts = (source.shares.total, source.shares.first_order)
        is_wide = any(part.high - part.low > 2.0 * HALF_WIDTH for part in parts)
        assert source.draws == most if is_wide else source.draws >= first, name


def test_a_first_picture_takes_few_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    value_of = held.value_of

    def counting(plan: Scenario) -> held.Figure:
        figure = value_of(plan)

        def counted(values: FloatArray) -> FloatArray:
            runs.append(values.shape[1])
            return figure(values)

        return counted

    monkeypatch.setattr(held, "value_of", counting)
    variance(PLAN, ANALYSES["variance"].first_draws)
    assert sum(runs) < 30_000  # half a second


def test_the_largest_come_first_and_can_turn_what_the_tornado_says(by_assumption: Sources) -> None:
    totals = [source.shares.total.central for source in by_assumption.sources.values()]
    assert totals == sorted(totals, reverse=True) and len(totals) == 12
    assert set(by_assumption.sources) <= {*BY_ID, GROUP}
    sources = by_assumption.sources
    bars = {REGISTER[bar.row].id: bar.turns for bar in tornado(PLAN, DRAWS, most=12).bars}
    both = bars.keys() & sources.keys()
    assert len(both) > 4
    assert all(sources[name].turns == bars[name] for name in both)
    assert sources.get(GROUP) is None or sources[GROUP].turns is None


def test_a_first_picture_does_not_tell_what_turns_the_sign() -> None:
    first = variance(PLAN, 32)
    assert all(source.turns is None for source in first.sources.values())
    told = {row.cells["turns"] for row in first.rows() if row.id in BY_ID}
    assert told == {TOO_FEW}


def test_assumptions_and_structure_come_to_all(by_assumption: Sources) -> None:
    """What would stay of the one is what would not go with the other."""
    assumptions, structure = by_assumption.all_assumptions, by_assumption.structure
    assert assumptions is not None and structure is not None
    assert assumptions.total.central + structure.first_order.central == pytest.approx(1.0, abs=0.05)


def test_sectors_are_those_of_the_model() -> None:
    found = variance(PLAN, 32, by="sector")
    assert set(found.sources) == {parameter.group for parameter in REGISTER}


@pytest.mark.parametrize("draws", [1, 2, 3])
def test_few_draws_have_no_variance(draws: int) -> None:
    assert variance(PLAN, draws).rows() == ()


def test_a_plan_that_changes_nothing_has_no_table() -> None:
    idle = variance(scenario.load_shipped("wait-and-see"), DRAWS)
    assert idle.rows() == () and idle.statements() == () and idle.deviation == 0.0


@pytest.mark.parametrize("options", [{"by": "source"}, {"most": 0}])
def test_other_options_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError):
        ANALYSES["variance"].run(PLAN, 64, **options)
