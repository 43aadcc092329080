"""``python -m tests.hostile --count 100000``: many requests that nobody makes who means well.

0 tracebacks, 0 status 500, 0 numbers that are none, nothing over a second, memory flat: else it
tells which as soon as it knows, and exits with 1. ``--seed`` begins elsewhere.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from tests.hostile.trial import Outcome, try_all

_GROWTH_MB = 200
"""That is no leak: caches fill up."""


def main() -> int:
    """Run them and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    first = options.seed * 10**9
    memory: dict[int, float] = {}

    outcome = Outcome()
    told = 0

    def progress(done: int, so_far: Outcome) -> None:
        nonlocal outcome, told
        outcome = so_far
        for fault in outcome.faults[told:20]:
            print(fault, file=sys.stderr)
        told = len(outcome.faults)
        if done % max(options.count // 10, 1) == 0:
            memory[done] = _resident()
            faults = len(outcome.faults)
            print(f"{done} done, {memory[done]:.0f} MB, {faults} faults", file=sys.stderr)

    with suppress(KeyboardInterrupt):  # what has been tried by then is told
        try_all(range(first, first + options.count), progress)
    for (kind, status), count in sorted(outcome.statuses.items()):
        print(f"{kind:20} {status}  {count}")
    print(f"slowest: {outcome.slowest:.2f} s; faults: {len(outcome.faults)}")
    settled = [size for done, size in memory.items() if done >= options.count // 2]
    if settled and max(settled) - settled[0] > _GROWTH_MB:
        outcome.faults.append(f"memory grew from {settled[0]:.0f} to {max(settled):.0f} MB")
        print(outcome.faults[-1])
    return 1 if outcome.faults else 0


def _resident() -> float:
    """Megabytes of memory in use; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
