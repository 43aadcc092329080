"""Numbers, money and dates are written as each language writes them."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.i18n.language import (
    ENGLISH,
    GAP,
    LANGUAGES,
    MINUS,
    UNDEFINED,
    Language,
)

DUTCH, DANISH = LANGUAGES["nl"], LANGUAGES["da"]


@pytest.mark.parametrize(
    ("language", "number", "percent", "short", "date"),
    [
        (ENGLISH, "1,234.5", "12.5%", "361K", "22 November 2026"),
        (DUTCH, "1.234,5", "12,5%", "361.000", "22 november 2026"),
        (DANISH, "1.234,5", f"12,5{GAP}%", "361.000", "22. november 2026"),
    ],
    ids=lambda value: value.code if isinstance(value, Language) else "",
)
def test_numbers_and_dates(
    language: Language, number: str, percent: str, short: str, date: str
) -> None:
    assert language.number(1234.5, decimals=2) == number
    assert language.number(-1234.5, decimals=1) == MINUS + number
    assert language.percent(0.125, decimals=1) == percent
    assert language.percent(0.125, decimals=1, sign=True) == f"+{percent}"
    assert language.short(361_234) == short
    assert language.date(datetime.date(2026, 11, 22)) == date


@pytest.mark.parametrize(
    ("value", "english", "dutch", "danish"),
    [
        (361_234, "€361K", f"€{GAP}361.000", f"361.000{GAP}€"),
        (9_074, "€9,070", f"€{GAP}9.070", f"9.070{GAP}€"),
        (286_500, "€287K", f"€{GAP}287.000", f"287.000{GAP}€"),  # half up, as browsers do
        (90_250, "€90.3K", f"€{GAP}90.300", f"90.300{GAP}€"),
        (1_234_000, "€1.23M", f"€{GAP}1,23{GAP}mln.", f"1,23{GAP}mio.{GAP}€"),
        (-999_700, f"{MINUS}€1M", f"{MINUS}€{GAP}1{GAP}mln.", f"{MINUS}1{GAP}mio.{GAP}€"),
        (850, "€850", f"€{GAP}850", f"850{GAP}€"),
        (8.4, "€8.40", f"€{GAP}8,40", f"8,40{GAP}€"),
        (-0.004, "€0", f"€{GAP}0", f"0{GAP}€"),
    ],
)
def test_money(value: float, english: str, dutch: str, danish: str) -> None:
    texts = [language.money(value, "EUR") for language in (ENGLISH, DUTCH, DANISH)]
    assert texts == [english, dutch, danish]


@pytest.mark.parametrize(
    ("value", "step", "english", "dutch"),
    [
        (1_663_600, 1000, "€1.664M", f"€{GAP}1,664{GAP}mln."),
        (-281_400, 1000, f"{MINUS}€281K", f"{MINUS}€{GAP}281.000"),
        (336_123, 10, "€336.12K", f"€{GAP}336.120"),
        (12_345_678, 10, "€12,345,680", f"€{GAP}12.345.680"),
        (499, 1000, "€0", f"€{GAP}0"),
        (500, 1000, "€1,000", f"€{GAP}1.000"),
        (8.444, 0.01, "€8.44", f"€{GAP}8,44"),
    ],
)
def test_amounts_of_one_step_are_written_down_to_it(
    value: float, step: float, english: str, dutch: str
) -> None:
    assert ENGLISH.money(value, "EUR", step=step) == english
    assert DUTCH.money(value, "EUR", step=step) == dutch


def test_a_currency_of_letters_stands_apart_from_its_figures() -> None:
    assert ENGLISH.money(2e6, "DKK") == f"DKK{GAP}2M"
    assert ENGLISH.money(-8.4, "CHF") == f"{MINUS}CHF{GAP}8.40"
    assert DANISH.money(2e6, "DKK", sign=True) == f"+2{GAP}mio.{GAP}kr."


def test_numbers_side_by_side_keep_their_zeros() -> None:
    written = [
        (one.percent(0.04, 1, exactly=True), one.number(1234.5, 2, sign=True, exactly=True))
        for one in LANGUAGES.values()
    ]
    gap = "\N{NO-BREAK SPACE}"
    assert written == [
        ("4.0%", "+1,234.50"),
        ("4,0%", "+1.234,50"),
        (f"4,0{gap}%", "+1.234,50"),
    ]
    assert ENGLISH.percent(0.04, exactly=True) == ENGLISH.percent(0.04, 1) == "4%"


def test_a_number_that_rounds_to_nothing_has_no_sign() -> None:
    for language in LANGUAGES.values():
        assert language.number(-0.4) == language.number(0.4, sign=True) == "0"
        assert language.percent(-0.004) == language.percent(0.0, sign=True)
        assert language.short(0.0, sign=True) == "0"


def test_halves_are_rounded_as_browsers_round_them() -> None:
    assert [ENGLISH.number(value) for value in (0.5, 1.5, 2.5)] == ["1", "2", "3"]
    assert ENGLISH.percent(0.125) == "13%"


def test_what_is_no_number_is_still_shown() -> None:
    for language in LANGUAGES.values():
        for written in (
            language.number,
            language.percent,
            language.short,
            lambda value, language=language: language.money(value, "EUR"),
        ):
            assert written(float("nan")) == UNDEFINED
            assert written(float("inf")) == "∞"
            assert written(float("-inf")) == f"{MINUS}∞"


@pytest.mark.parametrize(
    ("written", "english", "dutch", "danish"),
    [
        (lambda one: one.number(1.5e23, 2), "1.5E23", "1,5E23", "1,5E23"),
        (lambda one: one.number(-1.23456e18), f"{MINUS}1.23E18", f"{MINUS}1,23E18", None),
        (lambda one: one.number(99e16), "990,000,000,000,000,000", None, None),
        (lambda one: one.percent(1.5e23), "1.5E25%", "1,5E25%", f"1,5E25{GAP}%"),
        (lambda one: one.short(1e308), "1E308", "1E308", "1E308"),
        (lambda one: one.short(-3e-13), f"{MINUS}3E{MINUS}13", None, None),
        (lambda one: one.money(1e15, "EUR"), "€1000T", None, None),
        (lambda one: one.money(1e27, "EUR"), "€1E27", f"€{GAP}1E27", f"1E27{GAP}€"),
        (
            lambda one: one.money(1.234e300, "DKK", sign=True),
            f"+DKK{GAP}1.23E300",
            f"+DKK{GAP}1,23E300",
            f"+1,23E300{GAP}kr.",
        ),
    ],
)
def test_a_huge_number_has_a_power_of_ten(
    written: Callable[[Language], str], english: str, dutch: str | None, danish: str | None
) -> None:
    for language, text in zip((ENGLISH, DUTCH, DANISH), (english, dutch, danish), strict=True):
        assert text in (None, written(language))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_what_cannot_be_counted_is_plural(language: Language) -> None:
    two, endless, undefined, huge = (
        language.ngettext("{number} more problem", "{number} more problems", number)
        for number in (2, math.inf, math.nan, 1e300)
    )
    assert endless == two.replace("2", "∞") and undefined == two.replace("2", UNDEFINED)
    assert huge == two.replace("2", "1E300")


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (0.0049, "EUR", "€0"),
        (0.005, "EUR", "+€0.01"),
        (0.49, "JPY", "JP¥0"),
        (0.5, "JPY", "+JP¥1"),
        (1234.0, "JPY", "+JP¥1,230"),
    ],
)
def test_an_amount_below_the_smallest_coin_is_nothing(
    value: float, currency: str, text: str
) -> None:
    assert ENGLISH.money(value, currency, sign=True) == text


def read(text: str, language: Language) -> float:
    """The number in ``text``, which has no words but a unit's."""
    match = re.search(r"[\d.,]*\d(E\u2212?\d+)?", text)
    assert match, text
    group, point = (",", ".") if language is ENGLISH else (".", ",")
    size = match[0].replace(group, "").replace(point, ".").replace(MINUS, "-")
    return float(f"-{size}" if text.startswith(MINUS) else size)


