"""The compiled loop over months and draws, and where its compiled code is kept between runs."""

from __future__ import annotations

import hashlib
import importlib
import os
import pkgutil
import shutil
import sys
import time
import types
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite.binding
import numba
import numpy as np
from numba.core import config as numba_config

from simulator import paths
from simulator.engine import compiler, fastmath
from simulator.engine.compiler import Compiler, from_source
from simulator.model import equations, flows, outcomes, quantities, system
from simulator.model import initial_state as initial_state_module
from simulator.model.outcomes import Outcomes
from simulator.model.quantities import InitialState, Ledger, State
from simulator.model.register import Parameters

ROWS: tuple[str, ...] = (
    *State._fields,
    *(f"present_value_{name}" for name in Ledger._fields),
    *Outcomes._fields,
)
"""Names of all series, in the order in which the kernel writes them."""

ALWAYS_RECORDED = len(State._fields) + len(Ledger._fields)
"""How many of them are always written: stocks and present values."""

_STOCKS, _LEDGER, _OUTCOMES = len(State._fields), len(Ledger._fields), len(Outcomes._fields)
_PARAMETERS, _INITIAL = len(Parameters._fields), len(InitialState._fields) - 1

# Rows of the kernel's scratch table; each row holds one number for every lane. One table with fixed
# places lets the compiler see that nothing overlaps, without which it does not vectorise.
_AT_PARAMETERS = 0
_AT_STATE = _AT_PARAMETERS + _PARAMETERS
_AT_PRESENT_VALUES = _AT_STATE + _STOCKS
_AT_OUTCOMES = _AT_PRESENT_VALUES + _LEDGER
_AT_STAGE = _AT_OUTCOMES + _OUTCOMES
_AT_NEXT = _AT_STAGE + _STOCKS
_AT_INITIAL = _AT_NEXT + _STOCKS + _LEDGER
_ROWS = _AT_INITIAL + _STOCKS + _INITIAL


def _access(lanes: int) -> dict[str, Any]:
    """Compiled readers and writers of the scratch table, for a kernel with this many lanes."""

    def cell(row: int) -> str:
        return f"table[{row * lanes} + lane]"

    def cells(first: int, count: int) -> str:
        return ", ".join(cell(first + row) for row in range(count))

    def reader(first: int, kind: Any) -> Any:
        return from_source(
            [f"return kind({cells(first, len(kind._fields))})"], "table, lane", {"kind": kind}
        )

    read_initial = (
        f"return InitialState(State({cells(_AT_INITIAL, _STOCKS)}), "
        f"{cells(_AT_INITIAL + _STOCKS, _INITIAL)})"
    )
    write_initial = [
        f"{cell(first + row)} = initial.state[{row}]"
        for first in (_AT_INITIAL, _AT_STATE)
        for row in range(_STOCKS)
    ] + [f"{cell(_AT_INITIAL + _STOCKS + row)} = initial[{row + 1}]" for row in range(_INITIAL)]
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
        "read_initial": from_source(
            [read_initial], "table, lane", {"InitialState": InitialState, "State": State}
        ),
        "write_initial": from_source(write_initial, "table, lane, initial", {}),
        "write_outcomes": from_source(write_outcomes, "table, lane, outcomes", {}),
        "advance": from_source(advance, "table, lane, rates, weight, reach", {}),
        "LANES": lanes,
    }


# What :func:`compiled` puts into the template below, for each width.
LANES: int = 0
initial_state: Any = None
rates: Any = None
read_parameters: Any = None
read_stage: Any = None
read_initial: Any = None
write_initial: Any = None
write_outcomes: Any = None
advance: Any = None


