"""The library in the browser: on SQLite and on PostgreSQL, for one person and for several."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from simulator import scenario
from tests.browser import running
from tests.browser.conftest import FAILED
from tests.browser.helpers import Board, Size
from tests.browser.windows import Windows
from tests.support.accessibility import violations
from tests.support.stores import STORES, database

pytest_plugins = ["tests.support.databases"]

HOSTILE = "<img src=http://127.0.0.1:9/x.png onerror=alert(1)> %_'\"--"
LEVER = "training.share_moved"
REFUSALS = (403, 404, 409, 503)


@pytest.fixture(scope="module", params=STORES)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[running.Server]:
    """The app with its library in one store, and then in the other."""
    if request.param == "sqlite":
        yield request.getfixturevalue("server")
        return
    address = database(request.getfixturevalue("postgresql"))
    log = tmp_path_factory.mktemp("postgresql-app") / "log.txt"
    with running.served(log, environ={"DATABASE_URL": address}) as one:
        yield one
    assert not (log.parent / "library").exists(), "it used a file after all"


class Desk:
    """Somebody at a browser of their own, who works with the library."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.page: Page = board.page
        self.dialog = self.page.locator('[data-dialog="presets"]')
        self.entries = self.page.locator(".library-entry")
        self.said = self.page.locator(".library-status")
        board.watch.expect_refusals(*REFUSALS)

    def button(self, name: str) -> Locator:
        return self.page.locator(f'[data-library="{name}"]:visible')

    def field(self, name: str) -> Locator:
        return self.page.locator(f'.library [data-field="{name}"]:visible')

    def library(self) -> Desk:
        self.board.key("b")
        expect(self.button("save")).to_be_focused()
        return self

    def close(self) -> Desk:
        self.page.keyboard.press("Escape")
        expect(self.dialog).to_have_count(0)
        return self

    def fill(self, **fields: str) -> Desk:
        for name, text in fields.items():
            self.field(name).fill(text)
        return self

    def save(self, **fields: str) -> Desk:
        """Save the plan as something new."""
        self.button("save").click()
        if self.page.locator('[data-kind="new"]').count():
            self.page.locator('[data-kind="new"]').check()
        self.fill(**fields).button("confirm").click()
        return self

    def update(self, **fields: str) -> Desk:
        """Save the plan as a new version of what it came from."""
        self.button("save").click()
        expect(self.page.locator('[data-kind="version"]')).to_be_checked()
        expect(self.field("name")).to_have_count(0)
        self.fill(**fields).button("confirm").click()
        return self

    def says(self, text: str) -> Desk:
        """Wait until it is said, and the list shows what came of it."""
        expect(self.said).to_contain_text(text)
        expect(self.page.locator(".library [aria-busy]")).to_have_count(0)
        return self

    def entry(self, name: str) -> Locator:
        title = self.page.locator("h3").get_by_text(name, exact=True)
        return self.entries.filter(has=title)

    def names(self) -> list[str]:
        return self.entries.locator("h3 > button").all_inner_texts()

    def shows(self, *names: str) -> Desk:
        expect(self.entries.locator("h3 > button")).to_have_text(list(names))
        return self

    def menu(self, name: str) -> list[str]:
        """What can be done with an entry."""
        self.entry(name).locator('[data-library="menu"]').click()
        items = self.page.locator(".menu:popover-open [data-item]")
        expect(items.first).to_be_visible()
        names: list[str] = items.evaluate_all("all => all.map(one => one.dataset.item)")
        return names

    def act(self, name: str, item: str) -> Desk:
        assert item in self.menu(name)
        self.page.locator(f'.menu:popover-open [data-item="{item}"]').click()
        return self

    def links(self, name: str) -> dict[str, str]:
        self.act(name, "links")
        found: dict[str, str] = self.page.locator("[data-link]").evaluate_all(
            "all => Object.fromEntries(all.map(one => [one.dataset.link, one.value]))"
        )
        return found

    def versions(self, name: str) -> Locator:
        self.act(name, "history")
        return self.page.locator("[data-version]")

    def move(self, value: float) -> Desk:
        """Move a lever, with the library closed."""
        source = LEVER.split(".")[0]
        self.page.evaluate(
            "([source, value]) => { const { doc } = board.state(); board.commit({...doc, plan: "
            "{...doc.plan, [source]: {...doc.plan[source], share_moved: value}}}); }",
            [source, value],
        )
        self.board.settled()
        return self

    def moved(self) -> float:
        found: float = self.board.value(f"plan.{LEVER}")
        return found

    def follow(self, address: str) -> Locator:
        """Open a link of the library; the dialog that says what it is."""
        self.page.goto(address)
        opened = self.page.locator("#board dialog[open]")
        expect(opened).to_be_visible()
        self.board.ready()
        return opened


