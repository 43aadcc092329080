"""``compare``: the figures of the interface, and what cannot be compared."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import simulator
from simulator import cli, scenario
from simulator.cli import numbers
from simulator.results import precision
from tests.support.commands import ROOT, SCENARIOS, SHIPPED, percentiles

pytestmark = pytest.mark.usefixtures("known_runs")


@pytest.fixture
def compared(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., str]:
    """What ``compare`` prints for these arguments, with few draws."""

    def run(*arguments: str, draws: int = 64) -> str:
        assert cli.main(["compare", *arguments, "--draws", str(draws)]) == 0
        out, err = capsysbinary.readouterr()
        assert err == b""
        return out.decode()

    return run


def test_compare_gives_the_figures_of_the_interface(compared: Callable[..., str]) -> None:
    names = ["balanced-shift", "too-deep-too-fast", "charity-donors"]
    content = json.loads(compared(*names, "--format", "json"))
    wanted = simulator.compare(*map(simulator.load, names), draws=64)
    assert [entry["file"] for entry in content["scenarios"]] == names
    for entry, headline, spent in zip(
        content["scenarios"], wanted.headlines, wanted.spending, strict=True
    ):
        assert entry["headline"]["net_present_value"] == percentiles(headline.net_present_value)
        assert entry["headline"]["worst_case"] == headline.worst_case
        assert entry["headline"]["trust"] == percentiles(headline.at_horizon["trust"].plan)
        assert entry["budgets"] == {"today": spent.today, "plan": spent.plan}
    difference = wanted.differences(1)["net_present_value"]
    assert isinstance(difference, simulator.Estimate)
    assert content["differences"][0]["net_present_value"] == percentiles(difference)
    for pair in content["pairs"]:
        known = wanted.pair(pair["first"], pair["second"])
        assert pair["difference"] == percentiles(known.difference)
        assert (pair["better"], pair["same"], pair["worse"]) == (
            known.better,
            known.same,
            known.worse,
        )
        assert pair["verdict"] == known.verdict
    assert len(content["pairs"]) == 3
    ranking = wanted.ranking()
    assert content["ranking"] == {
        "best": list(ranking.best),
        "rank": list(ranking.rank),
        "carrying_on": ranking.carrying_on,
        "carrying_on_rank": ranking.carrying_on_rank,
    }
    assert [entry["kind"] for entry in content["caveats"]] == [
        entry.kind for entry in wanted.caveats
    ]
    assert [entry["path"] for entry in content["differing"]] == [
        entry.path for entry in wanted.diffs
    ]
    documented = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    for key in {*content, *content["scenarios"][0], *content["pairs"][0], *content["caveats"][0]}:
        assert f"`{key}`" in documented, key


def test_compare_says_what_cannot_be_compared(
    compared: Callable[..., str], tmp_path: Path, scenario_in_crowns: Path
) -> None:
    files = ["balanced-shift", str(scenario_in_crowns), "too-deep-too-fast"]
    content = json.loads(compared(*files, "--format", "json"))
    assert [(one["first"], one["second"]) for one in content["pairs"]] == [(0, 2)]
    assert content["ranking"] is None
    assert content["differences"][0]["net_present_value"] is None
    text = compared(*files)
    assert "B: Different currencies" in text and "B: Different horizons" in text
    assert "No ranking of all." in text
    moved = compared(*files, "--measure", "value_per_money_moved")
    assert "Which is best?" in moved


@pytest.fixture
def scenario_in_crowns(tmp_path: Path) -> Path:
    file = tmp_path / "crowns.json"
    plan = simulator.load("balanced-shift")
    scenario.save(
        plan.changed(**{"organisation.currency": "DKK", "horizon_months": 24, "name": "\u202eX"}),
        file,
    )
    return file


def test_compare_as_text_fits_80_columns_and_is_harmless(
    compared: Callable[..., str], scenario_in_crowns: Path
) -> None:
    two = compared("balanced-shift", "wait-and-see")
    wanted = simulator.compare(*map(simulator.load, ("balanced-shift", "wait-and-see")), draws=64)
    assert "A  A balanced shift (A service company; 60 months, EUR)" in two
    assert "64 draws, seed 1, 60 months in common" in two
    worst = wanted.differences(1)["worst_case"]
    assert isinstance(worst, float)
    error = wanted.headlines[0].net_present_value.error
    shown = precision.shown_value(worst, error)
    assert re.search(rf"Worst tenth of all cases.* {re.escape(numbers.short(shown))}\n", two)
    line = next(one for one in two.splitlines() if one.startswith("B than A"))
    assert wanted.verdict in line and numbers.probability_text(wanted.pair(0, 1).better) in line
    six = compared(*SCENARIOS[:5], str(scenario_in_crowns), draws=16)
    for text in (two, six):
        assert max(map(len, text.splitlines())) <= 80
        assert "…" not in text and not re.search(r"\bnan\b|\binf\b", text)
    assert "\\u202eX" in six and "\u202e" not in six


def test_compare_as_csv_and_as_a_spreadsheet(compared: Callable[..., str], tmp_path: Path) -> None:
    names = ["balanced-shift", "too-deep-too-fast"]
    rows = list(csv.DictReader(io.StringIO(compared(*names, "--format", "csv"), newline="")))
    assert {"headline", "pair", "ranking"} <= {row["table"] for row in rows}
    target = tmp_path / "compared.xlsx"
    assert compared(*names, "--format", "xlsx", "--out", str(target)) == ""
    first = target.read_bytes()
    assert first.startswith(b"PK") and zipfile.is_zipfile(target)
    compared(*names, "--format", "xlsx", "--out", str(target))
    assert target.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["balanced-shift"] * 7, "FILE: found 7 scenarios, allowed 1 to 6"),
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
