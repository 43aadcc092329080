"""What the board asks, answered: pure functions from the body of a request to that of a reply."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from simulator import dropping, scenario
from simulator.outcomes import OUTCOMES
from simulator.parameters import REGISTER
from simulator.scenario import Problem, Scenario, ScenarioError
from ui import charts, levers, palette, results, sentence, words
from ui.board import start
from ui.language import ENGLISH, LANGUAGES, N_, Language
from ui.problems import said

MOST_PINS = 4
MOST_PROBLEMS = 30
"""More are only counted: nobody reads them in a dialog."""
DEFAULT_CHARTS = ("cumulative_value", "customers")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, ready to be sent."""

    body: bytes
    """JSON."""
    status: int
    """200; 422 where the request cannot be used: then the body holds ``problems``."""
    timing: str
    """Where the time went, in milliseconds, as the header ``Server-Timing`` takes it."""


# --- requests ------------------------------------------------------------------------------------


class _Request(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    language: Literal["en", "nl", "da"] = "en"

    @property
    def spoken(self) -> Language:
        """The language to answer in."""
        return LANGUAGES[self.language]


class _Pin(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=words.LONGEST_NAME)]
    slot: Annotated[int, Field(ge=1, le=MOST_PINS)]
    hidden: bool = False
    """Not drawn."""
    scenario: dict[str, Any]


class _Show(_Request):
    scenario: dict[str, Any]
    theme: Literal["light", "dark"] = "light"
    font: Annotated[int, Field(ge=8, le=80)] = 14
    """Size of text in charts, pixels."""
    reference: dict[str, Any] | None = None
    """The assumptions before they were changed; of the same form as a scenario's."""
    charts: Annotated[list[str], Field(min_length=1, max_length=2)] = list(DEFAULT_CHARTS)
    pins: Annotated[list[_Pin], Field(max_length=MOST_PINS)] = []
    layouts: Annotated[list[str | None], Field(max_length=2)] = []
    """Keys of the layouts that the browser has, by chart."""


class _Whole(_Request):
    scenario: dict[str, Any]
    base: dict[str, Any] | None = None


class _Text(_Request):
    text: Annotated[str, Field(max_length=scenario.MAX_BYTES)]
    name: Annotated[str, Field(max_length=300)] = "scenario"


class _Clock:
    """Measures the parts of the work."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """What is done inside belongs to the part ``name``."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self._parts.append(f"{name};dur={1000 * (time.perf_counter() - begin):.2f}")

    def __str__(self) -> str:
        return ", ".join(self._parts)


def _reply(content: object, status: int = 200, timing: object = "") -> Reply:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Reply(text.encode(), status, str(timing))


def _listed(
    problems: Sequence[Problem], language: Language = ENGLISH, more: int = 0
) -> list[dict[str, str]]:
    """The first problems, and one that counts the others, of which ``more`` are not in there."""
    listed = [said(one, language) for one in problems[:MOST_PROBLEMS]]
    if more := more + len(problems) - len(listed):
        counted = language.ngettext("{number} more problem", "{number} more problems", more)
        listed.append({"field": "…", "found": counted, "allowed": language.gettext("none at all")})
    return listed


def _told(error: ScenarioError, language: Language) -> list[dict[str, str]]:
    return _listed(error.problems, language, error.more)


def _refused(problems: list[dict[str, str]]) -> Reply:
    return _reply({"problems": problems}, 422)


