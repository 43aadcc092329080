"""The Simulate page as a room uses it: the world, charts that stay, pins, projector, phone."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from simulator import results, scenario
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.scenario import LONGEST_NAME, Scenario
from simulator.version import MODEL_VERSION, VERSION
from tests.browser.agreement import shown_and_simulated_agree
from tests.browser.conftest import Visit
from tests.browser.helpers import SCREENS, Board, Size
from tests.browser.replies import held_replies
from ui.cache import compared
from ui.routes import bootstrap
from ui.text import comparison

TRAINING = "plan.training.share_moved"
RESEARCH = "plan.market_research.share_moved"
COMMUNITY = "plan.split.community"


# --- the world -----------------------------------------------------------------------------------


def test_a_changed_assumption_splits_into_the_worlds_part_and_ours(board: Board) -> None:
    traces = board.page.locator('[data-chart="1"] .scatterlayer .trace')
    before = traces.count()
    expect(board.page.locator(".sentence-world")).to_be_hidden()
    changed = {**board.doc(), "assumptions": {"churn_quality_effect": 2.0}}
    board.page.evaluate("doc => window.board.commit(doc)", changed)
    board.settled()
    line = board.page.locator(".sentence-world")
    expect(line).to_be_visible()
    world = board.answer()["world"]
    text = line.inner_text().replace("\u2060", "")
    assert all(world[part] in text for part in ("total", "world", "decisions"))
    assert traces.count() > before, "the old baseline is drawn as well"
    shown_and_simulated_agree(board)


# --- charts --------------------------------------------------------------------------------------


def test_nothing_moves_on_the_page_when_a_lever_does(board: Board) -> None:
    places = """() => [...document.querySelectorAll('.bar, .strip, .levers, .chart, .multiples')]
      .map(one => { const at = one.getBoundingClientRect(); return [at.x, at.y, at.width]; })"""
    before = board.page.evaluate(places)
    board.drag(TRAINING, 0.9).drag(RESEARCH, 0.9)
    assert board.page.evaluate(places) == before


def test_the_picker_finds_every_outcome(board: Board) -> None:
    button = board.page.locator('[data-picker="1"]')
    button.click()
    options = board.page.locator('[data-chart="1"] [role="option"]')
    assert set(options.evaluate_all("all => all.map(one => one.dataset.outcome)")) == {
        *results.OUTCOMES,
        "chance_by_year",
        "money_flow",
    }
    expect(board.page.locator('[data-chart="1"] .picker-search')).to_be_focused()
    board.page.keyboard.type("flow")
    board.page.keyboard.press("Enter")
    board.settled()
    assert board.page.locator('[data-chart="1"]').get_attribute("data-outcome") == "money_flow"
    flows = board.page.locator('[data-chart="1"] .scatterlayer .trace')
    assert flows.count() > 15
    board.drag(TRAINING, 0.7)
    button.click()
    expect(board.page.locator('[data-chart="1"] .picker-search')).to_be_focused()
    board.page.keyboard.type("zzzz")
    expect(board.page.locator('[data-chart="1"] .picker-nothing')).to_be_visible()
    board.page.keyboard.press("Escape")
    expect(board.page.locator(".picker-box:popover-open")).to_have_count(0)


def test_a_small_multiple_comes_up_by_a_click(board: Board) -> None:
    board.page.locator('[data-multiple="trust"]').click()
    board.settled()
    assert board.state()["charts"] == ["cumulative_value", "trust"], "the value stays"
    assert board.page.locator('[data-chart="1"] .picker').inner_text().strip() == "Trust"


def test_charts_tell_their_numbers_to_those_who_do_not_see_them(board: Board) -> None:
    for chart in board.page.locator(".plot-frame").all():
        assert chart.get_attribute("role") == "img"
        assert chart.get_attribute("aria-label")
        text = board.page.locator(f"#{chart.get_attribute('aria-describedby')}").text_content()
        assert text and "60 months" in text


# --- pinned plans --------------------------------------------------------------------------------


def test_plans_are_pinned_named_compared_hidden_and_taken_up_again(board: Board) -> None:
    first = board.doc()
    board.key("k").type(TRAINING, "70")
    value = board.figure("net_present_value")
    board.key("k")
    assert board.page.evaluate("document.activeElement.tagName") == "BODY"  # in no name
    names = board.page.locator(".pin .pin-name")
    board.page.locator('[data-pin="B"] .pin-rename').click()
    board.page.keyboard.type("<b>Bold</b>")
    board.page.keyboard.press("Enter")
    board.settled().type(RESEARCH, "90").act("pin")
    assert names.all_inner_texts() == ["Plan A", "<b>Bold</b>", "Plan C"]
    assert board.page.locator('[data-pin="B"] .pin-value').inner_text() == value
    drawn = board.page.locator('[data-chart="0"] .plot')
    letters = drawn.locator("text").get_by_text(re.compile(r"^\s*[ABC]$"))
    expect(letters).to_have_count(3)
    board.page.locator('[data-pin="A"] .pin-rename').click()
    board.page.locator('[data-field="pin-name"]').fill("Basis")
    board.page.keyboard.press("Enter")
    _with_pin(board, "C", "pin-hide")
    expect(letters).to_have_count(2)
    _with_pin(board, "A", "pin-load")
    assert board.doc() == first
    _with_pin(board, "A", "pin-remove")
    assert names.all_inner_texts() == ["<b>Bold</b>", "Plan C"]
    board.undo()
    assert names.all_inner_texts() == ["Basis", "<b>Bold</b>", "Plan C"]
    board.redo().reload()
    assert names.all_inner_texts() == ["<b>Bold</b>", "Plan C"]


def test_a_plan_that_was_pinned_is_named_at_once(board: Board) -> None:
    """By a button of the message or by a key; what is typed there is no key of the page."""
    names = board.page.locator(".pin-name")
    field = board.page.locator('[data-field="pin-name"]')
    before = board.doc()
    board.key("k")
    board.page.locator('.toast [data-action="name-pin"]').click()
    expect(field).to_be_focused()
    board.page.keyboard.type("keep lots, pump money")
    board.page.keyboard.press("Enter")
    expect(names).to_have_text(["keep lots, pump money"])
    assert (board.doc(), board.state()["view"]["mode"]) == (before, "normal")
    board.type(TRAINING, "70").key("k")
    board.page.keyboard.press("Escape")
    board.key("n")
    expect(field).to_be_focused()
    expect(field).to_have_value("Plan B")
    board.page.keyboard.insert_text("n" * (LONGEST_NAME + 1))
    expect(board.page.locator(".toast")).to_contain_text("At most 80 characters fit here")
    field.select_text()
    board.page.keyboard.type("n")
    assert board.page.locator(".toast").count() == 0
    board.page.keyboard.press("Enter")
    expect(names).to_have_text(["keep lots, pump money", "n"])


def test_on_a_projector_the_menu_of_a_pin_is_in_sight(visit: Visit) -> None:
    board = visit("projector").open(lang="da", view="projector")
    board.key("k").page.mouse.move(0, 0)
    menu = board.page.locator(".pin-menu")
    expect(menu).to_have_css("opacity", "1")
    for text in ("−123 mio. DKK", "−850.000 DKK"):
        board.page.locator(".pin-value").evaluate("(node, text) => (node.textContent = text)", text)
        boxes = [
            board.page.locator(one).first.bounding_box()
            for one in (".pin-menu", ".pin-value", ".pin-name")
        ]
        mine, *others = boxes
        assert mine
        for box in others:
            assert box
            assert (
                box["x"] + box["width"] <= mine["x"] + 1
                or box["y"] >= mine["y"] + mine["height"] - 4
            )


def _with_pin(board: Board, letter: str, action: str) -> None:
    """Do something by the menu of a pin."""
    board.page.locator(f'[data-pin-menu="{letter}"]').click()
    board.page.locator(f'.menu:popover-open [data-item="{action}"]').click()
    board.settled()


def test_two_clicks_ask_which_of_two_pins_is_better(board: Board) -> None:
    page = board.page
    board.key("k").type(TRAINING, "70").key("k")
    page.keyboard.press("Escape")
    first, second = (scenario.parse(json.dumps(pin["doc"])) for pin in board.state()["pins"])
    before = page.locator(".charts").bounding_box()
    for letter in "AB":
        page.locator(f'[data-pin="{letter}"] .pin-pick').click()
    answer = comparison.answer(compared(first, second), "value", 1, 0, ENGLISH)
    expect(page.locator(".pair h3 .letter")).to_have_text(["A", "B"])
    expect(page.locator(".pair-verdict")).to_have_text(answer.verdict)
    expect(page.locator(".pair .note")).to_contain_text(answer.note.partition(",")[0])
    assert page.locator(".charts").bounding_box() == before, "nothing moves"
    box = page.locator(".pair").bounding_box()
    assert before
    assert box
    assert box["y"] >= before["y"] + 0.8 * before["height"], "the lines stay in sight"
    assert box["y"] + box["height"] <= SCREENS["laptop"]["viewport"]["height"]
    page.locator('[data-action="pair-compare"]').click()
    page.wait_for_selector('#board[data-page="compare"][data-settled="true"]')
    expect(page.locator(".compare-verdict")).to_have_text(answer.verdict)
    expect(page.locator(".compare-card")).to_have_count(2 + 1)  # and the place for another
    page.keyboard.press("c")
    page.wait_for_selector('#board[data-page="simulate"]')


def test_on_an_upright_tablet_the_answer_about_two_pins_leaves_the_chart_in_sight(
    visit: Visit,
) -> None:
    board = visit("phone", viewport={"width": 820, "height": 1180}).open()
    page = board.page
    board.key("k").type(TRAINING, "70").key("k")
    for letter in "AB":
        page.locator(f'[data-pin="{letter}"] .pin-pick').tap()
    expect(page.locator(".pair-verdict")).to_contain_text("better")
    page.locator(".pins").evaluate("node => node.scrollIntoView({ block: 'nearest' })")
    answer, chart = (page.locator(one).first.bounding_box() for one in (".pair", ".charts .chart"))
    foot = page.locator(".foot").bounding_box()
    assert answer and chart and foot
    assert answer["y"] + answer["height"] <= chart["y"]
    assert chart["y"] + chart["height"] <= foot["y"]


def test_a_message_does_not_ask_to_name_a_pin_that_has_been_named(board: Board) -> None:
    message = board.key("k").page.locator(".toast")
    expect(message).to_contain_text("Name it")
    board.page.locator('[data-pin="A"] .pin-rename').click()
    board.page.locator('[data-field="pin-name"]').fill("Ours")
    board.page.keyboard.press("Enter")
    expect(board.page.locator('[data-pin="A"] .pin-name')).to_have_text("Ours")
    assert message.count() == 0


def test_on_a_projector_a_box_to_tick_is_as_large_as_its_letters(visit: Visit) -> None:
    board = visit("projector").open(view="projector")
    box = board.page.locator('[data-stages="switch"]')
    assert box.evaluate("node => Math.min(node.clientWidth, node.clientHeight)") >= 24
    board.key("w")
    room, needed = board.page.locator(".world .register-search").evaluate(FITS)
    assert needed <= room


FITS = """(node) => {
  const style = getComputedStyle(node);
  const context = document.createElement('canvas').getContext('2d');
  context.font = style.font;
  const edges = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  return [node.clientWidth - edges, context.measureText(node.placeholder).width];
}"""
"""The room of a field, and what its placeholder needs."""


def test_the_way_to_the_detail_keeps_the_question_about_the_plan(board: Board) -> None:
    page = board.page
    for value in ("30", "40", "50", "60"):
        board.type(TRAINING, value).key("k")
        page.keyboard.press("Escape")
    board.type(TRAINING, "70")
    page.locator('[data-pin="A"] .pin-pick').click()
    expect(page.locator(".pair h3 .letter")).to_have_text(["A", "P"])
    verdict = page.locator(".pair-verdict")
    expect(verdict).not_to_be_empty()
    said, plan = verdict.inner_text(), board.doc()
    page.keyboard.press("c")  # as by any other way
    page.wait_for_selector('#board[data-page="compare"][data-settled="true"]')
    chosen = page.locator(".compare-pair select")
    assert chosen.evaluate_all("all => all.map(one => one.value)") == ["A", "P"]
    expect(page.locator(".compare-verdict")).to_have_text(said)
    expect(page.locator(".compare-card")).to_have_count(5 + 1)
    assert board.doc() == plan


def test_a_page_without_the_plan_says_that_undo_moved_it(board: Board) -> None:
    toast = board.page.locator(".toast")
    board.type(TRAINING, "70").undo().redo()
    expect(toast).to_have_count(0)
    board.page.keyboard.press("c")
    board.page.wait_for_selector('#board[data-page="compare"][data-settled="true"]')
    for button, said in (("undo", "One step back: the plan"), ("redo", "One step forward")):
        board.act(button)
        expect(toast).to_contain_text(said)
        expect(toast).to_contain_text("the page Simulate")


def test_on_a_phone_what_was_pinned_is_compared_by_one_tap(visit: Visit) -> None:
    board = visit("phone").open()
    in_row = board.page.locator('.pins [data-action="compare-pins"]')
    expect(in_row).to_be_hidden()
    board.act("pin").page.locator('.toast [data-action="compare-pinned"]').tap()
    expect(board.root).to_have_attribute("data-page", "compare")
    board.page.go_back()
    in_row.tap()
    expect(board.root).to_have_attribute("data-page", "compare")


def test_a_fifth_pin_and_the_same_plan_again_are_refused_with_a_reason(board: Board) -> None:
    board.key("k").key("k")
    expect(board.page.locator(".toast")).to_contain_text("Plan A")
    for value in ("30", "40", "50", "60"):
        board.type(TRAINING, value)
        board.key("k")
        board.page.keyboard.press("Escape")
    assert len(board.state()["pins"]) == 4
    expect(board.page.locator(".toast")).to_contain_text("4 plans")


def test_going_back_to_a_pin_of_another_scenario_brings_its_own_start(board: Board) -> None:
    board.key("s")
    board.page.locator('[data-preset="business-manufacturer"]').click()
    board.settled()
    other = board.state()
    board.key("k").page.keyboard.press("Escape")
    board.key("s")
    board.page.locator('[data-preset="balanced-shift"]').click()
    board.settled()
    _with_pin(board, "A", "pin-load")
    assert (board.state()["base"], board.state()["doc"]) == (other["base"], other["doc"])
    expect(board.page.locator(".sentence-world")).to_be_hidden()


# --- language and looks --------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_shows_the_same_numbers_in_its_own_way(visit: Visit, code: str) -> None:
    board = visit().open(lang=code)
    shown_and_simulated_agree(board, code)
    board.type(TRAINING, "12.5" if code == "en" else "12,5")
    assert board.value(TRAINING) == pytest.approx(0.125)
    shown_and_simulated_agree(board, code)
    assert f"lang={code}" in board.page.url


LINES = """verdict => {
  const range = document.createRange();
  range.selectNodeContents(verdict);
  const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
  return new Set(tops).size;
}"""
"""How many lines a text takes."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_longest_verdicts_have_two_lines(visit: Visit, code: str) -> None:
    """More would lie on the question above."""
    airline = scenario.load_shipped("airline-social-service")
    board = visit().keep(bootstrap.document(airline)).open(lang=code)
    verdict = board.page.locator(".strip .verdict")
    for cut in ("8", "80"):
        board.type("plan.customer_service.share_moved", cut)
        for _mode in ("normal", "projector"):
            assert verdict.evaluate(LINES) <= 2, verdict.text_content()
            board.key("p").settled()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_scenario_s_name_is_read_whole_on_a_laptop(visit: Visit, code: str) -> None:
    bar = visit().open(lang=code).page.locator(".bar")
    name = bar.locator(".scenario-name")
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth")
    assert bar.evaluate("bar => bar.clientHeight") <= 40, "in one line"
    expect(bar.get_by_role("button", name=LANGUAGES[code].gettext("Reset"))).to_be_visible()


