"""Opening a link: everything that is wrong with it is told by parameter."""

from __future__ import annotations

import copy
import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_plus

from simulator import scenario as files
from simulator.errors import Message, Problem, ScenarioError, exact
from simulator.links.encode import check_of
from simulator.links.presets import Preset, presets_of, put_at
from simulator.links.values import ASSUMPTION, Content, assumption
from simulator.links.versions import (
    BASE,
    CHECK,
    FROM,
    HERE,
    NAMES,
    NO_RESULTS,
    OF_BASE,
    PAGE_PARAMETERS,
    PARTS_OF,
    VERSION,
    names,
)
from simulator.scenario import SCHEMA_VERSION, Scenario

MOST_READ = 400_000
"""Characters of a link that is read: more than the longest scenario needs."""
MOST_PARAMETERS = 500
"""Parameters of a link that is read: more than a scenario has."""
_FOUND_LENGTH = 60
_MOST_GUESSES = 10
_OF_SENTENCES = ".,;:!)>\"'"
_TEXTS = {"name", "story", "description", "notes", "author", "date"}
"""Names of ours that other programs use as well."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link opens."""

    scenario: Scenario
    preset: str | None
    """Name of the shipped scenario that it starts from; none if that has changed since."""
    base: Scenario
    """The scenario that it starts from, as it was when the link was made."""


def is_link(text: str) -> bool:
    """Whether ``text`` is meant as a link, whole or its query string; it may still be no good."""
    return re.match(r"https?://|(?:[^?]*\?)?(?:[^?]*&)?v=", text.strip()) is not None


def speaks(text: str) -> bool:
    """Whether an address or query string is meant to open a scenario, right or wrong.

    A link that was cut, damaged or shortened by hand has some name of ours left. Those of texts,
    such as ``date``, many a program adds to addresses too, and alone they mean nothing; nor does
    ``from``, unless it names something as scenarios are named, ``balanced-shift``.
    """
    return len(text) > MOST_READ or _speak(_pairs(text))


def decode(text: str) -> Link:
    """What a link opens: ``text`` is a whole address, or the query string of one.

    Parameters of the page (:data:`PAGE_PARAMETERS`) and of mail programs, which the scenario does
    not have, are passed over as long as the checksum holds.

    Raises:
        ScenarioError: with everything that is wrong, by parameter. Of a link of a version that is
            not read here only that is said.
    """
    parameters = _Parameters.read(text)
    if preset := _named_alone(parameters):
        shipped = files.parse(json.dumps(preset.content))
        return Link(shipped, preset.name, shipped)
    if not {VERSION, CHECK} & parameters.values.keys():
        raise ScenarioError([*parameters.problems, _fragment(parameters)])
    problems = list(parameters.problems)
    version = _version(parameters, problems)
    start = _start(parameters, version, problems)
    if start is None:
        problems += _check(parameters, None)
        raise ScenarioError(problems)
    content = _filled(start.content, parameters.values, version)
    origin, own_base = _origin(parameters, start, content, version, problems)
    scenario = _parsed(content, version, problems)
    of_base = own_base or (origin and origin.content)
    base = _parsed(of_base, version, problems, OF_BASE) if scenario and of_base else None
    if wrong := _check(parameters, check_of(content, own_base)):
        problems += (*wrong, *_strangers(parameters, version))
    if problems or scenario is None or base is None:
        raise ScenarioError(problems)
    return Link(scenario, origin.name if origin and origin.shipped else None, base)


def _named_alone(parameters: _Parameters) -> Preset | None:
    """The shipped scenario whose bare name is all that the link says."""
    if parameters.values.keys() != {FROM}:
        return None
    shipped = (preset for preset in presets_of(SCHEMA_VERSION).values() if preset.shipped)
    return next((preset for preset in shipped if preset.name == parameters.values[FROM]), None)


