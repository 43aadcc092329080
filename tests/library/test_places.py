"""Where a library lies, and how its tables are made and migrated."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from simulator.library import (
    Conflict,
    Gone,
    LibraryError,
    Reason,
    Refused,
    Unavailable,
    ViewOnly,
    connect,
    migrations,
)
from simulator.library import config as places
from simulator.library.tables import Table
from tests.support.shelves import edit
from tests.support.stores import Place

pytest_plugins = ["tests.support.databases"]


# --- where it lies -------------------------------------------------------------------------------


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "with space %20?#é" / "library.sqlite"
    library = connect({"SIMULATOR_LIBRARY": str(path)})
    assert not path.parent.exists()
    shelf = library.new_shelf()
    library.close()
    assert path.is_file()
    assert path.stat().st_mode & 0o077 == 0, "it holds keys"
    again = connect({"SIMULATOR_LIBRARY": str(path)})
    assert again.shelf(edit(shelf)) == shelf
    again.close()


def test_the_file_is_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "platformdirs.user_data_path", lambda *parts, **_: Path("data", *map(str, parts))
    )
    expected = Path("data", "budget-shift-simulator", "library.sqlite")
    assert places.file({}) == places.file({"SIMULATOR_LIBRARY": " "}) == expected
    assert places.file({"SIMULATOR_LIBRARY": "~/x.sqlite"}) == Path.home() / "x.sqlite"


def test_addresses_of_sqlite_files(tmp_path: Path) -> None:
    path = tmp_path / "by address.sqlite"
    library = connect({"DATABASE_URL": f"sqlite:///{path}", "SIMULATOR_LIBRARY": "not/this"})
    library.new_shelf()
    library.close()
    assert path.is_file()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_of_postgresql(postgresql: Any, scheme: str) -> None:
    address = postgresql.get_uri().replace("postgresql", scheme, 1)
    library = connect({"DATABASE_URL": address})
    library.new_shelf()
    library.close()


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "://",
        "mysql://user:secret@host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///x?mode=memory",
        "postgresql://user:secret@host:port/db",
        "postgresql://user:secret@host/db?nonsense=1",
        "postgresql://user:secret@host/db?row_factory=x",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(Unavailable) as unavailable:
        connect({"DATABASE_URL": address})
    assert unavailable.value.reason == Reason.ADDRESS
    assert "secret" not in "".join(traceback.format_exception(unavailable.value))


def test_a_database_that_cannot_hold_all_text(postgresql: Any) -> None:
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin1 ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    with pytest.raises(Unavailable) as unavailable:
        connect({"DATABASE_URL": postgresql.get_uri("latin1")}).new_shelf()
    assert unavailable.value.reason == Reason.ADDRESS


# --- migrations ----------------------------------------------------------------------------------


def url(place: Place) -> str:
    if place.store == "sqlite":
        return f"sqlite:///{place.file}"
    return place.address.replace("postgresql", "postgresql+psycopg", 1)


def test_migrations_give_exactly_the_tables(empty: Place) -> None:
    empty.connect().new_shelf()
    engine = create_engine(url(empty))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "version_table": migrations.TABLE,
            },
        )
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_the_last_migration_is_the_programs() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    revisions = [one.revision for one in script.walk_revisions()]
    assert script.get_heads() == [migrations.REVISION]
    # Numbered in order, so that a newer library is recognised by its number.
    assert revisions == [f"{number:04}" for number in range(len(revisions), 0, -1)]


def test_a_library_of_a_newer_version_is_refused(empty: Place) -> None:
    empty.connect().new_shelf()
    empty.execute(f"UPDATE {migrations.TABLE} SET version_num = '9000'")  # noqa: S608
    for _ in range(2):
        with pytest.raises(Unavailable) as unavailable:
            empty.connect().new_shelf()
        assert unavailable.value.reason == Reason.NEWER
        assert "newer version of this program" in str(unavailable.value)
    assert empty.execute(f"SELECT version_num FROM {migrations.TABLE}") == [("9000",)]  # noqa: S608


def test_an_interrupted_first_opening_is_made_good(empty: Place) -> None:
    """Tables are made all together: half a set cannot be left behind."""
    broken = empty.connect()
    real = migrations.upgrade

    def cut(connection: Any) -> None:
        real(connection)
        raise Unavailable(Reason.FULL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "upgrade", cut)
        with pytest.raises(Unavailable):
            broken.new_shelf()
    assert broken.new_shelf().count == 0
    assert empty.connect().new_shelf().count == 0


def test_errors_are_all_of_one_family() -> None:
    for kind in (Conflict, Gone, Refused, Unavailable, ViewOnly):
        assert issubclass(kind, LibraryError)
    for reason in Reason:
        assert str(Unavailable(reason)).startswith("The library cannot be used: ")
