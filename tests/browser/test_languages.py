"""The browser writes numbers, moments and plurals by the same rules as the server."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from playwright.sync_api import Browser, Page, Route

import dev
from simulator.i18n import extract
from simulator.i18n.language import (
    LANGUAGES,
    Language,
    catalogue_for_browser,
    formats_for_browser,
)

ASSETS = dev.ROOT / "ui" / "web" / "i18n"
ADDRESS = "http://board.test/"
SCENARIOS = ("{number} scenario", "{number} scenarios")
SIZES = [
    float(f"{lead}e{power}")
    for lead, power in itertools.product((0, 1, 1.5, -2.346, 9.996), range(-3, 12))
]
SIZES += [
    sign * size
    for size in (7.0, 850.0, 54_150.0, 361_000.0, 999_400.0, 999_700.0)
    for sign in (1, -1)
]
CURRENCIES = ("EUR", "USD", "GBP", "DKK")
COUNTS = [*range(32), 100, 101, 1000, 10**6]

WRITE = """async ([start, sizes, counts, draws, currencies]) => {
  const { setLanguage, fmt, ngettext } = await import("/messages.js");
  const { example, read } = await import("/numbers.js");
  setLanguage(start);
  return {
    numbers: sizes.map((size) => fmt.number(size, 2)),
    shares: sizes.map((size) => fmt.percent(size, 1)),
    money: currencies.map((one) => sizes.map((size) => fmt.money(size, one))),
    plurals: counts.map((count) => ngettext(...draws, count)),
    example: read(example(), { scaled: true }).value,
  };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that has nothing but the modules."""

    def answer(route: Route) -> None:
        file = ASSETS / route.request.url.removeprefix(ADDRESS)
        if file.suffix == ".js":
            route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(ADDRESS)
    yield page
    context.close()


def written(page: Page, language: Language) -> dict[str, Any]:
    """What the browser writes in a language."""
    start = {
        "language": language.code,
        "formats": formats_for_browser(language),
        "catalogue": catalogue_for_browser(language),
    }
    texts: dict[str, Any] = page.evaluate(WRITE, [start, SIZES, COUNTS, SCENARIOS, CURRENCIES])
    return texts


def foreign(folder: Path, code: str, spells_thousands: bool = False) -> Language:
    """A language that the app does not have, by its row and a catalogue."""
    catalogue = Catalog(locale=code)
    forms = tuple(f"{{number}} form {form}" for form in range(catalogue.num_plurals))
    catalogue.add(SCENARIOS, forms, locations=[("ui/web/x.js", 0)])
    (folder / f"{code}.po").write_text(extract.written(catalogue), encoding="utf-8")
    return Language(code, Locale.parse(code), spells_thousands=spells_thousands, folder=folder)


@pytest.mark.parametrize("code", sorted({*LANGUAGES, "de", "fr", "fr in full", "pl"}))
def test_both_write_alike(page: Page, tmp_path: Path, code: str) -> None:
    language = LANGUAGES.get(code) or foreign(tmp_path, code[:2], code.endswith("in full"))
    texts = written(page, language)
    assert texts["numbers"] == [language.number(size, 2) for size in SIZES]
    assert texts["shares"] == [language.percent(size, 1) for size in SIZES]
    assert texts["plurals"] == [language.ngettext(*SCENARIOS, count) for count in COUNTS]
    assert texts["example"] == 1.5e6, "it reads what it gives as an example"
    # What has cents is an amount in full on the server, and at most three figures in the browser.
    whole = [place for place, size in enumerate(SIZES) if abs(size) >= 1000 or size.is_integer()]
    for currency, amounts in zip(CURRENCIES, texts["money"], strict=True):
        expected = [language.money(SIZES[place], currency) for place in whole]
        assert [amounts[place] for place in whole] == expected
