"""Runs of the model: blocks of draws, shared among threads."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.engine.kernel import ALWAYS_RECORDED, ROWS, cache_folder, compiled
from simulator.engine.sampling import draw
from simulator.model import system
from simulator.model.quantities import (
    NOTHING_KNOWN,
    SOURCES,
    Budgets,
    Involvement,
    Organisation,
    Plan,
    Shift,
    Split,
    Switches,
)
from simulator.model.register import FloatArray

IntArray = npt.NDArray[np.int64]

WIDE, NARROW = 32, 8
"""Draws that run side by side. Thirty-two are four of today's widest vectors; a run of a few draws
takes eight, which is one, and is done sooner."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of one run: every series for every draw and month."""

    draws: int
    months: int
    _blocks: FloatArray
    """Shape ``(blocks, months + 1, rows, lanes)``, as the kernel writes it."""

    def __getitem__(self, name: str) -> FloatArray:
        """One series by name (see :data:`ROWS`), shape ``(draws, months + 1)``.

        Units as in ``simulator.model.quantities``. Raises ``KeyError`` for a name that does not
        exist or was not recorded.
        """
        row = ROWS.index(name) if name in ROWS else -1
        if not 0 <= row < self._blocks.shape[2]:
            raise KeyError(name)
        lanes_last = self._blocks[:, :, row, :].transpose(0, 2, 1)
        return lanes_last.reshape(-1, self.months + 1)[: self.draws]

    def final(self, name: str) -> FloatArray:
        """One series in the last month, shape ``(draws,)``."""
        return self.at(self.months, name)

    def at(self, month: int, name: str) -> FloatArray:
        """One series in one month, shape ``(draws,)``: a copy, which keeps nothing else."""
        return self._blocks[:, month, ROWS.index(name), :].flatten()[: self.draws]

    def of(self, draws: IntArray) -> Run:
        """A copy with these draws alone, in their order."""
        return joined([(np.arange(draws.size), self)], draws)

    def add(self, name: str, amounts: FloatArray) -> None:
        """Add ``amounts``, shape ``(draws, months + 1)``, to one series. For whoever made the run
        and has not given it away yet."""
        lanes = self._blocks.shape[3]
        places = np.arange(self.draws)
        self._blocks[places // lanes, :, ROWS.index(name), places % lanes] += amounts

    def extract(self, names: Iterable[str]) -> Extract:
        """A copy with these series alone, and the last month of all: a tenth of the memory."""
        series = {name: self[name].copy() for name in names}
        return Extract(self.draws, self.months, series, self._blocks[:, -1].copy())


def joined(parts: Sequence[tuple[IntArray, Run]], draws: IntArray | None = None) -> Run:
    """One run made of several over the same months: each has some of its draws, which ``parts``
    name by their places in it. Of a single part ``draws`` says which of its draws are taken."""
    size = sum(places.size for places, _ in parts)
    (_, first), *_ = parts
    _, months, rows, _ = first._blocks.shape
    lanes = NARROW if size <= NARROW else WIDE
    # What fills the last block up is the last draw again, as where it is run.
    blocks = np.empty((-(-size // lanes), months, rows, lanes))
    for places, run in parts:
        wide = run._blocks.shape[3]
        taken = np.arange(places.size) if draws is None else draws
        blocks[places // lanes, :, :, places % lanes] = run._blocks[
            taken // wide, :, :, taken % wide
        ]
    spare = np.arange(size, blocks.shape[0] * lanes)
    last = size - 1
    blocks[spare // lanes, :, :, spare % lanes] = blocks[last // lanes, :, :, last % lanes]
    return Run(size, first.months, blocks)


@dataclass(frozen=True, slots=True)
class Extract:
    """What was kept of a :class:`Run`."""

    draws: int
    months: int
    _series: Mapping[str, FloatArray]
    _last: FloatArray
    """Shape ``(blocks, rows, lanes)``."""

    def __getitem__(self, name: str) -> FloatArray:
        """As of a run. Raises ``KeyError`` also for a series that was not kept."""
        return self._series[name]

    def first(self, draws: int) -> Extract:
        """The first of the draws alone: a whole number of blocks. Shares its memory."""
        series = {name: values[:draws] for name, values in self._series.items()}
        return Extract(draws, self.months, series, self._last[: -(-draws // self._last.shape[2])])

    def final(self, name: str) -> FloatArray:
        """As of a run."""
        return self._last[:, ROWS.index(name), :].reshape(-1)[: self.draws]


def _floats(value: Any) -> Any:
    """A NamedTuple with every number in it a float, as the compiled code wants it."""
    return type(value)(
        *(_floats(part) if isinstance(part, tuple) else float(part) for part in value)
    )


@cache
def _pool() -> ThreadPoolExecutor:
    # Twice as many as can run: a short run need not wait for a long one's threads.
    return ThreadPoolExecutor(2 * (os.cpu_count() or 1), thread_name_prefix="engine")


def ready() -> bool:
    """Whether compiled code is at hand, so that the first run will not have to wait for it."""
    return all(any((cache_folder() / str(width)).glob("**/*.nbc")) for width in (WIDE, NARROW))


def prepare() -> None:
    """Compile what is not compiled yet, telling on stderr what goes on; else return at once."""
    if ready():
        return
    print("Preparing the simulation engine (once, about a minute) ...", file=sys.stderr)
    started = time.perf_counter()
    # Numba compiles one thing at a time in a process; another one takes half of the work.
    program = f"from simulator.engine import runs; runs._warm({NARROW})"
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    with suppress(OSError):  # no Python to start: all of it is done here
        beside = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", program],
            env={**os.environ, **paths},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _warm(WIDE)
        beside.wait()
    for width in (WIDE, NARROW):
        _warm(width)
    print(f"Engine ready after {time.perf_counter() - started:.0f} s.", file=sys.stderr)


def _warm(width: int) -> None:
    """Make the kernel for this width ready by the shortest of runs."""
    nothing = Involvement(*(0.0 for _ in Involvement._fields))
    budgets = Budgets(*(1.0 for _ in Budgets._fields))
    org = Organisation(
        1.0, 1.0, 1.0, 0.5, 0.1, 1.0, 1.0, 1.0, 1.0, 0.1, budgets, nothing, NOTHING_KNOWN
    )
    shift = Shift(0.0, 0.0, 1.0, Split(*(0.0 for _ in Split._fields)))
    shifts: dict[str, Any] = dict.fromkeys(SOURCES, shift)
    plan = Plan(
        **shifts,
        involvement=nothing,
        involvement_start_month=0.0,
        involvement_ramp_months=1.0,
    )
    values = np.repeat(draw(1, 0), width, axis=1)
    run(org, plan, Switches(1.0, 1.0), values, 1)


@dataclass(frozen=True, slots=True)
class Job:
    """One run to be made; see :func:`run` for what it consists of."""

    org: Organisation
    plan: Plan
    switches: Switches
    values: FloatArray
    months: int
    record_outcomes: bool = True


def run(
    org: Organisation,
    plan: Plan,
    switches: Switches,
    values: FloatArray,
    months: int,
    *,
    steps_per_month: int = 1,
    method: str = "rk4",
    threads: int | None = None,
    record_outcomes: bool = True,
) -> Run:
    """Run the model for every draw of the parameters.

    ``values`` has shape ``(parameters, draws)``, see :func:`simulator.engine.sampling.draw`.
    ``method`` is one of :data:`simulator.model.system.STAGES`. Without ``record_outcomes`` only
    stocks and present values are kept, which saves memory. ``threads`` is the most to use (all
    processors if not given); the numbers do not depend on it.
    """
    job = Job(org, plan, switches, values, months, record_outcomes)
    (done,) = run_all([job], steps_per_month=steps_per_month, method=method, threads=threads)
    return done


_BETWEEN: ContextVar[Callable[[], None] | None] = ContextVar("between", default=None)
_PART = 1_500
"""Months of whole blocks that are run between two calls of it: some 10 ms of one thread."""


@contextmanager
def in_parts(between: Callable[[], None]) -> Iterator[None]:
    """Inside, what this thread runs takes small parts of the time: ``between`` is called in front
    of each, and may wait, or raise. No number depends on it."""
    token = _BETWEEN.set(between)
    try:
        yield
    finally:
        _BETWEEN.reset(token)


def run_all(
    jobs: Sequence[Job],
    *,
    steps_per_month: int = 1,
    method: str = "rk4",
    threads: int | None = None,
) -> list[Run]:
    """Several runs at once, in the order of ``jobs``; options as for :func:`run`.

    Faster than one after the other: no thread waits for the others until all is done.
    """
    nodes, weights = (np.array(column) for column in zip(*system.STAGES[method], strict=True))
    runs: list[Run] = []
    work: list[tuple[int, Callable[[int, int], None]]] = []
    for job in jobs:
        values = np.ascontiguousarray(job.values)
        draws = values.shape[1]
        lanes = NARROW if draws <= NARROW else WIDE
        blocks = -(-draws // lanes)
        missing = blocks * lanes - draws
        if missing:
            values = np.hstack([values, np.repeat(values[:, -1:], missing, axis=1)])
        # Draws that are kept can't be written to, others can: to the compiler these are two types,
        # and each would have to be compiled for.
        values = values.view()
        values.flags.writeable = False
        rows = len(ROWS) if job.record_outcomes else ALWAYS_RECORDED
        out = np.empty((blocks, job.months + 1, rows * lanes))
        inputs = (_floats(job.org), _floats(job.plan), _floats(job.switches), job.months)
        arguments = (*inputs, steps_per_month, nodes, weights, job.record_outcomes, out)
        work.append((blocks, partial(_run_blocks, lanes, values, arguments)))
        runs.append(Run(draws, job.months, out.reshape(blocks, job.months + 1, rows, lanes)))
    workers = min(threads or os.cpu_count() or 1, max(blocks for blocks, _ in work))
    between = _BETWEEN.get()
    months = sum(blocks * job.months for (blocks, _), job in zip(work, jobs, strict=True))
    parts = 1 if between is None else -(-months // _PART)
    shares = parts * workers

    def share(number: int) -> None:
        for blocks, blocks_between in work:
            blocks_between(blocks * number // shares, blocks * (number + 1) // shares)

    for part in range(parts):
        if between is not None:
            between()
        if workers == 1:
            share(part)
        else:
            list(_pool().map(share, range(part * workers, (part + 1) * workers)))
    return runs


_lock = threading.Lock()


def _run_blocks(
    lanes: int, values: FloatArray, arguments: tuple[Any, ...], first: int, last: int
) -> None:
    with _lock:
        kernel = compiled(lanes)
    try:
        kernel(values, first, last, *arguments)
    except OSError:  # compiled, but the disk had no room to keep it: the next process compiles
        kernel(values, first, last, *arguments)
