"""The panels in the browser: scenarios, the organisation's numbers, the world's assumptions, and
the page of the register."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from importlib import resources
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from simulator import scenario
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.model.register import BY_ID, GRADES, REGISTER, Parameter
from simulator.scenario import load_shipped
from tests.browser.conftest import Visit
from tests.browser.helpers import Board, Size
from tests.browser.replies import held_replies
from tests.support.figures import expected
from ui.routes import bootstrap
from ui.text.help import figure_help
from ui.text.levers import fields

DEFAULT = bootstrap.DEFAULT
OTHER = "municipality-citizens"
"""Has assumptions of its own."""
HOSTILE = "<img src=http://127.0.0.1:9/x.png onerror=alert(1)>"
RANGE = "promo_engagement_multiplier"
"""A ratio: 0.3, 0.6, 0.9."""
SHARE = "offer_half_share"
"""A share: 3 %, 8 %, 15 %."""
FIXED = "working_day_hours"


def dialog(board: Board, action: str) -> Locator:
    """Open a dialog from the bar; ``action`` is its button's."""
    board.page.locator(f'.bar [data-action="{action}"]').click()
    opened = board.page.locator("#board dialog[open]")
    expect(opened).to_be_visible()
    return opened


def shipped_document(name: str) -> dict[str, Any]:
    return bootstrap.document(load_shipped(name))


# --- scenarios -----------------------------------------------------------------------------------


def test_every_shipped_scenario_is_offered_with_its_story(board: Board) -> None:
    gallery = dialog(board, "scenarios")
    names = gallery.locator("[data-preset]").evaluate_all(
        "all => all.map(one => one.dataset.preset)"
    )
    assert sorted(names) == [path.stem for path in scenario.shipped()]
    for name in names:
        card = gallery.locator(f'[data-preset="{name}"]')
        one = load_shipped(name)
        assert one.name in card.inner_text()
        assert one.story in card.inner_text()
        assert f"{one.organisation.customers:,.0f} customers" in card.inner_text()
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
    said = "\n".join(items.all_inner_texts())
    assert "horizon_months" in said
    assert "found 7" in said
    assert "allowed: a whole number from 12 to 120" in said
    assert HOSTILE in said
    assert gallery.locator("img").count() == 0
    assert board.state() == before


def test_a_file_that_is_no_scenario_is_told(board: Board) -> None:
    gallery = dialog(board, "scenarios")
    for content, said in (
        (b"\xff\xfe\x00", "UTF-8"),
        (b"{" * 10, "JSON"),
        (b" " * 1_000_001, "1,000,000 bytes"),
    ):
        choose(board, gallery, f"{HOSTILE}.json", content)
        expect(gallery.locator(".problems")).to_contain_text(said)
        assert gallery.locator("img").count() == 0


def test_a_plan_is_saved_as_a_file_and_opened_again(board: Board) -> None:
    board.type("plan.training.share_moved", "37")
    moved = board.doc()
    gallery = dialog(board, "scenarios")
    name, content = board.download(gallery.locator("[data-save-file]"))
    assert name == "a-balanced-shift-changed.json"
    saved = scenario.parse(content)
    assert saved.plan == scenario.parse(json.dumps(moved)).plan
    choose(board, gallery, "saved.json", content)
    expect(gallery).to_have_count(0)
    board.settled()
    assert board.state()["base"] == board.doc() == bootstrap.document(saved)


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


def choose(board: Board, gallery: Locator, name: str, content: str | bytes) -> None:
    board.choose(gallery.locator("[data-open-file]"), name, content)


# --- the organisation ----------------------------------------------------------------------------


def field(editor: Locator, path: str) -> Locator:
    return editor.locator(f'[data-field="{path}"]')


def retype(editor: Locator, path: str, text: str) -> Locator:
    """Write something into a field and leave it."""
    one = field(editor, path)
    one.fill(text)
    one.blur()
    return one


def applied(board: Board, editor: Locator) -> Board:
    editor.locator("[data-action=apply]").click()
    expect(editor).to_have_count(0)
    return board.settled()


def test_every_field_is_there_and_shows_the_value(board: Board) -> None:
    editor = dialog(board, "organisation")
    base = board.doc()
    for group in fields(ENGLISH):
        for one in group["fields"]:
            value = base
            for part in one["path"].split("."):
                value = value[part]
            shown = field(editor, one["path"]).input_value()
            if value is None:
                assert one["optional"] and shown == ""
                assert field(editor, one["path"]).get_attribute("placeholder") == "we don't know"
            elif one["kind"] in ("text", "currency"):
                assert shown == value
            else:
                times = 100 if one["kind"] == "share" else 1
                assert float(shown.replace(",", "")) == pytest.approx(value * times)
            assert editor.get_by_label(one["label"], exact=True).count() >= 1


