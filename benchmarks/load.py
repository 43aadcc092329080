"""Many visitors at once on the real server: answer times, memory, first and second visit.

    python benchmarks/load.py [--visitors 25] [--seconds 20] [--only-moves | --only-visits]

- First visit: a warm install, process start to a page that can be used, in a real Chromium with an
  empty cache; then a second visitor, also with an empty cache, and what was there when; one by a
  network of 400 kbit/s.
- Idle visitors: each opens the page as a browser does and asks once for what the board needs.
  Memory is the growth of the server's resident set.
- Moving visitors: the same connections stay open, and each moves a lever once a second through the
  board's route, to a value that no cache knows yet.
- Beside a greedy one: the same, while one more visitor with ten connections asks for the largest
  things there are, over 120 months, as fast as it gets them: answers with four pinned plans,
  comparisons of six plans and of six organisations, spreadsheets.
- Organisations of their own: every visitor, of 25 and of 60, moves levers of another one.

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
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx2  # noqa: E402
from playwright.sync_api import Browser, Request  # noqa: E402

from benchmarks.report import heading, machine, percentile, row  # noqa: E402
from simulator import scenario  # noqa: E402
from simulator.model.quantities import SOURCES  # noqa: E402
from tests.browser import running  # noqa: E402
from tests.browser.helpers import SEEN_TOUR, Board  # noqa: E402
from ui.routes.bootstrap import document  # noqa: E402

Greed = Callable[[dict[str, Any], random.Random], tuple[str, dict[str, Any]]]
"""From a plan to a route and what it is asked."""

VISITS = 5
"""With an empty cache, after the first."""
SETTLE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit with an empty cache; all times in seconds from navigation."""

    ready: float
    """Until all is painted and can be used."""
    question: dict[str, Any]
    """What it asked the board's route first."""
    marks: dict[str, float]
    """What was there when, as the browser has it."""
    sent: float
    """MB over the wire until then."""


SHOWN = """() => new MutationObserver(() => {
  if (!document.querySelector('[data-figure] .value')?.textContent) return;
  window.figuresAt ??= performance.now();
}).observe(document, { childList: true, subtree: true, characterData: true })"""
MARKS = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const all = performance.getEntriesByType("resource");
  const end = (part) => Math.max(0, ...all.filter(({ name }) => name.includes(part))
    .map(({ responseEnd }) => responseEnd));
  const modules = all.filter(({ name }) => name.endsWith(".js") && !name.includes("plotly/"));
  return {
    sent: [page, ...all].reduce((sum, { transferSize }) => sum + transferSize, 0),
    document: page.responseEnd,
    modules: Math.max(...modules.map(({ responseEnd }) => responseEnd)),
    texts: end("board/start"),
    answer: end("board/answer"),
    figures: window.figuresAt,
    plotly: end("plotly/"),
    requests: all.length + 1,
  };
}"""
SLOW = {"offline": False, "latency": 200, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s, as Chromium emulates it."""


