"""The Simulate page in a room: what a hand is at stays where it is, and is large enough for it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from simulator import scenario
from simulator.i18n.language import LANGUAGES
from tests.browser.conftest import Visit
from tests.browser.helpers import Size
from tests.support.board_requests import MOST_SAID
from ui.routes import bootstrap

WATCH = """async () => {
  const board = document.getElementById('board');
  const controls = [...board.querySelectorAll(
    ':is(button, a, input, summary, h2, .figure, .lever, .chart, .multiples)')]
    .filter((node) => !node.closest(
      '.toasts, [popover], .sentence-text, .weak-place, [data-action="rival"]'))
    .filter((node) => node.checkVisibility());
  const names = new Map(controls.map((node) => [node,
    node.dataset.lever ?? node.dataset.action ?? node.dataset.figure ??
    `${node.className} ${node.textContent.slice(0, 30)}`]));
  const place = (node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join(' ');
  };
  const before = new Map(controls.map((node) => [node, place(node)]));
  const settled = async () => {
    do await new Promise(requestAnimationFrame); while (board.dataset.settled !== 'true');
  };
  const moved = [];
  const move = (lever, to) => {
    lever.value = to;
    lever.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const check = async (what) => {
    await settled();
    for (const node of controls) {
      if (place(node) === before.get(node)) continue;
      moved.push(`${what}: ${names.get(node)} from ${before.get(node)} to ${place(node)}`);
    }
  };
  for (const lever of board.querySelectorAll('[data-lever]')) {
    const start = lever.value;
    for (const to of [lever.max, 0]) {
      move(lever, to);
      await check(`${lever.dataset.lever} at ${to}`);
    }
    move(lever, start);  // what that moves is seen with the next one
  }
  await check('all as at first');
  return moved;
}"""
"""Moves every lever to both of its ends, and tells which controls moved with it."""


@pytest.mark.parametrize(
    ("size", "query"),
    [
        ("projector", {"lang": "en", "view": "projector"}),
        ("laptop", {"lang": "nl"}),
        ("phone", {"lang": "da"}),
    ],
)
def test_nothing_moves_under_the_pointer(visit: Visit, size: Size, query: dict[str, str]) -> None:
    board = visit(size).open(**query)
    assert board.page.evaluate(WATCH) == []


SAID = """async (doc) => {
  const board = document.getElementById('board');
  window.board.commit(doc);
  do await new Promise(requestAnimationFrame); while (board.dataset.settled !== 'true');
  await new Promise(requestAnimationFrame);
  const said = board.querySelector('.sentence-text');
  return [said.scrollHeight - said.clientHeight, said.textContent];
}"""
"""How much of the sentence of a scenario is cut, in CSS pixels, and the sentence."""


NAMES = (
    "Eerst luisteren, daarna de community",
    "Netwerk van collega's in de regio Noord",
    "Opleiding tot de helft, in twee jaar",
    "Klein beginnen en na een half jaar zien",
)


def _pinned(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document of a shipped scenario, and four plans made of it, by long names."""
    doc = bootstrap.document(scenario.load_shipped(name))
    training = doc["plan"]["training"]
    return doc, {
        name: doc | {"plan": doc["plan"] | {"training": training | {"share_moved": share / 10}}}
        for share, name in enumerate(NAMES, 1)
    }


def test_the_sentence_is_read_whole_on_a_laptop(visit: Visit) -> None:
    """Of every shipped scenario, in the language that takes the most room."""
    board = visit().open(lang="nl")
    for file in scenario.shipped():
        cut, said = board.page.evaluate(SAID, bootstrap.document(scenario.load_shipped(file.stem)))
        assert cut <= 1, f"{file.stem}: {said}"
    # The longest once the years beyond the horizon are known, which come first in it.
    longest = scenario.load_shipped("membership-fund")
    board.page.evaluate("doc => window.board.commit(doc)", bootstrap.document(longest))
    expect(board.page.locator(".sentence-text")).to_contain_text("na tien jaar")
    cut, said = board.page.evaluate(SAID, bootstrap.document(longest))
    assert cut <= 1, said


@pytest.mark.parametrize("is_dense", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
def test_the_back_row_reads_the_whole_sentence(
    visit: Visit, width: int, height: int, is_dense: bool
) -> None:
    """Of every shipped scenario, in the language that takes the most room; also beside all stocks
    and four pinned plans, and nobody has to scroll to anything."""
    board = visit(viewport={"width": width, "height": height})
    if is_dense:
        board.keep(*_pinned("membership-fund"))
    board.open(lang="nl", view="projector")
    if not is_dense:
        board.page.locator(".at-a-glance > summary").click()  # as nobody has opened it yet
    assert board.page.locator(".pin").count() == (4 if is_dense else 0)
    for tile in board.page.locator(".tile").all() if is_dense else ():
        if box := tile.bounding_box():
            assert box["y"] + box["height"] <= height
    for file in scenario.shipped():
        cut, said = board.page.evaluate(SAID, bootstrap.document(scenario.load_shipped(file.stem)))
        assert cut <= 1, f"{file.stem}: {said}"
    last = board.page.locator(".at-a-glance > summary").bounding_box()
    assert last and last["y"] + last["height"] <= height
    charts = board.page.locator(".charts").bounding_box()
    assert charts and charts["height"] >= 0.44 * height
    areas = board.page.locator(".chart .plot").evaluate_all(
        "all => all.map(({ _fullLayout: { _size } }) => [_size.w, _size.h])"
    )
    assert len(areas) == 2
    for wide, high in areas:
        assert wide >= 400 * width / 1920 and high >= 290 * width / 1920, areas


def test_a_stock_comes_up_on_the_projector_where_all_were(visit: Visit) -> None:
    board = visit("projector").open(view="projector")
    chart = board.page.locator('.chart[data-chart="1"]')
    expect(chart).not_to_be_visible()
    board.page.locator('[data-multiple="insight"]').click()
    board.settled()
    expect(chart).to_be_visible()
    assert board.state()["charts"] == ["cumulative_value", "insight"]
    expect(board.page.locator('[data-multiple="insight"]')).not_to_be_visible()


@pytest.mark.parametrize("size", ["projector", "phone"])
def test_a_name_that_is_cut_is_read_whole(visit: Visit, size: Size) -> None:
    board = visit(size).keep(*_pinned("municipality-citizens"))
    board.open(lang="nl", **({"view": "projector"} if size == "projector" else {}))
    name = board.page.locator(".whole-name")
    pick = board.page.locator(".pin-pick").first
    board.page.evaluate("""() => document.querySelectorAll('.pin-name').forEach((name) => {
      name.style.webkitLineClamp = 1;
    })""")
    if size == "phone":
        pick.tap()
        expect(name).to_have_text(NAMES[0])
        return
    pick.hover()
    expect(name).to_have_text(NAMES[0])
    board.page.mouse.move(0, 0)
    expect(name).to_have_count(0)
    pick.focus()
    board.page.keyboard.press("Tab")
    board.page.keyboard.press("Shift+Tab")
    expect(name).to_have_text(NAMES[0])
    board.page.keyboard.press("Escape")
    expect(name).to_have_count(0)


@pytest.mark.parametrize("query", [{"view": "projector"}, {}])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1440, 900)])
def test_a_second_click_on_pin_meets_pin(
    visit: Visit, width: int, height: int, query: dict[str, str]
) -> None:
    board = visit(viewport={"width": width, "height": height}).open(**query)
    pin = board.page.locator('[data-action="pin"]')
    charts = board.page.locator(".charts")
    before, room = pin.bounding_box(), charts.bounding_box()
    pin.dblclick()
    assert board.page.locator(".pin").count() == 1 and pin.bounding_box() == before
    expect(board.root).to_have_attribute("data-page", "simulate")
    if not query:
        return
    assert charts.bounding_box() == room, "on a projector their place is kept"
    there = board.page.locator('.bar [data-action="compare-pins"]')
    way = there.bounding_box()
    there.click()
    back = board.page.locator('[data-action="way-back"]')
    assert back.bounding_box() == way, "the way back lies where the one there was"
    back.click()
    expect(board.root).to_have_attribute("data-page", "simulate")


