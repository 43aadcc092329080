"""The set-up script finds a browser for the tests, or installs one, or says that there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import dev

posix = pytest.mark.skipif(os.name == "nt", reason="the fakes are shell scripts")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser: an empty path, no usual places, no Playwright."""
    monkeypatch.delenv(dev.BROWSER, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(dev, "PLACES", {sys.platform: ((str(tmp_path / "apps"),), ("Chrome/run",))})
    monkeypatch.setattr(dev, "PLAYWRIGHTS", "raise SystemExit(1)")
    (tmp_path / "bin").mkdir()
    return tmp_path


def program(path: Path, does: str = "exit 0") -> str:
    """Put a program there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return str(path)


def playwrights(machine: Path, monkeypatch: pytest.MonkeyPatch, name: str = "own") -> Path:
    """Have Playwright's browser in a place of its own; it is not there yet."""
    path = machine / name
    monkeypatch.setattr(dev, "PLAYWRIGHTS", f"print({str(path)!r})")
    return path


# --- finding --------------------------------------------------------------------------------------


@posix
def test_the_order_of_preference(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = program(playwrights(machine, monkeypatch))
    assert dev.find_browser(sys.executable) == own
    app = program(machine / "apps" / "Chrome" / "run")
    assert dev.find_browser(sys.executable) == app
    chrome = program(machine / "bin" / "google-chrome")
    assert dev.find_browser(sys.executable) == chrome
    chromium = program(machine / "bin" / "chromium")
    assert dev.find_browser(sys.executable) == chromium
    named = program(machine / "elsewhere")
    monkeypatch.setenv(dev.BROWSER, named)
    assert dev.find_browser(sys.executable) == named


@posix
def test_what_does_not_start_is_passed_over(machine: Path) -> None:
    program(machine / "bin" / "chromium", "echo 'install the snap first' >&2; exit 1")
    program(machine / "bin" / "chromium-browser", "kill -9 $$")
    (machine / "bin" / "google-chrome").write_text("no program at all")
    (machine / "bin" / "google-chrome").chmod(0o755)
    working = program(machine / "bin" / "google-chrome-stable")
    assert dev.find_browser(sys.executable) == working


@posix
def test_what_hangs_is_passed_over(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine / "bin" / "chromium", "exec /bin/sleep 60")
    monkeypatch.setattr(dev, "START_SECONDS", 0.2)
    assert dev.find_browser(sys.executable) is None


@posix
def test_the_browser_is_started_without_a_screen_and_without_the_users_profile(
    machine: Path,
) -> None:
    said = machine / "said"
    program(machine / "bin" / "chromium", f'echo "$@" > {said}')
    assert dev.find_browser(sys.executable)
    assert "--headless" in said.read_text() and "--user-data-dir=" in said.read_text()


@posix
def test_a_named_browser_that_does_not_start_is_an_error(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(machine / "bin" / "chromium")
    monkeypatch.setenv(dev.BROWSER, "/no/such/browser")
    with pytest.raises(dev.SetupError, match="SIMULATOR_BROWSER is /no/such/browser"):
        dev.find_browser(sys.executable)


def test_no_browser_at_all(machine: Path) -> None:
    assert dev.find_browser(sys.executable) is None
    assert dev.find_browser(str(machine / "no-python")) is None


def test_the_usual_places_of_every_system_are_known() -> None:
    for folders, programs in dev.PLACES.values():
        assert folders and any("hrome" in one for one in programs)
    assert {"darwin", "win32"} <= set(dev.PLACES)


# --- installing -----------------------------------------------------------------------------------


@pytest.fixture
def shell(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose set-up is done, and whose installers are what a test makes of them."""

    @contextmanager
    def alone() -> Any:
        yield 0

    monkeypatch.setattr(dev, "_alone", alone)
    monkeypatch.setattr(dev, "_install", lambda _command, _lock: None)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev.find_browser, "__defaults__", (sys.executable,))
    monkeypatch.setattr(dev, "_installers", lambda: iter(()))
    return machine


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """What the environment's Python was asked to run, and with which browser."""
    calls: list[tuple[str, str | None]] = []

    def python(arguments: Sequence[str], variables: dict[str, str] | None = None) -> int:
        calls.append((arguments[1], (variables or {}).get(dev.BROWSER)))
        return 0

    monkeypatch.setattr(dev, "_python", python)
    return calls


def installers(monkeypatch: pytest.MonkeyPatch, **commands: list[str]) -> None:
    """Have these installers, each a shell command."""
    offered = [(name, [["/bin/sh", "-c", one] for one in some]) for name, some in commands.items()]
    monkeypatch.setattr(dev, "_installers", lambda: iter(offered))


@posix
def test_every_check_gets_the_browser_that_was_found(
    shell: Path, ran: list[tuple[str, str | None]]
) -> None:
    found = program(shell / "bin" / "chromium")
    assert dev.main(["test"]) == 0
    assert ("pytest", found) in ran and len(ran) == 1 + len(dev.CHECKS)
    ran.clear()
    assert dev.main(["test", "tests/test_dev.py"]) == 0
    assert ("pytest", found) in ran


def test_without_a_browser_the_checks_run_and_fail(
    shell: Path, ran: list[tuple[str, str | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["test"]) == 1
    said = capsys.readouterr()
    assert "no browser for the tests: there is none. Install Chromium or Chrome" in said.err
    assert "FAILED: browser" in said.out
    assert ("pytest", None) in ran


@posix
def test_a_named_browser_that_does_not_start_fails_the_checks(
    shell: Path,
    ran: list[tuple[str, str | None]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    installers(monkeypatch, Never=[f": > {shell / 'installed'}"])
    monkeypatch.setenv(dev.BROWSER, "/no/such/browser")
    assert dev.main(["test"]) == 1
    assert "does not start" in capsys.readouterr().err
    assert not (shell / "installed").exists()


@posix
def test_the_next_installer_follows_when_one_fails(
    shell: Path,
    ran: list[tuple[str, str | None]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    chromium = shell / "bin" / "chromium"
    installers(
        monkeypatch,
        Blocked=["echo 'Error: Failed to download'; exit 1"],
        Working=["exit 1", f"printf '#!/bin/sh\\n' > {chromium}; /bin/chmod +x {chromium}"],
        Never=[f": > {shell / 'too-much'}"],
    )
    assert dev.main(["test"]) == 0
    assert ("pytest", str(chromium)) in ran
    assert not (shell / "too-much").exists()
    assert "installing Working" in capsys.readouterr().out


@posix
def test_what_the_installers_said_is_told(
    shell: Path,
    ran: list[tuple[str, str | None]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    installers(
        monkeypatch,
        Blocked=["echo 'Error: Failed to download, caused by'; echo at line 3; exit 1"],
        Hanging=["exec /bin/sleep 60"],
        Broken=["exit 0"],
    )
    monkeypatch.setattr(dev, "DOWNLOAD_SECONDS", 0.3)
    assert dev.main(["test"]) == 1
    said = capsys.readouterr().err
    assert "Blocked could not be installed (Error: Failed to download, caused by)" in said
    assert "Hanging could not be installed (not done after 0.3 s)" in said
    assert "Broken could not be installed (it does not start)" in said


@posix
def test_debians_package_is_for_root_only(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine / "bin" / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert [what for what, _ in dev._installers()] == ["Playwright's Chromium"]
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (_, (playwright,)), (_, (update, install)) = dev._installers()
    assert playwright[-1] == "chromium" and "playwright" in playwright
    assert "update" in update and install[-1] == "chromium"


def test_importing_the_script_does_nothing() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import dev"], cwd=dev.ROOT, capture_output=True, text=True
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
