"""Signposts: thresholds found again by brute force, noise that is worth nothing, and stops that go
back to today."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from simulator import engine, scenario
from simulator.analyses import staged, thresholds
from simulator.analyses.base import Measured
from simulator.analyses.conditional_mean import Worth
from simulator.analyses.signposts import Signposts, Stop, signposts, what_a_stop_leaves
from simulator.i18n.language import language_of
from simulator.model import system
from simulator.model.quantities import Plan, Switches
from simulator.model.register import Parameters
from simulator.model.signals import SIGNALS, Reading, Source
from simulator.results import baseline_plan, net_present_values
from simulator.results.stages import TRANSITION, in_stages
from simulator.scenario import ScenarioError
from ui.text.analyses import stated, table

pytestmark = pytest.mark.usefixtures("known_runs")

PLAN = scenario.load_shipped("balanced-shift")
VILLAGE = scenario.load_shipped("municipality-citizens")
BLIND = scenario.load_shipped("business-manufacturer")
NOTHING = scenario.load_shipped("wait-and-see")
MOVING = Switches(1.0, 1.0)
DRAWS = 256


def cases(draws: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A figure, and what going on and going back bring: the higher the figure, the more."""
    random = np.random.default_rng(seed)
    figure = random.uniform(0.02, 0.12, draws)
    go_on = 3e6 * (figure - 0.07) + random.normal(0.0, 40_000.0, draws)
    return figure, go_on, random.normal(-5_000.0, 2_000.0, draws)


# --- going back ----------------------------------------------------------------------------------


def test_a_plan_that_is_not_reviewed_has_exactly_the_numbers_that_it_had() -> None:
    plan = PLAN.plan_quantities()
    values = engine.draw(8, 1)
    org = PLAN.organisation_quantities()
    kept = in_stages(plan, 1.0, 1.0, 9, 6)
    runs = [engine.run(org, levers, MOVING, values, 60) for levers in (plan, kept)]
    for name in engine.ROWS:
        np.testing.assert_array_equal(runs[0][name], runs[1][name])


def test_a_plan_that_goes_back_is_the_plan_until_then_and_spends_as_today_afterwards() -> None:
    org, plan, values = PLAN.organisation_quantities(), PLAN.plan_quantities(), engine.draw(8, 1)
    back = in_stages(plan, 1.0, 0.0, 9, 6)
    levers = (plan, back, baseline_plan(org))
    on, stopped, never = (engine.run(org, one, MOVING, values, 60) for one in levers)
    spent = [name for name in engine.ROWS if name.startswith("spent_")]
    for name in (*spent, "trust", "connected_customers", "net_contribution"):
        np.testing.assert_array_equal(on[name][:, :10], stopped[name][:, :10])
    for name in spent:
        np.testing.assert_allclose(stopped[name][:, 15:], never[name][:, 15:], rtol=1e-12)
    assert not np.allclose(stopped["trust"][:, 24], never["trust"][:, 24]), "what was built stays"


@pytest.mark.parametrize(("first", "last"), [(1.0, 0.0), (0.3, 1.0), (0.3, 0.0), (0.5, 0.5)])
def test_the_engine_runs_stages_as_the_equations_say(first: float, last: float) -> None:
    org, values = PLAN.organisation_quantities(), engine.draw(2, 1)
    plan: Plan = in_stages(PLAN.plan_quantities(), first, last, 7, 5)
    run = engine.run(org, plan, MOVING, values, 24)
    for draw, column in enumerate(values.T):
        plain = list(system.trajectory(org, plan, MOVING, Parameters(*column.tolist()), 24))
        for name in ("trust", "connected_customers"):
            expected = [getattr(record.state, name) for record in plain]
            np.testing.assert_allclose(run[name][draw], expected, rtol=1e-11)
        ledger = plain[-1].ledger.net_contribution
        assert run.final("present_value_net_contribution")[draw] == pytest.approx(ledger)


def test_going_on_is_worth_what_the_headline_says_and_going_back_costs_what_it_costs() -> None:
    values = engine.draw(DRAWS, PLAN.seed)
    plan = PLAN.plan_quantities()
    back = in_stages(plan, 1.0, 0.0, 9, 6)
    free, paid = (staged.ends(PLAN, (plan, back), values, costs) for costs in (0.0, 2.0))
    np.testing.assert_array_equal(free.values[0], net_present_values(PLAN, values))
    np.testing.assert_array_equal(free.values[0], paid.values[0])
    np.testing.assert_allclose(free.values[1] - paid.values[1], paid.rebuilding[1])
    org = PLAN.organisation_quantities()
    cut = org.budgets.customer_service * plan.customer_service.share_moved
    most = 2.0 * values[TRANSITION] * cut
    assert (paid.rebuilding[1] > 0.5 * most).all() and (paid.rebuilding[1] < most).all()


