"""Whose request is worked on next: everybody gets a fair share of the machine.

A request waits for its :meth:`~FairShare.turn`. Of all that wait, that one is next whose address
has been worked for least, and of an address that visitor: who asks for much waits for who asks for
little. What takes long lets others pass in between, where its work calls :func:`pause`; what can be
put off does so at once (:class:`Patience`). Who has too much waiting already is refused, by
:class:`Busy`; who has gone is not worked for any longer.
"""

from __future__ import annotations

import time
from asyncio import CancelledError
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

import anyio
from anyio import CapacityLimiter
from anyio.from_thread import run as run_in_loop

SHORT_S = 0.1
"""What is done sooner, such as the answer to a lever, is never interrupted."""
_LONG_S = 0.5
"""What is shown already and takes so long is as long as anything else."""
MOST_REST_S = 10.0
"""So long what is shown already, only rougher, gives way to levers, and the background to all."""
_MOST_REMEMBERED = 4_000
"""Accounts of visitors; beyond, those who have nothing to do now are forgotten."""
_THREADS = 12
"""For each place; all that is begun has one, and some more is to come."""


class Visitor(NamedTuple):
    """Whom a request is from, as far as that can be told."""

    address: str
    who: str
    """Among those of the address."""


class Busy(Exception):
    """There is too much waiting already."""


class GivenUp(Exception):
    """Whoever asked has gone: raised by :func:`pause`, passed on by what works."""


class Patience(Enum):
    """How long a request can be put off."""

    NONE = "none"
    """Somebody waits for it."""
    AT_REST = "at_rest"
    """What it gives is shown already, only rougher: it gives way to all that will soon be done,
    whoever's."""
    ALL = "all"
    """It is done in the background, while nothing else waits, and for a while at the expense of
    nothing else."""


class Bounds(NamedTuple):
    """How many requests may wait at a time."""

    visitor: int = 24
    address: int = 300
    all: int = 1_000


_MOST_BEGUN: Mapping[Patience, int] = {Patience.NONE: 3, Patience.AT_REST: 2, Patience.ALL: 3}
"""For each place: how much that takes long may be begun and not done. Each is in memory with all
that it has worked out."""


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


class _Ledger:
    """What has been done for everybody."""

    def __init__(self) -> None:
        self.addresses: dict[str, _Address] = {}
        self._least = 0.0

    def accounts(self, visitor: Visitor) -> tuple[_Address, _Account]:
        """Of the address, and there of the visitor."""
        if visitor.address not in self.addresses:
            if len(self.addresses) > _MOST_REMEMBERED:
                known = tuple(self.addresses.items())
                self.addresses = {name: address for name, address in known if address.requests}
            self.addresses[visitor.address] = _Address()
        address = self.addresses[visitor.address]
        if not address.requests:
            address.spent = max(address.spent, self._least)
        own = address.visitors.setdefault(visitor.who, _Account())
        if not own.requests:
            own.spent = max(own.spent, address.least)
            if len(address.visitors) > _MOST_REMEMBERED:
                visitors = tuple(address.visitors.items())
                busy = {who: account for who, account in visitors if account.requests}
                address.visitors = {**busy, visitor.who: own}
        return address, own

    def let_in(self, visitor: Visitor) -> None:
        """It is the turn of this one: who comes anew begins there."""
        address, own = self.accounts(visitor)
        self._least = max(self._least, address.spent)
        address.least = max(address.least, own.spent)


