"""A row and a catalogue make a language: its plurals, its short numbers, its place in the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog

from simulator.i18n import extract
from simulator.i18n.language import (
    LANGUAGES,
    Language,
    catalogue_for_browser,
    formats_for_browser,
)
from ui.routes import simulate


def language(folder: Path, code: str, forms: tuple[str, ...]) -> Language:
    """A language that translates one message, in as many forms as its locale has by gettext."""
    catalogue = Catalog(locale=code)
    catalogue.add(("{number} draw", "{number} draws"), forms, locations=[("ui/web/x.js", 0)])
    assert catalogue.num_plurals == len(forms)
    (folder / f"{code}.po").write_text(extract.written(catalogue), encoding="utf-8")
    return Language(code, Locale.parse(code), folder=folder)


@pytest.mark.parametrize(
    ("code", "forms", "categories", "counts"),
    [
        ("de", ("eine", "viele"), {"one": 0, "other": 1}, {0: 1, 1: 0, 2: 1}),
        ("fr", ("une", "des"), {"one": 0, "many": 1, "other": 1}, {0: 0, 1: 0, 2: 1, 10**6: 1}),
        (
            "pl",
            ("jedno", "kilka", "wiele"),
            {"one": 0, "few": 1, "many": 2, "other": 2},
            {0: 2, 1: 0, 3: 1, 5: 2, 12: 2, 22: 1},
        ),
        ("ja", ("ichi",), {"other": 0}, {0: 0, 1: 0, 7: 0}),
    ],
)
def test_plural_forms_are_the_catalogues_by_the_categories_that_browsers_know(
    tmp_path: Path,
    code: str,
    forms: tuple[str, ...],
    categories: dict[str, int],
    counts: dict[int, int],
) -> None:
    spoken = language(tmp_path, code, forms)
    assert spoken.plural_forms == formats_for_browser(spoken)["plural_forms"] == categories
    assert catalogue_for_browser(spoken) == {"{number} draw": list(forms)}
    for count, form in counts.items():
        assert spoken.ngettext("{number} draw", "{number} draws", count) == forms[form]
        assert categories[spoken.locale.plural_form(count)] == form


def test_a_rule_for_plurals_that_browsers_do_not_have_is_told(tmp_path: Path) -> None:
    spoken = language(tmp_path, "lv", ("viens", "daudz", "nulle"))
    with pytest.raises(ValueError, match=r"lv\.po: found Plural-Forms .* allowed: form"):
        _ = spoken.plural_forms


FRENCH = "mille millier million millions milliard milliards"


@pytest.mark.parametrize(
    ("spoken", "short", "shorthand"),
    [
        (LANGUAGES["en"], "361K", "k m b mn mln bn thousand million billion"),
        (LANGUAGES["nl"], "361.000", "k dzd ton m mln mld mrd mio duizend miljoen miljard"),
        (
            LANGUAGES["da"],
            "361.000",
            "k m t mio mia mld tusind million millioner milliard milliarder",
        ),
        # Where the locale has no short form, its row need not say so.
        (
            Language("de", Locale.parse("de_DE")),
            "361.000",
            "k m mio mrd tausend million millionen milliarde milliarden",
        ),
        (Language("fr", Locale.parse("fr_FR")), "361\xa0k", f"k m md {FRENCH}"),
        (
            Language("fr", Locale.parse("fr_FR"), spells_thousands=True),
            "361\u202f000",
            f"k m md {FRENCH}",
        ),
    ],
    ids=["en", "nl", "da", "de", "fr", "fr in full"],
)
def test_short_numbers_are_the_rows_and_the_locales(
    spoken: Language, short: str, shorthand: str
) -> None:
    assert spoken.short(361_234) == short
    factors = spoken.shorthand
    assert set(factors) == set(shorthand.split())
    assert {factors[letters] for letters in ("k", "m")} == {1e3, 1e6}
    assert all(factors.get(letters, 1e9) == 1e9 for letters in ("b", "bn", "mld", "mia", "md"))
    assert all(factors.get(letters, 1e6) == 1e6 for letters in ("mn", "mln", "mio", "million"))
    assert factors.get("miljoen", 1e6) == factors.get("milliard", 1e9) / 1e3 == 1e6


def test_the_server_does_not_start_with_a_language_that_it_cannot_answer_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stranger = Language("xx", Locale.parse("nl_NL"))
    monkeypatch.setattr(simulate, "LANGUAGES", {"xx": stranger})
    with pytest.raises(
        RuntimeError, match=rf"^xx: .*Input should be one of {', '.join(LANGUAGES)}"
    ):
        simulate.warm()
