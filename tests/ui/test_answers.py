"""The answer to a move: the engine's figures, charts and pins, and what is worked out at rest."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plotly import graph_objects

from simulator import charts, engine, scenario, simulate
from simulator.analyses.alternatives import LABELS, alternatives
from simulator.analyses.judgement import judgement
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.signals import SIGNALS
from simulator.results import DEFAULT_DRAWS, headline, precision
from simulator.results.steady import steady
from simulator.scenario import Scenario
from tests.support.board_requests import MOST_SAID, answer_to, document
from ui import cache, refinement
from ui.cache import MOVING_BESIDE, MOVING_DRAWS
from ui.routes import simulate as routes
from ui.text.headline import WEAK_SHARE, headline_strip, value_text

pytestmark = pytest.mark.usefixtures("known_runs")

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://example.com/x.png) {money} %s"


# --- the answer to a move ------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_figures_are_the_simulators(default: Scenario, language: Any) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.37})
    shown = answer_to(plan, language=language.code)["headline"]
    forecast = simulate(plan)
    strip = headline_strip(forecast.headline, "EUR", 60, language)
    assert shown["verdict"]["probability"] == forecast.headline.probability_better
    assert shown["verdict"]["text"] == strip.verdict.text
    assert [(one["id"], one["value"], one["range"]) for one in shown["figures"]] == [
        (one.id, one.value, one.range) for one in strip.figures
    ]


@pytest.mark.parametrize("path", scenario.shipped(), ids=lambda path: path.stem)
def test_no_sentence_has_more_numbers_than_a_first_look_takes_in(path: Path) -> None:
    for code in LANGUAGES:
        said = answer_to(scenario.load(path), language=code)["sentence"]
        assert len(re.findall(r"\d+(?:[.,]\d+)*", said)) <= MOST_SAID, said


def test_a_verdict_on_numbers_that_hardly_go_together_says_so(default: Scenario) -> None:
    assert answer_to(default)["doubts"] == []
    odd = default.changed(**{"organisation.customers": 1e7})
    first, *_ = answer_to(odd, language="nl")["doubts"]
    assert first["fields"][0] == "organisation.customers" and "seconden werk" in first["text"]


def test_what_does_not_happen_in_time_is_not_doubted(default: Scenario) -> None:
    cut = default.changed(**{"plan.customer_service.share_moved": 1.0})
    assert len(answer_to(cut)["doubts"]) == 1
    end = default.horizon_months
    late = {
        f"plan.{part}.start_month": end
        for part in ("market_research", "training", "customer_service", "involvement")
    }
    assert answer_to(cut.changed(**late))["doubts"] == []


def test_the_warning_of_weak_evidence_counts_own_figures(default: Scenario) -> None:
    """As the page Assumptions does: what somebody put in for an experiment's is judgement."""
    name = "effect_transfer"
    wide = {"low": 0.05, "central": 0.5, "high": 1.5}
    own = default.changed(**{f"assumptions.{name}": wide})
    shares = [refinement.weak_share(plan) for plan in (default, own)]
    assert shares[1] > shares[0]
    assert shares[1] == judgement(own, DEFAULT_DRAWS).variance.shares["D_E"].total.central


def test_a_pinned_plan_has_one_value_whoever_reads_it(default: Scenario) -> None:
    """To the digits of its own draws, however exact the plan beside it is."""
    deep = default.changed(**{"plan.customer_service.share_moved": 0.6})
    for plan, other in ((default, deep), (deep, default)):
        shown = answer_to(
            plan,
            charts=["cumulative_value"],
            pins=[{"name": "Other", "slot": 1, "scenario": document(other)}],
        )
        (chart,), (pin,) = shown["charts"], shown["pins"]
        assert f"A Other at {pin['value'].lstrip('+')}." in chart["alt"]


@pytest.mark.parametrize("outcome", charts.CHARTS)
def test_every_outcome_has_a_chart(default: Scenario, outcome: str) -> None:
    (chart,) = answer_to(default, charts=[outcome])["charts"]
    assert chart["id"] == outcome and chart["title"] and chart["alt"]
    graph_objects.Figure(data=chart["data"], layout=chart["layout"])


def test_the_charts_line_is_the_median_of_the_draws(default: Scenario) -> None:
    (chart,) = answer_to(default, charts=["trust"])["charts"]
    low, high = chart["layout"]["yaxis"]["range"]
    median = simulate(default).band("trust")[1]
    lines = [one["y"] for one in chart["data"] if len(one.get("y", ())) == len(median)]
    assert any(
        all(abs(a - b) < 1e-4 * (high - low) for a, b in zip(line, median, strict=True))
        for line in lines
    )


