"""Runs many draws fast: the only file that knows about compilation and threads.

How it works. The equations are scalar. The engine compiles that very source with Numba and runs
it for several draws side by side, in loops that the compiler turns into vector instructions. For
that, ``math.exp``, ``log`` and ``pow`` are replaced by equivalents made of arithmetic and bit
operations alone, which vectorise; a call into the system's library does not. Chunks of draws run
in threads, without the interpreter's lock; a draw's numbers do not depend on the chunk or the
thread it was in.
"""

from __future__ import annotations

import hashlib
import importlib
import math
import os
import pkgutil
import shutil
import sys
import threading
import time
import types
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import llvmlite.binding
import numba
import numpy as np
from numba import types as numba_types
from numba.core import config as numba_config
from numba.extending import intrinsic

from simulator import paths
from simulator.model import equations, quantities, system
from simulator.model.quantities import (
    Anchor,
    Budgets,
    Involvement,
    Ledger,
    Organisation,
    Outcomes,
    Plan,
    Shift,
    Split,
    State,
    Switches,
)
from simulator.model.register import FloatArray, Parameters, draw

jit: Any = numba.njit(error_model="numpy", forceinline=True, fastmath={"contract"})
"""Compiles a function: no exceptions, everything in one piece, multiply and add in one instruction
where the machine has it (which moves the last digit, no more)."""


# --- functions that vectorise -------------------------------------------------------------------


