"""What becomes of requests that nobody makes who means well."""

from __future__ import annotations

import json
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from simulator.library import Refused, archive_format
from simulator.library.archive import _checked
from tests.hostile.corpus import Case, case
from ui.http.json_routes import JsonRoute, Reply, reply
from ui.routes import analyses, compare, links, simulate

SLOW_S = 2.0
"""Of processor time, which two processors have in a second: nothing takes longer."""

ROUTES: dict[str, Callable[[bytes], Reply]] = {
    route.path: route
    for module in (analyses, compare, links, simulate)
    for route in vars(module).values()
    if isinstance(route, JsonRoute)
}


@dataclass
class Outcome:
    """What became of many of them."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By kind and status."""
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    """Seconds."""


def try_all(numbers: Iterable[int], progress: Callable[[int], None] = lambda _: None) -> Outcome:
    """Make the requests of these numbers."""
    outcome = Outcome()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for done, number in enumerate(numbers, 1):
            request = case(number)
            started = time.process_time()
            try:
                answer = _ask(request)
                outcome.statuses[request.kind, answer.status] += 1
                if fault := _fault(answer):
                    outcome.faults.append(f"{number} ({request.kind}, {request.route}): {fault}")
            except Exception:
                last = traceback.format_exc(limit=-3)
                outcome.faults.append(f"{number} ({request.kind}, {request.route}): {last}")
            spent = time.process_time() - started
            outcome.slowest = max(outcome.slowest, spent)
            if spent > SLOW_S:
                outcome.faults.append(
                    f"{number} ({request.kind}, {request.route}): took {spent:.2f} s"
                )
            progress(done)
    return outcome


def _ask(request: Case) -> Reply:
    if request.route == "import":
        try:
            _checked(archive_format.ArchiveReader(request.body), lambda done, total: None)
        except Refused as error:
            return reply({"problems": [str(problem) for problem in error.problems]}, 422)
        return reply({})
    route = ROUTES[request.route]
    if isinstance(route, JsonRoute) and len(request.body) > route.most_bytes:
        return reply({}, 413)
    return route(request.body)


def _fault(answer: Reply) -> str:
    """What is wrong with an answer, if anything is."""
    if answer.status not in {200, 413, 422}:
        return f"status {answer.status}"
    if answer.media_type == "application/json":
        try:
            json.loads(answer.body, parse_constant=_refuse)
        except ValueError as error:
            return f"no JSON: {error}"
    return ""


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
