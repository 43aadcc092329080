"""From a number or a lever on the page to what it rests on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.register import BY_ID
from simulator.results import simulate
from simulator.scenario import load_shipped
from tests.browser.conftest import Visit
from tests.browser.helpers import Board, Size
from tests.support.panels import dialog, row
from ui.routes.bootstrap import DEFAULT
from ui.text.arithmetic import explanation


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_from_a_figure_to_an_assumption_behind_it(visit: Visit, size: Size, language: str) -> None:
    board = visit(size).open(lang=language)
    figure = board.page.locator('[data-figure="net_present_value"]')
    figure.locator("button").click()
    box = board.page.locator(".help-box")
    made = explanation("figure:net_present_value", simulate(load_shipped(DEFAULT)), ENGLISH)
    assert made.rests
    behind = made.rests.assumptions
    links = box.locator("[data-behind]")
    expect(links).to_have_count(len(behind))
    assert links.evaluate_all("all => all.map(one => one.dataset.behind)") == list(behind)
    for name in behind:
        words = box.locator(f'[data-behind="{name}"]').inner_text().split()
        label = LANGUAGES[language].gettext(BY_ID[name].label)
        assert words[1:] == [BY_ID[name].grade, *label.split()]
    for part in (".label", ".value"):
        assert not overlap(box, figure.locator(part)), "it does not lie on what it explains"
    box.locator(f'[data-behind="{behind[-1]}"]').click()
    expect(box).to_have_count(0)
    panel = board.page.locator("dialog.world")
    head = row(board, behind[-1]).locator(".assumption-head")
    expect(head).to_have_attribute("aria-expanded", "true")
    expect(head).to_be_focused()
    expect(head).to_be_in_viewport(ratio=1)
    assert not overlap(head, panel.locator(".world-tools"))
    expect(panel.locator(".world-header")).to_be_in_viewport(ratio=1)
    board.page.keyboard.press("Escape")
    expect(figure.locator("button")).to_be_focused()


def test_the_panel_that_is_open_goes_to_another_assumption(board: Board) -> None:
    panel = dialog(board, "world")
    panel.locator(".register-search").fill("no such thing")
    board.page.locator('[data-figure="payback_month"] button').click()
    link = board.page.locator(".help-box [data-behind]").first
    name = link.get_attribute("data-behind") or ""
    link.click()
    expect(row(board, name).locator(".assumption-detail")).to_be_in_viewport()
    expect(row(board, name).locator(".assumption-head")).to_be_focused()
    expect(panel).to_have_count(1)


def test_no_help_lies_on_the_lever_that_it_explains(board: Board) -> None:
    for path in board.levers():
        lever = board.page.locator(".lever", has=board.lever(path))
        lever.locator(".lever-label").click()
        box = board.page.locator(".help-box")
        expect(box).to_be_in_viewport(ratio=1)
        assert not overlap(box, lever), path
        board.page.keyboard.press("Escape")
        expect(box).to_have_count(0)


def overlap(element: Locator, other: Locator) -> bool:
    """Whether two boxes on the screen lie on each other."""
    a, b = element.bounding_box(), other.bounding_box()
    assert a
    assert b
    return (
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    )


def test_compared_figures_and_outcomes_say_what_they_rest_on(board: Board) -> None:
    board.page.locator('nav [data-page="compare"]').click()
    page = board.page
    page.locator(".compare-headline summary").click()
    for place in (
        '[data-card="0"] .compare-value',
        '[data-figure="roi"] .compare-figure',
        '[data-figure="probability_better"] .compare-figure',
        '[data-figure="probability_payback"] .compare-figure',
        '[data-figure="trust"] .compare-asks',
    ):
        page.locator(place).first.click()
        box = page.locator(".help-box")
        expect(box.locator(".help-how td").first).to_be_visible()
        expect(box.locator("[data-behind] .grade").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)


def test_money_and_what_was_counted_answer_a_click(board: Board) -> None:
    page = board.page
    asks = (".question .amount", '[data-group="take"] .lever-total .amount')
    for place in asks:
        page.locator(place).click()
        expect(page.locator(".help-how td").last).to_have_text(page.locator(place).inner_text())
        page.keyboard.press("Escape")
    assert page.locator('[data-group="take"]').get_attribute("open") is not None
    page.locator('nav [data-page="compare"]').click()
    for place in (".compare-detail .amount", ".compare-side .amount", ".compare-share .amount"):
        page.locator(place).first.click()
        expect(page.locator(".help-how td").first).to_have_text("1,024")
        expect(page.locator(".help-box .grade").first).to_be_visible()
        page.keyboard.press("Escape")
    bars = page.locator(".compare-bars")
    bars.click(position={"x": 2, "y": 2})
    box = page.locator(".help-box")
    expect(box).to_contain_text(page.locator(".compare-histogram tbody th").first.inner_text())
    expect(box).to_be_in_viewport(ratio=1)


def test_the_table_of_instruments_says_what_its_amounts_are(board: Board) -> None:
    board.analyse("leave_one_out")
    table = board.page.locator('[data-dialog="leave_one_out"]')
    expect(table.locator("[data-row]").first).to_be_visible()
    expect(table.locator(".lead")).to_contain_text("for the whole period, in today's money")


ROOM = """() => {
  const text = new Range();
  const figure = document.querySelector('.strip [data-figure="net_present_value"]');
  text.selectNodeContents(figure.lastElementChild);
  const box = document.querySelector(".help-box").getBoundingClientRect();
  const [top, bottom] = [figure.getBoundingClientRect().top, text.getBoundingClientRect().bottom];
  const more = innerHeight - bottom > top;
  return { isBelow: box.top >= bottom, isAbove: box.bottom <= top, more };
}"""


@pytest.mark.parametrize("scrolled", [0, 120])
def test_on_a_phone_an_explanation_opens_where_there_is_more_room(
    visit: Visit, scrolled: int
) -> None:
    """And not on the number: the lines that are kept free below that are room, too."""
    board = visit("phone").open()
    board.page.evaluate("y => scrollTo(0, y)", scrolled)
    board.page.locator('.strip [data-figure="net_present_value"] .label').click()
    expect(board.page.locator(".help-box .help-how tr").first).to_be_visible()
    room = board.page.evaluate(ROOM)
    assert room["more"] and room["isBelow"] and not room["isAbove"]
