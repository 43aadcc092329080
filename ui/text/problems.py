"""Problems of a scenario, a link or something for the library, in the language of the page."""

from __future__ import annotations

from simulator.errors import Problem
from simulator.i18n.language import Language


def in_language(problem: Problem, language: Language) -> dict[str, str]:
    """``problem`` in ``language``: ``field`` as it is, ``found`` and ``allowed`` translated.

    What is exact in them stays as it is: numbers, quoted text, ids, keys and paths, the words of
    JSON, and what other programs say.
    """
    return {
        "field": problem.field,
        "found": problem.found.translated(language.gettext),
        "allowed": problem.allowed.translated(language.gettext),
    }
