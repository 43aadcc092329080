"""The best plan of a scenario: what is said of it holds by plain simulation."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulator import engine, load, simulate
from simulator.cli.analyses import stated
from simulator.errors import ScenarioError
from simulator.model.figure_values import mean_of_worst
from simulator.model.quantities import INSTRUMENTS
from simulator.optimise import (
    Answer,
    Infeasible,
    Limit,
    Move,
    Question,
    Study,
    proof,
    read_limit,
    read_move,
    reasons,
    words,
)
from simulator.optimise.answer import Candidate, Marginal, apart
from simulator.optimise.evaluation import Judge
from simulator.optimise.frontier import Step, beside
from simulator.optimise.ground import Ground, with_long_steps
from simulator.optimise.levers import Levers, baseline_scenario, changed, held, value_of
from simulator.optimise.search import Point
from simulator.scenario import Scenario
from simulator.scenario.levers import LEVERS

DRAWS = 8
"""What is said of a plan holds in so many as in more."""
MORE_DRAWS = 32
"""Where a limit has to hold in nine draws of ten."""
TRAINING = "plan.training.share_moved"


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    engine.prepare()


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("balanced-shift").changed(horizon_months=12)


def moves(*names: str) -> tuple[Move, ...]:
    return tuple(move for name in names for move in read_move(name))


def answered(scenario: Scenario, question: Question, draws: int = DRAWS) -> Answer:
    study = Study(scenario, question, draws)
    for _ in study.run():
        assert 0 < study.done <= study.total
    assert isinstance(study.answer, Answer)
    assert study.done == study.total
    return study.answer


def worth_of(question: Question, scenario: Scenario, draws: int = DRAWS) -> float:
    """What is asked for, by plain simulation."""
    value = simulate(scenario, draws).values.net_present_value
    if question.objective == "cvar":
        return mean_of_worst(value)
    return float(value.mean())


@pytest.mark.parametrize("objective", ["mean", "cvar"])
def test_a_certified_answer_holds_by_plain_simulation(scenario: Scenario, objective: str) -> None:
    question = Question(
        objective, None, moves("take", "community", "social_service", "savings"),
        (read_limit("training>=300000"), read_limit("service_quality>=0.7@12:0.9")),
    )  # fmt: skip
    answer = answered(scenario, question, MORE_DRAWS)
    plan = answer.chosen.candidate.scenario
    worth = worth_of(question, plan, MORE_DRAWS)
    assert answer.chosen.worth == pytest.approx(worth, rel=1e-9)
    assert worth >= worth_of(question, baseline_scenario(scenario), MORE_DRAWS)
    assert 350_000 * (1.0 - plan.plan.training.share_moved) >= 300_000
    quality = simulate(plan, MORE_DRAWS).series("service_quality")[:, 12]
    assert np.quantile(quality, 0.1) >= 0.7 - 1e-6
    assert sum(plan.plan.split.quantities()) == pytest.approx(1.0, abs=1e-9)
    if answer.chosen.candidate.id == "proposed":  # or it is carrying on, which is better than all
        assert plan.plan.split.content == scenario.plan.split.content
        assert plan.plan.involvement == scenario.plan.involvement
    assert not [check for check in answer.checks if check.state == "missed"]


@pytest.mark.parametrize("name", ["too-deep-too-fast", "wait-and-see"])
def test_it_is_never_worse_than_the_present_plan_or_carrying_on(name: str) -> None:
    scenario = load(name).changed(horizon_months=12)
    question = Question("mean", None, moves("training", "participation"))
    best = worth_of(question, answered(scenario, question).chosen.candidate.scenario)
    assert best >= worth_of(question, scenario)
    assert best >= worth_of(question, baseline_scenario(scenario)) == 0.0


def test_freedom_is_never_worse_and_the_answer_the_same_again(scenario: Scenario) -> None:
    values = []
    for names in (["training"], ["training", "market_research"]):
        question = Question("mean", None, moves(*names))
        values.append(answered(scenario, question).chosen.worth)
    assert all(more >= less - 1e-6 for less, more in pairwise(values))
    again = answered(scenario, question)
    assert again.chosen.worth == values[-1]


def test_units_of_money_change_nothing(scenario: Scenario) -> None:
    thousandth = scenario.changed(
        **{
            f"organisation.{field}": getattr(scenario.organisation, field) / 1000.0
            for field in ("revenue_per_customer", "labour_cost_per_hour")
        },
        **{
            f"organisation.budgets.{line}": amount / 1000.0
            for line, amount in scenario.organisation.budgets.model_dump().items()
        },
    )
    question = Question("mean", None, moves("take", "community", "savings"))
    one, other = (answered(each, question) for each in (scenario, thousandth))
    assert one.moved == other.moved
    assert other.chosen.worth == pytest.approx(one.chosen.worth / 1000.0, rel=1e-6)


def test_the_cheapest_plan_reaches_its_target(scenario: Scenario) -> None:
    question = Question("cheapest", 20_000.0, moves("take", "put"))
    answer = answered(scenario, question)
    value = simulate(answer.chosen.candidate.scenario, DRAWS).values.net_present_value.mean()
    assert value >= 20_000.0 * (1.0 - 1e-3)
    assert answer.chosen.worth > 0.0
    plans = [one.candidate.scenario.plan for one in (answer.chosen, *answer.options)]
    assert len(answer.options) == 3
    assert all(one != other for at, one in enumerate(plans) for other in plans[:at])
    assert all(one.differs and one.candidate.meets for one in answer.options)


def test_what_cannot_hold_together_is_named_with_what_can(scenario: Scenario) -> None:
    question = Question(
        "mean", None, moves("take", "put"),
        (read_limit("savings>=900000"), read_limit("customer_service>=1700000")),
    )  # fmt: skip
    study = Study(scenario, question, DRAWS)
    for _ in study.run():
        pass
    assert isinstance(study.answer, Infeasible)
    # With 100,000 taken from service at most, and all of research and training: 750,000.
    best = {
        conflict.limit.subject: conflict.best
        for conflict in study.answer.conflicts
        if conflict.limit
    }
    assert best["savings"] == pytest.approx(750_000, rel=1e-4)
    assert best["customer_service"] == pytest.approx(1_550_000, rel=1e-4)


@pytest.mark.parametrize("most", [60, 2])
def test_only_so_many_changes(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Which ones: by all three combinations, or one by one, where these are too many."""
    monkeypatch.setattr("simulator.optimise.few.MOST_COMBINATIONS", most)
    question = Question(
        "mean", None, moves("training", "participation", "mandate"), (Limit("changes", True, 2),)
    )
    study = Study(scenario, question, DRAWS)
    for _ in study.run():
        pass
    assert isinstance(study.answer, Answer)
    assert study.changes(study.answer.chosen.candidate.scenario) <= 2
    states = {check.id: check.state for check in study.answer.checks}
    assert states["choice_of_changes"] == ("met" if most == 60 else "open")
    if most == 60:
        judge = Judge([study.world(DRAWS)], study.question)
        pairs = list(combinations(study.question.free, 2))
        tops = [ended(study.short_search(Levers.of(scenario, pair), judge)) for pair in pairs]
        best = pairs[int(np.argmax([top.exact for top in tops if top]))]
        plan = study.answer.chosen.candidate.scenario
        changed_paths = {
            move.path
            for move in study.question.free
            if value_of(plan, move.path) != value_of(scenario, move.path)
        }
        assert changed_paths <= {move.path for move in best}


