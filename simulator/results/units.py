"""Units of outcomes, and amounts with them, in any language. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from babel.numbers import get_currency_symbol

from simulator.i18n.language import SIGNIFICANT, UNDEFINED, Language, rounded
from simulator.results import precision
from simulator.results.catalogue import OUTCOMES, Kind
from simulator.scenario.levers import LEVERS
from simulator.scenario.units import unit_of


def axis_unit(outcome: str, currency: str, language: Language) -> str:
    """Unit of an outcome as an axis shows it. Raises ``KeyError`` for an unknown outcome."""
    row = OUTCOMES[outcome]
    sign = "%" if row.unit.kind == "share" else get_currency_symbol(currency, language.locale)
    words = row.axis or row.unit.axis
    return sign if words == "{unit}" else language.gettext(words, unit=sign)


_COUNTED = 1e6
"""Below that many, all are counted."""
_MOST_SHORTENED = 5
"""Figures of a count that is shortened, at most."""


def count(
    value: float, language: Language, *, sign: bool = False, beside: float | None = None
) -> str:
    """How many: whole, and in full below a million, so that a change shows beside its level.

    From a million on in three figures, or in as many as it takes to see a change of ``beside``.
    """
    if abs(value) < _COUNTED - 0.5:
        return language.number(value, sign=sign)
    figures = SIGNIFICANT
    if beside:
        figures += max(math.floor(math.log10(abs(value) / abs(beside))), 0)
    if figures > _MOST_SHORTENED:
        return language.number(value, sign=sign)
    return language.short(value, sign=sign, figures=figures)


@dataclass(frozen=True, slots=True)
class Beside:
    """A level of an outcome and what it is compared with, rounded alike: the change is what the one
    is more than the other, as they are read."""

    level: str
    other: str
    change: str
    """With its sign; of shares in points."""


def beside(
    level: float, other: float, outcome: str, currency: str, language: Language, error: float = 0.0
) -> Beside:
    """A level beside another one, in as many digits as it takes to see the difference: rounding
    follows the change, not the level.

    ``error``: standard error of both, of money. Raises ``KeyError`` for an unknown outcome.
    """
    change = level - other
    kind = OUTCOMES[outcome].unit.kind
    step = _step(max(abs(level), abs(other)), change, kind, error)
    level, other = rounded(level, step), rounded(other, step)
    match kind:
        case "share":
            decimals = round(-math.log10(step)) - 2
            points = language.number(100 * (level - other), decimals=decimals, sign=True)
            return Beside(
                language.percent(level, decimals=decimals),
                language.percent(other, decimals=decimals),
                language.gettext("{points} pp", points=points),
            )
        case "money":
            return Beside(
                language.money(level, currency, step=step),
                language.money(other, currency, step=step),
                language.money(level - other, currency, sign=True, step=step),
            )
    return Beside(
        count(level, language, beside=change),
        count(other, language, beside=change),
        count(level - other, language, sign=True),
    )


def _step(size: float, change: float, kind: Kind, error: float) -> float:
    """To a multiple of what levels of this size are rounded, and the change between them."""
    if kind == "share":
        return 0.001 if abs(change) >= 0.0005 or change == 0.0 else 0.0001
    fine = precision.unit(change) if change else math.inf
    if kind == "money":
        return min(precision.unit(size, error), fine) or 1.0
    return 1.0 if size < _COUNTED else max(min(precision.unit(size), fine), 1.0)


def amount(value: float, outcome: str, currency: str, language: Language) -> str:
    """A value of an outcome with its unit. Raises ``KeyError`` for an unknown outcome."""
    unit = OUTCOMES[outcome].unit
    match unit.kind:
        case "share":
            number = language.percent(value, decimals=1)
        case "money":
            number = language.money(value, currency)
        case "count":
            number = count(value, language)
    words = unit.amount_of_one if _is_one(number, language) else unit.amount
    return number if words == "{amount}" else language.gettext(words, amount=number)


def setting(value: float, path: str, language: Language) -> str:
    """Where the lever of this path is set, with its unit; a dash for nowhere. Of a share, in whole
    per cents: of what, the lever's name says."""
    if math.isnan(value):
        return UNDEFINED
    unit = unit_of(LEVERS[path].number.unit)
    if unit.kind == "share":
        return language.percent(value)
    number = language.number(value)
    words = (_is_one(number, language) and unit.reading_of_one) or unit.reading
    return language.gettext(words, value=number)


def _is_one(number: str, language: Language) -> bool:
    """Whether a number as it is read is one."""
    return number == language.number(1.0)
