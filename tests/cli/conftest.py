"""What tests of several commands need: an engine that is compiled, and files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from simulator import cli, engine
from tests.support.commands import SHIPPED, Printed, command


@pytest.fixture
def printed_here(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Printed:
    """What a command that succeeds prints, without the start of a process of its own."""

    def run(*arguments: str, stdin: str = "") -> bytes:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        status = cli.main(arguments)
        out, err = capsysbinary.readouterr()
        assert (status, err) == (0, b"")
        return out

    return run


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    engine.prepare()


@pytest.fixture(scope="session")
def as_json() -> bytes:
    done = command("run", "balanced-shift", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.fixture
def bad_files(tmp_path: Path) -> tuple[Path, Path, Path]:
    wrong = json.loads(SHIPPED.read_text(encoding="utf-8"))
    wrong["organisation"]["annual_churn"] = 7
    wrong["plan"]["training"]["share_moved"] = -1
    two, broken = tmp_path / "two-problems.json", tmp_path / "broken.json"
    two.write_text(json.dumps(wrong), encoding="utf-8")
    broken.write_text('{"name": ', encoding="utf-8")
    return two, broken, tmp_path / "missing.json"
