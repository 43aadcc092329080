"""Levers on the real page: what they show, and what must hold after every move."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator

from simulator.scenario import SUM_TOLERANCE, levers, parse
from tests.browser.helpers import Board

TAKE, PUT, INVOLVE, WHEN = (
    [lever.path for lever in group.levers] for group in levers.GROUPS.values()
)

ALL = (*TAKE, *PUT, *INVOLVE, *WHEN)
COMMUNITY, CONTENT = "plan.split.community", "plan.split.content"
TRAINING, MINUTES = "plan.training.share_moved", "plan.involvement.minutes_per_day"
OPENNESS = "plan.involvement.openness"

Open = Callable[..., Board]


def at(doc: Any, path: str) -> Any:
    """The value of a lever in a document, as the levers show it."""
    for part in path.replace("*", "customer_service").split("."):
        doc = doc[part]
    return doc


def number(path: str, text: str) -> float:
    """What a lever's field says, in English, in the unit of the scenario."""
    share = path in (*TAKE, *PUT, *INVOLVE) and path != MINUTES
    return float(text.replace(",", "")) / (100 if share else 1)


def shown(board: Board, path: str) -> float:
    """The value that a lever's field shows."""
    return number(path, board.typed(path).input_value())


def whole(board: Board, path: str) -> None:
    """What must hold after every move of a lever: all that is shown says the same."""
    doc, fields = board.page.evaluate(
        """() => [
          window.board.state().doc,
          [...document.querySelectorAll("[data-typed]")].map((one) => one.value),
        ]"""
    )
    assert parse(json.dumps(doc)), "the scenario can be simulated"
    assert abs(math.fsum(doc["plan"]["split"].values()) - 1) < SUM_TOLERANCE
    for other, text in zip(ALL, fields, strict=True):
        assert number(other, text) == pytest.approx(at(doc, other)), f"{other}, by {path}"


def hit(board: Board, path: str, *keys: str) -> None:
    """Press keys on a lever as fast as they come, without waiting for the answer to any."""
    board.lever(path).focus()
    for key in keys:
        board.page.keyboard.press(key)


def row(board: Board, path: str) -> Locator:
    return board.page.locator(".lever", has=board.lever(path))
