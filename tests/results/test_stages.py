"""A scenario in stages: its draws are those of the branch that the rule takes, and cost what they
cost; without stages, and with a rule that leaves no choice, nothing is new."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad

from simulator import engine, results, scenario
from simulator.analyses import ANALYSES
from simulator.analyses.comparison import compare
from simulator.analyses.mechanisms import mechanisms_by_draw
from simulator.analyses.pilot import pilot
from simulator.analyses.staged import ends
from simulator.analyses.value_bridge import by_draw
from simulator.engine.sampling import draw_between
from simulator.exports.translate import scenario_xmile
from simulator.model.equations.decisions import freed_speed
from simulator.model.equations.money import discount_factor
from simulator.model.figure_values import NET
from simulator.model.quantities import Plan, Switches
from simulator.model.register import Parameters
from simulator.model.signals import SIGNALS, Reading, Source
from simulator.optimise import Question, Study
from simulator.results import net_present_values, simulate
from simulator.results.stages import (
    TRANSITION,
    branches_of,
    decided,
    in_stages,
    rebuilt_by_month,
    run_all,
    taken_shares,
)
from simulator.scenario import Scenario, ScenarioError, StagesInput
from simulator.scenario.stages import CHOICES
from simulator.version import MODEL_VERSION
from tests.support import reference

pytestmark = pytest.mark.usefixtures("known_runs")

PLAN = scenario.load_shipped("balanced-shift")
DRAWS = 128
FROZEN = [
    0.453125,
    0.2734375,
    0.2734375,
    -140032.09351859987,
    5936.642802909017,
    294384.62019363046,
]
"""Of :func:`test_a_plan_in_stages_is_worth_what_it_was`: in what share of the draws it goes back,
stays and goes on, and P10, P50 and P90 of its value, currency."""
RULE = {
    "first_depth": 0.25,
    "review_month": 12,
    "figure": "taking_part",
    "back": 0.03,
    "on": 0.04,
    "step_months": 6,
}


def in_stages_of(plan: Scenario = PLAN, **stages: Any) -> Scenario:
    return plan.changed(**{"plan.stages": {**RULE, **stages}})


def always(what: str, **stages: Any) -> Scenario:
    rule: dict[str, Any] = {"figure": None, "back": None, "on": None, "always": what}
    return in_stages_of(**rule, **stages)


@pytest.fixture(scope="module")
def staged() -> results.Forecast:
    """Some draws go back, some stay and some go on."""
    series = results.simulate(in_stages_of(figure=None, back=None, on=None, always="stay"), DRAWS)
    low, high = np.quantile(series.series("connected_customers")[:, 12], (0.3, 0.6))
    return simulate(in_stages_of(back=float(low), on=float(high), rebuilding=2.0), DRAWS)


# --- where nothing is decided --------------------------------------------------------------------


def test_going_on_from_all_of_the_plan_is_the_plan_at_once() -> None:
    at_once, on = simulate(PLAN, 16), simulate(always("on", first_depth=1.0), 16)
    assert at_once.staged is None and at_once.taken() == {}
    with pytest.raises(KeyError):
        at_once.branch("on")
    assert on.taken() == {"back": 0.0, "stay": 0.0, "on": 1.0}
    for name in engine.ROWS:
        np.testing.assert_array_equal(on.plan[name], at_once.plan[name])
    assert on.headline == at_once.headline


@pytest.mark.parametrize(("what", "last"), [("back", 0.0), ("stay", 0.25), ("on", 1.0)])
def test_what_is_done_whatever_happens_is_the_plan_of_that_depth(what: str, last: float) -> None:
    found = simulate(always(what, rebuilding=0.0), 16)
    plan = in_stages(PLAN.plan_quantities(), 0.25, last, 12, 6)
    org, values = PLAN.organisation_quantities(), engine.draw(16, PLAN.seed)
    run = engine.run(org, plan, Switches(1.0, 1.0), values, PLAN.horizon_months)
    for name in engine.ROWS:
        np.testing.assert_array_equal(found.plan[name], run[name])


def test_a_plan_that_changes_nothing_stays_carrying_on_in_stages() -> None:
    nothing = PLAN.changed(
        **{f"plan.{source}.share_moved": 0 for source in ("market_research", "training")},
        **{"plan.customer_service.share_moved": 0, "plan.stages": RULE},
        **{"plan.involvement": dict.fromkeys((*PLAN.organisation.involvement.model_dump(),), None)},
    )
    assert not net_present_values(nothing, engine.draw(8, 1)).any()


# --- what is decided -----------------------------------------------------------------------------


def test_each_draw_is_the_branch_that_its_reading_says(staged: results.Forecast) -> None:
    assert min(staged.taken().values()) > 0.1
    assert sum(staged.taken().values()) == pytest.approx(1.0)
    taken = staged.staged.taken if staged.staged else None
    assert taken is not None
    for choice, name in enumerate(CHOICES):
        some = taken == choice
        for outcome in ("trust", "cumulative_value", "net_contribution"):
            np.testing.assert_array_equal(
                staged.series(outcome)[some], staged.branch_series(outcome, name)[some]
            )
    for outcome in ("trust", "spent_community"):  # until the review all are one
        columns = [staged.branch_series(outcome, name)[:, :13] for name in CHOICES]
        np.testing.assert_array_equal(columns[0], columns[1])
        np.testing.assert_array_equal(columns[0], columns[2])


def test_the_reading_is_off_by_its_error_and_always_by_the_same(staged: results.Forecast) -> None:
    stages = staged.scenario.plan.stages
    assert stages is not None and stages.back is not None and stages.on is not None
    values = engine.draw(DRAWS, PLAN.seed)
    first = branches_of(PLAN.plan_quantities(), stages)[1]
    org = PLAN.organisation_quantities()
    run = engine.run(org, first, Switches(1.0, 1.0), values, 12)
    share = run.final("connected_customers")
    off = engine.errors(0, DRAWS, PLAN.seed)
    read = share + np.sqrt(share * (1.0 - share) / 400.0) * off
    expected = np.where(read < stages.back, 0, np.where(read < stages.on, 1, 2))
    assert staged.staged is not None
    np.testing.assert_array_equal(staged.staged.taken, expected)
    assert np.any(expected != np.where(share < stages.back, 0, np.where(share < stages.on, 1, 2)))
    again = simulate(staged.scenario, DRAWS, threads=1)
    np.testing.assert_array_equal(again.series("trust"), staged.series("trust"))


def test_errors_are_standard_normal_and_the_same_in_every_part() -> None:
    whole = engine.errors(0, 4096, 7)
    assert abs(whole.mean()) < 0.05 and abs(whole.std() - 1.0) < 0.05
    np.testing.assert_array_equal(engine.errors(1000, 96, 7), whole[1000:1096])
    assert engine.errors(0, 1, 7).tolist() == [0.0]
    assert not np.array_equal(engine.errors(0, 4096, 8), whole)
    points = engine.draw(4096, 7)
    assert max(abs(np.corrcoef(whole, row)[0, 1]) for row in points if row.std()) < 0.08


@pytest.mark.parametrize("side", ["below", "above"])
def test_thresholds_without_an_error_leave_no_doubt(side: str) -> None:
    reading = Reading(np.array([0.1, 0.2, 0.3]), np.zeros(3))
    rule: dict[str, Any] = {"first_depth": 0.5, "review_month": 9, "figure": "leaving"}
    ends_of = (0.15, 0.25) if side == "below" else (0.25, 0.15)
    both = StagesInput(**rule, side=side, back=ends_of[0], on=ends_of[1])  # type: ignore[arg-type]
    worst_first = [0, 1, 2] if side == "below" else [2, 1, 0]
    assert decided(both, reading, np.ones(3)).tolist() == worst_first
    never_on = both.model_copy(update={"on": None})
    assert decided(never_on, reading, np.ones(3)).max() == 1
    never_back = both.model_copy(update={"back": None})
    assert decided(never_back, reading, np.ones(3)).min() == 1


def test_a_headline_in_pieces_is_that_of_the_whole(
    staged: results.Forecast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.results.forecast.CHUNK", 32)
    assert results.headline(staged.scenario, DRAWS) == staged.headline
    pieces = [results.piece(staged.scenario, at, at + 64, DRAWS) for at in (0, 64)]
    gained = np.concatenate([one.gained for one in pieces])
    np.testing.assert_array_equal(gained, staged.series("cumulative_value"))


def test_building_up_service_again_is_off_all_that_it_costs(staged: results.Forecast) -> None:
    free = simulate(staged.scenario.changed(**{"plan.stages.rebuilding": 0.0}), DRAWS)
    values = staged.shared_baseline.values
    stages = staged.scenario.plan.stages
    assert stages is not None
    known = ends(PLAN, branches_of(PLAN.plan_quantities(), stages), values, 2.0)
    took = staged.staged.taken if staged.staged else np.zeros(0)
    np.testing.assert_allclose(
        staged.values.net_present_value, known.values[took.astype(int), np.arange(DRAWS)]
    )
    cost = free.plan.final(NET) - staged.plan.final(NET)
    assert np.all(cost[took == 0] > 0.0) and not cost[took > 0].any()
    np.testing.assert_allclose(
        staged.plan.final("present_value_transition") - free.plan.final("present_value_transition"),
        cost,
    )
    flows = free.series("net_contribution") - staged.series("net_contribution")
    undiscounted = flows.sum(axis=1) / 12.0
    org = PLAN.organisation_quantities()._replace(discount_rate=0.0)
    back = branches_of(PLAN.plan_quantities(), stages)[0]
    expected = 2.0 * values[TRANSITION] * rebuilt_by_month(org, back, 60)[-1]
    np.testing.assert_allclose(undiscounted[took == 0], expected[took == 0], rtol=0.02)


# --- what is found is what is had ----------------------------------------------------------------


def test_a_rule_that_the_pilot_found_brings_what_it_said() -> None:
    found = pilot(PLAN, 1024, depth=0.5, month=18)
    plan = PLAN.changed(**{"plan.stages": found.stages})
    values = engine.draw(1024, PLAN.seed)
    after = ends(PLAN, branches_of(PLAN.plan_quantities(), found.stages), values, 1.0).values
    got = net_present_values(plan, values)
    assert np.all(np.isclose(got, after, rtol=1e-9).any(axis=0)), "each draw is one of the branches"
    error = got.std() / np.sqrt(got.size)
    assert abs(got.mean() - found.ways["decided"].mean) < 2.0 * error


def test_a_figure_that_says_nothing_is_worth_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decided by noise alone, a plan in stages is a mixture of its branches."""

    def noise(series: Any, source: Source) -> Reading:
        size = series["trust"].size
        return Reading(np.zeros(size), np.ones(size))

    blind = replace(SIGNALS["trust"], read=noise)
    monkeypatch.setitem(SIGNALS, "trust", blind)
    mixed = simulate(in_stages_of(figure="trust", back=0.0, on=0.0), 1024)
    shares = mixed.taken()
    assert shares["stay"] == 0.0 and shares["back"] == pytest.approx(0.5, abs=0.06)
    means = {
        name: mixed.branch_series("cumulative_value", name)[:, -1].mean() for name in ("back", "on")
    }
    mean = mixed.values.net_present_value.mean()
    error = mixed.values.net_present_value.std() / np.sqrt(1024)
    assert abs(mean - sum(shares[name] * means[name] for name in means)) < 4.0 * error


