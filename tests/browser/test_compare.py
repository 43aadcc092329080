"""The Compare page: scenarios come from everywhere, and the answer is the server's."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Route, expect

from simulator import links, scenario
from simulator.i18n.language import ENGLISH
from simulator.scenario import Scenario, load_shipped
from simulator.scenario import sets as scenario_sets
from simulator.scenario.sets import Asked, Item, ScenarioSet
from simulator.version import MODEL_VERSION
from tests.browser.conftest import Visit
from tests.browser.helpers import KEPT, SCREENS, Board, Size
from tests.browser.replies import held_replies
from tests.support.accessibility import TARGETS, violations
from ui.routes import bootstrap, compare, sets

DEFAULT, SELLING, IDLE, FUND = (
    load_shipped(name)
    for name in ("balanced-shift", "too-promotional", "wait-and-see", "membership-fund")
)
TRAINING = "plan.training.share_moved"
HOSTILE = "<img src=http://127.0.0.1:9/x.png onerror=alert(1)>"
SIX = (DEFAULT, SELLING, IDLE, FUND, load_shipped("charity-donors"), DEFAULT)


def lay(board: Board, *scenarios: Scenario | dict[str, Any]) -> Board:
    """Have the tab remember that these were laid side by side."""
    documents = [one if isinstance(one, dict) else bootstrap.document(one) for one in scenarios]
    board.keep(bootstrap.document(DEFAULT))
    board.page.evaluate(
        """([key, documents]) => {
          const kept = JSON.parse(sessionStorage.getItem(key));
          const items = documents.map((doc) => ({ name: "", doc, source: "file", letter: "" }));
          kept.state.compareList = { items, pinned: 0 };
          sessionStorage.setItem(key, JSON.stringify(kept));
        }""",
        [KEPT, documents],
    )
    return board


def names(board: Board) -> list[str]:
    """The cards, by name."""
    return board.page.locator(".compare-card h3").all_inner_texts()


def expect_names(board: Board, *wanted: str) -> None:
    """Wait until the cards are those of these names, in this order."""
    expect(board.page.locator(".compare-card h3")).to_have_text(wanted, use_inner_text=True)


def answered(*scenarios: Scenario, letters: str = "ABCDEF", **wishes: object) -> dict[str, Any]:
    """What the server answers about these, by their own names."""
    content = [
        {"name": one.name, "letter": letter, "scenario": bootstrap.document(one)}
        for one, letter in zip(scenarios, letters, strict=False)
    ]
    answer: dict[str, Any] = json.loads(
        compare.compare(json.dumps({"scenarios": content, **wishes}).encode()).body
    )
    return answer


def text_at(board: Board, selector: str) -> str:
    """What stands there, without the marks that keep a sign and its amount on one line."""
    return board.page.locator(selector).inner_text().replace("\u2060", "")


def verdict(board: Board) -> Locator:
    return board.page.locator(".compare-verdict")


def do(board: Board, card: int, action: str) -> None:
    """Do something by the menu of a card."""
    board.page.locator(f'[data-card-menu="{card}"]').click()
    board.page.locator(f'.menu:popover-open [data-item="{action}"]').click()


def unfold(board: Board, *parts: str) -> None:
    """Open parts of the page that are folded."""
    for part in parts:
        board.page.locator(f".compare-{part} > summary").click()


@contextmanager
def adding(board: Board) -> Iterator[Locator]:
    """The dialog in which scenarios are added."""
    board.page.locator('[data-action="compare-add"]').click()
    opened = board.page.locator('dialog[data-dialog="compare-add"]')
    expect(opened).to_be_visible()
    yield opened
    if opened.count():
        board.page.keyboard.press("Escape")
    expect(opened).to_have_count(0)


# --- choosing ------------------------------------------------------------------------------------


def test_from_one_plan_to_an_answer_and_back_to_simulate(visit: Visit) -> None:
    board = visit().open("compare")
    page = board.page
    expect_names(board, DEFAULT.name)
    # Nobody is added: a plan alone is compared with carrying on.
    answer = answered(DEFAULT, letters="P")
    expect(verdict(board)).to_have_text(answer["answer"]["verdict"])
    expect(page.locator('.compare-ranks [data-rank="0"]')).to_be_visible()
    with adding(board) as dialog:  # two, without opening it again
        expect(dialog.locator('[data-offer="current"]')).to_be_disabled()
        dialog.locator('[data-offer="wait-and-see"]').click()
        dialog.locator('[data-offer="too-promotional"]').click()
    board.settled()
    answer = answered(DEFAULT, IDLE, SELLING, letters="PAB")
    expect(verdict(board)).to_have_text(answer["answer"]["verdict"])
    expect_names(board, DEFAULT.name, IDLE.name, SELLING.name)
    assert text_at(board, ".compare-detail") == answer["answer"]["detail"]
    shares = page.locator(".compare-ranks .compare-share").all_inner_texts()
    assert shares == [row["share"] for row in answer["ranking"]["rows"]]
    unfold(board, "headline", "overlay", "differing")
    row = page.locator('[data-figure="net_present_value"]')
    values = [cell["value"] for cell in answer["headline"][0]["cells"]]
    assert [
        one.replace("\u2060", "") for one in row.locator(".compare-figure").all_inner_texts()
    ] == (values)
    expect(row.locator(".compare-difference")).to_have_count(2)
    page.locator("[data-field=compare-differences]").uncheck()
    expect(row.locator(".compare-difference").first).to_be_hidden()
    expect(page.locator("[data-path]")).to_have_count(
        sum(len(group["rows"]) for group in answer["differing"])
    )
    # Another pair, another measure, another outcome.
    page.get_by_label("The one to compare with").select_option("0")
    answer = answered(DEFAULT, IDLE, SELLING, letters="PAB", first=3)
    expect(verdict(board)).to_have_text(answer["answer"]["verdict"])
    page.get_by_label("The one that may be better").select_option("B")
    page.get_by_label("The one to compare with").select_option("A")
    for chosen in page.locator(".compare-chosen").all():
        assert chosen.evaluate("name => name.scrollWidth <= name.clientWidth"), "read whole"
    page.locator(".compare-how > summary").click()
    page.locator('[data-measure="value_per_employee"] input').check()
    wishes = {"first": 1, "second": 2, "measure": "value_per_employee"}
    answer = answered(DEFAULT, IDLE, SELLING, letters="PAB", **wishes)
    assert text_at(board.settled(), ".compare-detail") == answer["answer"]["detail"]
    expect(page.locator(".compare-histogram figure, .compare-bars rect")).to_have_count(
        len(answer["answer"]["spread"]["counts"])
    )
    page.locator("[data-picker=compare]").click()
    expect(page.locator(".picker-search:visible")).to_be_focused()
    page.keyboard.type("trust")
    page.keyboard.press("Enter")
    expect(page.locator("[data-chart=compare]")).to_have_attribute("data-outcome", "trust")
    expect(page.locator("[data-chart=compare] .js-plotly-plot .main-svg").first).to_be_visible()
    board.settled()
    assert page.evaluate("window.board.answer().charts[0].alt").count(" at ") == 3
    # Moved, renamed, taken away: letters go along, names are what was typed.
    do(board, 2, "left")
    expect_names(board, DEFAULT.name, SELLING.name, IDLE.name)
    expect(page.locator('[data-card-menu="1"]')).to_be_focused()
    do(board, 1, "rename")
    page.locator("[data-field=compare-name]").fill(HOSTILE)
    page.keyboard.press("Enter")
    assert names(board)[1] == HOSTILE
    do(board, 2, "remove")
    board.settled()
    expect_names(board, DEFAULT.name, HOSTILE)
    assert page.locator("img[src*='9/x.png']").count() == 0
    expect_names(board.reload().settled(), DEFAULT.name, HOSTILE)
    do(board, 1, "open")
    page.wait_for_selector('#board[data-page="simulate"]')
    assert board.ready().doc()["plan"] == bootstrap.document(SELLING)["plan"]


def test_an_older_answer_leaves_what_was_chosen_since(visit: Visit) -> None:
    board = lay(visit(), DEFAULT, IDLE).open("compare").settled()
    page = board.page
    page.locator(".compare-how > summary").click()
    measures = [
        page.locator(f'[data-measure="{one["id"]}"] input')
        for one in answered(DEFAULT, IDLE)["measures"]
        if not one["reason"]
    ]
    with held_replies(page, "board/compare") as replies:
        measures[1].check()
        measures[2].check()
        replies.release()  # to the first of these two
        assert measures[2].is_checked()
        replies.release()
    board.settled()
    assert measures[2].is_checked()
    label = page.locator(".compare-measure", has=page.locator("input:checked")).locator("span")
    expect(page.locator(".compare-how > summary")).to_contain_text(label.first.inner_text())


def test_the_pins_and_the_plan_as_it_stands_are_there(visit: Visit) -> None:
    _the_plan_follows(visit)


def test_pins_come_as_they_are_and_the_set_goes_on_by_its_address(visit: Visit) -> None:
    board = visit().open()
    page = board.page
    for letter, key, name in zip(
        "ABC", ("ArrowRight", "End", "Home"), ("Basis", HOSTILE[:40], "Klein"), strict=True
    ):
        board.press("plan.training.share_moved", key).key("k")
        page.locator(f'[data-pin="{letter}"] .pin-rename').click()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    expect(board.settled().root).to_have_attribute("data-refined", "true")
    values = page.locator(".pin .pin-value").all_inner_texts()
    board.key("c")
    page.wait_for_selector('#board[data-page="compare"]')
    board.settled()
    expect_names(board, "Basis", HOSTILE[:40], "Klein")
    assert page.locator(".compare-card .letter").all_inner_texts() == [*"ABC"]
    shown = [one.replace("\u2060", "") for one in values]
    cards = page.locator(".compare-card .compare-value").all_inner_texts()
    assert [one.replace("\u2060", "") for one in cards] == shown
    do(board, 0, "remove")
    expect_names(board, HOSTILE[:40], "Klein")
    page.wait_for_url(re.compile(r"compare\?.*set=1\."))
    page.locator("[data-action=share-set]").click()
    link = page.locator("[data-share=link]").input_value()
    assert len(link) < 500
    other = visit()
    other.page.goto(link)
    other.ready().settled()
    expect_names(other, HOSTILE[:40], "Klein")
    assert other.page.locator(".compare-card .letter").all_inner_texts() == [*"BC"]
    assert other.page.locator("img[src*='9/x.png']").count() == 0
    # What is pinned there does not come into it by itself, and undo leads back out of it.
    other.undo()
    expect_names(other, DEFAULT.name)


def _the_plan_follows(visit: Visit) -> None:
    board = visit().open()
    board.press("plan.training.share_moved", "ArrowRight")
    board.page.keyboard.press("k")
    board.page.keyboard.press("Escape")
    board.press("plan.customer_service.share_moved", "End")
    board.press("plan.involvement.openness", "ArrowRight")
    board.page.locator('nav [data-page="compare"]').click()
    board.page.wait_for_selector('#board[data-page="compare"]')
    board.settled()
    expect_names(board, "Plan A", f"{DEFAULT.name} (changed)")
    unfold(board, "differing")
    paths = board.page.locator("[data-path]").evaluate_all(
        "all => all.map(one => one.dataset.path)"
    )
    changed = ["customer_service.share_moved", "involvement.openness"]
    assert paths == [f"plan.{path}" for path in changed]
    # It follows the plan, wherever that is changed.
    board.act("undo")
    plan = scenario.parse(json.dumps(board.doc()))
    (value, *_) = answered(plan, DEFAULT)["cards"]
    assert text_at(board, '[data-card="1"] .compare-value') == value["value"]
    board.act("undo")
    expect_names(board, "Plan A")  # which the plan is again
    # Simulate gets it as it stands, not as it stood when its card was drawn.
    board.act("redo").act("redo")
    state = board.state()
    do(board, 1, "open")
    board.page.wait_for_selector('#board[data-page="simulate"]')
    board_state = board.ready().state()
    assert (board_state["doc"], board_state["base"]) == (state["doc"], state["base"])


def test_files_and_links_come_in_whole_or_not_at_all(visit: Visit, tmp_path: Path) -> None:
    board = lay(visit(), DEFAULT, IDLE).open("compare").settled()
    page = board.page
    good = tmp_path / "good.json"
    scenario.save(SELLING.changed(name=HOSTILE), good)
    bad = tmp_path / "bad.json"
    bad.write_text(good.read_text("utf-8").replace('"seed": ', '"seed": -'), "utf-8")
    with adding(board) as dialog:
        files = dialog.locator("[data-compare-files]")
        files.set_input_files([good, bad])
        expect(dialog.locator(".problems")).to_contain_text("bad.json")
        expect(dialog.locator(".problems code")).to_have_text("seed")
        files.set_input_files([good] * 5)
        expect(dialog.locator(".problems")).to_contain_text("too many")
        assert len(names(board)) == 2
        files.set_input_files([good, good])
        expect(page.locator(".compare-card h3")).to_have_count(4)
        link = dialog.locator("[data-field=compare-link]")
        link.fill("https://example.org/?v=2&nonsense=1")
        link.press("Enter")
        expect(dialog.locator(".problems li").first).to_be_visible()
        moved = IDLE.changed(**{"plan.training.share_moved": 0.21}, name="By link")
        link.fill(f"https://example.org/?{links.encode(moved)}")
        link.press("Enter")
        expect(page.locator(".compare-card h3")).to_have_count(5)
    board.settled()
    expect_names(board, DEFAULT.name, IDLE.name, HOSTILE, HOSTILE, "By link")
    # Dropped on the page, a file is one more; then there is room for no other.
    drop(board, good)
    expect(page.locator(".compare-card h3")).to_have_count(6)
    board.settled()
    drop(board, good)
    expect(page.locator("dialog .problems")).to_contain_text("too many")
    page.keyboard.press("Escape")
    assert len(names(board)) == 6
    assert page.locator("img[src*='9/x.png']").count() == 0
    answer = answered(DEFAULT, IDLE)
    assert answer["measure"] == "value"
    for kind in ("csv", "xlsx"):
        with page.expect_download() as waiting:
            page.locator(f"[data-download={kind}]").click()
        name = waiting.value.suggested_filename
        assert name.startswith("comparison-A-service-company-") and name.endswith(f".{kind}")
        content = Path(waiting.value.path()).read_bytes()
        if kind == "csv":
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            assert f"C {HOSTILE}" in {row["scenario"] for row in rows}
        else:
            assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) > 4


def test_the_file_of_a_set_is_laid_out_as_it_was_wherever_it_is_dropped(
    visit: Visit, tmp_path: Path
) -> None:
    asked = Asked("value_per_employee", "0", "B", "too_close")
    value = sets.compared([compare.Named(name="x", scenario=bootstrap.document(IDLE))]).items[0]
    items = (
        Item("B", "Waiting", IDLE.without_results(), value.value, DEFAULT.without_results()),
        Item("D", "Selling", SELLING.without_results(), None),
    )
    file = tmp_path / "board.json"
    file.write_text(scenario_sets.dump(ScenarioSet(items, MODEL_VERSION, asked)), "utf-8")
    wishes = {"measure": asked.measure, "first": 2, "second": 0}
    told = answered(*(one.scenario for one in items), letters="BD", **wishes)["answer"]["verdict"]
    board = visit().open()
    drop(board, file, "#board")
    board.page.wait_for_selector('#board[data-page="compare"]')
    page = board.settled().page
    expect(page.locator('[data-dialog="set-then"]')).to_be_visible()  # one had no value then
    page.keyboard.press("Escape")
    expect_names(board, "Waiting", "Selling")
    expect(verdict(board)).to_have_text(told)
    # Whoever opens the page by its address, or comes back to it, sees the same.
    page.reload()
    expect(verdict(board.settled())).to_have_text(told)
    expect(page).to_have_url(re.compile("set="))  # it is written once the answer is there
    other = visit()
    other.open(page.url.partition("/compare")[2].join(["compare", ""])).settled()
    expect(verdict(other)).to_have_text(told)
    # Where plans are compared it takes their place, and one step brings them back.
    lay(board, DEFAULT, IDLE, SELLING, FUND, DEFAULT, IDLE).open("compare").settled()
    drop(board, file)
    expect(page.locator(".compare-card h3")).to_have_count(2)
    expect(verdict(board.settled())).to_have_text(told)
    page.keyboard.press("Escape")
    board.undo()
    expect(page.locator(".compare-card h3")).to_have_count(6)
    # Among what is added, its plans are; what is wrong with it is told by its field.
    board.settled()
    with adding_to(board, DEFAULT) as dialog:
        files = dialog.locator("[data-compare-files]")
        wrong = tmp_path / "wrong.json"
        wrong.write_text(file.read_text("utf-8").replace('"letter": "D"', '"letter": "Z"'), "utf-8")
        files.set_input_files([wrong])
        expect(dialog.locator(".problems code")).to_have_text("scenarios.1.letter")
        files.set_input_files([file, file, file])
        expect(dialog.locator(".problems")).to_contain_text("There are 6 plans")
        files.set_input_files([file])
        expect_names(board, DEFAULT.name, "Waiting", "Selling")


@contextmanager
def adding_to(board: Board, *scenarios: Scenario) -> Iterator[Locator]:
    """The dialog in which scenarios are added to these."""
    lay(board, *scenarios).open("compare").settled()
    with adding(board) as dialog:
        yield dialog


def drop(board: Board, file: Path, where: str = "main.compare") -> None:
    """Drop a file on the page."""
    data = board.page.evaluate_handle(
        """([name, text]) => {
          const data = new DataTransfer();
          data.items.add(new File([text], name, { type: "application/json" }));
          return data;
        }""",
        [file.name, file.read_text("utf-8")],
    )
    board.page.dispatch_event(where, "drop", {"dataTransfer": data})


# --- what cannot be compared, and what goes wrong ------------------------------------------------


def test_what_cannot_be_compared_is_said(visit: Visit) -> None:
    board = (
        lay(visit(), DEFAULT, FUND, DEFAULT.changed(horizon_months=24)).open("compare").settled()
    )
    page = board.page
    answer = answered(DEFAULT, FUND, DEFAULT.changed(horizon_months=24))
    page.locator(".compare-how > summary").click()
    unfold(board, "overlay")
    kinds = page.locator("[data-caveat]").evaluate_all("all => all.map(one => one.dataset.caveat)")
    assert kinds == [one["kind"] for one in answer["caveats"]]
    assert {"organisation", "currency", "horizon"} <= set(kinds)
    page.get_by_label("The one that may be better").select_option("B")
    money = page.locator('[data-measure="value"] input')
    expect(money).to_be_disabled()
    expect(page.locator(".compare-by .note")).to_contain_text("Different currencies")
    expect(page.locator('[data-measure="value_per_money_moved"] input')).to_be_checked()
    expect(page.locator(".compare-overlay figure.chart")).to_have_count(2)
    # A pair in one currency can be compared by money too.
    page.get_by_label("The one that may be better").select_option("C")
    expect(money).to_be_enabled()
    rule = page.locator(".compare-rule")
    expect(rule).to_have_text(answer["rule"])
    assert answer["rule"] == ENGLISH.gettext(answer["rule"])


def test_what_goes_wrong_is_said_and_mended(visit: Visit) -> None:
    bad = bootstrap.document(IDLE) | {"horizon_months": 7}
    board = lay(visit(), DEFAULT, bad, SELLING)
    board.watch.expect_refusals()
    board.open("compare").settled()
    page = board.page
    expect(page.locator(".compare > .problems code")).to_have_text("B: horizon_months")
    expect(page.locator(".compare-results")).to_be_hidden()
    page.locator("[data-download=csv]").click()
    expect(page.locator("dialog .problems code")).to_have_text("B: horizon_months")
    page.keyboard.press("Escape")
    do(board, 1, "remove")
    answer = answered(DEFAULT, SELLING)
    expect(verdict(board)).to_have_text(answer["answer"]["verdict"])
    expect(page.locator(".compare > .problems")).to_be_empty()
    board.settled()
    page.locator(".compare-how > summary").click()
    with board.offline():
        page.locator('[data-measure="value_per_customer"] input').check()
        expect(page.locator(".compare-progress")).to_contain_text(
            "This device is offline. Trying again."
        )
        expect(verdict(board)).to_be_visible()
    board.settled()
    expect(page.locator(".compare-progress")).to_be_empty()
    assert page.evaluate("window.board.answer().measure") == "value_per_customer"


LINES = """() => [...document.querySelectorAll(
  '.compare :is(h1, h3, button, .compare-verdict, .compare-ticks)')]
  .filter((node) => node.checkVisibility())
  .map((node) => Math.round(node.getBoundingClientRect().top + scrollY))"""
"""On the page; a number may get wider."""


@pytest.mark.parametrize(
    ("size", "query", "shares"),
    [
        ("laptop", {"lang": "nl"}, (0.79, 0.77)),
        ("phone", {"lang": "da"}, (0.76, 0.75)),
        ("projector", {"view": "projector"}, (0.74, 0.73)),
    ],
)
def test_that_numbers_are_being_refined_is_said_and_moves_nothing(
    visit: Visit, size: Size, query: dict[str, str], shares: tuple[float, float]
) -> None:
    plans = [DEFAULT.changed(**{TRAINING: share, "horizon_months": 24}) for share in shares]
    board = lay(visit(size), *plans)
    held: list[Route] = []
    board.route("**/board/compare-settle", lambda route: held.append(route))
    board.open("compare", **query).settled()
    progress = board.page.locator(".compare-progress")
    expect(progress).not_to_be_empty()
    expect(progress).to_be_visible()
    before = board.page.evaluate(LINES)
    assert len(before) > 10
    board.page.unroute("**/board/compare-settle")
    for route in held:
        route.continue_()
    expect(progress).to_be_empty()
    assert board.page.evaluate(LINES) == before


# --- for everybody -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SCREENS)
def test_six_can_be_read_and_used_on_every_screen(visit: Visit, size: Size) -> None:
    mode = {"view": "projector"} if size == "projector" else {}
    board = lay(visit(size), *SIX).open("compare", **mode).settled()
    page = board.page
    expect(page.locator(".compare-card")).to_have_count(6)
    if size != "phone":
        # Verdict, histogram and ranking of six are on one screen; the rest is folded.
        for part in ("verdict", "ticks", "ranks"):
            box = page.locator(f".compare-{part}").bounding_box()
            assert box and box["y"] + box["height"] <= SCREENS[size]["viewport"]["height"]
    unfold(board, "headline", "overlay", "budgets", "differing")
    assert not violations(board)
    board.page.keyboard.press("t")
    expect(board.root).to_have_attribute("data-theme", "dark")
    board.settled()
    page.evaluate("scrollTo(0, 0)")  # axe needs it
    assert not violations(board, colours=True)
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert too_wide <= 0, "only tables scroll sideways"
    if size == "phone":
        targets = page.evaluate(TARGETS)
        # What is ticked is as large as its label.
        targets = [
            one for one in targets if 'type="radio"' not in one[0] and "checkbox" not in one[0]
        ]
        targets += page.evaluate(
            """[...document.querySelectorAll('.compare label:has(input)')]
              .map((one) => [one.outerHTML.slice(0, 100), one.getBoundingClientRect()])
              .map(([what, area]) => [what, area.width, area.height, 43.5])"""
        )
        small = [one for one in targets if min(one[1:3]) < one[3]]
        assert not small, "\n".join(map(str, small))
    if size == "projector":
        sizes = page.evaluate(
            """[...document.querySelectorAll('.compare *')]
              .filter((one) => one.checkVisibility()
                && !one.closest('.unseen, svg, .js-plotly-plot')
                && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
              .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent])"""
        )
        assert min(sizes)[0] >= 24, min(sizes)


IN_SIGHT = """(scroll) => {
  const whole = scroll.getBoundingClientRect();
  const heads = [...scroll.querySelectorAll("thead > tr > *")];
  const first = heads[0].getBoundingClientRect();
  const cut = heads.slice(1).map((one) => one.getBoundingClientRect()).filter(({ left, right }) =>
    (left < first.right - 1 && right > first.right + 1) ||
    (left < whole.right - 1 && right > whole.right + 1));
  const letters = [...scroll.querySelectorAll("thead .letter")].map((one) =>
    one.getBoundingClientRect());
  const group = scroll.querySelector(".compare-between th > span").getBoundingClientRect();
  return {
    cut: cut.length,
    letters: letters.every(({ top }) => top >= whole.top && top < whole.top + 60),
    group: group.left - whole.left,
    isLow: whole.height <= innerHeight,
  };
}"""
"""Of a table that is scrolled: columns that are cut, whether letters and groups are there."""


@pytest.mark.parametrize("width", [360, 390, 820])
@pytest.mark.parametrize("part", ["headline", "budgets"])
def test_on_a_phone_it_is_known_whose_number_it_is(visit: Visit, part: str, width: int) -> None:
    board = visit("phone", viewport={"width": width, "height": 844})
    lay(board, *SIX).open("compare")
    unfold(board, part)
    scroll = board.page.locator(f".compare-{part} .compare-scroll")
    for across in (0, 70, 200, 900):
        scroll.evaluate("(one, left) => one.scrollTo({ left, top: 300 })", across)
        board.until(lambda: scroll.evaluate(IN_SIGHT)["cut"] == 0)
        seen = scroll.evaluate(IN_SIGHT)
        assert seen["letters"] and seen["isLow"] and abs(seen["group"]) <= 1


def test_what_can_be_asked_for_is_underlined_whole(visit: Visit) -> None:
    """Also what is parted into boxes, so that a long word may be parted."""
    board = lay(visit(), DEFAULT, IDLE).open("compare", lang="nl").settled()
    unfold(board, "headline")
    lines = board.page.locator("[data-figure] th .compare-asks .seam").evaluate_all(
        "words => words.map(word => getComputedStyle(word).textDecorationLine)"
    )
    assert len(lines) > 5
    assert set(lines) == {"underline"}