# --- thresholds ----------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [0.0, 0.01])
def test_the_threshold_is_that_of_brute_force(error: float) -> None:
    figure, go_on, go_back = cases(DRAWS)
    reading = Reading(figure, np.full(DRAWS, error))
    found = thresholds.search(reading, go_on, go_back)

    def brings(threshold: float) -> float:
        total = 0.0
        for true, forward, backward in zip(figure, go_on, go_back, strict=True):
            if error:
                stops = 0.5 * math.erfc((true - threshold) / error / math.sqrt(2.0))
            else:
                stops = float(true < threshold)
            total += stops * backward + (1.0 - stops) * forward
        return total / DRAWS

    tried = thresholds.steps(reading)
    best = max(tried, key=brings)
    assert found.stops_below and found.tells
    assert found.threshold == pytest.approx(best)
    finest = max(brings(one) for one in np.linspace(0.0, 0.15, 301))
    assert brings(found.threshold) > finest - 2_000.0, "what can be said is nearly as good"
    assert np.allclose(np.round(tried, 3), tried), "so many of 100, with one decimal"


def test_a_figure_that_is_the_worse_the_higher_it_is_stops_above() -> None:
    figure, go_on, go_back = cases(DRAWS)
    exact = np.zeros(DRAWS)
    low = thresholds.search(Reading(figure, exact), go_on, go_back)
    high = thresholds.search(Reading(0.2 - figure, exact), go_on, go_back)
    assert not high.stops_below and high.right == pytest.approx(low.right)
    assert high.worth.mean == pytest.approx(low.worth.mean, rel=0.1)


def test_noise_is_worth_exactly_nothing_and_no_better_than_chance() -> None:
    for seed in range(20):
        figure, go_on, go_back = cases(DRAWS, seed)
        unrelated = np.random.default_rng(100 + seed).permutation(figure)
        blurred = Reading(figure, np.full(DRAWS, 1e3))
        for reading in (Reading(unrelated, np.zeros(DRAWS)), blurred):
            found = thresholds.search(reading, go_on, go_back)
            assert (found.tells, found.worth) == (False, Worth(0.0, 0.0))
            assert found.right < thresholds.CHANCE


def test_the_better_it_is_measured_the_more_it_is_worth_and_never_less_than_nothing() -> None:
    figure, go_on, go_back = cases(1024)
    worths = [
        thresholds.search(Reading(figure, np.full(1024, error)), go_on, go_back).worth.mean
        for error in (0.0, 0.01, 0.03, 0.1, 1.0)
    ]
    assert worths == sorted(worths, reverse=True)
    assert worths[-1] == 0.0
    knowing = np.maximum(go_on, go_back).mean() - max(go_on.mean(), go_back.mean())
    assert 0.5 * knowing < worths[0] < knowing


# --- the analysis --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signs() -> Signposts:
    return signposts(VILLAGE, DRAWS)


def test_it_says_by_what_to_stop_and_what_a_stop_leaves(signs: Signposts) -> None:
    rule, rates, worth, choice, stop, *_, meaning = signs.statements()
    assert rule.template.startswith("Stop if in month {month}")
    assert {*rates.values} == {"hits", "false_alarms"}
    assert signs.best is not None and "picked at random" in meaning.template
    more = worth.values["worth"][1]
    assert isinstance(more, Measured) and more == pytest.approx(signs.best.search.worth.mean)
    assert more == next(iter(signs.rows())).cells["worth"]
    ways = [choice.values[name][1] for name in ("go_on", "go_back")]
    assert all(isinstance(way, Measured) for way in ways)
    assert more.shown == signs.ruled.shown - max(way.shown for way in ways)  # type: ignore[union-attr]
    assert choice.values["go_back"] == ("money", signs.stop.value)
    assert ("without the plan" in stop.template) == (signs.stop.value >= 0.0)
    assert next(row.id for row in signs.rows()) in {"members", "taking_part"}
    figures = signs.as_dict()["figures"]
    assert figures["members"]["side"] == "below" and figures["members"]["tells"]
    telling = [row.cells["threshold"] for row in signs.rows()]
    assert any(math.isnan(float(str(one))) for one in telling), "what tells nothing has none"


def test_what_it_says_can_be_taken_into_the_plan(signs: Signposts) -> None:
    """All of the plan until the review, and then on or back by the figure that tells most."""
    best, stages = signs.best, signs.adopted()
    assert best is not None and stages is not None
    assert (stages.first_depth, stages.review_month) == (1.0, signs.month)
    assert stages.figure is not None and signs.signposts[stages.figure] is best
    assert stages.back == stages.on == best.search.threshold
    assert (stages.side == "below") == best.search.stops_below
    staged = VILLAGE.changed(**{"plan.stages": stages.model_dump()})
    assert staged.plan.stages == stages


def test_a_survey_of_more_people_tells_more(signs: Signposts) -> None:
    few, many = (signposts(VILLAGE, DRAWS, people=people) for people in (20, 100_000))
    right = [one.signposts["taking_part"].search.right for one in (few, signs, many)]
    assert right == sorted(right) and right[0] < right[2]


