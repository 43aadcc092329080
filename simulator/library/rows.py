"""From rows of the tables to what the library gives back, and the other way round."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, undefer

from simulator.library.contents import Facts, answered
from simulator.library.entries import Entry, Opened, Version
from simulator.library.errors import Gone, Refused, ViewOnly
from simulator.library.labels import Label, Note, in_order, refuse, search_key, searchable, too_many
from simulator.library.tables import EntryRow, ShelfRow, TagRow, VersionRow
from simulator.scenario import ResultsInput
from simulator.scenario.json_text import too_large

KEPT_DELETED = timedelta(days=30)
"""How long a deleted entry can be brought back."""
MOST_VERSIONS = 1_000
"""Of an entry."""
MOST_ENTRIES = 100_000
"""On a shelf, deleted ones included as long as they are kept, whatever the limits."""


class Limits(NamedTuple):
    """How much a shelf may hold, deleted entries included as long as they are kept."""

    entries: int = 20_000
    bytes: int = 200_000_000
    """Of the contents of all versions together."""


_KEY_BYTES = 24
_KEY = re.compile("[A-Za-z0-9_-]{32}")


class Record(NamedTuple):
    """An entry as it stands in the tables."""

    entry: EntryRow
    head: VersionRow
    may_edit: bool

    def shown(self) -> Entry:
        """As whoever came with the key may see it."""
        return shown(self.entry, self.head, self.may_edit)

    def opened(self, version: VersionRow) -> Opened:
        """One of its versions."""
        return Opened(self.shown(), outlined(version), version.content)


# --- reading -------------------------------------------------------------------------------------


def looks_like_key(text: str) -> bool:
    """Whether it could be a key of anything; no database need be asked about anything else."""
    return _KEY.fullmatch(text) is not None


def shelf_row(session: Session, key: str, *, edit: bool = False) -> ShelfRow:
    """The shelf that a key opens. With ``edit`` nobody else can add to it meanwhile.

    Raises:
        Gone: there is none.
        ViewOnly: ``edit``, and it is the view key.
    """
    query = select(ShelfRow).where((ShelfRow.edit_key == key) | (ShelfRow.view_key == key))
    row = session.scalar(query.with_for_update() if edit else query)
    if row is None:
        raise Gone
    if edit and key != row.edit_key:
        raise ViewOnly
    return row


def version_row(session: Session, entry: EntryRow, number: int) -> VersionRow:
    """A version with its content. Raises :class:`Gone` if there is none of that number."""
    # Asked before the database is, which has a highest number.
    if not 1 <= number <= entry.head:
        raise Gone
    options = [undefer(VersionRow.content)]
    return session.get_one(VersionRow, (entry.id, number), options=options)


def label_of(row: EntryRow) -> Label:
    """What is written on an entry."""
    return Label(row.name, row.description, in_order(tag.tag for tag in row.tags))


def outlined(row: VersionRow) -> Version:
    """A version without its content."""
    results = None if row.results is None else ResultsInput.model_validate_json(row.results)
    plans = tuple(row.plans.splitlines())
    head = (row.number, row.at, row.who, row.why, row.currency)
    return Version(*head, results, plans, answered(row.asked), tuple(row.doubts.splitlines()))


def shown(row: EntryRow, head: VersionRow, may_edit: bool) -> Entry:
    """An entry, with its edit key only for those who may edit."""
    return Entry(
        view_key=row.view_key,
        edit_key=row.edit_key if may_edit else None,
        label=label_of(row),
        organisation=row.organisation,
        head=outlined(head),
        created=row.created,
        changed=row.changed,
        deleted=row.deleted,
        purged=row.deleted + KEPT_DELETED if row.deleted else None,
    )


# --- writing -------------------------------------------------------------------------------------


def new_key() -> str:
    """A key that nobody can guess: 192 random bits."""
    return secrets.token_urlsafe(_KEY_BYTES)


def new_entry(shelf: ShelfRow, uid: str, moment: datetime) -> EntryRow:
    """An entry with new keys, on which nothing is written yet and that has no version."""
    return EntryRow(
        shelf_id=shelf.id,
        uid=uid,
        edit_key=new_key(),
        view_key=new_key(),
        head=0,
        created=moment,
        changed=moment,
    )


def new_version(
    entry: EntryRow, content: str, known: Facts, note: Note, moment: datetime
) -> VersionRow:
    """The next version of an entry that has an id; ``known`` is from the same content.

    Raises:
        Refused: the entry has too many already.
    """
    refuse(too_many("versions", entry.head + 1, MOST_VERSIONS))
    entry.head += 1
    return VersionRow(
        entry_id=entry.id,
        number=entry.head,
        at=moment,
        who=note.who,
        why=note.why,
        currency=known.currency,
        results=known.results,
        plans=known.plans,
        asked=known.asked,
        doubts=known.doubts,
        content=content,
    )


def write_label(
    entry: EntryRow, label: Label, organisation: str, who: str, plans: str = ""
) -> None:
    """Write ``label`` on an entry, and by what it is found; ``plans`` as in :class:`Facts`."""
    entry.name, entry.description = label.name, label.description
    entry.organisation = organisation
    entry.searchable = searchable(label, organisation, who, plans)
    there = {tag.folded: tag for tag in entry.tags}
    tags = [there.get(search_key(tag)) or TagRow(folded=search_key(tag)) for tag in label.tags]
    for row, tag in zip(tags, label.tags, strict=True):
        row.tag = tag
    entry.tags = tags


def refuse_more(session: Session, shelf: ShelfRow, more: int, limits: Limits) -> None:
    """Raise :class:`Refused` if so many more entries are too many for the shelf."""
    count = session.scalar(select(func.count()).where(EntryRow.shelf_id == shelf.id)) or 0
    refuse(too_many("entries", count + more, min(limits.entries, MOST_ENTRIES)))


def count_bytes(session: Session, shelf_id: int, content: str, limits: Limits) -> None:
    """Count what is put on a shelf, which is locked. Raises :class:`Refused` if it is too much."""
    size = session.scalar(
        update(ShelfRow)
        .where(ShelfRow.id == shelf_id)
        .values(bytes=ShelfRow.bytes + len(content.encode()))
        .returning(ShelfRow.bytes),
        execution_options={"synchronize_session": False},
    )
    if size is not None and size > limits.bytes:
        raise Refused([too_large(size, "library", limits.bytes)])
