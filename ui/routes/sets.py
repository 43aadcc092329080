"""A compared set as one link, and what such a link opens."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import Field

from simulator import links
from simulator.analyses.comparison import MOST
from simulator.charts import FIRST
from simulator.i18n.language import Language
from simulator.links import sets
from simulator.results import precision
from simulator.scenario import Scenario
from simulator.version import MODEL_VERSION
from ui import cache, refinement
from ui.http.json_routes import Reply, Request, json_route, reply
from ui.pages import PAGES
from ui.routes import bootstrap
from ui.routes.compare import Named, letters_of, scenarios_of
from ui.routes.links import View, checked_address, qr, shown_with, viewed

_PAGE = PAGES["compare"]


class _LinkSetRequest(Request):
    scenarios: Annotated[tuple[Named, ...], Field(fail_fast=True, min_length=1, max_length=MOST)]
    address: Annotated[str, Field(max_length=300)]
    """Of the app, without a page."""
    view: View = View()
    share: bool = True
    """Whether to make the mail and the QR code as well, which takes longer."""


class _FollowSetRequest(Request):
    set: Annotated[str, Field(max_length=links.MOST_READ)]


@json_route("link-set", _LinkSetRequest)
def link_set(request: _LinkSetRequest) -> Reply:
    """A link to a comparison: letters, names, scenarios, and what each comes to.

    The reply holds the parameter's value (``query``), the whole (``url``), its ``length``, whether
    that ``fits`` below ``most`` characters, and, if it does and they are wanted, ``mail``
    (``subject`` and ``body``, plain text) and ``qr`` (SVG); null otherwise.
    """
    scenarios = scenarios_of(request.scenarios)
    items = tuple(
        sets.Item(letter, named.name, scenario, _value(scenario))
        for letter, named, scenario in zip(
            letters_of(request.scenarios), request.scenarios, scenarios, strict=True
        )
    )
    query = sets.encode(sets.ScenarioSet(items, MODEL_VERSION))
    address = checked_address(request.address)
    url = f"{address}{_PAGE.id}?{viewed(request.view)}{sets.PARAMETER}={query}"
    content: dict[str, Any] = {
        "query": query,
        "url": url,
        "fits": links.fits(url),
        "length": len(url),
        "most": links.MAX_LENGTH,
        **dict.fromkeys(("command", "mail", "qr")),
    }
    if request.share and links.fits(url):
        content |= {"mail": _mail(items, url, request.spoken), "qr": qr(url)}
    return reply(content)


def _value(scenario: Scenario) -> float | None:
    """What a scenario comes to, as it is shown; ``None`` where it has no value."""
    results = refinement.at_hand(scenario, cache.results(scenario, shown_with(FIRST)))
    central = precision.shown(results.headline.net_present_value).central
    return None if math.isnan(central) else central


def _worth(item: sets.Item, value: float | None, language: Language) -> str:
    """A scenario by letter and name, with what it comes to."""
    amount = (
        "–"
        if value is None
        else language.money(value, item.scenario.organisation.currency, sign=True)
    )
    return language.gettext("{name}: {value}", name=f"{item.letter} {item.name}", value=amount)


def _mail(items: tuple[sets.Item, ...], url: str, language: Language) -> dict[str, str]:
    """A mail that hands the link on; plain text."""
    lines = (
        *(_worth(one, one.value, language) for one in items),
        "",
        url,
        "",
        language.gettext(
            "The link opens these plans side by side in the budget shift simulator, with the "
            "letters and names that they have here. The figures are values against carrying on, by "
            "model {version}.",
            version=MODEL_VERSION,
        ),
    )
    subject = language.gettext(
        "Plans to compare: {names}", names=", ".join(one.name for one in items)
    )
    return {"subject": subject, "body": "\n".join(lines)}


@json_route("follow-set", _FollowSetRequest, status=200)
def follow_set(request: _FollowSetRequest) -> Reply:
    """What a link to a comparison opens: ``items``, each with ``letter``, ``name`` and ``doc``; and
    ``then``, what they came to when it was shared if that is another value today, in a sentence,
    else empty. Or ``problems``."""
    shared = sets.decode(request.set, MOST)
    return reply(
        {
            "items": [
                {
                    "letter": one.letter,
                    "name": one.name,
                    "doc": bootstrap.document(one.scenario),
                }
                for one in shared.items
            ],
            "then": _then(shared, request.spoken),
        }
    )


def _then(shared: sets.ScenarioSet, language: Language) -> str:
    before = [_worth(one, one.value, language) for one in shared.items]
    now = [_worth(one, _value(one.scenario), language) for one in shared.items]
    if before == now:
        return ""
    return language.gettext(
        "When this was shared, model {version} said: {values}. Here it is what model {now} says.",
        version=shared.model_version,
        values="; ".join(before),
        now=MODEL_VERSION,
    )
