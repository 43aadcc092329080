"""axe-core finds no serious problem on any page, in any mode, on any screen, in any dialog."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from simulator.model.register import GRADES
from tests.browser.conftest import Visit
from tests.browser.helpers import SCREENS, Board, Size
from tests.support.accessibility import ONE_OF_EACH, TARGETS, violations

DIALOGS = ("scenarios", "organisation", "world", "help", "language", "reset")
"""Buttons of the bar that open something."""


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize(
    "page",
    ["", "assumptions", "validation", "model"],
    ids=["simulate", "assumptions", "validation", "model"],
)
def test_no_serious_problem(visit: Visit, page: str, size: Size) -> None:
    board = visit(size).open(page)
    problems = []
    is_whole = size == "laptop"
    for mode in ("normal", "projector"):
        for theme in ("light", "dark"):
            if page == "assumptions" and not is_whole:
                assert board.page.evaluate(ONE_OF_EACH, "[data-assumption-row]") >= len(GRADES)
            expect(board.root).to_have_attribute("data-mode", mode)
            expect(board.root).to_have_attribute("data-theme", theme)
            board.ready()
            seen = violations(board, colours=theme == "dark")
            problems += [f"{mode}, {theme}: {one}" for one in seen]
            is_whole = False
            board.page.keyboard.press("t")
        board.page.keyboard.press("p")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("width", [320, 260, 195], ids=["small", "at 150 %", "at 200 %"])
def test_with_large_letters_a_phone_shows_names_and_needs_no_scrolling_sideways(
    visit: Visit, width: int
) -> None:
    """As in a browser that enlarges the page: so much fewer pixels."""
    board = visit("phone", viewport={"width": width, "height": 563}).open(lang="da")
    assert board.page.evaluate("document.documentElement.scrollWidth") == width
    for label in board.page.locator(".levers .lever-label:visible").all():
        box = label.bounding_box()
        assert box and box["width"] > 0.5 * width, label.text_content()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_serious_problem_in_dialogs_and_menus(visit: Visit, dark: bool) -> None:
    board = visit(dark=dark).open()
    before = board.page.locator("dialog[open], :popover-open").count()
    problems = []
    for name in DIALOGS:
        board.page.locator(f'[data-action="{name}"]').click()
        opened = board.page.locator("dialog[open], :popover-open")
        opened.first.wait_for()
        problems += [f"{name}: {one}" for one in violations(board, colours=dark)]
        board.page.keyboard.press("Escape")
        board.page.wait_for_function(
            "before => document.querySelectorAll('dialog[open], :popover-open').length <= before",
            arg=before,
        )
    assert not problems, "\n".join(problems)


def test_a_serious_problem_is_noticed(board: Board) -> None:
    board.page.evaluate("document.body.append(document.createElement('button'))")
    assert any("button-name" in one for one in violations(board))


@pytest.mark.parametrize(
    "page",
    ["", "assumptions", "validation", "model"],
    ids=["simulate", "assumptions", "validation", "model"],
)
def test_on_a_phone_everything_is_large_enough_for_a_finger(visit: Visit, page: str) -> None:
    targets = visit("phone").open(page).page.evaluate(TARGETS)
    assert len(targets) > 5
    small = [one for one in targets if min(one[1:3]) < one[3]]
    assert not small, "\n".join(map(str, small))
