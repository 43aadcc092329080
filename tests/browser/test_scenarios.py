"""The gallery of scenarios in the browser: shipped ones, files, and what is no scenario."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from simulator import scenario
from simulator.scenario import load_shipped
from tests.browser.helpers import Board
from tests.browser.replies import held_replies
from tests.support.figures import expected
from tests.support.panels import DEFAULT, HOSTILE, OTHER, choose, dialog, shipped_document
from ui.routes import bootstrap


def test_every_shipped_scenario_is_offered_with_its_story(board: Board) -> None:
    gallery = dialog(board, "scenarios")
    names = gallery.locator("[data-preset]").evaluate_all(
        "all => all.map(one => one.dataset.preset)"
    )
    assert sorted(names) == [path.stem for path in scenario.shipped()]
    for name in names:
        card = gallery.locator(f'[data-preset="{name}"]')
        preset = load_shipped(name)
        assert preset.name in card.inner_text()
        assert preset.story in card.inner_text()
        assert (
            f"{preset.organisation.customers:,.0f} {preset.organisation.customers_called}"
            in card.inner_text()
        )
    current = gallery.locator("[aria-current=true]")
    assert current.get_attribute("data-preset") == DEFAULT
    assert current.locator("button").evaluate("one => one === document.activeElement")


def test_a_scenario_is_chosen_by_the_keyboard_and_taken_back(board: Board) -> None:
    before = board.lock("plan.split.community").state()
    board.page.keyboard.press("s")
    button = board.page.locator(f'[data-preset="{OTHER}"] button')
    for _ in range(20):
        if button.evaluate("one => one === document.activeElement"):
            break
        board.page.keyboard.press("Tab")
    board.page.keyboard.press("Enter")
    expect(board.page.locator(".toast")).to_contain_text("Undo")  # for some seconds
    expect(board.page.locator("#board dialog[open]")).to_have_count(0)
    board.settled()
    after = board.state()
    assert after["doc"] == after["base"] == shipped_document(OTHER)
    assert after["locked"] == []
    assert board.figures() == expected(load_shipped(OTHER))
    assert (
        dialog(board, "scenarios").locator("[aria-current]").get_attribute("data-preset") == OTHER
    )
    board.page.keyboard.press("Escape")
    undone = board.undo().state()
    assert (undone["doc"], undone["base"]) == (before["doc"], before["base"])


def test_a_bad_file_is_told_field_by_field_and_changes_nothing(board: Board) -> None:
    before = board.state()
    content = shipped_document(DEFAULT) | {"name": HOSTILE, "horizon_months": 7, HOSTILE: 1}
    gallery = dialog(board, "scenarios")
    choose(board, gallery, "bad.json", json.dumps(content))
    items = gallery.locator(".problems li")
    expect(items).to_have_count(2)
    problems = "\n".join(items.all_inner_texts())
    assert "horizon_months" in problems
    assert "found 7" in problems
    assert "allowed: a whole number from 12 to 120" in problems
    assert HOSTILE in problems
    assert gallery.locator("img").count() == 0
    assert board.state() == before


def test_a_file_that_is_no_scenario_is_told(board: Board) -> None:
    gallery = dialog(board, "scenarios")
    for content, problem in (
        (b"\xff\xfe\x00", "UTF-8"),
        (b"{" * 10, "JSON"),
        (b" " * 1_000_001, "1,000,000 bytes"),
    ):
        choose(board, gallery, f"{HOSTILE}.json", content)
        expect(gallery.locator(".problems")).to_contain_text(problem)
        assert gallery.locator("img").count() == 0


def test_a_plan_is_saved_as_a_file_and_opened_again(board: Board) -> None:
    board.type("plan.training.share_moved", "37")
    moved = board.doc()
    gallery = dialog(board, "scenarios")
    base = board.state()["base"]
    gallery.locator("[data-save-file]").click()
    asked = board.page.locator('dialog[data-dialog="save-file"]')
    asked.locator("[data-field=file-name]").fill("Ours")
    asked.locator("[data-field=file-author]").fill("Ada")
    name, content = board.download(asked.locator("[data-confirm-file]"))
    expect(asked).to_have_count(0)
    assert name == "ours.json"
    saved = scenario.parse(content)
    assert saved.plan == scenario.parse(json.dumps(moved)).plan
    assert (saved.name, saved.author) == ("Ours", "Ada")
    assert saved.date is not None
    expect(board.page.locator(".scenario .changed")).to_be_hidden()
    choose(board, gallery, "saved.json", content)
    expect(gallery).to_have_count(0)
    board.settled()
    assert board.doc() == bootstrap.document(saved)
    opened = board.state()["base"]
    parts = ("plan", "organisation", "assumptions", "horizon_months")
    assert [opened[part] for part in parts] == [base[part] for part in parts]
    expect(board.page.locator(".scenario .changed")).to_be_hidden()
    board.type("plan.training.share_moved", "38")
    expect(board.page.locator(".scenario .changed")).to_be_visible()


def test_a_file_can_be_dropped_on_the_gallery(board: Board) -> None:
    gallery = dialog(board, "scenarios")
    board.drop(gallery, {"dropped.json": json.dumps(shipped_document(OTHER))})
    expect(gallery).to_have_count(0)
    assert board.settled().doc() == shipped_document(OTHER)


def test_a_file_that_comes_too_late_is_not_loaded(board: Board) -> None:
    file = json.dumps(shipped_document(OTHER))
    with held_replies(board.page, "board/open") as replies:
        choose(board, dialog(board, "scenarios"), "late.json", file)
        board.page.keyboard.press("Escape")
        after = board.press("plan.training.share_moved", "ArrowRight").doc()
        replies.release()
        assert board.settled().doc() == after
        gallery = dialog(board, "scenarios")
        choose(board, gallery, "late.json", file)
        gallery.locator('[data-preset="wait-and-see"] button').click()
        replies.release()
        assert board.settled().doc() == shipped_document("wait-and-see")


def test_of_two_files_the_newest_is_loaded(board: Board) -> None:
    gallery = dialog(board, "scenarios")
    with held_replies(board.page, "board/open") as replies:
        for name in (OTHER, "wait-and-see"):
            choose(board, gallery, "one.json", json.dumps(shipped_document(name)))
        replies.release(2)
    expect(gallery).to_have_count(0)
    assert board.settled().doc() == shipped_document("wait-and-see")
