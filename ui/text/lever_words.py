"""Names of sources and instruments, and words for the stops of the levers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.i18n.language import N_, Language

NAMES: Mapping[str, str] = {
    "market_research": N_("Market research"),
    "training": N_("Training"),
    "customer_service": N_("Customer service"),
    "listening": N_("Listening"),
    "community": N_("Community"),
    "content": N_("Content"),
    "networking": N_("Networking"),
    "social_service": N_("Social service"),
    "savings": N_("Savings"),
}
"""Names of sources and instruments, by their field in a scenario; to be translated."""

_SHARE_WORDS: tuple[tuple[float, str], ...] = (
    (0, N_("a little")),
    (0.15, N_("a part")),
    (0.4, N_("about half")),
    (0.6, N_("most of it")),
    (0.9, N_("nearly all")),
)
_NOTHING_OR_ALL: tuple[tuple[float, str], ...] = ((0, N_("nothing")), (1, N_("all of it")))

_FROM: Mapping[str, tuple[tuple[float, str], ...]] = {
    "minutes_per_day": (
        (0, N_("now and then")),
        (5, N_("every day")),
        (13, N_("a quarter of an hour")),
        (18, N_("some 20 minutes")),
        (27, N_("half an hour")),
        (34, N_("over half an hour")),
        (60, N_("an hour and more")),
        (240, N_("half the day")),
        (480, N_("the whole day")),
    ),
    "participation": (
        (0, N_("a few enthusiasts")),
        (0.06, N_("a group")),
        (0.2, N_("many of us")),
        (0.5, N_("most of us")),
        (0.9, N_("everybody")),
    ),
    "openness": (
        (0, N_("only sends")),
        (0.2, N_("answers")),
        (0.4, N_("listens")),
        (0.6, N_("asks")),
        (0.8, N_("creates together")),
    ),
    "promotional_share": (
        (0, N_("hardly ever selling")),
        (0.05, N_("sometimes selling")),
        (0.25, N_("often selling")),
        (0.5, N_("mostly selling")),
        (0.9, N_("always selling")),
    ),
    "regularity": (
        (0, N_("whenever")),
        (0.4, N_("a rough rhythm")),
        (0.7, N_("a steady rhythm")),
        (0.9, N_("like clockwork")),
    ),
    "mandate": (
        (0, N_("no policy")),
        (0.1, N_("tolerated")),
        (0.4, N_("encouraged")),
        (0.7, N_("clear policy")),
        (0.9, N_("leaders live it")),
    ),
    "share": _SHARE_WORDS,
}
_EXACT: Mapping[str, tuple[tuple[float, str], ...]] = {
    "minutes_per_day": ((0, N_("no time")),),
    "participation": ((0, N_("nobody")),),
    "promotional_share": ((0, N_("never")),),
    "share": _NOTHING_OR_ALL,
    "start_month": ((0, N_("now")),),
    "ramp_months": ((1, N_("at once")),),
}
_TEMPLATES: Mapping[str, str] = {
    "start_month": N_("month {number}"),
    "ramp_months": N_("over {number} months"),
}


def stop_words(language: Language) -> dict[str, dict[str, Any]]:
    """The words for the stops of the levers, for the browser.

    By the lever's field in the scenario; ``share`` for what is taken from a source or put into an
    instrument. A word is found in this order:

    - ``exact``: pairs of a value and the word for just that value;
    - ``from``: pairs of a least value and the word from there on, ascending;
    - ``template``: a text with ``{number}`` for the value, or ``None``.
    """
    names = [*_FROM, *_TEMPLATES]
    return {
        name: {
            "exact": [[value, language.gettext(word)] for value, word in _EXACT.get(name, ())],
            "from": [[least, language.gettext(word)] for least, word in _FROM.get(name, ())],
            "template": language.gettext(template, number="{number}")
            if (template := _TEMPLATES.get(name))
            else None,
        }
        for name in names
    }
