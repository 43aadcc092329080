"""What all routes of the board have in common: from the body of a request to that of a reply.

A route is a function of its checked request; :func:`json_route` does the rest, errors included::

    @json_route("check", ScenarioRequest)
    def check(request: ScenarioRequest) -> Reply:
        scenario_of(request.scenario)
        return reply({"problems": []})
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from simulator import json_guard, scenario
from simulator.errors import Message, exact, value_text
from simulator.i18n import nouns
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.model.register import REGISTER
from simulator.scenario import Problem, Scenario, ScenarioError
from ui.http.fair import Patience
from ui.text.problems import in_language

MOST_BYTES = 400_000
"""Of a request, unless its route says otherwise: it holds a plan and the pinned ones."""
MOST_VALUES = 10_000
"""In the JSON of a request: some six scenarios, each with far more than any has."""
CSV = "text/csv; charset=utf-8"
"""Media type of a table."""
MOST_PROBLEMS = 30
"""More are only counted: nobody reads them in a dialog."""


def _spoken(code: str) -> str:
    if code not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise PydanticCustomError("language", "Input should be one of {known}", {"known": known})
    return code


LanguageCode = Annotated[str, AfterValidator(_spoken)]
"""A language that the app speaks."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, ready to be sent."""

    body: bytes
    """JSON, or what ``media_type`` says."""
    status: int = 200
    """200; 422 where the request cannot be used: then the body holds ``problems``."""
    timing: str = ""
    """Where the time went, in milliseconds, as the header ``Server-Timing`` takes it."""
    media_type: str = "application/json"


def _called(document: Mapping[str, Any]) -> str:
    """What a scenario that nobody has checked yet calls its customers."""
    organisation = document.get("organisation")
    called = organisation.get("customers_called") if isinstance(organisation, dict) else None
    return called if isinstance(called, str) else nouns.CUSTOMERS


class Request(BaseModel):
    """What a route is asked: checked strictly, since anyone can send anything."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    language: LanguageCode = ENGLISH.code

    @property
    def spoken(self) -> Language:
        """The language to answer in, with what the organisations asked about call their
        customers."""
        return LANGUAGES[self.language].calling(nouns.shared(map(_called, self._documents())))

    def _documents(self) -> Iterable[dict[str, Any]]:
        """The scenarios that are asked about, unchecked."""
        document = getattr(self, "scenario", None)
        return [document] if isinstance(document, dict) else []


class ScenarioRequest(Request):
    """A scenario document, and the one that it started from."""

    scenario: dict[str, Any]
    base: dict[str, Any] | None = None


RequestModel = TypeVar("RequestModel", bound=Request)


class Weight(NamedTuple):
    """What a request is in :mod:`ui.http.fair`."""

    cost: float
    """Seconds of work, about."""
    patience: Patience = Patience.NONE


Weigh = Callable[[bytes], Weight]
"""The weight of a request, by the looks of its body: it has not been read."""

_USUAL_BYTES = 5_000
"""Of a request: it holds a plan, and what it started from."""


def by_size(cost: float, patience: Patience = Patience.NONE) -> Weigh:
    """So many seconds for a usual body; a larger one takes more."""
    return lambda body: Weight(cost * max(len(body) / _USUAL_BYTES, 1.0), patience)


@dataclass(frozen=True, slots=True)
class JsonRoute:
    """A route that a request in JSON is posted to; :func:`ui.routes.table` finds it."""

    path: str
    """Below the address of the board."""
    work: Callable[[bytes], Reply]
    """From the body of the request to the reply."""
    most_bytes: int
    """Of the body."""
    weigh: Weigh
    """What becomes of a request in :mod:`ui.http.fair`."""

    def __call__(self, body: bytes) -> Reply:
        """Reply to the body of a request."""
        return self.work(body)


def json_route(
    path: str,
    kind: type[RequestModel],
    *,
    status: int = 422,
    most_bytes: int = MOST_BYTES,
    cost: float = 0.03,
    patience: Patience = Patience.NONE,
    weigh: Weigh | None = None,
) -> Callable[[Callable[[RequestModel], Reply]], JsonRoute]:
    """Declare a function of a request of this ``kind`` as the route at ``path``: nothing else is
    needed for the page to ask it. ``status`` is as in :func:`takes`; ``cost`` is roughly how many
    seconds it takes to work out, by which it waits its turn, and ``patience`` how long it can be
    put off (see :mod:`ui.http.fair`), unless ``weigh`` says both."""

    def declare(work: Callable[[RequestModel], Reply]) -> JsonRoute:
        checked = takes(kind, status=status)(work)
        return JsonRoute(path, checked, most_bytes, weigh or by_size(cost, patience))

    return declare


def takes(
    kind: type[RequestModel], *, status: int = 422
) -> Callable[[Callable[[RequestModel], Reply]], Callable[[bytes], Reply]]:
    """Turn a function of a request of this ``kind`` into one of the body of a request.

    A request that is not of that kind is answered 422, in English: only a developer sees it. What
    is wrong with a scenario in it is told in the language asked for, with ``status``: 200 where a
    scenario with problems is no failure of the route.
    """

    def route(work: Callable[[RequestModel], Reply]) -> Callable[[bytes], Reply]:
        @wraps(work)
        def handle(body: bytes) -> Reply:
            if problem := json_guard.too_many_values(body, "request", MOST_VALUES):
                return refused([problem])
            try:
                request = kind.model_validate_json(body)
            except ValidationError as error:
                return _unusable(error)
            try:
                return work(request)
            except ScenarioError as error:
                return reply({"problems": problem_texts(error, request.spoken)}, status)

        return handle

    return route


def encoded(content: object) -> bytes:
    """``content`` as compact JSON. Raises ``ValueError`` for numbers that JSON does not have."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def csv_bytes(table: str) -> bytes:
    """A table as spreadsheets take it: without the mark they would take it for their own old
    encoding."""
    return table.encode("utf-8-sig")


