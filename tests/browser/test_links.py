"""Links in the browser: the address always says what is shown, and opens it to the last digit; it
is shared by link, QR code, mail and command; back and forth; nothing in it can break the page."""

from __future__ import annotations

import json
import random
import re
import shlex
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, expect

from simulator import links
from simulator.results import DEFAULT_DRAWS, simulate
from simulator.results.saved import saved_results
from simulator.scenario import Scenario, ScenarioError, load_shipped, parse
from simulator.version import MODEL_VERSION
from tests.browser.conftest import Visit
from tests.browser.helpers import KEPT, Board
from tests.browser.replies import held_replies
from tests.support.panels import save_file
from tests.support.qr_codes import qr_code
from ui.routes import bootstrap

TRAINING = "plan.training.share_moved"
DEFAULT = load_shipped(bootstrap.DEFAULT)
OTHER = load_shipped("municipality-citizens")
NEW_WINDOW = {"locale": "en-US"}
"""Of a window that others do not use: its history is short, and can be counted."""
HOSTILE = "<img src=http://127.0.0.1:9/x.png onerror=alert(1)>"


A_WHILE = 3000
"""Milliseconds, many times what the address waits until a move is over."""


def shown(board: Board) -> Scenario:
    """The scenario on the page."""
    return parse(json.dumps(board.doc()))


def addressed(board: Board) -> str:
    """The page's address, once it says what is shown."""
    wanted = shown(board.settled()).without_results()

    def says_so() -> bool:
        try:
            return links.decode(board.page.url).scenario.without_results() == wanted
        except ScenarioError:
            return False

    board.until(says_so)
    return board.page.url


def follow(board: Board, address: str) -> Board:
    """Open an address in the visitor's tab."""
    board.page.goto(address)
    return board.ready()


def dialog(board: Board, name: str) -> Locator:
    opened = board.page.locator(f'dialog[open][data-dialog="{name}"]')
    expect(opened).to_be_visible()
    return opened


# --- sharing -------------------------------------------------------------------------------------


def test_on_a_phone_the_link_comes_before_its_code(visit: Visit) -> None:
    board = visit("phone").open()
    board.act("share")
    share = dialog(board, "share")
    copy, code = share.locator('[data-copy="link"]'), share.locator(".share-qr")
    expect(copy).to_be_in_viewport(ratio=1)
    upper, lower = copy.bounding_box(), code.bounding_box()
    assert upper and lower and upper["y"] + upper["height"] <= lower["y"]
    assert qr_code(code) == share.locator('[data-share="link"]').input_value()


