"""What organisations call their customers: every message with every noun, in every language."""

from __future__ import annotations

import re
from functools import cache

import pytest

from simulator.i18n import nouns
from simulator.i18n.language import ENGLISH, LANGUAGES, Language
from simulator.results.catalogue import texts as outcome_texts
from simulator.scenario import load_shipped
from tests.support.app_messages import template

CUSTOMER = {
    "en": r"\bcustomers?\b(?! service)",
    "nl": r"\bklant(en)?\b",
    "da": r"\bkunde(n|r|rne)?s?\b",
}
"""A customer, in any form, by language."""
WRONG = {
    "en": r"\ba (?=[aeio])",
    "nl": r"\b(de|die|deze|elke|iedere) lid\b|\blid die\b|\bhet (inwoner|huurder|gast|abonnee)\b",
    "da": r"\ben medlem\b|\bhver medlem\b|\bet (lejer|borger|gæst|bruger)\b",
}
"""Articles and pronouns that do not go with a noun."""


@cache
def messages() -> list[str]:
    """Every text of the app that speaks of customers."""
    return sorted(
        {
            text
            for message in template()
            if message.id and not message.context
            for text in ([message.id] if isinstance(message.id, str) else message.id)
            if re.search("customer", text, re.IGNORECASE)
        }
    )


def said(message: str, language: Language) -> str:
    return language.gettext(message)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("called", [*nouns.NOUNS, "resident / residents"])
def test_every_message_takes_every_noun(code: str, called: str) -> None:
    language = LANGUAGES[code].calling(called)
    texts = [said(message, language) for message in messages()]
    assert len(texts) > 100
    for text in texts:
        assert called == nouns.CUSTOMERS or not re.search(CUSTOMER[code], text, re.IGNORECASE), text
        assert called not in nouns.NOUNS or not re.search(WRONG[code], text), text


def test_customers_are_what_they_always_were() -> None:
    for language in LANGUAGES.values():
        assert language.calling(nouns.CUSTOMERS) == language
        for message in messages():
            renamed = nouns.renamed(said(message, language), nouns.CUSTOMERS, language.pgettext)
            assert renamed == said(message, language)


@pytest.mark.parametrize(
    ("code", "called", "message", "text"),
    [
        ("en", "tenants", "Customers", "Tenants"),
        ("en", "tenants", "Customer service", "Customer service"),
        (
            "en",
            "guests",
            "Time for answering customers' questions",
            "Time for answering guests' questions",
        ),
        (
            "nl",
            "members",
            "Questions answered in the channel that the customer wanted.",
            "Vragen beantwoord in het kanaal dat het lid wilde.",
        ),
        (
            "nl",
            "tenants",
            "Questions answered in the channel that the customer wanted.",
            "Vragen beantwoord in het kanaal dat de huurder wilde.",
        ),
        (
            "da",
            "members",
            "Chance that a customer leaves within a year, at this pace.",
            "Sandsynlighed for, at et medlem går inden for et år, i dette tempo.",
        ),
        (
            "da",
            "tenants",
            "Questions that customers ask in a year.",
            "Spørgsmål, som lejerne stiller på et år.",
        ),
        (
            "da",
            "tenants",
            "Building: connectedness of customers",
            "Opbygning: lejeres forbundethed",
        ),
        (
            "da",
            "students",
            "Share of service contacts that leave the customer content, as customers perceive it.",
            "Andel servicehenvendelser, der efterlader den studerende tilfreds, "
            "som de studerende oplever det.",
        ),
        ("nl", "bewoner / bewoners", "Connected customers", "Verbonden bewoners"),
    ],
)
def test_forms(code: str, called: str, message: str, text: str) -> None:
    assert LANGUAGES[code].calling(called).gettext(message) == text


def test_what_is_filled_in_is_not_touched() -> None:
    language = ENGLISH.calling("tenants")
    text = language.gettext("{amount} per customer", amount="our customers")
    assert text == "our customers per tenant"
    assert language.ngettext("{number} customer", "{number} customers", 2) == "2 tenants"
    assert language.plain == ENGLISH


@pytest.mark.parametrize(
    "called", ["", "tenant", "a / ", " / b", "a/b", "a / b / c", "{x} / {y}", "x" * 60 + " / y"]
)
def test_what_is_no_noun_changes_nothing(called: str) -> None:
    assert not nouns.is_noun(called)
    assert ENGLISH.calling(called) is ENGLISH


def test_several_organisations_share_a_noun_or_have_customers() -> None:
    assert nouns.shared(["tenants", "tenants"]) == "tenants"
    assert nouns.shared(["tenants", "members"]) == nouns.shared([]) == nouns.CUSTOMERS


def test_shipped_scenarios_use_it_where_it_is_apt() -> None:
    for name, called in (("charity-donors", "donors"), ("balanced-shift", nouns.CUSTOMERS)):
        assert load_shipped(name).organisation.customers_called == called
    assert "Customers" in set(outcome_texts())