def test_the_language_survives_a_change_of_page(visit: Visit) -> None:
    board = visit().open(lang="nl")
    for page in ("assumptions", "simulate"):
        board.page.locator(f'[data-page="{page}"]:is(a)').click()
        expect(board.root).to_have_attribute("data-page", page)
        board.ready()
        assert board.page.evaluate("document.documentElement.lang") == "nl"
        assert "lang=nl" in board.page.url


def test_the_last_language_asked_for_wins(board: Board) -> None:
    """And nothing is left that was said in another one."""
    message = board.key("k").page.locator(".toast")
    expect(message).to_be_visible()
    with held_replies(board.page, "language=nl") as replies:
        for code in ("nl", "da"):
            board.page.locator('[data-action="language"]').click()
            board.page.locator(f'[data-item="{code}"]').click()
        expect(board.page.locator("html")).to_have_attribute("lang", "da")
        replies.release()
    assert board.page.evaluate("document.documentElement.lang") == "da"
    assert board.page.locator('[data-action="language"]').inner_text() == "DA"
    assert message.count() == 0


KEPT = (
    "nonsense",
    '{"state": {"base": {}, "doc": {}}, "past": [], "future": []}',
    '{"state": STATE, "past": {}, "future": []}',
    '{"state": {...STATE, "pins": null}, "past": [], "future": []}',
    '{"state": {...STATE, "charts": ["gone", "trust"]}, "past": [], "future": []}',
    '{"state": {...STATE, "doc": {...DOC, "horizon_months": 1}}, "past": [], "future": []}',
)
"""What is no state of a board, or none any more, in JavaScript."""


