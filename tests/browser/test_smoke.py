"""The Simulate page works: it opens, levers of every kind move by every means, steps go back."""

from __future__ import annotations

import pytest

from simulator.i18n.language import LANGUAGES
from simulator.scenario import load_shipped
from simulator.scenario.levers import LEVERS
from tests.browser.conftest import Visit
from tests.browser.helpers import SCREENS, Board, Size
from tests.support.figures import expected

TRAINING = "plan.training.share_moved"
COMMUNITY = "plan.split.community"


def test_the_page_opens_with_the_engines_figures(board: Board) -> None:
    assert board.figures() == expected(load_shipped("balanced-shift"))
    assert board.page.locator(".plot .scatterlayer .trace").count() > 4
    assert set(board.levers()) == set(LEVERS)


@pytest.mark.parametrize("size", SCREENS)
def test_it_opens_on_every_screen(visit: Visit, size: Size) -> None:
    board = visit(size).open()
    assert board.figures() == expected(load_shipped("balanced-shift"))
    across = board.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert across <= 0, "the page is wider than the screen"


def test_a_lever_moves_by_keys_mouse_and_typing(board: Board) -> None:
    base = load_shipped("balanced-shift")
    assert board.value(TRAINING) == pytest.approx(0.2)
    board.press(TRAINING, "ArrowRight", "ArrowRight", "ArrowLeft")
    assert board.value(TRAINING) == pytest.approx(0.21)
    assert board.figures() == expected(base.changed(**{TRAINING: 0.21}))
    board.drag(TRAINING, 0.5)
    assert board.value(TRAINING) == pytest.approx(0.5, abs=0.02)
    board.type(TRAINING, "33")
    assert board.value(TRAINING) == pytest.approx(0.33)
    assert board.figures() == expected(base.changed(**{TRAINING: 0.33}))


def test_a_lever_moves_by_touch(visit: Visit) -> None:
    board = visit("phone").open()
    board.tap(TRAINING, 0.6).settled()
    assert board.value(TRAINING) == pytest.approx(0.6, abs=0.03)
    board.swipe(TRAINING, 0.3)
    assert board.value(TRAINING) == pytest.approx(0.3, abs=0.03)


def test_a_locked_line_does_not_give(board: Board) -> None:
    before = board.value("plan.split")
    board.lock(COMMUNITY).drag("plan.split.content", 0.4)
    after = board.value("plan.split")
    assert after["community"] == before["community"]
    assert after["content"] == pytest.approx(0.4, abs=0.02)
    assert sum(after.values()) == pytest.approx(1.0)


def test_steps_go_back_and_forth(board: Board) -> None:
    first = board.doc()
    second = board.type(TRAINING, "40").doc()
    third = board.type(COMMUNITY, "50").doc()
    assert board.undo().doc() == second
    assert board.undo().doc() == first
    assert board.figures() == expected(load_shipped("balanced-shift"))
    assert board.redo().doc() == second
    assert board.redo().doc() == third
    assert board.key("u").doc() == second
    assert board.key("Control+z").doc() == first
    assert board.key("Control+Shift+z").doc() == second
    assert board.key("y").doc() == third


def test_what_was_moved_is_still_there_after_a_reload(board: Board) -> None:
    moved = board.type(TRAINING, "40").doc()
    shown = board.figures()
    board.reload()
    assert (board.doc(), board.figures()) == (moved, shown)


def test_a_move_outlives_a_reload_at_once(board: Board) -> None:
    board.page.wait_for_url("**from=*")
    before = board.page.url
    board.lever(TRAINING).press("ArrowRight")
    moved = board.doc()
    board.reload()
    assert board.doc() == moved
    board.until(lambda: board.page.url != before)
    before = board.page.url
    board.lever(TRAINING).press("ArrowRight")
    moved = board.doc()
    board.until(lambda: board.page.url != before)
    # The browser may load the page again before it has heard of its new address.
    board.page.evaluate("address => history.replaceState(history.state, '', address)", before)
    board.reload()
    assert board.doc() == moved


