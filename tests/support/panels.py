"""The panels of the page, as a visitor opens them and fills them in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from simulator.model.register import BY_ID
from simulator.scenario import load_shipped
from tests.browser.helpers import Board
from ui.routes import bootstrap

DEFAULT = bootstrap.DEFAULT
OTHER = "municipality-citizens"
"""Has assumptions of its own."""
HOSTILE = "<img src=http://127.0.0.1:9/x.png onerror=alert(1)>"
RANGE = "promo_engagement_multiplier"
"""A ratio: 0.3, 0.6, 0.9."""
SHARE = "offer_half_share"
"""A share: 3 %, 8 %, 15 %."""
FIXED = "working_day_hours"


def dialog(board: Board, action: str) -> Locator:
    """Open a dialog from the bar; ``action`` is its button's."""
    board.page.locator(f'.bar [data-action="{action}"]').click()
    opened = board.page.locator("#board dialog[open]")
    expect(opened).to_be_visible()
    return opened


def shipped_document(name: str) -> dict[str, Any]:
    return bootstrap.document(load_shipped(name))


def choose(board: Board, gallery: Locator, name: str, content: str | bytes) -> None:
    board.choose(gallery.locator("[data-open-file]"), name, content)


def field(editor: Locator, path: str) -> Locator:
    return editor.locator(f'[data-field="{path}"]')


def retype(editor: Locator, path: str, text: str) -> Locator:
    """Write something into a field and leave it."""
    box = field(editor, path)
    box.fill(text)
    box.blur()
    return box


def applied(board: Board, editor: Locator) -> Board:
    editor.locator("[data-action=apply]").click()
    expect(editor).to_have_count(0)
    return board.settled()


GIVEN_UP, SOCIAL_COST = (
    f"organisation.known.{name}" for name in ("given_up_share", "social_contact_cost")
)


def row(board: Board, name: str) -> Locator:
    return board.page.locator(f'[data-assumption-row="{name}"]')


def opened(board: Board, name: str) -> Locator:
    """The row of an assumption in the panel, opened."""
    if board.page.locator("dialog.world").count() == 0:
        dialog(board, "world")
    assumption = row(board, name)
    if assumption.locator(".assumption-head").get_attribute("aria-expanded") == "false":
        assumption.locator(".assumption-head").click()
    return assumption


def end(assumption: Locator, name: str) -> Locator:
    return assumption.locator(f'[data-assumption-field$=".{name}"]')


def write(assumption: Locator, name: str, text: str) -> Locator:
    box = end(assumption, name)
    box.fill(text)
    box.press("Enter")
    return box


def searched(name: str) -> str:
    parameter = BY_ID[name]
    texts = (
        parameter.label,
        parameter.meaning,
        parameter.citation,
        parameter.reported_figure,
        parameter.note,
        parameter.checked_at,
    )
    return "\n".join(texts).casefold()


def save_file(board: Board, button: Locator) -> tuple[str, bytes]:
    """Save the plan as a file by what asks for that, as it is proposed: its name and content."""
    button.click()
    asked = board.page.locator('dialog[data-dialog="save-file"]')
    return board.download(asked.locator("[data-confirm-file]"))