def test_a_phone_says_at_the_answer_how_many_plans_are_pinned(visit: Visit) -> None:
    board = visit("phone").open()
    pin = board.page.locator('[data-action="pin"]')
    bar = board.page.locator(".bar button:visible, .strip .answer")
    places = "all => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    before = pin.bounding_box()
    count = pin.locator(".pin-count")
    expect(count).to_be_hidden()
    pin.click()
    expect(count).to_have_text("1")
    expect(pin).to_have_accessible_name("Pin (1 plan is pinned)")
    assert pin.bounding_box() == before
    stood = bar.evaluate_all(places)
    board.page.keyboard.press("Control+z")
    box, whole = count.bounding_box(), pin.bounding_box()
    assert box and whole and box["x"] + box["width"] <= whole["x"] + whole["width"]
    assert bar.evaluate_all(places) == stood


SAY = """async ([program, text, label]) => {
  const { modules } = await import(program);
  modules['kit/dialog.js'].toast(document.getElementById('board'), text, {
    ways: label ? [{ name: 'way', label, run: () => {} }] : [],
  });
}"""
"""Show a message, with a button."""
UNDER = """(said) => {
  const message = document.querySelector(said).getBoundingClientRect();
  const parts = ['.question', '.strip .answer', '.strip .figure', '.charts', '.pins', '.levers',
                 '.bar', 'button', 'summary'];
  const boxes = [...document.querySelectorAll(`#board :is(${parts.join(', ')})`)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest(`${said}, [data-action="rival"]`))  // which comes and goes
    .map((one) => {
      const text = document.createRange();
      text.selectNodeContents(one);
      const place = one.matches('summary') ? text : one;
      return [one.className || one.tagName, place.getBoundingClientRect()];
    });
  const { right, bottom } = message;
  const isOut = right > innerWidth || bottom > innerHeight ? ['it leaves the window'] : [];
  return boxes
    .filter(([, box]) => box.left < right - 1 && box.right > message.left + 1 &&
                         box.top < bottom - 1 && box.bottom > message.top + 1)
    .map(([name]) => name)
    .concat(isOut);
}"""
"""What lies under a message of all that is read or pressed."""


