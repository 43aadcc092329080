"""The levers, moved on the real page by mouse, keys and fingers."""

from __future__ import annotations

from itertools import product
from unittest.mock import ANY

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.helpers import Board
from tests.support.lever_moves import (
    ALL,
    COMMUNITY,
    INVOLVE,
    OPENNESS,
    PUT,
    TAKE,
    TRAINING,
    WHEN,
    Open,
    at,
    hit,
    shown,
    whole,
)

FIRST = tuple(group[0] for group in (TAKE, PUT, INVOLVE, WHEN))
"""One of each kind: an answer of the server does to the others what it does to these."""


def test_there_is_a_lever_for_every_decision(come: Open) -> None:
    assert tuple(come().levers()) == ALL


def test_every_lever_moves_by_mouse(come: Open) -> None:
    board = come()
    for path in ALL:
        before = board.doc()
        old = at(before, path)
        board.slide(path, 0.1 if stands(board.lever(path)) > 0.5 else 0.8, steps=3)
        assert at(board.doc(), path) != old, path
        whole(board, path)
        assert board.undo_all() == [ANY, before], f"{path}: one drag is one step"


def test_every_lever_moves_by_keys(come: Open) -> None:
    board = come()
    for path in ALL:
        before = board.doc()
        lever = board.lever(path)
        stop, most = lever.evaluate("node => [Number(node.value), Number(node.max)]")
        moves = (
            (["ArrowRight", "ArrowUp"], stop + 2),
            (["ArrowLeft", "ArrowDown", "ArrowDown", "PageUp"], max(stop - 1, 0) + 10),
            (["End"], most),
            (["PageDown"], most - 10),
            (["Home"], 0),
        )
        for keys, expected in moves:
            hit(board, path, *keys)
            assert int(lever.input_value()) == expected, path
            whole(board, path)
        if path in FIRST:
            board.settled()
            whole(board, path)
        for _ in range(9):  # the presses may be one step, or more on a slow machine
            if board.doc() != before:
                board.page.keyboard.press("Control+z")
        assert board.doc() == before, path
        expect(lever).to_be_focused()
        assert int(lever.input_value()) == stop, path


def test_every_lever_moves_by_a_finger(come: Open) -> None:
    board = come("phone")
    for path in ALL:
        before = board.doc()
        lever = board.lever(path)
        lever.evaluate("node => node.scrollIntoView({ block: 'center' })")
        board.touch(path, 0.1 if stands(lever) > 0.5 else 0.8, steps=3)
        assert at(board.doc(), path) != at(before, path), path
        whole(board, path)
        board.tap(path, 0.5)
        assert stands(board.lever(path)) == pytest.approx(0.5, abs=0.03), path
        whole(board, path)
    assert len(board.undo_all()) == 2 * len(ALL) + 1, "a drag is a step, and a tap is one"


def test_a_finger_that_scrolls_moves_no_lever(come: Open) -> None:
    board = come("phone")
    before = board.doc()
    for path, on, way in product((COMMUNITY, OPENNESS), ("thumb", "track"), (-1, 1)):
        lever = board.lever(path)
        lever.evaluate("node => node.scrollIntoView({ block: 'center' })")
        start = middle(lever, board._stands(path) if on == "thumb" else 0.95)
        scrolls(board, [(start[0] + way * step, start[1] + way * 20 * step) for step in range(9)])
        moved = middle(lever, 0)[1] - start[1]
        assert moved * way > 60, "the page has scrolled with the finger"
        assert board.settled().doc() == before, (path, on, way)
        assert shown(board, path) == pytest.approx(at(before, path))
    expect(board.page.locator('[data-action="undo"]')).to_be_disabled()


def test_on_a_phone_what_is_refused_is_told_above_the_edge(come: Open) -> None:
    """What is fixed there lay on it, and the number looked as if it were taken."""
    board = come("phone")
    typed = board.typed("plan.training.share_moved")
    foot = board.page.locator(".foot").bounding_box()
    box = typed.bounding_box()
    assert foot and box
    board.page.evaluate("by => scrollBy(0, by)", box["y"] + box["height"] - foot["y"] + 5)
    board.type("plan.training.share_moved", "150")
    said = board.page.locator(".lever-problem:visible").bounding_box()
    assert said and said["y"] + said["height"] <= foot["y"]


