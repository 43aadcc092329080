"""``python -m simulator`` as a user runs it, in a process of its own or in this one."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import simulator

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = ROOT / "scenarios" / "balanced-shift.json"


def command(
    *arguments: str, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        input=stdin.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        timeout=60,
    )


Printed = Callable[..., bytes]


def percentiles(figure: simulator.Estimate) -> dict[str, float | None]:
    values = (figure.low, figure.central, figure.high)
    finite = (value if math.isfinite(value) else None for value in values)
    return dict(zip(("p10", "p50", "p90"), finite, strict=True))


SCENARIOS = sorted(
    path.stem for path in (ROOT / "scenarios").glob("*.json") if "schema" not in path.name
)