def _bitcast(to: Any, source: Any) -> Any:
    @intrinsic
    def cast(context, value):  # type: ignore[no-untyped-def]
        def build(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            return builder.bitcast(arguments[0], context.get_value_type(to))

        return to(source), build

    return cast


_as_bits = _bitcast(numba_types.int64, numba_types.float64)
_as_float = _bitcast(numba_types.float64, numba_types.int64)

_ROUNDER = 6755399441055744.0  # 1.5 * 2**52: adding it rounds to a whole number
_LN2_HIGH = 0.693147180369123816490
_LN2_LOW = 1.90821492927058770002e-10
_MANTISSA = 0x000FFFFFFFFFFFFF
_ONE = 0x3FF0000000000000
# Chebyshev fits over the reduced ranges, to below 1e-16: exp(r) = 1 + r + r^2 (E0 + E1 r + ...) for
# |r| <= ln(2)/2, and atanh(f) = f (1 + f^2 (L0 + L1 f^2 + ...)) for |f| <= 3 - 2 sqrt(2).
_E0 = 0.50000000000000010221
_E1 = 0.16666666666666667453
_E2 = 0.041666666666624127873
_E3 = 0.0083333333333300618325
_E4 = 0.0013888888917213716901
_E5 = 0.00019841269863053616878
_E6 = 0.000024801521295954375131
_E7 = 2.7557268459997064772e-6
_E8 = 2.7620088445409748161e-7
_E9 = 2.5100385495510319078e-8
_L0 = 0.33333333333333348465
_L1 = 0.1999999999994965534
_L2 = 0.14285714313031690182
_L3 = 0.11111105560224649243
_L4 = 0.09091445085156985107
_L5 = 0.076658434343192141265
_L6 = 0.073084394595149103775
_EXPONENT_READER = 0x4330000000000000  # 2**52, to turn a small integer into a float


@jit  # type: ignore[untyped-decorator]
def _exp(x: Any) -> Any:
    x = min(max(x, -700.0), 700.0)
    rounded = x * 1.4426950408889634 + _ROUNDER
    whole = rounded - _ROUNDER
    r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (_E0 + r * _E1) + r2 * (_E2 + r * _E3)
    high = (_E4 + r * _E5) + r2 * (_E6 + r * _E7)
    series = 1.0 + (r + r2 * (low + r4 * (high + r4 * (_E8 + r * _E9))))
    return series * _as_float((_as_bits(rounded) + 1023) << 52)


@jit  # type: ignore[untyped-decorator]
def _log(x: Any) -> Any:
    bits = _as_bits(x)
    mantissa = _as_float((bits & _MANTISSA) | _ONE)
    exponent = _as_float((bits >> 52) | _EXPONENT_READER) - 4503599627370496.0 - 1023.0
    high = mantissa > 1.4142135623730951
    mantissa = 0.5 * mantissa if high else mantissa
    exponent = exponent + 1.0 if high else exponent
    f = (mantissa - 1.0) / (mantissa + 1.0)
    s = f * f
    s2 = s * s
    s4 = s2 * s2
    low = (_L0 + s * _L1) + s2 * (_L2 + s * _L3)
    series = s * (low + s4 * ((_L4 + s * _L5) + s2 * _L6))
    return exponent * _LN2_HIGH + (2.0 * f + (2.0 * f * series + exponent * _LN2_LOW))


@jit  # type: ignore[untyped-decorator]
def _pow(x: Any, y: Any) -> Any:
    return _exp(y * _log(x))


# --- compiling the model's own source ------------------------------------------------------------


class _Compiler:
    """Compiles plain functions, and what they call, under the engine's rules."""

    def __init__(self) -> None:
        self.done: dict[Any, Any] = {math.exp: _exp, math.log: _log, math.pow: _pow}

    def __call__(self, function: Callable[..., Any]) -> Any:
        """The compiled twin of ``function``, which itself stays as it is."""
        if function not in self.done:
            known = function.__globals__
            called = {
                name: self(known[name])
                for name in function.__code__.co_names
                if name in known and self._compiles(known[name])
            }
            twin = types.FunctionType(
                function.__code__, {**known, **called}, function.__name__, function.__defaults__
            )
            self.done[function] = jit(twin)
        return self.done[function]

    def _compiles(self, value: Any) -> bool:
        return isinstance(value, types.FunctionType) or (
            isinstance(value, types.BuiltinFunctionType) and value in self.done
        )


_STOCKS, _LEDGER, _OUTCOMES = len(State._fields), len(Ledger._fields), len(Outcomes._fields)
_PARAMETERS, _ANCHOR = len(Parameters._fields), len(Anchor._fields) - 1

# Rows of the kernel's scratch table; each row holds one number for every lane. One table with fixed
# places lets the compiler see that nothing overlaps, without which it does not vectorise.
_AT_PARAMETERS = 0
_AT_STATE = _AT_PARAMETERS + _PARAMETERS
_AT_PRESENT_VALUES = _AT_STATE + _STOCKS
_AT_OUTCOMES = _AT_PRESENT_VALUES + _LEDGER
_AT_STAGE = _AT_OUTCOMES + _OUTCOMES
_AT_NEXT = _AT_STAGE + _STOCKS
_AT_ANCHOR = _AT_NEXT + _STOCKS + _LEDGER
_ROWS = _AT_ANCHOR + _STOCKS + _ANCHOR


def _from_source(body: Sequence[str], parameters: str, names: Mapping[str, Any]) -> Any:
    """Compile a function with this body; for the repetitive parts, one line a field."""
    scope = dict(names)
    text = f"def generated({parameters}):\n" + "\n".join(f"    {line}" for line in body) + "\n"
    exec(text, scope)  # holds numbers counted here, nothing from outside
    return jit(scope["generated"])


def _access(lanes: int) -> dict[str, Any]:
    """Compiled readers and writers of the scratch table, for a kernel with this many lanes."""

    def cell(row: int) -> str:
        return f"table[{row * lanes} + lane]"

    def cells(first: int, count: int) -> str:
        return ", ".join(cell(first + row) for row in range(count))

    def reader(first: int, kind: Any) -> Any:
        return _from_source(
            [f"return kind({cells(first, len(kind._fields))})"], "table, lane", {"kind": kind}
        )

    read_anchor = (
        f"return Anchor(State({cells(_AT_ANCHOR, _STOCKS)}), "
        f"{cells(_AT_ANCHOR + _STOCKS, _ANCHOR)})"
    )
    write_anchor = [
        f"{cell(first + row)} = anchor.state[{row}]"
        for first in (_AT_ANCHOR, _AT_STATE)
        for row in range(_STOCKS)
    ] + [f"{cell(_AT_ANCHOR + _STOCKS + row)} = anchor[{row + 1}]" for row in range(_ANCHOR)]
    # Stage and next step, from the slope, as ``simulator.model.system.trajectory`` does.
    advance = [
        line
        for row in range(_STOCKS)
        for line in (
            f"{cell(_AT_NEXT + row)} += weight * rates.state[{row}]",
            f"{cell(_AT_STAGE + row)} = {cell(_AT_STATE + row)} + reach * rates.state[{row}]",
        )
    ] + [
        f"{cell(_AT_NEXT + _STOCKS + row)} += weight * rates.ledger[{row}]"
        for row in range(_LEDGER)
    ]
    write_outcomes = [f"{cell(_AT_OUTCOMES + row)} = outcomes[{row}]" for row in range(_OUTCOMES)]
    return {
        "read_parameters": reader(_AT_PARAMETERS, Parameters),
        "read_stage": reader(_AT_STAGE, State),
        "read_anchor": _from_source(
            [read_anchor], "table, lane", {"Anchor": Anchor, "State": State}
        ),
        "write_anchor": _from_source(write_anchor, "table, lane, anchor", {}),
        "write_outcomes": _from_source(write_outcomes, "table, lane, outcomes", {}),
        "advance": _from_source(advance, "table, lane, rates, weight, reach", {}),
        "LANES": lanes,
    }


# What :func:`_compiled` puts into the template below, for each width.
LANES: int = 0
anchor: Any = None
rates: Any = None
read_parameters: Any = None
read_stage: Any = None
read_anchor: Any = None
write_anchor: Any = None
write_outcomes: Any = None
advance: Any = None


def _kernel(  # type: ignore[no-untyped-def]
    values, first, last, org, plan, switches, months, steps, nodes, weights, everything, out
):
    """Run blocks ``first`` to ``last`` of ``LANES`` draws each; a template for :func:`_compiled`.

    Reads ``values`` (parameters, draws), which fill whole blocks, and writes to ``out`` (blocks,
    months + 1, rows x lanes): stocks, present values and, if ``everything``, outcomes.
    """
    table = np.empty(_ROWS * LANES)
    step = 1.0 / steps
    kept = (_STOCKS + _LEDGER + _OUTCOMES if everything else _STOCKS + _LEDGER) * LANES
    carried = (_STOCKS + _LEDGER) * LANES
    for block in range(first, last):
        for row in range(_PARAMETERS):
            for lane in range(LANES):
                table[(_AT_PARAMETERS + row) * LANES + lane] = values[row, block * LANES + lane]
        for lane in range(LANES):
            write_anchor(table, lane, anchor(org, read_parameters(table, lane)))
        for cell in range(_LEDGER * LANES):
            table[_AT_PRESENT_VALUES * LANES + cell] = 0.0
        for month in range(months + 1):
            for part in range(steps):
                for cell in range(carried):
                    table[_AT_NEXT * LANES + cell] = table[_AT_STATE * LANES + cell]
                for cell in range(_STOCKS * LANES):
                    table[_AT_STAGE * LANES + cell] = table[_AT_STATE * LANES + cell]
                for stage in range(nodes.shape[0]):
                    now = month + (part + nodes[stage]) * step
                    weight = weights[stage] * step
                    reach = nodes[stage + 1] * step if stage + 1 < nodes.shape[0] else 0.0
                    if part == 0 and stage == 0:
                        for lane in range(LANES):
                            rate = rates(
                                read_stage(table, lane),
                                now,
                                org,
                                plan,
                                switches,
                                read_anchor(table, lane),
                                read_parameters(table, lane),
                            )
                            advance(table, lane, rate, weight, reach)
                            write_outcomes(table, lane, rate.outcomes)
                        for cell in range(kept):
                            out[block, month, cell] = table[_AT_STATE * LANES + cell]
                        if month == months:
                            break
                    else:
                        for lane in range(LANES):
                            rate = rates(
                                read_stage(table, lane),
                                now,
                                org,
                                plan,
                                switches,
                                read_anchor(table, lane),
                                read_parameters(table, lane),
                            )
                            advance(table, lane, rate, weight, reach)
                if month == months:
                    break
                for cell in range(carried):
                    table[_AT_STATE * LANES + cell] = table[_AT_NEXT * LANES + cell]


def _source_hash() -> str:
    """Fingerprint of everything the compiled code is made from."""
    modules = [
        importlib.import_module(f"{equations.__name__}.{found.name}")
        for found in pkgutil.iter_modules(equations.__path__)
    ]
    digest = hashlib.sha256(f"{numba.__version__} {np.__version__} {sys.version}".encode())
    digest.update(repr(Parameters._fields).encode())
    for module in (*modules, quantities, system, sys.modules[__name__]):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    """Where compiled code is kept between runs: one folder for each version of the source."""
    return paths.cache_dir() / f"engine-{_source_hash()}"


_KEPT_UNUSED = 30 * 24 * 3600.0
"""Seconds for which compiled code of a version stays on disk when nobody uses it."""


def _tidy(folder: Path) -> None:
    """Note that ``folder`` is in use, and remove its neighbours that have not been for long."""
    os.utime(folder)
    for other in folder.parent.glob("engine-*"):
        with suppress(FileNotFoundError):  # somebody else tidies at the same time
            if time.time() - other.stat().st_mtime > _KEPT_UNUSED:
                shutil.rmtree(other, ignore_errors=True)


_lock = threading.Lock()


@cache
def _compiled(lanes: int) -> Any:
    """The kernel for this many lanes: from the cache on disk, or else compiled (some seconds)."""
    # Four vectors at a time hide the latency of long chains of arithmetic: a third faster.
    llvmlite.binding.set_option("", "-force-vector-interleave=4")
    compiler = _Compiler()
    names = {
        **globals(),
        **_access(lanes),
        "anchor": compiler(system.anchor),
        "rates": compiler(system.rates),
    }
    template = types.FunctionType(_kernel.__code__, names, "kernel")
    folder = _cache_folder() / str(lanes)
    settings: Any = numba_config
    before = settings.CACHE_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder.parent)
        settings.CACHE_DIR = str(folder)
        kernel = numba.njit(error_model="numpy", nogil=True, cache=True)(template)
    except (OSError, RuntimeError):  # no place to write: compile in every process
        return numba.njit(error_model="numpy", nogil=True)(template)
    finally:
        settings.CACHE_DIR = before
    return kernel