@pytest.mark.parametrize("is_dense", [False, True])
@pytest.mark.parametrize(
    ("size", "viewport", "query"),
    [
        ("laptop", (1920, 1080), {"view": "projector"}),
        ("laptop", (1280, 720), {"view": "projector"}),
        ("laptop", (1920, 1080), {}),
        ("laptop", (1440, 900), {}),
        ("laptop", (1280, 720), {}),
        ("phone", (1180, 820), {}),
    ],
)
def test_a_message_covers_nothing_that_is_read(
    visit: Visit, size: Size, viewport: tuple[int, int], query: dict[str, str], is_dense: bool
) -> None:
    """It lies at the foot of the column of charts: not on the question, which is what is read when
    a new organisation comes, and when most messages do. Below the charts it goes up over lines that
    are kept for the longest sentence."""
    board = visit(size, viewport={"width": viewport[0], "height": viewport[1]})
    if is_dense:
        board.keep(*_pinned("balanced-shift"))
    board.open(lang="nl", **query)
    for text, label in (
        ("Plan A is vastgeprikt. Klik op twee plannen om te vragen welk van beide beter is.", "N"),
        (
            "Netwerk van collega's week, van 30% naar 20%: de andere regels hadden geen ruimte "
            "meer. Vergrendel wat moet blijven.",
            "",
        ),
        (
            "Online klantenservice blijft op 15%: de vergrendelde regels houden de rest.",
            "Ontgrendel ze, zet 50%",
        ),
    ):
        board.page.evaluate(SAY, [board.program(), text, label])
        assert board.page.evaluate(UNDER, ".toast") == [], text
    with board.offline():
        lost = board.page.locator(".connection")
        expect(lost).to_be_visible()
        board.page.evaluate("document.querySelector('.toasts').replaceChildren()")
        assert board.page.evaluate(UNDER, ".connection") == []


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (1180, 820), (390, 844)])
def test_what_passes_is_read_beside_what_keeps_on(visit: Visit, width: int, height: int) -> None:
    """The message that a plan is pinned, once the device is offline, and once a lever moved."""
    board = visit("phone", viewport={"width": width, "height": height}).open()
    text = "Plan A is pinned. Click on two plans to ask which of them is better."
    with board.offline():
        for lasting in (".connection", ".notice"):
            expect(board.page.locator(lasting)).to_be_visible()
            board.page.evaluate(SAY, [board.program(), text, "Compare"])
            board.page.evaluate("() => new Promise(requestAnimationFrame)")
            boxes = [board.page.locator(one).bounding_box() for one in (".toast", lasting)]
            above, below = sorted((box for box in boxes if box), key=lambda box: box["y"])
            assert above["y"] + above["height"] < below["y"], lasting
            assert above["y"] >= 0 and below["y"] + below["height"] <= height
            board.lever("plan.training.share_moved").evaluate(
                "lever => { lever.value = 0.5; "
                "lever.dispatchEvent(new Event('input', { bubbles: true })); }"
            )