Come = Callable[..., Desk]


@pytest.fixture(scope="module")
def rooms(
    browser: Browser, server: running.Server, windows: Windows
) -> Iterator[dict[str, Windows]]:
    """The browser's windows, by the server that they are for."""
    known = {server.url: windows}
    yield known
    for url, some in known.items():
        if url != server.url:
            some.close()


@pytest.fixture
def come(
    browser: Browser, rooms: dict[str, Windows], request: pytest.FixtureRequest
) -> Iterator[Come]:
    """Lets somebody come in with a browser of their own: ``come(server, size, dark=False)``."""
    desks: list[tuple[Desk, Windows, running.Server, int]] = []

    def coming(server: running.Server, size: Size = "laptop", *, dark: bool = False) -> Desk:
        if server.url not in rooms:
            rooms[server.url] = Windows(browser, server.url)
        room = rooms[server.url]
        desk = Desk(Board(room.take(size, dark, {}), server.url))
        desks.append((desk, room, server, len(server.said())))
        return desk

    yield coming
    failed = request.node.stash.get(FAILED, False)
    problems = []
    for desk, room, server, before in desks:
        desk.board.leave()
        problems += desk.board.watch.problems
        problems += ["the server raised"] * ("Traceback" in server.said()[before:])
        room.leave(desk.page, sound=not failed and not desk.board.watch.problems)
    assert not problems, "\n".join(problems)


# --- one person ----------------------------------------------------------------------------------


