"""The levers, moved on the real page by mouse, keys, fingers and typing."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from itertools import product
from typing import Any
from unittest.mock import ANY

import pytest
from playwright.sync_api import Locator, expect

from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.quantities import SOURCES
from simulator.scenario import SUM_TOLERANCE, dump, levers, load_shipped, parse
from tests.browser.helpers import Board, Size

TAKE, PUT, INVOLVE, WHEN = (
    [lever.path for lever in group.levers] for group in levers.GROUPS.values()
)

ALL = (*TAKE, *PUT, *INVOLVE, *WHEN)
COMMUNITY, CONTENT = "plan.split.community", "plan.split.content"
TRAINING, MINUTES = "plan.training.share_moved", "plan.involvement.minutes_per_day"
OPENNESS = "plan.involvement.openness"

Open = Callable[..., Board]


@pytest.fixture
def come(visit: Callable[..., Board]) -> Open:
    """Opens the page for somebody who knows it: ``come(size, scenario, **query)``."""

    def come(size: Size = "laptop", scenario: str = "balanced-shift", **query: str) -> Board:
        document = json.loads(dump(load_shipped(scenario)))
        del document["$schema"]
        board = visit(size).keep(document)
        board.open(**query)
        board.page.locator(".lever-group").evaluate_all("all => all.map(one => one.open = true)")
        return board

    return come


def at(doc: Any, path: str) -> Any:
    """The value of a lever in a document, as the levers show it."""
    for part in path.replace("*", "customer_service").split("."):
        doc = doc[part]
    return doc


def number(path: str, text: str) -> float:
    """What a lever's field says, in English, in the unit of the scenario."""
    share = path in (*TAKE, *PUT, *INVOLVE) and path != MINUTES
    return float(text.replace(",", "")) / (100 if share else 1)


def shown(board: Board, path: str) -> float:
    """The value that a lever's field shows."""
    return number(path, board.typed(path).input_value())


def whole(board: Board, path: str) -> None:
    """What must hold after every move of a lever: all that is shown says the same."""
    doc, fields = board.page.evaluate(
        """() => [
          window.board.state().doc,
          [...document.querySelectorAll("[data-typed]")].map((one) => one.value),
        ]"""
    )
    assert parse(json.dumps(doc)), "the scenario can be simulated"
    assert abs(math.fsum(doc["plan"]["split"].values()) - 1) < SUM_TOLERANCE
    for other, text in zip(ALL, fields, strict=True):
        assert number(other, text) == pytest.approx(at(doc, other)), f"{other}, by {path}"


def hit(board: Board, path: str, *keys: str) -> None:
    """Press keys on a lever as fast as they come, without waiting for the answer to any."""
    board.lever(path).focus()
    for key in keys:
        board.page.keyboard.press(key)


# --- by mouse, keys and fingers ------------------------------------------------------------------


def test_there_is_a_lever_for_every_decision(come: Open) -> None:
    assert tuple(come().levers()) == ALL


def test_every_lever_moves_by_mouse(come: Open) -> None:
    board = come()
    for path in ALL:
        before = board.doc()
        old = at(before, path)
        board.drag(path, 0.1 if stands(board.lever(path)) > 0.5 else 0.8, steps=3)
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
        far = stands(lever) > 0.5
        board.swipe(path, 0.1 if far else 0.8, steps=3)
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
    found: float = lever.evaluate("node => node.value / node.max")
    return found


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


# --- typing --------------------------------------------------------------------------------------


def test_a_typed_value_is_taken_over(come: Open) -> None:
    board = come()
    for path, text, value in (
        (TRAINING, "37.5", 0.375),
        (TRAINING, "100 %", 1),
        (COMMUNITY, "12.5", 0.125),
        (MINUTES, "7.5", 7.5),
        (OPENNESS, "0", 0),
        ("plan.*.start_month", "17", 17),
        ("plan.involvement.ramp_months", "60", 60),
    ):
        before = board.doc()
        board.type(path, text)
        assert at(board.doc(), path) == value
        whole(board, path)
        expect(board.lever(path)).to_be_focused()
        board.page.keyboard.press("u")
        assert board.doc() == before
        board.typed(path).focus()
        board.page.keyboard.press("Control+Shift+Z")
        assert at(board.doc(), path) == value, "where the value was typed, too"
        board.press(path, "ArrowLeft")
        assert at(board.doc(), path) in (0, pytest.approx(value, abs=1))
        assert at(board.doc(), path) < value or not value


