"""Figures and names as text."""

from __future__ import annotations

import math

import pytest

from simulator.cli import numbers, refusal


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999_999.4, "999,999"),
        (999_999.6, "1.00 M"),
        (7_497_123, "7.50 M"),
        (9_996_000, "10.0 M"),
        (999_960_000, "1.00 bn"),
        (1e10, "10.0 bn"),
        (math.nan, "n/a"),
    ],
)
def test_large_counts_are_short(value: float, text: str) -> None:
    assert numbers.heads(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "none"),
        (0.0001, "less than 1 %"),
        (0.46, "46 %"),
        (0.9999, "more than 99 %"),
        (1.0, "all"),
        (math.nan, "n/a"),
    ],
)
def test_what_is_not_certain_is_not_called_certain(share: float, text: str) -> None:
    assert numbers.probability_text(share) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain ü 東京", "plain ü 東京"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("a\nb\u2028c", "a\\nb\\u2028c"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202e", "\\u202e"),
    ],
)
def test_harmless(value: str, text: str) -> None:
    assert refusal.harmless(value) == text