def test_a_plan_is_kept_with_its_history(app: running.Server, come: Come) -> None:
    desk = come(app)
    desk.board.open()
    assert desk.page.evaluate("localStorage.getItem('budget-shift-library')") is None
    desk.library()
    expect(desk.page.locator(".library-empty")).to_be_visible()
    assert desk.page.evaluate("localStorage.getItem('budget-shift-library')") is None, "looked"

    fields = {"name": "Plan for Monday", "tags": "board, Draft 2,board", "why": "A first try"}
    desk.save(**fields, description="Two\nlines", who="Anna").says("“Plan for Monday” is saved.")
    entry = desk.entry("Plan for Monday")
    value = desk.board.figure("net_present_value")
    expect(entry).to_contain_text("A service company")
    expect(entry).to_contain_text("version 1")
    expect(entry).to_contain_text("Anna, ")
    expect(entry.locator(".library-label")).to_have_text(["board", "Draft 2"])
    expect(entry.locator(".library-outcome")).to_contain_text(value)
    expect(entry.locator(".library-mark")).to_have_text("Loaded now")
    assert desk.board.doc()["name"] == "Plan for Monday"

    # A new version, from another visit of the same tab.
    desk.close().move(0.4).board.reload()
    desk.library().update(why="Training can give more").says("saved as version 2")
    desk.save(name=HOSTILE, tags="<b>x</b>", description=HOSTILE, why=HOSTILE).says("is saved")
    desk.shows(HOSTILE, "Plan for Monday")
    assert desk.page.locator(".library img, .library b").count() == 0

    # Found as one types, by words in any order; tags narrow it down.
    search = desk.button("search")
    search.fill("ANNA monday")
    desk.shows("Plan for Monday")
    search.fill("%_'\"")
    desk.shows(HOSTILE)
    search.fill("nothing like this")
    expect(desk.page.locator(".library-count")).to_have_text("Nothing in the library is like this.")
    search.fill("")
    desk.shows(HOSTILE, "Plan for Monday")
    desk.page.locator('[data-tag="board"]').click()
    desk.shows("Plan for Monday")
    desk.page.locator('[data-tag="board"]').click()
    desk.shows(HOSTILE, "Plan for Monday")

    # Other words on it.
    desk.act("Plan for Monday", "describe").fill(name="Plan for Tuesday", tags="late")
    desk.page.locator('[data-form="describe"] [type="submit"]').click()
    desk.says("is described").shows("Plan for Tuesday", HOSTILE)
    expect(desk.entry("Plan for Tuesday").locator(".library-label")).to_have_text(["late"])

    # History: opened as it was; restored as a new version.
    versions = desk.versions("Plan for Tuesday")
    expect(versions).to_have_count(2)
    expect(versions.nth(0)).to_contain_text("Training can give more")
    expect(versions.nth(1)).to_contain_text("A first try")
    expect(versions.nth(1)).to_contain_text("Anna, ")
    versions.nth(1).locator('[data-library="open-version"]').click()
    expect(desk.dialog).to_have_count(0)
    first = desk.board.settled().doc()
    assert first["name"] == "Plan for Tuesday"
    assert first["plan"] == scenario_document()["plan"]
    assert desk.board.figure("net_present_value") == value
    desk.board.undo()
    assert desk.moved() == 0.4
    versions = desk.library().versions("Plan for Tuesday")
    versions.nth(1).locator('[data-library="restore"]').click()
    desk.fill(why="Too much").page.keyboard.press("Enter")
    desk.says("that is version 3")
    versions = desk.versions("Plan for Tuesday")
    expect(versions).to_have_count(3)
    expect(versions.nth(0)).to_contain_text("Too much")
    expect(versions.nth(0).locator('[data-library="restore"]')).to_have_count(0)

    # Somebody else was faster: both are shown, and both are kept.
    desk.entry("Plan for Tuesday").locator("h3 button").click()
    expect(desk.dialog).to_have_count(0)
    desk.move(0.35)
    desk.page.evaluate(
        "() => { const { origins: [{ key }], doc } = board.state(); return fetch("
        "'board/library/update', { method: 'POST', body: JSON.stringify({ key, expected: 3, "
        "scenario: {...doc, seed: 7}, who: 'Bob' }) }); }"
    )
    desk.library().update(why="Mine")
    expect(desk.page.locator('[data-side="theirs"]')).to_contain_text("Bob, ")
    desk.page.locator('[data-conflict="over"]').click()
    desk.says("saved as version 5")
    expect(desk.versions("Plan for Tuesday")).to_have_count(5)

    # A copy, which goes and comes back.
    desk.act("Plan for Tuesday", "copy").says("“Plan for Tuesday (copy)” is in your library.")
    copy = "Plan for Tuesday (copy)"
    desk.act(copy, "delete").says("is deleted").shows("Plan for Tuesday", HOSTILE)
    expect(desk.button("undo")).to_be_focused()
    with desk.board.offline():
        desk.page.keyboard.press("Enter")
        expect(desk.said).to_contain_text("The server does not answer.")
    expect(desk.button("undo")).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.says("is back").shows(copy, "Plan for Tuesday", HOSTILE)
    desk.act(copy, "delete").says("is deleted")
    desk.button("deleted").check()
    expect(desk.entries).to_have_count(1)
    expect(desk.entry(copy)).to_contain_text("30 days left")
    desk.button("revive").click()
    desk.says("is back")
    desk.button("deleted").uncheck()
    desk.shows(copy, "Plan for Tuesday", HOSTILE)
    desk.act(copy, "compare").says("is in the comparison")
    compared = desk.board.state()["compareList"][-1]
    assert (compared["name"], compared["source"]) == (copy, "library")
    assert compared["doc"]["plan"] == desk.board.doc()["plan"]
    assert compared["doc"]["results"], "by which model, Compare is to tell"


def scenario_document() -> dict[str, Any]:
    """What a visitor starts with."""
    found: dict[str, Any] = json.loads(scenario.dump(scenario.load_shipped("balanced-shift")))
    return found


# --- several people ------------------------------------------------------------------------------


