"""Help texts: short, complete, and honest about what they rest on."""

from __future__ import annotations

import importlib.util
import json
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.exports.translate import read_model
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.quantities import Involvement
from simulator.model.register import BY_ID, GRADES
from simulator.results import OUTCOMES, Headline, simulate
from simulator.scenario import Scenario, levers
from tests.support.levers import set_to
from ui.text import headline, help
from ui.text.claims import CLAIMS, VERDICT_WORDS

TABLE = Path(__file__).resolve().parent.parent.parent / "docs" / "CLAIMS.md"
LEVERS = list(levers.LEVERS)
STRIP = ["verdict", *(figure.id for figure in headline.ON_STRIP)]


def everything(code: str) -> list[help.ShownHelp]:
    language = LANGUAGES[code]
    return [
        *(help.lever_help(path, language) for path in LEVERS),
        *(help.figure_help(name, language) for name in STRIP),
    ]


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?=\s|$)", text))


def test_every_lever_and_every_figure_has_help() -> None:
    texts = [one.text for one in everything("en")]
    assert len(set(texts)) == len(texts)
    for unknown in ("plan.training.split", ""):
        with pytest.raises(KeyError):
            help.lever_help(unknown, ENGLISH)
        with pytest.raises(KeyError):
            help.figure_help(unknown, ENGLISH)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_outcome_is_explained_in_one_sentence(code: str) -> None:
    texts = {name: LANGUAGES[code].gettext(outcome.meaning) for name, outcome in OUTCOMES.items()}
    for text in texts.values():
        assert text.endswith(".") and sentences(text) == 1, text
    own = [text for name, text in texts.items() if not name.startswith("spent_")]
    assert len(set(own)) == len(own)


def test_help_for_the_browser_is_the_same_help() -> None:
    entry = help.lever_help("plan.involvement.mandate", ENGLISH)
    assert json.loads(json.dumps(entry.for_browser())) == {
        "text": entry.text,
        "claim": "What the articles behind this model claim",
        "claimText": "Policy first, then budgets.",
        "verdict": "no independent evidence was found",
        "grade": entry.grade,
        "gradeMeaning": GRADES[entry.grade],
        "assumptions": list(entry.assumptions),
        "isMeasured": False,
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_help_is_at_most_two_whole_sentences(code: str) -> None:
    for entry in everything(code):
        assert entry.text.endswith("."), entry.text
        assert 1 <= sentences(entry.text) <= 2, entry.text
        assert "{" not in entry.text, entry.text
        assert len(entry.text) <= 260, entry.text


def test_the_grade_is_that_of_the_weakest_assumption() -> None:
    for entry in everything("en"):
        assert entry.assumptions
        assert entry.grade == max(BY_ID[name].grade for name in entry.assumptions)
        assert entry.grade_meaning == GRADES[entry.grade]


def test_the_verdict_and_the_value_rest_on_the_same() -> None:
    verdict, value = (help.figure_help(one, ENGLISH) for one in ("verdict", "net_present_value"))
    assert (verdict.assumptions, verdict.grade) == (value.assumptions, value.grade)
    assert verdict.claim_text == value.claim_text and verdict.text != value.text


def test_the_limits_of_too_close_are_the_simulator_s() -> None:
    text = help.figure_help("verdict", ENGLISH).text
    assert "From 33 to 65 of 100 is too close to call." in text
    for probability, close in ((0.33, True), (0.66, False), (0.324, False), (0.654, True)):
        assert (headline.kind(probability) == "too_close") == close


def test_claims_are_those_of_the_numbered_table() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    assert list(CLAIMS) == list(range(1, len(table) + 1))
    for number, claim in CLAIMS.items():
        cells = [cell.strip() for cell in table[number - 1].strip("|").split("|")]
        assert cells[-3] == claim.text.translate(str.maketrans("“”", '""'))
        assert cells[-2].removeprefix("S in ").removeprefix("X on ") == claim.verdict
        assert len(cells) == 3 or cells[0] == str(number)
    assert {claim.verdict for claim in CLAIMS.values()} == set(VERDICT_WORDS)
    variables = read_model().variables
    for claim in CLAIMS.values():
        assert set(claim.where) <= set(variables), claim.text


def test_what_claims_name_is_there() -> None:
    """Equations and analyses by their file, stocks and outcomes, levers: a claim has a place where
    it can turn out wrong."""
    table = TABLE.read_text(encoding="utf-8")
    known = {*OUTCOMES, *Headline.__dataclass_fields__, *Involvement._fields}
    for module, name in re.findall(r"`(?:([a-z_]+)\.)?([A-Za-z_]+)`", table):
        if not module:
            assert name in known, name
            continue
        places = [f"simulator.{part}{module}" for part in ("model.equations.", "")]
        modules = [importlib.import_module(one) for one in places if importlib.util.find_spec(one)]
        assert any(hasattr(one, name) for one in modules), f"{module}.{name}"


def test_a_claim_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "plan.training.share_moved"
    lever = levers.LEVERS[path]
    wrong = replace(lever, help=replace(lever.help, claim=99))
    monkeypatch.setattr("ui.text.help.LEVERS", {**levers.LEVERS, path: wrong})
    with pytest.raises(LookupError, match=rf"{re.escape(lever.help.text)}.* claim 99"):
        help.lever_help(path, ENGLISH)


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("plan.involvement.openness", "lever `openness`"),
        ("plan.involvement.promotional_share", "lever `promotional_share`"),
        ("plan.involvement.regularity", "lever `regularity`"),
        ("plan.involvement.mandate", "lever `mandate`"),
        ("plan.involvement.minutes_per_day", "lever `minutes_per_day`"),
    ],
)
def test_a_lever_s_claim_is_one_that_lives_in_it(path: str, mark: str) -> None:
    entry = help.lever_help(path, ENGLISH)
    line = next(
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if entry.claim_text in line
    )
    assert mark in line


