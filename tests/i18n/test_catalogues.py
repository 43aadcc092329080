"""Every message is translated, and every text that the server says is a message."""

from __future__ import annotations

import itertools
import json
import string
from collections.abc import Iterable, Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

import simulator.i18n.language
from simulator import charts
from simulator.analyses import ANALYSES
from simulator.i18n import extract
from simulator.i18n.language import (
    ENGLISH,
    LANGUAGES,
    N_,
    Language,
    catalogue_for_browser,
)
from simulator.model.register import REGISTER
from tests.support import app_messages
from ui import cache
from ui.routes import analyses, bootstrap, simulate

DUTCH, DANISH = LANGUAGES["nl"], LANGUAGES["da"]
TRANSLATED = [file.stem for file in extract.catalogue_files() if file.stem in LANGUAGES]


@pytest.fixture(scope="module")
def template() -> Catalog:
    return app_messages.template()


def messages(catalogue: Catalog) -> list[Message]:
    return [one for one in catalogue if one.id]


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, forms(message.id)


def zip_forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each form of a translation, and the form of the message that it is one of: a language may
    have one form for all numbers, or several for all but one."""
    meant, translated = forms(message.id), forms(message.string)
    yield from zip(
        (*meant[: len(translated) - 1], *meant[-1:] * len(translated)), translated, strict=False
    )


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wrong_placeholders(message: Message) -> bool:
    """Whether a translation, form by form, has other placeholders than its message.

    The form for one may do without the number: "one draw".
    """
    plural = len(forms(message.id)) > 1
    return any(
        placeholders(said) - spare != placeholders(meant) - spare
        for place, (meant, said) in enumerate(zip_forms(message))
        for spare in [{"number"} if plural and place == 0 else set()]
    )


def test_catalogues_are_those_of_the_sources(template: Catalog) -> None:
    """New texts and texts that are gone, in the template and in every language."""
    wanted = {extract.TEMPLATE: extract.written(template)}
    for file in extract.catalogue_files():
        catalogue = extract.read(file)
        assert not catalogue.obsolete
        wanted[file] = extract.written(extract.refreshed(catalogue, template))
    stale = [file.name for file, text in wanted.items() if file.read_text(encoding="utf-8") != text]
    known = {key(one) for one in messages(extract.read(extract.TEMPLATE))}
    sources = {key(one) for one in messages(template)}
    assert stale == [], (
        f"run: python3 dev.py refresh (new: {sources - known}, gone: {known - sources})"
    )


def test_every_language_but_english_has_a_catalogue() -> None:
    wanted = sorted(code for code in LANGUAGES if code != ENGLISH.code)
    files = [file.stem for file in extract.catalogue_files()]
    assert files == wanted, "run: python3 dev.py refresh"


@pytest.mark.parametrize("code", TRANSLATED)
class TestCatalogue:
    @pytest.fixture
    def file(self, code: str) -> Path:
        return extract.FOLDER / f"{code}.po"

    @pytest.fixture
    def catalogue(self, file: Path) -> Catalog:
        return extract.read(file)

    def test_translates_every_message(self, catalogue: Catalog, code: str) -> None:
        empty = [one.id for one in messages(catalogue) if not all(forms(one.string))]
        assert empty == [], f"translate them in simulator/i18n/{code}.po"

    def test_has_no_guesses(self, catalogue: Catalog) -> None:
        assert [one.id for one in messages(catalogue) if one.fuzzy] == []

    def test_keeps_placeholders(self, catalogue: Catalog) -> None:
        done = [one for one in messages(catalogue) if all(forms(one.string))]
        assert [one.id for one in done if wrong_placeholders(one)] == []

    def test_keeps_lines_and_edges(self, catalogue: Catalog) -> None:
        def shape(text: str) -> tuple[int, str, str]:
            before, after = text.split(text.strip(), 1)
            return text.count("\n"), before, after

        assert [
            one.id
            for one in messages(catalogue)
            if all(forms(one.string))
            for meant, said in zip_forms(one)
            if shape(meant) != shape(said)
        ] == []

    def test_gives_the_browser_what_its_code_says(
        self, code: str, catalogue: Catalog, template: Catalog
    ) -> None:
        message_ids = {
            (f"{one.context}\x04" if one.context else "") + forms(one.id)[0]
            for one in messages(template)
            if any(file.endswith(".js") for file, _ in one.locations)
        }
        untranslated = {
            (f"{one.context}\x04" if one.context else "") + forms(one.id)[0]
            for one in messages(catalogue)
            if not all(forms(one.string))
        }
        assert set(catalogue_for_browser(LANGUAGES[code])) == message_ids - untranslated


@pytest.mark.parametrize(
    ("message", "translation", "wrong"),
    [
        ("{low} to {high}", "{low} tot {high}", False),
        ("{low} to {high}", "{high} vanaf {low}", False),
        ("{low} to {high}", "{low} tot {hoog}", True),
        ("{low} to {high}", "{low}", True),
        ("plain", "{low}", True),
        (("{number} draw", "{number} draws"), ("een trekking", "{number} trekkingen"), False),
        (("{number} draw", "{number} draws"), ("een trekking", "trekkingen"), True),
    ],
)
def test_a_wrong_placeholder_is_noticed(
    message: str | tuple[str, str], translation: str | tuple[str, str], wrong: bool
) -> None:
    assert wrong_placeholders(Message(message, translation)) == wrong


def test_messages_are_found_wherever_they_stand_in_python() -> None:
    source = """
