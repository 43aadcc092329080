"""Links: a scenario as the query string of an address, and back.

A link tells what differs from a shipped scenario, in short names that people can read::

    v=2&from=balanced-shift.k3v7q2ma&training=0.3&a.trust_asymmetry=1,1.5,5&check=5fq2wz7d

``v`` is the version of the file format, ``from`` the scenario that the rest is added to. A number
is written as in a file, ``null`` is null; lists are ``low,central,high`` and, for a split,
``listening,community,content,networking,social,savings``; ``a.<id>=register`` takes back what the
shipped scenario overrides. ``check`` is a checksum of the whole scenario, so that a link that lost
a part or was changed is found out instead of opening as something else.

**For ever.** A link opens what it was made of, whatever the simulator ships by then. Before a
shipped scenario changes, or the version of the format goes up, its file is therefore copied to
``scenarios/former/v<version of the format>/<its name>.<any word>.json``; that, not the new one, is
what older links start from. Names of a version are never changed either: a new version of the
format gets a table of its own in :data:`_NAMES`, and what an older link holds goes through
:mod:`simulator.scenario.format_migrations` as a file does. ``tests/golden/links.json`` holds
links to prove it.
"""

from __future__ import annotations

import copy
import difflib
import hashlib
import json
import re
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from simulator import scenario as files
from simulator.paths import scenarios_dir
from simulator.scenario import (
    SCHEMA_VERSION,
    EstimateInput,
    Problem,
    ResultsInput,
    Scenario,
    ScenarioError,
)

MAX_LENGTH = 2000
"""Addresses from this length on are cut by some programs that they pass through."""

MOST_READ = 400_000
"""Characters of a link that is read: more than the longest scenario needs."""
MOST_PARAMETERS = 500
"""Parameters of a link that is read: more than a scenario has."""

PAGE_PARAMETERS = frozenset({"lang", "view", "theme", "charts", "library"})
"""What an address says about the page, not about the scenario; passed over here."""

FORMER = scenarios_dir() / "former"
"""Where shipped scenarios lie that have changed since, by version of the format."""

_VERSION, _FROM, _CHECK = "v", "from", "check"
_NULL = "null"
_AS_IN_REGISTER = "register"
_ASSUMPTION = "a."
_DIGITS = 6
_FOUND_LENGTH = 60
_MOST_GUESSES = 10
_OF_SENTENCES = ".,;:!)>\"'"

Content = dict[str, Any]
"""A scenario as JSON has it, without ``$schema``."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link opens."""

    scenario: Scenario
    preset: str | None
    """Name of the shipped scenario that it starts from; none if that has changed since."""
    base: Scenario
    """The scenario that it starts from, as it was when the link was made."""


# --- values --------------------------------------------------------------------------------------

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?(e-?[0-9]{1,3})?")


