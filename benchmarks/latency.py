"""How long a move of a lever takes until its result is painted, beside plain Streamlit, in one run.

    python benchmarks/latency.py [--moves 60] [--size 1920x1080]

In a headless Chromium, for the same moves of the same levers of the default scenario, each to a
value that no cache knows yet:

- our page: headline strip, two large charts, small multiples, as the app shows them;
- ``plain.py``: the same figures of the same results by Streamlit's own widgets, on Streamlit's
  default server and on one that starts up as ours does (imports warm, garbage collector frozen);
- the floor: ``plain.py`` with nothing but its sliders and a line of text, on both servers.

The time runs from the browser's time stamp of the key press to the second animation frame after the
last change of what is shown (text, nodes, paths of charts). A move counts as over when nothing has
changed for 0.4 s. Our page shows a move twice: at once, by few draws, and when the lever stands
still by all of them; the first is what is compared, the second is reported beside it. The pages
take turns, so that a noisy machine is noisy for all of them. Then a lever of our page is dragged
for three seconds.

These machines are shared: compare the ratios, not the milliseconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, Request, ViewportSize  # noqa: E402

from benchmarks.report import heading, machine, percentile, row  # noqa: E402
from simulator.model.quantities import SOURCES  # noqa: E402
from tests.browser import running  # noqa: E402
from tests.browser.helpers import SEEN_TOUR, Board  # noqa: E402

LEVERS = tuple(f"plan.{source}.share_moved" for source in SOURCES)
WARM_UP = "plan.involvement.openness"
WARM_UPS = 5
DRAGGED = "plan.involvement.participation"
DRAG_SECONDS = 3.0

SHOWN = ".strip, .charts, .multiples"
"""What a move changes on our page, in one answer."""

PROBE = """([shown, idle]) => {
  const none = { changed: 0, painted: 0, reactFrom: 0, reactTo: 0, paints: [] };
  const probe = { started: 0, ...none };
  addEventListener("keydown", (event) => {
    Object.assign(probe, { started: event.timeStamp, ...none });
    performance.clearResourceTimings();
  }, true);
  const observer = new MutationObserver(() => {
    const now = performance.now();
    probe.changed = now;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      probe.paints.push([now, performance.now()]);
      if (probe.changed === now) probe.painted = performance.now();
    }));
  });
  for (const node of document.querySelectorAll(shown)) {
    observer.observe(node, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["d"],
    });
  }
  if (window.Plotly) {
    const react = window.Plotly.react;
    window.Plotly.react = async (...given) => {
      probe.reactFrom ||= performance.now();
      try { return await react(...given); } finally { probe.reactTo = performance.now(); }
    };
  }
  window.moved = async () => {
    const quiet = () => probe.painted && performance.now() - probe.painted > 400;
    const give_up = performance.now() + 20000;
    while (!(quiet() && document.querySelector(idle))) {
      if (performance.now() > give_up) throw new Error("nothing changed after a key press");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const [asked, again] = performance.getEntriesByType("resource")
      .filter((one) => one.name.endsWith("/board/answer"));
    const at_once = probe.paints.filter(([changed]) => !again || changed < again.startTime).at(-1);
    return {
      ...probe,
      changed: at_once[0],
      painted: at_once[1],
      exact: probe.painted,
      asked: asked?.startTime ?? null,
      answered: asked?.responseEnd ?? null,
      server: Object.fromEntries(
        (asked?.serverTiming ?? []).map((one) => [one.name, one.duration])
      ),
    };
  };
}"""
"""Measures within the page. ``shown`` selects what a move changes, ``idle`` matches when the page
has nothing more to do."""

COUNT = """() => {
  const board = document.querySelector("#board");
  window.answers = [];
  new MutationObserver(() => {
    const answer = board.dataset.answer;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (window.answers.at(-1)?.[0] !== answer) window.answers.push([answer, performance.now()]);
    }));
  }).observe(board, { attributes: true, attributeFilter: ["data-answer"] });
  // More draws come soon after that, and with them another answer.
  new MutationObserver(() => {
    if (board.dataset.settled === "true") {
      window.settled = [window.board.state().doc.plan, window.board.answer()];
    }
  }).observe(board, { attributes: true, attributeFilter: ["data-settled"] });
}"""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A page that takes part."""

    name: str
    page: Page
    lever: str
    """Selector of a lever's control, with ``{}`` for its path."""
    moves: list[dict[str, Any]] = field(default_factory=list)

    def move(self, path: str, key: str) -> None:
        """Press a key on a lever, and keep how long it took."""
        self.page.locator(self.lever.format(path)).focus()
        self.page.keyboard.press(key)
        self.moves.append(self.page.evaluate("window.moved()"))

    def times(self) -> list[float]:
        """Milliseconds of all moves."""
        return [move["painted"] - move["started"] for move in self.moves]


