"""Problems of a scenario, a link or something for the library, told in the language of the page.

The simulator words them in English. The words are translated; what is exact in them stays as it
is: numbers, quoted text, ids, keys and paths, the words of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from simulator.i18n.language import N_, Language
from simulator.scenario import Problem

_MESSAGES = (
    # Values, whatever they are.
    N_("a whole number of more than 300 digits"),
    N_("an object of {count} fields"),
    N_("a list of {count}"),
    N_("a value of type {key}"),
    # What was found.
    N_("nothing"),
    N_("an unknown assumption"),
    N_("an unknown key"),
    N_("an unknown path"),
    N_("a path into {value}"),
    N_("a key that is not text"),
    N_("{count} lines"),
    N_("a sum of {number}"),
    N_("{version}, made by a newer version"),
    N_("this key {count} times"),
    N_("nesting too deep"),
    # What is allowed.
    N_("null or {allowed}"),
    N_("{low} to {high}"),
    N_("above {low}, at most {high}"),
    N_("a whole number from {low} to {high}"),
    N_("a number, or low, central and high: {low} to {high}"),
    N_("low at most central, central at most high"),
    N_("{first}, {second} and {third} together above {low}"),
    N_("six shares that add up to {number}"),
    N_("an object"),
    N_("a number"),
    N_("text"),
    N_("text of {low} to {high} characters"),
    N_("text without control characters"),
    N_("one line without control characters"),
    N_("at most two lines"),
    N_("a name that is not blank"),
    N_("three capital letters such as {key}"),
    N_("a date such as {date}"),
    N_("a version such as {number}"),
    N_("from version {count} of the file format on"),
    N_("once"),
    N_("{count} levels"),
    N_("the path of a field"),
    N_("{key} (the nearest that exists)"),
    N_("the ids of the register of assumptions"),
    N_("none at all"),
    # A link as a whole.
    N_("a length of {count} characters"),
    N_("at most {count} characters"),
    N_("{count} parameters"),
    N_("at most {count} parameters"),
    N_("a link to a scenario"),
    N_("{version}, from before there were links"),
    N_("a scenario that came with the simulator"),
    N_("a link that was cut"),
    N_("the whole link"),
    N_("a link that was changed by hand or damaged"),
    N_("the link as it was made"),
    # Its parameters.
    N_("this parameter {count} times"),
    N_("bytes that are not UTF-8"),
    N_("text in UTF-8"),
    N_("an unknown parameter"),
    N_("a parameter of a link"),
    # A file as a whole.
    N_("a folder"),
    N_("a file"),
    N_("no such file"),
    N_("a file that exists"),
    N_("something else than a file"),
    N_("a file that cannot be read ({reason})"),
    N_("a readable file"),
    N_("a name that no file can have"),
    N_("the name of a file"),
    N_("no shipped scenario of that name"),
    N_("a size of {size} bytes"),
    N_("at most {size} bytes"),
    N_("a byte that is not UTF-8 at position {count}"),
    N_("JSON in UTF-8"),
    N_("nothing in it"),
    N_("a scenario in JSON"),
    N_("no JSON at line {line}, column {column} ({reason})"),
    # Why an archive cannot be read.
    N_("no zip archive"),
    N_("damaged or encrypted"),
    # Why it is no JSON, as Python's decoder says it.
    N_("Expecting value"),
    N_("Expecting ',' delimiter"),
    N_("Expecting ':' delimiter"),
    N_("Expecting property name enclosed in double quotes"),
    N_("Extra data"),
    N_("Illegal trailing comma before end of array"),
    N_("Illegal trailing comma before end of object"),
    N_("Invalid \\escape"),
    N_("Invalid \\uXXXX escape"),
    N_("Invalid control character at"),
    N_("Unexpected UTF-8 BOM (decode using utf-8-sig)"),
    N_("Unterminated string starting at"),
)

_WHOLE = "[0-9]+"
_NUMBER = r"-?[0-9.]+(?:e[-+]?[0-9]+)?"
_KEY = r"[\w.-]+"
_TEXTS: Mapping[str, str] = {
    "allowed": ".+",
    "reason": ".+",
    "value": ".+",
    # At the beginning of its message: not to be confused with quoted text.
    "version": "[^'\"].*",
}
"""What a placeholder stands for that is a text itself, and is translated as well."""
_PARTS: Mapping[str, str] = {
    **dict.fromkeys(("count", "size", "line", "column"), _WHOLE),
    **dict.fromkeys(("number", "low", "high"), _NUMBER),
    **dict.fromkeys(("key", "first", "second", "third"), _KEY),
    "date": "[0-9-]+",
    **_TEXTS,
}
"""What each placeholder may stand for, as a regular expression."""


def _pattern(message: str) -> re.Pattern[str]:
    """What matches the texts that ``message`` can become, with a group for each placeholder."""
    return re.compile(
        "".join(
            re.escape(words) + (f"(?P<{name}>{_PARTS[name]})" if name else "")
            for words, name, _, _ in Formatter().parse(message)
        )
    )


_PATTERNS = tuple((_pattern(message), message) for message in _MESSAGES)


def said(problem: Problem, language: Language) -> dict[str, str]:
    """``problem`` in ``language``: ``field`` as it is, ``found`` and ``allowed`` translated.

    A text that the simulator does not word, such as what the operating system says of a file,
    stays as it is. In English the result is the problem's own texts.
    """
    return {
        "field": problem.field,
        "found": _said(problem.found, language),
        "allowed": _said(problem.allowed, language),
    }


def _said(text: str, language: Language) -> str:
    for pattern, message in _PATTERNS:
        if found := pattern.fullmatch(text):
            values = {
                name: _said(part, language) if name in _TEXTS else part
                for name, part in found.groupdict().items()
            }
            # Not filled in by gettext, which tidies full stops: these are somebody's exact words.
            return language.gettext(message).format_map(values)
    return text
