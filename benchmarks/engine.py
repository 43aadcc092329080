"""Speed of the engine, side by side with its peers on the same work, in one run.

    python benchmarks/engine.py            everything, about three minutes
    python benchmarks/engine.py --quick    without the million draws and the fresh install

The work: the default scenario over 60 months, all outcomes. A *run* is one simulation of one draw.
Every figure is a median; peers are plain Python and SciPy's ``solve_ivp`` over the same equations,
and PySD on the model as ``export --to xmile`` writes it; with ``--bptk PYTHON``, a Python that has
BPTK-Py (not among our packages), that as well. These machines are shared: compare the ratios, not
the microseconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from scipy.integrate import solve_ivp  # noqa: E402

from simulator import engine, results  # noqa: E402
from simulator.exports.translate import scenario_xmile  # noqa: E402
from simulator.model import register, system  # noqa: E402
from simulator.model.initial_state import initial_state  # noqa: E402
from simulator.model.quantities import Ledger, State, Switches  # noqa: E402
from simulator.scenario import Scenario, load_shipped  # noqa: E402

MONTHS = 60
ON = Switches(drift=1.0, connecting=1.0)

SECOND_PROCESS = """
import time
started = time.perf_counter()
import simulator
forecast = simulator.simulate(simulator.load("balanced-shift"), draws=1000)
forecast.headline
print(time.perf_counter() - started)
"""

MILLION = """
import resource, sys, time
import simulator
from simulator import results
scenario = simulator.load("balanced-shift")
started = time.perf_counter()
results.headline(scenario, 1_000_000)
spent = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(spent, peak / 1024**(2 if sys.platform == "darwin" else 1) / 1024)
"""


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Median wall-clock time of ``work``, after one call to warm up."""
    work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def line(what: str, value: str, target: str = "") -> None:
    """Print one row of the report."""
    print(f"{what:<58}{value:>16}   {target}", flush=True)


def engine_runs(scenario: Scenario) -> list[float]:
    """Time the engine for 1, 1,000 and 100,000 draws; returns seconds per run at 1,000, on one
    thread and on all."""
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()

    def simulate(values: Iterator[register.FloatArray], threads: int) -> None:
        for part in values:
            engine.run(org, plan, ON, part, MONTHS, threads=threads)

    draw = engine.draw(1, 1)
    seconds = median_seconds(lambda: simulate(iter([draw]), 1), 200)
    line("1 draw", f"{seconds * 1e6:.0f} us", "target: 200 us or less")
    chunks = list(engine.draw_in_chunks(100_000, 1, size=results.CHUNK))
    thousand = np.ascontiguousarray(chunks[0][:, :1000])
    per_run = []
    for threads in (1, os.cpu_count() or 1):
        word = "1 thread" if threads == 1 else f"{threads} threads"
        few = median_seconds(lambda t=threads: simulate(iter([thousand]), t), 30) / 1000  # type: ignore[misc]
        many = median_seconds(lambda t=threads: simulate(iter(chunks), t), 3) / 100_000  # type: ignore[misc]
        line(f"1,000 draws, {word}: per run", f"{few * 1e6:.1f} us")
        line(
            f"100,000 draws, {word}: per run",
            f"{many * 1e6:.1f} us",
            "target: 15 us or less per core, linear in draws" if threads == 1 else "",
        )
        per_run.append(few)
    baseline = results.baseline_plan(org)

    def both() -> None:
        engine.run(org, plan, ON, thousand, MONTHS)
        engine.run(org, baseline, ON, thousand, MONTHS)

    line(
        "1,000 draws, plan and baseline, all threads",
        f"{median_seconds(both, 30) * 1e3:.1f} ms",
        "target: 25 ms or less",
    )
    line(
        "1,000 draws, everything the headline needs (5 runs)",
        f"{median_seconds(lambda: results.simulate(scenario, 1000).headline, 15) * 1e3:.1f} ms",
    )
    return per_run


def faster(seconds: float, per_run: list[float]) -> None:
    """Print how many times as fast the engine is, on one thread and on all."""
    ratios = " and ".join(f"{seconds / spent:,.0f}" for spent in per_run)
    line("  engine is faster by, on one thread and on all", ratios, "target: 1,000 times")


