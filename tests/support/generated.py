"""Whole scenarios made of generated quantities."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from simulator import scenario
from simulator.model.quantities import (
    NOTHING_KNOWN,
    UNKNOWN,
    Involvement,
    Organisation,
    Plan,
    Shift,
)
from simulator.scenario import Scenario
from tests.support import strategies

DEFAULT = scenario.load_shipped("balanced-shift")
ALL_SAVED = {
    "listening": 0.0,
    "community": 0.0,
    "content": 0.0,
    "networking": 0.0,
    "social_service": 0.0,
    "savings": 1.0,
}


_DASHBOARD = NOTHING_KNOWN._replace(
    social_contact_share=0.2, given_up_share=0.1, centre_occupancy=0.7, participating_share=0.03
)


def _shift(shift: Shift) -> dict[str, object]:
    return {
        "share_moved": shift.share_moved,
        "start_month": int(shift.start_month),
        "ramp_months": int(shift.ramp_months),
        "split": shift.split._asdict(),
    }


def as_scenario(org: Organisation, plan: Plan, horizon_months: int, seed: int) -> Scenario:
    """A scenario with these quantities."""
    return DEFAULT.changed(
        **{
            **dict.fromkeys(("story", "description", "notes"), ""),
            "organisation": {
                **org._asdict(),
                "name": "Generated",
                "currency": "EUR",
                "budgets": org.budgets._asdict(),
                "involvement": org.involvement._asdict(),
                "known": {
                    name: None if value == UNKNOWN else value
                    for name, value in org.known._asdict().items()
                },
            },
            "plan": {
                "market_research": _shift(plan.market_research),
                "training": _shift(plan.training),
                "customer_service": _shift(plan.customer_service),
                "split": ALL_SAVED,
                "involvement": {
                    **{name: getattr(plan.involvement, name) for name in Involvement._fields},
                    "start_month": int(plan.involvement_start_month),
                    "ramp_months": int(plan.involvement_ramp_months),
                },
            },
            "horizon_months": horizon_months,
            "seed": seed,
        }
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Plausible organisations with any plan."""
    org = draw(strategies.organisations())
    # Costs have to go together with budgets, which generated ones do not.
    org = org._replace(known=draw(st.sampled_from((NOTHING_KNOWN, _DASHBOARD))))
    assume(org.budgets.market_research + org.budgets.training + org.budgets.customer_service > 0.0)
    months = draw(st.integers(12, 120))
    return as_scenario(org, draw(strategies.plans()), months, draw(strategies.seeds()))
