"""What can be done with the library; each is done wholly or not at all."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from simulator.library import contents
from simulator.library.contents import Content, facts
from simulator.library.database import Database
from simulator.library.entries import Entry, History, Listing, Opened, Shelf
from simulator.library.errors import Conflict, Gone, Refused, Unavailable, ViewOnly
from simulator.library.labels import UNSIGNED, Label, Note, search_key, tidy, words
from simulator.library.rows import (
    KEPT_DELETED,
    Limits,
    Record,
    count_bytes,
    label_of,
    looks_like_key,
    new_entry,
    new_key,
    new_version,
    outlined,
    refuse_more,
    shelf_row,
    shown,
    version_row,
    write_label,
)
from simulator.library.tables import EntryRow, ShelfRow, TagRow, VersionRow
from simulator.scenario import Scenario
from simulator.scenario.sets import ScenarioSet

PAGE = 50
"""Entries of a list that are given at a time."""

_PURGE_EVERY = timedelta(hours=1)
_SAVED_AGAIN = timedelta(minutes=5)
"""Within this time, saving the very same is taken for a second try."""

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)


class Library:
    """Shelves of scenarios, and of sets of them, in a database. Threads and processes may share it.

    Keys open things: an edit key allows all, a view key to look at what is newest; a shelf's
    keys list its entries.
    Every method may raise:

    Raises:
        Gone: there is nothing that the key opens, or it is deleted.
        ViewOnly: it takes the edit key.
        Refused: what was given cannot be kept.
        Unavailable: the database does not work now.
    """

    def __init__(self, database: Database, clock: Clock = now, limits: Limits = Limits()) -> None:  # noqa: B008
        self.clock = clock
        self.limits = limits
        self._database = database
        self._purged = datetime.min.replace(tzinfo=UTC)
        self._purging = threading.Lock()

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the library throughout."""
        self._purge_now_and_then()
        with self._database.reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all made when it ends without error, and for good."""
        self._purge_now_and_then()
        with self._database.writing() as session:
            yield session

    # --- shelves ---------------------------------------------------------------------------------

    def new_shelf(self) -> Shelf:
        """An empty shelf with new keys."""
        row = ShelfRow(edit_key=new_key(), view_key=new_key(), created=self.clock())
        shelf = Shelf(row.view_key, row.edit_key, count=0)
        with self.writing() as session:
            session.add(row)
        return shelf

    def shelf(self, key: str) -> Shelf:
        """The shelf that a key opens."""
        _refuse_nonsense(key)
        with self.reading() as session:
            row = shelf_row(session, key)
            count = session.scalar(
                select(func.count()).where(EntryRow.shelf_id == row.id, EntryRow.deleted.is_(None))
            )
            return Shelf(row.view_key, row.edit_key if key == row.edit_key else None, count or 0)

    def entries(
        self,
        shelf: str,
        search: str = "",
        *,
        tags: Iterable[str] = (),
        deleted: bool = False,
        offset: int = 0,
        limit: int = PAGE,
    ) -> Listing:
        """The entries on a shelf that contain every word of ``search``, newest first.

        Words are found in names, also of the plans in sets, descriptions, tags, organisations and
        who saved last, whatever the capitals. ``tags``: only entries with all of these.
        ``deleted``: those that can still be brought back; it takes the edit key.
        """
        _refuse_nonsense(shelf)
        search_words = words(search)
        all_of = Label("any", tags=tuple(tags)).tidy().tags
        with self.reading() as session:
            row = shelf_row(session, shelf)
            may_edit = shelf == row.edit_key
            if deleted and not may_edit:
                raise ViewOnly
            wanted = and_(
                EntryRow.shelf_id == row.id,
                self._recoverable() if deleted else EntryRow.deleted.is_(None),
                *(EntryRow.searchable.contains(word, autoescape=True) for word in search_words),
                *(EntryRow.tags.any(TagRow.folded == search_key(tag)) for tag in all_of),
            )
            rows = session.execute(
                select(EntryRow, VersionRow)
                .join(VersionRow, _IS_HEAD)
                .where(wanted)
                .order_by(EntryRow.changed.desc(), EntryRow.id.desc())
                .offset(offset)
                .limit(limit)
                .options(selectinload(EntryRow.tags))
            )
            all_tags = session.execute(
                select(TagRow.folded, func.min(TagRow.tag))
                .join(EntryRow, EntryRow.id == TagRow.entry_id)
                .where(EntryRow.shelf_id == row.id, EntryRow.deleted.is_(None))
                .group_by(TagRow.folded)
            )
            return Listing(
                entries=tuple(shown(entry, head, may_edit) for entry, head in rows),
                total=session.scalar(select(func.count()).where(wanted)) or 0,
                tags=tuple(tag for _, tag in sorted(all_tags)),
            )

    # --- entries ---------------------------------------------------------------------------------

    def save(
        self,
        shelf: str,
        saved: Content,
        label: Label,
        note: Note = UNSIGNED,
        *,
        start: Scenario | None = None,
    ) -> Entry:
        """Put a scenario on a shelf, or a set of them, as a new entry; ``start``: what the plan of
        a scenario started from.

        The very same once more within minutes is the entry that is there by then: it was saved
        before, and only the answer was lost.

        Raises:
            simulator.scenario.ScenarioError: it is a set of one, or of too many.
        """
        _refuse_nonsense(shelf)
        label, note = tidy(label, note)
        content = contents.dump(saved, start)
        with self.writing() as session:
            row = shelf_row(session, shelf, edit=True)
            if twin := self._saved_just_now(session, row, content, label, note):
                return twin.shown()
            return self._added(session, row, content, saved, label, note)

    def update(
        self,
        key: str,
        expected: int,
        saved: Content,
        note: Note = UNSIGNED,
        *,
        start: Scenario | None = None,
    ) -> Entry:
        """Save a new version over version ``expected``, from which it was made; ``start``: what the
        plan of a scenario once started from. A set stays a set, a scenario a scenario.

        Raises:
            Conflict: that is not the newest any more. (It is no conflict if the newest is exactly
                this one: then it was saved before, and only the answer was lost.)
        """
        note = note.tidy()
        content = contents.dump(saved, start)
        with self._changing(key) as (session, record):
            if (is_set := isinstance(saved, ScenarioSet)) != bool(record.head.plans):
                raise Refused([contents.other_kind(is_set=is_set)])
            if record.head.number != expected:
                return _saved_before(record, content, note)
            return self._appended(session, record.entry, content, saved, note)

    def restore(self, key: str, number: int, expected: int, note: Note = UNSIGNED) -> Entry:
        """Make an old version the newest again, as a new version.

        Raises:
            Conflict: as of :meth:`update`.
            simulator.scenario.ScenarioError: it was saved by a newer version of the program.
        """
        note = note.tidy()
        with self._changing(key) as (session, record):
            old = version_row(session, record.entry, number)
            if record.head.number != expected:
                return _saved_before(record, old.content, note)
            held = contents.parse(old.content, is_set=bool(old.plans))
            return self._appended(session, record.entry, old.content, held, note)

    def describe(self, key: str, label: Label, was: Label | None = None) -> Entry:
        """Write something else on an entry. ``was``: what stood there when it was changed.

        Raises:
            Conflict: something else than ``was`` stands there by now.
        """
        label = label.tidy()
        with self._changing(key) as (_session, record):
            entry = record.entry
            if was is not None and label_of(entry) not in (was.tidy(), label):
                raise Conflict(record.opened(record.head))
            entry.changed = self.clock()
            write_label(entry, label, entry.organisation, record.head.who, record.head.plans)
            return record.shown()

    def open(self, key: str, number: int | None = None) -> Opened:
        """A version of an entry, the newest if no ``number`` is given.

        Raises:
            ViewOnly: it is not the newest, and the key only allows to look.
        """
        with self.reading() as session:
            record = self._record(session, key)
            if number is None or number == record.head.number:
                return record.opened(record.head)
            if not record.may_edit:
                raise ViewOnly
            return record.opened(version_row(session, record.entry, number))

    def history(self, key: str) -> History:
        """All versions of an entry, for those who may edit it."""
        with self.reading() as session:
            record = self._record(session, key)
            if not record.may_edit:
                raise ViewOnly
            rows = session.scalars(
                select(VersionRow)
                .where(VersionRow.entry_id == record.entry.id)
                .order_by(VersionRow.number.desc())
            )
            return History(record.shown(), tuple(map(outlined, rows)))

    def duplicate(self, key: str, shelf: str, name: str, note: Note = UNSIGNED) -> Entry:
        """Put the newest version of an entry on a shelf, which may be somebody else's, as a new
        entry with a history of its own.

        Raises:
            simulator.scenario.ScenarioError: it was saved by a newer version of the program.
        """
        _refuse_nonsense(shelf)
        note = note.tidy()
        with self.writing() as session:
            target = shelf_row(session, shelf, edit=True)
            record = self._record(session, key)
            was, content = label_of(record.entry), record.head.content
            label = Label(name, was.description, was.tags).tidy()
            held = contents.parse(content, is_set=bool(record.head.plans))
            return self._added(session, target, content, held, label, note)

    def delete(self, key: str) -> Entry:
        """Delete an entry; for 30 days :meth:`undelete` brings it back."""
        with self._changing(key) as (_session, record):
            record.entry.deleted = self.clock()
            return record.shown()

    def undelete(self, key: str) -> Entry:
        """Bring a deleted entry back; one that is not deleted stays as it is."""
        with self.writing() as session:
            record = self._record(session, key, edit=True)
            if record.entry.deleted is not None:
                record.entry.deleted = None
                record.entry.changed = self.clock()
            return record.shown()

    def purge(self) -> int:
        """Remove for good what was deleted too long ago, as happens now and then by itself; returns
        how many entries that was."""
        is_old = EntryRow.deleted <= self.clock() - KEPT_DELETED
        at_once = {"synchronize_session": False}
        with self._database.writing() as session:
            sizes = session.execute(
                select(EntryRow.shelf_id, func.sum(func.length(VersionRow.content)))
                .join(VersionRow, VersionRow.entry_id == EntryRow.id)
                .where(is_old)
                .group_by(EntryRow.shelf_id)
            ).all()
            for shelf, size in sizes:
                session.execute(
                    update(ShelfRow)
                    .where(ShelfRow.id == shelf)
                    .values(bytes=case((ShelfRow.bytes > size, ShelfRow.bytes - size), else_=0)),
                    execution_options=at_once,
                )
            removed = session.execute(
                delete(EntryRow).where(is_old).returning(EntryRow.id), execution_options=at_once
            )
            return len(removed.all())

    # --- how -------------------------------------------------------------------------------------

    def _purge_now_and_then(self) -> None:
        if self.clock() - self._purged < _PURGE_EVERY or not self._purging.acquire(blocking=False):
            return
        try:
            self._purged = self.clock()
            # If the database does not work, what is to be done now will tell. What has not been
            # purged yet is never shown.
            with suppress(Unavailable):
                self.purge()
        finally:
            self._purging.release()

    def _recoverable(self) -> ColumnElement[bool]:
        return EntryRow.deleted > self.clock() - KEPT_DELETED

    def _record(self, session: Session, key: str, *, edit: bool = False) -> Record:
        """What a key opens; a deleted entry is only there for those who could bring it back.

        With ``edit`` nobody else can change it meanwhile.
        """
        _refuse_nonsense(key)
        query = select(EntryRow).where(
            or_(
                and_(
                    EntryRow.edit_key == key, or_(EntryRow.deleted.is_(None), self._recoverable())
                ),
                and_(EntryRow.view_key == key, EntryRow.deleted.is_(None)),
            )
        )
        # Locked before its newest version is looked up: what somebody else was saving just then
        # is only seen by a query that begins after that.
        entry = session.scalar(query.with_for_update() if edit else query)
        if entry is None:
            raise Gone
        if edit and key != entry.edit_key:
            raise ViewOnly
        return Record(entry, version_row(session, entry, entry.head), key == entry.edit_key)

    @contextmanager
    def _changing(self, key: str) -> Iterator[tuple[Session, Record]]:
        """An entry that is not deleted, to be changed."""
        with self.writing() as session:
            self._lock_shelf_of(session, key)
            record = self._record(session, key, edit=True)
            if record.entry.deleted is not None:
                raise Gone(record.shown())
            yield session, record

    def _lock_shelf_of(self, session: Session, key: str) -> None:
        """Everybody who changes something on a shelf locks that first, and then an entry: two who
        did so the other way round would wait for each other."""
        _refuse_nonsense(key)
        of_entry = select(EntryRow.shelf_id).where(
            or_(EntryRow.edit_key == key, EntryRow.view_key == key)
        )
        query = select(ShelfRow.id).where(ShelfRow.id.in_(of_entry))
        session.scalar(query.with_for_update())

    def _saved_just_now(
        self, session: Session, shelf: ShelfRow, content: str, label: Label, note: Note
    ) -> Record | None:
        rows = session.execute(
            select(EntryRow, VersionRow)
            .join(VersionRow, _IS_HEAD)
            .where(
                EntryRow.shelf_id == shelf.id,
                EntryRow.changed > self.clock() - _SAVED_AGAIN,  # there is an index for that
                EntryRow.created > self.clock() - _SAVED_AGAIN,
                EntryRow.deleted.is_(None),
                EntryRow.head == 1,
                EntryRow.name == label.name,
            )
        )
        return next(
            (
                Record(entry, head, True)
                for entry, head in rows
                if (head.content, head.who, head.why) == (content, note.who, note.why)
                and label_of(entry) == label
            ),
            None,
        )

    def _added(
        self,
        session: Session,
        shelf: ShelfRow,
        content: str,
        held: Content,
        label: Label,
        note: Note,
    ) -> Entry:
        refuse_more(session, shelf, 1, self.limits)
        count_bytes(session, shelf.id, content, self.limits)
        moment = self.clock()
        entry = new_entry(shelf, str(uuid.uuid4()), moment)
        known = facts(held)
        write_label(entry, label, known.organisation, note.who, known.plans)
        session.add(entry)
        session.flush()
        head = new_version(entry, content, known, note, moment)
        session.add(head)
        return shown(entry, head, may_edit=True)

    def _appended(
        self, session: Session, entry: EntryRow, content: str, held: Content, note: Note
    ) -> Entry:
        moment, known = self.clock(), facts(held)
        count_bytes(session, entry.shelf_id, content, self.limits)
        head = new_version(entry, content, known, note, moment)
        session.add(head)
        entry.changed = moment
        write_label(entry, label_of(entry), known.organisation, note.who, known.plans)
        return shown(entry, head, may_edit=True)


_IS_HEAD = and_(VersionRow.entry_id == EntryRow.id, VersionRow.number == EntryRow.head)


def _saved_before(record: Record, content: str, note: Note) -> Entry:
    """The entry, if its newest version is exactly what is to be saved; else it is a conflict."""
    newest = record.head
    if (newest.content, newest.who, newest.why) == (content, note.who, note.why):
        return record.shown()
    raise Conflict(record.opened(newest))


def _refuse_nonsense(key: str) -> None:
    """Raise :class:`Gone` for what is no key, without asking a database that might not take it."""
    if not looks_like_key(key):
        raise Gone