def test_while_a_lever_moves_few_draws_answer(default: Scenario) -> None:
    """The first of those at rest, with the digits that they support; carrying on stays as it is."""
    plan = default.changed(**{"plan.training.share_moved": 0.413})
    before = answer_to(default)
    keys = [one["key"] for one in before["charts"]]
    quick = answer_to(plan, moving=True, layouts=keys)
    forecast = simulate(plan, MOVING_DRAWS, beside=MOVING_BESIDE)
    strip = headline_strip(forecast.headline, "EUR", 60, ENGLISH)
    assert [one["value"] for one in quick["headline"]["figures"]] == [
        one.value for one in strip.figures
    ]
    assert (quick["exact"], quick["draws"]) == (False, "256 draws")
    carrying_on = [
        next(one for one in answer["charts"][1]["data"] if one.get("name") == "as now")["y"]
        for answer in (before, quick)
    ]
    assert carrying_on[0] == carrying_on[1]
    exact = answer_to(plan)
    assert (exact["exact"], exact["draws"]) == (True, "1,024 draws")
    known = answer_to(plan, moving=True)
    assert known["draws"] == "1,024 draws", "what is known need not be worked out"
    assert not known["exact"], "it may stand on axes that are not its own"
    few, many = (engine.draw(draws, plan.seed) for draws in (MOVING_DRAWS, DEFAULT_DRAWS))
    assert np.array_equal(few, many[:, :MOVING_DRAWS])


def test_small_charts_that_nobody_sees_are_left_out_while_a_lever_moves(default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.417})
    seen = answer_to(plan, moving=True)
    unseen = answer_to(plan, moving=True, has_tiles=False)
    assert unseen == {**seen, "multiples": []} != seen
    at_rest = answer_to(plan, has_tiles=False)
    assert at_rest["multiples"] == answer_to(plan)["multiples"] != []


def test_axes_stay_as_they_were_while_all_fits(default: Scenario) -> None:
    first = answer_to(default)["charts"]
    wide = [[3 * end for end in first[0]["layout"]["yaxis"]["range"]], None]
    kept = answer_to(default, axes=wide)["charts"]
    assert kept[0]["layout"]["yaxis"]["range"] == wide[0]
    assert kept[1] == first[1]
    for axis in ([1.0, 1.0], [2.0, 1.0], [0.0, 1e999]):
        with pytest.raises(AssertionError):
            answer_to(default, axes=[axis])


def test_a_layout_is_sent_only_to_those_who_do_not_have_it(default: Scenario) -> None:
    first = answer_to(default)["charts"]
    keys = [one["key"] for one in first]
    again = answer_to(default, layouts=keys)["charts"]
    assert all(one["layout"] for one in first)
    assert [one["layout"] for one in again] == [None, None]
    other = answer_to(default, layouts=keys, font=24)["charts"]
    assert all(one["layout"] for one in other)


def test_pinned_plans_are_drawn_with_their_names(default: Scenario) -> None:
    bold = default.changed(**{"plan.training.share_moved": 0.8})
    pins = [{"name": "Bold", "slot": 2, "scenario": document(bold)}]
    shown = answer_to(default, pins=pins)
    worth = precision.shown(simulate(bold).headline.net_present_value).central
    value = ENGLISH.money(worth, "EUR", sign=True)
    assert shown["pins"] == [
        {"name": "Bold", "slot": 2, "value": value, "differs": None, "note": ""}
    ]
    assert all("Bold" in json.dumps(one["data"]) for one in shown["charts"])


@pytest.mark.parametrize(
    ("change", "differs", "note"),
    [
        ({"organisation.currency": "DKK"}, "organisation", "other organisation"),
        ({"organisation.customers": 5000}, "organisation", "other organisation"),
        ({"organisation.budgets.training": 5000}, "organisation", "other organisation"),
        ({"horizon_months": 24}, "organisation", "other organisation"),
        ({"seed": 7, "assumptions.effect_transfer": 0.2}, "organisation", "other organisation"),
        ({"assumptions.effect_transfer": 0.2}, "assumptions", "other assumptions"),
        ({"organisation.name": "Another name", "name": "Another plan"}, None, ""),
    ],
)
def test_a_pin_says_what_else_differs_and_another_organisation_is_not_drawn(
    default: Scenario, change: dict[str, object], differs: str | None, note: str
) -> None:
    pins = [{"name": "Other", "slot": 1, "scenario": document(default.changed(**change))}]
    shown = answer_to(default, pins=pins)
    (pin,) = shown["pins"]
    assert (pin["name"], pin["differs"], pin["note"]) == ("Other", differs, note)
    drawn = ["Other" in json.dumps(one["data"]) for one in shown["charts"]]
    assert drawn == 2 * [differs != "organisation"]


