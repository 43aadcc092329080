"""Units of outcomes, and amounts with them, in any language. Pure."""

from __future__ import annotations

from babel.numbers import get_currency_symbol

from simulator.i18n.language import Language
from simulator.results.catalogue import OUTCOMES


def axis_unit(outcome: str, currency: str, language: Language) -> str:
    """Unit of an outcome as an axis shows it. Raises ``KeyError`` for an unknown outcome."""
    row = OUTCOMES[outcome]
    sign = "%" if row.unit.kind == "share" else get_currency_symbol(currency, language.locale)
    words = row.axis or row.unit.axis
    return sign if words == "{unit}" else language.gettext(words, unit=sign)


def count(value: float, language: Language, *, sign: bool = False) -> str:
    """How many: in full below ten thousand, else short."""
    if 999.5 <= abs(value) < 9999.5:
        return language.number(value, sign=sign)
    return language.short(value, sign=sign)


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
    words = unit.amount
    return number if words == "{amount}" else language.gettext(words, amount=number)
