"""What is accepted as a scenario, and what it comes to; nothing gets lost."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from simulator.model.quantities import UNKNOWN, Involvement, Split
from simulator.model.register import Range
from simulator.scenario import WRITTEN_BY, dump, parse, problems, save
from simulator.version import VERSION
from tests.support.scenario_content import (
    BOUNDS,
    SPLIT,
    TODAY,
    WHOLE_BOUNDS,
    example,
    only,
    put,
    text,
)


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
    fields = content["organisation"]
    assert organisation._asdict() == {
        **{name: fields[name] for name in organisation._fields},
        "budgets": tuple(fields["budgets"].values()),
        "involvement": tuple(fields["involvement"].values()),
        "known": tuple(UNKNOWN if one is None else one for one in fields["known"].values()),
    }
    assert list(organisation.budgets._asdict()) == list(fields["budgets"])
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
    ("field", "changes", "finding"),
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
def test_what_is_known_has_to_go_together(
    field: str, changes: dict[str, Any], finding: str
) -> None:
    content = example()
    for path, value in changes.items():
        put(content["organisation"], path, value)
    problem = only(text(content))
    assert problem.field == f"organisation.known.{field}"
    assert problem.found.startswith(finding)


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
    first, second = parse(text(content)), parse(text(other))
    assert first == second and hash(first) == hash(second) and dump(first) == dump(second)
    assert hash(first.changed(seed=2)) != hash(first)
    assert pickle.loads(pickle.dumps(first)) == first


def test_scenarios_are_immutable() -> None:
    scenario = parse(text(example()))
    with pytest.raises(ValueError, match="frozen"):
        scenario.plan.training.share_moved = 0.5  # type: ignore[misc]