# --- running -------------------------------------------------------------------------------------

WIDE, NARROW = 32, 8
"""Draws that run side by side. Thirty-two are four of today's widest vectors; a run of a few draws
takes eight, which is one, and is done sooner."""

ROWS: tuple[str, ...] = (
    *State._fields,
    *(f"present_value_{name}" for name in Ledger._fields),
    *Outcomes._fields,
)
"""Names of all series, in the order in which the engine writes them."""


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
        return self._blocks[:, -1, ROWS.index(name), :].reshape(-1)[: self.draws]


def _floats(value: Any) -> Any:
    """A NamedTuple with every number in it a float, as the compiled code wants it."""
    return type(value)(
        *(_floats(part) if isinstance(part, tuple) else float(part) for part in value)
    )


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="engine")


def ready() -> bool:
    """Whether compiled code is at hand, so that the first run will not have to wait for it."""
    return all(any((_cache_folder() / str(width)).glob("**/*.nbc")) for width in (WIDE, NARROW))


def prepare() -> None:
    """Compile what is not compiled yet, telling on stderr what goes on; else return at once."""
    if ready():
        return
    print("Preparing the simulation engine (once, about half a minute) ...", file=sys.stderr)
    started = time.perf_counter()
    for width in (WIDE, NARROW):
        _warm(width)
    print(f"Engine ready after {time.perf_counter() - started:.0f} s.", file=sys.stderr)


