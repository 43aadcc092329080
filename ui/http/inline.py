"""The scripts that stand in the page itself: no module is there yet, and none need arrive."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache

from ui.http import sources

_MODULE = "app/opening.js"

TOO_OLD = (
    'document.getElementById("opening").textContent = JSON.parse('
    'document.getElementById("opening-data").textContent).texts.old;'
)
"""For browsers that know no modules."""


@cache
def module() -> str:
    """What opens the page, and before it what it imports."""
    return "".join(_parts(_MODULE))


def _parts(name: str) -> Iterator[str]:
    for path in sources.imports(name):
        yield from _parts(path)
    source = re.sub(r"^import [^;]*;\n", "", sources.text(name), flags=re.MULTILINE)
    yield re.sub(r"^export ", "", source, flags=re.MULTILINE)


@cache
def digests() -> tuple[str, ...]:
    """The scripts as a Content-Security-Policy names them: by what they are."""
    hashes = (hashlib.sha256(script.encode()).digest() for script in (TOO_OLD, module()))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
