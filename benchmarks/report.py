"""How the benchmarks of the page print what they found."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

import numpy as np


def heading(text: str) -> None:
    """Print the title of a part of the report."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def machine(software: str) -> None:
    """Print what this runs on, with which ``software``, and how busy that is already."""
    busy = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    print(
        f"{platform.machine()}, {os.cpu_count()} processors{busy}, "
        f"Python {platform.python_version()}, {software}"
    )


def row(what: str, value: str, target: str = "", met: bool | None = None) -> None:
    """Print one line: a figure, and its target with whether it is met."""
    verdict = {None: "", True: "met", False: "MISSED"}[met]
    print(f"{what:<56}{value:>20}   {f'target: {target}: {verdict}' if target else ''}".rstrip())


def percentile(values: Sequence[float], percent: float) -> float:
    """A percentile of measured values: the least value that ``percent`` of them do not exceed."""
    return float(np.percentile(values, percent, method="inverted_cdf"))
