"""The peer's part of ``optimise.py --peer``: pymc-marketing splits a budget over channels.

Run by the Python of an environment that has pymc-marketing, with the file of the problem (arrays of
numpy, see ``problem`` in ``allocation.py``) and the number of runs; prints what came of it as JSON.
Knows nothing of the product.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib import import_module
from typing import Any

import numpy as np


def main() -> None:
    warnings.simplefilter("ignore")
    arviz: Any = import_module("arviz")
    pm: Any = import_module("pymc")
    pmd: Any = import_module("pymc.dims")
    ptx: Any = import_module("pytensor.xtensor")
    peer: Any = import_module("pymc_marketing.mmm.budget_optimizer")
    with np.load(sys.argv[1]) as file:
        problem = {name: file[name] for name in file.files}
    draws, channels = problem["strength"].shape
    periods, lags = int(problem["periods"]), int(problem["lags"])
    names = [f"channel {number}" for number in range(channels)]
    began = time.perf_counter()
    with pm.Model(coords={"date": range(periods), "channel": names}) as model:
        spent = pmd.Data("channel_data", np.ones((periods, channels)), dims=("date", "channel"))
        strength = pmd.HalfNormal("strength", sigma=1.0, dims="channel")
        steepness = pmd.HalfNormal("steepness", sigma=1.0, dims="channel")
        kept = pmd.Beta("kept", 1.0, 3.0, dims="channel")
        before = ptx.as_xtensor(np.zeros((lags, channels)), dims=("date", "channel"))
        padded = ptx.concat([before, spent], dim="date")
        weight = sum(kept**lag for lag in range(lags))
        carried = (
            sum(
                kept**lag * padded.isel(date=slice(lags - lag, lags - lag + periods))
                for lag in range(lags)
            )
            / weight
        )
        decay = ptx.math.exp(-steepness * carried)
        pmd.Deterministic("response", (strength * (1 - decay) / (1 + decay)).sum())
    posterior = arviz.from_dict(
        posterior={name: problem[name][None] for name in ("strength", "steepness", "kept")},
        coords={"channel": names},
        dims={name: ["channel"] for name in ("strength", "steepness", "kept")},
    )
    optimiser = peer.BudgetOptimizer(
        num_periods=periods,
        model=peer.CustomModelWrapper(base_model=model, idata=posterior, channels=names),
        response_variable="response",
    )
    built = time.perf_counter() - began
    total = float(problem["total"])
    times = []
    for _ in range(int(sys.argv[2])):
        began = time.perf_counter()
        split, done = optimiser.allocate_budget(
            total, budget_bounds=dict.fromkeys(names, (0.0, total))
        )
        times.append(time.perf_counter() - began)
    print(
        json.dumps(
            {
                "build_s": built,
                "solve_s": min(times),
                "value": -float(done.fun),
                "split": [float(part) for part in split.values],
                "draws": draws,
            }
        )
    )


if __name__ == "__main__":
    main()
