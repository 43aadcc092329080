"""A plan in stages: its ways, its rule by brute force again, and an option that never costs."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from simulator import engine, scenario
from simulator.analyses import ANALYSES, thresholds
from simulator.analyses import pilot as module
from simulator.analyses.base import Branches, Measured
from simulator.analyses.conditional_mean import Worth
from simulator.analyses.pilot import AT_ONCE, BEST, DECIDED, NEVER, Pilot, pilot
from simulator.analyses.signposts import Signposts
from simulator.i18n.language import language_of
from simulator.model.register import FloatArray
from simulator.model.signals import Reading
from simulator.results import net_present_values, precision
from simulator.results.stages import in_stages, taken_shares
from simulator.scenario.stages import BACK, CHOICES, ON, STAY
from ui.text.analyses import table

pytestmark = pytest.mark.usefixtures("known_runs")

PLAN = scenario.load_shipped("balanced-shift")
LOSING = scenario.load_shipped("money-without-involvement")
DRAWS = 256
ALWAYS = {"review_month": 12, "always": "stay"}


def ends(draws: int, seed: int = 1) -> tuple[FloatArray, FloatArray]:
    """A figure, and what going back, staying and going on bring: each best in a part of it."""
    random = np.random.default_rng(seed)
    figure = random.uniform(0.02, 0.12, draws)
    slopes = np.array([0.0, 1e6, 3e6])
    starts = np.array([0.0, 0.05, 0.07])
    noise = random.normal(0.0, 5_000.0, (3, draws))
    return figure, slopes[:, None] * (figure - starts[:, None]) + noise


@pytest.fixture(scope="module")
def staged_plan() -> Pilot:
    return pilot(PLAN, DRAWS)


def test_all_at_once_is_the_headline_and_never_is_nothing(staged_plan: Pilot) -> None:
    values = net_present_values(PLAN, engine.draw(DRAWS, PLAN.seed))
    assert staged_plan.ways[AT_ONCE].mean == pytest.approx(values.mean())
    assert staged_plan.ways[NEVER].mean == 0.0
    assert [row.id for row in staged_plan.rows()] == [DECIDED, AT_ONCE, ON, STAY, NEVER, BACK]


@pytest.mark.parametrize("name", ["balanced-shift", "money-without-involvement", "too-promotional"])
@pytest.mark.parametrize("rebuilding", [0.0, 3.0])
def test_being_free_to_decide_never_costs(name: str, rebuilding: float) -> None:
    found = pilot(scenario.load_shipped(name), 128, rebuilding=rebuilding)
    best = max(found.ways[choice].mean for choice in CHOICES)
    assert found.decided.option.mean >= 0.0
    assert found.ways[DECIDED].mean == pytest.approx(best + found.decided.option.mean)
    assert found.decided.weights.min() >= -1e-12
    np.testing.assert_allclose(found.decided.weights.sum(axis=0), 1.0)


def test_the_rule_is_that_of_brute_force() -> None:
    figure, after = ends(DRAWS)
    reading = Reading(figure, np.zeros(DRAWS))
    rule = thresholds.decide(reading, after).rule
    marks = thresholds.steps(reading)

    def brings(back: float, on: float) -> float:
        return sum(
            float(column[0] if true < back else column[1] if true < on else column[2])
            for true, column in zip(figure, after.T, strict=True)
        )

    best = max(itertools.combinations_with_replacement(marks, 2), key=lambda pair: brings(*pair))
    assert rule.stops_below and rule.always is None
    assert brings(rule.back, rule.on) == pytest.approx(brings(*best))
    assert rule.back == pytest.approx(0.05, abs=0.01)
    assert rule.on == pytest.approx(0.08, abs=0.01)


def test_a_figure_that_is_noise_decides_nothing() -> None:
    for seed in range(20):
        figure, after = ends(DRAWS, seed)
        unrelated = np.random.default_rng(100 + seed).permutation(figure)
        decided = thresholds.decide(Reading(unrelated, np.zeros(DRAWS)), after)
        assert decided.option == Worth(0.0, 0.0)
        assert decided.rule.always == int(np.argmax(after.mean(axis=1)))


def test_a_better_measurement_brings_more_and_certainty_most() -> None:
    figure, after = ends(1024)
    worths = [
        thresholds.decide(Reading(figure, np.full(1024, error)), after).option.mean
        for error in (0.0, 0.02, 0.1, 1e3)
    ]
    assert worths == sorted(worths, reverse=True) and worths[-1] == 0.0
    knowing = after.max(axis=0).mean() - after.mean(axis=1).max()
    assert 0.7 * knowing < worths[0] < knowing


def test_what_is_decided_has_the_range_of_what_then_happens() -> None:
    values = np.array([[-10.0, -20.0, -30.0, -40.0], [1.0, 2.0, 3.0, 4.0]])
    never, half = np.array([[0.0] * 4, [1.0] * 4]), np.full((2, 4), 0.5)
    assert module._estimate(values, never).low == 1.0
    assert module._estimate(values, half).low == -40.0
    assert module._way(values, half).better == 0.5
    assert module._way(values, half).mean == pytest.approx(-11.25)


def test_going_back_takes_money_and_time() -> None:
    free, dear = (pilot(PLAN, 64, rebuilding=costs) for costs in (0.0, 5.0))
    assert dear.ways[BACK].mean == pytest.approx(free.ways[BACK].mean - dear.stop.rebuilding)
    assert dear.ways[ON].mean == free.ways[ON].mean
    said = [statement.template for statement in dear.statements()]
    assert any("building up service again" in template for template in said)


def test_a_plan_that_loses_is_best_never_begun() -> None:
    found = pilot(LOSING, DRAWS)
    said = [statement.template for statement in found.statements()]
    assert "Best on average is never to begin." in said
    assert any(template.startswith("A stop costs {value}") for template in said)
    assert said[0].startswith("No figure that you can measure"), "that first"
    assert "stages bring nothing but their start" in said[1]
    assert found.as_dict()["rule"]["always"] == BACK
    assert found.adopted() is None, "nobody begins in order to go back"
    why = table(found, "EUR", DRAWS, language_of("en"))
    assert why["stages"] is None and why["stages_note"].startswith("This is not offered")


def test_going_back_is_no_way_to_gain() -> None:
    """It comes out above never beginning by what the model forgets too slowly, and says so where it
    stands, in a sentence, and at the offer of a plan that may go back."""
    village = scenario.load_shipped("municipality-citizens")
    found = pilot(village, DRAWS, figure="taking_part")
    back = found.ways[BACK].mean
    *_, last = found.rows()
    assert last.id == BACK
    flattered = dataclasses.replace(
        found,
        ways={
            **found.ways,
            BACK: dataclasses.replace(found.ways[BACK], mean=Measured(-back, back.error)),
        },
    )
    above, below = (found, flattered) if back > 0.0 else (flattered, found)
    told, other = (table(one, "EUR", DRAWS, language_of("en")) for one in (above, below))
    assert "looks better than it would be" in told["rows"][-1]["cells"]["way"]
    assert any("Even to begin and to go back" in text for text in told["statements"])
    assert "looks better" not in other["rows"][-1]["cells"]["way"]
    assert found.stages.back is not None and "forgets slowly" in told["stages_note"]


def test_both_branches_are_drawn_from_the_month_of_the_review_on(staged_plan: Pilot) -> None:
    chart = staged_plan.chart()
    assert isinstance(chart, Branches) and chart.month == 12
    on, stay, back, at_once = (line.values for line in chart.lines)
    assert on[:13] == stay[:13] == back[:13] != at_once[:13]
    assert len({line[-1] for line in (on, stay, back)}) == 3
    ends_at = [staged_plan.ways[name].mean for name in (ON, STAY, BACK, AT_ONCE)]
    np.testing.assert_allclose([line[-1] for line in (on, stay, back, at_once)], ends_at)


def test_a_plan_that_changes_nothing_has_no_stages() -> None:
    idle = pilot(scenario.load_shipped("wait-and-see"), 16)
    assert (idle.rows(), idle.statements(), idle.chart()) == ((), (), None)
    assert idle.adopted() is None


def test_the_figure_can_be_chosen_and_is_named_in_the_rule() -> None:
    village = scenario.load_shipped("municipality-citizens")
    found = pilot(village, DRAWS, figure="taking_part")
    start, rule, *_ = found.statements()
    assert found.figure == "taking_part"
    assert start.values["month"][1] == 12
    clauses = rule.values["back"][1]
    assert isinstance(clauses, tuple)
    (clause,) = clauses
    content = found.as_dict()["rule"]
    assert content["back"] <= content["on"] and content["side"] == "below"
    assert clause.template.startswith("fewer than {threshold}")
    assert "say that they take part" in clause.template


@pytest.mark.parametrize("code", ["nl", "da"])
def test_rules_are_sentences_in_every_language(code: str, staged_plan: Pilot) -> None:
    reply = table(staged_plan, "EUR", DRAWS, language_of(code))
    assert reply["chart"]["month"] == 12 and len(reply["chart"]["lines"]) == 4
    assert not any("{" in text for text in reply["statements"])


def test_stages_go_from_one_depth_to_the_other() -> None:
    plan = in_stages(PLAN.plan_quantities(), 0.25, 1.0, 12, 6)
    org = PLAN.organisation_quantities()
    from simulator.model.equations.decisions import freed

    full = PLAN.plan_quantities()
    for month, depth in ((11.0, 0.25), (15.0, 0.625), (18.0, 1.0), (30.0, 1.0)):
        moved, whole = (
            freed(month, org.budgets.training, one.training, one) for one in (plan, full)
        )
        assert moved == pytest.approx(depth * whole)


def test_it_starts_from_the_stages_of_the_plan_unless_somebody_says_otherwise() -> None:
    own = {"first_depth": 1.0, "review_month": 15, "figure": "trust", "back": 0.7, "on": 0.7}
    details = {"step_months": 3, "people": 900, "records": 0.1, "rebuilding": 2.0}
    plan = PLAN.changed(**{"plan.stages": {**own, **details}})
    pilot_of_it = ANALYSES["pilot"].run(plan, 32)
    assert isinstance(pilot_of_it, Pilot)
    found = pilot_of_it.stages
    assert found.model_dump().items() >= {**details, "review_month": 15}.items()
    assert found.first_depth == 0.95, "as near as it may be"
    asked = ANALYSES["pilot"].run(plan, 32, depth=0.5, month=9, figure="members", people=50)
    assert isinstance(asked, Pilot) and (asked.depth, asked.month) == (0.5, 9)
    assert (asked.figure, asked.stages.people, asked.stages.records) == ("members", 50, 0.1)
    signs = ANALYSES["signposts"].run(plan, 32)
    assert isinstance(signs, Signposts) and signs.month == 15
    settled = PLAN.changed(**{"plan.stages": {**details, "first_depth": 0.5, **ALWAYS}})
    assert ANALYSES["pilot"].checked({}, settled)["figure"] == BEST


def test_it_says_how_often_the_plan_then_goes_on_and_where_the_middle_is() -> None:
    village = scenario.load_shipped("municipality-citizens")
    found = pilot(village, DRAWS, figure="taking_part")
    stages = found.adopted()
    assert stages is not None and stages.always is None
    adopted = village.changed(**{"plan.stages": stages.model_dump()})
    assert found.shares == taken_shares(adopted, DRAWS), "as it is simulated"
    told = " ".join(table(found, "EUR", DRAWS, language_of("en"))["statements"])
    assert "In these stages the plan goes on in" in told
    middle = language_of("en").money(precision.shown(found.ways[DECIDED].value).central, "EUR")
    assert f"starting small comes to {middle} and" in told


def test_what_starting_small_brings_more_is_the_difference_of_what_is_read() -> None:
    for found in (pilot(PLAN, 1024), pilot(scenario.load_shipped("municipality-citizens"), 1024)):
        (said,) = (one for one in found.statements() if "all at once comes to" in one.template)
        staged, at_once, more = (said.values[name][1] for name in ("staged", "at_once", "more"))
        assert isinstance(staged, Measured) and isinstance(at_once, Measured)
        assert isinstance(more, Measured) and more > 0.0
        assert more.shown == abs(staged.shown - at_once.shown)
        (free,) = (one for one in found.statements() if one.template.startswith("Being free"))
        option, best = free.values["option"][1], max(found.ways[one].mean for one in CHOICES)
        assert isinstance(option, Measured) and option.shown == staged.shown - best.shown


def test_a_difference_that_chance_makes_is_none() -> None:
    found = dataclasses.replace(pilot(PLAN, DRAWS), ahead=Measured(10.0, 1e6))
    assert any("too close to tell which is better" in one.template for one in found.statements())


def test_a_gain_by_going_back_alone_is_not_told_nor_offered(staged_plan: Pilot) -> None:
    found = dataclasses.replace(staged_plan, is_untold=True)
    told = table(found, "EUR", DRAWS, language_of("en"))
    assert "cannot be told from this model" in told["statements"][0]
    assert not any(text.startswith(("Start with", "Being free")) for text in told["statements"])
    assert "looks better than it would be" in told["rows"][0]["cells"]["way"]
    assert told["stages"] is None and told["stages_note"].startswith("This is not offered")
    assert not staged_plan.is_untold and staged_plan.adopted() is not None
    assert pilot(scenario.load_shipped("solo-professional"), DRAWS).is_untold


def test_averages_are_told_as_far_as_their_draws_go() -> None:
    found = pilot(PLAN, 256)
    mean = found.ways[DECIDED].mean
    assert mean.error > 0.0 and mean.shown != mean
    cells = {row["id"]: row["cells"] for row in table(found, "EUR", 256, language_of("en"))["rows"]}
    assert cells[DECIDED]["mean"] == language_of("en").money(mean.shown, "EUR")
    assert found.as_dict()["ways"][DECIDED]["mean"] == mean, "files keep the number as it is"