def test_a_plan_is_shared_changed_elsewhere_and_shared_back(visit: Visit) -> None:
    sender = visit("projector").open(view="projector")
    sender.type(TRAINING, "37").press("plan.split.community", "ArrowRight")
    first = sender.doc()
    sender.key("d")
    share = dialog(sender, "share")
    link = share.locator('[data-share="link"]').input_value()
    assert links.decode(link).scenario.without_results() == parse(json.dumps(first))
    assert "lang=en" in link and "projector" not in link
    box = share.locator(".share-qr").bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 600
    assert qr_code(share.locator(".share-qr")) == link
    share.locator(".share-qr").click()
    large = dialog(sender, "code")
    assert qr_code(large) == link
    over = """(one) => [
      one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight,
      one.offsetWidth - innerWidth, one.offsetHeight - innerHeight]"""
    assert large.evaluate(over) == [0] * 4, "it is as large as the screen, and has no bars"
    sender.page.keyboard.press("Escape")
    expect(large).to_have_count(0)

    command = shlex.split(share.locator('[data-share="command"]').input_value())
    assert command[:4] == ["python", "-m", "simulator", "run"]
    assert links.decode(command[4]) == links.decode(link)
    mail = parse_qs(urlsplit(share.locator("a[data-share]").get_attribute("href") or "").query)
    text = share.locator('[data-share="mail"]').input_value()
    assert text == f"{mail['subject'][0]}\n\n{mail['body'][0]}".replace("\r\n", "\n")
    assert link in text.splitlines()
    sender.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    share.locator('[data-copy="link"]').click()
    expect(share.locator(".copied").first).to_have_text("Copied")
    assert sender.page.evaluate("navigator.clipboard.readText()") == link
    sender.page.keyboard.press("Escape")

    changed = sender.page.locator(".scenario .changed")
    expect(changed).to_be_visible()
    sender.key("d")
    share = dialog(sender, "share")
    share.locator('[data-field="who"]').fill("Ann")
    share.locator('[data-share="short"]').click()
    expect(share.locator('[data-share="whole"]')).to_be_visible()
    short = share.locator('[data-share="link"]').input_value()
    share.locator('[data-share="whole"]').click()
    share.locator('[data-share="short"]').click()
    expect(share.locator('[data-share="link"]')).to_have_value(short)  # it is kept once
    expect(changed).to_be_visible()  # sharing is no saving
    assert len(short) < 100 and qr_code(share.locator(".share-qr")) == short
    sender.page.keyboard.press("Escape")
    guest = visit()
    guest.page.goto(short.replace("lang=en", "lang=nl"))
    told = dialog(guest.ready(), "library-opened")
    expect(told.locator("h2").first).to_have_text("Een evenwichtige verschuiving (gewijzigd)")
    expect(told).not_to_contain_text("korte link")  # they know
    expect(told).to_contain_text("Ann, ")
    assert guest.doc()["plan"] == first["plan"]
    expect(guest.page.locator(".scenario .changed")).to_be_visible()

    other = follow(visit(), link)
    assert (other.doc(), other.state()["base"]) == (first, sender.state()["base"])
    shared = sender.figures()
    assert {name: other.figures()[name] for name in shared} == shared
    expect(other.page.locator('[data-action="undo"]')).to_be_disabled()
    other.press("plan.involvement.openness", "ArrowRight")
    follow(sender, addressed(other))
    assert sender.doc() == other.doc() != first
    assert sender.undo().doc() == first, "what the tab had is one undo away"


def test_a_short_link_is_read_in_the_language_of_whoever_opens_it(visit: Visit) -> None:
    sender = visit().open(lang="da").type(TRAINING, "37").settled()
    sender.key("d")
    share = dialog(sender, "share")
    share.locator('[data-share="short"]').click()
    expect(share.locator('[data-share="whole"]')).to_be_visible()
    short = share.locator('[data-share="link"]').input_value()
    guest = visit()
    guest.page.goto(short.replace("lang=da", "lang=en"))
    told = dialog(guest.ready(), "library-opened")
    expect(told.locator("h2").first).to_have_text(f"{DEFAULT.name} (changed)")
    expect(guest.page.locator(".scenario .changed")).to_be_visible()
    assert guest.doc()["name"] == DEFAULT.name


def test_copying_works_where_the_clipboard_is_refused(board: Board) -> None:
    board.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.execCommand = (name) => { window.copied = getSelection() + name; return false; }"
    )
    board.act("share")
    share = dialog(board, "share")
    share.locator('[data-copy="command"]').click()
    expect(share.locator(".copied").last).to_contain_text("Ctrl+C")
    assert share.locator('[data-share="command"]').evaluate(
        "one => one === document.activeElement && one.selectionEnd === one.value.length"
    )
    expect(share).to_contain_text("This link works on this computer only.")


def test_a_plan_that_fits_no_link_says_so_and_stays_in_the_tab(board: Board) -> None:
    start_address = addressed(board)
    notes = "".join(random.Random(1).choices("abcdefghij ", k=3000))
    board.page.evaluate("doc => board.commit(doc)", {**board.doc(), "notes": notes})
    board.page.wait_for_function("() => !location.search.includes('check=')")
    board.act("share")
    share = dialog(board, "share")
    expect(share).to_contain_text("does not fit into a link")
    expect(share).to_contain_text("2,000")
    entry = board.page.evaluate("history.state.board")
    _, content = save_file(board, share.locator('[data-share="file"]'))
    assert parse(content).notes == notes
    # The file's name became the plan's: one more step, whose address says as little.
    board.page.wait_for_function("entry => history.state.board !== entry", arg=entry)
    share.locator('[data-share="library"]').click()
    dialog(board, "presets")
    assert board.reload().doc()["notes"] == notes
    board.page.evaluate("history.go(-2)")
    board.page.wait_for_function("() => board.state().doc.notes.length < 3000")
    assert addressed(board) == start_address
    board.page.evaluate("history.go(2)")
    board.page.wait_for_function("() => board.state().doc.notes.length === 3000")


