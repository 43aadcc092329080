"""Routes that something is posted to: whose work is put off, and whose is not done at all."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import anyio
import pytest
from anyio.to_thread import run_sync
from starlette.requests import Request

from simulator import results, scenario
from ui.http.csrf import posted
from ui.http.fair import FairShare, Patience, Visitor, pause
from ui.http.json_routes import Reply, Weight, by_size
from ui.routes import simulate

BODY = b"{}"
DEFAULT = scenario.load_shipped("balanced-shift")


class Browser:
    """A request that is under way, and may be broken off."""

    def __init__(self, who: str) -> None:
        self._gone = anyio.Event()
        self._is_sent = False
        headers = [(b"content-length", b"2"), (b"cookie", f"budget-shift-visitor={who}".encode())]
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/", "headers": headers}
        self.request = Request({**scope, "client": ("::1", 1), "query_string": b""}, self._receive)

    async def _receive(self) -> dict[str, Any]:
        if not self._is_sent:
            self._is_sent = True
            return {"type": "http.request", "body": BODY, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    def break_off(self) -> None:
        self._gone.set()


def run(work: Callable[[], Any]) -> None:
    async def in_time() -> None:
        with anyio.fail_after(30.0):
            await work()

    anyio.run(in_time)


def test_what_is_broken_off_while_it_waits_is_never_begun() -> None:
    async def work() -> None:
        share, done = FairShare(1), list[bytes]()

        def note(body: bytes) -> Reply:
            done.append(body)
            return Reply(b"{}")

        endpoint = posted(note, share)

        async def ask(browser: Browser) -> int:
            return (await endpoint(browser.request)).status_code

        browsers = [Browser("ann") for _ in range(30)]  # more than anybody may have waiting
        async with share.turn(Visitor("::1", "bo"), 0.03):
            for browser in browsers:
                async with anyio.create_task_group() as group:
                    group.start_soon(ask, browser)
                    await anyio.sleep(0.001)
                    browser.break_off()
        assert done == []
        assert await ask(Browser("ann")) == 200
        assert done == [BODY]

    run(work)


def test_what_is_broken_off_while_it_is_worked_on_goes_no_further() -> None:
    async def work() -> None:
        share, parts = FairShare(2), list[int]()
        began, is_gone = Event(), Event()

        def long(_body: bytes) -> Reply:
            parts.append(1)
            began.set()
            is_gone.wait(10.0)
            pause()
            parts.append(2)
            return Reply(b"{}")

        browser, endpoint = Browser("ann"), posted(long, share)

        async def ask() -> None:
            await endpoint(browser.request)

        async with anyio.create_task_group() as group:
            group.start_soon(ask)
            await run_sync(began.wait)
            browser.break_off()
            await anyio.sleep(0.01)
            is_gone.set()
        assert parts == [1]

    run(work)


def test_runs_of_the_model_let_others_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        paused: list[int] = []
        monkeypatch.setattr("ui.http.csrf.pause", lambda: paused.append(1))

        def simulated(_body: bytes) -> Reply:
            results.baseline(DEFAULT, 32)
            return Reply(b"{}")

        assert (await posted(simulated, FairShare(1))(Browser("ann").request)).status_code == 200
        assert paused

    run(work)


def test_how_long_an_answer_can_be_put_off() -> None:
    (route,) = (one for one in vars(simulate).values() if getattr(one, "path", "") == "answer")
    large = b'{"scenario":{"name":"\\"moving\\":true, \\"at_rest\\":true"}}' + b" " * 50_000
    assert route.weigh(large) == by_size(0.03)(large)
    assert route.weigh(b'{"moving": true' + large[1:]) == Weight(0.03), (
        "with pins it is a lever too"
    )
    assert route.weigh(b'{"moving":false,"at_rest":true}') == Weight(0.03, Patience.AT_REST)
