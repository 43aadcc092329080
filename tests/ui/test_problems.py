"""What is wrong with a scenario is said in every language, no exact value changed."""

from __future__ import annotations

import ast
import copy
import json
import math
import pickle
import re
from collections.abc import Callable
from dataclasses import asdict
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import scenario
from simulator.analyses import ANALYSES
from simulator.errors import Message, exact
from simulator.i18n import extract
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.model.quantities import SOURCES
from simulator.scenario import Problem
from tests.support.problem_texts import (
    EXACT,
    KEYS,
    OTHERS,
    PATHS,
    QUOTED,
    calls,
    document,
    problems_of,
    put,
    templates,
    untranslated,
)
from ui.http.json_routes import Reply
from ui.routes import analyses, simulate
from ui.text.problems import in_language

# --- messages ------------------------------------------------------------------------------------


def test_a_message_is_its_english_and_knows_what_it_was_made_of() -> None:
    inner = Message("a list of {count}", count=3)
    message = Message("a path into {value}", value=inner)
    assert message == "a path into a list of 3" and json.dumps(message) == f'"{message}"'
    assert (message.template, message.values) == ("a path into {value}", {"value": inner})
    dutch = "een pad dat verdergaat in een lijst (lengte: 3)"
    for same in (message, copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert type(same) is Message and same == message
        assert same.translated(LANGUAGES["nl"].gettext) == dutch


@given(st.text())
def test_what_is_exact_is_no_template(text: str) -> None:
    message = copy.deepcopy(exact(text))
    assert message == text == message.translated(LANGUAGES["nl"].gettext)


def test_every_message_is_made_of_a_template_that_is_written_out() -> None:
    """Only those are extracted. That problems hold messages and no other texts, the types say."""
    places = [
        place for place, call in calls("Message") if not isinstance(call.args[0], ast.Constant)
    ]
    assert [place.partition(":")[0] for place in places] == ["simulator/errors.py"]
    assert len(templates()) > 100


def test_what_is_called_exact_has_no_words() -> None:
    exact_calls = list(calls("exact"))
    assert len(exact_calls) > 20
    for place, call in exact_calls:
        keys = {node.slice for node in ast.walk(call) if isinstance(node, ast.Subscript)}
        for node in {*ast.walk(call)} - keys:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = re.findall(r"[^\W\d_]{2,}", node.value)
                assert set(words) <= EXACT, f"{place} {node.value!r}"


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
def test_every_template_is_translated(language: Language) -> None:
    catalogue = extract.read(language.catalogue_file)
    known = {str(one.id) for one in catalogue if one.string}
    assert templates() - known == set()


@pytest.mark.parametrize(
    ("found", "allowed", "dutch", "danish"),
    [
        (
            exact("1.4"),
            Message("{low} to {high}", low=0, high=1),
            ("1.4", "0 tot 1"),
            ("1.4", "0 til 1"),
        ),
        (
            exact("-3"),
            Message(
                "null or {allowed}",
                allowed=Message("a whole number from {low} to {high}", low=0, high=10**12),
            ),
            ("-3", "null of een geheel getal van 0 tot en met 1000000000000"),
            ("-3", "null eller et heltal fra 0 til og med 1000000000000"),
        ),
        (
            Message("a path into {value}", value=Message("a list of {count}", count=3)),
            Message("{key} (the nearest that exists)", key="natural_reach"),
            (
                "een pad dat verdergaat in een lijst (lengte: 3)",
                "natural_reach (wat er het meest op lijkt)",
            ),
            (
                "en sti, der går videre ind i en liste (længde: 3)",
                "natural_reach (det, der ligner mest)",
            ),
        ),
        (
            Message("a file that cannot be read ({reason})", reason=exact("Permission denied")),
            exact("low, central, high"),
            ("een bestand dat niet te lezen is (Permission denied)", "low, central, high"),
            ("en fil, der ikke kan læses (Permission denied)", "low, central, high"),
        ),
        (
            exact("nobody knows this"),
            Message("{low} to {high}", low="1e-07", high="0.5"),
            ("nobody knows this", "1e-07 tot 0.5"),
            ("nobody knows this", "1e-07 til 0.5"),
        ),
    ],
)
def test_problems_in_dutch_and_danish(
    found: Message, allowed: Message, dutch: tuple[str, str], danish: tuple[str, str]
) -> None:
    for code, (found_text, allowed_text) in (("nl", dutch), ("da", danish)):
        shown = in_language(Problem("plan.split", found, allowed), LANGUAGES[code])
        assert shown == {"field": "plan.split", "found": found_text, "allowed": allowed_text}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ("Market research", "Training", "Customer service")),
        ("nl", ("Marktonderzoek", "Opleiding", "Klantenservice")),
        ("da", ("Markedsanalyse", "Uddannelse", "Kundeservice")),
    ],
)
def test_fields_have_the_labels_of_the_page_there_and_their_names_in_files(
    code: str, names: tuple[str, ...]
) -> None:
    content = document()
    content["organisation"]["budgets"] |= dict.fromkeys(SOURCES, 0)
    (problem,) = scenario.problems(json.dumps(content))
    shown = in_language(problem, LANGUAGES[code])["allowed"]
    assert all(name in shown for name in names) and "_" not in shown
    for same in (problem, copy.deepcopy(problem), pickle.loads(pickle.dumps(problem))):
        assert all(name in same.allowed for name in SOURCES)
        assert in_language(same, LANGUAGES[code])["allowed"] == shown