class _Line(NamedTuple):
    """Who waits and works, as far as it matters to all that can be put off: found out once for all
    of it, since hundreds may wait."""

    short: list[Turn]
    is_awaited: bool
    """Whether anything waits that is not in the background."""
    background: list[Turn]
    """What waits in the background."""
    begun: Mapping[tuple[Patience, bool], int]
    """How much, by :meth:`Turn.kind`."""
    long: int
    """How much that takes long is at work."""


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
        self._threads = CapacityLimiter(_THREADS * places)
        self._ledger, self._background = _Ledger(), _Ledger()
        self._waiting: list[Turn] = []
        self._working: list[Turn] = []
        self._begun: set[Turn] = set()

    @property
    def threads(self) -> CapacityLimiter:
        """For the threads in which the work is done; those that pause have one, and no place."""
        return self._threads

    @asynccontextmanager
    async def turn(
        self,
        visitor: Visitor,
        cost: float,
        patience: Patience = Patience.NONE,
        given_up: Callable[[], bool] = lambda: False,
    ) -> AsyncIterator[Turn]:
        """Wait for a place, and work there. ``cost``: seconds that it will take, as far as known;
        ``given_up``: whether the visitor has gone.

        Raises:
            Busy: the visitor, the address or all together have too much waiting.
        """
        ledger = self._background if patience is Patience.ALL else self._ledger
        turn = Turn(self, ledger, visitor, cost, patience, given_up)
        address, own = turn.accounts()
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
            self._begun.discard(turn)
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
        """Whether ``turn``, which is not :meth:`~Turn.is_short`, is in the way of others, waiting
        or at work: of those who will soon be done and for whom less has been done; at rest, for a
        while, of all who will soon be done; in the background also of whatever else waits, and of
        the background of others for whom less has been done. So much may be begun that some of it
        has to be done first."""
        return self._is_pressed(turn, self._line())

    def _line(self) -> _Line:
        # Threads that work look at it as well, while it changes: all of each is copied at once.
        waiting, working, begun = tuple(self._waiting), tuple(self._working), tuple(self._begun)
        return _Line(
            [turn for turn in (*waiting, *working) if turn.is_short()],
            any(turn.patience is not Patience.ALL for turn in waiting),
            [turn for turn in waiting if turn.patience is Patience.ALL],
            Counter(turn.kind() for turn in begun),
            sum(turn.is_long() for turn in working),
        )

    def _is_pressed(self, turn: Turn, line: _Line) -> bool:
        if self._is_full():
            return False
        match turn.patience:
            case Patience.ALL:
                return bool(line.short) or line.is_awaited or self._is_ahead(turn, line)
            case Patience.AT_REST:
                return bool(line.short) and not turn.is_overdue()
        place = turn.place_in_line()
        return any(
            other.visitor != turn.visitor and other.place_in_line() < place for other in line.short
        )

    def _is_ahead(self, turn: Turn, line: _Line) -> bool:
        """Whether more has been done for ``turn``, in the background, than will have been for
        another one that waits there and may begin: long ones of several visitors take turns."""
        if not turn.is_at_work:
            return False  # the next of those that wait is chosen by rank
        may_begin = line.begun[turn.kind()] < _MOST_BEGUN[turn.patience] * self._places
        place = turn.place_in_line()
        return any(
            other.visitor != turn.visitor
            and (other.has_begun or may_begin)
            and other.place_in_line() < place
            for other in line.background
        )

    def _is_full(self) -> bool:
        return len(self._begun) >= sum(_MOST_BEGUN.values()) * self._places

    async def give_up_place(self, turn: Turn) -> None:
        """Leave the place to others; :meth:`wait_for_place` gets one again."""
        self._leave(turn)
        self._let_in()

    def _let_in(self) -> None:
        """Give free places to who is next; what takes long never has all of them."""
        while len(self._working) < self._places:
            line = self._line()
            candidates = [turn for turn in self._waiting if self._may_work(turn, line)]
            if not candidates:
                return
            turn = min(candidates, key=Turn.rank)
            self._waiting.remove(turn)
            self._working.append(turn)
            self._begun.add(turn)
            turn.begin()

    def _may_work(self, turn: Turn, line: _Line) -> bool:
        if self._is_full() and not turn.has_begun:
            return False
        if turn.is_short():
            return True
        most = _MOST_BEGUN[turn.patience] * self._places
        if line.begun[turn.kind()] >= most and not turn.has_begun:
            return False
        if turn.is_long() and line.long >= max(self._places - 1, 1):
            return False
        return not self._is_pressed(turn, line)

    def _leave(self, turn: Turn) -> None:
        """Out of the line, or of the place, which is charged for."""
        if turn in self._working:
            self._working.remove(turn)
            turn.end()
        elif turn in self._waiting:
            self._waiting.remove(turn)


