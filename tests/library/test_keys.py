"""The library shows what it keeps to those who may see it, and to nobody else."""

from __future__ import annotations

import re

import pytest

from simulator.library import Entry, Gone, Label, Library, Shelf, ViewOnly
from tests.support.failures import failing
from tests.support.saving import named
from tests.support.shelves import edit

pytest_plugins = ["tests.support.databases"]


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
    for answer in (shelf, entry, listing, opened, history):
        for key in (edit(shelf), edit(entry)):
            # Not even in what is written to a log.
            assert key not in repr(answer) and key not in str(answer)


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
