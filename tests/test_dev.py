"""The set-up script: what it makes, when it makes it again, and what it runs then."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

import dev
from tests.support.examples import ALL, FEWEST, examples

posix = pytest.mark.skipif(os.name == "nt", reason="the fakes are shell scripts")


def program(path: Path, does: str = "exit 0") -> str:
    """Put a program there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return str(path)


# --- setting up -----------------------------------------------------------------------------------


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout that needs no packages, with nothing set up yet."""
    venv = tmp_path / ".venv"
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", venv)
    monkeypatch.setattr(dev, "LOCK", tmp_path / ".venv.lock")
    monkeypatch.setattr(dev, "PYTHON", venv / dev.PYTHON.relative_to(dev.PYTHON.parents[1]))
    monkeypatch.setattr(dev, "PREPARE", ["-c", "import pathlib; pathlib.Path('prepared').touch()"])
    monkeypatch.setattr(dev, "WEB_TOOLS", ["-c", "import pathlib; pathlib.Path('tools').touch()"])
    (tmp_path / "requirements.txt").write_text("# Nothing.\n")
    (tmp_path / "requirements-dev.txt").write_text("# Nothing either.\n")
    return tmp_path


@pytest.fixture
def borrow(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Has environments from now on use the pip of this one: to unpack one of their own takes them
    most of their time."""

    def borrow() -> None:
        if os.name == "nt":
            return
        spec = importlib.util.find_spec("pip")
        assert spec and spec.origin
        own = folder / "borrowed"
        own.mkdir()
        (own / "pip").symlink_to(Path(spec.origin).parent)
        real = shlex.quote(getattr(sys, "_base_executable", None) or sys.executable)
        packages = 'for place in "$4"/lib/python*/site-packages; do'
        does = f'{real} "$@" --without-pip && {packages} echo {own} >"$place/pip.pth"; done'
        monkeypatch.setattr(sys, "_base_executable", program(folder / "base", does), raising=False)

    return borrow