def test_what_a_tab_kept_never_keeps_the_page_from_opening(board: Board) -> None:
    first, figures = board.doc(), board.figures()
    board.watch.expect_refusals()
    for content in KEPT:
        board.page.evaluate(
            """(kept) => {
              const state = window.board.state();
              const text = kept.includes("STATE")
                ? JSON.stringify(new Function("STATE", "DOC", `return ${kept}`)(state, state.doc))
                : kept;
              addEventListener("pagehide", () => {
                sessionStorage.setItem("budget-shift-board-1", text);
              });
            }""",
            content,
        )
        board.reload()
        assert (board.doc(), board.figures()) == (first, figures), content


def test_the_browsers_language_is_taken_where_none_is_asked_for(visit: Visit) -> None:
    board = visit(locale="nl-NL").open()
    assert board.page.evaluate("document.documentElement.lang") == "nl"
    assert visit(locale="fr-FR").open().page.evaluate("document.documentElement.lang") == "en"


def test_theme_and_mode_are_kept_in_the_address(board: Board) -> None:
    board.key("p").key("t")
    assert "view=projector" in board.page.url and "theme=dark" in board.page.url
    board.page.evaluate("sessionStorage.clear()")
    address = board.page.url
    board.page.goto(address)
    board.ready()
    assert board.root.get_attribute("data-mode") == "projector"
    assert board.root.get_attribute("data-theme") == "dark"


