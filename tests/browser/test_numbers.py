"""Numbers in fields: read as they are written in each language."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from simulator.i18n.language import LANGUAGES
from tests.browser.conftest import Visit
from tests.support.panels import applied, dialog, field, retype

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
        box = retype(editor, "organisation.budgets.training", text)
        if math.isnan(value):
            wrong.append(text)
            example = {"en": "1.5M", "nl": "1,5\u00a0mln.", "da": "1,5\u00a0mio."}[language]
            expect(error).to_contain_text(example)
        else:
            expect(error).to_be_empty()
            assert box.input_value() == LANGUAGES[language].number(value)
    assert wrong
    share = retype(editor, "organisation.gross_margin", "1k")
    assert share.get_attribute("aria-invalid") == "true", "only amounts and heads"
    retype(editor, "organisation.gross_margin", "40")
    retype(editor, "organisation.budgets.training", next(iter(SHORTENED[language])))
    applied(board, editor)
    assert board.value("organisation.budgets.training") == 1.5e6


AMBIGUOUS: Mapping[str, tuple[str, list[str], str]] = {
    "en": ("900.000", ["900,000", "900"], "€ 1.250.000,-"),
    "nl": ("900,000", ["900.000", "900"], "EUR 1,250,000.00"),
    "da": ("€ 900,000", ["900.000", "900"], "1'250'000"),
}
"""An amount that may be two, both, and one that is written as elsewhere, by language."""


@pytest.mark.parametrize("language", AMBIGUOUS)
def test_an_amount_that_may_be_two_is_asked_about(visit: Visit, language: str) -> None:
    board = visit().open(lang=language)
    before = board.state()
    text, choices, elsewhere = AMBIGUOUS[language]
    path = "organisation.budgets.customer_service"
    editor = dialog(board, "organisation")
    box = retype(editor, path, text)
    about = editor.locator(".organisation-field", has=board.page.locator(f'[data-field="{path}"]'))
    buttons = about.locator(".field-error button")
    assert buttons.all_inner_texts() == choices
    assert box.get_attribute("aria-invalid") == "true"
    editor.locator("[data-action=apply]").click()
    expect(box).to_be_focused()
    assert board.state() == before, "nothing is taken over while it is open"
    buttons.first.click()
    expect(box).to_have_value(choices[0])
    expect(about.locator(".field-error")).to_be_empty()
    box = retype(editor, "organisation.budgets.training", elsewhere)
    training = board.page.locator('[data-field="organisation.budgets.training"]')
    note = editor.locator(".organisation-field", has=training).locator(
        ".organisation-below > .note"
    )
    shown = LANGUAGES[language].number(1.25e6)
    expect(box).to_have_value(shown)
    if language != "da":
        expect(note).to_contain_text(shown)
    applied(board, editor)
    assert board.value(path) == 9e5
    assert board.value("organisation.budgets.training") == 1.25e6


def test_a_pasted_column_fills_the_fields_from_there_on(visit: Visit) -> None:
    board = visit().open(lang="nl")
    editor = dialog(board, "organisation")
    paste = """(box, text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
    }"""
    first = field(editor, "organisation.customers")
    first.evaluate(paste, "Huurders\t60.000\nOmzet per klant\t€ 7.200,-\nVertrokken\t7%\n")
    expect(editor.locator("footer [role=status].note")).to_contain_text("3 ")
    texts = [
        field(editor, f"organisation.{name}").input_value()
        for name in ("customers", "revenue_per_customer", "annual_churn")
    ]
    assert texts == ["60.000", "7.200", "7"]
    last = field(editor, "horizon_months")
    last.evaluate(paste, "48\n900\n")
    expect(last).to_have_value("48")
    applied(board, editor)
    assert board.value("organisation.revenue_per_customer") == 7200
    assert board.value("horizon_months") == 48
    lever = board.typed("plan.training.share_moved")
    before = board.doc()
    lever.evaluate(paste, "30\n40\n")
    expect(board.page.locator(".lever-problem:visible")).to_be_visible()
    assert board.doc() == before
