"""The pictures in the README, of the app as it is: ``python -m tests.support.pictures``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import dev
from tests.browser import running
from tests.browser.helpers import Board, Size
from tests.browser.windows import Windows

FOLDER = dev.ROOT / "docs"
LAPTOP = {"viewport": {"width": 1440, "height": 900}}
FOLDED = "localStorage.removeItem('budget-shift-folds')"
"""Script for a browser in which nothing has been opened or closed yet."""
FINAL = '#board[data-refined="true"], #board:not([data-page="simulate"])'
"""Once no more draws come."""


def simulate(board: Board) -> None:
    """A plan that was moved, beside the one that it was."""
    board.open().key("k")
    board.press("plan.customer_service.share_moved", *["ArrowLeft"] * 9)


def compare(board: Board) -> None:
    """Three plans, of which two are asked about."""
    simulate(board)
    board.key("k")
    board.page.locator('nav [data-page="compare"]').click()
    board.page.locator('[data-action="compare-add"]').click()
    board.page.locator('[data-offer="involvement-without-money"]').click()
    board.page.keyboard.press("Escape")
    board.settled()


def projector(board: Board) -> None:
    """What the last row sees."""
    board.open(view="projector", theme="dark")


def phone(board: Board) -> None:
    """What a participant sees."""
    board.open(lang="nl")


PICTURES: dict[str, tuple[Callable[[Board], None], Size, bool]] = {
    "screenshot": (simulate, "laptop", False),
    "compare": (compare, "laptop", False),
    "projector-dark": (projector, "projector", True),
    "phone": (phone, "phone", False),
}
"""By the file: what is done before, on which screen, whether it is dark."""


def main() -> int:
    """Take all of them; return 0."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running.served(Path(folder) / "log.txt") as server,
        running.browser() as browser,
    ):
        windows = Windows(browser, server.url)
        for name, (act, size, dark) in PICTURES.items():
            page = windows.take(size, dark, LAPTOP if size == "laptop" else {})
            page.evaluate(FOLDED)
            act(Board(page, server.url))
            page.wait_for_selector(
                '#board[data-refined="true"], #board:not([data-page="simulate"])'
            )
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        windows.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