def _unusable(error: ValidationError) -> Reply:
    """The request itself is not what the board sends: said in English, to developers."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    problems = [
        Problem(".".join(map(str, one["loc"]))[:200] or "request", one["type"], one["msg"])
        for one in found[:MOST_PROBLEMS]
    ]
    return _refused(_listed(problems, more=len(found) - len(problems)))


def _scenario(document: Mapping[str, Any]) -> Scenario:
    if (wrong := _too_many(document.get("assumptions"))) is not None:
        raise ScenarioError([wrong])
    return scenario.parse(json.dumps(document))


def _too_many(assumptions: object) -> Problem | None:
    """Why assumptions are refused before each of them is looked at, if they are."""
    if not isinstance(assumptions, Mapping) or len(assumptions) <= len(REGISTER):
        return None
    found = f"an object of {len(assumptions)} fields"
    return Problem("assumptions", found, "the ids of the register of assumptions")


# --- the answer to a move ------------------------------------------------------------------------


def answer(body: bytes) -> Reply:
    """All that the Simulate page shows of a scenario; ``body`` is JSON as :class:`_Show`."""
    clock = _Clock()
    try:
        with clock.part("read"):
            asked = _Show.model_validate(from_json(body))
            plan = _scenario(asked.scenario)
            pins = [(one, _scenario(one.scenario)) for one in asked.pins]
            before = _before(plan, asked.reference)
    except ValidationError as error:
        return _unusable(error)
    except ScenarioError as error:
        return _refused(_told(error, asked.spoken))
    except ValueError as error:
        return _refused(_listed([Problem("request", str(error), "JSON")]))
    wanted = [name for name in asked.charts if name in OUTCOMES]
    if unknown := [one for one in asked.charts if one not in (*OUTCOMES, charts.MONEY_FLOW)]:
        allowed = ", ".join((*OUTCOMES, charts.MONEY_FLOW))
        return _refused(_listed([Problem("charts", unknown[0][:200], allowed)]))
    shown = (*wanted, *charts.MULTIPLES)
    with clock.part("simulate"):
        found = results.results(plan, shown)
    with clock.part("compare"):
        pinned = [
            _Pinned(one, results.results(other, shown), _differs(other, plan))
            for one, other in pins
        ]
        old = results.results(before, shown) if before else None
    with clock.part("words"):
        content = _said(asked, plan, found, before, shown, pinned)
    with clock.part("draw"):
        content |= _drawn(asked, plan, found, old, pinned)
    with clock.part("write"):
        reply = _reply(content)
    return Reply(reply.body, reply.status, str(clock))


Differs = Literal["organisation", "assumptions"]

_NOTES: Mapping[Differs, str] = {
    "organisation": N_("other organisation"),
    "assumptions": N_("other assumptions"),
}


@dataclass(frozen=True, slots=True)
class _Pinned:
    """A pinned plan and what it comes to."""

    pin: _Pin
    found: results.Results
    differs: Differs | None
    """What else than the plan is another one; the first of both that is."""


def _differs(one: Scenario, other: Scenario) -> Differs | None:
    """What is not the same around two plans, so that comparing them compares more than plans."""

    def around(given: Scenario) -> tuple[object, ...]:
        return (
            given.organisation_quantities(),
            given.organisation.currency,
            given.horizon_months,
            given.seed,
        )

    if around(one) != around(other):
        return "organisation"
    return "assumptions" if one.ranges() != other.ranges() else None


def _before(plan: Scenario, reference: Mapping[str, Any] | None) -> Scenario | None:
    """The plan in the world before assumptions were changed, if they were."""
    if reference is None:
        return None
    if (wrong := _too_many(reference)) is not None:
        raise ScenarioError([wrong])
    before = plan.changed(assumptions=dict(reference))
    return before if before.ranges() != plan.ranges() else None


def _said(
    asked: _Show,
    plan: Scenario,
    found: results.Results,
    before: Scenario | None,
    shown: tuple[str, ...],
    pinned: list[_Pinned],
) -> dict[str, Any]:
    """What is said in words."""
    language, currency = asked.spoken, found.currency
    too_late = levers.starts_too_late(plan)
    strip = words.headline(
        found.headline, currency, found.horizon_months, language, too_late=too_late
    )
    return {
        "headline": asdict(strip),
        "sentence": sentence.sentence(
            found.parts, found.headline, currency, language, too_late=too_late
        ),
        "basis": words.rests_on(len(plan.assumptions), language),
        "pins": [
            {
                "name": one.pin.name,
                "slot": one.pin.slot,
                "value": language.money(
                    one.found.headline.net_present_value.central, one.found.currency, sign=True
                ),
                "differs": one.differs,
                "note": language.gettext(_NOTES[one.differs]) if one.differs else "",
            }
            for one in pinned
        ],
        "world": sentence.whose_doing(results.split(plan, before, shown).value, currency, language)
        if before
        else None,
    }


def _drawn(
    asked: _Show,
    plan: Scenario,
    found: results.Results,
    old: results.Results | None,
    pinned: list[_Pinned],
) -> dict[str, Any]:
    """What is drawn."""
    language, colours = asked.spoken, palette.PALETTES[asked.theme]

    shown = charts.Shown(
        results=found,
        pins=tuple(
            charts.Pin(one.pin.name, one.found, one.pin.slot - 1)
            for one in pinned
            # What another organisation comes to belongs on no common axis.
            if not one.pin.hidden and one.differs != "organisation"
        ),
        old_baseline={name: band[1] for name, band in old.baseline.items()} if old else {},
    )
    drawn = []
    for index, name in enumerate(asked.charts):
        if name == charts.MONEY_FLOW:
            figure = charts.sankey(plan, language, colours, asked.font)
        else:
            figure = charts.figure(name, shown, language, colours, asked.font)
        known = index < len(asked.layouts) and asked.layouts[index] == figure.key
        drawn.append(
            {
                "id": name,
                "key": figure.key,
                "title": figure.title,
                "unit": figure.unit,
                "alt": figure.alt,
                "data": figure.data,
                "layout": None if known else figure.layout,
            }
        )
    return {
        "charts": drawn,
        "multiples": [charts.multiple(one, shown, language) for one in charts.MULTIPLES],
    }


# --- files and the rest --------------------------------------------------------------------------


def opened(body: bytes) -> Reply:
    """A scenario file that was opened: ``doc``, or ``problems``; ``body`` as :class:`_Text`."""
    try:
        asked = _Text.model_validate_json(body)
        found = scenario.parse(asked.text, asked.name)
    except ValidationError as error:
        return _unusable(error)
    except ScenarioError as error:
        return _reply({"problems": _told(error, asked.spoken)})
    return _reply({"doc": start.document(found)})


def file(body: bytes) -> Reply:
    """A scenario as a file: its name and text; ``body`` is JSON as :class:`_Whole`.

    A plan that is no longer ``base``'s does not go by its name.
    """
    try:
        asked = _Whole.model_validate_json(body)
        plan = _scenario(asked.scenario)
        if asked.base is not None and plan != _scenario(asked.base):
            plan = plan.changed(name=words.changed_name(plan.name, asked.spoken))
    except ValidationError as error:
        return _unusable(error)
    except ScenarioError as error:
        return _refused(_told(error, asked.spoken))
    return _reply({"name": words.file_name(plan.name), "text": scenario.dump(plan)})


def check(body: bytes) -> Reply:
    """Whether a scenario can be simulated: ``problems``, empty if so; as :class:`_Whole`."""
    try:
        asked = _Whole.model_validate_json(body)
        _scenario(asked.scenario)
    except ValidationError as error:
        return _unusable(error)
    except ScenarioError as error:
        return _reply({"problems": _told(error, asked.spoken)})
    return _reply({"problems": []})


def instruments(body: bytes) -> Reply:
    """What dropping each instrument would do, as a table; ``body`` is JSON as :class:`_Whole`."""
    try:
        asked = _Whole.model_validate_json(body)
        plan = _scenario(asked.scenario)
    except ValidationError as error:
        return _unusable(error)
    except ScenarioError as error:
        return _refused(_told(error, asked.spoken))
    language, currency = asked.spoken, plan.organisation.currency
    rows = [
        asdict(words.dropped(name, one, currency, language))
        for name, one in dropping.instruments(plan).items()
    ]
    return _reply({"headings": asdict(words.dropping_headings(language)), "rows": rows})


def warm() -> None:
    """Answer once for every language, so that the first visitor finds all in place."""
    for language in LANGUAGES.values():
        first = start.start(language)
        preset = next(one for one in first["presets"] if one["id"] == first["default"])
        answer(_reply({"language": language.code, "scenario": preset["doc"]}).body)
