"""The headings of the groups of levers: what is pressed twice at one place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.helpers import Board, Size
from tests.support.lever_moves import TRAINING, Open

FOLDED_FIRST = ("involve", "when")
TWO_FRAMES = """() => new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""


def heading(board: Board, group: str) -> tuple[Locator, float, float]:
    """A group of levers, and the point of its heading that is pressed."""
    node = board.page.locator(f'.lever-group[data-group="{group}"]')
    summary = node.locator("summary")
    summary.scroll_into_view_if_needed()
    box = summary.bounding_box()
    assert box
    return node, box["x"] + box["width"] * 0.45, box["y"] + box["height"] / 2


def as_at_first(board: Board) -> Board:
    """Groups lie as whoever comes first finds them."""
    groups = ", ".join(f'[data-group="{group}"]' for group in FOLDED_FIRST)
    board.page.locator(groups).evaluate_all("all => all.map(one => one.open = false)")
    return board


@pytest.mark.parametrize("size", ["projector", "laptop", "phone"])
def test_a_second_press_at_one_place_folds_the_group_again(come: Open, size: Size) -> None:
    board = as_at_first(come(size, **({"view": "projector"} if size == "projector" else {})))
    before = board.doc()
    press = board.page.touchscreen.tap if size == "phone" else board.page.mouse.click
    for group in FOLDED_FIRST:
        node, x, y = heading(board, group)
        for is_open in (True, False, True, False):
            press(x, y)
            assert node.evaluate("node => node.open") is is_open, group
            board.page.evaluate(TWO_FRAMES)  # rows have their new heights
    assert board.doc() == before
    (board.swipe if size == "phone" else board.drag)(TRAINING, 0.9)
    assert board.doc() != before, "levers move as ever"


def test_a_pointer_that_goes_elsewhere_finds_what_is_there(come: Open) -> None:
    board = as_at_first(come())
    _, x, y = heading(board, FOLDED_FIRST[0])
    again = board.page.locator(".lever-again")
    board.page.mouse.click(x, y)
    expect(again).to_have_count(1)
    board.page.mouse.move(x + 20, y)
    expect(again).to_have_count(0)


def test_the_mark_of_today_is_explained_where_a_lever_shows_it(come: Open) -> None:
    board = as_at_first(come())
    mark = board.page.locator(".legend .of-today")
    loaded = board.page.locator(".legend .legend-mark").last
    expect(mark).to_be_hidden()
    before = loaded.bounding_box()
    board.page.locator('[data-group="involve"] summary').click()
    expect(board.page.locator('[data-group="involve"] .lever-tick.today').first).to_be_visible()
    expect(mark).to_be_visible()
    assert loaded.bounding_box() == before, "nothing moves"
