"""What other processes do in tests of the library: they save, and tell what was acknowledged."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import ModuleType

from simulator import scenario
from simulator.library import Conflict, Note, connect
from simulator.scenario import Scenario


def processes() -> BaseContext:
    """How to start them: quickly where that is possible, with all modules loaded already."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.saving"])
    return context


def start(process: BaseProcess) -> None:
    """Start a process that does not run what is ``__main__`` here: Streamlit's ``AppTest``, if it
    ran before, has left the script of a page there."""
    ours = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = ours


def named(name: str) -> Scenario:
    """A scenario that can be told from others."""
    return scenario.load_shipped("balanced-shift").changed(name=name)


def save_without_end(environ: Mapping[str, str], key: str, acknowledged: Connection) -> None:
    """Save one version after the other; tell each when it is acknowledged: number and name."""
    library = connect(environ)
    number = library.open(key).version.number
    while True:
        name = f"after {number}"
        number = library.update(key, number, named(name)).head.number
        acknowledged.send((number, name))


def save_once(environ: Mapping[str, str], key: str, name: str, ready: Connection) -> None:
    """Say that all is ready, wait for the word, then save from version 1; tell whether that
    succeeded."""
    library = connect(environ)
    library.open(key)
    ready.send("ready")
    ready.recv()
    try:
        library.update(key, 1, named(name), Note(name))
        ready.send(True)
    except Conflict:
        ready.send(False)
    library.close()


def open_first(environ: Mapping[str, str], ready: Connection) -> None:
    """Wait for the word, then open a library that nobody has opened yet and make a shelf."""
    library = connect(environ)
    ready.send("ready")
    ready.recv()
    ready.send(library.new_shelf().view_key)
    library.close()
