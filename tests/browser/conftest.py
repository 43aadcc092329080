"""A real server, a real browser, and a visitor who fails the test when anything goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import running
from tests.browser.helpers import SECONDS, Board, Size
from tests.browser.windows import Windows

FAILED = pytest.StashKey[bool]()
LOG_FROM = pytest.StashKey[tuple[running.Server, int]]()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Server]:
    """The app's server; one for all tests of a process."""
    with running.served(tmp_path_factory.mktemp("server") / "log.txt") as running_server:
        yield running_server


# For this folder only: while it runs, Playwright's event loop is in the way of others.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser without a screen."""
    expect.set_options(timeout=SECONDS * 1000)
    with running.browser() as chromium:
        yield chromium


@pytest.fixture(scope="package")
def windows(browser: Browser, server: running.Server) -> Iterator[Windows]:
    """The browser's windows; one for each visitor."""
    some = Windows(browser, server.url)
    yield some
    some.close()


Visit = Callable[..., Board]


@pytest.fixture
def visit(
    windows: Windows, server: running.Server, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """Lets a visitor come in: ``visit(size, dark=False, tour=False, **options of a context)``.

    Each has a window of their own with nothing kept from before, as on another computer, but has
    seen the tour unless ``tour``. ``visit(beside=board)`` opens one more tab in a visitor's window.
    What a test listens to, or makes happen, in Playwright's own page (``board.page.on``, init
    scripts, a clock; routes end with the visit) would meet the window's next visitor too: it must
    do no harm, or the visitor comes with ``tour=True``, whose window nobody gets again.
    The test fails if in any of them the page raised an error or wrote one to the console, a request
    failed or went to another host, or if the server wrote of an exception.
    """
    boards: list[Board] = []
    tabs: list[Page] = []
    before = len(server.log_text())
    request.node.stash[LOG_FROM] = (server, before)

    def come(
        size: Size = "laptop",
        *,
        dark: bool = False,
        tour: bool = False,
        beside: Board | None = None,
        **options: Any,
    ) -> Board:
        if beside:
            page = windows.beside(beside.page)
        else:
            page = (windows.new if tour else windows.take)(size, dark, options)
            tabs.append(page)
        boards.append(Board(page, server.url))
        return boards[-1]

    yield come
    failed = request.node.stash.get(FAILED, False)
    for board in boards:
        board.leave()
    problems = [problem for board in boards for problem in board.watch.problems]
    for page in tabs:
        windows.leave(page, sound=not failed and not problems)
    if "Traceback" in (log := server.log_text()[before:]):
        problems.append(f"the server raised an exception:\n{log}")
    assert not problems, "\n".join(problems)


@pytest.fixture
def board(visit: Visit) -> Board:
    """The Simulate page on a laptop, opened for the first time."""
    return visit().open()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note that a test failed, and show what the server wrote during it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    if report.failed and LOG_FROM in item.stash:
        server, start = item.stash[LOG_FROM]
        report.sections.append(("what the server wrote", server.log_text()[start:][-4000:]))
    return report
