"""Whom a request is from: enough to give everybody a fair share, and nothing that is kept."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from ui.http.fair import Visitor

COOKIE = "budget-shift-visitor"
"""The page gives each browser one, with a random number. Whoever makes up new ones only takes from
others at the same address."""
_LONGEST = 200


def visitor(request: HTTPConnection) -> Visitor:
    """Whom ``request`` is from: the address, and there the browser, else the connection.

    Behind a proxy the address is what the proxy says, if it is one that uvicorn trusts (see
    docs/DEPLOYMENT.md).
    """
    address, port = (request.client.host, request.client.port) if request.client else ("", 0)
    cookie = request.cookies.get(COOKIE, "")[:_LONGEST]
    return Visitor(address, cookie or f":{port}")
