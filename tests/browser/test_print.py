"""Pages on paper: whole charts, black on white, nothing to press, and where it is from."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from simulator.scenario import load_shipped
from simulator.version import MODEL_VERSION
from tests.browser.conftest import Visit
from tests.browser.helpers import SHEET, Board, Size
from ui.routes import bootstrap

SEEN = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const box = (one) => one.getBoundingClientRect().toJSON();
  const charts = [...document.querySelectorAll(".chart")].map((one) => ({
    frame: box(one.querySelector(".plot-frame")),
    pictures: [...one.querySelectorAll(".main-svg")].map(box),
  }));
  const parts = [".print-head", ".strip", ".sentence", ".levers", ".charts", ".multiples"];
  return {
    charts,
    tools: [...document.querySelectorAll(".bar *, .chart-tools *, .lever-lock, .register-tools *")]
      .filter(seen).length,
    parts: parts.map((name) => document.querySelector(name)).filter(Boolean).map(box),
    width: document.documentElement.scrollWidth,
    colours: ["body", "#board", ".print-head"].map((name) => {
      const { color, backgroundColor } = getComputedStyle(document.querySelector(name));
      return [color, backgroundColor];
    }),
    text: getComputedStyle(document.querySelector(".chart text") ?? document.body).fill,
  };
}"""


LETTERS = """() => [...document.querySelectorAll(".plot")].map((plot) => {
  const wide = Number(getComputedStyle(plot).getPropertyValue("--on-paper"));
  const scale = wide / plot.querySelector(".main-svg").viewBox.baseVal.width;
  const texts = [...plot.querySelectorAll(".main-svg text")];
  return Math.min(...texts.map((one) => 0.75 * scale * parseFloat(getComputedStyle(one).fontSize)));
})"""
"""The smallest letters of each chart as it is drawn for paper, in points."""


def on_paper(board: Board) -> Any:
    """What would be printed on sheets that stand upright."""
    board.page.set_viewport_size(SHEET)
    board.page.emulate_media(media="print")
    board.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return board.page.evaluate(SEEN)


def back_to_the_screen(board: Board) -> None:
    """What a browser does once the sheets are printed."""
    board.page.emulate_media(media="screen")
    board.page.evaluate("dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("mode", [{}, {"theme": "dark", "view": "projector"}])
def test_the_plan_is_printed_whole(visit: Visit, mode: dict[str, str]) -> None:
    board = visit("laptop").open(lang="nl", **mode)
    board.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    board.until(lambda: min(board.page.evaluate(LETTERS)) >= 8.0)
    board.page.evaluate("dispatchEvent(new Event('afterprint'))")
    paper = on_paper(board)
    try:
        assert paper["width"] <= SHEET["width"]
        assert paper["tools"] == 0
        for chart in paper["charts"]:
            for picture in chart["pictures"]:
                assert picture["width"] == pytest.approx(chart["frame"]["width"], abs=1)
                assert picture["height"] == pytest.approx(chart["frame"]["height"], abs=1)
                assert picture["height"] > 100
        parts = paper["parts"]
        assert len(parts) == 6
        for above, below in pairwise(parts):
            assert above["bottom"] <= below["top"] + 1, "nothing lies on anything else"
        assert paper["colours"][1][0] == "rgb(0, 0, 0)"
        assert paper["colours"][0][1] == "rgb(255, 255, 255)"
        assert sum(map(int, re.findall(r"\d+", paper["text"])[:3])) < 300, "ink on white"
        head = board.page.locator(".print-head")
        for part in ("Een evenwichtige verschuiving", MODEL_VERSION, board.page.url):
            expect(head).to_contain_text(part)
    finally:
        back_to_the_screen(board)


OVERLAPPING = """() => {
  const ends = (cell) => {
    const text = new Range();
    text.selectNodeContents(cell);
    return text.getBoundingClientRect();
  };
  return [...document.querySelectorAll(".register tbody tr:not(.register-opened)")]
    .filter((row) => {
      const numbers = [...row.querySelectorAll("td.number, td.number + td:not(.number)")].map(ends);
      return numbers.slice(1).some((next, place) => next.left < numbers[place].right + 2);
    })
    .map((row) => row.innerText);
}"""
"""Rows in which a number touches its neighbour."""


def test_tables_break_between_rows(visit: Visit) -> None:
    board = visit("laptop").open("assumptions")
    paper = on_paper(board)
    try:
        assert paper["width"] <= SHEET["width"] and paper["tools"] == 0
        row, head = (
            board.page.evaluate(f"getComputedStyle(document.querySelector('.register {one}'))")
            for one in ("tbody tr", "thead")
        )
        assert row["breakInside"] == "avoid" and head["display"] == "table-header-group"
        boxes = board.page.locator(".register thead button").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).display)"
        )
        assert set(boxes) == {"contents"}, "a head with a box in one piece is not repeated"
        assert board.page.evaluate(OVERLAPPING) == []
    finally:
        back_to_the_screen(board)


