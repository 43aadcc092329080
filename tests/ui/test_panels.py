"""What an analysis shows contradicts nothing beside it: over all shipped plans."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from simulator import scenario
from simulator.analyses import ANALYSES
from simulator.analyses.base import Assumed, Result
from simulator.analyses.decisions import TOTAL, Decisions, decisions
from simulator.i18n.language import ENGLISH
from simulator.results import Estimate
from ui.text.analyses import RANGE, table

pytestmark = pytest.mark.usefixtures("known_values")

DRAWS = 64
SHIPPED = [path.stem for path in scenario.shipped()]
NOTHING = ENGLISH.money(0.0, "EUR")
WITH_CHANCES = ("decisions", "value_bridge", "mechanisms", "leave_one_out", "structures")


@cache
def found(analysis: str, plan: str) -> tuple[Result, dict[str, Any]]:
    result = ANALYSES[analysis].run(scenario.load_shipped(plan), DRAWS)
    return result, table(result, "EUR", DRAWS, ENGLISH)


@pytest.mark.parametrize("plan", SHIPPED)
@pytest.mark.parametrize("analysis", WITH_CHANCES)
def test_an_end_of_a_range_is_on_the_side_of_zero_that_the_chance_beside_it_says(
    analysis: str, plan: str
) -> None:
    result, texts = found(analysis, plan)
    for row, shown in zip(result.rows(), texts["rows"], strict=True):
        for column in result.columns:
            cell = row.cells[column.id]
            if column.kind != "money" or not isinstance(cell, Estimate):
                continue
            ends = shown["cells"][column.id + RANGE].split(" to ")
            assert (NOTHING in ends) <= (0.0 in (cell.low, cell.high)), (row.id, ends)


@pytest.mark.parametrize("plan", SHIPPED)
def test_an_average_is_nothing_only_where_it_is_and_has_one_form(plan: str) -> None:
    result, texts = found("decisions", plan)
    assert isinstance(result, Decisions)
    for row, shown in zip(result.rows(), texts["rows"], strict=True):
        mean = row.cells["mean"]
        assert isinstance(mean, float)
        assert shown["cells"]["mean"] != NOTHING or mean == 0.0, row.id
        if getattr(mean, "within", 0.0):
            assert abs(mean) < getattr(mean, "within")  # noqa: B009
    if result.rows():
        whole = texts["rows"][-1]
        assert whole["id"] == TOTAL
        assert (
            f"over {DRAWS} cases the plan comes to {whole['cells']['mean']},"
            in (texts["statements"][0])
        )


def test_an_average_that_cannot_be_told_from_nothing_is_less_than_so_much() -> None:
    start = decisions(scenario.load_shipped("balanced-shift"), DRAWS)
    shown = table(start, "EUR", DRAWS, ENGLISH)
    assert shown["rows"][-1]["cells"]["mean"] == "less than €200K either way"
    assert "which cannot be told from nothing" in shown["statements"][0]


@pytest.mark.parametrize("plan", ["balanced-shift", "too-deep-too-fast", "membership-fund"])
def test_what_a_way_comes_to_has_one_form_in_words_table_and_drawing(plan: str) -> None:
    _, signposts = found("signposts", plan)
    said = " ".join(signposts["statements"])
    for line in signposts["chart"]["lines"] if signposts["chart"] else ():
        assert f"to {line['end']}" in said
    pilot, texts = found("pilot", plan)
    means = {row["cells"]["way"]: row["cells"]["mean"] for row in texts["rows"]}
    lines = {line["label"]: line["end"] for line in texts["chart"]["lines"]}
    shared = set(lines) & set(means)
    assert shared and pilot.rows()
    assert {label: means[label] for label in shared} == {label: lines[label] for label in shared}


@pytest.mark.parametrize("plan", SHIPPED)
def test_a_turning_point_lies_where_its_chance_says(plan: str) -> None:
    result, _ = found("break_even", plan)
    for row in result.rows():
        turn, middle, chance = (row.cells[name] for name in ("value", "middle", "chance"))
        assert isinstance(turn, Assumed) and isinstance(middle, Assumed)
        away = turn.value - middle.value
        assert away == 0.0 or (turn.shown - middle.value) * away > 0.0, (row.id, chance)
