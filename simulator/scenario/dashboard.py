"""What an organisation says of its own service has to go together.

Budget, number of contacts and the share that is answered say what a contact costs on average; a
cost that is stated says how much of the budget really handles contacts, and cannot be more than all
of it. What is not known is taken at the end of its range that speaks for the organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from simulator.errors import Message, number_text
from simulator.model.quantities import MINUTES_PER_HOUR
from simulator.model.register import BY_ID

if TYPE_CHECKING:
    from simulator.scenario.organisation import OrganisationInput

DRAWN_INSTEAD = {
    "social_contact_share": "channel_preference_today",
    "social_answered_share": "social_answered_share",
    "given_up_share": "given_up_share",
    "centre_occupancy": "centre_occupancy",
    "social_contact_cost": "social_cost_ratio",
    "community_answered_share": "community_deflection_share",
    "participating_share": "participation_today",
}
"""What is known of service by field, and the assumption that is drawn where it is not, and is not
used where it is. The cost of a contact by phone and mail is worked out instead."""

KNOWN_BY = {
    assumption: f"organisation.known.{field}" for field, assumption in DRAWN_INSTEAD.items()
}
"""The place in a scenario that takes the place of an assumption, by the assumption's id."""

_ROUNDING = 1.05
"""How much more than its budget a side may be said to cost: people round."""


class Contradiction(NamedTuple):
    """Something known that cannot be, with what the organisation says elsewhere."""

    field: str
    """One of what is known."""
    found: Message
    allowed: Message


def contradictions(organisation: OrganisationInput) -> Iterator[Contradiction]:
    """What does not go together in what is known of service today."""
    yield from _nobody_there(organisation)
    yield from _more_than_the_budget(organisation)


def _nobody_there(organisation: OrganisationInput) -> Iterator[Contradiction]:
    """Answers, and a community, where there is neither money nor people's time for them."""
    known, budgets = organisation.known, organisation.budgets
    if organisation.involvement.minutes_per_day * organisation.involvement.participation > 0.0:
        return
    if budgets.social_service == 0:
        for name in ("social_answered_share", "social_contact_cost"):
            figure = getattr(known, name)
            if figure is not None:
                yield Contradiction(
                    name,
                    Message(
                        "{number} where nobody answers in social channels",
                        number=number_text(figure),
                    ),
                    Message("null, or a budget or people's time for social channels"),
                )
    # Who knows that customers take part has a community, whoever pays for it.
    no_community = budgets.community == 0 and known.participating_share is None
    if known.community_answered_share and no_community:
        yield Contradiction(
            "community_answered_share",
            Message(
                "{number} without a community",
                number=number_text(known.community_answered_share),
            ),
            Message("null, or a budget, people's time or participants for a community"),
        )


def _more_than_the_budget(organisation: OrganisationInput) -> Iterator[Contradiction]:
    """Costs of a contact that, times the fewest contacts that can have been answered, are more than
    what there is to pay for them."""
    known, budgets = organisation.known, organisation.budgets
    contacts = organisation.customers * organisation.contacts_per_customer
    social = _known_or(known.social_contact_share, BY_ID["channel_preference_today"].low)
    centre = 1.0 - _known_or(known.social_contact_share, BY_ID["channel_preference_today"].high)
    served = 1.0 - _known_or(known.given_up_share, BY_ID["given_up_share"].high)
    answered = _known_or(known.social_answered_share, BY_ID["social_answered_share"].low)
    if known.centre_contact_cost is not None and budgets.customer_service > 0.0:
        most = _most(budgets.customer_service, centre * served * contacts)
        if known.centre_contact_cost > _ROUNDING * most:
            yield Contradiction(
                "centre_contact_cost",
                Message(
                    "{number}, more than the budget for it pays",
                    number=number_text(known.centre_contact_cost),
                ),
                Message("at most {number}, or another budget", number=f"{most:.4g}"),
            )
    if known.social_contact_cost is not None and budgets.social_service > 0.0:
        most = _most(budgets.social_service + _time(organisation), social * answered * contacts)
        if known.social_contact_cost > _ROUNDING * most:
            yield Contradiction(
                "social_contact_cost",
                Message(
                    "{number}, more than the budget and people's time for it pay",
                    number=number_text(known.social_contact_cost),
                ),
                Message("at most {number}, or another budget", number=f"{most:.4g}"),
            )


def _known_or(known: float | None, otherwise: float) -> float:
    return otherwise if known is None else known


def _most(money: float, answered: float) -> float:
    """What an answered contact can cost, currency; ``money`` is currency per year, ``answered``
    contacts per year."""
    return money / answered if answered > 0.0 else float("inf")


def _time(organisation: OrganisationInput) -> float:
    """What all time of involvement is worth, currency per year: people answer in social channels
    who are not paid from the budget for it."""
    involvement = organisation.involvement
    day = BY_ID["working_day_hours"].low * MINUTES_PER_HOUR
    share_of_day = min(involvement.minutes_per_day / day, 1.0)
    hours = organisation.employees * involvement.participation * organisation.working_hours_per_year
    return share_of_day * hours * organisation.labour_cost_per_hour
