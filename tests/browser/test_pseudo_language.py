"""The whole app in a language that is longer than ours: nothing is cut, nothing was forgotten.

The language is made by rule (:mod:`tests.support.pseudo_language`). A visitor on each screen walks
through every page, dialog, menu and message; what they see is looked through by
``inspect_texts.js`` after each step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel import Locale
from playwright.sync_api import Browser, expect

from simulator import links, scenario
from simulator.i18n.language import LANGUAGES
from simulator.results import DEFAULT_DRAWS, simulate
from simulator.results.saved import saved_results
from simulator.scenario import load_shipped
from tests.browser import running
from tests.browser.helpers import KEPT, SCREENS, SEEN_TOUR, Board, Size, bare
from tests.support.pseudo_language import BEGIN, CODE, END, LOCALE
from ui.routes import bootstrap

INSPECT = (Path(__file__).parent / "inspect_texts.js").read_text(encoding="utf-8")
DATA = ", ".join(
    (
        ".scenario-name",
        ".pin-name",
        ".register-source",  # two lines of it; all of it in the row that it opens
        ".hint-source",
        ".problems code",
    )
)
"""What shows names and sources of any length, as somebody wrote them."""
TRAINING = "plan.training.share_moved"
PLAN = load_shipped("balanced-shift")
OTHERS = ("too-promotional", "wait-and-see", "charity-donors")


def known() -> list[str]:
    """Words that nobody translates: names in files, of months, and what browsers know."""
    shipped = [scenario.load(file) for file in scenario.shipped()]
    names = [text for one in shipped for text in (one.name, one.organisation.name)]
    months = Locale.parse(LOCALE).months["format"]["abbreviated"].values()
    own = Locale.parse(LOCALE).get_language_name()
    return [
        *(word for name in names for word in re.findall(r"[\w.'’-]+", name)),
        *months,
        *(one.get_language_name(one) for one in map(Locale, LANGUAGES)),
        str(own).capitalize(),
        "et",  # what the locale joins the last two of a list with
        "Euro",
        "euro",
        CODE.upper(),
        "https",
    ]


DRAWN = """() => [...document.querySelectorAll(".plot")].every((plot) => {
  const picture = plot.querySelector(".main-svg");
  const drawn = Number(picture?.getAttribute("height"));
  return !picture || !plot.clientHeight || Math.abs(drawn - plot.clientHeight) <= 1;
})"""
"""Whether charts are drawn for the room that they have now."""


class Walk:
    """A visitor who looks at everything; ``found`` is what is wrong, and where it was seen."""

    def __init__(self, board: Board) -> None:
        self.board, self.page = board, board.page
        self.found: dict[str, str] = {}
        self._options = {"known": known(), "data": DATA}

    def look(self, name: str, language: str = CODE) -> None:
        """Note what is wrong with all that can be seen now."""
        marks = [BEGIN, END] if language == CODE else None  # texts of ours have none
        self.page.wait_for_function(DRAWN)
        options = {**self._options, "marks": marks, "language": language}
        for fault in self.page.evaluate(INSPECT, options):
            self.found.setdefault(fault, name)

    def go(self, path: str = "", language: str = CODE) -> None:
        """Open a page."""
        mark = "&" if "?" in path else "?"
        self.page.goto(f"{self.board.origin}/{path}{mark}lang={language}")
        self.board.ready()

    def click(self, selector: str) -> None:
        """Press something, also where what is fixed on a small screen lies over it."""
        self.page.locator(selector).first.evaluate("node => node.click()")

    def wait(self, selector: str) -> None:
        """Wait until something can be seen."""
        self.page.locator(f"{selector}:visible").first.wait_for()

    def opened(self, name: str, selector: str, what: str = ".help-box") -> None:
        """Open something, look at it, and close it."""
        self.click(selector)
        self.wait(what)
        self.look(name)
        self.close()

    def close(self) -> None:
        """Close all that is open."""
        for _ in range(4):
            if not self.page.locator("dialog[open], :popover-open").count():
                return
            self.page.keyboard.press("Escape")
        expect(self.page.locator("dialog[open], :popover-open")).to_have_count(0)

    # --- the pages --------------------------------------------------------------------------------

    def all(self) -> None:
        """Walk through everything."""
        self.simulate()
        self.dialogs()
        self.library()
        self.links()
        self.compare()
        self.assumptions()

    def simulate(self) -> None:
        """The Simulate page, its helps and menus."""
        self.go()
        self.page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        self.look("the page")
        for figure in ("net_present_value", "return_on_ignoring"):
            self.opened(f"help of {figure}", f'[data-figure="{figure}"] button')
        for name in (TRAINING, "plan.involvement.promotional_share"):
            lever = f'.lever:has([data-lever="{name}"]) .lever-label'
            self.opened(f"help of {name}", lever)
        self.click('[data-picker="1"]')
        self.wait(".picker-box")
        self.look("the picker")
        self.page.locator(".picker-search:visible").fill("0")
        self.wait(".picker-nothing")
        self.look("the picker, empty")
        self.close()
        for key in ("End", "Home"):
            self.board.press(TRAINING, key)
            self.click('[data-action="pin"]')
            self.page.keyboard.press("Escape")
            self.board.settled()
            self.look(f"pinned, training at its {key}")
        self.opened("a pin", "[data-pin-menu]", ".menu")
        self.click('[data-pin="A"] .pin-pick')
        self.wait(".pair-verdict:not(:empty)")
        self.look("which is better")
        self.click(".pair header button")
        expect(self.page.locator(".pair")).to_be_hidden()
        menus = ("help", "language", "reset", "analyses", "more-pages", "pages")
        for name in menus:
            if not self.page.locator(f'[data-action="{name}"]:visible').count():
                continue  # the bar of this screen has no such button
            self.opened(f"the menu {name}", f'[data-action="{name}"]', ".menu")
        self.board.key("p")
        self.look("for the projector")
        on_phone = self.page.viewport_size == SCREENS["phone"]["viewport"]
        for language in () if on_phone else LANGUAGES:  # nobody has a phone on a projector
            self.go(language=language)
            self.look(f"for the projector, {language}", language)
        self.go()
        self.board.key("p")

    def dialogs(self) -> None:
        """What the bar and the sentence open."""
        self.click('[data-action="help"]')
        self.click('[data-item="keys"]')
        self.wait('[data-dialog="keys"]')
        self.look("the keys")
        self.close()
        self.click('[data-action="analyses"]')
        self.opened("an analysis", '[data-item="leave_one_out"]', "dialog tbody tr")
        self.opened("sharing", '[data-action="share"]', '[data-dialog="share"] svg')
        self.click('[data-action="organisation"]')
        self.wait('[data-dialog="organisation"]')
        self.look("the organisation")
        for name, text in {"customers": "-1", "gross_margin": "x", "currency": "1"}.items():
            field = self.page.locator(f'[data-field="organisation.{name}"]')
            field.fill(text)
            field.press("Tab")
        self.look("the organisation, with wrong values")
        self.page.keyboard.press("Escape")
        self.wait(".dialog-typed")
        self.look("the organisation, before it is left")
        self.click('[data-action="discard-typed"]')
        self.click('[data-action="world"]')
        self.wait('[data-dialog="world"]')
        self.look("the assumptions")
        self.click(".assumption-head")
        self.wait(".assumption-detail")
        self.look("an assumption")
        self.page.locator(".register-search:visible").fill("0000")
        self.look("no assumption")
        self.close()
        self.click('[data-action="scenarios"]')
        self.wait('[data-dialog="presets"]')
        self.look("the gallery")
        bad = {**json.loads(scenario.dump(PLAN)), "name": "1", "horizon_months": 7, "42": 1}
        self.board.choose(
            self.page.locator('[data-dialog="presets"] input[type=file]').first,
            "1.json",
            json.dumps(bad),
        )
        self.wait(".problems li")
        self.look("a wrong file")
        self.close()

    def library(self) -> None:
        """The library, from nothing in it to one version too many."""
        self.library_tab()
        self.look("the library, empty")
        self.click('[data-library="save"]')
        self.wait('[data-library="confirm"]')
        self.look("saving")
        fields = {"name": "1001", "tags": "42, 43", "who": "7", "why": "1", "description": "2"}
        for field, text in fields.items():
            self.page.locator(f'.library [data-field="{field}"]:visible').fill(text)
        self.click('[data-library="confirm"]')
        self.wait(".library-entry")
        self.look("the library")
        for item, what in {
            "links": "[data-link]",
            "history": "[data-version]",
            "describe": '[data-form="describe"]',
        }.items():
            self.entry(item)
            self.wait(what)
            self.look(f"{item} of an entry")
        self.close()
        self.board.press(TRAINING, "ArrowRight")
        self.page.evaluate(
            "() => { const { origins: [{ key }], doc } = board.state(); return fetch("
            "'board/library/update', { method: 'POST', body: JSON.stringify({ key, expected: 1, "
            "scenario: {...doc, seed: 7}, who: '8' }) }); }"
        )
        self.library_tab()
        self.click('[data-library="save"]')
        self.wait('[data-kind="version"]')
        self.look("saving a version")
        self.board.watch.expect_refusals(409)
        self.click('[data-library="confirm"]')
        self.wait('[data-side="theirs"]')
        self.look("somebody was faster")
        self.click('[data-conflict="over"]')
        self.wait(".library-status:not(:empty)")
        self.wait(".library-entry")
        self.entry("delete")
        self.wait('[data-library="undo"]')
        self.look("deleted")
        self.page.locator('[data-library="deleted"]').check()
        self.wait('[data-library="revive"]')
        self.look("what was deleted")
        self.close()

    def library_tab(self) -> None:
        self.click('[data-action="scenarios"]')
        self.click('[data-tab="library"]')
        self.wait('[data-library="save"]')

    def entry(self, item: str) -> None:
        """Do something with the entry, by its menu, once the list is as it stays."""
        expect(self.page.locator(".library [aria-busy]")).to_have_count(0)
        self.click('.library-entry [data-library="menu"]')
        self.wait(".menu [data-item]")
        self.click(f'.menu:popover-open [data-item="{item}"]')

    def links(self) -> None:
        """Links of another model, and no good; the tour."""
        plan = PLAN.changed(**{TRAINING: 0.37})
        now = saved_results(simulate(plan).headline, DEFAULT_DRAWS)
        assert now is not None
        then = {"model_version": "0.9.0", "probability_better": 0.9, "worst_case": 0.0}
        link = links.encode(plan.changed(results=now.model_copy(update=then)))
        for name, address in {"then-now": link, "bad-link": link.replace("0.37", "0.38")}.items():
            self.go(f"?{address}")
            self.wait(f'[data-dialog="{name}"]')
            self.look(name)
            self.close()
        self.click('[data-action="help"]')
        self.click('[data-item="tour"]')
        self.wait("dialog.tour")
        steps = 0
        while self.page.locator("dialog.tour:visible").count():  # fewer where the bar has less
            steps += 1
            self.look(f"the tour, step {steps}")
            self.click('[data-action="tour-next"]')
        assert steps > 5

    def compare(self) -> None:
        """The Compare page, with one scenario, with three, and with several currencies."""
        self.go("compare")
        self.look("Compare, with one scenario")
        self.opened(
            "adding", '[data-action="compare-add"]', 'dialog[data-dialog="compare-add"] button'
        )
        for count in (2, 3):
            others = [bootstrap.document(load_shipped(name)) for name in OTHERS[:count]]
            self.page.evaluate(
                """([key, documents]) => {
                  const state = window.board.state();
                  const entry = (doc) => ({ name: "", doc, source: "file", letter: "" });
                  state.compareList = { items: documents.map(entry), pinned: state.pinned };
                  const kept = JSON.stringify({ state, past: [], future: [] });
                  addEventListener("pagehide", () => sessionStorage.setItem(key, kept));
                }""",
                [KEPT, [bootstrap.document(PLAN), *others]],
            )
            self.page.reload()
            self.board.ready().settled()
            self.look(f"Compare, with {count + 1} scenarios")
        self.opened("a card's menu", '[data-card-menu="1"]', ".menu")

    def assumptions(self) -> None:
        """The page of all assumptions, with one opened."""
        self.go("assumptions")
        self.look("the register")
        self.click("tbody [data-assumption-row] button")
        self.wait(".assumption-detail")
        self.look("a row of the register")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[running.Server]:
    """A server of the app that has the pseudo-language beside its own."""
    command = ["-m", "tests.support.pseudo_language", "run", "app.py"]
    with running.served(tmp_path_factory.mktemp("pseudo") / "log.txt", command) as running_server:
        yield running_server


@pytest.fixture
def come(browser: Browser, server: running.Server) -> Iterator[Callable[[Size], Board]]:
    """Lets a visitor come in who has seen the tour."""
    boards: list[Board] = []

    def visitor(size: Size) -> Board:
        page = browser.new_context(**SCREENS[size], locale="en-GB").new_page()
        page.goto(bare(server.url))
        page.evaluate(SEEN_TOUR)
        boards.append(Board(page, server.url))
        return boards[-1]

    yield visitor
    for board in boards:
        board.leave()
        board.page.context.close()
    assert [problem for board in boards for problem in board.watch.problems] == []
    assert "Traceback" not in server.log_text()


@pytest.mark.parametrize("size", SCREENS)
def test_nothing_is_cut_overlaps_or_was_forgotten(
    come: Callable[[Size], Board], size: Size
) -> None:
    walk = Walk(come(size))
    walk.all()
    faults = [f"{name}: {fault}" for fault, name in walk.found.items()]
    assert not faults, "\n".join(faults)


PLANTED = """() => {
  const [text, other] = [...document.querySelectorAll(".lever-group h2")];
  text.textContent = "Forgotten";
  other.style.cssText = "width: 2em; overflow: hidden; white-space: nowrap";
  const [one, two] = [...document.querySelectorAll(".strip dt, .strip h2, .strip button")];
  two.style.cssText = "position: relative; left: 0; top: 0";
  const [a, b] = [one, two].map((node) => node.getBoundingClientRect());
  two.style.left = `${a.left - b.left}px`;
  two.style.top = `${a.top - b.top}px`;
}"""


def test_what_is_wrong_is_noticed(come: Callable[[Size], Board]) -> None:
    walk = Walk(come("laptop"))
    walk.go()
    walk.page.evaluate(PLANTED)
    walk.look("planted")
    kinds = {fault.partition(":")[0] for fault in walk.found}
    assert kinds >= {"cut", "overlap", "untranslated"}