def peers(scenario: Scenario, per_run: list[float]) -> None:
    """Time plain Python and ``solve_ivp`` on the same equations."""
    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    p = register.central()
    plain = median_seconds(lambda: list(system.trajectory(org, plan, ON, p, MONTHS)), 9)
    line("plain Python, same equations and method: per run", f"{plain * 1e3:.1f} ms")
    faster(plain, per_run)
    today = initial_state(org, p)

    def slope(month: float, levels: np.ndarray) -> np.ndarray:
        rate = system.rates(State(*levels[: len(State._fields)]), month, org, plan, ON, today, p)
        return np.array((*rate.state, *rate.ledger))

    start = np.array((*today.state, *(0.0 for _ in Ledger._fields)))
    for method in ("RK45", "LSODA"):
        spent = median_seconds(
            lambda m=method: solve_ivp(  # type: ignore[misc]
                slope, (0, MONTHS), start, method=m, rtol=1e-6, t_eval=np.arange(MONTHS + 1)
            ),
            5,
        )
        line(f"solve_ivp {method} at 1e-6, same equations: per run", f"{spent * 1e3:.1f} ms")
        faster(spent, per_run)


BPTK = """
import importlib.util, statistics, sys, time
from BPTK_Py.sdcompiler.compile import compile_xmile
source, target, months = sys.argv[1], sys.argv[2], int(sys.argv[3])
compile_xmile(source, target, "py")
spec = importlib.util.spec_from_file_location("exported", target)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
times = []
for _ in range(9):
    started = time.perf_counter()
    model = module.simulation_model()
    for month in range(months + 1):
        for name in model.equations:
            model.equation(name, month)
    times.append(time.perf_counter() - started)
print(statistics.median(times))
"""


def system_dynamics(scenario: Scenario, bptk: str | None) -> None:
    """Time PySD on the model as we export it, and BPTK-Py where ``bptk`` is a Python that has it,
    against the engine by the same method."""
    import pysd

    org, plan = scenario.organisation_quantities(), scenario.plan_quantities()
    values = engine.draw(1, 1, scenario.ranges())
    ours = median_seconds(
        lambda: engine.run(org, plan, ON, values, MONTHS, method="euler", threads=1), 200
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.xmile"
        file.write_text(scenario_xmile(scenario), encoding="utf-8")
        model = pysd.read_xmile(str(file))
        theirs = median_seconds(lambda: model.run(final_time=MONTHS), 9)
        peer_seconds = {"PySD": theirs}
        if bptk:
            target = str(Path(folder) / "exported.py")
            arguments = [bptk, "-c", BPTK, str(file), target, str(MONTHS)]
            done = subprocess.run(arguments, capture_output=True, text=True, check=True)
            peer_seconds["BPTK-Py"] = float(done.stdout.split()[-1])
    line("engine, Euler, 1 draw, all outcomes", f"{ours * 1e6:.0f} us")
    for name, seconds in peer_seconds.items():
        line(f"{name} on our XMILE, Euler, 1 draw, all variables", f"{seconds * 1e3:.0f} ms")
        line("  engine is faster by", f"{seconds / ours:,.0f}")


def process(code: str, cache: str | None = None) -> list[float]:
    """Run ``code`` in a new process; returns the numbers that it prints."""
    environment = dict(os.environ) | ({"SIMULATOR_CACHE_DIR": cache} if cache else {})
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(number) for number in done.stdout.split()]


def main() -> None:
    """Run the benchmark and print the report."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    options.add_argument("--bptk", metavar="PYTHON", help="a Python that has BPTK-Py, to compare")
    chosen = options.parse_args()
    quick = chosen.quick
    engine.prepare()
    scenario = load_shipped("balanced-shift")
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    per_run = engine_runs(scenario)
    peers(scenario, per_run)
    system_dynamics(scenario, chosen.bptk)
    second = statistics.median(process(SECOND_PROCESS)[0] for _ in range(5))
    line(
        "second process: import to first result (1,000 draws)",
        f"{second:.2f} s",
        "target: 1.5 s or less",
    )
    if quick:
        return
    with tempfile.TemporaryDirectory() as empty:
        line(
            "fresh install: import to first result, compiling",
            f"{process(SECOND_PROCESS, empty)[0]:.1f} s",
        )
    spent, peak = process(MILLION)
    line("a million draws of headline figures (5 runs each)", f"{spent:.0f} s")
    line("  peak memory", f"{peak:.2f} GB", "target: below 1.5 GB")


if __name__ == "__main__":
    main()
