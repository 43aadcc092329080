"""The library on the page: routes that save, list and open, each in JSON.

They wait for a database, so they have threads of their own: nobody's lever waits with them. What
cannot be done is told in the language asked for; what was to be saved stays in the browser.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Any, TypeVar

from anyio.to_thread import run_sync
from pydantic import Field
from starlette import requests
from starlette.responses import Response
from starlette.routing import Route

from simulator import charts
from simulator.i18n.language import ENGLISH, LANGUAGES, N_, Language
from simulator.library import (
    Conflict,
    Entry,
    Gone,
    Label,
    Library,
    LibraryError,
    Limits,
    Note,
    Opened,
    Reason,
    Refused,
    Shelf,
    Unavailable,
    Version,
    ViewOnly,
    archive,
    archive_format,
    connect,
)
from simulator.results import precision
from simulator.scenario import ResultsInput, Scenario, ScenarioError
from ui.http import bodies
from ui.http.csrf import TOO_OFTEN, busy, posted, reject_before_reading, sent, too_often
from ui.http.fair import Bounds, Busy, FairShare, asks, pause
from ui.http.json_routes import (
    Reply,
    Request,
    ScenarioRequest,
    by_size,
    refused,
    reply,
    scenario_of,
    takes,
)
from ui.http.quotas import Quota, Room
from ui.http.settings import settings
from ui.http.visitors import visitor
from ui.routes import bootstrap, links
from ui.text import headline

_log = logging.getLogger(__name__)
_connecting = threading.Lock()

_THREADS = 8
_MOST_IMPORTS = Bounds(visitor=2, address=8, all=32)
"""That are there and wait to be taken in, one after the other."""
_PATIENCE_S = 120
"""For an archive to arrive, as the page has."""
_IN_MEMORY = 1_000_000
"""Bytes of an archive; a larger one waits on the disk."""
_COST_S = 0.02
"""Seconds that the library takes for a request, about."""
_MOST_OFFSET = 1_000_000
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


# --- requests ------------------------------------------------------------------------------------

_Key = Annotated[str, Field(max_length=200)]
_Text = Annotated[str, Field(max_length=10_000)]
"""How long it may really be is for the library to say, in words for people."""
_Tags = Annotated[tuple[_Text, ...], Field(fail_fast=True, max_length=1000)]


class _Shelf(Request):
    key: _Key | None = None
    """Null for a new one."""


class _List(Request):
    shelf: _Key
    search: _Text = ""
    tags: _Tags = ()
    deleted: bool = False
    offset: Annotated[int, Field(ge=0, le=_MOST_OFFSET)] = 0


class _Label(Request):
    name: _Text
    description: _Text = ""
    tags: _Tags = ()

    def label(self) -> Label:
        """What is to be written on an entry."""
        return Label(self.name, self.description, self.tags)


class _Note(Request):
    who: _Text = ""
    why: _Text = ""

    def note(self) -> Note:
        """Who saves, and why."""
        return Note(self.who, self.why)


class _Save(_Label, _Note, ScenarioRequest):
    shelf: _Key


class _Update(_Note, ScenarioRequest):
    key: _Key
    expected: int


class _Describe(_Label):
    key: _Key
    was: _Label | None = None
    """What stood there when it was changed: then nobody else's words are written over."""


class _Open(Request):
    key: _Key
    number: int | None = None


class _Entry(Request):
    key: _Key


class _Restore(_Note):
    key: _Key
    number: int
    expected: int


class _Duplicate(Request):
    key: _Key
    shelf: _Key
    name: _Text
    who: _Text = ""


class _Export(Request):
    shelf: _Key


# --- what is done --------------------------------------------------------------------------------


def _shelf(library: Library, request: _Shelf) -> Reply:
    return reply(_shelf_said(_shelf_of(library, request.key)))


def _shelf_of(library: Library, key: str | None) -> Shelf:
    return library.new_shelf() if key is None else library.shelf(key)


def _list(library: Library, request: _List) -> Reply:
    listing = library.entries(
        request.shelf,
        request.search,
        tags=request.tags,
        deleted=request.deleted,
        offset=request.offset,
    )
    return reply(
        {
            "entries": [_entry_said(one, request.spoken) for one in listing.entries],
            "total": listing.total,
            "tags": listing.tags,
        }
    )


def _save(library: Library, request: _Save) -> Reply:
    plan = _with_results(scenario_of(request.scenario))
    saved = library.save(
        request.shelf, plan, request.label(), request.note(), start=_start(request)
    )
    return _entry(saved, request)


