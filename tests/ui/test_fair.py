"""Whose turn it is: everybody's, fairly, and never everything for one."""

from __future__ import annotations

import sys
import types
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from threading import Event, Lock, Thread
from typing import Any

import anyio
import anyio.abc
import anyio.lowlevel
import pytest
from anyio.to_thread import run_sync

from ui.bounded import Bounded, held
from ui.http import fair
from ui.http.fair import Bounds, Busy, FairShare, GivenUp, Patience, Visitor, pause

LEVER, LONG = 0.03, 1.0
"""What they cost, seconds."""
ANN, BO, CHIDI = (Visitor(address, "") for address in ("a", "b", "c"))


class Clock:
    """Seconds, as long as the work takes that is done here."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """Does work of known length in turns, and notes whose was done when."""

    def __init__(self, places: int = 1, bounds: Bounds = Bounds()) -> None:  # noqa: B008
        self.clock = Clock()
        self.share = FairShare(places, bounds, self.clock)
        self.done: list[str] = []
        self.gate = anyio.Event()

    async def do(
        self,
        visitor: Visitor,
        cost: float,
        takes: float | None = None,
        patience: Patience = Patience.NONE,
    ) -> None:
        async with self.share.turn(visitor, cost, patience):
            await self.gate.wait()
            self.clock.now += cost if takes is None else takes
            self.done.append(visitor.address + visitor.who)


def run(work: Callable[[], Awaitable[None]]) -> None:
    anyio.run(work)


async def let_wait(group: anyio.abc.TaskGroup, desk: Desk, *args: Any) -> None:
    """Start something and see that it stands in line before anything else comes."""
    group.start_soon(desk.do, *args)
    await anyio.lowlevel.checkpoint()
    await anyio.lowlevel.checkpoint()


def test_who_asks_for_much_waits_for_who_asks_for_little() -> None:
    async def work() -> None:
        desk = Desk()
        async with anyio.create_task_group() as group:
            for _ in range(5):
                await let_wait(group, desk, ANN, LEVER)
            await let_wait(group, desk, BO, LEVER)
            await let_wait(group, desk, CHIDI, LEVER)
            desk.gate.set()
        assert desk.done[:3] == ["a", "b", "c"] and desk.done[3:] == ["a"] * 4

    run(work)


def test_visitors_of_one_address_share_what_it_gets() -> None:
    async def work() -> None:
        desk = Desk()
        async with anyio.create_task_group() as group:
            for _ in range(4):
                for who in "12":
                    await let_wait(group, desk, Visitor("a", who), LEVER)
            for _ in range(4):
                await let_wait(group, desk, BO, LEVER)
            desk.gate.set()
        # Half of it for the address with two, a quarter for each of them.
        assert desk.done[:8].count("b") == 4
        assert desk.done[:8].count("a1") == desk.done[:8].count("a2") == 2

    run(work)


def test_what_was_thought_to_be_little_and_took_long_is_paid_for() -> None:
    async def work() -> None:
        desk = Desk()
        desk.gate.set()
        await desk.do(ANN, LEVER, LONG)
        await desk.do(BO, LEVER)
        desk.gate = anyio.Event()
        async with anyio.create_task_group() as group:
            await let_wait(group, desk, CHIDI, LEVER)  # has the place
            await let_wait(group, desk, ANN, LEVER)
            await let_wait(group, desk, BO, LEVER)
            desk.gate.set()
        assert desk.done[2:] == ["c", "b", "a"]

    run(work)


def test_long_work_never_has_all_places() -> None:
    async def work() -> None:
        desk = Desk(places=2)
        async with anyio.create_task_group() as group:
            for who in (ANN, BO, CHIDI):
                await let_wait(group, desk, who, LONG)
            lever = Visitor("d", "")
            async with desk.share.turn(lever, LEVER):  # though three came before it
                desk.done.append("lever")
            desk.gate.set()
        assert desk.done[0] == "lever" and len(desk.done) == 4

    run(work)


def test_long_work_steps_aside_between_its_parts() -> None:
    async def work() -> None:
        desk = Desk(places=2)
        parts: list[str] = []

        def long() -> None:
            for part in range(3):
                pause()
                parts.append(f"part {part}")
                desk.clock.now += 0.2
                if part == 0:
                    came.set()
                    waits.wait()

        async def lever() -> None:
            # There is a place for it; but for as long as it works, the long one is not to.
            async with desk.share.turn(BO, LEVER):
                waits.set()
                await anyio.sleep(0.05)
                parts.append("lever")

        came, waits = Event(), Event()
        async with anyio.create_task_group() as group:

            async def greedy() -> None:
                async with desk.share.turn(ANN, LONG):
                    await run_sync(long, limiter=desk.share.threads)

            group.start_soon(greedy)
            await run_sync(came.wait)
            group.start_soon(lever)
        assert parts == ["part 0", "lever", "part 1", "part 2"]

    run(work)


def test_who_waits_for_what_another_makes_gives_up_the_place_that_it_needs() -> None:
    """Both ask for the same; while it is made for one of them, a lever comes in between."""

    async def work() -> None:
        desk = Desk(places=2)
        cache: Bounded[str, str] = Bounded(4)
        came, lever_waits = Event(), Event()
        answers: list[str] = []

        def make() -> str:
            came.set()
            lever_waits.wait()
            pause()
            return "made"

        async def ask(visitor: Visitor) -> None:
            async with desk.share.turn(visitor, LONG):
                get = partial(cache.get, "key", make)
                answers.append(await run_sync(get, limiter=desk.share.threads))

        async def lever() -> None:
            async with desk.share.turn(CHIDI, LEVER):
                lever_waits.set()
                await anyio.sleep(0.05)

        with anyio.fail_after(30.0):
            async with anyio.create_task_group() as group:
                group.start_soon(ask, ANN)
                await run_sync(came.wait)
                group.start_soon(lever)
                await anyio.lowlevel.checkpoint()
                group.start_soon(ask, BO)
        assert answers == ["made", "made"]

    run(work)


def test_the_background_waits_for_all_that_somebody_waits_for_and_costs_nobody() -> None:
    async def work() -> None:
        desk = Desk()
        async with anyio.create_task_group() as group:
            await let_wait(group, desk, Visitor("a", " first"), LEVER)  # has the place
            for _ in range(3):
                await let_wait(group, desk, BO, LEVER, LEVER, Patience.ALL)
            await let_wait(group, desk, BO, LONG)
            await let_wait(group, desk, CHIDI, LEVER)
            desk.gate.set()
        assert desk.done == ["a first", "c", *"bbbb"]
        assert desk.share._ledger.addresses["b"].spent == pytest.approx(LONG), (
            "and that is the long one"
        )

    run(work)


def test_the_background_never_has_all_places() -> None:
    async def work() -> None:
        desk = Desk(places=2)
        async with anyio.create_task_group() as group:
            for who in (ANN, BO, CHIDI):
                await let_wait(group, desk, who, LEVER, LEVER, Patience.ALL)
            async with desk.share.turn(ANN, LEVER):
                desk.done.append("lever")
            desk.gate.set()
        assert desk.done[0] == "lever" and len(desk.done) == 4

    run(work)


def test_the_background_steps_aside_for_a_lever_of_the_same_visitor() -> None:
    async def work() -> None:
        desk = Desk(places=2)
        parts: list[str] = []

        def fine() -> None:
            parts.append("part 0")
            came.set()
            waits.wait()
            pause()
            parts.append("part 1")

        async def lever() -> None:
            async with desk.share.turn(ANN, LEVER):
                waits.set()
                await anyio.sleep(0.05)
                parts.append("lever")

        came, waits = Event(), Event()
        async with anyio.create_task_group() as group:

            async def rest() -> None:
                async with desk.share.turn(ANN, LEVER, Patience.ALL):
                    await run_sync(fine, limiter=desk.share.threads)

            group.start_soon(rest)
            await run_sync(came.wait)
            group.start_soon(lever)
        assert parts == ["part 0", "lever", "part 1"]

    run(work)


def test_long_work_of_several_visitors_takes_turns_in_the_background() -> None:
    """Nobody waits for a first picture until somebody else's last one is there."""

    async def work() -> None:
        desk = Desk(places=2)
        parts: list[str] = []

        def long(who: Visitor) -> None:
            for part in range(4):
                parts.append(who.address)
                desk.clock.now += 0.4
                if part == 0:
                    came.set()
                    waits.wait()
                pause()

        async def watched(who: Visitor) -> None:
            async with desk.share.turn(who, 0.3, Patience.ALL):
                await run_sync(long, who, limiter=desk.share.threads)

        came, waits = Event(), Event()
        async with anyio.create_task_group() as group:
            group.start_soon(watched, ANN)
            await run_sync(came.wait)
            group.start_soon(watched, BO)
            await anyio.sleep(0.05)
            waits.set()
        assert parts[:2] == ["a", "b"] and sorted(parts) == [*"aaaabbbb"]
        assert "aaa" not in "".join(parts) and "bbb" not in "".join(parts[:-2])

    run(work)


