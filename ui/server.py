"""What the server does beside running the pages: start-up, and the routes that the board asks.

Each route is a pure function of its request, but for those of the library
(:mod:`ui.routes.library`), which keep what visitors save. Nothing else is kept for a visitor; what
is kept between requests (see :mod:`ui.cache`) is the same for all.
"""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import resources
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from simulator import engine, links, scenario
from simulator.i18n.language import ENGLISH, LANGUAGES
from ui.http import assets
from ui.http.csrf import MOST_BYTES, posted
from ui.http.json_routes import Reply
from ui.routes import bootstrap, compare, library, simulate
from ui.routes import links as link_routes

_FOREVER = "public, max-age=31536000, immutable"
_MOST_BYTES_OF_FILES = 2 * scenario.MAX_BYTES + 10_000
"""Where it holds the text of a file, in which JSON may have to escape every second character."""
_MOST_BYTES_OF_LINKS = 2 * links.MOST_READ
"""Where it holds a link: one that is too long is to be told so by name."""

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


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if request.path_params["version"] != assets.version() or name not in assets.names():
        return Response(status_code=404)
    found = assets.asset(name)
    headers = {"Cache-Control": _FOREVER}
    if found.encoding:
        headers["Content-Encoding"] = found.encoding
    return Response(found.content, media_type=found.media_type, headers=headers)


async def _start(request: Request) -> Response:
    language = LANGUAGES.get(request.query_params.get("language", ""), ENGLISH)
    return Response(
        await _in_thread(bootstrap.compressed, language),
        media_type="application/json",
        headers={"Cache-Control": "no-store", "Content-Encoding": "gzip"},
    )


async def _register(_request: Request) -> Response:
    return Response(
        resources.files("simulator.model").joinpath("register.csv").read_bytes(),
        media_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="evidence.csv"'},
    )


_working = CapacityLimiter(max(os.cpu_count() or 1, 2))
"""Requests that are worked on at a time: more would only make each of them slower."""


async def _in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    return await anyio.to_thread.run_sync(function, *arguments, limiter=_working)


def _posted(work: Callable[[bytes], Reply], most: int = MOST_BYTES) -> Callable[..., Any]:
    return posted(work, _working, most)


ROUTES = (
    Route("/board/assets/{version}/{name:path}", _asset),
    Route("/board/start", _start),
    Route("/board/register.csv", _register),
    Route("/board/answer", _posted(simulate.answer), methods=["POST"]),
    Route("/board/open", _posted(simulate.opened, _MOST_BYTES_OF_FILES), methods=["POST"]),
    Route("/board/file", _posted(simulate.file, _MOST_BYTES_OF_FILES), methods=["POST"]),
    Route("/board/link", _posted(link_routes.link), methods=["POST"]),
    Route("/board/follow", _posted(link_routes.follow, _MOST_BYTES_OF_LINKS), methods=["POST"]),
    Route("/board/check", _posted(simulate.check), methods=["POST"]),
    Route("/board/instruments", _posted(simulate.instruments), methods=["POST"]),
    Route("/board/compare", _posted(compare.compare), methods=["POST"]),
    Route("/board/compare-file", _posted(compare.compare_file), methods=["POST"]),
    *library.ROUTES,
)
MIDDLEWARE = (Middleware(Headers),)
