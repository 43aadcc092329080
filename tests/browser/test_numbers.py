"""Numbers in fields: read as they are written in each language."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from simulator.i18n.language import LANGUAGES
from tests.browser.conftest import Visit
from tests.support.panels import applied, dialog, retype

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


@pytest.mark.parametrize("language", READ)
def test_what_a_field_shows_is_read_as_the_same_number(visit: Visit, language: str) -> None:
    board = visit().open("assumptions", lang=language)
    wrong = board.page.evaluate(
        """async (url) => {
          const { read, written } = (await import(url)).modules["i18n/numbers.js"];
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
        board.program(),
    )
    assert wrong == []
    numbers = board.page.evaluate(
        "async ([url, texts]) => { const { read } = (await import(url)).modules['i18n/numbers.js'];"
        " return texts.map((text) => read(text)); }",
        [board.program(), list(READ[language])],
    )
    assert numbers == pytest.approx(list(READ[language].values()), nan_ok=True)
