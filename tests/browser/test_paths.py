"""The app below a path of a company's server: directly, and through proxies that keep or strip it
and let no websocket through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import running
from tests.browser.helpers import SEEN_TOUR, Board
from tests.support.proxies import proxy

PATH = "/tools/simulator"
TRAINING = "plan.training.share_moved"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the app is, by the way to it."""
    log = tmp_path_factory.mktemp("below") / "log.txt"
    with (
        running.served(log, path=PATH) as server,
        proxy(server.url, PATH, strips=False) as kept,
        proxy(server.url, "/elsewhere", strips=True) as stripped,
    ):
        yield {"direct": server.url, "kept": kept, "stripped": stripped}
        assert "Traceback" not in server.log_text()


@pytest.mark.parametrize("way", ["direct", "kept", "stripped"])
def test_all_of_it_works_below_a_path(
    browser: Browser, addresses: dict[str, str], way: str, tmp_path: Path
) -> None:
    context = browser.new_context(locale="nl-NL")
    context.add_init_script(SEEN_TOUR)
    page = context.new_page()
    sockets: list[object] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    board = Board(page, addresses[way])
    board.open()
    board.type(TRAINING, "40")
    figures = board.figures()
    page.wait_for_url("**from=*")  # what comes before that is about links, not about paths
    page.locator('nav [data-page="compare"]').click()
    expect(board.root).to_have_attribute("data-page", "compare")
    assert page.url.startswith(f"{addresses[way]}/compare?")
    board.reload()
    expect(board.root).to_have_attribute("data-page", "compare")
    page.go_back()
    expect(board.root).to_have_attribute("data-page", "simulate")
    board.settled()
    assert (page.url.partition("?")[0], board.figures()) == (f"{addresses[way]}/", figures)
    page.locator('[data-action="share"]').click()
    link = page.locator("[data-share=link]").input_value()
    assert link.startswith(f"{addresses[way]}/?")
    page.keyboard.press("Escape")
    for name in ("assumptions", "validation"):
        board.open(name)
    other = Board(context.new_page(), addresses[way])
    other.page.goto(link)
    assert other.ready().figures() == figures
    problems = [*board.watch.problems, *other.watch.problems]
    context.close()
    assert (problems, sockets) == ([], [])
