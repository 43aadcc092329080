"""A shelf and an entry, on either store."""

from __future__ import annotations

import pytest

from simulator.library import Entry, Label, Library, Note, Shelf
from tests.support.saving import named
from tests.support.shelves import edit


@pytest.fixture
def shelf(library: Library) -> Shelf:
    return library.new_shelf()


@pytest.fixture
def entry(library: Library, shelf: Shelf) -> Entry:
    return library.save(edit(shelf), named("one"), Label("One", "first", ("a", "b")), Note("Ann"))
