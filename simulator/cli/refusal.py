"""What cannot be done, and how it is said: text that is safe to print."""

from __future__ import annotations

import sys
import unicodedata


class Refusal(Exception):
    """What the user asked cannot be done; one line on stderr for each argument."""


_JOINERS = "\u200c\u200d"
"""Parts of words in some scripts, and of emoji: harmless."""


def harmless(text: str) -> str:
    """``text`` with all that could command a terminal, or reorder what it shows, written out."""
    return "".join(
        sign.encode("unicode_escape").decode("ascii")
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and sign not in _JOINERS
        else sign
        for sign in text
    )


def complain(line: str) -> None:
    """Say on stderr why a command ends without success."""
    print(f"simulator: error: {harmless(line)}", file=sys.stderr)