text = f"{language.gettext('In an f-string {x}', x=of('not this'))}: {more}"
label = language.gettext(LABELS["savings" if saved else name])
text = language.gettext("One " "message")
text = language.pgettext("a line", "plan") + language.ngettext("{number} draw", "{number} draws", n)
LABEL = N_("Later")
said = counted("{number} way", "{number} ways", n)
"""
    assert list(extract.in_python(source)) == [
        ("In an f-string {x}", None),
        ("One message", None),
        ("plan", "a line"),
        (("{number} draw", "{number} draws"), None),
        ("Later", None),
        (("{number} way", "{number} ways"), None),
    ]


def test_refreshing_keeps_translations_and_comments_and_drops_what_is_gone() -> None:
    old = extract.read(extract.FOLDER / "nl.po")
    first = messages(old)[0]
    first.string = "vertaald"
    old.add("nowhere any more", "weg")
    new = Catalog()
    new.add(first.id, locations=first.locations)
    new.add("quite new", locations=[("ui/new.py", 0)])
    text = extract.written(extract.refreshed(old, new))
    assert text.startswith("# Dutch")
    assert "vertaald" in text and "quite new" in text
    assert "weg" not in text and "fuzzy" not in text


def test_a_text_is_translated_and_filled() -> None:
    assert DUTCH.gettext(N_("Customers")) == "Klanten"
    assert DANISH.gettext("Customers") == "Kunder"
    assert ENGLISH.gettext("Customers") == "Customers"
    assert ENGLISH.gettext("{low} to {high}", low="1", high="2") == "1 to 2"


def test_what_has_no_translation_is_shown_in_english() -> None:
    assert DUTCH.gettext("Never heard of {it}", it="this") == "Never heard of this"
    assert DANISH.pgettext("somewhere", "Never heard of it") == "Never heard of it"
    german = Language("de", Locale.parse("de_DE"))
    assert german.gettext("Customers") == "Customers"
    assert german.ngettext("{number} draw", "{number} draws", 2000) == "2.000 draws"


def test_texts_from_data_are_never_filled_nor_taken_for_the_header() -> None:
    for language in LANGUAGES.values():
        assert language.gettext("") == ""
        assert language.gettext("{amount} {") == "{amount} {"


def test_a_forgotten_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="high"):
        ENGLISH.gettext("{low} to {high}", low="1")


def test_an_abbreviated_amount_at_the_end_of_a_sentence_ends_it() -> None:
    saved = DUTCH.money(1.2e6, "EUR")
    assert ENGLISH.gettext("It saves {x}.", x=saved) == f"It saves {saved}"
    assert ENGLISH.gettext("It saves {x}. More {y}.", x=saved, y="...").endswith("mln. More ....")


@pytest.mark.parametrize(("number", "text"), [(0, "0 draws"), (1, "1 draw"), (1200, "1,200 draws")])
def test_plural(number: int, text: str) -> None:
    assert ENGLISH.ngettext("{number} draw", "{number} draws", number) == text


class Noting(NullTranslations):
    """Translates nothing and notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.lookups: set[tuple[str | None, tuple[str, ...]]] = set()

    def gettext(self, message: str) -> str:
        self.lookups.add((None, (message,)))
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.lookups.add((None, (msgid1, msgid2)))
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        self.lookups.add((context, (message,)))
        return message


