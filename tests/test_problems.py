"""What is wrong with a scenario or a link is said in every language, no exact value changed."""

from __future__ import annotations

import ast
import itertools
import json
import math
import re
import string
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

import simulator
import simulator.i18n.language
from simulator import links, scenario
from simulator.i18n import extract
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.library import Refused, archive_format, labels
from simulator.model.register import REGISTER
from simulator.scenario import Problem, Scenario, ScenarioError
from ui.http.json_routes import Reply
from ui.routes import simulate
from ui.text import problems
from ui.text.problems import said

SIMULATOR = Path(simulator.__file__).parent
ROOM = [SIMULATOR / "errors.py", *sorted((SIMULATOR / "scenario").glob("*.py"))]
"""Modules that word problems together: what one of them calls stands in another."""
SOURCES = {
    "scenario": "\n".join(path.read_text(encoding="utf-8") for path in ROOM),
    **{
        path.relative_to(SIMULATOR).as_posix(): source
        for path in sorted(SIMULATOR.rglob("*.py"))
        if path not in ROOM and "Problem(" in (source := path.read_text(encoding="utf-8"))
    },
}
"""The modules that word problems."""
MESSAGES = {str(one.message) for one in extract.in_code(Path(problems.__file__))}
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
KEYS = {part for path in PATHS for part in path.split(".")} | set(Scenario.model_fields)
EXACT = KEYS | {"low", "central", "high", "null", "true", "false", "NaN", "Infinity", "JSON", "EUR"}
EXACT |= {one.stem for one in scenario.shipped()} | {"complex", Path(archive_format.MANIFEST).stem}
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


def untranslated(text: str) -> list[str]:
    """The words of a problem's text that are in no message and no words of the file.

    Needs the fixture ``hidden``.
    """
    shown = said(Problem("field", text, "1"), UNHEARD)["found"]
    if QUOTED.match(text):
        assert shown == text
        return []
    words: list[str] = re.findall(r"(?<![\w.])[^\W\d_¤][\w-]*", re.sub("'.*'|\".*\"", "", shown))
    return [word for word in words if word not in EXACT]


# --- every text that stands in the simulator -----------------------------------------------------

Sinks = Mapping[str, slice]
SINKS: Sinks = {"Problem": slice(1, 3)}
"""What makes problems, and which of its arguments are the texts."""
OWN_SINKS: Mapping[str, Sinks] = {"scenario": {"wrong_value": slice(2), "_report": slice(2)}}
"""Functions of a module that do so as well."""
FILLED = "7"
"""What stands for a value that the code works out."""

Function = ast.FunctionDef | ast.Module
Values = Mapping[str, set[str]]


