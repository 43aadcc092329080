"""A plan in stages on the command line: what is said of it, and one that the pilot found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator import scenario
from tests.cli.test_links import printed

STAGES = {"first_depth": 0.25, "review_month": 18, "figure": "trust", "back": 0.7, "on": 0.71}


def test_run_says_what_becomes_of_it(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "plan.json"
    plan = scenario.load_shipped("balanced-shift").changed(**{"plan.stages": STAGES})
    scenario.save(plan, file)
    text = printed(capsysbinary, "run", str(file), "--draws", "64")[1]
    assert "In stages: 25 % of it at first; decided in month 18." in text
    assert "Then it goes on in " in text
    found = json.loads(
        printed(capsysbinary, "run", str(file), "--draws", "64", "--format", "json")[1]
    )
    assert found["stages"].items() >= STAGES.items()
    assert sum(found["stages"]["taken"].values()) == pytest.approx(1.0)
    assert printed(capsysbinary, "run", str(file), "--months", "12")[::2] == (
        2,
        "simulator: error: plan.stages.review_month: found 18, allowed a whole number from 3 to "
        "11\n",
    )
    assert printed(capsysbinary, "export", str(file), "--to", "xmile")[0] == 2


@pytest.mark.parametrize(
    ("rule", "told", "untold"),
    [
        ({"figure": "trust", "back": 0.7, "on": 0.7}, ("goes on in", "goes back in"), "stays"),
        ({"figure": "trust", "back": 0.7, "on": 0.71}, ("goes on", "stays", "goes back"), "never"),
        ({"figure": "trust", "on": 0.7}, ("goes on in", "stays as it is in"), "goes back"),
        ({"figure": "trust", "back": 0.7}, ("stays as it is in", "goes back in"), "goes on"),
        ({"always": "stay"}, ("Then it stays as it is, whatever happens.",), "goes"),
    ],
)
def test_only_what_the_rule_leaves_open_is_told(
    rule: dict[str, object],
    told: tuple[str, ...],
    untold: str,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    file = tmp_path / "plan.json"
    stages = {"first_depth": 0.25, "review_month": 18, **rule}
    scenario.save(scenario.load_shipped("balanced-shift").changed(**{"plan.stages": stages}), file)
    text = printed(capsysbinary, "run", str(file), "--draws", "64")[1]
    said = text[text.index("Then it ") :].split("\n\n")[0].replace("\n", " ")
    assert all(words in said for words in told)
    assert untold not in said


def test_what_the_pilot_found_is_a_scenario(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "staged.json"
    asked = ("run", "balanced-shift", "--draws", "64", "--format", "json", "--plan", str(target))
    found = json.loads(printed(capsysbinary, *asked, "--pilot", "--pilot-month", "15")[1])
    stages = scenario.load(target).plan.stages
    assert stages is not None and stages.model_dump() == found["pilot"]["stages"]
    assert stages.review_month == 15
    assert printed(capsysbinary, *asked)[0] == 2
