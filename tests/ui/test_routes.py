"""The routes are declared once, and are those that the browser's files ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from starlette.routing import Route

from ui.http import bundle, sources
from ui.pages import PAGES
from ui.routes import BOARD, table

ASKED = (
    (r'\b(?:ask|askWatched|createLatestRequest)\(\s*["`]([\w/-]+)["`]', ""),
    (r'\brequest\(\s*"board/([\w/-]+)"', ""),
    (r'\bcall\(\s*"([\w/-]+)"', "library/"),
)
"""How a module asks a route, and what its path begins with."""


def posted() -> set[str]:
    """Paths of the routes that something is posted to, below the board's address."""
    return {
        route.path.removeprefix(BOARD)
        for route in table()
        if isinstance(route, Route) and "POST" in (route.methods or ())
    }


def asked_in(source: str) -> Iterator[str]:
    for pattern, start in ASKED:
        yield from (start + path for path in re.findall(pattern, source))


def asked() -> dict[str, set[str]]:
    """The modules that ask each route."""
    paths: dict[str, set[str]] = {}
    for name in bundle.in_order("main.js", *(page.module for page in PAGES.values())):
        for path in asked_in(sources.text(name)):
            paths.setdefault(path, set()).add(name)
    return paths


def test_there_is_no_second_route_at_an_address() -> None:
    paths = [route.path for route in table()]
    assert len(paths) == len(set(paths))


def test_what_the_browser_asks_is_a_route() -> None:
    assert {path: names for path, names in asked().items() if path not in posted()} == {}


def test_every_route_is_asked_by_somebody() -> None:
    assert posted() - set(asked()) == set(), 'no module below ui/web has an ask("<path>") for these'


def test_a_route_that_is_asked_is_noticed() -> None:
    source = 'ctx.ask("one", {}); createLatestRequest(\n  "two"); call("three"); task("none");'
    assert list(asked_in(source)) == ["one", "two", "library/three"]
