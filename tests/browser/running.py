"""The real server and the real browser, for the tests and the benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import dev
from tests.support import chromium

START_SECONDS = 180
"""A first start compiles the engine, on a machine that may be busy."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs, and answers at ``url``."""

    url: str
    """Without a slash at the end."""
    process_id: int
    log: Path
    seconds: float
    """From the start of its process to its first sign of health."""

    @property
    def library(self) -> Path:
        """The folder of its library, unless the library lies elsewhere."""
        return self.log.parent / "library"

    def log_text(self) -> str:
        """All it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(
    log: Path,
    command: Sequence[str] = dev.APP,
    port: int | None = None,
    environ: Mapping[str, str] | None = None,
    path: str = "",
) -> Iterator[Server]:
    """Run the app as ``dev.py app`` does, but without opening a browser.

    ``command`` is what Python is to run; ``port`` a free one if not given; ``log`` the file that
    gets all the server writes, beside which its library lies unless ``environ``, which is added to
    the environment, says another place: never where the user's own is; ``path`` the one below which
    it lives, such as ``/simulator``. Raises ``RuntimeError`` with the log if the server does not
    come up.
    """
    port = port or _free_port()
    # Without a watcher: somebody may save a file while the tests run.
    options = ["--server.headless", "true", "--server.port", str(port)]
    options += ["--server.fileWatcherType", "none", "--server.baseUrlPath", path]
    own = {"SIMULATOR_LIBRARY": str(log.parent / "library" / "library.sqlite"), "DATABASE_URL": ""}
    started = time.perf_counter()
    with (
        log.open("wb") as file,
        subprocess.Popen(
            [sys.executable, *command, *options],
            cwd=dev.ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **own, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        url = f"http://localhost:{port}{path}"
        try:
            _wait_until_healthy(url, process, log, started)
            yield Server(url, process.pid, log, time.perf_counter() - started)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(
    url: str, process: subprocess.Popen[bytes], log: Path, started: float
) -> None:
    while time.perf_counter() - started < START_SECONDS:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    text = log.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"the server did not come up (exit code {process.poll()}):\n{text}")


@contextmanager
def browser() -> Iterator[Browser]:
    """Run a Chromium without a screen. Raises ``NoBrowserError`` if this machine has none."""
    with sync_playwright() as playwright:
        running = chromium.launch(playwright)
        try:
            yield running
        finally:
            running.close()
