"""Connections: none is kept for whoever says nothing, and answers are not held back.

Uvicorn has no time limit for the head of a request, and Streamlit does not let us give it another
protocol. So its protocol for HTTP is told here what to do as well when a connection is made and
when something comes in.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_PATIENCE_S = 20.0
"""For the first request of a connection, and for the head of each."""
_UNREAD_MS = 60_000
"""For what was sent to be taken: else the system ends the connection (where it can)."""

_timers: WeakKeyDictionary[H11Protocol, asyncio.TimerHandle] = WeakKeyDictionary()


def install() -> None:
    """Watch over all connections that will be made in this process."""
    if getattr(H11Protocol, "is_watched", False):
        return
    made, received = H11Protocol.connection_made, H11Protocol.data_received

    def connection_made(self: H11Protocol, transport: asyncio.Transport) -> None:
        made(self, transport)
        _settle(transport.get_extra_info("socket"))
        _watch(self)

    def data_received(self: H11Protocol, data: bytes) -> None:
        received(self, data)
        _watch(self)

    protocol: Any = H11Protocol
    protocol.connection_made, protocol.data_received = connection_made, data_received
    protocol.is_watched = True


def _settle(connection: socket.socket | None) -> None:
    if connection is None:
        return
    with suppress(OSError):
        # Small answers leave at once: asyncio does so for sockets that say they are TCP, and those
        # that Streamlit makes do not say.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD_MS)


def _watch(protocol: H11Protocol) -> None:
    """Give what is waited for, if it is the head of a request, so much time as there is for it."""
    timer = _timers.get(protocol)
    if not _waits_for_head(protocol):
        if timer:
            timer.cancel()
            del _timers[protocol]
    elif timer is None:
        loop = asyncio.get_running_loop()
        _timers[protocol] = loop.call_later(HEAD_PATIENCE_S, _close, protocol)


def _waits_for_head(protocol: H11Protocol) -> bool:
    is_answering = protocol.cycle is not None and not protocol.cycle.response_complete
    return protocol.conn.their_state is h11.IDLE and not is_answering


def _close(protocol: H11Protocol) -> None:
    _timers.pop(protocol, None)
    if _waits_for_head(protocol) and not protocol.transport.is_closing():
        protocol.transport.close()
