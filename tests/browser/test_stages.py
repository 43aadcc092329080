"""A plan in stages on the page: its levers, its charts, and stages that an analysis has found."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from simulator import scenario
from tests.browser.conftest import Visit
from tests.browser.helpers import SCREENS, Board, Size
from ui.routes import bootstrap

GROUP = '[data-group="stages"]'
STAGES = {"first_depth": 0.25, "review_month": 12, "figure": "trust", "back": 0.7, "on": 0.7}
DEPTH, BACK = "plan.stages.first_depth", "plan.stages.back"


def open_group(board: Board) -> None:
    board.page.locator(f"{GROUP} summary").click()


def _drawn(board: Board) -> list[set[str]]:
    """What the lines of each chart are called."""
    charts = board.answer()["charts"]
    return [{trace.get("name", "").split(",")[0] for trace in one["data"]} for one in charts]


def test_a_plan_is_put_into_stages_by_hand(visit: Visit) -> None:
    board = visit().open()
    group = board.page.locator(GROUP)
    expect(group.locator(".lever-total")).to_have_text("all at once")
    assert DEPTH not in board.levers(), "nobody who does not ask for it meets a lever more"
    open_group(board)
    group.get_by_label("Make the plan in stages").check()
    board.settled()
    board.page.keyboard.press("p")  # nobody types in a box that is ticked
    board.until(lambda: board.state()["view"].get("mode") == "projector")
    board.page.keyboard.press("p")
    stages = board.value("plan.stages")
    expect(group.locator(".lever-total")).to_have_text("25% first, review in month 12")
    expect(group.locator(".stages-said")).to_contain_text("In month 12: Go back if fewer than")
    low, middle, high = board.answer()["stages"]["readings"]["taking_part"]
    board.until(lambda: board.value(BACK) == middle)  # what the model expects, not a made-up mark
    assert low <= middle <= high
    board.settled()
    assert board.press(DEPTH, "ArrowRight").value(DEPTH) == 0.26
    assert board.type(BACK, "0.4%").value("plan.stages.on") == 0.004, "one mark: both move"

    group.locator('[data-stages="figure"]').select_option("employees")
    rule = group.locator('[data-stages="rule"]')
    rule.focus()
    rule.select_option("two")
    board.settled()
    expect(board.lever("plan.stages.on")).to_be_visible()
    expect(rule).to_be_focused()
    board.until(lambda: all({"goes on", "stays", "goes back"} <= one for one in _drawn(board)))
    expect(board.page.locator(".sentence-staged")).to_contain_text("in month 12 it goes on in")
    rule.select_option("always_stay")
    board.settled()
    expect(group.locator('[data-stages="figure"]')).to_be_hidden()
    group.get_by_label("Make the plan in stages").uncheck()
    assert board.settled().value("plan.stages") is None
    expect(board.page.locator(".sentence-staged")).to_be_hidden()
    assert board.undo().value("plan.stages.always") == "stay"
    assert board.undo_all()[-1]["plan"]["stages"] is None
    assert stages["first_depth"] == 0.25


def test_stages_that_were_found_are_taken_by_one_click(visit: Visit) -> None:
    board = visit().open()
    open_group(board)
    board.analyse("pilot")
    dialog = board.page.locator('[data-dialog="pilot"]')
    take = dialog.locator('[data-action="take-stages"]')
    expect(take).to_have_text("Take this into the plan")
    take.click()
    expect(take).to_be_disabled()
    board.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    taken = board.settled().value("plan.stages")
    assert (taken["first_depth"], taken["review_month"]) == (0.25, 12)
    expect(board.page.locator(f"{GROUP} .lever-total")).to_have_text(
        "25% first, review in month 12"
    )
    board.type(DEPTH, "40%")
    board.analyse("pilot")
    for option, value in (("depth", "40"), ("month", "12"), ("figure", taken["figure"])):
        expect(dialog.locator(f'[data-option="{option}"]')).to_have_value(value)
    board.type(DEPTH, "35%")
    expect(dialog.locator('[data-option="depth"]')).to_have_value("35")
    dialog.get_by_label("Close").click()
    assert board.undo_all()[-1]["plan"]["stages"] is None


@pytest.mark.parametrize("size", SCREENS)
def test_compare_says_what_plans_in_stages_do(visit: Visit, size: Size) -> None:
    plan = scenario.load_shipped("balanced-shift").changed(**{"plan.stages": STAGES})
    board = visit(size).keep(bootstrap.document(plan)).open("compare")
    page = board.page
    expect(page.locator(".compare-card .compare-staged")).to_contain_text("it goes on in")
    page.locator(".compare-overlay > summary").click()
    expect(page.locator(".compare-stages li")).to_contain_text("Go back if")
    names = {trace.get("name", "").split(",")[0] for trace in board.answer()["charts"][0]["data"]}
    assert {"P goes on", "P goes back"} <= names
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", ["projector", "laptop"])
def test_the_sentence_of_a_plan_in_stages_is_not_cut_on_a_projector(
    visit: Visit, size: Size
) -> None:
    """In the language that takes the most room, with its levers open."""
    plan = scenario.load_shipped("balanced-shift").changed(**{"plan.stages": STAGES})
    board = visit(size).keep(bootstrap.document(plan)).open(lang="nl", view="projector")
    open_group(board)
    expect(board.page.locator(".sentence-staged")).to_be_visible()
    over = "node => node.scrollHeight - node.clientHeight"
    assert board.page.locator(".sentence-text").evaluate(over) <= 1
