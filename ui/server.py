"""What the server does beside running the pages: start-up, headers, routes (:mod:`ui.routes`).

Each route is a pure function of its request, but for those of the library
(:mod:`ui.routes.library`), which keep what visitors save. Nothing else is kept for a visitor; what
is kept between requests (see :mod:`ui.cache`) is the same for all.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from simulator import engine
from ui.http import assets
from ui.routes import simulate, table

_POLICY = "; ".join(
    (
        "default-src 'self'",
        # The front end makes its components from blobs and styles from strings.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    )
)
"""Nothing is loaded from another host, and nothing is sent to one."""


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[dict[str, Any]]:
    """Have all ready before the first visitor comes.

    Freezing tells Python's garbage collector to leave what is loaded by now alone: else it walks
    through all of it after every run of a page, while every visitor waits.
    """
    await anyio.to_thread.run_sync(_warm)
    gc.collect()
    gc.freeze()
    yield {}


def _warm() -> None:
    engine.prepare()
    simulate.warm()
    for name in assets.names():
        assets.asset(name)


class Headers:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to what comes back."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", _POLICY)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        await self._app(scope, receive, sending)


ROUTES = table()
MIDDLEWARE = (Middleware(Headers),)
