"""Links on the page: made of what is shown, shared, and opened again with then beside now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

import segno
from pydantic import BaseModel, ConfigDict, Field

from simulator import charts, links, results
from simulator.errors import Message, exact
from simulator.i18n.language import Language
from simulator.results import DEFAULT_DRAWS, Headline
from simulator.results import saved as compared
from simulator.scenario import Problem, ResultsInput, Scenario, ScenarioError
from simulator.version import MODEL_VERSION
from ui import cache, refinement
from ui.http.json_routes import LanguageCode, Reply, Request, json_route, reply, scenario_of
from ui.routes import bootstrap
from ui.routes import validation as checked
from ui.text import file_names, levers, shipped_names
from ui.text import saved_results as in_words
from ui.text.headline import headline_strip

_QUIET_ZONE = 4
"""Modules around a QR code that the standard asks for."""
_LARGE_SQUARES = 5
"""Version of a QR code up to which it can be read off a projector from far away."""

_MOST_BYTES = 2 * links.MOST_READ
"""Of a request that holds a link: one that is too long is to be told so by name."""

# --- requests ------------------------------------------------------------------------------------


class View(BaseModel):
    """How the page looks; null for what need not be in the link."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    lang: LanguageCode | None = None
    theme: Literal["auto", "light", "dark"] | None = None
    view: Literal["normal", "projector"] | None = None
    charts: Annotated[tuple[str, ...], Field(fail_fast=True, max_length=2)] | None = None


LibraryKey = Annotated[str, Field(pattern=r"^[\w-]{1,200}$")]
"""Under which the library keeps what is shared: then the link is short, and leads there."""


class _LinkRequest(Request):
    scenario: dict[str, Any]
    base: dict[str, Any] | None = None
    address: Annotated[str, Field(max_length=300)]
    """Of the page, without what follows a question mark."""
    view: View = View()
    share: bool = True
    """Whether to make the mail, the command and the QR code as well, which takes longer."""
    library: LibraryKey | None = None
    is_saved: bool = False
    """Whether the scenario is what was last saved of it: then it goes by its name alone."""


class _FollowLinkRequest(Request):
    query: str
    """Of the page's address, or the whole address."""


# --- making a link -------------------------------------------------------------------------------


@json_route("link", _LinkRequest)
def link(request: _LinkRequest) -> Reply:
    """A link to what is shown: what it comes to, and the model that says so, go with it.

    The reply holds the scenario's part (``query``), the whole (``url``), its ``length``, whether
    that ``fits`` below ``most`` characters, whether it ``has_start``, so that whoever opens it sees
    the same changes and resets to the same, and, if it does and they are wanted, ``command``,
    ``mail`` (``subject`` and ``body``, plain text) and ``qr`` (SVG); null otherwise. A link into
    the library has no command.
    """
    plan = scenario_of(request.scenario)
    base = scenario_of(request.base) if request.base is not None else None
    address = checked_address(request.address)
    headline = _headline(plan, DEFAULT_DRAWS, shown_with(request.view.charts or charts.FIRST))
    now = compared.saved_results(headline, DEFAULT_DRAWS)
    query, has_start = _query(plan.changed(results=now and links.shortened(now)), base, address)
    if request.library:
        url = into_library(address, request.view, request.library)
    else:
        url = f"{address}?{viewed(request.view)}{query}"
    content = {**about_link(query, url), "has_start": bool(request.library) or has_start}
    if request.share and content["fits"]:
        command = f'python -m simulator run "{address}?{query}"'
        content |= {
            "command": None if request.library else command,
            # In words it is what the page shows, of however many draws.
            "mail": _mail(plan, base, refinement.headline_at_hand(plan, headline), url, request),
            "qr": qr(url),
        }
    return reply(content)


def into_library(page: str, view: View, key: str) -> str:
    """The link to a page that opens there what the library keeps under ``key``."""
    spoken = f"?lang={view.lang}" if view.lang else ""
    return f"{page}{spoken}#library={key}"  # which no browser sends to a server


def about_link(query: str, url: str) -> dict[str, Any]:
    """What the page is told of every link; nothing yet of how to hand it on."""
    return {
        "query": query,
        "url": url,
        "fits": links.fits(url),
        "length": len(url),
        "most": links.MAX_LENGTH,
        **dict.fromkeys(("command", "mail", "qr")),
    }


def checked_address(text: str) -> str:
    """The page's address, with nothing in it that a shell or a mail would take for its own."""
    if not re.fullmatch(r"https?://[^\s?#]+", text):
        found = exact(repr(text if len(text) <= 60 else f"{text[:59]}…"))
        allowed = Message("http:// or https:// and a host")
        raise ScenarioError([Problem("address", found, allowed)])
    return quote(text, safe=":/[]@%-._~", errors="replace")


def _query(plan: Scenario, base: Scenario | None, address: str) -> tuple[str, bool]:
    """The scenario's part of the link, and of where the page started, so that resets lead back
    there and changes are explained by the same; without that where only so it is short enough.
    And whether it has that, or needs none."""
    preset = links.preset_of(base) if base else None
    for start in (preset, None):
        query = links.encode(plan, start, base=base)
        if links.fits(f"{address}?{query}"):
            return query, True
    needs_none = base is None or base.without_results() == plan.without_results()
    return links.encode(plan), needs_none


