"""The best plan, looked for piece by piece: each request goes on for a moment and says how far it
is, so that whoever moves a lever does not wait, and whoever stops asking stops it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from inspect import GEN_CLOSED, getgeneratorstate
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from simulator import engine, scenario
from simulator.errors import Problem, exact, value_text
from simulator.optimise import Infeasible, Limit, Move, Question, Study
from simulator.optimise.frontier import AGAINST, frontier
from simulator.optimise.ground import Ground, key_of
from simulator.scenario import Scenario, ScenarioError
from ui import refinement
from ui.bounded import Bounded, held
from ui.http.fair import GivenUp, Patience, pause
from ui.http.json_routes import (
    Reply,
    Request,
    ScenarioRequest,
    json_route,
    refused,
    reply,
    scenario_of,
)
from ui.routes.bootstrap import document
from ui.text import best as text

DRAWS = 512
_PATIENCE_S = 0.7
"""Seconds after which a request answers, once the piece at hand is done."""
_KEPT = 24
"""Studies, those that are under way and those that are done."""
_GROUNDS = 6
"""What questions begin with that differ in their limits alone; each some megabytes."""

_Path = Annotated[str, Field(max_length=100)]


class _Limit(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    subject: Annotated[str, Field(max_length=40)]
    at_most: bool
    amount: float
    month: int = 12
    chance: float = 0.9


class _BestRequest(Request):
    """A question about a scenario; the same one again to go on."""

    scenario: dict[str, Any]
    objective: Annotated[str, Field(max_length=40)] = "mean"
    target: float | None = None
    moves: Annotated[tuple[_Path, ...], Field(fail_fast=True, min_length=1, max_length=40)]
    limits: Annotated[tuple[_Limit, ...], Field(fail_fast=True, max_length=20)] = ()


class _FrontierRequest(_BestRequest):
    """The same question, and what value is given up for."""

    against: Annotated[str, Field(max_length=40)]


def _let_pass() -> None:
    """Within a piece: it is done to its end even if whoever asked has gone, since others may go on
    with the study."""
    with suppress(GivenUp):
        pause()


class _UnderWay:
    """A study, and who works on it."""

    def __init__(self, begin: Callable[[], Study]) -> None:
        self._begin = begin
        self.study = begin()
        self.lock = threading.Lock()
        self._pieces: Generator[None] = self.study.run()
        self._refusal: ScenarioError | None = None

    def go_on(self) -> None:
        """Do some of it."""
        with held(self.lock):
            if self._refusal is not None:
                raise self._refusal
            if getgeneratorstate(self._pieces) == GEN_CLOSED and not self.study.is_done:
                # What broke it off was said to whoever asked then; nothing comes of it any more.
                self.study = self._begin()
                self._pieces = self.study.run()
            began, had_answer = time.perf_counter(), self.study.answer is not None
            try:
                # A run within a piece lets others pass as the piece does.
                with engine.in_parts(_let_pass):
                    for _ in self._pieces:
                        pause()
                        if time.perf_counter() - began > _PATIENCE_S:
                            break
                        if self.study.answer and not had_answer:
                            break  # certified: shown at once
                self._hand_on()
            except ScenarioError as error:
                self._refusal = error
                raise

    def _hand_on(self) -> None:
        """Keep what the next question begins with, and nothing else once this one is answered."""
        ground = self.study.ground
        if ground is not None:
            _grounds.get(ground.key, lambda: ground)
        if self.study.is_done:
            self.study.ground = self.study.fine = None


_studies = Bounded[bytes, _UnderWay](_KEPT)
_grounds = Bounded[bytes, Ground](_GROUNDS)


@json_route("best-form", ScenarioRequest)
def best_form(request: ScenarioRequest) -> Reply:
    """What can be asked: see :func:`ui.text.best.form`."""
    return reply(text.form(scenario_of(request.scenario), request.spoken))


@json_route("best", _BestRequest, cost=0.7, patience=Patience.AT_REST)
def best(request: _BestRequest) -> Reply:
    """How far the search is: ``progress`` (0-1), ``best``: the best plan so far, or null; and, once
    it is certified, ``answer``: see :func:`ui.text.best.found` and :func:`ui.text.best.infeasible`.
    Plans nearly as good, and what would change it, are there once it ``is_done``: ask again until
    then."""
    under_way = _under_way(request)
    under_way.go_on()
    study, answer = under_way.study, under_way.study.answer
    currency = study.scenario.organisation.currency
    shown = None
    if isinstance(answer, Infeasible):
        shown = text.infeasible(answer, currency, request.spoken)
    elif answer is not None:
        headline = None if answer.in_stages else refinement.shown_value(study.scenario)
        shown = text.found(answer, document, study.scenario, request.spoken, headline)
    return reply(
        {
            "progress": 1.0 if study.is_done else min(study.done / study.total, 0.99),
            "is_done": study.is_done,
            "best": study.best and document(study.best),
            "answer": shown,
        }
    )


@json_route("best-frontier", _FrontierRequest, cost=2.0, patience=Patience.ALL)
def best_frontier(request: _FrontierRequest) -> Reply:
    """What more of something costs beside the best plan: see :func:`ui.text.best.frontier`. As long
    as that plan is not found yet (another process may have found it), ``points`` is null: ask
    again."""
    if request.against not in AGAINST:
        found = value_text(request.against)
        return refused([Problem("against", found, exact(", ".join(AGAINST)))], request.spoken)
    under_way = _under_way(request)
    study = under_way.study
    if study.answer is None:
        under_way.go_on()
    if study.answer is None:
        return reply({"label": "", "points": None})
    steps = () if isinstance(study.answer, Infeasible) else frontier(study, request.against, pause)
    currency = study.scenario.organisation.currency
    return reply(text.frontier(steps, request.against, document, currency, request.spoken))


def _under_way(request: _BestRequest) -> _UnderWay:
    """The study of a request. Raises ``ScenarioError`` for what is none."""
    plan = scenario_of(request.scenario)
    question = Question(
        request.objective,
        request.target,
        tuple(Move(path) for path in dict.fromkeys(request.moves)),
        tuple(Limit(**limit.model_dump()) for limit in request.limits),
    )
    question.check(plan)
    ground = _grounds.known(key_of(plan.without_results(), question, DRAWS))
    return _studies.get(
        _key(plan, question),
        lambda: _UnderWay(lambda: Study(plan, question, DRAWS, tick=_let_pass, ground=ground)),
    )


def _key(plan: Scenario, question: Question) -> bytes:
    """All that a study depends on, in short; its texts are the scenario's, which are adopted."""
    content = f"{scenario.dump(plan)}{question!r}"
    return hashlib.blake2b(content.encode(), digest_size=32).digest()
