"""What is wrong with a scenario or a link is said in every language, no exact value changed."""

from __future__ import annotations

import ast
import copy
import json
import math
import os
import pickle
import re
import string
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

import simulator.i18n.language
from simulator import links, scenario
from simulator.analyses import ANALYSES
from simulator.errors import Message, exact
from simulator.i18n import extract
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.library import Refused, archive_format, labels, manifest
from simulator.model.register import REGISTER
from simulator.scenario import Problem, ResultsInput, Scenario, ScenarioError
from ui.http.json_routes import Reply
from ui.routes import analyses, simulate
from ui.text.problems import in_language

SOURCES = {
    path.relative_to(extract.ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in (*extract.sources(), *extract.problem_sources())
    if path.suffix == ".py"
}


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """The calls of a function in any module, each with where it stands."""
    for file, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and extract.called(node) == name:
                yield f"{file}:{node.lineno}", node


TEMPLATES = {
    str(call.args[0].value)
    for _, call in calls("Message")
    if isinstance(call.args[0], ast.Constant)
}
"""What problems are made of."""
OTHERS = [one for one in LANGUAGES.values() if one is not ENGLISH]
QUOTED = re.compile(r"""['"].*""")


def document() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(scenario.dump(scenario.load_shipped("balanced-shift")))
    return content


def put(path: str, value: object) -> str:
    """A valid document as JSON, but for ``value`` at ``path``."""
    content = document()
    *parents, last = path.split(".")
    node = content
    for part in parents:
        node = node[part]
    node[last] = value
    return json.dumps(content)


def paths(node: Mapping[str, Any], place: tuple[str, ...] = ()) -> Iterator[str]:
    for key, value in node.items():
        yield ".".join((*place, key))
        if isinstance(value, dict):
            yield from paths(value, (*place, key))


PATHS = [*paths(document()), *(f"assumptions.{one.id}" for one in REGISTER)]
KEYS = {part for path in PATHS for part in path.split(".")}
KEYS |= {*Scenario.model_fields, *ResultsInput.model_fields}
EXACT = KEYS | {"low", "central", "high", "null", "true", "false", "NaN", "Infinity", "JSON", "EUR"}
EXACT |= {one.stem for one in scenario.shipped()} | {"complex", Path(manifest.MANIFEST).stem}
EXACT |= {part for name in links.names() for part in name.split(".")}
"""Words that are the same in every language: they are words of the file."""


class Hidden(NullTranslations):
    """Puts blots in the place of the words of messages, and notes which these were."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return "".join(
            re.sub(r"[^\W\d_]", "¤", words) + (f"{{{name}}}" if name else "")
            for words, name, _, _ in string.Formatter().parse(message)
        )


UNHEARD = Language("xx", Locale.parse("nl_NL"))


@pytest.fixture(scope="module")
def hidden() -> Iterator[Hidden]:
    """The catalogue of :data:`UNHEARD`."""
    catalogue, others = Hidden(), simulator.i18n.language._translations
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            simulator.i18n.language,
            "_translations",
            lambda file: catalogue if file == UNHEARD.catalogue_file else others(file),
        )
        yield catalogue


def untranslated(message: Message) -> list[str]:
    """The words of a problem's text that are in no template and no words of the file.

    Needs the fixture ``hidden``.
    """
    shown = in_language(Problem("field", message, exact("1")), UNHEARD)["found"]
    if QUOTED.match(message):
        assert shown == message
        return []
    words: list[str] = re.findall(r"(?<![\w.])[^\W\d_¤][\w-]*", re.sub("'.*'|\".*\"", "", shown))
    return [word for word in words if word not in EXACT]


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
    assert len(TEMPLATES) > 100


def test_what_is_called_exact_has_no_words() -> None:
    found = list(calls("exact"))
    assert len(found) > 20
    for place, call in found:
        keys = {node.slice for node in ast.walk(call) if isinstance(node, ast.Subscript)}
        for node in {*ast.walk(call)} - keys:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = re.findall(r"[^\W\d_]{2,}", node.value)
                assert set(words) <= EXACT, f"{place} {node.value!r}"


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
def test_every_template_is_translated(language: Language) -> None:
    catalogue = extract.read(language.catalogue_file)
    known = {str(one.id) for one in catalogue if one.string}
    assert TEMPLATES - known == set()


# --- every text that comes out -------------------------------------------------------------------

NO_JSON = {
    "{": "Expecting property name enclosed in double quotes",
    "[": "Expecting value",
    "[1 2]": "Expecting ',' delimiter",
    '{"a" 1}': "Expecting ':' delimiter",
    "{} {}": "Extra data",
    '"a': "Unterminated string starting at",
    '"\n"': "Invalid control character at",
    r'"\x"': "Invalid \\escape",
    r'"\u12"': "Invalid \\uXXXX escape",
    "\ufeff\ufeff{}": "Unexpected UTF-8 BOM (decode using utf-8-sig)",
}
"""Texts that are no JSON, and what Python's decoder says."""
ELSEWHERE = {
    "http:// or https:// and a host",  # of a page's route
    "none at all",  # where nothing is shipped
    "numbers too extreme to be worked out",  # what no scenario may hold
    "numbers that come to a value",
    "a name that no file can have",
    "the name of a file",  # some versions of Python tell such a name from one that is not there
}
"""What none of the texts here leads to."""
LATER = {
    "Illegal trailing comma before end of array",
    "Illegal trailing comma before end of object",
}
"""What decoders of Python 3.13 and later say where earlier ones say something else."""


def known_of_service(fields: Mapping[str, object], **organisation: Any) -> str:
    """A valid document as JSON, but for what is known of service and parts of the organisation."""
    content = document()
    content["organisation"]["known"] |= fields
    for name, value in organisation.items():
        content["organisation"][name] |= value
    return json.dumps(content)


NO_SPLIT = dict.fromkeys(("listening", "community", "content", "networking", "social_service"), 0)
ANY_PROBLEMS: list[str | bytes] = [
    *NO_JSON,
    "",
    "[]",
    f'{{"schema_version": {scenario.SCHEMA_VERSION + 1}}}',
    '{"schema_version": 1, "results": null}',
    '{"name": 1, "name": 2, "name": 3}',
    b"\xff",
    "[" * 100_000,
    '{"a":' * 30 + "1" + "}" * 30,
    " " * (scenario.MAX_BYTES + 1),
    "1e999",
    put("seed", 10**299),
    put("seed", None),
    put("name", " "),
    put("name", "a\nb"),
    put("name", ""),
    put("story", "a\nb\nc"),
    put("notes", "\x00"),
    put("date", "2026-02-30"),
    put("$schema", {}),
    put("plan", []),
    put("plan.split", NO_SPLIT | {"savings": 0.5}),
    put("plan.involvement.openness", 2),
    put("plan.training.split", 2),
    put("plan.training.more", 2),
    put("organisation.currency", "euro"),
    put("results", {"model_version": "one", "worst_case": "none"}),
    put("organisation.revenue_per_customer", 0),
    put("organisation.budgets.training", 1e-9),
    "[" + "0," * 10_000 + "0]",
    put("organisation.budgets", dict.fromkeys(document()["organisation"]["budgets"], 0)),
    put("assumptions.nonsense", 2),
    known_of_service({"centre_contact_cost": 1e6, "social_contact_cost": 1e6}),
    known_of_service(
        {"social_answered_share": 0.5},
        budgets={"social_service": 0},
        involvement={"minutes_per_day": 0},
    ),
    known_of_service(
        {"community_answered_share": 0.5},
        budgets={"community": 0},
        involvement={"minutes_per_day": 0},
    ),
    put("assumptions.natural_reachh", 2),
    put("assumptions.natural_reach", "2"),
    put("assumptions.natural_reach", {"low": 0.2, "central": 0.1, "high": 0.2, "higher": 0.3}),
    put("assumptions.natural_reach", {"low": 0.2, "central": 2}),
]


def told(work: Callable[..., object], *given: object, **named: object) -> list[Problem]:
    try:
        work(*given, **named)
    except ScenarioError as error:
        return list(error.problems)
    return []


def files(folder: Path) -> Iterator[Problem]:
    """What is wrong with files, and with changes of a scenario."""
    (folder / "large.json").write_bytes(b" " * (scenario.MAX_BYTES + 1))
    os.mkfifo(folder / "pipe")
    plan = scenario.load_shipped("balanced-shift")
    for path in ("none.json", "", "large.json", "pipe", "x" * 5000, "a\0b"):
        yield from told(scenario.load, folder / path)
    for name in ("balanced", "nonsense"):
        yield from told(scenario.load_shipped, name)
    for place, value in (
        ("name.upper", 1),
        ("plan.market_research.split.savings", 1),
        ("nonsense", 1),
        ("organisation.custommers", 1),
        ("organisation.customers", 10**400),
        ("organisation.customers", 1j),
        ("organisation", {1: 2}),
    ):
        yield from told(plan.changed, **{place: value})


LINK = links.encode(scenario.load_shipped("balanced-shift").changed(seed=7))
ANY_LINKS = [
    "",
    "v=1",
    "v=3",
    "v=two",
    "v=2&v=2",
    "v=2&from=nowhere.12345678",
    "v=2&from=%ff",
    LINK[:-1],
    LINK.partition("&check")[0],
    LINK.replace("seed=7", "seed=8"),
    LINK.replace("seed=7", "seed=seven&org.custommers=1&wholly=other&a.natural_reachh=1"),
    LINK.replace("seed=7", "split=1,2&org=1&put=0"),
    LINK + "&a.x=1" * links.MOST_PARAMETERS,
    "v=2&name=" + "x" * links.MOST_READ,
]


def archive(files: Mapping[str, str], damage: slice = slice(0, 0)) -> bytes:
    """An archive of the library with these files, and a part of it overwritten."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as written:
        for name, text in files.items():
            written.writestr(name, text)
    data = bytearray(content.getvalue())
    data[damage] = b"x" * len(data[damage])
    return bytes(data)


def manifests() -> Iterator[str]:
    """Manifests of archives that somebody has changed, in every way that is told of."""
    at = "2026-11-22T10:00:00Z"
    version = {"at": at, "who": "", "why": "", "file": "scenarios/000001/0001.json"}
    uid = "01234567-89ab-cdef-0123-456789abcdef"
    times = {"created": at, "changed": at}
    entry = {"uid": uid, "name": "", "description": "", "tags": [], **times, "versions": [version]}
    wrong: list[dict[str, Any]] = [
        {"uid": "x", "name": 1, "tags": 1, "more": 1},
        {"created": [], "changed": "tomorrow"},
        {"created": at[:-1], "changed": "1999" + at[4:]},
        {"created": "2222" + at[4:], "versions": []},
        {"versions": [version] * 1_001},
    ]
    head = {"format": "budget-shift-library", "format_version": 1}
    for content in (
        *(head | {"entries": [entry | one]} for one in wrong),
        head | {"format": "zoo"},
        head | {"format_version": 0, "entries": []},
        head | {"format_version": "1"},
        head,
        [],
    ):
        yield json.dumps(content)
    yield "{"


def for_the_library() -> Iterator[Problem]:
    """What is wrong with labels, notes, searches and archives."""
    head = {"format": "budget-shift-library", "format_version": manifest.FORMAT_VERSION + 1}
    newer = {manifest.MANIFEST: json.dumps(head)}
    works: list[Callable[[], object]] = [
        labels.Label("", "a\0b", ("x" * 1000, "a\nb", *map(str, range(1000)))).tidy,
        labels.Note("x" * 1000, "y" * 100_000).tidy,
        lambda: labels.words("x" * 100_000),
        lambda: archive_format.Packed(b"nonsense"),
        lambda: archive_format.Packed(archive({})),
        lambda: archive_format.Packed(archive({"../secret": ""})),
        lambda: archive_format.Packed(archive(newer)),
        lambda: archive_format.Packed(archive(newer, slice(50, 55))),
        lambda: archive_format.Packed(b" " * (archive_format.MOST_BYTES + 1)),
        *(
            partial(archive_format.Packed, archive({manifest.MANIFEST: text}))
            for text in manifests()
        ),
    ]
    for work in works:
        with pytest.raises(Refused) as caught:
            work()
        yield from caught.value.problems


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """A problem of every kind."""
    found = [one for text in ANY_PROBLEMS for one in scenario.problems(text)]
    found += [one for link in ANY_LINKS for one in told(links.decode, link)]
    return [*found, *files(tmp_path_factory.mktemp("files")), *for_the_library()]


def without_others_words(message: Message) -> Message:
    """A text without what the operating system and the schema library say in their own words."""
    others = {name: "1" for name in ("reason", "error") if type(message.values.get(name)) is str}
    values = {**message.values, **others}
    reason = values.get("reason")
    if isinstance(reason, Message) and reason.template == exact("").template:
        values["reason"] = exact("1")
    return Message(message.template, **values)


def test_every_problem_is_translated(hidden: Hidden, known: list[Problem]) -> None:
    hidden.asked.clear()
    found = {without_others_words(text) for one in known for text in (one.found, one.allowed)}
    assert {text: words for text in found if (words := untranslated(text))} == {}
    asked = hidden.asked - {exact("").template}
    assert (asked - TEMPLATES, TEMPLATES - asked - LATER) == (set(), ELSEWHERE)


def test_english_is_the_simulators(known: list[Problem]) -> None:
    for one in known:
        assert in_language(one, ENGLISH) == asdict(one)


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
def test_what_is_exact_stays(known: list[Problem], language: Language) -> None:
    def exact(text: str) -> list[str]:
        words = re.findall(r"UTF-8|-?[0-9][\w.+-]*|[\w-]*\w", text)
        names = {"low", "central", "high", "null", "true", "false", "JSON", "UTF-8", "savings"}
        return sorted(
            word for word in words if word in names or "_" in word or re.search("[0-9]", word)
        )

    for text in {text for one in known for text in (one.found, one.allowed)}:
        if "utf-8-sig" in text or re.fullmatch("[a-z]+(_[a-z]+)+", text.template):
            continue  # advice to programmers, and the schema library's names for errors
        shown = in_language(Problem("a.b", text, text), language)
        assert shown["field"] == "a.b" and shown["found"] == shown["allowed"]
        assert exact(shown["found"]) == exact(text)


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
@pytest.mark.parametrize("text", NO_JSON, ids=repr)
def test_why_it_is_no_json(text: str, language: Language) -> None:
    (one,) = scenario.problems(text)
    place = r"no JSON at line (\d+), column (\d+) \((.+)\)"
    line, column, reason = re.fullmatch(place, one.found).groups()  # type: ignore[union-attr]
    assert reason in {NO_JSON[text], *LATER}
    shown = in_language(one, language)["found"]
    assert f" {line}," in shown and f" {column} " in shown
    assert reason not in shown and "JSON" in shown


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
    for code, (one, other) in (("nl", dutch), ("da", danish)):
        shown = in_language(Problem("plan.split", found, allowed), LANGUAGES[code])
        assert shown == {"field": "plan.split", "found": one, "allowed": other}


# --- what users write ----------------------------------------------------------------------------

WORDS = [
    *(re.sub(r"\{\w+\}", "7", message) for message in sorted(TEMPLATES)),
    *("{count}", "{", "{0.__class__}", "%s %(count)s", "too late.. or {allowed}", 'it\'s "so"'),
    *("<b>nothing</b>", "null or nothing", "', made by a newer version", "\\g<1>\\1", "€\u202e…"),
]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_what_users_write_stays(language: Language) -> None:
    plan = scenario.load_shipped("balanced-shift")
    for text in WORDS:
        (one,) = scenario.problems(put("organisation.customers", text))
        assert in_language(one, language)["found"] == one.found
        (one,) = scenario.problems(put(f"organisation.{text.replace('.', ' ')}", 1))
        assert in_language(one, language)["field"] == one.field
        (one,) = told(scenario.parse, "[]", where=text)
        assert in_language(one, language)["field"] == one.field
        (one,) = told(plan.changed, name=text, **{"name.x": 1})
        value = one.found.removeprefix("a path into ")
        assert QUOTED.match(value) and in_language(one, language)["found"].endswith(f" {value}")


@given(st.text(st.characters(exclude_categories=())) | st.sampled_from(WORDS).map("{}.. ".format))
def test_any_text_stays(text: str) -> None:
    (one,) = scenario.problems(put("organisation.customers", text))
    for language in LANGUAGES.values():
        assert in_language(one, language)["found"] == one.found


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
        for one in scenario.problems(text):
            assert [*untranslated(one.found), *untranslated(one.allowed)] == []
            assert in_language(one, ENGLISH) == asdict(one)
            assert all(in_language(one, language)["field"] == one.field for language in OTHERS)

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


def asked(work: Callable[[bytes], Reply], **content: object) -> list[dict[str, str]]:
    reply = work(json.dumps(content).encode())
    found: list[dict[str, str]] = json.loads(reply.body)["problems"]
    return found


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
        assert asked(work, language=language, scenario=plan) == expected
    for name in (one.id for one in ANALYSES.values() if one.page):
        answer = asked(analyses.analysis, language=language, scenario=plan, analysis=name)
        assert answer == expected
    assert asked(simulate.opened, language=language, text=wrong) == expected


def test_what_is_no_question_is_refused_in_english() -> None:
    content = {"scenario": document(), "language": "nl"}
    (one,) = asked(simulate.answer, **content, font=1000)
    assert one["allowed"] == "Input should be less than or equal to 80"
    # A word that nobody quoted.
    (one,) = asked(simulate.answer, **content, charts=["nothing"])
    assert one["found"] == "nothing"
