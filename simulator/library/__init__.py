"""The library: scenarios, and sets of them, with their whole history, in a database.

A *shelf* is somebody's library, an *entry* on it a scenario or a set with all its versions. There
are no accounts: who knows an edit key may change what it opens, who knows a view key may look at
what is newest. Neither can be guessed, nobody can list shelves, and a view key never leads to an
edit key.

:func:`connect` gives the library of this machine; :mod:`simulator.library.archive` takes a shelf
elsewhere. What goes wrong is a :class:`LibraryError`.
"""

from simulator.library.config import connect
from simulator.library.entries import Entry, History, Listing, Opened, Shelf, Version
from simulator.library.errors import (
    Conflict,
    Gone,
    LibraryError,
    Reason,
    Refused,
    Unavailable,
    ViewOnly,
)
from simulator.library.labels import Label, Note
from simulator.library.rows import Limits
from simulator.library.store import Library

__all__ = [
    "Conflict",
    "Entry",
    "Gone",
    "History",
    "Label",
    "Library",
    "LibraryError",
    "Limits",
    "Listing",
    "Note",
    "Opened",
    "Reason",
    "Refused",
    "Shelf",
    "Unavailable",
    "Version",
    "ViewOnly",
    "connect",
]
