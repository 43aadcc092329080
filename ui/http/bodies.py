"""Bodies of requests, counted as they arrive: what a header says of them proves nothing."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Callable
from typing import IO

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from ui.http.fair import Busy
from ui.http.json_routes import Reply, reply

STALLED_S = 15.0
"""Without a single byte: nobody is at the other end any more."""


class Unread(Exception):
    """A body that is not read to its end; ``reply`` is what to answer."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(reply.status)


async def read(request: Request, most: int, patience: float) -> bytes:
    """The body of at most ``most`` bytes, arrived within ``patience`` seconds. Raises
    :class:`Unread`."""
    pieces = [piece async for piece in _pieces(request, most, patience)]
    return b"".join(pieces)


async def read_into(
    file: IO[bytes],
    request: Request,
    most: int,
    patience: float,
    has_room: Callable[[int], bool],
) -> None:
    """As :func:`read`, into a file, as long as there is room for so many more bytes. Raises
    :class:`ui.http.fair.Busy` where there is not."""
    async for piece in _pieces(request, most, patience):
        if not has_room(len(piece)):
            raise Busy
        file.write(piece)
    file.seek(0)


async def _pieces(request: Request, most: int, patience: float) -> AsyncIterator[bytes]:
    whole = Request(request.scope, counted(request.receive, most, patience))
    try:
        async for piece in whole.stream():
            yield piece
    except ClientDisconnect:
        raise Unread(reply({"problems": []}, 400)) from None


def counted(receive: Receive, most: int, patience: float = math.inf) -> Receive:
    """``receive`` for a body of at most ``most`` bytes that never stalls and has arrived within
    ``patience`` seconds; raises :class:`Unread` when it turns out to be another."""
    size, is_whole, end = 0, False, anyio.current_time() + patience

    async def receiving() -> Message:
        nonlocal size, is_whole
        if is_whole:  # waits for the visitor to go
            return await receive()
        try:
            with anyio.fail_after(min(max(end - anyio.current_time(), 0.0), STALLED_S)):
                message = await receive()
        except TimeoutError:
            raise Unread(reply({"problems": []}, 408)) from None
        size += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if size > most:
            raise Unread(reply({"problems": []}, 413))
        return message

    return receiving
