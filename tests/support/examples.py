"""How many examples a property test tries: its own number, and the share that the profile takes."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

ALL = 100
"""Examples of a profile that tries as many as each test asks for."""
FEWEST = 3
"""Fewer say next to nothing: the first is the simplest that there is."""


def examples(number: int, **more: Any) -> settings:
    """Settings of a test that tries ``number`` examples, an eighth of them in the quick profile,
    and twenty times as many where new counterexamples are looked for; ``more`` is Hypothesis's
    own."""
    share = settings().max_examples / ALL
    return settings(max_examples=max(round(number * share), min(number, FEWEST)), **more)
