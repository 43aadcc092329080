"""Runs many draws fast: the only file that knows about compilation and threads.

How it works. The equations are scalar. The engine compiles that very source with Numba and runs
it for several draws side by side, in loops that the compiler turns into vector instructions. For
that, ``math.exp``, ``log`` and ``pow`` are replaced by equivalents made of arithmetic and bit
operations alone, which vectorise; a call into the system's library does not. Chunks of draws run
in threads, without the interpreter's lock; a draw's numbers do not depend on the chunk or the
thread it was in.
"""

from __future__ import annotations

from simulator.engine.kernel import ROWS
from simulator.engine.runs import (
    NARROW,
    WIDE,
    Extract,
    Job,
    Run,
    in_parts,
    joined,
    prepare,
    ready,
    run,
    run_all,
)
from simulator.engine.sampling import draw, draw_in_chunks, draw_pair, errors

__all__ = [
    "NARROW",
    "ROWS",
    "WIDE",
    "Extract",
    "Job",
    "Run",
    "draw",
    "draw_in_chunks",
    "draw_pair",
    "errors",
    "in_parts",
    "joined",
    "prepare",
    "ready",
    "run",
    "run_all",
]