def test_typing_is_in_the_language_and_leaving_the_field_is_enough(come: Open) -> None:
    board = come(lang="nl")
    board.typed(TRAINING).fill("12,5")
    board.page.keyboard.press("Tab")
    assert at(board.settled().doc(), TRAINING) == 0.125
    expect(board.typed(TRAINING)).to_have_value("12,5")
    board.type("plan.involvement.minutes_per_day", "2,5")
    assert at(board.doc(), MINUTES) == 2.5


def test_what_cannot_be_is_refused_beside_the_field(come: Open) -> None:
    board = come()
    for path, text, allowed in (
        (TRAINING, "101", "0 to 100 %"),
        (TRAINING, "-1", "0 to 100 %"),
        (TRAINING, "much", "0 to 100 %"),
        (TRAINING, "", "0 to 100 %"),
        (MINUTES, "481", "0 to 480 minutes"),
        ("plan.*.start_month", "3.5", "whole number from 0 to 120"),
        ("plan.involvement.ramp_months", "0", "whole number from 1 to 60"),
    ):
        before = board.doc()
        field = board.typed(path)
        old = field.input_value()
        board.type(path, text)
        assert board.doc() == before
        expect(field).to_have_attribute("aria-invalid", "true")
        message = board.page.locator(f'[id="{field.get_attribute("aria-describedby")}"]')
        expect(message).to_be_visible()
        expect(message).to_contain_text(allowed)
        expect(field).to_have_value(text)
        expect(field).to_be_focused()
        field.press("Escape")
        expect(field).to_have_value(old)
        expect(field).not_to_have_attribute("aria-invalid", "true")
        expect(message).to_be_hidden()
        board.type(path, text)
        board.press(path, "ArrowRight")
        expect(message).to_be_hidden()
        whole(board, path)


def test_looking_at_a_field_changes_nothing(come: Open) -> None:
    board = come()
    before = board.state()
    for path in ALL:
        board.typed(path).focus()
        board.page.keyboard.press("Enter")
        board.page.keyboard.press("Tab")
    after = board.state()
    assert (after["doc"], after["locked"]) == (before["doc"], before["locked"])


# --- the split -----------------------------------------------------------------------------------


def test_a_locked_line_never_moves_by_itself(come: Open) -> None:
    board = come()
    split = board.doc()["plan"]["split"]
    board.lock(CONTENT)
    expect(board.page.locator(f'[data-lock="{CONTENT}"]')).to_have_attribute("aria-pressed", "true")
    for path in PUT:
        if path != CONTENT:
            board.press(path, "End")
            assert board.doc()["plan"]["split"]["content"] == split["content"]
            assert shown(board, path) == 0.9, "no further than the others can give"
            board.press(path, "Home", "PageUp", "ArrowRight")
            assert board.doc()["plan"]["split"]["content"] == split["content"]
    board.lock(CONTENT)
    board.press(COMMUNITY, "End")
    assert board.doc()["plan"]["split"]["content"] == 0


def test_a_drag_stops_where_the_others_have_no_more_to_give(come: Open) -> None:
    board = come()
    board.lock(CONTENT)
    board.drag(COMMUNITY, 1)
    assert shown(board, COMMUNITY) == 0.9
    assert int(board.lever(COMMUNITY).input_value()) == 90
    whole(board, COMMUNITY)


def test_a_typed_line_is_locked_and_not_the_one_that_gives(come: Open) -> None:
    board = come()
    board.type(COMMUNITY, "40")
    lock = board.page.locator(f'[data-lock="{COMMUNITY}"]')
    expect(lock).to_have_attribute("aria-pressed", "true")
    board.type("plan.split.listening", "10")
    board.drag(CONTENT, 1)
    split = board.doc()["plan"]["split"]
    assert (split["community"], split["listening"], split["content"]) == (0.4, 0.1, 0.5)
    board.type(COMMUNITY, "45")
    assert at(board.doc(), COMMUNITY) == 0.45, "whoever locked it may move it"
    board.type(COMMUNITY, "95")
    expect(board.typed(COMMUNITY)).to_have_attribute("aria-invalid", "true")
    expect(board.page.locator(".lever-problem:visible")).to_contain_text("0 to 90 %")


