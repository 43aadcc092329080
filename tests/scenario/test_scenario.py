"""Scenario files: what is accepted, what is refused and in which words; nothing gets lost."""

from __future__ import annotations

import json
import math
import os
import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.model import register
from simulator.model.quantities import UNKNOWN, Involvement, Split
from simulator.model.register import BY_ID, REGISTER, Range
from simulator.scenario import (
    MAX_BYTES,
    MOST_PROBLEMS,
    SCHEMA_FILE,
    SCHEMA_VERSION,
    WRITTEN_BY,
    InvolvementInput,
    Problem,
    Scenario,
    ScenarioError,
    SplitInput,
    dump,
    file_text,
    json_schema,
    load,
    load_shipped,
    parse,
    problems,
    save,
    shipped,
    walk,
)
from simulator.scenario.fields import smallest
from simulator.version import VERSION
from tests.support.strategies import scenarios

SPLIT = {
    "listening": 0.2,
    "community": 0.25,
    "content": 0.15,
    "networking": 0.2,
    "social_service": 0.2,
    "savings": 0,
}


TODAY = {
    **dict.fromkeys(InvolvementInput.model_fields, 0.25),
    "minutes_per_day": 2,
    "participation": 0.05,
    "openness": 0.3,
    "promotional_share": 0.5,
    "regularity": 0.4,
    "mandate": 0.35,
}


def example() -> dict[str, Any]:
    """A scenario with something in every kind of field, as JSON data."""
    return {
        "$schema": SCHEMA_FILE,
        "schema_version": SCHEMA_VERSION,
        "name": "Prøve — 試験",
        "story": "One line.\nAnother line.",
        "description": "",
        "notes": "Made up.\n\tAll of it.",
        "author": "",
        "date": "2026-11-22",
        "organisation": {
            "name": "Acme",
            "currency": "EUR",
            "customers": 100000,
            "revenue_per_customer": 600,
            "gross_margin": 0.45,
            "annual_churn": 0.2,
            "employees": 350,
            "working_hours_per_year": 1700,
            "labour_cost_per_hour": 45.2,
            "contacts_per_customer": 3,
            "people_per_customer": 2.5,
            "discount_rate": 0.09,
            "budgets": {
                "market_research": 300000,
                "training": 350000,
                "customer_service": 1800000,
                "listening": 20000,
                "community": 10000,
                "content": 120000,
                "networking": 15000,
                "social_service": 80000,
            },
            "involvement": dict(TODAY),
            "known": {
                "social_contact_share": 0.1,
                "social_answered_share": None,
                "given_up_share": 0.05,
                "centre_occupancy": 0.8,
                "centre_contact_cost": 6,
                "social_contact_cost": None,
                "community_answered_share": 0,
                "participating_share": 0.02,
            },
        },
        "plan": {
            "market_research": {
                "share_moved": 0.3,
                "start_month": 0,
                "ramp_months": 6,
                "split": None,
            },
            "training": {
                "share_moved": 0.2,
                "start_month": 120,
                "ramp_months": 1,
                "split": {**dict.fromkeys(SPLIT, 0), "savings": 1},
            },
            "customer_service": {
                "share_moved": 0.1,
                "start_month": 3,
                "ramp_months": 12,
                "split": None,
            },
            "split": dict(SPLIT),
            "involvement": {
                **dict.fromkeys(TODAY),
                "minutes_per_day": 10,
                "openness": 0.7,
                "start_month": 2,
                "ramp_months": 9,
            },
        },
        "assumptions": {
            "offer_floor": 0.5,
            "trust_asymmetry": {"low": 1, "central": 1.5, "high": 5},
        },
        "horizon_months": 60,
        "seed": 1,
        "results": {
            "model_version": "1.0.0",
            "draws": 1024,
            "net_present_value": {"low": -1200000.5, "central": 300000, "high": 2000000},
            "probability_better": 0.72,
            "worst_case": -2100000,
            "payback_month": {"low": 20, "central": 41, "high": None},
            "probability_payback": 0.64,
            "roi": {"low": -0.4, "central": 0.1, "high": 0.9},
            "return_on_involvement": {"low": None, "central": None, "high": None},
            "return_on_ignoring": {"low": -5e22, "central": -1, "high": -0.1},
            "cost_of_waiting": {"low": 0, "central": 0, "high": 1e-300},
        },
    }