MOST_DRAWS, FEW_DRAWS = 256, 32
SAYS_MORE_IN_MORE_DRAWS = {"break_even", "signposts"}
"""Analyses that say something in 256 draws that they say in no fewer."""
SAYS_MORE_OF = {"response": "laboratory-supplier"}
"""Analyses that say all they can of another scenario than of the first."""


def test_all_that_the_server_says_is_in_the_template(
    template: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what was marked nowhere, and what no search in the code can find."""
    noting = Noting()
    unheard = Language("xx", Locale.parse("nl_NL"))  # In no cache.
    monkeypatch.setattr(simulator.i18n.language, "_translations", lambda file: noting)
    monkeypatch.setattr(simulate, "LANGUAGES", {"nl": unheard})
    # More draws take longer and say the same, but for a few words.
    monkeypatch.setattr(simulate, "DEFAULT_DRAWS", MOST_DRAWS)
    simulated = cache.results
    monkeypatch.setattr(
        cache, "results", lambda plan, outcomes, *_: simulated(plan, outcomes, MOST_DRAWS)
    )

    shipped = {one["id"]: one["doc"] for one in bootstrap.start.__wrapped__(unheard)["presets"]}
    presets = [*shipped.values()]
    shown = [*charts.CHARTS]
    pairs = [shown[place : place + 2] for place in range(0, len(shown), 2)]
    calm = {"overload_minutes": 180}
    for doc, drawn in itertools.zip_longest(presets, pairs, fillvalue=None):
        body = {
            "language": "nl",
            "scenario": doc or presets[0],
            "charts": drawn or pairs[0],
            "reference": calm,
            "pins": [{"name": "Another", "slot": 1, "scenario": presets[-1]}],
        }
        assert simulate.answer(json.dumps(body).encode()).status == 200
    changed = {"language": "nl", "scenario": presets[0], "base": presets[1]}
    assert simulate.file(json.dumps(changed).encode()).status == 200
    # These would ask for more draws before they say all that they can.
    monkeypatch.setattr("simulator.analyses.variance._TURNING", FEW_DRAWS)
    monkeypatch.setattr("simulator.analyses.break_even._WORK_OUT", FEW_DRAWS)
    for name in (one.id for one in ANALYSES.values() if one.page):
        about = shipped.get(SAYS_MORE_OF.get(name, ""), presets[0])
        request = {"language": "nl", "scenario": about, "analysis": name}
        draws = MOST_DRAWS if name in SAYS_MORE_IN_MORE_DRAWS else FEW_DRAWS
        monkeypatch.setattr(analyses, "DEFAULT_DRAWS", draws)
        assert analyses.analysis(json.dumps(request).encode()).status == 200

    known = {key(one) for one in messages(template)}
    assert len(noting.lookups) > len(REGISTER)
    assert noting.lookups - known == set()