def ours(page: Page, url: str) -> Contestant:
    """Open our page."""
    page.context.add_init_script(SEEN_TOUR)
    Board(page, url).open()
    page.evaluate(
        "document.querySelectorAll('.levers details').forEach((one) => (one.open = true))"
    )
    page.evaluate(PROBE, [SHOWN, '#board[data-settled="true"]'])
    return Contestant("our page", page, 'input[type="range"][data-lever="{}"]')


def plain(name: str, page: Page, url: str, query: str = "") -> Contestant:
    """Open the plain Streamlit page."""
    page.goto(url + query)
    idle = '[data-testid="stApp"][data-test-script-state="notRunning"]'
    page.locator(idle).wait_for(timeout=60_000)
    page.locator('[data-testid="stMain"] #end').wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(3000)  # the charts of the first run
    page.evaluate(PROBE, ['[data-testid="stMain"]', idle])
    return Contestant(name, page, 'input[type="range"][aria-label="{}"]')


@dataclass(frozen=True, slots=True)
class Dragged:
    """What dragging a lever of our page came to."""

    rate: float
    """Painted updates a second."""
    is_fresh: bool
    """Whether what is shown in the end belongs to where the lever was let go."""
    work: dict[str, float]
    """Processor time of the page's main thread for an update, milliseconds, by what it does."""


WORK = ("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
"""As the browser calls what it counts; the first holds the others."""


def drag(board: Contestant) -> Dragged:
    """Drag a lever of our page."""
    page = board.page
    page.evaluate(COUNT)
    counter = page.context.new_cdp_session(page)
    counter.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    counter.send("Performance.enable")

    def spent_by() -> dict[str, float]:
        metrics = counter.send("Performance.getMetrics")["metrics"]
        return {
            metric["name"]: 1000 * metric["value"] for metric in metrics if metric["name"] in WORK
        }

    work = spent_by()
    lever = page.locator(board.lever.format(DRAGGED))
    box = lever.bounding_box()
    assert box
    asked: list[Request] = []
    page.on(
        "request",
        lambda request: asked.append(request) if request.url.endswith("/answer") else None,
    )
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.05 * box["width"], middle)
    page.mouse.down()
    started = time.perf_counter()
    while (spent := time.perf_counter() - started) < DRAG_SECONDS:
        # Once from end to end: never twice over the same values.
        page.mouse.move(box["x"] + (0.05 + 0.9 * spent / DRAG_SECONDS) * box["width"], middle)
        page.wait_for_timeout(4)
    painted = len(page.evaluate("window.answers"))
    work = {name: (after - work[name]) / max(painted, 1) for name, after in spent_by().items()}
    page.mouse.up()
    page.locator('#board[data-settled="true"]').wait_for()
    plan, shown = page.evaluate("window.settled")
    asked_for = json.loads(asked[-1].post_data or "{}")["scenario"]["plan"]
    response = asked[-1].response()
    answer = response.json() if response else None
    for chart in (*answer["charts"], *shown["charts"]) if answer else ():
        del chart["layout"]  # which Plotly writes into
    return Dragged(painted / spent, asked_for == plan and answer == shown, work)


def summary(contestant: Contestant) -> tuple[float, float]:
    """Median and 95th percentile of a page's moves, in milliseconds."""
    return statistics.median(contestant.times()), percentile(contestant.times(), 95)


