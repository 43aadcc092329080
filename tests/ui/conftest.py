"""What tests of several subjects of the page need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import simulator.i18n.language
from simulator import scenario
from simulator.scenario import Scenario
from tests.support.problem_texts import UNHEARD, Hidden
from ui import server
from ui.routes import bootstrap


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Asks our routes as the app has them, behind all that is refused before them."""
    app = Starlette(routes=list(server.ROUTES), middleware=list(server.MIDDLEWARE))
    with TestClient(app, "http://localhost") as client:
        yield client


@pytest.fixture(scope="session")
def default() -> Scenario:
    """What the page opens with."""
    return scenario.load_shipped(bootstrap.DEFAULT)


@pytest.fixture(scope="module")
def hidden() -> Iterator[Hidden]:
    """The catalogue of :data:`UNHEARD`."""
    catalogue, others = Hidden(), simulator.i18n.language._translations
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            simulator.i18n.language,
            "_translations",
            lambda file: catalogue if file == UNHEARD.catalogue_file else others(file),
        )
        yield catalogue
