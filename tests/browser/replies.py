"""Replies of the server that reach the page when a test lets them, not when they come.

What a page makes of a reply, or rightly does not make of it, can be looked at as soon as the reply
is let go: no test has to wait some time and hope that it was long enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

HOLD = """(part) => {
  const send = window.fetch;
  window.heldReplies = [];
  window.holdNoMore = () => { window.fetch = send; };
  window.fetch = async (...request) => {
    if (!String(request[0]).includes(part)) return send(...request);
    let settle;
    try {
      const response = await send(...request);
      const content = await response.json();
      response.json = async () => content; // read already: it comes without another wait
      settle = (resolve) => resolve(response);
    } catch (error) {
      settle = (_, reject) => reject(error);
    }
    return new Promise((...ways) => window.heldReplies.push(() => settle(...ways)));
  };
}"""


class HeldReplies:
    """The replies that a page does not have yet."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def release(self, number: int = 1) -> None:
        """Let ``number`` replies go once they have come, the last first.

        On return the page has done all that follows of them without another request: what waits for
        a promise comes before the next thing that a test has the page do.
        """
        self._page.wait_for_function("number => heldReplies.length >= number", arg=number)
        for _ in range(number):
            self._page.evaluate("() => { heldReplies.pop()(); }")


@contextmanager
def held_replies(page: Page, part: str) -> Iterator[HeldReplies]:
    """Hold back what comes of requests whose address contains ``part``, failures too."""
    page.evaluate(HOLD, part)
    yield HeldReplies(page)
    page.evaluate("holdNoMore()")
