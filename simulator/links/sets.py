"""A compared set as one parameter of an address, and back.

``set=1.`` and, in the letters that addresses are made of, the packed JSON of all scenarios: the
letter and the name that each goes by, its own link (:mod:`simulator.links`), with what its plan
started from, and what it came to; and what was asked, with the answer. Packing spares what the
links have in common, which is most of them.

**For ever**, as links are: a new form gets another number. ``asked``, and ``started``, the letters
of those whose link says what their plan started from, came later: readers of the form that do not
know them pass them over.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, replace
from typing import Any

from simulator.errors import Message
from simulator.links.decode import decode as scenario_in
from simulator.links.encode import encode as link_to
from simulator.scenario import Problem, ScenarioError, json_text
from simulator.scenario.sets import (
    Asked,
    Item,
    ScenarioSet,
    is_letter,
    is_model,
    is_name,
    is_question,
    is_value,
)

PARAMETER = "set"
"""Of an address."""
_FORM = "1."
_MOST_UNPACKED = 100_000
"""Bytes: more is no set that this has packed."""


def encode(shared: ScenarioSet) -> str:
    """The value of the parameter ``set``: letters, digits and ``._-``."""
    content: dict[str, Any] = {
        "model": shared.model_version,
        "items": [
            [
                item.letter,
                item.name,
                link_to(item.scenario.changed(results=None), base=item.start),
                None if item.value is None else float(f"{item.value:.6g}"),
            ]
            for item in shared.items
        ],
    }
    if started := "".join(item.letter for item in shared.items if item.start):
        content["started"] = started
    if shared.asked:
        content["asked"] = asdict(shared.asked)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode(), 9)
    return _FORM + urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str, most: int) -> ScenarioSet:
    """What such a value holds, ``most`` scenarios at most. Raises ``ScenarioError`` with what is
    wrong: with the set, or, by its letter, with a scenario of it."""
    if not text.startswith(_FORM):
        newer = Message("made by another version")
        raise ScenarioError([Problem(PARAMETER, newer, Message("the link as it was made"))])
    content = _unpacked(text.removeprefix(_FORM))
    items, problems = [], []
    for row in content["items"][:most]:
        letter, name, query, value = row
        try:
            link = scenario_in(query)
            start = link.base if letter in content.get("started", "") else None
            items.append(Item(letter, name, link.scenario, value, start))
        except ScenarioError as error:
            problems += [
                replace(problem, field=f"{letter}: {problem.field}") for problem in error.problems
            ]
    if problems:
        raise ScenarioError(problems)
    asked = content.get("asked")
    letters = [item.letter for item in items]
    known = Asked(**asked) if isinstance(asked, dict) and is_question(asked, letters) else None
    return ScenarioSet(tuple(items), content["model"], known)


def _unpacked(text: str) -> dict[str, Any]:
    """The content, in the form that :func:`encode` gives it."""
    cut = Message("a link that was cut")
    damaged = ScenarioError([Problem(PARAMETER, cut, Message("the whole link"))])
    try:
        unpacker = zlib.decompressobj()
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        content = json_text.read(unpacker.decompress(raw, _MOST_UNPACKED), PARAMETER, [])
    except (ValueError, zlib.error) as error:  # JSON, UTF-8 and base64 alike
        raise damaged from error
    if not (unpacker.eof and isinstance(content, dict) and _has_form(content)):
        raise damaged
    return content


def _has_form(content: dict[str, Any]) -> bool:
    match content:
        case {"model": str(model), "items": [_, *_] as items}:
            started = content.get("started", "")
            letters = [row[0] for row in items if isinstance(row, list) and row]
            has_rows = all(map(_is_row, items)) and len({*letters}) == len(items)
            return has_rows and is_model(model) and isinstance(started, str)
    return False


def _is_row(row: object) -> bool:
    match row:
        case [letter, name, str(), value]:
            return is_letter(letter) and is_name(name) and is_value(value)
    return False


__all__ = ["PARAMETER", "decode", "encode"]
