"""The library in the browser of one person, and what can go wrong; it is the same in each store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from simulator import scenario
from tests.browser import running
from tests.support.accessibility import violations
from tests.support.desks import TOO_SMALL, TOO_WIDE, Come

HOSTILE = "<img src=http://127.0.0.1:9/x.png onerror=alert(1)> %_'\"--"


# --- one person ----------------------------------------------------------------------------------


def test_what_is_typed_to_save_a_plan_is_kept_until_somebody_lets_it_go(
    server: running.Server, come: Come
) -> None:
    desk = come(server)
    desk.board.open()
    desk.library().button("save").click()
    desk.fill(name="Plan for Monday", description="Why we looked at this")
    desk.page.keyboard.press("Escape")
    asked = desk.dialog.locator(".dialog-typed")
    expect(asked).to_contain_text("not kept yet")
    asked.locator('[data-action="keep-typed"]').click()
    desk.says("“Plan for Monday” is saved.")
    desk.close()


def test_a_plan_is_kept_with_its_history(server: running.Server, come: Come) -> None:
    desk = come(server)
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
        expect(desk.status).to_contain_text("This device is offline.")
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
    compared = desk.board.state()["compareList"]["items"][-1]
    assert (compared["doc"]["name"], compared["source"]) == (copy, "library")
    assert compared["doc"]["plan"] == desk.board.doc()["plan"]
    assert compared["doc"]["results"], "by which model, Compare is to tell"


def scenario_document() -> dict[str, Any]:
    """What a visitor starts with."""
    document: dict[str, Any] = json.loads(scenario.dump(scenario.load_shipped("balanced-shift")))
    return document


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
            expect(trouble).to_contain_text("This device is offline.")
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
        problems = violations(desk.board) if dark else []
        desk.fill(name="A plan", tags="one, two", description="What it is").button(
            "confirm"
        ).click()
        desk.says("is saved").act("A plan", "links")
        desk.button("links").click()
        expect(desk.page.locator("[data-link]:visible")).to_have_count(4)
        problems += violations(desk.board) if dark else []
        desk.act("A plan", "history")
        problems += [] if dark else violations(desk.board)
        assert not problems, "\n".join(problems)
        wide: list[str] = desk.dialog.evaluate(TOO_WIDE)
        assert not wide, wide
        if size == "phone":
            small = desk.dialog.evaluate(TOO_SMALL)
            assert not small, small
