"""The parameters of links of version 2 of the file format. **Frozen**: links that are out there use
these names; a new version of the format gets a file of its own. Those of headline figures stand in
their rows (:mod:`simulator.model.figures`) and are as frozen."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.links.values import (
    ENDS,
    Content,
    Parameter,
    amount,
    listed,
    read_or_null,
    text_parameter,
    write_or_null,
)
from simulator.model.figures import FIGURES
from simulator.scenario.saved_results import IN_EVERY_FILE

_SPLIT = ("listening", "community", "content", "networking", "social_service", "savings")
_SHORT = {
    "market_research": "research",
    "customer_service": "service",
    "social_service": "social",
    "minutes_per_day": "minutes",
    "promotional_share": "promotional",
    # Neither "regularity" nor "notes": careless programs read &reg and &not as signs of HTML.
    "regularity": "rhythm",
}
_SOURCES = ("market_research", "training", "customer_service")
INVOLVEMENT = (
    *("minutes_per_day", "participation", "openness"),
    *("promotional_share", "regularity", "mandate"),
)
_ESTIMATES = {row.link: row.id for row in FIGURES.values() if row.in_draws}
_NUMBERS = {row.link: row.id for row in FIGURES.values() if row.over_draws}
NO_RESULTS: Content = {
    "model_version": None,
    "draws": None,
    **{
        row.id: dict.fromkeys(ENDS) if row.in_draws else None
        for row in FIGURES.values()
        if row.id in IN_EVERY_FILE
    },
}
"""What results are before a link says anything about them; figures that came after version 2 are
known where a link has them."""


def _short(field: str) -> str:
    return _SHORT.get(field, field)


def parameters() -> Iterator[Parameter]:
    """All of them, in the order in which a link has them."""
    for field in ("name", "story", "description", "author"):
        yield text_parameter(field, field)
    yield text_parameter("remarks", "notes")
    yield Parameter("date", ("date",), write_or_null, read_or_null)
    yield from _organisation()
    yield from _plan()
    yield amount("months", "horizon_months")
    yield amount("seed", "seed")
    yield text_parameter("model", "results", "model_version")
    yield amount("draws", "results", "draws")
    for name, field in _ESTIMATES.items():
        yield listed(name, ("results", field), ENDS)
    for name, field in _NUMBERS.items():
        yield amount(name, "results", field)


def _organisation() -> Iterator[Parameter]:
    yield text_parameter("org.name", "organisation", "name")
    yield text_parameter("org.currency", "organisation", "currency")
    for name, field in (
        ("customers", "customers"),
        ("revenue", "revenue_per_customer"),
        ("margin", "gross_margin"),
        ("churn", "annual_churn"),
        ("employees", "employees"),
        ("hours", "working_hours_per_year"),
        ("labour", "labour_cost_per_hour"),
        ("contacts", "contacts_per_customer"),
        ("discount", "discount_rate"),
    ):
        yield amount(f"org.{name}", "organisation", field)
    for field in (*_SOURCES, *_SPLIT[:-1]):
        yield amount(f"org.budget.{_short(field)}", "organisation", "budgets", field)
    for field in INVOLVEMENT:
        yield amount(f"org.involvement.{_short(field)}", "organisation", "involvement", field)


def _plan() -> Iterator[Parameter]:
    for source in _SOURCES:
        name = _short(source)
        yield amount(name, "plan", source, "share_moved")
        yield amount(f"{name}.start", "plan", source, "start_month")
        yield amount(f"{name}.ramp", "plan", source, "ramp_months")
        yield listed(f"{name}.split", ("plan", source, "split"), _SPLIT)
    for field in _SPLIT:
        yield amount(f"put.{_short(field)}", "plan", "split", field)
    for field in INVOLVEMENT:
        yield amount(_short(field), "plan", "involvement", field)
    yield amount("involvement.start", "plan", "involvement", "start_month")
    yield amount("involvement.ramp", "plan", "involvement", "ramp_months")