def _fragment(parameters: _Parameters) -> Problem:
    """What is wrong with a link that has neither its beginning nor its end."""
    if parameters.values.keys() == {FROM}:
        names = [preset.name for preset in presets_of(SCHEMA_VERSION).values() if preset.shipped]
        return Problem(FROM, _shown(parameters.values[FROM]), exact(", ".join(names)))
    return Problem("link", Message("a link that was cut"), Message("the whole link"))


def _parsed(
    content: Content, version: int, problems: list[Problem], prefix: str = ""
) -> Scenario | None:
    """The scenario with this content; what is wrong is added to ``problems``, by parameter."""
    try:
        return files.parse(json.dumps(content))
    except ScenarioError as error:
        for problem in error.problems:
            named = _renamed(problem, version)
            problems.append(Problem(prefix + named.field, named.found, named.allowed))
        return None


@dataclass(frozen=True, slots=True)
class _Parameters:
    """The parameters of a link, as they stand there."""

    values: Mapping[str, str]
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, text: str) -> _Parameters:
        """Raises ``ScenarioError`` for what is not even looked at."""
        if len(text) > MOST_READ:
            length = Message("a length of {count} characters", count=len(text))
            allowed = Message("at most {count} characters", count=MOST_READ)
            raise ScenarioError([Problem("link", length, allowed)])
        pairs = _pairs(text)
        if len(pairs) > MOST_PARAMETERS:
            count = Message("{count} parameters", count=len(pairs))
            allowed = Message("at most {count} parameters", count=MOST_PARAMETERS)
            raise ScenarioError([Problem("link", count, allowed)])
        counts = Counter(name for name, _ in pairs)
        if not _speak(pairs):
            allowed = Message("a link to a scenario")
            raise ScenarioError([Problem("link", Message("nothing in it"), allowed)])
        problems = [
            Problem(
                _called(name), Message("this parameter {count} times", count=times), Message("once")
            )
            for name, times in counts.items()
            if times > 1 and _is_ours(name)
        ]
        values = {}
        for name, written in pairs:
            try:
                values[name] = unquote_plus(written, errors="strict")
            except UnicodeDecodeError:
                if _is_ours(name):
                    not_text = Message("bytes that are not UTF-8")
                    problems.append(Problem(_called(name), not_text, Message("text in UTF-8")))
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
    parts = [part.partition("=") for part in written.split("&")]
    pairs = [(unquote_plus(name, errors="replace"), value) for name, _, value in parts]
    return [pair for pair in pairs if pair[0] and pair[0] not in PAGE_PARAMETERS]


def _speak(pairs: Iterable[tuple[str, str]]) -> bool:
    return any(
        "-" in value if name == FROM else _is_ours(name) and name not in _TEXTS
        for name, value in pairs
    )


def _is_ours(name: str) -> bool:
    name = name.removeprefix(OF_BASE)
    known = any(name in table for table in NAMES.values())
    return known or name in {VERSION, FROM, BASE, CHECK} or name.startswith(ASSUMPTION)


def _called(name: str) -> str:
    """A parameter's name on one line of bounded length, escaped where it is not ours."""
    plain = re.fullmatch(r"[a-z0-9_.]{1,60}", name)
    return name if plain else _shown(name)


def _shown(text: str) -> Message:
    return exact(repr(text if len(text) <= _FOUND_LENGTH else text[: _FOUND_LENGTH - 1] + "…"))


def _version(parameters: _Parameters, problems: list[Problem]) -> int:
    """The version of the format; the newest where that is not to be read."""
    text = parameters.values.get(VERSION)
    allowed = Message("{low} to {high}", low=min(NAMES), high=SCHEMA_VERSION)
    if text is None or not re.fullmatch("[1-9][0-9]{0,5}", text):
        written = Message("nothing") if text is None else _shown(text)
        problems.append(Problem(VERSION, written, allowed))
        return SCHEMA_VERSION
    if int(text) in NAMES:
        return int(text)
    if int(text) > SCHEMA_VERSION:
        why = Message("{version}, made by a newer version", version=text)
    else:
        why = Message("{version}, from before there were links", version=text)
    raise ScenarioError([Problem(VERSION, why, allowed)])


