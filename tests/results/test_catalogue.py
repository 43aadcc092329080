"""The catalogue of outcomes and the series of the model are about the same."""

from __future__ import annotations

from simulator import engine
from simulator.results import AT_HORIZON, IN_TABLES, OUTCOMES, catalogue
from simulator.results.catalogue import SERIES


def test_every_series_of_the_model_has_a_row_in_the_catalogue() -> None:
    missing = SERIES - OUTCOMES.keys()
    assert not missing, (
        f"{', '.join(sorted(missing))}: reported by the model, but nobody can see it. Give it a "
        "row in simulator/results/catalogue.py, then run: python3 dev.py refresh"
    )


def test_every_row_of_the_catalogue_is_a_series_of_the_model() -> None:
    idle = {row.id for row in catalogue.ROWS} - SERIES
    assert not idle, (
        f"{', '.join(sorted(idle))}: a row in simulator/results/catalogue.py without a series. "
        "Work it out in simulator/model/outcomes.py, then run: python3 dev.py refresh"
    )


def test_rows_of_the_catalogue_are_complete_and_told_apart() -> None:
    assert len({row.id for row in catalogue.ROWS}) == len(catalogue.ROWS)
    assert len({row.label for row in catalogue.ROWS}) == len(catalogue.ROWS)
    for row in catalogue.ROWS:
        assert row.id.isidentifier() and row.label and row.group
        assert row.meaning.endswith(".")
    places = sorted(row.at_horizon for row in catalogue.ROWS if row.at_horizon is not None)
    assert places == list(range(1, len(places) + 1))
    assert SERIES - {"cumulative_value"} <= set(engine.ROWS)


def test_what_is_derived_from_the_catalogue_keeps_its_order() -> None:
    """As headlines in saved results, the command line's JSON and the page have it."""
    assert AT_HORIZON == (
        "connected_customers",
        "connected_employees",
        "connected_partners",
        "public_goodwill",
        "insight",
        "capability",
        "service_quality",
        "trust",
        "customers",
        "churn",
        "cost_per_contact",
    )
    assert IN_TABLES == ("cumulative_value", "customers", "connected_customers")