def test_names_from_users_are_not_drawn_as_markup(default: Scenario) -> None:
    pins = [{"name": HOSTILE[:80], "slot": 1, "scenario": document(default)}]
    shown = answer_to(default.changed(name=HOSTILE[:80]), pins=pins)
    assert all("<img" not in json.dumps(one["data"]) for one in shown["charts"])


def test_the_worlds_part_is_told_only_when_assumptions_differ(default: Scenario) -> None:
    reference = dict(document(default)["assumptions"])
    assert answer_to(default, reference=reference)["world"] is None
    changed = default.changed(assumptions={"effect_transfer": 0.2})
    world = answer_to(changed, reference=reference)["world"]
    assert world["line"]
    old = answer_to(changed, reference=reference)["charts"][1]["data"]
    assert len(old) > len(answer_to(changed)["charts"][1]["data"]), "the old baseline is drawn"


def test_timing_says_where_the_time_goes(default: Scenario) -> None:
    reply = routes.answer(json.dumps({"scenario": document(default)}).encode())
    assert [one.split(";")[0] for one in reply.timing.split(", ")] == [
        "read",
        "simulate",
        "compare",
        "words",
        "draw",
        "write",
    ]


# --- what is worked out while nothing moves ------------------------------------------------------


def settle(plan: Scenario, step: int = 0, **more: object) -> dict[str, Any]:
    body = {"scenario": document(plan), "step": step, **more}
    reply = routes.settle(json.dumps(body).encode())
    content: dict[str, Any] = json.loads(reply.body)
    assert reply.status == 200, content
    return content


def test_a_settled_answer_stands_on_more_draws_and_is_reproducible(default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.83, "horizon_months": 24})
    shown = ["chance_by_year", "customers"]
    first = answer_to(plan, charts=shown)
    assert first["draws"] == "1,024 draws"
    assert "after ten years" not in first["sentence"]
    steps, reply = [0], settle(plan, charts=shown)
    while reply["next"] is not None:
        assert bool(reply["content"]) == (steps[-1] == 0)
        steps.append(reply["next"])
        reply = settle(plan, steps[-1], charts=shown)
    assert steps == [*range(len(steps))]
    last = reply["content"]
    draws = int(last["draws"].split()[0].replace(",", ""))
    assert draws == 512 * (len(steps) - 1) > DEFAULT_DRAWS
    again = steady(headline(plan, draws), headline(plan, DEFAULT_DRAWS))
    strip = headline_strip(again, "EUR", 24, ENGLISH)
    assert [one["value"] for one in last["headline"]["figures"]] == [
        one.value for one in strip.figures
    ]
    assert last.keys() == first.keys()
    by_year = last["charts"][0]["data"][-1]["y"]
    assert by_year[1] == pytest.approx(again.probability_better, abs=1e-4), "in the same draws"
    assert answer_to(plan)["headline"] == last["headline"], "what is known is not worked out again"
    saved = json.loads(routes.file(json.dumps({"scenario": document(plan)}).encode()).body)
    assert json.loads(saved["text"])["results"]["draws"] == DEFAULT_DRAWS


def test_pinned_plans_say_what_the_plan_says_at_every_moment(
    default: Scenario,
) -> None:
    """One that is the plan is that at once; others get as many draws while nothing moves."""
    plan, other = (
        default.changed(**{"plan.training.share_moved": share, "horizon_months": 24})
        for share in (0.82, 0.81)
    )
    pins = [
        {"name": name, "slot": slot, "scenario": document(one)}
        for slot, (name, one) in enumerate((("Same", plan), ("Other", other)), 1)
    ]
    shown = ["cumulative_value", "customers"]

    def check(content: dict[str, Any]) -> None:
        worth = next(
            one["value"]
            for one in content["headline"]["figures"]
            if one["id"] == "net_present_value"
        )
        assert content["pins"][0]["value"] == worth
        *lines, current = (part for part in content["charts"][0]["data"] if "legendrank" in part)
        same = next(part for part in lines if "Same" in part["name"])
        assert same["y"] == current["y"]

    check(answer_to(plan, pins=pins, charts=shown, moving=True))
    rough = answer_to(plan, pins=pins, charts=shown)
    check(rough)
    step: int | None = 0
    heard = []
    while step is not None:
        reply = settle(plan, step, pins=pins, charts=shown)
        step = reply["next"]
        heard += [reply["content"]] if reply["content"] else []
    for content in [*heard, answer_to(plan, pins=pins, charts=shown)]:
        check(content)
    last = heard[-1]
    again = settle(plan, 0, pins=pins, charts=shown)
    assert again["next"] is None, "nothing is worked out again"
    draws = refinement.steps(cache.results(other, ())) * refinement.DRAWS_A_STEP
    assert draws > DEFAULT_DRAWS
    finer = steady(headline(other, draws), headline(other, DEFAULT_DRAWS))
    assert last["pins"][1]["value"] == value_text(finer, "EUR", ENGLISH)
    turned = answer_to(other, pins=pins, charts=shown)
    assert turned["weak"] == "", "that is worked out of the plan alone"
    assert settle(other, 0, pins=pins, charts=shown)["next"] is not None