class Texts:
    """All texts that problems can have, read from the source that makes them.

    Follows literals, f-strings, variables and calls of the module's own functions; a conditional
    gives both its texts, and what is worked out is :data:`FILLED`.
    """

    def __init__(self, file: str, source: str) -> None:
        self._sinks = {**SINKS, **OWN_SINKS.get(file, {})}
        self._tree = ast.parse(source)
        self._around: dict[ast.AST, Function] = {}
        self._place(self._tree, self._tree)
        self._functions = {
            node.name: node for node in self._tree.body if isinstance(node, ast.FunctionDef)
        }

    def _place(self, node: ast.AST, around: Function) -> None:
        for inner in ast.iter_child_nodes(node):
            self._around[inner] = around
            self._place(inner, inner if isinstance(inner, ast.FunctionDef) else around)

    def all(self) -> set[str]:
        texts: set[str] = set()
        for call in ast.walk(self._tree):
            if isinstance(call, ast.Call) and extract.called(call) in self._sinks:
                assert not call.keywords, f"line {call.lineno}: texts are given by position"
                for argument in call.args[self._sinks[extract.called(call)]]:
                    texts |= self._of(argument, self._around[call], {})
        return texts

    def _of(self, node: ast.expr, around: Function, values: Values) -> set[str]:
        def of(inner: ast.expr) -> set[str]:
            return self._of(inner, around, values)

        def joined(parts: list[ast.expr]) -> set[str]:
            return {"".join(one) for one in itertools.product(*map(of, parts))}

        match node:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.Constant():
                return {FILLED}
            case ast.JoinedStr():
                return joined(node.values)
            case ast.BinOp(op=ast.Add()):
                return joined([node.left, node.right])
            case ast.FormattedValue(value=inner):
                return of(inner)
            case ast.IfExp():
                return of(node.body) | of(node.orelse)
            case ast.BoolOp():
                return set().union(*map(of, node.values))
            case ast.Name(id=name):
                return self._named(name, around, values)
            case ast.Call(func=ast.Name(id=name)) if name in self._functions:
                return self._returned(self._functions[name], [of(one) for one in node.args])
            case ast.Subscript(value=inner):
                self._no_words(inner)
                return {FILLED}
        self._no_words(node)
        return {FILLED}

    def _named(self, name: str, around: Function, values: Values) -> set[str]:
        if name in values:
            return set(values[name])
        if isinstance(around, ast.FunctionDef) and name in {one.arg for one in around.args.args}:
            return set() if around.name in self._sinks else {FILLED}
        found: set[str] = set()
        for node in ast.walk(around):
            if isinstance(node, ast.Assign) and self._around[node] is around:
                for target, value in self._pairs(node):
                    if isinstance(target, ast.Name) and target.id == name:
                        found |= self._of(value, around, values)
        if not found and isinstance(around, ast.FunctionDef):
            return self._named(name, self._around[around], {})
        return found or {FILLED}

    def _pairs(self, node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from zip(target.elts, node.value.elts, strict=True)
            else:
                yield target, node.value

    def _returned(self, function: ast.FunctionDef, arguments: list[set[str]]) -> set[str]:
        names = [one.arg for one in function.args.args]
        values = dict(zip(names, arguments, strict=False))
        found = [
            self._of(node.value, function, values)
            for node in ast.walk(function)
            if isinstance(node, ast.Return) and node.value and self._around[node] is function
        ]
        return set().union(*found)

    def _no_words(self, node: ast.expr) -> None:
        """What is not followed must hold no text, or it would be missed."""
        keys: set[ast.expr] = set()
        for inner in ast.walk(node):
            if isinstance(inner, ast.Subscript):
                keys.add(inner.slice)
            elif isinstance(inner, ast.Call) and extract.called(inner) in {"get", "pop"}:
                keys.add(inner.args[0])
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                words = re.search(r"[^\W\d_]{2}", inner.value)
                assert inner in keys or not words, f"line {inner.lineno}: {inner.value!r}"


@pytest.fixture(scope="module")
def texts() -> set[str]:
    """All texts of all modules."""
    return set().union(*(Texts(file, source).all() for file, source in SOURCES.items()))


SOME = {
    "scenario": {"nesting too deep", "null or 7", "a list of 7", "a path into null"},
    "links/__init__.py": {
        "7, from before there were links",
        "at most 7 parameters",
        "the whole link",
    },
    "library/labels.py": {"a list of 7", "text of 7 to 7 characters"},
    "library/archive_format.py": {"a file that cannot be read (damaged or encrypted)", "once"},
}
"""Texts of modules that are sure to be found."""


@pytest.mark.parametrize("file", SOME)
def test_what_is_looked_for_is_found(file: str) -> None:
    assert SOME[file] <= Texts(file, SOURCES[file]).all()


@pytest.mark.parametrize("file", SOURCES)
def test_every_text_in_the_simulator_is_a_message(hidden: Hidden, file: str) -> None:
    found = Texts(file, SOURCES[file]).all()
    assert {text: words for text in found if (words := untranslated(text))} == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"nesting too deep"', '"a hole too deep"'),
        ('"a file that exists"', '"any file that exists"'),
        ('f"a list of {len(value)}"', 'f"a row of {len(value)}"'),
        ('optional = "null or "', 'optional = "nothing or "'),
        ('_ORDER = "low at most', '_ORDER = "low never above'),
        ('"an unknown key", nearest', '"a strange key", nearest'),
        ('"the ids of the register', '"the names of the register'),
        ("value_text(value), _bounds_text", 'value_text(value) + " in vain", _bounds_text'),
        ('or "none at all"', 'or "none whatsoever"'),
        ('_report("nothing", ', '_report("nothing there", '),
        ('found, most = "nesting', 'found, most = "nested'),
        ('"the link as it was made"', '"the link as it was given"'),
        ('else "from before there', 'else "from long before there'),
        ('else "a parameter of a link"', 'else "any parameter of a link"'),
        ('f"this parameter {count} times"', 'f"this one {count} times"'),
        ("(no zip archive)", "(no archive)"),
        ('f"0 to {most}"', 'f"0 until {most}"'),
    ],
)
def test_a_new_text_is_noticed(hidden: Hidden, old: str, new: str) -> None:
    file, source = next(one for one in SOURCES.items() if old in one[1])
    assert any(untranslated(text) for text in Texts(file, source.replace(old, new)).all())


