"""Units of outcomes, and amounts with them, in any language. Pure."""

from __future__ import annotations

from babel.numbers import get_currency_symbol

from simulator.i18n.language import Language
from simulator.results import OUTCOMES


def axis_unit(outcome: str, currency: str, language: Language) -> str:
    """Unit of an outcome as an axis shows it. Raises ``KeyError`` for an unknown outcome."""
    own = OUTCOMES[outcome].unit.split()
    sign = "%" if own[0] == "share" else get_currency_symbol(currency, language.locale)
    if outcome == "cumulative_value":
        return language.gettext("{unit}, added up, in today's money", unit=sign)
    match own:
        case ["currency" | "share"]:
            return sign
        case ["currency" | "share", "per", "year"]:
            return language.gettext("{unit} per year", unit=sign)
        case ["currency", "per", "contact"]:
            return language.gettext("{unit} per contact", unit=sign)
        case ["heads"]:
            return language.gettext("customers")
        case ["heads", "per", "year"]:
            return language.gettext("customers per year")
        case ["hours", "per", "year"]:
            return language.gettext("hours per year")
        case ["contacts", "per", "year"]:
            return language.gettext("contacts per year")
    raise AssertionError(f"outcome {outcome}: found a unit without words: {OUTCOMES[outcome].unit}")


def count(value: float, language: Language, *, sign: bool = False) -> str:
    """How many: in full below ten thousand, else short."""
    if 999.5 <= abs(value) < 9999.5:
        return language.number(value, sign=sign)
    return language.short(value, sign=sign)


def amount(value: float, outcome: str, currency: str, language: Language) -> str:
    """A value of an outcome with its unit. Raises ``KeyError`` for an unknown outcome."""
    own = OUTCOMES[outcome].unit.split()
    match own[0]:
        case "share":
            number = language.percent(value, decimals=1)
        case "currency":
            number = language.money(value, currency)
        case _:
            number = count(value, language)
    match own:
        case ["currency" | "share"]:
            return number
        case ["currency" | "share", "per", "year"]:
            return language.gettext("{amount} per year", amount=number)
        case ["currency", "per", "contact"]:
            return language.gettext("{amount} per contact", amount=number)
        case ["heads"]:
            return language.gettext("{amount} customers", amount=number)
        case ["heads", "per", "year"]:
            return language.gettext("{amount} customers per year", amount=number)
        case ["hours", "per", "year"]:
            return language.gettext("{amount} hours per year", amount=number)
        case ["contacts", "per", "year"]:
            return language.gettext("{amount} contacts per year", amount=number)
    raise AssertionError(f"outcome {outcome}: found a unit without words: {OUTCOMES[outcome].unit}")