def _start(parameters: _Parameters, version: int, problems: list[Problem]) -> Preset | None:
    text = parameters.values.get(FROM)
    start = presets_of(version).get(text or "")
    if start is None:
        written = Message("nothing") if text is None else _shown(text)
        allowed = Message("a scenario that came with the simulator")
        problems.append(Problem(FROM, written, allowed))
    return start


def _filled(start: Content, values: Mapping[str, str], version: int) -> Content:
    """The start's content with all that ``values`` say by parameter, none of it checked yet."""
    content = copy.deepcopy(start)
    named = [
        (assumption(name.removeprefix(ASSUMPTION)), value)
        if name.startswith(ASSUMPTION)
        else (NAMES[version][name], value)
        for name, value in values.items()
        if name.startswith(ASSUMPTION) or name in NAMES[version]
    ]
    if any(parameter.place[0] == "results" for parameter, _ in named):
        content["results"] = copy.deepcopy(NO_RESULTS[version])
    for parameter, text in named:
        put_at(content, parameter.place, parameter.read(text))
    return content


def _origin(
    parameters: _Parameters,
    start: Preset,
    content: Content,
    version: int,
    problems: list[Problem],
) -> tuple[Preset | None, Content | None]:
    """What a link to ``content`` started from: a shipped scenario, if it is one, and its content
    if the link says so."""
    text = parameters.values.get(BASE)
    if text is None:
        return start, None
    if text == HERE:
        values = {
            name.removeprefix(OF_BASE): value
            for name, value in parameters.values.items()
            if name.startswith(OF_BASE)
        }
        return None, _filled({**content, "results": None}, values, version)
    preset = presets_of(version).get(text)
    if preset is None:
        allowed = Message("a scenario that came with the simulator")
        problems.append(Problem(BASE, _shown(text), allowed))
        return None, None
    return preset, preset.content


def _renamed(problem: Problem, version: int) -> Problem:
    """A problem of a field as one of the parameter that the field is."""
    known = {
        **{parameter.place: parameter.name for parameter in NAMES[version].values()},
        **{place: name for name, place in PARTS_OF.items()},
        ("assumptions",): ASSUMPTION.removesuffix("."),
    }
    parts = tuple(problem.field.split("."))
    for length in range(len(parts), 0, -1):
        if parts[:length] in known:
            name = ".".join((known[parts[:length]], *parts[length:]))
            return Problem(name, problem.found, problem.allowed)
    return problem


def _check(parameters: _Parameters, digest: str | None) -> list[Problem]:
    """What is wrong with the checksum; ``digest`` is what it should be, if that is known."""
    text = parameters.values.get(CHECK, "")
    if text == digest:
        return []
    if len(text) < 8 and (digest or text).startswith(text):
        return [Problem(CHECK, Message("a link that was cut"), Message("the whole link"))]
    if digest is None:
        return []
    changed = Message("a link that was changed by hand or damaged")
    return [Problem(CHECK, changed, Message("the link as it was made"))]


def _strangers(parameters: _Parameters, version: int) -> Iterator[Problem]:
    """The parameters that no scenario has: in a damaged link, names that may be damaged."""
    strange = [
        name
        for name in parameters.values
        if name.removeprefix(OF_BASE) not in (*names(version), BASE)
        and not name.removeprefix(OF_BASE).startswith(ASSUMPTION)
    ]
    for place, name in enumerate(strange):
        near = difflib.get_close_matches(
            name[:_FOUND_LENGTH], names(version) if place < _MOST_GUESSES else (), n=1
        )
        allowed = (
            Message("{key} (the nearest that exists)", key=near[0])
            if near
            else Message("a parameter of a link")
        )
        yield Problem(_called(name), Message("an unknown parameter"), allowed)
