"""Finds literals in the sources that look visible to people and that nobody translates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.jslexer import Token, tokenize, unquote_string

from simulator.i18n import extract


class Literal(NamedTuple):
    """A piece of source that looks like text that somebody sees."""

    file: str
    line: int
    text: str


def beginning(text: str) -> str:
    """By which a literal is named in a list of exceptions."""
    return " ".join(text.split())[:40]


_WORD = r"(?<![\w.#/@-])[^\W\d_]+"
_PROSE = re.compile(
    rf"""
    {_WORD}['’]?[^\W\d_]*[,;:.!?…)]?\s+[^\W\d_]{{2,}}  # two words
    | ^\s*[A-Z][a-z]+[.:!?…]?\s*$                      # one, with a capital
    | \{{\}}[,;:]?\s+[^\W\d_]{{2,}}(?![\w-]*[:(/=])    # one after something filled in
    | {_WORD}[,;:]?\s+\{{\}}                           # or before it
    """,
    re.VERBOSE,
)
_CODES = re.compile(r"(?:[A-Z]{3}\s+){2,}[A-Z]{3}\s*")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_SPOKEN = re.compile(r"""\b(?:aria-label|title|placeholder|alt)=["']([^"']*)["']""")


def looks_visible(text: str) -> bool:
    """Whether a literal reads like prose or a label; of HTML what stands between and in tags.

    ``{}`` stands for what is filled in. Lists of codes such as those of currencies are no text.
    """
    if _CODES.fullmatch(text):
        return False
    spoken = [value for tag in _TAG.findall(text) for value in _SPOKEN.findall(tag)]
    return any(_PROSE.search(part) for part in (*_TAG.split(text), *spoken))


# Python


class _PythonTexts(ast.NodeVisitor):
    """Collects the literals of a module that nobody translates and that look visible."""

    def __init__(self) -> None:
        self.literals: list[tuple[int, str]] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and looks_visible(node.value):
            self.literals.append((node.lineno, node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        whole = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
        if looks_visible(whole):
            self.literals.append((node.lineno, whole))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Call(self, node: ast.Call) -> None:
        name = extract.called(node)
        module = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(module, ast.Name) and module.id in {"re", "logger"}:
            return  # Patterns, and what only who runs the server reads.
        self.visit(node.func)
        messages = extract.PYTHON.get(name, 0)
        keys = 1 if name in {"get", "pop", "getattr", "hasattr", "cast", "TypeVar"} else 0
        for place, argument in enumerate(node.args):
            if place < messages and isinstance(argument, ast.BinOp | ast.IfExp | ast.JoinedStr):
                self.literals += pieces(argument)
            elif place >= max(messages, keys) or not isinstance(argument, ast.Constant):
                self.visit(argument)
        for named in node.keywords:
            self.visit(named.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # A docstring.
            self.visit(node.value)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Errors are for developers; what people see of them is made elsewhere."""

    def visit_Assert(self, node: ast.Assert) -> None:
        """The same."""

    def visit_Compare(self, node: ast.Compare) -> None:
        for part in (node.left, *node.comparators):
            if not isinstance(part, ast.Constant):
                self.visit(part)

    def visit_Dict(self, node: ast.Dict) -> None:
        for name, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(name, ast.Constant) and name.value in TECHNICAL_KEYS):
                self.visit(value)
            if name is not None:
                self.visit(name)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)  # A key is not shown.
        if not isinstance(node.slice, ast.Constant):
            self.visit(node.slice)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(one, ast.Name) and one.id == "__all__" for one in node.targets):
            self.generic_visit(node)  # And not the names that a package offers.

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:  # And not the annotation.
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation."""

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        node.returns = None
        self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef


def pieces(message: ast.expr) -> Iterator[tuple[int, str]]:
    """The literals that a message is put together from, where nobody can extract it."""
    if isinstance(message, ast.BinOp):
        parts = [message.left, message.right]
    elif isinstance(message, ast.IfExp):
        parts = [message.body, message.orelse]
    else:
        parts = list(message.values) if isinstance(message, ast.JoinedStr) else []
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        yield message.lineno, message.value
    for part in parts:
        yield from pieces(part)


def visible_in_python(source: str) -> list[tuple[int, str]]:
    texts = _PythonTexts()
    texts.visit(ast.parse(source))
    return texts.literals


# JavaScript

TECHNICAL_CALLS = {
    *("querySelector", "querySelectorAll", "closest", "matches", "matchMedia"),
    *("addEventListener", "removeEventListener", "setProperty", "createElementNS"),
    *("Error", "TypeError", "RangeError", "RegExp", "warn", "debug"),
}
"""What they are given is no text for people: selectors, names, patterns, messages in the log."""

TECHNICAL_KEYS = {
    *("class", "className", "style", "cssText", "d", "points", "viewBox", "transform", "font"),
    *("type", "role", "rel", "hovermode", "textposition", "transition", "preserveAspectRatio"),
    *("gridTemplateColumns", "rootMargin", "Accept", "method", "credentials", "cache"),
}
"""Attributes and properties whose value is no text for people."""

PRESSED = {"Escape", "Enter", "Home", "End", "Tab", "Backspace", "Delete", "Shift", "Control"}
"""Names of keys, as the browser reports them."""


class _Bracket(NamedTuple):
    sign: str
    call: str
    """The function whose arguments these are, or nothing."""


def visible_in_javascript(source: str, line: int = 1) -> list[tuple[int, str]]:
    """The literals that nobody translates and that look visible.

    Raises ``ValueError`` for template strings inside template strings, which Babel cannot read:
    neither could it find messages there.
    """
    tokens = [
        token
        for token in tokenize(source, jsx=False, dotted=False, lineno=line)
        if not token.type.endswith("comment")
    ]
    literals: list[tuple[int, str]] = []
    open_brackets: list[_Bracket] = []
    keys: list[str | None] = [None]  # For every open bracket the property that it stands in.
    nothing = Token("", "", 0)
    for place, token in enumerate(tokens):
        before, last = (tokens[place - back] if place >= back else nothing for back in (2, 1))
        following = tokens[place + 1] if place + 1 < len(tokens) else nothing
        inner = open_brackets[-1] if open_brackets else _Bracket("", "")
        if token.type == "operator":
            if token.value in "([{":
                call = last.value if token.value == "(" and last.type == "name" else ""
                open_brackets.append(_Bracket(token.value, call))
                keys.append(keys[-1])
            elif token.value in ")]}" and open_brackets:
                open_brackets.pop()
                keys.pop()
            elif token.value == "," and inner.sign == "{":
                keys[-1] = None
            continue
        opens = last.type == "operator" and last.value in "{,"
        if opens and inner.sign == "{" and following.value == ":":
            keys[-1] = unquoted(token.value)
            continue
        if token.type not in {"string", "template_string"}:
            continue
        is_template = token.type == "template_string"
        text, filled = parts(token.value[1:-1]) if is_template else (unquoted(token.value), [])
        for expression in filled:
            literals += visible_in_javascript(expression, token.lineno)
        is_message = inner.call in extract.JAVASCRIPT and whole(tokens, place)
        compared = (
            last.value in {"==", "!=", "case"}
            or (last.value == "=" and before.value in {"==", "!="})
            or following.value in {"==", "!="}
        )
        set_to = before.value if last.value == "=" else ""
        technical = inner.call in TECHNICAL_CALLS or {keys[-1], set_to} & TECHNICAL_KEYS
        if is_message or compared or technical or text in PRESSED:
            continue
        if looks_visible(text):
            literals.append((token.lineno, text))
    return literals


def unquoted(text: str) -> str:
    return unquote_string(text) if text[:1] in {'"', "'"} else text


def whole(tokens: list[Token], place: int) -> bool:
    """Whether a literal is an argument, by itself or with other literals added to it."""

    def ends(step: int, end: str) -> bool:
        at = place
        while tokens[at].type == "string":
            if tokens[at + step].value in {end, ","}:
                return True
            if tokens[at + step].value != "+":
                return False
            at += 2 * step
        return False

    return ends(-1, "(") and ends(1, ")")


def parts(template: str) -> tuple[str, list[str]]:
    """A template string as text with ``{}`` for what is filled in, and those expressions."""
    text, expressions, place = "", [], 0
    while (bootstrap := template.find("${", place)) >= 0:
        text += template[place:bootstrap] + "{}"
        depth, place = 1, bootstrap + 2
        while depth:
            if place == len(template):
                raise ValueError(f"{template!r}: found a template string inside another")
            depth += {"{": 1, "}": -1}.get(template[place], 0)
            place += 1
        expressions.append(template[bootstrap + 2 : place - 1])
    return text + template[place:], expressions


def visible_in(file: Path, source: str | None = None) -> Iterator[Literal]:
    source = file.read_text(encoding="utf-8") if source is None else source
    look = visible_in_javascript if file.suffix == ".js" else visible_in_python
    for line, text in look(source):
        yield Literal(file.relative_to(extract.ROOT).as_posix(), line, text)