# --- what is named is what matters ----------------------------------------------------------------


def moved(plan: Scenario, path: str) -> Scenario:
    """The scenario with the lever somewhere else."""
    elsewhere = {"minutes_per_day": 45.0, "start_month": 18, "ramp_months": 30}
    name = path.rpartition(".")[2]
    before: Any = plan
    for part in path.replace("*", "training").split("."):
        before = getattr(before, part)
    if before is None:  # involvement that stays as it is today
        before = getattr(plan.organisation.involvement, name)
    return set_to(plan, path, elsewhere.get(name, 0.5 if before < 0.4 else 0.1))


def worth(plan: Scenario) -> float:
    return simulate(plan, 1).headline.net_present_value.central


@pytest.mark.parametrize("path", LEVERS)
def test_a_lever_s_effect_depends_on_the_assumptions_that_it_names(
    path: str, default: Scenario
) -> None:
    for name in help.lever_help(path, ENGLISH).assumptions:
        effects = []
        for value in (BY_ID[name].low, BY_ID[name].high):
            world = default.changed(**{f"assumptions.{name}": value})
            effects.append(worth(moved(world, path)) - worth(world))
        least = 1e-4 * max(abs(one) for one in effects)
        assert abs(effects[1] - effects[0]) > least, (name, effects)


@pytest.mark.parametrize("figure", STRIP)
def test_a_figure_depends_on_the_assumptions_that_it_names(figure: str, default: Scenario) -> None:
    field = "net_present_value" if figure == "verdict" else figure

    def value(headline: Headline) -> float:
        return float(getattr(headline, field).central)

    pays_back = default.changed(**{"plan.customer_service.share_moved": 0.0})
    plan = pays_back if field == "payback_month" else default
    for name in help.figure_help(figure, ENGLISH).assumptions:
        values = [
            value(simulate(plan.changed(**{f"assumptions.{name}": one}), 1).headline)
            for one in (BY_ID[name].low, BY_ID[name].high)
        ]
        assert not all(math.isinf(one) for one in values), name
        assert values[0] != values[1], name
