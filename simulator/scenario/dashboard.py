"""What an organisation says of its own service has to go together.

Budget, number of contacts and the share that is answered say what a contact costs on average; a
cost that is stated says how much of the budget really handles contacts, and cannot be more than all
of it. What is not known is taken at the end that speaks for the organisation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import Message, number_text
from simulator.model.register import BY_ID

if TYPE_CHECKING:
    from simulator.scenario.models import OrganisationInput

DRAWN_INSTEAD = {
    "social_contact_share": "channel_preference_today",
    "social_answered_share": "social_answered_share",
    "given_up_share": "given_up_share",
    "centre_occupancy": "centre_occupancy",
    "social_contact_cost": "social_cost_ratio",
    "community_answered_share": "community_deflection_share",
    "participating_share": "participation_today",
}
"""What is known of service by field, and the assumption that is drawn where it is not. The cost of
a contact by phone and mail is worked out instead."""

_ROUNDING = 1.05
"""How much more than its budget a side may be said to cost: people round."""

Contradiction = tuple[Message, Message]
"""What is found, and what is allowed."""


def contradiction(organisation: OrganisationInput) -> Contradiction | None:
    """What does not go together in what is known of service today, if anything."""
    known, budgets = organisation.known, organisation.budgets
    contacts = organisation.customers * organisation.contacts_per_customer
    involved = organisation.involvement.minutes_per_day * organisation.involvement.participation
    if budgets.social_service == 0 and involved == 0:
        for name in ("social_answered_share", "social_contact_cost"):
            if getattr(known, name) is not None:
                return (
                    Message("known.{key} where nobody answers in social channels", key=name),
                    Message("a budget or people's time for social channels, or null"),
                )
    if known.community_answered_share and budgets.community == 0 and involved == 0:
        return (
            Message("known.{key} without a community", key="community_answered_share"),
            Message("a budget or people's time for a community, or null"),
        )
    social = known.social_contact_share
    sides = (
        (
            "centre_contact_cost",
            "customer_service",
            (1.0 - (BY_ID["channel_preference_today"].high if social is None else social))
            * (1.0 - (known.given_up_share or BY_ID["given_up_share"].high)),
        ),
        (
            "social_contact_cost",
            "social_service",
            (BY_ID["channel_preference_today"].low if social is None else social)
            * (known.social_answered_share or BY_ID["social_answered_share"].low),
        ),
    )
    for name, source, answered in sides:
        cost, budget = getattr(known, name), getattr(budgets, source)
        if cost is None or budget == 0:
            continue
        most = budget / (answered * contacts) if answered * contacts > 0.0 else float("inf")
        if cost > _ROUNDING * most:
            return (
                Message(
                    "known.{key} of {number}, more than the budget for it pays",
                    key=name,
                    number=number_text(cost),
                ),
                Message("at most {number}, or another budget", number=f"{most:.4g}"),
            )
    return None
