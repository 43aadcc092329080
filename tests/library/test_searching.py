"""Entries are found by their words and tags, and come in parts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.library import Entry, Label, Library, Note, Refused, Shelf, labels
from tests.support.saving import named
from tests.support.shelves import ON_BOTH, Clock, edit
from tests.support.stores import Place

pytest_plugins = ["tests.support.databases"]


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
        for entry in saved:
            fields = (
                entry.label.name,
                entry.label.description,
                *entry.label.tags,
                entry.organisation,
                entry.head.who,
            )
            for text in fields:
                words = text.split()
                backwards = " ".join(reversed(words)).swapcase()
                # Not every sign comes back from being a capital.
                same = labels.search_key(backwards) == labels.search_key(" ".join(reversed(words)))
                for query in (" ".join(words), *([backwards] if same else [])):
                    assert entry in library.entries(shelf, query).entries, query
        words = labels.words(search)
        expected = [
            entry
            for entry in reversed(saved)
            if all(
                any(
                    word in labels.search_key(text)
                    for text in (
                        entry.label.name,
                        entry.label.description,
                        *entry.label.tags,
                        entry.organisation,
                        entry.head.who,
                    )
                )
                for word in words
            )
        ]
        listing = library.entries(shelf, search)
        assert list(listing.entries) == expected
        assert listing.total == len(expected)

    check()


def test_words_are_found_in_any_order_and_field(library: Library, shelf: Shelf) -> None:
    first = library.save(
        edit(shelf),
        named("x"),
        Label("Bold Plan", "for 100% of_us, Hauptstraße \ufb01t", ("Øst",)),
        Note("Ann Lee"),
    )
    second = library.save(edit(shelf), named("x"), Label("Boring", "1000 pct"), Note("Bo"))
    for search, expected in {
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
        assert list(library.entries(edit(shelf), search).entries) == expected, search
    with pytest.raises(Refused):
        library.entries(edit(shelf), "x" * (labels.LONGEST_SEARCH + 1))


def test_entries_with_all_of_some_tags(library: Library, shelf: Shelf) -> None:
    first, second = (
        library.save(edit(shelf), named("x"), Label(name, tags=tags))
        for name, tags in (("one", ("Red", "big")), ("two", ("red", "small", "%")))
    )
    for tags, expected in (
        (("RED",), [second, first]),
        (("red", "big"), [first]),
        (("red", "big", "small"), []),
        (("%",), [second]),
        (("re",), []),
        ((), [second, first]),
    ):
        assert list(library.entries(edit(shelf), tags=tags).entries) == expected, tags
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