def test_what_is_shown_already_waits_for_all_levers_and_for_nothing_longer() -> None:
    async def work() -> None:
        desk = Desk()
        async with anyio.create_task_group() as group:
            await let_wait(group, desk, Visitor("a", " first"), LEVER)  # has the place
            await let_wait(group, desk, BO, LEVER, LEVER, Patience.ALL)
            await let_wait(group, desk, ANN, LONG)
            await let_wait(group, desk, BO, LEVER, LEVER, Patience.AT_REST)
            for _ in range(2):
                await let_wait(group, desk, CHIDI, LEVER)
            desk.gate.set()
        assert desk.done == ["a first", "c", "c", "b", "a", "b"], "the last one: the background"

    run(work)


def test_threads_look_at_the_line_while_it_changes() -> None:
    """What works in a thread asks whether others are pressed, and others come and go meanwhile."""
    faults: list[Exception] = []

    async def work() -> None:
        share = FairShare(2, Bounds(visitor=500, address=500, all=500))
        async with share.turn(ANN, LONG) as turn:
            is_over = Event()

            def look() -> None:
                try:
                    while not is_over.is_set():
                        share.is_pressed_by_others(turn)
                except Exception as fault:
                    faults.append(fault)

            thread = Thread(target=look)
            thread.start()
            for number in range(3_000):
                async with share.turn(Visitor("b", str(number % 50)), LEVER):
                    await anyio.lowlevel.checkpoint()
            is_over.set()
            thread.join()

    run(work)
    assert faults == []