@pytest.mark.slow
def test_a_set_up_is_made_once_and_again_when_it_is_no_good(
    folder: Path, borrow: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    def installs(requirements: Sequence[str] = dev.REQUIREMENTS) -> bool:
        (folder / "prepared").unlink(missing_ok=True)
        dev.set_up(requirements)
        assert dev.PYTHON.exists() and (folder / "prepared").exists()
        return "Installing" in capfd.readouterr().out

    assert installs()
    borrow()
    stamp = folder / ".venv" / "installed"
    assert str(sysconfig.get_config_var("EXT_SUFFIX")) in stamp.read_text(), "Python's very build"
    assert not installs()
    assert not (folder / "tools").exists(), "the app needs no tools"
    mark = folder / ".venv" / "mark"
    mark.touch()
    assert installs(dev.DEVELOPMENT), "what the checks use was not installed yet"
    assert (folder / "tools").exists()
    assert not installs(), "the app needs less than is there"
    (folder / "requirements.txt").write_text("# Something else.\n")
    assert installs() and mark.exists(), "more packages need no new environment"
    stamp.unlink()
    assert installs() and not mark.exists(), "what was cut short is made from nothing"
    mark.touch()
    stamp.write_text("for another Python\n")
    assert installs() and not mark.exists()


@pytest.mark.slow
def test_a_failed_installation_is_tried_again(
    folder: Path, borrow: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    borrow()
    # Text that no package has as its name, so that nobody is asked for it.
    (folder / "requirements.txt").write_text("no package: at all\n")
    assert dev.main(["app"]) == 1
    output = capfd.readouterr()
    assert "no package: at all" in output.err and "dev.py: Command" in output.err
    assert not (folder / ".venv" / "installed").exists()


@posix
def test_two_at_once_wait_for_each_other(folder: Path) -> None:
    wait = (
        "import dev, pathlib, sys; dev.LOCK = pathlib.Path(sys.argv[1])\n"
        "with dev.alone(): print('in', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", wait, str(dev.LOCK)]
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    root = Path(__file__).resolve().parent.parent
    with (
        subprocess.Popen(command, cwd=root, **options) as first,  # type: ignore[call-overload]
        subprocess.Popen(command, cwd=root, **options) as second,  # type: ignore[call-overload]
    ):
        lines = {first: "", second: ""}
        while not any(line == "in\n" for line in lines.values()):
            for process in lines:
                lines[process] = lines[process] or process.stdout.readline()
        inside = next(process for process, line in lines.items() if line == "in\n")
        other = second if inside is first else first
        assert lines[other].startswith("Waiting") or not lines[other]
        inside.communicate("", timeout=20)
        assert "in" in other.communicate("", timeout=20)[0]


def test_variables_that_mislead_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in dev.MISLEADING:
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    environment = dev.environment({"MORE": "1"})
    assert not dev.MISLEADING & environment.keys()
    assert environment["PIP_INDEX_URL"] == "kept" and environment["MORE"] == "1"


# --- running the checks ---------------------------------------------------------------------------


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """What the environment's Python was asked to run; all of it succeeds, and all is set up."""
    calls: list[Sequence[str]] = []

    def run(arguments: Sequence[str], _variables: Mapping[str, str] | None = None) -> int:
        calls.append(arguments)
        return 0

    def listen(arguments: Sequence[str], _variables: Mapping[str, str]) -> tuple[int, str]:
        return run(arguments), ""

    monkeypatch.setattr(dev, "run", run)
    monkeypatch.setattr(dev, "listen", listen)
    monkeypatch.setattr(dev, "set_up", lambda _requirements: None)
    monkeypatch.setattr(dev, "has_browser", lambda: True)
    return calls


def test_every_check_runs_and_one_that_fails_stops_no_other(
    ran: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["test"]) == 0
    assert {*map(tuple, ran)} == {*map(tuple, dev.CHECKS["test"].values())}
    broken = dev.CHECKS["test"]["ruff check"]
    monkeypatch.setattr(dev, "listen", lambda step, _more: (int(step == broken), f"{step[1]}!\n"))
    assert dev.main(["test"]) == 1
    output = capsys.readouterr().out
    assert "== ruff check: FAILED\nruff!\n" in output and "== mypy: passed\nmypy!\n" in output
    assert output.endswith("\nFAILED: ruff check\n")
    monkeypatch.setattr(dev, "run", lambda _step, _more: 1)
    assert dev.main(["test"]) == 1
    assert "pytest" in capsys.readouterr().out.splitlines()[-1]


def test_what_a_check_prints_is_heard_whole() -> None:
    code, output = dev.listen(
        ["-c", "import os; os.write(2, 'ü'.encode()); raise SystemExit(3)"], {}
    )
    assert (code, output) == (3, "ü")


def test_the_quick_loop_leaves_out_what_needs_a_browser_or_a_database_server(
    ran: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "has_browser", lambda: pytest.fail("nobody needs one"))
    assert dev.main(["quick"]) == 0
    assert dev.CHECKS["quick"]["pytest"] in ran
    assert "not browser and not postgres and not slow" in dev.CHECKS["quick"]["pytest"]


@pytest.mark.parametrize(
    ("command", "chosen", "profile"),
    [("quick", "", "quick"), ("quick", "explore", "explore"), ("test", "", None)],
)
def test_the_quick_loop_tries_fewer_examples_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, command: str, chosen: str, profile: str | None
) -> None:
    monkeypatch.setenv("HYPOTHESIS_PROFILE", chosen)
    asked: list[Mapping[str, str]] = []

    def run(_arguments: Sequence[str], variables: Mapping[str, str]) -> int:
        asked.append(variables)
        return 0

    monkeypatch.setattr(dev, "run", run)
    dev.check(command, ["-x"])
    assert asked[0].get("HYPOTHESIS_PROFILE") == profile
    assert asked[0]["PYTHONDONTWRITEBYTECODE"] == ""


def test_every_property_test_tries_the_share_of_its_examples_that_the_profile_takes() -> None:
    assert examples(ALL).max_examples == settings().max_examples
    assert examples(FEWEST).max_examples >= FEWEST
    tests = Path(__file__).resolve().parent
    texts = {file: file.read_text(encoding="utf-8") for file in tests.rglob("*.py")}
    own = {file.name for file, text in texts.items() if "max_examples=" in text}
    assert own == {"conftest.py", "examples.py", Path(__file__).name}, "take examples() of support"


def test_with_options_pytest_runs_alone(ran: list[Sequence[str]]) -> None:
    assert dev.main(["test", "tests/test_dev.py", "-x"]) == 0
    assert ran == [["-m", "pytest", "tests/test_dev.py", "-x"]]


def test_without_a_browser_the_checks_run_and_fail(
    ran: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "has_browser", lambda: False)
    assert dev.main(["test"]) == 1
    assert "FAILED: browser" in capsys.readouterr().out
    assert {*map(tuple, ran)} == {*map(tuple, dev.CHECKS["test"].values())}


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["nonsense"], 2), (["--help"], 0)])
def test_the_help_names_every_command(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == code
    output = capsys.readouterr()
    for command in ("app", "refresh", *dev.CHECKS):
        assert f"python3 dev.py {command} " in (output.out if code == 0 else output.err)


def test_importing_the_script_does_nothing() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import dev"],
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


# --- the browser of the tests ---------------------------------------------------------------------


@posix
def test_a_browser_is_installed_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SIMULATOR_BROWSER", raising=False)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    browser = tmp_path / "browser"
    log = tmp_path / "log"
    # Finds a browser when the package has been installed; Playwright's own cannot be had.
    python = program(
        tmp_path / "python",
        f'echo "$2" >> {log}; test "$2" = tests.support.chromium -a -f {browser}',
    )
    program(tmp_path / "bin" / "apt-get", f'case "$*" in *install*) : > {browser};; esac')
    monkeypatch.setattr(dev, "PYTHON", Path(python))
    assert dev.has_browser()
    assert "playwright" in log.read_text() and "apt-get" in capsys.readouterr().out
    browser.unlink()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not dev.has_browser(), "nobody but root installs packages"
    monkeypatch.setenv("SIMULATOR_BROWSER", "/no/such/browser")
    log.unlink()
    assert not dev.has_browser()
    assert "playwright" not in log.read_text(), "who names a browser wants no other"
