"""The library keeps what it is given, in versions, and refuses what is beyond its limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from simulator import scenario
from simulator.library import (
    Conflict,
    Entry,
    Gone,
    Label,
    Library,
    Note,
    Refused,
    Shelf,
    labels,
    rows,
)
from simulator.library.tables import EntryRow, TagRow
from simulator.scenario import plausibility
from tests.support import strategies
from tests.support.failures import failing
from tests.support.saving import named
from tests.support.shelves import ON_BOTH, edit

pytest_plugins = ["tests.support.databases"]

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
        doubted = plausibility.subjects(plan.organisation, plan.plan)
        assert saved.head.doubts == opened.version.doubts == doubted

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