def reply(content: object, status: int = 200, timing: object = "") -> Reply:
    """An answer in JSON."""
    return Reply(encoded(content), status, str(timing))


def refused(problems: Sequence[Problem], language: Language = ENGLISH, more: int = 0) -> Reply:
    """The answer to a request that cannot be used."""
    return reply({"problems": listed(problems, language, more)}, 422)


def listed(
    problems: Sequence[Problem], language: Language = ENGLISH, more: int = 0
) -> list[dict[str, str]]:
    """The first problems, and one that counts the others, of which ``more`` are not in there."""
    first = [in_language(problem, language) for problem in problems[:MOST_PROBLEMS]]
    if more := more + len(problems) - len(first):
        counted = language.ngettext("{number} more problem", "{number} more problems", more)
        first.append({"field": "…", "found": counted, "allowed": language.gettext("none at all")})
    return first


def problem_texts(error: ScenarioError, language: Language) -> list[dict[str, str]]:
    """What is wrong with a scenario, for people."""
    return listed(error.problems, language, error.more)


def _unusable(error: ValidationError) -> Reply:
    details = error.errors(include_url=False, include_input=False, include_context=False)
    return refused(
        [
            Problem(
                ".".join(map(str, detail["loc"]))[:200] or "request",
                exact(detail["type"]),
                exact(detail["msg"]),
            )
            for detail in details[:MOST_PROBLEMS]
        ],
        more=max(len(details) - MOST_PROBLEMS, 0),
    )


def scenario_of(document: Mapping[str, Any]) -> Scenario:
    """The scenario in a document. Raises ``ScenarioError``, with everything that is wrong."""
    refuse_too_many(document.get("assumptions"))
    return scenario.parse(json.dumps(document))


def refuse_too_many(assumptions: object) -> None:
    """Raise ``ScenarioError`` for more overrides than there are assumptions, unread."""
    if isinstance(assumptions, Mapping) and len(assumptions) > len(REGISTER):
        allowed = Message("the ids of the register of assumptions")
        raise ScenarioError([Problem("assumptions", value_text(assumptions), allowed)])