def test_applying_is_one_step_for_plan_and_reference(board: Board) -> None:
    board.type("plan.training.share_moved", "37")
    before = board.state()
    editor = dialog(board, "organisation")
    retype(editor, "organisation.customers", "250,000")
    retype(editor, "organisation.annual_churn", "12.5%")
    retype(editor, "organisation.name", HOSTILE)
    retype(editor, "horizon_months", "66")
    expect(editor.locator(".organisation-field", has_text="5.5 years")).to_have_count(1)
    applied(board, editor)
    after = board.state()
    for one in ("base", "doc"):
        assert after[one]["organisation"]["customers"] == 250_000
        assert after[one]["organisation"]["annual_churn"] == 0.125
        assert after[one]["organisation"]["name"] == HOSTILE
        assert after[one]["horizon_months"] == 66
        assert after[one]["plan"] == before[one]["plan"]
    assert board.figures() == expected(scenario.parse(json.dumps(after["doc"])))
    undone = board.undo().state()
    assert (undone["base"], undone["doc"]) == (before["base"], before["doc"])
    redone = board.redo().state()
    assert (redone["base"], redone["doc"]) == (after["base"], after["doc"])


def test_another_organisation_does_not_go_by_the_shipped_name(board: Board) -> None:
    before = board.doc()
    assert before["story"]
    assert before["notes"]
    editor = dialog(board, "organisation")
    retype(editor, "organisation.name", "Waterworks of Delft")
    retype(editor, "organisation.customers", "100,001")
    applied(board, editor)
    state = board.state()
    for one in (state["base"], state["doc"]):
        assert one["name"] == "Waterworks of Delft"
        assert [one[text] for text in ("story", "notes", "description", "author")] == [""] * 4
        assert one["date"] is None
    expect(board.page.locator(".scenario-name")).to_have_text("Waterworks of Delft")
    board.type("plan.training.share_moved", "37")
    gallery = dialog(board, "scenarios")
    assert gallery.locator("[aria-current=true]").count() == 0
    _, content = board.download(gallery.locator("[data-save-file]"))
    saved = scenario.parse(content)
    assert saved.name == "Waterworks of Delft (changed)"
    assert not saved.story + saved.notes + saved.description
    board.page.keyboard.press("Escape")
    board.undo().undo()
    assert board.doc() == before


def test_the_name_follows_only_where_it_is_not_the_visitors_own(board: Board) -> None:
    own = {"name": "Plan 2027", "story": "Ours.", "notes": "N", "author": "Jan"}
    choose(
        board, dialog(board, "scenarios"), "own.json", json.dumps(shipped_document(DEFAULT) | own)
    )
    editor = dialog(board, "organisation")
    retype(editor, "organisation.name", "Waterworks")
    doc = applied(board, editor).doc()
    assert {one: doc[one] for one in own} == own
    changed = shipped_document(DEFAULT) | {"name": "A balanced shift (changed)"}
    choose(board, dialog(board, "scenarios"), "changed.json", json.dumps(changed))
    for name in ("Waterworks", "Waterworks Delft"):
        editor = dialog(board, "organisation")
        retype(editor, "organisation.name", name)
        assert applied(board, editor).doc()["name"] == name
    assert board.doc()["story"] == ""
    before = board.doc()
    editor = dialog(board, "organisation")
    retype(editor, "horizon_months", "48")
    assert applied(board, editor).doc() == before | {"horizon_months": 48}


def test_the_horizon_alone_is_no_other_organisation(board: Board) -> None:
    before = board.doc()
    editor = dialog(board, "organisation")
    retype(editor, "horizon_months", "48")
    assert applied(board, editor).doc() == before | {"horizon_months": 48}


def test_numbers_are_written_in_the_pages_language(visit: Visit) -> None:
    board = visit().open(lang="nl")
    editor = dialog(board, "organisation")
    assert field(editor, "organisation.labour_cost_per_hour").input_value() == "45,2"
    assert field(editor, "organisation.customers").input_value() == "100.000"
    retype(editor, "organisation.labour_cost_per_hour", "1.050,25")
    applied(board, editor)
    assert board.value("organisation.labour_cost_per_hour") == 1050.25


WRONG = (
    ("organisation.customers", "many", "no number"),
    ("organisation.customers", "0", "Too low"),
    ("organisation.revenue_per_customer", "0", "0.001 to"),
    ("organisation.gross_margin", "101", "0% to 100%"),
    ("organisation.budgets.training", "-5", "Too low"),
    ("horizon_months", "60.5", "no whole number"),
    ("horizon_months", "121", "12 to 120"),
    ("organisation.name", " ", "80"),
    ("organisation.currency", "E1", "three letters"),
)
"""Field, what is written into it, and what is said about that."""


