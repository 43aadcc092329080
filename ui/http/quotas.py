"""How often somebody may do something, and how much of something all may take at a time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

_MOST_REMEMBERED = 10_000


class Quota:
    """So many times in so many seconds, for each key of its own; all at once or spread evenly."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._pace = most / seconds
        self._clock = clock
        self._left: dict[Hashable, tuple[float, float]] = {}
        """What was left, and when."""

    def take(self, key: Hashable) -> bool:
        """Whether there is one left for ``key``, which is then taken."""
        now = self._clock()
        left, then = self._left.get(key, (float(self._most), now))
        left = min(left + (now - then) * self._pace, float(self._most))
        if key not in self._left and len(self._left) >= _MOST_REMEMBERED:
            # Who has all left again need not be remembered; else the one who came first.
            full = self._most / self._pace
            self._left = {name: was for name, was in self._left.items() if now - was[1] < full}
            if len(self._left) >= _MOST_REMEMBERED:
                del self._left[next(iter(self._left))]
        self._left[key] = (left - 1.0 if left >= 1.0 else left, now)
        return left >= 1.0


class Room:
    """An amount of something, to be had and given back; half of it at most for one key."""

    def __init__(self, most: float) -> None:
        self._most = most
        self._taken: Counter[Hashable] = Counter()

    @contextmanager
    def taken(self, key: Hashable) -> Iterator[Callable[[int], bool]]:
        """Inside, takes an amount for ``key`` when called, if there is so much; at the end all of
        it is given back."""
        amount = 0

        def take(more: int) -> bool:
            nonlocal amount
            if self._taken[key] + more > self._most / 2 or self._taken.total() + more > self._most:
                return False
            self._taken[key] += more
            amount += more
            return True

        try:
            yield take
        finally:
            self._taken[key] -= amount
            if not self._taken[key]:
                del self._taken[key]
