"""In what compared scenarios differ, as text. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from babel.numbers import get_currency_symbol

from simulator.analyses.comparison import Comparison
from simulator.i18n import nouns
from simulator.i18n.language import Language
from simulator.model.register import Range
from simulator.scenario.diff import GROUPS, STAGES, Diff, Value, said
from ui.text.shipped_names import organisation_name

Shown = float | str | Range
"""A value in its unit, or as it is said."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in all scenarios; all text."""

    path: str
    label: str
    unit: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiffersGroup:
    """What differs in levers, organisation, assumptions or horizon."""

    id: str
    label: str
    rows: tuple[Difference, ...]


def differences(comparison: Comparison, language: Language) -> list[DiffersGroup]:
    """Only what differs, in groups."""
    codes = {one.organisation.currency for one in comparison.scenarios}
    currency = (
        get_currency_symbol(codes.pop(), language.locale)
        if len(codes) == 1
        else language.gettext("Currency")
    )
    return [
        DiffersGroup(
            group,
            language.gettext(GROUPS[group]),
            tuple(_differs(one, currency, language) for one in members),
        )
        for group, members in groupby(comparison.diffs, key=lambda one: one.group)
    ]


def _differs(diff: Diff, currency: str, language: Language) -> Difference:
    above, *rest = diff.place
    place = rest if rest and above == GROUPS[diff.group] else diff.place
    percent = diff.unit.split(" ")[0] == "share"
    unit = "%" if diff.unit == "share" else diff.unit.replace("currency", "{currency}")
    return Difference(
        diff.path,
        ": ".join(map(language.gettext, place)),
        language.gettext(unit).replace("{currency}", currency),
        tuple(told_apart(_named(diff, language), percent, language)),
    )


def _named(diff: Diff, language: Language) -> tuple[Shown, ...]:
    """The values, of which nouns and names of what is shipped are said in the language."""
    if diff.path == "organisation.name":
        return tuple(organisation_name(str(name), language) for name in diff.values)
    if diff.path.endswith(".customers_called"):
        return tuple(nouns.plural(str(called), language.plain.pgettext) for called in diff.values)
    return tuple(_said(diff.path, value, language) for value in diff.values)


def _said(path: str, value: Value, language: Language) -> Shown:
    if isinstance(value, Range):
        return value
    shown = said(path, value)
    is_ours = path.startswith(STAGES) or shown != value
    return language.gettext(shown) if isinstance(shown, str) and is_ours else shown


_FIGURES = range(4, 16)
"""Figures of a number, as few as tell two that differ from one another."""


def told_apart(values: Sequence[Shown], percent: bool, language: Language) -> list[str]:
    different = len(set(values))
    for figures in _FIGURES:
        texts = [_value(one, percent, figures, language) for one in values]
        if len(set(texts)) == different:
            break
    return texts


def _value(value: Shown, percent: bool, figures: int, language: Language) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, Range):
        return _number(value, percent, figures, language)
    low, central, high = (
        _number(end, percent, figures, language) for end in (value.low, value.central, value.high)
    )
    if low == high:
        return central
    return language.gettext("{central} ({low} to {high})", central=central, low=low, high=high)


def _number(value: float, percent: bool, figures: int, language: Language) -> str:
    size = abs(100 * value if percent else value)
    decimals = max(figures - 1 - math.floor(math.log10(size)), 0) if size else 0
    return (language.percent if percent else language.number)(value, decimals=decimals)
