"""Where the library of this machine lies."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from psycopg import ProgrammingError, conninfo
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from simulator.library.database import PATIENCE, Database, PostgreSQL, SQLite
from simulator.library.errors import Reason, Unavailable
from simulator.library.rows import Limits
from simulator.library.store import Clock, Library, now

FILE_NAME = "library.sqlite"


def connect(
    environ: Mapping[str, str] = os.environ,
    *,
    clock: Clock = now,
    patience: float = PATIENCE,
    limits: Limits = Limits(),  # noqa: B008
) -> Library:
    """The library that the environment names, else the one in the user's data folder.

    ``DATABASE_URL`` is the address of a PostgreSQL server's database (``postgresql://`` or
    ``postgres://``) or of a SQLite file (``sqlite:///``); without it ``SIMULATOR_LIBRARY`` is the
    path of a SQLite file. Nothing is opened yet. ``patience``: seconds to wait for others;
    ``limits``: of what a shelf may hold.

    Raises:
        Unavailable: ``DATABASE_URL`` is neither; what it is is never shown, it may hold a password.
    """
    if address := environ.get("DATABASE_URL", "").strip():
        return Library(_at(address, patience), clock, limits)
    return Library(SQLite(file(environ), patience), clock, limits)


def file(environ: Mapping[str, str] = os.environ) -> Path:
    """The SQLite file, which need not exist yet."""
    if chosen := environ.get("SIMULATOR_LIBRARY", "").strip():
        return Path(chosen).expanduser()
    return platformdirs.user_data_path("budget-shift-simulator", appauthor=False) / FILE_NAME


def _at(address: str, patience: float) -> Database:
    try:
        url = make_url(address)
        kind = url.drivername.split("+")[0]
        if kind in {"postgres", "postgresql"}:
            # Names that are options of the driver's function, not of an address, are refused too.
            conninfo.make_conninfo(**dict.fromkeys(url.query, "1"))
            return PostgreSQL(url, patience)
    except (ArgumentError, ValueError, ProgrammingError):
        raise Unavailable(Reason.ADDRESS) from None
    if kind != "sqlite" or not url.database or url.database == ":memory:" or url.query:
        raise Unavailable(Reason.ADDRESS)
    return SQLite(Path(url.database), patience)
