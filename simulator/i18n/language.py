"""The app's languages: texts through gettext catalogues, numbers and dates through Babel.

A language is a row of :data:`LANGUAGES` and its catalogue, ``<code>.po`` beside this file; nothing
else names one. ``python -m simulator.i18n`` makes the catalogue, or refreshes it from the sources.
English texts are the message ids. A message without a translation is shown in English.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations, c2py
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
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

from simulator.i18n import nouns
from simulator.i18n.plain_words import PLAIN

MINUS = "\N{MINUS SIGN}"
GAP = "\N{NO-BREAK SPACE}"
"""Between a number and its unit, which belong on one line."""
UNDEFINED = "\N{EN DASH}"
"""What stands for a number that is not defined (``nan``)."""
FOREVER = "\N{INFINITY}"

_WHOLE_FROM = 1000
"""Smaller amounts show cents when they have any."""
_COMPACT_FROM = 10_000
"""Smaller amounts of money have no letters for thousands: €9.99K reads like a price."""
_MOST_SHORTENED = 5
"""Figures of an amount that is shortened, at most: one that needs more is written in full."""

SIGNIFICANT = 3
"""Figures of a number in compact form, at most."""

_SHORT_FROM = 1_000_000
"""From here on numbers have a short form in every language."""
_SHORTHAND: Mapping[str, float] = {"k": 1e3, "m": 1e6}
"""What slides say for thousands and millions, everywhere."""

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
    """What links, the ``lang`` attribute and the file of the catalogue go by: ``nl``."""
    locale: Locale
    """Whose way to write numbers and dates it has, on the server and in the browser."""
    spells_thousands: bool = False
    """Whether thousands have no short form that everybody reads at once, whatever the locale says:
    ``€ 361.000``."""
    more_shorthand: Mapping[str, float] = field(default_factory=dict, hash=False)
    """Letters behind a number that people write for some factor, in lower case and without a full
    stop, beside the locale's own."""
    folder: Path = _FOLDER
    """Where its catalogue lies."""
    called: str = nouns.CUSTOMERS
    """What customers are called in all that it says, see :mod:`simulator.i18n.nouns`."""

    def calling(self, called: str) -> Language:
        """The same language, in which customers are ``called`` something else; the language as it
        is where nobody can be called that."""
        return replace(self, called=called) if nouns.is_noun(called) else self

    @property
    def plain(self) -> Language:
        """The same language, in which customers are customers: for what is said of others."""
        return self if self.called == nouns.CUSTOMERS else replace(self, called=nouns.CUSTOMERS)

    def gettext(self, message: str, **values: object) -> str:
        """The translation of ``message``, or of the plain words for it
        (:mod:`simulator.i18n.plain_words`), its placeholders filled in.

        Raises ``KeyError`` when some values are given and one of the placeholders is not.
        """
        message = PLAIN.get(message, message)
        # The empty message is the catalogue's header.
        text = _translations(self.catalogue_file).gettext(message) if message else ""
        return _filled(self._renamed(text), values)

    def ngettext(self, singular: str, plural: str, number: float, /, **values: object) -> str:
        """The form for ``number``; ``{number}`` is filled in, written as a whole number unless
        ``values`` has it as it is written."""
        count = round(number) if math.isfinite(number) else 0
        text = _translations(self.catalogue_file).ngettext(singular, plural, count)
        return _filled(self._renamed(text), {"number": self.number(number), **values})

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """As :meth:`gettext`, for a message that means something else in another ``context``."""
        text = _translations(self.catalogue_file).pgettext(context, message)
        return _filled(self._renamed(text), values)

    def _renamed(self, text: str) -> str:
        if self.called == nouns.CUSTOMERS:
            return text
        return _renamed(text, self.called, self.catalogue_file)

    @cached_property  # every text asks for it
    def catalogue_file(self) -> Path:
        """Where its translations are; English has no such file."""
        return self.folder / f"{self.code}.po"

    @cached_property  # every amount asks for it
    def thousands_in_full(self) -> bool:
        """Whether a short number is written with all its zeros below a million."""
        return self.spells_thousands or not any(_short_forms(self.locale, 1000, ("short",)))

    @property
    def shorthand(self) -> dict[str, float]:
        """What letters behind a number stand for when somebody writes one: ``m`` is a million.

        In lower case, without a full stop.
        """
        own = {
            letters: factor
            for size in (10**3, 10**6, 10**9)
            for letters, factor in _short_forms(self.locale, size)
        }
        return {**_SHORTHAND, **own, **self.more_shorthand}

    @property
    def plural_forms(self) -> dict[str, int]:
        """Which of a translation's forms goes with each plural category of the locale (those of
        CLDR, which browsers know): ``{"one": 0, "other": 1}``. Empty where there is no catalogue.

        Raises:
            ValueError: the catalogue's rule for plurals gives numbers of one category different
                forms, so that browser and server would not say the same.
        """
        catalogue = _catalogue(self.catalogue_file)
        if catalogue is None:
            return {}
        form_of = c2py(catalogue.plural_expr)
        forms: dict[str, int] = {}
        for number in (*range(1000), 10**6):
            category, form = self.locale.plural_form(number), form_of(number)
            if forms.setdefault(category, form) != form:
                raise ValueError(
                    f"{self.catalogue_file.name}: found Plural-Forms with form {form} for {number},"
                    f" allowed: form {forms[category]}, as for all of the locale's {category!r}"
                )
        return {"other": catalogue.num_plurals - 1, **forms}

    def listed(self, parts: Iterable[str]) -> str:
        """Several parts of a sentence as one, joined as the language does: ``a, b, and c``."""
        return format_list(list(parts), locale=self.locale)

    def number(
        self, value: float, decimals: int = 0, sign: bool = False, *, exactly: bool = False
    ) -> str:
        """A number with at most ``decimals`` decimals: ``1,234.5``. With so many ``exactly``, as
        numbers side by side have them, zeros at the end are written, too."""
        size = _size(value, decimals)
        least = decimals if exactly else 0
        return _signed(value, size, sign, lambda: _decimal(size, self.locale, least))

    def percent(
        self, share: float, decimals: int = 0, sign: bool = False, *, exactly: bool = False
    ) -> str:
        """A share as a percentage with at most ``decimals`` decimals, or so many ``exactly``: 0.125
        is ``12.5%``."""
        size = _size(share, decimals + 2)
        least = decimals if exactly else 0
        return _signed(share, size, sign, lambda: _percent(size, self.locale, least))

    def short(self, value: float, sign: bool = False, figures: int = SIGNIFICANT) -> str:
        """A number rounded to ``figures``: ``361K`` or ``361.000``, ``1.23M``, ``850``, ``0.0123``.

        More than three are for numbers that would not differ otherwise.
        """
        size = _significant(value, figures)
        return _signed(value, size, sign, lambda: _short(size, self.locale, self.thousands_in_full))

    def money(
        self, value: float, currency: str, sign: bool = False, step: float | None = None
    ) -> str:
        """An amount of ``currency`` (ISO 4217) in three figures at most: ``€361K``, ``€ 361.000``.

        ``step``: rounded to a multiple of that instead, and written down to it, so that it adds up
        with others of the same step. A sign comes before everything else, in every language.
        """
        size = _stepped(value, step) if step else _significant(value)
        coin = Decimal(1).scaleb(-get_currency_precision(currency))
        if size < coin:
            size = size.quantize(coin, ROUND_HALF_UP)
        return _signed(
            value,
            size,
            sign,
            lambda: _money(size, currency, self.locale, self.thousands_in_full),
        )

    def date(self, value: datetime.date) -> str:
        """A date in full: ``22 November 2026``."""
        return format_date(value, "long", self.locale)


