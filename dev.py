"""Sets the project up on a fresh machine, then opens the app or runs the checks.

    python3 dev.py app [options of "streamlit run"]     set up and open the app
    python3 dev.py test [options of pytest]             set up and run every check

On Windows write "py" for "python3". All that is installed goes into the folder .venv next to this
file. Running it again is safe and quick; a set-up that was cut short is made again. With options,
"test" runs pytest alone.

The tests need a Chromium or Chrome. "test" takes the one in the environment variable
SIMULATOR_BROWSER, else the system's, else Playwright's own; if there is none, it tries to install
one, and says so if it can't.

This file needs nothing but Python, and must parse on old ones: they get told what is wrong.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
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
STAMP = VENV / "installed.json"
LOCK = VENV / "lock"

REQUIREMENTS = {
    "app": ["requirements.txt"],
    "test": ["requirements.txt", "requirements-dev.txt"],
}
PREPARE = ["-c", "from simulator import engine; engine.prepare()"]
APP = ["-m", "streamlit", "run", "app.py"]
CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    # Neighbours stay together, as they share what is set up, until somebody has nothing to do.
    "pytest": ["-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"],
}

BROWSER = "SIMULATOR_BROWSER"
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
# Where installers put a browser that is not on the path: below these folders, these programs.
PLACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "darwin": (
        ("/Applications", "~/Applications"),
        (
            "Chromium.app/Contents/MacOS/Chromium",
            "Google Chrome.app/Contents/MacOS/Google Chrome",
            "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        ),
    ),
    "win32": (
        ("%PROGRAMFILES%", "%PROGRAMFILES(X86)%", "%LOCALAPPDATA%"),
        (
            "Chromium/Application/chrome.exe",
            "Google/Chrome/Application/chrome.exe",
            "Microsoft/Edge/Application/msedge.exe",
        ),
    ),
}
PLAYWRIGHTS = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
)
START_SECONDS = 60
DOWNLOAD_SECONDS = 600

# Each would make pip or Python look for packages, or put them, elsewhere than in .venv.
MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PIP_PREFIX", "PIP_ROOT", "PIP_TARGET", "PIP_USER")

CAUSES = {
    r"No space left on device|not enough space on the disk": "the disk is full.",
    r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError": (
        "the secure connection to the package index was refused. Behind a company proxy, tell pip "
        "its certificate: set PIP_CERT to the file."
    ),
    r"ProxyError": "the proxy refused the connection. Look at HTTPS_PROXY.",
    r"NewConnectionError|NameResolutionError|Failed to establish|ConnectionResetError"
    r"|ReadTimeout|ConnectTimeout|Connection (refused|reset|aborted|timed out)": (
        "the package index cannot be reached. Look at the network, then run this again."
    ),
    r"No matching distribution found for (?P<what>\S+)": (
        "there is no ready-made {what} for Python {python} on this machine. "
        "Python 3.11, 3.12 and 3.13 are tested."
    ),
    r"DO NOT MATCH THE HASHES": "a download was damaged on the way. Run this again.",
    r"Permission denied|PermissionError|Access is denied": (
        "a file may not be written. Stop what uses .venv, or look at who owns it."
    ),
}


class SetupError(Exception):
    """The set-up cannot go on; the message says why, and what to do about it."""


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says, and return the exit code."""
    if arguments and arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    if not arguments or arguments[0] not in REQUIREMENTS:
        print(__doc__, file=sys.stderr)
        return 2
    command, options = arguments[0], arguments[1:]
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What is ignored, as under nohup, stays so.
        if number and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        with _alone() as lock:
            _install(command, lock)
            prepared = _python(PREPARE)
            browser = _browser() if command == "test" else None
        if command == "test":
            return _test(options, prepared, browser)
        return prepared or _open(options)
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"dev.py: could not set up {VENV}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _leave(number: int, _frame: object) -> None:
    """Turn a signal into an orderly end, in which child processes are stopped too."""
    sys.exit(128 + number)


# --- the environment ----------------------------------------------------------------------------


@contextmanager
def _alone() -> Iterator[int]:
    """Wait until no other run is setting up; yield the lock's file descriptor."""
    VENV.mkdir(exist_ok=True)
    with LOCK.open("a") as file:
        waiting = False
        while not _locked(file.fileno()):
            if not waiting:
                print("Waiting for another run to finish setting up ...", flush=True)
            waiting = True
            time.sleep(0.2)
        yield file.fileno()


def _locked(descriptor: int) -> bool:
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


