"""People who come in with browsers of their own, and leave them without a problem."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import running
from tests.browser.conftest import FAILED
from tests.browser.helpers import Board, Size
from tests.browser.windows import Windows
from tests.support.desks import Come, Desk


@pytest.fixture(scope="module")
def rooms(
    browser: Browser, server: running.Server, windows: Windows
) -> Iterator[dict[str, Windows]]:
    """The browser's windows, by the server that they are for."""
    known = {server.url: windows}
    yield known
    for url, some in known.items():
        if url != server.url:
            some.close()


@pytest.fixture
def come(
    browser: Browser, rooms: dict[str, Windows], request: pytest.FixtureRequest
) -> Iterator[Come]:
    """Lets somebody come in with a browser of their own: ``come(server, size, dark=False)``."""
    desks: list[tuple[Desk, Windows, running.Server, int]] = []

    def coming(server: running.Server, size: Size = "laptop", *, dark: bool = False) -> Desk:
        if server.url not in rooms:
            rooms[server.url] = Windows(browser, server.url)
        room = rooms[server.url]
        desk = Desk(Board(room.take(size, dark, {}), server.url))
        desks.append((desk, room, server, len(server.log_text())))
        return desk

    yield coming
    failed = request.node.stash.get(FAILED, False)
    problems = []
    for desk, room, server, before in desks:
        desk.board.leave()
        problems += desk.board.watch.problems
        problems += ["the server raised"] * ("Traceback" in server.log_text()[before:])
        room.leave(desk.page, sound=not failed and not desk.board.watch.problems)
    assert not problems, "\n".join(problems)