_ROWS = (
    # English of no country in particular: US$ and DKK, not $ and kr.
    Language("en", Locale.parse("en_001"), more_shorthand={"mn": 1e6, "mln": 1e6, "bn": 1e9}),
    # "K" and "t" are no words of Dutch and Danish.
    Language(
        "nl",
        Locale.parse("nl_NL"),
        spells_thousands=True,
        more_shorthand={"dzd": 1e3, "ton": 1e5, "mio": 1e6, "mrd": 1e9},
    ),
    Language("da", Locale.parse("da_DK"), spells_thousands=True, more_shorthand={"mld": 1e9}),
)

LANGUAGES: Mapping[str, Language] = {language.code: language for language in _ROWS}
"""By code, in the order in which they are offered."""

ENGLISH = LANGUAGES["en"]


def language_of(code: str) -> Language:
    """The language with this code. Raises ``ValueError`` for one that there is not."""
    if code not in LANGUAGES:
        raise ValueError(f"language: found {code!r}, allowed: {', '.join(LANGUAGES)}")
    return LANGUAGES[code]


def preferred(header: str) -> Language:
    """The first language of a browser's ``Accept-Language`` that the app speaks, else English."""
    codes = re.findall(r"([a-zA-Z]{1,8})[^,]*", header)
    return next((LANGUAGES[code] for code in codes if code in LANGUAGES), ENGLISH)


