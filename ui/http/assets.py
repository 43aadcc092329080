"""The files that the browser loads: our modules, styles and fonts, and what we use of Plotly."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "web"
PLOTLY = "plotly/plotly.js"
"""Plotly with the types of traces that our charts use; ``tools/plotly`` builds it."""

_COMPRESSED = {".js", ".css", ".svg", ".txt"}
_NOT_SERVED = {".ts", ".html"}
"""What the checks read, and no browser; what a page is made of."""
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
    return frozenset(path.relative_to(FOLDER).as_posix() for path in files)


@cache
def version() -> str:
    """A digest of all files: it is part of every address, so that browsers may keep them."""
    digest = hashlib.sha256()
    for name in sorted(names()):
        digest.update(name.encode())
        digest.update(_path(name).read_bytes())
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
    content = _whole_sheet(name) if suffix == ".css" else _path(name).read_bytes()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if suffix in _COMPRESSED:
        return Asset(gzip.compress(content, 6, mtime=0), kind, "gzip")
    return Asset(content, kind, None)


def text(name: str) -> str:
    """What is in a file of ours."""
    return _path(name).read_text(encoding="utf-8")


@cache
def imports(name: str) -> tuple[str, ...]:
    """The modules that a module cannot run without, in its order."""
    folder = posixpath.dirname(name)
    paths = re.findall(r'^(?:import|export \{)[^;]*?"(\.[^"]+)";', text(name), re.MULTILINE)
    return tuple(posixpath.normpath(posixpath.join(folder, path)) for path in paths)


def closure(*modules: str) -> tuple[str, ...]:
    """The modules, and all that they cannot run without: a browser that is told of them at once
    need not find out one by one."""
    known = dict.fromkeys(modules)
    waiting = list(modules)
    while waiting:
        for name in imports(waiting.pop(0)):
            if name not in known:
                known[name] = None
                waiting.append(name)
    return tuple(known)


def _whole_sheet(name: str) -> bytes:
    """A sheet, with those that it imports in their layers: one request in place of sixteen."""

    def whole(match: re.Match[str]) -> str:
        sheet = text(posixpath.join(posixpath.dirname(name), match[1]))
        return f"@layer {match[2]} {{\n{sheet}\n}}"

    return re.sub(r'@import url\("([^"]+)"\) layer\((\w+)\);', whole, text(name)).encode()


def _path(name: str) -> Path:
    return FOLDER / name
