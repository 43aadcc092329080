"""Routes that something is posted to: what is checked first, who is next, where the work is done,
the answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import cache
from urllib.parse import urlsplit

from anyio import CancelScope
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from simulator import engine
from simulator.i18n.language import ENGLISH, LANGUAGES, N_, Language
from ui.http import bodies
from ui.http.fair import Busy, FairShare, GivenUp, pause
from ui.http.json_routes import MOST_BYTES, Reply, Weigh, by_size, reply
from ui.http.quotas import Quota
from ui.http.settings import settings
from ui.http.visitors import visitor

TOO_MUCH = N_("The server has much to do just now. Try again in a moment.")
TOO_OFTEN = N_("That was asked for too often. Try again in a while.")


def posted(
    work: Callable[[bytes], Reply],
    share: FairShare,
    most: int = MOST_BYTES,
    weigh: Weigh = by_size(0.03),  # noqa: B008 - it cannot be changed
) -> Callable[[Request], Awaitable[Response]]:
    """A route that works on the body of a request, of at most so many bytes, in a thread, when it
    is its turn in ``share``, by what :mod:`ui.http.fair` is told by ``weigh``. Nothing is worked on
    for who has gone: the page breaks off what it does not want any more."""

    def in_parts(body: bytes) -> Reply:
        with engine.in_parts(pause):
            return work(body)

    async def endpoint(request: Request) -> Response:
        body = await admitted(request, most)
        if isinstance(body, Reply):
            return sent(body)
        who, (seconds, patience) = visitor(request), weigh(body)
        with CancelScope() as scope:
            watch = asyncio.create_task(_end_without(request, scope))
            try:
                async with share.turn(who, seconds, patience, lambda: scope.cancel_called):
                    return sent(await run_sync(in_parts, body, limiter=share.threads))
            except Busy:
                return sent(busy(language_of(body)))
            except GivenUp:
                pass
            finally:
                watch.cancel()
        return Response(status_code=400)  # to nobody

    return endpoint


async def admitted(request: Request, most: int) -> bytes | Reply:
    """The body of a request that may be worked on, of at most so many bytes; else the refusal."""
    if refusal := reject_before_reading(request, most):
        return refusal
    try:
        body = await bodies.read(request, most, settings().simulator_patience)
    except bodies.Unread as error:
        return error.reply
    return too_often(request, language_of(body)) or body


async def _end_without(request: Request, scope: CancelScope) -> None:
    """End what is done for a request when nobody waits for its answer any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    scope.cancel()


def busy(language: Language, text: str = TOO_MUCH) -> Reply:
    """The answer to whoever asks for more than there is."""
    return reply({"problem": "busy", "text": language.gettext(text), "problems": []}, 429)


def language_of(body: bytes) -> Language:
    """The language that a request asks to be answered in, by its looks: it has not been read."""
    named = re.search(rb'"language"\s*:\s*"([a-zA-Z-]{1,20})"', body[:MOST_BYTES])
    return LANGUAGES.get(named[1].decode() if named else "", ENGLISH)


def sent(answer: Reply) -> Response:
    """The answer as it goes out; nobody is to keep it."""
    headers = {"Cache-Control": "no-store"}
    if answer.timing:
        headers["Server-Timing"] = answer.timing
    if answer.status == 429:
        headers["Retry-After"] = "1"
    if answer.status in {400, 408, 413}:  # what else is on its way is not read either
        headers["Connection"] = "close"
    return Response(answer.body, answer.status, headers, answer.media_type)


def reject_before_reading(request: Request, most: int) -> Reply | None:
    """The answer to a request whose body shall not be read, or None.

    400 where two headers say how long it is, which proxies and servers read differently; 413 where
    it has more than ``most`` bytes, or does not say how many; 403 where another site has a
    visitor's browser ask, which would reach a server that only the visitor can reach.
    """
    if _is_from_elsewhere(request):
        return reply({"problems": []}, 403)
    lengths = request.headers.getlist("content-length")
    if len(lengths) > 1 or (lengths and "transfer-encoding" in request.headers):
        return reply({"problems": []}, 400)
    size = lengths[0] if lengths else ""
    if not (size.isascii() and size.isdecimal()) or len(size) > 15 or int(size) > most:
        return reply({"problems": []}, 413)
    return None


def too_often(request: Request, language: Language) -> Reply | None:
    """The answer to a visitor who asks more often than anybody does, or None."""
    return None if _requests().take(visitor(request)) else busy(language, TOO_OFTEN)


@cache
def _requests() -> Quota:
    return Quota(settings().simulator_requests_per_minute, 60.0)


def _is_from_elsewhere(request: Request) -> bool:
    headers = request.headers
    origin = headers.get("origin")
    # Browsers say it outright, but only over HTTPS and to localhost.
    if site := headers.get("sec-fetch-site"):
        return site not in {"same-origin", "none"}
    if origin is None:  # no browser
        return False
    # No other site can make a browser send the header that proxies pass the first host on by.
    hosts = {headers.get("host"), headers.get("x-forwarded-host")}
    return urlsplit(origin).netloc not in hosts
