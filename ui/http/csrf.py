"""Routes that something is posted to: what is checked first, where the work is done, the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from ui.http.json_routes import MOST_BYTES, Reply, reply


def posted(
    work: Callable[[bytes], Reply], limiter: CapacityLimiter, most: int = MOST_BYTES
) -> Callable[[Request], Awaitable[Response]]:
    """A route that works on the body of a request, of at most so many bytes, in a thread; so many
    of them work at a time as ``limiter`` says."""

    async def endpoint(request: Request) -> Response:
        if refusal := reject_before_reading(request, most):
            return sent(refusal)
        return sent(await run_sync(work, await request.body(), limiter=limiter))

    return endpoint


def sent(answer: Reply) -> Response:
    """The answer as it goes out; nobody is to keep it."""
    headers = {"Cache-Control": "no-store"}
    if answer.timing:
        headers["Server-Timing"] = answer.timing
    return Response(answer.body, answer.status, headers, answer.media_type)


def reject_before_reading(request: Request, most: int) -> Reply | None:
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