@given(
    value=st.floats(allow_nan=False, allow_infinity=False) | st.floats(1e15, 1e30),
    language=st.sampled_from(list(LANGUAGES.values())),
    decimals=st.integers(0, 6),
    currency=st.sampled_from(["EUR", "DKK", "JPY", "XTS"]),
)
def test_any_number_can_be_written(
    value: float, language: Language, decimals: int, currency: str
) -> None:
    number, percent = language.number(value, decimals), language.percent(value, decimals)
    short, money = language.short(value), language.money(value, currency)
    for text in (number, percent, short, money):
        assert "-" not in text and re.search(r"\d", text) and len(text) <= 40
    rounding, huge = 0.51 * 10.0**-decimals, abs(value) >= 1e18
    if abs(value) > 1e306:  # rounded up, it may be more than any float
        return
    near = 5.01e-3 if huge else 1e-15
    assert read(number, language) == pytest.approx(value, rel=near, abs=rounding)
    assert read(percent, language) == pytest.approx(100.0 * value, rel=near, abs=rounding)
    if huge:
        for text in (short, money):
            assert read(text, language) == pytest.approx(value, rel=5.01e-3) and len(text) <= 15


@given(
    value=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14),
    code=st.sampled_from(list(LANGUAGES)),
    currency=st.sampled_from(["EUR", "DKK", "USD", "JPY", "XTS"]),
)
def test_any_amount_has_at_most_three_figures_and_its_sign(
    value: float, code: str, currency: str
) -> None:
    language = LANGUAGES[code]
    for text in (language.money(value, currency, sign=True), language.short(value, sign=True)):
        assert "-" not in text
        figures = re.sub(r"E.*|[^\d.,]", "", text).strip(".")
        assert len(re.sub(r"[.,]0*$|\D", "", figures).strip("0")) <= 3
        nothing = not re.search("[1-9]", text)
        assert text.startswith(MINUS) == (value < 0.0 and not nothing)
        assert text.startswith("+") == (value > 0.0 and not nothing)