def test_two_people_share_a_plan_and_nothing_is_lost(server: running.Server, come: Come) -> None:
    anna, bob = come(server), come(server)
    anna.board.open()
    anna.move(0.3).library().save(name="Ours", who="Anna", why="Start").says("is saved")
    links = anna.links("Ours")
    anna.close()

    # To look at: the same to the last digit, and no way to change it.
    assert not any(urlsplit(link).query for link in links.values()), "servers write addresses down"
    keys = {kind: parse_qs(urlsplit(link).fragment)["library"][0] for kind, link in links.items()}
    referrers: list[str] = []
    bob.page.on("request", lambda one: referrers.append(one.headers.get("referer", "")))
    opened = bob.follow(links["view"])
    expect(opened).to_contain_text("It is for looking only.")
    assert keys["view"] not in bob.page.url
    assert "library" not in bob.page.url
    bob.page.keyboard.press("Enter")
    expect(opened).to_have_count(0)
    assert bob.board.figures() == anna.board.figures()
    assert bob.board.doc() == anna.board.doc()
    assert keys["edit"] not in json.dumps(bob.board.state())
    bob.move(0.35).library()
    expect(bob.page.locator(".library-start")).to_contain_text("for looking only")
    bob.button("save").click()
    expect(bob.page.locator('[data-kind="version"]')).to_have_count(0)
    bob.page.locator('[data-library="cancel"]').click()
    bob.close()
    bob.page.evaluate("link => { location.hash = new URL(link).hash; }", links["view"])
    opened.locator('[data-library="copy"]').click()
    assert keys["view"] not in bob.page.url
    assert not [one for one in referrers if keys["view"] in one]
    expect(opened).to_have_count(0)
    bob.library().shows("Ours (copy)").close()

    # To work on together; both save from version 1, and the second is shown both.
    expect(bob.follow(links["edit"])).to_contain_text("You may change it for everybody")
    assert keys["edit"] not in bob.page.url
    bob.page.keyboard.press("Enter")
    bob.move(0.5).library().update(who="Bob", why="More").says("saved as version 2").close()
    theirs = bob.board.figure("net_present_value")
    anna.move(0.2).library().update(why="Less")
    mine = anna.board.figure("net_present_value")
    sides = anna.page.locator("[data-side]")
    expect(sides.nth(0)).to_contain_text("Saved: version 2")
    for words in ("Bob, ", "More", theirs):
        expect(sides.nth(0)).to_contain_text(words)
    for words in ("Anna", "Less", mine):
        expect(sides.nth(1)).to_contain_text(words)
    assert anna.moved() == 0.2, "it changed what is on the page"
    anna.page.locator('[data-conflict="back"]').click()
    expect(anna.field("why")).to_have_value("Less")
    anna.button("confirm").click()
    anna.page.locator('[data-conflict="over"]').click()
    anna.says("saved as version 3")
    versions = anna.versions("Ours")
    expect(versions).to_have_count(3)
    for version, words in zip(versions.all(), ("Less", "More", "Start"), strict=True):
        expect(version).to_contain_text(words)
    anna.close()

    # Again the other way round: a copy, and then what is saved is opened.
    bob.move(0.6).library().update(why="Even more")
    bob.page.locator('[data-conflict="copy"]').click()
    bob.says("“Ours (copy)” is saved.").close()
    bob.follow(links["edit"])
    bob.page.keyboard.press("Enter")
    anna.move(0.25).library().update(why="Last").says("saved as version 4")
    bob.move(0.7).library().update(why="Bob's last")
    bob.page.locator('[data-conflict="open"]').click()
    expect(bob.dialog).to_have_count(0)
    assert bob.board.settled().value(f"plan.{LEVER}") == 0.25
    bob.board.undo()
    assert bob.moved() == 0.7
    bob.board.redo()
    bob.library().update(why="After all").says("saved as version 5")

    # Words that somebody else has changed meanwhile are not written over unseen.
    anna.act("Ours", "describe").fill(description="Mine")
    bob.page.evaluate(
        "key => fetch('board/library/describe', { method: 'POST', body: JSON.stringify("
        "{ key, name: 'Theirs', description: 'of Bob' }) })",
        keys["edit"],
    )
    anna.page.locator('[data-form="describe"] [type="submit"]').click()
    expect(anna.page.locator('[data-form="describe"] blockquote')).to_contain_text("of Bob")
    anna.page.locator('[data-conflict="over"]').click()
    anna.says("is described")
    expect(anna.entry("Ours")).to_contain_text("Mine")


