"""Work that is watched: what it tells, and that it ends when nobody waits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from starlette.requests import Request
from starlette.types import Message

from ui.http import watched
from ui.http.fair import FairShare, Patience
from ui.http.json_routes import Reply, by_size, refused, reply

STEPS = 40


class Exchange:
    """A request to a route with this work, and what is sent for it."""

    def __init__(self, work: Callable[[bytes], Reply], *, takes_lines: bool = True) -> None:
        self.sent: list[Message] = []
        self.left = anyio.Event()
        self._endpoint = watched.watched(work, FairShare(2), by_size(0.3, Patience.ALL))
        accept = watched.LINES if takes_lines else "*/*"
        self._scope = {
            "type": "http",
            "method": "POST",
            "path": "/",
            "query_string": b"",
            "client": ("127.0.0.1", 1),
            "headers": [(b"accept", accept.encode()), (b"content-length", b"2")],
        }
        self._asked = False

    async def answer(self) -> None:
        request = Request(self._scope, self._receive)
        response = await self._endpoint(request)
        await response(self._scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"{}", "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def lines(self) -> list[Any]:
        body = b"".join(message["body"] for message in self.sent[1:])
        return [json.loads(line) for line in body.splitlines()]


def slow(body: bytes) -> Reply:
    for step in range(1, STEPS + 1):
        time.sleep(0.02)
        watched.heard(step, STEPS)
        if step == STEPS // 2:
            watched.show_rough({"rows": 1})
    return reply({"rows": 2})


def test_long_work_tells_how_far_it_is_and_a_first_picture() -> None:
    exchange = Exchange(slow)
    anyio.run(exchange.answer)
    *told, answer = exchange.lines
    shares = [line["done"] for line in told if "done" in line]
    assert len(shares) > 2 and shares == sorted(shares) and 0.0 < shares[-1] <= 1.0
    assert [line["rough"] for line in told if "rough" in line] == [{"rows": 1}]
    assert answer == {"rows": 2}


@pytest.mark.parametrize("takes_lines", [True, False])
def test_what_is_done_at_once_or_not_watched_is_one_answer(takes_lines: bool) -> None:
    exchange = Exchange((lambda _: reply({"rows": 3})) if takes_lines else slow)
    exchange = exchange if takes_lines else Exchange(slow, takes_lines=False)
    anyio.run(exchange.answer)
    assert exchange.status == 200
    assert exchange.lines == [{"rows": 3 if takes_lines else 2}]
    assert dict(exchange.sent[0]["headers"])[b"content-type"] == b"application/json"


def test_a_refusal_keeps_its_status() -> None:
    exchange = Exchange(lambda _: refused([]))
    anyio.run(exchange.answer)
    assert exchange.status == 422 and exchange.lines == [{"problems": []}]


def test_the_work_ends_when_whoever_asked_has_left() -> None:
    steps, ended = [], threading.Event()

    def endless(body: bytes) -> Reply:
        try:
            for step in range(100_000):
                time.sleep(0.005)
                steps.append(step)
                watched.heard(step, 100_000)
        finally:
            ended.set()
        raise AssertionError("nobody stopped it")

    exchange = Exchange(endless)

    async def leave() -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(exchange.answer)
            await anyio.sleep(0.5)
            assert not ended.is_set()
            exchange.left.set()

    anyio.run(leave)
    assert ended.is_set() and 0 < len(steps) < 1_000


def test_outside_of_a_request_nobody_hears() -> None:
    watched.heard(1, 2)
    watched.show_rough({})
    assert not watched.is_watched()


@pytest.mark.parametrize("pause_s", [0.0, watched.AT_ONCE_S + 0.1])
def test_a_fault_of_the_work_is_told_as_itself(pause_s: float) -> None:
    """At once and while it is watched: what stands in the log is what went wrong, in no group."""

    def faulty(body: bytes) -> Reply:
        time.sleep(pause_s)
        raise ZeroDivisionError("of the work")

    with pytest.raises(ZeroDivisionError, match="of the work"):
        anyio.run(Exchange(faulty).answer)