def test_a_text_that_cannot_be_followed_is_noticed() -> None:
    new = SOURCES["scenario"].replace(
        'f"a list of {len(value)}"', '"a list of {}".format(len(value))'
    )
    with pytest.raises(AssertionError, match="a list of"):
        Texts("scenario", new).all()


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
LATER = {
    "Illegal trailing comma before end of array",
    "Illegal trailing comma before end of object",
}
"""What decoders of Python 3.13 and later say where earlier ones say something else."""

NO_SPLIT = dict.fromkeys(("listening", "community", "content", "networking", "social_service"), 0)
ANY_PROBLEMS: list[str | bytes] = [
    *NO_JSON,
    "",
    "[]",
    '{"schema_version": 3}',
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
    put("organisation.revenue_per_customer", 0),
    put("organisation.budgets", dict.fromkeys(document()["organisation"]["budgets"], 0)),
    put("assumptions.nonsense", 2),
    put("assumptions.peak_losss", 2),
    put("assumptions.peak_loss", "2"),
    put("assumptions.peak_loss", {"low": 0.2, "central": 0.1, "high": 0.2, "higher": 0.3}),
    put("assumptions.peak_loss", {"low": 0.2, "central": 2}),
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
    plan = scenario.load_shipped("balanced-shift")
    for path in ("none.json", "", "large.json", "x" * 5000, "a\0b"):
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
    LINK.replace("seed=7", "seed=seven&org.custommers=1&wholly=other&a.peak_losss=1"),
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


def for_the_library() -> Iterator[Problem]:
    """What is wrong with labels, notes, searches and archives."""
    head = {"format": "budget-shift-library", "format_version": archive_format.FORMAT_VERSION + 1}
    manifest = {archive_format.MANIFEST: json.dumps(head)}
    for work in (
        labels.Label("", "a\0b", ("x" * 1000, "a\nb", *map(str, range(1000)))).tidy,
        labels.Note("x" * 1000, "y" * 100_000).tidy,
        lambda: labels.words("x" * 100_000),
        lambda: archive_format.Packed(b"nonsense"),
        lambda: archive_format.Packed(archive({})),
        lambda: archive_format.Packed(archive({"../secret": ""})),
        lambda: archive_format.Packed(archive(manifest)),
        lambda: archive_format.Packed(archive(manifest, slice(50, 55))),
        lambda: archive_format.Packed(b" " * (archive_format.MOST_BYTES + 1)),
    ):
        with pytest.raises(Refused) as caught:
            work()
        yield from caught.value.problems


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """A problem of every kind."""
    found = [one for text in ANY_PROBLEMS for one in scenario.problems(text)]
    found += [one for link in ANY_LINKS for one in told(links.decode, link)]
    return [*found, *files(tmp_path_factory.mktemp("files")), *for_the_library()]


def by_operating_system(text: str) -> str:
    """A text without what the operating system says."""
    return re.sub(r"(a file that cannot be read) \(.*\)", r"\1 (1)", text)


def test_every_problem_is_translated(hidden: Hidden, known: list[Problem]) -> None:
    found = {by_operating_system(text) for one in known for text in (one.found, one.allowed)}
    assert {text: words for text in found if (words := untranslated(text))} == {}


def test_every_message_is_needed(hidden: Hidden, known: list[Problem], texts: set[str]) -> None:
    hidden.asked.clear()
    for text in texts | {text for one in known for text in (one.found, one.allowed)}:
        untranslated(text)
    assert hidden.asked | LATER == MESSAGES


def test_english_is_the_simulators(known: list[Problem], texts: set[str]) -> None:
    for one in [*known, *(Problem("a.b", text, text) for text in texts)]:
        assert said(one, ENGLISH) == asdict(one)


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
def test_what_is_exact_stays(known: list[Problem], texts: set[str], language: Language) -> None:
    def exact(text: str) -> list[str]:
        words = re.findall(r"UTF-8|-?[0-9][\w.+-]*|[\w-]*\w", text)
        names = {"low", "central", "high", "null", "true", "false", "JSON", "UTF-8", "savings"}
        return sorted(
            word for word in words if word in names or "_" in word or re.search("[0-9]", word)
        )

    for text in texts | {text for one in known for text in (one.found, one.allowed)}:
        if "utf-8-sig" in text:  # advice to programmers
            continue
        shown = said(Problem("a.b", text, text), language)
        assert shown["field"] == "a.b" and shown["found"] == shown["allowed"]
        assert exact(shown["found"]) == exact(text)


@pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.code)
@pytest.mark.parametrize("text", NO_JSON, ids=repr)
def test_why_it_is_no_json(text: str, language: Language) -> None:
    (one,) = scenario.problems(text)
    place = r"no JSON at line (\d+), column (\d+) \((.+)\)"
    line, column, reason = re.fullmatch(place, one.found).groups()  # type: ignore[union-attr]
    assert reason in {NO_JSON[text], *LATER}
    shown = said(one, language)["found"]
    assert f" {line}," in shown and f" {column} " in shown
    assert reason not in shown and "JSON" in shown


