"""Runs of the model that several tests look at are made once.

For tests of what is made of runs: texts, charts, tables and files. What a run comes to is given by
what it is asked for, to the last bit; that it is, and whether a run takes part in anything, is for
tests that make their own.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence

from simulator import engine
from simulator.engine.runs import run_all as real_run_all
from simulator.model.register import FloatArray
from simulator.results import net_present_values
from simulator.scenario import Scenario

MOST_BYTES = 256_000_000
"""Of all runs that are kept: those that were asked for last. A run of 1,024 draws and five years
takes a tenth of it."""


class SharedRun(engine.Run):
    """A run that others have too: who adds to it has a copy from then on."""

    def add(self, name: str, amounts: FloatArray) -> None:
        if not self._blocks.flags.writeable:
            object.__setattr__(self, "_blocks", self._blocks.copy())
        super().add(name, amounts)


class KnownRuns:
    """Stands in for :func:`simulator.engine.run_all`."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, engine.Run] = OrderedDict()
        self._lock = threading.Lock()

    def run_all(
        self,
        jobs: Sequence[engine.Job],
        *,
        steps_per_month: int = 1,
        method: str = "rk4",
        threads: int | None = None,
    ) -> list[engine.Run]:
        keys = [_key(job, steps_per_month, method) for job in jobs]
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        missing = {key: job for key, job in zip(keys, jobs, strict=True) if key not in found}
        if missing:
            made = real_run_all(
                [*missing.values()],
                steps_per_month=steps_per_month,
                method=method,
                threads=threads,
            )
            for run in made:
                run._blocks.flags.writeable = False
            found |= zip(missing, made, strict=True)
        with self._lock:
            for key in keys:
                self._kept[key] = found[key]
                self._kept.move_to_end(key)
            while sum(run._blocks.nbytes for run in self._kept.values()) > MOST_BYTES:
                self._kept.popitem(last=False)
        given = (found[key] for key in keys)
        return [SharedRun(run.draws, run.months, run._blocks) for run in given]


def _key(job: engine.Job, steps_per_month: int, method: str) -> bytes:
    """All that the numbers of a run depend on."""
    asked = (job.org, job.plan, job.switches, job.months, job.record_outcomes)
    key = hashlib.blake2b(repr((asked, steps_per_month, method, job.values.shape)).encode())
    key.update(job.values.tobytes())
    return key.digest()


class KnownValues:
    """Stands in for :func:`simulator.results.net_present_values` in analyses, which ask for the
    value in thousands of cases: of these runs only what they come to is kept."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, FloatArray] = {}

    def net_present_values(
        self, scenario: Scenario, values: FloatArray, *, method: str = "rk4"
    ) -> FloatArray:
        draws = hashlib.blake2b(values.tobytes()).digest()
        key = (scenario, method, values.shape, draws)
        if key not in self._kept:
            self._kept[key] = net_present_values(scenario, values, method=method)
        return self._kept[key].copy()
