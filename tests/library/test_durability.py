"""What is acknowledged stays, and what goes wrong is said: killed, full, locked, gone, for real."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from simulator.library import Entry, Label, Library, Reason, Shelf, Unavailable
from simulator.library.errors import translate_errors
from tests.support import saving
from tests.support.saving import named
from tests.support.shelves import edit
from tests.support.stores import Place, PostgresServer, control, get_server, new_place

pytest_plugins = ["tests.support.databases"]

ROUNDS = 10
"""Of killing: each at another moment of a save."""
IMPATIENT = 0.3
"""Seconds that a library in these tests waits for others."""
PATIENT = 10.0
"""The same where it has nobody to wait for, but perhaps a busy machine."""


def begun(library: Library) -> tuple[Shelf, Entry]:
    """A shelf with one entry."""
    shelf = library.new_shelf()
    return shelf, library.save(edit(shelf), named("first"), Label("One"))


def unavailable(library: Library, entry: Entry, reason: Reason, *, reading: bool = True) -> None:
    """Saving fails for this reason; so does opening, if ``reading``, else that works."""
    with pytest.raises(Unavailable) as error:
        library.update(edit(entry), entry.head.number, named("lost"))
    assert error.value.reason == reason
    if not reading:
        assert library.open(entry.view_key).version == entry.head
        return
    with pytest.raises(Unavailable) as error:
        library.open(entry.view_key)
    assert error.value.reason == reason


def works(library: Library, entry: Entry) -> None:
    """All is there as it was acknowledged, and saving goes on."""
    opened = library.open(entry.view_key)
    assert opened.version == entry.head
    number = entry.head.number
    assert library.update(edit(entry), number, named("on")).head.number == number + 1


def sound(place: Place) -> None:
    """The database itself finds no fault with what it holds."""
    if place.store == "sqlite":
        assert place.execute("PRAGMA integrity_check") == [("ok",)]
        assert place.execute("PRAGMA foreign_key_check") == []
    else:
        # Reads every row, by the tables and not by their indexes.
        place.execute("SELECT count(content), max(length(content)) FROM library_version")
    heads = "SELECT count(*) FROM library_entry WHERE head <> {}"
    newest = "(SELECT max(number) FROM library_version WHERE entry_id = id)"
    assert place.execute(heads.format(newest)) == [(0,)]


# --- killed --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_killed_in_the_middle_of_saves_nothing_acknowledged_is_lost(empty: Place) -> None:
    library = empty.connect()
    _, entry = begun(library)
    context = saving.processes()
    chance = random.Random(4)
    acknowledged: dict[int, str] = {}
    for _ in range(ROUNDS):
        here, there = context.Pipe(duplex=False)
        process = context.Process(  # type: ignore[attr-defined]
            target=saving.save_without_end, args=(empty.environ, edit(entry), there)
        )
        saving.start(process)
        there.close()
        number, name = here.recv()
        acknowledged[number] = name
        time.sleep(chance.uniform(0.0, 0.05))
        process.kill()
        with suppress(EOFError):
            while True:
                number, name = here.recv()
                acknowledged[number] = name
        process.join()
        here.close()
        versions = {one.number for one in library.history(edit(entry)).versions}
        assert versions >= acknowledged.keys()
        # Nor is there more than one that was not acknowledged, and never a hole.
        assert versions == set(range(1, len(versions) + 1))
        assert max(versions) <= max(acknowledged) + 1
        sound(empty)
    assert len(acknowledged) >= ROUNDS
    for number, name in acknowledged.items():
        assert library.open(edit(entry), number).scenario().name == name
    works(library, library.open(edit(entry)).entry)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    with get_server(tmp_path / "own", cleanup_mode="delete") as server:
        yield server


def test_a_crash_of_the_server_loses_nothing_acknowledged(
    own_server: PostgresServer, tmp_path: Path
) -> None:
    place = new_place(own_server, tmp_path)
    library = place.connect(patience=PATIENT)
    _, entry = begun(library)
    acknowledged = [entry]
    reasons: list[Reason] = []

    def save() -> None:
        try:
            while True:
                last = acknowledged[-1].head.number
                acknowledged.append(library.update(edit(entry), last, named(f"{last + 1}")))
        except Unavailable as error:
            reasons.append(error.reason)

    thread = threading.Thread(target=save)
    thread.start()
    end = time.monotonic() + 30
    while len(acknowledged) < 5:
        assert thread.is_alive() and time.monotonic() < end, "it never came to that"
        time.sleep(0.01)
    # As if the machine had lost its power: nothing is written any more, nobody is told.
    control(own_server, "-m", "immediate", "stop")
    thread.join(20)
    assert reasons == [Reason.UNREACHABLE]
    unavailable(library, acknowledged[-1], Reason.UNREACHABLE)
    own_server.ensure_postgres_running()
    versions = library.history(edit(entry)).versions
    assert {one.head for one in acknowledged} <= set(versions)
    assert len(versions) <= len(acknowledged) + 1
    for version in acknowledged[1:]:
        number = version.head.number
        assert library.open(edit(entry), number).scenario().name == f"{number}"
    sound(place)
    works(library, library.open(edit(entry)).entry)
    place.close()


def test_cut_connections_are_made_anew(postgresql: PostgresServer, tmp_path: Path) -> None:
    place = new_place(postgresql, tmp_path)
    library = place.connect()
    _, entry = begun(library)
    place.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    works(library, entry)
    place.close()


# --- locked --------------------------------------------------------------------------------------


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Somebody else has the whole library for himself."""
    if place.store == "sqlite":
        with closing(sqlite3.connect(place.file, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
        return
    with psycopg.connect(place.address) as connection:
        connection.execute("LOCK TABLE library_entry IN ACCESS EXCLUSIVE MODE")
        yield


def test_locked_for_too_long(empty: Place) -> None:
    library = empty.connect(patience=IMPATIENT)
    _, entry = begun(library)
    with locked(empty):
        started = time.monotonic()
        # Readers of SQLite do not wait for a writer.
        unavailable(library, entry, Reason.LOCKED, reading=empty.store == "postgresql")
        assert time.monotonic() - started < 20 * IMPATIENT
    works(library, entry)


def test_locked_for_a_moment(empty: Place) -> None:
    library = empty.connect(patience=20)
    _, entry = begun(library)
    taken, release = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(empty):
            taken.set()
            release.wait(5)

    thread = threading.Thread(target=hold)
    thread.start()
    assert taken.wait(5)
    threading.Timer(0.3, release.set).start()
    works(library, entry)
    thread.join()


# --- full ----------------------------------------------------------------------------------------


def test_a_full_database(empty: Place) -> None:
    library = empty.connect()
    _, entry = begun(library)
    if empty.store == "sqlite":
        # Only connections that are made from now on; those that are open keep to what they had.
        real = sqlite3.connect

        def cramped(*arguments: object, **options: object) -> sqlite3.Connection:
            connection = real(*arguments, **options)  # type: ignore[call-overload]
            connection.execute("PRAGMA max_page_count = 1")
            return connection  # type: ignore[no-any-return]

        library.close()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite3, "connect", cramped)
            unavailable(library, entry, Reason.FULL, reading=False)
        library.close()
    else:
        empty.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        empty.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON library_version EXECUTE FUNCTION no_room()"
        )
        unavailable(library, entry, Reason.FULL, reading=False)
        empty.execute("DROP TRIGGER no_room ON library_version")
    works(library, entry)
    sound(empty)


