"""Moves of the levers on the Simulate page: long sequences, drags, undo, resets and replay."""

from __future__ import annotations

import json
import random
import re
import statistics
from typing import Any

import pytest
from playwright.sync_api import Request, expect

from tests.browser.agreement import shown_and_simulated_agree, simulated
from tests.browser.helpers import Board

TRAINING = "plan.training.share_moved"
RESEARCH = "plan.market_research.share_moved"


def _asked_for_answer(request: Request) -> list[dict[str, Any]]:
    content: Any = request.post_data_json
    return [content] if request.url.endswith("/board/answer") else []


def random_move(board: Board, dice: random.Random) -> None:
    """One move of any kind that a visitor makes."""
    path = dice.choice(board.levers())
    match dice.randrange(4):
        case 0:
            board.press(path, dice.choice(["ArrowRight", "ArrowLeft", "PageUp", "Home", "End"]))
        case 1:
            board.drag(path, dice.random(), steps=4)
        case 2:
            board.type(path, str(dice.randint(1, 12)))
        case 3:
            board.key(dice.choice("uy"))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_long_sequence_goes_back_to_the_start_and_forth_again(board: Board, seed: int) -> None:
    first = board.doc()
    dice = random.Random(seed)
    for turn in range(16):
        random_move(board, dice)
        if turn == 8:
            board.page.locator('[data-action="language"]').click()
            board.page.locator('[data-item="da"]').click()
            expect(board.page.locator("html")).to_have_attribute("lang", "da")
            board.ready()
        if turn == 12:
            board.key("p")
    board.redo_all()  # what the dice took back in the end
    board.settled()
    last = board.doc()
    shown_and_simulated_agree(board, "da")
    board.undo_all()
    assert board.settled().doc() == first
    shown_and_simulated_agree(board, "da")
    board.redo_all()
    assert board.settled().doc() == last
    shown_and_simulated_agree(board, "da")


def test_a_fast_drag_ends_with_the_figures_of_where_it_ends(board: Board) -> None:
    asked: list[dict[str, Any]] = []
    board.page.on("request", lambda one: asked.extend(_asked_for_answer(one)))
    for target in (0.9, 0.1, 0.6):
        board.drag(TRAINING, target, steps=30)
        shown_and_simulated_agree(board)
    ways = ["moving" if one.get("moving") else one.get("at_rest") for one in asked]
    assert {*ways} == {"moving", True}, "the levers of others come before what is shown already"
    assert board.root.get_attribute("data-answer") == board.root.get_attribute("data-state")


def test_figures_follow_while_the_lever_is_still_held(board: Board) -> None:
    before = board.figures()
    start_, end = board._track(TRAINING, board._stands(TRAINING)), board._track(TRAINING, 0.8)
    board.page.mouse.move(*start_)
    board.page.mouse.down()
    board.page.mouse.move(*end, steps=10)
    board.settled()
    held = board.figures()
    assert held != before
    assert held == simulated(board.doc())
    board.page.mouse.up()
    board.settled()
    assert board.figures() == held


def test_a_move_works_out_the_looks_of_what_it_changes_alone(board: Board) -> None:
    """Not of the page: a rule about all that lies around what changes costs more than the model."""
    browser = board.page.context.browser
    assert browser
    browser.start_tracing(page=board.page, categories=["devtools.timeline"])
    board.drag(TRAINING, 0.7, steps=30)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    looked_at = [
        event["args"]["elementCount"]
        for event in events
        if event["name"] == "UpdateLayoutTree" and "elementCount" in event.get("args", {})
    ]
    assert len(looked_at) > 5
    assert statistics.median(looked_at) < 100, looked_at


def test_one_drag_is_one_step(board: Board) -> None:
    first = board.doc()
    board.drag(TRAINING, 0.9, steps=30)
    assert board.undo().doc() == first
    expect(board.page.locator('[data-action="undo"]')).to_be_disabled()


def test_each_reset_resets_its_own(board: Board) -> None:
    base = board.doc()
    board.type(TRAINING, "66")
    changed = board.doc()
    own = {**changed, "assumptions": {"effect_transfer": 0.3}}
    board.page.evaluate("doc => window.board.commit(doc)", own)
    board.settled()
    for item, plan, world in (
        ("levers", base["plan"], own["assumptions"]),
        ("assumptions", changed["plan"], {}),
        ("both", base["plan"], {}),
    ):
        board.page.locator('[data-action="reset"]').click()
        board.page.locator(f'[data-item="{item}"]').click()
        board.settled()
        assert (board.doc()["plan"], board.doc()["assumptions"]) == (plan, world)
        board.undo()
        assert board.doc() == own


