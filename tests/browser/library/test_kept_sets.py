"""What is compared is kept in the library, opened from there, and shared by one short link."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser import running
from tests.support.desks import TOO_SMALL, TOO_WIDE, Come, Desk
from tests.support.qr_codes import qr_code


def cards(desk: Desk) -> list[str]:
    """Letters and names of what is compared, once it is settled."""
    desk.board.settled()
    shown: list[str] = desk.page.locator("[data-card]").evaluate_all(
        "all => all.map(one => `${one.dataset.letter} ${one.querySelector('h3').textContent}`)"
    )
    return shown


def compare(desk: Desk) -> Desk:
    desk.board.key("c")
    desk.page.wait_for_selector('#board[data-page="compare"]')
    desk.board.settled()
    return desk


def saving(desk: Desk) -> Locator:
    """The form that saves what is compared."""
    desk.page.locator('[data-action="save-set"]').click()
    return desk.page.locator('[data-dialog="save-set"]')


def test_a_set_is_kept_opened_again_and_shared_by_one_short_link(
    server: running.Server, come: Come
) -> None:
    anna = come(server)
    anna.board.open()
    anna.board.key("k")
    assert cards(compare(anna.move(0.6))) == ["A Plan A", "P A balanced shift (changed)"]
    compared = ["A Plan A", "P A balanced shift"]  # what is kept is not changed
    # What is asked of them goes with them.
    anna.page.get_by_label("The one to compare with").select_option("0")
    anna.page.locator(".compare-how > summary").click()
    anna.page.locator('[data-measure="value_per_employee"] input').check()
    anna.board.settled()
    verdict = anna.page.locator(".compare-verdict").inner_text()
    dialog = saving(anna)
    expect(dialog.locator(".library-plans")).to_have_text("A Plan A · P A balanced shift")
    anna.fill(name="The board", who="Anna", tags="may").button("confirm").click()
    expect(anna.page.locator(".toast")).to_have_text("“The board” is saved.")
    expect(dialog).to_have_count(0)
    expect(anna.page.locator(".scenario .changed")).to_be_hidden()

    # The same again is a new version; as it lies there it has a link, which a room can scan.
    saving(anna)
    expect(anna.page.locator('[data-kind="version"]')).to_be_checked()
    anna.fill(why="Once more").button("confirm").click()
    expect(anna.page.locator(".toast")).to_have_text("“The board” is saved as version 2.")
    anna.page.locator('[data-action="share-set"]').click()
    share = anna.page.locator('[data-dialog="share"]')
    whole = share.locator('[data-share="link"]').input_value()
    share.locator('[data-share="short"]').click()
    expect(share.locator('[data-share="whole"]')).to_be_visible()
    short = share.locator('[data-share="link"]').input_value()
    assert len(short) < 100 < len(whole)
    assert qr_code(share.locator(".share-qr")) == short
    anna.page.keyboard.press("Escape")

    # Somebody else gets exactly these on a phone, and one step back out of them.
    bob = come(server, "phone")
    opened = bob.follow(short)
    expect(opened).to_contain_text("Once more")
    expect(opened).to_contain_text(f"{verdict} (as of ")
    assert not opened.evaluate(TOO_WIDE) and not opened.evaluate(TOO_SMALL)
    bob.page.keyboard.press("Enter")
    assert cards(bob) == compared
    assert bob.moved() == 0.6
    expect(bob.page.locator(".compare-verdict")).to_have_text(verdict)
    expect(bob.page.locator(".compare-how > summary")).to_contain_text("Value per employee")
    assert "library" not in bob.page.url
    dialog = saving(bob)
    expect(dialog).to_contain_text("for looking only")
    assert not dialog.evaluate(TOO_WIDE) and not dialog.evaluate(TOO_SMALL)
    bob.page.keyboard.press("Escape")
    bob.board.undo()
    assert cards(bob) == ["P A balanced shift"]

    # It lies beside single plans, says what it is, and opens on its page from any other.
    anna.board.key("c")
    anna.page.wait_for_selector('#board[data-page="simulate"]')
    anna.board.settled()
    anna.move(0.1).library().save(name="Alone").says("is saved").shows("Alone", "The board")
    expect(anna.entry("The board")).to_contain_text("set of 2 plans")
    expect(anna.entry("The board")).to_contain_text(f"{verdict} (as of ")
    assert "compare" not in anna.menu("The board")
    anna.page.keyboard.press("Escape")
    expect(anna.versions("The board")).to_have_count(2)
    links = anna.links("The board")
    anna.entry("The board").locator('[data-library="open"]').click()
    anna.page.wait_for_selector('#board[data-page="compare"]')
    assert cards(anna) == compared
    assert anna.moved() == 0.6

    # Two who save over the same version are shown both.
    carl = come(server)
    expect(carl.follow(links["edit"])).to_contain_text("You may change it for everybody")
    carl.page.keyboard.press("Enter")
    carl.page.locator('[data-card-menu="0"]').click()
    carl.page.locator('.menu:popover-open [data-item="right"]').click()
    assert cards(carl) == compared[::-1]
    saving(carl)
    carl.fill(who="Carl").button("confirm").click()
    expect(carl.page.locator(".toast")).to_have_text("“The board” is saved as version 3.")
    saving(anna)
    anna.button("confirm").click()
    sides = anna.page.locator("[data-side]")
    expect(sides.nth(0)).to_contain_text("P A balanced shift · A Plan A")
    expect(sides.nth(1)).to_contain_text("A Plan A · P A balanced shift")
    anna.page.locator('[data-conflict="open"]').click()
    expect(anna.page.locator('[data-dialog="save-set"]')).to_have_count(0)
    assert cards(anna) == compared[::-1]


def test_one_plan_alone_is_no_set(server: running.Server, come: Come) -> None:
    desk = come(server)
    desk.board.open()
    compare(desk)
    expect(desk.page.locator('[data-action="save-set"]')).to_be_disabled()
    desk.page.locator('[data-action="share-set"]').click()
    expect(desk.page.locator('[data-share="link"]')).to_be_visible()
    expect(desk.page.locator('[data-share="short"]')).to_have_count(0)
