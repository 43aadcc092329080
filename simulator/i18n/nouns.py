"""What an organisation calls its customers: tenants, members, citizens.

Messages speak of customers. :func:`renamed` puts another noun into a message, before anything else
is filled in: so nothing that people wrote themselves is touched. The forms of a noun are messages,
each with the form as its context; which words of a message are forms of "customer" is told by the
same catalogue. So a new language needs nothing but translations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

CUSTOMERS = "customers"
"""What they are called where nothing else is said; every message is written with this noun."""

_NOUNS: Mapping[str, tuple[str, str]] = {
    CUSTOMERS: ("customer", "customers"),
    "citizens": ("citizen", "citizens"),
    "clients": ("client", "clients"),
    "donors": ("donor", "donors"),
    "guests": ("guest", "guests"),
    "members": ("member", "members"),
    "passengers": ("passenger", "passengers"),
    "patients": ("patient", "patients"),
    "students": ("student", "students"),
    "subscribers": ("subscriber", "subscribers"),
    "tenants": ("tenant", "tenants"),
    "users": ("user", "users"),
}
NOUNS: tuple[str, ...] = tuple(_NOUNS)
"""Those that every language knows, as they stand in files and links."""

LONGEST = 60
"""Characters of a noun of somebody's own, both forms together."""
TYPED = r"^[^\s/{}]([^/{}]*[^\s/{}])? / [^\s/{}]([^/{}]*[^\s/{}])?$"
"""A noun of somebody's own: one of them, a slash, several of them; no signs of a placeholder."""

_FORMS: Mapping[str, str] = {
    "one customer": "{one}",
    "several customers": "{many}",
    "a customer": "a {one}",
    "the customer": "the {one}",
    "the customers": "the {many}",
    "every customer": "every {one}",
}
"""The forms, by the context of their messages; as English makes them of the two words."""

_TYPED = "a noun as somebody typed it"
"""Context of how a language makes the forms of a noun that it does not know."""
_KEPT = "words that stay whatever customers are called"
_SERVICE = "customer service"

Translate = Callable[[str, str], str]
"""From a message's context and the message to its translation."""


def is_noun(called: str) -> bool:
    """Whether customers can be called that: a noun of :data:`NOUNS`, or one of somebody's own."""
    return called in _NOUNS or (len(called) <= LONGEST and re.fullmatch(TYPED, called) is not None)


def shared(called: Iterable[str]) -> str:
    """What the customers of several organisations are called together."""
    nouns = set(called)
    return nouns.pop() if len(nouns) == 1 else CUSTOMERS


def texts() -> Iterator[tuple[str, str]]:
    """Every message, with its context before it."""
    for one, many in _NOUNS.values():
        for context, form in _FORMS.items():
            yield context, form.format(one=one, many=many)
    for form in _FORMS.values():
        yield _TYPED, form
    yield _KEPT, _SERVICE


def plural(called: str, translate: Translate) -> str:
    """Several of them, as a language says it."""
    return _forms(called, translate)["several customers"]


def singular(called: str, translate: Translate) -> str:
    """One of them, as a language says it."""
    return _forms(called, translate)["one customer"]


def renamed(message: str, called: str, translate: Translate) -> str:
    """``message``, a template in the language of ``translate``, with its customers ``called``
    something else."""
    known, forms = _forms(CUSTOMERS, translate), _forms(called, translate)
    words = {known[context].casefold(): form for context, form in reversed(forms.items())}
    kept = re.escape(translate(_KEPT, _SERVICE))

    def put(match: re.Match[str]) -> str:
        if match["form"] is None:
            return match[0]
        form = words[match["form"].casefold()]
        first = form[:1].upper() if match[0][0].isupper() else form[:1]
        return f"{first}{form[1:]}{match['of']}"

    return _pattern(tuple(words), kept).sub(put, message)


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...], kept: str) -> re.Pattern[str]:
    """The forms, longest first; each may have the ``s`` of a genitive."""
    forms = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"\b(?:{kept}|(?P<form>{forms})(?P<of>s?))\b", re.IGNORECASE)


def _forms(called: str, translate: Translate) -> dict[str, str]:
    """The forms of a noun, by their contexts."""
    if called in _NOUNS:
        one, many = _NOUNS[called]
        return {
            context: translate(context, form.format(one=one, many=many))
            for context, form in _FORMS.items()
        }
    one, many = called.split(" / ")
    return {
        context: translate(_TYPED, form).replace("{one}", one).replace("{many}", many)
        for context, form in _FORMS.items()
    }