def _install(command: str, lock: int) -> None:
    """Bring .venv to what the requirements say, if it is not there yet."""
    wanted = {name: _digest(ROOT / name) for name in REQUIREMENTS[command]}
    stamp = _stamp()
    sound = bool(stamp) and _sound(stamp)
    if sound and wanted.items() <= stamp["requirements"].items():
        return
    # Without the stamp, whatever happens from here on makes the next run start from nothing: pip
    # takes a package that was half installed for an installed one.
    STAMP.unlink(missing_ok=True)
    if not sound:
        _make(lock)
    print("Installing packages into .venv (some minutes the first time) ...", flush=True)
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    files = [part for name in wanted for part in ("-r", name)]
    output = _quietly(
        [str(PYTHON), "-m", "pip", "install", "--only-binary", ":all:", *options, *files], lock
    )
    if output is not None:
        raise SetupError(f"packages could not be installed: {_cause(output)}")
    stamp = {"requirements": wanted, "platform": _platform(), "packages": sorted(_packages())}
    part = STAMP.with_suffix(".part")
    part.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    part.replace(STAMP)


def _make(lock: int) -> None:
    """Make an empty .venv, in place of what may be there (but for the lock, which is in use)."""
    left = [path for path in VENV.iterdir() if path != LOCK]
    if left:
        print("Making .venv again: it is unfinished, broken or for another Python.", flush=True)
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    # Not this environment's own Python, should this script have been started with that.
    base = getattr(sys, "_base_executable", None) or sys.executable
    output = _quietly([base, "-m", "venv", str(VENV)], lock)
    if output is None:
        return
    if re.search("ensurepip|No module named '?venv", output):
        raise SetupError(
            "this Python comes without its venv module. On Debian and Ubuntu: "
            f"sudo apt install python{sysconfig.get_python_version()}-venv"
        )
    raise SetupError(f"Python could not make the folder {VENV}; the lines above say why.")


def _digest(path: Path) -> str:
    """Hash a text file, whatever its line ends."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


def _stamp() -> dict[str, Any]:
    """Read what the last finished installation left; empty if there is none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _sound(stamp: Mapping[str, Any]) -> bool:
    """Whether .venv has a Python that works and is like this one, and all that was installed."""
    probe = "import sysconfig; print(sysconfig.get_config_var('EXT_SUFFIX'))"
    try:
        run = subprocess.run([str(PYTHON), "-I", "-c", probe], capture_output=True, text=True)
    except OSError:
        return False
    return (
        run.stdout.strip() == sysconfig.get_config_var("EXT_SUFFIX")
        and stamp.get("platform") == _platform()
        and _packages().issuperset(stamp.get("packages", ()))
    )


def _platform() -> str:
    """Name what a compiled package has to fit: Python's version and build, and the processor."""
    return f"{sysconfig.get_config_var('EXT_SUFFIX')} {platform.machine()}"


def _packages() -> set[str]:
    """Name the packages that are complete in .venv, with versions; pip may be updated freely."""
    base = {"base": str(VENV), "platbase": str(VENV)}
    folders = {Path(sysconfig.get_path(key, "venv", base)) for key in ("purelib", "platlib")}
    found = {path.parent.name for folder in folders for path in folder.glob("*.dist-info/RECORD")}
    return {name for name in found if not name.startswith("pip-")}


# --- the browser of the tests -------------------------------------------------------------------


def find_browser(python: str = str(PYTHON)) -> str | None:
    """Find a Chromium or Chrome that starts; ``python`` is one that may have Playwright.

    Returns the program: the one in SIMULATOR_BROWSER, else the system's, else Playwright's own,
    else None. Raises SetupError if SIMULATOR_BROWSER names one that does not start.
    """
    named = os.environ.get(BROWSER)
    if named:
        if _starts(named):
            return named
        raise SetupError(f"{BROWSER} is {named}, which does not start as a Chromium or Chrome does")
    return next(filter(_starts, _browsers(python)), None)


def missing_browser(why: str) -> str:
    """Say that there is no browser, and what to do about it."""
    return (
        f"no browser for the tests: {why}. Install Chromium or Chrome, or set {BROWSER} to the "
        "program of one. Without it the browser tests fail."
    )


