"""Sets the project up on a fresh machine, then opens the app or runs the checks.

    python3 dev.py app [options of "streamlit run"]     set up and open the app
    python3 dev.py test [options of pytest]             set up and run every check
    python3 dev.py quick [options of pytest]            the same without browser and PostgreSQL,
                                                        in two minutes
    python3 dev.py refresh                              write again all that is generated

On Windows write "py" for "python3". All that is installed goes into the folder .venv next to this
file. Running it again is safe and quick; a set-up that was cut short is made again. With options,
"test" and "quick" run pytest alone.

The browser tests take a Chromium or Chrome as tests/support/chromium.py says. If there is none,
"test" tries to install one, and says so if it can't.

This file needs nothing but Python, and must parse on old ones: they get told what is wrong.
"""

import hashlib
import os
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        f"dev.py needs Python 3.11 or newer, and this is {sys.version.split()[0]}. "
        "Start it with a newer one, for example: python3.13 dev.py app"
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV.joinpath(*(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
LOCK = ROOT / ".venv.lock"

REQUIREMENTS = ("requirements.txt",)
DEVELOPMENT = (*REQUIREMENTS, "requirements-dev.txt")
PREPARE = ["-c", "from simulator import engine; engine.prepare()"]
"""Compiles the engine, so that nobody waits for it later."""
WEB_TOOLS = ["-m", "tests.support.node", "install"]
"""Brings what checks the browser's files to what package-lock.json says."""
APP = ["-m", "streamlit", "run", "app.py"]
FIND_BROWSER = ["-m", "tests.support.chromium"]
LAYERS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
LINT = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "biome": ["-m", "tests.support.node", "lint"],
    "tsc": ["-m", "tests.support.node", "types"],
    "layers": ["-c", LAYERS],
}
# Neighbours stay together, as they share what is set up, until somebody has nothing to do.
PYTEST = ["-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]
QUICK = "not browser and not postgres and not slow"
CHECKS = {
    "test": {**LINT, "pytest": PYTEST},
    # What is not even collected costs no worker the time.
    "quick": {**LINT, "pytest": [*PYTEST, "--ignore=tests/browser", "-m", QUICK]},
}
COMMON = {
    # Without compiled files each process of the tests compiles all of our code, and each worker
    # rewrites the asserts of all tests: a quarter of the time.
    "PYTHONDONTWRITEBYTECODE": "",
    # Workers take all processors by themselves: threads of linear algebra would turn waiting.
    "OPENBLAS_NUM_THREADS": "1",
}
VARIABLES = {
    "test": COMMON,
    "quick": {**COMMON, "HYPOTHESIS_PROFILE": "quick"},
}
"""What the checks find in their environment; a profile that was chosen stays."""
REFRESH = (
    ["-m", "simulator.i18n"],
    ["-m", "simulator.scenario"],
    ["-m", "tests.golden.remake"],
    ["-m", "tests.golden.remake_links"],
    ["-m", "tests.support.readme"],
)
"""What writes files that are generated from others."""

DOWNLOAD_SECONDS = 600
MISLEADING = {"PYTHONHOME", "PYTHONPATH", "PIP_PREFIX", "PIP_ROOT", "PIP_TARGET", "PIP_USER"}
"""Variables that would make pip or Python look for packages, or put them, elsewhere."""


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says, and return the exit code."""
    command, options = (arguments[0] if arguments else ""), arguments[1:]
    if command not in ("app", "refresh", *CHECKS):
        helped = command in ("-h", "--help")
        print(__doc__, file=sys.stdout if helped else sys.stderr)
        return 0 if helped else 2
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) == signal.SIG_DFL:  # under nohup it stays ignored
            signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    try:
        set_up(REQUIREMENTS if command == "app" else DEVELOPMENT)
        if command == "app":
            return open_app(options)
        if command == "refresh":
            return max(run(step) for step in REFRESH)
        return check(command, options)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


# --- running ------------------------------------------------------------------------------------


def run(arguments: Sequence[str], variables: Mapping[str, str] | None = None) -> int:
    """Run the environment's Python in the project's folder; return its exit code."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment(variables)).returncode


def listen(arguments: Sequence[str], variables: Mapping[str, str]) -> tuple[int, str]:
    """The same; return the exit code and what it printed, once it has ended."""
    done = subprocess.run(
        [PYTHON, *arguments],
        cwd=ROOT,
        env=environment({"PYTHONIOENCODING": "utf-8", **variables}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout


def environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment variables, without those that mislead Python or pip, and with some more."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    return {**kept, **(variables or {})}


def check(command: str, options: Sequence[str]) -> int:
    """Run the checks of a command, or with options pytest alone; return the exit code."""
    checks, variables = CHECKS[command], {**VARIABLES[command]}
    if chosen := os.environ.get("HYPOTHESIS_PROFILE"):
        variables["HYPOTHESIS_PROFILE"] = chosen
    if options:
        pytest = [*checks["pytest"][:2], *checks["pytest"][len(PYTEST) :], *options]
        return run(pytest, variables)
    failed = [] if command == "quick" or has_browser() else ["browser"]

    def lint(name: str) -> None:
        code, output = listen(checks[name], variables)
        print(f"\n== {name}: {'FAILED' if code else 'passed'}\n{output}", end="", flush=True)
        if code:
            failed.append(name)

    # Beside the tests, which leave a processor idle at times.
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        linted = [pool.submit(lint, name) for name in LINT]
        if run(checks["pytest"], variables):
            failed.append("pytest")
        for each in linted:
            each.result()
    finally:
        pool.shutdown(cancel_futures=True)
    print(f"\nFAILED: {', '.join(failed)}" if failed else f"\nAll passed: {', '.join(checks)}")
    return int(bool(failed))


def open_app(options: Sequence[str]) -> int:
    """Open the app; return the exit code when it was closed."""
    if os.name == "nt":
        # Ctrl-C reaches Streamlit as well; closing down is its business.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return run([*APP, *options])
    # This process becomes Streamlit, and so signals and the exit code are Streamlit's own.
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *APP, *options], environment())  # noqa: S606


# --- setting up ---------------------------------------------------------------------------------


def set_up(requirements: Sequence[str]) -> None:
    """Bring .venv to what the requirements say, and compile the engine.

    A stamp is written when all is done, and goes before anything changes: what was cut short is
    made again, for pip takes a package that was half installed for an installed one.

    Raises ``subprocess.CalledProcessError`` if a step failed, which has said why.
    """
    stamp = VENV / "installed"
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in requirements]
    build = f"{sysconfig.get_config_var('EXT_SUFFIX')} {platform.machine()}"
    wanted = [build, *(hashlib.sha256(text.encode()).hexdigest() for text in texts)]
    with alone() as lock:
        # What is started holds the lock too: should this process be killed, the next one waits.
        holding: dict[str, Any] = {} if os.name == "nt" else {"pass_fds": (lock,)}
        step = partial(subprocess.run, cwd=ROOT, env=environment(), check=True, **holding)
        there = stamp.read_text(encoding="utf-8").splitlines() if stamp.exists() else []
        usable = there[:1] == wanted[:1] and PYTHON.exists() and run(["-c", ""]) == 0
        if not usable:
            # Not this environment's own Python, should this script have been started with that.
            base = getattr(sys, "_base_executable", None) or sys.executable
            step([base, "-m", "venv", "--clear", str(VENV)])
        if not usable or not set(wanted) <= set(there):
            stamp.unlink(missing_ok=True)
            print("Installing packages into .venv (some minutes the first time) ...", flush=True)
            files = [part for name in requirements for part in ("-r", name)]
            quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
            step([PYTHON, "-m", "pip", "install", *quiet, "--only-binary", ":all:", *files])
            stamp.write_text("\n".join(wanted), encoding="utf-8")
        step([PYTHON, *PREPARE])
        if requirements is DEVELOPMENT:
            step([PYTHON, *WEB_TOOLS])


@contextmanager
def alone() -> Iterator[int]:
    """Wait until no other run is setting up; yield the file descriptor of the lock."""
    with LOCK.open("a") as file:
        if not locked(file.fileno()):
            print("Waiting for another run to finish setting up ...", flush=True)
            while not locked(file.fileno()):
                time.sleep(0.2)
        yield file.fileno()


def locked(descriptor: int) -> bool:
    """Take the lock if it is free. It goes when the last process that holds the file ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def has_browser() -> bool:
    """Whether there is a browser for the tests; installs one if not. Says so if that fails too."""
    quietly: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    installers = [[str(PYTHON), "-m", "playwright", "install", "--no-shell", "chromium"]]
    if (apt := shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = [apt, "-qq", "-o", "DPkg::Lock::Timeout=120"]
        installers += [[*quiet, "update"], [*quiet, "install", "-y", "chromium"]]
    for installer in installers if "SIMULATOR_BROWSER" not in os.environ else ():
        if subprocess.run([PYTHON, *FIND_BROWSER], cwd=ROOT, **quietly).returncode == 0:
            return True
        print(f"No browser for the tests yet: {' '.join(installer)}", flush=True)
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(installer, **quietly, timeout=DOWNLOAD_SECONDS)
    return run(FIND_BROWSER) == 0  # which says what to do if there is none


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