def test_a_link_put_into_the_open_page_is_followed_whatever_the_address_is_doing(
    server: running.Server, come: Come
) -> None:
    anna, bob = come(server), come(server)
    anna.board.open()
    anna.library().save(name="Ours", who="Anna", why="Start").says("is saved")
    link = anna.links("Ours")["view"]
    opened = bob.page.locator("#board dialog[open]")
    bob.board.open()
    # The address says nothing of the plan yet, and is about to.
    bob.page.evaluate(
        """link => {
            history.replaceState(history.state, "", location.pathname);
            location.hash = new URL(link).hash;
        }""",
        link,
    )
    expect(opened).to_contain_text("It is for looking only.")
    assert "library" not in bob.page.url


def test_a_whole_library_goes_elsewhere(server: running.Server, come: Come, tmp_path: Path) -> None:
    anna, bob, carl = come(server), come(server), come(server)
    anna.board.open()
    anna.library().save(name="One").says("is saved").save(name="Two", tags="x").says("“Two”")
    anna.button("links").click()
    expect(anna.page.locator('[data-link="shelf-edit"]')).to_be_focused()
    edit, view = (
        anna.page.locator(f'[data-link="shelf-{one}"]').input_value() for one in ("edit", "view")
    )

    with anna.page.expect_download() as download:
        anna.button("export").click()
    archive = tmp_path / download.value.suggested_filename
    assert archive.suffix == ".zip"
    download.value.save_as(archive)
    keys = [parse_qs(urlsplit(link).fragment)["shelf"][0] for link in (edit, view)]
    with zipfile.ZipFile(archive) as found:
        content = b"".join(found.read(name) for name in found.namelist())
    assert not [key for key in keys if key.encode() in content]

    # Taken in elsewhere, where it comes once.
    bob.board.open()
    bob.library()
    for said in ("2 scenarios came in.", "2 were here already."):
        bob.page.locator('[data-library="archive"]').set_input_files(archive)
        bob.says(said).shows("Two", "One")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(archive.read_bytes()[:-40])
    bob.page.locator('[data-library="archive"]').set_input_files(broken)
    expect(bob.page.locator(".library-shelf .library-trouble:visible")).not_to_be_empty()
    bob.close()

    # A link to look at: beside the library that the browser has, once somebody agrees.
    opened = bob.follow(view)
    assert keys[1] not in bob.page.url
    expect(opened).to_contain_text("a library with 2 scenarios")
    bob.page.keyboard.press("Escape")
    bob.library().shows("Two", "One")
    assert "delete" in bob.menu("One")
    bob.page.keyboard.press("Escape")
    bob.close().follow(view).locator("input").fill("Anna's")
    bob.page.keyboard.press("Enter")
    bob.shows("Two", "One")
    assert bob.menu("One") == ["links", "compare", "copy"]
    bob.page.keyboard.press("Escape")
    which = bob.button("which")
    expect(which.locator("option")).to_have_text(["My library", "Anna's"])
    bob.act("One", "copy").says("“One (copy)” is in your library.")
    bob.shows("One (copy)", "Two", "One")
    expect(which).to_have_value(bob.page.evaluate(OWN_SHELF))
    # What the browser has no room for is remembered as long as the page is open.
    bob.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error(); }; }")
    which.select_option(label="Anna's")
    bob.shows("Two", "One")
    bob.button("forget").click()
    bob.shows("One (copy)", "Two", "One")

    # The owner's own link, on another device.
    carl.follow(edit).locator('[data-library="use"]').click()
    carl.shows("Two", "One")
    carl.act("One", "delete").says("is deleted")
    anna.close().library().shows("Two")


OWN_SHELF = "JSON.parse(localStorage.getItem('budget-shift-library')).shelves[0].key"


# --- what can go wrong ---------------------------------------------------------------------------


