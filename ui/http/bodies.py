"""Bodies of requests, counted as they arrive: what a header says of them proves nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import IO

import anyio
from starlette.requests import ClientDisconnect, Request

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
    size = 0
    stream = request.stream()
    end = anyio.current_time() + patience
    while True:
        try:
            with anyio.fail_after(min(max(end - anyio.current_time(), 0.0), STALLED_S)):
                piece = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise Unread(reply({"problems": []}, 408)) from None
        except ClientDisconnect:
            raise Unread(reply({"problems": []}, 400)) from None
        size += len(piece)
        if size > most:
            raise Unread(reply({"problems": []}, 413))
        yield piece
