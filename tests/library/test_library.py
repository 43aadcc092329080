"""The library keeps what it is given, shows it to those who may see it, and to nobody else; the
same on both stores."""

from __future__ import annotations

import re
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from simulator import scenario
from simulator.library import (
    Conflict,
    Entry,
    Gone,
    Label,
    Library,
    LibraryError,
    Note,
    Reason,
    Refused,
    Shelf,
    Unavailable,
    ViewOnly,
    connect,
    labels,
    migrations,
    rows,
)
from simulator.library import config as places
from simulator.library.tables import EntryRow, Table, TagRow
from tests.support import saving, strategies
from tests.support.saving import named
from tests.support.shelves import ON_BOTH, Clock, edit
from tests.support.stores import Place

pytest_plugins = ["tests.support.databases"]


@pytest.fixture
def shelf(library: Library) -> Shelf:
    return library.new_shelf()


@pytest.fixture
def entry(library: Library, shelf: Shelf) -> Entry:
    return library.save(edit(shelf), named("one"), Label("One", "first", ("a", "b")), Note("Ann"))


Failure = TypeVar("Failure", bound=LibraryError)


def failing(kind: type[Failure], *attempts: Callable[[], object]) -> list[Failure]:
    """The errors of attempts, each of which has to fail in this way."""
    errors = []
    for attempt in attempts:
        with pytest.raises(kind) as error:
            attempt()
        errors.append(error.value)
    return errors


# --- what is kept --------------------------------------------------------------------------------


def test_what_is_saved_is_opened_byte_for_byte(library: Library, shelf: Shelf) -> None:
    @ON_BOTH
    @given(strategies.scenarios())
    def check(plan: scenario.Scenario) -> None:
        saved = library.save(edit(shelf), plan, Label("any"))
        opened = library.open(saved.view_key)
        assert opened.content == scenario.dump(plan)
        assert opened.scenario() == plan
        assert opened.version.results == plan.results == saved.head.results
        assert saved.organisation == plan.organisation.name

    check()


def test_an_entry_is_listed_as_it_was_saved(library: Library, shelf: Shelf) -> None:
    label = Label("  Bold  plan ", " two\nlines ", ("b", " B ", "a  tag", ""))
    saved = library.save(edit(shelf), named("x"), label, Note(" Ann ", "because"))
    assert saved.label == Label("Bold  plan", "two\nlines", ("a tag", "b"))
    assert (saved.head.number, saved.head.who, saved.head.why) == (1, "Ann", "because")
    assert saved.deleted is None and saved.purged is None
    assert saved.created == saved.changed == saved.head.at
    assert abs(saved.created - datetime.now(UTC)) < timedelta(minutes=5)
    (listed,) = library.entries(edit(shelf)).entries
    assert listed == saved
    assert library.shelf(edit(shelf)).count == 1


@pytest.mark.parametrize(
    "label",
    [
        Label(""),
        Label(" \t "),
        Label("n" * (scenario.LONGEST_NAME + 1)),
        Label("two\nlines"),
        Label("nul\0"),
        Label("half \ud800"),
        Label("n", "d" * (labels.LONGEST_DESCRIPTION + 1)),
        Label("n", "bell\a"),
        Label("n", tags=("t" * (labels.LONGEST_TAG + 1),)),
        Label("n", tags=("a\0b",)),
        Label("n", tags=tuple(map(str, range(labels.MOST_TAGS + 1)))),
    ],
    ids=repr,
)
def test_labels_beyond_the_limits_are_refused(
    library: Library, shelf: Shelf, entry: Entry, label: Label
) -> None:
    errors = failing(
        Refused,
        lambda: library.save(edit(shelf), named("x"), label),
        lambda: library.describe(edit(entry), label),
    )
    assert all(one.problems and str(one) for one in errors)
    assert library.shelf(edit(shelf)).count == 1
    assert library.open(entry.view_key).entry.label == entry.label


def test_all_that_is_wrong_is_told_at_once(library: Library, shelf: Shelf) -> None:
    with pytest.raises(Refused) as refused:
        library.save(edit(shelf), named("x"), Label("", tags=("t" * 99,)), Note("w\0", "y" * 999))
    assert [one.field for one in refused.value.problems] == ["name", "tags.1", "who", "why"]


