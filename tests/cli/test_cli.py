"""``python -m simulator``, as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator import cli, engine, results, scenario
from simulator.analyses import leave_one_out
from simulator.cli import links as link_commands
from simulator.cli import numbers, refusal
from simulator.cli.main import BROKEN_PIPE, INTERRUPTED
from simulator.cli.output import LONG_WORK
from simulator.model import register
from simulator.results.saved import EDITION
from simulator.validation import CASES, validate
from simulator.version import MODEL_VERSION, VERSION

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = ROOT / "scenarios" / "balanced-shift.json"


def command(
    *arguments: str, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        input=stdin.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
        timeout=60,
    )


Printed = Callable[..., bytes]


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


@pytest.fixture(scope="module")
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


# --- run: what it prints -------------------------------------------------------------------------


def _expected(figure: simulator.Estimate) -> dict[str, float | None]:
    values = (figure.low, figure.central, figure.high)
    finite = (value if math.isfinite(value) else None for value in values)
    return dict(zip(("p10", "p50", "p90"), finite, strict=True))


def test_json_has_the_figures_of_the_interface(as_json: bytes) -> None:
    found = json.loads(as_json)
    scenario = simulator.load("balanced-shift")
    headline = simulator.simulate(scenario).headline
    for name in (
        "net_present_value",
        "payback_month",
        "roi",
        "return_on_involvement",
        "return_on_ignoring",
        "cost_of_waiting",
    ):
        assert found[name] == _expected(getattr(headline, name)), name
    assert found["probability_better"] == headline.probability_better
    assert found["probability_payback"] == headline.probability_payback
    assert found["worst_case_mean"] == headline.worst_case
    assert found["verdict"] == headline.verdict
    assert found["scenario"] == {"name": scenario.name, "file": "balanced-shift"}
    assert (found["draws"], found["seed"], found["horizon_months"], found["currency"]) == (
        1024,
        scenario.seed,
        scenario.horizon_months,
        "EUR",
    )
    assert set(found["at_horizon"]) == set(results.AT_HORIZON)
    for name, change in headline.at_horizon.items():
        assert found["at_horizon"][name] == {
            "plan": _expected(change.plan),
            "baseline": _expected(change.baseline),
            "difference": _expected(change.difference),
            "probability_higher": change.probability_higher,
        }


def _keys(content: dict[str, Any]) -> Iterator[str]:
    for key, value in content.items():
        yield key
        if isinstance(value, dict):
            yield from _keys(value)


def test_json_is_ascii_in_stable_order_and_every_key_is_documented(as_json: bytes) -> None:
    found = json.loads(as_json)
    text = as_json.decode("ascii")
    assert text == json.dumps(found, indent=2, sort_keys=True) + "\n"
    documented = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    for key in {*_keys(found)} - {"scenario", "name", "file"}:
        assert f"`{key}`" in documented, key
    assert "`scenario.name`" in documented and "`scenario.file`" in documented


def test_same_seed_same_bytes(as_json: bytes, printed_here: Printed) -> None:
    assert printed_here("run", "balanced-shift", "--format", "json", "--seed", "1") == as_json


def test_another_seed_other_figures(as_json: bytes, printed_here: Printed) -> None:
    other = json.loads(printed_here("run", "balanced-shift", "--format", "json", "--seed", "2"))
    assert other["seed"] == 2
    assert other["net_present_value"] != json.loads(as_json)["net_present_value"]


def test_json_says_null_where_there_is_no_number(printed_here: Printed) -> None:
    still = simulator.load("balanced-shift").changed(
        **{
            f"plan.{source}.share_moved": 0.0
            for source in ("market_research", "training", "customer_service")
        },
        **{
            f"plan.involvement.{lever}": None
            for lever in (
                "minutes_per_day",
                "participation",
                "openness",
                "promotional_share",
                "regularity",
                "mandate",
            )
        },
    )
    from simulator.scenario import dump

    found = json.loads(
        printed_here("run", "-", "--format", "json", "--draws", "16", stdin=dump(still))
    )
    assert found["verdict"] == "nothing is changed"
    assert found["probability_better"] is found["probability_payback"] is None
    assert found["payback_month"] == found["roi"] == {"p10": None, "p50": None, "p90": None}
    assert found["scenario"]["file"] is None


def test_csv_has_every_outcome_in_every_month(printed_here: Printed) -> None:
    text = printed_here(
        "run", "balanced-shift", "--format", "csv", "--draws", "64", "--months", "24"
    ).decode()
    assert "\r" not in text
    rows = list(csv.DictReader(io.StringIO(text)))
    header = "month,outcome,unit,plan_p10,plan_p50,plan_p90,baseline_p10,baseline_p50,baseline_p90"
    assert text.splitlines()[0] == header
    assert len(rows) == len(results.OUTCOMES) * 25
    assert {row["outcome"] for row in rows} == set(results.OUTCOMES)
    units = {row["outcome"]: row["unit"] for row in rows}
    assert units["net_contribution"] == "EUR per year" and units["customers"] == "heads"
    forecast = simulator.simulate(simulator.load("balanced-shift").changed(horizon_months=24), 64)
    for row in rows:
        if row["month"] == "24":
            band = forecast.band(row["outcome"])[:, 24]
            assert [float(row[f"plan_{name}"]) for name in ("p10", "p50", "p90")] == band.tolist()


def test_text_is_a_readable_table_of_80_columns(printed_here: Printed) -> None:
    text = printed_here("run", "balanced-shift").decode()
    headline = simulator.simulate(simulator.load("balanced-shift")).headline
    assert max(map(len, text.splitlines())) <= 80
    assert "A balanced shift\nA service company; 1,024 draws, 60 months, EUR, seed 1" in text
    assert f"{headline.verdict.capitalize()}: in " in text
    assert f"{headline.probability_better * 100:.0f} % of 1,024 draws it beats" in text
    worth = headline.net_present_value
    assert f"EUR {results.precision.shown(worth).central:,.0f}" in text
    worst = results.precision.shown_value(headline.worst_case, worth.error)
    assert f"EUR {worst:,.0f}" in text
    for label in (
        "P10",
        "P50",
        "P90",
        "CVaR 10 %",
        *(one.label for one in results.FIGURES.values() if one.kind != "share"),
    ):
        assert label in text
    for name in results.AT_HORIZON:
        assert results.OUTCOMES[name].label in text
    assert not re.search(r"\bnan\b|\binf\b", text)


def test_one_draw_is_said_to_be_central_values_in_one_column(printed_here: Printed) -> None:
    text = printed_here("run", "balanced-shift", "--draws", "1").decode()
    assert "central values" in text and "Central" in text
    assert "P10" not in text and "P50" not in text and "beats carrying on" not in text


def test_text_in_ascii_when_the_terminal_knows_no_more() -> None:
    named = SHIPPED.read_text(encoding="utf-8").replace("A service company", "Zürich 東京")
    plain = command("run", "-", "--draws", "8", stdin=named, env={"PYTHONIOENCODING": "ascii"})
    assert plain.returncode == 0 and plain.stdout.isascii() and b"Z?rich" in plain.stdout


def test_names_in_any_script() -> None:
    named = SHIPPED.read_text(encoding="utf-8").replace("A service company", "Zürich 東京")
    full = command("run", "-", "--draws", "8", stdin=named)
    assert "Zürich 東京" in full.stdout.decode("utf-8")


def test_names_cannot_command_the_terminal(printed_here: Printed) -> None:
    reordering = SHIPPED.read_text(encoding="utf-8").replace("A balanced shift", "A \u202eb")
    text = printed_here("run", "-", "--draws", "8", stdin=reordering).decode()
    assert "A \\u202eb" in text and "\u202e" not in text
    refused = command("check", "x\x1b[31m\ny.json")
    assert refused.stderr.count(b"\n") == 1 and b"\x1b" not in refused.stderr


def test_long_work_is_the_same_with_and_without_a_bar(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["run", "balanced-shift", "--months", "12", "--draws", str(LONG_WORK)]
    assert cli.main(arguments) == 0
    quiet = capsysbinary.readouterr()
    assert quiet.err == b""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert cli.main(arguments) == 0
    shown = capsysbinary.readouterr()
    assert b"Simulating" in shown.err
    assert shown.out == quiet.out


SCENARIOS = sorted(
    path.stem for path in (ROOT / "scenarios").glob("*.json") if "schema" not in path.name
)


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_number_is_cut_off_in_80_columns(
    name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.main(["run", name, "--instruments"]) == 0
    text = capsysbinary.readouterr().out.decode()
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_table_becomes_wider_rather_than_lose_digits(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    huge = simulator.load("balanced-shift").changed(
        **{"organisation.labour_cost_per_hour": 9e6, "organisation.revenue_per_customer": 9e8}
    )
    file = tmp_path / "huge.json"
    scenario.save(huge, file)
    assert cli.main(["run", str(file), "--draws", "64", "--instruments"]) == 0
    text = capsysbinary.readouterr().out.decode()
    assert "…" not in text
    worth = results.precision.shown(simulator.simulate(huge, 64).headline.net_present_value)
    for value in (worth.low, worth.central, worth.high):
        assert f"{value:,.0f}" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999_999.4, "999,999"),
        (999_999.6, "1.00 M"),
        (7_497_123, "7.50 M"),
        (9_996_000, "10.0 M"),
        (999_960_000, "1.00 bn"),
        (1e10, "10.0 bn"),
        (math.nan, "n/a"),
    ],
)
def test_large_counts_are_short(value: float, text: str) -> None:
    assert numbers.heads(value) == text


def test_instruments_are_those_of_the_interface_and_documented(
    capsysbinary: pytest.CaptureFixture[bytes], as_json: bytes
) -> None:
    assert cli.main(["run", "balanced-shift", "--format", "json", "--instruments"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    expected = leave_one_out.leave_one_out(simulator.load("balanced-shift")).instruments
    assert expected
    assert found.pop("instruments") == {
        name: {
            "money_present_value": one.money,
            "change_if_dropped": _expected(one.change),
            "probability_dropping_costs": one.probability_costs,
        }
        for name, one in expected.items()
    }
    assert found == json.loads(as_json)
    documented = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    for key in ("money_present_value", "change_if_dropped", "probability_dropping_costs"):
        assert f"`{key}`" in documented


def test_instruments_as_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    arguments = ["run", "balanced-shift", "--instruments"]
    assert cli.main(arguments) == 0
    text = capsysbinary.readouterr().out.decode()
    for name, one in leave_one_out.leave_one_out(
        simulator.load("balanced-shift")
    ).instruments.items():
        label = name.replace("_", " ").capitalize()
        line = next(line for line in text.splitlines() if line.startswith(f"{label} "))
        assert f"{results.precision.shown(one.change).central:,.0f}" in line
        assert numbers.probability_text(one.probability_costs) in line
    assert cli.main(["run", "wait-and-see", "--instruments"]) == 0
    assert "No money is moved" in capsysbinary.readouterr().out.decode()


# --- run: where it goes --------------------------------------------------------------------------


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
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "run", "balanced-shift", "--format", "csv"],
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


# --- compare -------------------------------------------------------------------------------------


@pytest.fixture
def told(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., str]:
    """What ``compare`` prints for these arguments, with few draws."""

    def run(*arguments: str, draws: int = 64) -> str:
        assert cli.main(["compare", *arguments, "--draws", str(draws)]) == 0
        out, err = capsysbinary.readouterr()
        assert err == b""
        return out.decode()

    return run


def test_compare_gives_the_figures_of_the_interface(told: Callable[..., str]) -> None:
    names = ["balanced-shift", "too-deep-too-fast", "charity-donors"]
    found = json.loads(told(*names, "--format", "json"))
    wanted = simulator.compare(*map(simulator.load, names), draws=64)
    assert [one["file"] for one in found["scenarios"]] == names
    for one, headline, spent in zip(
        found["scenarios"], wanted.headlines, wanted.spending, strict=True
    ):
        assert one["headline"]["net_present_value"] == _expected(headline.net_present_value)
        assert one["headline"]["worst_case"] == headline.worst_case
        assert one["headline"]["trust"] == _expected(headline.at_horizon["trust"].plan)
        assert one["budgets"] == {"today": spent.today, "plan": spent.plan}
    difference = wanted.differences(1)["net_present_value"]
    assert isinstance(difference, simulator.Estimate)
    assert found["differences"][0]["net_present_value"] == _expected(difference)
    for pair in found["pairs"]:
        known = wanted.pair(pair["first"], pair["second"])
        assert pair["difference"] == _expected(known.difference)
        assert (pair["better"], pair["same"], pair["worse"]) == (
            known.better,
            known.same,
            known.worse,
        )
        assert pair["verdict"] == known.verdict
    assert len(found["pairs"]) == 3
    ranking = wanted.ranking()
    assert found["ranking"] == {"best": list(ranking.best), "rank": list(ranking.rank)}
    assert [one["kind"] for one in found["caveats"]] == [one.kind for one in wanted.caveats]
    assert [one["path"] for one in found["differing"]] == [one.path for one in wanted.diffs]
    documented = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    for key in {*found, *found["scenarios"][0], *found["pairs"][0], *found["caveats"][0]}:
        assert f"`{key}`" in documented, key


def test_compare_says_what_cannot_be_compared(
    told: Callable[..., str], tmp_path: Path, scenario_in_crowns: Path
) -> None:
    files = ["balanced-shift", str(scenario_in_crowns), "too-deep-too-fast"]
    found = json.loads(told(*files, "--format", "json"))
    assert [(one["first"], one["second"]) for one in found["pairs"]] == [(0, 2)]
    assert found["ranking"] is None
    assert found["differences"][0]["net_present_value"] is None
    text = told(*files)
    assert "B: Different currencies" in text and "B: Different horizons" in text
    assert "No ranking of all." in text
    moved = told(*files, "--measure", "value_per_money_moved")
    assert "Which is best?" in moved


@pytest.fixture
def scenario_in_crowns(tmp_path: Path) -> Path:
    file = tmp_path / "crowns.json"
    one = simulator.load("balanced-shift")
    scenario.save(
        one.changed(**{"organisation.currency": "DKK", "horizon_months": 24, "name": "\u202eX"}),
        file,
    )
    return file


def test_compare_as_text_fits_80_columns_and_is_harmless(
    told: Callable[..., str], scenario_in_crowns: Path
) -> None:
    two = told("balanced-shift", "wait-and-see")
    wanted = simulator.compare(*map(simulator.load, ("balanced-shift", "wait-and-see")), draws=64)
    assert "A  A balanced shift (A service company; 60 months, EUR)" in two
    assert "64 draws, seed 1, 60 months in common" in two
    worst = wanted.differences(1)["worst_case"]
    assert isinstance(worst, float)
    error = wanted.headlines[0].net_present_value.error
    shown = results.precision.shown_value(worst, error)
    assert re.search(rf"Worst case .* {re.escape(numbers.short(shown))}\n", two)
    line = next(one for one in two.splitlines() if one.startswith("B than A"))
    assert wanted.verdict in line and numbers.probability_text(wanted.pair(0, 1).better) in line
    six = told(*SCENARIOS[:5], str(scenario_in_crowns), draws=16)
    for text in (two, six):
        assert max(map(len, text.splitlines())) <= 80
        assert "…" not in text and not re.search(r"\bnan\b|\binf\b", text)
    assert "\\u202eX" in six and "\u202e" not in six


def test_compare_as_csv_and_as_a_spreadsheet(told: Callable[..., str], tmp_path: Path) -> None:
    names = ["balanced-shift", "too-deep-too-fast"]
    rows = list(csv.DictReader(io.StringIO(told(*names, "--format", "csv"), newline="")))
    assert {"headline", "pair", "ranking"} <= {row["table"] for row in rows}
    target = tmp_path / "compared.xlsx"
    assert told(*names, "--format", "xlsx", "--out", str(target)) == ""
    first = target.read_bytes()
    assert first.startswith(b"PK") and zipfile.is_zipfile(target)
    told(*names, "--format", "xlsx", "--out", str(target))
    assert target.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["balanced-shift"], "FILE: found 1 scenarios, allowed 2 to 6"),
        (["balanced-shift"] * 7, "FILE: found 7 scenarios, allowed 2 to 6"),
        (["-", "-"], "FILE: found - several times, allowed once"),
        (["a", "b", "--format", "xlsx"], "found xlsx without a file, allowed with --out PATH"),
        (["a", "b", "--format", "csv", "--measure", "value"], "--measure: found --format csv"),
        (["a", "b", "--measure", "beauty"], "--measure: invalid choice: 'beauty'"),
        (["a", "b", "--draws", "1"], "found '1', allowed a whole number from 2"),
        (["balanced-shift"] * 6 + ["--draws", "3334"], "allowed at most 3,333 with 6 scenarios"),
    ],
)
def test_compare_refuses_what_it_cannot_do(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["compare", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and message in err and err.count("\n") == 1


def test_compare_tells_the_problems_of_every_file_and_overwrites_none(
    bad_files: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two, broken, _ = map(str, bad_files)
    assert cli.main(["compare", two, "balanced-shift", broken]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3 and two in lines[0] and broken in lines[2]
    mine = tmp_path / "mine.json"
    shutil.copy(SHIPPED, mine)
    before = mine.read_bytes()
    assert cli.main(["compare", "balanced-shift", str(mine), "--out", str(mine)]) == 2
    assert "in use" in capsys.readouterr().err and mine.read_bytes() == before


def test_the_measures_are_those_of_the_interface(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", "--help"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert f"what is better: {', '.join(simulator.MEASURES)} (text" in words


# --- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
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
    ],
)
def test_an_error_is_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("simulator: error: ") and err.count("\n") == 1 and told in err


def test_errors_in_a_process_of_their_own(bad_files: tuple[Path, Path, Path]) -> None:
    two, broken, missing = bad_files
    for file, lines in ((two, 2), (broken, 1), (missing, 1)):
        done = command("run", str(file))
        assert (done.returncode, done.stdout) == (2, b"")
        told = done.stderr.decode().splitlines()
        assert len(told) == lines
        assert all(line.startswith(f"simulator: error: {file}: ") for line in told)
        if file == two:
            assert "organisation.annual_churn: found 7" in done.stderr.decode()


def test_no_arguments_show_the_help() -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"usage: python -m simulator")
    assert command("--help").returncode == 0


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


# --- check, schema, parameters -------------------------------------------------------------------


def test_check_tells_every_problem_of_every_file(bad_files: tuple[Path, Path, Path]) -> None:
    two, broken, missing = bad_files
    done = command("check", str(two), str(SHIPPED), str(broken), str(missing), "wait-and-see")
    assert done.returncode == 1
    assert done.stdout.decode() == f"{SHIPPED}: ok\nwait-and-see: ok\n"
    lines = done.stderr.decode().splitlines()
    assert [line.rpartition(": found")[0] for line in lines] == [
        f"{two}: organisation.annual_churn",
        f"{two}: plan.training.share_moved",
        str(broken),
        str(missing),
    ]
    assert all("found" in line and "allowed" in line for line in lines)


def test_check_is_content_with_all_shipped_scenarios() -> None:
    files = sorted(map(str, (ROOT / "scenarios").glob("*[a-z].json")))
    files = [file for file in files if not file.endswith(".schema.json")]
    done = command("check", *files)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == len(files)


def test_schema_is_that_of_scenarios() -> None:
    import jsonschema

    done = command("schema")
    assert done.returncode == 0, done.stderr
    schema = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(SHIPPED.read_text(encoding="utf-8")), schema)


def test_parameters_in_all_formats() -> None:
    ids = [one.id for one in register.REGISTER]
    text = command("parameters").stdout.decode().splitlines()
    assert [line.split()[0] for line in text[2:] if line] == ids
    table = command("parameters", "--format", "csv").stdout.decode()
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["id"] for row in rows] == ids
    listed = json.loads(command("parameters", "--format", "json").stdout)["parameters"]
    for row, one, parameter in zip(rows, listed, register.REGISTER, strict=True):
        assert set(row) == set(one)
        assert float(row["central"]) == one["central"] == parameter.central
        assert row["citation"] == one["citation"] == parameter.citation


@pytest.mark.parametrize("arguments", [["check", "balanced-shift"], ["parameters"]])
def test_no_engine_for_what_does_not_simulate(arguments: list[str]) -> None:
    code = (
        "import sys; from simulator.cli import main; main(sys.argv[1:]); "
        "sys.exit('numba' in sys.modules or 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, cwd=ROOT)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["run", "compare"])
def test_the_default_number_of_draws_is_that_of_the_interface(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([name, "--help"]) == 0
    words = " ".join(capsys.readouterr().out.split())
    assert f"(default: {results.DEFAULT_DRAWS})" in words


# --- figures as text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "none"),
        (0.0001, "less than 1 %"),
        (0.46, "46 %"),
        (0.9999, "more than 99 %"),
        (1.0, "all"),
        (math.nan, "n/a"),
    ],
)
def test_what_is_not_certain_is_not_called_certain(share: float, text: str) -> None:
    assert numbers.probability_text(share) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain ü 東京", "plain ü 東京"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("a\nb\u2028c", "a\\nb\\u2028c"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202e", "\\u202e"),
    ],
)
def test_harmless(value: str, text: str) -> None:
    assert refusal.harmless(value) == text


def test_check_passes_over_the_schema_that_lies_among_the_scenarios() -> None:
    done = command("check", *map(str, sorted((ROOT / "scenarios").glob("*.json"))))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"scenario.schema.json: the schema, no scenario" in done.stdout


# --- links ---------------------------------------------------------------------------------------


def printed(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    """Exit status, output and errors of a command in this process."""
    status = cli.main(arguments)
    out, errors = capsysbinary.readouterr()
    return status, out.decode(), errors.decode()


def test_a_file_becomes_a_link_and_a_file_again(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    plan = simulator.load("balanced-shift").changed(
        name="Wij & zij 100 %", **{"plan.training.share_moved": 0.3}
    )
    source, target = tmp_path / "source.json", tmp_path / "target.json"
    scenario.save(plan, source)
    status, link, errors = printed(capsysbinary, "link", str(source))
    assert (status, errors) == (0, "")
    assert link.startswith("http://localhost:8501/?v=3&from=balanced-shift.")
    assert "&training=0.3&" in link and f"&model={simulator.MODEL_VERSION}&draws=1024&" in link
    assert printed(capsysbinary, "open", link.strip(), "--out", str(target)) == (0, "", "")
    opened = scenario.load(target)
    assert opened.without_results() == plan
    assert printed(capsysbinary, "open", link)[1] == scenario.file_text(opened)
    # A link says what its file says.
    again = printed(capsysbinary, "link", str(target), "--address", "https://example.org/")
    assert again[1] == link.replace("http://localhost:8501/", "https://example.org/")
    assert printed(capsysbinary, "link", link.strip())[1] == link


def test_a_link_stands_where_a_file_can(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    link = printed(capsysbinary, "link", "balanced-shift")[1].strip()
    by_name = printed(capsysbinary, "run", "balanced-shift")
    assert printed(capsysbinary, "run", link) == by_name
    target = tmp_path / "out.txt"
    assert printed(capsysbinary, "run", link, "--out", str(target)) == (0, "", "")
    assert target.read_text(encoding="utf-8") == by_name[1]
    assert printed(capsysbinary, "check", link) == (0, f"{link}: ok\n", "")
    assert printed(capsysbinary, "check", f"{link}x", "v=4") == (
        1,
        "",
        "link: check: found a link that was changed by hand or damaged, allowed the link as it was "
        "made\nlink: v: found 4, made by a newer version, allowed 2 to 3\n",
    )


def test_open_tells_then_and_now(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from simulator import links

    plan = simulator.load("balanced-shift")
    results = link_commands.results_now(plan, 64)
    assert results is not None
    same = links.encode(plan.changed(results=results))
    assert printed(capsysbinary, "open", same)[2] == ""
    then = results.model_copy(
        update={"model_version": "2.0.9", "worst_case": -5.0, "probability_payback": None}
    )
    status, out, errors = printed(capsysbinary, "open", links.encode(plan.changed(results=then)))
    assert (status, scenario.parse(out).results) == (0, then)
    assert errors.split("\n") == [
        f"simulator: the results are others now (model 2.0.9 then, {simulator.MODEL_VERSION} now):",
        "  Worst case (mean of the worst tenth): -5.00 then, "
        f"{numbers.plain(results.worst_case)} now",
        "  Probability that the money is back: n/a then, "
        f"{100 * results.probability_payback:.1f} % now",
        "",
    ]
    first_edition = then.model_copy(update={"model_version": "1.0.0"})
    errors = printed(capsysbinary, "open", links.encode(plan.changed(results=first_edition)))[2]
    assert errors.splitlines()[-1] == f"  {EDITION}"


def test_open_tells_why_a_link_of_the_first_edition_comes_to_something_else(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    from simulator import links
    from simulator.results.saved import EDITION

    plan = simulator.load("balanced-shift")
    now = link_commands.results_now(plan, 64)
    assert now is not None
    first = now.model_copy(update={"model_version": "1.0.0", "worst_case": -5.0})
    errors = printed(capsysbinary, "open", links.encode(plan.changed(results=first)))[2]
    assert errors.splitlines()[-1] == f"  {EDITION}"


def test_open_writes_first_and_does_not_compare_for_hours(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulator import links

    plan = simulator.load("balanced-shift")
    now = link_commands.results_now(plan, 64)
    assert now is not None
    then = now.model_copy(update={"draws": 1_000_000})
    asked = []

    def interrupted(_: object, draws: int) -> None:
        asked.append(draws)
        raise KeyboardInterrupt

    monkeypatch.setattr(link_commands, "results_now", interrupted)
    link, target = links.encode(plan.changed(results=then)), tmp_path / "target.json"
    assert printed(capsysbinary, "open", link, "--out", str(target))[0] == INTERRUPTED
    assert scenario.load(target).results == then
    assert asked == [results.DEFAULT_DRAWS]


def test_links_that_are_refused(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    long = tmp_path / "long.json"
    scenario.save(simulator.load("balanced-shift").changed(notes="Too long. " * 300), long)
    status, out, errors = printed(capsysbinary, "link", str(long))
    assert (status, out) == (2, "")
    assert re.fullmatch(
        r"simulator: error: \S+long\.json: found a link of 3,\d{3} characters, allowed fewer than "
        r"2,000, which every program passes on; hand on the file instead\n",
        errors,
    )
    for arguments in (["open", "balanced-shift"], ["open", ""], ["open", "http://x/"]):
        assert printed(capsysbinary, *arguments)[0] == 2
    assert printed(capsysbinary, "open", "v=2", "--out", str(tmp_path))[2].startswith(
        "simulator: error: --out: found"
    )
    for address in (
        "ftp://x/",
        "http://x/?a=b",
        "http://x/$(ls)",
        "javascript:alert(1)",
        "http://",
    ):
        status, out, errors = printed(capsysbinary, "link", "balanced-shift", "--address", address)
        assert (status, out) == (2, "") and "allowed an address such as http://" in errors


# --- opening the app ------------------------------------------------------------------------------


def test_app_hands_its_options_to_streamlit() -> None:
    done = command("app", "--no-such-option", "1")
    assert done.returncode == 2
    assert "No such option" in done.stderr.decode() and "--no-such-option" in done.stderr.decode()


def test_versions_are_told() -> None:
    said = command("--version").stdout.decode()
    assert said.split() == ["budget-shift", f"{VERSION},", "model", MODEL_VERSION]


# --- validate ------------------------------------------------------------------------------------


def test_the_cases_are_told_whatever_comes_of_them(printed_here: Printed) -> None:
    text = printed_here("validate", "--draws", "64").decode()
    assert "Checked against the world; 64 draws" in text
    assert all(case.title in text for case in CASES)
    assert "cannot be compared" in text and "differs" in text


def test_the_cases_as_json(printed_here: Printed) -> None:
    found = json.loads(printed_here("validate", "--draws", "64", "--json"))
    rows = [row for case in found["cases"] for row in case["comparisons"]]
    report = validate(64)
    assert [row["verdict"] for row in rows] == [one.verdict for one in report.outcomes]
    assert [row["p95"] for row in rows] == [one.band and one.band.high for one in report.outcomes]
    counts = [found[key] for key in ("agrees", "differs", "not_comparable")]
    assert sum(counts) == len(rows)
    section = (ROOT / "docs" / "CLI.md").read_text("utf-8").partition("### Of `validate`")[2]
    for key in (*rows[0], *found["cases"][0], *(set(found) - {"format", "model_version"})):
        assert f"`{key}`" in section, f"docs/CLI.md says nothing of {key}"


def test_too_few_draws_for_a_band_are_refused() -> None:
    done = command("validate", "--draws", "19")
    assert done.returncode == 2 and b"from 20 to" in done.stderr
