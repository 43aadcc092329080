"""The registry of analyses: one that only this file knows is everywhere by being registered."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from simulator import cli, scenario
from simulator.analyses import ANALYSES
from simulator.analyses.base import (
    Analysis,
    Assumed,
    Cancelled,
    Column,
    Command,
    Page,
    Progress,
    Result,
    Row,
    unheard,
)
from simulator.analyses.option import Option
from simulator.i18n.language import ENGLISH
from simulator.results import Estimate, simulate
from simulator.scenario import Scenario, ScenarioError
from ui import server
from ui.routes import bootstrap
from ui.text.analyses import assumed, table

pytestmark = pytest.mark.usefixtures("known_values")

PLAN = scenario.load_shipped("balanced-shift")


@dataclass(frozen=True, slots=True)
class Delays(Result):
    """What the value is when the whole plan starts later."""

    columns = (
        Column("delay", "Delay", "text"),
        Column("value", "Value", "money", "Value, {currency}", range_label="From and to"),
        Column("better", "Better in", "chance"),
        Column("part", "Part of today's", "share"),
        Column("months", "Months", "number"),
    )
    by_delay: tuple[tuple[int, Estimate, float], ...]

    def rows(self) -> tuple[Row, ...]:
        first = self.by_delay[0][1].central if self.by_delay else 1.0
        return tuple(
            Row(
                f"by_{months}",
                {
                    "delay": f"By {months} months",
                    "value": value,
                    "better": better,
                    "part": value.central / first,
                    "months": float(months),
                },
            )
            for months, value, better in self.by_delay
        )


def delays(
    scenario: Scenario,
    draws: int,
    *,
    progress: Progress = unheard,
    months: int,
    step: float,
    source: str,
    twice: bool,
) -> Delays:
    """How much is lost by waiting, once or twice ``months``."""
    later = [0, months, *([2 * months] if twice else [])]
    rows = []
    for done, delay in enumerate(later, 1):
        plan = scenario.changed(**{f"plan.{source}.start_month": int(delay * step)})
        headline = simulate(plan, draws).headline
        rows.append((delay, headline.net_present_value, headline.probability_better))
        progress(done, len(later))
    return Delays(tuple(rows))


DELAYS = Analysis(
    "delays",
    delays,
    Delays,
    (
        Option("months", "Months of delay", "months of delay", 6, least=0, most=60),
        Option("step", "Length of a month", "length of a month", 1.0, least=0.5, most=2.0),
        Option(
            "source",
            "What starts later",
            "what starts later",
            "training",
            choices={"training": "Training", "customer_service": "Customer service"},
        ),
        Option("twice", "Twice as late, too", "also twice as late", False),
    ),
    command=Command("delays", "also tell what 100 % waiting does", "Later:", "Never."),
    page=Page("What waiting does", "The same plan, later.", "Nothing can wait."),
)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The analysis is there, and nothing else is touched."""
    monkeypatch.setitem(ANALYSES, DELAYS.id, DELAYS)
    bootstrap.start.cache_clear()
    yield
    bootstrap.start.cache_clear()


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main([*arguments])
    out, err = capsys.readouterr()
    return status, out, err


# --- the command line ----------------------------------------------------------------------------


def test_the_command_line_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    status, text, _ = printed(capsys, "run", "--help")
    assert status == 0
    for words in ("--delays", "100 % waiting", "--delays-months MONTHS", "--delays-twice"):
        assert words in text
    assert "a whole number from 0 to 60" in " ".join(text.split())

    arguments = ("run", "balanced-shift", "--draws", "64", "--delays", "--delays-months", "12")
    status, text, _ = printed(capsys, *arguments)
    assert status == 0
    lines = text[text.index("Later:") :].splitlines()
    assert lines[2].count("Value, EUR") == 3
    assert lines[3].split()[1:4] == ["P10", "P50", "P90"]
    expected = DELAYS.run(PLAN, 64, months=12).rows()
    assert [line.split("  ")[0] for line in lines[5:7]] == [row.cells["delay"] for row in expected]
    assert lines[5].endswith(" 0")


