"""What the routes of the library answer: entries, versions, and why something cannot be done."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simulator.i18n.language import N_, Language
from simulator.library import (
    Conflict,
    Entry,
    Gone,
    LibraryError,
    Opened,
    Reason,
    Refused,
    Shelf,
    Unavailable,
    Version,
    ViewOnly,
)
from simulator.library.contents import Content
from simulator.results import precision
from simulator.scenario import ResultsInput, ScenarioError
from simulator.scenario.sets import ScenarioSet
from ui.http.json_routes import Reply, refused, reply
from ui.routes import bootstrap, sets
from ui.text import comparison, headline, shipped_names

_log = logging.getLogger(__name__)


_WHY: Mapping[Reason, str] = {
    Reason.LOCKED: N_("The library is in use by somebody else just now. Try again in a moment."),
    Reason.FULL: N_("There is no room left where the library lies."),
    Reason.GONE: N_("The library is not where it was. Is its disk or folder still there?"),
    Reason.UNREACHABLE: N_("The library's database does not answer."),
    Reason.READ_ONLY: N_("The library can be read, but nothing can be written to it."),
    Reason.DISK: N_("The disk that the library lies on reports an error."),
    Reason.BROKEN: N_("What lies in the library's place cannot be read as a library."),
    Reason.NEWER: N_("A newer version of this program has changed the library."),
    Reason.ADDRESS: N_("DATABASE_URL is no address of a database that the library can use."),
}


def shelf_content(shelf: Shelf) -> dict[str, Any]:
    return {
        "edit_key": shelf.edit_key,
        "view_key": shelf.view_key,
        "may_edit": shelf.edit_key is not None,
        "count": shelf.count,
    }


def entry_content(entry: Entry, language: Language) -> dict[str, Any]:
    head = entry.head
    return {
        "view_key": entry.view_key,
        "edit_key": entry.edit_key,
        "may_edit": entry.edit_key is not None,
        "name": entry.label.name,
        "description": entry.label.description,
        "tags": entry.label.tags,
        "organisation": ", ".join(
            shipped_names.organisation_name(name, language)
            for name in entry.organisation.splitlines()
        ),
        "version": head.number,
        "created": _moment(entry.created),
        "changed": _moment(entry.changed),
        "who": head.who,
        "plans": head.plans,
        "answer": _answer(head, language),
        "deleted": _moment(entry.deleted) if entry.deleted else None,
        "purged": _moment(entry.purged) if entry.purged else None,
        **_results_content(head, language),
    }


def version_content(version: Version, language: Language) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": _moment(version.at),
        "who": version.who,
        "why": version.why,
        "model_version": version.results.model_version if version.results else None,
        "plans": version.plans,
        "answer": _answer(version, language),
        **_results_content(version, language),
    }


def opened_content(opened: Opened, held: Content, language: Language) -> dict[str, Any]:
    """A version with its content: ``doc`` and ``base``, or the ``items`` of a set."""
    version = version_content(opened.version, language)
    if isinstance(held, ScenarioSet):
        return {"version": version, **sets.set_content(held)}
    start = opened.start()
    return {
        "version": version,
        "doc": bootstrap.document(held),
        "base": start and bootstrap.document(start),
    }


def _results_content(version: Version, language: Language) -> dict[str, Any]:
    """What a version came to when it was saved: as numbers, and in short for people."""
    then = version.results
    if then is None:
        return {"results": None, "outcome": None}
    probability = math.nan if then.probability_better is None else then.probability_better
    value = then.net_present_value.central
    return {
        "results": then.model_dump(mode="json"),
        "outcome": {
            "kind": headline.kind(probability),
            "verdict": headline.verdict_text(probability, language),
            "value": language.money(
                math.nan if value is None else precision.shown_value(value, _error(then)),
                version.currency,
                sign=True,
            ),
            "doubts": [{"fields": [path]} for path in version.doubts],
        },
    }


def _answer(version: Version, language: Language) -> dict[str, str] | None:
    """The verdict that a set was saved with, if that is known."""
    if version.answered is None:
        return None
    asked, currencies = version.answered
    return {"kind": asked.verdict, "verdict": comparison.kept(asked, currencies, language)}


def _error(then: ResultsInput) -> float:
    """Standard error of the value against carrying on, currency; 0 where it is not known."""
    worth = then.net_present_value
    if worth.low is None or worth.central is None or worth.high is None:
        return 0.0
    error: float = precision.of_quantiles(worth.low, worth.central, worth.high, then.draws)
    return error


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def failure(error: LibraryError, language: Language) -> Reply:
    """The answer to what cannot be done."""
    match error:
        case Refused(problems=problems):
            return refused(problems, language)
        case Conflict(theirs=theirs):
            try:
                held = theirs.held()
            except ScenarioError:  # no fault of who saves: this program is too old to show it
                return failure(Unavailable(Reason.NEWER), language)
            text = language.gettext("Somebody else has saved this in the meantime.")
            content: dict[str, Any] = {
                "problem": "conflict",
                "text": text,
                "entry": entry_content(theirs.entry, language),
                "theirs": opened_content(theirs, held, language),
            }
            return reply(content, 409)
        case ViewOnly():
            text = language.gettext("This link is for looking only: changing takes the edit link.")
            return reply({"problem": "view only", "text": text}, 403)
        case Gone(entry=deleted):
            if deleted is None:
                text = language.gettext("This is not in the library, or not any more.")
            else:
                text = language.gettext("This was deleted, and can be brought back.")
            entry = entry_content(deleted, language) if deleted else None
            return reply({"problem": "gone", "text": text, "entry": entry}, 404)
        case Unavailable(reason=reason):
            # On one line; what was to be kept, and keys, are not in it.
            cause = str(error.__cause__ or "").partition("\n")[0]
            _log.warning("%s %s", error, cause)
            return reply(
                {
                    "problem": "unavailable",
                    "reason": reason,
                    "text": language.gettext(_WHY[reason]),
                },
                503,
            )
    raise error
