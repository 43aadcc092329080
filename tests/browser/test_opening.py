"""The page opens, or says in a sentence what keeps it away: never is it blank."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from simulator.i18n.language import LANGUAGES
from simulator.scenario import load_shipped
from tests.browser.conftest import Visit
from tests.support.figures import expected
from ui.http import assets
from ui.text.failures import failures, opening

TRAINING = "plan.training.share_moved"
DUTCH = failures(LANGUAGES["nl"])
LOGIN = "<!doctype html><title>Log in</title><form>Log in</form>"

PLOTLY = "plotly/plotly.js"
REQUESTS = (assets.BUNDLE, "styles/board.css", PLOTLY, "board/start?*", "board/answer")
"""What the page asks for until it shows figures, fonts aside."""


def lost(route: Route) -> None:
    route.abort("connectionreset")


def answered(status: int, **headers: str) -> Callable[[Route], None]:
    """Something else answers, in HTML."""
    return lambda route: route.fulfill(
        status=status, body=LOGIN, headers={"content-type": "text/html", **headers}
    )


BREAKS: dict[str, Callable[[Route], None]] = {
    "lost": lost,
    "foreign": answered(200),
    "redirected": answered(302, location="/login"),
    "gateway": answered(502),
    "denied": answered(407),
    "limit": answered(413),
}
"""What becomes of a request, by the kind of failure that it is."""


@pytest.mark.parametrize("kind", BREAKS)
def test_whatever_does_not_arrive_is_told(visit: Visit, kind: str) -> None:
    board = visit(locale="nl-NL")
    for request in REQUESTS:
        board.route(f"**/{request}", BREAKS[kind])
        board.page.goto(board.origin)
        expect(board.page.locator("body")).to_contain_text(DUTCH[kind])
        board.page.unroute_all()
    board.page.goto(board.origin)
    board.ready()
    board.watch.problems.clear()


def test_what_arrives_at_last_opens_the_page(visit: Visit) -> None:
    board = visit()
    board.watch.expect_failures()
    for request in REQUESTS[:-1]:
        board.route(f"**/{request}", lost, times=2)
    board.open()
    assert board.figures() == expected(load_shipped("balanced-shift"))
    expect(board.page.locator(".plot .scatterlayer .trace").first).to_be_attached()
    expect(board.page.locator("#opening")).to_be_hidden()


def test_what_is_loaded_is_told_meanwhile(visit: Visit) -> None:
    board = visit()
    shown, texts = board.page.locator("#opening"), opening(LANGUAGES["en"])
    held: list[Route] = []
    for request, text in ((assets.BUNDLE, "program"), ("board/start?*", "texts")):
        board.route(f"**/{request}", lambda route: held.append(route))
        board.page.goto(board.origin)
        expect(shown).to_have_text(texts[text])
        while held:
            held.pop().continue_()
        board.page.unroute_all()
    board.ready()


STORES_NOTHING = """
for (const name of ["sessionStorage", "localStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
}
Object.defineProperty(Document.prototype, "cookie", {
  get() { throw new DOMException("no", "SecurityError"); },
  set() { throw new DOMException("no", "SecurityError"); },
});
for (const name of ["pushState", "replaceState"]) {
  History.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };
}
"""


def test_a_browser_that_stores_nothing(visit: Visit) -> None:
    board = visit(tour=True)
    board.page.add_init_script(STORES_NOTHING)
    board.page.goto(board.origin)
    board.ready()
    board.page.keyboard.press("Escape")  # the tour
    moved = load_shipped("balanced-shift").changed(**{TRAINING: 0.4})
    assert board.type(TRAINING, "40").figures() == expected(moved)
    expect(board.page.locator(".toast")).to_contain_text("cannot keep the plan")
    board.page.locator('nav [data-page="compare"]').click()
    expect(board.root).to_have_attribute("data-page", "compare")
    board.page.locator('nav [data-page="simulate"]').click()
    expect(board.root).to_have_attribute("data-page", "simulate")
    assert board.settled().figures() == expected(moved)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_that_runs_no_scripts(visit: Visit, language: str) -> None:
    board = visit(tour=True, java_script_enabled=False)
    board.page.goto(f"{board.origin}/?lang={language}")
    assert opening(LANGUAGES[language])["script"] in board.page.inner_text("body")
    board.watch.problems.clear()  # that modules were not run


def of_connection(page: Page) -> str:
    shown = page.locator(".connection")
    expect(shown).to_be_visible()
    return shown.inner_text()


def test_a_lost_connection_is_told_to_who_moves_nothing(visit: Visit) -> None:
    board = visit().open()
    with board.offline():
        assert failures(LANGUAGES["en"])["offline"] in of_connection(board.page)
        # All can be reached by the keyboard, and does what it can.
        lever = board.lever(TRAINING)
        lever.focus()
        board.page.keyboard.press("ArrowRight")
        assert board.value(TRAINING) == pytest.approx(0.21)
        board.page.keyboard.press("Tab")
        assert board.page.evaluate("document.activeElement.dataset.typed") == TRAINING
        board.page.locator('nav [data-page="compare"]').click()
        expect(board.root).to_have_attribute("data-page", "compare")
        board.page.go_back()
        expect(board.root).to_have_attribute("data-page", "simulate")
    assert board.settled().value(TRAINING) == pytest.approx(0.21)
    expect(board.page.locator(".connection")).to_be_hidden()