@pytest.mark.parametrize("is_low", [True, False])
def test_a_message_on_a_phone_is_away_from_the_finger_and_the_answer(
    visit: Visit, is_low: bool
) -> None:
    board = visit("phone").open(lang="nl")
    path = "plan.split.savings"
    board.lever(path).evaluate(
        f"node => node.scrollIntoView({{block: '{'end' if is_low else 'start'}'}})"
    )
    for line in ("listening", "community", "content", "networking", "social_service"):
        board.page.evaluate(f"document.querySelector('[data-lock=\"plan.split.{line}\"]').click()")
    board.tap(path, 0.6)  # all others are locked
    message = board.page.locator(".toast").bounding_box()
    assert message
    for part in (board.lever(path), board.page.locator(".brief")):
        box = part.bounding_box()
        assert box
        assert (
            message["y"] + message["height"] <= box["y"] or box["y"] + box["height"] <= message["y"]
        )


def test_a_message_on_a_phone_lies_on_the_question_where_that_is_in_sight(visit: Visit) -> None:
    board = visit("phone").open(lang="nl").key("k").key("k")
    message = board.page.locator(".toast").bounding_box()
    question = board.page.locator(".question").bounding_box()
    assert message and question
    assert question["y"] <= message["y"]
    assert message["y"] + message["height"] <= question["y"] + question["height"]


@pytest.mark.parametrize(("width", "height", "least"), [(1920, 1080, 300), (1280, 720, 220)])
def test_levers_are_long_on_the_projector(
    visit: Visit, width: int, height: int, least: int
) -> None:
    board = visit(viewport={"width": width, "height": height}).open(lang="nl", view="projector")
    tracks = board.page.locator("[data-lever]").evaluate_all(
        "all => all.map((lever) => lever.getBoundingClientRect().width)"
    )
    assert min(tracks) >= least


