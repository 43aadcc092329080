"""Values that are made once, by whoever asks first, and kept within a bound of memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from cachetools import LRUCache

from ui.http.fair import without_place

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@contextmanager
def held(lock: threading.Lock) -> Iterator[None]:
    """As ``with lock``, for a lock under which others :func:`~ui.http.fair.pause`."""
    is_ours = lock.acquire(blocking=False)

    def acquire() -> None:
        nonlocal is_ours
        is_ours = lock.acquire()

    try:
        if not is_ours:
            without_place(acquire)  # whoever asked may leave after it, and before there is a place
        yield
    finally:
        if is_ours:
            lock.release()


class SingleFlight(Generic[Value]):
    """A value that is made once, however many threads ask for it at a time."""

    def __init__(self, size: float) -> None:
        self.size = size
        self._lock = threading.Lock()
        self._value: Value | None = None

    @property
    def known(self) -> Value | None:
        """The value if it is there; waits for nobody."""
        return self._value

    def get(self, make: Callable[[], Value]) -> Value:
        """The value; what ``make`` makes, if there is none yet. ``make`` may
        :func:`~ui.http.fair.pause`."""
        with held(self._lock):
            if self._value is None:
                self._value = make()
            return self._value


class Bounded(Generic[Key, Value]):
    """The values that were asked for last, by key; any number of threads may ask."""

    def __init__(self, most: float, size: Callable[[Key], float] = lambda _key: 1.0) -> None:
        """``most``: of the sizes of all together; ``size``: of the value of a key, in the same
        unit. What is larger than that alone is not kept."""
        self._size = size
        self._lock = threading.Lock()
        self._kept: LRUCache[Key, SingleFlight[Value]] = LRUCache(most, lambda flight: flight.size)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of ``key``; made by ``make`` if it is not there any more. What ``make`` raises
        is passed on, and nothing is kept."""
        with self._lock:
            flight = self._kept.get(key)
            if flight is None:
                flight = SingleFlight(self._size(key))
                if flight.size <= self._kept.maxsize:
                    self._kept[key] = flight
        return flight.get(make)

    def known(self, key: Key) -> Value | None:
        """The value of ``key`` if it is there; waits for nobody who makes it."""
        with self._lock:
            flight = self._kept.get(key)
        return flight.known if flight else None

    @property
    def most(self) -> float:
        """Of the sizes of all together."""
        return self._kept.maxsize

    @property
    def size(self) -> float:
        """Of all together now."""
        return self._kept.currsize