@pytest.mark.parametrize(
    ("found", "allowed", "dutch", "danish"),
    [
        ("1.4", "0 to 1", ("1.4", "0 tot 1"), ("1.4", "0 til 1")),
        (
            "-3",
            "null or a whole number from 0 to 1000000000000",
            ("-3", "null of een geheel getal van 0 tot en met 1000000000000"),
            ("-3", "null eller et heltal fra 0 til og med 1000000000000"),
        ),
        (
            "a path into a list of 3",
            "peak_loss (the nearest that exists)",
            (
                "een pad dat verdergaat in een lijst (lengte: 3)",
                "peak_loss (wat er het meest op lijkt)",
            ),
            (
                "en sti, der går videre ind i en liste (længde: 3)",
                "peak_loss (det, der ligner mest)",
            ),
        ),
        (
            "a file that cannot be read (Permission denied)",
            "low, central, high",
            ("een bestand dat niet te lezen is (Permission denied)", "low, central, high"),
            ("en fil, der ikke kan læses (Permission denied)", "low, central, high"),
        ),
        (
            "nobody knows this",
            "1e-07 to 0.5",
            ("nobody knows this", "1e-07 tot 0.5"),
            ("nobody knows this", "1e-07 til 0.5"),
        ),
    ],
)
def test_problems_in_dutch_and_danish(
    found: str, allowed: str, dutch: tuple[str, str], danish: tuple[str, str]
) -> None:
    for code, (one, other) in (("nl", dutch), ("da", danish)):
        shown = said(Problem("plan.split", found, allowed), LANGUAGES[code])
        assert shown == {"field": "plan.split", "found": one, "allowed": other}


# --- what users write ----------------------------------------------------------------------------

WORDS = [
    *(re.sub(r"\{\w+\}", "7", message) for message in sorted(MESSAGES)),
    *("{count}", "{", "{0.__class__}", "%s %(count)s", "too late.. or {allowed}", 'it\'s "so"'),
    *("<b>nothing</b>", "null or nothing", "', made by a newer version", "\\g<1>\\1", "€\u202e…"),
]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_what_users_write_stays(language: Language) -> None:
    plan = scenario.load_shipped("balanced-shift")
    for text in WORDS:
        (one,) = scenario.problems(put("organisation.customers", text))
        assert said(one, language)["found"] == one.found
        (one,) = scenario.problems(put(f"organisation.{text.replace('.', ' ')}", 1))
        assert said(one, language)["field"] == one.field
        (one,) = told(scenario.parse, "[]", where=text)
        assert said(one, language)["field"] == one.field
        (one,) = told(plan.changed, name=text, **{"name.x": 1})
        value = one.found.removeprefix("a path into ")
        assert QUOTED.match(value) and said(one, language)["found"].endswith(f" {value}")


@given(st.text(st.characters(exclude_categories=())) | st.sampled_from(WORDS).map("{}.. ".format))
def test_any_text_stays(text: str) -> None:
    (one,) = scenario.problems(put("organisation.customers", text))
    for language in LANGUAGES.values():
        assert said(one, language)["found"] == one.found


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
            assert said(one, ENGLISH) == asdict(one)
            assert all(said(one, language)["field"] == one.field for language in OTHERS)

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
    for work in (simulate.answer, simulate.file, simulate.check, simulate.instruments):
        assert asked(work, language=language, scenario=plan) == expected
    assert asked(simulate.opened, language=language, text=wrong) == expected


def test_what_is_no_question_is_refused_in_english() -> None:
    content = {"scenario": document(), "language": "nl"}
    (one,) = asked(simulate.answer, **content, font=1000)
    assert one["allowed"] == "Input should be less than or equal to 80"
    # A word that nobody quoted.
    (one,) = asked(simulate.answer, **content, charts=["nothing"])
    assert one["found"] == "nothing"
