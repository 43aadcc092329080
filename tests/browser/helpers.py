"""What a visitor does on the board, and what must never happen meanwhile.

The board tells tests where it stands by attributes: ``#board`` has ``data-ready`` once it can be
used and ``data-settled`` while what it shows belongs to where its levers stand.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, TypedDict
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import (
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Request,
    Response,
    Route,
    ViewportSize,
    WebSocket,
)
from playwright.sync_api import Error as PlaywrightError

from simulator.scenario.levers import GROUPS
from ui.http import assets

Size = Literal["projector", "laptop", "phone"]
QUERY = {"lang", "theme", "view"}
"""What the page's address says about how it is shown."""
SEEN_TOUR = "localStorage.setItem('budget-shift-tour', 'seen')"
"""Script for a browser that has been here before: the tour does not start by itself."""
UNFOLDED = "localStorage.setItem('budget-shift-folds', '{}')".replace(
    "{}", json.dumps({"multiples": True} | {f"levers.{group}": True for group in GROUPS})
)
"""Script for a browser in which everything was left open."""


class Screen(TypedDict):
    """What a browser needs to know of a screen."""

    viewport: ViewportSize
    has_touch: bool
    is_mobile: bool


SCREENS: Mapping[Size, Screen] = {
    "projector": {
        "viewport": {"width": 1920, "height": 1080},
        "has_touch": False,
        "is_mobile": False,
    },
    "laptop": {"viewport": {"width": 1280, "height": 720}, "has_touch": False, "is_mobile": False},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
SHEET: ViewportSize = {"width": 718, "height": 1047}
"""The inside of an A4 sheet upright, in pixels."""

SECONDS = 30
"""Longest wait for anything; the machine may be busy with other tests."""

KEPT = "budget-shift-board-1"
"""Where a tab keeps the state of its board."""


def bare(origin: str) -> str:
    """A page of the app's server that has nothing on it."""
    return f"{origin}/_stcore/health"


def _encoded(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


class Watch:
    """Notes everything that goes wrong in a page, and every request to another host."""

    def __init__(self, page: Page, origin: str) -> None:
        self.problems: list[str] = []
        self._page = page
        self._host = urlsplit(origin).netloc
        self._offline = False
        self._refusals: set[int] = set()
        page.on("console", self._on_console)
        page.on("pageerror", self._threw)
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("websocket", self._opened)

    def end(self) -> None:
        """Leave the page to others."""
        self._page.remove_listener("console", self._on_console)
        self._page.remove_listener("pageerror", self._threw)
        self._page.remove_listener("request", self._asked)
        self._page.remove_listener("requestfailed", self._failed)
        self._page.remove_listener("response", self._answered)
        self._page.remove_listener("websocket", self._opened)

    def expect_failures(self) -> None:
        """Take lost connections as meant from here on: the test cuts them."""
        self._offline = True

    def expect_refusals(self, *statuses: int) -> None:
        """Take it as meant from here on that the server refuses what the board asks, in 422 or
        another of the ``statuses``."""
        self._refusals |= {422, *statuses}

    def _meant(self, text: str) -> bool:
        if any(re.search(rf"\b{status}\b", text) for status in self._refusals):
            return True
        lost = r"ERR_(INTERNET_DISCONNECTED|CONNECTION_\w+|NETWORK_\w+|EMPTY_RESPONSE)|WebSocket"
        return self._offline and re.search(lost, text) is not None

    def _on_console(self, message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        if message.type == "error" and not self._meant(message.text):
            self.problems.append(f"console: {message.text} ({url})")

    def _threw(self, error: PlaywrightError) -> None:
        self.problems.append(f"exception: {error}")

    def _asked(self, request: Request) -> None:
        self._check_host(request.url)

    def _opened(self, socket: WebSocket) -> None:
        self._check_host(socket.url)

    def _check_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.problems.append(f"request to another host: {url}")

    def _failed(self, request: Request) -> None:
        reason = request.failure or ""
        # A browser that leaves or reloads a page drops what is still on its way.
        if reason != "net::ERR_ABORTED" and not self._meant(reason):
            self.problems.append(f"request failed: {request.url} ({reason})")

    def _answered(self, response: Response) -> None:
        answer = f"answer {response.status}: {response.url}"
        if response.status >= 400 and not self._meant(answer):
            self.problems.append(answer)


class Board:
    """The board as a visitor uses it. Levers and lines go by their paths in a scenario."""

    def __init__(self, page: Page, origin: str) -> None:
        page.set_default_timeout(SECONDS * 1000)
        self.page = page
        self.origin = origin
        self.watch = Watch(page, origin)
        self.root = page.locator("#board")

    # --- opening ----------------------------------------------------------------------------------

    def open(self, page: str = "", **query: str) -> Board:
        """Open a page (``"assumptions"``; else Simulate), and wait until it is ready.

        ``query``: ``lang``, ``theme`` (light, dark), ``view`` (projector). Raises an assertion
        error if the page does not get there.
        """
        assert set(query) <= QUERY, f"the address knows {', '.join(sorted(QUERY))}, not {query}"
        self.page.goto(f"{self.origin}/{page}" + (f"?{urlencode(query)}" if query else ""))
        return self.ready()

    def keep(self, document: Mapping[str, Any], pins: Mapping[str, Any] | None = None) -> Board:
        """Have the tab remember that it was left with a scenario loaded, before it opens a page;
        and with ``pins``: scenarios by the names that they were pinned under."""
        state = {
            "base": document,
            "doc": document,
            "locked": [],
            "pins": [
                {"id": slot, "slot": slot, "name": name, "base": document, "doc": pin}
                for slot, (name, pin) in enumerate((pins or {}).items(), 1)
            ],
            "charts": ["cumulative_value", "customers"],
            "view": {},
        }
        content = json.dumps({"state": state, "past": [], "future": []})
        self._to_bare_page()
        self.page.evaluate("kept => sessionStorage.setItem(...kept)", [KEPT, content])
        return self

    def leave(self) -> None:
        """Stop all that goes on in the page; what went wrong in it until now is known."""
        with suppress(PlaywrightError):  # a page that is gone has stopped
            self.page.unroute_all(behavior="ignoreErrors")
            self._to_bare_page()
        self.watch.end()

    def _to_bare_page(self) -> None:
        if self.page.url != bare(self.origin):
            self.page.goto(bare(self.origin))

    def reload(self) -> Board:
        """Load the page again."""
        self.page.reload()
        return self.ready()

    def ready(self) -> Board:
        """Wait until the board can be used and shows what belongs to its levers."""
        self._wait_for("ready")
        simulates = self.root.get_attribute("data-page") == "simulate"
        return self.settled() if simulates else self

    def settled(self) -> Board:
        """Wait until what is shown belongs to where the levers stand, and is painted."""
        self._wait_for("settled")
        return self

    def _wait_for(self, mark: str) -> None:
        # With every frame: expectations of Playwright look ever more rarely.
        self.page.wait_for_function(
            "mark => document.getElementById('board')?.dataset[mark] === 'true'", arg=mark
        )

    def until(self, holds: Callable[[], bool]) -> Board:
        """Wait until something holds that the page itself does not tell; events come meanwhile."""
        end = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < end, "it never came to that"
            self.page.wait_for_timeout(10)
        return self

    def route(self, pattern: str, answer: Callable[[Route], object], **limits: int) -> None:
        """Answer the requests of a page in place of the server, from the very next on.

        Chromium tells the open page of it by another way than that of keys and clicks: without a
        question to the page, about one request in fifty that follow at once passes by.
        """
        self.page.route(pattern, answer, **limits)
        self.page.evaluate("1")

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Cut the network within; afterwards it is back."""
        self.watch.expect_failures()
        self.page.context.set_offline(True)
        try:
            yield
        finally:
            self.page.context.set_offline(False)

    # --- reading ----------------------------------------------------------------------------------

    def state(self) -> Any:
        """The board's own state: base, doc, locked, pins, charts, view; without the links to it,
        which follow a moment later."""
        return self.page.evaluate(
            "(({ addressQuery, addressBefore, ...state }) => state)(window.board.state())"
        )

    def doc(self) -> Any:
        """The scenario document as the levers stand."""
        return self.state()["doc"]

    def answer(self) -> Any:
        """The answer that is shown."""
        return self.page.evaluate("window.board.answer()")

    def program(self) -> str:
        """The address of the page's modules, each by its name in what ``modules`` exports."""
        return f"{self.origin}/{assets.url(assets.BUNDLE)}"

    def value(self, path: str) -> Any:
        """The value at a dotted path of the document."""
        value = self.doc()
        for part in path.split("."):
            value = value[part]
        return value

    def lever(self, path: str) -> Locator:
        """The slider of a lever."""
        return self.page.locator(f'input[type="range"][data-lever="{path}"]')

    def typed(self, path: str) -> Locator:
        """The field of a lever in which a value is typed."""
        return self.page.locator(f'input[data-typed="{path}"]')

    def levers(self) -> list[str]:
        """The paths of all levers on the page."""
        paths: list[str] = self.page.locator('input[type="range"][data-lever]').evaluate_all(
            "nodes => nodes.map(node => node.dataset.lever)"
        )
        return paths

    def figure(self, name: str) -> str:
        """A figure of the headline strip, as it reads."""
        return self.page.locator(f'[data-figure="{name}"] .value').inner_text()

    def figures(self) -> dict[str, str]:
        """All figures of the headline strip, as they read."""
        texts: dict[str, str] = self.page.locator("[data-figure] .value").evaluate_all(
            "nodes => Object.fromEntries(nodes.map(node => "
            "[node.closest('[data-figure]').dataset.figure, node.innerText]))"
        )
        return texts

    # --- files and the clipboard ------------------------------------------------------------------

    def download(self, button: Locator) -> tuple[str, bytes]:
        """Press what downloads a file; the name it is offered under, and what is in it."""
        with self.page.expect_download() as download:
            button.click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def drop(self, target: Locator, files: Mapping[str, str | bytes]) -> Board:
        """Drag files, by name, from outside the browser over something, and let go."""
        dropped = self.page.evaluate_handle(
            """(files) => {
              const data = new DataTransfer();
              for (const [name, bytes] of files) {
                data.items.add(new File([Uint8Array.from(bytes)], name));
              }
              return data;
            }""",
            [[name, list(_encoded(content))] for name, content in files.items()],
        )
        for event in ("dragenter", "dragover", "drop"):
            target.dispatch_event(event, {"dataTransfer": dropped})
        return self

    def choose(self, field: Locator, name: str, content: str | bytes) -> Board:
        """Choose a file in a field for files."""
        file: FilePayload = {
            "name": name.replace("/", "_"),
            "mimeType": "application/json",
            "buffer": _encoded(content),
        }
        field.set_input_files(file)
        return self

    def clipboard(self) -> str:
        """The text that was copied last, here or in another window of the browser."""
        self.page.context.grant_permissions(["clipboard-read"], origin=self.origin)
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text

    # --- moving levers ----------------------------------------------------------------------------

    def press(self, path: str, *keys: str) -> Board:
        """Move a lever by keys, such as ``ArrowRight``."""
        lever = self.lever(path)
        lever.focus()
        for key in keys:
            self.page.keyboard.press(key)
        return self.settled()

    def drag(self, path: str, to: float, steps: int = 8) -> Board:
        """Move a lever by the mouse, from where it stands to ``to``: 0 is its left end, 1 the
        right one."""
        self.slide(path, to, steps)
        return self.settled()

    def slide(self, path: str, to: float, steps: int = 8) -> None:
        """The same, without waiting for the answer."""
        start, end = self._track(path, self._stands(path)), self._track(path, to)
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=steps)
        self.page.mouse.up()

    def swipe(self, path: str, to: float, steps: int = 8) -> Board:
        """Move a lever by a finger, from where it stands to ``to``, between 0 and 1."""
        self.touch(path, to, steps)
        return self.settled()

    def touch(self, path: str, to: float, steps: int = 8) -> None:
        """The same, without waiting for the answer."""
        start, end = self._track(path, self._stands(path)), self._track(path, to)
        session = self.page.context.new_cdp_session(self.page)
        try:
            for step in range(steps + 1):
                x, y = (a + (b - a) * step / steps for a, b in zip(start, end, strict=True))
                session.send(
                    "Input.dispatchTouchEvent",
                    {
                        "type": "touchMove" if step else "touchStart",
                        "touchPoints": [{"x": x, "y": y}],
                    },
                )
            session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        finally:
            session.detach()

    def tap(self, path: str, at: float) -> Board:
        """Tap on a lever's track at ``at``, between 0 and 1. Waits for no answer."""
        self.page.touchscreen.tap(*self._track(path, at))
        return self

    def type(self, path: str, text: str) -> Board:
        """Type a value into a lever's field."""
        field = self.typed(path)
        field.fill(text)
        field.press("Enter")
        return self.settled()

    def lock(self, path: str) -> Board:
        """Lock a line of the split, or release it."""
        self.page.locator(f'[data-lock="{path}"]').click()
        return self.settled()

    def undo(self) -> Board:
        """Take the last step back, by the button."""
        return self.act("undo")

    def redo(self) -> Board:
        """Take the step again, by the button."""
        return self.act("redo")

    def undo_all(self) -> list[Any]:
        """Take every step back; the documents from now to the first. Waits for no answer."""
        return self._all("undo")

    def redo_all(self) -> list[Any]:
        """Take every step again; the documents from now to the last. Waits for no answer."""
        return self._all("redo")

    def _all(self, name: str) -> list[Any]:
        values: list[Any] = self.page.evaluate(
            """(name) => {
              const button = document.querySelector(`[data-action="${name}"]`);
              const found = [window.board.state().doc];
              while (!button.disabled) {
                button.click();
                found.push(window.board.state().doc);
              }
              return found;
            }""",
            name,
        )
        return values

    def act(self, name: str) -> Board:
        """Press one of the board's buttons, by the name of what it does."""
        self.page.locator(f'[data-action="{name}"]').click()
        return self.settled()

    def analyse(self, name: str) -> Board:
        """Open one of the analyses that the sentence leads to."""
        self.act("analyses")
        self.page.locator(f'[data-item="{name}"]').click()
        return self

    def key(self, keys: str) -> Board:
        """Press one of the board's own keys, such as ``u``, while nobody is typing."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.keyboard.press(keys)
        return self.settled()

    def _stands(self, path: str) -> float:
        """Where a lever stands, between 0 and 1."""
        position: float = self.lever(path).evaluate(
            "node => (node.value - node.min) / (node.max - node.min)"
        )
        return position

    def _track(self, path: str, at: float) -> tuple[float, float]:
        """The point on the screen where the middle of a lever's thumb is at ``at``."""
        lever = self.lever(path)
        lever.scroll_into_view_if_needed()
        box = lever.bounding_box()
        assert box, f"the lever {path} is not visible"
        # The thumb stays within the track: its middle keeps away from the ends by half its width.
        half = min(box["height"], box["width"]) / 2
        return box["x"] + half + at * (box["width"] - 2 * half), box["y"] + box["height"] / 2
