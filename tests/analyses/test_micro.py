"""Each source and instrument by itself: as runs of plans that differ in just that say."""

from __future__ import annotations

import numpy as np
import pytest

from simulator import scenario
from simulator.analyses.leave_one_out import leave_one_out
from simulator.analyses.micro import NEXT, REACHED, Micro, _with_next, micro
from simulator.i18n.language import ENGLISH
from simulator.model.equations.decisions import budgets_at
from simulator.model.quantities import INSTRUMENTS, SOURCES
from simulator.results import simulate
from ui.text.analyses import table

PLAN = scenario.load_shipped("balanced-shift")


@pytest.fixture(scope="module")
def found() -> Micro:
    return micro(PLAN, 64)


def test_dropping_is_what_leaving_out_does(found: Micro) -> None:
    assert list(found.lines) == [*SOURCES, *INSTRUMENTS] == list(REACHED)
    left_out = leave_one_out(PLAN, 64).instruments
    for name in INSTRUMENTS:
        assert found.lines[name].dropped == left_out[name].change
        assert found.lines[name].money == pytest.approx(left_out[name].money)


def test_a_source_that_is_left_alone_takes_nothing(found: Micro) -> None:
    spared = PLAN.changed(**{"plan.training.share_moved": 0.0})
    change = (
        simulate(spared, 64).values.net_present_value - simulate(PLAN, 64).values.net_present_value
    )
    assert found.lines["training"].dropped.central == pytest.approx(
        float(np.sort(change)[31:33].mean()), abs=0.02 * np.ptp(change)
    )
    assert found.lines["training"].money < 0.0 < found.lines["community"].money
    assert found.lines["training"].reached < 0.0 < found.lines["community"].reached
    assert micro(spared, 16).lines["training"].dropped.central == 0.0


@pytest.mark.parametrize("name", REACHED)
def test_the_next_amount_goes_where_it_is_said_to_go(name: str) -> None:
    org, plan = PLAN.organisation_quantities(), PLAN.plan_quantities()
    freed = sum(getattr(org.budgets, one) * getattr(plan, one).share_moved for one in SOURCES)
    before = budgets_at(60.0, org.budgets, plan)
    after = budgets_at(60.0, org.budgets, _with_next(plan, org, name, freed))
    changes = {
        line: getattr(after, line) - getattr(before, line)
        for line in org.budgets._fields
        if abs(getattr(after, line) - getattr(before, line)) > 1e-6
    }
    assert changes == {name: pytest.approx(-NEXT if name in SOURCES else NEXT)}


def test_why_they_do_not_add_up_is_said(found: Micro) -> None:
    (statement,) = found.statements()
    assert "do not add up" in statement.template
    assert found.each != pytest.approx(found.together, rel=0.05)
    # The same statistic as in the table.
    column = {row.id: row.cells["dropped"] for row in found.rows()}
    middles = [column[name].central for name in INSTRUMENTS]  # type: ignore[union-attr]
    assert found.each == pytest.approx(sum(middles))


def test_a_plan_that_moves_no_money_has_nothing_by_itself() -> None:
    found = micro(scenario.load_shipped("involvement-without-money"), 16)
    assert found.rows() == () and found.statements() == ()


def test_the_next_amount_is_in_the_stages_of_the_plan() -> None:
    """Half of a plan for good brings half of the next amount, with half of what it costs."""
    stages = {"first_depth": 0.5, "review_month": 12, "always": "stay", "rebuilding": 0}
    staged = PLAN.changed(**{"plan.stages": stages})
    found = micro(staged, 16)
    assert "before the plan is made wholly" in found.statements()[2].template
    half = {f"plan.{one}.share_moved": getattr(PLAN.plan, one).share_moved / 2 for one in SOURCES}
    today = PLAN.organisation.involvement.model_dump()
    half |= {
        f"plan.involvement.{lever}": (value + today[lever]) / 2
        for lever, value in PLAN.plan.involvement.model_dump().items()
        if lever in today and value is not None
    }
    small = micro(PLAN.changed(**half), 16)
    for name, line in found.lines.items():
        assert line.money == pytest.approx(small.lines[name].money, rel=1e-6), name
        whole = small.lines[name].next.central
        if name in INSTRUMENTS:
            assert line.next.central == pytest.approx(whole / 2, rel=0.05), name


def test_of_a_source_the_cut_is_said_not_the_source(found: Micro) -> None:
    for row in found.rows():
        verbs = row.verbs
        assert set(verbs) == ({"next", "dropped"} if row.id in SOURCES else set())
    rows = {row["id"]: row["cells"] for row in table(found, "EUR", 64, ENGLISH)["rows"]}
    assert rows["market_research"]["dropped"].startswith("Neither making this cut nor spending it")
    assert rows["market_research"]["next"].startswith("Cutting and keeping 10,000 more")
    assert "cut" not in rows["community"]["dropped"].lower()
