"""The words of problems: templates, what is exact, and what is left untranslated."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel import Locale

from simulator import links, scenario
from simulator.errors import Message, exact
from simulator.i18n import extract
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.library import manifest
from simulator.model.register import REGISTER
from simulator.scenario import Problem, ResultsInput, Scenario, ScenarioError, stages
from ui.text.problems import in_language


@cache
def _sources() -> dict[str, ast.Module]:
    """The modules whose texts are shown, by their files."""
    files = (*extract.sources(), *extract.problem_sources())
    return {
        path.relative_to(extract.ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in files
        if path.suffix == ".py"
    }


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """The calls of a function in any module, each with where it stands."""
    for file, tree in _sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and extract.called(node) == name:
                yield f"{file}:{node.lineno}", node


@cache
def templates() -> frozenset[str]:
    """What problems are made of."""
    return frozenset(
        str(call.args[0].value)
        for _, call in calls("Message")
        if isinstance(call.args[0], ast.Constant)
    )


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
EXACT |= {*stages.LABELS}
"""Words that are the same in every language: they are words of the file."""


class Hidden(NullTranslations):
    """Puts blots in the place of the words of messages, and notes which these were."""

    def __init__(self) -> None:
        super().__init__()
        self.lookups: set[str] = set()

    def gettext(self, message: str) -> str:
        self.lookups.add(message)
        return "".join(
            re.sub(r"[^\W\d_]", "¤", words) + (f"{{{name}}}" if name else "")
            for words, name, _, _ in string.Formatter().parse(message)
        )


UNHEARD = Language("xx", Locale.parse("nl_NL"))


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


def problems_of(work: Callable[..., object], *arguments: object, **named: object) -> list[Problem]:
    try:
        work(*arguments, **named)
    except ScenarioError as error:
        return list(error.problems)
    return []
