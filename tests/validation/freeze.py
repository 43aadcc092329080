"""What must not change to make a case of the validation pass, by hash.

``python -m tests.validation.freeze`` writes ``frozen.json`` again: a deliberate act, which
docs/VALIDATION.md says when to do and how. ``tests/validation/test_frozen.py`` holds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FROZEN = Path(__file__).resolve().with_name("frozen.json")
PATTERNS = (
    "scenarios/*.json",
    "simulator/model/*.py",
    "simulator/model/equations/*.py",
    "simulator/model/register.csv",
    "simulator/validation/cases/*.json",
    "simulator/validation/scenarios/*.json",
    "simulator/validation/quantities.py",
    "simulator/validation/verdict.py",
)
"""The evidence, the model, the shipped scenarios, and the cases with how they are judged."""

_COMMENT = (
    "Frozen before the cases were run. Written by python -m tests.validation.freeze; "
    "docs/VALIDATION.md says when that is right."
)


def hashes() -> Mapping[str, str]:
    """SHA-256 of each of these files, by path."""
    files = {file for pattern in PATTERNS for file in ROOT.glob(pattern)}
    return {
        file.relative_to(ROOT).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(files)
    }


def frozen() -> Mapping[str, str]:
    """As they were when they were frozen."""
    files: Mapping[str, str] = json.loads(FROZEN.read_text(encoding="utf-8"))["sha256"]
    return files


def written() -> str:
    """The content of the file, as of now."""
    return json.dumps({"comment": _COMMENT, "sha256": hashes()}, indent=2) + "\n"


if __name__ == "__main__":
    FROZEN.write_text(written(), encoding="utf-8")
