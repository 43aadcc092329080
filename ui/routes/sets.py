"""A compared set as one link, and what such a link opens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from simulator import links
from simulator.analyses.comparison import MOST
from simulator.charts import FIRST
from simulator.i18n.language import N_, Language
from simulator.links import sets
from simulator.results import Headline, precision
from simulator.scenario import Scenario
from simulator.scenario.sets import Item, ScenarioSet
from simulator.version import MODEL_VERSION
from ui import cache, refinement
from ui.http.json_routes import Reply, Request, json_route, reply
from ui.pages import PAGES
from ui.routes import bootstrap
from ui.routes.compare import Named, letters_of, scenarios_of
from ui.routes.links import (
    LibraryKey,
    View,
    about_link,
    checked_address,
    into_library,
    qr,
    shown_with,
    viewed,
)

_PAGE = PAGES["compare"]
_NEWEST = N_("They lie in the library: if a newer version is saved there, that is what it opens.")
_SHARED = N_(
    "When this was shared, model {version} said: {values}. Here it is what model {now} says."
)
_SAVED = N_(
    "When this was saved, model {version} said: {values}. Here it is what model {now} says."
)


class _LinkSetRequest(Request):
    scenarios: Annotated[tuple[Named, ...], Field(fail_fast=True, min_length=1, max_length=MOST)]
    address: Annotated[str, Field(max_length=300)]
    """Of the app, without a page."""
    view: View = View()
    share: bool = True
    """Whether to make the mail and the QR code as well, which takes longer."""
    library: LibraryKey | None = None


class _FollowSetRequest(Request):
    set: Annotated[str, Field(max_length=links.MOST_READ)]


@json_route("link-set", _LinkSetRequest)
def link_set(request: _LinkSetRequest) -> Reply:
    """A link to a comparison: letters, names, scenarios, and what each comes to.

    The reply holds the parameter's value (``query``), the whole (``url``), its ``length``, whether
    that ``fits`` below ``most`` characters, and, if it does and they are wanted, ``mail``
    (``subject`` and ``body``, plain text) and ``qr`` (SVG); null otherwise.
    """
    shared = compared(request.scenarios)
    query = sets.encode(shared)
    page = checked_address(request.address) + _PAGE.id
    if request.library:
        url = into_library(page, request.view, request.library)
    else:
        url = f"{page}?{viewed(request.view)}{sets.PARAMETER}={query}"
    content = about_link(query, url)
    if request.share and content["fits"]:
        content |= {"mail": _mail(shared, url, request), "qr": qr(url)}
    return reply(content)


def compared(named: Sequence[Named]) -> ScenarioSet:
    """What is compared, by letters and names on the page, with what each comes to. Raises
    ``ScenarioError`` with what is wrong."""
    return ScenarioSet(
        tuple(
            Item(letter, one.name, scenario.changed(results=None), _value(scenario))
            for letter, one, scenario in zip(
                letters_of(named), named, scenarios_of(named), strict=True
            )
        ),
        MODEL_VERSION,
    )


def _value(scenario: Scenario) -> float | None:
    """What a scenario comes to, as it is shown at first: what more draws have said since would
    tell then from now where no model did. ``None`` where it has no value."""
    return _central(cache.results(scenario, shown_with(FIRST)).headline)


def _value_at_hand(scenario: Scenario) -> float | None:
    """The same as the page shows it, of however many draws."""
    results = refinement.at_hand(scenario, cache.results(scenario, shown_with(FIRST)))
    return _central(results.headline)


def _central(headline: Headline) -> float | None:
    central = precision.shown(headline.net_present_value).central
    return None if math.isnan(central) else central


def _worth(item: Item, value: float | None, language: Language) -> str:
    """A scenario by letter and name, with what it comes to."""
    amount = (
        "–"
        if value is None
        else language.money(value, item.scenario.organisation.currency, sign=True)
    )
    return language.gettext("{name}: {value}", name=f"{item.letter} {item.name}", value=amount)


def _mail(shared: ScenarioSet, url: str, request: _LinkSetRequest) -> dict[str, str]:
    """A mail that hands the link on; plain text."""
    language = request.spoken
    lines = (
        *(_worth(one, _value_at_hand(one.scenario), language) for one in shared.items),
        "",
        url,
        "",
        language.gettext(
            "The link opens these plans side by side in the budget shift simulator, with the "
            "letters and names that they have here. The figures are values against carrying on, by "
            "model {version}.",
            version=MODEL_VERSION,
        ),
        *([language.gettext(_NEWEST)] if request.library else []),
    )
    subject = language.gettext(
        "Plans to compare: {names}", names=", ".join(one.name for one in shared.items)
    )
    return {"subject": subject, "body": "\n".join(lines)}


@json_route("follow-set", _FollowSetRequest, status=200)
def follow_set(request: _FollowSetRequest) -> Reply:
    """What a link to a comparison opens: ``items``, each with ``letter``, ``name`` and ``doc``; and
    ``then``, what they came to when it was shared if that is another value today, in a sentence,
    else empty. Or ``problems``."""
    shared = sets.decode(request.set, MOST)
    return reply({"items": items_content(shared), "then": _then(shared, request.spoken, _SHARED)})


def items_content(shared: ScenarioSet) -> list[dict[str, Any]]:
    """The scenarios of a set as the page takes them: ``letter``, ``name`` and ``doc``."""
    return [
        {"letter": one.letter, "name": one.name, "doc": bootstrap.document(one.scenario)}
        for one in shared.items
    ]


def when_saved(kept: ScenarioSet, language: Language) -> str:
    """What the scenarios of a set came to when it was saved, in a sentence; empty where that is
    what they come to today. Simulates."""
    return _then(kept, language, _SAVED)


def _then(shared: ScenarioSet, language: Language, sentence: str) -> str:
    before = [_worth(one, one.value, language) for one in shared.items]
    now = [_worth(one, _value(one.scenario), language) for one in shared.items]
    if before == now:
        return ""
    return language.gettext(
        sentence,
        version=shared.model_version,
        values="; ".join(before),
        now=MODEL_VERSION,
    )