# --- the address ---------------------------------------------------------------------------------


def test_any_plan_opens_elsewhere_as_it_is(visit: Visit) -> None:
    """After random changes of all kinds, another browser shows the same at the address."""
    some = random.Random(20)
    first, other = visit().open(), visit(locale="da-DK")
    for name in ("charity-donors", "solo-professional"):
        plan = load_shipped(name).changed(
            **{
                "name": f"Pläne & 'more' {HOSTILE}"[:60],
                TRAINING: some.random(),
                "plan.customer_service.start_month": some.randrange(0, 24),
                "plan.involvement.openness": some.random(),
                "organisation.customers": some.randrange(100, 10**6),
                "organisation.gross_margin": some.uniform(0.1, 0.9),
                "assumptions.effect_transfer": some.uniform(0.1, 0.9),
                "seed": some.randrange(1000),
                "horizon_months": some.randrange(24, 120),
            }
        )
        first.page.evaluate("doc => board.commit(doc)", bootstrap.document(plan))
        follow(other, addressed(first))
        assert other.doc() == first.doc() == bootstrap.document(plan)
        assert other.figures() == first.figures()
        assert other.page.locator("#board img").count() == 0


def test_back_and_forth_are_steps_and_the_page_is_not_drawn_anew(visit: Visit) -> None:
    board = visit(**NEW_WINDOW).open()
    addresses = [addressed(board)]
    length = board.page.evaluate("history.length")
    for value in ("37", "45"):
        addresses.append(addressed(board.type(TRAINING, value)))
    assert board.page.evaluate("history.length") == length + 2
    sent: list[str] = []
    board.page.on("request", lambda one: sent.append(urlsplit(one.url).path))
    board.page.evaluate("document.getElementById('board').mark = true")
    state = board.page.evaluate("history.state")

    def at(value: float, undo: bool, redo: bool) -> None:
        board.page.wait_for_function(
            "value => board.state().doc.plan.training.share_moved === value", arg=value
        )
        board.settled()
        states = [
            board.page.locator(f'[data-action="{one}"]').is_enabled() for one in ("undo", "redo")
        ]
        assert states == [undo, redo]

    board.page.locator('[data-action="scenarios"]').click()
    board.page.go_back()
    at(0.37, True, True)
    expect(board.page.locator("dialog[open]")).to_have_count(0)
    assert board.page.url == addresses[1]
    board.page.go_back()
    at(0.2, False, True)
    board.page.go_forward()
    board.page.go_forward()
    at(0.45, True, False)
    assert board.page.url == addresses[2]
    assert board.page.evaluate("history.state") == state
    assert board.page.evaluate("history.length") == length + 2
    assert board.page.evaluate("document.getElementById('board').mark"), "drawn anew"
    asked = {path for path in sent if not path.startswith("/board/assets/")}
    at_rest = {"/board/here", "/board/instruments"}  # asked whatever was gone to, after a while
    assert asked <= {"/board/answer", "/board/settle", *at_rest}, "asked for what was known"

    board.reload()
    at(0.45, True, False)
    board.page.go_back()  # of this the page knows no more than the address says
    at(0.37, True, True)
    board.undo()
    assert board.value(TRAINING) == 0.2
    assert urlsplit(addressed(board)).query == urlsplit(addresses[0]).query


def test_back_from_another_page_is_one_step(visit: Visit) -> None:
    board = visit(**NEW_WINDOW).open()
    address = addressed(board.type(TRAINING, "37"))
    length = board.page.evaluate("history.length")
    for page in ("assumptions", "compare"):
        board.page.locator(f'nav a[data-page="{page}"]').click()
        expect(board.root).to_have_attribute("data-page", page)
        board.page.wait_for_function("() => location.search.includes('training=0.37')")
        assert urlsplit(board.page.url).query == urlsplit(address).query
    assert board.page.evaluate("history.length") == length + 2
    board.page.go_back()
    expect(board.root).to_have_attribute("data-page", "assumptions")
    board.page.go_back()
    expect(board.root).to_have_attribute("data-page", "simulate")
    assert addressed(board.ready()) == address
    href = board.page.locator('nav a[data-page="compare"]').get_attribute("href") or ""
    assert href.startswith("compare?") and "training=0.37" in href