def test_a_wrong_value_is_told_beside_its_field(board: Board) -> None:
    before = board.state()
    editor = dialog(board, "organisation")
    apply, count = editor.locator("[data-action=apply]"), editor.locator(".organisation-count")
    for path, text, said in WRONG:
        good = field(editor, path).input_value()
        one = retype(editor, path, text)
        error = editor.locator(
            ".organisation-field", has=board.page.locator(f"#{one.get_attribute('id')}")
        ).locator(".field-error")
        expect(error).to_contain_text(said)
        assert one.get_attribute("aria-invalid") == "true"
        assert error.get_attribute("id") in (one.get_attribute("aria-describedby") or "").split()
        expect(count).to_have_text("1 field is wrong")
        field(editor, "organisation.annual_churn").focus()
        apply.click()
        expect(one).to_be_focused()
        retype(editor, path, good)
        expect(error).to_be_empty()
        expect(count).to_be_empty()
        assert one.get_attribute("aria-invalid") is None
    for path in ("organisation.gross_margin", "organisation.customers"):
        retype(editor, path, "101 x")
    expect(count).to_have_text("2 fields are wrong")
    field(editor, "organisation.gross_margin").press("Enter")
    expect(field(editor, "organisation.customers")).to_be_focused()
    assert board.state() == before
    editor.locator("[data-action=cancel]").click()
    expect(editor).to_have_count(0)
    assert board.state() == before


def test_a_field_that_is_still_being_typed_is_told_when_applied(board: Board) -> None:
    editor = dialog(board, "organisation")
    one = field(editor, "organisation.customers")
    one.fill("many")
    expect(editor.locator(".organisation-count")).to_be_empty()
    one.press("Enter")
    expect(editor.locator(".organisation-count")).to_have_text("1 field is wrong")
    assert one.get_attribute("aria-invalid") == "true"


def test_applying_nothing_closes_the_editor(board: Board) -> None:
    before = board.state()
    applied(board, dialog(board, "organisation"))
    assert board.state() == before


def test_what_only_the_server_sees_keeps_from_applying(board: Board) -> None:
    editor = dialog(board, "organisation")
    for source in ("market_research", "training", "customer_service"):
        retype(editor, f"organisation.budgets.{source}", "0")
    group = editor.locator('[data-fields="budgets"] > .field-error')
    expect(group).to_contain_text("together above 0")
    editor.locator("[data-action=apply]").click()
    expect(field(editor, "organisation.budgets.market_research")).to_be_focused()
    expect(editor.locator(".organisation-count")).to_have_text("1 field is wrong")
    retype(editor, "organisation.budgets.training", "1000")
    expect(group).to_be_empty()
    applied(board, editor)
    assert board.value("organisation.budgets.training") == 1000


def test_hints_are_amounts_for_this_organisation(board: Board) -> None:
    editor = dialog(board, "organisation")
    training = board.page.locator('[data-field="organisation.budgets.training"]')
    hints = editor.locator(".organisation-field", has=training)
    expect(hints.locator(".hint").first).to_contain_text("500 to 1,500 euros per employee")
    expect(hints.locator(".hint").first).to_contain_text("€175K to €525K")
    assert hints.locator(".hint .grade").first.inner_text().endswith("D")
    retype(editor, "organisation.employees", "1000")
    expect(hints.locator(".hint").first).to_contain_text("€500K to €1.5M")
    # What was published in euros says nothing about amounts in crowns.
    retype(editor, "organisation.currency", "dkk")
    assert field(editor, "organisation.currency").input_value() == "DKK"
    expect(hints.locator(".hint strong").first).to_be_hidden()
    expect(hints.locator(".hint strong").last).to_be_visible()
    retype(editor, "organisation.employees", "none")
    expect(hints.locator(".hint strong").last).to_be_hidden()


GIVEN_UP, SOCIAL_COST = (
    f"organisation.known.{name}" for name in ("given_up_share", "social_contact_cost")
)


def test_we_do_not_know_is_an_answer(board: Board) -> None:
    editor = dialog(board, "organisation")
    about = editor.locator(
        ".organisation-field", has=board.page.locator(f'[data-field="{GIVEN_UP}"]')
    )
    expect(about).to_contain_text("We don't know: drawn from 3% to 15%")
    retype(editor, GIVEN_UP, "11")
    expect(about).not_to_contain_text("drawn")
    cost = editor.locator(
        ".organisation-field", has=board.page.locator(f'[data-field="{SOCIAL_COST}"]')
    )
    retype(editor, SOCIAL_COST, "9999")
    expect(cost.locator(".field-error")).to_contain_text("more than the budget and people's time")
    expect(editor.locator(".organisation-count")).to_have_text("1 field is wrong")
    retype(editor, SOCIAL_COST, " ")
    expect(cost.locator(".field-error")).to_be_empty()
    applied(board, editor)
    known = board.doc()["organisation"]["known"]
    assert {name: value for name, value in known.items() if value is not None} == {
        "given_up_share": 0.11
    }
    assert board.figures() == expected(scenario.parse(json.dumps(board.doc())))
    editor = dialog(board, "organisation")
    assert field(editor, GIVEN_UP).input_value() == "11"
    retype(editor, GIVEN_UP, "")
    applied(board, editor)
    assert board.value(GIVEN_UP) is None


