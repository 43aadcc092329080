"""Sentences of analyses in words, on the page and on the command line."""

from __future__ import annotations

import pytest

from simulator.analyses.base import counted
from simulator.cli import analyses as command
from simulator.i18n.language import LANGUAGES
from ui.text.analyses import stated


@pytest.mark.parametrize(
    ("code", "one", "two"),
    [
        ("en", "1 lever changes; 2 may.", "2 levers change; 2 may."),
        ("nl", "Er verandert 1 schuif; 2 mogen.", "Er veranderen 2 schuiven; 2 mogen."),
        ("da", "1 skyder ændres; 2 må.", "2 skydere ændres; 2 må."),
    ],
)
def test_a_sentence_about_one_is_no_plural(code: str, one: str, two: str) -> None:
    for number, text in ((1, one), (2, two)):
        said = counted(
            "{number} lever changes; {most} may.",
            "{number} levers change; {most} may.",
            number,
            most=("count", 2),
        )
        assert stated(said, "EUR", 64, LANGUAGES[code]) == text
        if code == "en":
            assert command.stated(said, "EUR") == text
