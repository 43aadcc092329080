"""What else the money of a plan could do."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator import engine, scenario
from simulator.analyses import alternatives
from simulator.analyses.alternatives import LABELS, PLAN, Alternative
from simulator.model.quantities import Switches
from simulator.model.register import Parameters
from simulator.results import simulate

DRAWS = 64
MOVING = Switches(drift=1.0, connecting=1.0)


def _alternatives(shipped: scenario.Scenario) -> dict[str, Alternative]:
    return dict(alternatives.alternatives(shipped, DRAWS).alternatives)


@pytest.mark.parametrize("name", ["balanced-shift", "business-manufacturer"])
def test_each_is_worth_what_the_scenario_with_that_plan_is(name: str) -> None:
    """Against levers typed into the scenario."""
    shipped = scenario.load_shipped(name)
    by_name = _alternatives(shipped)
    assert list(by_name) == list(LABELS)
    headline = simulate(shipped, DRAWS).headline
    assert by_name[PLAN].net_present_value == headline.net_present_value
    assert by_name[PLAN].probability_better == headline.probability_better
    assert math.isnan(by_name[PLAN].probability_plan_better)
    today = shipped.organisation.involvement.model_dump()
    saved = dict.fromkeys(
        ("listening", "community", "content", "networking", "social_service"), 0.0
    )
    routes = {
        f"plan.{source}.split": None
        for source in ("market_research", "training", "customer_service")
    }
    keeping = shipped.changed(
        **{**routes, "plan.split": {**saved, "savings": 1.0}},
        **{f"plan.involvement.{lever}": value for lever, value in today.items()},
    )
    assert by_name["keep"].net_present_value.central == pytest.approx(
        simulate(keeping, DRAWS).headline.net_present_value.central, rel=1e-9
    )
    unmoved = shipped.changed(
        **{
            f"plan.{source}.share_moved": 0.0
            for source in ("market_research", "training", "customer_service")
        }
    )
    assert by_name["time"].net_present_value.central == pytest.approx(
        simulate(unmoved, DRAWS).headline.net_present_value.central, rel=1e-9
    )


@pytest.mark.parametrize("name", ["balanced-shift", "airline-social-service"])
def test_the_phone_line_gets_what_research_and_training_lose(name: str) -> None:
    shipped = scenario.load_shipped(name)
    organisation, plan = shipped.organisation_quantities(), shipped.plan_quantities()
    values = engine.draw(DRAWS, shipped.seed, shipped.ranges())
    repaired = alternatives.phone_line(organisation, plan)
    assert repaired is not None
    run = engine.run(organisation, repaired, MOVING, values, shipped.horizon_months)
    end = {
        name: run.final(name) for name in ("savings", "spent_customer_service", "transition_cost")
    }
    spent = sum(
        run.final(f"spent_{source}")[0]
        for source in ("market_research", "training", "customer_service")
    )
    before = organisation.budgets
    assert spent == pytest.approx(
        before.market_research + before.training + before.customer_service
    )
    assert end["spent_customer_service"][0] > before.customer_service
    np.testing.assert_allclose(end["savings"], 0.0, atol=1e-6 * spent)
    assert (end["transition_cost"] == 0.0).all()
    cut = engine.run(
        organisation,
        alternatives.kept(organisation, plan),
        MOVING,
        values,
        shipped.horizon_months,
    )
    assert (run.final("contacts_unserved") < cut.final("contacts_unserved")).all()


def test_money_for_self_service_is_spent_and_changes_contacts_as_was_found() -> None:
    shipped = scenario.load_shipped("balanced-shift")
    organisation = shipped.organisation_quantities()
    keeping = alternatives.kept(organisation, shipped.plan_quantities())
    values = engine.draw(DRAWS, shipped.seed, shipped.ranges())
    saved, spent = (
        engine.run(organisation, levers, MOVING, values, shipped.horizon_months)
        for levers in (keeping, keeping._replace(self_service=1.0))
    )
    assert saved.final("savings")[0] > 0.0
    assert (spent.final("savings") == 0.0).all()
    deflected = values[Parameters._fields.index("self_service_deflection")]
    fewer = spent.final("contacts") / spent.final("customers") < saved.final(
        "contacts"
    ) / saved.final("customers")
    clear = np.abs(deflected) > 0.02
    assert (fewer == (deflected > 0.0))[clear].all(), "what was found may be more contacts"


def test_who_takes_money_from_the_phone_alone_has_nothing_to_repair_it_with() -> None:
    shipped = scenario.load_shipped("balanced-shift").changed(
        **{"plan.market_research.share_moved": 0.0, "plan.training.share_moved": 0.0}
    )
    assert set(_alternatives(shipped)) == {PLAN, "keep", "self_service", "time"}


def test_where_no_money_moves_there_is_nothing_to_compare() -> None:
    assert _alternatives(scenario.load_shipped("wait-and-see")) == {}
    assert _alternatives(scenario.load_shipped("involvement-without-money")) == {}


def test_what_is_likely_better_than_the_plan_is_its_rival() -> None:
    plan = scenario.load_shipped("balanced-shift")
    found = alternatives.alternatives(plan, DRAWS)
    assert found.rival is not None
    name, words = found.rival
    beats = {n: a.probability_beats_plan for n, a in found.alternatives.items() if n != PLAN}
    assert beats[name] == max(beats.values()) > 0.66
    assert words == ("very likely better" if beats[name] >= 0.9 else "likely better")
    assert alternatives.Alternatives({}).rival is None


def test_what_is_the_same_as_the_plan_is_no_rival() -> None:
    """Who saves all that is freed and asks nothing of people keeps the money."""
    shipped = scenario.load_shipped("balanced-shift")
    today = shipped.organisation.involvement.model_dump()
    lines = ("listening", "community", "content", "networking", "social_service")
    keeping = shipped.changed(
        **{"plan.split": {**dict.fromkeys(lines, 0.0), "savings": 1.0}},
        **{f"plan.involvement.{lever}": value for lever, value in today.items()},
    )
    found = alternatives.alternatives(keeping, DRAWS)
    kept = found.alternatives["keep"]
    assert (kept.probability_plan_better, kept.probability_beats_plan) == (0.0, 0.0)
    assert found.rival is None or found.rival[0] != "keep"


def test_a_plan_in_stages_is_beside_uses_that_are_made_at_once() -> None:
    """A rule that asks how many take part says nothing of money that is kept."""
    shipped = scenario.load_shipped("balanced-shift")
    rule = {
        "first_depth": 0.25,
        "review_month": 12,
        "figure": "taking_part",
        "back": 0.9,
        "on": 0.9,
    }
    staged = shipped.changed(**{"plan.stages": rule})
    found, at_once = (alternatives.alternatives(one, DRAWS) for one in (staged, shipped))
    worth = simulate(staged, DRAWS).headline.net_present_value
    assert found.alternatives[PLAN].net_present_value == worth
    assert worth != at_once.alternatives[PLAN].net_present_value
    for name in list(LABELS)[1:]:
        values = (one.alternatives[name].net_present_value for one in (found, at_once))
        assert len({*values}) == 1, name
    (rests, at), (alone,) = found.statements(), at_once.statements()
    assert rests == alone and "no better known" in rests.template
    assert "at once" in at.template