def test_the_address_is_written_when_a_move_is_over_and_when_the_server_is_back(
    visit: Visit,
) -> None:
    board = visit(tour=True)  # whose clock nobody else gets
    board.open().page.keyboard.press("Escape")
    before = addressed(board)
    board.page.clock.install()
    sent: list[str] = []
    board.page.on("request", lambda request: sent.append(urlsplit(request.url).path))
    lever = board.lever(TRAINING)
    box = lever.bounding_box()
    assert box is not None
    board.page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2)
    board.page.mouse.down()
    for share in (0.3, 0.4, 0.5):
        board.page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
    board.settled()
    board.page.clock.run_for(A_WHILE)
    assert board.page.url == before
    assert "/board/answer" in sent and "/board/link" not in sent
    board.page.mouse.up()
    moved = addressed(board)
    assert moved != before and sent.count("/board/link") == 1
    with board.offline(), held_replies(board.page, "board/link") as replies:
        board.typed(TRAINING).fill("45")
        board.typed(TRAINING).press("Enter")
        board.page.clock.run_for(A_WHILE)
        replies.release()
        assert board.page.url == moved
    assert "training=0.45" in addressed(board)


def test_a_tab_without_room_keeps_what_it_can_and_says_when_it_cannot(board: Board) -> None:
    for value in ("37", "45"):
        board.type(TRAINING, value)
    board.page.wait_for_function(f"() => {KEPT_PAST} === 2")
    board.page.evaluate(LIMIT, 1_000)  # for addresses, and not for one more plan
    board.type(TRAINING, "50")
    board.page.wait_for_function(f"() => {KEPT_PAST} === 1")
    assert board.reload().value(TRAINING) == 0.5
    assert board.undo().value(TRAINING) == 0.45
    board.page.evaluate(LIMIT, -10_000)
    board.type(TRAINING, "60")
    expect(board.page.locator(".toast")).to_contain_text("This tab cannot keep the plan")
    assert board.page.evaluate(f"sessionStorage.getItem('{KEPT}')") is None


KEPT_PAST = f"JSON.parse(sessionStorage.getItem('{KEPT}'))?.kept.past.length"
LIMIT = f"""more => {{
  const put = Storage.prototype.setItem;
  const most = sessionStorage.getItem('{KEPT}').length + more;
  Storage.prototype.setItem = function (key, text) {{
    if (text.length > most) throw new Error("full");
    put.call(this, key, text);
  }};
}}"""


def test_what_an_address_says_of_the_page(board: Board) -> None:
    query = links.encode(DEFAULT.changed(**{TRAINING: 0.37}))
    more = "lang=nl&theme=dark&view=projector&charts=trust,insight&utm_source=mail&embed=true"
    follow(board, f"{board.origin}/?{more}&{query}")
    state = board.state()
    assert (state["charts"], state["view"]["mode"]) == (["trust", "insight"], "projector")
    assert board.root.get_attribute("data-theme") == "dark"
    for _ in range(2):
        address = addressed(board)
        parameters = parse_qs(urlsplit(address).query)
        assert {name: parameters[name] for name in ("lang", "theme", "view", "charts")} == {
            "lang": ["nl"],
            "theme": ["dark"],
            "view": ["projector"],
            "charts": ["trust,insight"],
        }
        assert not {"utm_source", "embed"} & set(parameters) or _ == 0
        board.page.wait_for_function("() => !location.search.includes('utm_source')")
    follow(board, f"{board.origin}/?lang=xx&theme=pink&view=3d&charts=trust,trust&{query}")
    assert board.page.locator("dialog[open]").count() == 0
    assert board.state()["charts"] == ["trust", "insight"], "as the tab had it"
    board.page.wait_for_function("() => location.search.includes('lang=en')")
    addressed(board)


# --- links that are no good ----------------------------------------------------------------------


