"""Charts in the room: they stay, are pointed at, enlarged and zoomed, in nobody's way."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from simulator import scenario
from simulator.charts.palette import LIGHT
from simulator.version import MODEL_VERSION
from tests.browser.conftest import Visit
from tests.browser.helpers import Board, Size
from ui.routes import bootstrap

TRAINING = "plan.training.share_moved"
PATHS = """() => [...document.querySelectorAll('[data-chart="0"] .scatterlayer :is(path, text)')]
  .map((one) => one.matches("text") ? Number(one.getAttribute("y")) : one.getBBox().height)"""
RANGES = """() => {
  const { xaxis, yaxis } = document.querySelector('[data-chart="0"] .plot')._fullLayout;
  return [...xaxis.range, ...yaxis.range];
}"""


def middle(board: Board, across: float = 0.5, down: float = 0.4) -> tuple[float, float]:
    """A place on the first chart."""
    box = board.page.locator('[data-chart="0"] .chart-layer').bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def test_lines_that_are_written_are_where_plotly_would_draw_them(board: Board) -> None:
    """While a lever moves the page writes them itself."""
    expect(board.root).to_have_attribute("data-refined", "true")  # nothing is asked for meanwhile
    board.page.evaluate("document.querySelectorAll('.plot').forEach((one) => { one.mine = true; })")
    asked: list[Any] = []
    board.page.on("request", lambda one: asked.append(one.post_data_json))
    board.press(TRAINING, "ArrowRight")
    exact = board.page.evaluate(PATHS)
    charts = [one for one in asked if one and "charts" in one]
    assert [one.get("moving", False) for one in charts][:2] == [True, False]
    assert board.page.evaluate(
        """async ([address]) => {
          const { modules } = await import(address);
          const { writeData } = modules["charts/paths.js"];
          const { fitted } = modules["charts/low.js"];
          const node = document.querySelector('[data-chart="0"] .plot');
          const { charts } = window.board.answer();
          const { height, width } = node.layout;
          const { data } = fitted(charts[0].data, node.layout, height, width);
          for (const path of node.querySelectorAll(".scatterlayer path")) path.removeAttribute("d");
          return writeData(node, data);
        }""",
        [board.program()],
    )
    written = board.page.evaluate(PATHS)
    assert len(written) == len(exact) > 4
    assert all(abs(one - other) < 1.0 for one, other in zip(written, exact, strict=True))
    assert board.page.evaluate("[...document.querySelectorAll('.plot')].every((one) => one.mine)")


COVERED = """() => {
  const said = document.querySelector('.reading:not([data-empty])');
  const box = said.getBoundingClientRect();
  const things = ['.chart-guide:not([hidden])', '.chart-dots i', 'button', '.sentence-text',
                  '.pair:not([hidden])'];
  const on = [...document.querySelectorAll(`#board :is(${things.join(', ')})`)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .map((one) => [one.className, one.getBoundingClientRect()])
    .filter(([, other]) => other.left < box.right - 1 && other.right > box.left + 1 &&
                           other.top < box.bottom - 1 && other.bottom > box.top + 1)
    .map(([name]) => name);
  const { left, right, top, bottom } = said.parentElement.getBoundingClientRect();
  const isWithin = box.left >= left - 1 && box.right <= right + 1 &&
                   box.top >= top - 1 && box.bottom <= bottom + 1;
  return isWithin ? on : [...on, 'it leaves the chart'];
}"""
"""What lies under what a chart says where one points, of all that is needed then."""


@pytest.mark.parametrize(
    ("size", "viewport", "query"),
    [
        ("projector", (1920, 1080), {"view": "projector"}),
        ("projector", (1280, 720), {"view": "projector"}),
        ("laptop", (1280, 720), {}),
        ("phone", (1180, 820), {}),
        ("phone", (820, 1180), {}),
        ("phone", (390, 844), {}),
    ],
)
def test_what_a_chart_says_covers_nothing_that_is_needed(
    visit: Visit, size: Size, viewport: tuple[int, int], query: dict[str, str]
) -> None:
    """With as many lines as there can be, and the answer to which of two is better."""
    width, height = viewport
    board = visit(size, viewport={"width": width, "height": height})
    doc = bootstrap.document(scenario.load_shipped("balanced-shift"))
    training = doc["plan"]["training"]
    pins = {
        f"Eerst luisteren, daarna {share}": doc
        | {"plan": doc["plan"] | {"training": training | {"share_moved": share / 10}}}
        for share in (3, 5, 7, 9)
    }
    board.keep(doc, pins).open(lang="nl", **query)
    page = board.page
    if not page.locator('[data-chart="1"]').is_visible():
        page.locator(".at-a-glance > summary").click()  # all stocks lie in its place
    point = page.touchscreen.tap if size == "phone" else page.mouse.move
    for is_asked in (False, True):
        if is_asked and width > 400:  # on a phone the answer lies on the first chart
            for letter in "AB":
                page.locator(f'[data-pin="{letter}"] .pin-pick').click()
            expect(page.locator(".pair-verdict")).to_contain_text("beter")
        for chart in "01":
            reading = page.locator(f'[data-chart="{chart}"] .reading')
            frame = page.locator(f'[data-chart="{chart}"] .plot-frame')
            frame.evaluate("node => node.scrollIntoView({ block: 'center' })")
            for part in (0.3, 0.8):
                box = frame.bounding_box()
                assert box
                if is_asked and size == "phone" and width == 820 and chart == "0":
                    continue  # there, too
                point(box["x"] + part * box["width"], box["y"] + 0.6 * box["height"])
                expect(reading.locator(".reading-row")).to_have_count(6)
                assert page.evaluate(COVERED) == [], (chart, part, is_asked)
    if size != "phone":
        page.mouse.move(5, 5)
        expect(page.locator(".reading:not([data-empty])")).to_have_count(0)


def test_an_enlarged_chart_names_the_plans_that_are_pinned(board: Board) -> None:
    board.key("k").type(TRAINING, "70").key("k")
    page = board.page
    page.locator('[data-pin="B"] .pin-rename').click()
    page.locator('[data-field="pin-name"]').fill("All at once")
    page.keyboard.press("Enter")
    board.settled()
    legend = page.locator('[data-chart="0"] .chart-legend')
    expect(legend).to_be_hidden()
    page.locator('[data-chart="0"] [data-action="enlarge"]').click()
    for name in ("A Plan A", "B All at once"):
        expect(legend).to_contain_text(name)
    expect(legend).to_be_in_viewport(ratio=1)


def test_a_chart_is_enlarged_and_zoomed_on_purpose_and_there_is_a_way_back(board: Board) -> None:
    page = board.page
    large, ranges = page.locator("[data-large]"), page.evaluate(RANGES)
    page.mouse.move(*middle(board, 0.3, 0.3))
    page.mouse.down()
    page.mouse.move(*middle(board, 0.7, 0.6), steps=3)
    page.mouse.up()
    assert page.evaluate(RANGES) == ranges, "a slip is no zoom"
    page.mouse.dblclick(*middle(board))
    expect(large).to_have_count(1)
    box = large.bounding_box()
    assert box and (box["width"], box["height"]) == (1280, 720)
    assert page.evaluate(RANGES) == ranges
    places = "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    parts = page.locator('[data-large] :is(.plot, button:not([data-action="zoom"]))')
    before, hint = parts.evaluate_all(places), large.locator(".chart-hint")
    zoom = large.locator('[data-action="zoom"]')
    for is_waiting in (True, False, True):
        expect(hint).to_be_visible(visible=not is_waiting)
        zoom.click()
        expect(hint).to_be_visible(visible=is_waiting)
        assert parts.evaluate_all(places) == before, "what it says to do moves nothing"
    expect(hint).to_have_text("Drag over the part that you want to see")
    page.mouse.move(*middle(board, 0.3, 0.3))
    page.mouse.down()
    page.mouse.move(*middle(board, 0.7, 0.6), steps=3)
    page.mouse.up()
    whole = large.locator('[data-action="whole"]')
    expect(whole).to_be_visible()
    expect(hint).to_be_hidden()
    zoomed = page.evaluate(RANGES)
    assert zoomed[0] > 5 and zoomed[1] < 55
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    board.type(TRAINING, "40")
    assert page.evaluate(RANGES) == zoomed
    page.locator('[data-chart="0"] [data-action="whole"]').click()
    expect(page.locator('[data-action="whole"]:visible')).to_have_count(0)
    for place in ("0", "1", None):
        board.key("f")
        assert large.get_attribute("data-chart") == place if place else large.count() == 0


def test_the_way_back_closes_a_chart_that_is_as_large_as_the_window(board: Board) -> None:
    """And changes nothing else; one that was closed otherwise takes no step of it."""
    page = board.page
    large = page.locator("[data-large]")
    addresses: list[str] = []
    for share in (3, 4):
        board.type(TRAINING, f"{share}0")
        said = f"training=0.{share}&"
        page.wait_for_function("said => location.search.includes(said)", arg=said)
        addresses.append(page.url)

    def closed() -> None:
        expect(large).to_have_count(0)
        page.wait_for_function("() => !history.state.isOver")
        board.settled()
        assert (board.value(TRAINING), page.url) == (0.4, addresses[-1])

    page.locator('[data-chart="0"] [data-action="enlarge"]').click()
    page.go_back()
    closed()
    board.key("f").key("f")  # the other chart takes the place of the first
    expect(large).to_have_attribute("data-chart", "1")
    page.keyboard.press("Escape")
    closed()
    page.locator('[data-chart="1"] [data-action="enlarge"]').click()
    large.locator('[data-action="enlarge"]').click()
    closed()
    page.go_back()
    page.wait_for_function("address => location.href === address", arg=addresses[0])
    assert board.settled().value(TRAINING) == 0.3
    page.go_forward()
    page.wait_for_function("address => location.href === address", arg=addresses[1])
    assert board.settled().value(TRAINING) == 0.4


def test_the_way_back_closes_a_large_chart_on_compare_and_stays_there(board: Board) -> None:
    page = board.page
    page.locator('nav [data-page="compare"]').click()
    expect(board.root).to_have_attribute("data-page", "compare")
    board.ready().page.locator(".compare-overlay > summary").click()
    for _ in range(2):
        page.locator('[data-chart="compare"] [data-action="enlarge"]').click()
        page.go_back()
        expect(page.locator("[data-large]")).to_have_count(0)
        expect(board.root).to_have_attribute("data-page", "compare")
    page.go_back()
    expect(board.root).to_have_attribute("data-page", "simulate")


def test_a_chart_is_taken_along_as_a_picture_and_as_numbers(visit: Visit) -> None:
    board = visit(dark=True).open(lang="nl")
    board.key("k").type(TRAINING, "40")
    page = board.page

    def saved(kind: str) -> tuple[str, bytes]:
        page.locator('[data-chart="0"] [data-action="save-chart"]').click()
        return board.download(page.locator(f':popover-open [data-item="{kind}"]'))

    name, png = saved("png")
    assert name.startswith("Een-evenwichtige-verschuiving") and name.endswith(".png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (2400, 1440)
    _, svg = saved("svg")
    words = re.sub(r"<[^>]*>", " ", svg.decode())
    for part in ("Waarde t.o.v. doorgaan", "opgeteld", "zoals nu", "Plan A", MODEL_VERSION):
        assert part in words, part
    assert "#FFFFFF" in svg.decode() and LIGHT.plan.colour.lower() in colours(svg.decode())
    _, table = saved("csv")
    rows = list(csv.reader(table.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 62 and len({len(row) for row in rows}) == 1
    assert any("zoals nu" in heading for heading in rows[0])
    assert any("Plan A" in heading for heading in rows[0])
    assert all(re.fullmatch(r"-?\d+(,\d+)?", cell) for row in rows[1:] for cell in row)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=board.origin)
    page.locator('[data-chart="1"] [data-action="copy-chart"]').click()
    expect(page.locator(".toasts")).to_contain_text("afbeelding")
    kinds = "async () => (await navigator.clipboard.read()).flatMap((one) => one.types)"
    assert page.evaluate(kinds) == ["image/png"]


def colours(svg: str) -> set[str]:
    """Every colour that a picture names as ``rgb()``, as ``#rrggbb``."""
    found = re.findall(r"rgb\((\d+), (\d+), (\d+)\)", svg)
    return {"#" + "".join(f"{int(part):02x}" for part in parts) for parts in found}


def test_a_finger_that_scrolls_scrolls_and_one_that_taps_points(visit: Visit) -> None:
    board = visit("phone").open()
    page = board.page
    page.locator('[data-chart="0"]').scroll_into_view_if_needed()
    ranges, (x, y) = page.evaluate(RANGES), middle(board)
    top = "document.querySelector('[data-chart=\"0\"]').getBoundingClientRect().top"
    before = page.evaluate(top)
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.synthesizeScrollGesture", {"x": x, "y": y, "yDistance": -120, "speed": 1500}
    )
    assert page.evaluate(top) < before - 60
    assert page.evaluate(RANGES) == ranges
    page.touchscreen.tap(*middle(board))
    expect(page.locator('[data-chart="0"] .reading')).to_contain_text("as now")
