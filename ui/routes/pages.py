"""The pages themselves: one small document, the same for each, in the visitor's language.

It opens over plain HTTP, without Streamlit's front end and its websocket, which company networks
bar, and tells what keeps the rest away. All addresses in it are relative: it works below any path.
"""

from __future__ import annotations

import html
import json
import re
import secrets
from functools import cache

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from simulator.i18n.language import LANGUAGES, N_, Language, preferred
from simulator.version import MODEL_VERSION, VERSION
from ui.http import assets, bundle, inline, sources
from ui.http.visitors import COOKIE
from ui.pages import FIRST, PAGES, Page
from ui.text import failures

_DOCUMENT = "app/opening.html"
_PLOTLY = "simulate/plotly.js"
"""The module that loads it."""
_STYLES = "styles/board.css"
_VERSIONS = N_("Budget shift simulator {simulator}, model {model}")


def language_of(request: Request) -> Language:
    """The language that the address names, else the first that the browser asks for and we speak,
    else English."""
    named = LANGUAGES.get(request.query_params.get("lang", ""))
    return named or preferred(request.headers.get("accept-language", ""))


@cache
def document(page: Page, language: Language) -> bytes:
    """The page as it is sent."""
    texts = failures.opening(language)
    start = f"board/start?language={language.code}"
    links = [
        f'<link rel="preload" as="style" href="{assets.url(_STYLES)}" />',
        f'<link rel="modulepreload" href="{assets.url(assets.BUNDLE)}" />',
        f'<link rel="preload" as="fetch" crossorigin href="{start}" />',
    ]
    if _PLOTLY in bundle.in_order(page.module):
        # Drawing can wait for it, figures cannot.
        address = assets.url(sources.PLOTLY)
        links.append(f'<link rel="preload" as="script" fetchpriority="low" href="{address}" />')
    data = {
        "page": page.id,
        "program": assets.url(assets.BUNDLE),
        "texts": texts,
        "failures": failures.failures(language),
        "versions": language.gettext(_VERSIONS).format(simulator=VERSION, model=MODEL_VERSION),
    }
    return _filled(
        {
            "language": language.code,
            "title": html.escape(texts["title"]),
            "opening": html.escape(texts["opening"]),
            "script": html.escape(texts["script"]),
            "links": "\n    ".join(links),
            # Within a script "<" could end it.
            "data": json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
            "nomodule": inline.TOO_OLD,
            "module": inline.module(),
        }
    ).encode()


def _filled(values: dict[str, str]) -> str:
    return re.sub(
        r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), sources.text(_DOCUMENT)
    )


async def _page(request: Request) -> Response:
    page = PAGES.get(request.url.path.strip("/"), FIRST)
    answer = Response(
        document(page, language_of(request)),
        media_type="text/html",
        headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"},
    )
    if COOKIE not in request.cookies:
        # Without a path it holds for the folder that the browser sees, whatever proxies make of it.
        answer.set_cookie(
            COOKIE, secrets.token_urlsafe(16), path=None, httponly=True, samesite="lax"
        )
    return answer


async def _elsewhere(request: Request) -> Response:
    """The answer where no page is."""
    names = request.url.path.strip("/").split("/")
    if len(names) == 1 and names[0] in PAGES:  # only a slash too many
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"../{names[0]}{query}")
    language = language_of(request)
    texts = {name: html.escape(text) for name, text in failures.opening(language).items()}
    home = "../" * (request.url.path.count("/") - 1) or "./"
    content = (
        f'<!doctype html><html lang="{language.code}"><meta charset="utf-8" />'
        f"<title>{texts['title']}</title><p>{texts['nowhere']}</p>"
        f'<p><a href="{home}">{texts["start"]}</a></p></html>'
    )
    return Response(content, 404, media_type="text/html")


class _Elsewhere(Convertor[str]):
    """Every address but those of Streamlit's server. Its front end is one of what this leaves out:
    it would come for any address, and needs its websocket."""

    regex = "(?!(.*/)?_stcore/).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("elsewhere", _Elsewhere())


def _icon(_request: Request) -> Response:
    """Nothing: each page has its own icon in it, for which some browsers ask here first."""
    return Response(status_code=204)


ROUTES = (
    Route("/", _page),
    Route("/favicon.ico", _icon),
    *(Route(f"/{page}", _page) for page in PAGES),
)
LAST = Route("/{path:elsewhere}", _elsewhere)
"""After all others."""
