"""The browser of the tests: ``python -m tests.support.chromium`` says whether there is one.

It is the program in the environment variable ``SIMULATOR_BROWSER``, else a Chromium, Chrome or Edge
of the system, else Playwright's own. Being there is not enough, it has to start: Ubuntu's is a note
that says how to get the real one, Playwright's may lack libraries.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

VARIABLE = "SIMULATOR_BROWSER"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHANNELS = ("chrome", "msedge")
"""Browsers that Playwright finds where installers put them, on each system."""
ARGUMENTS = ("--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb")
START_MS = 60_000


class NoBrowserError(RuntimeError):
    """There is no browser that starts; the message says what to do."""


def candidates(environ: Mapping[str, str] = os.environ) -> Iterator[dict[str, Any]]:
    """What may be a browser, best first, each as options of Playwright's ``launch``."""
    if program := environ.get(VARIABLE):
        yield {"executable_path": program}
        return
    for name in PROGRAMS:
        if path := shutil.which(name, path=environ.get("PATH")):
            yield {"executable_path": path}
    for channel in CHANNELS:
        yield {"channel": channel}
    yield {}


def launch(playwright: Playwright, environ: Mapping[str, str] = os.environ) -> Browser:
    """Start the first browser that starts, without a screen. Raises ``NoBrowserError``."""
    for options in candidates(environ):
        try:
            return playwright.chromium.launch(**options, args=ARGUMENTS, timeout=START_MS)
        except Error:
            continue
    named = environ.get(VARIABLE)
    why = f"{VARIABLE} is {named}, which does not start as one" if named else "there is none"
    raise NoBrowserError(
        f"no browser for the tests: {why}. Install Chromium or Chrome, or set {VARIABLE} to the "
        "program of one. Without it the browser tests fail."
    )


def main() -> int:
    """Say which browser the tests take; return 1 if there is none."""
    try:
        with sync_playwright() as playwright, launch(playwright) as browser:
            print(f"{browser.browser_type.name} {browser.version}")
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