def test_limits_of_entries_and_versions(
    library: Library, shelf: Shelf, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_ENTRIES", 1)
    monkeypatch.setattr(rows, "MOST_VERSIONS", 1)
    failing(
        Refused,
        lambda: library.save(edit(shelf), named("x"), Label("x")),
        lambda: library.duplicate(entry.view_key, edit(shelf), "x"),
        lambda: library.update(edit(entry), 1, named("x")),
        lambda: library.restore(edit(entry), 1, 1),
    )
    assert library.shelf(edit(shelf)).count == 1
    assert len(library.history(edit(entry)).versions) == 1


# --- versions ------------------------------------------------------------------------------------


def test_every_version_stays(library: Library, entry: Entry) -> None:
    for number in range(1, 5):
        after = library.update(
            edit(entry), number, named(f"v{number + 1}"), Note("Bo", f"w{number}")
        )
        assert (after.head.number, after.head.who) == (number + 1, "Bo")
    history = library.history(edit(entry))
    assert [one.number for one in history.versions] == [5, 4, 3, 2, 1]
    assert [one.why for one in history.versions] == ["w4", "w3", "w2", "w1", ""]
    assert [one.who for one in history.versions] == ["Bo"] * 4 + ["Ann"]
    moments = [one.at for one in history.versions]
    assert moments == sorted(moments, reverse=True)
    names = [library.open(edit(entry), number).scenario().name for number in range(1, 6)]
    assert names == ["one", "v2", "v3", "v4", "v5"]
    assert library.open(entry.view_key).version == history.versions[0]


def test_an_old_version_comes_back_as_a_new_one(library: Library, entry: Entry) -> None:
    first = library.open(entry.view_key).content
    library.update(edit(entry), 1, named("two"))
    after = library.restore(edit(entry), 1, 2, Note("Bo", "the first was better"))
    assert after.head.number == 3
    assert [library.open(edit(entry), one).scenario().name for one in (1, 2, 3)] == [
        "one",
        "two",
        "one",
    ]
    assert library.open(entry.view_key).content == first


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 2**70])
def test_versions_that_are_not_there(library: Library, entry: Entry, number: int) -> None:
    with pytest.raises(Gone):
        library.open(edit(entry), number)
    with pytest.raises(Gone):
        library.restore(edit(entry), number, 1)


def test_a_copy_has_a_history_of_its_own(library: Library, entry: Entry) -> None:
    library.update(edit(entry), 1, named("two"))
    other = library.new_shelf()
    copy = library.duplicate(entry.view_key, edit(other), "Mine", Note("Cy", "copied"))
    assert copy.label == Label("Mine", entry.label.description, entry.label.tags)
    assert (copy.head.number, copy.head.who) == (1, "Cy")
    assert library.open(copy.view_key).content == library.open(entry.view_key).content
    library.update(edit(copy), 1, named("changed"))
    assert library.open(entry.view_key).scenario().name == "two"
    assert not {copy.edit_key, copy.view_key} & {entry.edit_key, entry.view_key}


def test_tags_have_our_order_whatever_the_databases(entry: Entry) -> None:
    tags = ("a-b", "a b", "ab", "Z", "é")
    row = EntryRow(name="x", description="", tags=[TagRow(folded=t, tag=t) for t in tags])
    assert rows.label_of(row) == Label("x", "", tags).tidy()


def test_describing_leaves_the_scenario_alone(library: Library, entry: Entry) -> None:
    after = library.describe(edit(entry), Label("Two", "", ("b", "c")), was=entry.label)
    assert after.label == Label("Two", "", ("b", "c"))
    assert after.head == entry.head
    with pytest.raises(Conflict) as conflict:
        library.describe(edit(entry), Label("Three"), was=entry.label)
    assert conflict.value.theirs.entry.label == after.label
    assert library.describe(edit(entry), after.label, was=entry.label).label == after.label
    assert library.describe(edit(entry), Label("Four")).label == Label("Four")


