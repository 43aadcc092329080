"""What a command refuses, in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import cli
from tests.support.commands import command


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "no-such-file.json"], "no-such-file.json: found no such file"),
        (["run", "balanced-shft"], "balanced-shift (the nearest that exists)"),
        (["run"], "FILE"),
        (["frobnicate"], "frobnicate"),
        (["run", "balanced-shift", "--frob"], "--frob"),
        (["run", "balanced-shift", "--draw", "5"], "--draw"),
        (["run", "balanced-shift", "--draws", "0"], "--draws: found '0', allowed"),
        (["run", "balanced-shift", "--draws", "1000001"], "from 1 to 1,000,000"),
        (["run", "balanced-shift", "--draws", "1.5"], "--draws: found '1.5'"),
        (["run", "balanced-shift", "--draws", "9" * 5000], "--draws"),
        (["run", "balanced-shift", "--months", "11"], "from 12 to 120"),
        (["run", "balanced-shift", "--months", "121"], "--months: found '121'"),
        (["run", "balanced-shift", "--seed", "-1"], "--seed: found '-1'"),
        (["run", "balanced-shift", "--seed", "2147483648"], "0 to 2,147,483,647"),
        (["run", "balanced-shift", "--format", "xml"], "xml"),
        (["run", "balanced-shift", "--out", "."], "--out"),
        (["run", "balanced-shift", "--out", "no-such-folder/x.json"], "--out"),
        (["run", "balanced-shift", "--out", ""], "--out"),
        (["run", "balanced-shift", "--format", "csv", "--draws", "20001"], "at most 20,000"),
        (["run", "balanced-shift", "--instruments", "--draws", "20001"], "at most 20,000"),
        (["run", "balanced-shift", "--format", "csv", "--instruments"], "allowed text or json"),
        (["export", "balanced-shift"], "--to"),
        (["export", "balanced-shift", "--to", "pdf"], "choose from 'xmile', 'mathml', 'map'"),
        (["export", "no-such-file.json", "--to", "xmile"], "found no such file"),
        (["export", "balanced-shift", "--to", "xmile", "--out", "."], "not of a folder"),
    ],
)
def test_an_error_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("simulator: error: ") and err.count("\n") == 1 and message in err


def test_an_error_in_a_file_is_one_line_that_begins_with_its_name(
    bad_files: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    two, broken, missing = bad_files
    for file, lines in ((two, 2), (broken, 1), (missing, 1)):
        assert cli.main(["run", str(file)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        errors = err.splitlines()
        assert len(errors) == lines
        assert all(line.startswith(f"simulator: error: {file}: ") for line in errors)
        if file == two:
            assert "organisation.annual_churn: found 7" in err


def test_errors_in_a_process_of_their_own(bad_files: tuple[Path, Path, Path]) -> None:
    two, _, _ = bad_files
    done = command("run", str(two))
    assert (done.returncode, done.stdout) == (2, b"")
    first, second = done.stderr.decode().splitlines()
    assert first.startswith(f"simulator: error: {two}: organisation.annual_churn: found 7")
    assert second.startswith(f"simulator: error: {two}: ")


def test_no_arguments_show_the_help() -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"usage: python -m simulator")
    assert command("--help").returncode == 0
