"""The files that the browser loads: our modules, styles and fonts, and what we use of Plotly."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ui.http.bundle import bundle
from ui.http.sources import FOLDER, PLOTLY, relative, text
from ui.pages import PAGES

BUNDLE = "board.js"
"""Name under which all modules are served as one."""
_ENTRY = "main.js"

_COMPRESSED = {".js", ".css", ".svg", ".txt"}
_NOT_SERVED = {".ts", ".html", ".js"}
"""What the checks read, and no browser; what a page is made of; modules, but for all in one."""
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, ready to be sent."""

    content: bytes
    media_type: str
    encoding: str | None
    """``gzip`` where that makes it smaller."""


@cache
def names() -> frozenset[str]:
    """The files there are, as paths below the folder; nothing else is ever served."""
    files = (
        path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in _NOT_SERVED
    )
    served = {path.relative_to(FOLDER).as_posix() for path in files}
    return frozenset({BUNDLE, PLOTLY, *served})


@cache
def version() -> str:
    """A digest of all files: it is part of every address, so that browsers may keep them."""
    digest = hashlib.sha256()
    for name in sorted(names()):
        digest.update(name.encode())
        digest.update(_content(name))
    return digest.hexdigest()[:16]


def url(name: str) -> str:
    """Address of a file, relative to the app's own."""
    return f"board/assets/{version()}/{name}"


@cache
def asset(name: str) -> Asset:
    """The file of this name. Raises ``KeyError`` if there is none."""
    if name not in names():
        raise KeyError(name)
    suffix = Path(name).suffix
    content = _content(name)
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if suffix in _COMPRESSED:
        return Asset(gzip.compress(content, 6, mtime=0), kind, "gzip")
    return Asset(content, kind, None)


def _content(name: str) -> bytes:
    if name == BUNDLE:
        modules = {page.id: page.module for page in PAGES.values()}
        return bundle(_ENTRY, modules).encode()
    return _whole_sheet(name) if name.endswith(".css") else (FOLDER / name).read_bytes()


def _whole_sheet(name: str) -> bytes:
    """A sheet, with those that it imports in their layers: one request in place of sixteen."""

    def whole(match: re.Match[str]) -> str:
        sheet = text(relative(name, match[1]))
        return f"@layer {match[2]} {{\n{sheet}\n}}"

    return re.sub(r'@import url\("([^"]+)"\) layer\((\w+)\);', whole, text(name)).encode()
