"""The browser's files as they lie in ``web/``."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "web"
PLOTLY = "plotly/plotly.js"
"""Plotly with the types of traces that our charts use; ``tools/plotly`` builds it."""

_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"(\.[^"]+)";$', re.MULTILINE)


def text(name: str) -> str:
    """What is in a file, by its path below the folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def imports(name: str) -> tuple[str, ...]:
    """The modules that a module imports, in its order."""
    return tuple(relative(name, path) for path in _IMPORT.findall(text(name)))


def relative(name: str, path: str) -> str:
    """The name of the file at a path that is written in the file ``name``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
