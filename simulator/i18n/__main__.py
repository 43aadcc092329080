"""``python -m simulator.i18n``: bring the catalogues up to date with the sources.

For a new language: add its row to ``LANGUAGES`` in ``simulator/i18n/language.py``. This makes its
catalogue, to be filled with translations.
"""

from simulator.i18n import extract
from simulator.i18n.language import ENGLISH, LANGUAGES


def main() -> None:
    """Rewrite ``messages.pot`` and every ``.po``; print how many messages lack a translation."""
    messages = extract.template()
    extract.TEMPLATE.write_text(extract.written(messages), encoding="utf-8")
    for language in LANGUAGES.values():
        if language is ENGLISH:
            continue
        file = language.catalogue_file
        file.touch()
        catalogue = extract.refreshed(extract.read(file), messages)
        file.write_text(extract.written(catalogue), encoding="utf-8")
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{file.name}: {len(catalogue)} messages, {missing} without translation")


if __name__ == "__main__":
    main()