def _tidy(value: float) -> float:
    """Whole numbers without ``.0``, as in files."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _number(value: float | None) -> str:
    # A plus sign would be read as a space.
    return _NULL if value is None else repr(value).replace("e+", "e")


def _read_number(text: str) -> object:
    """The number; what is none stays text, for the scenario to refuse with what is allowed."""
    if text == _NULL:
        return None
    value = float(text) if _NUMBER.fullmatch(text) else float("nan")
    return _tidy(value) if abs(value) < float("inf") else text


def _or_null(value: str | None) -> str:
    return _NULL if value is None else value


def _read_or_null(text: str) -> object:
    return None if text == _NULL else text


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class _Name:
    """A parameter of a link, and the field of a scenario that it is."""

    name: str
    place: tuple[str, ...]
    write: Callable[[Any], str]
    read: Callable[[str], object]
    """Never raises: what it cannot read it hands on, and the scenario refuses it."""


def _amount(name: str, *place: str) -> _Name:
    return _Name(name, place, _number, _read_number)


def _text(name: str, *place: str) -> _Name:
    return _Name(name, place, _same, _same)


def _listed(name: str, place: tuple[str, ...], parts: tuple[str, ...]) -> _Name:
    """An object of numbers, in this order."""

    def write(value: Mapping[str, float | None] | None) -> str:
        return _NULL if value is None else ",".join(_number(value[part]) for part in parts)

    def read(text: str) -> object:
        if text == _NULL:
            return None
        given = text.split(",")
        # One too many is an unknown key there, one too few is missing: both are told by name.
        names = [*parts, *map(str, range(len(parts) + 1, len(given) + 1))]
        return dict(zip(names, map(_read_number, given), strict=False))

    return _Name(name, place, write, read)


_ENDS = ("low", "central", "high")


def _assumption(id: str) -> _Name:
    known = _amount(_ASSUMPTION + id, "assumptions", id)
    ranged = _listed(known.name, known.place, _ENDS)

    def write(value: object) -> str:
        if value is None:
            return _AS_IN_REGISTER
        return ranged.write(value) if isinstance(value, dict) else known.write(value)

    def read(text: str) -> object:
        if text == _AS_IN_REGISTER:
            return None
        return ranged.read(text) if "," in text else known.read(text)

    return _Name(known.name, known.place, write, read)


# --- names ---------------------------------------------------------------------------------------

_SPLIT_2 = ("listening", "community", "content", "networking", "social_service", "savings")
_SHORT_2 = {
    "market_research": "research",
    "customer_service": "service",
    "social_service": "social",
    "minutes_per_day": "minutes",
    "promotional_share": "promotional",
    # Neither "regularity" nor "notes": careless programs read &reg and &not as signs of HTML.
    "regularity": "rhythm",
}
_SOURCES_2 = ("market_research", "training", "customer_service")
_CONDUCT_2 = (
    *("minutes_per_day", "participation", "openness"),
    *("promotional_share", "regularity", "mandate"),
)


def _short(field: str) -> str:
    return _SHORT_2.get(field, field)


def _names_2() -> Iterator[_Name]:
    for field in ("name", "story", "description", "author"):
        yield _text(field, field)
    yield _text("remarks", "notes")
    yield _Name("date", ("date",), _or_null, _read_or_null)
    yield from _organisation_2()
    yield from _plan_2()
    yield _amount("months", "horizon_months")
    yield _amount("seed", "seed")
    yield _text("model", "results", "model_version")
    yield _amount("draws", "results", "draws")
    for name, field in _ESTIMATES_2.items():
        yield _listed(name, ("results", field), _ENDS)
    for name, field in _FIGURES_2.items():
        yield _amount(name, "results", field)


def _organisation_2() -> Iterator[_Name]:
    yield _text("org.name", "organisation", "name")
    yield _text("org.currency", "organisation", "currency")
    for name, field in (
        ("customers", "customers"),
        ("revenue", "revenue_per_customer"),
        ("margin", "gross_margin"),
        ("churn", "annual_churn"),
        ("employees", "employees"),
        ("hours", "working_hours_per_year"),
        ("labour", "labour_cost_per_hour"),
        ("contacts", "contacts_per_customer"),
        ("discount", "discount_rate"),
    ):
        yield _amount(f"org.{name}", "organisation", field)
    for field in (*_SOURCES_2, *_SPLIT_2[:-1]):
        yield _amount(f"org.budget.{_short(field)}", "organisation", "budgets", field)
    for field in _CONDUCT_2:
        yield _amount(f"org.involvement.{_short(field)}", "organisation", "involvement", field)


def _plan_2() -> Iterator[_Name]:
    for source in _SOURCES_2:
        name = _short(source)
        yield _amount(name, "plan", source, "share_moved")
        yield _amount(f"{name}.start", "plan", source, "start_month")
        yield _amount(f"{name}.ramp", "plan", source, "ramp_months")
        yield _listed(f"{name}.split", ("plan", source, "split"), _SPLIT_2)
    for field in _SPLIT_2:
        yield _amount(f"put.{_short(field)}", "plan", "split", field)
    for field in _CONDUCT_2:
        yield _amount(_short(field), "plan", "involvement", field)
    yield _amount("involvement.start", "plan", "involvement", "start_month")
    yield _amount("involvement.ramp", "plan", "involvement", "ramp_months")


_ESTIMATES_2 = {
    "was.value": "net_present_value",
    "was.payback": "payback_month",
    "was.roi": "roi",
    "was.involvement": "return_on_involvement",
    "was.ignoring": "return_on_ignoring",
    "was.waiting": "cost_of_waiting",
}
_FIGURES_2 = {
    "was.better": "probability_better",
    "was.worst": "worst_case",
    "was.paid": "probability_payback",
}
_NO_RESULTS_2: Content = {
    "model_version": None,
    "draws": None,
    **dict.fromkeys(_FIGURES_2.values()),
    **{field: dict.fromkeys(_ENDS) for field in _ESTIMATES_2.values()},
}
"""What results are before a link says anything about them."""

_NAMES: Mapping[int, Mapping[str, _Name]] = {2: {one.name: one for one in _names_2()}}
"""The parameters by version of the format; those of a version that is released stay."""
_NO_RESULTS: Mapping[int, Content] = {2: _NO_RESULTS_2}

_PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "put": ("plan", "split"),
    "org.budget": ("organisation", "budgets"),
    "org.involvement": ("organisation", "involvement"),
    "org": ("organisation",),
}
"""What a problem of several parameters together is about."""


def names(version: int = SCHEMA_VERSION) -> tuple[str, ...]:
    """The parameters of a link of this version, without those of assumptions (``a.<id>``)."""
    return (_VERSION, _FROM, *_NAMES[version], _CHECK)


# --- content -------------------------------------------------------------------------------------


def _content(text: str) -> Content:
    """A scenario file, to be compared field by field."""
    content: Content = json.loads(text, parse_float=lambda number: _tidy(float(number)))
    content.pop("$schema", None)
    return content


def _digest(content: Content) -> str:
    """Eight letters and digits that differ where the content does."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return b32encode(hashlib.sha256(text.encode("ascii")).digest())[:8].decode().lower()