def text(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def leaves(node: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from leaves(value, (*place, key))
        else:
            yield (*place, key), value


def put(content: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    *parents, last = path.split(".")
    node = content
    for part in parents:
        node = node[part]
    node[last] = value
    return content


def only(source: str | bytes) -> Problem:
    (one,) = problems(source)
    return one


# Written down here again on purpose: the bounds are what the format promises.
BOUNDS: dict[str, tuple[float, float]] = {
    "organisation.customers": (1, 1e10),
    "organisation.revenue_per_customer": (0.001, 1e9),
    "organisation.gross_margin": (0, 1),
    "organisation.annual_churn": (0, 0.99),
    "organisation.employees": (1, 1e7),
    "organisation.working_hours_per_year": (1, 3000),
    "organisation.labour_cost_per_hour": (0.001, 1e7),
    "organisation.contacts_per_customer": (0, 1000),
    "organisation.people_per_customer": (1, 1000),
    "organisation.discount_rate": (0, 0.5),
    "organisation.known.social_contact_share": (0.001, 0.99),
    "organisation.known.social_answered_share": (0.01, 0.995),
    "organisation.known.given_up_share": (0.001, 0.95),
    "organisation.known.centre_occupancy": (0.2, 0.98),
    "organisation.known.centre_contact_cost": (0.001, 1e6),
    "organisation.known.social_contact_cost": (0.001, 1e6),
    "organisation.known.community_answered_share": (0, 0.9),
    "organisation.known.participating_share": (0.0001, 0.5),
    **{f"organisation.budgets.{name}": (0, 1e12) for name in example()["organisation"]["budgets"]},
    **{
        f"{part}.involvement.{name}": (0, 480 if name == "minutes_per_day" else 1)
        for part in ("organisation", "plan")
        for name in Involvement._fields
    },
    **{
        f"plan.{source}.share_moved": (0, 1)
        for source in ("market_research", "training", "customer_service")
    },
    **{f"results.probability_{what}": (0, 1) for what in ("better", "payback")},
}
WHOLE_BOUNDS: dict[str, tuple[int, int]] = {
    **{
        f"plan.{part}.{name}": bounds
        for part in ("market_research", "training", "customer_service", "involvement")
        for name, bounds in (("start_month", (0, 120)), ("ramp_months", (1, 60)))
    },
    "horizon_months": (12, 120),
    "seed": (0, 2**31 - 1),
    "results.draws": (1, 10**6),
}
RESULTS: tuple[str, ...] = tuple(
    ".".join(("results", *place))
    for place, value in leaves(example()["results"])
    if isinstance(value, int | float | None) and place != ("draws",)
)
"""Every number of the results but the draws."""


# --- good scenarios ------------------------------------------------------------------------------


def test_canonical_text_comes_back_unchanged() -> None:
    assert dump(parse(text(example()))) == text(example())


def test_defaults_are_filled_in() -> None:
    short = example()
    for name in ("$schema", "story", "description", "notes", "author", "date"):
        del short[name]
    for name in ("assumptions", "horizon_months", "seed", "results"):
        del short[name]
    del short["plan"]["involvement"], short["plan"]["market_research"]["split"]
    scenario = parse(text(short))
    assert (scenario.story, scenario.date, scenario.assumptions) == ("", None, {})
    assert (scenario.horizon_months, scenario.seed, scenario.results) == (60, 1, None)
    plan = scenario.plan_quantities()
    assert plan.involvement == scenario.organisation_quantities().involvement
    assert (plan.involvement_start_month, plan.involvement_ramp_months) == (0.0, 6.0)
    assert parse(dump(scenario)) == scenario


@pytest.mark.parametrize("path", [*BOUNDS, *WHOLE_BOUNDS])
def test_bounds_themselves_are_allowed(path: str) -> None:
    for bound in {**BOUNDS, **WHOLE_BOUNDS}[path]:
        content = example()
        content["organisation"]["known"]["centre_contact_cost"] = None  # goes with the others
        if path.endswith("_contact_cost"):
            content["organisation"]["contacts_per_customer"] = 0
        assert problems(text(put(content, path, bound))) == []


def test_quantities_hold_every_number_in_its_place() -> None:
    content = example()
    scenario = parse(text(content))
    organisation = scenario.organisation_quantities()
    given = content["organisation"]
    assert organisation._asdict() == {
        **{name: given[name] for name in organisation._fields},
        "budgets": tuple(given["budgets"].values()),
        "involvement": tuple(given["involvement"].values()),
        "known": tuple(UNKNOWN if one is None else one for one in given["known"].values()),
    }
    assert list(organisation.budgets._asdict()) == list(given["budgets"])
    plan = scenario.plan_quantities()
    assert plan.market_research[:3] == (0.3, 0.0, 6.0)
    assert plan.training[:3] == (0.2, 120.0, 1.0)
    assert plan.customer_service[:3] == (0.1, 3.0, 12.0)
    assert plan.market_research.split == plan.customer_service.split == Split(**SPLIT)
    assert plan.training.split == Split(0, 0, 0, 0, 0, 1)
    assert plan.involvement == Involvement(**TODAY)._replace(minutes_per_day=10, openness=0.7)
    assert (plan.involvement_start_month, plan.involvement_ramp_months) == (2.0, 9.0)
    flat = [
        *organisation[:10],
        *organisation.known,
        *organisation.budgets,
        *plan.training[:3],
        *plan.training.split,
    ]
    assert {type(one) for one in flat} == {float}
    assert scenario.ranges() == {
        "offer_floor": Range(0.5, 0.5, 0.5),
        "trust_asymmetry": Range(1.0, 1.5, 5.0),
    }


NOBODY = {"involvement.minutes_per_day": 0}


@pytest.mark.parametrize(
    ("field", "changes", "found"),
    [
        ("centre_contact_cost", {"known.centre_contact_cost": 9}, "9, more than the budget for it"),
        (
            "social_contact_cost",
            {"known.social_contact_cost": 12, "known.social_answered_share": 0.9},
            "12, more than the budget and people's time for it pay",
        ),
        (
            "social_answered_share",
            {"known.social_answered_share": 0.9, "budgets.social_service": 0, **NOBODY},
            "0.9 where nobody answers in social channels",
        ),
        (
            "community_answered_share",
            {
                "known.community_answered_share": 0.3,
                "known.participating_share": None,
                "budgets.community": 0,
                **NOBODY,
            },
            "0.3 without a community",
        ),
    ],
)
def test_what_is_known_has_to_go_together(field: str, changes: dict[str, Any], found: str) -> None:
    content = example()
    for path, value in changes.items():
        put(content["organisation"], path, value)
    problem = only(text(content))
    assert problem.field == f"organisation.known.{field}"
    assert problem.found.startswith(found)


def test_all_that_does_not_go_together_is_told_at_once() -> None:
    content = example()
    content["organisation"]["known"] |= {"centre_contact_cost": 900, "social_contact_cost": 1e5}
    fields = [one.field for one in problems(text(content))]
    assert fields == [f"organisation.known.{side}_contact_cost" for side in ("centre", "social")]


@pytest.mark.parametrize(
    "changes",
    [
        # An answered question may take more of people's time than of the budget.
        {"involvement.minutes_per_day": 10, "involvement.participation": 0.5},
        # Nobody asks anything.
        {"contacts_per_customer": 0},
    ],
)
def test_the_budget_is_not_all_that_answers_in_social_channels(changes: dict[str, Any]) -> None:
    content = example()
    changes = {"known.social_contact_cost": 12, "known.social_answered_share": 0.9, **changes}
    for path, value in changes.items():
        put(content["organisation"], path, value)
    assert problems(text(content)) == []


def test_customers_may_have_a_community_that_nobody_pays_for() -> None:
    content = example()
    known = {"community_answered_share": 0.3, "participating_share": 0.02}
    content["organisation"]["known"] |= known
    content["organisation"]["budgets"]["community"] = 0
    content["organisation"]["involvement"]["minutes_per_day"] = 0
    assert problems(text(content)) == []


def test_what_is_not_known_speaks_for_the_organisation() -> None:
    """7 a contact is more than the budget pays for all contacts, and not for the fewest
    possible."""
    content = example()
    content["organisation"]["known"] |= {"social_contact_share": None, "given_up_share": None}
    put(content["organisation"], "known.centre_contact_cost", 7)
    assert problems(text(content)) == []


def test_a_file_says_what_wrote_it_and_nothing_depends_on_that(tmp_path: Path) -> None:
    scenario = parse(text(example()))
    save(scenario, tmp_path / "saved.json")
    content = json.loads((tmp_path / "saved.json").read_text(encoding="utf-8"))
    assert content.pop(WRITTEN_BY) == f"budget-shift {VERSION}"
    assert content == json.loads(dump(scenario))
    others: list[object] = ["another program 9", "", 7, None, {"a": []}]
    for written_by in others:
        assert parse(text(content | {WRITTEN_BY: written_by})) == scenario
    older = {**content, "schema_version": 1, WRITTEN_BY: "budget-shift 9.9.9"}
    del older["results"], older["organisation"]["known"]
    assert parse(text(older)).plan == scenario.plan


def test_equal_scenarios_are_interchangeable() -> None:
    content = example()
    other = {**content, "assumptions": dict(reversed(content["assumptions"].items()))}
    one, two = parse(text(content)), parse(text(other))
    assert one == two and hash(one) == hash(two) and dump(one) == dump(two)
    assert hash(one.changed(seed=2)) != hash(one)
    assert pickle.loads(pickle.dumps(one)) == one


def test_scenarios_are_immutable() -> None:
    scenario = parse(text(example()))
    with pytest.raises(ValueError, match="frozen"):
        scenario.plan.training.share_moved = 0.5  # type: ignore[misc]


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", BOUNDS)
def test_numbers_out_of_bounds_name_themselves(path: str) -> None:
    low, high = BOUNDS[path]
    below, above = math.nextafter(low, -math.inf), math.nextafter(high, math.inf)
    for value in (below, above, -1e300, 10**200):
        assert only(text(put(example(), path, value))).field == path
    kinds: list[object] = ["1", True, [1], {}]
    for kind in kinds:
        assert only(text(put(example(), path, kind))).field == path
    for written in ("NaN", "Infinity", "-Infinity", "1e999", "9" * 6000):
        source = text(put(example(), path, "HERE")).replace('"HERE"', written)
        problem = only(source)
        assert problem.field == path
        assert problem.found.startswith(written[:50])


@pytest.mark.parametrize("path", RESULTS)
def test_results_that_are_no_numbers_name_themselves(path: str) -> None:
    kinds: list[object] = ["1", True, [1], {}]
    for kind in kinds:
        problem = only(text(put(example(), path, kind)))
        assert problem.field == path
        assert problem.allowed.removeprefix("null or ") in {"a number", "0 to 1", "an object"}
    for written in ("NaN", "Infinity", "-Infinity", "1e999", "9" * 6000):
        problem = only(text(put(example(), path, "HERE")).replace('"HERE"', written))
        assert problem.field == path
        assert problem.found.startswith(written[:50])


def test_only_known_ends_of_a_result_are_in_order() -> None:
    def with_ends(*ends: float | None) -> str:
        given = dict(zip(("low", "central", "high"), ends, strict=True))
        return text(put(example(), "results.payback_month", given))

    for source in (with_ends(None, 2, 1), with_ends(3, None, 2), with_ends(2, 1, None)):
        problem = only(source)
        assert problem.field == "results.payback_month"
        assert problem.allowed == "low at most central, central at most high"
    assert problem.found == "low 2, central 1, high null"
    for source in (with_ends(None, 1, 1), with_ends(1, None, 2), with_ends(None, None, 0)):
        assert problems(source) == []


@pytest.mark.parametrize("path", WHOLE_BOUNDS)
def test_whole_numbers_out_of_bounds_name_themselves(path: str) -> None:
    low, high = WHOLE_BOUNDS[path]
    for value in (low - 1, high + 1, low + 0.5, float(high), "12", True, None, 10**200):
        problem = only(text(put(example(), path, value)))
        assert problem.field == path
        assert problem.allowed == f"a whole number from {low} to {high}"


def test_a_problem_is_one_readable_line() -> None:
    source = text(put(example(), "plan.customer_service.share_moved", 1.4))
    line = "plan.customer_service.share_moved: found 1.4, allowed 0 to 1"
    assert str(only(source)) == line
    with pytest.raises(ScenarioError) as caught:
        parse(source)
    assert str(caught.value) == line
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


@pytest.mark.parametrize("parameter", REGISTER, ids=lambda one: one.id)
def test_assumptions_out_of_bounds_name_themselves(parameter: register.Parameter) -> None:
    low, high = parameter.bounds
    assert low <= parameter.low <= parameter.high <= high
    path = f"assumptions.{parameter.id}"
    for value in (low, high, {"low": low, "central": high, "high": high}):
        assert problems(text(put(example(), path, value))) == []
    for value in (math.nextafter(low, -math.inf), math.nextafter(high, math.inf)):
        assert only(text(put(example(), path, value))).field == path
        for end in ("low", "central", "high"):
            given = {"low": low, "central": low, "high": low} | {end: value}
            assert only(text(put(example(), path, given))).field == f"{path}.{end}"
    wrong_way = {"low": high, "central": low, "high": high}
    problem = only(text(put(example(), path, wrong_way)))
    assert (problem.field, problem.allowed) == (path, "low at most central, central at most high")


@pytest.mark.parametrize(
    ("value", "field", "found"),
    [
        ("a", "", "'a'"),
        (None, "", "null"),
        (True, "", "true"),
        ([1, 2, 3], "", "a list of 3"),
        ({"low": "1", "central": 2, "high": 3}, ".low", "'1'"),
        ({"low": 1, "high": 3}, ".central", "nothing"),
        ({"low": 1, "central": 2, "high": 3, "hgih": 4}, ".hgih", "an unknown key"),
    ],
)
def test_assumptions_of_a_wrong_kind(value: object, field: str, found: str) -> None:
    problem = only(text(put(example(), "assumptions.trust_asymmetry", value)))
    assert (problem.field, problem.found) == (f"assumptions.trust_asymmetry{field}", found)


def test_unknown_names_come_with_the_nearest_that_exists() -> None:
    problem = only(text(put(example(), "assumptions.trust_asymetry", 2)))
    assert problem.field == "assumptions.trust_asymetry"
    assert problem.allowed.startswith("trust_asymmetry")
    content = example()
    content["organisation"]["custommers"] = content["organisation"].pop("customers")
    missing, unknown = problems(text(content))
    assert (missing.field, missing.found) == ("organisation.customers", "nothing")
    assert unknown.field == "organisation.custommers"
    assert unknown.allowed.startswith("customers")


@pytest.mark.parametrize("path", ["plan.split", "plan.market_research.split"])
def test_splits_add_up(path: str) -> None:
    problem = only(text(put(example(), path, SPLIT | {"savings": 0.1})))
    assert str(problem) == f"{path}: found a sum of 1.1, allowed six shares that add up to 1"
    assert problems(text(put(example(), path, SPLIT | {"savings": 9e-10}))) == []
    assert problems(text(put(example(), path, SPLIT | {"savings": 2e-9}))) != []


def test_there_is_something_to_move() -> None:
    content = example()
    for source in ("market_research", "training", "customer_service"):
        content["organisation"]["budgets"][source] = 0
    assert str(only(text(content))) == (
        "organisation.budgets: found 0, "
        "allowed market_research, training and customer_service together above 0"
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 81),
        ("name", "two\nlines"),
        ("name", "\x1b[31m"),
        ("name", "\ud800"),
        ("name", 3),
        ("story", "a\nb\nc"),
        ("story", "a\rb"),
        ("notes", "\x00"),
        ("notes", "\udfff"),
        ("author", "a\u2028b"),
        ("organisation.name", "\t"),
        ("organisation.currency", "eur"),
        ("organisation.currency", "EUR\n"),
        ("organisation.currency", "EURO"),
        ("date", "2026-02-30"),
        ("date", "20261122"),
        ("date", "2026-11-22T00:00:00"),
        ("date", "٢٠٢٦-11-22"),
        ("date", ""),
        ("date", 0),
        ("$schema", 1),
        ("schema_version", 0),
        ("schema_version", True),
        ("schema_version", 1.0),
        ("schema_version", "1"),
        ("schema_version", -1),
        ("schema_version", None),
        ("schema_version", []),
        ("schema_version", 1e300),
        ("results", []),
        ("results", 1),
        ("results.model_version", "1.0"),
        ("results.model_version", "1.0.0\n"),
        ("results.model_version", "٢.0.0"),
        ("results.model_version", 1),
        ("results.roi", None),
        ("results.roi", 0.1),
        ("results.worst_case", None),
        ("organisation", []),
        ("plan", None),
        ("plan.training", 1),
        ("plan.training.split", []),
        ("plan.split", None),
        ("plan.involvement", None),
        ("assumptions", []),
        ("assumptions", None),
    ],
)
def test_other_fields_name_themselves(path: str, value: object) -> None:
    content = put(example(), path, value)
    problem = only(json.dumps(content))
    assert problem.field == path
    assert str(problem).isprintable()


@pytest.mark.parametrize("place", [place for place, _ in leaves(example())])
def test_a_missing_field_is_named_or_has_a_default(place: tuple[str, ...]) -> None:
    content = example()
    node = content
    for part in place[:-1]:
        node = node[part]
    del node[place[-1]]
    found = problems(text(content))
    optional = {"$schema", "story", "description", "notes", "author", "date", "seed"}
    optional |= {"horizon_months", "assumptions.offer_floor"}
    path = ".".join(place)
    optional |= {"organisation.people_per_customer"}
    starts = ("plan.involvement.", "organisation.known.")
    has_default = path in optional or path.startswith(starts)
    if has_default or (path.endswith(".split") and len(place) == 3):
        assert found == []
    else:
        assert [(one.field, one.found) for one in found] == [(path, "nothing")]


def test_all_problems_are_listed_at_once() -> None:
    wrong = {
        "name": "",
        "organisation.customers": 0,
        "organisation.currency": "euro",
        "plan.training.share_moved": 1.4,
        "plan.training.ramp_months": 0,
        "plan.split": SPLIT | {"savings": 1},
        "assumptions.natural_reach": 2,
        "assumptions.nonsense": 2,
        "seed": -1,
        "$schema": 7,
    }
    content = example()
    for path, value in wrong.items():
        put(content, path, value)
    for source in ("market_research", "training", "customer_service"):
        content["organisation"]["budgets"][source] = 0
    source = text(content).replace('"author": ""', '"author": "", "author": "me"')
    found = problems(source)
    assert {one.field for one in found} == {*wrong, "organisation.budgets", "author"}
    assert len(found) == len(wrong) + 2


def test_a_newer_version_is_said_to_be_newer_and_nothing_else() -> None:
    source = text(
        example()
        | {"schema_version": SCHEMA_VERSION + 1, "invented_later": 1, "results": {"npv": 1}}
    )
    source = source.replace('"author": ""', '"author": "", "author": 7')
    assert str(only(source)) == (
        f"schema_version: found {SCHEMA_VERSION + 1}, made by a newer version, "
        f"allowed a whole number from 1 to {SCHEMA_VERSION}"
    )


def test_a_version_that_cannot_be_told_does_not_hide_what_else_is_wrong() -> None:
    content = put(example(), "seed", -1)
    del content["schema_version"]
    version, seed = problems(text(content))
    allowed_text = f"a whole number from 1 to {SCHEMA_VERSION}"
    assert str(version) == f"schema_version: found nothing, allowed {allowed_text}"
    assert seed.field == "seed"


def test_what_is_found_is_short_and_harmless() -> None:
    nasty = "\x1b]0;\r\n" + "<b>" * 1000
    problem = only(json.dumps(put(example(), "organisation.customers", nasty)))
    assert len(problem.found) <= 60 and problem.found.isprintable()
    unknown = only(json.dumps(example() | {nasty: 1}))
    assert len(unknown.field) <= 60 and unknown.field.isprintable()


# --- files and JSON ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "nothing in it"),
        (" \n", "nothing in it"),
        (b"\n", "nothing in it"),
        ("{", "line 1, column 2"),
        ('{\n "a": 1,\n}', "line 3, column 1"),
        ("not JSON", "line 1, column 1"),
        (b'{"name": "\xff"}', "not UTF-8 at position 10"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8 at position 0"),
        ("[]", "a list of 0"),
        ("null", "null"),
        ('"text"', "'text'"),
        ("1e999", "1e999"),
        ("[" * 100_000, "too deep"),
        ("[" * 100_000 + "]" * 100_000, "too deep"),
        ('{"a":' * 100_000, "too deep"),
        (" " * (MAX_BYTES + 1), f"{MAX_BYTES + 1} bytes"),
        ("é" * (MAX_BYTES // 2 + 1), f"{MAX_BYTES + 2} bytes"),
    ],
)
def test_a_text_that_is_no_scenario(source: str | bytes, words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(source, where="upload.json")
    (problem,) = caught.value.problems
    assert problem.field == "upload.json"
    assert words in problem.found


@pytest.mark.parametrize("path", ["name", "results", "results.roi", "results.roi.low"])
def test_nesting_within_a_field_is_limited(path: str) -> None:
    deep: object = 1
    for _ in range(200):
        deep = {"a": deep}
    found = problems(text(put(example(), path, deep)))
    assert any(one.field.startswith(path) for one in found)
    assert "nesting too deep" in {one.found for one in found}


def test_duplicate_keys_are_named_with_their_place() -> None:
    source = text(example()).replace('"gross_margin"', '"employees": 1, "gross_margin"')
    problem = only(source)
    assert str(problem) == "organisation.employees: found this key 2 times, allowed once"
    source = text(example()).replace('"worst_case"', '"draws": 1024, "worst_case"')
    assert str(only(source)) == "results.draws: found this key 2 times, allowed once"


def test_a_byte_order_mark_is_tolerated() -> None:
    assert parse(b"\xef\xbb\xbf" + text(example()).encode()) == parse(text(example()))


def test_files_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "scenario.json"
    scenario = parse(text(example()))
    save(scenario, path)
    assert path.read_bytes() == file_text(scenario).encode()
    assert load(path) == load(str(path)) == scenario
    other = scenario.changed(seed=2)
    save(other, path)
    assert load(path) == other
    assert os.listdir(tmp_path) == ["scenario.json"]


def test_a_failed_save_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scenario.json"
    scenario = parse(text(example()))
    save(scenario, path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(scenario.changed(seed=2), path)
    assert load(path) == scenario
    assert os.listdir(tmp_path) == ["scenario.json"]


def test_files_that_cannot_be_loaded(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (MAX_BYTES + 1))
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for path, words in (
        (tmp_path / "none.json", "no such file"),
        (tmp_path, "a folder"),
        (large, "bytes"),
        (pipe, "something else than a file"),
        (tmp_path / ("x" * 5000), "cannot be read"),
        (tmp_path / "a\0b", ""),
    ):
        with pytest.raises(ScenarioError) as caught:
            load(path)
        (problem,) = caught.value.problems
        assert words in problem.found
        assert str(problem).isprintable()


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.json"
    path.write_text("{}")

    def refused(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)  # not by chmod: the superuser may read everything
    with pytest.raises(ScenarioError, match=r"cannot be read \(Permission denied\)"):
        load(path)


def test_shipped_scenarios_are_canonical_and_found_by_name() -> None:
    paths = shipped()
    assert paths
    for path in paths:
        source = path.read_text(encoding="utf-8")
        scenario = load_shipped(path.stem)
        assert dump(scenario) == source
        assert scenario.results is None  # or each version of the model would have to write it again
        jsonschema.Draft202012Validator(json_schema()).validate(json.loads(source))
    assert not [path for path in paths if path.name == SCHEMA_FILE]


@pytest.mark.parametrize("name", ["nonsense", "", "../scenarios/balanced-shift", SCHEMA_FILE[:-5]])
def test_only_shipped_names_are_loaded(name: str) -> None:
    with pytest.raises(ScenarioError, match="no shipped scenario"):
        load_shipped(name)


# --- changes -------------------------------------------------------------------------------------


def test_changed_gives_another_valid_scenario() -> None:
    scenario = parse(text(example()))
    other = scenario.changed(**{"plan.training.share_moved": 0.25, "seed": 7})
    assert (other.plan.training.share_moved, other.seed) == (0.25, 7)
    assert (scenario.plan.training.share_moved, scenario.seed) == (0.2, 1)
    back = other.changed(**{"plan.training.share_moved": 0.2, "seed": 1})
    assert back == scenario.without_results()
    everything = SplitInput(**{**dict.fromkeys(SPLIT, 0.0), "content": 1.0})
    for value in (everything, everything.model_dump()):
        split = scenario.changed(**{"plan.market_research.split": value})
        assert split.plan_quantities().market_research.split.content == 1.0
    halves = scenario.changed(
        **{"plan.split": everything, "plan.split.content": 0.5, "plan.split.savings": 0.5}
    )
    assert halves.plan.split.savings == halves.plan.split.content == 0.5
    assert everything.content == 1.0
    assert scenario.changed(date=date(2027, 1, 2)).date == date(2027, 1, 2)


def test_results_stay_only_where_they_are_still_true() -> None:
    scenario = parse(text(example()))
    assert scenario.results is not None
    retold = scenario.changed(name="Other", notes="", **{"plan.training.share_moved": 0.2})
    assert retold.results == scenario.results
    for path, value in (("seed", 2), ("plan.training.share_moved", 0.1), ("horizon_months", 12)):
        assert scenario.changed(**{path: value}).results is None
    fresh = scenario.changed(seed=2, results=scenario.results)
    assert (fresh.seed, fresh.results) == (2, scenario.results)
    fewer = scenario.changed(**{"results.draws": 5}).results
    assert fewer is not None and fewer.draws == 5
    plain = scenario.without_results()
    assert plain.results is None and plain.changed(results=scenario.results) == scenario
    assert scenario.changed(results=None) == plain == plain.without_results()
    assert plain != scenario and scenario.results is not None


def test_changed_assumptions() -> None:
    scenario = parse(text(example()))
    own = BY_ID["natural_reach"]
    high = scenario.changed(**{"assumptions.natural_reach.high": 0.3}).ranges()["natural_reach"]
    assert high == Range(own.low, own.central, 0.3)
    known = scenario.changed(**{"assumptions.offer_floor.low": 0.1}).ranges()["offer_floor"]
    assert known == Range(0.1, 0.5, 0.5)
    gone = scenario.changed(**{"assumptions.offer_floor": None, "assumptions.natural_reach": None})
    assert set(gone.assumptions) == {"trust_asymmetry"}
    given = {"natural_reach": {"low": 0.0, "central": 0.1, "high": 0.2}}
    scenario.changed(**{"assumptions": given, "assumptions.natural_reach.low": 0.05})
    assert given["natural_reach"]["low"] == 0.0


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("plan.training.share", 0.2, "share_moved"),
        ("plan.trainin.share_moved", 0.2, "training"),
        ("nonsense", 0.2, "unknown path"),
        ("", 0.2, "unknown path"),
        ("plan..split", 0.2, "unknown path"),
        ("name.upper", 0.2, "a path into"),
        ("plan.market_research.split.savings", 1, "a path into null"),
        ("assumptions.nonsense", 1, "unknown path"),
        ("assumptions.nonsense.low", 1, "unknown path"),
        ("assumptions.natural_reach.mid", 1, "low, central, high"),
        ("assumptions.natural_reach.low.x", 1, "a path into"),
        ("assumptions", {1: 2}, "unknown assumption"),
        ("plan.training.share_moved", "0.2", "0 to 1"),
        ("plan.training.share_moved", math.nan, "found nan"),
        pytest.param("organisation.customers", 10**5000, "more than 300 digits", id="huge"),
        ("organisation.customers", 10**400, "more than 300 digits"),
        ("organisation.customers", object(), "a value of type object"),
        ("organisation", {1: 2}, "a key that is not text"),
        ("seed", None, "whole number"),
    ],
)
def test_changes_that_are_refused(path: str, value: object, words: str) -> None:
    scenario = parse(text(example()))
    with pytest.raises(ScenarioError) as caught:
        scenario.changed(**{path: value})
    assert words in str(caught.value)
    assert dump(scenario) == text(example())


# --- the JSON schema -----------------------------------------------------------------------------


def test_the_schema_on_disk_is_up_to_date() -> None:
    path = Path(__file__).parent.parent.parent / "scenarios" / SCHEMA_FILE
    assert path.read_text(encoding="utf-8") == json.dumps(json_schema(), indent=2) + "\n", (
        "run: python3 dev.py refresh"
    )


def test_the_schema_is_a_schema_and_every_number_has_a_unit() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == SCHEMA_FILE and schema["title"] and schema["description"]
    for name, part in {**schema["$defs"], "Scenario": schema}.items():
        for field, content in part["properties"].items():
            assert content.get("description") or "$ref" in content, (name, field)
            kinds = {content.get("type"), *(one.get("type") for one in content.get("anyOf", ()))}
            is_number = kinds & {"number", "integer"}
            of_many_units = name in {"RangeInput", "EstimateInput"}
            if is_number and not of_many_units and field != "schema_version":
                assert content["unit"], (name, field)
    assert set(schema["properties"]["assumptions"]["properties"]) == set(BY_ID)
    schema["title"] = "changed"
    assert json_schema()["title"] != "changed"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", SCHEMA_VERSION + 1),
        ("name", ""),
        ("nonsense", 1),
        ("results.nonsense", 1),
        ("results.draws", 0),
        ("results.model_version", "1"),
        ("results.roi", {"low": 1, "central": 2}),
        ("results.payback_month.high", "never"),
        ("organisation.customers", 0),
        ("organisation.revenue_per_customer", 0),
        ("organisation.currency", "eur"),
        ("plan.training.share_moved", 1.1),
        ("plan.training.start_month", 0.5),
        ("plan.involvement.openness", -0.1),
        ("plan.split.savings", None),
        ("assumptions.nonsense", 1),
        ("assumptions.natural_reach", 2),
        ("assumptions.natural_reach", {"low": 0, "central": 0.1, "high": 2}),
        ("assumptions.natural_reach", {"low": 0, "central": 0.1}),
        ("assumptions.natural_reach", "0.1"),
    ],
)
def test_the_schema_refuses_what_the_parser_refuses(path: str, value: object) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid(example())
    content = put(example(), path, value)
    assert not validator.is_valid(content)
    assert problems(text(content)) != []