def test_its_json_has_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("run", "balanced-shift", "--draws", "64", "--format", "json", "--delays")
    content = json.loads(printed(capsys, *arguments, "--instruments")[1])
    assert content["delays"] == DELAYS.run(PLAN, 64).as_dict()
    assert set(content["delays"]) == {"by_0", "by_6"}
    assert set(content["delays"]["by_0"]) == {"value", "better", "part", "months"}
    assert set(content["instruments"]) >= {"listening", "content"}


def test_no_analysis_takes_the_place_of_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    keys = json.loads(printed(capsys, "run", "wait-and-see", "--format", "json", "--draws", "2")[1])
    commands = [analysis.command for analysis in ANALYSES.values() if analysis.command]
    assert not {command.flag for command in commands} & set(keys)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--delays", "--delays-months", "61"], "found '61', allowed a whole number from 0 to 60"),
        (["--delays", "--delays-months", "six"], "allowed a whole number from 0 to 60"),
        (["--delays", "--delays-step", "nan"], "allowed 0.5 to 2"),
        (["--delays", "--delays-source", "x"], "allowed training, customer_service"),
        (["--delays", "--delays-twice", "yes"], "allowed true, false"),
        (["--delays-months", "6"], "--delays-months: found alone, allowed with --delays"),
        (["--delays", "--format", "csv"], "--delays: found --format csv, allowed text or json"),
        (["--delays", "--draws", "99999"], "allowed at most 20,000 with --delays"),
    ],
)
def test_the_command_line_refuses(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = printed(capsys, "run", "balanced-shift", *arguments)
    assert (status, out) == (2, "")
    assert message in err and err.count("\n") == 1


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=list(server.ROUTES)))


def ask(client: TestClient, **content: object) -> tuple[int, dict[str, Any]]:
    document = bootstrap.document(PLAN)
    reply = client.post(
        "/board/analysis", json={"scenario": document, "analysis": "delays", **content}
    )
    return reply.status_code, reply.json()


def test_the_page_offers_it() -> None:
    offered = {entry["id"]: entry for entry in bootstrap.start(ENGLISH)["analyses"]}
    assert set(offered) == {name for name, analysis in ANALYSES.items() if analysis.page}
    entry = offered["delays"]
    assert entry["label"] == "What waiting does"
    months, step, source, twice = entry["options"]
    assert (months["kind"], months["default"], months["min"], months["max"]) == ("whole", 6, 0, 60)
    assert (step["kind"], step["min"], step["max"]) == ("number", 0.5, 2.0)
    assert source["choices"][0] == {"id": "training", "label": "Training"}
    assert twice["kind"] == "flag" and "min" not in twice


def test_the_route_answers_for_it(client: TestClient) -> None:
    status, reply = ask(client, options={"months": 12, "twice": True})
    assert status == 200
    assert [row["id"] for row in reply["rows"]] == ["by_0", "by_12", "by_24"]
    headings = ["delay", "value", "value_range", "better", "part", "months"]
    assert [*reply["headings"]] == headings
    assert [*reply["rows"][0]["cells"]] == headings
    assert reply["rows"][0]["cells"]["part"] == "100%"
    assert reply["rows"][1]["cells"]["delay"] == "By 12 months"
    assert " to " in reply["rows"][1]["cells"]["value_range"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"analysis": "nothing"}, "analysis"),
        ({"options": {"months": 6.5}}, "months"),
        ({"options": {"months": True}}, "months"),
        ({"options": {"months": 61}}, "months"),
        ({"options": {"step": "1"}}, "step"),
        ({"options": {"twice": 1}}, "twice"),
        ({"options": {"source": "market"}}, "source"),
        ({"options": {"years": 1}}, "years"),
        ({"options": {"progress": 1}}, "progress"),
        ({"options": {"draws": 1}}, "draws"),
    ],
)
def test_the_route_refuses(client: TestClient, content: dict[str, object], field: str) -> None:
    status, reply = ask(client, **content)
    assert status == 422
    assert [problem["field"] for problem in reply["problems"]] == [field]


# --- what every analysis keeps to ----------------------------------------------------------------


