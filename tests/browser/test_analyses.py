"""Analyses on the page: one that only the server knows is there without a line of JavaScript."""

from __future__ import annotations

import csv
import itertools
import json
import re

from playwright.sync_api import Locator, Route, expect

from simulator.charts.palette import LIGHT
from simulator.version import MODEL_VERSION
from tests.browser.conftest import Visit
from tests.support.lever_moves import TRAINING

TRIAL = {
    "id": "trial",
    "label": "What could go wrong",
    "lead": "The plan when things go badly.",
    "nothing": "Nothing can.",
    "room": "simulate",
    "key": "",
    "options": [
        {
            "id": "months",
            "label": "Months",
            "is_detail": False,
            "is_share": False,
            "kind": "whole",
            "default": 6,
            "min": 0,
            "max": 60,
            "choices": [],
        },
        {
            "id": "source",
            "label": "Source",
            "is_detail": False,
            "is_share": False,
            "kind": "choice",
            "default": "training",
            "choices": [
                {"id": "training", "label": "Training"},
                {"id": "customer_service", "label": "Customer service"},
            ],
        },
        {
            "id": "depth",
            "label": "Depth",
            "is_detail": False,
            "is_share": True,
            "kind": "number",
            "default": 0.07,
            "min": 0.05,
            "max": 0.95,
            "choices": [],
        },
        {
            "id": "twice",
            "label": "Twice",
            "is_detail": False,
            "is_share": False,
            "kind": "flag",
            "default": False,
            "choices": [],
        },
    ],
}


def test_an_analysis_that_the_server_offers_is_on_the_page(visit: Visit) -> None:
    board = visit()
    asked: list[dict[str, object]] = []

    def start(route: Route) -> None:
        content = route.fetch().json()
        content["analyses"].append(TRIAL)
        route.fulfill(json=content)

    def answer(route: Route) -> None:
        request = json.loads(route.request.post_data or "")
        asked.append(request["options"])
        cells = {"what": "All of it", "value": str(request["options"])}
        rows = [{"id": "a", "cells": cells, "bars": {}, "assumption": None}]
        shown = rows if len(asked) < 4 else []
        headings = {"what": "What", "value": "Value"}
        route.fulfill(json={"statements": [], "headings": headings, "rows": shown})

    board.route("**/board/start*", start)
    board.route("**/board/analysis", answer)
    board.open()
    board.page.keyboard.press("Escape")
    board.act("analyses")
    ways = board.page.locator(".sentence .menu [data-item]")
    expect(ways.last).to_contain_text("What could go wrong")
    ways.last.click()
    dialog = board.page.locator('[data-dialog="trial"]')
    expect(dialog.locator(".lead")).to_have_text("The plan when things go badly.")
    expect(dialog.locator("thead th")).to_have_text(["What", "Value"])
    expect(dialog.locator("tbody th")).to_have_text("All of it")

    dialog.get_by_label("Months").fill("61")
    dialog.get_by_label("Months").blur()
    dialog.get_by_label("Source").select_option("Customer service")
    expect(dialog.locator("tbody td")).to_contain_text("customer_service")
    dialog.get_by_label("Twice").check()
    dialog.get_by_label("Months").fill("12")
    dialog.get_by_label("Months").blur()
    expect(dialog).to_contain_text("Nothing can.")
    depth = dialog.get_by_label("Depth")
    expect(depth).to_have_value("7")  # per cent
    with board.page.expect_response("**/board/analysis"):
        depth.fill("40")
        depth.blur()
    assert asked == [
        {},
        {"source": "customer_service"},
        {"source": "customer_service", "twice": True},
        {"source": "customer_service", "twice": True, "months": 12},
        {"source": "customer_service", "twice": True, "months": 12, "depth": 0.4},
    ]


SAID = """(node) => {
  const said = [];
  const note = () => said.push(node.textContent);
  new MutationObserver(note).observe(node, { childList: true, characterData: true, subtree: true });
  return said;
}"""
"""Notes all that an element says from now on."""


def test_an_analysis_can_be_stopped_and_follows_the_plan(visit: Visit) -> None:
    """What is under way ends on the server, too: the request is broken off."""
    board = visit().open()
    lever = board.page.locator('.levers input[type="range"]').first
    held: list[Route] = []
    broken_off: list[str] = []
    board.route("**/board/analysis", lambda route: held.append(route))
    board.page.on(
        "requestfailed",
        lambda request: broken_off.append(request.url) if "analysis" in request.url else None,
    )
    board.page.keyboard.press("x")
    dialog = board.page.locator('[data-dialog="stress"]')
    progress = dialog.locator(".analysis-progress")
    expect(progress).to_contain_text("Working it out")
    board.until(lambda: len(held) == 1)  # the page says so before the request is there
    line = json.dumps({"done": 0.4})
    row = {"id": "a", "cells": {"what": "All"}, "bars": {}, "assumption": None}
    rough = {"statements": ["So far."], "headings": {"what": "What"}, "rows": [row]}
    body = f"{line}\n{json.dumps({'rough': rough})}\n{json.dumps(rough)}\n"
    held[0].fulfill(body=body, content_type="application/x-ndjson")
    expect(dialog.locator(".statement")).to_have_text("So far.")
    expect(progress.locator("button")).to_be_hidden()

    # Beside the levers, which stay usable: a move makes what is shown old, and asks again.
    said = progress.evaluate_handle(SAID)  # for less than half a second: not to be waited for
    lever.press("ArrowRight")
    expect(dialog.locator(".analysis-found")).to_have_class(re.compile("is-old"))
    board.until(lambda: len(held) == 2)
    assert any("The plan has moved" in text for text in said.json_value())
    lever.press("ArrowRight")
    board.until(lambda: len(held) == 3)
    board.until(lambda: len(broken_off) == 1)  # what was under way
    dialog.get_by_role("button", name="Close").click()
    board.until(lambda: len(broken_off) == 2)
    assert len(held) == 3


