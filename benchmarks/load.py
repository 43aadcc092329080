"""Many visitors at once on the real server: answer times, memory, first and second visit.

    python benchmarks/load.py [--visitors 25] [--seconds 20] [--only-moves | --only-visits]
        [--all-draws]

- First visit: a warm install, process start to a page that can be used, in a real Chromium with an
  empty cache; then a second visitor, also with an empty cache, and what was there when; one by a
  network of 400 kbit/s.
- Idle visitors: each opens the page as a browser does and asks once for what the board needs.
  Memory is the growth of the server's resident set.
- Moving visitors: the same connections stay open, and each moves a lever once a second, to a value
  that no cache knows yet, and asks as the page does: few draws at once; all of them 0.12 s after
  that answer, which the next move breaks off if it is not there by then. After the last move all
  draws are waited for. ``--all-draws`` asks for all draws at each move and nothing else.
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
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from copy import deepcopy
from dataclasses import dataclass, field
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
from ui.http.visitors import COOKIE  # noqa: E402
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
        board.page.on(
            "request", lambda request: asked.append(request) if _is_answer(request.url) else None
        )
        started = time.perf_counter()
        board.open()
        spent = time.perf_counter() - started
        marks: dict[str, float] = board.page.evaluate(MARKS)
        question: dict[str, Any] = json.loads(asked[0].post_data or "")
        # From the second question on, the browser has the charts' layouts.
        question["layouts"] = [chart["key"] for chart in board.answer()["charts"]]
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


REST_SECONDS = 0.12
"""Without a move, after which the page asks for all draws (ui/web/simulate/pace.js)."""


@dataclass
class Answers:
    """What visitors who move levers met, in seconds."""

    moving: list[float] = field(default_factory=list)
    """Until a move was answered."""
    exact: list[float] = field(default_factory=list)
    """Until all draws were there, once a lever was at rest."""
    broken_off: int = 0
    """All draws that were not there when the lever moved again."""

    @classmethod
    def joined(cls, parts: Iterable[Answers]) -> Answers:
        """Of all visitors."""
        whole = cls()
        for part in parts:
            whole.moving += part.moving
            whole.exact += part.exact
            whole.broken_off += part.broken_off
        return whole


async def move(
    client: httpx2.AsyncClient,
    question: dict[str, Any],
    chance: random.Random,
    seconds: float,
    all_draws: bool = False,
) -> Answers:
    """Move a lever once a second, see above. A visitor whose answer is late moves again when it is
    there, as the board does."""
    question, met = deepcopy(question), Answers()

    async def asked(**how: bool) -> float:
        started = time.perf_counter()
        (await client.post("/board/answer", json=question | how)).raise_for_status()
        return time.perf_counter() - started

    await asyncio.sleep(chance.random())
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        plan = question["scenario"]["plan"]
        plan[chance.choice(SOURCES)]["share_moved"] = round(chance.uniform(0.0, 0.6), 4)
        how = {} if all_draws else {"moving": True, "has_tiles": False}  # as the page opens
        met.moving.append(await asked(**how))
        next_move = began + 1.0
        if not all_draws:
            await asyncio.sleep(REST_SECONDS)
            left = next_move - time.perf_counter() if next_move < end else 60.0
            try:
                met.exact.append(await asyncio.wait_for(asked(at_rest=True), max(left, 0.0)))
            except TimeoutError:
                met.broken_off += 1
        await asyncio.sleep(max(0.0, next_move - time.perf_counter()))
    return met


async def crowd(
    server: running.Server, question: dict[str, Any], visitors: int, seconds: float, all_draws: bool
) -> tuple[float | None, Answers]:
    """Open the page, then move levers; returns MB per idle visitor (``None`` where the system does
    not tell), and what they met."""
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
                move(client, question, chance, seconds, all_draws)
                for client, chance in zip(clients, chances, strict=True)
            )
        )
    grown = None if before is None or after is None else (after - before) / visitors
    return grown, Answers.joined(moves)


def resident(process_id: int) -> float | None:
    """Megabytes of memory that a process holds; ``None`` where the system has no ``/proc``."""
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        return None
    line = next(entry for entry in status.read_text().splitlines() if entry.startswith("VmRSS:"))
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
    url: str,
    visitors: int,
    seconds: float,
    greed: Greed | None,
    own: bool = False,
    all_draws: bool = False,
) -> Answers:
    """Move levers, in plain requests, each visitor with a number as the page gives one. ``greed``:
    what one more visitor asks for all the while, without a number: each connection may count as a
    visitor. ``own``: each has another organisation."""
    plan = document(scenario.load_shipped("balanced-shift"))
    draws = random.SystemRandom()  # no two runs on one server ask for the same
    questions = [{"scenario": moved(plan, draws, 60)} for _ in range(visitors)]
    for number, question in enumerate(questions if own else ()):
        question["scenario"]["organisation"]["customers"] = 50_000 + 1_000 * number
    connections = visitors + (GREEDY_CONNECTIONS if greed else 0)
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(
                httpx2.AsyncClient(
                    base_url=url,
                    timeout=120,
                    cookies={COOKIE: f"{draws.random()}"} if number < visitors else None,
                )
            )
            for number in range(connections)
        ]
        chances = [random.Random(draws.random()) for _ in clients]
        greedy = [
            asyncio.create_task(devour(client, greed, plan, chance))
            for client, chance in zip(clients[visitors:], chances[visitors:], strict=True)
            if greed
        ]
        met = await asyncio.gather(
            *(
                move(client, question, chance, seconds, all_draws)
                for client, question, chance in zip(clients, questions, chances, strict=False)
            )
        )
        for guest in greedy:
            guest.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)
    return Answers.joined(met)


def summary(what: str, met: Answers, limit: float | None = None) -> None:
    """Print how long answers took."""
    middle, high = (1000 * percentile(met.moving, percent) for percent in (50, 95))
    text = f"{middle:.0f} / {high:.0f} ms"
    if limit is None:
        row(what, text)
    else:
        row(what, text, f"p95 {limit:.0f} ms or less", high <= limit)
    if met.exact:
        middle, high = (1000 * percentile(met.exact, percent) for percent in (50, 95))
        asked = len(met.exact) + met.broken_off
        row("  all draws, at rest", f"{middle:.0f} / {high:.0f} ms")
        row("  broken off by the next move", f"{met.broken_off} of {asked}")


def fairness(server: running.Server, visitors: int, seconds: float, all_draws: bool) -> None:
    """Print what others meet beside a greedy visitor, and many with organisations of their own."""

    def met(count: int, greed: Greed | None = None, own: bool = False) -> Answers:
        before = used(server.process_id)
        answers = asyncio.run(beside(server.url, count, seconds, greed, own, all_draws))
        if greed is None and (after := used(server.process_id)) is not None and before is not None:
            number = len(answers.moving)
            row("  processor time for each move", f"{1000 * (after - before) / number:.1f} ms")
        return answers

    heading("Answers to moved levers, median / p95")
    summary(f"{visitors} visitors", met(visitors))
    for what, greed in GREEDS.items():
        summary(f"beside {GREEDY_CONNECTIONS} x {what}", met(visitors, greed), 300)
    summary("25 organisations", met(25, own=True), 500)
    summary("60 organisations", met(60, own=True), 1_500)
    if (memory := resident(server.process_id)) is not None:
        row("memory of the server after that", f"{memory:.0f} MB")


def used(process_id: int) -> float | None:
    """Seconds of processor time that a process has used; ``None`` where nobody tells."""
    file = Path(f"/proc/{process_id}/stat")
    if not file.exists():
        return None
    fields = file.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(visitors: int, grown: float | None, met: Answers) -> None:
    """Print what the crowd met."""
    spent = met.moving
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
    options.add_argument("--all-draws", action="store_true", help="at each move, nothing else")
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
            how = (arguments.visitors, arguments.seconds, arguments.all_draws)
            report(arguments.visitors, *asyncio.run(crowd(server, question, *how)))
        fairness(server, arguments.visitors, arguments.seconds, arguments.all_draws)


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
    ready = statistics.median(visitor.ready for visitor in later)
    row(
        "second visitor, empty cache", f"{second.ready:.2f} s", "1.5 s or less", second.ready <= 1.5
    )
    row(f"median of {VISITS} such", f"{ready:.2f} s", "1.5 s or less", ready <= 1.5)
    row("over the wire until then", f"{second.sent:.2f} MB", "1.5 MB or less", second.sent <= 1.5)
    row("requests until then", f"{second.marks['requests']:.0f}")
    for name in ("document", "modules", "texts", "answer", "figures", "plotly"):
        at = statistics.median(visitor.marks[name] for visitor in later)
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