def visit(browser: Browser, url: str, network: dict[str, Any] | None = None) -> Visit:
    """Visit with an empty cache, by a ``network`` such as :data:`SLOW`."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(f"{SEEN_TOUR}; ({SHOWN})()")
    try:
        board = Board(context.new_page(), url)
        board.page.set_default_timeout(120_000)
        if network:
            context.new_cdp_session(board.page).send("Network.emulateNetworkConditions", network)
        asked: list[Request] = []
        board.page.on("request", lambda one: asked.append(one) if _is_answer(one.url) else None)
        started = time.perf_counter()
        board.open()
        spent = time.perf_counter() - started
        marks: dict[str, float] = board.page.evaluate(MARKS)
        question: dict[str, Any] = json.loads(asked[0].post_data or "")
        # From the second question on, the browser has the charts' layouts.
        question["layouts"] = [one["key"] for one in board.answer()["charts"]]
        sent = marks.pop("sent") / 1e6
        requests = marks.pop("requests")
        times = {name: at / 1000 for name, at in marks.items()}
        return Visit(spent, question, {**times, "requests": requests}, sent)
    finally:
        context.close()


def _is_answer(url: str) -> bool:
    return url.endswith("/board/answer")


async def open_visit(client: httpx2.AsyncClient) -> None:
    """Open the page as a browser does, which gives the visitor a number, and what it needs once."""
    (await client.get("/")).raise_for_status()
    (await client.get("/board/start", params={"language": "en"})).raise_for_status()


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
    """Open the page, then move levers; returns MB per idle visitor (``None`` where the system does
    not tell), and the seconds that each answer took."""
    before = resident(server.process_id)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx2.AsyncClient(base_url=server.url, timeout=60))
            for _ in range(visitors)
        ]
        await asyncio.gather(*map(open_visit, clients))
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


# --- one who asks for everything, and many who differ --------------------------------------------

GREEDY_CONNECTIONS = 10


def pinned(plan: dict[str, Any], chance: random.Random) -> tuple[str, dict[str, Any]]:
    """The largest answer: a plan and four pinned ones."""
    pins = [
        {"name": f"{slot}", "slot": slot, "scenario": moved(plan, chance)} for slot in range(1, 5)
    ]
    return "answer", {"scenario": moved(plan, chance), "pins": pins}


def six_plans(plan: dict[str, Any], chance: random.Random) -> tuple[str, dict[str, Any]]:
    """A comparison of six plans."""
    return "compare", {"scenarios": [named(moved(plan, chance)) for _ in range(6)]}


def six_organisations(plan: dict[str, Any], chance: random.Random) -> tuple[str, dict[str, Any]]:
    """A comparison of six plans, each of an organisation that nobody has asked for."""
    plans = [moved(plan, chance) for _ in range(6)]
    for organisation in plans:
        organisation["organisation"]["customers"] = chance.randint(1_000, 1_000_000)
    return "compare", {"scenarios": list(map(named, plans))}


def spreadsheet(plan: dict[str, Any], chance: random.Random) -> tuple[str, dict[str, Any]]:
    """A comparison of six plans as a spreadsheet."""
    return "compare-file", {**six_plans(plan, chance)[1], "format": "xlsx"}


GREEDS = {
    "answers with four pinned plans": pinned,
    "comparisons of six plans": six_plans,
    "comparisons of six organisations": six_organisations,
    "spreadsheets of six plans": spreadsheet,
}
"""What the greedy visitor asks for."""


def moved(plan: dict[str, Any], chance: random.Random, months: int = 120) -> dict[str, Any]:
    """The plan with a lever somewhere else, over so many months."""
    plan = deepcopy(plan)
    plan["plan"][chance.choice(SOURCES)]["share_moved"] = round(chance.uniform(0.0, 0.6), 6)
    return plan | {"horizon_months": months}


def named(plan: dict[str, Any]) -> dict[str, Any]:
    """A plan as comparisons take it."""
    return {"name": "Plan", "scenario": plan}


async def devour(
    client: httpx2.AsyncClient, greed: Greed, plan: dict[str, Any], chance: random.Random
) -> None:
    """Ask for one large thing after the other, for ever."""
    while True:
        route, question = greed(plan, chance)
        (await client.post(f"/board/{route}", json=question)).raise_for_status()


async def beside(
    url: str, visitors: int, seconds: float, greed: Greed | None, own: bool = False
) -> list[float]:
    """Move levers, in plain requests without sessions; returns the seconds that each answer took.
    ``greed``: what one more visitor asks for all the while; ``own``: each has another
    organisation."""
    plan = document(scenario.load_shipped("balanced-shift"))
    draws = random.SystemRandom()  # no two runs on one server ask for the same
    questions = [{"scenario": moved(plan, draws, 60)} for _ in range(visitors)]
    for number, question in enumerate(questions if own else ()):
        question["scenario"]["organisation"]["customers"] = 50_000 + 1_000 * number
    connections = visitors + (GREEDY_CONNECTIONS if greed else 0)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(httpx2.AsyncClient(base_url=url, timeout=120))
            for _ in range(connections)
        ]
        chances = [random.Random(draws.random()) for _ in clients]
        greedy = [
            asyncio.create_task(devour(client, greed, plan, chance))
            for client, chance in zip(clients[visitors:], chances[visitors:], strict=True)
            if greed
        ]
        spent = await asyncio.gather(
            *(
                move(client, question, chance, seconds)
                for client, question, chance in zip(clients, questions, chances, strict=False)
            )
        )
        for guest in greedy:
            guest.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)
    return [one for answers in spent for one in answers]


def summary(what: str, spent: Sequence[float], limit: float | None = None) -> None:
    """Print how long answers took."""
    middle, high = (1000 * percentile(spent, percent) for percent in (50, 95))
    text = f"{middle:.0f} / {high:.0f} ms"
    if limit is None:
        row(what, text)
    else:
        row(what, text, f"p95 {limit:.0f} ms or less", high <= limit)


def fairness(server: running.Server, visitors: int, seconds: float) -> None:
    """Print what others meet beside a greedy visitor, and many with organisations of their own."""

    def met(count: int, greed: Greed | None = None, own: bool = False) -> list[float]:
        return asyncio.run(beside(server.url, count, seconds, greed, own))

    heading("Answers to moved levers, median / p95")
    summary(f"{visitors} visitors", met(visitors))
    for what, greed in GREEDS.items():
        summary(f"beside {GREEDY_CONNECTIONS} x {what}", met(visitors, greed), 300)
    summary("25 organisations", met(25, own=True), 500)
    summary("60 organisations", met(60, own=True), 1_500)
    if (memory := resident(server.process_id)) is not None:
        row("memory of the server after that", f"{memory:.0f} MB")


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
    options.add_argument("--only-moves", action="store_true", help="no browser")
    options.add_argument("--only-visits", action="store_true", help="of browsers")
    arguments = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running.served(Path(folder) / "log.txt") as server,
    ):
        if arguments.only_moves:
            machine("no browser")
        else:
            # Playwright's event loop is in the way of another one: the browser goes first.
            with running.browser() as browser:
                machine(f"Chromium {browser.version}")
                question = first_visits(browser, server)
            if arguments.only_visits:
                return
            spent = asyncio.run(crowd(server, question, arguments.visitors, arguments.seconds))
            report(arguments.visitors, *spent)
        fairness(server, arguments.visitors, arguments.seconds)


def first_visits(browser: Browser, server: running.Server) -> dict[str, Any]:
    """Print how long the first two visitors wait; returns what a page asks the board's route."""
    blank = browser.new_context()
    blank.new_page().goto("about:blank")  # the start of the browser itself is not ours to measure
    blank.close()
    first, second = visit(browser, server.url), visit(browser, server.url)
    heading("First visits")
    row("process start to healthy", f"{server.seconds:.2f} s")
    row("first visitor, from navigation", f"{first.ready:.2f} s", "2 s or less", first.ready <= 2)
    row("first visitor, process start and navigation", f"{server.seconds + first.ready:.2f} s")
    later = [second, *(visit(browser, server.url) for _ in range(VISITS - 1))]
    ready = statistics.median(one.ready for one in later)
    row(
        "second visitor, empty cache", f"{second.ready:.2f} s", "1.5 s or less", second.ready <= 1.5
    )
    row(f"median of {VISITS} such", f"{ready:.2f} s", "1.5 s or less", ready <= 1.5)
    row("over the wire until then", f"{second.sent:.2f} MB", "1.5 MB or less", second.sent <= 1.5)
    row("requests until then", f"{second.marks['requests']:.0f}")
    for name in ("document", "modules", "texts", "answer", "figures", "plotly"):
        at = statistics.median(one.marks[name] for one in later)
        row(f"{name} there, median", f"{at:.2f} s")
    slow = visit(browser, server.url, SLOW)
    figures = slow.marks["figures"]
    row("figures at 400 kbit/s", f"{figures:.1f} s", "20 s or less", figures <= 20)
    row("charts at 400 kbit/s", f"{slow.ready:.1f} s")
    if (memory := resident(server.process_id)) is not None:
        row("memory of the server after these visits", f"{memory:.0f} MB")
    return first.question


if __name__ == "__main__":
    main()
