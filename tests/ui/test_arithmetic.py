"""How a number came about: what is said adds up to what is shown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache, lru_cache

import pytest

from simulator import results
from simulator.analyses.leave_one_out import LeaveOneOut, LeftOut, leave_one_out
from simulator.analyses.value_bridge import value_bridge
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.model.register import BY_ID, GRADES
from simulator.results import OUTCOMES, Estimate, Forecast, Headline, precision
from simulator.scenario import load_shipped
from simulator.scenario.levers import LEVERS
from ui.routes import arithmetic as route
from ui.text import sentence, stages
from ui.text.arithmetic import explanation
from ui.text.headline import ON_STRIP, headline_strip
from ui.text.instruments import returns

pytestmark = pytest.mark.usefixtures("known_runs")

PLAN = load_shipped("balanced-shift")
STAGES = {"first_depth": 0.25, "review_month": 12, "figure": "trust", "back": 0.69, "on": 0.7}


@cache
def at_once() -> Forecast:
    return results.simulate(PLAN)


@cache
def staged() -> Forecast:
    return results.simulate(PLAN.changed(**{"plan.stages": STAGES}))


def amount(text: str) -> float:
    """An amount of the English page as a number."""
    size = float(re.sub(r"[^\d.]", "", text))
    scale = {"K": 1e3, "M": 1e6}.get(text[-1], 1.0)
    return -size * scale if text.startswith("−") else size * scale


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_number_of_the_page_says_how_it_came_about(language: Language) -> None:
    for number in (
        "figure:verdict",
        *(f"figure:{figure.id}" for figure in ON_STRIP),
        *(f"lever:{path}" for path in LEVERS if path.endswith(".share_moved")),
        *(f"lever:{path}" for path in LEVERS if path.startswith("plan.split.")),
        *(f"outcome:{name}" for name in OUTCOMES),
        *("money:budgets", "money:freed"),
    ):
        assert explanation(number, at_once(), language).lines, number


def test_the_parts_of_the_value_add_up_to_the_value_that_is_shown() -> None:
    *parts, (_, total) = explanation("figure:net_present_value", at_once(), ENGLISH).lines
    worth = at_once().headline.net_present_value
    assert sum(amount(text) for _, text in parts) == pytest.approx(amount(total))
    assert amount(total) == precision.as_read(worth.central, worth.error)


@pytest.mark.parametrize("figure", ["return_on_ignoring", "cost_of_waiting"])
def test_differences_are_those_of_what_is_said(figure: str) -> None:
    first, second, difference, *_ = explanation(f"figure:{figure}", at_once(), ENGLISH).lines
    assert "less" in difference[0], "each amount has its own sign, and is taken away there alone"
    assert amount(first[1]) - amount(second[1]) == pytest.approx(amount(difference[1]))


def test_the_value_a_year_later_is_said_with_its_own_sign() -> None:
    _, (_, later), *_ = explanation("figure:cost_of_waiting", at_once(), ENGLISH).lines
    values = at_once().values
    mean = float((values.net_present_value - values["cost_of_waiting"]).mean())
    assert mean < 0.0
    assert amount(later) == pytest.approx(mean, rel=0.01)


def test_waiting_says_over_which_months_both_are_counted() -> None:
    note = explanation("figure:cost_of_waiting", at_once(), ENGLISH).note
    months = at_once().months
    assert f"up to month {months}" in note and f"a year later {months - 12}." in note


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_what_is_shown_is_said_as_it_is_shown(language: Language) -> None:
    currency = PLAN.organisation.currency
    strip = headline_strip(at_once().headline, currency, at_once().months, language)
    shown = {figure.id: figure.value for figure in strip.figures}
    for figure in (
        "net_present_value",
        "deepest_cash_position",
        "return_on_ignoring",
        "cost_of_waiting",
    ):
        assert explanation(f"figure:{figure}", at_once(), language).lines[-1][1] == shown[figure]
    assert shown["return_on_ignoring"] == "Costs €130K" or language is not ENGLISH


def test_what_an_instrument_costs_and_brings_is_explained_at_its_lever() -> None:
    assert "without it" in explanation("lever:plan.split.community", at_once(), ENGLISH).note
    assert not explanation("lever:plan.split.savings", at_once(), ENGLISH).note, "it costs nothing"


def test_what_is_put_in_is_the_sum_of_its_parts() -> None:
    moved, hours, change, put_in, *_ = explanation("figure:roi", at_once(), ENGLISH).lines
    parts = sum(amount(text) for _, text in (moved, hours, change))
    assert parts == pytest.approx(amount(put_in[1]))


@pytest.mark.parametrize("figure", ["roi", "return_on_involvement"])
def test_the_quotient_of_the_averages_is_said_as_such_before_what_is_shown(figure: str) -> None:
    said = explanation(f"figure:{figure}", at_once(), ENGLISH)
    *_, (_, cost), (_, value), (label, quotient), _range, (_, shown) = said.lines
    assert "average" in label
    read = amount(value) / amount(cost)
    if figure == "roi":
        assert quotient == ENGLISH.percent(read, sign=True)
    else:
        assert quotient == ENGLISH.number(read, decimals=2)
    assert shown == headline_strip_value(figure)
    assert "quotient of the averages" in said.note


def headline_strip_value(figure: str) -> str:
    strip = headline_strip(at_once().headline, PLAN.organisation.currency, 60, ENGLISH)
    return next(one.value for one in strip.figures if one.id == figure)


def test_a_lever_says_of_what_its_amount_is_a_share() -> None:
    lines = explanation("lever:plan.market_research.share_moved", at_once(), ENGLISH).lines
    assert lines[0] == ("25% of €300K a year", "€75K")
    assert lines[1] == ("All three budgets free a year", "€361K")
    assert lines[2][1] == "€225K"
    given, _, cost, brings = explanation("lever:plan.split.community", at_once(), ENGLISH).lines
    assert given == ("30% of €361K a year", "€108K")
    assert (cost[1], brings[1]) == ("€361K", "€120K")


def test_the_money_that_it_is_about_says_what_it_consists_of() -> None:
    for number, total in (("money:budgets", "€2.45M"), ("money:freed", "€361K")):
        said = explanation(number, at_once(), ENGLISH)
        *parts, (_, together) = said.lines
        assert together == total
        assert sum(amount(text) for _, text in parts) == pytest.approx(amount(total))
        assert "own" in said.note, "whose numbers they are"
    assert ("Market research: 25% of €300K a year", "€75K") in said.lines


@lru_cache(maxsize=1)
def forecast_of(name: str) -> Forecast:
    """A large thing: of one scenario after the other."""
    return results.simulate(load_shipped(name))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
@pytest.mark.parametrize("name", ["balanced-shift", "airline-social-service", "charity-donors"])
def test_the_amounts_of_the_sentence_are_in_it_in_their_order(
    name: str, language: Language
) -> None:
    forecast = forecast_of(name)
    currency = forecast.scenario.organisation.currency
    given = (value_bridge(forecast), forecast.headline, currency, language)
    rest = sentence.sentence(*given)
    for found in sentence.amounts(*given):
        assert found["text"] in rest
        rest = rest.split(found["text"], 1)[1]
        assert explanation(found["number"], forecast, language).lines
        assert found["text"].lstrip("+−") in found["title"]


def finer() -> Headline:
    """As many more draws would give it: to the ten thousand."""
    headline = at_once().headline
    return replace(headline, net_present_value=replace(headline.net_present_value, error=1e4))


def test_an_amount_that_is_clicked_is_explained_to_the_same_digit() -> None:
    said = sentence.amounts(value_bridge(at_once()), finer(), "EUR", ENGLISH)
    kinds = {one["number"] for one in said if one["number"].startswith("part:")}
    assert "part:rest" in kinds and len(kinds) >= 3
    for one in said:
        lines = explanation(one["number"], at_once(), ENGLISH, finer()).lines
        shown = lines[-1 if one["number"] in ("part:rest", "part:saved") else 0][1]
        assert shown == one["text"], one["title"]
        assert one["title"] != one["text"]


def test_all_else_says_what_it_consists_of() -> None:
    *parts, (_, total) = explanation("part:rest", at_once(), ENGLISH, finer()).lines
    assert len(parts) > 1
    assert sum(amount(text) for _, text in parts) == pytest.approx(amount(total))


def test_each_instrument_says_what_it_costs_and_brings() -> None:
    result = leave_one_out(PLAN)
    texts = returns(result, ENGLISH)
    assert texts.keys() == result.instruments.keys()
    assert texts["community"] == "brings back less than half of what it costs"


@pytest.mark.parametrize(
    ("brings", "words"),
    [
        (-40.0, "brings nothing back, and costs more besides"),
        (0.3, "brings nothing back"),
        (4.0, "brings back hardly any of what it costs"),
        (40.0, "brings back less than half of what it costs"),
        (50.0, "brings back about half of what it costs"),
        (80.0, "brings back most of what it costs"),
        (100.0, "brings back about what it costs"),
        (130.0, "brings back more than it costs"),
        (210.0, "brings back about twice what it costs"),
        (900.0, "brings back several times what it costs"),
    ],
)
def test_what_an_instrument_brings_back_is_said_in_words(brings: float, words: str) -> None:
    change = 100.0 - brings
    one = LeftOut(100.0, Estimate(change, change, change, error=0.1), 0.5)
    assert returns(LeaveOneOut({"community": one}), ENGLISH) == {"community": words}


def test_outcomes_name_what_their_equations_rest_on() -> None:
    for outcome in OUTCOMES:
        said = explanation(f"outcome:{outcome}", at_once(), ENGLISH)
        behind = said.rests.assumptions if said.rests else said.assumptions
        assert set(behind) <= set(BY_ID)
        assert behind or outcome.startswith(("spent_", "savings")), "money that is only moved"
    trust = explanation("outcome:trust", at_once(), ENGLISH).assumptions
    assert trust[:2] == ("trust_building_months", "trust_asymmetry")


def test_the_value_over_time_ends_at_what_the_strip_says() -> None:
    forecast = at_once()
    worth = headline_strip(forecast.headline, "EUR", forecast.months, ENGLISH).figures[0]
    lines = explanation("outcome:cumulative_value", forecast, ENGLISH).lines
    assert [amount for _, amount in lines[2:]] == [worth.value, worth.range]


def rests(number: str) -> tuple[str, ...]:
    """What a number is said to rest on."""
    found = explanation(number, at_once(), ENGLISH).rests
    assert found, number
    assert found.grade == max((BY_ID[name].grade for name in found.assumptions), default="")
    assert found.grade_meaning == GRADES.get(found.grade, "")
    return found.assumptions


def test_all_that_is_said_of_the_value_rests_on_the_same() -> None:
    value = rests("figure:net_present_value")
    assert value
    assert rests("figure:verdict") == rests("outcome:cumulative_value") == value
    assert max(BY_ID[name].grade for name in value) == "E", "as the warning of weak evidence says"


def test_each_part_of_the_value_rests_on_what_moves_that_part() -> None:
    bridge = value_bridge(at_once())
    whole = rests("figure:net_present_value")
    named = {part: rests(f"part:{part}") for part in bridge.reasons}
    assert named["transition"] == ("service_transition_cost",)
    assert named["hours"] == ("policy_gate_months", "mandate_slowdown")
    assert named["spending"][0] == "spend_uplift_connected"
    assert named["productivity"][0] == "peer_learning_productivity"
    assert named["freed"] == named["instruments"] == (), "what levers take is not assumed"
    assert not any("unserved_cost_multiple" in named[part] for part in ("hours", "productivity"))
    assert whole not in named.values()
    assert rests("part:rest")


def test_what_levers_and_outcomes_say_stays_with_them() -> None:
    for number in ("lever:plan.split.community", "outcome:trust", "money:freed"):
        assert explanation(number, at_once(), ENGLISH).for_browser()["rests"] is None


def test_who_asks_how_sure_the_answer_is_hears_how_far_the_model_holds() -> None:
    plan = json.loads(PLAN.model_dump_json())
    for number, is_said in (("figure:verdict", True), ("figure:roi", False)):
        body = json.dumps({"scenario": plan, "number": number, "language": "en"}).encode()
        note = json.loads(route.explain.work(body).body)["note"]
        assert ("published figures the model agrees with" in note) is is_said


def test_a_number_that_there_is_not_is_refused() -> None:
    document = json.loads(PLAN.model_dump_json())
    body = json.dumps({"scenario": document, "number": "figure:luck"}).encode()
    assert route.explain.work(body).status == 422


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_levers_of_stages_say_what_they_do_to_this_plan(language: Language) -> None:
    described = stages.describe(language)
    numbers = {lever["number"] for lever in described["levers"]}
    numbers |= {choice["number"] for choice in described["choices"].values()}
    assert len(numbers) == 6
    for number in numbers:
        said = explanation(number, staged(), language)
        assert said.lines and said.note, number
        assert explanation(number, at_once(), language).lines == (), "a plan that is made at once"


def test_the_first_stage_is_a_share_of_what_the_plan_moves() -> None:
    lines = dict(explanation("lever:plan.stages.first_depth", staged(), ENGLISH).lines)
    label = "Training: 25% of the €70K a year that is moved, until month 12"
    assert amount(lines[label]) == 0.25 * 70_000
    assert lines["Participation, until month 12"] == "from 5% to 11%"
    freed = dict(explanation("money:freed", staged(), ENGLISH).lines)
    assert freed["25% of that in the first stage, until month 12"] == "€90.3K"
    taken = dict(explanation("lever:plan.training.share_moved", staged(), ENGLISH).lines)
    assert amount(taken["25% of that in the first stage, until month 12"]) == 0.25 * 70_000


def test_ways_and_marks_of_stages_are_those_of_the_cases() -> None:
    *ways, (_, mean), (_, middle) = explanation("lever:plan.stages.rule", staged(), ENGLISH).lines
    worth = staged().headline.net_present_value
    assert amount(middle) == precision.as_read(worth.central, worth.error), "beside the headline"
    shares = staged().taken()
    assert [title.split(",")[0] for title, _ in ways] == ["goes on", "stays", "goes back"]
    summed = sum(
        shares[way] * amount(text)
        for way, (_, text) in zip(("on", "stay", "back"), ways, strict=True)
    )
    assert summed == pytest.approx(amount(mean), abs=500.0)
    back, on = (
        dict(explanation(f"lever:plan.stages.{mark}", staged(), ENGLISH).lines)[
            "Measured worse than this mark in"
        ]
        for mark in ("back", "on")
    )
    assert back.startswith(f"{round(100 * shares['back'])} of 100")
    assert on.startswith(f"{round(100 * (1 - shares['on']))} of 100")


def test_amounts_beside_the_levers_of_a_plan_in_stages_are_said_to_be_averages() -> None:
    note = explanation("lever:plan.split.community", staged(), ENGLISH).note
    assert note.endswith("reviewed by itself, and may go another way.")


@pytest.mark.parametrize("number", ["part:hours", "figure:roi", "figure:return_on_involvement"])
def test_whose_hours_cost_nothing_is_said_where_hours_are_counted(number: str) -> None:
    """At labour cost, all added hours would come to more than is shown."""
    said = explanation(number, at_once(), ENGLISH).note
    assert "Hours of people who answer customers (7% of all work here) are not in it" in said


def test_a_range_says_what_it_is_that_costs_so_much() -> None:
    lines = dict(explanation("figure:return_on_ignoring", at_once(), ENGLISH).lines)
    assert lines["Eight of ten cases"].startswith("Costs €"), "beside an average below zero"
