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
COUNTS = [*range(32), 100, 101, 1000, 10**6]

WRITE = """async ([start, sizes, counts, draws]) => {
  const { setLanguage, fmt, ngettext } = await import("/messages.js");
  const { example, read } = await import("/numbers.js");
  setLanguage(start);
  return {
    numbers: sizes.map((size) => fmt.number(size, 2)),
    shares: sizes.map((size) => fmt.percent(size, 1)),
    money: sizes.map((size) => fmt.money(size, "EUR")),
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
    texts: dict[str, Any] = page.evaluate(WRITE, [start, SIZES, COUNTS, SCENARIOS])
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
    amounts = [(size, text) for size, text in zip(SIZES, texts["money"], strict=True)]
    whole = [(size, text) for size, text in amounts if abs(size) >= 1000 or size == 0]
    assert whole == [(size, language.money(size, "EUR")) for size, _ in whole]
