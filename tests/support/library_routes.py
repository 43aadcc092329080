"""The library's routes, asked as the browser asks them."""

from __future__ import annotations

from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.testclient import TestClient

from simulator.library import Library
from ui.routes import library as page


class Browser:
    """Asks the routes as the browser does."""

    def __init__(self, library: Library) -> None:
        self._client = TestClient(Starlette(routes=list(page.routes(lambda: library))))

    def reply(self, action: str, **asked: object) -> httpx2.Response:
        """The reply to any question."""
        return self._client.post(f"/board/library/{action}", json=asked)

    def ask(self, action: str, status: int = 200, **asked: object) -> dict[str, Any]:
        """The content of a reply that must have this status."""
        reply = self.reply(action, **asked)
        content: dict[str, Any] = reply.json()
        assert reply.status_code == status, content
        return content

    def post(self, action: str, body: bytes, **headers: str) -> httpx2.Response:
        """The reply to a body as it is."""
        return self._client.post(f"/board/library/{action}", content=body, headers=headers)


def of(content: dict[str, Any], **expected: object) -> bool:
    """Whether these fields are as expected."""
    return {name: content[name] for name in expected} == expected