FILL = """
import itertools, resource, sys
from simulator.library import Label, Unavailable, connect
from tests.support.saving import named
library = connect({"SIMULATOR_LIBRARY": sys.argv[1]})
shelf = library.new_shelf().edit_key
print(library.save(shelf, named("first"), Label("One")).edit_key, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    for number in itertools.count():
        print(library.save(shelf, named("x"), Label(f"x {number}")).edit_key, flush=True)
except Unavailable as error:
    print(error.reason)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="has no such limits")
def test_the_system_lets_the_file_grow_no_more(tmp_path: Path) -> None:
    """As on a disk that is full: a write fails in the middle of a save."""
    place = new_place(None, tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", FILL, str(place.file)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    *keys, reason = run.stdout.split()
    # It depends on the system which of both it calls this.
    assert reason in {Reason.FULL, Reason.DISK}
    assert len(keys) > 5
    library = place.connect()
    assert [library.open(key).entry.edit_key for key in keys] == keys
    sound(place)
    works(library, library.open(keys[0]).entry)
    place.close()


# --- gone ----------------------------------------------------------------------------------------


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[Place]:
    """A place in SQLite."""
    place = new_place(None, tmp_path)
    yield place
    place.close()


def test_connections_are_as_careful_as_they_can_be(in_file: Place) -> None:
    library = in_file.connect()
    for session in (library.reading, library.writing):
        with session() as opened:
            pragmas = [
                opened.scalar(text(f"PRAGMA {name}"))
                for name in ("synchronous", "secure_delete", "journal_mode", "foreign_keys")
            ]
        assert pragmas == [2, 1, "wal", 1]


def test_a_file_that_has_gone_is_missed(in_file: Place, tmp_path: Path) -> None:
    """Who has a file open can write to it for ever after it was deleted; nobody would see it."""
    library = in_file.connect()
    _, entry = begun(library)
    library.close()
    away = tmp_path / "away"
    in_file.file.parent.rename(away)
    unavailable(library, entry, Reason.GONE)
    assert not in_file.file.exists(), "an empty one in its place would hide the loss"
    away.rename(in_file.file.parent)
    works(library, entry)


def test_a_file_that_is_deleted_while_it_is_written(in_file: Place) -> None:
    library = in_file.connect()
    _, entry = begun(library)
    with pytest.raises(Unavailable) as error, library.writing():
        shutil.rmtree(in_file.file.parent)
    assert error.value.reason == Reason.GONE
    unavailable(library, entry, Reason.GONE)


def test_another_file_in_its_place_is_used(in_file: Place, tmp_path: Path) -> None:
    library = in_file.connect()
    begun(library)
    backup = new_place(None, tmp_path / "backup")
    _, other = begun(backup.connect())
    backup.close()
    library.close()
    backup.file.replace(in_file.file)
    works(library, other)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    place = Place("sqlite", {"SIMULATOR_LIBRARY": str(tmp_path / "file" / "library.sqlite")})
    for _ in range(2):
        with pytest.raises(Unavailable) as error:
            place.connect().new_shelf()
        assert error.value.reason == Reason.GONE


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    address = f"postgresql://user:secret@/none?host={tmp_path}"
    place = Place("postgresql", {"DATABASE_URL": address})
    with pytest.raises(Unavailable) as error:
        place.connect(patience=IMPATIENT).new_shelf()
    assert error.value.reason == Reason.UNREACHABLE
    assert "secret" not in str(error.value)


def test_a_database_that_is_not_there(postgresql: PostgresServer) -> None:
    place = Place("postgresql", {"DATABASE_URL": postgresql.get_uri("nobody_made_this")})
    with pytest.raises(Unavailable) as error:
        place.connect().new_shelf()
    assert error.value.reason == Reason.UNREACHABLE


# --- read-only -----------------------------------------------------------------------------------


@contextmanager
def powerless() -> Iterator[None]:
    """Without the right to write everywhere, in case the tests run as root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other ones there")