def test_a_server_that_does_not_answer_changes_nothing(board: Board) -> None:
    before = board.state()
    editor = dialog(board, "organisation")
    with board.offline():
        retype(editor, "organisation.customers", "5000")
        expect(editor.locator("footer .field-error")).to_contain_text("does not answer")
        with held_replies(board.page, "board/check") as replies:
            editor.locator("[data-action=apply]").click()
            replies.release()
        assert board.state() == before
    applied(board, editor)
    assert board.value("organisation.customers") == 5000


# --- the world's assumptions ---------------------------------------------------------------------


def row(board: Board, name: str) -> Locator:
    return board.page.locator(f'[data-assumption-row="{name}"]')


def opened(board: Board, name: str) -> Locator:
    """The row of an assumption in the panel, opened."""
    if board.page.locator("dialog.world").count() == 0:
        dialog(board, "world")
    one = row(board, name)
    if one.locator(".assumption-head").get_attribute("aria-expanded") == "false":
        one.locator(".assumption-head").click()
    return one


def end(one: Locator, name: str) -> Locator:
    return one.locator(f'[data-assumption-field$=".{name}"]')


def write(one: Locator, name: str, text: str) -> Locator:
    box = end(one, name)
    box.fill(text)
    box.press("Enter")
    return box


def test_all_assumptions_are_listed_with_range_unit_and_grade(board: Board) -> None:
    panel = dialog(board, "world")
    expect(panel.locator("[data-assumption-row]")).to_have_count(len(REGISTER))
    for one in (BY_ID[RANGE], BY_ID[SHARE], BY_ID["overload_minutes"]):
        text = row(board, one.id).inner_text()
        assert one.label in text
        assert re.search(rf"Grade\s*{one.grade}", text)
        assert one.unit == "share" or one.unit in text
    assert re.search(r"3%\D+8%\D+15%", row(board, SHARE).inner_text())
    assert re.search(r"40\D+90\D+180", row(board, "overload_minutes").inner_text())


def test_it_takes_the_levers_place_and_leaves_the_charts_alone(board: Board) -> None:
    charts = board.page.locator(".charts").bounding_box()
    panel = dialog(board, "world").bounding_box()
    assert charts == board.page.locator(".charts").bounding_box()
    assert panel
    assert charts
    assert panel["x"] + panel["width"] <= charts["x"]
    assert board.page.locator(".levers").evaluate("one => one.inert")
    board.page.keyboard.press("Escape")
    expect(board.page.locator(".levers")).to_have_js_property("inert", False)
    expect(board.page.locator(":focus")).to_have_attribute("data-action", "world")


def test_on_a_phone_it_takes_the_whole_screen(visit: Visit) -> None:
    board = visit("phone").open()
    panel = dialog(board, "world")
    box = panel.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert panel.evaluate("one => one.matches(':modal')")
    opened(board, RANGE)
    sizes = panel.locator("button:visible, select:visible, input:visible").evaluate_all(
        "all => all.map(one => [one.closest('label')?.getBoundingClientRect().height ?? 0,"
        " one.getBoundingClientRect().height])"
    )
    assert all(max(pair) >= 44 for pair in sizes)


def test_searching_and_choosing_a_group(board: Board) -> None:
    panel = dialog(board, "world")
    rows = panel.locator("[data-assumption-row]")
    panel.locator(".register-search").fill("Sprout")
    found = rows.evaluate_all("all => all.map(one => one.dataset.assumptionRow)")
    assert found
    assert all("sprout" in searched(name) for name in found)
    expect(panel.locator("[role=status]")).to_have_text(f"{len(found)} of {len(REGISTER)}")
    panel.locator(".register-search").fill("")
    panel.locator(".register-group").select_option("money")
    expect(rows).to_have_count(sum(one.group == "money" for one in REGISTER))
    panel.locator(".register-search").fill("no such thing")
    assert rows.count() == 0


def searched(name: str) -> str:
    one = BY_ID[name]
    texts = (one.label, one.meaning, one.citation, one.reported_figure, one.note, one.checked_at)
    return "\n".join(texts).casefold()


def test_the_central_value_moves_by_keys_and_the_charts_follow(board: Board) -> None:
    before = board.doc()
    one = opened(board, RANGE)
    slider = one.locator("input[type=range]")
    values = [0.6]
    slider.focus()
    for _ in range(25):
        slider.press("ArrowRight")
        values.append(board.value(f"assumptions.{RANGE}.central"))
    assert all(later > earlier for earlier, later in pairwise(values))
    board.settled()
    assert slider.get_attribute("aria-valuetext") == f"{values[-1]:.3g} ratio"
    assert board.figures() == expected(scenario.parse(json.dumps(board.doc())))
    expect(one.locator(".mark")).to_have_text("Changed")
    for _ in range(25):
        slider.press("ArrowLeft")
    assert board.settled().doc() == before  # as in the register: nothing of it is left
    slider.press("End")
    top = BY_ID[RANGE].most
    assert board.value(f"assumptions.{RANGE}") == {"low": 0.3, "central": top, "high": top}
    slider.press("Home")
    least = BY_ID[RANGE].least
    # All of one move follows from the range it started from.
    assert board.value(f"assumptions.{RANGE}") == {"low": least, "central": least, "high": 0.9}
    slider.blur()
    slider.press("End")
    assert board.value(f"assumptions.{RANGE}") == {"low": least, "central": top, "high": top}