def middle(lever: Locator, where: float) -> tuple[float, float]:
    """The point on the screen where the middle of a lever's thumb is at ``where``, 0 to 1."""
    box = lever.bounding_box()
    assert box
    thumb: float = lever.evaluate(
        """node => parseFloat(getComputedStyle(node).getPropertyValue("--lever-thumb"))
          * parseFloat(getComputedStyle(document.documentElement).fontSize)"""
    )
    x = box["x"] + thumb / 2 + where * (box["width"] - thumb)
    return x, box["y"] + box["height"] / 2


def stands(lever: Locator) -> float:
    """Where a lever stands, 0 to 1."""
    share: float = lever.evaluate("node => node.value / node.max")
    return share


def scrolls(board: Board, points: list[tuple[float, float]]) -> None:
    """Put a finger down at the first point, move it over the others, take it up; wait until the
    scrolling that comes of it has ended."""
    board.page.evaluate(
        """() => {
          window.hasScrolled = false;
          const end = () => { window.hasScrolled = true; };
          document.addEventListener("scrollend", end, { capture: true, once: true });
        }"""
    )
    session = board.page.context.new_cdp_session(board.page)
    for number, (x, y) in enumerate(points):
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        board.page.evaluate("() => new Promise(requestAnimationFrame)")
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
    board.page.wait_for_function("() => hasScrolled")


def test_what_is_dragged_shows_before_it_is_let_go(come: Open) -> None:
    board = come()
    before, answer = board.doc(), board.answer()["headline"]
    lever = board.lever(TRAINING)
    box = lever.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    board.page.mouse.move(box["x"] + 0.2 * box["width"], y)
    board.page.mouse.down()
    board.page.mouse.move(box["x"] + 0.9 * box["width"], y, steps=5)
    board.settled()
    assert at(board.doc(), TRAINING) > 0.8
    assert board.answer()["headline"] != answer
    board.page.mouse.move(box["x"] + box["width"] + 300, y + 200)
    board.page.mouse.up()  # beside the lever
    assert at(board.settled().doc(), TRAINING) == 1
    board.undo()
    assert board.doc() == before


def test_a_drag_too_far_and_back_leaves_the_others_as_they_were(come: Open) -> None:
    board = come()
    before = board.doc()
    lever = board.lever(COMMUNITY)
    thumb = middle(lever, stands(lever))
    board.page.mouse.move(*thumb)
    board.page.mouse.down()
    for where in (1, 0, stands(lever)):
        board.page.mouse.move(*middle(lever, where), steps=12)
    board.page.mouse.up()
    assert board.settled().doc() == before


def test_no_press_is_lost_however_fast_they_come(come: Open) -> None:
    board = come()
    for path in (TRAINING, COMMUNITY, OPENNESS, "plan.*.start_month"):
        before = board.doc()
        lever = board.lever(path)
        stop = int(lever.input_value())
        lever.focus()
        for _ in range(30):
            board.page.keyboard.press("ArrowRight")
        for _ in range(7):
            board.page.keyboard.press("ArrowLeft")
        assert int(lever.input_value()) == stop + 23, path
        board.settled()
        assert int(lever.input_value()) == stop + 23, path
        whole(board, path)
        back = board.undo_all()
        assert back[-1] == before
        assert len(back) <= 4, "presses in a row are one step, unless the machine stands still"


def test_a_key_held_down_moves_while_answers_come(come: Open) -> None:
    board = come()
    lever = board.lever(TRAINING)
    lever.focus()
    for press in range(1, 41):
        board.page.keyboard.down("ArrowRight")
        if press % 10 == 0:
            board.settled()
            assert int(lever.input_value()) == 20 + press
    board.page.keyboard.up("ArrowRight")
    board.settled()
    assert int(lever.input_value()) == 60
    assert at(board.doc(), TRAINING) == 0.6