CROWDED = """() => {
  const isIn = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const texts = [];
  const walker = document.createTreeWalker(document.getElementById('board'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    const part = parentElement.closest('.bar, .strip, .pin');
    if (!part || parentElement.closest('.unseen') || !textContent.trim() || !isIn(parentElement)) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const isCut = getComputedStyle(parentElement).overflowY === 'hidden';  // as long names are
    const { bottom } = parentElement.getBoundingClientRect();
    const lines = [...range.getClientRects()].filter((box) => !isCut || box.bottom < bottom + 2);
    texts.push(...lines.map((box) => ({ part, text: textContent, box })));
  }
  const meets = (one, other) =>
    one.left < other.right - 1 && one.right > other.left + 1 &&
    one.top + 0.2 * one.height < other.bottom && one.bottom - 0.2 * one.height > other.top;
  const said = [];
  for (const { part, text, box } of texts) {
    for (const other of texts) {
      if (other.text < text && other.part === part && meets(box, other.box)) {
        said.push(`${text} | ${other.text}`);
      }
    }
    const { right, height } = part.getBoundingClientRect();
    if (box.right > Math.min(right, innerWidth) + 1) said.push(`${text} leaves its place`);
    if (part.matches('.strip') && height > 0.5 * innerWidth) said.push(`${height} high`);
  }
  for (const pin of document.querySelectorAll('.pin')) {
    const { left } = pin.querySelector('.pin-menu').getBoundingClientRect();
    const amount = pin.querySelector('.pin-value').getBoundingClientRect();
    if (amount.right > left + 1) said.push(`${pin.textContent} runs over its menu`);
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) said.push(`the page is ${scrollWidth} wide`);
  return [...new Set(said)];
}"""
"""What of the bar, the figures and the pinned plans lies over something else, or is cut."""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("zoom", [1.1, 1.25, 1.5, 2])
def test_the_projector_view_is_read_where_the_browser_enlarges_it(
    visit: Visit, zoom: float, code: str
) -> None:
    """Letters get larger with it, and what has no room beside something goes below."""
    board = visit("projector").keep(*_pinned("membership-fund")).open(lang=code, view="projector")
    board.page.evaluate("Object.defineProperty(window, 'outerWidth', { get: () => 1920 })")
    board.page.set_viewport_size({"width": round(1920 / zoom), "height": round(1080 / zoom)})
    board.settled()
    letter = "Number.parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert board.page.evaluate(letter) == pytest.approx(24, abs=0.1)  # each as large as that many
    assert board.page.evaluate(CROWDED) == []


MONEY = """(docs) => docs.flatMap((doc) => {
  window.board.commit(doc);
  const beside = [...document.querySelectorAll('.with-money')].map((lever) => ({
    cut: [...lever.querySelectorAll('.lever-meaning')].filter((amount) =>
      amount.scrollWidth > amount.clientWidth).map((amount) => amount.textContent),
    track: lever.querySelector('[data-lever]').getBoundingClientRect().width,
    width: lever.querySelector('.lever-meaning').clientWidth,
  }));
  return beside;
})"""
"""Of the levers of scenarios of one organisation: amounts that are cut, and widths."""


@pytest.mark.parametrize(
    ("size", "viewport", "query", "least"),
    [
        ("projector", (1920, 1080), {"view": "projector"}, 300),
        ("projector", (1280, 720), {"view": "projector"}, 220),
        ("laptop", (1280, 720), {}, 100),
        ("phone", (820, 1180), {}, 244),
        ("phone", (390, 844), {}, 244),
    ],
)
def test_amounts_beside_levers_are_read_whole(
    visit: Visit, size: Size, viewport: tuple[int, int], query: dict[str, str], least: int
) -> None:
    """In crowns, which take the most room in Dutch; from nothing to all that can be moved."""
    width, height = viewport
    doc = bootstrap.document(scenario.load_shipped("membership-fund"))
    board = visit(size, viewport={"width": width, "height": height}).keep(doc)
    board.open(lang="nl", **query)
    docs = []
    for share in (0.0, 0.01, 0.28, 1.0):
        plan = {name: dict(part) for name, part in doc["plan"].items() if isinstance(part, dict)}
        for source in ("market_research", "training", "customer_service"):
            plan[source]["share_moved"] = share
        docs.append(doc | {"plan": doc["plan"] | plan})
    beside = board.page.evaluate(MONEY, docs)
    assert [amount for lever in beside for amount in lever["cut"]] == []
    assert min(lever["track"] for lever in beside) >= least
    assert len({lever["width"] for lever in beside}) == 1, "columns stay while levers move"


