"""A shelf as one file: to keep, and to take elsewhere.

A zip with ``manifest.json`` (entries and their histories, no keys) and a scenario file for each
version. What is taken in may come from anywhere: all of it is checked before any of it is kept, and
no name in it ever becomes a path.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import IO

from sqlalchemy import select, true
from sqlalchemy.orm import Session, selectinload, undefer

from simulator.errors import Message, exact
from simulator.library import contents
from simulator.library.archive_format import ArchiveReader, ArchiveWriter, file_name
from simulator.library.contents import Facts, facts
from simulator.library.errors import Refused, ViewOnly
from simulator.library.labels import Label, Note
from simulator.library.manifest import MOST_PROBLEMS, EntryItem, VersionItem, listed
from simulator.library.rows import (
    Limits,
    count_bytes,
    label_of,
    new_entry,
    new_version,
    refuse_more,
    shelf_row,
    write_label,
)
from simulator.library.store import Library
from simulator.library.tables import EntryRow, ShelfRow, VersionRow
from simulator.scenario import Problem, ScenarioError


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an archive."""

    imported: int
    """Entries that are new, brought back, or have new versions."""
    known: int
    """Entries that were there with all that the archive has of them."""


# --- out -----------------------------------------------------------------------------------------


def pack(library: Library, shelf: str) -> bytes:
    """All entries of a shelf, those not that are deleted, and no key. Their histories go with them
    for those who may edit the shelf, for others only what is newest.

    Raises:
        LibraryError: as methods of :class:`Library`; ``Refused`` if it is too much for an archive.
    """
    library.shelf(shelf)
    writer = ArchiveWriter()
    with library.reading() as session:
        row = shelf_row(session, shelf)
        may_edit = shelf == row.edit_key
        on_shelf = (EntryRow.shelf_id == row.id, EntryRow.deleted.is_(None))
        entries = session.scalars(
            select(EntryRow).where(*on_shelf).options(selectinload(EntryRow.tags))
        ).all()
        by_id = {entry.id: entry for entry in entries}
        query = (
            select(VersionRow)
            .join(EntryRow, EntryRow.id == VersionRow.entry_id)
            .where(*on_shelf, true() if may_edit else VersionRow.number == EntryRow.head)
            .order_by(VersionRow.entry_id, VersionRow.number)
            .options(undefer(VersionRow.content))
        )
        # A few at a time: all of them would fill the memory.
        few = {"yield_per": 500}
        with closing(session.scalars(query, execution_options=few)) as versions:
            items = [
                _written(writer, number, by_id[id], history)
                for number, (id, history) in enumerate(
                    groupby(versions, lambda version: version.entry_id), 1
                )
            ]
    return writer.finished(listed(items))


def _written(
    writer: ArchiveWriter, number: int, row: EntryRow, history: Iterator[VersionRow]
) -> EntryItem:
    versions = []
    for place, version in enumerate(history, 1):
        name = file_name(number, row.name, place)
        writer.add(name, version.content)
        count = len(version.plans.splitlines()) or None
        versions.append(
            VersionItem(at=version.at, who=version.who, why=version.why, file=name, scenarios=count)
        )
    label = label_of(row)
    return EntryItem(
        uid=row.uid,
        name=label.name,
        description=label.description,
        tags=label.tags,
        created=row.created,
        changed=row.changed,
        versions=tuple(versions),
    )


# --- in ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Version:
    """A version in an archive, checked."""

    item: VersionItem
    note: Note
    facts: Facts
    digest: str
    """Of all that was saved: versions with the same one are the same."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry in an archive, checked."""

    uid: str
    label: Label
    created: datetime
    changed: datetime
    versions: tuple[_Version, ...]


