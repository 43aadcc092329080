"""The two kinds of databases that a library can lie in, each with its own ways to stay sound."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from math import ceil
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from simulator.library import migrations
from simulator.library.errors import Reason, Unavailable, translate_errors

PATIENCE = 5.0
"""Seconds to wait for others who use the library before giving up."""

_ENGINE: dict[str, Any] = {
    "poolclass": QueuePool,
    "pool_size": 8,
    "max_overflow": 8,
    # Keys must not get into logs with the errors of statements.
    "hide_parameters": True,
}
_MOST_LOG_BYTES = 8_000_000
_WAL_PAUSE = 0.02
_ONE_AT_A_TIME = 0x6C69_6272_6172_79
"""Of PostgreSQL's advisory locks the one of whoever changes the tables ("library")."""


class Database(ABC):
    """Where a library lies. It is opened, and made if there is none, on first use.

    Threads may share it. All that goes wrong with it is :class:`Unavailable`, and once that has
    passed it works again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._opening = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout."""
        with translate_errors():
            self._ready()
            with Session(self._to_read()) as session, session.begin():
                yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are made all together, and for good, when it ends without error;
        else none is."""
        with translate_errors():
            self._ready()
            with Session(self._to_write()) as session, session.begin():
                yield session
            self._kept()

    def close(self) -> None:
        """Give all connections back. Used again, it connects again."""
        self._engine.dispose()

    def _migrate(self) -> None:
        """Bring the tables up to date."""
        with self._to_read().connect() as connection:
            if migrations.up_to_date(connection):
                return
        with self._alone() as connection:
            migrations.upgrade(connection)

    @abstractmethod
    def _ready(self) -> None:
        """See that the database is there, with the tables of this version."""

    @abstractmethod
    def _kept(self) -> None:
        """See that what was written is where others will look for it."""

    @abstractmethod
    def _alone(self) -> AbstractContextManager[Connection]:
        """A transaction to change the tables in, while no other process does."""

    @abstractmethod
    def _to_read(self) -> Engine: ...

    @abstractmethod
    def _to_write(self) -> Engine: ...


class SQLite(Database):
    """A library in a file of its own, for one machine."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path = path.absolute()
        self._patience = patience
        self._opened: tuple[int, int] | None = None
        engine = create_engine(
            "sqlite+pysqlite://", creator=self._connect, pool_timeout=patience, **_ENGINE
        )
        # Python's module would begin transactions by itself, and too late for reads.
        event.listen(engine, "begin", _begin)
        super().__init__(engine)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """As for any database. Connections from when the file could only be read are given up."""
        try:
            with super().writing() as session:
                yield session
        except Unavailable as error:
            if error.reason is Reason.READ_ONLY:
                self._engine.dispose()
            raise

    def _mend_modes(self) -> None:
        """Let the files beside the library be written if it can be: SQLite makes them with its
        mode, and leaves them so when it may be written again."""
        mode = stat.S_IMODE(self._path.stat().st_mode)
        for beside in (f"{self._path}-shm", f"{self._path}-wal"):
            with suppress(OSError):
                if mode & stat.S_IWUSR and not os.stat(beside).st_mode & stat.S_IWUSR:
                    os.chmod(beside, mode)

    def _connect(self) -> sqlite3.Connection:
        with suppress(OSError):
            self._mend_modes()
        # Never made here: a file that has gone must not come back empty, and unnoticed.
        connection = sqlite3.connect(
            f"{self._path.as_uri()}?mode=rw",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            for pragma in (
                "foreign_keys = ON",
                # What is acknowledged has reached the disk, not only the system or the drive.
                "synchronous = FULL",
                "fullfsync = ON",
                # What was deleted for good cannot be read from the file.
                "secure_delete = ON",
                # After a large archive the log is made small again.
                f"journal_size_limit = {_MOST_LOG_BYTES}",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _to_read(self) -> Engine:
        return self._engine

    def _to_write(self) -> Engine:
        return self._engine.execution_options(begin="BEGIN IMMEDIATE")

    def _identity(self) -> tuple[int, int] | None:
        """Which file lies there. One that was deleted can still be written by who has it open."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _ready(self) -> None:
        if self._opened is not None and self._identity() == self._opened:
            return
        with self._opening:
            if self._opened is None:
                self._make()
            if (identity := self._identity()) is None:
                self._engine.dispose()
                raise Unavailable(Reason.GONE)
            if identity != self._opened:
                self._engine.dispose()
                self._migrate()
                self._opened = identity

    def _kept(self) -> None:
        if self._identity() != self._opened:
            raise Unavailable(Reason.GONE)

    def _make(self) -> None:
        """Make the file, for its owner only: it holds the keys."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            return

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        self._log_ahead()
        with self._to_write().begin() as connection:
            yield connection

    def _log_ahead(self) -> None:
        """Let readers and a writer work at the same time; the file remembers it."""
        deadline = time.monotonic() + self._patience
        with closing(self._connect()) as connection:
            while True:
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                    return
                except sqlite3.OperationalError as error:
                    # Of all locks, SQLite does not wait for this one by itself.
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        raise
                    if time.monotonic() > deadline:
                        raise
                time.sleep(_WAL_PAUSE)


def _begin(connection: Connection) -> None:
    """Who will write takes its turn at once: two who have read and then both want to write would
    wait for each other."""
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


class PostgreSQL(Database):
    """A library in a PostgreSQL server, which several machines can share."""

    def __init__(self, url: URL, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._migrated = False
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": max(2, ceil(patience)), "client_encoding": "utf8"},
            pool_timeout=patience,
            # Connections that a server's restart has cut are found before they are used.
            pool_pre_ping=True,
            **_ENGINE,
        )
        event.listen(engine, "connect", self._settle)
        super().__init__(engine)

    def _settle(self, connection: Any, _record: object) -> None:
        if connection.info.parameter_status("server_encoding") != "UTF8":
            connection.close()
            raise Unavailable(Reason.ADDRESS)
        with connection.cursor() as cursor:
            for name, value in (
                ("lock_timeout", f"{self._patience * 1000:.0f}"),
                # Far more than any statement of ours takes.
                ("statement_timeout", f"{max(60.0, 2 * self._patience) * 1000:.0f}"),
                # What is acknowledged has reached the disk, whatever the server's own setting.
                ("synchronous_commit", "on"),
            ):
                cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
        connection.commit()

    def _to_read(self) -> Engine:
        return self._engine.execution_options(isolation_level="REPEATABLE READ")

    def _to_write(self) -> Engine:
        return self._engine.execution_options(isolation_level="READ COMMITTED")

    def _ready(self) -> None:
        if self._migrated:
            return
        with self._opening:
            if not self._migrated:
                self._migrate()
                self._migrated = True

    def _kept(self) -> None:
        """The server has said so."""

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        with self._to_write().begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            yield connection
