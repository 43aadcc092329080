"""The organisation's numbers in the browser: shown, checked, applied and named."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from simulator import scenario
from simulator.i18n.language import ENGLISH
from tests.browser.conftest import Visit
from tests.browser.helpers import Board
from tests.browser.replies import held_replies
from tests.support.figures import expected
from tests.support.panels import (
    DEFAULT,
    GIVEN_UP,
    HOSTILE,
    SOCIAL_COST,
    applied,
    choose,
    dialog,
    field,
    retype,
    save_file,
    shipped_document,
)
from ui.text.levers import fields


def test_every_field_is_there_and_shows_the_value(board: Board) -> None:
    editor = dialog(board, "organisation")
    base = board.doc()
    for group in fields(ENGLISH):
        for entry in group["fields"]:
            value = base
            for part in entry["path"].split("."):
                value = value[part]
            shown = field(editor, entry["path"]).input_value()
            if value is None:
                assert entry["optional"] and shown == ""
                assert field(editor, entry["path"]).get_attribute("placeholder") == "we don't know"
            elif entry["kind"] in ("text", "currency"):
                assert shown == value
            elif entry["kind"] == "noun":
                labels = {choice["id"]: choice["label"] for choice in entry["choices"]}
                assert shown == labels[value]
            else:
                times = 100 if entry["kind"] == "share" else 1
                assert float(shown.replace(",", "")) == pytest.approx(value * times)
            assert editor.get_by_label(entry["label"], exact=True).count() >= 1


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
    for key in ("base", "doc"):
        assert after[key]["organisation"]["customers"] == 250_000
        assert after[key]["organisation"]["annual_churn"] == 0.125
        assert after[key]["organisation"]["name"] == HOSTILE
        assert after[key]["horizon_months"] == 66
        assert after[key]["plan"] == before[key]["plan"]
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
    for document in (state["base"], state["doc"]):
        assert document["name"] == "Waterworks of Delft"
        assert [document[text] for text in ("story", "notes", "description", "author")] == [""] * 4
        assert document["date"] is None
    expect(board.page.locator(".scenario-name")).to_have_text("Waterworks of Delft")
    board.type("plan.training.share_moved", "37")
    gallery = dialog(board, "scenarios")
    assert gallery.locator("[aria-current=true]").count() == 0
    _, content = save_file(board, gallery.locator("[data-save-file]"))
    saved = scenario.parse(content)
    assert saved.name == "Waterworks of Delft"
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
    for path, text, problem in WRONG:
        good = field(editor, path).input_value()
        box = retype(editor, path, text)
        error = editor.locator(
            ".organisation-field", has=board.page.locator(f"#{box.get_attribute('id')}")
        ).locator(".field-error")
        expect(error).to_contain_text(problem)
        assert box.get_attribute("aria-invalid") == "true"
        assert error.get_attribute("id") in (box.get_attribute("aria-describedby") or "").split()
        expect(count).to_have_text("1 field is wrong")
        field(editor, "organisation.annual_churn").focus()
        apply.click()
        expect(box).to_be_focused()
        retype(editor, path, good)
        expect(error).to_be_empty()
        expect(count).to_be_empty()
        assert box.get_attribute("aria-invalid") is None
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
    box = field(editor, "organisation.customers")
    box.fill("many")
    expect(editor.locator(".organisation-count")).to_be_empty()
    box.press("Enter")
    expect(editor.locator(".organisation-count")).to_have_text("1 field is wrong")
    assert box.get_attribute("aria-invalid") == "true"


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
        expect(editor.locator("footer .field-error")).to_contain_text(
            "offline. Nothing can be checked."
        )
        with held_replies(board.page, "board/check") as replies:
            editor.locator("[data-action=apply]").click()
            replies.release()
        assert board.state() == before
    applied(board, editor)
    assert board.value("organisation.customers") == 5000


PASTE = """(input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const kind = { clipboardData, bubbles: true, cancelable: true };
  input.dispatchEvent(new ClipboardEvent("paste", kind));
}"""


def test_a_table_that_is_pasted_goes_where_its_labels_say(visit: Visit) -> None:
    board = visit().open(lang="nl")
    editor = dialog(board, "organisation")
    research, training = (
        field(editor, f"organisation.budgets.{name}") for name in ("market_research", "training")
    )
    research.evaluate(PASTE, "Opleiding\t110.000\nMarket research\t60\nTotaal\t2.070.000")
    expect(training).to_have_value("110.000")
    expect(research).to_have_value("60")
    expect(editor.locator("footer .note")).to_contain_text("“Totaal”")
    expect(editor.locator(".field-caution", has_text="is dat zo bedoeld?")).to_be_visible()
    research.evaluate(PASTE, "Huur\t1\nRente\t2")
    expect(editor.locator("footer .note")).to_contain_text("“Huur”, “Rente”")
    expect(research).to_have_value("60")


def test_years_beside_each_other_and_lines_of_a_mail_are_read(visit: Visit) -> None:
    editor = dialog(visit().open(lang="nl"), "organisation")
    box, told = field(editor, "organisation.employees"), editor.locator("footer [role=status]")
    years = "Kosten\t2025\t2024\nMarktonderzoek\t90.000\t80.000\nOpleiding\t140.000\t130.000"
    box.evaluate(PASTE, years)
    expect(field(editor, "organisation.budgets.market_research")).to_have_value("90.000")
    expect(field(editor, "organisation.budgets.training")).to_have_value("140.000")
    expect(told.first).to_contain_text("Kolom “2025” is overgenomen, “2024” niet.")
    mail = "Marktonderzoek: € 95.000,-\nAantal leden = 12.000\nAantal medewerkers: 85 medewerkers"
    box.evaluate(PASTE, mail)
    expect(field(editor, "organisation.budgets.market_research")).to_have_value("95.000")
    expect(field(editor, "organisation.customers")).to_have_value("12.000")
    expect(box).to_have_value("85")
    for text in ("86 FTE", "86 medarbejdere"):
        retype(editor, "organisation.employees", text)
        expect(box).to_have_value("86")
    retype(editor, "organisation.customers", "900 leden")
    expect(field(editor, "organisation.customers")).to_have_value("900")


def test_a_note_on_a_value_does_not_stay_beside_one_that_is_none(board: Board) -> None:
    editor = dialog(board, "organisation")
    notes = editor.locator(".field-caution:not(:empty)")
    expect(notes).to_have_count(0)
    retype(editor, "organisation.budgets.customer_service", "3,000")
    expect(notes.first).to_be_visible()
    field(editor, "organisation.budgets.customer_service").fill("3,000 and more")
    expect(notes).to_have_count(0)
    retype(editor, "organisation.budgets.customer_service", "3,000")
    expect(notes.first).to_be_visible()


def test_what_was_typed_is_not_lost_by_closing(board: Board) -> None:
    editor = dialog(board, "organisation")
    retype(editor, "organisation.customers", "250,000")
    asked = editor.locator(".dialog-typed")
    board.page.keyboard.press("Escape")
    expect(asked).to_contain_text("1 field is not applied yet")
    board.page.keyboard.press("Escape")
    editor.locator("> header button").click()
    board.page.mouse.click(5, 5)
    expect(asked).to_have_count(1)
    retype(editor, "organisation.customers", "260,000")
    expect(asked).to_have_count(0)
    board.page.keyboard.press("Escape")
    asked.locator('[data-action="keep-typed"]').click()
    expect(editor).to_have_count(0)
    assert board.state()["doc"]["organisation"]["customers"] == 260_000
    editor = dialog(board, "organisation")
    retype(editor, "organisation.customers", "many")
    board.page.keyboard.press("Escape")
    asked.locator('[data-action="discard-typed"]').click()
    expect(editor).to_have_count(0)
    editor = dialog(board, "organisation")
    board.page.keyboard.press("Escape")
    expect(editor).to_have_count(0)


def test_a_name_is_whole_where_the_bar_has_room_for_it(visit: Visit) -> None:
    board = visit("laptop").open(lang="nl")
    board.page.set_viewport_size({"width": 1440, "height": 900})
    for name in ("De Linde", "De Linde: eerste opzet"):
        editor = dialog(board, "organisation")
        retype(editor, "organisation.name", name)
        applied(board, editor)
        shown = board.page.locator(".scenario-name")
        expect(shown).to_have_text(name)
        board.page.wait_for_function(
            """() => {
              const name = document.querySelector(".scenario-name");
              const text = new Range();
              text.selectNodeContents(name);
              return text.getBoundingClientRect().width <= name.getBoundingClientRect().width;
            }"""
        )