ANALYSIS = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const paper = document.querySelector(".print-analysis");
  const wide = [...paper.querySelectorAll("*")].filter(seen)
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return {
    rows: [...paper.querySelectorAll("tr")].filter(seen).length,
    cells: [...paper.querySelectorAll("tbody tr:last-child > *")].filter(seen).length,
    lines: [...paper.querySelectorAll(".branch")].filter(seen).length,
    pressed: [...document.querySelectorAll(".drawing-tools *, .analysis-others *")]
      .filter(seen).length,
    beside: [...document.querySelectorAll(".strip, .levers, .chart, dialog")].filter(seen).length,
    wide: wide.map((one) => one.className),
    text: paper.innerText,
  };
}"""


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_an_analysis_is_printed_whole_in_place_of_the_page(visit: Visit, size: Size) -> None:
    board = visit(size).open(theme="dark")
    board.act("analyses")
    board.page.locator('[data-item="pilot"]').click()
    dialog = board.page.locator('[data-dialog="pilot"]')
    expect(dialog.locator(".analysis-work:not([aria-busy]) tbody tr").first).to_be_visible()
    rows = dialog.locator("tr").count()
    on_paper(board)
    try:
        paper = board.page.evaluate(ANALYSIS)
        assert (paper["rows"], paper["cells"], paper["wide"]) == (rows, 5, [])
        assert paper["lines"] > 2 and paper["pressed"] == paper["beside"] == 0
        assert "Start small, then decide" in paper["text"]
        expect(board.page.locator(".print-head")).to_contain_text(MODEL_VERSION)
    finally:
        back_to_the_screen(board)
    expect(board.page.locator(".print-analysis")).to_be_empty()


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_amounts_of_plans_have_one_scale_on_paper(visit: Visit, size: Size) -> None:
    """However long a plan's name is, its column is as wide as the others, and so are its bars."""
    long = "A plan with a name that says at some length what is in it"
    plans = {name: bootstrap.document(load_shipped("balanced-shift")) for name in ("A", long, "C")}
    board = visit(size).keep(plans["A"], plans).open("compare")
    board.page.locator(".compare-budgets > summary").click()
    on_paper(board)
    try:
        table = board.page.locator(".compare-budgets .compare-table")
        wide = "all => all.map((one) => Math.round(one.getBoundingClientRect().width))"
        columns = table.locator("thead th").evaluate_all(wide)
        assert len(columns) == 3 and max(columns) - min(columns) <= 1
        bars = table.locator("tbody tr[data-line] .compare-money.today").evaluate_all(wide)
        for line in range(0, len(bars), 3):
            assert max(bars[line : line + 3]) - min(bars[line : line + 3]) <= 1
        box = table.bounding_box()
        assert box and box["x"] + box["width"] <= SHEET["width"]
    finally:
        back_to_the_screen(board)


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(visit: Visit) -> None:
    board = visit("laptop").open("compare")
    for part in ("overlay", "headline", "budgets"):
        board.page.locator(f'[data-part="compare-{part}"] > summary').click()
    on_paper(board)
    try:
        kept = [".lead-in", ".compare-legend", ".compare-between"]
        for part in kept:
            after = board.page.locator(f".compare-folded {part}").evaluate_all(
                "all => all.map((one) => getComputedStyle(one).breakAfter)"
            )
            assert after and set(after) == {"avoid"}, part
        first = board.page.locator(".compare-table thead + tbody").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).breakBefore)"
        )
        assert first and set(first) == {"avoid"}
        breaks = board.page.locator(".compare-folded > summary").evaluate_all(
            "all => all.map((one) => getComputedStyle(one).breakAfter)"
        )
        assert breaks and set(breaks) == {"avoid"}
    finally:
        back_to_the_screen(board)