def _kernel(  # type: ignore[no-untyped-def]
    values, first, last, org, plan, switches, months, steps, nodes, weights, record_outcomes, out
):
    """Run blocks ``first`` to ``last`` of ``LANES`` draws each; a template for :func:`compiled`.

    Reads ``values`` (parameters, draws), which fill whole blocks, and writes to ``out`` (blocks,
    months + 1, rows x lanes): stocks, present values and, if ``record_outcomes``, outcomes.
    """
    table = np.empty(_ROWS * LANES)
    step = 1.0 / steps
    stepped = (_STOCKS + _LEDGER) * LANES
    recorded = stepped + _OUTCOMES * LANES if record_outcomes else stepped
    for block in range(first, last):
        for row in range(_PARAMETERS):
            for lane in range(LANES):
                table[(_AT_PARAMETERS + row) * LANES + lane] = values[row, block * LANES + lane]
        for lane in range(LANES):
            write_initial(table, lane, initial_state(org, read_parameters(table, lane)))
        for cell in range(_LEDGER * LANES):
            table[_AT_PRESENT_VALUES * LANES + cell] = 0.0
        for month in range(months + 1):
            for part in range(steps):
                for cell in range(stepped):
                    table[_AT_NEXT * LANES + cell] = table[_AT_STATE * LANES + cell]
                for cell in range(_STOCKS * LANES):
                    table[_AT_STAGE * LANES + cell] = table[_AT_STATE * LANES + cell]
                for stage in range(nodes.shape[0]):
                    now = month + (part + nodes[stage]) * step
                    weight = weights[stage] * step
                    reach = nodes[stage + 1] * step if stage + 1 < nodes.shape[0] else 0.0
                    # The loop over lanes stands twice, and has to: a test inside it would keep the
                    # compiler from turning it into vector instructions, and outcomes written in
                    # every stage would have to be worked out in every stage, most for nothing. In
                    # the second loop nobody reads them, so the compiler leaves them out.
                    if part == 0 and stage == 0:
                        for lane in range(LANES):
                            rate = rates(
                                read_stage(table, lane),
                                now,
                                org,
                                plan,
                                switches,
                                read_initial(table, lane),
                                read_parameters(table, lane),
                            )
                            advance(table, lane, rate, weight, reach)
                            write_outcomes(table, lane, rate.outcomes)
                        for cell in range(recorded):
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
                                read_initial(table, lane),
                                read_parameters(table, lane),
                            )
                            advance(table, lane, rate, weight, reach)
                if month == months:
                    break
                for cell in range(stepped):
                    table[_AT_STATE * LANES + cell] = table[_AT_NEXT * LANES + cell]


def modules() -> tuple[types.ModuleType, ...]:
    """Every module that the compiled code is made from: the model's, and the engine's own."""
    sectors = (
        importlib.import_module(f"{equations.__name__}.{module.name}")
        for module in pkgutil.iter_modules(equations.__path__)
    )
    wiring = (quantities, flows, initial_state_module, outcomes, system)
    return *sectors, *wiring, fastmath, compiler, sys.modules[__name__]


def _source_hash() -> str:
    """Fingerprint of everything the compiled code is made from, and of where this file lies and
    when it was written: Numba takes no code that was compiled for another file."""
    digest = hashlib.sha256(f"{numba.__version__} {np.__version__} {sys.version}".encode())
    digest.update(f"{__file__} {Path(__file__).stat().st_mtime_ns}".encode())
    digest.update(repr(Parameters._fields).encode())
    for module in modules():
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled code is kept between runs: one folder for each version of the source."""
    return paths.cache_dir() / f"engine-{_source_hash()}"


_UNUSED_SECONDS = 30 * 24 * 3600.0
"""Seconds for which compiled code of a version stays on disk when nobody uses it."""


def _tidy(folder: Path) -> None:
    """Note that ``folder`` is in use, and remove its neighbours that have not been for long."""
    os.utime(folder)
    for other in folder.parent.glob("engine-*"):
        with suppress(FileNotFoundError):  # somebody else tidies at the same time
            if time.time() - other.stat().st_mtime > _UNUSED_SECONDS:
                shutil.rmtree(other, ignore_errors=True)


@cache
def compiled(lanes: int) -> Any:
    """The kernel for this many lanes: from the cache on disk, or else compiled (some seconds)."""
    # Four vectors at a time hide the latency of long chains of arithmetic: a third faster.
    llvmlite.binding.set_option("", "-force-vector-interleave=4")
    twin = Compiler()
    names = {
        **globals(),
        **_access(lanes),
        "initial_state": twin(initial_state_module.initial_state),
        "rates": twin(system.rates),
    }
    template = types.FunctionType(_kernel.__code__, names, "kernel")
    folder = cache_folder() / str(lanes)
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