def test_where_no_figure_tells_it_says_so() -> None:
    blind = signposts(BLIND, DRAWS, people=20, records=1.0)
    first, *_ = blind.statements()
    assert (
        blind.adopted() is None
        and blind.best is None
        and first.template.startswith("No figure that you can measure")
    )
    assert all(one.search.worth.mean == 0.0 for one in blind.signposts.values())


def test_a_gain_that_the_model_owes_to_forgetting_slowly_is_not_told_nor_offered() -> None:
    found = signposts(PLAN, DRAWS)
    assert found.stop.value > max(found.average.mean, 0.0)
    told = table(found, "EUR", DRAWS, language_of("en"))
    assert "cannot be told from this model" in told["statements"][0]
    assert not any("Deciding by it" in text or "Stop if" in text for text in told["statements"])
    assert {row["cells"]["worth"] for row in told["rows"]} == {"–"}
    assert told["stages"] is None and told["stages_note"].startswith("This is not offered")
    assert found.as_dict()["rests_on_forgetting"] is True


def test_what_is_worth_no_money_is_not_offered() -> None:
    found = signposts(BLIND, DRAWS)
    assert found.best is not None and not found.is_untold
    assert any("worth no money" in one.template for one in found.statements())
    assert found.adopted() is None


@pytest.mark.parametrize(
    ("back", "on", "stops", "expected"),
    [
        (30.0, 20.0, [0, 0], True),  # going back whatever happens is best of all
        (-5.0, -20.0, [1, 0], False),  # it only limits a loss
        ([40.0, -1.0], [20.0, 60.0], [1, 0], True),  # gains, but by what going back brings alone
        ([-5.0, -5.0], [-90.0, 200.0], [1, 0], False),  # gains by going on where that is right
        ([40.0, -1.0], [20.0, 60.0], [0, 0], False),  # never goes back
    ],
)
def test_when_a_gain_rests_on_forgetting(
    back: Any, on: Any, stops: list[int], *, expected: bool
) -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.5, 400)
    ways = np.stack([np.resize(one, 400) + noise for one in (back, on)])
    weights = np.resize(stops, 400).astype(np.float64)
    found = staged.rests_on_forgetting(np.stack((weights, 1.0 - weights)), ways, ways[1])
    assert found is expected


@pytest.mark.parametrize(
    ("value", "rebuilding", "said"),
    [
        (-25_600.0, 35_600.0, "costs €25.6K on average: building up service again costs €35.6K, "
         "and without that a stop would bring €10K."),
        (-25_600.0, 5_600.0, "costs €25.6K on average: €5,600 for building up service again, and "
         "€20K that was spent"),
        (-5_600.0, 5_600.0, "as much as building up service again"),
        (-5_600.0, 0.0, "costs €5,600 on average: what was spent"),
        (5_600.0, 1_000.0, "€5,600 more is left than without the plan, on average, though"),
        (5_600.0, 0.0, "€5,600 more is left than without the plan, on average. That"),
    ],
)  # fmt: skip
def test_a_part_of_what_a_stop_costs_is_no_more_than_the_whole(
    value: float, rebuilding: float, said: str
) -> None:
    stop = Stop(Measured(value, 0.0), Measured(rebuilding, 0.0), 0.0)
    first, *_ = what_a_stop_leaves(stop)
    assert said in stated(first, "EUR", DRAWS, language_of("en"))


def test_a_plan_that_changes_nothing_needs_no_signpost() -> None:
    idle = signposts(NOTHING, 16)
    assert (idle.rows(), idle.statements()) == ((), ())


def test_the_review_is_within_the_horizon() -> None:
    assert signposts(PLAN.changed(horizon_months=12), 16, month=24).month == 11


def test_errors_are_those_of_samples() -> None:
    source = Source(PLAN.organisation_quantities(), people=400, records=0.0)
    series = staged.run_until(PLAN, PLAN.plan_quantities(), engine.draw(4, 1), 9)
    asked = SIGNALS["trust"].read(series, source)
    np.testing.assert_allclose(asked.error, np.sqrt(asked.true * (1.0 - asked.true) / 400.0))
    # Customers who leave: counted again and again.
    heads, churn = series["customers"][0], series["churn"][0]
    random = np.random.default_rng(1)
    left = random.binomial(round(heads), 1.0 - (1.0 - churn) ** 0.25, 20_000) / heads
    again = 1.0 - (1.0 - left) ** 4.0
    assert SIGNALS["leaving"].read(series, source).error[0] == pytest.approx(again.std(), rel=0.03)
    assert SIGNALS["members"].read(series, source).error.max() == 0.0


@pytest.mark.parametrize("options", [{"month": 2}, {"month": 25}, {"people": 1}, {"records": -1}])
def test_other_options_are_refused(options: dict[str, Any]) -> None:
    from simulator.analyses import ANALYSES

    with pytest.raises(ScenarioError):
        ANALYSES["signposts"].run(PLAN, 16, **options)
