"""Many visitors at once on the real server: answer times, memory, first and second visit.

    python benchmarks/load.py [--visitors 25] [--seconds 20]

- First visit: a warm install, process start to a page that can be used, in a real Chromium with an
  empty cache; then a second visitor, also with an empty cache.
- Idle visitors: each opens a session as a browser does (health, host configuration, cookie,
  websocket with Streamlit's own messages) and asks once for what the board needs. Memory is the
  growth of the server's resident set.
- Moving visitors: the same sessions stay open, and each moves a lever once a second through the
  board's route, to a value that no cache knows yet.

Server, browser and visitors share this machine's processors.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx2  # noqa: E402
from playwright.sync_api import Browser, Request  # noqa: E402
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from websockets.asyncio.client import ClientConnection, connect  # noqa: E402
from websockets.typing import Origin, Subprotocol  # noqa: E402

from benchmarks.report import heading, machine, percentile, row  # noqa: E402
from simulator.model.quantities import SOURCES  # noqa: E402
from tests.browser import running  # noqa: E402
from tests.browser.helpers import Board  # noqa: E402

XSRF = "_streamlit_xsrf"
SETTLE_SECONDS = 3.0


def visit(browser: Browser, url: str) -> tuple[float, dict[str, Any]]:
    """Visit with an empty cache; returns the seconds from navigation until the page can be used,
    and what it asked the board's route first."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    try:
        board = Board(context.new_page(), url)
        asked: list[Request] = []
        board.page.on("request", lambda one: asked.append(one) if _is_answer(one.url) else None)
        started = time.perf_counter()
        board.open()
        spent = time.perf_counter() - started
        question: dict[str, Any] = json.loads(asked[0].post_data or "")
        # From the second question on, the browser has the charts' layouts.
        question["layouts"] = [one["key"] for one in board.answer()["charts"]]
        return spent, question
    finally:
        context.close()


def _is_answer(url: str) -> bool:
    return url.endswith("/board/answer")


async def open_session(url: str, client: httpx2.AsyncClient) -> ClientConnection:
    """Open a session as a browser does; returns its websocket once the page has run.

    Raises ``RuntimeError`` if the page did not come to its end or drew nothing.
    """
    for path in ("/", "/_stcore/health", "/_stcore/host-config"):
        (await client.get(path)).raise_for_status()
    token = client.cookies.get(XSRF, "")
    connection = await connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(url),
        subprotocols=[Subprotocol(one) for one in ("streamlit", token) if one],
        additional_headers={"Cookie": f"{XSRF}={token}"},
        max_size=None,
    )
    hello = BackMsg()
    hello.rerun_script.query_string = ""
    hello.rerun_script.context_info.url = url
    hello.rerun_script.context_info.locale = "en-GB"
    await connection.send(hello.SerializeToString())
    drawn = False
    async for message in connection:
        assert isinstance(message, bytes)
        said = ForwardMsg.FromString(message)
        drawn = drawn or said.WhichOneof("type") == "delta"
        if said.WhichOneof("type") == "script_finished":
            break
    if not drawn or said.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        raise RuntimeError("the page did not come to its end, or drew nothing")
    (await client.get("/board/start", params={"language": "en"})).raise_for_status()
    return connection


async def move(
    client: httpx2.AsyncClient, question: dict[str, Any], chance: random.Random, seconds: float
) -> list[float]:
    """Move a lever once a second; returns the seconds that each answer took.

    A visitor whose answer is late moves again when it is there, as the board does.
    """
    question = deepcopy(question)
    spent = []
    await asyncio.sleep(chance.random())
    end = time.perf_counter() + seconds
    while (started := time.perf_counter()) < end:
        plan = question["scenario"]["plan"]
        plan[chance.choice(SOURCES)]["share_moved"] = round(chance.uniform(0.0, 0.6), 4)
        answer = await client.post("/board/answer", json=question)
        answer.raise_for_status()
        spent.append(time.perf_counter() - started)
        await asyncio.sleep(max(0.0, 1.0 - spent[-1]))
    return spent


async def crowd(
    server: running.Server, question: dict[str, Any], visitors: int, seconds: float
) -> tuple[float | None, list[float]]:
    """Open sessions, then move levers; returns MB per idle visitor (``None`` where the system does
    not tell), and the seconds that each answer took."""
    before = resident(server.process_id)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx2.AsyncClient(base_url=server.url, timeout=60))
            for _ in range(visitors)
        ]
        sessions = await asyncio.gather(*(open_session(server.url, one) for one in clients))
        for one in sessions:
            stack.push_async_callback(one.close)
        await asyncio.sleep(SETTLE_SECONDS)
        after = resident(server.process_id)
        chances = [random.Random(seed) for seed in range(visitors)]
        moves = await asyncio.gather(
            *(
                move(client, question, chance, seconds)
                for client, chance in zip(clients, chances, strict=True)
            )
        )
    grown = None if before is None or after is None else (after - before) / visitors
    return grown, [one for spent in moves for one in spent]


def resident(process_id: int) -> float | None:
    """Megabytes of memory that a process holds; ``None`` where the system has no ``/proc``."""
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        return None
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def report(visitors: int, grown: float | None, spent: Sequence[float]) -> None:
    """Print what the crowd met."""
    heading(f"{visitors} visitors at once")
    if grown is None:
        row("memory per idle visitor", "not told by system", "below 30 MB")
    else:
        row("memory per idle visitor", f"{grown:.1f} MB", "below 30 MB", grown < 30)
    row("moves", f"{len(spent)}")
    row("answer, median", f"{statistics.median(spent) * 1000:.0f} ms")
    p95 = percentile(spent, 95)
    row("answer, p95", f"{p95 * 1000:.0f} ms", "1,000 ms or less", p95 <= 1.0)
    row("answer, longest", f"{max(spent) * 1000:.0f} ms")


def main() -> None:
    """Run the benchmark and print the report."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--visitors", type=int, default=25)
    options.add_argument("--seconds", type=float, default=20.0, help="of moving levers")
    given = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running.served(Path(folder) / "log.txt") as server,
    ):
        # Playwright's event loop is in the way of another one: the browser goes first.
        with running.browser() as browser:
            machine(f"Chromium {browser.version}")
            question = first_visits(browser, server)
        spent = asyncio.run(crowd(server, question, given.visitors, given.seconds))
    report(given.visitors, *spent)


def first_visits(browser: Browser, server: running.Server) -> dict[str, Any]:
    """Print how long the first two visitors wait; returns what a page asks the board's route."""
    blank = browser.new_context()
    blank.new_page().goto("about:blank")  # the start of the browser itself is not ours to measure
    blank.close()
    first, question = visit(browser, server.url)
    second, _ = visit(browser, server.url)
    heading("First visits")
    row("process start to healthy", f"{server.seconds:.2f} s")
    row("first visitor, from navigation", f"{first:.2f} s", "3 s or less", first <= 3)
    row("first visitor, process start and navigation", f"{server.seconds + first:.2f} s")
    row("second visitor, empty cache", f"{second:.2f} s", "1.5 s or less", second <= 1.5)
    if (memory := resident(server.process_id)) is not None:
        row("memory of the server after two visits", f"{memory:.0f} MB")
    return question


if __name__ == "__main__":
    main()