SMALL_TEXT = """(least) => {
  const small = new Set();
  const walker = document.createTreeWalker(document.getElementById("board"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest(".unseen, [hidden]")) continue;
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const size = parseFloat(getComputedStyle(node).fontSize);
    if (size < least) small.add(`${walker.currentNode.textContent.trim()}: ${size}px`);
  }
  return [...small];
}"""


@pytest.mark.parametrize(("size", "least"), [("projector", 24), ("laptop", 16)])
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_projector_mode_is_large_and_does_not_scroll(
    visit: Visit, size: Size, least: int, code: str
) -> None:
    board = visit(size)
    board.page.evaluate("localStorage.setItem('budget-shift-folds', '{\"multiples\": true}')")
    board.open(lang=code, view="projector")
    board.key("k").type(TRAINING, "70").key("k").type(RESEARCH, "90").key("k")
    assert board.page.evaluate(SMALL_TEXT, least) == []
    scrolling = board.page.evaluate(
        """() => ['html', '.levers', '#board']
          .map(one => [one, document.querySelector(one)])
          .filter(([, node]) => node.scrollHeight > node.clientHeight + 1
                             || node.scrollWidth > node.clientWidth + 1)
          .map(([one, node]) => `${one}: ${node.scrollWidth}x${node.scrollHeight} in ` +
                                `${node.clientWidth}x${node.clientHeight}`)"""
    )
    assert scrolling == []
    hidden = board.page.evaluate(
        """() => [...document.querySelectorAll('.bar, .strip, .levers, .charts, .multiples')]
          .filter(one => one.getBoundingClientRect().bottom > innerHeight + 1)
          .map(one => one.className)"""
    )
    assert hidden == []