def catalogue_for_browser(language: Language) -> dict[str, str | list[str]]:
    """What the JavaScript of the app says in ``language``: message to translation.

    Messages with plural forms have a list of them (see :attr:`Language.plural_forms`); those with
    a context are keyed ``context\x04message``, as in gettext. Empty for English, whose texts are
    the messages themselves.
    """
    return {
        (f"{message.context}{_CONTEXT_END}" if message.context else "") + _forms(message.id)[0]: (
            said[0] if isinstance(message.id, str) else said
        )
        for message in _catalogue(language.catalogue_file) or ()
        if message.id
        and all(said := _forms(message.string))
        and any(file.endswith(".js") for file, _ in message.locations)
    }


def _forms(text: str | Iterable[str] | None) -> list[str]:
    """The forms of a message or translation: one, or several where it has a plural."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def formats_for_browser(language: Language) -> dict[str, object]:
    """What the JavaScript of the app needs to write numbers, dates and plurals as the server does:
    ``locale`` (a language tag), ``thousands_in_full``, ``shorthand`` and ``plural_forms``."""
    return {
        "locale": str(language.locale).replace("_", "-"),
        "thousands_in_full": language.thousands_in_full,
        "shorthand": language.shorthand,
        "plural_forms": language.plural_forms,
    }


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text

    def tied(match: re.Match[str]) -> str:
        ends = re.search(r"[^\W\d_]\.$", str(values.get(match["name"], "")))
        return match[0][:-1] if ends else match[0]

    # An amount may end in a full stop of its own ("1,2 mln."), where the sentence ends too.
    return re.sub(r"\{(?P<name>\w+)\}\.(?=\s|$)", tied, text).format(**values)


@lru_cache(maxsize=_KEPT)
def _renamed(text: str, called: str, file: Path) -> str:
    return nouns.renamed(text, called, _translations(file).pgettext)


@lru_cache(maxsize=8)
def _catalogue(file: Path) -> Catalog | None:
    if not file.exists():
        return None
    with file.open("rb") as content:
        return read_po(content, locale=file.stem)


@lru_cache(maxsize=8)
def _translations(file: Path) -> NullTranslations:
    catalogue = _catalogue(file)
    if catalogue is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _short_forms(
    locale: Locale, size: int, widths: Iterable[str] = ("short", "long")
) -> Iterator[tuple[str, float]]:
    """The letters (``short``) and words (``long``) by which a locale shortens numbers of this size,
    in lower case and without a full stop, and what they stand for; none where it writes such
    numbers in full."""
    for width in widths:
        for forms in locale.compact_decimal_formats.get(width, {}).values():
            pattern = forms[str(size)].pattern if str(size) in forms else ""
            if letters := re.sub(r"[^\w]|[\d_]", "", pattern).lower():
                # "0000 M" for a milliard: four figures are left before the letters.
                yield letters, size / 10.0 ** (pattern.count("0") - 1)


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
    if not math.isfinite(value) or value == 0.0:
        return Decimal(0)
    # Not by a format of Python's, which rounds a half to the even side and browsers do not.
    return Context(figures, ROUND_HALF_UP).create_decimal(repr(float(abs(value))))


def capital(text: str) -> str:
    """A text that begins a line or a sentence."""
    return text[:1].upper() + text[1:]


def rounded(value: float, step: float) -> float:
    """``value`` rounded to a multiple of ``step`` (above 0), as amounts are written with it."""
    return math.copysign(float(_stepped(value, step)), value) if math.isfinite(value) else value


def _stepped(value: float, step: float) -> Decimal:
    """The size of ``value`` rounded to a multiple of ``step``; 0 where it is not finite."""
    if not math.isfinite(value):
        return Decimal(0)
    exact = Decimal(repr(float(abs(value))))
    unit = Decimal(repr(float(step)))
    return (exact / unit).quantize(Decimal(1), ROUND_HALF_UP, _EXACT) * unit


def _powered(size: Decimal, locale: Locale) -> str:
    """``size`` with a power of ten."""
    text = format_scientific(size, locale=locale, decimal_quantization=False)
    return text.replace("-", MINUS)


def _with_power(pattern: str) -> str:
    """A pattern of the locale, ``¤ #,##0.00``, in which the number gets a power of ten."""
    return re.sub(r"[#,]+0(\.0+)?", "0E0", pattern)


