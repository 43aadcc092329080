"""Of those who save at the same time one succeeds, and nobody loses anything."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

import pytest

from simulator.library import Conflict, Entry, Label, Library, Note
from tests.support import saving
from tests.support.failures import failing
from tests.support.saving import named
from tests.support.shelves import edit
from tests.support.stores import Place

pytest_plugins = ["tests.support.databases"]


def test_the_second_to_save_is_shown_the_first(library: Library, entry: Entry) -> None:
    library.update(edit(entry), 1, named("theirs"), Note("Bo"))
    with pytest.raises(Conflict) as conflict:
        library.update(edit(entry), 1, named("mine"), Note("Cy"))
    theirs = conflict.value.theirs
    assert (theirs.version.number, theirs.version.who) == (2, "Bo")
    assert theirs.scenario().name == "theirs"
    assert theirs.entry.head.number == 2
    with pytest.raises(Conflict):
        library.restore(edit(entry), 1, 1)
    with pytest.raises(Conflict):
        library.update(edit(entry), 3, named("from a version that is not there yet"))
    assert library.update(edit(entry), 2, named("mine")).head.number == 3


def test_saving_again_what_was_saved_is_no_conflict(library: Library, entry: Entry) -> None:
    first = library.update(edit(entry), 1, named("mine"), Note("Cy", "why"))
    assert library.update(edit(entry), 1, named("mine"), Note("Cy", "why")) == first
    with pytest.raises(Conflict):
        library.update(edit(entry), 1, named("mine"), Note("somebody else", "why"))
    back = library.restore(edit(entry), 1, 2, Note("Cy"))
    assert library.restore(edit(entry), 1, 2, Note("Cy")) == back
    failing(Conflict, lambda: library.restore(edit(entry), 1, 2, Note("Bo")))
    assert len(library.history(edit(entry)).versions) == 3


def test_of_many_threads_exactly_one_saves(library: Library, entry: Entry) -> None:
    together = threading.Barrier(8)

    def save(number: int) -> str | None:
        together.wait()
        try:
            return library.update(edit(entry), 1, named(f"{number}"), Note(f"{number}")).head.who
        except Conflict as conflict:
            assert conflict.theirs.version.number == 2
            return None

    with ThreadPoolExecutor(8) as threads:
        saved = [one for one in threads.map(save, range(8)) if one is not None]
    assert len(saved) == 1
    opened = library.open(entry.view_key)
    assert (opened.version.number, opened.version.who, opened.scenario().name) == (2, *saved * 2)


def test_who_tries_again_loses_nothing(library: Library, entry: Entry) -> None:
    def save(number: int) -> None:
        expected = 1
        while True:
            try:
                library.update(edit(entry), expected, named(f"{number}"), Note(f"{number}"))
                return
            except Conflict as conflict:
                expected = conflict.theirs.version.number

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(save, range(12)))
    versions = library.history(edit(entry)).versions
    assert [one.number for one in versions] == list(range(13, 0, -1))
    assert sorted(one.who for one in versions[:-1]) == sorted(map(str, range(12)))


@contextmanager
def at_the_same_time(
    count: int, target: Callable[..., None], *arguments: Any, each: bool = False
) -> Iterator[list[Connection]]:
    """Processes that have all said that they are ready; sent anything, they go on."""
    context = saving.processes()
    ours: list[Connection] = []
    started = []
    for number in range(count):
        here, there = context.Pipe()
        own = (f"{number}",) if each else ()
        process = context.Process(target=target, args=(*arguments, *own, there))  # type: ignore[attr-defined]
        saving.start(process)
        started.append(process)
        ours.append(here)
    try:
        for connection in ours:
            assert connection.recv() == "ready"
        yield ours
        for process in started:
            process.join(30)
            assert process.exitcode == 0
    finally:
        for process in started:
            process.kill()
            process.join()


def test_a_second_try_to_save_is_no_second_entry(place: Place, library: Library) -> None:
    shelf = library.new_shelf().edit_key
    assert shelf
    label, note = Label("Once", "said", ("a",)), Note("Ann", "why")
    first = library.save(shelf, named("Once"), label, note)
    assert library.save(shelf, named("Once"), label, note) == first
    for other in (
        library.save(shelf, named("Other"), label, note),
        library.save(shelf, named("Once"), Label("Once", "said", ()), note),
        library.save(shelf, named("Once"), label, Note("Bob", "why")),
        library.save(library.new_shelf().edit_key or "", named("Once"), label, note),
    ):
        assert other.edit_key != first.edit_key
    library.clock = lambda: datetime.now(UTC) + timedelta(hours=1)
    assert library.save(shelf, named("Once"), label, note).edit_key != first.edit_key


def test_of_many_processes_exactly_one_saves(place: Place, library: Library, entry: Entry) -> None:
    with at_the_same_time(4, saving.save_once, place.environ, edit(entry), each=True) as processes:
        for process in processes:
            process.send("go")
        won = [number for number, process in enumerate(processes) if process.recv()]
    assert len(won) == 1
    assert library.open(entry.view_key).version.who == f"{won[0]}"
    assert len(library.history(edit(entry)).versions) == 2


def test_many_processes_may_open_a_new_library(empty: Place) -> None:
    with at_the_same_time(5, saving.open_first, empty.environ) as processes:
        for process in processes:
            process.send("go")
        keys = [process.recv() for process in processes]
    library = empty.connect()
    assert [library.shelf(key).count for key in keys] == [0] * 5