# --- at the same time ----------------------------------------------------------------------------


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
        for one in ours:
            assert one.recv() == "ready"
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
        for one in processes:
            one.send("go")
        won = [number for number, one in enumerate(processes) if one.recv()]
    assert len(won) == 1
    assert library.open(entry.view_key).version.who == f"{won[0]}"
    assert len(library.history(edit(entry)).versions) == 2


def test_many_processes_may_open_a_new_library(empty: Place) -> None:
    with at_the_same_time(5, saving.open_first, empty.environ) as processes:
        for one in processes:
            one.send("go")
        keys = [one.recv() for one in processes]
    library = empty.connect()
    assert [library.shelf(key).count for key in keys] == [0] * 5


# --- keys ----------------------------------------------------------------------------------------


def test_keys_cannot_be_guessed(library: Library) -> None:
    shelves = [library.new_shelf() for _ in range(50)]
    keys = [key for one in shelves for key in (edit(one), one.view_key)]
    assert len(set(keys)) == 100
    assert all(re.fullmatch("[A-Za-z0-9_-]{32}", key) for key in keys)
    # As many different signs in each place as chance gives; nothing is counted up or repeated.
    assert all(len({key[place] for key in keys}) > 30 for place in range(32))


def test_a_view_key_only_allows_to_look(library: Library, shelf: Shelf, entry: Entry) -> None:
    before = library.history(edit(entry))
    failing(
        ViewOnly,
        lambda: library.update(entry.view_key, 1, named("x")),
        lambda: library.restore(entry.view_key, 1, 1),
        lambda: library.describe(entry.view_key, Label("x")),
        lambda: library.delete(entry.view_key),
        lambda: library.undelete(entry.view_key),
        lambda: library.save(shelf.view_key, named("x"), Label("x")),
        lambda: library.duplicate(entry.view_key, shelf.view_key, "x"),
        lambda: library.entries(shelf.view_key, deleted=True),
        lambda: library.history(entry.view_key),
        lambda: library.open(entry.view_key, 2),
    )
    assert library.history(edit(entry)) == before
    assert library.open(entry.view_key, 1) == library.open(entry.view_key)
    library.update(edit(entry), 1, named("two"))
    failing(ViewOnly, lambda: library.open(entry.view_key, 1))
    assert library.open(entry.view_key, 2).scenario().name == "two"


def test_a_view_key_never_leads_to_an_edit_key(
    library: Library, shelf: Shelf, entry: Entry
) -> None:
    listing = library.entries(shelf.view_key)
    opened, history = library.open(entry.view_key), library.history(edit(entry))
    seen = [*listing.entries, opened.entry]
    assert [one.edit_key for one in seen] == [None] * 2
    assert library.shelf(shelf.view_key).edit_key is None
    library.delete(edit(entry))
    for look in (library.open, library.history, library.delete, library.undelete):
        with pytest.raises(Gone) as gone:
            look(entry.view_key)
        assert gone.value.entry is None
    for one in (shelf, entry, listing, opened, history):
        for key in (edit(shelf), edit(entry)):
            # Not even in what is written to a log.
            assert key not in repr(one) and key not in str(one)


@pytest.mark.parametrize(
    "key", ["", "x", "' OR 1=1 --", "%" * 32, "_" * 32, "a" * 31 + "\0", "\ud800" * 32, "é" * 32]
)
def test_what_is_no_key_opens_nothing(library: Library, entry: Entry, key: str) -> None:
    failing(
        Gone,
        lambda: library.shelf(key),
        lambda: library.entries(key),
        lambda: library.save(key, named("x"), Label("x")),
        lambda: library.open(key),
        lambda: library.history(key),
        lambda: library.update(key, 1, named("x")),
        lambda: library.restore(key, 1, 1),
        lambda: library.describe(key, Label("x")),
        lambda: library.duplicate(key, key, "x"),
        lambda: library.delete(key),
        lambda: library.undelete(key),
    )


def test_keys_of_shelves_and_entries_are_not_the_same_thing(
    library: Library, shelf: Shelf, entry: Entry
) -> None:
    with pytest.raises(Gone):
        library.open(edit(shelf))
    with pytest.raises(Gone):
        library.entries(edit(entry))


