"""What is checked of every request that is posted, before its body is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from ui.board.requests import Reply, reply


def unread(request: Request, most: int) -> Reply | None:
    """The answer to a request whose body shall not be read, or None.

    413 where it has more than ``most`` bytes, or does not say how many; 403 where another site has
    a visitor's browser ask, which would reach a server that only the visitor can reach.
    """
    if _is_from_elsewhere(request):
        return reply({"problems": []}, 403)
    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > most:
        return reply({"problems": []}, 413)
    return None


def _is_from_elsewhere(request: Request) -> bool:
    headers = request.headers
    # Browsers say it outright, but only over HTTPS and to localhost.
    if site := headers.get("sec-fetch-site"):
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:  # no browser
        return False
    # No other site can make a browser send the header that proxies pass the first host on by.
    hosts = {headers.get("host"), headers.get("x-forwarded-host")}
    return urlsplit(origin).netloc not in hosts