@pytest.mark.parametrize("name", [*ANALYSES, "delays"])
def test_every_analysis_fits_its_table(name: str) -> None:
    analysis = ANALYSES[name]
    assert analysis.id == name
    assert not {option.id for option in analysis.options} & {"scenario", "draws", "progress"}
    heard: list[tuple[int, int]] = []
    result = analysis.run(PLAN, 16, progress=lambda done, total: heard.append((done, total)))
    assert isinstance(result, analysis.result)
    columns = result.columns
    assert columns[0].kind == "text"
    for row in result.rows():
        assert [*row.cells] == [column.id for column in columns]
        for column in columns:
            cell = row.cells[column.id]
            assert isinstance(cell, str) == (column.kind == "text")
            assert isinstance(cell, Estimate) == bool(column.range_label)
    assert json.loads(json.dumps(result.as_dict(), allow_nan=False)) == result.as_dict()
    shown = table(result, "EUR", 16, ENGLISH)
    assert shown["rows"]
    frame = result.frame()
    file = list(csv.reader(io.StringIO(shown["csv"])))
    assert len(file) == 1 + len(frame) and {len(line) for line in file} == {len(frame.columns) - 1}
    for place, heading in enumerate(frame.columns[1:]):
        if frame[heading].dtype == float:
            numbers = [float(line[place] or "nan") for line in file[1:]]
            np.testing.assert_array_equal(numbers, frame[heading].to_numpy(), heading)
    assert list(frame["id"]) == [row.id for row in result.rows()]
    for estimated in (column for column in columns if column.range_label):
        cells = [row.cells[estimated.id] for row in result.rows()]
        middles = [cell.central for cell in cells if isinstance(cell, Estimate)]
        assert list(frame[f"{estimated.id}_{estimated.ends.headings[1]}"]) == middles
    assert_points(result, shown["points"])
    assert (shown["drawing"] or {}).get("column") in {*shown["rows"][0]["bars"], None}
    assert [done for done, _ in heard] == sorted({done for done, _ in heard})
    assert heard[-1][0] == heard[-1][1]


def assert_points(result: Result, files: dict[str, str]) -> None:
    """All that is drawn above the table can be taken along as numbers."""
    chart, curves, planes = result.chart(), result.curves(), result.planes()
    lines = {
        "chart": len(chart.lines[0].values) if chart else 0,
        "curves": sum(curve.places.size for curve in curves),
        "planes": sum(len(plane.places) for plane in planes),
    }
    assert {*files} == {name for name, count in lines.items() if count}
    for name, text in files.items():
        _, *rows = csv.reader(io.StringIO(text))
        assert len(rows) == lines[name]
        if name == "curves":
            bands = np.concatenate([curve.bands for curve in curves], axis=1)
            values = np.concatenate([curve.values for curve in curves])
            found = np.array([[float(row[place]) for place in (1, 3, 4, 5)] for row in rows])
            np.testing.assert_array_equal(found.T, [values, *bands])


@pytest.mark.parametrize("name", [*ANALYSES, "delays"])
def test_every_analysis_ends_when_nobody_waits(name: str) -> None:
    def leave(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        ANALYSES[name].run(PLAN, 16, progress=leave)


def test_options_are_checked_together() -> None:
    with pytest.raises(ScenarioError) as raised:
        DELAYS.run(PLAN, 16, months=-1, twice=None, other=3)
    assert [problem.field for problem in raised.value.problems] == ["other", "months", "twice"]
    assert DELAYS.checked({"step": 2}, PLAN) == {
        "months": 6,
        "step": 2.0,
        "source": "training",
        "twice": False,
    }


@pytest.mark.parametrize(
    ("text", "value"), [("6", 6), ("true", True), ("1.5", 1.5), ("training", "training")]
)
def test_what_is_typed_is_read(text: str, value: object) -> None:
    (option,) = (one for one in DELAYS.options if type(one.default) is type(value))
    assert option.read(text) == value


def test_what_is_on_the_page_is_translated() -> None:
    texts = {*DELAYS.texts()}
    assert {"What waiting does", "The same plan, later.", "Better in", "From and to"} <= texts
    assert {"Months of delay", "Customer service"} <= texts


def test_a_share_that_can_be_below_zero_is_told_as_a_change() -> None:
    saved = "community_deflection_share"
    assert assumed(Assumed(-0.0496, saved), ENGLISH) == "−4.96%"
    assert assumed(Assumed(0.0496, saved), ENGLISH) == "+4.96%"
    assert assumed(Assumed(0.0496, "effect_transfer"), ENGLISH)[0] not in "+−"