def test_years_beyond_the_horizon_come_when_nothing_moves(default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.34, "horizon_months": 24})
    shown = ["chance_by_year", "customers"]
    (chart, _) = answer_to(plan, charts=shown)["charts"]
    assert chart["data"][-1]["x"] == [1, 2]
    (settled, _) = settle(plan, charts=shown)["content"]["charts"]
    assert settled["data"][-1]["x"] == [*range(1, 11)]
    assert settled["key"] == chart["key"], "nothing is laid out anew"


def test_weak_evidence_that_drives_the_result_is_warned_of_once_nothing_moves(
    default: Scenario,
) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.36, "horizon_months": 24})
    assert answer_to(plan)["weak"] == "", "no lever waits for it"
    step: int | None = 0
    while step is not None:
        reply = settle(plan, step)
        step = reply["next"]
    warning = reply["content"]["weak"]
    share = judgement(plan).variance.shares["D_E"].total
    assert share.central > WEAK_SHARE
    assert abs(int(warning.split("%")[0]) / 100.0 - share.central) < 0.08
    assert answer_to(plan)["weak"] == warning
    nothing = plan.changed(**{"plan.training.share_moved": 0.37})
    assert answer_to(nothing)["weak"] == "", "of another plan it is not known"


def test_what_is_likely_better_than_the_plan_is_said_once_nothing_moves(default: Scenario) -> None:
    plan = default.changed(**{"plan.training.share_moved": 0.35, "horizon_months": 24})
    assert answer_to(plan)["rival"] == "", "no lever waits for it"
    step: int | None = 0
    while step is not None:
        reply = settle(plan, step)
        step = reply["next"]
    rival = alternatives(plan).rival
    assert rival is not None
    name, words = rival
    assert reply["content"]["rival"] == f"{words.capitalize()} than this plan: {LABELS[name]}"
    assert answer_to(plan)["rival"] == reply["content"]["rival"]


def test_a_step_that_there_is_not_is_refused(default: Scenario) -> None:
    body = {"scenario": document(default), "step": 999}
    assert routes.settle(json.dumps(body).encode()).status == 422


def test_a_plan_in_stages_is_told_and_drawn(default: Scenario) -> None:
    """Beside its levers, in the sentence, and on its charts; while a lever moves too."""
    rule = {"figure": "satisfied", "back": 0.7, "on": 0.7}
    staged = default.changed(**{"plan.stages": {"first_depth": 0.25, "review_month": 12, **rule}})
    for moving in (True, False):
        content = answer_to(staged, charts=["trust"], moving=moving)
        said = content["stages"]
        assert "In month 12: Go back if fewer than 70 of 100 customers" in said["words"]
        assert "First 25% of it; in month 12 it goes on in " in said["sentence"]
        assert set(said["readings"]) == set(SIGNALS)
        low, middle, high = said["readings"]["satisfied"]
        assert 0.0 < low <= middle <= high < 1.0
        (chart,) = content["charts"]
        ways = [trace for trace in chart["data"] if trace.get("x", [0])[0] == 12]
        assert [trace["name"].split(",")[0] for trace in ways] == ["goes on", "goes back"]
    assert content["basis"].endswith("and on keeping to the rule")
    assert answer_to(default)["stages"] is None
    settled = default.changed(
        **{"plan.stages": {"first_depth": 0.5, "review_month": 6, "always": "stay"}}
    )
    said = answer_to(settled, moving=True)["stages"]
    assert said["sentence"] == "First 50% of it, and it stays so, whatever happens."
    assert said["words"] == "In month 6: Stay with the first stage, whatever happens."


def test_what_a_chart_tells_of_its_end_is_what_the_strip_says(default: Scenario) -> None:
    """Also once more draws are there; and the line comes by no other way than it ends."""
    plan = default.changed(**{"plan.training.share_moved": 0.33})
    step: int | None = 0
    while step is not None:
        reply = settle(plan, step, charts=["cumulative_value", "customers"])
        step = reply["next"]
    content = reply["content"]
    chart = content["charts"][0]
    told = next(part for part in chart["data"] if part.get("legendrank") == 1)["customdata"][-1]
    strip = {figure["id"]: figure for figure in content["headline"]["figures"]}
    worth = strip["net_present_value"]
    assert told[0] == worth["value"]
    assert f"{told[1]} to {told[2]}" == worth["range"]
