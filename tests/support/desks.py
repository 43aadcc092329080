"""Somebody at a browser of their own, who works with the library."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.helpers import Board

LEVER = "training.share_moved"
REFUSALS = (403, 404, 409, 503)

TOO_WIDE = """dialog => [...dialog.querySelectorAll("*")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, [popover]"))
  .filter((one) => one.getBoundingClientRect().right > dialog.getBoundingClientRect().right + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""

TOO_SMALL = """dialog => [...dialog.querySelectorAll(
    'button, select, label.check, input:not([type="checkbox"], [type="radio"], .unseen)')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))"""


class Desk:
    """Somebody at a browser of their own, who works with the library."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.page: Page = board.page
        self.dialog = self.page.locator('[data-dialog="presets"]')
        self.entries = self.page.locator(".library-entry")
        self.status = self.page.locator(".library-status")
        board.watch.expect_refusals(*REFUSALS)

    def button(self, name: str) -> Locator:
        return self.page.locator(f'[data-library="{name}"]:visible')

    def field(self, name: str) -> Locator:
        return self.page.locator(f'.library [data-field="{name}"]:visible')

    def library(self) -> Desk:
        self.board.key("b")
        expect(self.button("save")).to_be_focused()
        return self

    def close(self) -> Desk:
        self.page.keyboard.press("Escape")
        expect(self.dialog).to_have_count(0)
        return self

    def fill(self, **fields: str) -> Desk:
        for name, text in fields.items():
            self.field(name).fill(text)
        return self

    def save(self, **fields: str) -> Desk:
        """Save the plan as something new."""
        self.button("save").click()
        if self.page.locator('[data-kind="new"]').count():
            self.page.locator('[data-kind="new"]').check()
        self.fill(**fields).button("confirm").click()
        return self

    def update(self, **fields: str) -> Desk:
        """Save the plan as a new version of what it came from."""
        self.button("save").click()
        expect(self.page.locator('[data-kind="version"]')).to_be_checked()
        expect(self.field("name")).to_have_count(0)
        self.fill(**fields).button("confirm").click()
        return self

    def says(self, text: str) -> Desk:
        """Wait until it is said, and the list shows what came of it."""
        expect(self.status).to_contain_text(text)
        expect(self.page.locator(".library [aria-busy]")).to_have_count(0)
        return self

    def entry(self, name: str) -> Locator:
        title = self.page.locator("h3").get_by_text(name, exact=True)
        return self.entries.filter(has=title)

    def names(self) -> list[str]:
        return self.entries.locator("h3 > button").all_inner_texts()

    def shows(self, *names: str) -> Desk:
        expect(self.entries.locator("h3 > button")).to_have_text(list(names))
        return self

    def menu(self, name: str) -> list[str]:
        """What can be done with an entry."""
        self.entry(name).locator('[data-library="menu"]').click()
        items = self.page.locator(".menu:popover-open [data-item]")
        expect(items.first).to_be_visible()
        names: list[str] = items.evaluate_all("all => all.map(one => one.dataset.item)")
        return names

    def act(self, name: str, item: str) -> Desk:
        assert item in self.menu(name)
        self.page.locator(f'.menu:popover-open [data-item="{item}"]').click()
        return self

    def links(self, name: str) -> dict[str, str]:
        self.act(name, "links")
        addresses: dict[str, str] = self.page.locator("[data-link]").evaluate_all(
            "all => Object.fromEntries(all.map(one => [one.dataset.link, one.value]))"
        )
        return addresses

    def versions(self, name: str) -> Locator:
        self.act(name, "history")
        return self.page.locator("[data-version]")

    def move(self, value: float) -> Desk:
        """Move a lever, with the library closed."""
        source = LEVER.split(".")[0]
        self.page.evaluate(
            "([source, value]) => { const { doc } = board.state(); board.commit({...doc, plan: "
            "{...doc.plan, [source]: {...doc.plan[source], share_moved: value}}}); }",
            [source, value],
        )
        self.board.settled()
        return self

    def moved(self) -> float:
        share: float = self.board.value(f"plan.{LEVER}")
        return share

    def follow(self, address: str) -> Locator:
        """Open a link of the library; the dialog that says what it is."""
        self.page.goto(address)
        opened = self.page.locator("#board dialog[open]")
        expect(opened).to_be_visible()
        self.board.ready()
        return opened


Come = Callable[..., Desk]