def test_nothing_keeps_the_background_away_for_ever() -> None:
    async def work() -> None:
        desk = Desk()
        async with anyio.create_task_group() as group:
            await let_wait(group, desk, Visitor("a", " first"), LEVER, fair.MOST_REST_S + 1)
            await let_wait(group, desk, BO, LONG, LONG, Patience.ALL)
            await let_wait(group, desk, CHIDI, LONG)
            await let_wait(group, desk, CHIDI, LONG)
            desk.gate.set()
        assert desk.done == ["a first", "b", "c", "c"]

    run(work)


def test_levers_do_not_keep_what_is_shown_already_away_for_ever() -> None:
    async def work() -> None:
        desk = Desk()
        async with anyio.create_task_group() as group:
            await let_wait(group, desk, Visitor("a", " first"), LEVER, fair.MOST_REST_S)
            await let_wait(group, desk, BO, LEVER, LEVER, Patience.AT_REST)
            for _ in range(3):
                await let_wait(group, desk, CHIDI, LEVER)
            desk.clock.now += 1.0
            desk.gate.set()
        assert desk.done[:2] == ["a first", "b"]

    run(work)


def test_what_is_shown_already_need_not_wait_for_what_takes_long() -> None:
    async def work() -> None:
        desk = Desk(places=2)
        async with anyio.create_task_group() as group:
            for _ in range(3):
                await let_wait(group, desk, ANN, LONG)
            async with desk.share.turn(ANN, LEVER, Patience.AT_REST):  # though it works for itself
                desk.done.append("at rest")
            desk.gate.set()
        assert desk.done == ["at rest", "a", "a", "a"]

    run(work)


def test_long_work_at_rest_never_has_all_places() -> None:
    async def work() -> None:
        desk = Desk(places=2)
        async with anyio.create_task_group() as group:
            for who in (ANN, BO):
                for _ in range(5):
                    await let_wait(group, desk, who, LONG, LONG, Patience.AT_REST)
            async with desk.share.turn(CHIDI, LEVER, Patience.AT_REST):
                desk.done.append("soon done")
            desk.gate.set()
        assert desk.done[0] == "soon done" and len(desk.done) == 11

    run(work)


def test_what_is_begun_and_not_done_is_bounded() -> None:
    """Else all that let others pass would be in memory at once, or have all the threads."""

    async def work() -> None:
        desk = Desk(places=2)
        begun: list[int] = []
        lever_waits = Event()

        def rest(number: int) -> None:
            begun.append(number)
            lever_waits.wait(10.0)
            pause()  # there is a lever: this one waits again

        async def at_rest(number: int) -> None:
            async with desk.share.turn(Visitor("a", f"{number}"), LEVER, Patience.AT_REST):
                await run_sync(rest, number, limiter=desk.share.threads)

        async def lever() -> None:
            async with desk.share.turn(BO, LEVER):
                assert len(begun) <= 3, "it waits for no more than one to step aside"

        with anyio.fail_after(30.0):
            async with anyio.create_task_group() as group:
                for number in range(12):
                    group.start_soon(at_rest, number)
                while len(begun) < 2:
                    await anyio.sleep(0.001)
                assert len(begun) == 2
                group.start_soon(lever)
                while all(turn.visitor != BO for turn in desk.share._waiting):
                    await anyio.sleep(0.001)
                lever_waits.set()
        assert sorted(begun) == [*range(12)] and not desk.share._begun

    run(work)