# --- searching -----------------------------------------------------------------------------------

TEXTS = st.text(
    st.one_of(
        st.sampled_from("aAbBéÉß\u017fﬁİ%_\\*?'\" "),
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    ),
    max_size=12,
)


def test_an_entry_is_found_by_each_of_its_words_and_no_others(library: Library) -> None:
    @ON_BOTH
    @given(
        st.lists(st.tuples(TEXTS.filter(str.strip), TEXTS, TEXTS, TEXTS), min_size=1, max_size=3),
        TEXTS,
    )
    def check(written: list[tuple[str, str, str, str]], search: str) -> None:
        shelf = edit(library.new_shelf())
        saved = [
            library.save(shelf, named("x"), Label(name, description, (tag,)), Note(who))
            for name, description, tag, who in written
        ]
        for one in saved:
            fields = (
                one.label.name,
                one.label.description,
                *one.label.tags,
                one.organisation,
                one.head.who,
            )
            for text in fields:
                words = text.split()
                backwards = " ".join(reversed(words)).swapcase()
                # Not every sign comes back from being a capital.
                same = labels.folded(backwards) == labels.folded(" ".join(reversed(words)))
                for asked in (" ".join(words), *([backwards] if same else [])):
                    assert one in library.entries(shelf, asked).entries, asked
        words = labels.words(search)
        expected = [
            one
            for one in reversed(saved)
            if all(
                any(
                    word in labels.folded(text)
                    for text in (
                        one.label.name,
                        one.label.description,
                        *one.label.tags,
                        one.organisation,
                        one.head.who,
                    )
                )
                for word in words
            )
        ]
        found = library.entries(shelf, search)
        assert list(found.entries) == expected
        assert found.total == len(expected)

    check()


def test_words_are_found_in_any_order_and_field(library: Library, shelf: Shelf) -> None:
    first = library.save(
        edit(shelf),
        named("x"),
        Label("Bold Plan", "for 100% of_us, Hauptstraße \ufb01t", ("Øst",)),
        Note("Ann Lee"),
    )
    second = library.save(edit(shelf), named("x"), Label("Boring", "1000 pct"), Note("Bo"))
    for search, found in {
        "": [second, first],
        "plan bold": [first],
        "PLAN ann ØST": [first],
        "bo": [second, first],
        "service company": [second, first],
        "100%": [first],
        "STRASSE": [first],
        "FIT": [first],
        "f_u": [first],
        "l_p": [],
        "b%d": [],
        "planfor": [],
        "plan nobody": [],
        "\\": [],
        " \t\0 bold": [first],
    }.items():
        assert list(library.entries(edit(shelf), search).entries) == found, search
    with pytest.raises(Refused):
        library.entries(edit(shelf), "x" * (labels.LONGEST_SEARCH + 1))


def test_entries_with_all_of_some_tags(library: Library, shelf: Shelf) -> None:
    first, second = (
        library.save(edit(shelf), named("x"), Label(name, tags=tags))
        for name, tags in (("one", ("Red", "big")), ("two", ("red", "small", "%")))
    )
    for tags, found in (
        (("RED",), [second, first]),
        (("red", "big"), [first]),
        (("red", "big", "small"), []),
        (("%",), [second]),
        (("re",), []),
        ((), [second, first]),
    ):
        assert list(library.entries(edit(shelf), tags=tags).entries) == found, tags
    assert library.entries(edit(shelf), "two", tags=("big",)).total == 0
    assert library.entries(edit(shelf), tags=("big",)).tags == ("%", "big", "Red", "small")


def test_who_saved_last_is_searched(library: Library, shelf: Shelf, entry: Entry) -> None:
    library.update(edit(entry), 1, named("x"), Note("Zoë"))
    assert library.entries(edit(shelf), "ZOË").total == 1
    assert library.entries(edit(shelf), "ann").total == 0


