"""Scenarios that are compared, and generated ones."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from simulator import scenario
from simulator.analyses.comparison import Comparison, compare
from simulator.model.quantities import Split
from simulator.scenario import Scenario

DRAWS = 64
DEFAULT = scenario.load_shipped("balanced-shift")
OTHER = scenario.load_shipped("involvement-without-money")
IDLE = scenario.load_shipped("wait-and-see")
GOOD = DEFAULT.changed(
    **{
        "plan.market_research.share_moved": 0,
        "plan.training.share_moved": 0,
        "plan.customer_service": {"share_moved": 0.03, "start_month": 3, "ramp_months": 12},
        "plan.split": {**dict.fromkeys(Split._fields, 0), "social_service": 1},
        "plan.involvement": {},
    }
)
"""A plan whose money comes back."""
CHARITY = scenario.load_shipped("charity-donors")
SHIPPED = [path.stem for path in scenario.shipped()]


def changed(base: Scenario = DEFAULT, **changes: object) -> Scenario:
    """A copy with other values; ``__`` stands for the dot in a path."""
    return base.changed(**{path.replace("__", "."): one for path, one in changes.items()})


@cache
def small_comparison(*scenarios: Scenario) -> Comparison:
    return compare(*scenarios, draws=DRAWS)


@st.composite
def plans(draw: st.DrawFn) -> Scenario:
    """Scenarios of two organisations, with any amount of money moved and any horizon."""
    share = st.sampled_from((0.0, 0.1, 0.5))
    return changed(
        draw(st.sampled_from((DEFAULT, OTHER, CHARITY))),
        plan__training__share_moved=draw(share),
        plan__customer_service__share_moved=draw(share),
        horizon_months=draw(st.sampled_from((12, 24, 36))),
        seed=draw(st.integers(0, 3)),
    )


def sets(least: int = 2, most: int = 4) -> st.SearchStrategy[list[Scenario]]:
    """So many scenarios to compare; some may be the same."""
    return st.lists(plans(), min_size=least, max_size=most)
