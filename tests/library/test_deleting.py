"""What is deleted can be brought back for thirty days, and is gone after them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.library import Entry, Gone, Label, Library, Shelf
from tests.support.failures import failing
from tests.support.saving import named
from tests.support.shelves import Clock, edit
from tests.support.stores import Place

pytest_plugins = ["tests.support.databases"]


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
    revived, lost = (
        library.save(edit(shelf), named(name), Label(name, f"{name} description", (name,)))
        for name in ("kept-for-good", "lost-for-good")
    )
    library.delete(edit(lost))
    clock.at += timedelta(days=29, hours=23, minutes=30)
    library.delete(edit(revived))
    assert library.entries(edit(shelf), deleted=True).total == 2
    clock.at += timedelta(minutes=31)
    # Out of reach at once, even before it is purged.
    assert library.entries(edit(shelf), deleted=True).total == 1
    for do in (library.open, library.undelete, library.delete):
        with pytest.raises(Gone) as gone:
            do(edit(lost))
        assert gone.value.entry is None
    clock.at += timedelta(hours=1)
    assert library.undelete(edit(revived)).deleted is None
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
        entry = library.save(edit(shelf), named(name), Label(name))
        if name != "c":
            library.delete(edit(entry))
    assert library.purge() == 0
    clock.at += timedelta(days=30)
    assert library.purge() == 2
    assert library.purge() == 0
