"""The route of the page Checked: every case, in every language, with the numbers of the report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.scenario import load_shipped
from simulator.validation import CASES, Report, Verdict, validate
from ui.routes import validation as routes
from ui.text import validation as text


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(256)


def marks(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for case in page["cases"] for row in case["comparisons"]]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_case_is_told(report: Report, code: str) -> None:
    page = text.page(report, LANGUAGES[code])
    assert [case["id"] for case in page["cases"]] == [case.id for case in CASES]
    rows = marks(page)
    assert [row["verdict"] for row in rows] == [one.verdict.name.lower() for one in report.outcomes]
    assert all(row["word"] and row["label"] for row in rows)
    for number in map(report.count, Verdict):
        assert LANGUAGES[code].number(number) in page["summary"]
    json.dumps(page, allow_nan=False)


def test_what_differs_says_why_and_what_it_means(report: Report) -> None:
    for outcome, row in zip(report.outcomes, marks(text.page(report, ENGLISH)), strict=True):
        agrees = outcome.verdict is Verdict.AGREES
        assert bool(row["why"]) != agrees
        assert bool(row["consequence"]) == (outcome.verdict is Verdict.DIFFERS)
        assert bool(row["note"]) == outcome.comparison.in_register


def test_a_plan_of_an_organisation_that_was_checked_says_how_that_came_out(report: Report) -> None:
    """Examples are made after two of the cases, of which the model holds in none."""
    told = {
        name: text.doubt(report, load_shipped(name).organisation, ENGLISH)
        for name in ("airline-social-service", "telecom-without-call-centre", "balanced-shift")
    }
    assert told.pop("balanced-shift") == []
    for (case_id, total), (doubt,) in zip(
        (("klm", 3), ("giffgaff", 2)), told.values(), strict=True
    ):
        assert doubt["fields"] == [f"validation.{case_id}"]
        assert f"0 of {total}" in doubt["brief"] and f"Of {total}" in doubt["text"]
    assert text.doubt(None, load_shipped("airline-social-service").organisation, ENGLISH) == []


def test_marks_lie_on_their_scale_in_order(report: Report) -> None:
    for outcome, row in zip(report.outcomes, marks(text.page(report, ENGLISH)), strict=True):
        chart = row["chart"]
        if outcome.judgement is None:
            assert chart is None
            continue
        places = [chart[name] for name in ("low", "central", "high", "published", "nothing")]
        assert all(0.0 <= place <= 1.0 for place in places)
        assert chart["low"] <= chart["central"] <= chart["high"]
        assert outcome.judgement.inside == (chart["low"] <= chart["published"] <= chart["high"])


def test_the_route_runs_the_cases_once(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    runs = []

    def run(**_: object) -> Report:
        runs.append(report)
        return report

    monkeypatch.setattr(routes, "validate", run)
    monkeypatch.setattr(routes, "_report", type(routes._report)(1.0))
    for code in LANGUAGES:
        reply = routes.validation(json.dumps({"language": code}).encode())
        assert reply.status == 200
        assert json.loads(reply.body) == text.page(report, LANGUAGES[code])
    assert len(runs) == 1


def test_a_request_with_anything_else_is_refused() -> None:
    assert routes.validation(b'{"language": "en", "draws": 1000000}').status == 422
