"""A problem of every kind, of scenarios, files, links and libraries, is translated."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from simulator import links, scenario
from simulator.errors import FieldName, Message, exact
from simulator.exports.translate import scenario_xmile
from simulator.i18n import nouns
from simulator.i18n.language import ENGLISH, Language
from simulator.library import Refused, archive_format, labels, manifest
from simulator.links.sets import decode as decode_any_set
from simulator.optimise import Limit, Move, Question
from simulator.scenario import Problem, sets
from simulator.scenario.levers import NAMES
from tests.support.problem_texts import (
    OTHERS,
    Hidden,
    document,
    problems_of,
    put,
    templates,
    untranslated,
)
from ui.text.problems import in_language

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
    "numbers too extreme to be worked out",  # what no scenario may hold
    "numbers that come to a value",
    "a letter of its own for each",
    "a number of the page",  # of a page's route
    "a variable of the model",
    "a name that no file can have",
    "no Dask is installed here",
    "after: pip install budget-shift-simulator[cluster]",
    "no scheduler answers at {address}",
    "the address of a Dask scheduler, tcp://host:8786",
    "the name of a file",  # some versions of Python tell such a name from one that is not there
}
"""What none of the texts here leads to."""
LATER = {
    "Illegal trailing comma before end of array",
    "Illegal trailing comma before end of object",
}
"""What decoders of Python 3.13 and later say where earlier ones say something else."""


PLAN = scenario.load_shipped("balanced-shift")
_TRAINING = Move("plan.training.share_moved")
WRONG_QUESTIONS = (
    Question("target", moves=(_TRAINING, _TRAINING)),
    Question("mean", 1.0),
    Question(moves=(Move("plan.split.community"),)),
    *(
        Question(limits=(limit,))
        for limit in (
            Limit("service_quality", True, 0.5),
            Limit("hours", False, 5.0),
            Limit("hours", True, 5.0, chance=2.0),
            Limit("service_quality", False, 0.5, 1000),
            Limit("changes", True, 0.5),
        )
    ),
)
"""What cannot be asked of the optimiser."""


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
    '{"set_version": 1}',
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
    *(
        put("plan.stages", {"first_depth": 0.5, "review_month": 12, **stages})
        for stages in (
            {},
            {"figure": "luck"},
            {"figure": "trust"},
            {"figure": "trust", "always": "on", "back": 0.1},
            {"figure": "trust", "back": 0.2, "on": 0.1},
            {"figure": "trust", "side": "above", "back": 0.1, "on": 0.2},
            {"always": "on", "on": 0.2},
        )
    ),
    put("plan.training.split", 2),
    put("plan.training.more", 2),
    put("organisation.currency", "euro"),
    put("organisation.customers_called", "people/"),
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


def files(folder: Path) -> Iterator[Problem]:
    """What is wrong with files, and with changes of a scenario."""
    (folder / "large.json").write_bytes(b" " * (scenario.MAX_BYTES + 1))
    os.mkfifo(folder / "pipe")
    plan = scenario.load_shipped("balanced-shift")
    for path in ("none.json", "", "large.json", "pipe", "x" * 5000, "a\0b"):
        yield from problems_of(scenario.load, folder / path)
    for name in ("balanced", "nonsense"):
        yield from problems_of(scenario.load_shipped, name)
    for place, value in (
        ("name.upper", 1),
        ("plan.market_research.split.savings", 1),
        ("nonsense", 1),
        ("organisation.custommers", 1),
        ("organisation.customers", 10**400),
        ("organisation.customers", 1j),
        ("organisation", {1: 2}),
    ):
        yield from problems_of(plan.changed, **{place: value})


LINK = links.encode(scenario.load_shipped("balanced-shift").changed(seed=7))
ANY_LINKS = [
    "",
    "v=1",
    "v=6",
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


ANY_SETS = (
    "{}",
    '{"set_version": 9}',
    '{"set_version": 1, "model_version": 2, "scenarios": []}',
    '{"set_version": 1, "scenarios": []}',
    json.dumps(
        {
            "set_version": 1,
            "model_version": "2.0.0",
            "scenarios": [{"letter": "A", "value": "much", "scenario": {}}] * 2,
        }
    ),
)
"""Texts that are no sets."""


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
        {"versions": [version | {"scenarios": 7}]},
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
        lambda: archive_format.ArchiveReader(b"nonsense"),
        lambda: archive_format.ArchiveReader(archive({})),
        lambda: archive_format.ArchiveReader(archive({"../secret": ""})),
        lambda: archive_format.ArchiveReader(archive(newer)),
        lambda: archive_format.ArchiveReader(archive(newer, slice(50, 55))),
        lambda: archive_format.ArchiveReader(b" " * (archive_format.MOST_BYTES + 1)),
        *(
            partial(archive_format.ArchiveReader, archive({manifest.MANIFEST: text}))
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
    problems = [one for text in ANY_PROBLEMS for one in scenario.problems(text)]
    problems += [one for link in ANY_LINKS for one in problems_of(links.decode, link)]
    read_set = partial(decode_any_set, most=6)
    problems += [one for text in ("2.x", "1.x") for one in problems_of(read_set, text)]
    problems += [one for text in ANY_SETS for one in problems_of(sets.parse, text)]
    problems += [one for question in WRONG_QUESTIONS for one in problems_of(question.check, PLAN)]
    stages = {"first_depth": 0.5, "review_month": 12, "always": "on"}
    problems += problems_of(scenario_xmile, PLAN.changed(**{"plan.stages": stages}))
    return [*problems, *files(tmp_path_factory.mktemp("files")), *for_the_library()]


def without_others_words(message: Message) -> Message:
    """A text without what the operating system and the schema library say in their own words, and
    without what is written the same in every file."""
    names = ("reason", "error", "nouns", "example", "choices", "key")
    others = {name: "1" for name in names if type(message.values.get(name)) is str}
    values = {**message.values, **others}
    reason = values.get("reason")
    if isinstance(reason, Message) and reason.template == exact("").template:
        values["reason"] = exact("1")
    return Message(message.template, **values)


def names_fields(message: Message) -> bool:
    """Whether it names fields as files do, for which pages have their labels."""
    return any(isinstance(value, FieldName) for value in message.values.values())


def test_every_problem_is_translated(hidden: Hidden, known: list[Problem]) -> None:
    hidden.lookups.clear()
    texts = {without_others_words(text) for one in known for text in (one.found, one.allowed)}
    assert {text: words for text in texts if (words := untranslated(text))} == {}
    lookups = hidden.lookups - {exact("").template} - {*nouns.NOUNS} - {*NAMES.values()}
    assert sorted(lookups - templates()) == []
    assert sorted(templates() - lookups - LATER) == sorted(ELSEWHERE)


def test_english_is_the_simulators(known: list[Problem]) -> None:
    for problem in known:
        if not names_fields(problem.allowed):
            assert in_language(problem, ENGLISH) == asdict(problem)


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
        if names_fields(text):
            continue
        shown = in_language(Problem("a.b", text, text), language)
        assert shown["field"] == "a.b" and shown["found"] == shown["allowed"]
        assert exact(shown["found"]) == exact(text)


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
@pytest.mark.parametrize("text", NO_JSON, ids=repr)
def test_why_it_is_no_json(text: str, language: Language) -> None:
    (problem,) = scenario.problems(text)
    place = r"no JSON at line (\d+), column (\d+) \((.+)\)"
    line, column, reason = re.fullmatch(place, problem.found).groups()  # type: ignore[union-attr]
    assert reason in {NO_JSON[text], *LATER}
    shown = in_language(problem, language)["found"]
    assert f" {line}," in shown and f" {column} " in shown
    assert reason not in shown and "JSON" in shown