def test_a_file_that_may_only_be_read() -> None:
    # In no folder of pytest's, which only its owner can enter.
    with tempfile.TemporaryDirectory() as folder:
        place = new_place(None, Path(folder))
        library = place.connect()
        _, entry = begun(library)
        library.close()
        Path(folder).chmod(0o755)
        place.file.parent.chmod(0o755)
        place.file.chmod(0o444)
        with powerless():
            with pytest.raises(Unavailable) as error:
                library.update(edit(entry), 1, named("lost"))
            assert error.value.reason == Reason.READ_ONLY
            library.close()
            inside = Place("sqlite", {"SIMULATOR_LIBRARY": str(place.file.parent / "new.sqlite")})
            with pytest.raises(Unavailable) as error:
                inside.connect().new_shelf()
            assert error.value.reason == Reason.READ_ONLY
        place.file.chmod(0o644)
        works(library, entry)
        place.close()


def test_a_server_that_only_reads(postgresql: PostgresServer, tmp_path: Path) -> None:
    place = new_place(postgresql, tmp_path)
    library = place.connect()
    _, entry = begun(library)
    library.close()
    (name,) = place.execute("SELECT current_database()")[0]
    outside = Place("postgresql", {"DATABASE_URL": postgresql.get_uri()})
    outside.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    unavailable(library, entry, Reason.READ_ONLY, reading=False)
    # Also for a program that starts only now.
    unavailable(place.connect(), entry, Reason.READ_ONLY, reading=False)
    place.close()
    outside.execute(f"ALTER DATABASE {name} RESET ALL")
    library.close()
    works(library, entry)
    place.close()


# --- broken --------------------------------------------------------------------------------------


def test_a_file_that_is_no_database(in_file: Place) -> None:
    in_file.file.parent.mkdir(parents=True)
    in_file.file.write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(Unavailable) as error:
        in_file.connect().new_shelf()
    assert error.value.reason == Reason.BROKEN
    assert in_file.file.read_bytes().startswith(b"Dear diary"), "it is somebody's"


def test_tables_that_somebody_has_dropped(empty: Place) -> None:
    library = empty.connect()
    _, entry = begun(library)
    empty.execute("DROP TABLE library_version")
    unavailable(library, entry, Reason.BROKEN)
    with pytest.raises(Unavailable) as error:
        library.open(edit(entry))
    assert "parameters hidden" in str(error.value.__cause__), "keys could get into logs"


@pytest.mark.parametrize(
    ("code", "reason"),
    [(sqlite3.SQLITE_PROTOCOL, Reason.LOCKED), (sqlite3.SQLITE_TOOBIG, Reason.FULL)],
)
def test_what_sqlite_seldom_says(code: int, reason: Reason) -> None:
    failure = sqlite3.OperationalError()
    failure.sqlite_errorcode = code
    with pytest.raises(Unavailable) as error, translate_errors():
        raise failure
    assert error.value.reason == reason


def test_no_memory_left() -> None:
    with pytest.raises(Unavailable) as error, translate_errors():
        raise MemoryError
    assert error.value.reason == Reason.FULL


def test_every_connection_in_use(empty: Place) -> None:
    """More at a time than there are connections: they wait, and are told so when it is too long."""
    library = empty.connect(patience=IMPATIENT)
    _, entry = begun(library)
    with pytest.raises(Unavailable) as error, _sessions(library, 17):
        pass
    assert error.value.reason == Reason.LOCKED
    works(library, entry)


@contextmanager
def _sessions(library: Library, count: int) -> Iterator[None]:
    if count == 0:
        yield
        return
    with library.reading() as session:
        session.connection()
        with _sessions(library, count - 1):
            yield
