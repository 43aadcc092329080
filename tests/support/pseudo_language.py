"""A language made of English by rule, and the app in it.

``python -m tests.support.pseudo_language run app.py`` runs it, ``?lang=xa`` shows it.

Its letters have accents, its texts are a third longer, and each is marked at both ends: what is
not marked was never translated, what is cut loses its mark. Placeholders and plural forms are kept;
numbers are written as in French, thousands in full, which takes the most room.
"""

from __future__ import annotations

import math
import string
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import cast

from babel import Locale
from babel.messages.catalog import Catalog

from simulator.i18n import extract
from simulator.i18n.language import LANGUAGES, Language
from tests.support.app_messages import template

CODE, LOCALE = "xa", "fr_FR"
BEGIN, END = "«»"
"""In no text of the app."""
_ACCENTS = str.maketrans("aceinouyszACEINOUYSZ", "áçéíñóúýšžÁÇÉÍÑÓÚÝŠŽ")
_LONGER = "ëlm örs täu "
"""What texts are made longer with."""


def translated(text: str) -> str:
    """``text`` in the pseudo-language; what has no letters is the same."""
    parts = list(string.Formatter().parse(text))
    letters = sum(sign.isalpha() for words, *_ in parts for sign in words)
    if not letters:
        return text
    room = math.ceil(letters / 3)
    # One word stays one: that is what buttons and headings have to hold.
    more = "".join(islice(cycle(_LONGER if " " in text else _LONGER.replace(" ", "")), room))
    same = "".join(
        words.translate(_ACCENTS) + (f"{{{name}}}" if name is not None else "")
        for words, name, *_ in parts
    )
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    gap = " " if " " in text else ""
    return f"{head}{BEGIN}{same.strip()}{gap}{more.strip()}{END}{tail}"


def catalogue() -> str:
    """All messages in the pseudo-language, as the text of a catalogue file."""
    messages = Catalog(locale="fr")  # for the rule for plurals
    for message in template():
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else message.id
            text = [translated(form) for form in forms]
            messages.add(
                message.id,
                text[0] if isinstance(message.id, str) else text,
                locations=message.locations,
                context=message.context,
            )
    return extract.written(messages)


def add(folder: Path) -> Language:
    """Make it a language of the app, as a row and a catalogue in ``folder`` do."""
    (folder / f"{CODE}.po").write_text(catalogue(), encoding="utf-8")
    row = Language(CODE, Locale.parse(LOCALE), spells_thousands=True, folder=folder)
    cast("dict[str, Language]", LANGUAGES)[CODE] = row
    return row


def main() -> None:
    """Run Streamlit with the arguments given, in whose process the language is there."""
    from streamlit.web import cli  # loads the app's server, which counts the languages

    with tempfile.TemporaryDirectory() as folder:
        add(Path(folder))
        sys.exit(cli.main(prog_name="streamlit"))


if __name__ == "__main__":
    main()
