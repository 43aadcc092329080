"""A fault of our own code is shown and logged as that, and fails every test that meets one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from simulator.version import MODEL_VERSION, VERSION
from tests.browser.conftest import Visit
from tests.browser.helpers import Board
from ui.http import assets
from ui.http.bundle import HEAD

PLANTED = "planted by a test"
TEXTS = {
    "en": ("This page has a fault.", "Load the page again"),
    "nl": ("Deze pagina heeft een fout.", "De pagina opnieuw laden"),
    "da": ("Der er en fejl på siden.", "Indlæs siden igen"),
}
NAMES = {
    "en": "Budget shift simulator",
    "nl": "Budgetverschuivingssimulator",
    "da": "Simulator for budgetflytning",
}


def versions(language: str) -> str:
    """What a report of the fault should name."""
    return f"{NAMES[language]} {VERSION}, model {MODEL_VERSION}"


def plant(board: Board, module: str, change: Callable[[str], str]) -> None:
    """Have a module arrive with other content, among the others."""

    def answer(route: Route) -> None:
        before, start, rest = route.fetch().text().partition(f"{HEAD}{module}\n")
        source, end, after = rest.partition(f"\n{HEAD}")
        headers = {"content-type": "text/javascript", "cache-control": "no-store"}
        route.fulfill(body=f"{before}{start}{change(source)}{end}{after}", headers=headers)

    board.route(f"**/{assets.BUNDLE}", answer)


def throwing(function: str) -> Callable[[str], str]:
    """Have a function of a module throw at once."""

    def change(source: str) -> str:
        start = source.index("{\n", source.index(f"function {function}(")) + 1
        return f'{source[:start]} throw new Error("{PLANTED}");{source[start:]}'

    return change


def noticed(board: Board) -> bool:
    """Whether a test would have failed of it; this one does not."""
    problems = [one for one in board.watch.problems if PLANTED in one]
    board.watch.problems.clear()
    return bool(problems)


def opened(board: Board, page: str, language: str = "en") -> None:
    board.page.goto(f"{board.origin}/{page}?lang={language}")


OWN_WINDOW = {"locale": "en-AU"}
"""Whatever is planted in a page shall meet nobody else: such visitors get a window of their own."""


@pytest.mark.parametrize("language", TEXTS)
def test_a_fault_while_the_page_is_made(visit: Visit, language: str) -> None:
    board = visit(**OWN_WINDOW)
    plant(board, "simulate/sentence.js", throwing("createSentence"))
    opened(board, "", language)
    fault = board.page.get_by_role("alert").filter(has_text=TEXTS[language][0])
    expect(fault).to_contain_text(PLANTED)
    expect(fault).to_contain_text(versions(language))
    expect(fault.get_by_role("button", name=TEXTS[language][1])).to_be_visible()
    assert noticed(board)
    board.page.unroute_all()
    fault.get_by_role("button", name=TEXTS[language][1]).click()
    board.ready()
    expect(fault).to_have_count(0)


def test_a_fault_before_the_servers_first_answer_names_the_versions_too(visit: Visit) -> None:
    board = visit(**OWN_WINDOW)
    plant(board, "app/lifecycle.js", throwing("describe"))
    opened(board, "", "nl")
    expect(board.page.locator(".fault")).to_contain_text(PLANTED)
    expect(board.page.locator(".fault")).to_contain_text(versions("nl"))
    assert noticed(board)


def test_a_fault_in_what_a_button_does_leaves_the_page(visit: Visit) -> None:
    board = visit(**OWN_WINDOW)
    plant(board, "scenarios/share.js", throwing("openShare"))
    board.open("assumptions")
    board.page.locator('[data-action="share"]').click()
    fault = board.page.locator(".fault")
    expect(fault).to_contain_text(PLANTED)
    assert noticed(board)
    fault.get_by_role("button", name="Close").click()
    expect(fault).to_have_count(0)
    board.page.locator('[data-action="theme"]').click()
    expect(board.root).to_have_attribute("data-theme", "dark")


def test_a_fault_in_what_hears_the_server_is_no_lost_connection(visit: Visit) -> None:
    board = visit(**OWN_WINDOW)
    plant(
        board,
        "simulate/sentence.js",
        lambda text: text.replace("setText(basis, answer.basis)", "setText(basis, untied(answer))"),
    )
    opened(board, "")
    fault = board.page.locator(".fault")
    expect(fault).to_contain_text("untied is not defined")
    expect(board.page.locator(".notice")).to_be_hidden()
    board.until(lambda: any("untied" in problem for problem in board.watch.problems))
    board.watch.problems.clear()


@pytest.mark.parametrize("module", ["main.js", "assumptions/page.js"])
@pytest.mark.parametrize("language", TEXTS)
def test_a_module_that_cannot_run(visit: Visit, module: str, language: str) -> None:
    board = visit(**OWN_WINDOW)
    plant(
        board,
        module,
        lambda source: source.replace("(() => {", f'(() => {{ throw new Error("{PLANTED}");', 1),
    )
    opened(board, "assumptions", language)
    fault = board.page.get_by_role("alert").filter(has_text=TEXTS[language][0])
    expect(fault).to_contain_text(PLANTED)
    expect(fault).to_contain_text(versions(language))
    assert noticed(board)
    board.page.unroute_all()
    fault.get_by_role("button", name=TEXTS[language][1]).click()
    board.ready()


def test_a_module_that_does_not_arrive_is_asked_for_again(visit: Visit) -> None:
    board = visit(**OWN_WINDOW)
    board.watch.expect_failures()
    failed: list[str] = []

    def lose(route: Route) -> None:
        failed.append(route.request.url)
        route.abort("connectionreset")

    board.route(f"**/{assets.BUNDLE}", lose, times=1)
    board.open("assumptions")
    assert len(failed) == 1
    expect(board.page.get_by_role("alert").filter(has_text="fault")).to_have_count(0)


def test_in_the_end_it_is_not_tried_any_more(visit: Visit) -> None:
    board = visit(**OWN_WINDOW)
    board.watch.expect_failures()
    board.route(f"**/{assets.BUNDLE}", lambda route: route.abort("connectionreset"))
    opened(board, "assumptions")
    alert = board.page.get_by_role("alert")
    expect(alert).to_contain_text("does not open")
    expect(alert).to_contain_text("Trying again.")
    board.page.evaluate("() => history.replaceState({ openingTries: 3 }, '')")
    board.page.reload()
    expect(alert).to_contain_text("does not open")
    expect(alert).not_to_contain_text("Trying again.")
