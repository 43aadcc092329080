"""What is refused before any route sees it: odd hosts, odd framing, bodies without end."""

from __future__ import annotations

from http import HTTPStatus

import anyio
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.http import hosts
from ui.http.bodies import STALLED_S

_MOST_BYTES = 2_100_000
"""Of a body that no route of ours counts itself: more than the largest of them takes."""
_COUNTED = ("/board/",)
"""Beginnings of addresses whose routes count bodies themselves, each to its own limit."""


class _Refusal(Exception):
    """A body that is not read any further."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class Front:
    """Refuses what no browser sends, before anybody has any work with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if status := _fault(headers):
            await _refuse(status, scope, receive, send)
        elif scope["type"] == "websocket" or scope["path"].startswith(_COUNTED):
            await self._app(scope, receive, send)
        else:
            await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        size, is_whole, has_started = 0, False, False

        async def receiving() -> Message:
            nonlocal size, is_whole
            if is_whole:  # waits for the visitor to go
                return await receive()
            try:
                with anyio.fail_after(STALLED_S):
                    message = await receive()
            except TimeoutError:
                raise _Refusal(408) from None
            size += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if size > _MOST_BYTES:
                raise _Refusal(413)
            return message

        async def sending(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receiving, sending)
        except _Refusal as refusal:
            if not has_started:
                await _refuse(refusal.status, scope, receive, send)


def _fault(headers: Headers) -> int | None:
    """The status of the answer to a request that nobody shall work on: 400 where two headers say
    how long it is, which servers and the proxies before them read differently, and for a host that
    is not ours."""
    lengths = headers.getlist("content-length")
    if len(lengths) > 1 or (lengths and "transfer-encoding" in headers):
        return 400
    named = headers.getlist("host")
    if len(named) > 1 or not hosts.may_ask_for(named[0] if named else None):
        return 400
    return None


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    answer = PlainTextResponse(HTTPStatus(status).phrase, status, {"connection": "close"})
    await answer(scope, receive, send)
