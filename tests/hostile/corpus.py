"""Requests that nobody makes who means well, each from a number: the same number, the same request.

They begin as something sound, which is then bent: numbers at the edge of what a computer holds,
values of other kinds, lists without end, signs that are none, bytes lost and doubled, in files,
links, requests and archives.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from simulator import charts, scenario
from simulator.analyses import ANALYSES
from simulator.exports.translate import read_model
from simulator.model.register import REGISTER
from tests.golden import remake_links
from ui.routes import bootstrap

NUMBERS = (
    *(0, -0.0, 1, -1, 0.5, 2, 12, 120, 1e-9, 1e-160, 1e-310, 5e-324, -5e-324, 1e9, 1e12, 1e15),
    *(1e160, 1.7976931348623157e308, 2**31, 2**63, 2**64, 10**30, 10**400, -(10**400)),
)
TEXTS = (
    *("", " ", "\0", "\n", "a\nb\nc", "x" * 300, "x" * 30_000, "=1+1", "<script>", "../../etc"),
    *("\u202e", "\u200b", "\ufeff", "\ud800", "e\u0301", "\U0001f469\u200d\U0001f467"),
    *("NaN", "null", "1e999", "%00", "&v=2"),
)
KINDS: tuple[Any, ...] = (None, True, False, [], {}, [[]], {"": {}}, [0], {"low": 0})
_ANY: tuple[Any, ...] = (*NUMBERS, *TEXTS, *KINDS)
WORDS = (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"1e-999", b"9" * 5_000)
SIGNS = b'{}[],:"\\0e.- \n\x00\xff'

IMPORT = "library/import"
SHELF, ENTRY = "{the shelf}", "{the entry}"
"""Stand in requests for the keys of a library, which no number decides."""

_LOOKED_FOR = {
    "objective": "target",
    "target": 1e5,
    "moves": ["plan.training.share_moved"],
    "limits": [{"subject": "training", "at_most": False, "amount": 1e4, "month": 12}],
}
_NUMBERS_SHOWN = ("figure:roi", "figure:verdict", "part:margin", "outcome:trust")
_VARIABLES = [*read_model().variables]
_ANALYSES = [
    (name, {option.id: option.default for option in one.options})
    for name, one in ANALYSES.items()
    if one.page
]
_DOCUMENT = bootstrap.document(scenario.load_shipped("balanced-shift"))
_LINKS = [one["link"] for one in remake_links.read()["links"]]
_AT = "2026-11-22T10:00:00Z"


@dataclass(frozen=True, slots=True)
class Case:
    """One request."""

    kind: str
    route: str
    """Below the address of the board; an archive for :data:`IMPORT`."""
    body: bytes


def case(number: int) -> Case:
    """The request of this number."""
    chance = Random(number)
    kind = chance.choice([*KINDS_OF_CASES])
    return KINDS_OF_CASES[kind](chance, kind)


def sound(route: str, number: int = 0) -> dict[str, Any]:
    """What may well be asked there."""
    return _questions(Random(number))[route]()


def routes() -> set[str]:
    """All that are asked something."""
    return {*_questions(Random(0)), IMPORT}


# --- what is bent --------------------------------------------------------------------------------


def _plan(chance: Random) -> dict[str, Any]:
    plan = deepcopy(_DOCUMENT)
    for parameter in chance.sample(REGISTER, chance.choice((0, 0, 1, 5, len(REGISTER)))):
        ends = sorted(
            chance.choice((parameter.least, parameter.most, parameter.central)) for _ in range(3)
        )
        plan["assumptions"][parameter.id] = dict(zip(("low", "central", "high"), ends, strict=True))
    return plan


def _questions(chance: Random) -> Mapping[str, Callable[[], dict[str, Any]]]:
    """What makes a sound request for each route."""
    spoken = {"language": chance.choice(("en", "nl", "da"))}

    def plan(**more: Any) -> dict[str, Any]:
        return {"scenario": _plan(chance), **spoken, **more}

    def shown(**more: Any) -> dict[str, Any]:
        pin = {"name": "x", "slot": 1, "scenario": _plan(chance)}
        return plan(pins=[pin], charts=_charts(chance), **more)

    def several(**more: Any) -> dict[str, Any]:
        named = [{"name": "x", "scenario": _plan(chance)} for _ in range(chance.choice((2, 3)))]
        return {"scenarios": named, **spoken, **more}

    def kept(**more: Any) -> dict[str, Any]:
        single = plan(base=_DOCUMENT, **more)
        return several(**more) if chance.random() > 0.7 else single

    def analysis() -> dict[str, Any]:
        name, options = chance.choice(_ANALYSES)
        return plan(analysis=name, options=options)

    address, count = "http://localhost/", chance.choice((0, 1, 200))
    return {
        "answer": lambda: shown(
            moving=chance.random() < 0.5, reference=_plan(chance)["assumptions"]
        ),
        "settle": lambda: shown(step=chance.choice((0, 1, 16))),
        "chart-file": shown,
        "check": plan,
        "file": lambda: plan(base=_plan(chance)),
        "open": lambda: {"text": json.dumps(_plan(chance)), **spoken},
        "explain": lambda: plan(number=chance.choice(_NUMBERS_SHOWN)),
        "instruments": plan,
        "analysis": analysis,
        "best-form": plan,
        "best": lambda: plan(**_LOOKED_FOR),
        "best-frontier": lambda: plan(**_LOOKED_FOR, against="worst_tenth"),
        "model": plan,
        "equations": lambda: plan(names=chance.sample(_VARIABLES, count)),
        "validation": lambda: dict(spoken),
        "compare": several,
        "compare-rests": lambda: several(of=chance.choice(("pair", "best", "figure", "x"))),
        "compare-settle": lambda: several(step=chance.choice((0, 1, 16))),
        "compare-file": lambda: several(format="csv"),
        "link": lambda: plan(address=address),
        "link-set": lambda: several(address=address),
        "follow": lambda: {"query": chance.choice(_LINKS), **spoken},
        "follow-set": lambda: {"set": packed(_set(chance)), **spoken},
        **{f"library/{name}": make for name, make in _asked_of_library(plan, kept, spoken).items()},
    }


def _question(chance: Random) -> tuple[str, dict[str, Any]]:
    """A route, and a sound request for it."""
    route, make = chance.choice([*_questions(chance).items()])
    return route, make()


def _charts(chance: Random) -> list[str]:
    return chance.sample([*charts.CHARTS], chance.choice((1, 2)))


def _asked_of_library(
    plan: Callable[..., dict[str, Any]],
    kept: Callable[..., dict[str, Any]],
    spoken: dict[str, Any],
) -> Mapping[str, Callable[[], dict[str, Any]]]:
    """As of a library that has a shelf and an entry: see :data:`SHELF`."""
    label: dict[str, Any] = {"name": "x", "description": "y", "tags": ["a", "b"]}
    note = {"who": "x", "why": "y"}
    entry = {"key": ENTRY, **spoken}
    return {
        "shelf": lambda: {"key": SHELF, **spoken},
        "list": lambda: {"shelf": SHELF, "search": "x y", "tags": ["a"], "offset": 0, **spoken},
        "save": lambda: kept(shelf=SHELF, **label, **note),
        "update": lambda: plan(expected=1, key=ENTRY, **note),
        "describe": lambda: {**entry, **label, "was": label},
        "open": lambda: {**entry, "number": 1},
        "history": lambda: dict(entry),
        "restore": lambda: {**entry, **note, "number": 1, "expected": 1},
        "duplicate": lambda: {**entry, "shelf": SHELF, "name": "x", "who": "y"},
        "delete": lambda: dict(entry),
        "undelete": lambda: dict(entry),
        "export": lambda: {"shelf": SHELF, **spoken},
    }


def _set(chance: Random) -> dict[str, Any]:
    """What a link to a comparison holds."""
    letters = chance.sample("ABCDEFP", chance.choice((1, 2, 7)))
    values = (None, 0, -1.5e6)
    items = [[one, "x", chance.choice(_LINKS), chance.choice(values)] for one in letters]
    return {"model": "10.0.0", "items": items}


def packed(content: object) -> str:
    """As such a link has it."""
    text = content if isinstance(content, str) else json.dumps(content)
    raw = zlib.compress(text.encode(), 9)
    return f"1.{urlsafe_b64encode(raw).decode().rstrip('=')}"


def _bend(chance: Random, node: Any, values: Callable[[], Any], odds: float) -> Any:
    """``node`` with some of what is in it replaced, left out or added."""
    if isinstance(node, dict):
        bent = {}
        for key, value in node.items():
            if chance.random() < 0.02 * odds:
                continue
            bent[key] = _bend(chance, value, values, odds)
        if chance.random() < 0.02 * odds:
            bent[chance.choice(TEXTS)] = values()
        return bent
    if isinstance(node, list):
        return [_bend(chance, value, values, odds) for value in node]
    return values() if chance.random() < 0.05 * odds else node


def _values(chance: Random, kind: str, case_kind: str) -> Case:
    kinds = {"numbers": NUMBERS, "texts": TEXTS, "values": _ANY}
    route, question = _question(chance)
    bent = _bend(chance, question, lambda: chance.choice(kinds[kind]), chance.choice((0.3, 1, 5)))
    if chance.random() < 0.2 and "horizon_months" in (plan := bent.get("scenario") or {}):
        plan["horizon_months"] = 120
    return Case(case_kind, route, json.dumps(bent).encode())


def _bytes(chance: Random, body: bytes) -> bytes:
    """``body`` with some bytes lost, doubled or others."""
    damaged = bytearray(body)
    for _ in range(chance.choice((1, 1, 3, 20))):
        start = chance.randrange(len(damaged) + 1)
        end = start + chance.choice((0, 1, 1, 5, 500))
        patch = chance.choice((b"", *WORDS, bytes([chance.choice(SIGNS)]), damaged[start:end] * 2))
        damaged[start:end] = patch
    return bytes(damaged)


def _damaged(chance: Random, kind: str) -> Case:
    route, question = _question(chance)
    return Case(kind, route, _bytes(chance, json.dumps(question).encode()))


def _endless(chance: Random, kind: str) -> Case:
    """Many of something somewhere."""
    route, question = _question(chance)
    count = chance.choice((10, 1_000, 4_000, 60_000))
    many: Any = chance.choice(
        (
            [chance.choice(KINDS)] * count,
            {f"k{number}": 0 for number in range(count)},
            chance.choice(TEXTS) * min(count, 2_000),
        )
    )
    bent = _bend(chance, question, lambda: many, 0.5)
    bent[chance.choice([*question, "more"])] = many
    body = json.dumps(bent)
    if chance.random() < 0.2:
        deep = chance.choice((30, 150, 5_000))
        body = body.replace("0", chance.choice(("[", '{"a":')) * deep + "0", 1)
    return Case(kind, route, body.encode())


def _link(chance: Random, kind: str) -> Case:
    parts = chance.choice(_LINKS).split("&")
    for _ in range(chance.choice((0, 1, 3, 30))):
        place = chance.randrange(len(parts))
        name = parts[place].partition("=")[0]
        value = chance.choice((*map(str, NUMBERS), *TEXTS)).encode("utf-8", "replace").decode()
        parts[place] = chance.choice((f"{name}={value}", parts[place] * 2, "", f"{value}=1"))
    query = "&".join(parts)
    if chance.random() < 0.3:
        query = _bytes(chance, query.encode()).decode("utf-8", "replace")
    return Case(kind, "follow", json.dumps({"query": query}).encode())


def _damaged_set(chance: Random, kind: str) -> Case:
    """A link to a comparison, bent before it is packed."""
    content: Any = _bend(chance, _set(chance), lambda: chance.choice(_ANY), chance.choice((1, 5)))
    if chance.random() < 0.3:
        content = _bytes(chance, json.dumps(content).encode()).decode("utf-8", "replace")
    elif chance.random() < 0.1:
        content = chance.choice(("[", '{"a":', '{"model":"1","items":[')) * 20_000
    return Case(kind, "follow-set", json.dumps({"set": packed(content)}).encode())


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _archive(chance: Random, kind: str) -> Case:
    version: dict[str, Any] = {
        "at": _AT,
        "who": "",
        "why": "",
        "file": "scenarios/000001/0001.json",
    }
    content: dict[str, Any] = _plan(chance)
    if chance.random() < 0.3:
        plans = [{"letter": one, "value": 1, "scenario": _plan(chance)} for one in "AP"]
        content = {"set_version": 1, "model_version": "2.0.0", "scenarios": plans}
        version["scenarios"] = 2
        if chance.random() < 0.5:
            content = _bend(chance, content, lambda: chance.choice(_ANY), 1)
    times = {"created": _AT, "changed": _AT}
    uid = "01234567-89ab-cdef-0123-456789abcdef"
    entry = {"uid": uid, "name": "x", "description": "", "tags": ["a"], **times}
    count = chance.choice((1, 1, 1, 1, 2, 2, 2, 50_000))
    first = {**entry, "versions": [version]}
    manifest: Any = {"format": "budget-shift-library", "format_version": 2, "entries": [first]}
    if count < 3:
        manifest["entries"] *= count
        manifest = _bend(chance, manifest, lambda: chance.choice(_ANY), 3)
    written = json.dumps(manifest).encode()
    if count > 3:  # encoding them one by one takes most of a second
        item = json.dumps(first).encode()
        written = written.replace(item, b",".join([item] * count))
    file_text = json.dumps(content).encode()
    if chance.random() < 0.3:
        written = _bytes(chance, written)
    if chance.random() < 0.3:
        file_text = _bytes(chance, file_text) + b" " * chance.choice((0, 300_000))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        # By infos of their own, which have no time of day: a number is always the same request.
        file.writestr(_entry("manifest.json"), written)
        name = chance.choice((version["file"], "../x", "scenarios/x"))
        file.writestr(_entry(name), file_text)
    body = target.getvalue()
    return Case(kind, IMPORT, _bytes(chance, body) if chance.random() < 0.3 else body)


KINDS_OF_CASES: Mapping[str, Callable[[Random, str], Case]] = {
    "numbers": lambda chance, kind: _values(chance, "numbers", kind),
    "texts": lambda chance, kind: _values(chance, "texts", kind),
    "values of any kind": lambda chance, kind: _values(chance, "values", kind),
    "damaged bytes": _damaged,
    "without end": _endless,
    "links": _link,
    "links to comparisons": _damaged_set,
    "archives": _archive,
}
"""By what is wrong with them."""