# --- whatever comes ------------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=()), max_size=8), inner)
    ),
    max_leaves=8,
)
PATHS = st.sampled_from(
    ["organisation", "plan", "plan.split", "organisation.budgets", "assumptions"]
    + [".".join(place) for place, _ in leaves(example())]
    + [f"assumptions.{key}" for key in BY_ID]
)


def accepts(source: str | bytes) -> Scenario | None:
    """Parse; anything but a scenario or a proper error fails the test."""
    try:
        return parse(source)
    except ScenarioError as error:
        assert error.problems
        for problem in error.problems:
            line = str(problem)
            assert line.isprintable() and len(problem.found) <= 200
            line.encode()
        return None


@given(st.binary())
def test_any_bytes(source: bytes) -> None:
    assert accepts(source) is None


@given(st.text(st.characters(exclude_categories=())))
def test_any_text(source: str) -> None:
    assert accepts(source) is None


@given(JSON)
def test_any_json(content: object) -> None:
    assert accepts(json.dumps(content)) is None


@given(PATHS, JSON)
def test_any_json_in_any_field(path: str, value: object) -> None:
    scenario = accepts(json.dumps(put(example(), path, value)))
    if scenario is not None:
        assert parse(dump(scenario).encode()) == scenario


@given(st.integers(0, len(text(example()))), st.binary(max_size=3))
def test_a_damaged_file(place: int, patch: bytes) -> None:
    source = text(example()).encode()
    scenario = accepts(source[:place] + patch + source[place + len(patch) :])
    if scenario is not None:
        assert parse(dump(scenario)) == scenario


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """Valid scenarios: every number anywhere in its bounds, parts left out here and there."""
    content = example()
    for path, (low, high) in BOUNDS.items():
        field = walk.field_at(Scenario, tuple(path.split(".")))
        least = max(low, smallest(field)) if field else low
        bounds = st.sampled_from((low, high))
        put(content, path, draw(st.floats(least, high) | bounds))
    for path, whole in WHOLE_BOUNDS.items():
        put(content, path, draw(st.integers(*whole)))
    if not any(list(content["organisation"]["budgets"].values())[:3]):
        content["organisation"]["budgets"]["training"] = 1
    for lever in draw(st.sets(st.sampled_from(Involvement._fields))):
        content["plan"]["involvement"][lever] = None
    for place in ("plan.split", "plan.training.split"):
        weights = draw(st.lists(st.integers(0, 100), min_size=6, max_size=6).filter(any))
        shares = [weight / sum(weights) for weight in weights]
        put(content, place, dict(zip(SPLIT, shares, strict=True)))
    content["assumptions"] = {}
    for one in draw(st.lists(st.sampled_from(REGISTER), unique=True, max_size=5)):
        ends = sorted(draw(st.lists(st.floats(*one.bounds), min_size=3, max_size=3)))
        as_range = dict(zip(("low", "central", "high"), ends, strict=True))
        content["assumptions"][one.id] = draw(st.sampled_from([ends[0], as_range]))
    plain = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
    content["name"] = draw(st.text(plain, min_size=1, max_size=80).filter(str.strip))
    content["notes"] = draw(st.text(plain | st.sampled_from("\n\t"), max_size=100))
    content["date"] = draw(st.none() | st.dates().map(date.isoformat))
    content["results"] = draw(st.none() | st.just(content["results"]))
    for problem in problems(text(content)):
        put(content, problem.field, None)  # what does not go together is not known
    return content


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_valid_scenarios_round_trip(content: dict[str, Any]) -> None:
    scenario = parse(text(content))
    once = dump(scenario)
    assert parse(once) == scenario and parse(once.encode()) == scenario
    assert dump(parse(once)) == once
    assert hash(parse(once)) == hash(scenario)
    assert {**json.loads(once), "assumptions": 0} == {**content, "assumptions": 0}
    assert json.loads(once)["assumptions"] == content["assumptions"]
    jsonschema.Draft202012Validator(json_schema()).validate(content)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios())