def test_a_room_reads_why_and_how_far_each_lever_goes(visit: Visit) -> None:
    """The waterfall's bars hang together, a curve enlarges and goes back, and the
    warning of weak evidence moves nothing."""
    board = visit("projector").open(view="projector")
    strip = board.page.locator(".strip")
    height = strip.bounding_box()
    warning = strip.locator(".weak-evidence")
    expect(warning).to_contain_text("weak evidence")
    assert strip.bounding_box() == height

    board.analyse("mechanisms")
    bars = board.page.locator('[data-dialog="mechanisms"] .is-stacked')
    expect(bars.last).to_be_visible()
    ends = bars.evaluate_all(
        """bars => bars.map(bar => ["--start", "--end"].map(
            name => Number(bar.style.getPropertyValue(name))))"""
    )
    for before, after in itertools.pairwise(ends[:-1]):
        assert min(abs(a - b) for a in before for b in after) < 2e-4, "begins where one ends"
    zero = float(bars.last.evaluate("bar => bar.style.getPropertyValue('--zero')"))
    assert min(abs(end - zero) for end in ends[-1]) < 2e-4, "the whole begins at nothing"
    board.page.locator('[data-dialog="mechanisms"] [data-open="response"]').click()
    curves = board.page.locator('[data-dialog="response"] .curve')
    expect(curves.first).to_be_visible()
    assert curves.count() == 19
    curves.nth(3).click()
    expect(curves.nth(3).locator(".curve-sentence")).to_contain_text("best at")
    expect(curves.first).to_be_hidden()
    curves.nth(3).click()
    expect(curves.first).to_be_visible()


def test_all_bars_begin_on_one_line(visit: Visit) -> None:
    board = visit().open(lang="da")  # whose amounts are the longest
    board.analyse("mechanisms")
    bars = board.page.locator('[data-dialog="mechanisms"] .is-stacked')
    expect(bars.last).to_be_visible()
    lefts = bars.evaluate_all("bars => bars.map(bar => bar.getBoundingClientRect().left)")
    assert max(lefts) - min(lefts) < 0.5, "the bold one of the whole, too"


def test_what_is_enlarged_stays_so_when_a_newer_answer_comes(visit: Visit) -> None:
    board = visit().open()
    board.analyse("response")
    dialog = board.page.locator('[data-dialog="response"]')
    curve = dialog.locator(".curve").nth(3)
    curve.click()
    found = dialog.locator(".analysis-found")
    drawn = found.locator("table").element_handle()
    board.page.locator('.levers input[type="range"]').first.press("ArrowRight")
    curve.focus()  # before anything is worked out: the plan has to rest for a moment
    board.until(lambda: not drawn.evaluate("one => one.isConnected"))
    expect(curve).to_have_attribute("aria-pressed", "true")
    expect(curve).to_be_focused()
    expect(dialog.locator(".curve").first).to_be_hidden()


def test_work_that_takes_long_can_be_stopped_and_begun_again(visit: Visit) -> None:
    board = visit().open()
    board.type(TRAINING, "37")  # a plan of which nobody has asked this
    board.page.locator('[data-action="analyses"]').click()
    board.page.get_by_text("Where the uncertainty comes from").click()
    dialog = board.page.locator('[data-dialog="variance"]')
    progress = dialog.locator(".analysis-progress")
    stop = progress.get_by_role("button", name="Stop")
    stop.click()
    expect(progress).to_contain_text("Stopped.")
    expect(progress.locator("progress")).to_be_hidden()
    progress.get_by_role("button", name="Work it out").click()
    expect(dialog.locator("tbody tr").first).to_be_visible()
    expect(progress).to_contain_text("A first picture from few cases")
    stop.click()
    expect(progress).to_contain_text("Stopped.")
    expect(dialog.locator("tbody tr").first).to_be_visible()


def test_what_an_analysis_draws_is_taken_along(visit: Visit) -> None:
    board = visit("laptop", dark=True).open(lang="nl")
    page = board.page
    board.act("analyses")
    page.locator('[data-item="pilot"]').click()
    dialog = page.locator('dialog[data-dialog="pilot"]')
    buttons = dialog.locator('[data-action="save-chart"]')
    expect(buttons).to_have_count(2)
    chart, bars = buttons.all()

    def saved(button: Locator, kind: str) -> tuple[str, bytes]:
        button.click()
        return board.download(page.locator(f':popover-open [data-item="{kind}"]'))

    name, png = saved(chart, "png")
    assert name.startswith("Een-evenwichtige-verschuiving") and name.endswith(".png")
    assert int.from_bytes(png[16:20]) == 2 * 1200, "twice as sharp"
    for button in (chart, bars):
        _, svg = saved(button, "svg")
        words = re.sub(r"<[^>]*>", " ", svg.decode())
        for part in ("Klein beginnen", "in geld van vandaag", "Een evenwichtige verschuiving"):
            assert part in words, part
        assert LIGHT.ink in svg.decode() and MODEL_VERSION in words
    _, table = saved(chart, "csv")
    lines = list(csv.reader(table.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(lines) == 1 + 61 and len({len(line) for line in lines}) == 1