def _calls(function: Callable[[], object]) -> int:
    """How many functions of Python are called meanwhile."""
    calls = 0

    def count(_frame: types.FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return calls


def test_twice_as_many_who_wait_cost_twice_as_much_and_not_more() -> None:
    """The whole server waits while somebody is let in."""

    async def work(waiting: int) -> int:
        desk = Desk(places=2)
        async with anyio.create_task_group() as group:
            for number in range(waiting):
                patience = (Patience.NONE, Patience.AT_REST, Patience.ALL)[number % 3]
                who = Visitor(f"{number % 30}", f"{number}")
                await let_wait(group, desk, who, LONG, 0.0, patience)
            desk.share._working.clear()
            calls = _calls(desk.share._let_in)
            group.cancel_scope.cancel()
        return calls

    few, many = (anyio.run(work, waiting) for waiting in (150, 300))
    assert 150 < few < many < 3 * few, "four times as much if each is held against each"


def test_who_has_gone_is_not_worked_for() -> None:
    async def work() -> None:
        desk = Desk()
        desk.gate.set()
        parts: list[int] = []

        def long() -> None:
            for part in range(3):
                pause()
                parts.append(part)

        async with desk.share.turn(ANN, LONG, given_up=lambda: len(parts) == 1):
            with pytest.raises(GivenUp):
                await run_sync(long, limiter=desk.share.threads)
        assert parts == [0]
        await desk.do(BO, LEVER)
        assert desk.done == ["b"]

    run(work)


def test_work_hears_that_who_asked_has_left_while_it_waited() -> None:
    """The loop ends all that waits for them; others may go on with the work."""

    async def work() -> None:
        desk = Desk(places=2)
        heard: list[str] = []
        came, waits = Event(), Event()

        def long() -> None:
            desk.clock.now += 0.2
            came.set()
            waits.wait()
            try:
                pause()
            except GivenUp:
                heard.append("gone")

        async def greedy() -> None:
            async with desk.share.turn(ANN, LONG):
                await run_sync(long, limiter=desk.share.threads)

        async with anyio.create_task_group() as group:
            group.start_soon(greedy)
            await run_sync(came.wait)
            async with desk.share.turn(BO, LEVER):
                waits.set()
                await anyio.sleep(0.05)  # the long one waits for its place
                group.cancel_scope.cancel()
        assert heard == ["gone"]

    run(work)


def test_a_lock_is_free_again_whose_owner_left_before_there_was_a_place() -> None:
    async def work() -> None:
        share = Desk(places=1).share
        lock, came = Lock(), Event()

        def long() -> None:
            came.set()
            with held(lock):
                raise AssertionError("whoever asked has left")

        async def greedy() -> None:
            with suppress(GivenUp):
                async with share.turn(ANN, LONG):
                    await run_sync(long, limiter=share.threads)

        lock.acquire()
        async with anyio.create_task_group() as group:
            group.start_soon(greedy)
            await run_sync(came.wait)
            async with share.turn(BO, LEVER):  # that the other one has given up
                lock.release()
                await anyio.sleep(0.05)
                group.cancel_scope.cancel()
        assert lock.acquire(timeout=10.0)

    run(work)


def test_who_has_too_much_waiting_is_refused() -> None:
    async def work() -> None:
        desk = Desk(bounds=Bounds(visitor=2, address=3, all=4))
        async with anyio.create_task_group() as group:
            for who in ("1", "1", "2"):
                await let_wait(group, desk, Visitor("a", who), LEVER)
            for refused in (Visitor("a", "1"), Visitor("a", "3")):
                with pytest.raises(Busy):
                    await desk.do(refused, LEVER)
            await let_wait(group, desk, BO, LEVER)
            await let_wait(group, desk, CHIDI, LEVER)
            with pytest.raises(Busy):
                await desk.do(Visitor("d", ""), LEVER)
            desk.gate.set()
        await desk.do(Visitor("a", "1"), LEVER)  # and is welcome later

    run(work)


def test_who_gives_up_waiting_is_in_nobodys_way() -> None:
    async def work() -> None:
        desk = Desk()
        async with anyio.create_task_group() as group:
            await let_wait(group, desk, ANN, LEVER)
            with anyio.move_on_after(0.01):
                await desk.do(BO, LEVER)
            desk.gate.set()
        await desk.do(CHIDI, LEVER)
        assert desk.done == ["a", "c"]

    run(work)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair, "_MOST_REMEMBERED", 10)

    async def work() -> None:
        desk = Desk()
        desk.gate.set()
        for number in range(100):
            await desk.do(Visitor(f"{number}", ""), LEVER)
            await desk.do(Visitor("same", f"{number}"), LEVER)
        assert len(desk.share._ledger.addresses) <= 12
        assert len(desk.share._ledger.addresses["same"].visitors) <= 12

    run(work)


def test_outside_of_a_turn_nobody_asks_and_nothing_pauses() -> None:
    pause()
    assert fair.asks() == Visitor("", "")
