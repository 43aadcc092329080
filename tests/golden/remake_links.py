"""Add golden links for a new version of the format, and for shipped scenarios that are new:
``python -m tests.golden.remake_links``, from the root of the project.

What is in the file is never changed: those links are out there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulator import links, scenario
from simulator.scenario import SCHEMA_VERSION, Scenario
from simulator.version import MODEL_VERSION

FILE = Path(__file__).parent / "links.json"

_ESTIMATE = {"low": -1234567.891, "central": 0.1 + 0.2, "high": 1e21}
_NEVER = dict.fromkeys(("low", "central", "high"))
_RESULTS = {
    "model_version": MODEL_VERSION,
    "draws": 1024,
    "net_present_value": _ESTIMATE,
    "probability_better": 0.7197265625,
    "worst_case": -98765.4321,
    "payback_month": {"low": 9, "central": 31, "high": None},
    "probability_payback": 0.7197265625,
    "roi": {"low": -0.4, "central": 1e-7, "high": 2},
    "return_on_involvement": _ESTIMATE,
    "return_on_ignoring": {"low": -5e-324, "central": 0, "high": 0},
    "cost_of_waiting": _ESTIMATE,
}
_UNDEFINED = {
    **_RESULTS,
    **{name: _NEVER for name, value in _RESULTS.items() if isinstance(value, dict)},
    "probability_better": None,
    "probability_payback": None,
    "worst_case": 0,
}
_OWN_SPLIT = {
    "listening": 0.1,
    "community": 0.2,
    "content": 0.3,
    "networking": 0.15,
    "social_service": 0.05,
    "savings": 0.2,
}
_STAGES = {
    "first_depth": 0.25,
    "review_month": 12,
    "figure": "taking_part",
    "side": "below",
    "back": 0.1 + 0.2,
    "on": 0.5,
    "step_months": 3,
    "people": 1_000_000,
    "records": 0,
    "rebuilding": 2.5,
}


def examples() -> dict[str, Scenario]:
    """Scenarios of all kinds, by what they are."""
    plan = scenario.load_shipped("balanced-shift")
    airline = scenario.load_shipped("airline-social-service")
    return {
        "as shipped": plan,
        "one lever": plan.changed(**{"plan.training.share_moved": 0.3}),
        "every lever": plan.changed(
            **{
                "plan.market_research": {"share_moved": 0.5, "start_month": 0, "ramp_months": 1},
                "plan.customer_service": {"share_moved": 1, "start_month": 120, "ramp_months": 60},
                "plan.split": _OWN_SPLIT,
                "plan.involvement": {
                    "minutes_per_day": 12.5,
                    "participation": 1,
                    "openness": 0,
                    "promotional_share": 0.05,
                    "regularity": 0.123456789012345,
                    "mandate": 1e-300,
                    "start_month": 7,
                    "ramp_months": 24,
                },
                "horizon_months": 120,
                "seed": 2**31 - 1,
            }
        ),
        "people stay as they are": plan.changed(
            **{"plan.involvement.minutes_per_day": None, "plan.involvement.mandate": None}
        ),
        "in stages, by a figure": plan.changed(**{"plan.stages": _STAGES}),
        "in stages, whatever happens": plan.changed(
            **{"plan.stages": {"first_depth": 0.1, "review_month": 24, "always": "stay"}}
        ),
        "a source's own split": plan.changed(**{"plan.training.split": _OWN_SPLIT}),
        "assumptions": plan.changed(
            **{
                "assumptions.offer_floor": 0.5,
                "assumptions.trust_asymmetry": {"low": 1, "central": 1.5, "high": 5},
                "assumptions.churn_quality_effect": 0.1 + 0.2,
            }
        ),
        "assumptions of the register again": airline.changed(assumptions={}),
        "texts": plan.changed(
            name="Prøve & »試験« 100 % #1?",
            story="One line = 1+1.\nAnother; \"quoted\" and 'quoted'.",
            description="$HOME `ls` !! %PATH% ^ <b>bold</b> \\ | ~ * _ &reg &not;",
            notes="\tTab\n\nEmoji 👩‍👩‍👧, right to left \u202eabc, e\u0301 and é.",
            author="null",
        ),
        "no texts and no date": plan.changed(
            story="", description="", notes="", author="", date=None
        ),
        "long notes": plan.changed(notes="Where this number comes from. " * 100),
        "another organisation": plan.changed(
            organisation={
                "name": "Bakkerij 't Hoekje",
                "currency": "DKK",
                "customers": 1e10,
                "revenue_per_customer": 0.001,
                "gross_margin": 1,
                "annual_churn": 0.99,
                "employees": 1,
                "working_hours_per_year": 1.5,
                "labour_cost_per_hour": 1 / 3,
                "contacts_per_customer": 0,
                "discount_rate": 0.5,
                "budgets": {
                    "market_research": 0,
                    "training": 0.001,
                    "customer_service": 1e12,
                    "listening": 0,
                    "community": 123456789.01,
                    "content": 2,
                    "networking": 0.3,
                    "social_service": 0,
                },
                "involvement": {
                    **plan.organisation.involvement.model_dump(),
                    "minutes_per_day": 480,
                    "participation": 0.5,
                    "openness": 0.25,
                    "promotional_share": 1,
                    "regularity": 0,
                    "mandate": 2 / 3,
                },
            }
        ),
        "what is known of service": plan.changed(
            **{
                "organisation.people_per_customer": 2.5,
                "organisation.known": {
                    "social_contact_share": 0.1,
                    "social_answered_share": 0.9,
                    "given_up_share": 0.05,
                    "centre_occupancy": 0.8,
                    "centre_contact_cost": 6,
                    "social_contact_cost": 0.123456789012345,
                    "community_answered_share": 0,
                    "participating_share": 0.5,
                },
            }
        ),
        "results": plan.changed(results=_RESULTS),
        "results with cash": plan.changed(
            results={
                **_RESULTS,
                "deepest_cash_position": {"low": -1234567.891, "central": -0.1 - 0.2, "high": 0},
            }
        ),
        "results that are not defined": airline.changed(results=_UNDEFINED),
    }


def read() -> dict[str, Any]:
    """What the file holds: ``links``, each with ``what``, ``version``, ``link`` and ``scenario`` as
    it was then, and ``references``, all that links ever started from, by version."""
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def main() -> None:
    """Add what is missing."""
    golden = read() if FILE.exists() else {"links": [], "references": {}}
    known = {(one["version"], one["what"]) for one in golden["links"]}
    for what, example in examples().items():
        if (SCHEMA_VERSION, what) not in known:
            content = json.loads(scenario.dump(example))
            link = links.encode(example)
            golden["links"].append(
                {"what": what, "version": SCHEMA_VERSION, "link": link, "scenario": content}
            )
    listed = golden["references"].setdefault(str(SCHEMA_VERSION), [])
    listed += [one for one in links.references() if one not in listed]
    text = json.dumps(golden, indent=2, ensure_ascii=False)
    FILE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
