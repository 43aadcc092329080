"""What JSON may hold, counted before any of it is made into objects.

A text of a few kB can stand for millions of values, and each of them takes a hundred times its
bytes once it is an object, and again as much for what is wrong with it. Whoever reads JSON from
outside counts first.
"""

from __future__ import annotations

import re

from simulator.errors import Message, Problem

# A string, to its end or to that of the text: each byte is looked at once, whatever comes.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(sign for sign in range(256) if sign not in b"[]{}")


def too_many_values(text: bytes, where: str, most: int) -> Problem | None:
    """What is wrong with ``text``, right or wrong as JSON, if it holds more than ``most`` values:
    objects, lists, and what is in them. ``where`` names it.

    Takes some 10 ms for a million bytes, and no more memory than they do.
    """
    values = _values(text)
    if values > most:  # maybe those are signs in texts
        values = _values(_STRING.sub(b"", text))
    if values <= most:
        return None
    found = Message("{count} values", count=values)
    return Problem(where, found, Message("at most {count} values", count=most))


def _values(text: bytes) -> int:
    """How many values there are, were it not for signs in strings: each but the first follows a
    comma or stands in a list or object of its own."""
    return text.count(b",") + text.count(b"[") + text.count(b"{")


def deeper_than(text: bytes, depth: int) -> bool:
    """Whether objects and lists lie so deep within each other near the beginning of ``text``: the
    readers stop there too, later, and each in its own words."""
    brackets = _STRING.sub(b"", text[:100_000]).translate(None, _NO_BRACKETS)
    level = 0
    for sign in brackets[: 2 * depth + 1_000]:
        level += 1 if sign in b"[{" else -1
        if level > depth:
            return True
    return False
