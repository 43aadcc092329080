"""The security headers, on every answer there is."""

from __future__ import annotations

import re
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.http import inline
from ui.http.settings import settings


@cache
def policy() -> str:
    """Nothing is loaded from another host, nothing is sent to one, and no text becomes code."""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *inline.digests())),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors(settings().simulator_frame_ancestors)}",
        )
    )


def frame_ancestors(sites: str) -> str:
    """Whose pages may show ours in a frame, as a policy says it; ``sites`` as in the settings.

    Raises:
        ValueError: what is named is no site.
    """
    names = [site.strip().rstrip("/") for site in sites.split(",") if site.strip()]
    for name in names:
        if not re.fullmatch(r"https?://(\*\.)?[\w.-]+(:(\d+|\*))?", name, re.ASCII):
            allowed = "sites with commas, such as https://intranet.example"
            raise ValueError(f"SIMULATOR_FRAME_ANCESTORS: found {name!r}, allowed: {allowed}")
    return " ".join(names) or "'none'"


class Headers:
    """Adds the security headers to every answer, and answers where the app fails."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to what comes back."""
        has_started = False

        async def sending(message: Message) -> None:
            nonlocal has_started
            if message["type"] == "http.response.start":
                has_started = True
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy())
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            if scope["type"] == "http" and not has_started:
                await _fail(sending)
            raise  # to be logged


async def _fail(send: Send) -> None:
    """Answer 500, in our words: what went wrong is nobody's business but the log's."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": b"Internal Server Error"})
