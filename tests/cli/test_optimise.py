"""``optimise``: the best plan, as text and JSON, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator import cli, load
from tests.support.commands import SHIPPED, Printed

QUICK = ("--draws", "32", "--move", "training", "--move", "market_research=0..0.5")


@pytest.fixture
def short(tmp_path: Path) -> str:
    """A scenario whose runs are soon done."""
    file = tmp_path / "short.json"
    content = json.loads(SHIPPED.read_text(encoding="utf-8"))
    content["horizon_months"] = 12
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def test_as_json_and_the_plan_as_a_file(short: str, tmp_path: Path, printed_here: Printed) -> None:
    plan = tmp_path / "best.json"
    content = json.loads(
        printed_here(
            "optimise", short, *QUICK, "--constraint", "training>=300000", "--format", "json",
            "--plan", str(plan),
        )
    )  # fmt: skip
    assert content["feasible"] and content["verdict"] in {"better", "too_close", "none_better"}
    assert content["question"]["constraints"] == ["training>=300000"]
    assert set(content["proof"].values()) <= {"met", "open"}
    chosen = next(iter(content["levers"].values()))
    assert set(chosen) == {"proposed", "present", "today"}
    written = load(plan).plan.model_dump(mode="json")
    assert written in [one["scenario"] for one in content["plans"].values()]


def test_frontier_and_timing(short: str, printed_here: Printed) -> None:
    options = (*QUICK, "--frontier", "service", "--timing")
    content = json.loads(printed_here("optimise", short, *options, "--format", "json"))
    means = [step["mean"] for step in content["frontiers"]["service"]]
    assert means and means == sorted(means)
    timing = content["timing"]
    assert {row["start_month"] for row in timing["rows"]} == {0, 3, 6}  # of twelve months
    worths = [row["objective"] for row in timing["rows"] if row["meets_constraints"]]
    assert timing["best"]["objective"] == max(worths)
    text = printed_here("optimise", short, *options).decode()
    assert "Value against service" in text and "Month 6" in text and "over 3" in text


def test_as_text_it_says_what_it_is_and_what_was_checked(short: str, printed_here: Printed) -> None:
    text = " ".join(printed_here("optimise", short, *QUICK).decode().split())
    for part in ("Asked for: the mean value against carrying on", "Proof", "to the cent"):
        assert part in text
    text = printed_here("optimise", short, *QUICK, "--constraint", "savings>=5000000").decode()
    assert "No plan keeps to all that was asked." in text
    assert "Savings: at least EUR 5,000,000 was asked for" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--objective", "most"], "invalid choice: 'most'"),
        (["--objective", "target"], "target: found null, allowed an amount"),
        (["--target", "x"], "--target: found 'x', allowed an amount"),
        (["--target", "3"], "target: found 3.0, allowed none at all"),
        (["--move", "tke"], "move: found 'tke', allowed take (the nearest that exists)"),
        (["--move", "training=1..0"], "move.plan.training.share_moved: found 1..0"),
        (["--constraint", "trainin>=3"], "limit: found 'trainin', allowed training"),
        (["--constraint", "training"], "limit: found"),
        (["--frontier", "luck"], "--frontier: invalid choice: 'luck'"),
        (["--draws", "8"], "--draws: found '8', allowed"),
        (["--plan", "."], "not of a folder"),
    ],
)
def test_what_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["optimise", "balanced-shift", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("simulator: error: ") and err.count("\n") == 1 and message in err