def test_with_all_others_locked_a_line_says_why_it_stands_still(come: Open) -> None:
    board = come()
    before = board.doc()
    for path in PUT[1:]:
        board.lock(path)
    for way in ("keys", "mouse"):
        if way == "keys":
            board.press(PUT[0], "ArrowRight")
        else:
            board.drag(PUT[0], 0.9)
        expect(board.page.locator(".toast")).to_contain_text("locked")
        assert board.doc() == before
        assert shown(board, PUT[0]) == at(before, PUT[0])
        assert board.lever(PUT[0]).input_value() == "15"
    board.type(PUT[0], "20")
    expect(board.page.locator(".lever-problem:visible")).to_contain_text("locked")
    assert board.doc() == before


def test_sources_with_routes_and_times_of_their_own(come: Open) -> None:
    board = come(scenario="business-manufacturer")
    before = board.doc()
    budgets = before["organisation"]["budgets"]
    plan = before["plan"]
    notes = board.page.locator(".lever-note:visible")
    expect(notes).to_have_count(2)
    total = sum(plan[one]["share_moved"] * budgets[one] for one in SOURCES)
    real = {}
    for path in PUT:
        name = path.rpartition(".")[2]
        arrives = sum(
            plan[one]["share_moved"] * budgets[one] * plan[one]["split"][name] for one in SOURCES
        )
        amount = ENGLISH.money(arrives, "EUR")
        expect(row(board, path).locator(".lever-meaning")).to_have_text(amount)
        real[name] = shown(board, path)
        assert real[name] == pytest.approx(arrives / total, abs=0.01)
        assert int(board.lever(path).input_value()) == round(100 * real[name])
        said = board.lever(path).get_attribute("aria-valuetext") or ""
        assert said.startswith(f"{100 * real[name]:.0f}%"), said
        assert amount in said
    assert sum(real.values()) == pytest.approx(1)
    assert real != pytest.approx(plan["split"]), "the common split says something else"
    assert board.typed("plan.*.start_month").input_value() == "9", "the one that frees the most"

    board.press("plan.split.savings", "ArrowRight")
    after = board.doc()["plan"]
    assert [after[one]["split"] for one in SOURCES] == [None] * 3
    assert after["split"]["savings"] == pytest.approx(real["savings"] + 0.01)
    assert sum(abs(after["split"][one] - real[one]) for one in real) == pytest.approx(0.02)
    whole(board, "plan.split.savings")
    board.press("plan.split.savings", "ArrowLeft")
    assert board.doc() == before, "there and back is no move: each has its own route again"
    board.press("plan.split.savings", "ArrowRight")
    expect(notes).to_have_count(1)
    board.press("plan.*.start_month", "ArrowLeft")
    assert [board.doc()["plan"][one]["start_month"] for one in SOURCES] == [8] * 3
    board.press("plan.*.ramp_months", "ArrowLeft")
    assert [board.doc()["plan"][one]["ramp_months"] for one in SOURCES] == [17] * 3
    expect(notes).to_have_count(0)
    assert board.undo_all()[-1] == before


# --- what they say -------------------------------------------------------------------------------


def row(board: Board, path: str) -> Locator:
    return board.page.locator(".lever", has=board.lever(path))


def test_involvement_that_stays_as_it_is_shows_today(come: Open) -> None:
    board = come(scenario="money-without-involvement")
    doc = board.doc()
    for path in INVOLVE:
        assert at(doc, path) is None
        name = path.rpartition(".")[2]
        assert shown(board, path) == pytest.approx(doc["organisation"]["involvement"][name])
    board.press(OPENNESS, "ArrowRight")
    after = board.doc()["plan"]["involvement"]
    assert after["openness"] == doc["organisation"]["involvement"]["openness"] + 0.01
    assert after["mandate"] is None


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_levers_speak(come: Open, language: str) -> None:
    """Each has a name; its value is said with unit, and money or word, as they are shown."""
    board = come(lang=language)
    names = set()
    for path in ALL:
        lever = board.lever(path)
        name = lever.get_attribute("aria-label") or ""
        expect(row(board, path).locator(".lever-label")).to_have_text(name)
        names.add((path in PUT, name))
        said = lever.get_attribute("aria-valuetext") or ""
        meaning = row(board, path).locator(".lever-meaning").inner_text()
        assert meaning.replace("\N{NO-BREAK SPACE}", " ") in said.replace(
            "\N{NO-BREAK SPACE}", " "
        ), path
        assert name in (board.typed(path).get_attribute("aria-label") or "")
    assert len(names) == len(ALL)
    expect(row(board, TRAINING).locator(".lever-meaning")).to_have_text(
        LANGUAGES[language].money(70_000, "EUR")
    )


