"""The catalogue of outcomes: every series that can be shown, what it is and in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.figures import FIGURES
from simulator.scenario.levers import BUDGETS, NAMES


@dataclass(frozen=True, slots=True)
class Outcome:
    """One series that can be shown: what it is and in which unit."""

    id: str
    label: str
    unit: str
    """``currency`` stands for the organisation's own."""
    group: str


def _catalogue(group: str, unit: str, **labels: str) -> tuple[Outcome, ...]:
    return tuple(Outcome(name, label, unit, group) for name, label in labels.items())


OUTCOMES: Mapping[str, Outcome] = {
    outcome.id: outcome
    for outcome in (
        *_catalogue(
            "Value",
            "currency",
            cumulative_value=FIGURES["net_present_value"].label,
        ),
        *_catalogue(
            "Value",
            "currency per year",
            net_contribution="Net contribution",
            revenue="Revenue",
            productivity="Productivity gain",
            hours_cost="Cost of involvement hours",
            unserved_cost="Cost of unserved contacts",
            transition_cost="Cost of the transition",
            savings=NAMES["savings"],
        ),
        *_catalogue(
            "Value",
            "currency per year",
            social_revenue="Revenue via social channels (gross)",
            social_payment="Social payment (gross)",
            social_payment_incremental="Social payment (incremental)",
        ),
        *_catalogue("Customers", "heads", customers="Customers"),
        *_catalogue("Customers", "share per year", churn="Churn"),
        *_catalogue("Customers", "heads per year", acquisition="New customers"),
        *_catalogue("Customers", "share", trust="Trust"),
        *_catalogue(
            "Connectedness",
            "share",
            connected_customers="Connected customers",
            connected_employees="Connected employees",
            connected_partners="Connected partners",
            public_goodwill="Public goodwill",
            participation="Participation",
            competence="Competence",
        ),
        *_catalogue("Connectedness", "hours per year", involvement_hours="Involvement hours"),
        *_catalogue("Knowledge", "share", insight="Insight", capability="Capability"),
        *_catalogue(
            "Service",
            "share",
            service_quality="Service quality",
            channel_preference="Customers who prefer social channels",
        ),
        *_catalogue(
            "Service",
            "contacts per year",
            contacts="Contacts",
            contacts_matched="Contacts matched",
            contacts_redirected="Contacts redirected",
            contacts_unserved="Contacts unserved",
        ),
        *_catalogue("Service", "currency per contact", cost_per_contact="Cost per contact"),
        *_catalogue(
            "Budgets",
            "currency per year",
            **{f"spent_{name}": budget.label for name, budget in BUDGETS.items()},
        ),
    )
}
"""Everything that is reported over time. ``cumulative_value`` is derived; the engine writes the
rest under the same names."""

AT_HORIZON: tuple[str, ...] = (
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
"""Outcomes beside money that the headline reports in the last month."""
