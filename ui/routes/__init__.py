"""The routes that the page asks, one file a subject.

A route is declared where its handler is: :func:`ui.http.json_routes.json_route` for those that a
request in JSON is posted to, ``ROUTES`` of a module for all others. :func:`table` is all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from starlette.routing import Route

from ui.http.csrf import posted
from ui.http.fair import Bounds, FairShare
from ui.http.json_routes import JsonRoute
from ui.http.settings import settings

BOARD = "/board/"
"""What the addresses of all routes begin with."""

WORKING = FairShare(
    max(os.cpu_count() or 1, 2), Bounds(visitor=settings().simulator_waiting_requests)
)
"""Requests that are worked on at a time: more would only make each of them slower. The library has
limits of its own: its requests wait for a database instead of working."""


def table() -> tuple[Route, ...]:
    """Every route there is."""
    last = import_module(f"{__name__}.pages").LAST
    return (*_declared(), last)


def _declared() -> Iterator[Route]:
    for module in iter_modules(__path__):
        content = vars(import_module(f"{__name__}.{module.name}"))
        yield from content.get("ROUTES", ())
        for route in content.values():
            if isinstance(route, JsonRoute) and route.work.__module__ == content["__name__"]:
                endpoint = posted(route.work, WORKING, route.most_bytes, route.weigh)
                yield Route(BOARD + route.path, endpoint, methods=["POST"])
