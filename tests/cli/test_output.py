"""Where the output of a command goes: files, pipes, full disks and interrupts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from simulator import cli
from simulator.cli.main import BROKEN_PIPE
from tests.support.commands import ROOT, SHIPPED, Printed


def test_out_writes_the_file_and_nothing_else(
    tmp_path: Path, as_json: bytes, printed_here: Printed
) -> None:
    target = tmp_path / "result.json"
    target.write_text("older", encoding="utf-8")
    assert printed_here("run", "balanced-shift", "--format", "json", "--out", str(target)) == b""
    assert target.read_bytes() == as_json
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "result.txt"
    target.write_text("older", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert cli.main(["run", "balanced-shift", "--draws", "1", "--out", str(target)]) == 2
    assert "No space left" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "older"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("by_name", [True, False])
def test_out_never_overwrites_a_scenario_in_use(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    by_name: bool,
) -> None:
    # On a copy: if the guard fails, the shipped file must not be what is lost.
    copy = tmp_path / SHIPPED.name
    shutil.copy(SHIPPED, copy)
    before = copy.read_bytes()
    if by_name:
        monkeypatch.setattr("simulator.scenario.shipped_files.scenarios_dir", lambda: tmp_path)
    source = "balanced-shift" if by_name else str(copy)
    assert cli.main(["run", source, "--draws", "1", "--out", str(copy)]) == 2
    assert "--out" in capsys.readouterr().err
    assert copy.read_bytes() == before


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_is_silent(unbuffered: str) -> None:
    # It prints more than a pipe holds, and so is still at it when nobody reads on.
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "parameters", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) == BROKEN_PIPE


SAY_WHEN_SIMULATING = """
import runpy
from simulator import results
headline = results.headline
def say_so(*arguments, **options):
    print("simulating", flush=True)
    return headline(*arguments, **options)
results.headline = say_so
runpy.run_module("simulator", run_name="__main__")
"""
"""``python -m simulator`` that writes a line as soon as there is something to interrupt."""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal to send")
def test_an_interrupt_is_one_line() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SAY_WHEN_SIMULATING, "run", "balanced-shift", "--draws", "1000000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        # Started in the background, a shell's children ignore it, and theirs as well.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"simulating\n"  # which would take a minute
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        # One that comes while modules are loaded may get lost in them: people press again.
        with suppress(subprocess.TimeoutExpired):
            out, err = process.communicate(timeout=6)
            break
    else:
        process.kill()
        pytest.fail("ten times Ctrl-C did not stop it")
    assert (process.returncode, out, err) == (130, b"", b"simulator: interrupted\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_one_line() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "simulator", "parameters"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"simulator: error: ") and done.stderr.count(b"\n") == 1
