"""The panel of the world's assumptions: listed, searched, moved, typed and taken back."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from simulator import scenario
from simulator.model.register import BY_ID, GRADES, REGISTER
from simulator.scenario import load_shipped
from tests.browser.conftest import Visit
from tests.browser.helpers import Board
from tests.support.figures import expected
from tests.support.panels import (
    FIXED,
    OTHER,
    RANGE,
    SHARE,
    dialog,
    end,
    opened,
    row,
    searched,
    shipped_document,
    write,
)


def test_all_assumptions_are_listed_with_range_unit_and_grade(board: Board) -> None:
    panel = dialog(board, "world")
    expect(panel.locator("[data-assumption-row]")).to_have_count(len(REGISTER))
    for parameter in (BY_ID[RANGE], BY_ID[SHARE], BY_ID["overload_minutes"]):
        text = row(board, parameter.id).inner_text()
        assert parameter.label in text
        assert re.search(rf"Grade\s*{parameter.grade}", text)
        assert parameter.unit == "share" or parameter.unit in text
    assert re.search(r"3%\D+8%\D+15%", row(board, SHARE).inner_text())
    assert re.search(r"40\D+90\D+180", row(board, "overload_minutes").inner_text())


def test_the_few_that_move_this_answer_most_come_before_all_others(board: Board) -> None:
    panel = dialog(board, "world")
    below = panel.locator("[data-assumption-row]").first
    place = below.bounding_box()
    ways = panel.locator("[data-most]")
    expect(ways).to_have_count(8)
    assert below.bounding_box() == place, "what is below stays where it is"
    name = ways.nth(1).get_attribute("data-most") or ""
    ways.nth(1).click()
    expect(row(board, name).locator(".assumption-detail")).to_be_in_viewport()


def test_it_takes_the_levers_place_and_leaves_the_charts_alone(board: Board) -> None:
    charts = board.page.locator(".charts").bounding_box()
    panel = dialog(board, "world").bounding_box()
    assert charts == board.page.locator(".charts").bounding_box()
    assert panel
    assert charts
    assert panel["x"] + panel["width"] <= charts["x"]
    assert board.page.locator(".levers").evaluate("one => one.inert")
    board.page.keyboard.press("Escape")
    expect(board.page.locator(".levers")).to_have_js_property("inert", False)
    expect(board.page.locator(":focus")).to_have_attribute("data-action", "world")


def test_on_a_phone_it_takes_the_whole_screen(visit: Visit) -> None:
    board = visit("phone").open()
    panel = dialog(board, "world")
    box = panel.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert panel.evaluate("one => one.matches(':modal')")
    opened(board, RANGE)
    sizes = panel.locator("button:visible, select:visible, input:visible").evaluate_all(
        "all => all.map(one => [one.closest('label')?.getBoundingClientRect().height ?? 0,"
        " one.getBoundingClientRect().height])"
    )
    assert all(max(pair) >= 44 for pair in sizes)


def test_searching_and_choosing_a_group(board: Board) -> None:
    panel = dialog(board, "world")
    rows = panel.locator("[data-assumption-row]")
    panel.locator(".register-search").fill("Sprout")
    names = rows.evaluate_all("all => all.map(one => one.dataset.assumptionRow)")
    assert names
    assert all("sprout" in searched(name) for name in names)
    expect(panel.locator("[role=status]")).to_have_text(f"{len(names)} of {len(REGISTER)}")
    panel.locator(".register-search").fill("")
    panel.locator(".register-group").select_option("money")
    expect(rows).to_have_count(sum(parameter.group == "money" for parameter in REGISTER))
    panel.locator(".register-search").fill("no such thing")
    assert rows.count() == 0


def test_the_central_value_moves_by_keys_and_the_charts_follow(board: Board) -> None:
    before = board.doc()
    assumption = opened(board, RANGE)
    slider = assumption.locator("input[type=range]")
    values = [0.6]
    slider.focus()
    for _ in range(25):
        slider.press("ArrowRight")
        values.append(board.value(f"assumptions.{RANGE}.central"))
    assert all(later > earlier for earlier, later in pairwise(values))
    board.settled()
    assert slider.get_attribute("aria-valuetext") == f"{values[-1]:.3g} ratio"
    assert board.figures() == expected(scenario.parse(json.dumps(board.doc())))
    expect(assumption.locator(".mark")).to_have_text("Changed")
    for _ in range(25):
        slider.press("ArrowLeft")
    assert board.settled().doc() == before  # as in the register: nothing of it is left
    slider.press("End")
    top = BY_ID[RANGE].most
    assert board.value(f"assumptions.{RANGE}") == {"low": 0.3, "central": top, "high": top}
    slider.press("Home")
    least = BY_ID[RANGE].least
    # All of one move follows from the range it started from.
    assert board.value(f"assumptions.{RANGE}") == {"low": least, "central": least, "high": 0.9}
    slider.blur()
    slider.press("End")
    assert board.value(f"assumptions.{RANGE}") == {"low": least, "central": top, "high": top}


def test_dragging_shows_at_once_and_is_one_step(board: Board) -> None:
    before = board.doc()
    slider = opened(board, RANGE).locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    place = slider.evaluate("one => one.value / one.max")
    board.page.mouse.move(box["x"] + 10 + place * (box["width"] - 20), middle)
    board.page.mouse.down()
    seen = []
    for step in (0.6, 0.7, 0.8):
        board.page.mouse.move(box["x"] + step * box["width"], middle)
        seen.append(board.value(f"assumptions.{RANGE}.central"))
    assert seen == sorted(set(seen))
    board.page.mouse.up()
    board.settled()
    assert board.value(f"assumptions.{RANGE}.central") == seen[-1]
    assert board.undo().doc() == before
    expect(end(row(board, RANGE), "central")).to_have_value("0.6")


@pytest.mark.parametrize("own", [False, True])
def test_dragging_too_far_and_back_restores_the_range(board: Board, own: bool) -> None:
    assumption = opened(board, RANGE)
    if own:
        write(assumption, "low", "0.45")
        write(assumption, "high", "0.7")
    before = board.settled().doc()
    slider = assumption.locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    home = box["x"] + 10 + slider.evaluate("one => one.value / one.max") * (box["width"] - 20)
    board.page.mouse.move(home, middle)
    board.page.mouse.down()
    for place in (box["x"] + box["width"] + 50, box["x"] - 50, home):
        board.page.mouse.move(place, middle, steps=15)
        if place != home:
            assert board.value(f"assumptions.{RANGE}.central") in BY_ID[RANGE].bounds
    board.page.mouse.up()
    assert board.settled().doc() == before


def test_typing_the_three_values(board: Board) -> None:
    assumption = opened(board, SHARE)
    assert [end(assumption, name).input_value() for name in ("low", "central", "high")] == [
        "3",
        "8",
        "15",
    ]
    write(assumption, "low", "7.5%")
    assert board.value(f"assumptions.{SHARE}") == {"low": 0.075, "central": 0.08, "high": 0.15}
    low = write(assumption, "low", "9")  # more than the central value
    assert low.get_attribute("aria-invalid") == "true"
    message = board.page.locator(f"#{low.get_attribute('aria-describedby')}")
    expect(message).to_contain_text("Above the central value, 8%: it holds as soon as")
    assert board.value(f"assumptions.{SHARE}.low") == 0.075
    panel = board.page.locator("dialog.world")
    panel.get_by_role("button", name="Close").first.click()
    expect(panel.locator(".dialog-typed")).to_contain_text("“9” in")
    panel.locator('[data-action="keep-typed"]').click()
    expect(low).to_be_focused()
    low.press("Escape")
    assert low.input_value() == "7.5"
    expect(message).to_be_empty()
    expect(board.page.locator("dialog.world")).to_be_visible()
    expect(message).to_be_empty()
    for name, text, problem in (("high", "7", "Below the central"), ("central", "x", "no number")):
        wrong = write(assumption, name, text)
        expect(board.page.locator(f"#{wrong.get_attribute('aria-describedby')}")).to_contain_text(
            problem
        )
        wrong.press("Escape")
    write(assumption, "low", "30")  # from left to right: nothing that was typed is lost
    write(assumption, "central", "32")
    write(assumption, "high", "40.5")
    assert board.value(f"assumptions.{SHARE}") == {"low": 0.3, "central": 0.32, "high": 0.405}
    assert [end(assumption, name).input_value() for name in ("low", "central", "high")] == [
        "30",
        "32",
        "40.5",
    ]
    board.undo().undo()
    write(assumption, "central", "20")  # beyond the high end, which comes along
    expect(assumption.locator(".assumption-moved")).to_contain_text("High moved along to 20")
    assert board.value(f"assumptions.{SHARE}") == {"low": 0.075, "central": 0.2, "high": 0.2}
    assert board.settled().figures() == expected(scenario.parse(json.dumps(board.doc())))


def test_taken_as_known_and_as_in_the_register(board: Board) -> None:
    before = board.doc()
    assumption = opened(board, SHARE)
    assumption.locator("[data-known]").check()
    assert board.value(f"assumptions.{SHARE}") == 0.08
    expect(end(assumption, "low")).to_be_hidden()
    write(assumption, "central", "50")
    assert board.value(f"assumptions.{SHARE}") == 0.5
    assumption.locator("[data-known]").uncheck()
    assert board.value(f"assumptions.{SHARE}") == {"low": 0.03, "central": 0.5, "high": 0.5}
    assumption.locator("[data-register]").click()
    assert board.doc() == before
    expect(assumption.locator("[data-register]")).to_be_disabled()
    expect(assumption.locator(".mark")).to_be_hidden()


def test_a_fixed_assumption_is_one_number(board: Board) -> None:
    assumption = opened(board, FIXED)
    expect(end(assumption, "central")).to_be_visible()
    expect(end(assumption, "low")).to_be_hidden()
    assert assumption.locator("[data-known]").count() == 0
    write(assumption, "central", "7.5")
    assert board.value(f"assumptions.{FIXED}") == 7.5
    write(assumption, "central", "8")
    assert board.doc()["assumptions"] == {}


def test_the_scenarios_own_come_first_and_reset_goes_back_to_them(board: Board) -> None:
    dialog(board, "scenarios").locator(f'[data-preset="{OTHER}"] button').click()
    board.settled()
    own = load_shipped(OTHER).ranges()
    panel = dialog(board, "world")
    first = panel.locator("section").first.locator("[data-assumption-row]")
    assert set(first.evaluate_all("all => all.map(one => one.dataset.assumptionRow)")) == set(own)
    assert set(first.locator(".mark").all_inner_texts()) == {"The scenario's own"}
    reset = panel.locator("[data-reset-assumptions]")
    expect(reset).to_be_hidden()
    name = next(iter(own))
    opened(board, name).locator("[data-register]").click()
    assert name not in board.doc()["assumptions"]
    expect(row(board, name).locator(".mark")).to_have_text("Changed")
    reset.click()
    assert board.settled().doc() == shipped_document(OTHER)
    expect(reset).to_be_hidden()


def test_single_letters_do_nothing_where_somebody_types(board: Board) -> None:
    assumption = opened(board, RANGE)
    search = board.page.locator("dialog.world .register-search")
    view = board.state()["view"]
    for place in (search, end(assumption, "central")):
        place.focus()
        for key in "uylkwospt?":
            board.page.keyboard.press(key)
        assert place.input_value().endswith("uylkwospt?")
        place.fill("")
    assert board.state()["view"] == view
    expect(board.page.locator("dialog[open]")).to_have_count(1)
    board.page.keyboard.press("Escape")


def test_what_the_change_comes_from_is_split(board: Board) -> None:
    assumption = opened(board, "effect_transfer")
    split = board.page.locator(".world-split")
    expect(split).to_be_hidden()
    write(assumption, "central", "1")
    board.settled()
    expect(split).to_be_visible()
    change = board.answer()["world"]
    assert [part.inner_text() for part in split.locator("dd").all()] == [
        change["total"],
        change["world"],
        change["decisions"],
    ]
    board.undo()
    expect(split).to_be_hidden()


def test_a_row_tells_where_its_numbers_come_from(board: Board) -> None:
    text = opened(board, RANGE).inner_text()
    known = BY_ID[RANGE]
    for statement in (known.meaning, known.citation, known.reported_figure, known.note):
        assert statement in text
    assert f"{known.grade}: {GRADES[known.grade]}" in text
    link = row(board, RANGE).get_by_role("link")
    assert link.get_attribute("href") == known.checked_at
    assert link.get_attribute("rel") == "noopener noreferrer"
