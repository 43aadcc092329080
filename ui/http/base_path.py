"""The path of a company's server below which the app lives, if any: ``server.baseUrlPath``.

What is asked below it is passed on as if it were asked at the root, so that no route has to know.
The root answers as well: a proxy may strip the path or keep it. Only Streamlit's own routes are as
they are; it puts them below the path itself.
"""

from __future__ import annotations

from functools import cache

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

STREAMLITS = ("/_stcore/",)
"""Beginnings of the addresses that Streamlit answers, and we need."""


@cache
def base_path() -> str:
    """``/simulator``, or "" at the root."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


class BasePath:
    """Takes the base path off what is asked below it."""

    def __init__(self, app: ASGIApp, base: str | None = None) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, at the address that routes know."""
        base = base_path() if self._base is None else self._base
        if base and scope["type"] == "http":
            path: str = scope["path"]
            if path == base:  # addresses in the page are relative to what follows
                query = scope["query_string"].decode()
                target = f"{base.rpartition('/')[2]}/" + (f"?{query}" if query else "")
                await RedirectResponse(target)(scope, receive, send)
                return
            rest = path.removeprefix(base)
            if path.startswith(f"{base}/") and not rest.startswith(STREAMLITS):
                scope = {**scope, "path": rest, "raw_path": rest.encode()}
        await self._app(scope, receive, send)
