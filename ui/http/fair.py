"""Whose request is worked on next: everybody gets a fair share of the machine.

A request waits for its :meth:`~FairShare.turn`. Of all that wait, that one is next whose address
has been worked for least, and of an address that visitor: who asks for much waits for who asks for
little. What takes long lets others pass in between, where its work calls :func:`pause`. What nobody
waits for is done in the background: while nothing else waits, and at nobody's expense. Who has too
much waiting already is refused, by :class:`Busy`.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple

import anyio
from anyio import CapacityLimiter
from anyio.from_thread import run as run_in_loop

SHORT_S = 0.1
"""What is done sooner, such as the answer to a lever, is never interrupted."""
_MOST_REMEMBERED = 4_000
"""Accounts of visitors; beyond, those who have nothing to do now are forgotten."""


class Visitor(NamedTuple):
    """Whom a request is from, as far as that can be told."""

    address: str
    who: str
    """Among those of the address."""


class Busy(Exception):
    """There is too much waiting already."""


class Bounds(NamedTuple):
    """How many requests may wait at a time."""

    visitor: int = 24
    address: int = 300
    all: int = 1_000


@dataclass(slots=True)
class _Account:
    """What has been done for somebody."""

    spent: float = 0.0
    """Seconds; who comes anew begins with as much as the least of the others."""
    requests: int = 0
    """That wait or are worked on."""


@dataclass(slots=True)
class _Address(_Account):
    visitors: dict[str, _Account] = field(default_factory=dict)
    least: float = 0.0
    """What visitors of the address begin with."""


class FairShare:
    """A number of places to work at, and who waits for them."""

    def __init__(
        self,
        places: int,
        bounds: Bounds = Bounds(),  # noqa: B008 - it cannot be changed
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.clock = clock
        self._places = places
        self._bounds = bounds
        self._threads = CapacityLimiter(10 * places)
        self._addresses: dict[str, _Address] = {}
        self._least = 0.0
        self._waiting: list[Turn] = []
        self._working: list[Turn] = []

    @property
    def threads(self) -> CapacityLimiter:
        """For the threads in which the work is done; those that pause have one, and no place."""
        return self._threads

    @asynccontextmanager
    async def turn(
        self, visitor: Visitor, cost: float, *, background: bool = False
    ) -> AsyncIterator[Turn]:
        """Wait for a place, and work there. ``cost``: seconds that it will take, as far as known;
        ``background``: nobody waits for it.

        Raises:
            Busy: the visitor, the address or all together have too much waiting.
        """
        turn = Turn(self, visitor, cost, background)
        address, own = self._accounts(visitor)
        if (
            own.requests >= self._bounds.visitor
            or address.requests >= self._bounds.address
            or len(self._waiting) >= self._bounds.all
        ):
            raise Busy
        address.requests += 1
        own.requests += 1
        token = _TURN.set(turn)
        try:
            await self.wait_for_place(turn)
            yield turn
        finally:
            _TURN.reset(token)
            self._leave(turn)
            address.requests -= 1
            own.requests -= 1
            self._let_in()

    async def wait_for_place(self, turn: Turn) -> None:
        """Stand in line, from the beginning or once more, until there is a place."""
        self._leave(turn)
        turn.is_let_in = anyio.Event()
        self._waiting.append(turn)
        self._let_in()
        await turn.is_let_in.wait()

    def is_pressed_by_others(self, turn: Turn) -> bool:
        """Whether ``turn``, which takes long, is in the way of others: of those who will soon be
        done and for whom less has been done, waiting or at work. In the background it is in the way
        of whatever waits, and of all that will soon be done."""
        if turn.background:
            in_front = (*self._waiting, *(one for one in self._working if one.is_short()))
            return not all(other.background for other in in_front)
        place = self._place_in_line(turn)
        return any(
            other.visitor != turn.visitor
            and other.is_short()
            and self._place_in_line(other) < place
            for other in (*self._waiting, *self._working)
        )

    async def give_up_place(self, turn: Turn) -> None:
        """Leave the place to others; :meth:`wait_for_place` gets one again."""
        self._leave(turn)
        self._let_in()

    def _let_in(self) -> None:
        """Give free places to who is next; what takes long never has all of them."""
        while len(self._working) < self._places:
            long = sum(not turn.is_short() for turn in self._working)
            may_be_long = long < max(self._places - 1, 1)
            candidates = [
                turn
                for turn in self._waiting
                if turn.is_short() or (may_be_long and not self.is_pressed_by_others(turn))
            ]
            if not candidates:
                return
            turn = min(candidates, key=self._place_in_line)
            self._waiting.remove(turn)
            self._working.append(turn)
            address, own = self._accounts(turn.visitor)
            self._least = max(self._least, address.spent)
            address.least = max(address.least, own.spent)
            turn.begin()
            self._charge(turn)

    def _leave(self, turn: Turn) -> None:
        """Out of the line, or of the place, which is charged for."""
        if turn in self._working:
            self._working.remove(turn)
            turn.end()
            self._charge(turn)
        elif turn in self._waiting:
            self._waiting.remove(turn)

    def _charge(self, turn: Turn) -> None:
        for account in self._accounts(turn.visitor):
            account.spent += turn.price() - turn.charged
        turn.charged = turn.price()

    def _place_in_line(self, turn: Turn) -> tuple[float, float]:
        address, own = self._accounts(turn.visitor)
        return address.spent + turn.unpaid(), own.spent + turn.unpaid()

    def _accounts(self, visitor: Visitor) -> tuple[_Address, _Account]:
        if visitor.address not in self._addresses:
            self._forget()
            self._addresses[visitor.address] = _Address()
        address = self._addresses[visitor.address]
        if not address.requests:
            address.spent = max(address.spent, self._least)
        own = address.visitors.setdefault(visitor.who, _Account())
        if not own.requests:
            own.spent = max(own.spent, address.least)
            if len(address.visitors) > _MOST_REMEMBERED:
                busy = {who: one for who, one in address.visitors.items() if one.requests}
                address.visitors = {**busy, visitor.who: own}
        return address, own

    def _forget(self) -> None:
        if len(self._addresses) > _MOST_REMEMBERED:
            self._addresses = {name: one for name, one in self._addresses.items() if one.requests}


class Turn:
    """A request that waits, or is worked on."""

    def __init__(
        self, share: FairShare, visitor: Visitor, cost: float, background: bool = False
    ) -> None:
        self.visitor = visitor
        self.background = background
        self.is_let_in = anyio.Event()
        self.charged = 0.0
        """Seconds, of its price."""
        self._cost = cost
        self._share = share
        self._began: float | None = None
        self._worked = 0.0

    def begin(self) -> None:
        """Here is the place."""
        self._began = self._share.clock()
        self.is_let_in.set()

    def end(self) -> None:
        """The place is left."""
        self._worked, self._began = self.worked(), None

    def worked(self) -> float:
        """Seconds of work so far."""
        now = 0.0 if self._began is None else self._share.clock() - self._began
        return self._worked + now

    def price(self) -> float:
        """Seconds to be paid for: at first what it is thought to cost, in the end what it did. In
        the background nothing: it took from nobody."""
        if self.background:
            return 0.0
        if self._began is None:
            return self._worked
        return max(self._cost, self.worked())

    def unpaid(self) -> float:
        """Seconds that it worked and that nobody has paid for yet, or is about to work."""
        if self._began is not None or self.background:
            return self.price() - self.charged
        return self._cost

    def is_short(self) -> bool:
        """Whether it will soon be done, as far as can be told, and somebody waits for it."""
        return not self.background and max(self._cost, self.worked()) < SHORT_S

    def pause(self) -> None:
        """In the thread that works: let those pass who have had less, if this takes long."""
        if not self.is_short() and self._share.is_pressed_by_others(self):
            run_in_loop(self._share.wait_for_place, self)

    def without_place(self, wait: Callable[[], object]) -> None:
        """In the thread that works: ``wait`` for what somebody else works on, who needs a place."""
        run_in_loop(self._share.give_up_place, self)
        try:
            wait()
        finally:
            run_in_loop(self._share.wait_for_place, self)


_TURN: ContextVar[Turn | None] = ContextVar("turn", default=None)


def pause(done: int = 0, total: int = 0) -> None:
    """Let others pass, if what this thread works on takes long. To be called between its parts."""
    if turn := _TURN.get():
        turn.pause()


def without_place(wait: Callable[[], object]) -> None:
    """``wait`` for what another thread works on. That one may :func:`pause` and then needs a place:
    who waited for it in one would wait for ever."""
    if turn := _TURN.get():
        turn.without_place(wait)
    else:
        wait()


def asks() -> Visitor:
    """Whose request this thread works on; nobody's outside of a turn."""
    turn = _TURN.get()
    return turn.visitor if turn else Visitor("", "")