def _warm(width: int) -> None:
    """Make the kernel for this width ready by the shortest of runs."""
    nothing = Involvement(*(0.0 for _ in Involvement._fields))
    budgets = Budgets(*(1.0 for _ in Budgets._fields))
    org = Organisation(1.0, 1.0, 0.5, 0.1, 1.0, 1.0, 1.0, 1.0, 0.1, budgets, nothing)
    shift = Shift(0.0, 0.0, 1.0, Split(*(0.0 for _ in Split._fields)))
    plan = Plan(shift, shift, shift, nothing, 0.0, 1.0)
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
    everything: bool = True


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
    everything: bool = True,
) -> Run:
    """Run the model for every draw of the parameters.

    ``values`` has shape ``(parameters, draws)``, see :func:`simulator.model.register.draw`.
    ``method`` is one of :data:`simulator.model.system.STAGES`. Without ``everything`` only stocks
    and present values are kept, which saves memory. ``threads`` is the most to use
    (all processors if not given); the numbers do not depend on it.
    """
    job = Job(org, plan, switches, values, months, everything)
    (done,) = run_all([job], steps_per_month=steps_per_month, method=method, threads=threads)
    return done


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
        rows = len(ROWS) if job.everything else _STOCKS + _LEDGER
        out = np.empty((blocks, job.months + 1, rows * lanes))
        inputs = (_floats(job.org), _floats(job.plan), _floats(job.switches), job.months)
        given = (*inputs, steps_per_month, nodes, weights, job.everything, out)
        work.append((blocks, partial(_run_blocks, lanes, values, given)))
        runs.append(Run(draws, job.months, out.reshape(blocks, job.months + 1, rows, lanes)))
    workers = min(threads or os.cpu_count() or 1, max(blocks for blocks, _ in work))

    def share(worker: int) -> None:
        for blocks, blocks_between in work:
            blocks_between(blocks * worker // workers, blocks * (worker + 1) // workers)

    if workers == 1:
        share(0)
    else:
        list(_pool().map(share, range(workers)))
    return runs


def _run_blocks(
    lanes: int, values: FloatArray, given: tuple[Any, ...], first: int, last: int
) -> None:
    with _lock:
        kernel = _compiled(lanes)
    try:
        kernel(values, first, last, *given)
    except OSError:  # compiled, but the disk had no room to keep it: the next process compiles
        kernel(values, first, last, *given)