def test_every_valid_scenario_comes_back_byte_for_byte(scenario: Scenario) -> None:
    once = dump(scenario)
    again = parse(once.encode())
    assert again == scenario and hash(again) == hash(scenario)
    assert dump(again).encode() == once.encode()
    assert parse(json.dumps(json.loads(once))) == scenario  # as the page sends it
    assert again.without_results() == scenario.without_results()


# --- many problems -------------------------------------------------------------------------------


def test_of_very_many_problems_the_rest_is_counted() -> None:
    content = json.loads(dump(load_shipped("balanced-shift")))
    extra = {f"k{number}": 0 for number in range(MOST_PROBLEMS + 23)}
    for place in (content, content["organisation"], content["assumptions"]):
        place |= extra
        with pytest.raises(ScenarioError, match="and 23 more") as caught:
            parse(json.dumps(content))
        assert len(caught.value.problems) == MOST_PROBLEMS and caught.value.more == 23
        again = pickle.loads(pickle.dumps(caught.value))
        assert (again.problems, again.more) == (caught.value.problems, 23)
        for name in extra:
            del place[name]


def test_keys_that_are_there_twice_are_counted_too() -> None:
    twice = ",".join(f'"k{number}": 0, "k{number}": 1' for number in range(500))
    with pytest.raises(ScenarioError) as caught:
        parse("{" + twice + "}")
    assert len(caught.value.problems) == MOST_PROBLEMS
    assert caught.value.more > 900