def _at(content: Content, place: Iterable[str]) -> Any:
    """The value at this place; null also where the place is not there."""
    node: Any = content
    for part in place:
        node = node.get(part) if isinstance(node, dict) else None
    return node


def _put(content: Content, place: tuple[str, ...], value: object) -> None:
    *parents, last = place
    node = content
    for part in parents:
        node = node[part]
    if value is None and parents == ["assumptions"]:
        node.pop(last, None)
    else:
        node[last] = value


@dataclass(frozen=True, slots=True)
class _Preset:
    """A scenario that links start from."""

    name: str
    content: Content
    fingerprint: str
    shipped: bool
    """Whether it is what the simulator ships today."""

    @property
    def reference(self) -> str:
        """How a link names it."""
        return f"{self.name}.{self.fingerprint}"


def _preset(path: Path, *, shipped: bool) -> _Preset | None:
    try:
        files.load(path)
    except ScenarioError:  # whoever broke it learns that elsewhere; the other ones still work
        return None
    content = _content(path.read_text(encoding="utf-8-sig"))
    if "results" in content:  # of what a preset once came to, no link says anything
        content["results"] = None
    return _Preset(path.name.partition(".")[0], content, _digest(content), shipped)


@cache
def _presets(version: int) -> Mapping[str, _Preset]:
    """All that links of this version start from, by reference."""
    paths = [(path, False) for path in sorted((FORMER / f"v{version}").glob("*.json"))]
    paths += [(path, True) for path in files.shipped()]
    found = [_preset(path, shipped=shipped) for path, shipped in paths]
    return {one.reference: one for one in found if one and one.content["schema_version"] == version}


def references(version: int = SCHEMA_VERSION) -> tuple[str, ...]:
    """What ``from`` may be in a link of this version: ``<name>.<fingerprint>`` of its start."""
    return tuple(_presets(version))


def preset_of(scenario: Scenario) -> str | None:
    """Name of the shipped scenario that ``scenario`` is, whatever its results; else nothing."""
    content = _content(files.dump(scenario.without_results()))
    digest = _digest(content)
    presets = _presets(SCHEMA_VERSION).values()
    return next((one.name for one in presets if one.shipped and one.fingerprint == digest), None)


# --- making a link -------------------------------------------------------------------------------


def encode(scenario: Scenario, preset: str | None = None) -> str:
    """The query string (without ``?``) of a link that opens ``scenario``.

    It holds what differs from the shipped scenario ``preset`` (its name), or from the one that
    makes it shortest. ASCII without spaces, quotes and whatever else a shell gives a meaning
    between double quotes; ends in a letter or digit.

    Raises:
        ScenarioError: no scenario of the name ``preset`` is shipped, or none at all.
    """
    if preset is not None:
        files.load_shipped(preset)
    content = _content(files.dump(scenario))
    starts = [
        one
        for one in _presets(SCHEMA_VERSION).values()
        if one.shipped and preset in (None, one.name)
    ]
    if not starts:
        raise ScenarioError([Problem(_FROM, "no shipped scenario of that name", "none at all")])
    check = _digest(content)
    return min((_query(content, one, check) for one in starts), key=len)


def _query(content: Content, start: _Preset, check: str) -> str:
    pairs = {
        _VERSION: str(content["schema_version"]),
        _FROM: start.reference,
        **_differing(content, start.content),
        _CHECK: check,
    }
    return "&".join(f"{name}={quote_plus(value, safe=',')}" for name, value in pairs.items())


