"""The files that the browser loads: our modules, styles and fonts, and Plotly's own script."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "web"
PLOTLY = "plotly.js"
"""Name under which the script of the installed plotly package is served."""

_COMPRESSED = {".js", ".css", ".svg", ".txt"}
_TYPES_ONLY = ".ts"
"""What the checks read, and no browser."""
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
    files = (path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != _TYPES_ONLY)
    return frozenset({PLOTLY, *(path.relative_to(FOLDER).as_posix() for path in files)})


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
    content = _path(name).read_bytes()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if suffix in _COMPRESSED:
        return Asset(gzip.compress(content, 6, mtime=0), kind, "gzip")
    return Asset(content, kind, None)


def _path(name: str) -> Path:
    if name == PLOTLY:
        return Path(str(resources.files("plotly").joinpath("package_data", "plotly.min.js")))
    return FOLDER / name
