"""Numbers of an organisation that hardly go together are noted, and never refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import load, scenario
from simulator.i18n.language import ENGLISH, LANGUAGES
from simulator.scenario import Scenario
from simulator.scenario.plausibility import CONDUCT, Doubt, doubts, doubts_of_plan

DEFAULT = load("balanced-shift")
PUBLISHED = Path("simulator/validation/scenarios")


def noted(**changes: object) -> list[Doubt]:
    """What is noted of the default with other numbers of its organisation."""
    paths = {f"organisation.{name}": value for name, value in changes.items()}
    return [*doubts(DEFAULT.changed(**paths).organisation)]


def test_shipped_scenarios_and_published_cases_are_plausible() -> None:
    files = [*scenario.shipped(), *sorted(PUBLISHED.glob("*.json"))]
    assert len(files) > 15
    for file in files:
        plan = scenario.load(file)
        all_doubts = (*doubts(plan.organisation), *doubts_of_plan(plan.plan))
        found = [doubt.text("EUR", ENGLISH) for doubt in all_doubts]
        assert not found, f"{file}: {found}"


def test_ten_million_customers_with_the_budgets_of_a_small_firm() -> None:
    texts = [doubt.text("EUR", ENGLISH) for doubt in noted(customers=1e7)]
    assert any("€0.06" in text and "seconds of work" in text for text in texts)
    assert any("far below what fits customers who bring €6B" in text for text in texts)
    assert any("so few people" in text for text in texts)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"customers": 100.0, "contacts_per_customer": 2.0}, "customers"),
        ({"revenue_per_customer": 10.0}, "revenue_per_customer"),
        ({"employees": 1.0}, "revenue_per_customer"),
        ({"gross_margin": 0.01, "budgets.customer_service": 9e5}, "budgets.customer_service"),
        ({"budgets.training": 3.5e7}, "budgets.training"),
        ({"budgets.training": 350.0}, "budgets.training"),
        ({"budgets.market_research": 60.0}, "budgets.market_research"),
        ({"budgets.market_research": 6e7}, "budgets.market_research"),
        ({"budgets.customer_service": 4e7}, "customers"),
        ({"annual_churn": 0.9}, "annual_churn"),
        ({"annual_churn": 0.0}, "annual_churn"),
        ({"gross_margin": 0.0}, "gross_margin"),
        ({"contacts_per_customer": 400.0}, "contacts_per_customer"),
        ({"working_hours_per_year": 20.0}, "working_hours_per_year"),
        (
            {"involvement.minutes_per_day": 480.0, "involvement.participation": 1.0},
            "involvement.minutes_per_day",
        ),
    ],
)
def test_what_a_director_would_stumble_over_is_noted_at_its_field(
    changes: dict[str, float], field: str
) -> None:
    assert f"organisation.{field}" in {doubt.fields[0] for doubt in noted(**changes)}


def test_a_budget_ten_times_from_what_is_usual_is_asked_about_in_its_own_amount() -> None:
    (doubt,) = noted(**{"budgets.market_research": 60.0})
    text = doubt.text("EUR", ENGLISH)
    assert text.startswith("€60 a year for market research: is that meant?")
    assert "€53.8K to €1.34M are usual" in text
    for name in ("market_research", "training"):
        assert not noted(**{f"budgets.{name}": 0.0}), "nothing is an answer"
        usual = [doubt for doubt in noted() if f"organisation.budgets.{name}" in doubt.fields]
        assert not usual


def test_no_service_budget_and_no_contacts_are_answers() -> None:
    for changes in ({"budgets.customer_service": 0.0}, {"contacts_per_customer": 0.0}):
        paths = {name for doubt in noted(**changes) for name in doubt.fields}
        assert "organisation.contacts_per_customer" not in paths


def test_prices_and_size_make_no_difference() -> None:
    def dearer(plan: Scenario, factor: float) -> Scenario:
        own = plan.organisation
        amounts = {f"organisation.budgets.{name}": value for name, value in own.budgets}
        amounts["organisation.labour_cost_per_hour"] = own.labour_cost_per_hour
        amounts["organisation.revenue_per_customer"] = own.revenue_per_customer
        return plan.changed(**{path: factor * value for path, value in amounts.items()})

    odd = DEFAULT.changed(**{"organisation.customers": 1e7})
    for factor in (0.01, 100.0):
        assert not doubts(dearer(DEFAULT, factor).organisation)
        same = [doubt.template for doubt in doubts(dearer(odd, factor).organisation)]
        assert same == [doubt.template for doubt in doubts(odd.organisation)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_words_for_it(code: str) -> None:
    busy = noted(**{"involvement.minutes_per_day": 480.0, "involvement.participation": 1.0})
    every = [*noted(customers=1e7), *noted(annual_churn=0.9, gross_margin=0.0), *busy]
    texts = [doubt.text("DKK", LANGUAGES[code]) for doubt in every]
    assert all(text and "{" not in text for text in texts)
    if code != "en":
        assert not set(texts) & {doubt.text("DKK", ENGLISH) for doubt in every}


@pytest.mark.parametrize(("asked", "is_noted"), [(2, False), (3, True), (4, True)])
def test_a_plan_that_asks_all_there_is_of_people_is_a_direction(asked: int, is_noted: bool) -> None:
    full = {f"plan.involvement.{name}": 1.0 for name in CONDUCT[:asked]}
    noted_here = doubts_of_plan(DEFAULT.changed(**full).plan)
    assert bool(noted_here) == is_noted
    for doubt in noted_here:
        assert set(doubt.fields) == full.keys()
        assert f"in {asked} of 4 ways" in doubt.text("EUR", ENGLISH)


@pytest.mark.parametrize(("share", "is_noted"), [(0.6, False), (0.8, True), (1.0, True)])
def test_a_plan_that_closes_customer_service_is_a_direction(share: float, is_noted: bool) -> None:
    plan = DEFAULT.changed(**{"plan.customer_service.share_moved": share}).plan
    texts = [doubt.text("EUR", ENGLISH) for doubt in doubts_of_plan(plan)]
    assert [f"{share:.0%} of customer service" in text for text in texts] == [True] * is_noted
