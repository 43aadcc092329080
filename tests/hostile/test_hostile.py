"""A small part of what ``python -m tests.hostile --count 100000`` tries."""

from __future__ import annotations

import json

import pytest

from tests.hostile import corpus
from tests.hostile.trial import LONG_S, asked, try_all
from ui import routes


@pytest.mark.parametrize(
    "numbers", [range(20), pytest.param(range(20, 150), marks=pytest.mark.slow)], ids=str
)
def test_hostile_requests_are_answered(numbers: range) -> None:
    outcome = try_all(numbers)
    assert outcome.faults == []
    kinds = {kind for kind, _ in outcome.statuses}
    assert kinds == set(corpus.KINDS_OF_CASES)
    # Some of them are sound, or nothing is tried beyond the first check.
    assert {status for _, status in outcome.statuses} >= {200, 422}


def test_the_same_number_is_the_same_request() -> None:
    assert [corpus.case(number) for number in range(20)] == [
        corpus.case(number) for number in range(20)
    ]


def test_every_route_is_tried_and_answers_what_is_sound() -> None:
    posted_to = {route.path for route in routes.table() if "POST" in (route.methods or ())}
    assert {f"{routes.BOARD}{path}" for path in corpus.routes()} == posted_to
    with asked() as ask:
        for route in (route for route in ask if route not in LONG_S):
            answer = ask[route](json.dumps(corpus.sound(route)).encode())
            assert answer.status == 200, (route, answer.body[:300])