def _update(library: Library, request: _Update) -> Reply:
    plan = _with_results(scenario_of(request.scenario))
    updated = library.update(
        request.key, request.expected, plan, request.note(), start=_start(request)
    )
    return _entry(updated, request)


def _start(request: ScenarioRequest) -> Scenario | None:
    return scenario_of(request.base) if request.base is not None else None


def _describe(library: Library, request: _Describe) -> Reply:
    was = request.was.label() if request.was else None
    return _entry(library.describe(request.key, request.label(), was), request)


def _open(library: Library, request: _Open) -> Reply:
    opened = library.open(request.key, request.number)
    plan = opened.scenario()
    return reply(
        {
            "entry": _entry_said(opened.entry, request.spoken),
            **_content_said(opened, plan, request.spoken),
            "then_now": links.drift(plan, request.spoken),
        }
    )


def _history(library: Library, request: _Entry) -> Reply:
    history = library.history(request.key)
    return reply(
        {
            "entry": _entry_said(history.entry, request.spoken),
            "versions": [_version_said(one, request.spoken) for one in history.versions],
        }
    )


def _restore(library: Library, request: _Restore) -> Reply:
    entry = library.restore(request.key, request.number, request.expected, request.note())
    return _entry(entry, request)


def _duplicate(library: Library, request: _Duplicate) -> Reply:
    was = library.open(request.key).entry.label.name
    why = request.spoken.gettext("Copied from “{name}”", name=was)
    note = Note(request.who, why)
    return _entry(library.duplicate(request.key, request.shelf, request.name, note), request)


def _delete(library: Library, request: _Entry) -> Reply:
    return _entry(library.delete(request.key), request)


def _undelete(library: Library, request: _Entry) -> Reply:
    return _entry(library.undelete(request.key), request)


def _export(library: Library, request: _Export) -> Reply:
    return Reply(archive.pack(library, request.shelf), media_type="application/zip")


def _entry(entry: Entry, request: Request) -> Reply:
    return reply({"entry": _entry_said(entry, request.spoken)})


def _with_results(plan: Scenario) -> Scenario:
    """What it comes to by this model goes with what is saved."""
    return plan.changed(results=links.results_now(plan, charts.FIRST))


# --- what is said --------------------------------------------------------------------------------


def _shelf_said(shelf: Shelf) -> dict[str, Any]:
    return {
        "edit_key": shelf.edit_key,
        "view_key": shelf.view_key,
        "may_edit": shelf.edit_key is not None,
        "count": shelf.count,
    }


def _entry_said(entry: Entry, language: Language) -> dict[str, Any]:
    head = entry.head
    return {
        "view_key": entry.view_key,
        "edit_key": entry.edit_key,
        "may_edit": entry.edit_key is not None,
        "name": entry.label.name,
        "description": entry.label.description,
        "tags": entry.label.tags,
        "organisation": entry.organisation,
        "version": head.number,
        "created": _moment(entry.created),
        "changed": _moment(entry.changed),
        "who": head.who,
        "deleted": _moment(entry.deleted) if entry.deleted else None,
        "purged": _moment(entry.purged) if entry.purged else None,
        **_results_said(head, language),
    }


def _version_said(version: Version, language: Language) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": _moment(version.at),
        "who": version.who,
        "why": version.why,
        "model_version": version.results.model_version if version.results else None,
        **_results_said(version, language),
    }


def _content_said(opened: Opened, plan: Scenario, language: Language) -> dict[str, Any]:
    start = opened.start()
    return {
        "version": _version_said(opened.version, language),
        "doc": bootstrap.document(plan),
        "base": start and bootstrap.document(start),
    }


def _results_said(version: Version, language: Language) -> dict[str, Any]:
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
        },
    }