def test_another_solver_comes_to_the_same(staged: results.Forecast) -> None:
    """SciPy's adaptive solver on each branch, in draws that take all three; what going back takes,
    by SciPy's quadrature."""
    stages = staged.scenario.plan.stages
    assert stages is not None and staged.staged is not None
    org, months = PLAN.organisation_quantities(), PLAN.horizon_months
    shift = PLAN.plan_quantities().customer_service
    for choice, plan in enumerate(branches_of(PLAN.plan_quantities(), stages)):
        draw = int(np.flatnonzero(staged.staged.taken == choice)[0])
        p = Parameters(*staged.shared_baseline.values[:, draw].tolist())
        on = Switches(1.0, 1.0)
        solved = reference.solve(org, plan, on, p, months, every=months, rtol=1e-8)

        def comes_back(month: float, plan: Plan = plan) -> float:
            speed = freed_speed(month, org.budgets.customer_service, shift, plan)
            return max(-speed, 0.0) * discount_factor(month, org.discount_rate)

        ramp = (stages.review_month, stages.review_month + stages.step_months)
        cost = stages.rebuilding * p.service_transition_cost * quad(comes_back, *ramp)[0]
        assert (cost > 0.0) == (CHOICES[choice] == "back")
        worth = solved.present_value() - cost
        assert staged.plan.final(NET)[draw] == pytest.approx(worth, rel=1e-5)
        assert cost == 0.0 or cost > 10.0 * 1e-5 * abs(worth), "it would be noticed"
        assert staged.final("trust")[draw] == pytest.approx(solved.final("trust"), rel=1e-4)