def test_a_lost_connection_comes_back(board: Board) -> None:
    base = load_shipped("balanced-shift")
    before = board.figures()
    with board.offline():
        board.lever(TRAINING).press("End")
        board.page.locator(".notice").wait_for(state="visible")
        assert board.figures() == before
        assert board.value(TRAINING) == 1.0
    board.settled()
    assert board.page.locator(".notice").is_hidden()
    assert board.figures() == expected(base.changed(**{TRAINING: 1.0}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_and_the_other_page(visit: Visit, language: str) -> None:
    board = visit().open(lang=language)
    assert board.page.evaluate("document.documentElement.lang") == language
    board.open("assumptions", lang=language)
    assert board.root.get_attribute("data-page") == "assumptions"


def test_the_first_visit_is_shown_around_once(visit: Visit) -> None:
    board = visit(tour=True).open()
    tour = board.page.locator("dialog.tour")
    tour.wait_for()
    board.page.keyboard.press("Escape")
    tour.wait_for(state="detached")
    board.reload()
    assert tour.count() == 0


SHOWN_AROUND = """() => {
  const box = (one) => document.querySelector(one).getBoundingClientRect();
  const [card, ring] = [box('.tour-card'), box('.tour-ring')];
  const isOn = card.left < ring.right && card.right > ring.left &&
               card.top < ring.bottom - 1 && card.bottom > ring.top + 1;
  const foot = document.querySelector('.foot');
  const end = foot.checkVisibility() ? foot.getBoundingClientRect().top : innerHeight;
  const buttons = [...document.querySelectorAll('.tour-card button')]
    .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().top);
  return { isOn, lit: ring.height, isWhole: card.top >= 0 && card.bottom <= end,
           lines: new Set(buttons).size };
}"""


def test_the_ways_of_the_tour_stand_on_one_line(visit: Visit) -> None:
    """On a small phone, in the language with the longest names for them."""
    board = visit("phone", tour=True, viewport={"width": 360, "height": 740}).open(lang="da")
    tour = board.page.locator("dialog.tour")
    tour.wait_for()
    while tour.count():
        assert board.page.evaluate(SHOWN_AROUND)["lines"] == 1
        board.page.locator('[data-action="tour-next"]').click()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (390, 844), (820, 1180), (1440, 900)])
def test_the_tour_never_lies_on_what_it_shows(visit: Visit, width: int, height: int) -> None:
    """Nor on the answer at a phone's lower edge; and leaves the page as it began."""
    board = visit("phone", tour=True, viewport={"width": width, "height": height}).open()
    tour = board.page.locator("dialog.tour")
    tour.wait_for()
    steps = 0
    while tour.count():
        place = board.page.evaluate(SHOWN_AROUND)
        title = board.page.locator("#tour-title").inner_text()
        assert not place["isOn"] and place["isWhole"], title
        if title in {"The answer", "What follows"}:
            assert place["lit"] >= 300 or width > 800, "the answer, or the first chart whole"
        if title == "Nothing can break":
            ring = board.page.locator(".tour-ring").bounding_box()
            for part in ('[data-action="pin"]', '[data-action="undo"]'):
                box = board.page.locator(part).first.bounding_box()
                assert ring and box and ring["x"] <= box["x"]
                assert box["x"] + box["width"] <= ring["x"] + ring["width"]
        board.page.locator('[data-action="tour-next"]').click()
        steps += 1
    assert steps >= 6
    assert board.page.evaluate("scrollY") == 0


# --- what fails a test ----------------------------------------------------------------------------


WRONG = {
    "console.error('broken')": "console: broken",
    "setTimeout(() => { throw new Error('thrown') })": "exception: thrown",
    "fetch('/board/assets/old/main.js')": "answer 404",
    "new Image().src = 'http://127.0.0.1:9/spy.png'": "request to another host",
    "fetch('/board/cut').catch(() => 0)": "request failed",
}


def test_a_visit_notices_what_goes_wrong(board: Board) -> None:
    board.route("**/board/cut", lambda route: route.abort("connectionreset"))
    for does in WRONG:
        board.page.evaluate(f"() => {{ {does}; }}")
    problems = board.watch.problems
    board.until(lambda: all(any(one.startswith(it) for one in problems) for it in WRONG.values()))
    # A request that fails is told twice, and of two requests here either may be the later one.
    board.until(lambda: sum("/board/cut" in one for one in problems) == 2)
    problems.clear()


def test_a_visitor_finds_nothing_that_another_left(visit: Visit) -> None:
    first = visit().open()
    first.type(TRAINING, "40")
    first.page.evaluate("localStorage.setItem('left', 'behind')")
    beside = visit(beside=first).open()
    assert beside.page.evaluate("localStorage.getItem('left')") == "behind"
    assert beside.value(TRAINING) == pytest.approx(0.2)
    field = first.typed(TRAINING)
    field.select_text()
    field.press("Control+c")
    assert first.clipboard() == "40"
    second = visit().open()
    assert second.page.evaluate("localStorage.getItem('left')") is None
    assert second.value(TRAINING) == pytest.approx(0.2)
