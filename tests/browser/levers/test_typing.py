"""The levers, typed into, and the split that they share."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from simulator.i18n.language import ENGLISH
from simulator.model.quantities import SOURCES
from tests.support.lever_moves import (
    ALL,
    COMMUNITY,
    CONTENT,
    MINUTES,
    OPENNESS,
    PUT,
    TRAINING,
    Open,
    at,
    row,
    shown,
    whole,
)

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


def test_an_amount_of_money_is_the_share_that_it_is_and_the_page_says_so(come: Open) -> None:
    board = come()
    message = board.page.locator(".toast")
    board.type(TRAINING, "70 k")
    assert at(board.doc(), TRAINING) == 0.2
    expect(message).to_have_text("€70,000 of €350,000 is 20%.")
    board.type(COMMUNITY, "40").type("plan.split.savings", "20")
    total = sum(
        board.doc()["organisation"]["budgets"][source]
        * at(board.doc(), f"plan.{source}.share_moved")
        for source in SOURCES
    )
    board.type("plan.split.networking", "€20k")
    assert at(board.doc(), "plan.split.networking") == pytest.approx(20_000 / total, abs=1e-4)
    expect(message).to_contain_text("€20,000 of €")
    board.type(OPENNESS, "€20k")
    problem = board.page.locator(".lever-problem:visible")
    expect(problem).to_contain_text("This lever moves no money. A number from 0 to 100 %.")


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
    expect(board.page.locator(f'[data-lock="{CONTENT}"]')).to_have_attribute(
        "title", "Release Content"
    )
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
    expect(lock).to_have_accessible_name("Release Community")
    board.type("plan.split.listening", "10")
    board.drag(CONTENT, 1)
    split = board.doc()["plan"]["split"]
    assert (split["community"], split["listening"], split["content"]) == (0.4, 0.1, 0.5)
    board.type(COMMUNITY, "45")
    assert at(board.doc(), COMMUNITY) == 0.45, "whoever locked it may move it"
    board.type(COMMUNITY, "95")
    expect(board.typed(COMMUNITY)).to_have_attribute("aria-invalid", "true")
    expect(board.page.locator(".lever-problem:visible")).to_contain_text("0 to 90 %")
    board.typed(COMMUNITY).blur()
    expect(board.typed(COMMUNITY)).to_have_value("45")  # what is refused does not stay
    expect(board.page.locator(".toast").last).to_contain_text("stays at 45%: the locked lines")
    expect(board.page.locator(".lever-problem:visible")).to_have_count(0)


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
    notes = board.page.locator(".lever-note:not(:empty)")
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
        spoken = board.lever(path).get_attribute("aria-valuetext") or ""
        assert spoken.startswith(f"{100 * real[name]:.0f}%"), spoken
        assert amount in spoken
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