# --- phones and keyboards ------------------------------------------------------------------------


@pytest.mark.parametrize("size", SCREENS)
def test_everything_can_be_reached_by_tab_and_is_seen_to_be(visit: Visit, size: Size) -> None:
    board = visit(size).open()
    wanted = board.page.evaluate(
        """() => [...document.querySelectorAll('#board :is(button, a, input, summary)')]
          .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
          .filter(one => one.tabIndex >= 0).length"""
    )
    board.page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(wanted + 10):
        board.page.keyboard.press("Tab")
        stops = board.page.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one.closest('#board')) return null;
              const style = getComputedStyle(one);
              one.dataset.reached ??= String(Math.random());
              const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
              return [one.dataset.reached, ring || one.outerHTML];
            }"""
        )
        if stops:
            assert stops[1] is True, f"no focus is to be seen on {stops[1]}"
            reached.add(stops[0])
    assert len(reached) >= wanted


def test_every_scenario_of_the_gallery_opens(board: Board) -> None:
    known: dict[str, Scenario] = {path.stem: scenario.load(path) for path in scenario.shipped()}
    for preset in bootstrap.start(LANGUAGES["en"])["presets"]:
        board.key("s")
        board.page.locator(f'[data-preset="{preset["id"]}"]').click()
        board.settled()
        assert scenario.parse(json.dumps(board.doc())) == known[preset["id"]]
        shown_and_simulated_agree(board)


def test_what_each_instrument_does_is_told_in_a_table(board: Board) -> None:
    board.analyse("leave_one_out")
    rows = board.page.locator("dialog[open] tbody tr")
    expect(rows).to_have_count(5)
    board.page.keyboard.press("Escape")
    for path in board.levers()[:3]:
        board.type(path, "0")
    board.analyse("leave_one_out")
    expect(board.page.locator("dialog[open]")).to_contain_text("moves no money")


def test_every_figure_of_the_strip_explains_itself(board: Board) -> None:
    labels = board.page.locator(".strip .label:not(.weak-evidence)")
    expect(labels).to_have_count(8)
    board.page.locator(".more-figures").click()
    for label in labels.all():
        label.click()
        box = board.page.locator(".help-box:popover-open")
        expect(box).to_contain_text("claim")
        board.page.keyboard.press("Escape")
        expect(box).to_have_count(0)


def test_single_keys_can_be_turned_off(board: Board) -> None:
    board.page.keyboard.press("?")
    versions = f"Budget shift simulator {VERSION}, model {MODEL_VERSION}"
    expect(board.page.locator('[data-dialog="keys"]')).to_contain_text(versions)
    switch = board.page.locator('[data-field="keys"]')
    switch.uncheck()
    board.page.keyboard.press("Escape")
    board.key("p")
    assert board.state()["view"]["mode"] == "normal"
    board.type(TRAINING, "40")
    board.key("Control+z")
    assert board.value(TRAINING) == pytest.approx(0.2)
    board.page.keyboard.press("?")
    expect(switch).to_have_count(0)
