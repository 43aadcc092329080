"""The page of the model in the browser: links explain themselves, claims lead to equations."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.helpers import SCREENS, Board, Size


def test_a_link_shows_its_equation_and_a_claim_leads_to_one(board: Board) -> None:
    page = board.open("model").page
    page.locator('[data-node="trust"]').click()
    link = page.locator('[data-link="service_quality trust"]')
    link.dispatch_event("click")
    detail = page.locator(".model-detail")
    expect(detail.locator("h3").first).to_have_text("Service quality → Trust")
    expect(detail.locator("math").first).to_be_visible()
    expect(detail.locator(".model-assumptions li").first).to_be_visible()
    page.locator('[data-claim="24"] button').first.click()
    equation = page.locator('article[data-equation="trust_premium"]')
    expect(equation).to_be_focused()
    # A browser that shows mathematics draws a fraction higher than a line of text.
    box = page.locator("math mfrac").first.bounding_box()
    assert box and box["height"] > 30


@pytest.mark.parametrize("size", SCREENS)
def test_it_fits_every_screen(visit: Visit, size: Size) -> None:
    board = visit(size).open("model", lang="nl")
    expect(board.page.locator(".model-claim")).to_have_count(32)
    across = board.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert across <= 0, "the page is wider than the screen"
