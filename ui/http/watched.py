"""Work that somebody watches: it tells how far it is, shows a first picture, and ends when nobody
waits for it any more.

Whoever accepts :data:`LINES` gets, once the work has taken :data:`AT_ONCE_S`, a line of JSON after
the other: ``{"done": 0.4}`` for how far it is (0-1), ``{"rough": ...}`` for a first picture, and
last the answer itself, which has ``problems`` where there is none. Whatever is done sooner, and
everybody else, is answered as by any other route.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar

import anyio
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from simulator import engine
from ui.http.csrf import admitted, busy, language_of, sent
from ui.http.fair import Busy, FairShare, GivenUp, pause
from ui.http.json_routes import MOST_BYTES, Reply, Weigh, encoded
from ui.http.visitors import visitor

LINES = "application/x-ndjson"
AT_ONCE_S = 0.3
"""What is done sooner is not told to be under way."""
_EVERY_S = 0.15
"""How often it is told how far the work is."""


class _Watch:
    """What the thread that works tells the one that answers."""

    def __init__(self) -> None:
        self.done = 0.0
        self.rough: object = None
        """A first picture that has not been sent yet."""


_WATCH: ContextVar[_Watch | None] = ContextVar("watch", default=None)


def heard(done: int, total: int) -> None:
    """Of the work of this thread so much is done. Lets others pass, and ends the work when nobody
    waits for it any more (:class:`ui.http.fair.GivenUp`)."""
    if watch := _WATCH.get():
        watch.done = done / total
    pause()


def show_rough(content: object) -> None:
    """``content`` is a first picture of what this thread works on; nothing where nobody watches."""
    if watch := _WATCH.get():
        watch.rough = content


def is_watched() -> bool:
    """Whether somebody would see a first picture."""
    return _WATCH.get() is not None


def watched(
    work: Callable[[bytes], Reply], share: FairShare, weigh: Weigh, most: int = MOST_BYTES
) -> Callable[[Request], Awaitable[Response]]:
    """A route as :func:`ui.http.csrf.posted` makes them, that can be watched."""

    async def endpoint(request: Request) -> Response:
        body = await admitted(request, most)
        if isinstance(body, Reply):
            return sent(body)
        return _Answer(work, share, weigh, body, request)

    return endpoint


class _Answer(Response):
    """Works, and answers meanwhile."""

    def __init__(
        self,
        work: Callable[[bytes], Reply],
        share: FairShare,
        weigh: Weigh,
        body: bytes,
        request: Request,
    ) -> None:
        super().__init__()
        self._work, self._share, self._weight, self._body = work, share, weigh(body), body
        self._visitor = visitor(request)
        self._takes_lines = LINES in request.headers.get("accept", "")
        self._watch = _Watch()
        self._finished = anyio.Event()
        self._is_left = False
        self._reply: Reply | None = None
        self._fault: Exception | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; ends the work with the connection. Raises what the work raised, by itself, as any
        other route does."""
        async with anyio.create_task_group() as tasks:

            async def until_left() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                self._is_left = True
                tasks.cancel_scope.cancel()

            async def do() -> None:
                try:
                    await self._do()
                except Exception as fault:
                    self._fault = fault
                    tasks.cancel_scope.cancel()

            tasks.start_soon(until_left)
            tasks.start_soon(do)
            await self._tell(scope, receive, send)
            tasks.cancel_scope.cancel()
        if self._fault:
            raise self._fault

    async def _do(self) -> None:
        try:
            async with self._share.turn(self._visitor, *self._weight, lambda: self._is_left):
                self._reply = await run_sync(self._in_parts, limiter=self._share.threads)
        except Busy:
            self._reply = busy(language_of(self._body))
        except GivenUp:
            return
        self._finished.set()

    def _in_parts(self) -> Reply:
        token = _WATCH.set(self._watch)
        try:
            with engine.in_parts(pause):
                return self._work(self._body)
        finally:
            _WATCH.reset(token)

    async def _tell(self, scope: Scope, receive: Receive, send: Send) -> None:
        with anyio.move_on_after(AT_ONCE_S if self._takes_lines else None):
            await self._finished.wait()
        if self._reply:
            await sent(self._reply)(scope, receive, send)
            return
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        head = Response(None, headers=headers, media_type=LINES)
        del head.headers["content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": head.raw_headers})
        while not self._reply:
            for line in self._news():
                await self._send_line(send, encoded(line), more=True)
            with anyio.move_on_after(_EVERY_S):
                await self._finished.wait()
        await self._send_line(send, self._reply.body, more=False)

    def _news(self) -> list[object]:
        """What there is to tell: a first picture only once."""
        rough, self._watch.rough = self._watch.rough, None
        news: list[object] = [{"done": round(self._watch.done, 3)}]
        return news if rough is None else [*news, {"rough": rough}]

    async def _send_line(self, send: Send, line: bytes, *, more: bool) -> None:
        await send({"type": "http.response.body", "body": line + b"\n", "more_body": more})