def test_dragging_shows_at_once_and_is_one_step(board: Board) -> None:
    before = board.doc()
    slider = opened(board, RANGE).locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    place = slider.evaluate("one => one.value / one.max")
    board.page.mouse.move(box["x"] + 10 + place * (box["width"] - 20), middle)
    board.page.mouse.down()
    seen = []
    for step in (0.6, 0.7, 0.8):
        board.page.mouse.move(box["x"] + step * box["width"], middle)
        seen.append(board.value(f"assumptions.{RANGE}.central"))
    assert seen == sorted(set(seen))
    board.page.mouse.up()
    board.settled()
    assert board.value(f"assumptions.{RANGE}.central") == seen[-1]
    assert board.undo().doc() == before
    expect(end(row(board, RANGE), "central")).to_have_value("0.6")


@pytest.mark.parametrize("own", [False, True])
def test_dragging_too_far_and_back_restores_the_range(board: Board, own: bool) -> None:
    one = opened(board, RANGE)
    if own:
        write(one, "low", "0.45")
        write(one, "high", "0.7")
    before = board.settled().doc()
    slider = one.locator("input[type=range]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    home = box["x"] + 10 + slider.evaluate("one => one.value / one.max") * (box["width"] - 20)
    board.page.mouse.move(home, middle)
    board.page.mouse.down()
    for end in (box["x"] + box["width"] + 50, box["x"] - 50, home):
        board.page.mouse.move(end, middle, steps=15)
        if end != home:
            assert board.value(f"assumptions.{RANGE}.central") in BY_ID[RANGE].bounds
    board.page.mouse.up()
    assert board.settled().doc() == before


def test_typing_the_three_values(board: Board) -> None:
    one = opened(board, SHARE)
    assert [end(one, name).input_value() for name in ("low", "central", "high")] == ["3", "8", "15"]
    write(one, "low", "7.5%")
    assert board.value(f"assumptions.{SHARE}") == {"low": 0.075, "central": 0.08, "high": 0.15}
    low = write(one, "low", "9")  # more than the central value
    assert low.get_attribute("aria-invalid") == "true"
    message = board.page.locator(f"#{low.get_attribute('aria-describedby')}")
    expect(message).to_contain_text("Too high. Allowed: 0.3% to 8%.")
    assert board.value(f"assumptions.{SHARE}.low") == 0.075
    low.press("Escape")
    assert low.input_value() == "7.5"
    expect(message).to_be_empty()
    expect(board.page.locator("dialog.world")).to_be_visible()
    expect(message).to_be_empty()
    for name, text, said in (("high", "7", "Too low"), ("central", "x", "no number")):
        wrong = write(one, name, text)
        expect(board.page.locator(f"#{wrong.get_attribute('aria-describedby')}")).to_contain_text(
            said
        )
        wrong.press("Escape")
    write(one, "central", "20")  # beyond the high end, which comes along
    assert board.value(f"assumptions.{SHARE}") == {"low": 0.075, "central": 0.2, "high": 0.2}
    assert board.settled().figures() == expected(scenario.parse(json.dumps(board.doc())))


def test_taken_as_known_and_as_in_the_register(board: Board) -> None:
    before = board.doc()
    one = opened(board, SHARE)
    one.locator("[data-known]").check()
    assert board.value(f"assumptions.{SHARE}") == 0.08
    expect(end(one, "low")).to_be_hidden()
    write(one, "central", "50")
    assert board.value(f"assumptions.{SHARE}") == 0.5
    one.locator("[data-known]").uncheck()
    assert board.value(f"assumptions.{SHARE}") == {"low": 0.03, "central": 0.5, "high": 0.5}
    one.locator("[data-register]").click()
    assert board.doc() == before
    expect(one.locator("[data-register]")).to_be_disabled()
    expect(one.locator(".mark")).to_be_hidden()


def test_a_fixed_assumption_is_one_number(board: Board) -> None:
    one = opened(board, FIXED)
    expect(end(one, "central")).to_be_visible()
    expect(end(one, "low")).to_be_hidden()
    assert one.locator("[data-known]").count() == 0
    write(one, "central", "7.5")
    assert board.value(f"assumptions.{FIXED}") == 7.5
    write(one, "central", "8")
    assert board.doc()["assumptions"] == {}


def test_the_scenarios_own_come_first_and_reset_goes_back_to_them(board: Board) -> None:
    dialog(board, "scenarios").locator(f'[data-preset="{OTHER}"] button').click()
    board.settled()
    own = load_shipped(OTHER).ranges()
    panel = dialog(board, "world")
    first = panel.locator("section").first.locator("[data-assumption-row]")
    assert set(first.evaluate_all("all => all.map(one => one.dataset.assumptionRow)")) == set(own)
    assert set(first.locator(".mark").all_inner_texts()) == {"The scenario's own"}
    reset = panel.locator("[data-reset-assumptions]")
    expect(reset).to_be_hidden()
    name = next(iter(own))
    opened(board, name).locator("[data-register]").click()
    assert name not in board.doc()["assumptions"]
    expect(row(board, name).locator(".mark")).to_have_text("Changed")
    reset.click()
    assert board.settled().doc() == shipped_document(OTHER)
    expect(reset).to_be_hidden()


def test_single_letters_do_nothing_where_somebody_types(board: Board) -> None:
    one = opened(board, RANGE)
    search = board.page.locator("dialog.world .register-search")
    view = board.state()["view"]
    for place in (search, end(one, "central")):
        place.focus()
        for key in "uylkwospt?":
            board.page.keyboard.press(key)
        assert place.input_value().endswith("uylkwospt?")
        place.fill("")
    assert board.state()["view"] == view
    expect(board.page.locator("dialog[open]")).to_have_count(1)
    board.page.keyboard.press("Escape")


def test_what_the_change_comes_from_is_split(board: Board) -> None:
    one = opened(board, "effect_transfer")
    split = board.page.locator(".world-split")
    expect(split).to_be_hidden()
    write(one, "central", "1")
    board.settled()
    expect(split).to_be_visible()
    change = board.answer()["world"]
    assert [one.inner_text() for one in split.locator("dd").all()] == [
        change["total"],
        change["world"],
        change["decisions"],
    ]
    board.undo()
    expect(split).to_be_hidden()


def test_a_row_tells_where_its_numbers_come_from(board: Board) -> None:
    text = opened(board, RANGE).inner_text()
    known = BY_ID[RANGE]
    for said in (known.meaning, known.citation, known.reported_figure, known.note):
        assert said in text
    assert f"{known.grade}: {GRADES[known.grade]}" in text
    link = row(board, RANGE).get_by_role("link")
    assert link.get_attribute("href") == known.checked_at
    assert link.get_attribute("rel") == "noopener noreferrer"


# --- from a number to what it rests on ----------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_from_a_figure_to_an_assumption_behind_it(visit: Visit, size: Size, language: str) -> None:
    board = visit(size).open(lang=language)
    figure = board.page.locator('[data-figure="net_present_value"]')
    figure.locator("button").click()
    box = board.page.locator(".help-box")
    behind = figure_help("net_present_value", ENGLISH).assumptions
    links = box.locator("[data-behind]")
    assert set(links.evaluate_all("all => all.map(one => one.dataset.behind)")) == set(behind)
    for one in behind:
        said = box.locator(f'[data-behind="{one}"]').inner_text().split()
        label = LANGUAGES[language].gettext(BY_ID[one].label)
        assert said[1:] == [BY_ID[one].grade, *label.split()]
    assert not overlap(box, figure), "it does not lie on what it explains"
    box.locator(f'[data-behind="{behind[-1]}"]').click()
    expect(box).to_have_count(0)
    panel = board.page.locator("dialog.world")
    head = row(board, behind[-1]).locator(".assumption-head")
    expect(head).to_have_attribute("aria-expanded", "true")
    expect(head).to_be_focused()
    expect(head).to_be_in_viewport(ratio=1)
    assert not overlap(head, panel.locator(".world-tools"))
    expect(panel.locator(".world-header")).to_be_in_viewport(ratio=1)
    board.page.keyboard.press("Escape")
    expect(figure.locator("button")).to_be_focused()


def test_the_panel_that_is_open_goes_to_another_assumption(board: Board) -> None:
    panel = dialog(board, "world")
    panel.locator(".register-search").fill("no such thing")
    board.page.locator('[data-figure="payback_month"] button').click()
    link = board.page.locator(".help-box [data-behind]").first
    name = link.get_attribute("data-behind") or ""
    link.click()
    expect(row(board, name).locator(".assumption-detail")).to_be_in_viewport()
    expect(row(board, name).locator(".assumption-head")).to_be_focused()
    expect(panel).to_have_count(1)


def test_no_help_lies_on_the_lever_that_it_explains(board: Board) -> None:
    for path in board.levers():
        lever = board.page.locator(".lever", has=board.lever(path))
        lever.locator(".lever-label").click()
        box = board.page.locator(".help-box")
        expect(box).to_be_in_viewport(ratio=1)
        assert not overlap(box, lever), path
        board.page.keyboard.press("Escape")
        expect(box).to_have_count(0)


def overlap(one: Locator, other: Locator) -> bool:
    """Whether two boxes on the screen lie on each other."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a
    assert b
    return (
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    )


def test_the_table_of_instruments_says_what_its_amounts_are(board: Board) -> None:
    board.page.locator('[data-analysis="leave_one_out"]').click()
    table = board.page.locator('[data-dialog="leave_one_out"]')
    expect(table.locator("[data-row]").first).to_be_visible()
    expect(table.locator(".lead")).to_contain_text("for the whole period, in today's money")


# --- the page of the register --------------------------------------------------------------------


def listed(board: Board) -> list[str]:
    found: list[str] = board.page.locator("tbody [data-assumption-row]").evaluate_all(
        "all => all.map(one => one.dataset.assumptionRow)"
    )
    return found


@pytest.fixture
def register(visit: Visit) -> Board:
    return visit().open("assumptions")


def test_the_whole_register_is_a_table(register: Board) -> None:
    assert listed(register) == [one.id for one in REGISTER]
    expect(register.page.get_by_role("columnheader")).to_have_count(7)
    cells = row(register, "overload_minutes").get_by_role("cell").all_inner_texts()
    assert cells[:4] == ["40", "90", "180", "minutes per working day"]
    assert "anecdote or assumption" in cells[4]
    assert "Collaborative Overload" in cells[5]
    weak = sum(one.grade == "E" for one in REGISTER)
    introduction = register.page.locator(".lead-in").inner_text()
    assert f"{len(REGISTER)} assumptions" in introduction
    assert f"{weak} of them have grade E" in introduction


def test_the_register_is_filtered_and_searched(register: Board) -> None:
    for grade in ("A", "B"):
        register.page.locator(f'[data-filter-grade="{grade}"]').click()
    assert listed(register) == [one.id for one in REGISTER if one.grade in "AB"]
    register.page.locator(".register-group").select_option("money")
    both = [one.id for one in REGISTER if one.grade in "AB" and one.group == "money"]
    assert listed(register) == both
    status = register.page.locator(".register-status [role=status]")
    expect(status).to_have_text(f"{len(both)} of {len(REGISTER)} assumptions")
    for grade in ("A", "B"):
        register.page.locator(f'[data-filter-grade="{grade}"]').click()
    register.page.locator(".register-group").select_option("")
    register.page.locator(".register-search").fill("EUROSTAT")
    assert set(listed(register)) == {one.id for one in REGISTER if "eurostat" in searched(one.id)}
    register.page.locator(".register-search").fill("no such thing")
    expect(register.page.locator(".register-nothing")).to_be_visible()


KEYS: Mapping[str, Callable[[Parameter], float | str]] = {
    "central": lambda one: one.central,
    "low": lambda one: one.low,
    "grade": lambda one: one.grade,
}


def test_the_register_is_sorted(register: Board) -> None:
    for column, key in KEYS.items():
        button = register.page.locator(f'[data-sort="{column}"]')
        heading = register.page.get_by_role("columnheader").filter(has=button)
        button.click()
        assert listed(register) == [one.id for one in sorted(REGISTER, key=key)]
        assert heading.get_attribute("aria-sort") == "ascending"
        button.click()
        found = [key(BY_ID[one]) for one in listed(register)]
        assert found == sorted(map(key, REGISTER), reverse=True)
        assert heading.get_attribute("aria-sort") == "descending"
        button.click()
        assert listed(register) == [one.id for one in REGISTER]
        assert heading.get_attribute("aria-sort") is None


def test_the_scenarios_own_come_first_on_the_page_too(board: Board) -> None:
    dialog(board, "scenarios").locator(f'[data-preset="{OTHER}"] button').click()
    board.settled().open("assumptions")
    own = load_shipped(OTHER).ranges()
    assert set(listed(board)[: len(own)]) == set(own)
    expect(board.page.locator(".register-own")).to_contain_text(f"changes {len(own)} of them")
    name, span = next(iter(own.items()))
    cells = row(board, name).get_by_role("cell").all_inner_texts()
    assert [float(cell) for cell in cells[:3]] == [span.low, span.central, span.high]


def test_an_assumption_is_changed_on_the_page(register: Board) -> None:
    row(register, RANGE).locator("th button").click()
    details = register.page.locator(".assumption-detail")
    assert BY_ID[RANGE].note in details.inner_text()
    write(details, "central", "0.7")
    assert row(register, RANGE).get_by_role("cell").all_inner_texts()[:3] == ["0.3", "0.7", "0.9"]
    register.open()
    assert register.value(f"assumptions.{RANGE}") == {"low": 0.3, "central": 0.7, "high": 0.9}


def test_an_assumption_that_the_organisation_knows_is_not_to_be_changed(visit: Visit) -> None:
    knows = load_shipped(DEFAULT).changed(**{GIVEN_UP: 0.11})
    board = visit().keep(bootstrap.document(knows)).open("assumptions")
    known = row(board, "given_up_share")
    expect(known).to_contain_text("Known: entered for the organisation")
    assert known.get_by_role("cell").all_inner_texts()[:3] == ["", "", ""]
    expect(board.page.locator(".register-own")).to_contain_text("1 of them is known")
    assert listed(board) == [one.id for one in REGISTER], "it is where it was"
    known.locator("th button").click()
    details = board.page.locator(".assumption-detail")
    expect(details).to_contain_text("Given up by phone and mail: 11%")
    expect(details.locator(".assumption-editor")).to_be_hidden()
    details.locator("[data-organisation-field]").click()
    editor = board.page.locator("#board dialog[open]")
    expect(field(editor, GIVEN_UP)).to_be_focused()
    retype(editor, GIVEN_UP, "")
    editor.locator("[data-action=apply]").click()
    expect(known).not_to_contain_text("Known")
    expect(details.locator(".assumption-editor")).to_be_visible()
    assert known.get_by_role("cell").all_inner_texts()[:3] == ["3%", "8%", "15%"]


def test_the_register_can_be_downloaded(register: Board) -> None:
    _, content = register.download(register.page.get_by_role("link", name="CSV"))
    assert content == resources.files("simulator.model").joinpath("register.csv").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_fits_a_phone(visit: Visit, language: str) -> None:
    board = visit("phone").open("assumptions", lang=language)
    row(board, RANGE).locator("th button").click()
    across = board.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert across <= 0
    widest = board.root.evaluate(
        "root => Math.max(...[...root.querySelectorAll('.register-page *:not(.unseen)')]"
        ".map(one => one.getBoundingClientRect().right))"
    )
    assert widest <= 391


# --- numbers in fields ---------------------------------------------------------------------------


_ANYWHERE = {"12 %": 12.0, "\N{MINUS SIGN}3": -3.0, "1e5": math.nan, "": math.nan, "x": math.nan}
READ: Mapping[str, Mapping[str, float]] = {
    "en": {"1,250.5": 1250.5, "0.5": 0.5, "1.2.3": math.nan, **_ANYWHERE},
    "nl": {"1.250,5": 1250.5, "0,5": 0.5, "1,2,3": math.nan, **_ANYWHERE},
    "da": {"1.250,5": 1250.5, "0,5": 0.5, "1,2,3": math.nan, **_ANYWHERE},
}
"""Numbers as somebody writes them in a language."""


SHORTENED: Mapping[str, Mapping[str, float]] = {
    "en": {"1.5M": 1.5e6, "20k": 2e4, "2 bn": 2e9, "1.5 mio": math.nan},
    "nl": {"1,5 mln": 1.5e6, "1,5 mln.": 1.5e6, "20K": 2e4, "2 mld": 2e9, "2 t": math.nan},
    "da": {"1,5 mio.": 1.5e6, "20 t": 2e4, "2 mia.": 2e9, "2 mln": math.nan},
}
"""Amounts as somebody shortens them in a language."""


@pytest.mark.parametrize("language", SHORTENED)
def test_amounts_may_be_shortened(visit: Visit, language: str) -> None:
    board = visit().open(lang=language)
    editor = dialog(board, "organisation")
    training = board.page.locator('[data-field="organisation.budgets.training"]')
    error = editor.locator(".organisation-field", has=training).locator(".field-error")
    wrong = []
    for text, value in SHORTENED[language].items():
        one = retype(editor, "organisation.budgets.training", text)
        if math.isnan(value):
            wrong.append(text)
            example = {"en": "1.5M", "nl": "1,5\u00a0mln.", "da": "1,5\u00a0mio."}[language]
            expect(error).to_contain_text(example)
        else:
            expect(error).to_be_empty()
            assert one.input_value() == LANGUAGES[language].number(value)
    assert wrong
    share = retype(editor, "organisation.gross_margin", "1k")
    assert share.get_attribute("aria-invalid") == "true", "only amounts and heads"
    retype(editor, "organisation.gross_margin", "40")
    retype(editor, "organisation.budgets.training", next(iter(SHORTENED[language])))
    applied(board, editor)
    assert board.value("organisation.budgets.training") == 1.5e6


@pytest.mark.parametrize("language", READ)
def test_what_a_field_shows_is_read_as_the_same_number(visit: Visit, language: str) -> None:
    board = visit().open("assumptions", lang=language)
    wrong = board.page.evaluate(
        """async (url) => {
          const { read, written } = await import(url);
          const wrong = [];
          for (let turn = 0; turn < 5000; turn += 1) {
            const figures = 1 + (turn % 9);
            const size = 10 ** (Math.random() * 16 - 6);
            const value = Number((Math.random() * size).toPrecision(figures));
            for (const percent of [false, true]) {
              const back = read(written(value, percent), percent);
              if (Math.abs(back - value) > 1e-11 * Math.abs(value) + 1e-14) {
                wrong.push([value, percent, back]);
              }
            }
          }
          return wrong.slice(0, 5);
        }""",
        board.module("numbers.js"),
    )
    assert wrong == []
    found = board.page.evaluate(
        "async ([url, texts]) => { const { read } = await import(url);"
        " return texts.map((text) => read(text)); }",
        [board.module("numbers.js"), list(READ[language])],
    )
    assert found == pytest.approx(list(READ[language].values()), nan_ok=True)
