"""The library in the browsers of several people."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, expect

from tests.browser import running
from tests.support.desks import LEVER, Come


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
    with zipfile.ZipFile(archive) as packed:
        content = b"".join(packed.read(name) for name in packed.namelist())
    assert not [key for key in keys if key.encode() in content]

    # Taken in elsewhere, where it comes once.
    bob.board.open()
    bob.library()
    for message in ("2 entries came in.", "2 were here already."):
        bob.page.locator('[data-library="archive"]').set_input_files(archive)
        bob.says(message).shows("Two", "One")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(archive.read_bytes()[:-40])
    bob.page.locator('[data-library="archive"]').set_input_files(broken)
    expect(bob.page.locator(".library-shelf .library-trouble:visible")).not_to_be_empty()
    bob.close()

    # A link to look at: beside the library that the browser has, once somebody agrees.
    opened = bob.follow(view)
    assert keys[1] not in bob.page.url
    expect(opened).to_contain_text("a library with 2 entries")
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


def test_whoever_follows_a_link_for_the_first_time_is_not_shown_around(
    server: running.Server, come: Come, browser: Browser
) -> None:
    anna = come(server)
    anna.board.open()
    anna.move(0.3).library().save(name="First").says("is saved")
    links = anna.links("First")
    anna.close()
    for link in links.values():
        page = browser.new_context().new_page()  # nobody was here before
        page.goto(link)
        expect(page.locator("dialog[open]")).to_have_count(1)
        expect(page.locator('#board[data-settled="true"]')).to_be_visible()
        assert page.locator("dialog.tour").count() == 0
        page.keyboard.press("Escape")
        page.context.close()
