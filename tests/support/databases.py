"""Fixtures: libraries in both stores.

A test module that wants them says ``pytest_plugins = ["tests.support.databases"]``; what it
imports is in :mod:`tests.support.stores`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.library import Library
from tests.support.stores import STORES, Place, PostgresServer, get_server, new_place


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own: the processes of one run of the tests share it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    # Stopped by the last that uses it.
    with get_server(folder / "postgresql", cleanup_mode="stop") as server:
        yield server


def _server(request: pytest.FixtureRequest) -> PostgresServer | None:
    """The server, if it is its turn; it is not started for tests that do not need it."""
    if request.param == "sqlite":
        return None
    server: PostgresServer = request.getfixturevalue("postgresql")
    return server


@pytest.fixture(scope="module", params=STORES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """A library's place that the tests of a module share, in one store and then in the other."""
    database = new_place(_server(request), tmp_path_factory.mktemp("library"))
    yield database
    database.close()


@pytest.fixture(params=STORES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place in which there is nothing yet, in one store and then in the other."""
    database = new_place(_server(request), tmp_path)
    yield database
    database.close()


@pytest.fixture(scope="module")
def library(place: Place) -> Library:
    """The library of the module's place."""
    return place.connect()