@pytest.mark.parametrize("portrait", [True, False])
def test_a_finger_has_room_on_a_tablet(visit: Visit, portrait: bool) -> None:
    """Also once it is turned: what is too wide by then does not count as the window's width."""
    width, height = (820, 1180) if portrait else (1180, 820)
    board = visit("phone", viewport={"width": height, "height": width}).open()
    board.key("k").page.set_viewport_size({"width": width, "height": height})
    expect(board.root).to_have_attribute("data-size", "narrow" if portrait else "wide")
    assert board.page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [width] * 2
    tracks = board.page.locator("[data-lever]").evaluate_all(
        """all => all.map((lever) => {
          const { width, height } = lever.getBoundingClientRect();
          return [width - 44, height];
        })"""
    )
    assert min(travel for travel, _ in tracks) >= 200
    assert min(height for _, height in tracks) >= 44
    first = board.page.locator("[data-lever]").first.bounding_box()
    chart = board.page.locator(".chart").first.bounding_box()
    assert first and chart
    assert first["y"] < height
    assert chart["y"] + 200 < height
    assert chart["x"] > first["x"] + first["width"], "levers and charts stand side by side"


def test_the_first_screen_is_calm_and_says_what_it_is_about(visit: Visit) -> None:
    board = visit(viewport={"width": 1440, "height": 900})
    board.page.evaluate("localStorage.removeItem('budget-shift-folds')")
    board.open()
    question = board.page.locator(".question")
    for words in ("A service company", "€2.45M a year", "connectedness?", "today", "at the start"):
        expect(question).to_contain_text(words)
    board.page.locator(".lever-group summary").nth(2).click()
    board.page.reload()
    board.ready()
    assert board.page.locator(".lever-group").evaluate_all("all => all.map(one => one.open)") == [
        *(True, True, True, False, False),
    ]


MOST_NUMBERS = 40
NUMBERS = r"""() => {
  const walker = document.createTreeWalker(document.getElementById('board'), NodeFilter.SHOW_TEXT);
  const isSeen = (node, { width, height, bottom, top }) =>
    node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !node.closest('.unseen') && width > 2 && height > 2 && bottom > 0 && top < innerHeight;
  let said = 0;
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if (!isSeen(parentElement, range.getBoundingClientRect())) continue;
    said += textContent.match(/\d+(?:[.,]\d+)*/g)?.length ?? 0;
  }
  const fields = [...document.querySelectorAll('#board input[type=text]')].filter((field) =>
    /\d/.test(field.value) && isSeen(field, field.getBoundingClientRect()));
  return said + fields.length;
}"""
"""How many numbers a reader sees, those of charts and in fields of levers among them."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_screen_has_no_more_numbers_than_can_be_taken_in(visit: Visit, code: str) -> None:
    """Also when all has come that comes while nothing moves; nothing that is left out is lost. Of
    the organisation with the longest sentence; what all of them say there, test_answers.py holds to
    the room that the rest of the page leaves."""
    board = visit().keep(bootstrap.document(scenario.load_shipped("laboratory-supplier")))
    board.page.evaluate("localStorage.removeItem('budget-shift-folds')")
    board.open(lang=code)
    expect(board.root).to_have_attribute("data-refined", "true")
    expect(board.page.locator(".lever-brings").first).not_to_be_empty()
    for width, height in ((1280, 720), (1920, 1080)):
        board.page.set_viewport_size({"width": width, "height": height})
        board.settled()
        assert board.page.evaluate(NUMBERS) <= MOST_NUMBERS, width
    board.page.locator(".sentence-text").evaluate("text => text.hidden = true")
    assert board.page.evaluate(NUMBERS) <= MOST_NUMBERS - MOST_SAID
    source = board.page.locator('.lever:has([data-lever="plan.training.share_moved"])')
    source.hover()
    expect(source.locator(".lever-meaning")).to_have_css("opacity", "1")
    more = board.page.locator(".more-figures")
    waiting = board.page.locator('[data-figure="cost_of_waiting"]')
    expect(waiting).not_to_be_visible()
    shut = more.bounding_box()
    more.click()
    expect(waiting).to_be_visible()
    fewer = LANGUAGES[code].gettext("Fewer figures")
    expect(board.page.get_by_role("button", name=fewer, exact=True)).to_be_visible()
    opened = more.bounding_box()
    assert shut and opened and shut["width"] == opened["width"]