def _differing(content: Content, base: Content) -> dict[str, str]:
    """The parameters in which ``content`` differs from ``base``, both of the newest version."""
    if content["results"] is not None:
        base = {**base, "results": _NO_RESULTS[SCHEMA_VERSION]}
    overridden = {**base["assumptions"], **content["assumptions"]}
    found = {}
    for one in (*_NAMES[SCHEMA_VERSION].values(), *map(_assumption, overridden)):
        value = _at(content, one.place)
        if value != _at(base, one.place):
            found[one.name] = one.write(value)
    return found


def shortened(results: ResultsInput) -> ResultsInput:
    """Results with so many digits as are shown and some to spare, so that they do not fill half a
    link."""
    return ResultsInput.model_validate(
        {name: _rounded(getattr(results, name)) for name in ResultsInput.model_fields}
    )


def _rounded(figure: object) -> object:
    if isinstance(figure, EstimateInput):
        return {name: _rounded(getattr(figure, name)) for name in EstimateInput.model_fields}
    return float(f"{figure:.{_DIGITS}g}") if isinstance(figure, float) else figure


def fits(link: str) -> bool:
    """Whether a link, address and all, is short enough to survive what it passes through."""
    return len(link) < MAX_LENGTH


# --- opening a link ------------------------------------------------------------------------------


def is_link(text: str) -> bool:
    """Whether ``text`` is meant as a link, whole or its query string; it may still be no good."""
    return re.match(r"https?://|(?:[^?]*\?)?(?:[^?]*&)?v=", text.strip()) is not None


def speaks(text: str) -> bool:
    """Whether an address or query string is meant to open a scenario, right or wrong.

    Other names of ours, such as ``from`` and ``date``, many a program adds to addresses; and a link
    that was cut or damaged still has its beginning or its end.
    """
    return len(text) > MOST_READ or _speak(name for name, _ in _pairs(text))


def decode(text: str) -> Link:
    """What a link opens: ``text`` is a whole address, or the query string of one.

    Parameters of the page (:data:`PAGE_PARAMETERS`) and of mail programs, which the scenario does
    not have, are passed over as long as the checksum holds.

    Raises:
        ScenarioError: with everything that is wrong, by parameter. Of a link of a version that is
            not read here only that is said.
    """
    given = _Given.read(text)
    problems = list(given.problems)
    version = _version(given, problems)
    start = _start(given, version, problems)
    if start is None:
        problems += _check(given, None)
        raise ScenarioError(problems)
    content = _filled(given, start, version)
    found = None
    try:
        found = files.parse(json.dumps(content))
    except ScenarioError as error:
        problems += (_renamed(one, version) for one in error.problems)
    if wrong := _check(given, _digest(content)):
        problems += (*wrong, *_strangers(given, version))
    if problems or found is None:
        raise ScenarioError(problems)
    base = files.parse(json.dumps(start.content))
    return Link(found, start.name if start.shipped else None, base)


@dataclass(frozen=True, slots=True)
class _Given:
    """The parameters of a link, as they stand there."""

    values: Mapping[str, str]
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, text: str) -> _Given:
        """Raises ``ScenarioError`` for what is not even looked at."""
        if len(text) > MOST_READ:
            found = f"a length of {len(text)} characters"
            raise ScenarioError([Problem("link", found, f"at most {MOST_READ} characters")])
        pairs = _pairs(text)
        if len(pairs) > MOST_PARAMETERS:
            found = f"{len(pairs)} parameters"
            raise ScenarioError([Problem("link", found, f"at most {MOST_PARAMETERS} parameters")])
        times = Counter(name for name, _ in pairs)
        if not _speak(times):
            raise ScenarioError([Problem("link", "nothing in it", "a link to a scenario")])
        problems = [
            Problem(_called(name), f"this parameter {count} times", "once")
            for name, count in times.items()
            if count > 1 and _is_ours(name)
        ]
        values = {}
        for name, written in pairs:
            try:
                values[name] = unquote_plus(written, errors="strict")
            except UnicodeDecodeError:
                if _is_ours(name):
                    wrong = Problem(_called(name), "bytes that are not UTF-8", "text in UTF-8")
                    problems.append(wrong)
                else:
                    values[name] = ""
        return cls(values, tuple(problems))


