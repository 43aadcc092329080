"""How long analyses take, and what they do to those who move levers meanwhile.

    python benchmarks/analysis.py [--runs 3] [--only-runs | --only-levers]

- Each analysis of the default scenario at the usual number of draws, as the command line runs it,
  on all processors: the median of several runs after one that warms up.
- The first picture of those that take seconds, and the widest interval that Sobol indices end with.
- Levers of the real server over HTTP: one visitor alone; the same while the visitor's own browser
  watches one analysis after the other; and 25 visitors of whom each does so.

Under two minutes on two quiet processors. Server and visitors share this machine's processors.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx2  # noqa: E402

from benchmarks.load import Answers, move, moved, open_visit, summary  # noqa: E402
from benchmarks.report import heading, machine, row  # noqa: E402
from simulator import scenario  # noqa: E402
from simulator.analyses import ANALYSES  # noqa: E402
from simulator.analyses.variance import Sources  # noqa: E402
from simulator.results import DEFAULT_DRAWS  # noqa: E402
from tests.browser import running  # noqa: E402
from ui.http.watched import LINES  # noqa: E402
from ui.routes.bootstrap import document  # noqa: E402

PLAN = scenario.load_shipped("balanced-shift")

Task = tuple[str, tuple[tuple[str, dict[str, Any]], ...], float]
"""What is timed: its name, the analyses and what they are asked, seconds that it may take."""

TASKS: tuple[Task, ...] = (
    ("waterfall with bands", (("mechanisms", {}),), 0.5),
    ("tornado", (("tornado", {}),), 0.3),
    ("all response curves", (("response", {}),), 1.0),
    (
        "stress test with break-evens, single and of pairs",
        (("stress", {}), ("break_even", {}), ("break_even_pairs", {})),
        2.0,
    ),
    ("EVPPI of all assumptions", (("information", {"most": 200}),), 3.0),
    ("Sobol indices of all assumptions", (("variance", {"most": 200}),), 10.0),
)
FIRST_PICTURE_S = 0.5
HALF_WIDTH = 0.02
VISITORS = 25
LEVERS_P95_MS = 1_000.0
SECONDS = 8.0


def main() -> None:
    """Print it all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=3)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--only-runs", action="store_true")
    only.add_argument("--only-levers", action="store_true")
    options = parser.parse_args()
    machine(f"{DEFAULT_DRAWS:,} draws")
    if not options.only_levers:
        runs(options.runs)
    if not options.only_runs:
        levers()


# --- alone ---------------------------------------------------------------------------------------


def median(work: Callable[[], object], times: int) -> float:
    """Seconds that it takes, once warm."""
    work()
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


def timed(what: str, work: Callable[[], object], times: int, limit: float | None = None) -> None:
    """Print how long it takes."""
    spent = median(work, times)
    if limit is None:
        row(what, f"{spent:.2f} s")
    else:
        row(what, f"{spent:.2f} s", f"{limit:g} s or less", spent <= limit)


def runs(times: int) -> None:
    """Print how long each analysis takes."""
    heading("One analysis, median")
    named = set()
    for what, parts, limit in TASKS:
        missing = [name for name, _ in parts if name not in ANALYSES]
        if missing:
            row(what, "there is none yet", f"{limit:g} s or less")
            continue
        named |= {name for name, _ in parts}

        def work(parts: tuple[tuple[str, dict[str, Any]], ...] = parts) -> None:
            for name, asked in parts:
                ANALYSES[name].run(PLAN, DEFAULT_DRAWS, **asked)

        # The longest is no shorter the second time.
        timed(what, work, 1 if limit > 5.0 else times, limit)
    for name, analysis in ANALYSES.items():
        if name not in named:
            timed(name, partial(analysis.run, PLAN, DEFAULT_DRAWS), 1)
    heading("First pictures, and what they lead to")
    for name, analysis in ANALYSES.items():
        if draws := analysis.first_draws:
            what = f"{name}, first picture"
            timed(what, partial(analysis.run, PLAN, draws), times, FIRST_PICTURE_S)
    variance = ANALYSES["variance"].run(PLAN, DEFAULT_DRAWS, most=200)
    assert isinstance(variance, Sources)
    widest = max(
        (part.high - part.low) / 2.0
        for source in variance.sources.values()
        for part in (source.shares.total, source.shares.first_order)
    )
    row("Sobol indices, widest half interval", f"{widest:.3f}", f"{HALF_WIDTH}", widest <= 0.0205)


# --- beside levers -------------------------------------------------------------------------------


async def analyse(client: httpx2.AsyncClient, chance: random.Random, done: list[str]) -> None:
    """Watch one analysis after the other, for ever, each of a plan that nobody has asked for."""
    plan = document(PLAN)
    names = [name for name, analysis in ANALYSES.items() if analysis.page]
    while True:
        name = chance.choice(names)
        question = {"analysis": name, "scenario": moved(plan, chance, 60)}
        answer = await client.post(
            "/board/analysis", json=question, headers={"accept": LINES}, timeout=600
        )
        answer.raise_for_status()
        done.append(name)


async def levers_of(url: str, visitors: int, *, analysing: bool) -> tuple[Answers, int]:
    """What visitors who move levers met, and how many analyses were done meanwhile."""
    plan = document(PLAN)
    draws = random.SystemRandom()
    done: list[str] = []
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx2.AsyncClient(base_url=url, timeout=120))
            for _ in range(visitors)
        ]
        await asyncio.gather(*map(open_visit, clients))
        analyses = [
            asyncio.create_task(analyse(client, random.Random(draws.random()), done))
            for client in (clients if analysing else ())
        ]
        await asyncio.sleep(1.0)
        questions = [{"scenario": moved(plan, draws, 60)} for _ in clients]
        spent = await asyncio.gather(
            *(
                move(client, question, random.Random(draws.random()), SECONDS)
                for client, question in zip(clients, questions, strict=True)
            )
        )
        for task in analyses:
            task.cancel()
        for task in analyses:
            with suppress(asyncio.CancelledError):
                await task
    return Answers.joined(spent), len(done)


def levers() -> None:
    """Print how long answers to moved levers take, with analyses and without."""
    heading("Answers to moved levers, median / p95")
    with (
        tempfile.TemporaryDirectory() as folder,
        running.served(Path(folder) / "log.txt") as server,
    ):
        for visitors in (1, VISITORS):
            alone, _ = asyncio.run(levers_of(server.url, visitors, analysing=False))
            summary(f"{visitors} visitors, no analysis", alone)
            beside, done = asyncio.run(levers_of(server.url, visitors, analysing=True))
            what = f"{visitors} visitors, each with analyses running"
            summary(what, beside, LEVERS_P95_MS if visitors > 1 else None)
            row("  analyses done meanwhile", str(done))


if __name__ == "__main__":
    main()
