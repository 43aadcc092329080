"""What people write on entries, and how it is searched: text that is data, within limits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.errors import Message, exact
from simulator.library.errors import Refused
from simulator.scenario import LONGEST_NAME, Problem

LONGEST_DESCRIPTION = 2000
LONGEST_TAG = 40
MOST_TAGS = 20
LONGEST_WHO = 80
LONGEST_WHY = 500
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on an entry."""

    name: str
    description: str = ""
    tags: tuple[str, ...] = ()

    def tidy(self) -> Label:
        """Without spaces around, and each tag once, whatever its capitals.

        Raises:
            Refused: with everything that is not allowed.
        """
        tags = {
            search_key(tag): tag for tag in reversed([" ".join(tag.split()) for tag in self.tags])
        }
        tags.pop("", None)
        label = Label(self.name.strip(), self.description.strip(), in_order(tags.values()))
        refuse(
            (
                *_wrong("name", label.name, LONGEST_NAME, least=1),
                *_wrong("description", label.description, LONGEST_DESCRIPTION, lines=True),
                *(
                    wrong
                    for number, tag in enumerate(label.tags[:MOST_TAGS], 1)
                    for wrong in _wrong(f"tags.{number}", tag, LONGEST_TAG)
                ),
                *too_many("tags", len(label.tags), MOST_TAGS),
            )
        )
        return label


@dataclass(frozen=True, slots=True)
class Note:
    """Who saved a version, and why, in the person's own words; both may be empty."""

    who: str = ""
    why: str = ""

    def tidy(self) -> Note:
        """Without spaces around.

        Raises:
            Refused: with everything that is not allowed.
        """
        note = Note(self.who.strip(), self.why.strip())
        refuse(
            (
                *_wrong("who", note.who, LONGEST_WHO),
                *_wrong("why", note.why, LONGEST_WHY, lines=True),
            )
        )
        return note


UNSIGNED = Note()
"""By nobody in particular, for no reason given."""


def tidy(label: Label, note: Note) -> tuple[Label, Note]:
    """Both of them tidy.

    Raises:
        Refused: with everything that is not allowed in either.
    """
    problems: list[Problem] = []
    for part in (label, note):
        try:
            part.tidy()
        except Refused as error:
            problems += error.problems
    refuse(problems)
    return label.tidy(), note.tidy()


def search_key(text: str) -> str:
    """``text`` as it is compared: capitals and forms of the same sign make no difference."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def in_order(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are listed; each database would have an order of its own."""
    return tuple(sorted(tags, key=search_key))


def searchable(label: Label, organisation: str, who: str, plans: str = "") -> str:
    """All that an entry is found by. Words that are searched for hold no line ends, so that none
    is found across the border between two of these."""
    texts = (label.name, label.description, *label.tags, organisation, who, *plans.splitlines())
    return "\n".join(map(search_key, texts))


def words(search: str) -> list[str]:
    """The different words of a search, each of which an entry has to contain.

    Raises:
        Refused: it is too long.
    """
    if len(search) > LONGEST_SEARCH:
        raise Refused([Problem("search", _shown(search), _length(0, LONGEST_SEARCH))])
    # What no entry can contain separates words, as a space does.
    plain = "".join(" " if unicodedata.category(sign) in _CONTROL else sign for sign in search)
    return list(dict.fromkeys(search_key(plain).split()))


_CONTROL = {"Cc", "Cs"}
_BREAKS = {"Zl", "Zp"}
_SHOWN = 40


def _wrong(
    field: str, text: str, most: int, least: int = 0, lines: bool = False
) -> Iterable[Problem]:
    if not least <= len(text) <= most:
        yield Problem(field, _shown(text), _length(least, most))
    elif lines and any(
        unicodedata.category(sign) in _CONTROL and sign not in "\n\t" for sign in text
    ):
        yield Problem(field, _shown(text), Message("text without control characters"))
    elif not lines and any(unicodedata.category(sign) in _CONTROL | _BREAKS for sign in text):
        yield Problem(field, _shown(text), Message("one line without control characters"))


def _length(least: int, most: int) -> Message:
    return Message("text of {low} to {high} characters", low=least, high=most)


def _shown(text: str) -> Message:
    return exact(repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"))


def too_many(field: str, count: int, most: int) -> Iterator[Problem]:
    """The problem of a list that is too long, if it is."""
    if count > most:
        yield Problem(
            field,
            Message("a list of {count}", count=count),
            Message("{low} to {high}", low=0, high=most),
        )


def refuse(problems: Iterable[Problem]) -> None:
    """Raise :class:`Refused` if there are any problems."""
    if all_problems := tuple(problems):
        raise Refused(all_problems)