def _pairs(text: str) -> list[tuple[str, str]]:
    """Names and values as they are written, without the page's own.

    No link holds a space, a line's end or a semicolon: what a mail program broke into lines, or
    took for HTML, is put together again, and what it took from the sentence around is left out: a
    link ends in a letter or digit.
    """
    whole = "".join(text.split()).replace("&amp;", "&").partition("#")[0].rstrip(_OF_SENTENCES)
    is_query = "=" in whole and not re.match(r"[^=&?]*(://|\?)", whole)
    written = whole if is_query else whole.partition("?")[2]
    parts = [one.partition("=") for one in written.split("&")]
    pairs = [(unquote_plus(name, errors="replace"), value) for name, _, value in parts]
    return [one for one in pairs if one[0] and one[0] not in PAGE_PARAMETERS]


def _speak(names: Iterable[str]) -> bool:
    return any(name in {_VERSION, _CHECK} for name in names)


def _is_ours(name: str) -> bool:
    known = any(name in table for table in _NAMES.values())
    return known or name in {_VERSION, _FROM, _CHECK} or name.startswith(_ASSUMPTION)


def _called(name: str) -> str:
    """A parameter's name on one line of bounded length, escaped where it is not ours."""
    plain = re.fullmatch(r"[a-z0-9_.]{1,60}", name)
    return name if plain else _shown(name)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _FOUND_LENGTH else text[: _FOUND_LENGTH - 1] + "…")


def _version(given: _Given, problems: list[Problem]) -> int:
    """The version of the format; the newest where that is not to be read."""
    text = given.values.get(_VERSION)
    allowed = str(SCHEMA_VERSION)
    if text is None or not re.fullmatch("[1-9][0-9]{0,5}", text):
        problems.append(Problem(_VERSION, "nothing" if text is None else _shown(text), allowed))
        return SCHEMA_VERSION
    if int(text) in _NAMES:
        return int(text)
    newer = int(text) > SCHEMA_VERSION
    why = "made by a newer version" if newer else "from before there were links"
    raise ScenarioError([Problem(_VERSION, f"{text}, {why}", allowed)])


def _start(given: _Given, version: int, problems: list[Problem]) -> _Preset | None:
    text = given.values.get(_FROM)
    found = _presets(version).get(text or "")
    if found is None:
        known = "nothing" if text is None else _shown(text)
        problems.append(Problem(_FROM, known, "a scenario that came with the simulator"))
    return found


def _filled(given: _Given, start: _Preset, version: int) -> Content:
    """The start's content with all that the link says, none of it checked yet."""
    content = copy.deepcopy(start.content)
    told = [
        (_assumption(name.removeprefix(_ASSUMPTION)), value)
        if name.startswith(_ASSUMPTION)
        else (_NAMES[version][name], value)
        for name, value in given.values.items()
        if name.startswith(_ASSUMPTION) or name in _NAMES[version]
    ]
    if any(one.place[0] == "results" for one, _ in told):
        content["results"] = copy.deepcopy(_NO_RESULTS[version])
    for one, value in told:
        _put(content, one.place, one.read(value))
    return content


def _renamed(problem: Problem, version: int) -> Problem:
    """A problem of a field as one of the parameter that the field is."""
    known = {
        **{one.place: one.name for one in _NAMES[version].values()},
        **{place: name for name, place in _PARTS_OF.items()},
        ("assumptions",): _ASSUMPTION.removesuffix("."),
    }
    parts = tuple(problem.field.split("."))
    for length in range(len(parts), 0, -1):
        if parts[:length] in known:
            name = ".".join((known[parts[:length]], *parts[length:]))
            return Problem(name, problem.found, problem.allowed)
    return problem


def _check(given: _Given, digest: str | None) -> list[Problem]:
    """What is wrong with the checksum; ``digest`` is what it should be, if that is known."""
    text = given.values.get(_CHECK, "")
    if text == digest:
        return []
    if len(text) < 8 and (digest or text).startswith(text):
        return [Problem(_CHECK, "a link that was cut", "the whole link")]
    if digest is None:
        return []
    return [
        Problem(_CHECK, "a link that was changed by hand or damaged", "the link as it was made")
    ]


def _strangers(given: _Given, version: int) -> Iterator[Problem]:
    """The parameters that no scenario has: in a damaged link, names that may be damaged."""
    strange = [name for name in given.values if name not in names(version)]
    strange = [name for name in strange if not name.startswith(_ASSUMPTION)]
    for place, name in enumerate(strange):
        near = difflib.get_close_matches(
            name[:_FOUND_LENGTH], names(version) if place < _MOST_GUESSES else (), n=1
        )
        allowed = f"{near[0]} (the nearest that exists)" if near else "a parameter of a link"
        yield Problem(_called(name), "an unknown parameter", allowed)