def test_long_lists_come_in_parts_newest_first(place: Place) -> None:
    clock = Clock()
    library = place.connect(clock=clock)
    shelf = edit(library.new_shelf())
    for number in range(7):
        clock.at += timedelta(seconds=1)
        library.save(shelf, named("x"), Label(f"{number}", tags=(f"Tag {number % 3}", "all")))
    parts = [library.entries(shelf, offset=offset, limit=3) for offset in (0, 3, 6, 9)]
    assert [[one.label.name for one in part.entries] for part in parts] == [
        ["6", "5", "4"],
        ["3", "2", "1"],
        ["0"],
        [],
    ]
    assert {part.total for part in parts} == {7}
    assert {part.tags for part in parts} == {("all", "Tag 0", "Tag 1", "Tag 2")}
    clock.at += timedelta(seconds=1)
    oldest = parts[2].entries[0]
    library.update(edit(oldest), 1, named("y"))
    assert library.entries(shelf, limit=1).entries[0].view_key == oldest.view_key


# --- deleting ------------------------------------------------------------------------------------


def test_what_is_deleted_can_be_brought_back(library: Library, shelf: Shelf, entry: Entry) -> None:
    deleted = library.delete(edit(entry))
    assert deleted.deleted is not None
    assert deleted.purged == deleted.deleted + timedelta(days=30)
    assert library.entries(edit(shelf)).entries == ()
    assert library.entries(edit(shelf)).tags == ()
    assert library.shelf(edit(shelf)).count == 0
    assert library.entries(edit(shelf), deleted=True).entries == (deleted,)
    # Who could bring it back can look at it, but must bring it back before changing it.
    assert library.open(edit(entry)).entry == deleted
    errors = failing(
        Gone,
        lambda: library.update(edit(entry), 1, named("x")),
        lambda: library.restore(edit(entry), 1, 1),
        lambda: library.describe(edit(entry), Label("x")),
        lambda: library.delete(edit(entry)),
    )
    assert [one.entry for one in errors] == [deleted] * 4
    back = library.undelete(edit(entry))
    assert back.deleted is None and back.purged is None
    assert (back.label, back.head) == (entry.label, entry.head)
    assert library.entries(edit(shelf)).entries == (back,)
    assert library.entries(edit(shelf), deleted=True).total == 0
    assert library.undelete(edit(entry)) == back


def test_for_thirty_days_and_not_longer(empty: Place) -> None:
    clock = Clock()
    library = empty.connect(clock=clock)
    shelf = library.new_shelf()
    kept, lost = (
        library.save(edit(shelf), named(name), Label(name, f"{name} description", (name,)))
        for name in ("kept-for-good", "lost-for-good")
    )
    library.delete(edit(lost))
    clock.at += timedelta(days=29, hours=23, minutes=30)
    library.delete(edit(kept))
    assert library.entries(edit(shelf), deleted=True).total == 2
    clock.at += timedelta(minutes=31)
    # Out of reach at once, even before it is purged.
    assert library.entries(edit(shelf), deleted=True).total == 1
    for do in (library.open, library.undelete, library.delete):
        with pytest.raises(Gone) as gone:
            do(edit(lost))
        assert gone.value.entry is None
    clock.at += timedelta(hours=1)
    assert library.undelete(edit(kept)).deleted is None
    for table, count in {"entry": 1, "version": 1, "tag": 1, "shelf": 1}.items():
        assert empty.execute(f"SELECT count(*) FROM library_{table}") == [(count,)], table  # noqa: S608
    if empty.store == "sqlite":
        empty.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = empty.file.read_bytes()
        assert b"kept-for-good" in content and b"lost-for-good" not in content


def test_purging_tells_how_many(empty: Place) -> None:
    clock = Clock()
    library = empty.connect(clock=clock)
    shelf = library.new_shelf()
    for name in ("a", "b", "c"):
        one = library.save(edit(shelf), named(name), Label(name))
        if name != "c":
            library.delete(edit(one))
    assert library.purge() == 0
    clock.at += timedelta(days=30)
    assert library.purge() == 2
    assert library.purge() == 0