def unpack(
    library: Library,
    shelf: str,
    data: IO[bytes] | bytes,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Imported:
    """Put what an archive holds on a shelf: all of it, or nothing if anything is wrong with it.

    An entry that is there already gets the versions that it lacks. If both went on differently,
    the archive's becomes an entry of its own. The same archive again adds nothing. ``progress`` is
    told how many entries have been looked at, of how many.

    Raises:
        LibraryError: as methods of :class:`Library`; ``Refused`` says all that is wrong.
    """
    if library.shelf(shelf).edit_key is None:
        raise ViewOnly
    reader = ArchiveReader(data)
    entries = _checked(reader, progress)
    with library.writing() as session:
        row = shelf_row(session, shelf, edit=True)
        added = [_placed(session, row, entry, reader, library.limits) for entry in entries]
        session.flush()
        refuse_more(session, row, 0, library.limits)
    return Imported(imported=sum(added), known=len(added) - sum(added))


def _checked(reader: ArchiveReader, progress: Callable[[int, int], None]) -> list[_Entry]:
    """Every entry, once all of them are found to be right."""
    problems: list[Problem] = []
    entries = []
    for number, item in enumerate(reader.manifest.entries, 1):
        progress(number - 1, len(reader.manifest.entries))
        try:
            entries.append(_entry(reader, item))
        except Refused as error:
            problems += [
                Problem(f"{number}: {problem.field}", problem.found, problem.allowed)
                for problem in error.problems
            ]
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise Refused(problems[:MOST_PROBLEMS])
    return entries


def _entry(reader: ArchiveReader, item: EntryItem) -> _Entry:
    is_set = item.versions[0].scenarios is not None
    for version in item.versions:
        if (version.scenarios is not None) != is_set:
            problem = contents.other_kind(is_set=not is_set)
            raise Refused([replace(problem, field=version.file)])
    return _Entry(
        uid=item.uid,
        label=Label(item.name, item.description, item.tags).tidy(),
        created=item.created,
        changed=item.changed,
        versions=tuple(_version(reader, version) for version in item.versions),
    )


def _version(reader: ArchiveReader, item: VersionItem) -> _Version:
    content = reader.text(item)
    try:
        held = contents.parse(content, is_set=item.scenarios is not None, where=item.file)
    except ScenarioError as error:
        raise Refused(
            Problem(f"{item.file}: {problem.field}", problem.found, problem.allowed)
            for problem in error.problems
        ) from None
    known = facts(held)
    if (count := len(known.plans.splitlines())) != (item.scenarios or 0):
        found, said = Message("a list of {count}", count=count), exact(str(item.scenarios))
        raise Refused([Problem(f"{item.file}: scenarios", found, said)])
    note = Note(item.who, item.why).tidy()
    digest = _digest(item.at, note, content)
    return _Version(item, note, known, digest)


def _digest(at: datetime, note: Note, content: str) -> str:
    parts = (f"{at.timestamp():.6f}", note.who, note.why, content)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _placed(
    session: Session, shelf: ShelfRow, entry: _Entry, reader: ArchiveReader, limits: Limits
) -> bool:
    """Put an entry on a shelf; returns whether that changed anything."""
    row = session.scalar(
        select(EntryRow)
        .where(EntryRow.shelf_id == shelf.id, EntryRow.uid == entry.uid)
        .with_for_update()
    )
    if row is None:
        row = new_entry(shelf, entry.uid, entry.created)
        write_label(row, entry.label, "", "")
        session.add(row)
        session.flush()
        _append(session, row, entry, 0, reader, limits)
        return True
    ours, theirs = _digests(session, row), [version.digest for version in entry.versions]
    shared = next(
        (
            place
            for place, (our, their) in enumerate(zip(ours, theirs, strict=False))
            if our != their
        ),
        min(len(ours), len(theirs)),
    )
    if shared < min(len(ours), len(theirs)):
        # Named after where it goes apart: however far it goes on later, it is recognised.
        uid = str(uuid.uuid5(uuid.UUID(entry.uid), theirs[shared]))
        return _placed(session, shelf, replace(entry, uid=uid), reader, limits)
    was_deleted, row.deleted = row.deleted is not None, None
    if shared < len(theirs):
        _append(session, row, entry, shared, reader, limits)
        return True
    return was_deleted


def _digests(session: Session, row: EntryRow) -> list[str]:
    versions = session.scalars(
        select(VersionRow)
        .where(VersionRow.entry_id == row.id)
        .order_by(VersionRow.number)
        .options(undefer(VersionRow.content))
    )
    return [
        _digest(version.at, Note(version.who, version.why), version.content) for version in versions
    ]


def _append(
    session: Session,
    row: EntryRow,
    entry: _Entry,
    start: int,
    reader: ArchiveReader,
    limits: Limits,
) -> None:
    """Add the versions of an entry from place ``start`` on. What is written on it stays."""
    for version in entry.versions[start:]:
        content = reader.text(version.item)
        count_bytes(session, row.shelf_id, content, limits)
        session.add(new_version(row, content, version.facts, version.note, version.item.at))
    newest = entry.versions[-1]
    known = newest.facts
    row.changed = max(row.changed, entry.changed)
    write_label(row, label_of(row), known.organisation, newest.note.who, known.plans)
    session.flush()
