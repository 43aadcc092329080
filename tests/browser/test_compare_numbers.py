"""Every number of the Compare page answers: what it is, how it came about, what it rests on."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_compare import DEFAULT, IDLE, SELLING, lay, unfold

UNANSWERED = r"""() => {
  // A number answers where a click on it, or on what it stands in, opens a box; or it is part of an
  // answer: the axis of a picture that can be clicked on, the range that a row is about, the scale
  // of all words, what is to be known before comparing.
  const told = `button[aria-haspopup="dialog"], .compare-ticks, .compare-histogram tbody th,
    .compare-rule, .compare-caveats, .lead-in, .compare-key legend, svg, .chart, .compare-adding,
    .unseen, h1, h2, h3, option, .compare-name, .compare-column, .compare-key label, .compare-how,
    .letter`;
  const page = document.querySelector("main.compare");
  const texts = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const { data, parentElement: parent } = texts.currentNode;
    const isNumber = /\d/.test(data.replace("8 of 10", ""));
    if (isNumber && parent.checkVisibility() && !parent.closest(told)) {
      found.push(`${parent.className}: ${data}`);
    }
  }
  return found;
}"""


def test_every_number_says_what_it_is_how_it_came_about_and_what_it_rests_on(visit: Visit) -> None:
    staged = DEFAULT.changed(**{"plan.stages": STAGED}, name="Small first")
    drawn = SELLING.changed(assumptions={"trust_asymmetry": 3.0})
    board = lay(visit(), DEFAULT, drawn, staged, IDLE).open("compare").settled()
    page = board.page
    unfold(board, "headline", "budgets", "overlay", "differing")
    page.locator(".compare-histogram summary").click()
    board.settled()
    assert page.evaluate(UNANSWERED) == []
    asked = page.locator('main.compare button[aria-haspopup="dialog"]:visible')
    assert asked.count() > 100
    # Of each kind, and of each figure, some: all are made by the same few functions.
    places = asked.evaluate_all(ONE_OF_EACH, KINDS)
    assert {*KINDS} <= {kind for kind, _ in places}
    for kind, place in places:
        asked.nth(place).click()
        box = page.locator(".help-box")
        expect(box.locator("h3")).not_to_be_empty()
        expect(box.get_by_text("Working it out")).to_have_count(0)
        expect(box.locator("p").first).not_to_be_empty()
        if kind in {"detail", "side", "bar", "rank"}:
            expect(box.locator("tr").first).to_be_visible()
            expect(box.locator("[data-behind]").first).to_be_visible()
            expect(box.locator(".evidence")).to_be_visible()
        elif kind in {"card", "figure", "budget", "lever"}:
            expect(box.locator("tr").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)


KINDS = {
    "card": ".compare-card",
    "detail": ".compare-detail",
    "side": ".compare-sides",
    "bar": ".compare-histogram tbody",
    "rank": ".compare-ranks",
    "figure": "[data-figure] td",
    "budget": '[data-line="training"] td',
    "lever": '[data-path="plan.training.share_moved"] td',
    "assumption": '[data-group="assumptions"] td',
    "stages": ".compare-stages",
    "chart": ".compare-overlay",
}
ONE_OF_EACH = """(buttons, kinds) => {
  const seen = new Set();
  return buttons.flatMap((button, place) => {
    const kind = Object.keys(kinds).find((one) => button.closest(kinds[one]));
    const row = button.closest("[data-figure]")?.dataset.figure;
    const key = `${kind} ${row} ${button.parentElement.className}`;
    if (!kind || seen.has(key)) return [];
    seen.add(key);
    return [[kind, place]];
  });
}"""
STAGED = {"first_depth": 0.25, "review_month": 12, "figure": "trust", "back": 0.69, "on": 0.7}
