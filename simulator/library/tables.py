"""The tables. A change here needs a migration, see :mod:`simulator.library.migrations`."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

KEY_LENGTH = 32
UID_LENGTH = 36


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time, UTC. SQLite keeps no time zone, and would give back one that has none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database, in UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """What all tables have in common: names that meet no others in a shared database, and names of
    constraints that are the same everywhere, so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class ShelfRow(Table):
    """Somebody's library."""

    __tablename__ = "library_shelf"

    id: Mapped[int] = mapped_column(primary_key=True)
    edit_key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    view_key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    bytes: Mapped[int] = mapped_column(BigInteger, server_default="0", default=0)
    """Of the contents of all versions, those of deleted entries included."""


class EntryRow(Table):
    """A scenario on a shelf, or a set of them; its content is that of version ``head``."""

    __tablename__ = "library_entry"
    __table_args__ = (
        UniqueConstraint("shelf_id", "uid"),
        Index("ix_library_entry_newest", "shelf_id", "changed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shelf_id: Mapped[int] = mapped_column(ForeignKey(ShelfRow.id, ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(UID_LENGTH))
    """What it is recognised by in archives; opens nothing."""
    edit_key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    view_key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text)
    searchable: Mapped[str] = mapped_column(Text)
    head: Mapped[int]
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    changed: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tags: Mapped[list[TagRow]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class TagRow(Table):
    """A tag of an entry."""

    __tablename__ = "library_tag"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey(EntryRow.id, ondelete="CASCADE"), primary_key=True
    )
    folded: Mapped[str] = mapped_column(Text, primary_key=True)
    """The tag as it is compared."""
    tag: Mapped[str] = mapped_column(Text)


class VersionRow(Table):
    """One state of an entry: written once, never changed."""

    __tablename__ = "library_version"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey(EntryRow.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(String(3))
    results: Mapped[str | None] = mapped_column(Text)
    """What the scenario came to, JSON; also in the content, which lists need not read for it."""
    plans: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    """Of a set: letter and name of each plan in it, one a line. Empty for a single scenario."""
    asked: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    """Of a set, JSON: what was asked, with the answer then, see
    :func:`simulator.library.contents.answered`. Empty where that is not known."""
    doubts: Mapped[str] = mapped_column(Text, server_default=text("''"), default="")
    """Of a scenario: what its results can be doubted for, one a line."""
    content: Mapped[str] = mapped_column(Text, deferred=True)
    """The file of the scenario, or of the set, as it was saved."""
