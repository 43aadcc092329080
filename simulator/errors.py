"""What is wrong with something that came from outside, and how it is told in one line.

Whoever reads files, links or archives collects :class:`Problem` after :class:`Problem` and raises
them together in one :class:`ScenarioError`. What a problem says is a :class:`Message`, which a page
puts into its own language.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

MOST_PROBLEMS = 100
"""So many problems of one scenario are told; the rest is only counted."""

_TEXT_LENGTH = 60
"""Characters of a value, or of a key, that a problem shows."""


class Message(str):
    """An English text that knows the template and the values it was made of::

        Message("a size of {size} bytes", size=2_000_000)

    As a ``str`` it is the English. The template is written out where the message is made: there it
    is found by what extracts the texts to translate (:mod:`simulator.i18n.extract`). Values are put
    in as they are; one that is a message itself is translated as well.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Message:
        message = super().__new__(cls, template.format_map(values))
        message.template = template
        message.values = values
        return message

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[object, ...]]:
        return _message, (self.template, self.values)

    def translated(self, translate: Callable[[str], str]) -> str:
        """The text in another language; ``translate`` gives a template's translation."""
        values = {
            name: value.translated(translate) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format_map(values)


def _message(template: str, values: Mapping[str, object]) -> Message:
    return Message(template, **values)


class FieldName(Message):
    """A field as it is typed in a file and on the command line, and on a page its label there: one
    of the texts that pages show, and that are translated anyway."""

    def __new__(cls, key: str, label: str) -> FieldName:
        name = str.__new__(cls, key)
        name.template = label
        name.values = {}
        return name

    def __reduce__(self) -> tuple[Callable[..., Message], tuple[object, ...]]:
        return FieldName, (str(self), self.template)


def exact(text: str) -> Message:
    """What is the same in every language: values, keys, and what other programs say."""
    return _message("{text}", {"text": text})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a scenario."""

    field: str
    """Dotted path, such as ``plan.training.share_moved``; for the file as a whole: its name."""
    found: Message
    allowed: Message

    def __str__(self) -> str:
        return f"{self.field}: found {self.found}, allowed {self.allowed}"


class ScenarioError(ValueError):
    """A scenario that cannot be used.

    ``problems`` holds everything that is wrong with it, the first :data:`MOST_PROBLEMS` of it where
    that is too much to be read; ``more`` is the number of the others.
    """

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        everything = tuple(problems)
        self.problems: tuple[Problem, ...] = everything[:MOST_PROBLEMS]
        self.more = more + len(everything) - len(self.problems)
        lines = [*map(str, self.problems), *([f"and {self.more} more"] if self.more else [])]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...], int]]:
        return type(self), (self.problems, self.more)


class UnrepresentableNumber(float):
    """A number in a file that no finite float holds; infinite or NaN, and shown as written."""

    text: str

    def __new__(cls, text: str, value: float = math.inf) -> UnrepresentableNumber:
        number = super().__new__(cls, value)
        number.text = text
        return number

    def __repr__(self) -> str:
        return self.text


def shorten(text: str) -> str:
    """``text`` itself, or its beginning where it is too long for a problem."""
    return text if len(text) <= _TEXT_LENGTH else text[: _TEXT_LENGTH - 1] + "…"


def value_text(value: object) -> Message:
    """``value`` on one line of bounded length, in the words of JSON, control characters escaped."""
    match value:
        case None:
            return exact("null")
        case bool():
            return exact("true" if value else "false")
        case str():
            return exact(shorten(repr(value[:_TEXT_LENGTH] + ("…" * (len(value) > _TEXT_LENGTH)))))
        case float():
            text = repr(value) if isinstance(value, UnrepresentableNumber) else repr(float(value))
            return exact(shorten(text))
        case int():
            if value.bit_length() > 1000:  # Python refuses to write out huge numbers
                return Message("a whole number of more than 300 digits")
            return exact(shorten(str(int(value))))
        case Mapping():
            return Message("an object of {count} fields", count=len(value))
        case list() | tuple():
            return Message("a list of {count}", count=len(value))
    return Message("a value of type {key}", key=type(value).__name__)


def key_text(part: object) -> str:
    """One part of a field path: as it is when harmless, else quoted and escaped."""
    text = str(part)
    plain = text.isprintable() and text and len(text) <= _TEXT_LENGTH
    return text if plain else value_text(text)


def path_text(parts: Iterable[object]) -> str:
    """A field path in dots, each part made harmless."""
    return ".".join(map(key_text, parts))


def nearest(name: str, names: Iterable[str]) -> Message:
    """What is allowed instead of the unknown ``name``: the nearest one, else all if few."""
    known = list(names)
    near = difflib.get_close_matches(name[:100], known, n=1, cutoff=0.6)
    if near:
        return Message("{key} (the nearest that exists)", key=near[0])
    if len(known) <= 20:
        return exact(", ".join(known))
    return Message("the ids of the register of assumptions")


def number_text(value: float) -> str:
    """A bound as people write it: without needless zeros."""
    return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"