def _error(then: ResultsInput) -> float:
    """Standard error of the value against carrying on, currency; 0 where it is not known."""
    worth = then.net_present_value
    if worth.low is None or worth.central is None or worth.high is None:
        return 0.0
    error: float = precision.of_quantiles(worth.low, worth.central, worth.high, then.draws)
    return error


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _failed(error: LibraryError, language: Language) -> Reply:
    """The answer to what cannot be done."""
    match error:
        case Refused(problems=problems):
            return refused(problems, language)
        case Conflict(theirs=theirs):
            try:
                plan = theirs.scenario()
            except ScenarioError:  # no fault of who saves: this program is too old to show it
                return _failed(Unavailable(Reason.NEWER), language)
            text = language.gettext("Somebody else has saved this in the meantime.")
            content: dict[str, Any] = {
                "problem": "conflict",
                "text": text,
                "entry": _entry_said(theirs.entry, language),
                "theirs": _content_said(theirs, plan, language),
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
            entry = _entry_said(deleted, language) if deleted else None
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


# --- routes --------------------------------------------------------------------------------------

RequestModel = TypeVar("RequestModel", bound=Request)
Work = Callable[[bytes], Reply]


def actions(library: Callable[[], Library]) -> Mapping[str, Work]:
    """What the library that ``library`` gives can be asked in JSON, by the last part of its
    address."""

    def action(kind: type[RequestModel], do: Callable[[Library, RequestModel], Reply]) -> Work:
        @takes(kind)
        def work(request: RequestModel) -> Reply:
            try:
                return do(library(), request)
            except LibraryError as error:
                return _failed(error, request.spoken)

        return work

    shelves = Quota(settings().simulator_shelves_per_hour, 3_600.0)

    def shelf(library: Library, asked: _Shelf) -> Reply:
        if asked.key is None and not shelves.take(asks().address):
            return busy(asked.spoken, TOO_OFTEN)
        return _shelf(library, asked)

    return {
        "shelf": action(_Shelf, shelf),
        "list": action(_List, _list),
        "save": action(_Save, _save),
        "update": action(_Update, _update),
        "describe": action(_Describe, _describe),
        "open": action(_Open, _open),
        "history": action(_Entry, _history),
        "restore": action(_Restore, _restore),
        "duplicate": action(_Duplicate, _duplicate),
        "delete": action(_Entry, _delete),
        "undelete": action(_Entry, _undelete),
        "export": action(_Export, _export),
    }


def routes(library: Callable[[], Library]) -> tuple[Route, ...]:
    """The routes to the library that ``library`` gives."""
    share = FairShare(_THREADS, Bounds(visitor=settings().simulator_waiting_requests))
    weigh = by_size(_COST_S)
    return (
        *(
            Route(
                f"/board/library/{name}",
                posted(work, share, weigh=weigh),
                methods=["POST"],
            )
            for name, work in actions(library).items()
        ),
        Route("/board/library/import", _importing(library, share), methods=["POST"]),
    )


def _importing(
    library: Callable[[], Library], share: FairShare
) -> Callable[[requests.Request], Awaitable[Response]]:
    """What takes an archive into a shelf; in ``share`` it finds out whether it may."""
    room = Room(settings().simulator_imports_mb * 1_000_000)
    taking = FairShare(1, _MOST_IMPORTS)

    async def endpoint(request: requests.Request) -> Response:
        language = LANGUAGES.get(request.headers.get("x-language", ""), ENGLISH)
        shelf = request.headers.get("x-shelf", "")

        def may_come() -> Reply | None:
            try:
                if library().shelf(shelf).edit_key is None:
                    raise ViewOnly
            except LibraryError as error:
                return _failed(error, language)
            return None

        def work(file: IO[bytes]) -> Reply:
            try:
                came = archive.unpack(library(), shelf, file, pause)
            except LibraryError as error:
                return _failed(error, language)
            return reply({"imported": came.imported, "known": came.known, "problems": []})

        if refusal := reject_before_reading(request, archive_format.MOST_BYTES) or too_often(
            request, language
        ):
            return sent(refusal)
        who = visitor(request)
        try:
            async with share.turn(who, _COST_S):
                if refusal := await run_sync(may_come, limiter=share.threads):
                    return sent(refusal)
            # However slowly others come in, they are in nobody's way.
            with room.taken(who.address) as take, SpooledTemporaryFile(_IN_MEMORY) as file:
                most = archive_format.MOST_BYTES
                await bodies.read_into(file, request, most, _PATIENCE_S, take)
                async with taking.turn(who, _COST_S):
                    return sent(await run_sync(work, file, limiter=taking.threads))
        except bodies.Unread as error:
            return sent(error.reply)
        except Busy:
            return sent(busy(language))

    return endpoint


def the_library() -> Library:
    """The library of this machine; it is opened when it is first asked for something."""
    with _connecting:  # else two threads that come first would each have one
        return _connected()


@cache
def _connected() -> Library:
    of_shelf = settings()
    entries, size = of_shelf.simulator_library_entries, of_shelf.simulator_library_mb * 1_000_000
    return connect(limits=Limits(entries, size))


ROUTES = routes(the_library)