def test_a_plan_in_stages_is_worth_what_it_was() -> None:
    """Frozen for this model: a rule of three ways, its errors and what going back takes."""
    frozen = simulate(in_stages_of(back=0.002, on=0.005, rebuilding=2.0), DRAWS)
    assert MODEL_VERSION == "2.0.0", "freeze the numbers again"
    shares, worth = frozen.taken(), frozen.headline.net_present_value
    found = [*shares.values(), worth.low, worth.central, worth.high]
    assert found == pytest.approx(FROZEN, rel=1e-6), "numbers moved under the same version"


def test_plans_of_the_same_draws_are_each_reviewed_by_themselves() -> None:
    plan = in_stages_of(back=None, on=0.03)
    values = draw_between(64, 96, 128, PLAN.seed)
    org, on = PLAN.organisation_quantities(), Switches(1.0, 1.0)
    whole = PLAN.plan_quantities()
    nobody = whole._replace(involvement=org.involvement)
    jobs = [engine.Job(org, one, on, values, 60, record_outcomes=False) for one in (whole, nobody)]
    both = run_all(plan, jobs, first=64)
    for job, run in zip(jobs, both, strict=True):
        (alone,) = run_all(plan, [job], first=64)
        np.testing.assert_array_equal(run.final(NET), alone.final(NET))


