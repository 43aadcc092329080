"""What is refused before any route sees it: odd hosts, odd framing, bodies without end."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.i18n.language import N_, preferred
from ui.http import bodies, hosts

_MOST_BYTES = 2_100_000
"""Of a body that no route of ours counts itself: more than the largest of them takes."""
_COUNTED = ("/board/",)
"""Beginnings of addresses whose routes count bodies themselves, each to its own limit."""
_UNNAMED = N_(
    "This server does not answer to the name in the address. Whoever runs it can allow that name: "
    "SIMULATOR_ALLOWED_HOSTS in docs/DEPLOYMENT.md."
)


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
        elif not _is_named(headers):
            text = preferred(headers.get("accept-language", "")).gettext(_UNNAMED)
            await _refuse(400, scope, receive, send, text)
        elif scope["type"] == "websocket" or scope["path"].startswith(_COUNTED):
            await self._app(scope, receive, send)
        else:
            await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_started = False

        async def sending(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, bodies.counted(receive, _MOST_BYTES), sending)
        except bodies.Unread as error:
            if not has_started:
                await _refuse(error.reply.status, scope, receive, send)


def _fault(headers: Headers) -> int | None:
    """The status of the answer to a request that nobody shall work on: 400 where two headers say
    how long it is, which servers and the proxies before them read differently."""
    lengths = headers.getlist("content-length")
    if len(lengths) > 1 or (lengths and "transfer-encoding" in headers):
        return 400
    return None


def _is_named(headers: Headers) -> bool:
    """Whether a request is for a host that we are."""
    named = headers.getlist("host")
    return len(named) < 2 and hosts.may_ask_for(named[0] if named else None)


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send, text: str = "") -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    text = text or HTTPStatus(status).phrase
    answer = PlainTextResponse(text, status, {"connection": "close"})
    await answer(scope, receive, send)