def test_a_replay_shows_the_way_and_changes_nothing(board: Board) -> None:
    board.type(TRAINING, "90")
    after, figures = board.doc(), board.figures()
    seen = board.page.evaluate(
        """() => new Promise((resolve) => {
          const seen = new Set();
          const typed = document.querySelector('[data-typed="plan.training.share_moved"]');
          const fields = window.fieldsSeen = new Set();
          const value = document.querySelector('[data-figure="net_present_value"] .value');
          new MutationObserver(() => seen.add(value.textContent))
            .observe(value, {childList: true, subtree: true, characterData: true});
          const look = setInterval(() => fields.add(typed.value), 10);
          document.querySelector('[data-action="replay"]').click();
          const board = document.getElementById('board');
          const watch = setInterval(() => {
            if (board.dataset.replaying) return;
            clearInterval(watch);
            clearInterval(look);
            resolve([...seen]);
          }, 50);
        })"""
    )
    board.settled()
    assert len(seen) > 5, "the figures pass through what lies between"
    fields = board.page.evaluate("[...window.fieldsSeen]")
    assert len(fields) > 3 and all(re.fullmatch(r"\d+", text) for text in fields), fields
    assert board.doc() == after
    assert board.figures() == figures


def test_who_takes_a_lever_during_a_replay_takes_it_from_where_it_stands(board: Board) -> None:
    board.type(TRAINING, "90")
    board.page.locator('[data-action="replay"]').click()
    expect(board.root).to_have_attribute("data-replaying", "true")
    board.press(TRAINING, "ArrowLeft")
    assert board.value(TRAINING) == pytest.approx(0.89)
    shown_and_simulated_agree(board)


def test_undo_while_a_lever_is_held_loses_no_step(board: Board) -> None:
    first = board.doc()
    board.type(RESEARCH, "40")
    board.page.mouse.move(*board._track(TRAINING, board._stands(TRAINING)))
    board.page.mouse.down()
    board.page.mouse.move(*board._track(TRAINING, 0.7), steps=5)
    board.page.keyboard.press("u")
    board.page.mouse.move(*board._track(TRAINING, 0.9), steps=5)
    board.page.mouse.up()
    board.settled()
    shown_and_simulated_agree(board)
    assert board.undo_all()[-1] == first


def test_there_and_back_is_no_step(board: Board) -> None:
    board.press(TRAINING, "ArrowRight", "ArrowLeft")
    expect(board.page.locator('[data-action="undo"]')).to_be_disabled()


def _split(line: str) -> str:
    return f"plan.split.{line}"


def test_a_line_that_has_no_room_offers_to_make_some(board: Board) -> None:
    """Rather than throw away what was typed; in one step."""
    board.type(_split("community"), "70")
    toast = board.page.locator(".toast")
    expect(toast).to_contain_text("Community stays at 70% from now on")
    before, steps = board.state(), board.page.locator('[data-action="undo"]')
    board.typed(_split("listening")).fill("50")
    board.typed(_split("listening")).press("Enter")
    problem = board.page.locator('.lever:has([data-lever="plan.split.listening"]) .lever-problem')
    expect(problem).to_contain_text("the locked lines keep the rest")
    problem.get_by_role("button", name="Release them, and set 50%").click()
    board.settled()
    expect(problem).to_be_hidden()
    assert board.value(_split("listening")) == pytest.approx(0.5)
    assert board.state()["locked"] == [_split("listening")]
    assert sum(board.doc()["plan"]["split"].values()) == pytest.approx(1.0)
    expect(steps).to_be_enabled()
    board.undo()
    assert (board.doc(), board.state()["locked"]) == (before["doc"], before["locked"])
    board.typed(_split("listening")).fill("50")
    board.page.locator("h2").first.click()  # as who goes on elsewhere
    expect(toast).to_contain_text("Listening stays at")
    toast.get_by_role("button", name="Release them, and set 50%").click()
    board.settled()
    assert board.value(_split("listening")) == pytest.approx(0.5)


def test_what_is_typed_waits_for_a_lock_to_be_opened(board: Board) -> None:
    board.type(_split("community"), "70")
    field = board.typed(_split("listening"))
    field.fill("50")
    board.lock(_split("community"))
    expect(field).to_have_value("50")
    field.press("Enter")
    board.settled()
    assert board.value(_split("listening")) == pytest.approx(0.5)
    board.undo()
    board.lock(_split("community"))
    field.fill("50")
    field.press("Enter")
    board.lock(_split("community"))  # it was refused before
    board.until(lambda: board.value(_split("listening")) == pytest.approx(0.5))
