"""The history of the tables: what each version of the program changed, as Alembic's revisions.

A new one: change :mod:`simulator.library.tables`, add a file to ``versions`` after the pattern of
the last, and raise :data:`REVISION`. A test compares what they give with the tables.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from simulator.library.errors import Reason, Unavailable

REVISION = "0005"
"""The last one."""

TABLE = "library_migration"
"""Where the database keeps which one it has."""


def up_to_date(connection: Connection) -> bool:
    """Whether nothing is to be done. Alembic is not needed to see that, and takes time to load.

    Raises:
        Unavailable: the tables are those of a newer version.
    """
    revision = _revision(connection)
    if revision is not None and revision > REVISION:
        raise Unavailable(Reason.NEWER)
    return revision == REVISION


def upgrade(connection: Connection) -> None:
    """Bring the tables up to date, in the connection's own transaction.

    Raises:
        Unavailable: the tables are those of a newer version.
    """
    from alembic import command
    from alembic.config import Config

    if up_to_date(connection):
        return
    config = Config()
    folder = str(Path(__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(TABLE):
        return None
    revision = connection.scalar(text(f"SELECT version_num FROM {TABLE}"))  # noqa: S608
    return None if revision is None else str(revision)
