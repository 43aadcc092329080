"""A scenario as its file has it, and the bounds that the format promises for every number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simulator.model.quantities import Involvement
from simulator.scenario import SCHEMA_FILE, SCHEMA_VERSION, InvolvementInput, Problem, problems

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
            "customers_called": "tenants",
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
            "stages": {
                "first_depth": 0.25,
                "review_month": 9,
                "figure": "taking_part",
                "side": "below",
                "back": 0.05,
                "on": None,
                "always": None,
                "step_months": 6,
                "people": 400,
                "records": 0.05,
                "rebuilding": 1,
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
    (problem,) = problems(source)
    return problem


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
    "plan.stages.first_depth": (0, 1),
    "plan.stages.back": (0, 10),
    "plan.stages.records": (0, 1),
    "plan.stages.rebuilding": (0, 5),
    **{f"results.probability_{what}": (0, 1) for what in ("better", "payback")},
}
WHOLE_BOUNDS: dict[str, tuple[int, int]] = {
    **{
        f"plan.{part}.{name}": bounds
        for part in ("market_research", "training", "customer_service", "involvement")
        for name, bounds in (("start_month", (0, 120)), ("ramp_months", (1, 60)))
    },
    "plan.stages.review_month": (3, 24),
    "plan.stages.step_months": (1, 24),
    "plan.stages.people": (20, 1_000_000),
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