class Turn:
    """A request that waits, or is worked on."""

    def __init__(
        self,
        share: FairShare,
        ledger: _Ledger,
        visitor: Visitor,
        cost: float,
        patience: Patience,
        given_up: Callable[[], bool],
    ) -> None:
        self.visitor = visitor
        self._patience = patience
        self.is_let_in = anyio.Event()
        self.has_begun = False
        self._cost = cost
        self._share = share
        self._ledger = ledger
        self._given_up = given_up
        self._asked = share.clock()
        self._began: float | None = None
        self._worked = 0.0
        self._charged = 0.0
        """Seconds, of its price."""

    @property
    def patience(self) -> Patience:
        """How long it can be put off. What was put off in the background for too long is done as if
        somebody waited for it: nothing is kept away for ever."""
        is_due = self._patience is Patience.ALL and self.is_overdue()
        return Patience.NONE if is_due else self._patience

    @property
    def is_at_work(self) -> bool:
        """Whether it has a place."""
        return self._began is not None

    def accounts(self) -> tuple[_Address, _Account]:
        """Those of the address and of the visitor."""
        return self._ledger.accounts(self.visitor)

    def begin(self) -> None:
        """Here is the place."""
        self._ledger.let_in(self.visitor)
        self.has_begun = True
        self._began = self._share.clock()
        self._charge()
        self.is_let_in.set()

    def end(self) -> None:
        """The place is left."""
        self._worked, self._began = self.worked(), None
        self._charge()

    def worked(self) -> float:
        """Seconds of work so far."""
        began = self._began  # it may end while another thread looks
        now = 0.0 if began is None else self._share.clock() - began
        return self._worked + now

    def _charge(self) -> None:
        """Have its price paid: at first what it is thought to cost, in the end what it did."""
        price = self._price()
        for account in self.accounts():
            account.spent += price - self._charged
        self._charged = price

    def _price(self) -> float:
        return max(self._cost, self.worked()) if self.is_at_work else self._worked

    def place_in_line(self) -> tuple[float, float]:
        """Seconds that will have been worked for the address and the visitor once what is not paid
        for yet is: what has been done, or is about to be."""
        unpaid = self._price() - self._charged if self.is_at_work else self._cost
        address, own = self.accounts()
        return address.spent + unpaid, own.spent + unpaid

    def rank(self) -> tuple[bool, bool, float, float]:
        """The lowest is next: by its place in line, and nobody's before the background. Of what can
        wait for levers, what has begun is done first: it takes much memory."""
        in_hand = self.patience is Patience.AT_REST and self.has_begun and not self.is_long()
        return self.patience is Patience.ALL, not in_hand, *self.place_in_line()

    def is_long(self) -> bool:
        """Whether it takes long, which never has all places. What is shown already takes a moment
        and gives way within it, unless it is thought to take longer."""
        if self.patience is Patience.AT_REST:
            return self._cost >= _LONG_S
        return not self.is_short()

    def kind(self) -> tuple[Patience, bool]:
        """How long it can be put off, and whether it takes long."""
        return self.patience, self.is_long()

    def is_overdue(self) -> bool:
        """Whether it has been put off long enough: levers are not to keep it away for ever."""
        return self._share.clock() - self._asked > MOST_REST_S

    def is_short(self) -> bool:
        """Whether it will soon be done, as far as can be told, and somebody waits for it."""
        return self.patience is Patience.NONE and max(self._cost, self.worked()) < SHORT_S

    def pause(self) -> None:
        """In the thread that works: let those pass who have had less, if this takes long. Raises
        :class:`GivenUp` where nobody waits for it any more."""
        if self._given_up():
            raise GivenUp
        if not self.is_short() and self._share.is_pressed_by_others(self):
            _wait_in_loop(self._share.wait_for_place, self)
            if self._given_up():
                raise GivenUp

    def without_place(self, wait: Callable[[], object]) -> None:
        """In the thread that works: ``wait`` for what somebody else works on, who needs a place.
        Raises :class:`GivenUp` where nobody waits for it any more, before or after."""
        _wait_in_loop(self._share.give_up_place, self)
        try:
            wait()
        finally:
            _wait_in_loop(self._share.wait_for_place, self)


def _wait_in_loop(wait: Callable[[Turn], Coroutine[Any, Any, None]], turn: Turn) -> None:
    """Have the loop ``wait``. Whoever asked may leave meanwhile, which ends all that waits for
    them: raises :class:`GivenUp`, which work that others may go on with can let pass."""
    try:
        run_in_loop(wait, turn)
    except CancelledError:
        raise GivenUp from None


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
