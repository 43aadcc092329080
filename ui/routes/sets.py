"""A compared set as one link, and what such a link opens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from simulator import links
from simulator.analyses.comparison import CARRYING_ON, MOST, usable_measure, usable_pair
from simulator.charts import FIRST
from simulator.i18n.language import ENGLISH, N_, Language
from simulator.links import sets
from simulator.results import Headline, precision
from simulator.scenario import Scenario
from simulator.scenario.sets import Asked, Item, ScenarioSet
from simulator.version import MODEL_VERSION
from ui import cache, refinement
from ui.http.json_routes import Reply, Request, json_route, reply, scenario_of
from ui.pages import PAGES
from ui.routes import bootstrap
from ui.routes.compare import Named, Position, laid, letters_of, scenarios_of
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
from ui.text import comparison

_PAGE = PAGES["compare"]
_NEWEST = N_("They lie in the library: if a newer version is saved there, that is what it opens.")
_SHARED = N_(
    "When this was shared, model {version} said: {values}. Here it is what model {now} says."
)
_SAVED = N_(
    "When this was saved, model {version} said: {values}. Here it is what model {now} says."
)


class Question(BaseModel):
    """What is compared, by position, as the page asks it; null: what is left open there."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    measure: Annotated[str, Field(max_length=100)] | None = None
    first: Position | None = None
    second: Position | None = None


class _LinkSetRequest(Request):
    scenarios: Annotated[tuple[Named, ...], Field(fail_fast=True, min_length=1, max_length=MOST)]
    address: Annotated[str, Field(max_length=300)]
    """Of the app, without a page."""
    view: View = View()
    share: bool = True
    """Whether to make the mail and the QR code as well, which takes longer."""
    library: LibraryKey | None = None
    asked: Question | None = None


class _FollowSetRequest(Request):
    set: Annotated[str, Field(max_length=links.MOST_READ)]


@json_route("link-set", _LinkSetRequest)
def link_set(request: _LinkSetRequest) -> Reply:
    """A link to a comparison: letters, names, scenarios, and what each comes to.

    The reply holds the parameter's value (``query``), the whole (``url``), its ``length``, whether
    that ``fits`` below ``most`` characters, and, if it does and they are wanted, ``mail``
    (``subject`` and ``body``, plain text) and ``qr`` (SVG); null otherwise.
    """
    shared = compared(request.scenarios, request.asked)
    page = checked_address(request.address) + _PAGE.id
    whole = f"{page}?{viewed(request.view)}{sets.PARAMETER}="
    query = sets.encode(shared)
    if not links.fits(whole + query):  # what the plans started from can be spared most
        items = tuple(replace(one, start=None) for one in shared.items)
        query = sets.encode(replace(shared, items=items))
    url = into_library(page, request.view, request.library) if request.library else whole + query
    content = about_link(query, url)
    if request.share and content["fits"]:
        content |= {"mail": _mail(shared, url, request), "qr": qr(url)}
    return reply(content)


def compared(named: Sequence[Named], question: Question | None = None) -> ScenarioSet:
    """What is compared, by letters and names on the page, with what each comes to, what its plan
    started from, and what is asked of them, with the answer. Raises ``ScenarioError`` with what is
    wrong."""
    plans, letters = scenarios_of(named), letters_of(named)
    items = tuple(
        Item(letter, one.name, plan.changed(results=None), _value(plan), _start_of(one, plan))
        for letter, one, plan in zip(letters, named, plans, strict=True)
    )
    asked = None if question is None else _answered(plans, letters, question)
    return ScenarioSet(items, MODEL_VERSION, asked)


def _start_of(named: Named, plan: Scenario) -> Scenario | None:
    """What a plan started from, in the form that its file gives back."""
    if named.base is None:
        return None
    start = scenario_of(named.base).without_results()
    return None if start == plan.without_results() else start


def _answered(plans: Sequence[Scenario], letters: Sequence[str], question: Question) -> Asked:
    """What is asked as the page understands it, with the answer that it shows."""
    side_by_side = laid(plans, letters)
    measure = usable_measure(side_by_side, question.measure)
    pair = usable_pair(side_by_side, measure, (question.first, question.second))
    verdict = comparison.answer(side_by_side, measure, *pair, ENGLISH).kind
    first, second = map(side_by_side.letter, pair)
    return Asked(measure, first, second, verdict)


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
    return reply({**set_content(shared), "then": _then(shared, request.spoken, _SHARED)})


def set_content(shared: ScenarioSet) -> dict[str, Any]:
    """A set as the page takes it: ``items``, each with ``letter``, ``name``, ``doc`` and ``base``
    (what it started from, or null), and what was ``asked``: a ``measure`` and the letters of the
    ``first`` and the ``second``, or null."""
    asked = shared.asked
    return {
        "items": [
            {
                "letter": one.letter,
                "name": one.name,
                "doc": bootstrap.document(one.scenario),
                "base": one.start and bootstrap.document(one.start),
            }
            for one in shared.items
        ],
        "asked": asked and {"measure": asked.measure, "first": asked.first, "second": asked.second},
    }


def when_saved(kept: ScenarioSet, language: Language) -> str:
    """What the scenarios of a set came to when it was saved, in a sentence; empty where that is
    what they come to today. Simulates."""
    return _then(kept, language, _SAVED)


def _then(shared: ScenarioSet, language: Language, sentence: str) -> str:
    before = [_worth(one, one.value, language) for one in shared.items]
    now = [_worth(one, _value(one.scenario), language) for one in shared.items]
    if shared.asked:
        answers = (shared.asked, _answered_now(shared, shared.asked))
        for said, asked in zip((before, now), answers, strict=True):
            said.insert(0, comparison.kept(asked, shared.currencies(), language))
    if before == now:
        return ""
    return language.gettext(
        sentence,
        version=shared.model_version,
        values="; ".join(before),
        now=MODEL_VERSION,
    )


def _answered_now(shared: ScenarioSet, asked: Asked) -> Asked:
    """The same question, answered today."""
    letters = [one.letter for one in shared.items]
    first, second = ([*letters, CARRYING_ON].index(side) for side in (asked.first, asked.second))
    question = Question(measure=asked.measure, first=first, second=second)
    return _answered([one.scenario for one in shared.items], letters, question)
