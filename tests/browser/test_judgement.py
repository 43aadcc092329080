"""What the value rests on, at the top of the Assumptions page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from simulator.model.structures import STRUCTURES
from tests.browser.conftest import Visit
from tests.browser.helpers import Board, Size
from tests.support.accessibility import ONE_OF_EACH, violations
from ui.text.failures import FAILURES

PANELS = ("judgement", "structures")


def panel(board: Board, name: str) -> Locator:
    return board.page.locator(f'.analysis-panel[data-analysis="{name}"]')


def worked_out(board: Board, name: str) -> Locator:
    """A panel, once it shows what belongs to the scenario as it stands."""
    shown = panel(board, name)
    expect(shown.locator("tbody tr").first).to_be_visible()
    expect(shown.locator("[aria-busy]")).to_have_count(0)
    return shown


def test_the_page_says_what_rests_on_judgement(visit: Visit) -> None:
    board = visit().open("assumptions")
    shown = worked_out(board, "judgement")
    expect(shown.locator(".statement").first).to_have_text(
        re.compile(r"^\d+% of how far the value can be off .* graded D or E")
    )
    rows = shown.locator("tbody tr")
    expect(rows.first.locator("th")).to_have_text("A: meta-analyses")
    expect(rows.last.locator("th")).to_have_text("D, E and structure together")
    both, alone = (
        shown.locator(f'[data-row="{name}"] .share-bar').evaluate(
            "bar => Number(bar.style.getPropertyValue('--end'))"
        )
        for name in ("D_E_structure", "A")
    )
    assert 0.0 <= alone < both <= 1.0
    widths = shown.locator('[data-row="D_E_structure"] .share-bar').evaluate(
        "bar => [parseFloat(getComputedStyle(bar, '::before').width), bar.clientWidth]"
    )
    assert widths[0] == pytest.approx(both * widths[1], abs=1.5)


def test_the_register_does_not_wait_for_it(visit: Visit) -> None:
    board = visit()
    held: list[Route] = []
    board.route("**/board/analysis", lambda route: held.append(route))
    board.open("assumptions")
    expect(board.page.locator("[data-assumption-row]").first).to_be_visible()
    for name in PANELS:
        expect(panel(board, name).get_by_role("status")).to_have_text("Working it out …")
        expect(panel(board, name).locator("[aria-busy]")).to_have_count(1)
    board.until(lambda: len(held) == len(PANELS))
    for route in held:
        route.continue_()
    for name in PANELS:
        expect(worked_out(board, name).get_by_role("status")).to_be_empty()


def test_what_goes_wrong_is_told_and_tried_again(visit: Visit) -> None:
    board = visit()
    board.watch.expect_failures()
    board.route("**/board/analysis", lambda route: route.abort("connectionreset"), times=2)
    board.open("assumptions")
    alert = panel(board, "judgement").locator("[role=alert]")
    expect(alert).to_have_text(f"{FAILURES['lost']} Trying again.")
    worked_out(board, "judgement")
    expect(alert).to_be_empty()


def test_a_form_is_made_certain_where_its_weight_is_shown(visit: Visit) -> None:
    board = visit().open("assumptions")
    shown = worked_out(board, "structures")
    assert shown.locator("tbody tr").count() == 1 + len(STRUCTURES)
    weight = shown.locator('[data-row="community_linear"] td').first
    expect(weight).to_have_text("20%")
    alone = shown.locator('[data-row="community_linear"] td:not(:nth-child(2))').all_inner_texts()

    shown.locator('[data-assumption-link="community_linear_weight"]').click()
    field = board.page.locator(
        'dialog [data-assumption-field="community_linear_weight.central"]'
    ).first
    field.fill("100")
    field.press("Enter")
    board.page.keyboard.press("Escape")
    expect(weight).to_have_text("100%")
    shown = worked_out(board, "structures")
    for other in ("community_diminishing", "community_tipping"):
        expect(shown.locator(f'[data-row="{other}"] td').first).to_have_text("0%")
    texts = shown.locator('[data-row="mixture"] td:not(:nth-child(2))').all_inner_texts()
    assert texts == alone
    assert board.value("assumptions.community_linear_weight") == 1


def test_a_plan_that_changes_nothing_has_nothing_to_share_out(visit: Visit) -> None:
    board = visit().open()
    still = next(
        preset["doc"]
        for preset in board.page.evaluate(
            "fetch('board/start?language=en').then(reply => reply.json())"
        )["presets"]
        if preset["doc"]["name"] == "Wait and see"
    )
    board.keep(still).open("assumptions")
    expect(panel(board, "judgement")).to_contain_text("There is nothing uncertain to share out.")
    expect(panel(board, "structures")).to_contain_text("The plan changes nothing")


@pytest.mark.parametrize(
    ("language", "size"), [("en", "laptop"), ("nl", "projector"), ("nl", "phone"), ("da", "phone")]
)
def test_everybody_can_read_it(visit: Visit, language: str, size: Size) -> None:
    query = {"view": "projector"} if size == "projector" else {}
    board = visit(size, dark=language == "nl").open("assumptions", lang=language, **query)
    for name in PANELS:
        shown = worked_out(board, name)
        for table in shown.locator("table").all():
            box, room = table.bounding_box(), board.root.bounding_box()
            assert box and room
            assert box["x"] >= 0 and box["x"] + box["width"] <= room["x"] + room["width"] + 1
    board.page.evaluate(ONE_OF_EACH, "[data-assumption-row]")
    assert not violations(board, colours=True)
