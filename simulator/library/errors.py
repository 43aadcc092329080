"""What can go wrong with the library, and the database's own words for it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

import psycopg
from psycopg import errors as postgresql
from sqlalchemy import exc

from simulator.scenario import Problem

if TYPE_CHECKING:
    from simulator.library.entries import Entry, Opened


class LibraryError(Exception):
    """The library cannot do what it was asked; nothing has been changed."""


class Reason(StrEnum):
    """Why the library cannot be used now."""

    LOCKED = "locked"
    FULL = "full"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    READ_ONLY = "read-only"
    DISK = "disk"
    BROKEN = "broken"
    NEWER = "newer"
    ADDRESS = "address"


_MEANING = {
    Reason.LOCKED: "somebody else is using it, and did not finish in time",
    Reason.FULL: "there is no room left where it lies",
    Reason.GONE: "it is not where it was, or its folder cannot be used",
    Reason.UNREACHABLE: "the database server does not answer, or lets nobody in",
    Reason.READ_ONLY: "it can be read but not written",
    Reason.DISK: "the disk that it lies on reports an error",
    Reason.BROKEN: "what lies there cannot be read as a library",
    Reason.NEWER: "a newer version of this program has changed it; this one is too old for it",
    Reason.ADDRESS: "DATABASE_URL is not the address of a SQLite file or a PostgreSQL database "
    "in UTF-8",
}


class Unavailable(LibraryError):
    """The database does not work now. What was not acknowledged may be lost, nothing else is."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(f"The library cannot be used: {_MEANING[reason]}.")


class Gone(LibraryError):
    """No such shelf, entry or version; ``entry`` is the deleted one, for who could put it back."""

    def __init__(self, entry: Entry | None = None) -> None:
        self.entry = entry
        super().__init__("There is no such thing in the library, or it is deleted.")


class ViewOnly(LibraryError):
    """It takes an edit key, and this is a view key."""

    def __init__(self) -> None:
        super().__init__("This link only allows to look.")


class Conflict(LibraryError):
    """Somebody else has saved meanwhile; ``theirs`` is what the entry is now."""

    def __init__(self, theirs: Opened) -> None:
        self.theirs = theirs
        super().__init__("Somebody else has saved meanwhile.")


class Refused(LibraryError):
    """What was given cannot be kept; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


# --- from the database's words -------------------------------------------------------------------

_SQLITE = {
    sqlite3.SQLITE_BUSY: Reason.LOCKED,
    sqlite3.SQLITE_LOCKED: Reason.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Reason.LOCKED,  # too many at once at the log's locks
    sqlite3.SQLITE_FULL: Reason.FULL,
    sqlite3.SQLITE_TOOBIG: Reason.FULL,
    sqlite3.SQLITE_CANTOPEN: Reason.GONE,
    sqlite3.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite3.SQLITE_PERM: Reason.READ_ONLY,
    sqlite3.SQLITE_IOERR: Reason.DISK,
    sqlite3.SQLITE_CORRUPT: Reason.BROKEN,
    sqlite3.SQLITE_NOTADB: Reason.BROKEN,
    sqlite3.SQLITE_ERROR: Reason.BROKEN,  # such as a table that somebody has dropped
}
_POSTGRESQL: tuple[tuple[type[psycopg.Error], Reason], ...] = (
    (postgresql.LockNotAvailable, Reason.LOCKED),
    (postgresql.DeadlockDetected, Reason.LOCKED),
    (postgresql.SerializationFailure, Reason.LOCKED),
    (postgresql.QueryCanceled, Reason.LOCKED),
    (postgresql.DiskFull, Reason.FULL),
    (postgresql.ReadOnlySqlTransaction, Reason.READ_ONLY),
    (postgresql.InsufficientPrivilege, Reason.READ_ONLY),
    (postgresql.UndefinedTable, Reason.BROKEN),
    (postgresql.UndefinedColumn, Reason.BROKEN),
    (postgresql.DataCorrupted, Reason.BROKEN),
    (postgresql.IoError, Reason.DISK),
    # Everything else that is no fault of a statement: refused, cut off, shut down, overloaded.
    (psycopg.OperationalError, Reason.UNREACHABLE),
    (psycopg.InterfaceError, Reason.UNREACHABLE),
)
_FILES = {
    errno.ENOSPC: Reason.FULL,
    errno.EDQUOT: Reason.FULL,
    errno.EROFS: Reason.READ_ONLY,
    errno.EACCES: Reason.READ_ONLY,
    errno.EPERM: Reason.READ_ONLY,
}
_EXTENDED = 0xFF
"""SQLite's extended error codes have the primary one in their last byte."""


@contextmanager
def translate_errors() -> Iterator[None]:
    """Turn what databases and files say into :class:`Unavailable`; mistakes of ours stay as is."""
    try:
        yield
    except exc.TimeoutError:  # every connection is in use
        raise Unavailable(Reason.LOCKED) from None
    except (exc.DBAPIError, sqlite3.Error, psycopg.Error) as error:
        reason = _reason(error.orig if isinstance(error, exc.DBAPIError) else error)
        if reason is None:
            raise
        raise Unavailable(reason) from error
    except MemoryError as error:  # as Python's module says SQLITE_NOMEM
        raise Unavailable(Reason.FULL) from error
    except OSError as error:
        raise Unavailable(_FILES.get(error.errno or 0, Reason.GONE)) from error


def _reason(error: BaseException | None) -> Reason | None:
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorcode", None)
        return _SQLITE.get(code & _EXTENDED) if code is not None else None
    return next((reason for kind, reason in _POSTGRESQL if isinstance(error, kind)), None)
