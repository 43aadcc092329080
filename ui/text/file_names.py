"""Names of changed scenarios, and of the files that scenarios are saved in. Pure."""

from __future__ import annotations

import re
import unicodedata

from simulator.i18n.language import LANGUAGES, Language
from simulator.scenario import LONGEST_NAME, Scenario
from ui.text import shipped_names


def changed_name(name: str, language: Language) -> str:
    """The name of a scenario whose levers were moved; not longer than a name may be.

    A name that says so already, in any language, stays as it is.
    """
    if name.endswith(tuple(_changed(spoken) for spoken in LANGUAGES.values())):
        return name
    mark = _changed(language)
    return name[: LONGEST_NAME - len(mark)].rstrip() + mark


def called(plan: Scenario, base: Scenario | None, language: Language) -> str:
    """What a plan that started from ``base`` goes by: another one than that has not its name,
    unless it has got one of its own."""
    name = shipped_names.name_of(plan, language)
    if base is None or plan.name != base.name or plan.without_results() == base.without_results():
        return name
    return changed_name(name, language)


def _changed(language: Language) -> str:
    return f" ({language.pgettext('scenario', 'changed')})"


def file_name(name: str) -> str:
    """A file name from a scenario's name: letters and digits of any script, and hyphens."""
    words_of = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).lower())
    return f"{'-'.join(words_of) or 'scenario'}.json"
