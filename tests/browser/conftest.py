"""A real server, a real browser, and a visitor who fails the test when anything goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser import running
from tests.browser.helpers import SCREENS, SEEN_TOUR, Board, Size

LOG_FROM = pytest.StashKey[tuple[running.Server, int]]()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Server]:
    """The app's server; one for all tests of a process."""
    with running.served(tmp_path_factory.mktemp("server") / "log.txt") as one:
        yield one


# For this folder only: while it runs, Playwright's event loop is in the way of others.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser without a screen."""
    with running.browser() as one:
        yield one


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Browser windows by their looks, each with its cache: loading the app anew for every test
    would take most of the time. What a tab keeps goes with the tab."""
    known: dict[str, BrowserContext] = {}
    yield known
    for context in known.values():
        context.close()


Visit = Callable[..., Board]


@pytest.fixture
def visit(
    browser: Browser,
    windows: dict[str, BrowserContext],
    server: running.Server,
    request: pytest.FixtureRequest,
) -> Iterator[Visit]:
    """Lets a visitor come in: ``visit(size, dark=False, tour=False, **options of a context)``.

    Each has a tab with nothing kept from before, but has seen the tour unless ``tour``. The test
    fails if in any of them the page raised an error or wrote one to the console, a request failed
    or went to another host, or if the server wrote of an exception.
    """
    firsts: list[BrowserContext] = []
    boards: list[Board] = []
    before = len(server.said())
    request.node.stash[LOG_FROM] = (server, before)

    def opened(size: Size, dark: bool, options: dict[str, Any]) -> BrowserContext:
        return browser.new_context(
            **SCREENS[size],
            color_scheme="dark" if dark else "light",
            **{"locale": "en-GB", **options},
        )

    def come(
        size: Size = "laptop", *, dark: bool = False, tour: bool = False, **options: Any
    ) -> Board:
        if tour:
            context = opened(size, dark, options)
            firsts.append(context)
        else:
            looks = repr((size, dark, sorted(options.items())))
            if looks not in windows:
                windows[looks] = opened(size, dark, options)
                windows[looks].add_init_script(SEEN_TOUR)
            context = windows[looks]
        boards.append(Board(context.new_page(), server.url))
        return boards[-1]

    yield come
    for board in boards:
        board.page.close()
    for context in firsts:
        context.close()
    problems = [problem for board in boards for problem in board.watch.problems]
    if "Traceback" in (said := server.said()[before:]):
        problems.append(f"the server raised an exception:\n{said}")
    assert not problems, "\n".join(problems)


@pytest.fixture
def board(visit: Visit) -> Board:
    """The Simulate page on a laptop, opened for the first time."""
    return visit().open()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the server wrote during a test that failed."""
    report = yield
    if report.failed and LOG_FROM in item.stash:
        server, start = item.stash[LOG_FROM]
        report.sections.append(("what the server wrote", server.said()[start:][-4000:]))
    return report
