"""A budget split over channels, by our search and by pymc-marketing's optimiser: the same problem
in one run, for ``optimise.py --peer``.

Four channels, 500 draws of their responses, 52 periods. What is spent carries over to later
periods (geometrically, eight of them) and saturates (logistically); asked for is the split of a
fixed budget a period with the highest mean response. The peer has an environment of its own, made
on demand below the cache directory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

import numpy as np

from simulator import paths
from simulator.model.register import FloatArray
from simulator.optimise.search import Search, Space, Values, best_of, climb, first_order

PINNED = (
    "pymc-marketing==0.19.2",
    "pymc==5.28.5",
    "pytensor==2.38.3",
    "arviz==0.23.4",
    "xarray==2026.9.0",
    "numpy==2.4.6",
    "scipy==1.17.1",
)
"""The peer, and what its times depend on."""
_PEER = Path(__file__).with_name("peer_optimiser.py")
_RUNS = 3
"""Of each optimiser; the fastest counts."""


def problem(draws: int = 500, channels: int = 4, periods: int = 52) -> dict[str, Any]:
    """Draws of the responses, each of shape ``(draws, channels)``, and the budget of a period."""
    random = np.random.default_rng(2024)
    size = (draws, channels)
    return {
        "strength": np.linspace(1.5, 0.6, channels) * random.lognormal(0.0, 0.3, size),
        "steepness": np.linspace(1.0, 2.5, channels) * random.lognormal(0.0, 0.3, size),
        "kept": random.beta(4.0, 6.0, size),
        "periods": periods,
        "lags": 8,
        "total": 4.0,
    }


def ours(asked: dict[str, Any]) -> dict[str, Any]:
    """Ours: from one start, as the peer does it; and the whole search, with random splits, nine
    climbs, and the proof by slopes. What one unit carries over is worked out once, since all
    periods spend alike; the peer's graph of the model does not know that."""
    began = time.perf_counter()
    weights = asked["kept"][:, None, :] ** np.arange(asked["lags"])[:, None]
    weights = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    late = np.repeat(weights[:, -1:], asked["periods"] - asked["lags"], axis=1)
    carried = np.concatenate([weights, late], axis=1)  # of one unit spent in every period
    factor = -asked["steepness"][:, None, :] * carried * asked["total"]

    def value(split: FloatArray) -> float:
        decay = np.exp(factor * split)
        response = (1.0 - decay) / (1.0 + decay)
        return float((asked["strength"] * response.sum(axis=1)).sum(axis=1).mean())

    def evaluate(points: FloatArray) -> Values:
        values = np.array([value(point) for point in points])
        return Values(values, values, np.empty((len(points), 0)))

    count = asked["strength"].shape[1]
    space = Space(np.zeros(count), np.ones(count), np.arange(count), 1.0)
    even = np.full(count, 1.0 / count)
    built = time.perf_counter() - began
    singles, wholes = [], []
    for _ in range(_RUNS):
        began = time.perf_counter()
        single = climb(evaluate, space, even, precision=1e-10)
        singles.append(time.perf_counter() - began)
        began = time.perf_counter()
        search = Search(evaluate, space, starts=[even], precision=1e-10)
        for _ in search.run():
            pass
        best = best_of(search.ends)
        left = first_order(evaluate, space, best, search.scale).gain
        wholes.append(time.perf_counter() - began)
    return {
        "solve_s": min(singles),
        "whole_s": built + min(wholes),
        "value": single.exact,
        "whole_value": best.exact,
        "left": left,
        "split": [float(part) * asked["total"] for part in best.x],
    }


def peer(asked: dict[str, Any]) -> dict[str, Any]:
    """The peer's, in its own environment."""
    python = _environment()
    with tempfile.TemporaryDirectory() as folder:
        file, compiled = Path(folder) / "problem.npz", python.parent.parent / "compiled"
        np.savez(file, **asked)
        done = subprocess.run(
            [python, _PEER, file, str(_RUNS)],
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "PYTENSOR_FLAGS": f"base_compiledir={compiled}",
            },
        )
    if done.returncode:
        raise SystemExit(f"pymc-marketing failed:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _environment() -> Path:
    """The Python of the peer's environment; made if it is not there (some minutes)."""
    folder = paths.cache_dir() / "peers" / PINNED[0].replace("==", "-")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if not ready.exists():
        print(f"Installing {PINNED[0]} into {folder} ...", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        installed = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *PINNED], check=False
        )
        if installed.returncode:
            raise SystemExit(f"{PINNED[0]} could not be installed: see above")
        ready.touch()
    return python


def compare() -> None:
    """Solve it by both, and print what came of it."""
    asked = problem()
    us, them = ours(asked), peer(asked)
    off = abs(us["value"] - them["value"]) / abs(them["value"])
    print(f"\n{'4 channels, 500 draws, 52 periods':<34}{'value':>14}{'seconds':>10}   split")
    for name, value, seconds, split in (
        ("pymc-marketing, one start", them["value"], them["solve_s"], them["split"]),
        ("  the same, built and compiled", them["value"], them["build_s"] + them["solve_s"], []),
        ("ours, one start", us["value"], us["solve_s"], us["split"]),
        ("ours, 257 starts, 9 climbs, proof", us["whole_value"], us["whole_s"], us["split"]),
    ):
        parts = " ".join(f"{part:.4f}" for part in split)
        print(f"{name:<34}{value:>14.7f}{seconds:>10.3f}   {parts}".rstrip())
    print(f"values differ by {off:.1e} of their size (allowed: 1e-6)")
    print(f"slopes leave {max(us['left'], 0.0):.1e} to be gained")
    nothing = (them["build_s"] + them["solve_s"]) / us["whole_s"]
    print(
        f"time, peer / ours: {them['solve_s'] / us['solve_s']:.2f} from one start, "
        f"{nothing:.2f} from nothing (the peer to its split, ours to a proved one)"
    )
    if off > 1e-6:
        raise SystemExit("not the same objective")