def viewed(view: View) -> str:
    """The page's own part of the link. It comes first: what is cut off has to be the scenario's,
    which tells."""
    pairs = {
        **view.model_dump(exclude_none=True, exclude={"charts"}),
        **({"charts": ",".join(view.charts)} if view.charts else {}),
    }
    return f"{urlencode(pairs, safe=',')}&" if pairs else ""


def _mail(
    plan: Scenario, base: Scenario | None, headline: Headline, url: str, request: _LinkRequest
) -> dict[str, str]:
    """A mail that hands the link on; plain text."""
    language = request.spoken
    name = file_names.called(plan, None if request.is_saved else base, language)
    too_late = levers.starts_too_late(plan)
    strip = headline_strip(
        headline, plan.organisation.currency, plan.horizon_months, language, too_late=too_late
    )
    value = strip.figures[0]
    organisation = shipped_names.organisation_name(plan.organisation.name, language)
    is_told = name == organisation or name.startswith(f"{organisation} (")
    lines = (
        name,
        *(() if is_told else (organisation,)),
        "",
        language.gettext(
            "{verdict}: {detail}.", verdict=strip.verdict.text, detail=strip.verdict.detail
        ),
        language.gettext(
            "{label}: {value} ({range})", label=value.label, value=value.value, range=value.range
        ),
        *(doubt["text"] for doubt in checked.doubts(plan, language, too_late=too_late)),
        "",
        url,
        "",
        _opens(request),
        language.gettext(
            "The figures come from model {version}. They rest on assumptions that can be looked "
            "at, and changed, in the simulator.",
            version=MODEL_VERSION,
        ),
    )
    subject = language.gettext("A budget shift to look at: {name}", name=name)
    return {"subject": subject, "body": "\n".join(lines)}


def _opens(request: _LinkRequest) -> str:
    language = request.spoken
    if request.library:
        return language.gettext(
            "The link opens this plan in the library of the budget shift simulator. If a newer "
            "version is saved there, that is what it opens."
        )
    return language.gettext(
        "The link opens this plan in the budget shift simulator, with every number as it is "
        "here. Whatever you change there stays yours until you share it yourself."
    )


def qr(url: str) -> str:
    """A QR code as SVG that can stand in a page: dark on light in every theme, as readers want it.

    Nothing of ``url`` is in it as text. It stays readable with 15 % of it hidden, or with more
    where that makes it no larger; with 7 % where only so its squares are large enough for the last
    row of a room.
    """
    code = segno.make(url, error="m", boost_error=True, micro=False)
    if int(code.version) > _LARGE_SQUARES:
        larger = segno.make(url, error="l", boost_error=True, micro=False)
        code = larger if int(larger.version) <= _LARGE_SQUARES else code
    return str(
        code.svg_inline(border=_QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="qr")
    )


# --- opening a link ------------------------------------------------------------------------------


@json_route("follow", _FollowLinkRequest, status=200, most_bytes=_MOST_BYTES)
def follow(request: _FollowLinkRequest) -> Reply:
    """What a link opens: ``doc``, the ``base`` it starts from and which ``preset`` that is (or
    null), and ``drift`` (or null); or ``problems``. Where an address says nothing about a
    scenario, ``doc`` is null, and that is all."""
    if not links.speaks(request.query):
        return reply({"doc": None})
    decoded = links.decode(request.query)
    return reply(
        {
            "doc": bootstrap.document(decoded.scenario),
            "base": bootstrap.document(decoded.base),
            "preset": decoded.preset,
            "drift": drift(decoded.scenario, request.spoken),
        }
    )


def drift(scenario: Scenario, language: Language) -> dict[str, Any] | None:
    """The results that a scenario carries beside what it comes to now, where these differ: the
    fields of :class:`ui.text.saved_results.DriftText`, ready to be sent. Simulates,
    unless it carries none."""
    then = scenario.results
    if then is None:
        return None
    draws = then.draws if then.draws <= compared.MOST_DRAWS else DEFAULT_DRAWS
    now = compared.saved_results(_headline(scenario, draws, shown_with(charts.FIRST)), draws)
    drifted = now and in_words.drift_text(
        then,
        now,
        scenario.organisation.currency,
        scenario.horizon_months,
        language,
        too_late=levers.starts_too_late(scenario),
    )
    return asdict(drifted) if drifted else None


def results_now(plan: Scenario, large: Iterable[str]) -> ResultsInput | None:
    """What a scenario comes to today, if it has a value; ``large`` are the ids of the page's large
    charts, under which the cache may have it. Raises ``ScenarioError`` for an id that does not
    exist."""
    headline = _headline(plan, DEFAULT_DRAWS, shown_with(large))
    return compared.saved_results(headline, DEFAULT_DRAWS)


def shown_with(large: Iterable[str]) -> frozenset[str]:
    """All outcomes that the page shows when these are its large charts: what :mod:`ui.cache`
    keeps its results under. Raises ``ScenarioError`` for an id that does not exist."""
    names = {*large}
    if unknown := names.difference(charts.CHARTS):
        found = exact(repr(min(unknown)[:60]))
        raise ScenarioError([Problem("charts", found, exact(", ".join(charts.CHARTS)))])
    return charts.outcomes_shown(names)


def _headline(plan: Scenario, draws: int, shown: frozenset[str]) -> Headline:
    """Headline figures; from the cache where the page asked for the same."""
    if draws == DEFAULT_DRAWS:
        return cache.results(plan, shown).headline
    return results.headline(plan, draws)
