"""The best plan in the browser: asked for by keyboard, adopted by a click, undone by a step."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.helpers import SHEET, Board
from tests.support.accessibility import violations

BEYOND = """() => {
  const edge = document.querySelector(".best-page").getBoundingClientRect().right;
  return [...document.querySelectorAll(".best-page td")]
    .filter((cell) => cell.getBoundingClientRect().right > edge + 1)
    .map((cell) => cell.textContent);
}"""
"""What stands beyond the edge of the sheet."""


def test_a_plan_is_found_adopted_and_taken_back(board: Board) -> None:
    page = board.lock("plan.split.community").open("best").page
    locked = page.locator(".best-locked li")
    expect(locked).to_have_text("Community, 30%")
    locked.get_by_role("button").click()
    assert page.evaluate("() => window.board.state().locked") == []
    expect(locked).to_have_count(1)  # where it was: nothing moves
    before = page.evaluate("() => window.board.state().doc")
    for group in ("put", "involve", "when"):
        page.locator(f"input[name={group}]").uncheck()
    page.locator("input[name=changes]").fill("two")
    page.locator(".best-go button.primary").press("Enter")
    expect(page.locator("input[name=changes]")).to_have_attribute("aria-invalid", "true")
    page.locator("input[name=changes]").fill("")
    page.locator(".best-go button.primary").press("Enter")
    expect(page.locator(".best-title")).to_be_visible(timeout=60_000)
    assert page.locator(".best-proof li").count() >= 8
    page.locator("[data-frontier=service_quality]").press("Enter")
    expect(page.locator('[data-frontier][aria-pressed="true"]')).to_have_count(1)
    expect(page.locator(".best-frontier :is(table, p)").first).not_to_have_text("Working it out …")
    reality = page.locator(".best-reality")
    expect(reality).to_contain_text("published figures it agrees with", timeout=60_000)
    assert not violations(board, colours=True)
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    assert page.evaluate(BEYOND) == [], "figures that the sheet cuts off"
    assert page.locator(".best-page button:visible:not(.link)").count() == 0
    expect(page.locator(".best-objective select")).to_be_visible()
    page.emulate_media(media="screen")
    page.locator("[data-adopt]").first.click()
    after = page.evaluate("() => window.board.state().doc")
    assert after["plan"] != before["plan"] and after["organisation"] == before["organisation"]
    done = page.locator(".best-adopted")
    expect(done).to_contain_text("is the plan now")
    expect(done.locator('[data-action="best-simulate"]')).to_be_focused()
    expect(page.locator(".best-sentence")).to_have_count(0)  # it told of the plan before
    expect(page.locator('.best-plans [data-plan="present"]')).to_contain_text("Plan before")
    done.locator('[data-action="best-undo"]').click()
    expect(done).to_have_count(0)
    expect(page.locator(".best-sentence").first).to_be_visible()
    assert page.evaluate("() => window.board.state().doc") == before
    expect(page.locator(".best-result")).not_to_have_attribute("data-old", "")
