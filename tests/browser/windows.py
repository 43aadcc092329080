"""Browser windows for one visitor after another.

A tab that has shown the app before shows it again for a quarter of the work: its process has
compiled the scripts. So a visitor gets the window of somebody who has left, without anything that
was kept there, made as large and as dark as theirs is.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.helpers import SCREENS, SEEN_TOUR, UNFOLDED, Size, bare

MOST_VISITS = 30
"""In one window: its process keeps some 16 MB of each, and would forget the scripts with them."""
OUTSIDE = (-10, -10)
"""Where the mouse is before anybody moves it."""
FORGET = f"localStorage.clear(); sessionStorage.clear(); {SEEN_TOUR}; {UNFOLDED}"


class Windows:
    """The windows of a browser. Each has one visitor at a time, and one tab to begin with."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._origin = origin
        self._kinds: dict[BrowserContext, str] = {}
        self._visits: Counter[BrowserContext] = Counter()
        self._free: dict[str, list[Page]] = {}

    def take(self, size: Size, dark: bool, options: dict[str, Any]) -> Page:
        """A tab in a window that nobody else is in, at a bare page of the app's origin.

        ``options`` are Playwright's for a context. The visitor has seen the tour.
        """
        screen = SCREENS[size]
        others = {name: value for name, value in options.items() if name != "viewport"}
        kind = repr((screen["has_touch"], screen["is_mobile"], sorted(others.items())))
        if free := self._free.get(kind):
            page = free.pop()
        else:
            page = self.new(size, dark, options)
            self._kinds[page.context] = kind
            page.goto(bare(self._origin))
            page.evaluate(FORGET)
        viewport = options.get("viewport", screen["viewport"])
        if page.viewport_size != viewport:
            page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=_scheme(dark))
        return page

    def new(self, size: Size, dark: bool, options: dict[str, Any]) -> Page:
        """A tab in a window that was never used and won't be again."""
        looks = {"color_scheme": _scheme(dark), "locale": "en-GB"}
        return self._browser.new_context(**{**SCREENS[size], **looks, **options}).new_page()

    def beside(self, page: Page) -> Page:
        """One more tab in the window of a light page."""
        other = page.context.new_page()
        if (viewport := page.viewport_size) and other.viewport_size != viewport:
            other.set_viewport_size(viewport)
        other.emulate_media(color_scheme=_scheme(False))
        return other

    def leave(self, page: Page, sound: bool) -> None:
        """Give back a tab, and with it the window. If it is not ``sound``, nobody gets it again."""
        context = page.context
        self._visits[context] += 1
        again = sound and context in self._kinds and self._visits[context] < MOST_VISITS
        if again and self._forgets(page):
            self._free.setdefault(self._kinds[context], []).append(page)
        else:
            self._kinds.pop(context, None)
            context.close()

    def close(self) -> None:
        """Close all of them."""
        for context in self._kinds:
            context.close()

    def _forgets(self, page: Page) -> bool:
        """Make a tab as if nobody had been there; say whether that worked."""
        try:
            for other in page.context.pages:
                if other != page:
                    other.close()
            page.unroute_all(behavior="ignoreErrors")
            page.emulate_media(media="null")
            page.mouse.move(*OUTSIDE)
            if page.url != bare(self._origin):
                page.goto(bare(self._origin))
            page.evaluate(FORGET)
            session = page.context.new_cdp_session(page)
            session.send("Page.resetNavigationHistory")
            session.detach()
            page.context.clear_cookies()
            page.context.clear_permissions()
        except Error:
            return False
        return True


def _scheme(dark: bool) -> Literal["dark", "light"]:
    return "dark" if dark else "light"
