"""The unit tests that are written in JavaScript, each file of them a test here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.node import SECONDS, node

FILES = sorted(Path(__file__).parent.glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=[path.name for path in FILES])
def test_modules(file: Path) -> None:
    run = subprocess.run(
        # A file has this process to itself already.
        [node(), "--test", "--test-isolation=none", "--test-reporter=tap", str(file)],
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    passed = re.search(r"^# pass (\d+)$", run.stdout, re.MULTILINE)
    assert run.returncode == 0 and passed and int(passed[1]), f"{run.stdout}\n{run.stderr}"
