"""What is to be known before scenarios are compared, as text. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.analyses.comparison import CAVEATS, Caveat, Comparison
from simulator.i18n.language import GAP, Language
from simulator.version import MODEL_VERSION


@dataclass(frozen=True, slots=True)
class CaveatSaid:
    """Something to know before comparing."""

    kind: str
    text: str
    detail: str
    """Which scenarios, and what each has; may be empty."""


def caveats(comparison: Comparison, language: Language) -> list[CaveatSaid]:
    """What is to be known before comparing."""
    return [
        CaveatSaid(
            caveat.kind,
            language.gettext(CAVEATS[caveat.kind]),
            _values(comparison, caveat, language),
        )
        for caveat in comparison.caveats
    ]


def _values(comparison: Comparison, caveat: Caveat, language: Language) -> str:
    """What each scenario has, those with the same together."""
    if caveat.kind in {"nothing_moved", "undefined"}:
        return ", ".join(comparison.letter(place) for place in caveat.scenarios)
    letters_by_text: dict[str, list[str]] = {}
    for place, value in enumerate(caveat.values):
        text = _caveat_value(caveat.kind, value, language)
        if text:
            letters_by_text.setdefault(text, []).append(comparison.letter(place))
    parts = [
        language.gettext("{scenarios}: {value}", scenarios=f",{GAP}".join(letters), value=text)
        for text, letters in letters_by_text.items()
    ]
    if caveat.kind == "model":
        parts.append(language.gettext("here: {version}", version=MODEL_VERSION))
    return "; ".join(parts)


def _caveat_value(kind: str, value: str | float | None, language: Language) -> str:
    if value is None or isinstance(value, str):
        return language.gettext(value or "")
    if kind == "horizon":
        return language.ngettext("{number} month", "{number} months", value)
    if kind == "assumptions":
        if not value:
            return language.gettext("the first one's")
        return language.ngettext("{number} other", "{number} others", value)
    return str(value)
