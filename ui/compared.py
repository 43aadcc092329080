"""Comparisons that are kept, for all visitors and all threads.

Looking at another outcome, another pair or another measure of the same scenarios then takes no
simulation, and neither does a download.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from simulator import scenario
from simulator.analyses.comparison import Comparison, compare
from simulator.results import DEFAULT_DRAWS
from simulator.scenario import Scenario
from ui import cache
from ui.cache import Slot

COMPARISONS_KEPT = 16
"""Of six scenarios each takes some 5 MB; 8.5 MB over 120 months."""


def compared(*scenarios: Scenario, draws: int = DEFAULT_DRAWS) -> Comparison:
    """:func:`simulator.analyses.comparison.compare`; from the cache if the same
    scenarios have been compared
    lately, by anyone.

    The scenarios in it have no names and texts. It is shared between threads: nothing in it may be
    changed. Raises ``ValueError`` for too few or too many scenarios.
    """
    bare = [_without_texts(one) for one in scenarios]
    return _slot(_key(bare, draws)).get(
        lambda: compare(*bare, draws=draws, baseline=cache.carrying_on)
    )


@lru_cache(maxsize=COMPARISONS_KEPT)
def _slot(key: bytes) -> Slot[Comparison]:
    return Slot()


def _key(scenarios: Sequence[Scenario], draws: int) -> bytes:
    """All that a comparison depends on, in short."""
    digest = hashlib.blake2b(str(draws).encode(), digest_size=32)
    for one in scenarios:
        digest.update(scenario.dump(one).encode())
    return digest.digest()


def _without_texts(one: Scenario) -> Scenario:
    texts = dict.fromkeys(("name", "description", "story", "notes", "author"), "")
    return one.model_copy(update={**texts, "date": None})
