"""Equations as mathematics: MathML, which browsers show by themselves.

Only what MathML Core has is used. Everything that is text goes through the XML writer, so a name is
never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from simulator.exports.translate.expressions import Expression, Number, Operation, Reference
from simulator.exports.translate.model import CHANGE, TIME, Kind, Variable
from simulator.exports.translate.reader import TODAY

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

_SIGNS = {"+": "+", "-": "−", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "and": "∧"}

_COMPARED = 2
_BINDING = {
    "if": 0,
    "and": 1,
    **dict.fromkeys(("<", "<=", ">", ">="), _COMPARED),
    **dict.fromkeys(("+", "-", "negative"), 3),
    "*": 4,
}
"""How strongly an operator binds; what is not here needs no brackets around it: it is a fraction, a
function or a root."""
_ATOM = 9


def words(name: str) -> str:
    """The words of a name."""
    return name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Wording:
    """How equations say what is said in words."""

    symbol: Callable[[str], str] = words
    """What a variable is called; today's value has a 0 as its index beside that."""
    otherwise: str = "otherwise"


ENGLISH = Wording()


def mathml(variable: Variable, wording: Wording = ENGLISH) -> str:
    """The equation of ``variable`` as a ``math`` element; of an input, its symbol alone."""
    return ET.tostring(math_element(variable, wording), encoding="unicode")


def math_element(variable: Variable, wording: Wording = ENGLISH) -> ET.Element:
    """As :func:`mathml`, to be put into a document."""
    root = ET.Element("math", {"xmlns": NAMESPACE, "display": "block"})
    row = ET.SubElement(root, "mrow")
    if variable.kind is Kind.FLOW:
        row.append(_change(variable.name.removeprefix(CHANGE), wording))
    else:
        row.append(_symbol(variable.name, wording))
    if variable.expression is not None and variable.kind is not Kind.STOCK:
        _operator(row, "=")
        row.append(_node(variable.expression, wording))
    elif variable.kind is Kind.STOCK:
        _operator(row, "=")
        start = _node(variable.expression, wording) if variable.expression else None
        if start is not None:
            row.append(start)
        _operator(row, "+")
        row.append(_integral(variable.name, wording))
    return root


def _leaf(tag: str, text: str) -> ET.Element:
    node = ET.Element(tag)
    node.text = text
    return node


def _operator(row: ET.Element, sign: str) -> None:
    row.append(_leaf("mo", sign))


def _row(*parts: ET.Element) -> ET.Element:
    row = ET.Element("mrow")
    row.extend(parts)
    return row


def _pair(tag: str, *parts: ET.Element) -> ET.Element:
    node = ET.Element(tag)
    node.extend(parts)
    return node


def _symbol(name: str, wording: Wording) -> ET.Element:
    """A variable; today's value with index 0, as is usual. It carries its name for whoever wants to
    explain it."""
    if name == TIME:
        return _leaf("mi", "t")
    plain = name.removeprefix(TODAY)
    node = _leaf("mi", wording.symbol(plain))
    if plain != name:
        node = _pair("msub", node, _leaf("mn", "0"))
    node.set("data-symbol", name)
    return node


def _change(stock: str, wording: Wording) -> ET.Element:
    top = _row(_leaf("mi", "d"), _symbol(stock, wording))
    return _pair("mfrac", top, _row(_leaf("mi", "d"), _leaf("mi", "t")))


def _integral(stock: str, wording: Wording) -> ET.Element:
    sign = _pair("msubsup", _leaf("mo", "∫"), _leaf("mn", "0"), _leaf("mi", "t"))
    return _row(sign, _change(stock, wording), _leaf("mi", "d"), _leaf("mi", "t"))


def _number(value: float) -> ET.Element:
    if value != 0.0 and abs(value) < 1e-4:
        digits, power = f"{value:e}".split("e")
        whole = digits.rstrip("0").rstrip(".")
        ten = _pair("msup", _leaf("mn", "10"), _leaf("mn", str(int(power)).replace("-", "−")))
        return ten if whole == "1" else _row(_leaf("mn", whole), _leaf("mo", "·"), ten)
    return _leaf("mn", f"{value:.12g}")


def _node(expression: Expression, wording: Wording) -> ET.Element:
    if isinstance(expression, Number):
        return _number(expression.value)
    if isinstance(expression, Reference):
        return _symbol(expression.name, wording)
    arguments = expression.arguments
    match expression.operator:
        case "/":
            return _pair("mfrac", *(_node(part, wording) for part in arguments))
        case "sqrt":
            return _pair("msqrt", _node(arguments[0], wording))
        case "pow":
            base = _bracketed(arguments[0], _ATOM, wording)
            return _pair("msup", base, _node(arguments[1], wording))
        case "exp":
            return _pair("msup", _leaf("mi", "e"), _node(arguments[0], wording))
        case "log" | "min" | "max":
            name = {"log": "ln"}.get(expression.operator, expression.operator)
            inner = list(_separated((_node(part, wording) for part in arguments), ","))
            return _row(_leaf("mi", name), _brackets(_row(*inner)))
        case "if":
            return _cases(expression, wording)
        case "negative":
            return _row(_leaf("mo", "−"), _bracketed(arguments[0], 4, wording))
    return _infix(expression, wording)


def _infix(expression: Operation, wording: Wording) -> ET.Element:
    operator = expression.operator
    binding = _BINDING[operator]
    left = _bracketed(expression.arguments[0], binding, wording)
    # What is taken away, or begins with a sign, is put in brackets: a - (b - c).
    signed = isinstance(second := expression.arguments[1], Operation) and (
        second.operator == "negative"
    )
    right = _bracketed(second, binding + (operator == "-" or signed), wording)
    return _row(left, _leaf("mo", _SIGNS.get(operator, "·")), right)


def _bracketed(expression: Expression, binding: int, wording: Wording) -> ET.Element:
    """The expression, in brackets if it binds less than what stands around it."""
    node = _node(expression, wording)
    if isinstance(expression, Operation):
        own = _BINDING.get(expression.operator, _ATOM if binding < _ATOM else 0)
        return _brackets(node) if own < binding else node
    negative = isinstance(expression, Number) and expression.value < 0.0
    return _brackets(node) if negative else node


def _brackets(inner: ET.Element) -> ET.Element:
    return _row(_leaf("mo", "("), inner, _leaf("mo", ")"))


def _separated(nodes: Iterator[ET.Element], sign: str) -> Iterator[ET.Element]:
    for index, node in enumerate(nodes):
        if index:
            yield _leaf("mo", sign)
        yield node


def _cases(expression: Operation, wording: Wording) -> ET.Element:
    """A brace with one line for each case."""
    condition, then, otherwise = expression.arguments
    table = ET.Element("mtable")
    for value, when in ((then, condition), (otherwise, None)):
        line = ET.SubElement(table, "mtr")
        ET.SubElement(line, "mtd").append(_node(value, wording))
        cell = ET.SubElement(line, "mtd")
        cell.append(_leaf("mtext", wording.otherwise) if when is None else _node(when, wording))
    brace = _leaf("mo", "{")
    brace.set("stretchy", "true")
    return _row(brace, table)