def test_links_that_are_no_good_are_told_and_leave_the_page_whole(board: Board) -> None:
    good = links.encode(OTHER.changed(**{TRAINING: 0.37}))
    board.type(TRAINING, "45")
    before = addressed(board)
    state = board.state()
    hostile = f"v=2&name={HOSTILE}"
    for query, named in {
        good[:-4]: "check",
        good.replace("0.37", "0.38"): "check",
        good.replace("0.37", "NaN"): "training",
        good.replace("0.37", "1e999"): "training",
        good + "&training=0.5": "training",
        good.replace("v=5", "v=1"): "v",
        good.replace("v=5", "v=99"): "v",
        good.replace("municipality", "nowhere"): "from",
        hostile: "from",
        "v=2&from=%00%FF": "from",
        "training=0.5&check=1": "from",
        "__proto__=1&constructor=2&v=": "v",
    }.items():
        board.page.evaluate(
            "query => { history.pushState({}, '', `?${query}`);"
            " dispatchEvent(new PopStateEvent('popstate', { state: {} })); }",
            query,
        )
        bad_link = dialog(board, "bad-link")
        fields = bad_link.locator("code").all_text_contents()
        assert named in fields, (query, fields)
        assert bad_link.locator("img").count() == 0
        assert board.state() == state
        board.page.keyboard.press("Escape")
        expect(bad_link).to_have_count(0)
        assert board.page.url == before, query


def test_a_bad_link_opens_the_preset_that_it_names(board: Board) -> None:
    board.type(TRAINING, "45")
    mine = board.doc()
    link = links.encode(OTHER.changed(**{TRAINING: 0.37})).replace("0.37", "7")
    follow(board, f"{board.origin}/?{link}")
    bad_link = dialog(board, "bad-link")
    expect(bad_link).to_contain_text(OTHER.name)
    assert "training" in bad_link.locator("code").all_text_contents()
    assert board.doc() == board.state()["base"] == bootstrap.document(OTHER)
    board.page.keyboard.press("Escape")
    addressed(board)
    assert board.undo().doc() == mine
    follow(board, f"{board.origin}/?v=2&from={HOSTILE}&check=1")
    assert DEFAULT.name in dialog(board, "bad-link").inner_text()
    assert board.doc() == bootstrap.document(DEFAULT)
    assert board.page.locator("#board img").count() == 0
    addressed(board)
    board.reload()
    assert board.page.locator("dialog[open]").count() == 0


# --- then and now --------------------------------------------------------------------------------


def test_a_link_of_another_model_shows_then_and_now(visit: Visit) -> None:
    plan = DEFAULT.changed(**{TRAINING: 0.37})
    now = saved_results(simulate(plan).headline, DEFAULT_DRAWS)
    assert now is not None
    then = now.model_copy(update={"model_version": "0.9.0", "probability_better": 0.9})
    link = links.encode(plan.changed(results=then))
    board = visit("phone")
    follow(board, f"{board.origin}/?lang=en&{link}")
    drift = dialog(board, "then-now")
    assert re.search(r"Then: .*likely better .*90%.*Now: ", drift.inner_text())
    row = drift.locator('[data-row="probability_better"]')
    expect(drift.locator("[data-row]")).to_have_count(1)
    assert [one.get_attribute("data-label") for one in row.locator("td").all()] == [
        "Then: model 0.9.0",
        f"Now: model {MODEL_VERSION}",
        "Difference",
    ]
    assert "90 of 100" in row.locator("td.then").inner_text()
    assert drift.evaluate("one => one.scrollWidth <= one.clientWidth")
    drift.locator("[data-go-on]").click()
    expect(drift).to_have_count(0)
    assert board.doc() == bootstrap.document(plan)
    board.page.wait_for_function("() => !location.search.includes('0.9.0')")
    carried: Any = links.decode(addressed(board)).scenario.results
    assert carried.model_version == MODEL_VERSION
    board.reload()
    assert board.page.locator("dialog[open]").count() == 0


def test_a_first_visitor_with_a_cut_link_to_a_comparison_is_told_what_stands_there(
    visit: Visit,
) -> None:
    board = visit()
    board.page.goto(f"{board.origin}/compare?set=v2.A.abc")
    box = board.page.locator('dialog[open][data-dialog="bad-link"]')
    expect(box).to_contain_text(f"Instead, “{DEFAULT.name}” is shown as it comes")
