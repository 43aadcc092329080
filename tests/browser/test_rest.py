"""What the Simulate page works out while nothing moves, and that a move ends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from simulator import scenario
from simulator.i18n.language import ENGLISH
from simulator.results import DEFAULT_DRAWS, headline
from simulator.results.steady import steady
from simulator.results.years import chance_by_year, horizon_words
from tests.browser.conftest import Visit
from tests.browser.helpers import Board, Size
from ui import cache, refinement
from ui.routes import bootstrap
from ui.text.headline import headline_strip

TRAINING = "plan.training.share_moved"
PLAN = scenario.load_shipped("balanced-shift").changed(**{TRAINING: 0.83, "horizon_months": 24})
"""Its digits take more draws to stand."""
DRAWS = refinement.steps(cache.results(PLAN, ())) * refinement.DRAWS_A_STEP
SETTLE = "**/board/settle"


@pytest.fixture
def board(visit: Visit) -> Board:
    """The page with the plan, at once after its first answer."""
    board = visit().open()
    held: list[Route] = []
    board.route(SETTLE, lambda route: held.append(route))
    board.page.evaluate("doc => window.board.commit(doc)", bootstrap.document(PLAN))
    return board.settled()


def test_at_rest_more_draws_come_and_what_was_right_stays(board: Board) -> None:
    assert DRAWS > DEFAULT_DRAWS
    sentence, draws = (
        board.page.locator(f".sentence .{one}") for one in ("sentence-text", "draws")
    )
    expect(draws).to_have_text("1,024 draws")
    expect(board.root).to_have_attribute("data-refined", "false")
    before = board.figures()
    board.page.unroute(SETTLE)
    board.press(TRAINING, "ArrowRight", "ArrowLeft").settled()
    expect(board.root).to_have_attribute("data-refined", "true")
    expect(draws).to_have_text(f"{DRAWS:,} draws")
    fewer = headline(PLAN, DEFAULT_DRAWS)
    rough, settled = (
        {one.id: one.value for one in headline_strip(known, "EUR", 24, ENGLISH).figures}
        for known in (fewer, steady(headline(PLAN, DRAWS), fewer))
    )
    assert (before, board.figures()) == (rough, settled)
    words = horizon_words(chance_by_year(PLAN), ENGLISH)
    assert words
    expect(sentence).to_contain_text(words)


def test_a_move_breaks_off_what_is_asked_for_at_rest(board: Board) -> None:
    with board.page.expect_event("requestfailed", lambda one: one.url.endswith("/settle")):
        with board.page.expect_request(SETTLE):
            board.press(TRAINING, "ArrowRight").settled()
        board.press(TRAINING, "ArrowLeft")
    expect(board.root).to_have_attribute("data-refined", "false")


PLACES = """() => [...document.querySelectorAll(
  '.strip, .strip .figure, .strip .label:not(.weak-evidence), .lever, .chart')]
  .filter((node) => node.checkVisibility()).map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [x + scrollX, y + scrollY, width, height].map(Math.round);
  })"""
"""On the page, of the strip and what stands below it."""


@pytest.mark.parametrize(
    ("size", "query", "share"),
    [
        ("laptop", {"lang": "en"}, 0.41),
        ("laptop", {"lang": "nl"}, 0.42),
        ("phone", {"lang": "da"}, 0.43),
        ("projector", {"view": "projector"}, 0.44),
    ],
)
def test_weak_evidence_is_warned_of_on_every_screen(
    visit: Visit, size: Size, query: dict[str, str], share: float
) -> None:
    """Where nothing moves for it; it is explained, and the way to all of it leads there."""
    board = visit(size).open(**query)
    held: list[Route] = []
    board.route(SETTLE, lambda route: held.append(route))
    plan = scenario.load_shipped("balanced-shift").changed(**{TRAINING: share})
    board.page.evaluate("doc => window.board.commit(doc)", bootstrap.document(plan))
    board.settled()
    warning, strip = board.page.locator(".weak-evidence"), board.page.locator(".strip")
    expect(warning).to_be_hidden()
    refining = board.page.locator(".strip .refining")
    expect(refining).to_be_visible()
    expect(refining).to_be_in_viewport(ratio=1)
    board.page.keyboard.press("f")
    expect(board.page.locator("[data-large] .refining")).to_be_visible()
    expect(board.page.locator("[data-large] .refining")).to_be_in_viewport(ratio=1)
    expect(board.page.locator('[data-large] [data-action="enlarge"]')).to_be_in_viewport(ratio=1)
    board.page.keyboard.press("Escape")
    before = board.page.evaluate(PLACES)
    assert len(before) > 10
    board.page.unroute(SETTLE)
    board.press(TRAINING, "ArrowRight", "ArrowLeft").settled()
    expect(warning).to_be_visible()
    expect(warning).to_be_in_viewport(ratio=1)
    expect(board.root).to_have_attribute("data-refined", "true")
    expect(refining).to_be_hidden()
    assert board.page.evaluate(PLACES) == before, "nothing moved"
    box, around_it = warning.bounding_box(), strip.bounding_box()
    assert box and around_it and box["y"] + box["height"] <= around_it["y"] + around_it["height"]
    warning.click()
    help_box = board.page.locator(".help-box")
    lies = help_box.bounding_box()
    assert lies and (lies["y"] >= box["y"] + box["height"] or lies["x"] >= box["x"] + box["width"])
    help_box.locator("button.link").click()
    panel = board.page.locator('.analysis-panel[data-analysis="judgement"]')
    expect(panel.locator("h2")).to_be_in_viewport()
