"""All modules in one file, made when the server starts: a hundred requests in one.

Browsers that load modules one by one take longer for the requests than for what is in them, and
whatever is not loaded yet when the network is lost cannot be shown. Each module stays as it is
written, within a function that gives what it exports, after those that it imports::

    // --- kit/dom.js
    const $3 = (() => {
    ...
    return { h, fill };
    })();
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ui.http.sources import imports, relative, text

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)

HEAD = "// --- "
"""What a line begins with that says which module comes."""


def bundle(entry: str, pages: Mapping[str, str]) -> str:
    """The modules in one: exports what ``entry`` exports, ``pages`` (the module of each, by id) and
    ``modules`` (all, by name).

    Raises:
        ValueError: a module is written in a way that this does not know.
    """
    names = in_order(entry, *pages.values())
    numbers = {name: f"${number}" for number, name in enumerate(names)}
    shown = ", ".join(f"{page}: {numbers[module]}" for page, module in pages.items())
    known = ", ".join(f'"{name}": {number}' for name, number in numbers.items())
    exported = ", ".join(_exports(entry))
    return "".join(
        (
            "const $url = (name) => new URL(name, import.meta.url).href;\n",
            *(_wrapped(name, numbers) for name in names),
            f"export const {{ {exported} }} = {numbers[entry]};\n",
            f"export const pages = {{ {shown} }};\n",
            f"export const modules = {{ {known} }};\n",
        )
    )


@cache
def in_order(*modules: str) -> tuple[str, ...]:
    """The modules and all that they import, each after those that it imports; where some import
    each other, after as many of them as can be."""
    order: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name not in seen:
            seen.add(name)
            for path in imports(name):
                visit(path)
            order.append(name)

    for name in modules:
        visit(name)
    return tuple(order)


def _exports(name: str) -> list[str]:
    return [match[2] for match in _EXPORT.finditer(text(name))]


def _wrapped(name: str, numbers: Mapping[str, str]) -> str:
    places = list(numbers)

    def taken(match: re.Match[str]) -> str:
        other = relative(name, match[2])
        if places.index(other) > places.index(name):
            return _later(name, other, match[1], numbers[other])
        wanted = re.sub(r"(\w+) as (\w+)", r"\1: \2", match[1])
        return f"const {{{wanted}}} = {numbers[other]};"

    source = _EXPORT.sub(r"\1 \2", _IMPORT.sub(taken, text(name)))
    if other := _OTHER.search(source):
        allowed = "imports and exports by name"
        raise ValueError(f"{name}: found {other[0]!r}, allowed: {allowed}")
    source = source.replace("import.meta.url", f'$url("{name}")')
    exported = ", ".join(_exports(name))
    return (
        f"{HEAD}{name}\nconst {numbers[name]} = (() => {{\n{source}"
        f"return {{ {exported} }};\n}})();\n"
    )


def _later(name: str, other: str, wanted: str, number: str) -> str:
    """What a module takes of one that comes after it: functions, which are there when called."""
    functions = {match[2] for match in _EXPORT.finditer(text(other)) if "function" in match[1]}
    lines = []
    for exported, known in re.findall(r"(\w+)(?: as (\w+))?", wanted):
        if exported not in functions:
            allowed = "functions, of modules that import each other"
            raise ValueError(f"{name}: found {exported!r} of {other}, allowed: {allowed}")
        lines.append(f"const {known or exported} = (...given) => {number}.{exported}(...given);")
    return "\n".join(lines)