def test_nothing_typed_is_lost_while_the_library_is_gone(
    server: running.Server, come: Come, tmp_path: Path
) -> None:
    desk = come(server)
    desk.board.open()
    desk.library().save(name="Before").says("is saved").close().move(0.45).library()
    elsewhere = server.library.rename(tmp_path / "unplugged")
    try:
        desk.save(name="Kept", who="Anna", why="As typed", tags="a, b", description="All of it")
        trouble = desk.page.locator('[data-form="save"] .library-trouble')
        expect(trouble).to_contain_text("The library is not where it was.")
        expect(trouble).to_contain_text("Your plan and what you typed are still here.")
        for name, typed in {"name": "Kept", "why": "As typed", "tags": "a, b"}.items():
            expect(desk.field(name)).to_have_value(typed)
        with desk.page.expect_download() as download:
            trouble.locator("[data-download]").click()
        plan = scenario.load(Path(download.value.path()))
        assert plan.plan.training.share_moved == desk.moved() == 0.45
        # Without any server at all there is still the file.
        with desk.board.offline():
            trouble.locator("[data-again]").click()
            expect(trouble).to_contain_text("The server does not answer.")
            with desk.page.expect_download() as download:
                trouble.locator("[data-download]").click()
            assert scenario.load(Path(download.value.path())).plan == plan.plan
    finally:
        elsewhere.rename(server.library)
    trouble.locator("[data-again]").click()
    desk.says("“Kept” is saved.").shows("Kept", "Before")

    # Refused: what was typed is named, and stays.
    desk.save(name="Tags", tags="t" * 41)
    expect(trouble).to_contain_text("Tags")
    expect(desk.field("tags")).to_have_value("t" * 41)
    desk.button("confirm").locator("xpath=..").get_by_text("Cancel").click()

    # Deleted by somebody else meanwhile: brought back, if that is wanted.
    desk.page.evaluate(
        "key => fetch('board/library/delete', { method: 'POST', body: JSON.stringify({ key }) })",
        desk.board.state()["origins"][0]["key"],
    )
    desk.update(why="Too late?")
    expect(trouble).to_contain_text("was deleted")
    desk.button("revive").click()
    desk.says("“Kept” is saved as version 2.").shows("Kept", "Before")

    # Another plan that starts from the same example is no version of it.
    desk.close()
    desk.board.act("scenarios")
    desk.page.locator('[data-preset="balanced-shift"] button').click()
    desk.library().button("save").click()
    expect(desk.field("name")).to_be_visible()
    expect(desk.page.locator('[data-kind="version"]')).to_have_count(0)
    desk.button("cancel").click()

    # A key of nothing, in the address and in what the browser keeps.
    desk.close()
    doc = desk.board.doc()
    opened = desk.follow(f"{server.url}/?library=<b>{'x' * 40}")
    expect(opened).to_contain_text("This is not in the library, or not any more.")
    assert desk.board.doc() == doc
    desk.page.keyboard.press("Escape")
    desk.page.evaluate(
        "localStorage.setItem('budget-shift-library', JSON.stringify({ who: '', current: 'gone', "
        "shelves: [{ key: 'gone', name: '', linked: false, editable: true }] }))"
    )
    desk.library()
    expect(desk.page.locator(".library-trouble:visible")).to_contain_text("not on this server")
    desk.button("fresh").click()
    expect(desk.page.locator(".library-count")).to_have_text("This library is empty.")


def test_everybody_can_use_it(server: running.Server, come: Come) -> None:
    for dark, size in ((False, "laptop"), (True, "phone")):
        desk = come(server, size, dark=dark)
        desk.board.open()
        desk.page.locator('.bar [data-action="scenarios"]').click()
        desk.page.locator('[data-tab="library"]').click()
        desk.button("save").click()
        found = violations(desk.board) if dark else []
        desk.fill(name="A plan", tags="one, two", description="What it is").button(
            "confirm"
        ).click()
        desk.says("is saved").act("A plan", "links")
        desk.button("links").click()
        expect(desk.page.locator("[data-link]:visible")).to_have_count(4)
        found += violations(desk.board) if dark else []
        desk.act("A plan", "history")
        found += [] if dark else violations(desk.board)
        assert not found, "\n".join(found)
        wide: list[str] = desk.dialog.evaluate(TOO_WIDE)
        assert not wide, wide
        if size == "phone":
            small = desk.dialog.evaluate(TOO_SMALL)
            assert not small, small


TOO_WIDE = """dialog => [...dialog.querySelectorAll("*")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, [popover]"))
  .filter((one) => one.getBoundingClientRect().right > dialog.getBoundingClientRect().right + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""

TOO_SMALL = """dialog => [...dialog.querySelectorAll(
    'button, select, label.check, input:not([type="checkbox"], [type="radio"], .unseen)')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))"""