def test_words_follow_the_value(come: Open) -> None:
    board = come()
    word = row(board, MINUTES).locator(".lever-meaning")
    expect(word).to_have_text("every day")
    board.type(MINUTES, "3")
    expect(word).to_have_text("now and then")
    board.type(MINUTES, "0")
    expect(word).to_have_text("no time")
    word = row(board, "plan.*.ramp_months").locator(".lever-meaning")
    expect(word).to_have_text("over 12 months")
    board.press("plan.*.ramp_months", "Home")
    expect(word).to_have_text("at once")
    expect(board.lever("plan.*.ramp_months")).to_have_attribute("aria-valuetext", "at once")


def test_money_is_what_a_lever_moves(come: Open) -> None:
    board = come()
    board.type(TRAINING, "40")
    expect(row(board, TRAINING).locator(".lever-meaning")).to_have_text("€140K")
    total = 75_000 + 140_000 + 216_000
    for group in ("take", "put"):
        place = board.page.locator(f'[data-group="{group}"] .lever-total')
        expect(place).to_contain_text(ENGLISH.money(total, "EUR"))
    expect(row(board, COMMUNITY).locator(".lever-meaning")).to_have_text(
        ENGLISH.money(0.3 * total, "EUR")
    )


def test_the_name_of_a_lever_opens_its_help(come: Open) -> None:
    board = come()
    row(board, OPENNESS).locator(".lever-label").click()
    box = board.page.locator(".help-box")
    expect(box).to_be_visible()
    expect(box.locator("h3")).to_have_text("Openness")
    board.page.keyboard.press("Escape")
    expect(box).to_have_count(0)


# --- on every screen -----------------------------------------------------------------------------


def test_groups_fold_on_a_phone_and_the_first_two_are_open(
    visit: Callable[..., Board],
) -> None:
    board = visit("phone")
    board.open()
    groups = board.page.locator(".lever-group")
    assert groups.evaluate_all("nodes => nodes.map(node => node.open)") == [
        *(True, True, False, False),
    ]
    groups.nth(0).locator("summary").tap()
    groups.nth(2).locator("summary").tap()
    board.press(OPENNESS, "ArrowRight")
    assert groups.evaluate_all("nodes => nodes.map(node => node.open)") == [
        *(False, True, True, False),
    ]


def test_fingers_find_large_targets(come: Open) -> None:
    board = come("phone")
    small = board.page.locator(
        ".levers :is(summary, button, input[data-lever], input[data-typed])"
    ).evaluate_all(
        """nodes => nodes
          .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
          .filter(([, box]) => box.width < 44 || box.height < 44)
          .map(([html, box]) => `${html}: ${box.width} x ${box.height}`)"""
    )
    assert not small, "\n".join(small)


@pytest.mark.parametrize("size", ["laptop", "projector"])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_projector_shows_all_levers_and_their_words_whole(
    come: Open, size: Size, language: str
) -> None:
    board = come(size, view="projector", lang=language)
    panel = board.page.locator(".levers")
    assert panel.evaluate("node => node.scrollHeight <= node.clientHeight")
    cut = panel.evaluate(
        """async (panel, language) => {
          const groups = await (await fetch(`board/start?language=${language}`)).json();
          const cut = [...panel.querySelectorAll(".lever-label, [data-typed]")]
            .filter((one) => one.scrollWidth > one.clientWidth)
            .map((one) => one.textContent || one.value);
          for (const { path, words } of groups.levers.flatMap((group) => group.levers)) {
            const place = panel.querySelector(`[data-lever="${path}"]`).closest(".lever")
              .querySelector(".lever-meaning");
            const shown = place.textContent;
            if (place.closest(".with-money")) continue;
            for (const [, word] of [...words.exact, ...words.from, [0, shown]]) {
              place.textContent = word;
              if (place.scrollWidth > place.clientWidth) cut.push(word);
            }
            place.textContent = shown;
          }
          return cut;
        }""",
        language,
    )
    assert not cut
    size_of_type = panel.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size_of_type >= (24 if size == "projector" else 16)


def test_a_word_that_changes_moves_no_range(come: Open) -> None:
    board = come()
    boxes = []
    for value in ("0", "10", "20", "480"):
        board.type(MINUTES, value)
        boxes.append([board.lever(path).bounding_box() for path in ALL])
    assert boxes == boxes[:1] * 4
