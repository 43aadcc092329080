"""One word for one thing, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from simulator.analyses.decisions import LABELS
from simulator.i18n import extract
from simulator.i18n.language import LANGUAGES, Language
from simulator.model.quantities import INSTRUMENTS
from simulator.model.register import GRADES
from simulator.scenario.levers import NAMES
from tests.support.app_messages import template

languages = pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
MANY_WAYS = {
    "nl": r"\b(opslaan|opgeslagen|inschatting)\b|\bbewijskracht \{?[A-E]\b",
    "da": r"\bmidterste gennemregning\b|service på sociale medier\b.*budget",
}
"""What is said by another word already, by language."""


def translated(code: str) -> Iterator[Message]:
    (file,) = (one for one in extract.catalogue_files() if one.stem == code)
    return (message for message in extract.read(file) if message.id)


@languages
def test_money_for_an_instrument_goes_by_the_name_of_its_lever(language: Language) -> None:
    for instrument in INSTRUMENTS:
        lever, money = (language.gettext(words[instrument]).casefold() for words in (NAMES, LABELS))
        assert lever in money, (lever, money)


def test_a_file_is_downloaded_and_what_is_in_the_library_saved() -> None:
    for message in template():
        text = message.id if isinstance(message.id, str) else " ".join(message.id)
        if re.search(r"\bas a file\b|\bchart\b", text):
            assert not re.search(r"\bsaved?\b", text, re.IGNORECASE), text


def test_the_weakest_grade_is_judgement_wherever_it_is_named() -> None:
    assert "judgement" in GRADES["E"]


@pytest.mark.parametrize("code", MANY_WAYS)
def test_what_has_a_word_is_called_by_no_other(code: str) -> None:
    said = [str(message.string) for message in translated(code)]
    found = [text for text in said if re.search(MANY_WAYS[code], text, re.IGNORECASE)]
    assert not found, "\n".join(found)