def where_time_goes(moves: Sequence[dict[str, Any]]) -> None:
    """Print the parts of a move of our page; medians, so that they need not add up exactly."""

    def part(what: str, values: Sequence[float]) -> None:
        row(f"  {what}", f"{statistics.median(values):.1f} ms")

    timed = [move for move in moves if move["answered"] is not None]
    part("browser, from key press to request", [move["asked"] - move["started"] for move in timed])
    servers = [sum(move["server"].values()) for move in timed]
    part(
        "network, and waiting in server and browser",
        [
            move["answered"] - move["asked"] - spent
            for move, spent in zip(timed, servers, strict=True)
        ],
    )
    part("server", servers)
    for name in timed[0]["server"]:
        part(f"  {name}", [move["server"].get(name, 0.0) for move in timed])
    part("browser, all of it written", [move["changed"] - move["answered"] for move in timed])
    part("two frames until painted", [move["painted"] - move["changed"] for move in timed])
    part("of all draws, from key press", [move["exact"] - move["started"] for move in timed])
    drawn = [move for move in timed if move["reactTo"] > move["reactFrom"]]
    part("of it Plotly.react, both charts", [move["reactTo"] - move["reactFrom"] for move in drawn])


def report(pages: Sequence[Contestant], dragged: Dragged) -> None:
    """Print everything, with targets."""
    heading(f"Key press to painted change, {len(pages[0].moves)} moves each, ms")
    figures = {page.name: summary(page) for page in pages}
    for name, (median, p95) in figures.items():
        row(name, f"{median:.0f} (p95 {p95:.0f})")
    median, p95 = figures["our page"]
    heading("Targets")
    row("our page, median", f"{median:.0f} ms", "50 ms or less", median <= 50)
    row("our page, p95", f"{p95:.0f} ms", "100 ms or less", p95 <= 100)
    for name, most in (("default", 0.15), ("tuned", 0.25)):
        ratio = median / figures[f"plain Streamlit, {name} server"][0]
        row(f"our page / plain, {name} server", f"{ratio:.2f}", f"{most} or less", ratio <= most)
        floor = median / figures[f"empty rerun, {name} server"][0]
        row(f"our page / empty rerun, {name} server", f"{floor:.2f}")
    rate, is_fresh = dragged.rate, dragged.is_fresh
    row("updates a second while dragging", f"{rate:.1f}", "20 or more", rate >= 20)
    row("what is shown after dragging", "current" if is_fresh else "stale", "current", is_fresh)
    row("(st.slider reports on release: plain while dragging)", "0")
    heading("Where the time goes in our page, medians")
    where_time_goes(pages[0].moves)
    heading("Main thread of our page while dragging, processor time for an update")
    for name in WORK:
        row(name, f"{dragged.work[name]:.1f} ms")


def main() -> None:
    """Run the benchmark and print the report."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--moves", type=int, default=60, help="moves of each page")
    options.add_argument("--size", default="1920x1080", help="of the browser window")
    arguments = options.parse_args()
    width, height = map(int, arguments.size.split("x"))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))

        def serve(name: str, *command: str) -> str:
            log = folder / f"{name}.log"
            server = running.served(log, ["-m", "streamlit", "run", *command])
            return stack.enter_context(server).url

        urls = {
            "app": serve("app", "app.py"),
            "default": serve("default", "benchmarks/plain.py"),
            "tuned": serve("tuned", "benchmarks/tuned.py"),
        }
        browser = stack.enter_context(running.browser())
        machine(f"Chromium {browser.version}")
        pages = _contestants(browser, urls, {"width": width, "height": height})
        for page in pages:
            for _ in range(WARM_UPS):
                page.move(WARM_UP, "ArrowRight")
            page.moves.clear()
        for path in LEVERS:
            for page in pages:
                for _ in range(-(-arguments.moves // len(LEVERS))):
                    page.move(path, "ArrowRight")
        report(pages, drag(pages[0]))


def _contestants(
    browser: Browser, urls: dict[str, str], viewport: ViewportSize
) -> list[Contestant]:
    def window() -> Page:
        return browser.new_context(viewport=viewport).new_page()

    return [
        ours(window(), urls["app"]),
        plain("plain Streamlit, default server", window(), urls["default"]),
        plain("plain Streamlit, tuned server", window(), urls["tuned"]),
        plain("empty rerun, default server", window(), urls["default"], "?show=nothing"),
        plain("empty rerun, tuned server", window(), urls["tuned"], "?show=nothing"),
    ]


if __name__ == "__main__":
    main()
