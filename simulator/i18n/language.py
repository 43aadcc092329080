"""The app's languages: texts through gettext catalogues, numbers and dates through Babel.

English texts are the message ids. The catalogues are ``*.po`` beside this file; ``python -m
simulator.i18n`` refreshes them from the sources. What has no translation is shown in English.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    format_scientific,
    get_currency_precision,
)

MINUS = "\N{MINUS SIGN}"
GAP = "\N{NO-BREAK SPACE}"
"""Between a number and its unit, which belong on one line."""
UNDEFINED = "\N{EN DASH}"
"""What stands for a number that is not defined (``nan``)."""
FOREVER = "\N{INFINITY}"

_COMPACT_FROM = 1000
"""Smaller amounts show cents when they have any."""

SIGNIFICANT = 3
"""Figures of a number in compact form, at most."""

_IN_FULL = frozenset({"nl", "da"})
"""Languages in which thousands have no short form that everybody reads at once: ``€ 361.000``."""
_SHORT_FROM = 1_000_000
"""From here on those have one."""

_HUGE = Decimal("1e18")
"""From here on nobody counts the digits: ``€1.23E20``. No organisation comes to so much, but links
and files hold whatever somebody writes into them."""
_TINY = Decimal("1e-12")
"""Below this nobody counts the zeros."""
_EXACT = Context(prec=400)
"""Room for any number of decimals; more digits than Python's usual 28 are an error otherwise."""

_FOLDER = Path(__file__).parent
_CONTEXT_END = "\x04"
"""Between a message's context and the message, in the keys of gettext."""
_KEPT = 4096
"""Formatted numbers that are kept: axes repeat theirs, and Babel takes 30 µs for an amount."""


def N_(message: str) -> str:
    """Mark a constant as a message, so that it is extracted; returns it unchanged.

    It is translated where it is shown, by :meth:`Language.gettext`.
    """
    return message


@dataclass(frozen=True)
class Language:
    """A language that the app speaks: its texts, and its way to write numbers and dates.

    Placeholders in messages are named, ``{like_this}``, and filled from keyword arguments as they
    are: numbers are formatted by the caller. A text is only filled in when there are any, so that
    labels from data may contain braces. Numbers that are ``nan`` read as a dash, infinite ones as
    ``∞``; the minus is the true one (U+2212). ``sign`` puts a plus before what is above zero.
    Sizes from 1e18 on are rounded and written with a power of ten, ``1.23E20``.
    """

    code: str
    """``en``, ``nl`` or ``da``: what links and the ``lang`` attribute use."""
    locale: Locale

    def gettext(self, message: str, **values: object) -> str:
        """The translation of ``message``, its placeholders filled in.

        Raises ``KeyError`` when some values are given and one of the placeholders is not.
        """
        # The empty message is the catalogue's header.
        text = _translations(self.code).gettext(message) if message else ""
        return _filled(text, values)

    def ngettext(self, singular: str, plural: str, number: float, **values: object) -> str:
        """The form for ``number``; ``{number}`` is filled in, written as a whole number."""
        count = round(number) if math.isfinite(number) else 0
        text = _translations(self.code).ngettext(singular, plural, count)
        return _filled(text, {"number": self.number(number), **values})

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """As :meth:`gettext`, for a message that means something else in another ``context``."""
        return _filled(_translations(self.code).pgettext(context, message), values)

    @property
    def thousands_in_full(self) -> bool:
        """Whether a short number is written with all its zeros below a million."""
        return self.locale.language in _IN_FULL

    def number(self, value: float, decimals: int = 0, sign: bool = False) -> str:
        """A number with at most ``decimals`` decimals: ``1,234.5``."""
        size = _size(value, decimals)
        return _signed(value, size, sign, lambda: _decimal(size, self.locale))

    def percent(self, share: float, decimals: int = 0, sign: bool = False) -> str:
        """A share as a percentage with at most ``decimals`` decimals: 0.125 is ``12.5%``."""
        size = _size(share, decimals + 2)
        return _signed(share, size, sign, lambda: _percent(size, self.locale))

    def short(self, value: float, sign: bool = False, figures: int = SIGNIFICANT) -> str:
        """A number rounded to ``figures``: ``361K`` or ``361.000``, ``1.23M``, ``850``, ``0.0123``.

        More than three are for numbers that would not differ otherwise.
        """
        size = _significant(value, figures)
        return _signed(value, size, sign, lambda: _short(size, self.locale))

    def money(self, value: float, currency: str, sign: bool = False) -> str:
        """An amount of ``currency`` (ISO 4217) in three figures at most: ``€361K``, ``€ 361.000``.

        A sign comes before everything else, in every language.
        """
        size = _significant(value)
        coin = Decimal(1).scaleb(-get_currency_precision(currency))
        if size < coin:
            size = size.quantize(coin, ROUND_HALF_UP)
        return _signed(value, size, sign, lambda: _money(size, currency, self.locale))

    def date(self, value: datetime.date) -> str:
        """A date in full: ``22 November 2026``."""
        return format_date(value, "long", self.locale)


