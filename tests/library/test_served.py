"""The library that the server's routes keep plans in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from simulator.library import connect
from tests.support.stores import database
from ui.routes import library as page

pytest_plugins = ["tests.support.databases"]


def test_it_is_the_database_that_the_environment_names(
    postgresql: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = database(postgresql)
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("SIMULATOR_LIBRARY", str(tmp_path / "library" / "library.sqlite"))
    page._connected.cache_clear()
    client = TestClient(Starlette(routes=list(page.ROUTES)))
    shelf = client.post("/board/library/shelf", json={}).json()
    page.the_library().close()
    page._connected.cache_clear()
    library = connect({"DATABASE_URL": address})
    assert library.shelf(shelf["edit_key"]).count == 0
    library.close()
    assert not (tmp_path / "library").exists(), "it used a file after all"