def ended(pieces: Generator[None, None, Point | None]) -> Point | None:
    """What comes of work in pieces."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            best: Point | None = end.value
            return best


def test_stopped_at_once_it_has_the_best_of_what_is_known(scenario: Scenario) -> None:
    study = Study(scenario, Question(), DRAWS)
    for at, _ in enumerate(study.run()):
        if at == 2:
            break
    assert study.answer is None and study.best is not None
    known = max(worth_of(study.question, one) for one in (scenario, baseline_scenario(scenario)))
    assert worth_of(study.question, study.best) >= known


def test_the_next_question_goes_on_from_the_last_one_and_is_answered_alike(
    scenario: Scenario,
) -> None:
    """What was asked before saves work, and changes nothing."""
    asked = moves("training", "community", "savings")

    def study(limits: tuple[str, ...], ground: Ground | None = None) -> Study:
        question = Question("mean", None, asked, tuple(read_limit(limit) for limit in limits))
        one = Study(scenario, question, DRAWS, ground=ground)
        for _ in one.run():
            pass
        return one

    alone = study(("training>=340000",))
    before = study(("training>=310000", "first_year_loss<=1e9"))
    after = study(("training>=340000",), before.ground)
    assert after.ground is before.ground
    assert after.answer == alone.answer
    other = Study(scenario, Question("cvar", None, asked), DRAWS, ground=before.ground)
    assert other.ground is None  # another objective begins with something else


def test_what_was_run_is_not_run_again(scenario: Scenario) -> None:
    world = Study(scenario, Question(), DRAWS).world(DRAWS)
    plan = scenario.plan_quantities()
    first = world.outcomes([plan, plan])
    assert world.runs == 1
    assert world.outcomes([plan])[0] is first[0]
    limited = Study(scenario, Question(limits=(read_limit("service_quality>=0.5@7"),)), DRAWS)
    other = limited.world(DRAWS)
    other.known = world.known
    assert 7 in other.outcomes([plan])[0].quality  # which was not asked for before


def test_it_is_certified_before_it_is_complete(scenario: Scenario) -> None:
    study = Study(scenario, Question("mean", None, moves("take", "put")), DRAWS)
    answers = []
    for _ in study.run():
        if isinstance(study.answer, Answer) and study.answer not in answers:
            answers.append(study.answer)
            assert study.is_done == study.answer.is_complete
    first, last = answers[0], study.answer
    assert isinstance(last, Answer) and study.is_done
    assert not first.is_complete and not first.options
    assert last.is_complete and len(last.options) == 3 and last.waiting and last.marginals
    assert first.checks == last.checks and first.chosen == last.chosen


@pytest.mark.parametrize(("months", "method"), [(60, "euler"), (12, "rk4")])
def test_long_steps_are_taken_where_they_tell_plans_apart(
    scenario: Scenario, months: int, method: str
) -> None:
    scenario = scenario.changed(horizon_months=months)
    world = Study(scenario, Question(), DRAWS).world(DRAWS)
    assert with_long_steps(world, Levers.of(scenario, Question().free)).method == method


# --- levers --------------------------------------------------------------------------------------


def test_levers_are_points_and_back(scenario: Scenario) -> None:
    levers = Levers.of(scenario, Question().free)
    point = levers.grid.nearest(levers.space, levers.point(scenario))
    assert levers.plan(point) == scenario.plan_quantities()
    assert levers.scenario_at(point).plan_quantities() == scenario.plan_quantities()
    for path in LEVERS:
        assert levers.values(point)[path] == pytest.approx(value_of(scenario, path))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shares_add_up_wherever_a_point_is(scenario: Scenario, seed: int) -> None:
    levers = Levers.of(scenario, moves("listening", "content", "savings"))
    for point in levers.space.random(16, seed):
        there = levers.grid.nearest(levers.space, point)
        split = levers.scenario_at(there).plan.split
        assert sum(split.quantities()) == pytest.approx(1.0, abs=1e-12)
        assert split.community == scenario.plan.split.community


def test_a_lever_for_all_sources_moves_all(scenario: Scenario) -> None:
    plan = changed(scenario, {"plan.*.start_month": 7.0}).plan
    assert {plan.training.start_month, plan.market_research.start_month} == {7}


def test_where_nothing_can_move_the_plan_is_the_answer(scenario: Scenario) -> None:
    held = Move(TRAINING, 0.2, 0.2)
    study = Study(scenario, Question(moves=(held,)), 64)
    for _ in study.run():
        pass
    assert study.answer is not None


# --- questions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        (Question("most"), ["objective"]),
        (Question("target"), ["target"]),
        (Question("mean", 3.0), ["target"]),
        (Question(moves=(Move("plan.nothing"),)), ["move"]),
        (Question(moves=moves("training", "training")), ["move"]),
        (Question(moves=(Move(TRAINING, 0.5, 0.2),)), [f"move.{TRAINING}"]),
        (Question(moves=(Move("plan.split.community"),)), ["move"]),
        (Question(limits=(Limit("profit", True, 1.0),)), ["limit"]),
        (Question(limits=(Limit("service_quality", False, 1.2),)), ["limit.service_quality"]),
        (Question(limits=(Limit("service_quality", True, 0.2),)), ["limit.service_quality"]),
        (Question(limits=(Limit("service_quality", False, 0.2, 61),)), ["limit.service_quality"]),
        (Question(limits=(Limit("hours", False, 1.0),)), ["limit.hours"]),
        (Question(limits=(Limit("changes", True, 1.5),)), ["limit.changes"]),
        (Question(limits=(Limit("training", True, float("nan")),)), ["limit.training"]),
        (Question(limits=(Limit("hours", True, 1.0, 12, 1.0),)), ["limit.hours"]),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(
    scenario: Scenario, question: Question, fields: Sequence[str]
) -> None:
    with pytest.raises(ScenarioError) as refusal:
        Study(scenario, question)
    assert [problem.field for problem in refusal.value.problems] == fields


def test_limits_and_moves_as_they_are_typed() -> None:
    limit = Limit("service_quality", False, 0.6, 12, 0.9)
    assert (
        read_limit("service_quality>=0.6@12:0.9") == read_limit(" service_quality >= .6") == limit
    )
    assert read_limit(limit.text) == limit
    assert read_move("training=0..0.3") == (Move("plan.training.share_moved", 0.0, 0.3),)
    assert read_move("when")[0].path == "plan.*.start_month"
    for text in ("trainin>=3", "training>3", "training>=x", "training>=1@3", ""):
        with pytest.raises(ScenarioError):
            read_limit(text)
    for text in ("tke", "training=a..b", "take=0..1"):
        with pytest.raises(ScenarioError):
            read_move(text)


def test_plans_on_the_way_are_told_from_what_is_there_already(scenario: Scenario) -> None:
    """Less value than the present plan is a price; for nothing it is no offer."""
    present = Step(scenario, 100.0, 0.5)
    for mean, level, less_than, is_worse in (
        (120.0, 0.4, "", False),
        (100.0, 0.5, "", False),
        (80.0, 0.6, "present", False),
        (80.0, 0.5, "present", True),
        (-1.0, 0.9, "carrying_on", True),
    ):
        told = beside(Step(scenario, mean, level), present, 1.0)
        assert (told.less_than, told.is_worse) == (less_than, is_worse)
    fewer = beside(Step(scenario, 80.0, 0.4), present, -1.0)
    assert not fewer.is_worse, "where less of it is better"


def _ended(*heights: float) -> Any:
    """A search whose climbs ended so high, where plans are spread over 100."""
    return SimpleNamespace(
        ends=[SimpleNamespace(exact=height, violation=0.0) for height in heights], scale=100.0
    )


@pytest.mark.parametrize(
    ("heights", "state"),
    [
        ((50.0, 49.0, 10.0, 9.0, 8.0, 7.0), "open"),
        ((50.0, 49.0, 48.0, 9.0, 8.0, 7.0), "open"),
        ((50.0, 49.0, 48.0, 47.0, 8.0, 7.0), "met"),
    ],
)
def test_most_searches_have_to_end_as_high(heights: tuple[float, ...], state: str) -> None:
    check = proof._agrees(_ended(*heights))
    assert check.state == state
    assert ("a higher one may have been missed" in check.said.template) == (state == "open")


def test_lines_that_get_some_of_the_money_are_held_against_each_other() -> None:
    def lines(*nets: float) -> list[Marginal]:
        partly = [Marginal("community", net, is_partly=True) for net in nets]
        return [Marginal("listening", 9.0), *partly]

    assert apart(lines(2.0)) is None, "nothing to compare with"
    assert apart(lines(2.0, 2.25)) == 0.25
    assert apart(lines(-0.5, 0.5)) == 1.0


def test_what_may_not_move_is_named_and_the_proof_is_about_the_rest(scenario: Scenario) -> None:
    """A line that is locked, and a last one that has none to exchange with."""
    free = ("content", "networking")
    question = Question("mean", None, moves("take", "involve", "when", *free))
    answer = answered(scenario, question)
    assert answer.held["plan.split.community"] == scenario.plan.split.community
    assert not {f"plan.split.{name}" for name in free} & set(answer.held)
    world = Study(scenario, question, DRAWS).world(DRAWS)
    marginals = reasons.marginals(world, scenario, answer.held)
    assert {each.line for each in marginals if not each.is_held} == set(free)
    assert len(marginals) == len(INSTRUMENTS)
    said = " ".join(stated(each, "EUR") for each in words.sentence(answer))
    assert "Community (" in said and "Content" not in said.partition("Held")[2].partition(".")[0]
    (neighbours,) = (check for check in answer.checks if check.id == "neighbours")
    assert neighbours.state != "met" or "that may move" in neighbours.said.template
    assert "plan.split.content" in held(scenario, Question("mean", None, moves("take", "content")))


def test_a_lever_at_its_end_is_told_also_where_it_stood_there_before(scenario: Scenario) -> None:
    """A plan that was taken over is proposed once more, and is no surer for that."""
    at_end = scenario.changed(**{"plan.involvement.participation": 1.0})
    question = Question("mean", None, moves("participation"))
    levers = Levers.of(at_end, question.free)
    for id, edges in (("proposed", ["plan.involvement.participation"]), ("carrying_on", [])):
        assert list(proof._at_an_end(levers, Candidate(id, at_end, 0.0, meets=True))) == edges
    answer = answered(at_end, question)
    assert bool(answer.edges) == any("direction" in s.template for s in words.cautions(answer))
