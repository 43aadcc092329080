"""The page as somebody sees it who comes to move its levers."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from simulator.scenario import dump, load_shipped
from tests.browser.helpers import Board, Size
from tests.support.lever_moves import Open


@pytest.fixture
def come(visit: Callable[..., Board]) -> Open:
    """Opens the page for somebody who knows it: ``come(size, scenario, **query)``."""

    def come(size: Size = "laptop", scenario: str = "balanced-shift", **query: str) -> Board:
        document = json.loads(dump(load_shipped(scenario)))
        del document["$schema"]
        board = visit(size).keep(document)
        board.open(**query)
        groups = board.page.locator(".lever-group:not(.stages)")
        groups.evaluate_all("all => all.map(one => one.open = true)")
        return board

    return come
