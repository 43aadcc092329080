"""What ``run`` prints: figures, tables and instruments."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator import cli, results, scenario
from simulator.analyses import leave_one_out
from simulator.cli import numbers
from simulator.scenario.levers import NAMES
from tests.support.commands import ROOT, SCENARIOS, SHIPPED, Printed, percentiles

pytestmark = pytest.mark.usefixtures("known_runs")


def test_json_has_the_figures_of_the_interface(as_json: bytes) -> None:
    content = json.loads(as_json)
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
        assert content[name] == percentiles(getattr(headline, name)), name
    assert content["probability_better"] == headline.probability_better
    assert content["probability_payback"] == headline.probability_payback
    assert content["worst_case_mean"] == headline.worst_case
    assert content["verdict"] == headline.verdict
    assert content["scenario"] == {"name": scenario.name, "file": "balanced-shift"}
    assert (content["draws"], content["seed"], content["horizon_months"], content["currency"]) == (
        1024,
        scenario.seed,
        scenario.horizon_months,
        "EUR",
    )
    assert set(content["at_horizon"]) == set(results.AT_HORIZON)
    for name, change in headline.at_horizon.items():
        assert content["at_horizon"][name] == {
            "plan": percentiles(change.plan),
            "baseline": percentiles(change.baseline),
            "difference": percentiles(change.difference),
            "probability_higher": change.probability_higher,
        }


def _keys(content: dict[str, Any]) -> Iterator[str]:
    for key, value in content.items():
        yield key
        if isinstance(value, dict):
            yield from _keys(value)


def test_json_is_ascii_in_stable_order_and_every_key_is_documented(as_json: bytes) -> None:
    content = json.loads(as_json)
    text = as_json.decode("ascii")
    assert text == json.dumps(content, indent=2, sort_keys=True) + "\n"
    documented = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    for key in {*_keys(content)} - {"scenario", "name", "file"}:
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

    content = json.loads(
        printed_here("run", "-", "--format", "json", "--draws", "16", stdin=dump(still))
    )
    assert content["verdict"] == "nothing is changed"
    assert content["probability_better"] is content["probability_payback"] is None
    assert content["payback_month"] == content["roi"] == {"p10": None, "p50": None, "p90": None}
    assert content["scenario"]["file"] is None


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
    worst = results.precision.shown_value(headline.worst_case, worth.error, is_middle=False)
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


def test_text_in_ascii_when_the_terminal_knows_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    named = SHIPPED.read_text(encoding="utf-8").replace("A service company", "Zürich 東京")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(named.encode())))
    plain = io.BytesIO()
    terminal = io.TextIOWrapper(plain, encoding="ascii")
    monkeypatch.setattr("sys.stdout", terminal)
    assert cli.main(["run", "-", "--draws", "8"]) == 0
    terminal.flush()
    assert plain.getvalue().isascii() and b"Z?rich" in plain.getvalue()


def test_names_in_any_script(printed_here: Printed) -> None:
    named = SHIPPED.read_text(encoding="utf-8").replace("A service company", "Zürich 東京")
    full = printed_here("run", "-", "--draws", "8", stdin=named)
    assert "Zürich 東京" in full.decode("utf-8")


def test_names_cannot_command_the_terminal(
    printed_here: Printed, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    reordering = SHIPPED.read_text(encoding="utf-8").replace("A balanced shift", "A \u202eb")
    text = printed_here("run", "-", "--draws", "8", stdin=reordering).decode()
    assert "A \\u202eb" in text and "\u202e" not in text
    assert cli.main(["check", "x\x1b[31m\ny.json"]) == 1
    refused = capsysbinary.readouterr().err
    assert refused.count(b"\n") == 1 and b"\x1b" not in refused


def test_long_work_is_the_same_with_and_without_a_bar(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = 512
    monkeypatch.setattr("simulator.cli.output.LONG_WORK", draws)
    arguments = ["run", "balanced-shift", "--months", "12", "--draws", str(draws)]
    assert cli.main(arguments) == 0
    quiet = capsysbinary.readouterr()
    assert quiet.err == b""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert cli.main(arguments) == 0
    shown = capsysbinary.readouterr()
    assert b"Simulating" in shown.err
    assert shown.out == quiet.out


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_number_is_cut_off_in_80_columns(
    name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    # An amount is as long whatever its last digits are rounded to.
    assert cli.main(["run", name, "--instruments", "--draws", "64"]) == 0
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


def test_instruments_are_those_of_the_interface_and_documented(
    capsysbinary: pytest.CaptureFixture[bytes], as_json: bytes
) -> None:
    assert cli.main(["run", "balanced-shift", "--format", "json", "--instruments"]) == 0
    content = json.loads(capsysbinary.readouterr().out)
    expected = leave_one_out.leave_one_out(simulator.load("balanced-shift")).instruments
    assert expected
    assert content.pop("instruments") == {
        name: {
            "money_present_value": one.money,
            "change_if_dropped": percentiles(one.change),
            "probability_dropping_costs": one.probability_costs,
        }
        for name, one in expected.items()
    }
    assert content == json.loads(as_json)
    documented = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    for key in ("money_present_value", "change_if_dropped", "probability_dropping_costs"):
        assert f"`{key}`" in documented


def test_instruments_as_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    arguments = ["run", "balanced-shift", "--instruments", "--draws", "64"]
    assert cli.main(arguments) == 0
    text = capsysbinary.readouterr().out.decode()
    for name, instrument in leave_one_out.leave_one_out(
        simulator.load("balanced-shift"), 64
    ).instruments.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{NAMES[name]} "))
        assert f"{results.precision.shown(instrument.change).central:,.0f}" in line
        assert numbers.probability_text(instrument.probability_costs) in line
    assert cli.main(["run", "wait-and-see", "--instruments", "--draws", "64"]) == 0
    assert "No money is moved" in capsysbinary.readouterr().out.decode()


def test_numbers_that_hardly_go_together_are_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "odd.json"
    scenario.save(simulator.load("balanced-shift").changed(**{"organisation.customers": 1e7}), odd)
    assert cli.main(["run", str(odd), "--draws", "8"]) == 0
    assert "Note: The budget of customer service comes to" in capsys.readouterr().out
    assert cli.main(["run", str(odd), "--draws", "8", "--format", "json"]) == 0
    first, *_ = json.loads(capsys.readouterr().out)["doubts"]
    assert first["fields"][0] == "organisation.customers" and "seconds of work" in first["text"]
    assert cli.main(["run", "balanced-shift", "--draws", "8"]) == 0
    assert "Note:" not in capsys.readouterr().out