LANGUAGES: Mapping[str, Language] = {
    code: Language(code, Locale.parse(locale))
    for code, locale in (("en", "en_GB"), ("nl", "nl_NL"), ("da", "da_DK"))
}
"""By code, in the order in which they are offered."""

ENGLISH = LANGUAGES["en"]


def catalogue_for_browser(language: Language) -> dict[str, str | list[str]]:
    """What the JavaScript of the app says in ``language``: message to translation.

    Messages with plural forms have a list of them (for one, for any other number); those with a
    context are keyed ``context\x04message``, as in gettext. Empty for English, whose texts are the
    messages themselves.
    """
    return {
        (f"{one.context}{_CONTEXT_END}" if one.context else "") + _forms(one.id)[0]: (
            said[0] if isinstance(one.id, str) else said
        )
        for one in _catalogue(language.code) or ()
        if one.id
        and all(said := _forms(one.string))
        and any(file.endswith(".js") for file, _ in one.locations)
    }


def _forms(text: str | Iterable[str] | None) -> list[str]:
    """The forms of a message or translation: one, or several where it has a plural."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    # An amount may end in a full stop of its own ("1,2 mln."), where the sentence ends too.
    return re.sub(r"(?<=[^\W\d_]\.)\.(?=\s|$)", "", text.format(**values))


@lru_cache(maxsize=8)
def _catalogue(code: str) -> Catalog | None:
    file = _FOLDER / f"{code}.po"
    if not file.exists():
        return None
    with file.open("rb") as content:
        return read_po(content, locale=code)


@lru_cache(maxsize=8)
def _translations(code: str) -> NullTranslations:
    catalogue = _catalogue(code)
    if catalogue is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _signed(value: float, size: Decimal, sign: bool, written: Callable[[], str]) -> str:
    """``value``, whose rounded size is ``size`` and reads as ``written`` says, with its sign."""
    if math.isnan(value):
        return UNDEFINED
    prefix = MINUS if value < 0.0 else "+" if sign else ""
    if math.isinf(value):
        return prefix + FOREVER
    return f"{prefix if size else ''}{written()}"


def _size(value: float, decimals: int) -> Decimal:
    """The size of ``value``, rounded as browsers do; 0 where it is not finite."""
    if not math.isfinite(value):
        return Decimal(0)
    exact = Decimal(str(float(abs(value))))
    if exact >= _HUGE:
        return _significant(value)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)


def _significant(value: float, figures: int = SIGNIFICANT) -> Decimal:
    """The size of ``value`` rounded to so many figures; 0 where it is not finite."""
    return Decimal(f"{abs(value):.{figures}g}") if math.isfinite(value) else Decimal(0)


def _powered(size: Decimal, locale: Locale) -> str:
    """``size`` with a power of ten."""
    text = format_scientific(size, locale=locale, decimal_quantization=False)
    return text.replace("-", MINUS)


def _with_power(pattern: str) -> str:
    """A pattern of the locale, ``¤ #,##0.00``, in which the number gets a power of ten."""
    return re.sub(r"[#,]+0(\.0+)?", "0E0", pattern)


def _is_in_full(size: Decimal, locale: Locale) -> bool:
    return size < _SHORT_FROM and locale.language in _IN_FULL


@lru_cache(maxsize=_KEPT)
def _decimal(size: Decimal, locale: Locale) -> str:
    if size >= _HUGE:
        return _powered(size, locale)
    return format_decimal(size, locale=locale, decimal_quantization=False)


@lru_cache(maxsize=_KEPT)
def _percent(size: Decimal, locale: Locale) -> str:
    pattern = locale.percent_formats[None].pattern
    if size >= _HUGE:
        pattern = _with_power(pattern)
    return format_percent(size, pattern, locale=locale, decimal_quantization=False)


@lru_cache(maxsize=_KEPT)
def _short(size: Decimal, locale: Locale) -> str:
    if size >= _HUGE or 0 < size < _TINY:
        return _powered(size, locale)
    if _is_in_full(size, locale):
        return format_decimal(size, locale=locale, decimal_quantization=False)
    # As many as there are: the number is rounded by now.
    figures = len(size.as_tuple().digits)
    decimals = max(figures - 1, figures - 1 - size.adjusted())
    return format_compact_decimal(size, locale=locale, fraction_digits=decimals)


@lru_cache(maxsize=_KEPT)
def _money(size: Decimal, currency: str, locale: Locale) -> str:
    pattern = locale.currency_formats["standard"].pattern
    if size >= _HUGE:
        text = format_currency(
            size,
            currency,
            _with_power(pattern),
            locale=locale,
            currency_digits=False,
            decimal_quantization=False,
        )
    elif size < _COMPACT_FROM and size != size.to_integral_value():
        text = format_currency(size, currency, locale=locale)
    elif _is_in_full(size, locale):
        text = format_currency(
            size, currency, pattern.replace("0.00", "0"), locale=locale, currency_digits=False
        )
    else:
        text = format_compact_currency(
            size, currency, locale=locale, fraction_digits=SIGNIFICANT - 1
        )
    # Babel leaves out the space that belongs between letters and a figure.
    return re.sub(r"^([^\W\d_]+)(?=\d)", rf"\1{GAP}", text)
