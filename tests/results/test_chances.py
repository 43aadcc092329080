"""A share of the draws is rounded by one rule, wherever it is shown."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from simulator.cli.numbers import cases_text, probability_text
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.results import chance_words as chances
from simulator.results.chance_words import in_cases
from simulator.results.chances import Chance, decimals_needed, of_whole, rounded

SHARES = [
    (0.002, "fewer than 1"),
    (0.004999, "fewer than 1"),
    (0.005, "fewer than 1"),
    (0.015, "2"),
    (0.5, "50"),
    (0.994, "99"),
    (0.995, "more than 99"),
    (0.997, "more than 99"),
    (0.9999, "more than 99"),
]


@pytest.mark.parametrize(("share", "number"), SHARES)
def test_page_and_command_line_say_the_same_of_the_same_number(share: float, number: str) -> None:
    assert chances.of_100(share, 1024, ENGLISH) == f"{number} of 100"
    assert chances.in_cases(share, 1024, ENGLISH) == f"in {number} of 100 cases"
    words = number.replace("fewer", "less")
    assert chances.percent(share, 1024, ENGLISH) == f"{words}%"
    assert probability_text(share) == f"{words} %"


def test_the_ends_are_said_in_words_with_the_number_of_draws() -> None:
    assert chances.in_cases(0.0, 1024, ENGLISH) == "in none of the 1,024 cases of this model"
    assert chances.in_cases(1.0, 1024, ENGLISH) == "in all 1,024 cases of this model"
    assert chances.percent(0.0, 1024, ENGLISH, decimals=1) == "none of 1,024"
    assert [probability_text(share, 1) for share in (0.0, 1.0)] == ["none", "all"]
    assert cases_text(1.0, 1024) == chances.in_cases(1.0, 1024, ENGLISH)
    assert cases_text(0.0, 1024) == chances.in_cases(0.0, 1024, ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
@pytest.mark.parametrize("share", [0.0, 1.0, 1e-9, 1.0 - 1e-9])
def test_no_chance_reads_as_0_or_100(share: float, language: Language) -> None:
    for words in (chances.in_cases, chances.cases, chances.of_100, chances.percent):
        text = words(share, 4096, language)
        assert not re.search(r"\b0\b|\b100 ?%|\b100\b.*\b100\b", text), text
    assert not re.match(r"0|100", probability_text(share))


@given(some.floats(0.0, 1.0), some.integers(0, 3))
def test_only_none_is_none_and_only_all_is_all(share: float, decimals: int) -> None:
    chance = rounded(share, decimals)
    assert (chance.percent == 0.0) == (share == 0.0)
    assert (chance.percent == 100.0) == (share == 1.0)
    match chance.bound:
        case "below":
            assert 0.0 < 100.0 * share < chance.percent == 10.0**-decimals
        case "above":
            assert 100.0 - 10.0**-decimals == chance.percent < 100.0 * share
        case _:
            assert abs(100.0 * share - chance.percent) <= 0.501 * 10.0**-decimals


@given(some.integers(0, 4096))
def test_a_share_and_what_it_leaves_add_up(count: int) -> None:
    share, rest = rounded(count / 4096), rounded(1.0 - count / 4096)
    assert share.percent + rest.percent == 100.0
    assert {share.bound, rest.bound} in ({"about"}, {"below", "above"}, {"none", "all"})


def test_a_tenth_of_a_case_is_told_where_tenths_are() -> None:
    assert rounded(0.002, 1) == Chance(0.2, "about")
    assert rounded(0.0004, 1) == Chance(0.1, "below")
    assert rounded(0.9996, 1) == Chance(99.9, "above")
    assert chances.percent(0.0004, 4096, ENGLISH, decimals=1) == "less than 0.1%"


@pytest.mark.parametrize(
    ("share", "decimals"), [(0.0, 1), (0.002, 1), (0.0004, 2), (1e-6, 4), (0.99996, 3), (1.0, 1)]
)
def test_a_cell_has_the_decimals_that_it_takes(share: float, decimals: int) -> None:
    assert decimals_needed(share, 1) == decimals


def test_what_is_not_defined_stays_so() -> None:
    assert rounded(math.nan).bound == "about"
    assert chances.percent(math.nan, 1024, ENGLISH) == ENGLISH.percent(math.nan)


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_every_language_tells_hardly_any_from_none(language: Language) -> None:
    for words in (chances.of_100, chances.percent):
        texts = [words(share, 1024, language) for share in (0.0, 0.002, 0.01, 0.99, 0.997, 1.0)]
        assert len(set(texts)) == len(texts)
        assert "1" in texts[1] and "99" in texts[4]


def test_a_bound_is_said_in_a_form_of_its_own() -> None:
    """Dutch says "minder dan 1 van de 100 keer" of nobody's cases."""
    dutch = LANGUAGES["nl"]
    assert in_cases(0.001, 4096, dutch) == "in minder dan 1 van de 100 gevallen"
    assert in_cases(0.999, 4096, dutch) == "in meer dan 99 van de 100 gevallen"
    assert in_cases(0.72, 4096, dutch) == "72 van de 100 keer"


@given(some.lists(some.integers(0, 1024), min_size=1, max_size=6).filter(sum))
def test_shares_side_by_side_add_up_to_100(counts: list[int]) -> None:
    """What is below one of 100 takes what is left; each is within one of what it is."""
    shares = {str(place): count / sum(counts) for place, count in enumerate(counts)}
    read = of_whole(shares)
    chances = [rounded(share) for share in read.values()]
    below = sum(one.bound == "below" for one in chances)
    if not any(one.bound in {"above", "all"} for one in chances):
        said = sum(one.percent for one in chances if one.bound == "about")
        assert 100 - below <= said <= 100
    for name, share in shares.items():
        assert abs(read[name] - share) < 0.01 + 1e-9
        was, becomes = rounded(share).bound, rounded(read[name]).bound
        assert becomes == was or (was == "about" and becomes == "below" and share < 0.01)


def test_halves_are_not_all_rounded_up_and_what_is_not_known_stays() -> None:
    read = of_whole({"A": 0.512, "B": 0.346, "0": 0.142})
    assert read == {"A": 0.51, "B": 0.35, "0": 0.14}
    read = of_whole({"A": 0.506, "B": 0.346, "0": 0.148, "C": math.nan})
    assert sum(round(100 * share) for share in read.values() if share == share) == 100
    assert math.isnan(read["C"])