def _browsers(python: str) -> Iterator[str]:
    """Name the programs that may be a browser, best first."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            yield found
    folders, programs = PLACES.get(sys.platform, ((), ()))
    for program in programs:
        for folder in folders:
            path = Path(os.path.expandvars(folder)).expanduser() / program
            if path.is_file():
                yield str(path)
    with suppress(OSError):
        run = subprocess.run(
            [python, "-c", PLAYWRIGHTS], capture_output=True, text=True, env=_environment()
        )
        if run.returncode == 0 and Path(run.stdout.strip()).is_file():
            yield run.stdout.strip()


def _starts(program: str) -> bool:
    """Whether a program shows an empty page without a screen.

    Being there is not enough: Ubuntu's is a note that says how to get the real one, Playwright's
    may lack libraries.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        # A profile of its own: otherwise a browser that is open already would take over.
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        try:
            run = subprocess.run(
                [program, *options, "--dump-dom", "about:blank"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=START_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return run.returncode == 0


def _browser() -> str | None:
    """Find or install a browser; if neither works, say so and return None."""
    try:
        found = find_browser()
        refused = ["there is none"]
        for what, commands in () if found else _installers():
            print(f"Found no Chromium or Chrome: installing {what} ...", flush=True)
            problems = [_within(command, DOWNLOAD_SECONDS) for command in commands]
            found = find_browser()
            if found:
                break
            said = next(filter(None, reversed(problems)), "it does not start")
            refused.append(f"{what} could not be installed ({said})")
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr, flush=True)
        return None
    if not found:
        print(f"dev.py: {missing_browser('; '.join(refused))}", file=sys.stderr, flush=True)
    return found


def _installers() -> Iterator[tuple[str, list[list[str]]]]:
    """Name the ways to get a browser, each with the commands that do it."""
    yield (
        "Playwright's Chromium",
        [[str(PYTHON), "-m", "playwright", "install", "--no-shell", "chromium"]],
    )
    apt = shutil.which("apt-get")
    if apt and sys.platform != "win32" and os.geteuid() == 0:
        quiet = [apt, "-qq", "-o", "DPkg::Lock::Timeout=120"]
        yield (
            "Debian's package chromium",
            [[*quiet, "update"], [*quiet, "install", "-y", "--no-install-recommends", "chromium"]],
        )


def _within(command: Sequence[str], seconds: float) -> str | None:
    """Run a command that may download for long; return the reason if it failed, else None."""
    with _started(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        errors="replace",
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            # Interrupted, Python and apt-get stop what they started; killed, they would not.
            if sys.platform != "win32":
                process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
            process.kill()
            return f"not done after {seconds:g} s"
    if process.returncode == 0:
        return None
    errors = [line.strip() for line in said.splitlines() if re.match(r"E(rror)?: ", line)]
    return errors[0] if errors else f"exit code {process.returncode}"


# --- running things -----------------------------------------------------------------------------


def _environment() -> dict[str, str]:
    """Return the environment variables, without those that would mislead Python or pip."""
    return {name: value for name, value in os.environ.items() if name not in MISLEADING}


@contextmanager
def _started(
    command: Sequence[str], variables: Mapping[str, str] | None = None, **options: Any
) -> Iterator[subprocess.Popen[str]]:
    """Run a command in the project's folder, and do not leave it behind."""
    environment = {**_environment(), **(variables or {})}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **options) as process:
        try:
            yield process
        except KeyboardInterrupt:
            # Ctrl-C has reached the command as well: it may say its last words.
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.terminate()
            raise
        except BaseException:
            process.terminate()
            raise


def _python(arguments: Sequence[str], variables: Mapping[str, str] | None = None) -> int:
    """Run the environment's Python, with more environment variables; return its exit code."""
    with _started([str(PYTHON), *arguments], variables) as process:
        return process.wait()


def _quietly(command: Sequence[str], lock: int) -> str | None:
    """Run a command, telling only of large downloads; if it fails, show and return all it said.

    The command holds the lock too: should this process be killed, no other run starts to set up
    before the command has ended.
    """
    said: list[str] = []
    holding: dict[str, Any] = {} if sys.platform == "win32" else {"pass_fds": (lock,)}
    with _started(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        errors="replace",
        **holding,
    ) as process:
        for line in process.stdout or ():
            said.append(line)
            found = re.match(r"\s*Downloading (\S+?)-(\d[^-]*)-\S+ \((\S+ MB)\)", line)
            if found:
                print("  downloading {} {} ({})".format(*found.groups()), flush=True)
            elif line.startswith("Installing collected packages: "):
                print(f"  installing {line.count(',') + 1} packages", flush=True)
    if process.returncode == 0:
        return None
    sys.stderr.writelines(said)
    return "".join(said)


def _cause(output: str) -> str:
    """Say in one line why pip failed."""
    for pattern, cause in CAUSES.items():
        found = re.search(pattern, output)
        if found:
            return cause.format(python=platform.python_version(), **found.groupdict())
    return "the lines above are all that pip said."


def _test(options: Sequence[str], prepared: int, browser: str | None) -> int:
    """Run every check, or with options pytest alone, and return the exit code."""
    variables = {BROWSER: browser} if browser else {}
    if options:
        # Whether a browser is needed depends on the tests that were chosen.
        return _python(["-m", "pytest", *options], variables) or prepared
    failed = [*(["engine"] if prepared else []), *([] if browser else ["browser"])]
    for name, arguments in CHECKS.items():
        print(f"\n== {name}", flush=True)
        if _python(arguments, variables):
            failed.append(name)
    print(f"\nFAILED: {', '.join(failed)}" if failed else f"\nAll passed: {', '.join(CHECKS)}")
    return int(bool(failed))


def _open(options: Sequence[str]) -> int:
    """Open the app; return the exit code when it was closed."""
    arguments = [*APP, *options]
    if sys.platform == "win32":
        # Ctrl-C reaches Streamlit as well; closing down is its business.
        signal.signal(signal.SIGINT, lambda _number, _frame: None)
        return _python(arguments)
    else:
        # This process becomes Streamlit, and so signals and the exit code are Streamlit's own.
        os.chdir(ROOT)
        os.execve(PYTHON, [str(PYTHON), *arguments], _environment())  # noqa: S606


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
