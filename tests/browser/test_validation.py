"""The page Checked in the browser: every case with its verdicts, on every screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from simulator.i18n.language import LANGUAGES
from simulator.validation import validate
from tests.browser.conftest import Visit
from tests.browser.helpers import SCREENS, Board, Size
from ui.text import validation as text


def test_it_shows_what_came_of_every_case(board: Board) -> None:
    page = board.open("validation").page
    report = validate()
    page_text = text.page(report, LANGUAGES["en"])
    expect(page.locator(".validation-summary")).to_have_text(page_text["summary"])
    for outcome in report.outcomes:
        case = page.locator(f'[data-case="{outcome.case.id}"]')
        figure = case.locator(f'[data-comparison="{outcome.comparison.id}"]')
        word = LANGUAGES["en"].gettext(text.WORDS[outcome.verdict])
        expect(figure.locator(".validation-verdict")).to_have_text(word)
        expect(figure.locator('[role="img"]')).to_have_count(1 if outcome.band else 0)
    case.locator("summary").click()
    expect(case.locator("details li")).to_have_count(
        len(report.outcomes[-1].case.inputs) + len(report.outcomes[-1].case.sources)
    )


def test_the_marks_lie_where_the_numbers_say(board: Board) -> None:
    page = board.open("validation").page
    page_text = text.page(validate(), LANGUAGES["en"])
    chart = page_text["cases"][1]["comparisons"][0]["chart"]
    track = page.locator('[data-comparison="agents"] .validation-track')
    across = track.bounding_box()
    assert across is not None
    for mark, place in (("published", chart["published"]), ("band", chart["low"])):
        box = track.locator(f".{mark}").bounding_box()
        assert box is not None
        at = box["x"] + (box["width"] / 2 if mark == "published" else 0.0) - across["x"]
        assert at == pytest.approx(place * across["width"], abs=2.0), mark


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_it_fits_every_screen(visit: Visit, size: Size, code: str) -> None:
    board = visit(size).open("validation", lang=code)
    expect(board.page.locator(".validation-case")).to_have_count(5)
    across = board.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert across <= 0, "the page is wider than the screen"