@lru_cache(maxsize=_KEPT)
def _decimal(size: Decimal, locale: Locale, least: int = 0) -> str:
    if size >= _HUGE:
        return _powered(size, locale)
    pattern = _with_decimals(locale.decimal_formats[None].pattern, least) if least else None
    return format_decimal(size, pattern, locale=locale, decimal_quantization=False)


def _with_decimals(pattern: str, least: int) -> str:
    """A pattern of numbers with so many decimals at least."""
    number = pattern.rstrip("%\xa0 ")
    return f"{number.partition('.')[0]}.{'0' * least}{pattern[len(number) :]}"


@lru_cache(maxsize=_KEPT)
def _percent(size: Decimal, locale: Locale, least: int = 0) -> str:
    pattern = locale.percent_formats[None].pattern
    if least:
        pattern = _with_decimals(pattern, least)
    if size >= _HUGE:
        pattern = _with_power(pattern)
    return format_percent(size, pattern, locale=locale, decimal_quantization=False)


@lru_cache(maxsize=_KEPT)
def _short(size: Decimal, locale: Locale, thousands_in_full: bool) -> str:
    if size >= _HUGE or 0 < size < _TINY:
        return _powered(size, locale)
    if thousands_in_full and size < _SHORT_FROM:
        return format_decimal(size, locale=locale, decimal_quantization=False)
    # As many as there are: the number is rounded by now.
    figures = len(size.as_tuple().digits)
    decimals = max(figures - 1, figures - 1 - size.adjusted())
    return format_compact_decimal(size, locale=locale, fraction_digits=decimals)


@lru_cache(maxsize=_KEPT)
def _money(size: Decimal, currency: str, locale: Locale, thousands_in_full: bool) -> str:
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
    elif size < _WHOLE_FROM and size != size.to_integral_value():
        text = format_currency(size, currency, locale=locale)
    elif (
        size < (_SHORT_FROM if thousands_in_full else _COMPACT_FROM)
        or (figures := len(size.normalize().as_tuple().digits)) > _MOST_SHORTENED
    ):
        text = format_currency(
            size, currency, pattern.replace("0.00", "0"), locale=locale, currency_digits=False
        )
    else:
        text = format_compact_currency(
            size, currency, locale=locale, fraction_digits=max(figures, SIGNIFICANT) - 1
        )
    # Babel leaves out the space that belongs between letters and a figure.
    return re.sub(r"^([^\W\d_]+)(?=\d)", rf"\1{GAP}", text)