# --- what users write ----------------------------------------------------------------------------


@cache
def hostile_words() -> list[str]:
    """What somebody may write that has a meaning elsewhere."""
    return [
        *(re.sub(r"\{\w+\}", "7", message) for message in sorted(templates())),
        *("{count}", "{", "{0.__class__}", "%s %(count)s", "too late.. or {allowed}"),
        *("<b>nothing</b>", "null or nothing", "', made by a newer version", 'it\'s "so"'),
        *("\\g<1>\\1", "€\u202e…"),
    ]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_what_users_write_stays(language: Language) -> None:
    plan = scenario.load_shipped("balanced-shift")
    for text in hostile_words():
        (problem,) = scenario.problems(put("organisation.customers", text))
        assert in_language(problem, language)["found"] == problem.found
        (problem,) = scenario.problems(put(f"organisation.{text.replace('.', ' ')}", 1))
        assert in_language(problem, language)["field"] == problem.field
        (problem,) = problems_of(scenario.parse, "[]", where=text)
        assert in_language(problem, language)["field"] == problem.field
        (problem,) = problems_of(plan.changed, name=text, **{"name.x": 1})
        value = problem.found.removeprefix("a path into ")
        assert QUOTED.match(value) and in_language(problem, language)["found"].endswith(f" {value}")


@given(
    st.text(st.characters(exclude_categories=()))
    | st.deferred(lambda: st.sampled_from(hostile_words())).map("{}.. ".format)
)
def test_any_text_stays(text: str) -> None:
    (problem,) = scenario.problems(put("organisation.customers", text))
    for language in LANGUAGES.values():
        assert in_language(problem, language)["found"] == problem.found


# --- whatever comes ------------------------------------------------------------------------------

VALUES = st.recursive(
    st.sampled_from([None, True, False, 0, -1, 10**200, math.nan, math.inf, 1e300, "", "\x00"])
    | st.integers()
    | st.floats()
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(sorted(KEYS)), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.usefixtures("hidden")
class TestWhatever:
    def understood(self, text: str | bytes) -> None:
        for problem in scenario.problems(text):
            assert [*untranslated(problem.found), *untranslated(problem.allowed)] == []
            assert in_language(problem, ENGLISH) == asdict(problem)
            assert all(
                in_language(problem, language)["field"] == problem.field for language in OTHERS
            )

    @given(st.sampled_from(PATHS), VALUES)
    def test_in_any_field(self, path: str, value: object) -> None:
        self.understood(put(path, value))

    @given(VALUES)
    def test_as_a_document(self, value: object) -> None:
        self.understood(json.dumps(value))

    @given(st.integers(0, 2000), st.integers(0, 3), st.text(max_size=3))
    def test_as_a_damaged_file(self, place: int, gone: int, patch: str) -> None:
        source = json.dumps(document(), indent=1)
        self.understood(source[:place] + patch + source[place + gone :])

    @given(st.text(st.sampled_from('{}[]",: \\\nu01ea\ufeff\x00')))
    def test_as_what_is_no_json(self, text: str) -> None:
        self.understood(text)

    @given(st.binary(max_size=40))
    def test_as_bytes(self, source: bytes) -> None:
        self.understood(source)


# --- the page ------------------------------------------------------------------------------------


def problems_answered(work: Callable[[bytes], Reply], **content: object) -> list[dict[str, str]]:
    reply = work(json.dumps(content).encode())
    problems: list[dict[str, str]] = json.loads(reply.body)["problems"]
    return problems


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "0 to 1"), ("nl", "0 tot 1"), ("da", "0 til 1")],
)
def test_the_page_is_told_in_its_language(language: str, words: str) -> None:
    path = "plan.training.share_moved"
    wrong = put(path, 1.4)
    expected = [{"field": path, "found": "1.4", "allowed": words}]
    plan = json.loads(wrong)
    for work in (simulate.answer, simulate.file, simulate.check):
        assert problems_answered(work, language=language, scenario=plan) == expected
    for name in (one.id for one in ANALYSES.values() if one.page):
        answer = problems_answered(
            analyses.analysis, language=language, scenario=plan, analysis=name
        )
        assert answer == expected
    assert problems_answered(simulate.opened, language=language, text=wrong) == expected


def test_what_is_no_question_is_refused_in_english() -> None:
    content = {"scenario": document(), "language": "nl"}
    (problem,) = problems_answered(simulate.answer, **content, font=1000)
    assert problem["allowed"] == "Input should be less than or equal to 80"
    # A word that nobody quoted.
    (problem,) = problems_answered(simulate.answer, **content, charts=["nothing"])
    assert problem["found"] == "nothing"
