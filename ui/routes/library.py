"""The library on the page: routes that save, list and open, each in JSON.

They wait for a database, so they have threads of their own: nobody's lever waits with them. What
cannot be done is told in the language asked for; what was to be saved stays in the browser.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Any, Self, TypeVar

from anyio.to_thread import run_sync
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from starlette import requests
from starlette.responses import Response
from starlette.routing import Route

from simulator import charts
from simulator.analyses.comparison import MOST
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.library import (
    Entry,
    Label,
    Library,
    LibraryError,
    Limits,
    Note,
    Shelf,
    ViewOnly,
    archive,
    archive_format,
    connect,
)
from simulator.library.contents import Content
from simulator.scenario import Scenario
from simulator.scenario.sets import FEWEST_IN_FILE, ScenarioSet
from ui.http import bodies
from ui.http.csrf import TOO_OFTEN, busy, posted, reject_before_reading, sent, too_often
from ui.http.fair import Bounds, Busy, FairShare, asks, pause
from ui.http.json_routes import (
    Reply,
    Request,
    by_size,
    reply,
    scenario_of,
    takes,
)
from ui.http.quotas import Quota, Room
from ui.http.settings import settings
from ui.http.visitors import visitor
from ui.routes import library_replies as replies
from ui.routes import links, sets
from ui.routes.compare import Named

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


class _Content(Request):
    """What is to be saved: a scenario, or a set of them."""

    scenario: dict[str, Any] | None = None
    base: dict[str, Any] | None = None
    """What the plan of the scenario started from."""
    scenarios: (
        Annotated[
            tuple[Named, ...], Field(fail_fast=True, min_length=FEWEST_IN_FILE, max_length=MOST)
        ]
        | None
    ) = None
    asked: sets.Question | None = None
    """What is compared of the set."""

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        if (self.scenario is None) == (self.scenarios is None):
            raise PydanticCustomError("content", "Input should have scenario or scenarios")
        return self

    def _documents(self) -> Iterable[dict[str, Any]]:
        if self.scenario is not None:
            return [self.scenario]
        return [named.scenario for named in self.scenarios or ()]

    def content(self) -> Content:
        """What is to be saved, with what it comes to by this model. Raises ``ScenarioError``."""
        if self.scenarios is not None:
            return sets.compared(self.scenarios, self.asked or sets.Question())
        plan = scenario_of(self.scenario or {})
        return plan.changed(results=links.results_now(plan, charts.FIRST))

    def start(self) -> Scenario | None:
        """What the plan of the scenario started from, if that is said."""
        return scenario_of(self.base) if self.base is not None else None


class _Save(_Label, _Note, _Content):
    shelf: _Key


class _Update(_Note, _Content):
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
    return reply(replies.shelf_content(_shelf_of(library, request.key)))


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
            "entries": [replies.entry_content(entry, request.spoken) for entry in listing.entries],
            "total": listing.total,
            "tags": listing.tags,
        }
    )


def _save(library: Library, request: _Save) -> Reply:
    content, start = request.content(), request.start()
    saved = library.save(request.shelf, content, request.label(), request.note(), start=start)
    return _entry(saved, request)


def _update(library: Library, request: _Update) -> Reply:
    content, start = request.content(), request.start()
    updated = library.update(request.key, request.expected, content, request.note(), start=start)
    return _entry(updated, request)


def _describe(library: Library, request: _Describe) -> Reply:
    was = request.was.label() if request.was else None
    return _entry(library.describe(request.key, request.label(), was), request)


def _open(library: Library, request: _Open) -> Reply:
    opened = library.open(request.key, request.number)
    held = opened.held()
    if isinstance(held, ScenarioSet):
        then: dict[str, Any] = {"then": sets.when_saved(held, request.spoken)}
    else:
        then = {"drift": links.drift(held, request.spoken)}
    return reply(
        {
            "entry": replies.entry_content(opened.entry, request.spoken),
            **replies.opened_content(opened, held, request.spoken),
            **then,
        }
    )


def _history(library: Library, request: _Entry) -> Reply:
    history = library.history(request.key)
    return reply(
        {
            "entry": replies.entry_content(history.entry, request.spoken),
            "versions": [
                replies.version_content(version, request.spoken) for version in history.versions
            ],
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
    return reply({"entry": replies.entry_content(entry, request.spoken)})


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
                return replies.failure(error, request.spoken)

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
                return replies.failure(error, language)
            return None

        def work(file: IO[bytes]) -> Reply:
            try:
                came = archive.unpack(library(), shelf, file, pause)
            except LibraryError as error:
                return replies.failure(error, language)
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