# --- where it lies -------------------------------------------------------------------------------


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "with space %20?#é" / "library.sqlite"
    library = connect({"SIMULATOR_LIBRARY": str(path)})
    assert not path.parent.exists()
    shelf = library.new_shelf()
    library.close()
    assert path.is_file()
    assert path.stat().st_mode & 0o077 == 0, "it holds keys"
    again = connect({"SIMULATOR_LIBRARY": str(path)})
    assert again.shelf(edit(shelf)) == shelf
    again.close()


def test_the_file_is_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "platformdirs.user_data_path", lambda *parts, **_: Path("data", *map(str, parts))
    )
    expected = Path("data", "budget-shift-simulator", "library.sqlite")
    assert places.file({}) == places.file({"SIMULATOR_LIBRARY": " "}) == expected
    assert places.file({"SIMULATOR_LIBRARY": "~/x.sqlite"}) == Path.home() / "x.sqlite"


def test_addresses_of_sqlite_files(tmp_path: Path) -> None:
    path = tmp_path / "by address.sqlite"
    library = connect({"DATABASE_URL": f"sqlite:///{path}", "SIMULATOR_LIBRARY": "not/this"})
    library.new_shelf()
    library.close()
    assert path.is_file()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_of_postgresql(postgresql: Any, scheme: str) -> None:
    address = postgresql.get_uri().replace("postgresql", scheme, 1)
    library = connect({"DATABASE_URL": address})
    library.new_shelf()
    library.close()


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "://",
        "mysql://user:secret@host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///x?mode=memory",
        "postgresql://user:secret@host:port/db",
        "postgresql://user:secret@host/db?nonsense=1",
        "postgresql://user:secret@host/db?row_factory=x",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(Unavailable) as unavailable:
        connect({"DATABASE_URL": address})
    assert unavailable.value.reason == Reason.ADDRESS
    assert "secret" not in "".join(traceback.format_exception(unavailable.value))


def test_a_database_that_cannot_hold_all_text(postgresql: Any) -> None:
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin1 ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    with pytest.raises(Unavailable) as unavailable:
        connect({"DATABASE_URL": postgresql.get_uri("latin1")}).new_shelf()
    assert unavailable.value.reason == Reason.ADDRESS


# --- migrations ----------------------------------------------------------------------------------


def url(place: Place) -> str:
    if place.store == "sqlite":
        return f"sqlite:///{place.file}"
    return place.address.replace("postgresql", "postgresql+psycopg", 1)


def test_migrations_give_exactly_the_tables(empty: Place) -> None:
    empty.connect().new_shelf()
    engine = create_engine(url(empty))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "version_table": migrations.TABLE,
            },
        )
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_the_last_migration_is_the_programs() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    revisions = [one.revision for one in script.walk_revisions()]
    assert script.get_heads() == [migrations.REVISION]
    # Numbered in order, so that a newer library is recognised by its number.
    assert revisions == [f"{number:04}" for number in range(len(revisions), 0, -1)]


def test_a_library_of_a_newer_version_is_refused(empty: Place) -> None:
    empty.connect().new_shelf()
    empty.execute(f"UPDATE {migrations.TABLE} SET version_num = '9000'")  # noqa: S608
    for _ in range(2):
        with pytest.raises(Unavailable) as unavailable:
            empty.connect().new_shelf()
        assert unavailable.value.reason == Reason.NEWER
        assert "newer version of this program" in str(unavailable.value)
    assert empty.execute(f"SELECT version_num FROM {migrations.TABLE}") == [("9000",)]  # noqa: S608


def test_an_interrupted_first_opening_is_made_good(empty: Place) -> None:
    """Tables are made all together: half a set cannot be left behind."""
    broken = empty.connect()
    real = migrations.upgrade

    def cut(connection: Any) -> None:
        real(connection)
        raise Unavailable(Reason.FULL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "upgrade", cut)
        with pytest.raises(Unavailable):
            broken.new_shelf()
    assert broken.new_shelf().count == 0
    assert empty.connect().new_shelf().count == 0


def test_errors_are_all_of_one_family() -> None:
    for kind in (Conflict, Gone, Refused, Unavailable, ViewOnly):
        assert issubclass(kind, LibraryError)
    for reason in Reason:
        assert str(Unavailable(reason)).startswith("The library cannot be used: ")
