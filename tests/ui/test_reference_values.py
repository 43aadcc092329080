"""What is typical: figures of the registers, as amounts of an organisation."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.model.register import BY_ID, GRADES
from simulator.scenario import Scenario
from tests.support.levers import editor, number_at
from ui.text import reference_values


def hints() -> list[tuple[str, dict[str, Any]]]:
    return [(path, hint) for path, field in editor().items() for hint in field["hints"]]


def test_a_hint_leads_to_an_amount_for_this_organisation(default: Scenario) -> None:
    expected = {
        ("organisation.budgets.training", 0): (175_000, 525_000),
        ("organisation.budgets.training", 1): (215_152, 591_668),
        ("organisation.budgets.market_research", 0): (53_788, 1_344_700),
        ("organisation.budgets.customer_service", 0): (1_650_000, 3_600_000),
        ("organisation.annual_churn", 0): (0.16, 0.45),
    }
    for (path, index), ends in expected.items():
        hint = editor()[path]["hints"][index]
        factor = 1.0
        for other in hint["per"]:
            factor *= number_at(default, other)
        assert (hint["low"] * factor, hint["high"] * factor) == pytest.approx(ends), path


def test_hints_say_the_figures_of_their_source() -> None:
    text = {path: [hint["text"] for hint in editor()[path]["hints"]] for path, _ in hints()}
    assert text["organisation.budgets.training"] == [
        "Typical: 500 to 1,500 euros per employee per year",
        "Typical: 0.8% to 2.2% of labour cost",
    ]
    assert text["organisation.budgets.market_research"] == ["Typical: 0.2% to 5% of labour cost"]
    assert text["organisation.annual_churn"] == [
        "Companies in ten industries: 16% to 45% of customers per year"
    ]
    assert text["organisation.labour_cost_per_hour"] == [
        "European economies as a whole: 33.5 to 60 euros per hour"
    ]


def test_hints_carry_grade_and_source() -> None:
    for path, hint in hints():
        assert hint["grade_meaning"] == GRADES[hint["grade"]]
        assert hint["source"]
        if hint["address"] is None:
            assert (hint["grade"], hint["source"]) == ("E", "our own judgement"), path
        assert hint["low"] < hint["high"]
        euros = "euros" in hint["text"]
        assert hint["currency"] == ("EUR" if euros else None)


def test_figures_that_the_model_rests_on_come_from_its_register() -> None:
    for name in ("market_research_share_of_labour_cost", "training_share_of_labour_cost"):
        parameter, known = BY_ID[name], reference_values.benchmark(name)
        assert (known.low, known.high, known.grade) == (
            parameter.low,
            parameter.high,
            parameter.grade,
        )
        assert known.citation == parameter.citation
        assert name not in reference_values.BENCHMARKS
    with pytest.raises(KeyError):
        reference_values.benchmark("no_such_figure")


def test_only_what_somebody_has_read_again_is_shown() -> None:
    assert all("http" in one.checked_at for one in reference_values.BENCHMARKS.values())