# --- who else takes such a plan ------------------------------------------------------------------


def test_parts_of_the_value_and_mechanisms_add_up_in_every_draw(staged: results.Forecast) -> None:
    worth = staged.values.net_present_value
    for parts in (by_draw(staged).parts, mechanisms_by_draw(staged)):
        np.testing.assert_allclose(np.sum([*parts.values()], axis=0), worth, rtol=1e-9)
    minutes = staged.asked("minutes_per_day")
    assert staged.staged is not None and minutes.shape == (DRAWS, 61)
    assert minutes[staged.staged.taken == 0, -1].max() < minutes[staged.staged.taken == 2, -1].min()


def test_a_comparison_takes_each_in_its_stages(staged: results.Forecast) -> None:
    short = PLAN.changed(horizon_months=12)
    compared = compare(staged.scenario, PLAN, draws=DRAWS)
    assert compared.headlines[0] == staged.headline
    spent = compared.spending[0].plan
    assert sum(spent.values()) == pytest.approx(sum(compared.spending[1].plan.values()))
    today, all_of_it = compared.spending[1].today, compared.spending[1].plan
    assert today["training"] > spent["training"] > all_of_it["training"]
    paths = {one.path for one in compared.diffs}
    assert {"plan.stages.first_depth", "plan.stages.figure", "plan.stages.back"} <= paths
    # Over fewer months than there are until the review, there is the first stage alone.
    both = compare(in_stages_of(review_month=24), short, draws=32)
    assert both.months == 12


def test_the_chance_by_year_knows_the_stages(staged: results.Forecast) -> None:
    years = results.chance_by_year(staged.scenario, DRAWS)
    assert years.horizon_chance == staged.headline.probability_better


def test_shares_of_the_branches_are_known_without_the_years_after(
    staged: results.Forecast,
) -> None:
    assert taken_shares(staged.scenario, DRAWS) == staged.taken()
    assert taken_shares(PLAN, DRAWS) == {}


@pytest.mark.parametrize("name", ["decisions", "leave_one_out"])
def test_analyses_take_the_plan_in_its_stages(name: str) -> None:
    """Of a plan that stays small whatever happens they say what they say of a small plan."""
    small = always("stay", first_depth=0.5, rebuilding=0.0)
    half = {
        f"plan.{source}.share_moved": getattr(PLAN.plan, source).share_moved / 2.0
        for source in ("market_research", "training", "customer_service")
    }
    today = PLAN.organisation.involvement.model_dump()
    half |= {
        f"plan.involvement.{lever}": (value + today[lever]) / 2.0
        for lever, value in PLAN.plan.involvement.model_dump().items()
        if lever in today and value is not None
    }
    found, expected = (
        ANALYSES[name].run(one, 16).as_dict() for one in (small, PLAN.changed(**half))
    )
    assert _close(found, expected)


def _close(left: object, right: object) -> bool:
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_close(left[one], right[one]) for one in left)
    if isinstance(left, float | int) and isinstance(right, float | int):
        return left == pytest.approx(right, rel=1e-6, abs=1e-3)
    return left == right


def test_those_who_study_the_whole_plan_say_so() -> None:
    plan = in_stages_of()
    for name in ("signposts", "pilot"):
        options = ANALYSES[name].checked({}, plan)
        found, whole = (ANALYSES[name].run(one, 64, **options) for one in (plan, PLAN))
        assert found.as_dict() == whole.as_dict()
        assert "left aside" in found.statements()[0].template
    assert Study(plan, Question(), 64).scenario.plan == PLAN.plan


def test_what_is_exported_has_one_course() -> None:
    with pytest.raises(ScenarioError, match=r"plan\.stages: found a plan in stages"):
        scenario_xmile(in_stages_of())
