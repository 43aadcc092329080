"""Which browser the tests take."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.support import chromium

posix = pytest.mark.skipif(os.name == "nt", reason="the fakes are shell scripts")


def program(path: Path, does: str) -> str:
    """Put a program there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return str(path)


@posix
def test_the_order_of_preference(tmp_path: Path) -> None:
    chrome = program(tmp_path / "google-chrome", "exit 0")
    debians = program(tmp_path / "chromium", "exit 0")
    options = list(chromium.candidates({"PATH": str(tmp_path)}))
    assert options[:2] == [{"executable_path": debians}, {"executable_path": chrome}]
    assert options[2:] == [*({"channel": name} for name in chromium.CHANNELS), {}]
    named = {"PATH": str(tmp_path), chromium.VARIABLE: chrome}
    assert list(chromium.candidates(named)) == [{"executable_path": chrome}]


@posix
@pytest.mark.browser
def test_what_does_not_start_is_passed_over(tmp_path: Path) -> None:
    (working,) = [
        options["executable_path"]
        for options in chromium.candidates()
        if Path(options.get("executable_path", "")).is_file()
    ][:1] or pytest.skip("the browser here is in no program's path")
    program(tmp_path / "chromium", "echo 'install the snap first' >&2; exit 1")
    program(tmp_path / "chromium-browser", "kill -9 $$")
    program(tmp_path / "google-chrome", f'exec {working} "$@"')
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, {"PATH": str(tmp_path)})
        assert browser.is_connected()
        browser.close()


@posix
@pytest.mark.browser
def test_a_named_browser_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    named = {**os.environ, chromium.VARIABLE: "/no/such/browser"}
    with (
        sync_playwright() as playwright,
        pytest.raises(chromium.NoBrowserError, match="SIMULATOR_BROWSER is /no/such/browser"),
    ):
        chromium.launch(playwright, named)
