"""What the server does beside running the pages: start-up, headers, routes (:mod:`ui.routes`).

Each route is a pure function of its request, but for those of the library
(:mod:`ui.routes.library`), which keep what visitors save. Nothing else is kept for a visitor; what
is kept between requests (see :mod:`ui.cache`) is the same for all.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import anyio.to_thread
from starlette.middleware import Middleware
from streamlit.starlette import App

from simulator import engine
from ui.http import assets, connections
from ui.http.base_path import BasePath
from ui.http.front import Front
from ui.http.headers import Headers
from ui.routes import simulate, table, validation

_SWITCH_S = 0.001
"""For which a thread may keep Python to itself: a lever's answer takes it some twenty times, and
waits for it each time while another thread writes a spreadsheet."""


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[dict[str, Any]]:
    """Have all ready before the first visitor comes.

    Freezing tells Python's garbage collector to leave what is loaded by now alone: else it walks
    through all of it after every run of a page, while every visitor waits.
    """
    connections.install()
    sys.setswitchinterval(_SWITCH_S)
    _share_memory()
    await anyio.to_thread.run_sync(_warm)
    gc.collect()
    gc.freeze()
    yield {}


def _share_memory() -> None:
    """Have threads share what memory is free: else each keeps dozens of MB of it for itself.

    Only the GNU C library does, and can be told.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


_ARENA_MAX = -8
"""``M_ARENA_MAX`` of its malloc.h."""


def _warm() -> None:
    engine.prepare()
    simulate.warm()
    validation.report()  # the first click on a verdict rests on it
    for name in assets.names():
        assets.asset(name)


ROUTES = table()
MIDDLEWARE = (Middleware(Headers), Middleware(BasePath), Middleware(Front))
